//! Finalising: what will be fixed for ever is shown, and asked about once more.

use super::{reviewable, steps::in_the_way};
use crate::{
    paths::{self, AssessmentPath},
    ui::{
        form::{Error, error_summary, hidden},
        settled, statement,
        text::{count, day},
    },
    web::{Answered, AppState, Fields, Page, Refusal, SignedIn, render::see_other, secret},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use framework::{clarification, lifecycle::Operation, plan::Reply};
use leptos::prelude::*;
use store::{Assessment, Statements, StoreError};
use time::OffsetDateTime;

pub async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, cycle)): Path<(String, String)>,
) -> Answered {
    let (at, assessment) = reviewable(&state, &actor, &practice, &cycle).await?;
    may(&assessment)?;
    let statements = state.store.statements(&actor, &at.practice, &at.cycle).await?;
    Ok(page(&at, &assessment, &statements, vec![])
        .respond(&state, Some(&actor))
        .await)
}

/// Finalises what was shown; where it has changed meanwhile, it is shown again.
pub async fn confirm(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, cycle)): Path<(String, String)>,
    fields: Fields,
) -> Answered {
    let (at, assessment) = reviewable(&state, &actor, &practice, &cycle).await?;
    may(&assessment)?;
    let statements = state.store.statements(&actor, &at.practice, &at.cycle).await?;
    let (status, sentence) = if fields.get("seen") == seen(&assessment, &statements) {
        let now = OffsetDateTime::now_utc();
        let done = (state.store).transition(&actor, &at.practice, &at.cycle, Operation::Finalise, None, now);
        match done.await {
            Ok(_) => return Ok(see_other(at.page("review"))),
            Err(StoreError::Refused(sentence)) => (StatusCode::UNPROCESSABLE_ENTITY, sentence),
            Err(other) => return Err(other.into()),
        }
    } else {
        (StatusCode::CONFLICT, CHANGED.to_owned())
    };
    let page = page(&at, &assessment, &statements, vec![Error::at("", sentence)]).with_status(status);
    Ok(page.respond(&state, Some(&actor)).await)
}

const CHANGED: &str = "Something has changed since you opened this page. Check what will be fixed, then finalise.";

fn may(assessment: &Assessment) -> Result<(), Refusal> {
    let next = framework::lifecycle::next(assessment.status, Operation::Finalise, assessment.standing);
    let admitted = (assessment.reviewers).admit(Operation::Finalise, assessment.viewer, assessment.standing);
    next.and(admitted)
        .map_err(|refusal| Refusal::Refused(refusal.to_string()))
}

/// Returns a fingerprint of what the page shows.
fn seen(assessment: &Assessment, statements: &Statements) -> String {
    let entries = assessment.lines.iter().map(|line| &line.entry);
    let shown = format!(
        "{:?} {:?} {statements:?}",
        entries.collect::<Vec<_>>(),
        assessment.threads()
    );
    secret::hash(&shown)[..16].to_owned()
}

/// Returns the way here from the review, or what stands in it.
pub fn way(at: &AssessmentPath, assessment: &Assessment) -> impl IntoView + use<> {
    let next = match in_the_way(assessment, Operation::Finalise) {
        Some(sentence) => view! { <div class="govuk-inset-text">{sentence}</div> }.into_any(),
        None => view! { <p class="govuk-body"><a class="govuk-button" href=at.page("finalise")>"Check and finalise"</a></p> }.into_any(),
    };
    view! {
        <h2 class="govuk-heading-m">"Finalise"</h2>
        <p class="govuk-body">"A finalised assessment never changes. Its report is then final and counts in the national report."</p>
        <p class="govuk-body">{asking(assessment)} " " <a class="govuk-link" href=paths::plan(&at.practice)>"Improvement plan"</a></p>
        {next}
    }
}

fn page(at: &AssessmentPath, assessment: &Assessment, statements: &Statements, errors: Vec<Error>) -> Page {
    let title = format!("Finalise {}, {}", assessment.practice.info.name, assessment.cycle);
    let end = match in_the_way(assessment, Operation::Finalise) {
        Some(sentence) => view! { <div class="govuk-inset-text">{sentence}</div> }.into_any(),
        None => form(at, assessment, statements).into_any(),
    };
    let body = view! {
        {error_summary(&errors)}
        <span class="govuk-caption-l">{assessment.framework.title.clone()}</span>
        <h1 class="govuk-heading-l">{title.clone()}</h1>
        <p class="govuk-body-l">"Check what will be fixed. Once finalised it cannot be changed by anybody."</p>
        {settled::blocks(at, assessment)}
        <h2 class="govuk-heading-m">"The Practice’s statement"</h2>
        {statement::shown(statements)}
        {statements.current().is_none().then(|| without(assessment))}
        <h2 class="govuk-heading-m">"Still open"</h2>
        {open(at, assessment)}
        <h2 class="govuk-heading-m">"What can never be changed"</h2>
        {for_ever()}
        {end}
    };
    Page::new(title, body).with_back(at.page("review"), "Review").wide()
}

