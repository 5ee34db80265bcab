//! The national report of a cycle.

use super::{archive, attachment, downloads, format_of, report_of, work};
use crate::{
    paths,
    web::{Answered, AppState, Page, Refusal, SignedIn},
};
use axum::extract::{Path, State};
use framework::ids::CycleId;
use leptos::prelude::*;
use report::{charts::SCREEN, html};
use store::ReportOf;

pub async fn list(State(state): State<AppState>, SignedIn(actor): SignedIn) -> Answered {
    let cycles = state.store.cycles(&actor).await?;
    let body = if cycles.is_empty() {
        view! { <p class="govuk-body">"No cycle yet. An administrator opens one, or earlier years are imported."</p> }
            .into_any()
    } else {
        let rows = cycles
            .iter()
            .map(|c| {
                let state = if c.open { "Open" } else { "Closed" };
                view! {
                    <li class="govuk-task-list__item govuk-task-list__item--with-link">
                        <div class="govuk-task-list__name-and-hint">
                            <a class="govuk-link govuk-task-list__link" href=paths::national_report(&c.id)>{format!("{} under version {}", c.id, c.version)}</a>
                        </div>
                        <div class="govuk-task-list__status">{state}</div>
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="govuk-task-list">{rows}</ul> }.into_any()
    };
    let page = Page::new(
        "National reports",
        view! {
            <h1 class="govuk-heading-l">"National reports"</h1>
            <ul class="govuk-list app-downloads">
                <li><a class="govuk-link" href=paths::NETWORK>"The network over the cycles"</a></li>
                <li><a class="govuk-link" href=paths::DRIFT>"Drift explorer"</a></li>
            </ul>
            {body}
        },
    );
    Ok(page.respond(&state, Some(&actor)).await)
}

pub async fn show(State(state): State<AppState>, SignedIn(actor): SignedIn, Path(cycle): Path<String>) -> Answered {
    let of = national(&cycle)?;
    let report = report_of(&state, &actor, &of, None).await?;
    let kept = state.store.archived_reports(&actor, &of).await?;
    let html = work(move || Ok(html::fragment(&report()?.document(SCREEN)))).await?;
    let base = paths::national_report(&of.cycle);
    let page = Page::new(
        format!("National report {}", of.cycle),
        view! { {downloads(&base)} {archive::list(&of, None, true, &kept)} <div class="app-report" inner_html=html></div> },
    )
    .with_back("/reports", "All cycles")
    .wide();
    Ok(page.respond(&state, Some(&actor)).await)
}

pub async fn download(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((cycle, file)): Path<(String, String)>,
) -> Answered {
    let format = format_of(&file)?;
    let of = national(&cycle)?;
    let report = report_of(&state, &actor, &of, None).await?;
    let bytes = work(move || report()?.bytes(format).map_err(|e| e.to_string())).await?;
    Ok(attachment(&format!("national-{}", of.cycle), format, bytes))
}

/// Returns the national report of the cycle that an address names.
fn national(cycle: &str) -> Result<ReportOf, Refusal> {
    Ok(ReportOf {
        practice: None,
        cycle: CycleId::parse(cycle).map_err(|_| Refusal::NotFound)?,
    })
}
