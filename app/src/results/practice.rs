//! One Practice's report.

use super::{archive, attachment, downloads, format_of, report_of, work};
use crate::{
    assessment::path_of,
    paths::{self, AssessmentPath},
    web::{Answered, AppState, Page, Refusal, SignedIn},
};
use axum::extract::{Path, State};
use framework::{
    actor::Actor,
    plan::{PlanOperation, may},
};
use leptos::prelude::*;
use report::{charts::SCREEN, html};
use store::ReportOf;

pub async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, cycle)): Path<(String, String)>,
) -> Answered {
    page(&state, &actor, &practice, &cycle, None).await
}

/// Returns an edition that was taken up again, as it was finalised.
pub async fn show_edition(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, cycle, edition)): Path<(String, String, String)>,
) -> Answered {
    page(&state, &actor, &practice, &cycle, Some(edition_of(&edition)?)).await
}

fn edition_of(edition: &str) -> Result<i32, Refusal> {
    edition.parse().map_err(|_| Refusal::NotFound)
}

async fn page(state: &AppState, actor: &Actor, practice: &str, cycle: &str, edition: Option<i32>) -> Answered {
    let (at, of) = practices(practice, cycle)?;
    let report = report_of(state, actor, &of, edition).await?;
    let practice = state.store.practice(actor, &at.practice).await?;
    let kept = state.store.archived_reports(actor, &of).await?;
    let (html, may_keep) = work(move || {
        let report = report()?;
        Ok((html::fragment(&report.document(SCREEN)), report.may_be_archived()))
    })
    .await?;
    let files = match edition {
        None => at.page("report"),
        Some(edition) => at.edition(edition),
    };
    let earlier = edition.map(|edition| {
        view! { <div class="govuk-inset-text">{format!("This is edition {edition} of the assessment, as it was finalised. It has been taken up again since.")}</div> }
    });
    let plan = may(PlanOperation::Read, actor.standing(practice.id)).then(|| {
        view! { <p class="govuk-body"><a class="govuk-link" href=paths::plan(&at.practice)>"Improvement plan as it stands today"</a></p> }
    });
    let kept = archive::list(&of, edition, may_keep, &kept);
    let years = view! { <p class="govuk-body"><a class="govuk-link" href=paths::years(&at.practice)>"All years of this Practice on one page"</a></p> };
    let page = Page::new(
        format!("{}, {}: report", practice.info.name, at.cycle),
        view! { {earlier} {downloads(&files)} {kept} {years} {plan} <div class="app-report" inner_html=html></div> },
    )
    .with_back(paths::practice(&at.practice), "All assessments of this Practice")
    .wide();
    Ok(page.respond(state, Some(actor)).await)
}

pub async fn download(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, cycle, file)): Path<(String, String, String)>,
) -> Answered {
    bytes(&state, &actor, &practice, &cycle, None, &file).await
}

/// Returns a file of an edition that was taken up again.
pub async fn download_edition(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, cycle, edition, file)): Path<(String, String, String, String)>,
) -> Answered {
    bytes(&state, &actor, &practice, &cycle, Some(edition_of(&edition)?), &file).await
}

async fn bytes(
    state: &AppState,
    actor: &Actor,
    practice: &str,
    cycle: &str,
    edition: Option<i32>,
    file: &str,
) -> Answered {
    let format = format_of(file)?;
    let (at, of) = practices(practice, cycle)?;
    let report = report_of(state, actor, &of, edition).await?;
    let bytes = work(move || report()?.bytes(format).map_err(|e| e.to_string())).await?;
    let edition = edition.map(|edition| format!("-edition-{edition}")).unwrap_or_default();
    Ok(attachment(
        &format!("{}-{}{edition}", at.practice, at.cycle),
        format,
        bytes,
    ))
}

/// Returns the assessment that an address names, and its report.
fn practices(practice: &str, cycle: &str) -> Result<(AssessmentPath, ReportOf), Refusal> {
    let at = path_of(practice, cycle)?;
    let of = ReportOf {
        practice: Some(at.practice.clone()),
        cycle: at.cycle.clone(),
    };
    Ok((at, of))
}
