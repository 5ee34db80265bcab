//! What was done, told at the top of the page that comes after, and how to undo it.

use super::form::hidden;
use leptos::prelude::*;

/// Returns a banner that says what was done, with what stands under the words.
pub fn done(words: impl Into<String>, more: impl IntoView + 'static) -> AnyView {
    let words: String = words.into();
    view! {
        <div class="govuk-notification-banner govuk-notification-banner--success" role="alert" aria-labelledby="done">
            <div class="govuk-notification-banner__header"><h2 class="govuk-notification-banner__title" id="done">"Success"</h2></div>
            <div class="govuk-notification-banner__content"><p class="govuk-notification-banner__heading">{words}</p>{more}</div>
        </div>
    }
    .into_any()
}

/// Returns a form of hidden fields whose button looks like a link; `of_what` is said to those who hear the button alone.
pub fn link_button(action: impl Into<String>, fields: &[(&str, &str)], words: &'static str, of_what: &str) -> AnyView {
    let (action, of_what): (String, String) = (action.into(), format!(" {of_what}"));
    let fields: Vec<_> = fields.iter().map(|(name, value)| hidden(name, value)).collect();
    view! {
        <form method="post" action=action>
            {fields}
            <button type="submit" class="app-link-button">{words}<span class="govuk-visually-hidden">{of_what}</span></button>
        </form>
    }
    .into_any()
}

/// Returns the question whether to go on: a form of hidden fields with its button, and a link back.
pub fn confirm(action: impl Into<String>, fields: &[(&str, &str)], button: impl Into<String>, back: &str) -> AnyView {
    let (action, button, back): (String, String, String) = (action.into(), button.into(), back.to_owned());
    let fields: Vec<_> = fields.iter().map(|(name, value)| hidden(name, value)).collect();
    view! {
        <form method="post" action=action>
            {fields}
            <div class="govuk-button-group">
                <button type="submit" class="govuk-button govuk-button--warning">{button}</button>
                <a class="govuk-link" href=back>"Cancel"</a>
            </div>
        </form>
    }
    .into_any()
}

/// Returns a heading with a list under it; nothing where the list is empty.
pub fn listed(heading: impl Into<String>, items: Vec<String>) -> Option<impl IntoView> {
    let heading: String = heading.into();
    (!items.is_empty()).then(|| {
        let items = items.into_iter().map(|item| view! { <li>{item}</li> }).collect_view();
        view! {
            <h2 class="govuk-heading-s">{heading}</h2>
            <ul class="govuk-list govuk-list--bullet">{items}</ul>
        }
    })
}
