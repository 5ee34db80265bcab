//! Practices by element.

use super::{
    drifting::drifting,
    filters::{Choice, filters, pages, part, tabs},
    heat::{Heat, cells},
    opened,
    view::{Query, Shown, View},
};
use crate::{
    ui::text::count,
    web::{Answered, AppState, Page, Refusal, SignedIn},
};
use axum::extract::{self, State};
use framework::explore::{Cell, Column, Comparison, Explored, Explorer};
use leptos::prelude::*;
use report::{palette::Fill, say};

/// Practices on one page.
const ON_A_PAGE: usize = 25;

const PATH: &str = "/drift";

pub async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    extract::Query(query): extract::Query<Query>,
) -> Answered {
    opened(&state, &actor, &query, page).await
}

fn page(view: &View, network: &Explorer) -> Result<Page, Refusal> {
    let comparison = network.compare(&view.span)?;
    let explored = network.explore(&comparison, &view.filter);
    let choices = [Choice::From, Choice::To, Choice::Criteria, Choice::Shown];
    let title = format!("Drift explorer: {} to {}", view.span.from, view.span.to);
    let shown = part(view, &explored.places, ON_A_PAGE);
    let table = match shown.is_empty() {
        true => view! { <p class="govuk-body">"No Practice fits. Remove some filters above, or "<a class="govuk-link" href=PATH>"show everything"</a>"."</p> }.into_any(),
        false => table(view, &comparison, &explored, shown).into_any(),
    };
    Ok(Page::new(
        title,
        view! {
            <h1 class="govuk-heading-l">"Drift explorer"</h1>
            {tabs(view, PATH)}
            {drifting(view, &comparison, &explored)}
            {filters(view, network, PATH, &choices)}
            <h2 class="govuk-heading-m">{format!("Practices by element, {} to {}", view.span.from, view.span.to)}</h2>
            {in_words(view, &explored)}
            {table}
            {pages(view, PATH, explored.places.len(), ON_A_PAGE)}
            {key(view)}
        },
    )
    .wide())
}

/// Returns what the Practices that are shown come to.
fn in_words(view: &View, explored: &Explored) -> Option<impl IntoView + use<>> {
    let whole = explored.columns.last()?;
    let practices = count(explored.places.len(), "Practice", "Practices");
    let words = match whole.drift.pairs {
        0 => format!(
            "{practices} in {}. None of them has an assessment of an earlier cycle to compare with here.",
            view.span.to
        ),
        _ => format!(
            "{practices} in {}. The pairs are {} of what they could be. Of the slips, agreed adaptations explain {}; {} not explained{}.",
            view.span.to,
            say::per_cent(whole.comparable_share()),
            whole.drift.explained(),
            count(whole.drift.unexplained, "is", "are"),
            not_asked(whole.drift.not_asked),
        ),
    };
    Some(view! { <p class="govuk-body">{words}</p> })
}

/// Slips between cycles that are not neighbours, which moderation was never asked about.
fn not_asked(slips: usize) -> String {
    match slips {
        0 => String::new(),
        n => format!(
            " and {} never asked about, being no slip since the cycle before",
            count(n, "was", "were")
        ),
    }
}

fn table(view: &View, comparison: &Comparison, explored: &Explored, shown: &[usize]) -> impl IntoView + use<> {
    let elements = &comparison.framework.elements;
    let heads = elements
        .iter()
        .map(|element| {
            view! { <th scope="col" class="govuk-table__header">{element.title.clone()}</th> }
        })
        .collect_view();
    let caption = match view.shown {
        Shown::Drift => {
            "Net drift by Practice and element. ▼ counts slips, ! those not explained. Each number leads to what is behind it."
        }
        Shown::Score => {
            "Scores from 1 to 5 by Practice and element. ▼ counts slips since the earlier cycle, ! those not explained."
        }
    };
    let query = view.on_page(1).query();
    let rows = shown
        .iter()
        .map(|place| row(view, &query, comparison, *place))
        .collect_view();
    view! {
        <div class="app-scroll" role="region" aria-label="Practices by element" tabindex="0">
            <table class="govuk-table app-heatmap app-heat">
                <caption class="govuk-table__caption">{caption}</caption>
                <thead class="govuk-table__head"><tr class="govuk-table__row">
                    <th scope="col" class="govuk-table__header">"Practice"</th>
                    <th scope="col" class="govuk-table__header">"Overall"</th>
                    {heads}
                </tr></thead>
                <tbody class="govuk-table__body">{network_row(view, explored)}{rows}</tbody>
            </table>
        </div>
    }
}

/// All Practices that are shown, together.
fn network_row(view: &View, explored: &Explored) -> impl IntoView + use<> {
    let cell = |column: &Column| {
        let (words, fill) = match view.shown {
            Shown::Drift => (say::change(column.drift.net), Fill::drift(column.drift.net)),
            Shown::Score => (say::score(column.levels.median), Fill::score(column.levels.median)),
        };
        Heat {
            words,
            fill,
            slips: column.drift.slips,
            unexplained: column.drift.unexplained,
            broken: None,
            href: None,
            about: String::new(),
        }
    };
    let name = match view.shown {
        Shown::Drift => "Network drift",
        Shown::Score => "All shown, median",
    };
    let cells = cells(overall_first(&explored.columns).map(cell));
    view! { <tr class="govuk-table__row app-heat__all"><th scope="row" class="govuk-table__header">{name}</th>{cells}</tr> }
}

fn row(view: &View, query: &str, comparison: &Comparison, index: usize) -> impl IntoView + use<> {
    let practice = &comparison.history(index).practice;
    let elements = &comparison.framework.elements;
    let names = std::iter::once(None).chain(elements.iter().map(Some));
    let row = overall_first(comparison.row(index)).zip(names);
    let cells = cells(row.map(|(cell, element)| {
        let href = element.map(|element| format!("/drift/practices/{}/{}{query}", practice.slug, element.id));
        let about = element.map_or("Overall", |element| &element.title);
        heat(view, cell, href, format!("{}: {about}", practice.name))
    }));
    view! { <tr class="govuk-table__row"><th scope="row" class="govuk-table__header">{practice.name.clone()}</th>{cells}</tr> }
}

fn heat(view: &View, cell: &Cell, href: Option<String>, about: String) -> Heat {
    let (words, fill) = match view.shown {
        Shown::Drift => (say::change(cell.net()), Fill::drift(cell.net())),
        Shown::Score => (say::score(cell.score()), Fill::score(cell.score())),
    };
    Heat {
        words,
        fill,
        slips: cell.slips(),
        unexplained: cell.unexplained(),
        broken: None,
        href,
        about,
    }
}

/// The whole's column stands last where figures are, and first where they are shown.
fn overall_first<T>(columns: &[T]) -> impl Iterator<Item = &T> {
    let (elements, whole) = columns.split_at(columns.len().saturating_sub(1));
    whole.iter().chain(elements)
}

fn key(view: &View) -> impl IntoView + use<> {
    let words = match view.shown {
        Shown::Drift => {
            "Net drift is the mean change of the criteria that compare, from −4 to +4. A stripe along the bottom marks a fall of 0.10 or more, one along the top a rise; it is thicker, and the colour stronger, from 0.50. A dash: no earlier assessment, or fewer than three pairs in the element, too few to compare. Practices are listed by name, never by rank."
        }
        Shown::Score => {
            "A dash: not enough answered, or for all Practices together fewer than three. Practices are listed by name, never by rank."
        }
    };
    view! { <p class="govuk-body-s app-muted">{words}</p> }
}
