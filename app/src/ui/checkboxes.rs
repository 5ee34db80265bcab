//! Choices of which several can be ticked; each is a field of its own, `NAME.VALUE`.

use super::form::Choice;
use leptos::prelude::*;

/// What is sent where a box is ticked.
pub const TICKED: &str = "yes";

/// Boxes under a legend.
#[component]
pub fn Checkboxes(
    /// What the fields' names begin with; the first box's id is the same.
    #[prop(into)]
    name: String,
    /// The legend.
    #[prop(into)]
    legend: String,
    /// The boxes.
    choices: Vec<Choice>,
    /// The ticked ones' values.
    ticked: Vec<String>,
    /// Help under the legend.
    #[prop(into, optional)]
    hint: String,
    /// What is wrong.
    #[prop(default = None)]
    error: Option<String>,
) -> impl IntoView {
    let ids = [
        (!hint.is_empty()).then(|| format!("{name}-hint")),
        error.is_some().then(|| format!("{name}-error")),
    ];
    let ids: Vec<String> = ids.into_iter().flatten().collect();
    let described = (!ids.is_empty()).then(|| ids.join(" "));
    let class = match error {
        Some(_) => "govuk-form-group govuk-form-group--error",
        None => "govuk-form-group",
    };
    let hint = (!hint.is_empty()).then(|| view! { <div id=format!("{name}-hint") class="govuk-hint">{hint}</div> });
    let error = error.map(|message| {
        view! {
            <p id=format!("{name}-error") class="govuk-error-message"><span class="govuk-visually-hidden">"Error: "</span>{message}</p>
        }
    });
    view! {
        <div class=class>
            <fieldset class="govuk-fieldset" aria-describedby=described>
                <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{legend}</legend>
                {hint}
                {error}
                {boxes(&name, choices, &ticked, true)}
            </fieldset>
        </div>
    }
}

/// Returns the boxes alone, for a group within a group; `first` gives the first one the name as its id.
pub fn boxes(name: &str, choices: Vec<Choice>, ticked: &[String], first: bool) -> impl IntoView + use<> {
    let items = choices
        .into_iter()
        .enumerate()
        .map(|(i, choice)| {
            let field = format!("{name}.{}", choice.value);
            let id = if first && i == 0 { name.to_owned() } else { field.clone() };
            let checked = ticked.contains(&choice.value);
            view! {
                <div class="govuk-checkboxes__item">
                    <input class="govuk-checkboxes__input" id=id.clone() name=field type="checkbox" value=TICKED checked=checked/>
                    <label class="govuk-label govuk-checkboxes__label" r#for=id>{choice.label}</label>
                </div>
            }
        })
        .collect_view();
    view! { <div class="govuk-checkboxes govuk-checkboxes--small">{items}</div> }
}
