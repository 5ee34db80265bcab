//! Both texts of fields that two people changed, with the choice of what to keep.

use super::form::{Choice as Radio, Radios, hidden};
use crate::edit::{
    CriterionForm, Question,
    question::{ASK, BY, Choice, settle_name},
};
use framework::{assessment::AdaptationClass, wording::Sayable};
use leptos::prelude::*;

/// Returns the panel; nothing where nothing is asked. `button` for the browser's island, which has no form's button beside it.
pub fn panel<T: Sayable>(part: &CriterionForm<T>, button: bool) -> Option<AnyView> {
    let questions = part.questions();
    let first = questions.first()?;
    let id = part.name("conflict");
    let names: Vec<&str> = questions.iter().map(|question| question.field).collect();
    let by = if first.own { "" } else { first.by.as_str() };
    let fields = questions.iter().map(|question| one(part, question)).collect_view();
    let save = button.then(|| {
        view! { <button type="button" class="govuk-button govuk-button--secondary app-conflict__save">"Save what I chose"</button> }
    });
    let view = view! {
        <div class="app-conflict" role="group" aria-labelledby=format!("{id}-title") id=id.clone() tabindex="-1">
            <h3 class="govuk-heading-s" id=format!("{id}-title")>"Two versions: choose what to keep"</h3>
            <p>"Everything else is saved. Whatever you choose, the other version stays in the history."</p>
            {hidden(&part.name(ASK), &names.join("."))}
            {hidden(&part.name(BY), by)}
            {fields}
            {save}
        </div>
    };
    Some(view.into_any())
}

fn one<T: Sayable>(part: &CriterionForm<T>, question: &Question) -> AnyView {
    let theirs = if question.own { "In the other window" } else { "Theirs" };
    let choices = [
        (Choice::Mine, "Keep what is here"),
        (
            Choice::Theirs,
            if question.own {
                "Keep what is in the other window"
            } else {
                "Keep theirs"
            },
        ),
        (Choice::Both, "Keep both, one after the other"),
    ];
    let choices = choices
        .into_iter()
        .filter(|(choice, _)| question.both || *choice != Choice::Both);
    let choices: Vec<Radio> = choices
        .map(|(choice, words)| Radio::new(choice.code(), words))
        .collect();
    let name = part.name(&settle_name(question.field));
    view! {
        <dl>
            <dt>{format!("{}: {}", question.label, question.who_changed())}</dt>
            <dd><strong>"Here"</strong><p>{in_words(question.field, &question.mine)}</p></dd>
            <dd><strong>{theirs}</strong><p>{in_words(question.field, &question.theirs)}</p></dd>
        </dl>
        <Radios name legend=format!("{}: what to keep", question.label) choices/>
    }
    .into_any()
}

/// Returns a field's text as people read it.
pub fn in_words(field: &str, text: &str) -> String {
    match (field, text) {
        (_, "") => "(nothing)".to_owned(),
        ("rating", "na") => "Not applicable here".to_owned(),
        ("rating", level) => level.parse().map_or_else(|_| level.to_owned(), super::entry::words),
        ("class", code) => AdaptationClass::from_code(code).map_or_else(
            || "An agreed adaptation of the register".to_owned(),
            |class| class.name().to_owned(),
        ),
        (_, text) => text.to_owned(),
    }
}

/// The button that takes a rating back. It shows only where there is one.
pub fn clear<T: Sayable>(part: &CriterionForm<T>, words: &'static str, criterion: &str) -> impl IntoView + use<T> {
    let value = part.criterion_id();
    let of = format!(": {criterion}");
    view! {
        <button type="submit" class="govuk-button govuk-button--secondary app-clear" name=crate::edit::CLEAR value=value>
            {words}<span class="govuk-visually-hidden">{of}</span>
        </button>
    }
}
