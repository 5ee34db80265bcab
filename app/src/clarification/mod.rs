//! Clarifications: what National Pause asks on the criteria of an assessment, and what the Practice answers.

mod page;
mod thread;

use crate::{
    assessment::path_of,
    paths::AssessmentPath,
    ui::{
        form::{Error, error_of},
        identify::Check,
    },
    web::{
        Access, Answered, AppState, Endpoint, Fields, Refusal, SignedIn, fields::field_name, form_key::key_of,
        gate::is_prefetch, render::see_other,
    },
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
};
use framework::{actor::Actor, clarification::ThreadOperation, ids::CriterionId, prose::Prose};
use page::Typed;
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
    if !is_prefetch(&headers) {
        note_shown(&state, &actor, &at, &assessment).await?;
    }
    let about = Typed {
        criterion: CriterionId::parse(query.get("criterion")).ok(),
        ..Typed::default()
    };
    let page = page::page(at, assessment, actor.person, about);
    Ok(page.respond(&state, Some(&actor)).await)
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
    let (act, criterion) = pressed(&fields)?;
    let field = match &criterion {
        Some(criterion) if fields.has(criterion) => field_name(criterion, "text"),
        _ => "text".to_owned(),
    };
    let about = criterion.as_ref().and_then(|id| assessment.framework.criterion(id));
    let label = about.map_or("Your message".to_owned(), |about| {
        format!("Your message on “{}”", about.title)
    });
    let check = Check::of(&fields, &[(&field, &label)], &[]);
    let (status, errors) = match read(&fields, &field, act, criterion.clone()) {
        Err(errors) => (StatusCode::UNPROCESSABLE_ENTITY, errors),
        Ok(_) if check.is_open() => (StatusCode::UNPROCESSABLE_ENTITY, check.errors()),
        Ok(turn) => {
            let now = OffsetDateTime::now_utc();
            let store = state
                .store
                .for_form(key_of(&fields, ""))
                .confirming(&actor, [(Some(turn.criterion.clone()), check.confirmed().clone())]);
            match store.clarify(&actor, &at.practice, &at.cycle, &turn, now).await {
                Ok(_) => {
                    let typed = Typed::left(&fields, &field);
                    if !typed.has_text() {
                        return Ok(see_other(at.clarification(&turn.criterion)));
                    }
                    // what was written on other criteria is stored nowhere: it comes back with the page
                    let assessment = store.assessment(&actor, &at.practice, &at.cycle);
                    let assessment = assessment.await.map_err(Refusal::after_save)?;
                    let page = page::page(at, assessment, actor.person, typed);
                    return Ok(page.respond(&state, Some(&actor)).await);
                }
                Err(StoreError::Refused(sentence)) => (StatusCode::CONFLICT, vec![Error::at(field.clone(), sentence)]),
                // finalised meanwhile, or not this person's to do
                Err(StoreError::Lifecycle(refusal)) => (StatusCode::CONFLICT, vec![Error::at("", refusal.to_string())]),
                Err(other) => return Err(other.into()),
            }
        }
    };
    let typed = Typed {
        criterion,
        fields,
        errors,
        check,
        sent: false,
    };
    // as it stands now: the refusal may speak of a message that has just come
    let assessment = match status {
        StatusCode::CONFLICT => state.store.assessment(&actor, &at.practice, &at.cycle).await?,
        _ => assessment,
    };
    let page = page::page(at, assessment, actor.person, typed).with_status(status);
    Ok(page.respond(&state, Some(&actor)).await)
}

/// Returns what the pressed button does, and on which criterion: `answer:caseload-ceiling`. A new question's button leaves that to
/// the list.
fn pressed(fields: &Fields) -> Result<(ThreadOperation, Option<CriterionId>), Refusal> {
    let pressed = fields.get("act");
    let (act, criterion) = pressed.split_once(':').unwrap_or((pressed, fields.get("criterion")));
    let act = ThreadOperation::from_code(act).ok_or_else(|| Refusal::Unreadable("no such act".into()))?;
    Ok((act, CriterionId::parse(criterion).ok()))
}

fn read(
    fields: &Fields,
    field: &str,
    act: ThreadOperation,
    criterion: Option<CriterionId>,
) -> Result<Turn, Vec<Error>> {
    let mut errors = vec![];
    if criterion.is_none() {
        errors.push(Error::at("criterion", "Choose the criterion that you ask about."));
    }
    let text = Prose::read(fields.get(field)).unwrap_or_else(|message| {
        errors.push(Error::at(field, message));
        None
    });
    let wrong = match (act.speaks(), &text) {
        (true, None) => Some("Write your message."),
        (false, Some(_)) => Some("You have written a message. Send it first, or take it out, so that it is not lost."),
        _ => None,
    };
    if error_of(&errors, field).is_none() {
        errors.extend(wrong.map(|message| Error::at(field, message)));
    }
    match criterion {
        Some(criterion) if errors.is_empty() => Ok(Turn {
            revision: fields.revision(&criterion),
            criterion,
            act,
            text,
        }),
        _ => Err(errors),
    }
}
