//! Saves the fields inside it as they are filled in. Without JavaScript the fields are there all the
//! same and the page's Save button sends them.

pub(super) mod check;
mod conflict;
mod draft;
pub(super) mod fields;
mod post;
mod replies;
mod saver;
mod status;

use check::Spot;
use conflict::Difference;
use identify::Piece;
use leptos::prelude::*;
use saver::Saver;
use status::Status;

/// Buttons say their type: one without it would send the page's form.
const BUTTON: &str = "govuk-button govuk-button--secondary";

/// Wraps the server-rendered fields of one answer and saves them to `url`.
///
/// One field must be a hidden input whose name ends in `.revision`. Elements anywhere on the page with
/// `data-progress` follow the progress the server tells. The container gets `data-ready` once it listens.
/// [`post`] says what the server is sent and may reply.
#[component]
pub fn Autosave(
    /// Where the fields are posted, form-encoded, with `Accept: application/json`.
    url: String,
    /// Names the browser tab's store for text that is not saved yet: unique to user, assessment and answer.
    key: String,
    /// The fields of one answer.
    children: Children,
) -> impl IntoView {
    view! {
        <div data-autosave-url=url data-autosave-key=key>
            <AutosaveFields>{children()}</AutosaveFields>
        </div>
    }
}

/// The part of [`Autosave`] that wakes in the browser; its settings are attributes of the parent element.
#[island]
fn AutosaveFields(children: Children) -> impl IntoView {
    let saver = Saver::new();
    Effect::new(move |_| saver.start());
    view! {
        <div
            class="app-autosave"
            node_ref=saver.root
            on:input=move |_| saver.typed()
            on:change=move |_| saver.changed()
        >
            {children()}
            <p class="app-save-state" role="status" tabindex="-1" data-state=move || saver.told(Status::name)>
                {move || saver.restored.try_get().unwrap_or_default().then_some("Restored text that was not saved yet. ")}
                {move || saver.told(Status::words)}
            </p>
            <button type="button" class=BUTTON hidden=move || !saver.told(Status::asks_to_try_again) on:click=move |_| saver.try_again()>
                "Try again"
            </button>
            <div class="app-check" role="group" aria-label="Words that may identify somebody" hidden=move || !saver.told(Status::is_check)>
                <p>"Nothing that identifies a woman or a child belongs here. Rewrite the marked words, or keep them if they are no risk to anybody."</p>
                <dl>{move || saver.told(|status| status.spots().iter().map(marked).collect::<Vec<_>>())}</dl>
                <button type="button" class=BUTTON on:click=move |_| saver.keep_detail()>"Keep it as it is"</button>
            </div>
            <div class="app-conflict" role="group" aria-label="Two versions of this answer" hidden=move || !saver.told(Status::is_conflict)>
                <p>"Both versions are below. Choose which one to keep; until then yours stays on this page, unsaved."</p>
                <dl>{move || saver.told(|status| status.differences().iter().map(both_texts).collect::<Vec<_>>())}</dl>
                <div class="govuk-button-group">
                    <button type="button" class=BUTTON on:click=move |_| saver.keep_mine()>"Keep mine"</button>
                    <button type="button" class=BUTTON on:click=move |_| saver.use_theirs()>"Use theirs"</button>
                </div>
            </div>
        </div>
    }
}

/// A field's findings, marked.
pub(super) fn marked(spot: &Spot) -> impl IntoView + use<> {
    // one shape for both, since a view of any shape would cost kilobytes
    let piece = |piece: &Piece| {
        let (around, found) = match piece.kind {
            Some(_) => (None, Some(piece.text.clone())),
            None => (Some(piece.text.clone()), None),
        };
        (around, found.map(|found| view! { <mark>{found}</mark> }))
    };
    let pieces: Vec<_> = spot.pieces.iter().map(piece).collect();
    view! { <dt>{spot.label.clone()}</dt><dd>{pieces}</dd> }
}

/// Nothing is lost before the choice is made.
fn both_texts(field: &Difference) -> impl IntoView + use<> {
    view! {
        <dt>{field.label.clone()}</dt>
        <dd><strong>"Yours"</strong><p>{shown(&field.mine_shown)}</p></dd>
        <dd><strong>"Theirs"</strong><p>{shown(&field.theirs_shown)}</p></dd>
    }
}

fn shown(text: &str) -> String {
    if text.is_empty() {
        "(nothing)".into()
    } else {
        text.into()
    }
}
