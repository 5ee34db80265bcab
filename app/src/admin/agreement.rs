//! How reviewers agree with each other and with the Practices, for administrators: by name, never as a ranking.

use crate::{
    ui::text::count,
    web::{Answered, AppState, Page, Refusal, SignedIn},
};
use axum::extract::{Query, State};
use framework::{
    agreement::{Agreement, FEWEST_PAIRS},
    ids::CycleId,
    report::{Leniency, NamedAgreement, PairAgreement, ReviewersReport, reviewers_report},
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
    let (version, reviewed) = state.store.reviewed(&actor, &cycle).await?;
    let report = reviewers_report(&version.elements, &reviewed);
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
            {by_name(report)}
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

/// Returns the figures of each assessment, by the Practice's name, and of each element, in the framework's order: never by value.
fn by_name(report: &ReviewersReport) -> impl IntoView + use<> {
    (!report.assessments.is_empty()).then(|| {
        let few = format!(
            "Bias is self minus review. Kappa and AC2 are agreement beyond chance, AC2 with its 95 % interval; where most pairs agree within one level, AC2 lies near 1 and tells little. Under {FEWEST_PAIRS} pairs of ratings there is no figure: too few."
        );
        view! {
            <p class="govuk-body">{few}</p>
            <h3 class="govuk-heading-s">"Assessment by assessment"</h3>
            {agreements("Agreement by assessment", "Practice", &report.assessments)}
            <h3 class="govuk-heading-s">"Element by element"</h3>
            {agreements("Agreement by element", "Element", &report.elements)}
        }
    })
}

fn agreements(caption: &'static str, first: &'static str, named: &[NamedAgreement]) -> impl IntoView + use<> {
    let columns = || {
        ["Pairs", "Exact", "Within one", "Bias", "Kappa", "AC2"]
            .into_iter()
            .map(|column| view! { <th scope="col" class="govuk-table__header">{column}</th> })
            .collect_view()
    };
    let rows = named
        .iter()
        .map(|one| {
            let figures = [Some(&one.agreement), one.reviewers.as_ref()].map(cells);
            let figures = figures.as_flattened().iter();
            let cells = figures.map(|figure| view! { <td class="govuk-table__cell">{figure.clone()}</td> });
            view! {
                <tr class="govuk-table__row">
                    <th scope="row" class="govuk-table__header">{one.name.clone()}</th>
                    {cells.collect_view()}
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="app-scroll" role="region" aria-label=caption tabindex="0">
            <table class="govuk-table">
                <caption class="govuk-visually-hidden">{caption}</caption>
                <thead class="govuk-table__head">
                    <tr class="govuk-table__row">
                        <th scope="col" rowspan="2" class="govuk-table__header">{first}</th>
                        <th scope="colgroup" colspan="6" class="govuk-table__header">"Self-assessment against review"</th>
                        <th scope="colgroup" colspan="6" class="govuk-table__header">"Between two reviewers"</th>
                    </tr>
                    <tr class="govuk-table__row">{columns()}{columns()}</tr>
                </thead>
                <tbody class="govuk-table__body">{rows}</tbody>
            </table>
        </div>
    }
}

/// Pairs, exact, within one, bias, kappa, AC2 with its interval.
fn cells(agreement: Option<&Agreement>) -> [String; 6] {
    let none = |words: &str| [words; 5].map(str::to_owned);
    let pairs = agreement.map_or(0, |agreement| agreement.n);
    let [exact, within_one, bias, kappa, ac2] = match agreement {
        None | Some(Agreement { n: 0, .. }) => none(say::NONE),
        Some(Agreement { why: Some(_), .. }) => none("Too few"),
        Some(agreement) => {
            let interval = say::interval(agreement).map(|interval| format!(" ({interval})"));
            [
                say::per_cent(agreement.exact),
                say::per_cent(agreement.within_one),
                say::signed(agreement.bias),
                say::two(agreement.kappa),
                format!("{}{}", say::two(agreement.ac2), interval.unwrap_or_default()),
            ]
        }
    };
    [pairs.to_string(), exact, within_one, bias, kappa, ac2]
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
                    <td class="govuk-table__cell">{bias(one.bias, one.with_practice)}</td>
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
                    <th scope="col" class="govuk-table__header">"Bias: self minus review"</th>
                    <th scope="col" class="govuk-table__header">"Beside the other reviewer’s"</th>
                </tr></thead>
                <tbody class="govuk-table__body">{rows}</tbody>
            </table>
        </div>
    }
}

/// `+0.31, on 120 criteria`
fn bias(mean: Option<f64>, n: u64) -> String {
    match mean {
        Some(mean) => format!("{}, on {n} criteria", say::signed(Some(mean))),
        None => figure(None, n),
    }
}

/// `0.31 lower, on 120 criteria`
fn figure(mean: Option<f64>, n: u64) -> String {
    let size = say::two(mean.map(f64::abs));
    match mean {
        None if n == 0 => say::NONE.to_owned(),
        None => format!("Too few: {n}; {FEWEST_PAIRS} are needed"),
        Some(mean) if mean > 0.0 => format!("{size} higher, on {n} criteria"),
        Some(mean) if mean < 0.0 => format!("{size} lower, on {n} criteria"),
        Some(_) => format!("the same on average, on {n} criteria"),
    }
}
