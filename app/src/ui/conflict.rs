//! Both texts, where a colleague saved first.

use crate::edit::{Editable, Part};
use leptos::prelude::*;

/// What is saved now, above the person's own text in the form; nothing where there is no conflict.
pub fn panel<T: Editable>(part: &Part<T>) -> Option<impl IntoView + use<T>> {
    let conflict = part.conflict()?.clone();
    let rows = conflict
        .fields
        .into_iter()
        .map(|(_, label, theirs, _)| {
            let theirs = if theirs.is_empty() { "(left empty)".to_owned() } else { theirs };
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

/// A part's hidden fields.
pub fn hidden<T: Editable>(part: &Part<T>) -> impl IntoView + use<T> {
    part.hidden().map(|(name, value)| super::form::hidden(&name, &value)).collect_view()
}
