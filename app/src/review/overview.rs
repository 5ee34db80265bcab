//! One review: how far it is, and what can be done next.

use super::{
    finalise, reviewable, reviewers,
    sheet::{is_rated, out_of_sight},
    steps::{self, NoteForm},
};
use crate::{
    paths::{self, AssessmentPath},
    ui::{
        form::{Error, error_of, error_summary},
        identify::Check,
        statement, status,
        text::{count, day},
        thread,
    },
    web::{Answered, AppState, Fields, Page, Refusal, SignedIn, render::see_other},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use framework::{
    criteria::Element,
    lifecycle::{Operation, Status},
    prose::Prose,
};
use leptos::prelude::*;
use store::{Assessment, Statements, StoreError};
use time::OffsetDateTime;

pub async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, cycle)): Path<(String, String)>,
) -> Answered {
    let (at, assessment) = reviewable(&state, &actor, &practice, &cycle).await?;
    let statements = state.store.statements(&actor, &at.practice, &at.cycle).await?;
    Ok(page(&at, &assessment, &statements, "", vec![], &Check::default())
        .respond(&state, Some(&actor))
        .await)
}

pub async fn act(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, cycle)): Path<(String, String)>,
    fields: Fields,
) -> Answered {
    let (at, assessment) = reviewable(&state, &actor, &practice, &cycle).await?;
    let steps = [
        Operation::BeginReview,
        Operation::Return,
        Operation::Moderate,
        Operation::Reopen,
    ];
    let action = Operation::from_code(fields.get("action")).filter(|a| steps.contains(a));
    let action = action.ok_or_else(|| Refusal::Unreadable("no such action".into()))?;
    let check = Check::of(&fields, &[("note", steps::note_label(action))], &[]);
    let statements = state.store.statements(&actor, &at.practice, &at.cycle).await?;
    let again = |mut errors: Vec<Error>| {
        errors.extend(check.errors());
        page(&at, &assessment, &statements, fields.get("note"), errors, &check)
            .with_status(StatusCode::UNPROCESSABLE_ENTITY)
    };
    let note = match Prose::read(fields.get("note")) {
        Ok(_) if check.is_open() => return Ok(again(vec![]).respond(&state, Some(&actor)).await),
        Ok(note) => note,
        Err(message) => {
            return Ok(again(vec![Error::at("note", message)])
                .respond(&state, Some(&actor))
                .await);
        }
    };
    let now = OffsetDateTime::now_utc();
    let store = state.store.confirming(&actor, [(None, check.confirmed().clone())]);
    let done = match (action, note) {
        (Operation::Reopen, None) => {
            let error = Error::at("note", "Say why the assessment is taken up again.");
            return Ok(again(vec![error]).respond(&state, Some(&actor)).await);
        }
        (Operation::Reopen, Some(reason)) => {
            let reopened = store.reopen(&actor, &at.practice, &at.cycle, reason, now).await;
            reopened.map(|_| paths::practice(&at.practice))
        }
        (_, note) => {
            let moved = store.transition(&actor, &at.practice, &at.cycle, action, note, now);
            moved.await.map(|_| at.page("review"))
        }
    };
    match done {
        Ok(path) => Ok(see_other(path)),
        Err(StoreError::Refused(sentence)) => {
            Ok(again(vec![Error::at("", sentence)]).respond(&state, Some(&actor)).await)
        }
        Err(other) => Err(other.into()),
    }
}

/// Says that one's own ratings are in.
pub async fn ready(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, cycle)): Path<(String, String)>,
) -> Answered {
    let (at, assessment) = reviewable(&state, &actor, &practice, &cycle).await?;
    let said = state
        .store
        .declare_ready(&actor, &at.practice, &at.cycle, OffsetDateTime::now_utc());
    match said.await {
        Ok(()) => Ok(see_other(at.page("review"))),
        Err(StoreError::Refused(sentence)) => {
            let none = Statements::default();
            let page = page(
                &at,
                &assessment,
                &none,
                "",
                vec![Error::at("", sentence)],
                &Check::default(),
            );
            let page = page.with_status(StatusCode::UNPROCESSABLE_ENTITY);
            Ok(page.respond(&state, Some(&actor)).await)
        }
        Err(other) => Err(other.into()),
    }
}

