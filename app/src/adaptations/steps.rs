//! Proposing, taking back, deciding.

use super::{
    entry::{DecideForm, OVER, page},
    named, names,
};
use crate::{
    paths,
    ui::{
        checkboxes::TICKED,
        form::{Error, day_of},
        identify::Check,
        register::today,
    },
    web::{Answered, AppState, Fields, Refusal, SignedIn, render::see_other},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use framework::{
    adaptation::{Ruling, read_until},
    assessment::{FieldError, prose},
    day,
    prose::is_blank,
};
use store::{RegisterEntry, Step, StoreError};
use time::OffsetDateTime;

pub async fn take(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, adaptation)): Path<(String, String)>,
    fields: Fields,
) -> Answered {
    let (slug, id) = names(&practice, &adaptation)?;
    let entry = named(&state, &actor, &practice, &adaptation).await?;
    let form = DecideForm {
        ruling: fields.get("ruling").to_owned(),
        reason: fields.get("reason").to_owned(),
        until: day_of(&fields, "until"),
        over: fields.get(&format!("{OVER}.{TICKED}")) == TICKED,
        check: Check::of(&fields, &[("reason", "Why")], &[]),
    };
    let step = match fields.get("step") {
        "propose" => Ok(Step::Propose),
        "withdraw" => Ok(Step::Withdraw),
        "decide" => read(&entry, &form),
        _ => return Err(Refusal::Unreadable("no such step".into())),
    };
    let errors = match step {
        Err(errors) => {
            let errors = errors.into_iter().map(|e| Error::at(e.field, e.message));
            errors.chain(form.check.errors()).collect()
        }
        Ok(_) if form.check.is_open() => form.check.errors(),
        Ok(step) => {
            let revision = fields.get("revision").parse().unwrap_or(0);
            let now = OffsetDateTime::now_utc();
            let store = state.store.confirming(&actor, [(None, form.check.confirmed().clone())]);
            let moved = store.move_adaptation(&actor, &slug, id, revision, step, now);
            match moved.await {
                Ok(()) => return Ok(see_other(paths::adaptation(&slug, id))),
                Err(StoreError::Refused(sentence)) => vec![Error::at("", sentence)],
                Err(other) => return Err(other.into()),
            }
        }
    };
    // as it is now: perhaps somebody else was faster
    let entry = named(&state, &actor, &practice, &adaptation).await?;
    let page = page(state.store.library(), &entry, &form, &errors).with_status(StatusCode::UNPROCESSABLE_ENTITY);
    Ok(page.respond(&state, Some(&actor)).await)
}

fn read(entry: &RegisterEntry, form: &DecideForm) -> Result<Step, Vec<FieldError>> {
    let mut errors = vec![];
    let refuse = |field, message: &str| FieldError {
        field,
        message: message.to_owned(),
    };
    let ruling = Ruling::from_code(&form.ruling);
    if ruling.is_none() {
        errors.push(refuse("ruling", "Choose what you decide."));
    }
    let since = entry.adaptation.latest().map(|round| round.proposal.since);
    let until = read_until(&form.until, since, &mut errors);
    let agreed = ruling.is_some_and(|ruling| ruling.class().is_some());
    if let Some(past) = until.filter(|until| agreed && !form.over && *until < today()) {
        let words = day::words(past);
        let sentence = format!(
            "{words} is past: the agreement explains nothing from today on, only what was so by then. Change the day, or say that you mean it."
        );
        errors.push(refuse(OVER, &sentence));
    }
    let reason = prose("reason", &form.reason, &mut errors);
    if is_blank(&form.reason) {
        errors.push(refuse("reason", "Say why, in a few words. The Practice reads it."));
    }
    match (ruling, reason) {
        (Some(ruling), Some(reason)) if errors.is_empty() => Ok(Step::Decide { ruling, reason, until }),
        _ => Err(errors),
    }
}
