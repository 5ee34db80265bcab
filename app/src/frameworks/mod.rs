//! Reading the framework: its versions, an element with its criteria, what changed.

mod pages;

use crate::web::{Access, Answered, AppState, Endpoint, Refusal, SignedIn};
use axum::extract::{Path, State};
use framework::ids::{ElementId, VersionId};

/// This feature's routes.
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get("/frameworks", Access::SignedIn, show_versions),
        Endpoint::get("/frameworks/{version}", Access::SignedIn, show_version),
        Endpoint::get("/frameworks/{version}/changes", Access::SignedIn, show_changes),
        Endpoint::get("/frameworks/{version}/{element}", Access::SignedIn, show_element),
    ]
}

async fn show_versions(State(state): State<AppState>, SignedIn(actor): SignedIn) -> Answered {
    Ok(pages::versions(state.store.library())
        .respond(&state, Some(&actor))
        .await)
}

async fn show_version(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path(version): Path<String>,
) -> Answered {
    let framework = find(&state, &version)?;
    Ok(pages::version(&framework).respond(&state, Some(&actor)).await)
}

async fn show_changes(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path(version): Path<String>,
) -> Answered {
    let newer = find(&state, &version)?;
    let older = newer
        .before
        .as_ref()
        .and_then(|id| state.store.library().version(id))
        .ok_or(Refusal::NotFound)?;
    Ok(pages::changes(older, &newer).respond(&state, Some(&actor)).await)
}

async fn show_element(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((version, element)): Path<(String, String)>,
) -> Answered {
    let framework = find(&state, &version)?;
    let element = ElementId::parse(&element)
        .ok()
        .and_then(|id| framework.element(&id))
        .ok_or(Refusal::NotFound)?;
    Ok(pages::element(&framework, element).respond(&state, Some(&actor)).await)
}

fn find(state: &AppState, version: &str) -> Result<std::sync::Arc<framework::criteria::Framework>, Refusal> {
    let id = VersionId::parse(version).map_err(|_| Refusal::NotFound)?;
    state.store.library().version(&id).cloned().ok_or(Refusal::NotFound)
}
