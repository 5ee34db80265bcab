//! One review: how far it is, and what can be done next.

use super::reviewable;
use crate::{
    paths::AssessmentPath,
    ui::{
        form::{Error, TextArea, error_of, error_summary, hidden},
        status,
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
    lifecycle::{self, Action},
    prose::Prose,
    readiness::obstacle,
};
use leptos::prelude::*;
use store::{Assessment, StoreError};
use time::OffsetDateTime;

pub async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, cycle)): Path<(String, String)>,
) -> Answered {
    let (at, assessment) = reviewable(&state, &actor, &practice, &cycle).await?;
    Ok(page(&at, &assessment, "", vec![]).respond(&state, Some(&actor)).await)
}

pub async fn act(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, cycle)): Path<(String, String)>,
    fields: Fields,
) -> Answered {
    let (at, assessment) = reviewable(&state, &actor, &practice, &cycle).await?;
    let steps = [Action::BeginReview, Action::Return, Action::Moderate, Action::Finalise];
    let action = Action::from_code(fields.get("action")).filter(|a| steps.contains(a));
    let action = action.ok_or_else(|| Refusal::Unreadable("no such action".into()))?;
    let again = |error: Error| {
        page(&at, &assessment, fields.get("note"), vec![error]).with_status(StatusCode::UNPROCESSABLE_ENTITY)
    };
    let note = match Prose::read(fields.get("note")) {
        Ok(note) => note,
        Err(message) => return Ok(again(Error::at("note", message)).respond(&state, Some(&actor)).await),
    };
    match state
        .store
        .transition(&actor, &at.practice, &at.cycle, action, note, OffsetDateTime::now_utc())
        .await
    {
        Ok(_) => Ok(see_other(at.page("review"))),
        Err(StoreError::Refused(sentence)) => Ok(again(Error::at("", sentence)).respond(&state, Some(&actor)).await),
        Err(other) => Err(other.into()),
    }
}

fn page(at: &AssessmentPath, assessment: &Assessment, note: &str, errors: Vec<Error>) -> Page {
    let to_rate = assessment.lines.iter().filter(|l| !l.entry.not_applicable()).count();
    let rated = assessment
        .lines
        .iter()
        .filter(|l| l.entry.review.rating.is_some())
        .count();
    let open = assessment.lines.iter().filter(|l| l.entry.needs_moderation()).count();
    let may = |action| lifecycle::next(assessment.status, action, assessment.standing).is_ok();
    let elements = assessment
        .framework
        .elements
        .iter()
        .map(|e| element(at, assessment, e))
        .collect_view();
    let waiting = thread::waiting(&assessment.lines, assessment.standing);
    let title = format!("Review of {}, {}", assessment.practice.info.name, assessment.cycle);
    let reviewer = assessment
        .reviewer
        .as_ref()
        .map(|(_, name)| format!(" Reviewer: {name}."));
    let progress = (!may(Action::BeginReview)).then(|| {
        view! {
            <label class="govuk-body app-progress" r#for="progress">{format!("{rated} of {to_rate} rated")}</label>
            <progress class="app-progress__bar" id="progress" max=to_rate.to_string() value=rated.to_string()></progress>
        }
    });
    Page::new(
        title.clone(),
        view! {
            {error_summary(&errors)}
            <span class="govuk-caption-l">{assessment.framework.title.clone()}</span>
            <h1 class="govuk-heading-l">{title}</h1>
            <p class="govuk-body">{status::tag(assessment.status)} " " {format!("since {}.", day(assessment.status_since))} {reviewer}</p>
            {progress}
            {may(Action::BeginReview).then(|| view! {
                <p class="govuk-body">"The Practice has handed this in. Begin the review to rate it; the Practice then cannot change its answers."</p>
                {step(at, Action::BeginReview, "Begin the review", "govuk-button")}
            })}
            <ul class="govuk-task-list">{elements}</ul>
            {may(Action::Agree).then(|| moderation_step(at, open))}
            {may(Action::Moderate).then(|| unless_in_the_way(at, assessment, Action::Moderate, "All differences are settled", "govuk-button"))}
            {may(Action::Finalise).then(|| view! {
                <h2 class="govuk-heading-m">"Finalise"</h2>
                <p class="govuk-body">"A finalised assessment never changes. Its report is then final and counts in the national report."</p>
                {unless_in_the_way(at, assessment, Action::Finalise, "Finalise", "govuk-button govuk-button--warning")}
            })}
            {may(Action::Return).then(|| return_form(at, note, error_of(&errors, "note")))}
            <ul class="govuk-list">
                <li><a class="govuk-link" href=at.page("clarifications")>"Clarifications"</a>{waiting.map(|words| format!(": {words}"))}</li>
                <li><a class="govuk-link" href=at.page("report")>"Report"</a></li>
                <li><a class="govuk-link" href=at.page("history")>"History"</a></li>
            </ul>
        },
    )
    .with_back("/queue", "Review queue")
}

fn step(at: &AssessmentPath, action: Action, words: &'static str, class: &'static str) -> impl IntoView + use<> {
    view! {
        <form method="post" action=at.page("review")>
            {hidden("action", action.code())}
            <button type="submit" class=class>{words}</button>
        </form>
    }
}

fn moderation_step(at: &AssessmentPath, open: usize) -> impl IntoView + use<> {
    let words = match open {
        0 => "No difference is open.".to_owned(),
        n => format!(
            "{} between self-rating and review.",
            count(n, "open difference", "open differences")
        ),
    };
    view! {
        <h2 class="govuk-heading-m">"Moderation"</h2>
        <p class="govuk-body">{words}</p>
        <p class="govuk-body"><a class="govuk-button govuk-button--secondary" href=at.page("moderation")>"Settle differences and explain drift"</a></p>
    }
}

/// The button once nothing is missing; until then what is.
fn unless_in_the_way(
    at: &AssessmentPath,
    assessment: &Assessment,
    action: Action,
    words: &'static str,
    class: &'static str,
) -> AnyView {
    let entries: Vec<_> = assessment.lines.iter().map(|line| line.entry.clone()).collect();
    match obstacle(&assessment.framework, action, &entries, &assessment.threads(), None) {
        None => step(at, action, words, class).into_any(),
        Some(sentence) => view! { <div class="govuk-inset-text">{sentence}</div> }.into_any(),
    }
}

fn return_form(at: &AssessmentPath, note: &str, error: Option<String>) -> impl IntoView + use<> {
    view! {
        <h2 class="govuk-heading-m">"Return with questions"</h2>
        <p class="govuk-body">"Questions stand beside their criterion, on the review sheet; they are sent with this. What concerns the whole can be written here."</p>
        <form method="post" action=at.page("review") novalidate>
            {hidden("action", Action::Return.code())}
            <TextArea name="note" label="Note to the Practice" value=note error=error/>
            <button type="submit" class="govuk-button govuk-button--secondary">"Return to the Practice"</button>
        </form>
    }
}

fn element(at: &AssessmentPath, assessment: &Assessment, element: &Element) -> impl IntoView + use<> {
    let lines = &assessment.lines[element.criteria.clone()];
    let questions = lines.iter().filter(|l| l.entry.review.question.is_some()).count();
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
