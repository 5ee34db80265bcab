//! Saying why there is no action on a criterion that asks for one.

use super::{place_of, plan_of};
use crate::{
    paths,
    ui::{
        form::{Error, TextArea, error_of, error_summary, hidden, saved_meanwhile},
        identify::Check,
        marked_form::marked_form,
        text::{moment, prose},
        wordings::{below_form, up_to},
    },
    web::{Answered, AppState, Fields, Page, Refusal, SignedIn, render::see_other},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use framework::{
    actor::Actor,
    criteria::Criterion,
    ids::CycleId,
    plan::PlanOperation,
    prose::Prose,
    wording::{Kind, NoAction, Wording, fold},
};
use leptos::prelude::*;
use store::{Asked, Edited, NoActionRow, Plan, StoreError};
use time::OffsetDateTime;

/// The reason as typed.
#[derive(Default)]
struct Typed {
    reason: String,
    revision: i32,
    errors: Vec<Error>,
    check: Check,
}

pub async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path(practice): Path<String>,
    query: Fields,
) -> Answered {
    let plan = plan_of(&state, &actor, &practice, PlanOperation::Write).await?;
    let (asked, criterion) = about(&plan, &query)?;
    let given = asked.none(&criterion.id);
    let earlier = earlier(&state, &actor, &plan, given).await?;
    let again = up_to(&earlier, query.get("wording")).map(|until| fold::<NoAction>(until).concat());
    let typed = Typed {
        reason: again
            .or_else(|| given.map(|row| row.none.reason.to_string()))
            .unwrap_or_default(),
        revision: given.map_or(0, |row| row.revision),
        ..Typed::default()
    };
    Ok(page(&plan, asked, criterion, &typed, None, &earlier)
        .respond(&state, Some(&actor))
        .await)
}

pub async fn save(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path(practice): Path<String>,
    fields: Fields,
) -> Answered {
    let plan = plan_of(&state, &actor, &practice, PlanOperation::Write).await?;
    let (asked, criterion) = about(&plan, &fields)?;
    let stored = asked
        .none(&criterion.id)
        .map(|row| row.none.reason.to_string())
        .unwrap_or_default();
    let mut typed = Typed {
        reason: fields.get("reason").to_owned(),
        revision: fields.get("revision").parse().unwrap_or(0),
        errors: vec![],
        check: Check::of(&fields, &[("reason", "Why there is no action")], &[&stored]),
    };
    let reason = match Prose::read(&typed.reason) {
        Ok(Some(reason)) => Some(reason),
        Ok(None) => {
            typed.errors.push(Error::at("reason", "Say why there is no action."));
            None
        }
        Err(message) => {
            typed.errors.push(Error::at("reason", message));
            None
        }
    };
    typed.errors.extend(typed.check.errors());
    let (slug, now) = (&plan.practice.info.slug, OffsetDateTime::now_utc());
    // the cycle of the form: another may have come up since
    let cycle = CycleId::parse(fields.get("cycle")).unwrap_or_else(|_| asked.cycle.clone());
    if let Some(reason) = reason.filter(|_| typed.errors.is_empty()) {
        let id = &criterion.id;
        let store = state
            .store
            .confirming(&actor, [(Some(id.clone()), typed.check.confirmed().clone())]);
        match store
            .explain_no_action(&actor, slug, &cycle, id, typed.revision, &reason, now)
            .await
        {
            Ok(Edited::Saved) => return Ok(see_other(paths::plan(slug))),
            Ok(Edited::Conflict(theirs)) => {
                typed.revision = theirs.revision;
                let page = page(&plan, asked, criterion, &typed, Some(&theirs), &[]).with_status(StatusCode::CONFLICT);
                return Ok(page.respond(&state, Some(&actor)).await);
            }
            Err(StoreError::Refused(sentence)) => typed.errors.push(Error::at("", sentence)),
            Err(other) => return Err(other.into()),
        }
    }
    let page = page(&plan, asked, criterion, &typed, None, &[]).with_status(StatusCode::UNPROCESSABLE_ENTITY);
    Ok(page.respond(&state, Some(&actor)).await)
}

fn about<'p>(plan: &'p Plan, fields: &Fields) -> Result<(&'p Asked, &'p Criterion), Refusal> {
    let asked = plan.asked.as_ref().ok_or(Refusal::NotFound)?;
    let place = place_of(asked, fields.get("criterion")).ok_or(Refusal::NotFound)?;
    Ok((asked, &asked.framework.criteria[place]))
}

/// Returns what was given as a reason before.
async fn earlier(
    state: &AppState,
    actor: &Actor,
    plan: &Plan,
    given: Option<&NoActionRow>,
) -> Result<Vec<Wording>, Refusal> {
    match given {
        Some(given) => Ok(state
            .store
            .written(actor, &plan.practice.info.slug, Kind::NoAction, (given.key, 0))
            .await?),
        None => Ok(vec![]),
    }
}

fn page(
    plan: &Plan,
    asked: &Asked,
    criterion: &Criterion,
    typed: &Typed,
    theirs: Option<&NoActionRow>,
    earlier: &[Wording],
) -> Page {
    let slug = &plan.practice.info.slug;
    let conflict = theirs.map(|theirs| {
        let words = format!(
            "{} saved this on {}. Yours is in the form below. Saving it replaces theirs.",
            theirs.who,
            moment(theirs.at)
        );
        saved_meanwhile(
            "Somebody else gave a reason meanwhile",
            words,
            prose(theirs.none.reason.as_str()),
        )
    });
    let above = view! {
        {error_summary(&typed.errors)}
        {conflict}
        <span class="govuk-caption-l">{format!("{}, {}", plan.practice.info.name, asked.cycle)}</span>
        <h1 class="govuk-heading-l">"Why there is no action"</h1>
        <h2 class="govuk-heading-m">{criterion.title.clone()}</h2>
    }
    .into_any();
    let fields = view! {
        {hidden("cycle", asked.cycle.as_str())}
        {hidden("criterion", criterion.id.as_str())}
        {hidden("revision", &typed.revision.to_string())}
        {typed.check.notice()}
        <TextArea name="reason" label="Reason" hint="It stands in the report beside the plan." value=typed.reason.clone() error=error_of(&typed.errors, "reason")/>
    }
    .into_any();
    let action = paths::plan_page(slug, "none");
    let earlier = below_form(Kind::NoAction, earlier, &format!("{action}?criterion={}", criterion.id));
    Page::built("Why there is no action", move || {
        view! {
            {above}
            {marked_form(action, fields, "Save the reason", "govuk-button")}
            {earlier}
        }
        .into_any()
    })
    .with_back(paths::plan(slug), "Improvement plan")
    .with_islands()
}
