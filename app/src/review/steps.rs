//! What can be done next with a review: one form a step.

use super::{missing::unrated, sheet::seat};
use crate::{
    paths::AssessmentPath,
    ui::{
        form::{TextArea, hidden},
        identify::Check,
        marked_form::marked_form,
        text::count,
    },
};
use framework::{
    lifecycle::Operation,
    readiness::obstacle,
    reviewers::{Phase, Writes},
};
use leptos::prelude::*;
use std::cmp::Reverse;
use store::Assessment;

/// A step that needs nothing but the click.
pub fn step(at: &AssessmentPath, action: Operation, words: &'static str, class: &'static str) -> impl IntoView + use<> {
    view! {
        <form method="post" action=at.page("review")>
            {hidden("action", action.code())}
            <button type="submit" class=class>{words}</button>
        </form>
    }
}

/// Returns the way to moderation, with how many ratings are missing and how many differences are open.
pub fn moderation(at: &AssessmentPath, unrated: usize, open: usize) -> impl IntoView + use<> {
    let missing = count(
        unrated,
        "criterion has no review rating yet. ",
        "criteria have no review rating yet. ",
    );
    let words = match open {
        0 if unrated > 0 => String::new(),
        0 => "No difference is open.".to_owned(),
        n => format!(
            "{} between self-rating and review.",
            count(n, "open difference", "open differences")
        ),
    };
    view! {
        <h2 class="govuk-heading-m">"Moderation"</h2>
        <p class="govuk-body">{(unrated > 0).then_some(missing)}{words}</p>
        <p class="govuk-body"><a class="govuk-button govuk-button--secondary" href=at.page("moderation")>"Settle differences and explain drift"</a></p>
    }
}

/// The button once nothing is missing; until then what is.
pub fn unless_in_the_way(
    at: &AssessmentPath,
    assessment: &Assessment,
    action: Operation,
    words: &'static str,
    class: &'static str,
) -> AnyView {
    match in_the_way(assessment, action) {
        None => step(at, action, words, class).into_any(),
        Some(sentence) => view! { <div class="govuk-inset-text">{sentence}</div> }.into_any(),
    }
}

/// Returns what stands in the way of an action.
pub fn in_the_way(assessment: &Assessment, action: Operation) -> Option<String> {
    let entries: Vec<_> = assessment.lines.iter().map(|line| line.entry.clone()).collect();
    obstacle(
        &assessment.framework,
        action,
        &entries,
        &assessment.earlier(),
        &assessment.threads(),
        None,
    )
}

/// Returns what the note is called that goes with a step.
pub fn note_label(action: Operation) -> &'static str {
    match action {
        Operation::Reopen => "Why it is taken up again",
        _ => "Note to the Practice",
    }
}

/// What a form with a note holds and where it goes.
pub struct NoteForm {
    heading: &'static str,
    words: &'static str,
    fields: AnyView,
    button: &'static str,
    class: &'static str,
}

impl NoteForm {
    /// Sends the assessment back, or takes it up again; nothing where the person may do neither now.
    pub fn of(assessment: &Assessment, note: &str, error: Option<String>, check: &Check) -> Option<NoteForm> {
        let fields = |action| note_fields(action, note, error.clone(), check);
        if assessment.may(Operation::Return) {
            Some(NoteForm {
                heading: "Return with questions",
                words: "Questions stand beside their criterion, on the review sheet; they are sent with this. What concerns the whole can be written here.",
                fields: fields(Operation::Return),
                button: "Return to the Practice",
                class: "govuk-button govuk-button--secondary",
            })
        } else if assessment.may(Operation::Reopen) && !assessment.taken_up_again {
            Some(NoteForm {
                heading: "Take it up again",
                words: "The Practice gets a new draft with its answers as they were. This edition stays readable as it is, and counts in reports until the new one is finalised.",
                fields: fields(Operation::Reopen),
                button: "Take the assessment up again",
                class: "govuk-button govuk-button--warning",
            })
        } else {
            None
        }
    }

    /// Returns the form.
    pub fn view(self, action: String) -> impl IntoView + use<> {
        view! {
            <h2 class="govuk-heading-m">{self.heading}</h2>
            <p class="govuk-body">{self.words}</p>
            {marked_form(action, self.fields, self.button, self.class)}
        }
    }
}

