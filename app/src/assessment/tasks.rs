//! The task list of one assessment.

use super::{element_view, path_of};
use crate::{
    paths::{self, AssessmentPath, EvidencePath},
    ui::{
        status,
        text::{count, day, prose},
        thread,
    },
    web::{Answered, AppState, Page, SignedIn},
};
use axum::extract::{Path, State};
use framework::{
    criteria::Element,
    evidence::may_edit_library,
    lifecycle::{Operation, Status},
    plan::{PlanOperation, may as may_plan},
    prose::Prose,
};
use leptos::prelude::*;
use store::Assessment;

pub async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, cycle)): Path<(String, String)>,
) -> Answered {
    let at = path_of(&practice, &cycle)?;
    let assessment = state.store.assessment(&actor, &at.practice, &at.cycle).await?;
    let note = match back(&assessment) {
        None => None,
        Some(_) => state.store.why_it_is_back(&actor, &at.practice, &at.cycle).await?,
    };
    Ok(page(&at, &assessment, note.as_ref())
        .respond(&state, Some(&actor))
        .await)
}

/// How an assessment that is with the Practice again came back to it.
enum Back {
    /// With questions.
    Returned,
    /// As a new edition, after it was finalised.
    Reopened,
}

fn back(assessment: &Assessment) -> Option<Back> {
    match assessment.status {
        _ if !assessment.may(Operation::Fill) => None,
        Status::Returned => Some(Back::Returned),
        _ => (assessment.edition > 1).then_some(Back::Reopened),
    }
}

/// Returns why it is with the Practice again, and what to do.
fn came_back(at: &AssessmentPath, how: &Back, note: Option<&Prose>) -> impl IntoView + use<> {
    let words = match how {
        Back::Returned => view! {
            <p class="govuk-body">
                "The reviewer has sent this back. Put right what you are asked about, answer the " <a class="govuk-link" href=at.page("clarifications")>"clarifications"</a> ", then submit again."
            </p>
        }
        .into_any(),
        Back::Reopened => view! {
            <p class="govuk-body">"National Pause has taken this up again after it was finalised. Your answers stand as they were; put right what is asked for, then submit again. The finished edition stays as it is until then."</p>
        }
        .into_any(),
    };
    let note = note.map(|note| prose(note.as_str()));
    view! { <div class="govuk-inset-text">{words}{note}</div> }
}

/// That the ratings are agreed, and what the Practice may do before they are fixed.
fn moderated(at: &AssessmentPath, assessment: &Assessment) -> impl IntoView + use<> {
    let (before, link) = match assessment.may(Operation::MakeStatement) {
        true => ("You can ", "state whether the Practice agrees with them"),
        false => (
            "The lead can state whether the Practice agrees with them: ",
            "statement on the agreed ratings",
        ),
    };
    view! {
        <div class="govuk-inset-text">
            <p class="govuk-body">"National Pause has completed moderation. The agreed ratings are not final yet. " {before} <a class="govuk-link" href=at.page("statement")>{link}</a> "."</p>
        </div>
    }
}

/// For those who read the review, once there is something to state on.
fn statement(at: &AssessmentPath, assessment: &Assessment) -> Option<impl IntoView + use<>> {
    let settled = matches!(assessment.status, Status::Moderated | Status::Finalised);
    (settled && assessment.review_readable && !assessment.imported).then(
        || view! { <li><a class="govuk-link" href=at.page("statement")>"Statement on the agreed ratings"</a></li> },
    )
}

