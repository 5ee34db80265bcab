//! A Practice's own page: its assessments, year by year.

use super::path_of;
use crate::{
    paths::{self, AssessmentPath, EvidencePath},
    ui::{
        nav_list::{way, way_with},
        plan::{overdue_words, today},
        status,
        text::day,
    },
    web::{Answered, AppState, Page, Refusal, SignedIn, render::see_other},
};
use axum::extract::{Path, State};
use framework::{
    actor::Standing,
    day as days,
    evidence::may_edit_library,
    ids::PracticeSlug,
    lifecycle::Status,
    plan::{PlanOperation, may},
};
use leptos::prelude::*;
use store::{AssessmentRow, Cycle, Practice};
use time::OffsetDateTime;

pub async fn show(State(state): State<AppState>, SignedIn(actor): SignedIn, Path(practice): Path<String>) -> Answered {
    let slug = PracticeSlug::parse(&practice).map_err(|_| Refusal::NotFound)?;
    let practice = state.store.practice(&actor, &slug).await?;
    let rows = state.store.assessments_of(&actor, &slug).await?;
    let cycles = state.store.cycles(&actor).await?;
    let standing = actor.standing(practice.id);
    let overdue = state.store.overdue(&actor, today()).await?;
    let overdue = overdue.get(&practice.id).copied().unwrap_or_default();
    Ok(page(&practice, standing, &rows, &cycles, overdue)
        .respond(&state, Some(&actor))
        .await)
}

pub async fn start(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, cycle)): Path<(String, String)>,
) -> Answered {
    let at = path_of(&practice, &cycle)?;
    state
        .store
        .start(&actor, &at.practice, &at.cycle, OffsetDateTime::now_utc())
        .await?;
    Ok(see_other(at.tasks()))
}

fn page(practice: &Practice, standing: Standing, rows: &[AssessmentRow], cycles: &[Cycle], overdue: usize) -> Page {
    let to_start = cycles
        .iter()
        .filter(|c| practice.closed_on.is_none() && c.open && rows.iter().all(|r| r.cycle != c.id));
    let starts = to_start
        .map(|c| {
            let at = AssessmentPath { practice: practice.info.slug.clone(), cycle: c.id.clone() };
            match standing {
                Standing::Lead => view! {
                    <form method="post" action=at.page("start")>
                        <button type="submit" class="govuk-button">{format!("Start the {} self-assessment", c.id)}</button>
                    </form>
                }
                .into_any(),
                Standing::Contributor => view! {
                    <p class="govuk-body">{format!("The {} cycle is open. Your Practice lead starts the self-assessment.", c.id)}</p>
                }
                .into_any(),
                _ => ().into_any(),
            }
        })
        .collect_view();
    let list = if rows.is_empty() {
        view! { <p class="govuk-body">"No assessment yet. It appears here once a cycle is open and the Practice lead starts it."</p> }.into_any()
    } else {
        let rows = rows.iter().map(|row| assessment(practice, row)).collect_view();
        view! { <ul class="govuk-task-list">{rows}</ul> }.into_any()
    };
    let finished = rows.iter().any(|row| row.readable && row.status == Status::Finalised);
    let years = finished.then(|| {
        let href = paths::years(&practice.info.slug);
        view! { <p class="govuk-body"><a class="govuk-link" href=href>"Compare years"</a></p> }
    });
    Page::new(
        practice.info.name.clone(),
        view! {
            <span class="govuk-caption-l">{practice.info.region.clone()}</span>
            <h1 class="govuk-heading-l">{practice.info.name.clone()}</h1>
            {closed_words(practice)}
            {starts}
            <h2 class="govuk-heading-m">"Assessments"</h2>
            {list}
            {years}
            <h2 class="govuk-heading-m">"Between assessments"</h2>
            <ul class="govuk-task-list">{between(practice, standing, overdue)}</ul>
        },
    )
    .with_back("/", "Home")
}

fn closed_words(practice: &Practice) -> Option<impl IntoView + use<>> {
    let on = days::words(practice.closed_on?);
    let words = format!(
        "This Practice closed on {on}. Its finished assessments can be read. Nothing can be started or changed."
    );
    Some(view! { <div class="govuk-inset-text">{words}</div> })
}

/// The ways to what goes on all year round, with what is overdue in the plan.
fn between(practice: &Practice, standing: Standing, overdue: usize) -> impl IntoView + use<> {
    let slug = &practice.info.slug;
    let library = EvidencePath { practice: slug.clone() };
    let overdue = overdue_words(overdue)
        .map(|words| view! { <strong class="govuk-tag govuk-tag--red">{words}</strong> }.into_any());
    let evidence = may_edit_library(standing).then(|| {
        let hint = "Files, links and notes to cite in your self-assessment";
        way(library.library(), "Evidence library", hint)
    });
    let plan = may(PlanOperation::Read, standing).then(|| {
        let hint = "Actions, reasons for none, and the support that National Pause gave";
        way_with(paths::plan(slug), "Improvement plan", hint, overdue)
    });
    let hint = "Local changes, and what National Pause decided on them";
    view! { {plan} {evidence} {way(paths::adaptations(slug), "Adaptations", hint)} }
}

fn assessment(practice: &Practice, row: &AssessmentRow) -> impl IntoView + use<> {
    let at = AssessmentPath {
        practice: practice.info.slug.clone(),
        cycle: row.cycle.clone(),
    };
    let href = if row.taken_up_again {
        at.edition(row.edition)
    } else if row.status == Status::Finalised {
        at.page("report")
    } else {
        at.tasks()
    };
    let edition = match row.edition {
        1 => String::new(),
        edition => format!(", edition {edition}"),
    };
    let name = format!("{} under version {}{edition}", row.cycle, row.version);
    let hint = if row.taken_up_again {
        "As it was finalised; taken up again since".to_owned()
    } else if row.imported {
        "Imported from an earlier year’s record".to_owned()
    } else {
        format!("Since {}", day(row.status_since))
    };
    let name = if row.readable {
        view! { <a class="govuk-link govuk-task-list__link" href=href>{name}</a> }.into_any()
    } else {
        view! { <span>{name}</span> }.into_any()
    };
    view! {
        <li class="govuk-task-list__item govuk-task-list__item--with-link">
            <div class="govuk-task-list__name-and-hint">{name}<div class="govuk-task-list__hint">{hint}</div></div>
            <div class="govuk-task-list__status">{status::tag(row.status)}</div>
        </li>
    }
}
