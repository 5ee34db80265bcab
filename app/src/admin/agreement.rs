//! How reviewers agree with each other and with the Practices, for administrators: by name, never as a ranking.

use crate::{
    ui::text::count,
    web::{Answered, AppState, Page, Refusal, SignedIn},
};
use axum::extract::{Query, State};
use framework::{
    ids::CycleId,
    report::{Leniency, PairAgreement, ReviewersReport, reviewers_report},
};
use leptos::prelude::*;
use report::say;
use std::collections::HashMap;

pub async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Query(query): Query<HashMap<String, String>>,
) -> Answered {
    let cycles = state.store.cycles(&actor).await?;
    let asked = query.get("cycle").map(|cycle| CycleId::parse(cycle)).transpose();
    let asked = asked.map_err(|_| Refusal::NotFound)?;
    let Some(cycle) = asked.or_else(|| cycles.iter().map(|cycle| cycle.id.clone()).max()) else {
        let page = Page::new("Agreement of reviewers", nothing()).with_back("/admin", "Administration");
        return Ok(page.respond(&state, Some(&actor)).await);
    };
    let reviewed = state.store.reviewed(&actor, &cycle).await?;
    let report = reviewers_report(&reviewed);
    let mut years: Vec<CycleId> = cycles.into_iter().map(|cycle| cycle.id).collect();
    years.sort();
    Ok(page(&cycle, &years, reviewed.len(), &report)
        .respond(&state, Some(&actor))
        .await)
}

fn nothing() -> impl IntoView {
    view! {
        <h1 class="govuk-heading-l">"Agreement of reviewers"</h1>
        <p class="govuk-body">"There is no cycle yet. Figures appear here once assessments are finalised."</p>
    }
}

fn page(cycle: &CycleId, years: &[CycleId], assessments: usize, report: &ReviewersReport) -> Page {
    let links = years
        .iter()
        .map(|year| {
            let href = format!("/admin/agreement?cycle={year}");
            let current = (year == cycle).then_some("page");
            view! { <li><a class="govuk-link" href=href aria-current=current>{year.to_string()}</a></li> }
        })
        .collect_view();
    let pairs = match report.pairs.is_empty() {
        true => {
            view! { <p class="govuk-body">"No assessment of this cycle was reviewed by two people."</p> }.into_any()
        }
        false => report.pairs.iter().map(pair).collect_view().into_any(),
    };
    let people = match report.people.is_empty() {
        true => view! { <p class="govuk-body">"No assessment of this cycle has been reviewed and finalised here."</p> }
            .into_any(),
        false => leniency(&report.people).into_any(),
    };
    Page::new(
        format!("Agreement of reviewers, {cycle}"),
        view! {
            <h1 class="govuk-heading-l">{format!("Agreement of reviewers, {cycle}")}</h1>
            <ul class="govuk-list app-downloads" aria-label="Cycles">{links}</ul>
            <h2 class="govuk-heading-m">"Self-assessment against review"</h2>
            <p class="govuk-body">{format!("Over {}. ", count(assessments, "finalised assessment", "finalised assessments"))} {say::agreement(&report.agreement)}</p>
            <h2 class="govuk-heading-m">"Two reviewers of the same assessment"</h2>
            <p class="govuk-body">"Their ratings before either saw the other’s."</p>
            {pairs}
            <h2 class="govuk-heading-m">"How each reviewer’s ratings lie to others’"</h2>
            <p class="govuk-body">"By name, to start a conversation and not to rank: reviewers rate different Practices, and a difference can be right."</p>
            {people}
        },
    )
    .with_back("/admin", "Administration")
    .wide()
}

fn pair(pair: &PairAgreement) -> impl IntoView + use<> {
    let [first, second] = &pair.names;
    view! {
        <h3 class="govuk-heading-s">{format!("{first} and {second}")}</h3>
        <p class="govuk-body">{say::reviewers(&pair.agreement, first, second)}</p>
    }
}

fn leniency(people: &[Leniency]) -> impl IntoView + use<> {
    let rows = people
        .iter()
        .map(|one| {
            view! {
                <tr class="govuk-table__row">
                    <th scope="row" class="govuk-table__header">{one.name.clone()}</th>
                    <td class="govuk-table__cell">{figure(one.to_practice, one.with_practice)}</td>
                    <td class="govuk-table__cell">{figure(one.to_other, one.with_other)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="app-scroll" role="region" aria-label="Reviewers’ ratings beside others’" tabindex="0">
            <table class="govuk-table">
                <caption class="govuk-visually-hidden">"Reviewers by name"</caption>
                <thead class="govuk-table__head"><tr class="govuk-table__row">
                    <th scope="col" class="govuk-table__header">"Reviewer"</th>
                    <th scope="col" class="govuk-table__header">"Beside the Practice’s own rating"</th>
                    <th scope="col" class="govuk-table__header">"Beside the other reviewer’s"</th>
                </tr></thead>
                <tbody class="govuk-table__body">{rows}</tbody>
            </table>
        </div>
    }
}

/// `0.31 lower, on 120 criteria`
fn figure(mean: Option<f64>, n: u64) -> String {
    match mean {
        None if n == 0 => "–".to_owned(),
        None => format!("Too few: {n}; 10 are needed"),
        Some(mean) if mean > 0.0 => format!("{mean:.2} higher, on {n} criteria"),
        Some(mean) if mean < 0.0 => format!("{:.2} lower, on {n} criteria", -mean),
        Some(_) => format!("the same on average, on {n} criteria"),
    }
}
