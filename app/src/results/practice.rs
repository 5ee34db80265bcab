//! One Practice's report.

use super::{downloads, format_of, make_html, send};
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
use report::output::practice_bytes;

pub async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, cycle)): Path<(String, String)>,
) -> Answered {
    let (at, value) = value(&state, &actor, &practice, &cycle).await?;
    let title = format!("{}, {}: report", value.practice.name, value.cycle);
    let html = make_html(move || {
        Ok(report::html::fragment(&report::practice::document(
            &value,
            report::charts::SCREEN,
        )))
    })
    .await?;
    let page = Page::new(
        title,
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
    let (at, value) = value(&state, &actor, &practice, &cycle).await?;
    let name = format!("{}-{}", at.practice, at.cycle);
    send(name, format, move || {
        practice_bytes(&value, format).map_err(|e| e.to_string())
    })
    .await
}

async fn value(
    state: &AppState,
    actor: &Actor,
    practice: &str,
    cycle: &str,
) -> Result<(AssessmentPath, PracticeReport), Refusal> {
    let at = path_of(practice, cycle)?;
    let facts = state.store.practice_facts(actor, &at.practice, &at.cycle).await?;
    let value = practice_report(state.store.library(), &facts).map_err(|e| Refusal::Broken(e.to_string()))?;
    Ok((at, value))
}
