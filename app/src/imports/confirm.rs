//! An uploaded file: what it would do, and once that is confirmed, doing it. The file is held in between.

use super::{
    list,
    trial::{EarlierYears, Trial},
    view::{self, ALLOW_INCOMPLETE, KEEP_DETAIL},
};
use crate::{
    paths,
    ui::{checkboxes::TICKED, form::Error},
    web::{Answered, AppState, Fields, Refusal, SignedIn, Upload, render::see_other, work},
};
use axum::{extract::State, http::StatusCode};
use files::{Checked, FilesError};
use framework::actor::Actor;
use report::exchange::Problem;
use store::StoreError;
use time::OffsetDateTime;

/// JSON is no kind of file that is kept, so it is checked as the text it is.
const AS_TEXT: &str = ".txt";

const GONE: &str = "The file is no longer held. Choose it again.";

const NO_FILE: &str = "Choose a CSV or JSON file.";

const NOT_SCANNED: &str =
    "The file cannot be checked for viruses at the moment, so it was not read. Try again in a few minutes.";

/// Takes an upload and shows what it would do.
pub async fn tried(State(state): State<AppState>, SignedIn(actor): SignedIn, upload: Upload) -> Answered {
    match look_at(&state, upload).await? {
        Ok(file) => show(&state, &actor, file, vec![]).await,
        Err(sentence) => refuse(&state, &actor, vec![Error::at("file", sentence)]).await,
    }
}

/// Takes in what was shown.
pub async fn confirmed(State(state): State<AppState>, SignedIn(actor): SignedIn, fields: Fields) -> Answered {
    let now = OffsetDateTime::now_utc();
    let Some(file) = state.held.take(&actor, fields.get("held"), now) else {
        return refuse(&state, &actor, vec![Error::at("file", GONE)]).await;
    };
    let trial = match try_out(&state, &actor, &file).await? {
        Ok(trial) => trial,
        Err(_) => return show(&state, &actor, file, vec![]).await,
    };
    let ticked = |name: &str| fields.get(name) == TICKED;
    let mut errors = vec![];
    if !trial.incomplete().is_empty() && !ticked(ALLOW_INCOMPLETE) {
        let sentence =
            "Confirm that you want to import the assessments with missing criteria, or add the criteria to the file.";
        errors.push(Error::at(ALLOW_INCOMPLETE, sentence));
    }
    if !trial.identifying().is_empty() && !ticked(KEEP_DETAIL) {
        let sentence = "Confirm that the marked words identify nobody, or rewrite them in the file.";
        errors.push(Error::at(KEEP_DETAIL, sentence));
    }
    if !errors.is_empty() {
        return show(&state, &actor, file, errors).await;
    }
    match trial.take_in(&state.store, &actor, ticked(ALLOW_INCOMPLETE), now).await {
        Ok(outcome) => Ok(see_other(
            outcome.recorded.map_or_else(|| paths::IMPORTS.to_owned(), list::done),
        )),
        Err(StoreError::Refused(_) | StoreError::Taken(_)) => show(&state, &actor, file, vec![]).await,
        Err(other) => Err(other.into()),
    }
}

/// Returns the file that came, or why it is not taken.
async fn look_at(state: &AppState, upload: Upload) -> Result<Result<Checked, String>, Refusal> {
    let Some((name, received)) = upload.file else {
        return Ok(Err(NO_FILE.to_owned()));
    };
    let is_json = name.to_lowercase().ends_with(".json");
    let name = if is_json { format!("{name}{AS_TEXT}") } else { name };
    let looked = match received {
        Ok(received) => state.files.check(&name, received).await,
        Err(error) => Err(error),
    };
    match looked {
        Ok(file) if file.facts.kind.is_text() => Ok(Ok(file)),
        Ok(_) => Ok(Err(format!(
            "This is not a CSV or JSON file. In Excel choose File, Save As, “CSV UTF-8 (Comma delimited)”. {NO_FILE}"
        ))),
        Err(FilesError::Refused(sentence)) => Ok(Err(sentence)),
        Err(FilesError::NotScanned(cause)) => {
            tracing::error!(%cause, "a file was not taken");
            Ok(Err(NOT_SCANNED.to_owned()))
        }
        Err(other) => Err(Refusal::Broken(other.to_string())),
    }
}

/// Why a file cannot be taken in.
enum Why {
    Unreadable(Vec<Problem>),
    Refused(String),
}

/// Returns what the file would do.
async fn try_out(state: &AppState, actor: &Actor, file: &Checked) -> Result<Result<Trial, Why>, Refusal> {
    let broken = |error: FilesError| Refusal::Broken(error.to_string());
    let text = file.text().await.map_err(broken)?.unwrap_or_default();
    let name = name_of(file).to_owned();
    let library = state.store.library().clone();
    let read = work(move || Ok(EarlierYears::read(&library, &name, text.as_bytes()))).await?;
    let years = match read {
        Ok(years) => years,
        Err(problems) => return Ok(Err(Why::Unreadable(problems))),
    };
    match years.tried(&state.store, actor).await {
        Ok(trial) => Ok(Ok(trial)),
        Err(StoreError::Refused(sentence)) => Ok(Err(Why::Refused(sentence))),
        Err(other) => Err(other.into()),
    }
}

/// Returns the name as it was sent.
fn name_of(file: &Checked) -> &str {
    let name = file.facts.name.as_str();
    match name.strip_suffix(AS_TEXT) {
        Some(json) if json.to_lowercase().ends_with(".json") => json,
        _ => name,
    }
}

/// Returns the dry run, with the form that confirms it where it can be taken in.
async fn show(state: &AppState, actor: &Actor, file: Checked, errors: Vec<Error>) -> Answered {
    let name = name_of(&file).to_owned();
    let (page, status) = match try_out(state, actor, &file).await? {
        Err(why) => {
            let lines = match why {
                Why::Unreadable(problems) => problems.iter().map(Problem::to_string).collect(),
                Why::Refused(sentences) => sentences.lines().map(str::to_owned).collect(),
            };
            (view::refused(&name, lines), StatusCode::UNPROCESSABLE_ENTITY)
        }
        Ok(trial) => {
            let token = state.held.hold(actor, file, OffsetDateTime::now_utc())?;
            let status = if errors.is_empty() {
                StatusCode::OK
            } else {
                StatusCode::UNPROCESSABLE_ENTITY
            };
            (view::dry_run(&name, &trial, &token, errors), status)
        }
    };
    Ok(page.with_status(status).respond(state, Some(actor)).await)
}

async fn refuse(state: &AppState, actor: &Actor, errors: Vec<Error>) -> Answered {
    let page = list::page(state, actor, "", errors).await?;
    Ok(page
        .with_status(StatusCode::UNPROCESSABLE_ENTITY)
        .respond(state, Some(actor))
        .await)
}
