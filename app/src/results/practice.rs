//! One Practice's report.

use super::{attachment, downloads, format_of, work};
use crate::{
    assessment::path_of,
    paths::{self, AssessmentPath},
    web::{Answered, AppState, Page, Refusal, SignedIn},
};
use axum::extract::{Path, State};
use framework::{
    actor::Actor,
    report::{PracticeReport, practice_report},
};
use leptos::prelude::*;
use report::{charts, html, output::practice_bytes, practice};
use time::OffsetDateTime;

pub async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, cycle)): Path<(String, String)>,
) -> Answered {
    let (at, name, report) = report_of(&state, &actor, &practice, &cycle).await?;
    let html = work(move || Ok(html::fragment(&practice::document(&report()?, charts::SCREEN)))).await?;
    let page = Page::new(
        format!("{name}, {}: report", at.cycle),
        view! { {downloads(&at.page("report"))} <div class="app-report" inner_html=html></div> },
    )
    .with_back(paths::practice(&at.practice), "All assessments of this Practice")
    .wide();
    Ok(page.respond(&state, Some(&actor)).await)
}

pub async fn download(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, cycle, file)): Path<(String, String, String)>,
) -> Answered {
    let format = format_of(&file)?;
    let (at, _, report) = report_of(&state, &actor, &practice, &cycle).await?;
    let bytes = work(move || practice_bytes(&report()?, format).map_err(|e| e.to_string())).await?;
    Ok(attachment(&format!("{}-{}", at.practice, at.cycle), format, bytes))
}

/// The assessment that an address names, its Practice's name, and what works its report out from the facts that are read
/// here.
async fn report_of(
    state: &AppState,
    actor: &Actor,
    practice: &str,
    cycle: &str,
) -> Result<
    (
        AssessmentPath,
        String,
        impl FnOnce() -> Result<PracticeReport, String> + Send + 'static,
    ),
    Refusal,
> {
    let at = path_of(practice, cycle)?;
    let facts = state
        .store
        .practice_facts(actor, &at.practice, &at.cycle, OffsetDateTime::now_utc().date())
        .await?;
    let library = state.store.library().clone();
    let name = facts.practice.name.clone();
    Ok((at, name, move || {
        practice_report(&library, &facts).map_err(|e| e.to_string())
    }))
}
