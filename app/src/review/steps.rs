//! What can be done next with a review: one form a step.

use crate::{
    paths::AssessmentPath,
    ui::{
        form::{TextArea, hidden},
        text::count,
    },
};
use framework::{
    lifecycle::Action,
    readiness::obstacle,
    reviewers::{Phase, Writes},
};
use leptos::prelude::*;
use store::Assessment;

/// A step that needs nothing but the click.
pub fn step(at: &AssessmentPath, action: Action, words: &'static str, class: &'static str) -> impl IntoView + use<> {
    view! {
        <form method="post" action=at.page("review")>
            {hidden("action", action.code())}
            <button type="submit" class=class>{words}</button>
        </form>
    }
}

/// The way to moderation, with how many differences are open.
pub fn moderation(at: &AssessmentPath, open: usize) -> impl IntoView + use<> {
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
pub fn unless_in_the_way(
    at: &AssessmentPath,
    assessment: &Assessment,
    action: Action,
    words: &'static str,
    class: &'static str,
) -> AnyView {
    let entries: Vec<_> = assessment.lines.iter().map(|line| line.entry.clone()).collect();
    match obstacle(
        &assessment.framework,
        action,
        &entries,
        &assessment.earlier(),
        &assessment.threads(),
        None,
    ) {
        None => step(at, action, words, class).into_any(),
        Some(sentence) => view! { <div class="govuk-inset-text">{sentence}</div> }.into_any(),
    }
}

/// Sends the assessment back.
pub fn return_form(at: &AssessmentPath, note: &str, error: Option<String>) -> impl IntoView + use<> {
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

/// While two review: says that one's own ratings are in, or what is waited for.
pub fn ready(at: &AssessmentPath, assessment: &Assessment) -> AnyView {
    let reviewing = assessment.may(Action::Review);
    match (assessment.reviewers.phase(), assessment.writes) {
        (Phase::Blind, Writes::Reading(_)) if reviewing => view! {
            <h2 class="govuk-heading-m">"Say that your ratings are in"</h2>
            <p class="govuk-body">"Neither of you sees the other’s ratings until both are in. Yours then stay as they are, and you settle together where they differ."</p>
            <form method="post" action=at.page("review/ready")>
                <button type="submit" class="govuk-button">"My ratings are in"</button>
            </form>
        }
        .into_any(),
        (Phase::Blind, _) if assessment.status == framework::lifecycle::Status::InReview => view! {
            <div class="govuk-inset-text">"Two people review this assessment. Their ratings show once both are in."</div>
        }
        .into_any(),
        (Phase::Together, _) => match assessment.lines.iter().filter(|l| l.entry.needs_consensus()).count() {
            0 => ().into_any(),
            open => view! {
                <div class="govuk-inset-text">
                    {format!("Both reviewers’ ratings are in. They differ on {}: settle them together on the elements’ pages.", count(open, "criterion", "criteria"))}
                </div>
            }
            .into_any(),
        },
        _ => ().into_any(),
    }
}

/// Takes a finalised assessment up again.
pub fn reopen_form(at: &AssessmentPath, note: &str, error: Option<String>) -> impl IntoView + use<> {
    view! {
        <h2 class="govuk-heading-m">"Take it up again"</h2>
        <p class="govuk-body">"The Practice gets a new draft with its answers as they were. This edition stays readable as it is, and counts in reports until the new one is finalised."</p>
        <form method="post" action=at.page("review") novalidate>
            {hidden("action", Action::Reopen.code())}
            <TextArea name="note" label="Why it is taken up again" value=note error=error/>
            <button type="submit" class="govuk-button govuk-button--warning">"Take the assessment up again"</button>
        </form>
    }
}
