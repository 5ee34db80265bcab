//! What waits for National Pause, the longest waiting first.

use crate::{
    paths::AssessmentPath,
    ui::{status, text::age, thread::new_tag},
    web::{Answered, AppState, Page, SignedIn},
};
use axum::extract::State;
use framework::lifecycle::Status;
use leptos::prelude::*;
use store::{QueueItem, Waiting};
use time::OffsetDateTime;

pub async fn show(State(state): State<AppState>, SignedIn(actor): SignedIn) -> Answered {
    let mut items = state.store.queue(&actor).await?;
    items.sort_by_key(|item| (item.status == Status::Returned, item.since));
    Ok(page(&items, OffsetDateTime::now_utc())
        .respond(&state, Some(&actor))
        .await)
}

fn page(items: &[QueueItem], now: OffsetDateTime) -> Page {
    let body = if items.is_empty() {
        view! { <p class="govuk-body">"Nothing waits. Assessments appear here as soon as a Practice submits one."</p> }
            .into_any()
    } else {
        let rows = items.iter().map(|item| row(item, now)).collect_view();
        view! {
            <div class="app-scroll" role="region" aria-label="Review queue" tabindex="0">
                <table class="govuk-table">
                    <caption class="govuk-visually-hidden">"Assessments that wait, the longest waiting first; with those awaiting the Practice last"</caption>
                    <thead class="govuk-table__head"><tr class="govuk-table__row">
                        <th scope="col" class="govuk-table__header">"Practice"</th>
                        <th scope="col" class="govuk-table__header">"Cycle"</th>
                        <th scope="col" class="govuk-table__header">"State"</th>
                        <th scope="col" class="govuk-table__header">"For"</th>
                        <th scope="col" class="govuk-table__header">"Reviewers"</th>
                        <th scope="col" class="govuk-table__header">"Clarifications"</th>
                    </tr></thead>
                    <tbody class="govuk-table__body">{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    Page::new(
        "Review queue",
        view! {
            <h1 class="govuk-heading-l">"Review queue"</h1>
            {body}
            <p class="govuk-body"><a class="govuk-link" href="/conflicts">"Conflicts of interest"</a></p>
        },
    )
}

fn row(item: &QueueItem, now: OffsetDateTime) -> impl IntoView + use<> {
    let reviewers = match (item.own, item.reviewers.as_slice()) {
        (_, []) => "–".to_owned(),
        (true, names) => format!("{} (you)", names.join(", ")),
        (false, names) => names.join(", "),
    };
    let at = AssessmentPath {
        practice: item.practice.slug.clone(),
        cycle: item.cycle.clone(),
    };
    view! {
        <tr class="govuk-table__row">
            <th scope="row" class="govuk-table__header"><a class="govuk-link" href=at.page("review")>{item.practice.name.clone()}</a></th>
            <td class="govuk-table__cell">{item.cycle.to_string()}</td>
            <td class="govuk-table__cell">{status::tag(item.status)}</td>
            <td class="govuk-table__cell">{age(item.since, now)}</td>
            <td class="govuk-table__cell">{reviewers}</td>
            <td class="govuk-table__cell">{clarifications(&at, &item.clarifications)}</td>
        </tr>
    }
}

/// Returns how many wait for whom, and what is new.
fn clarifications(at: &AssessmentPath, waiting: &Waiting) -> impl IntoView + use<> {
    let parts = [(waiting.national, "for you"), (waiting.practice, "with the Practice")];
    let parts: Vec<String> = (parts.iter().filter(|(n, _)| *n > 0))
        .map(|(n, words)| format!("{n} {words}"))
        .collect();
    match (parts.is_empty(), waiting.unread) {
        (true, 0) => view! { "–" }.into_any(),
        (none, unread) => {
            let words = if none { "Read".to_owned() } else { parts.join(", ") };
            view! { <a class="govuk-link" href=at.page("clarifications")>{words}</a> " " {new_tag(unread)} }.into_any()
        }
    }
}
