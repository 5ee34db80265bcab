//! One action: what it says, what became of it, and doing, dropping or opening it again.

use super::{action_of, slug_of};
use crate::{
    paths,
    ui::{
        form::{Choice, Error, Radios, TextArea, error_of, error_summary, hidden},
        identify::Check,
        marked_form::marked_form,
        plan::{facts, raised, state_tag, today},
        text::{moment, prose},
    },
    web::{Answered, AppState, Fields, Page, Refusal, SignedIn, render::see_other},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use framework::{
    day,
    plan::{ActionStatus as Stands, PlanOperation, PlannedAction, may},
    prose::Prose,
};
use leptos::prelude::*;
use store::{ActionChange, ActionPage, Edited, StoreError, SupportRow};
use time::OffsetDateTime;

/// The form that moves an action, as typed.
#[derive(Default)]
struct Typed {
    to: String,
    why: String,
    errors: Vec<Error>,
    check: Check,
}

pub async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, id)): Path<(String, String)>,
) -> Answered {
    let shown = state
        .store
        .action(&actor, &slug_of(&practice)?, action_of(&id)?)
        .await?;
    Ok(page(&shown, &Typed::default()).respond(&state, Some(&actor)).await)
}

pub async fn act(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, id)): Path<(String, String)>,
    fields: Fields,
) -> Answered {
    let (slug, id) = (slug_of(&practice)?, action_of(&id)?);
    let shown = state.store.action(&actor, &slug, id).await?;
    if !may(PlanOperation::Write, shown.standing) {
        return Err(Refusal::NotFound);
    }
    let mut typed = Typed {
        to: fields.get("to").to_owned(),
        why: fields.get("why").to_owned(),
        errors: vec![],
        check: Check::of(&fields, &[("why", "What was done, or why")], &[]),
    };
    let onward = shown.row.action.course.state.onward();
    let to = match onward {
        [only] => Some(*only),
        _ => Stands::from_code(&typed.to).filter(|to| onward.contains(to)),
    };
    if to.is_none() {
        typed
            .errors
            .push(Error::at("to", "Choose whether it is done or dropped."));
    }
    let why = match Prose::read(&typed.why) {
        Ok(Some(why)) => Some(why),
        Ok(None) => {
            typed
                .errors
                .push(Error::at("why", "Write a sentence: what was done, or why."));
            None
        }
        Err(message) => {
            typed.errors.push(Error::at("why", message));
            None
        }
    };
    typed.errors.extend(typed.check.errors());
    let (revision, now) = (fields.get("revision").parse().unwrap_or(0), OffsetDateTime::now_utc());
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    let mut latest = None;
    if let (Some(to), Some(why), true) = (to, why, typed.errors.is_empty()) {
        let kept = [(
            Some(shown.row.action.criterion.clone()),
            typed.check.confirmed().clone(),
        )];
        let store = state.store.confirming(&actor, kept);
        match store.move_action(&actor, &slug, id, revision, to, why, now).await {
            Ok(Edited::Saved) => return Ok(see_other(paths::action(&slug, id))),
            Ok(Edited::Conflict(theirs)) => {
                let sentence = format!(
                    "{} changed this action on {}. It stands below as it is now; look at it before you save.",
                    theirs.who,
                    moment(theirs.at)
                );
                typed.errors.push(Error::at("", sentence));
                status = StatusCode::CONFLICT;
                latest = Some(state.store.action(&actor, &slug, id).await?);
            }
            Err(StoreError::Refused(sentence)) => typed.errors.push(Error::at("", sentence)),
            Err(other) => return Err(other.into()),
        }
    }
    let page = page(latest.as_ref().unwrap_or(&shown), &typed).with_status(status);
    Ok(page.respond(&state, Some(&actor)).await)
}

