//! Clarifications: what National Pause asks on the criteria of an assessment, and what the Practice answers.

mod page;
mod thread;

use crate::{
    assessment::path_of,
    paths::AssessmentPath,
    ui::{form::Error, identify::Check},
    web::{Access, Answered, AppState, Endpoint, Fields, Refusal, SignedIn, gate::is_guess, render::see_other},
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
};
use framework::{actor::Actor, clarification::Act, ids::CriterionId, prose::Prose};
use page::{Typed, Visit};
use std::collections::BTreeMap;
use store::{Assessment, StoreError, Turn};
use time::OffsetDateTime;

/// This feature's routes.
pub fn endpoints() -> Vec<Endpoint> {
    use Access::Practice;
    vec![
        Endpoint::get("/practices/{practice}/{cycle}/clarifications", Practice, show),
        Endpoint::post("/practices/{practice}/{cycle}/clarifications", Practice, act),
    ]
}

async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, cycle)): Path<(String, String)>,
    headers: HeaderMap,
    query: Fields,
) -> Answered {
    let at = path_of(&practice, &cycle)?;
    let assessment = state.store.assessment(&actor, &at.practice, &at.cycle).await?;
    if !is_guess(&headers) {
        note_shown(&state, &actor, &at, &assessment).await?;
    }
    let about = Typed {
        criterion: CriterionId::parse(query.get("criterion")).ok(),
        ..Typed::default()
    };
    let visit = Visit {
        at: &at,
        assessment: &assessment,
        person: actor.person,
        typed: &about,
    };
    Ok(page::page(visit).respond(&state, Some(&actor)).await)
}

/// Notes what the page shows as read, if any of it is new. That a person opens the page sets their mark, as everybody
/// knows it from letters; a browser that fetches ahead sets none. A mark only says what is new to one person: what must be
/// done hangs on the state of the thread, so nothing is lost when somebody opens the page and forgets it.
async fn note_shown(
    state: &AppState,
    actor: &Actor,
    at: &AssessmentPath,
    assessment: &Assessment,
) -> Result<(), Refusal> {
    let lines = assessment.framework.criteria.iter().zip(&assessment.lines);
    let unread: BTreeMap<CriterionId, i32> = lines
        .filter_map(|(criterion, line)| Some((criterion, line.clarification.as_ref()?)))
        .filter(|(_, thread)| thread.unread_count() > 0)
        .map(|(criterion, thread)| (criterion.id.clone(), thread.revision))
        .collect();
    if !unread.is_empty() {
        let store = &state.store;
        store
            .mark_clarifications_read(actor, &at.practice, &at.cycle, &unread)
            .await?;
    }
    Ok(())
}

async fn act(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, cycle)): Path<(String, String)>,
    fields: Fields,
) -> Answered {
    let at = path_of(&practice, &cycle)?;
    let assessment = state.store.assessment(&actor, &at.practice, &at.cycle).await?;
    let act = Act::from_code(fields.get("act")).ok_or_else(|| Refusal::Unreadable("no such act".into()))?;
    let criterion = CriterionId::parse(fields.get("criterion")).ok();
    let field = match &criterion {
        Some(criterion) if fields.has(criterion) => format!("{criterion}.text"),
        _ => "text".to_owned(),
    };
    let check = Check::of(&fields, &[(&field, "Your message")], &[]);
    let (status, errors) = match read(&fields, &field, act, criterion.clone()) {
        Err(error) => (StatusCode::UNPROCESSABLE_ENTITY, vec![error]),
        Ok(_) if check.is_open() => (StatusCode::UNPROCESSABLE_ENTITY, check.errors()),
        Ok(turn) => {
            let now = OffsetDateTime::now_utc();
            match state.store.clarify(&actor, &at.practice, &at.cycle, &turn, now).await {
                Ok(_) => {
                    let kept = [(Some(turn.criterion.clone()), check.kept().clone())];
                    let store = &state.store;
                    store
                        .keep_detail(&actor, &at.practice, Some(&at.cycle), &kept, now)
                        .await?;
                    return Ok(see_other(at.clarification(&turn.criterion)));
                }
                Err(StoreError::Refused(sentence)) => (StatusCode::CONFLICT, vec![Error::at(field.clone(), sentence)]),
                Err(other) => return Err(other.into()),
            }
        }
    };
    let typed = Typed {
        text: fields.get(&field).to_owned(),
        criterion,
        errors,
        check,
    };
    // as it stands now: the refusal may speak of a message that has just come
    let assessment = match status {
        StatusCode::CONFLICT => state.store.assessment(&actor, &at.practice, &at.cycle).await?,
        _ => assessment,
    };
    let visit = Visit {
        at: &at,
        assessment: &assessment,
        person: actor.person,
        typed: &typed,
    };
    let page = page::page(visit).with_status(status);
    Ok(page.respond(&state, Some(&actor)).await)
}

fn read(fields: &Fields, field: &str, act: Act, criterion: Option<CriterionId>) -> Result<Turn, Error> {
    let criterion = criterion.ok_or_else(|| Error::at("criterion", "Choose the criterion that you ask about."))?;
    let text = Prose::read(fields.get(field)).map_err(|message| Error::at(field, message))?;
    match (act.speaks(), &text) {
        (true, None) => Err(Error::at(field, "Write your message.")),
        (false, Some(_)) => Err(Error::at(
            field,
            "You have written a message. Send it first, or take it out, so that it is not lost.",
        )),
        _ => Ok(Turn {
            revision: fields.revision(&criterion),
            criterion,
            act,
            text,
        }),
    }
}
