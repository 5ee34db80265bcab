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

use super::awake;
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

/// Returns the part of [`Autosave`] that wakes in the browser; its settings are attributes of the parent element.
#[island]
fn AutosaveFields(children: Children) -> impl IntoView {
    let saver = Saver::new();
    awake(saver.root, move |root| saver.start(root));
    let said =
        Memo::new(move |before: Option<&String>| saver.told(Status::said).or(before.cloned()).unwrap_or_default());
    view! {
        <div
            class="app-autosave"
            node_ref=saver.root
            on:input:capture=move |_| saver.typed()
            on:change:capture=move |_| saver.changed()
            on:click:capture=move |event| saver.pressed(&event)
        >
            {children()}
            <p class="app-save-state" tabindex="-1" data-state=move || saver.told(Status::name)>
                {move || saver.restored.try_get().unwrap_or_default().then_some("Restored text that was not saved yet. ")}
                {move || saver.told(Status::words)}
            </p>
            // where it came to rest: nobody is told in turns that something is not saved yet, and saved
            <span class="govuk-visually-hidden" role="status">
                {move || said.try_get().unwrap_or_default()}
            </span>
            <a class="govuk-link" href="/sign-in" target="_blank" hidden=move || !saver.told(Status::is_signed_out)>"Sign in (opens in a new tab)"</a>
            <button type="button" class=BUTTON hidden=move || !saver.told(Status::asks_to_try_again) on:click:capture=move |_| saver.try_again()>
                "Try again"
            </button>
            <div class="app-check" role="group" aria-label="Words that may identify somebody" hidden=move || !saver.told(Status::is_check)>
                <p>"Nothing that identifies a woman or a child belongs here. Rewrite the marked words, or keep them if they are no risk to anybody."</p>
                <dl class="app-check__found"></dl>
                <button type="button" class=BUTTON on:click:capture=move |_| saver.keep_detail()>"This doesn’t identify anyone: save it"</button>
            </div>
        </div>
    }
}
