//! The Practice reads its moderated ratings, and its lead states whether the Practice agrees, until they are finalised.

use super::path_of;
use crate::{
    paths::AssessmentPath,
    ui::{
        form::{Choice, Error, Radios, TextArea, error_of, error_summary, hidden, saved_meanwhile},
        identify::Check,
        marked_form::marked_form,
        settled, statement, status,
        text::day,
    },
    web::{Answered, AppState, Fields, Page, Refusal, SignedIn, render::see_other},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use framework::{
    actor::Actor,
    lifecycle::{Operation, Status, next},
    statement::{Stance, Statement},
};
use leptos::prelude::*;
use store::{Assessment, Edited, Statements};
use time::OffsetDateTime;

/// What is sent to take a statement back.
const NONE: &str = "none";
const WORDS: &str = "In the Practice’s own words";

/// The form as typed.
#[derive(Default)]
struct Typed {
    stance: String,
    words: String,
    seen: i32,
    errors: Vec<Error>,
    check: Check,
    theirs: Option<Statements>,
}

impl Typed {
    /// Returns the form as the database has it.
    fn stored(statements: &Statements) -> Typed {
        let current = statements.current().map(|(statement, _)| statement);
        Typed {
            stance: current
                .map(|statement| statement.stance.code().to_owned())
                .unwrap_or_default(),
            words: words_of(statements),
            seen: statements.number(),
            ..Typed::default()
        }
    }

    fn sent(fields: &Fields, stored: &Statements) -> Typed {
        Typed {
            stance: fields.get("stance").to_owned(),
            words: fields.get("words").to_owned(),
            seen: fields.get("seen").parse().unwrap_or(0),
            check: Check::of(fields, &[("words", WORDS)], &[&words_of(stored)]),
            ..Typed::default()
        }
    }

    /// Returns what is to be saved, unless a field is refused.
    fn read(&mut self) -> Option<Option<Statement>> {
        if self.stance == NONE {
            return Some(None);
        }
        let read = Statement::read(&self.stance, &self.words);
        let wrong = read.as_ref().err().into_iter().flatten();
        self.errors
            .extend(wrong.map(|error| Error::at(error.field, error.message.clone())));
        self.errors.extend(self.check.errors());
        read.ok().filter(|_| self.errors.is_empty()).map(Some)
    }
}

fn words_of(statements: &Statements) -> String {
    let words = statements.current().and_then(|(statement, _)| statement.words.as_ref());
    words.map(ToString::to_string).unwrap_or_default()
}

pub async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, cycle)): Path<(String, String)>,
) -> Answered {
    let (at, assessment, statements) = moderated(&state, &actor, &practice, &cycle).await?;
    let typed = Typed::stored(&statements);
    Ok(page(&at, &assessment, &statements, typed)
        .respond(&state, Some(&actor))
        .await)
}

pub async fn make(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, cycle)): Path<(String, String)>,
    fields: Fields,
) -> Answered {
    let (at, assessment, statements) = moderated(&state, &actor, &practice, &cycle).await?;
    next(assessment.status, Operation::MakeStatement, assessment.standing)
        .map_err(|refusal| Refusal::Refused(refusal.to_string()))?;
    let mut typed = Typed::sent(&fields, &statements);
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if let Some(statement) = typed.read() {
        let now = OffsetDateTime::now_utc();
        let store = state
            .store
            .confirming(&actor, [(None, typed.check.confirmed().clone())]);
        let made = store.make_statement(&actor, &at.practice, &at.cycle, typed.seen, statement, now);
        match made.await? {
            Edited::Saved => {
                return Ok(see_other(at.page("statement")));
            }
            Edited::Conflict(theirs) => {
                typed.seen = theirs.number();
                typed.theirs = Some(*theirs);
                status = StatusCode::CONFLICT;
            }
        }
    }
    let page = page(&at, &assessment, &statements, typed).with_status(status);
    Ok(page.respond(&state, Some(&actor)).await)
}

