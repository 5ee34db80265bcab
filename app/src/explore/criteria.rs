//! Criteria by cycle.

use super::{
    filters::{Choice, filters, tabs},
    heat::{Heat, cells},
    opened,
    view::{Query, View},
};
use crate::web::{Answered, AppState, Page, Refusal, SignedIn};
use axum::extract::{self, State};
use framework::{
    criteria::{Criterion, Element},
    explore::{Break, CriteriaByCycle, CriterionCell, Explorer},
    ids::CycleId,
};
use leptos::prelude::*;
use report::{palette::Fill, say};

const PATH: &str = "/drift/criteria";

pub async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    extract::Query(query): extract::Query<Query>,
) -> Answered {
    opened(&state, &actor, &query, page).await
}

fn page(view: &View, network: &Explorer) -> Result<Page, Refusal> {
    let figures = network.criteria(&view.span.to, &view.filter)?;
    let choices = [Choice::To, Choice::Criteria];
    let framework = &figures.framework;
    let views = figures.cycles.iter().map(|column| {
        let query = view.of(&view.span.from, &column.cycle).query();
        (column.cycle.clone(), query)
    });
    let views: Vec<CycleView> = views.collect();
    let tables = framework
        .elements
        .iter()
        .map(|element| table(view, &views, &figures, element))
        .collect_view();
    Ok(Page::new(
        format!("Drift explorer: criteria up to {}", view.span.to),
        view! {
            <h1 class="govuk-heading-l">"Drift explorer"</h1>
            {tabs(view, PATH)}
            {filters(view, network, PATH, &choices)}
            <h2 class="govuk-heading-m">{format!("Criteria by cycle, in the words of {}", framework.version)}</h2>
            <p class="govuk-body">{format!("Each number is the median rating of the Practices. ▼ counts those where the criterion went down since the cycle before, ! those not explained. A dash: fewer than three Practices. {REWORDED} marks where it was reworded, {BEGINS} where it begins: earlier ratings cannot be compared.")}</p>
            {tables}
        },
    )
    .wide())
}

const REWORDED: &str = "≈";
const BEGINS: &str = "◂";

/// A cycle, and what an address that looks at it says after the path.
type CycleView = (CycleId, String);

fn table(
    view: &View,
    views: &[CycleView],
    figures: &CriteriaByCycle,
    element: &Element,
) -> Option<impl IntoView + use<>> {
    let counts = view.span.criteria.counts();
    let places: Vec<usize> = (element.criteria.clone())
        .filter(|place| counts(&figures.framework.criteria[*place]))
        .collect();
    let heads = figures
        .cycles
        .iter()
        .map(|column| {
            let practices = say::count(column.practices, "Practice", "Practices");
            view! {
                <th scope="col" class="govuk-table__header">
                    {column.cycle.to_string()}
                    <span class="app-heat__under">{column.version.to_string()}</span>
                    <span class="app-heat__under">{practices}</span>
                </th>
            }
        })
        .collect_view();
    let rows = places.iter().map(|place| row(views, figures, *place)).collect_view();
    (!places.is_empty()).then(|| {
        view! {
            <div class="app-scroll" role="region" aria-label=element.title.clone() tabindex="0">
                <table class="govuk-table app-heatmap app-heat app-heat--criteria">
                    <caption class="govuk-table__caption govuk-table__caption--s">{element.title.clone()}</caption>
                    <thead class="govuk-table__head"><tr class="govuk-table__row">
                        <th scope="col" class="govuk-table__header">"Criterion"</th>
                        {heads}
                    </tr></thead>
                    <tbody class="govuk-table__body">{rows}</tbody>
                </table>
            </div>
        }
    })
}

fn row(views: &[CycleView], figures: &CriteriaByCycle, index: usize) -> impl IntoView + use<> {
    let criterion = &figures.framework.criteria[index];
    let row = figures.rows[index].cells.iter().zip(views);
    let cells = cells(row.map(|(cell, view)| heat(view, criterion, cell)));
    let core = criterion
        .core
        .then(|| view! { " " <strong class="govuk-tag govuk-tag--grey">"Core"</strong> });
    view! {
        <tr class="govuk-table__row" id=criterion.id.to_string()>
            <th scope="row" class="govuk-table__header">{criterion.title.clone()}{core}</th>
            {cells}
        </tr>
    }
}

fn heat((cycle, query): &CycleView, criterion: &Criterion, cell: &CriterionCell) -> Heat {
    let median = cell.levels.median;
    Heat {
        words: say::score(median),
        fill: Fill::score(median),
        slips: cell.slips,
        unexplained: cell.unexplained,
        broken: cell.broken.map(|broken| match broken {
            Break::Reworded => (REWORDED, "reworded here"),
            Break::Begins => (BEGINS, "begins here"),
        }),
        href: (cell.levels.n > 0)
            .then(|| cell.id.as_ref().map(|id| format!("/drift/criteria/{id}{query}")))
            .flatten(),
        about: format!("{} in {cycle}", criterion.title),
    }
}
