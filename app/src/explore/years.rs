//! Practices over the years: one small chart each.

use super::{
    filters::{Choice, filters, pages, part, tabs},
    opened,
    view::{Query, View},
};
use crate::{
    paths,
    web::{Answered, AppState, Page, Refusal, SignedIn},
};
use axum::extract::{self, State};
use framework::{
    explore::{Criteria, Explorer, Filter, YearPoint},
    ids::CycleId,
    report::NoReport,
    sheet::PracticeInfo,
};
use leptos::prelude::*;
use report::{
    charts::{self, Multiple, Quartiles},
    palette::Fill,
    say,
};

/// Practices on one page.
const ON_A_PAGE: usize = 12;

/// The width of the chart, in points: three beside each other.
const WIDTH: f32 = 560.0;

const PATH: &str = "/drift/years";

pub async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    extract::Query(query): extract::Query<Query>,
) -> Answered {
    opened(&state, &actor, &query, page).await
}

/// A Practice, and its overall scores.
type Years<'n> = (&'n PracticeInfo, Vec<YearPoint>);

fn page(view: &View, network: &Explorer) -> Result<Page, Refusal> {
    let choices = [Choice::From, Choice::To];
    let comparison = network.compare(&view.span)?;
    let explored = network.explore(&comparison, &view.filter);
    let n = explored.places.len();
    let places = part(view, &explored.places, ON_A_PAGE).iter();
    let places: Vec<usize> = places.map(|place| comparison.lines[*place].history).collect();
    let histories = network.facts().histories();
    let practices = places.iter().map(|place| &histories[*place].practice);
    let shown: Vec<Years> = practices.zip(network.overall_by_year(&places)).collect();
    let figures = match shown.is_empty() {
        true => view! { <p class="govuk-body">"No Practice fits. Remove some filters above."</p> }.into_any(),
        false => view! { {chart(view, &behind(network)?, &shown)} {table(view, &shown)} }.into_any(),
    };
    Ok(Page::new(
        "Drift explorer: Practices over the years",
        view! {
            <h1 class="govuk-heading-l">"Drift explorer"</h1>
            {tabs(view, PATH)}
            {filters(view, network, PATH, &choices)}
            <h2 class="govuk-heading-m">"Practices over the years"</h2>
            <p class="govuk-body">{format!("{} in {}, by name. Each line is the overall score under the version of its year, all on the same scale; behind it stands the middle half of all Practices.", say::count(n, "Practice", "Practices"), view.span.to)}</p>
            {figures}
            {pages(view, PATH, n, ON_A_PAGE)}
        },
    )
    .wide())
}

/// Returns the middle half of all Practices in each cycle.
fn behind(network: &Explorer) -> Result<Vec<Option<Quartiles>>, NoReport> {
    let trend = network.trend(Criteria::All, &Filter::default())?;
    let steps = trend.steps.iter();
    Ok(steps.map(|step| Quartiles::of(&step.column(None)?.levels)).collect())
}

fn chart(view: &View, behind: &[Option<Quartiles>], shown: &[Years]) -> impl IntoView + use<> {
    let cycles: Vec<&str> = view.cycles().iter().map(|(cycle, _)| cycle.as_str()).collect();
    let items: Vec<Multiple> = shown
        .iter()
        .map(|(practice, years)| Multiple {
            label: practice.name.clone(),
            values: scores(view, years),
            behind: behind.to_vec(),
        })
        .collect();
    let title = "Overall score of each Practice, year by year";
    let alt = "The table below has every figure.";
    let svg =
        charts::multiples(WIDTH, ["The Practice", "Middle half of all Practices"], &cycles, &items).to_svg(title, alt);
    view! { <figure class="app-figure app-figure--wide"><p class="app-figure__title">{title}</p><div inner_html=svg></div></figure> }
}

/// One a cycle that there is.
fn scores(view: &View, years: &[YearPoint]) -> Vec<Option<f64>> {
    let of = |cycle: &CycleId| years.iter().find(|year| year.cycle == *cycle)?.score;
    view.cycles().iter().map(|(cycle, _)| of(cycle)).collect()
}

fn table(view: &View, shown: &[Years]) -> impl IntoView + use<> {
    let heads = view
        .cycles()
        .iter()
        .map(|(cycle, version)| {
            view! {
                <th scope="col" class="govuk-table__header">
                    {cycle.to_string()}<span class="app-heat__under">{version.to_string()}</span>
                </th>
            }
        })
        .collect_view();
    let row = |(practice, years): &Years| {
        let cells = scores(view, years)
            .into_iter()
            .map(|score| {
                view! { <td class=format!("govuk-table__cell {}", Fill::score(score).class())>{say::score(score)}</td> }
            })
            .collect_view();
        view! {
            <tr class="govuk-table__row">
                <th scope="row" class="govuk-table__header"><a class="govuk-link" href=paths::practice(&practice.slug)>{practice.name.clone()}</a></th>
                {cells}
            </tr>
        }
    };
    view! {
        <div class="app-scroll" role="region" aria-label="Overall scores" tabindex="0">
            <table class="govuk-table app-heatmap">
                <caption class="govuk-table__caption">"Overall scores by Practice and cycle. A dash: no assessment, or not enough answered."</caption>
                <thead class="govuk-table__head"><tr class="govuk-table__row">
                    <th scope="col" class="govuk-table__header">"Practice"</th>
                    {heads}
                </tr></thead>
                <tbody class="govuk-table__body">{shown.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}