/// That nothing is stated, and that nothing can be any more.
fn without(assessment: &Assessment) -> impl IntoView + use<> {
    let words = format!(
        "It has been able to make one since {}. After finalising it cannot.",
        day(assessment.status_since)
    );
    view! { <p class="govuk-body">{words}</p> }
}

/// Returns what is not finished; only an open question stands in the way.
fn open(at: &AssessmentPath, assessment: &Assessment) -> AnyView {
    let today = OffsetDateTime::now_utc().date();
    let threads = assessment.threads();
    let in_state =
        |wanted: fn(clarification::ThreadStatus) -> bool| threads.iter().filter(|(_, state)| wanted(*state)).count();
    let asking = &assessment.plan.asking;
    let cited = assessment.lines.iter().flat_map(|line| &line.cited);
    let lines = [
        (
            in_state(clarification::ThreadStatus::is_open),
            at.page("clarifications"),
            ["question is open", "questions are open"],
        ),
        (
            in_state(|state| state == clarification::ThreadStatus::Carried),
            at.page("clarifications"),
            ["question was left to an action", "questions were left to actions"],
        ),
        (
            asking.iter().filter(|asking| asking.reply == Reply::Missing).count(),
            paths::plan(&at.practice),
            [
                "criterion needs an action, and has neither one nor a reason for none",
                "criteria need an action, and have neither one nor a reason for none",
            ],
        ),
        (
            cited.filter(|item| item.evidence.expired(today)).count(),
            at.page("report"),
            [
                "cited item of evidence is past its review-by day",
                "cited items of evidence are past their review-by day",
            ],
        ),
    ];
    let shown: Vec<_> = (lines.into_iter().filter(|(n, ..)| *n > 0))
        .map(|(n, href, [one, many])| view! { <li><a class="govuk-link" href=href>{count(n, one, many)}</a></li> })
        .collect();
    match shown.is_empty() {
        true => view! { <p class="govuk-body">"Nothing is open."</p> }.into_any(),
        false => view! { <ul class="govuk-list govuk-list--bullet">{shown}</ul> }.into_any(),
    }
}

fn for_ever() -> impl IntoView {
    view! {
        <ul class="govuk-list govuk-list--bullet">
            <li>"the Practice’s answers and ratings, and the evidence they cite"</li>
            <li>"the review and the agreed ratings, with their reasons and explanations"</li>
            <li>"questions and answers"</li>
            <li>"the Practice’s statement"</li>
            <li>"the figures of the report"</li>
        </ul>
        <p class="govuk-body">"The improvement plan goes on. An administrator can reopen the assessment with a reason, as a new edition; this one stays readable."</p>
    }
}

fn form(at: &AssessmentPath, assessment: &Assessment, statements: &Statements) -> impl IntoView + use<> {
    let without = statements
        .current()
        .is_none()
        .then_some(" without a statement of the Practice");
    let words = format!(
        "Finalise the assessment of {} for {}{} now?",
        assessment.practice.info.name,
        assessment.cycle,
        without.unwrap_or_default()
    );
    view! {
        <form method="post" action=at.page("finalise")>
            {hidden("seen", &seen(assessment, statements))}
            <h2 class="govuk-heading-m">{words}</h2>
            <div class="govuk-button-group">
                <button type="submit" class="govuk-button govuk-button--warning">"Finalise"</button>
                <a class="govuk-link" href=at.page("review")>"Go back to the review"</a>
            </div>
        </form>
    }
}

/// Returns how far the Practice has planned; nothing of it stands in the way of finalising.
fn asking(assessment: &Assessment) -> String {
    let asking = &assessment.plan.asking;
    let with = |reply| asking.iter().filter(|asking| asking.reply == reply).count();
    format!(
        "{} an action; {} have one, {} have a reason for none.",
        count(asking.len(), "criterion needs", "criteria need"),
        with(Reply::Action),
        with(Reply::NoAction),
    )
}
