//! Form parts after GOV.UK's patterns: labels, hints, errors beside the field and a summary on top.

use framework::day::DayForm;
use leptos::prelude::*;

/// A field that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// The field's name; its id is the same. Empty where the whole form is meant.
    pub field: String,
    /// What to do.
    pub message: String,
}

impl Error {
    /// Returns an error at a field.
    pub fn at(field: impl Into<String>, message: impl Into<String>) -> Error {
        Error {
            field: field.into(),
            message: message.into(),
        }
    }
}

/// Returns the first error of a field.
pub fn error_of(errors: &[Error], field: &str) -> Option<String> {
    errors.iter().find(|e| e.field == field).map(|e| e.message.clone())
}

/// Returns the list of errors at the top of a page, each a link to its field; nothing when there is none.
pub fn error_summary(errors: &[Error]) -> Option<impl IntoView + use<>> {
    let items: Vec<Error> = errors.to_vec();
    (!items.is_empty()).then(|| {
        view! {
            <div class="govuk-error-summary" role="alert" aria-labelledby="error-summary-title" tabindex="-1" autofocus>
                <h2 class="govuk-error-summary__title" id="error-summary-title">"There is a problem"</h2>
                <div class="govuk-error-summary__body">
                    <ul class="govuk-list govuk-error-summary__list">
                        {items.into_iter().map(|e| {
                            let link = (!e.field.is_empty()).then(|| format!("#{}", e.field));
                            view! {
                                <li>{match link {
                                    Some(href) => view! { <a href=href>{e.message}</a> }.into_any(),
                                    None => view! { <span>{e.message}</span> }.into_any(),
                                }}</li>
                            }
                        }).collect_view()}
                    </ul>
                </div>
            </div>
        }
    })
}

/// Says above a form that somebody else has saved meanwhile: what they saved, and what saving again does.
pub fn saved_meanwhile(title: &'static str, words: String, theirs: AnyView) -> impl IntoView + use<> {
    view! {
        <div class="govuk-error-summary" role="alert" tabindex="-1" autofocus>
            <h2 class="govuk-error-summary__title">{title}</h2>
            <div class="govuk-error-summary__body">
                <p class="govuk-body">{words}</p>
                {theirs}
            </div>
        </div>
    }
}

/// Returns a line of text to type.
#[component]
pub fn TextField(
    /// Name and id.
    #[prop(into)]
    name: String,
    /// Its label.
    #[prop(into)]
    label: String,
    /// What stands in it.
    #[prop(into, optional)]
    value: String,
    /// Help under the label.
    #[prop(into, optional)]
    hint: String,
    /// `text`, `email`, `password`.
    #[prop(default = "text")]
    kind: &'static str,
    /// The browser's name for it, for password managers.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// `numeric`, `decimal` where numbers are typed.
    #[prop(optional)]
    inputmode: Option<&'static str>,
    /// Further classes of the input, such as a width.
    #[prop(default = "")]
    class: &'static str,
    /// What is wrong with it.
    #[prop(default = None)]
    error: Option<String>,
) -> impl IntoView {
    let described = described_by(&name, !hint.is_empty(), error.is_some());
    let input_class = format!(
        "govuk-input {class}{}",
        if error.is_some() { " govuk-input--error" } else { "" }
    );
    view! {
        <div class=group_class(error.is_some())>
            <label class="govuk-label" r#for=name.clone()>{label}</label>
            {hint_view(&name, hint)}
            {error_view(&name, error.clone())}
            <input class=input_class id=name.clone() name=name type=kind value=value autocomplete=autocomplete
                inputmode=inputmode aria-describedby=described spellcheck="false"/>
        </div>
    }
}

