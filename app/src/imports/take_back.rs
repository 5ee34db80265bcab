//! Taking back a mistaken import, with a reason.

use super::{list, view};
use crate::{
    ui::{form::Error, identify::Check},
    web::{Answered, AppState, Fields, Page, Refusal, SignedIn, render::see_other},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use framework::{actor::Actor, prose::Prose};
use store::{ImportRecord, StoreError};
use time::OffsetDateTime;
use uuid::Uuid;

pub async fn show(State(state): State<AppState>, SignedIn(actor): SignedIn, Path(id): Path<String>) -> Answered {
    let import = import_of(&state, &actor, &id).await?;
    let page = page(import, &Fields::default(), &Check::default(), vec![]);
    Ok(page.respond(&state, Some(&actor)).await)
}

pub async fn take_back(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Answered {
    let import = import_of(&state, &actor, &id).await?;
    let check = Check::of(&fields, &[("why", "Reason")], &[]);
    let mut errors = check.errors();
    match Prose::read(fields.get("why")) {
        Ok(None) => errors.push(Error::at("why", "Enter a reason.")),
        Err(sentence) => errors.push(Error::at("why", sentence)),
        Ok(Some(why)) if errors.is_empty() => {
            let taken = state
                .store
                .take_back(&actor, import.id, &why, OffsetDateTime::now_utc())
                .await;
            match taken {
                Ok(()) => return Ok(see_other(list::done(import.id))),
                Err(StoreError::Refused(lines)) => errors.extend(lines.lines().map(|line| Error::at("", line))),
                Err(other) => return Err(other.into()),
            }
        }
        Ok(Some(_)) => {}
    }
    let page = page(import, &fields, &check, errors).with_status(StatusCode::UNPROCESSABLE_ENTITY);
    Ok(page.respond(&state, Some(&actor)).await)
}

fn page(import: ImportRecord, fields: &Fields, check: &Check, errors: Vec<Error>) -> Page {
    view::take_back(&import, fields.get("why"), check, errors)
}

async fn import_of(state: &AppState, actor: &Actor, id: &str) -> Result<ImportRecord, Refusal> {
    let id = Uuid::parse_str(id).map_err(|_| Refusal::NotFound)?;
    let imports = state.store.imports(actor).await?;
    imports
        .into_iter()
        .find(|import| import.id == id)
        .ok_or(Refusal::NotFound)
}