fn note_fields(action: Operation, note: &str, error: Option<String>, check: &Check) -> AnyView {
    view! {
        {hidden("action", action.code())}
        {check.notice()}
        <TextArea name="note" label=note_label(action) value=note error=error/>
    }
    .into_any()
}

/// While two review: says that one's own ratings are in, or what is waited for.
pub fn ready(at: &AssessmentPath, assessment: &Assessment) -> AnyView {
    let reviewing = assessment.may(Operation::Review);
    match (assessment.reviewers.phase(), assessment.writes) {
        (Phase::Blind, Writes::Reading(_)) if reviewing => view! {
            <h2 class="govuk-heading-m">"Say that your ratings are in"</h2>
            <p class="govuk-body">"Neither of you sees the other’s ratings until both are in. Yours then stay as they are, and you settle together where they differ."</p>
            {ready_step(at, unrated(assessment))}
        }
        .into_any(),
        (Phase::Blind, Writes::Nothing) if reviewing && seat(assessment).is_some() => view! {
            <div class="govuk-inset-text">"Your ratings are in, and stay as they are: open an element to read them. Those of the other reviewer show once they are in too."</div>
        }
        .into_any(),
        (Phase::Blind, _) if assessment.status == framework::lifecycle::Status::InReview => view! {
            <div class="govuk-inset-text">"Two people review this assessment. Their ratings show once both are in."</div>
        }
        .into_any(),
        (Phase::Together, _) => differences(at, assessment),
        _ => ().into_any(),
    }
}

/// The button once everything is rated; until then how much is not.
fn ready_step(at: &AssessmentPath, unrated: usize) -> AnyView {
    match unrated {
        0 => view! {
            <form method="post" action=at.page("review/ready")>
                <button type="submit" class="govuk-button">"Submit my ratings"</button>
            </form>
        }
        .into_any(),
        n => view! {
            <div class="govuk-inset-text">{format!("You have not rated {} yet. Rate them all first.", count(n, "criterion", "criteria"))}</div>
        }
        .into_any(),
    }
}

/// Where two reviewers differ and have not settled it: the largest differences first, each with the way to its criterion.
fn differences(at: &AssessmentPath, assessment: &Assessment) -> AnyView {
    let criteria = assessment.framework.criteria.iter().zip(&assessment.lines);
    let mut open: Vec<_> = criteria
        .filter(|(_, line)| line.entry.needs_consensus())
        .filter_map(|(criterion, line)| Some((criterion, line.entry.readings_apart()?)))
        .collect();
    if open.is_empty() {
        return ().into_any();
    }
    // a stable sort: the framework's order among equals
    open.sort_by_key(|(_, [first, second])| Reverse(first.level().abs_diff(second.level())));
    let words = count(open.len(), "criterion", "criteria");
    let rows = open.into_iter().map(|(criterion, [first, second])| {
        let href = at.review_criterion(&criterion.element, &criterion.id);
        let apart = first.level().abs_diff(second.level());
        let tag = (apart >= 2)
            .then(|| view! { <strong class="govuk-tag govuk-tag--yellow">{format!("{apart} levels apart")}</strong> });
        view! {
            <li class="govuk-task-list__item govuk-task-list__item--with-link">
                <div class="govuk-task-list__name-and-hint">
                    <a class="govuk-link govuk-task-list__link" href=href>{criterion.title.clone()}</a>
                    <div class="govuk-task-list__hint">{format!("First {first}, second {second}")}</div>
                </div>
                <div class="govuk-task-list__status">{tag}</div>
            </li>
        }
    });
    view! {
        <h2 class="govuk-heading-m">"Settle together"</h2>
        <p class="govuk-body">{format!("Both reviewers’ ratings are in. They differ on {words}; the largest differences come first.")}</p>
        <ul class="govuk-task-list">{rows.collect_view()}</ul>
    }
    .into_any()
}

/// Says of a finished edition that another is under way.
pub fn taken_up_again(assessment: &Assessment) -> impl IntoView + use<> {
    let words = format!(
        "Reopened: the Practice is working on edition {}. What stands here is the finished edition, which counts in reports until the new one is finalised. The history says why.",
        assessment.edition + 1,
    );
    view! { <div class="govuk-inset-text">{words}</div> }
}
