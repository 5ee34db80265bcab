//! Reading the framework: its versions, an element with its criteria, what changed.

mod booklet;
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
        Endpoint::get("/frameworks/{version}/booklet", Access::SignedIn, booklet::show),
        Endpoint::get("/frameworks/{version}/booklet.pdf", Access::SignedIn, booklet::download),
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
    let older = state.store.library().before(&newer).ok_or(Refusal::NotFound)?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use framework::library::Library;

    #[test]
    fn no_element_has_the_address_of_another_page() {
        let endpoints = endpoints();
        let beside = endpoints
            .iter()
            .filter_map(|e| e.path.strip_prefix("/frameworks/{version}/"));
        let taken: Vec<&str> = beside.filter(|page| *page != "{element}").collect();
        assert!(taken.contains(&"booklet"));
        let elements = Library::embedded().versions().flat_map(|version| &version.elements);
        for element in elements {
            assert!(
                !taken.contains(&element.id.as_str()),
                "{} could not be opened",
                element.id
            );
        }
    }
}
