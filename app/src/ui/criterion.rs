//! A criterion as pages show it: its tags, what it asks, its guidance, its anchors.

use super::{
    entry::words,
    form::Choice,
    text::{inline_markdown, markdown},
};
use framework::{
    criteria::{Criterion, Framework, SourceStatus},
    rating::Rating,
};
use leptos::prelude::*;

/// Core or adaptable, and whether it is a gate.
pub fn tags(criterion: &Criterion) -> impl IntoView + use<> {
    let kind = if criterion.core {
        ("Core", "govuk-tag app-tag--core")
    } else {
        ("Adaptable", "govuk-tag govuk-tag--grey")
    };
    let gate = criterion
        .gate
        .then(|| view! { <strong class="govuk-tag app-tag--gate">"Required before launch"</strong> });
    view! { <span class="app-tags"><strong class=kind.1>{kind.0}</strong>{gate}</span> }
}

/// Returns why it matters, what to look for, what may vary, where it comes from: everything but the question and the anchors.
pub fn guidance(framework: &Framework, criterion: &Criterion) -> impl IntoView + use<> {
    let status = match criterion.status {
        SourceStatus::Published => "Published",
        SourceStatus::Drafted => "Drafted",
    };
    let part = |title: &'static str, text: &str| {
        view! { <h4 class="govuk-heading-s">{title}</h4> {markdown(text)} }
    };
    let parameters = framework
        .parameters
        .iter()
        .filter(|p| criterion.parameters.contains(&p.id))
        .map(|p| view! { <li>{format!("{}: not set by National Pause; until then, {}.", p.what, p.unset)}</li> })
        .collect_view();
    let parameters = (!criterion.parameters.is_empty())
        .then(|| view! { <h4 class="govuk-heading-s">"Levels National Pause may set"</h4><ul class="govuk-list govuk-list--bullet">{parameters}</ul> });
    view! {
        {part("Why it matters", &criterion.why)}
        {part("Evidence to look for", &criterion.evidence)}
        {criterion.may_vary.as_deref().map(|text| part("What may vary", text))}
        {criterion.before_launch.as_deref().map(|text| part("Before launch", text))}
        {parameters}
        <p class="govuk-body-s app-muted">{format!("{status}. {}", criterion.source)}</p>
    }
}

/// Returns the five levels to choose from, highest first, each with its anchor.
pub fn levels(criterion: &Criterion) -> Vec<Choice> {
    let level =
        |rating: Rating| Choice::new(rating.to_string(), words(rating)).hint(criterion.anchors[rating.index()].clone());
    Rating::ALL.into_iter().rev().map(level).collect()
}

/// Returns the five anchors, highest first.
pub fn anchors(criterion: &Criterion) -> impl IntoView + use<> {
    let rows = Rating::ALL
        .into_iter()
        .rev()
        .map(|rating| {
            let text = inline_markdown(&criterion.anchors[rating.index()]);
            view! {
                <tr class="govuk-table__row">
                    <th scope="row" class="govuk-table__header">{format!("{rating} {}", rating.name())}</th>
                    <td class="govuk-table__cell">{text}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="govuk-table app-anchors">
            <caption class="govuk-visually-hidden">{format!("What each level looks like: {}", criterion.title)}</caption>
            <thead class="govuk-table__head"><tr class="govuk-table__row">
                <th scope="col" class="govuk-table__header">"Level"</th>
                <th scope="col" class="govuk-table__header">"What you would see"</th>
            </tr></thead>
            <tbody class="govuk-table__body">{rows}</tbody>
        </table>
    }
}
