//! Last cycle beside this one: its ratings and comment, and what changed in the wording.

use super::{
    entry::{fact, prose_fact, words},
    text::inline_markdown,
};
use framework::{
    assessment::{Entry, Response},
    criteria::{Criterion, Relation},
    rating::Rating,
    sheet::CriterionRatings,
};
use leptos::prelude::*;
use store::{Assessment, Previous, Related};

/// Last cycle's rating of a criterion as reports use it, where the two are comparable.
pub fn comparable(assessment: &Assessment, index: usize) -> Option<Rating> {
    let entry = assessment.previous.as_ref()?.lines.get(index)?.as_ref()?;
    CriterionRatings::from(entry).used().map(|(rating, _)| rating)
}

/// Returns what was said last cycle on the criterion at a place; nothing where there was no earlier cycle.
pub fn card(assessment: &Assessment, index: usize) -> Option<impl IntoView + use<>> {
    let previous = assessment.previous.as_ref()?;
    let criterion = assessment.framework.criteria.get(index)?;
    let entry = previous.lines.get(index)?.as_ref();
    let related = previous.related.get(index).map(Vec::as_slice).unwrap_or_default();
    let said = match (entry, related) {
        (Some(entry), _) => facts(entry).into_any(),
        (None, []) => view! { <p class="govuk-body">"There is no earlier rating to compare with."</p> }.into_any(),
        (None, related) => related
            .iter()
            .map(|r| not_comparable(previous, r))
            .collect_view()
            .into_any(),
    };
    Some(view! {
        <aside class="app-last-year" aria-label=format!("{}: {}", previous.cycle, criterion.title)>
            <h3 class="govuk-heading-s">{format!("Last time ({})", previous.cycle)}</h3>
            {changed(assessment, criterion)}
            {said}
            {drift(assessment, index, entry.is_some())}
        </aside>
    })
}

fn facts(entry: &Entry) -> impl IntoView + use<> {
    let set_aside =
        matches!(entry.answer.response, Some(Response::NotApplicable(_))).then(|| "Not applicable".to_owned());
    view! {
        <dl class="app-facts">
            {fact("Rating", set_aside)}
            {fact("Self", entry.self_rating().map(words))}
            {fact("Review", entry.review_rating().map(words))}
            {fact("Agreed", entry.agreed_rating().map(words))}
            {prose_fact("Comment", &entry.answer.comment)}
            {prose_fact("Reviewer’s comment", &entry.review.comment)}
            {prose_fact("How it was agreed", &entry.agreement.comment)}
            {fact("Explained by", entry.agreement.class.map(|c| c.name().to_owned()))}
        </dl>
    }
}

fn not_comparable(previous: &Previous, related: &Related) -> impl IntoView + use<> {
    let title = previous
        .framework
        .criterion(&related.criterion)
        .map(|c| c.title.clone())
        .unwrap_or_default();
    view! { <p class="govuk-body">{format!("Previously worded as “{title}”, which cannot be compared level by level:")}</p> {facts(&related.entry)} }
}

/// Returns what changed in the wording since the version of last cycle's assessment.
fn changed(assessment: &Assessment, criterion: &Criterion) -> Option<impl IntoView + use<>> {
    let same_version = assessment.previous.as_ref()?.framework.version == assessment.framework.version;
    let before = criterion
        .before
        .as_ref()
        .filter(|b| !same_version && b.relation != Relation::Equal)?;
    let lead = format!("{}. ", before.relation.words());
    Some(view! { <p class="govuk-body-s app-changed"><strong>{lead}</strong>{inline_markdown(&before.change)}</p> })
}

/// Returns how far this year's rating has moved, once there is one.
fn drift(assessment: &Assessment, index: usize, comparable_line: bool) -> Option<impl IntoView + use<>> {
    let now = CriterionRatings::from(&assessment.lines.get(index)?.entry).used()?.0;
    let before = comparable(assessment, index).filter(|_| comparable_line)?;
    let words = match i16::from(now.level()) - i16::from(before.level()) {
        0 => "Criterion unchanged".to_owned(),
        d if d > 0 => format!("▲ Up by {d} since then"),
        d => format!("▼ Down by {} since then", -d),
    };
    Some(view! { <p class="govuk-body-s"><strong>{words}</strong></p> })
}
