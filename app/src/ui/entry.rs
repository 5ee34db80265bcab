//! What an assessment says on a criterion, to read.

use super::text::prose;
use framework::{
    assessment::{Entry, Response, Review},
    criteria::Criterion,
    prose::Prose,
    rating::Rating,
};
use leptos::prelude::*;

/// Returns the Practice's side.
pub fn answer(criterion: &Criterion, entry: &Entry) -> impl IntoView + use<> {
    let answer = &entry.answer;
    let response = match &answer.response {
        None => "Not answered".to_owned(),
        Some(Response::Rated(rating)) => words(*rating),
        Some(Response::NotApplicable(Some(_))) => "Not applicable".to_owned(),
        Some(Response::NotApplicable(None)) => "Not applicable, but no reason given".to_owned(),
    };
    let reason = match &answer.response {
        Some(Response::NotApplicable(reason)) => reason.clone(),
        _ => None,
    };
    let measure = criterion
        .measure
        .as_ref()
        .zip(answer.measure)
        .map(|(m, value)| format!("{value} {}", m.unit));
    view! {
        <dl class="app-facts">
            {fact("Self-rating", Some(response))}
            {prose_fact("Why it does not apply", &reason)}
            {fact("Number", measure)}
            {prose_fact("Evidence", &answer.evidence)}
            {prose_fact("Comment", &answer.comment)}
            {prose_fact("Adaptation", &answer.adaptation)}
        </dl>
    }
}

/// Returns the reviewer's side and what was agreed; nothing while there is none to see.
pub fn review(entry: &Entry) -> Option<impl IntoView + use<>> {
    let (review, agreement) = (&entry.review, &entry.agreement);
    let agreed = entry.agreed_rating();
    let any = !entry.readings.is_empty()
        || review.rating.is_some()
        || review.comment.is_some()
        || review.question.is_some()
        || agreed.is_some();
    any.then(|| {
        view! {
            <dl class="app-facts">
                {readings(entry)}
                {fact("Review rating", entry.review_rating().map(words))}
                {prose_fact("Reviewer’s comment", &review.comment)}
                {prose_fact("Question to the Practice", &review.question)}
                {fact("Agreed rating", agreed.map(words))}
                {prose_fact("How it was agreed", &agreement.comment)}
                {fact("Explained by", agreement.class.map(|c| c.name().to_owned()))}
            </dl>
        }
    })
}

/// Returns what each of two reviewers said; nothing where one reviewed.
pub fn readings(entry: &Entry) -> impl IntoView + use<> {
    let labels = [
        ("First reviewer", "First reviewer’s comment"),
        ("Second reviewer", "Second reviewer’s comment"),
    ];
    let shown = entry.readings.iter().zip(labels).map(|(reading, (rating, comment))| {
        let said = reading.0.rating.map_or_else(|| "Not rated".to_owned(), words);
        view! { {fact(rating, Some(said))} {prose_fact(comment, &reading.0.comment)} }
    });
    shown.collect_view()
}

/// Returns what one of two reviewers has rated, to that reviewer, while neither sees the other's ratings.
pub fn own_reading(review: &Review) -> impl IntoView + use<> {
    view! {
        <dl class="app-facts">
            {fact("Your rating", Some(review.rating.map_or_else(|| "Not rated".to_owned(), words)))}
            {prose_fact("Why", &review.comment)}
            {prose_fact("Question to the Practice", &review.question)}
        </dl>
    }
}

/// `4 – In place`
pub fn words(rating: Rating) -> String {
    format!("{rating} – {}", rating.name())
}

/// Returns a label and its value, where there is one.
pub fn fact(label: &str, value: Option<String>) -> Option<impl IntoView + use<>> {
    let label = label.to_owned();
    value.map(|value| view! { <div class="app-facts__row"><dt>{label}</dt><dd>{value}</dd></div> })
}

/// Returns a label and a text, where there is one.
pub fn prose_fact(label: &'static str, text: &Option<Prose>) -> Option<impl IntoView + use<>> {
    let shown = prose(text.as_ref()?.as_str());
    Some(view! { <div class="app-facts__row"><dt>{label}</dt><dd>{shown}</dd></div> })
}
