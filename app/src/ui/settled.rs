//! What moderation has settled, for the Practice before its statement and for the reviewer before finalising.

use super::{
    entry::words,
    text::{count, prose},
};
use crate::paths::AssessmentPath;
use framework::{
    actor::Standing,
    assessment::AdaptationClass,
    criteria::Criterion,
    settled::{Differing, Settled},
};
use leptos::prelude::*;
use store::Assessment;

/// Returns what is settled in an assessment.
pub fn settled(assessment: &Assessment) -> Settled {
    let entries: Vec<_> = assessment.lines.iter().map(|line| line.entry.clone()).collect();
    Settled::of(&assessment.framework, &entries, &assessment.earlier())
}

/// Counts, the agreed ratings that differ from the Practice's own, core gaps, and how low ratings are explained.
pub fn blocks(at: &AssessmentPath, assessment: &Assessment) -> impl IntoView + use<> {
    let settled = settled(assessment);
    view! {
        <h2 class="govuk-heading-m">"Agreed ratings"</h2>
        {counts(&settled)}
        {differing(at, assessment, &settled.differing)}
        <h2 class="govuk-heading-m">"Core gaps"</h2>
        {core_gaps(at, assessment, &settled)}
        <h2 class="govuk-heading-m">"Explanations"</h2>
        {explanations(&settled)}
    }
}

fn counts(settled: &Settled) -> impl IntoView + use<> {
    let (all, differing, lowered) = (settled.agreed, settled.differing.len(), settled.lowered());
    let same = count(
        all - differing,
        "is as the Practice rated it",
        "are as the Practice rated them",
    );
    let lines = [
        format!(
            "{}: {same}, {lowered} lower, {} higher",
            count(all, "criterion has an agreed rating", "criteria have an agreed rating"),
            differing - lowered
        ),
        count(
            settled.not_applicable,
            "criterion does not apply",
            "criteria do not apply",
        ),
    ];
    view! { <ul class="govuk-list govuk-list--bullet">{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul> }
}

fn differing(at: &AssessmentPath, assessment: &Assessment, differing: &[Differing]) -> AnyView {
    if differing.is_empty() {
        return view! { <p class="govuk-body">"Every agreed rating is the Practice’s own."</p> }.into_any();
    }
    let rows = differing.iter().map(|one| row(at, assessment, one)).collect_view();
    const LABEL: &str = "Agreed ratings that differ from the Practice’s own";
    view! {
        <div class="app-scroll" role="region" aria-label=LABEL tabindex="0">
            <table class="govuk-table">
                <caption class="govuk-table__caption govuk-table__caption--s">{LABEL}</caption>
                <thead class="govuk-table__head"><tr class="govuk-table__row">
                    <th scope="col" class="govuk-table__header">"Criterion and how it was agreed"</th>
                    <th scope="col" class="govuk-table__header govuk-table__header--numeric">"Practice"</th>
                    <th scope="col" class="govuk-table__header govuk-table__header--numeric">"Agreed"</th>
                </tr></thead>
                <tbody class="govuk-table__body">{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(at: &AssessmentPath, assessment: &Assessment, one: &Differing) -> impl IntoView + use<> {
    let (criterion, entry) = (
        &assessment.framework.criteria[one.index],
        &assessment.lines[one.index].entry,
    );
    let why = entry.agreement.comment.as_ref().map(|comment| prose(comment.as_str()));
    let review = entry
        .review_rating()
        .map(|rating| format!("Review: {}.", words(rating)));
    view! {
        <tr class="govuk-table__row">
            <th scope="row" class="govuk-table__header">{link(at, assessment, criterion)}<div class="app-muted">{review}{why}</div></th>
            <td class="govuk-table__cell govuk-table__cell--numeric">{one.own.to_string()}</td>
            <td class="govuk-table__cell govuk-table__cell--numeric">{one.agreed.to_string()}</td>
        </tr>
    }
}

/// To where somebody of this standing reads all of a criterion.
fn link(at: &AssessmentPath, assessment: &Assessment, criterion: &Criterion) -> impl IntoView + use<> {
    let href = match assessment.standing {
        Standing::Reviewer | Standing::Administrator => at.review_criterion(&criterion.element, &criterion.id),
        _ => at.criterion(&criterion.element, &criterion.id),
    };
    view! { <a class="govuk-link" href=href>{criterion.title.clone()}</a> }
}

fn core_gaps(at: &AssessmentPath, assessment: &Assessment, settled: &Settled) -> AnyView {
    if settled.core_gaps.is_empty() {
        return view! { <p class="govuk-body">"No core criterion is agreed at 1 or 2."</p> }.into_any();
    }
    let gaps = settled.core_gaps.iter().map(|(place, rating)| {
        let criterion = &assessment.framework.criteria[*place];
        view! { <li>{link(at, assessment, criterion)}{format!(": {}", words(*rating))}</li> }
    });
    view! { <ul class="govuk-list govuk-list--bullet">{gaps.collect_view()}</ul> }.into_any()
}

fn explanations(settled: &Settled) -> AnyView {
    let explained = &settled.explained;
    if explained.total() == 0 {
        return view! { <p class="govuk-body">"No rating is below 4, and none is lower than last time."</p> }
            .into_any();
    }
    let classes = AdaptationClass::ALL
        .into_iter()
        .map(|class| view! { <li>{format!("{}: {}", class.name(), explained.of(class))}</li> });
    let all = count(
        explained.total(),
        "rating is below 4, or lower than last time",
        "ratings are below 4, or lower than last time",
    );
    view! {
        <p class="govuk-body">{format!("{all}:")}</p>
        <ul class="govuk-list govuk-list--bullet">{classes.collect_view()}</ul>
    }
    .into_any()
}
