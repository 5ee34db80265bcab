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
    plan::{Deed, may},
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
    page(&state, &actor, &practice, &cycle, None).await
}

/// An edition that was taken up again, as it was finalised.
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
    let (at, name, report) = report_of(state, actor, practice, cycle, edition).await?;
    let files = match edition {
        None => at.page("report"),
        Some(edition) => at.edition(edition),
    };
    let earlier = edition.map(|edition| {
        view! { <div class="govuk-inset-text">{format!("This is edition {edition} of the assessment, as it was finalised. It has been taken up again since.")}</div> }
    });
    let standing = actor.standing(state.store.practice(actor, &at.practice).await?.id);
    let plan = may(Deed::Read, standing).then(|| {
        view! { <p class="govuk-body"><a class="govuk-link" href=paths::plan(&at.practice)>"Improvement plan as it stands today"</a></p> }
    });
    let html = work(move || Ok(html::fragment(&practice::document(&report()?, charts::SCREEN)))).await?;
    let page = Page::new(
        format!("{name}, {}: report", at.cycle),
        view! { {earlier} {downloads(&files)} {plan} <div class="app-report" inner_html=html></div> },
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

/// A file of an edition that was taken up again.
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
    let (at, _, report) = report_of(state, actor, practice, cycle, edition).await?;
    let bytes = work(move || practice_bytes(&report()?, format).map_err(|e| e.to_string())).await?;
    let edition = edition.map(|edition| format!("-edition-{edition}")).unwrap_or_default();
    Ok(attachment(
        &format!("{}-{}{edition}", at.practice, at.cycle),
        format,
        bytes,
    ))
}

/// The assessment that an address names, its Practice's name, and what works its report out from the facts that are read
/// here.
async fn report_of(
    state: &AppState,
    actor: &Actor,
    practice: &str,
    cycle: &str,
    edition: Option<i32>,
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
        .practice_facts(
            actor,
            &at.practice,
            &at.cycle,
            edition,
            OffsetDateTime::now_utc().date(),
        )
        .await?;
    let library = state.store.library().clone();
    let name = facts.practice.name.clone();
    Ok((at, name, move || {
        practice_report(&library, &facts).map_err(|e| e.to_string())
    }))
}