fn page(shown: &ActionPage, typed: &Typed) -> Page {
    let (slug, row) = (&shown.practice.info.slug, &shown.row);
    let may_write = may(PlanOperation::Write, shown.standing);
    let open = row.action.course.state == Stands::Open;
    let change = (may_write && open).then(|| {
        view! { <p class="govuk-body"><a class="govuk-link" href=format!("{}/change", paths::action(slug, row.action.id))>"Change the action"</a></p> }
    });
    let support = (!shown.support.is_empty()).then(|| {
        let rows = shown.support.iter().map(given).collect_view();
        view! { <h2 class="govuk-heading-m">"Support given for it"</h2> <ul class="govuk-list govuk-list--bullet">{rows}</ul> }
    });
    let changes = shown.changes.iter().rev().map(one_change).collect_view();
    let above = view! {
        {error_summary(&typed.errors)}
        <span class="govuk-caption-l">{format!("{}: improvement plan", shown.practice.info.name)}</span>
        <h1 class="govuk-heading-l">{row.title.clone()}</h1>
        <p class="govuk-body">{state_tag(row, today())} " " {raised(row)}</p>
        {prose(row.action.planned.what.as_str())}
        {facts(row)}
        {change}
    }
    .into_any();
    let below = view! {
        {support}
        <h2 class="govuk-heading-m">"History"</h2>
        <ol class="govuk-list app-plan-history">{changes}</ol>
    }
    .into_any();
    let fields = may_write.then(|| move_fields(shown, typed));
    let button = if open { "Close the action" } else { "Reopen the action" };
    let action = paths::action(slug, row.action.id);
    let page = Page::built(format!("Action: {}", row.title), move || {
        let form = fields.map(|fields| marked_form(action, fields, button, "govuk-button govuk-button--secondary"));
        view! { {above} {form} {below} }.into_any()
    })
    .with_back(paths::plan(slug), "Improvement plan");
    if may_write { page.with_islands() } else { page }
}

fn move_fields(shown: &ActionPage, typed: &Typed) -> AnyView {
    let row = &shown.row;
    let error = |field| error_of(&typed.errors, field);
    let fields = if row.action.course.state == Stands::Open {
        let choices = vec![
            Choice::new("done", "Done").hint("It has been done as planned, or near enough."),
            Choice::new("dropped", "Dropped").hint("It will not be done."),
        ];
        view! {
            <h2 class="govuk-heading-m">"Is it done?"</h2>
            <Radios name="to" legend="Outcome" choices chosen=typed.to.clone() error=error("to")/>
            <TextArea name="why" label="What was done, or why it was dropped" rows=2 value=typed.why.clone() error=error("why")/>
        }
        .into_any()
    } else {
        view! {
            <h2 class="govuk-heading-m">"Open it again"</h2>
            <TextArea name="why" label="Why it is opened again" rows=2 value=typed.why.clone() error=error("why")/>
        }
        .into_any()
    };
    view! {
        {hidden("revision", &row.revision.to_string())}
        {typed.check.notice()}
        {fields}
    }
    .into_any()
}

fn given(row: &SupportRow) -> impl IntoView + use<> {
    let helped = row
        .given
        .helped
        .map_or("not rated yet".to_owned(), |helped| helped.name().to_lowercase());
    view! { <li>{format!("{} ({helped})", day::words(row.given.day))} {prose(row.given.what.as_str())}</li> }
}

fn one_change(change: &ActionChange) -> impl IntoView + use<> {
    let what = match (change.from, change.to) {
        (None, _) => "Raised".to_owned(),
        (Some(from), to) if from == to => "Changed".to_owned(),
        (Some(_), Stands::Open) => "Opened again".to_owned(),
        (Some(_), to) => to.name().to_owned(),
    };
    let differences = change
        .before
        .as_ref()
        .map(|before| differences(before, &change.planned))
        .unwrap_or_default();
    let why = change.why.as_ref().map(|why| prose(why.as_str()));
    view! {
        <li>
            <p class="govuk-body"><strong>{what}</strong> {format!(" by {}, {}", change.who, moment(change.at))}</p>
            {differences.into_iter().map(|line| view! { <p class="govuk-body-s">{line}</p> }).collect_view()}
            {why}
        </li>
    }
}

/// Returns what differs, from what to what.
fn differences(before: &PlannedAction, after: &PlannedAction) -> Vec<String> {
    let support = |planned: &PlannedAction| planned.support.as_ref().map_or("none".to_owned(), Prose::to_string);
    [
        ("What", before.what.to_string(), after.what.to_string()),
        ("Who", before.owner.to_string(), after.owner.to_string()),
        ("By when", day::words(before.by), day::words(after.by)),
        ("Support wanted", support(before), support(after)),
    ]
    .into_iter()
    .filter(|(_, from, to)| from != to)
    .map(|(name, from, to)| format!("{name}: from “{from}” to “{to}”"))
    .collect()
}
