//! What was imported, the form for another file, and files to fill in.

use super::view;
use crate::{
    paths,
    ui::{form::Error, text::count},
    web::{Answered, AppState, Fields, Page, Refusal, SignedIn, attachment},
};
use axum::{
    extract::{Path, RawQuery, State},
    response::Response,
};
use framework::{actor::Actor, ids::VersionId};
use report::{exchange, output::Format};
use uuid::Uuid;

const DONE: &str = "done";

/// Returns the list of imports, which begins with what was done to this one.
pub fn done(import: Uuid) -> String {
    format!("{}?{DONE}={import}", paths::IMPORTS)
}

pub async fn show(State(state): State<AppState>, SignedIn(actor): SignedIn, RawQuery(query): RawQuery) -> Answered {
    let query = Fields::parse(&query.unwrap_or_default());
    let page = page(&state, &actor, query.get(DONE), vec![]).await?;
    Ok(page.respond(&state, Some(&actor)).await)
}

/// Returns the page with the form and all imports; `done` is the one that was taken in or back just now.
pub async fn page(state: &AppState, actor: &Actor, done: &str, errors: Vec<Error>) -> Result<Page, Refusal> {
    let imports = state.store.imports(actor).await?;
    let told = imports
        .iter()
        .find(|import| import.id.to_string() == done)
        .map(|import| {
            let what = count(import.assessments.len(), "assessment", "assessments");
            match import.taken_back {
                Some(_) => format!("{} is taken back: {what} deleted", import.file),
                None => format!("{} is imported: {what} added", import.file),
            }
        });
    let versions = state.store.library().versions();
    let versions = versions.map(|framework| framework.version.clone()).collect();
    Ok(view::page(imports, versions, told, errors))
}

pub async fn template(State(state): State<AppState>, Path(version): Path<String>) -> Result<Response, Refusal> {
    let version = VersionId::parse(&version).map_err(|_| Refusal::NotFound)?;
    let framework = state.store.library().version(&version).ok_or(Refusal::NotFound)?;
    let name = format!("earlier-years-{version}");
    Ok(attachment(&name, Format::Csv, exchange::template(framework)))
}
