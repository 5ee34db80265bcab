//! Lists of ways on: a link, a line on what is behind it, and where there is one a state.

use leptos::prelude::*;

/// Returns a way on, for a `govuk-task-list`.
pub fn way(href: impl Into<String>, name: impl Into<String>, hint: impl Into<String>) -> AnyView {
    way_with(href, name, hint, None)
}

/// Returns the same with a state at its end.
pub fn way_with(
    href: impl Into<String>,
    name: impl Into<String>,
    hint: impl Into<String>,
    state: Option<AnyView>,
) -> AnyView {
    let (href, name, hint): (String, String, String) = (href.into(), name.into(), hint.into());
    view! {
        <li class="govuk-task-list__item govuk-task-list__item--with-link">
            <div class="govuk-task-list__name-and-hint">
                <a class="govuk-link govuk-task-list__link" href=href>{name}</a>
                <div class="govuk-task-list__hint">{hint}</div>
            </div>
            {state.map(|state| view! { <div class="govuk-task-list__status">{state}</div> })}
        </li>
    }
    .into_any()
}