fn page(
    at: &AssessmentPath,
    assessment: &Assessment,
    statements: &Statements,
    note: &str,
    errors: Vec<Error>,
    check: &Check,
) -> Page {
    let to_rate = assessment.lines.iter().filter(|l| !l.entry.not_applicable()).count();
    let applicable = assessment.lines.iter().filter(|l| !l.entry.not_applicable());
    let rated = applicable.filter(|l| is_rated(assessment, l)).count();
    let unrated = assessment.lines.iter().filter(|l| l.entry.needs_review()).count();
    let open = assessment.lines.iter().filter(|l| l.entry.needs_moderation()).count();
    let may = |action| assessment.may(action);
    let elements = assessment
        .framework
        .elements
        .iter()
        .map(|e| element(at, assessment, e))
        .collect_view();
    let waiting = thread::waiting(&assessment.lines, assessment.standing);
    let title = format!("Review of {}, {}", assessment.practice.info.name, assessment.cycle);
    let under_way = assessment.status != Status::Submitted && assessment.status != Status::Finalised;
    let progress = (under_way && !out_of_sight(assessment)).then(|| {
        view! {
            <label class="govuk-body app-progress" r#for="progress">{format!("{rated} of {to_rate} rated")}</label>
            <progress class="app-progress__bar" id="progress" max=to_rate.to_string() value=rated.to_string()></progress>
        }
    });
    let above = view! {
            {error_summary(&errors)}
            <span class="govuk-caption-l">{assessment.framework.title.clone()}</span>
            <h1 class="govuk-heading-l">{title.clone()}</h1>
            <p class="govuk-body">{status::tag(assessment.status)} " " {format!("since {}.", day(assessment.status_since))}</p>
            {assessment.taken_up_again.then(|| steps::taken_up_again(assessment))}
            {reviewers::summary(at, assessment)}
            {progress}
            {may(Operation::BeginReview).then(|| view! {
                <p class="govuk-body">"The Practice has handed this in. Begin the review to rate it; the Practice then cannot change its answers."</p>
                {steps::step(at, Operation::BeginReview, "Begin the review", "govuk-button")}
            })}
            <ul class="govuk-task-list">{elements}</ul>
            {steps::ready(at, assessment)}
            {may(Operation::Agree).then(|| steps::moderation(at, unrated, open))}
            {may(Operation::Moderate).then(|| steps::unless_in_the_way(at, assessment, Operation::Moderate, "Complete moderation", "govuk-button"))}
            {stated(assessment, statements)}
            {may(Operation::Finalise).then(|| finalise::way(at, assessment))}
    }
    .into_any();
    let links = view! {
            <ul class="govuk-list">
                <li><a class="govuk-link" href=at.page("clarifications")>"Clarifications"</a>{waiting.map(|words| format!(": {words}"))}</li>
                <li><a class="govuk-link" href=at.page("report")>"Report"</a></li>
                <li><a class="govuk-link" href=at.page("history")>"History"</a></li>
            </ul>
    }
    .into_any();
    let form = NoteForm::of(assessment, note, error_of(&errors, "note"), check);
    let (writes, action) = (form.is_some(), at.page("review"));
    let page = Page::built(title, move || {
        view! { {above} {form.map(|form| form.view(action))} {links} }.into_any()
    })
    .with_back("/queue", "Review queue");
    if writes { page.with_islands() } else { page }
}

/// Whether the Practice made a statement on its moderated ratings, and which.
fn stated(assessment: &Assessment, statements: &Statements) -> Option<impl IntoView + use<>> {
    let due = matches!(assessment.status, Status::Moderated | Status::Finalised) && !assessment.imported;
    due.then(|| {
        view! { <h2 class="govuk-heading-m">"The Practice’s statement"</h2> {statement::shown(statements)} }
    })
}

fn element(at: &AssessmentPath, assessment: &Assessment, element: &Element) -> impl IntoView + use<> {
    let lines = &assessment.lines[element.criteria.clone()];
    let questions = lines.iter().filter(|l| l.entry.asks()).count();
    let drafts = (questions > 0).then(|| count(questions, "question to send", "questions to send"));
    let hints: Vec<String> = [drafts, thread::waiting(lines, assessment.standing)]
        .into_iter()
        .flatten()
        .collect();
    let asked = (!hints.is_empty()).then(|| view! { <div class="govuk-task-list__hint">{hints.join(", ")}</div> });
    view! {
        <li class="govuk-task-list__item govuk-task-list__item--with-link">
            <div class="govuk-task-list__name-and-hint">
                <a class="govuk-link govuk-task-list__link" href=at.review(&element.id)>{element.title.clone()}</a>
                {asked}
            </div>
            <div class="govuk-task-list__status">{super::sheet::progress(assessment, element)}</div>
        </li>
    }
}
