//! Who did what and when, for both sides.

use super::path_of;
use crate::{
    paths::AssessmentPath,
    ui::text::moment,
    web::{Answered, AppState, Page, SignedIn},
};
use axum::extract::{Path, State};
use framework::criteria::Framework;
use leptos::prelude::*;
use store::{Event, EventKind};

pub async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, cycle)): Path<(String, String)>,
) -> Answered {
    let at = path_of(&practice, &cycle)?;
    let assessment = state.store.assessment(&actor, &at.practice, &at.cycle).await?;
    let events = state.store.history(&actor, &at.practice, &at.cycle).await?;
    Ok(page(&at, &assessment.framework, &events)
        .respond(&state, Some(&actor))
        .await)
}

fn page(at: &AssessmentPath, framework: &Framework, events: &[Event]) -> Page {
    let rows = runs(events)
        .into_iter()
        .rev()
        .map(|event| {
            let note = event
                .note
                .as_ref()
                .map(|note| view! { <div class="app-muted">{note.to_string()}</div> });
            view! {
                <tr class="govuk-table__row">
                    <td class="govuk-table__cell">{moment(event.at)}</td>
                    <td class="govuk-table__cell">{event.who.clone()}</td>
                    <td class="govuk-table__cell">{words(framework, event)}{note}</td>
                </tr>
            }
        })
        .collect_view();
    Page::new(
        "History",
        view! {
            <h1 class="govuk-heading-l">"History"</h1>
            <div class="app-scroll" role="region" aria-label="History" tabindex="0">
                <table class="govuk-table">
                    <caption class="govuk-visually-hidden">"Every change, the latest first"</caption>
                    <thead class="govuk-table__head"><tr class="govuk-table__row">
                        <th scope="col" class="govuk-table__header">"When"</th>
                        <th scope="col" class="govuk-table__header">"Who"</th>
                        <th scope="col" class="govuk-table__header">"What"</th>
                    </tr></thead>
                    <tbody class="govuk-table__body">{rows}</tbody>
                </table>
            </div>
        },
    )
    .with_back(at.tasks(), "Task list")
}

/// The events, with only the last of a run of saves by the same person on the same criterion.
fn runs(events: &[Event]) -> Vec<&Event> {
    let same = |a: &Event, b: &Event| {
        a.criterion.is_some() && (a.kind, &a.who, &a.criterion) == (b.kind, &b.who, &b.criterion)
    };
    events
        .iter()
        .enumerate()
        .filter(|(i, event)| !events.get(i + 1).is_some_and(|next| same(event, next)))
        .map(|(_, event)| event)
        .collect()
}

fn words(framework: &Framework, event: &Event) -> String {
    let criterion = event
        .criterion
        .as_ref()
        .map(|id| {
            framework
                .criterion(id)
                .map_or_else(|| id.to_string(), |c| c.title.clone())
        })
        .unwrap_or_default();
    match (event.kind, event.from, event.to) {
        (EventKind::Moved, Some(from), Some(to)) => format!("{} → {}", from.name(), to.name()),
        (kind, ..) if criterion.is_empty() => kind.name().to_owned(),
        (kind, ..) => format!("{}: {criterion}", kind.name()),
    }
}