/// An assessment whose ratings are agreed, and what the Practice states on them.
async fn moderated(
    state: &AppState,
    actor: &Actor,
    practice: &str,
    cycle: &str,
) -> Result<(AssessmentPath, Assessment, Statements), Refusal> {
    let at = path_of(practice, cycle)?;
    let assessment = state.store.assessment(actor, &at.practice, &at.cycle).await?;
    let settled = matches!(assessment.status, Status::Moderated | Status::Finalised);
    if !settled || !assessment.review_readable {
        return Err(Refusal::NotFound);
    }
    let statements = state.store.statements(actor, &at.practice, &at.cycle).await?;
    Ok((at, assessment, statements))
}

fn page(at: &AssessmentPath, assessment: &Assessment, statements: &Statements, typed: Typed) -> Page {
    let title = "Statement on the agreed ratings";
    let above = view! {
        {error_summary(&typed.errors)}
        {typed.theirs.as_ref().map(meanwhile)}
        <span class="govuk-caption-l">{format!("{}, {}", assessment.practice.info.name, assessment.cycle)}</span>
        <h1 class="govuk-heading-l">{title}</h1>
        <p class="govuk-body">{status::tag(assessment.status)} " " {format!("since {}.", day(assessment.status_since))}</p>
        <p class="govuk-body">{intro(assessment)}</p>
        <h2 class="govuk-heading-m">"The Practice’s statement"</h2>
        {statement::shown(statements)}
        {statement::earlier(statements)}
    }
    .into_any();
    let below = settled::blocks(at, assessment).into_any();
    let up = (at.tasks(), "Task list");
    if !assessment.may(Operation::MakeStatement) {
        return Page::new(title, view! { {above} {below} }).with_back(up.0, up.1).wide();
    }
    let (action, fields) = (at.page("statement"), fields(statements, &typed));
    Page::built(title, move || {
        view! { {above} {marked_form(action, fields, "Save the statement", "govuk-button")} {below} }.into_any()
    })
    .with_back(up.0, up.1)
    .wide()
    .with_islands()
}

fn intro(assessment: &Assessment) -> &'static str {
    match assessment.status {
        _ if assessment.imported => "This assessment came from an earlier year’s record, which has no statement.",
        Status::Finalised => {
            "The assessment is finalised. The statement is printed in its report and cannot be changed."
        }
        _ if assessment.may(Operation::MakeStatement) => {
            "National Pause has completed moderation. Until it finalises the ratings below, you can state whether the Practice agrees with them. The report prints the statement. You can change it or take it back until then."
        }
        _ => {
            "National Pause has completed moderation. Until it finalises the ratings below, the Practice’s lead can state whether the Practice agrees with them. The report prints the statement."
        }
    }
}

fn fields(statements: &Statements, typed: &Typed) -> AnyView {
    let error = |field| error_of(&typed.errors, field);
    let stances = Stance::ALL.map(|stance| Choice::new(stance.code(), stance.name()));
    let take_back = statements
        .current()
        .map(|_| Choice::new(NONE, "Take the statement back"));
    let choices = stances.into_iter().chain(take_back).collect();
    view! {
        {hidden("seen", &typed.seen.to_string())}
        {typed.check.notice()}
        <Radios name="stance" legend="Does the Practice agree with the agreed ratings?" choices chosen=typed.stance.clone() error=error("stance")/>
        <TextArea name="words" label=WORDS hint="Needed if the Practice does not agree: say which ratings, and why. Do not enter anything that could identify a woman or a child."
            rows=4 value=typed.words.clone() error=error("words")/>
    }
    .into_any()
}

/// Returns what a colleague stated meanwhile.
fn meanwhile(theirs: &Statements) -> impl IntoView + use<> {
    let who = theirs.wordings.last().map(|last| last.who.clone()).unwrap_or_default();
    let words = format!("{who} changed the statement while you were writing. Saving yours replaces it.");
    saved_meanwhile("Not saved: the statement has changed", words, statement::shown(theirs))
}