/// Returns a longer text to type.
#[component]
pub fn TextArea(
    /// Name and id.
    #[prop(into)]
    name: String,
    /// Its label.
    #[prop(into)]
    label: String,
    /// What it is about, where the same label stands several times on a page; for those who do not see where it stands.
    #[prop(into, optional)]
    about: String,
    /// What stands in it.
    #[prop(into, optional)]
    value: String,
    /// Help under the label.
    #[prop(into, optional)]
    hint: String,
    /// Lines shown.
    #[prop(default = 3)]
    rows: u32,
    /// What is wrong with it.
    #[prop(default = None)]
    error: Option<String>,
) -> impl IntoView {
    let described = described_by(&name, !hint.is_empty(), error.is_some());
    let class = if error.is_some() {
        "govuk-textarea govuk-textarea--error"
    } else {
        "govuk-textarea"
    };
    // Leptos escapes nothing inside a textarea, so without this somebody's text could end it and go on as HTML
    let value = value.replace('&', "&amp;").replace('<', "&lt;");
    // a browser drops the first line break inside a textarea
    let value = if value.starts_with('\n') {
        format!("\n{value}")
    } else {
        value
    };
    view! {
        <div class=group_class(error.is_some())>
            <label class="govuk-label" r#for=name.clone()>{label}{about_view(about)}</label>
            {hint_view(&name, hint)}
            {error_view(&name, error.clone())}
            <textarea class=class id=name.clone() name=name rows=rows aria-describedby=described>{value}</textarea>
        </div>
    }
}

/// One of a row of choices.
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What it is called.
    pub label: String,
    /// What it means; markdown of one line, or nothing.
    pub hint: String,
}

impl Choice {
    /// Returns a choice.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Choice {
        Choice {
            value: value.into(),
            label: label.into(),
            hint: String::new(),
        }
    }

    /// With a line that says what it means.
    pub fn hint(self, hint: impl Into<String>) -> Choice {
        Choice {
            hint: hint.into(),
            ..self
        }
    }
}

/// Radio choices under a legend.
#[component]
pub fn Radios(
    /// Name; the first choice's id is the same.
    #[prop(into)]
    name: String,
    /// The legend.
    #[prop(into)]
    legend: String,
    /// What it is about, where the same legend stands several times on a page; for those who do not see where it stands.
    #[prop(into, optional)]
    about: String,
    /// Further classes of the legend.
    #[prop(default = "govuk-fieldset__legend--s")]
    legend_class: &'static str,
    /// The choices.
    choices: Vec<Choice>,
    /// The chosen one's value.
    #[prop(into, optional)]
    chosen: String,
    /// In one row, for short choices.
    #[prop(default = false)]
    inline: bool,
    /// What is wrong.
    #[prop(default = None)]
    error: Option<String>,
) -> impl IntoView {
    let described = described_by(&name, false, error.is_some());
    let class = if inline {
        "govuk-radios govuk-radios--small govuk-radios--inline"
    } else {
        "govuk-radios govuk-radios--small"
    };
    let items = choices
        .into_iter()
        .enumerate()
        .map(|(i, choice)| {
            let id = if i == 0 { name.clone() } else { format!("{name}-{}", choice.value) };
            let hint_id = format!("{name}-{}-means", choice.value);
            let means = (!choice.hint.is_empty()).then(|| {
                view! { <div id=hint_id.clone() class="govuk-hint govuk-radios__hint">{super::text::inline_markdown(&choice.hint)}</div> }
            });
            let describes = means.is_some().then_some(hint_id);
            view! {
                <div class="govuk-radios__item">
                    <input class="govuk-radios__input" id=id.clone() name=name.clone() type="radio" value=choice.value.clone()
                        checked=choice.value == chosen aria-describedby=describes/>
                    <label class="govuk-label govuk-radios__label" r#for=id>{choice.label}</label>
                    {means}
                </div>
            }
        })
        .collect_view();
    view! {
        <div class=group_class(error.is_some())>
            <fieldset class="govuk-fieldset" aria-describedby=described>
                <legend class=format!("govuk-fieldset__legend {legend_class}")>{legend}{about_view(about)}</legend>
                {error_view(&name, error.clone())}
                <div class=class>{items}</div>
            </fieldset>
        </div>
    }
}

/// Returns a list to choose one from.
#[component]
pub fn Select(
    /// Name and id.
    #[prop(into)]
    name: String,
    /// Its label.
    #[prop(into)]
    label: String,
    /// Value and words.
    options: Vec<(String, String)>,
    /// The chosen one's value.
    #[prop(into, optional)]
    chosen: String,
    /// What is wrong.
    #[prop(default = None)]
    error: Option<String>,
) -> impl IntoView {
    let described = described_by(&name, false, error.is_some());
    view! {
        <div class=group_class(error.is_some())>
            <label class="govuk-label" r#for=name.clone()>{label}</label>
            {error_view(&name, error.clone())}
            <select class="govuk-select" id=name.clone() name=name aria-describedby=described>
                {options.into_iter().map(|(value, words)| {
                    let selected = value == chosen;
                    view! { <option value=value selected=selected>{words}</option> }
                }).collect_view()}
            </select>
        </div>
    }
}

