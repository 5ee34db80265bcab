//! The national report of a cycle.

use super::{attachment, downloads, format_of, work};
use crate::{
    paths,
    web::{Answered, AppState, Page, Refusal, SignedIn},
};
use axum::extract::{Path, State};
use framework::{
    actor::Actor,
    ids::CycleId,
    report::{NationalReport, national_report},
};
use leptos::prelude::*;
use report::{charts, html, national, output::national_bytes};

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
        view! { <h1 class="govuk-heading-l">"National reports"</h1>{body} },
    );
    Ok(page.respond(&state, Some(&actor)).await)
}

pub async fn show(State(state): State<AppState>, SignedIn(actor): SignedIn, Path(cycle): Path<String>) -> Answered {
    let (cycle, report) = report_of(&state, &actor, &cycle).await?;
    let html = work(move || Ok(html::fragment(&national::document(&report()?, charts::SCREEN)))).await?;
    let base = paths::national_report(&cycle);
    let page = Page::new(
        format!("National report {cycle}"),
        view! { {downloads(&base)} <div class="app-report" inner_html=html></div> },
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
    let (cycle, report) = report_of(&state, &actor, &cycle).await?;
    let bytes = work(move || national_bytes(&report()?, format).map_err(|e| e.to_string())).await?;
    Ok(attachment(&format!("national-{cycle}"), format, bytes))
}

/// The cycle that an address names, and what works its report out from the facts that are read here.
async fn report_of(
    state: &AppState,
    actor: &Actor,
    cycle: &str,
) -> Result<
    (
        CycleId,
        impl FnOnce() -> Result<NationalReport, String> + Send + 'static,
    ),
    Refusal,
> {
    let cycle = CycleId::parse(cycle).map_err(|_| Refusal::NotFound)?;
    let facts = state.store.national_facts(actor, &cycle).await?;
    let library = state.store.library().clone();
    Ok((cycle, move || {
        national_report(&library, &facts).map_err(|e| e.to_string())
    }))
}