fn page(at: &AssessmentPath, assessment: &Assessment, note: Option<&Prose>) -> Page {
    let may = |action| assessment.may(action);
    let answered = assessment
        .lines
        .iter()
        .filter(|l| l.entry.answer.response.is_some())
        .count();
    let total = assessment.lines.len();
    let title = format!("{}, {}", assessment.practice.info.name, assessment.cycle);
    let elements = assessment
        .framework
        .elements
        .iter()
        .map(|e| task(at, assessment, e))
        .collect_view();
    let last_step = may(Operation::Fill).then(|| {
        let words = if may(Operation::Submit) {
            "Check your answers and submit"
        } else {
            "Check your answers"
        };
        view! { <a class="govuk-button" href=at.page("check")>{words}</a> }
    });
    let plan = may_plan(PlanOperation::Read, assessment.standing).then(|| {
        view! { <li><a class="govuk-link" href=paths::plan(&at.practice)>"Improvement plan"</a></li> }
    });
    Page::new(
        title.clone(),
        view! {
            <span class="govuk-caption-l">{assessment.framework.title.clone()}</span>
            <h1 class="govuk-heading-l">{title}</h1>
            <p class="govuk-body">{status::tag(assessment.status)} " " {format!("since {}", day(assessment.status_since))}</p>
            {back(assessment).map(|how| came_back(at, &how, note))}
            {(assessment.status == Status::Moderated && assessment.review_readable).then(|| moderated(at, assessment))}
            <label class="govuk-body app-progress" r#for="progress">{format!("{answered} of {} answered", count(total, "criterion", "criteria"))}</label>
            <progress class="app-progress__bar" id="progress" max=total.to_string() value=answered.to_string()></progress>
            <ul class="govuk-task-list">{elements}</ul>
            <div class="govuk-button-group">{last_step}{review_links(at, assessment)}</div>
            <ul class="govuk-list">
                {clarifications(at, assessment)}
                {library(at, assessment)}
                <li><a class="govuk-link" href=at.page("report")>"Report"</a></li>
                {statement(at, assessment)}
                {plan}
                <li><a class="govuk-link" href=at.page("history")>"History"</a></li>
            </ul>
        },
    )
    .with_back(paths::practice(&at.practice), assessment.practice.info.name.clone())
}

/// Where questions are answered, from the first submission on.
fn clarifications(at: &AssessmentPath, assessment: &Assessment) -> Option<impl IntoView + use<>> {
    let waiting = thread::waiting(&assessment.lines, assessment.standing);
    let any = assessment.lines.iter().any(|line| line.clarification.is_some());
    (any || assessment.status != Status::Draft).then(|| {
        view! { <li><a class="govuk-link" href=at.page("clarifications")>"Clarifications"</a>{waiting.map(|words| format!(": {words}"))}</li> }
    })
}

/// For those who keep it.
fn library(at: &AssessmentPath, assessment: &Assessment) -> Option<impl IntoView + use<>> {
    let library = EvidencePath {
        practice: at.practice.clone(),
    };
    may_edit_library(assessment.standing)
        .then(|| view! { <li><a class="govuk-link" href=library.library()>"Evidence library"</a></li> })
}

/// Returns what a reviewer may do from here.
fn review_links(at: &AssessmentPath, assessment: &Assessment) -> Option<impl IntoView + use<>> {
    let reviewing = [Operation::BeginReview, Operation::Review, Operation::Agree];
    reviewing
        .into_iter()
        .any(|action| assessment.may(action))
        .then(|| view! { <a class="govuk-button" href=at.page("review")>"Review"</a> })
}

fn task(at: &AssessmentPath, assessment: &Assessment, element: &Element) -> impl IntoView + use<> {
    let lines = &assessment.lines[element.criteria.clone()];
    let answered = lines.iter().filter(|l| l.entry.answer.response.is_some()).count();
    let state = match answered {
        0 => view! { <strong class="govuk-tag govuk-tag--blue">"Not started"</strong> }.into_any(),
        n if n == lines.len() => view! { "Completed" }.into_any(),
        _ => view! { <strong class="govuk-tag govuk-tag--light-blue">{element_view::progress(assessment, element)}</strong> }.into_any(),
    };
    let asked = thread::waiting(lines, assessment.standing)
        .map(|words| view! { <div class="govuk-task-list__hint">{words}</div> });
    view! {
        <li class="govuk-task-list__item govuk-task-list__item--with-link">
            <div class="govuk-task-list__name-and-hint">
                <a class="govuk-link govuk-task-list__link" href=at.element(&element.id)>{element.title.clone()}</a>
                {asked}
            </div>
            <div class="govuk-task-list__status">{state}</div>
        </li>
    }
}
