//! A Practice's own years on one page, and as a PDF to share with its board.

use crate::{
    paths,
    ui::text::today,
    web::{Answered, AppState, Page, Refusal, SignedIn, attachment, work},
};
use axum::extract::{Path, State};
use framework::{
    actor::Actor,
    explore::{Criteria, Filter},
    ids::PracticeSlug,
    lifecycle::Status,
    report::{PracticeYears, practice_years},
};
use leptos::prelude::*;
use report::{
    charts::SCREEN,
    html,
    output::{Format, years_pdf},
    years,
};

pub async fn show(State(state): State<AppState>, SignedIn(actor): SignedIn, Path(practice): Path<String>) -> Answered {
    let slug = slug(&practice)?;
    let practice = state.store.practice(&actor, &slug).await?;
    let body = match years_of(&state, &actor, &slug).await? {
        None => nothing_yet().into_any(),
        Some(of) => {
            let html = work(move || Ok(html::fragment(&years::document(&of()?, SCREEN)))).await?;
            let pdf = format!("{}/report.pdf", paths::years(&slug));
            view! {
                <ul class="govuk-list app-downloads"><li><a class="govuk-link" href=pdf download="">"Download as PDF"</a></li></ul>
                <div class="app-report" inner_html=html></div>
            }
            .into_any()
        }
    };
    let page = Page::new(format!("{}: its years", practice.info.name), body)
        .with_back(paths::practice(&slug), practice.info.name)
        .wide();
    Ok(page.respond(&state, Some(&actor)).await)
}

pub async fn download(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path(practice): Path<String>,
) -> Answered {
    let slug = slug(&practice)?;
    let of = years_of(&state, &actor, &slug).await?.ok_or(Refusal::NotFound)?;
    let bytes = work(move || years_pdf(&of()?).map_err(|e| e.to_string())).await?;
    Ok(attachment(&format!("{slug}-years"), Format::Pdf, bytes))
}

fn slug(practice: &str) -> Result<PracticeSlug, Refusal> {
    PracticeSlug::parse(practice).map_err(|_| Refusal::NotFound)
}

/// Reads what a Practice's years are worked out from, and gives what works them out: for [`work`]. Nothing while no
/// assessment is finalised.
async fn years_of(
    state: &AppState,
    actor: &Actor,
    practice: &PracticeSlug,
) -> Result<Option<impl FnOnce() -> Result<PracticeYears, String> + Send + 'static>, Refusal> {
    let rows = state.store.assessments_of(actor, practice).await?;
    // the latest first; of one that is taken up again the finished edition
    let finished = |row: &&store::AssessmentRow| row.readable && row.status == Status::Finalised;
    let Some(latest) = rows.iter().find(finished) else {
        return Ok(None);
    };
    let (cycle, edition) = (&latest.cycle, Some(latest.edition));
    let today = today();
    let facts = state
        .store
        .practice_facts(actor, practice, cycle, edition, today)
        .await?;
    let network = state.store.network_for_practice(actor, practice).await?;
    let library = state.store.library().clone();
    Ok(Some(move || {
        let trend = network.trend(Criteria::All, &Filter::default());
        trend
            .and_then(|trend| practice_years(&library, &facts, &trend))
            .map_err(|e| e.to_string())
    }))
}

fn nothing_yet() -> impl IntoView {
    view! {
        <h1 class="govuk-heading-l">"The years of this Practice"</h1>
        <p class="govuk-body">"No assessment is finalised yet. Once the first one is, its scores stand here; from the second one on you see what went up and what slipped."</p>
        <p class="govuk-body">"To get there, go to the Practice’s page and see where its assessment stands."</p>
    }
}
