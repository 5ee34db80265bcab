//! One criterion's fields: with both texts where a colleague saved first, with words that seem to identify somebody, and
//! saved as they are filled in.

use super::form::hidden;
use crate::{
    edit::{Editable, Part},
    islands::Autosave,
};
use framework::actor::PersonId;
use leptos::prelude::*;

/// Whoever looks at the page, for the parts of it that keep unsaved text in the browser.
#[derive(Clone, Copy)]
pub struct Viewer(pub Option<PersonId>);

/// A part's fields around which text is saved to `url` as it is typed. Only while a page is rendered.
pub fn autosaved<T: Editable>(url: String, part: &Part<T>, fields: AnyView) -> AnyView {
    let viewer = use_context::<Viewer>()
        .and_then(|viewer| viewer.0)
        .map(|person| person.0.to_string());
    let key = format!("{} {url} {}", viewer.unwrap_or_default(), part.name("part"));
    let base = part.hidden().map(|(name, value)| hidden(&name, &value)).collect_view();
    view! { {conflict(part).into_any()} {part.check().question()} <Autosave url=url key=key>{base}{fields}</Autosave> }
        .into_any()
}

/// What is saved now, above the person's own text in the form; nothing where there is no conflict.
fn conflict<T: Editable>(part: &Part<T>) -> Option<impl IntoView + use<T>> {
    let conflict = part.conflict()?.clone();
    let rows = conflict
        .fields
        .into_iter()
        .map(|(_, label, theirs, _)| {
            let theirs = if theirs.is_empty() {
                "(left empty)".to_owned()
            } else {
                theirs
            };
            view! { <dt>{label}</dt><dd class="app-conflict__text">{theirs}</dd> }
        })
        .collect_view();
    let id = part.name("conflict");
    Some(view! {
        <div class="app-conflict" role="alert" aria-labelledby=id.clone()>
            <h3 class="govuk-heading-s" id=id.clone()>{format!("{} saved this while you were writing", conflict.by)}</h3>
            <p class="govuk-body">"This is what is saved now. Your own text is below and not saved yet. Saving again replaces theirs with yours."</p>
            <dl class="app-conflict__fields">{rows}</dl>
        </div>
    })
}
