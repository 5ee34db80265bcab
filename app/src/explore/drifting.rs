//! Who drifts, and how far the network did: what the explorer opens on.

use super::view::View;
use crate::ui::text::count;
use framework::explore::{Cell, Comparison, Explored};
use leptos::prelude::*;
use report::{palette::Fill, say};

/// The most that are named; whoever needs fewer limits the Practices.
const NAMED: usize = 50;

/// Returns the network's drift, and the Practices that ask for a conversation, by name.
pub fn drifting(view: &View, comparison: &Comparison, explored: &Explored) -> Option<impl IntoView + use<>> {
    let whole = explored.columns.last().filter(|whole| whole.drift.pairs > 0)?;
    let said = say::network_drift(view.span.from.as_str(), &whole.drift);
    let named = match explored.drifting.len() {
        0 => view! { <p class="govuk-body">"No Practice asks for a conversation."</p> }.into_any(),
        n => table(view, comparison, explored, n).into_any(),
    };
    Some(view! {
        <h2 class="govuk-heading-m">{format!("Who drifts, {} to {}", view.span.from, view.span.to)}</h2>
        <p class="govuk-body">{said}</p>
        {named}
    })
}

fn table(view: &View, comparison: &Comparison, explored: &Explored, n: usize) -> impl IntoView + use<> {
    let query = view.query();
    let first = comparison.framework.elements.first();
    let rows = explored
        .drifting
        .iter()
        .take(NAMED)
        .filter_map(|place| {
            let (practice, whole) = (&comparison.history(*place).practice, comparison.row(*place).last()?);
            let href = first.map(|element| format!("/drift/practices/{}/{}{query}", practice.slug, element.id));
            Some(row(practice.name.clone(), href, whole))
        })
        .collect_view();
    let more = n.saturating_sub(NAMED);
    let more = (more > 0).then(|| {
        let words = format!("{more} more. Limit the Practices by region or name to see them.");
        view! { <p class="govuk-body">{words}</p> }
    });
    let asks = count(n, "Practice asks", "Practices ask");
    view! {
        <p class="govuk-body">{format!("{asks} for a conversation: net drift of −0.25 or lower, or at least two unexplained slips in core criteria, a tenth of them or more.")}</p>
        <div class="app-scroll" role="region" aria-label="Who drifts" tabindex="0">
            <table class="govuk-table app-heatmap app-drifting">
                <caption class="govuk-visually-hidden">"Practices that ask for a conversation, by name"</caption>
                <thead class="govuk-table__head"><tr class="govuk-table__row">
                    <th scope="col" class="govuk-table__header">"Practice"</th>
                    <th scope="col" class="govuk-table__header">"Net drift"</th>
                    <th scope="col" class="govuk-table__header">"Slips"</th>
                    <th scope="col" class="govuk-table__header">"Unexplained"</th>
                    <th scope="col" class="govuk-table__header">"Of these core"</th>
                    <th scope="col" class="govuk-table__header">"Gains"</th>
                </tr></thead>
                <tbody class="govuk-table__body">{rows}</tbody>
            </table>
        </div>
        {more}
    }
}

fn row(name: String, href: Option<String>, whole: &Cell) -> impl IntoView + use<> {
    let name = match href {
        Some(href) => view! { <a class="govuk-link" href=href>{name}</a> }.into_any(),
        None => name.into_any(),
    };
    let counts = [
        whole.slips(),
        whole.unexplained(),
        whole.core_unexplained(),
        whole.gains(),
    ];
    let counts = counts.map(|n| view! { <td class="govuk-table__cell">{n}</td> });
    view! {
        <tr class="govuk-table__row">
            <th scope="row" class="govuk-table__header">{name}</th>
            <td class=format!("govuk-table__cell {}", Fill::drift(whole.net()).class())>{say::change(whole.net())}</td>
            {counts.into_iter().collect_view()}
        </tr>
    }
}