/// Returns a day, typed into three fields: `NAME-day`, `NAME-month`, `NAME-year`. The first one's id is the name.
#[component]
pub fn DayField(
    /// The name they begin with.
    #[prop(into)]
    name: String,
    /// The legend.
    #[prop(into)]
    legend: String,
    /// What stands in them.
    value: DayForm,
    /// Help under the legend.
    #[prop(into, optional)]
    hint: String,
    /// What is wrong with it.
    #[prop(default = None)]
    error: Option<String>,
) -> impl IntoView {
    let described = described_by(&name, !hint.is_empty(), error.is_some());
    let wrong = if error.is_some() { " govuk-input--error" } else { "" };
    let parts = [
        ("day", "Day", "govuk-input--width-2", value.day),
        ("month", "Month", "govuk-input--width-2", value.month),
        ("year", "Year", "govuk-input--width-4", value.year),
    ]
    .into_iter()
    .map(|(part, label, width, text)| {
        let field = format!("{name}-{part}");
        let id = if part == "day" { name.clone() } else { field.clone() };
        view! {
            <div class="govuk-date-input__item">
                <div class="govuk-form-group">
                    <label class="govuk-label govuk-date-input__label" r#for=id.clone()>{label}</label>
                    <input class=format!("govuk-input govuk-date-input__input {width}{wrong}") id=id name=field type="text"
                        inputmode="numeric" autocomplete="off" value=text/>
                </div>
            </div>
        }
    })
    .collect_view();
    view! {
        <div class=group_class(error.is_some())>
            <fieldset class="govuk-fieldset" role="group" aria-describedby=described>
                <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{legend}</legend>
                {hint_view(&name, hint)}
                {error_view(&name, error.clone())}
                <div class="govuk-date-input">{parts}</div>
            </fieldset>
        </div>
    }
}

/// Returns the day that was typed into a [`DayField`].
pub fn day_of(fields: &crate::web::Fields, name: &str) -> DayForm {
    let part = |part| fields.get(&format!("{name}-{part}")).to_owned();
    DayForm {
        day: part("day"),
        month: part("month"),
        year: part("year"),
    }
}

/// Returns the button that the Enter key presses, where the first one that shows does something else.
pub fn first_button() -> impl IntoView {
    view! { <button type="submit" class="govuk-visually-hidden" tabindex="-1" aria-hidden="true">"Save"</button> }
}

/// Returns a hidden field.
pub fn hidden(name: &str, value: &str) -> impl IntoView + use<> {
    view! { <input type="hidden" name=name.to_owned() value=value.to_owned()/> }
}

fn about_view(about: String) -> Option<impl IntoView> {
    (!about.is_empty()).then(|| view! { <span class="govuk-visually-hidden">{format!(": {about}")}</span> })
}

fn group_class(error: bool) -> &'static str {
    if error {
        "govuk-form-group govuk-form-group--error"
    } else {
        "govuk-form-group"
    }
}

fn described_by(name: &str, hint: bool, error: bool) -> Option<String> {
    let ids = [
        hint.then(|| format!("{name}-hint")),
        error.then(|| format!("{name}-error")),
    ];
    let ids: Vec<String> = ids.into_iter().flatten().collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

fn hint_view(name: &str, hint: String) -> Option<impl IntoView + use<>> {
    let id = format!("{name}-hint");
    (!hint.is_empty()).then(|| view! { <div id=id class="govuk-hint">{hint}</div> })
}

fn error_view(name: &str, error: Option<String>) -> Option<impl IntoView + use<>> {
    let id = format!("{name}-error");
    error.map(|message| {
        view! {
            <p id=id class="govuk-error-message"><span class="govuk-visually-hidden">"Error: "</span>{message}</p>
        }
    })
}
