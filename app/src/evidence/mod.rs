//! A Practice's evidence: the library, an item with its versions and files, and citing items on criteria.

mod citing;
mod download;
mod edit;
mod edit_view;
mod item;
mod library;
mod look_through;

use crate::{
    paths::EvidencePath,
    web::{Access, AppState, Endpoint, Refusal},
};
use framework::{
    actor::Actor,
    evidence::{EvidenceId, EvidenceKind, may_edit_library},
    ids::PracticeSlug,
};
use store::Practice;

/// This feature's routes.
pub fn endpoints() -> Vec<Endpoint> {
    use Access::Practice;
    vec![
        Endpoint::get("/practices/{practice}/evidence", Practice, library::show),
        Endpoint::get("/practices/{practice}/evidence/add/{kind}", Practice, edit::show_new),
        Endpoint::upload("/practices/{practice}/evidence/add/{kind}", Practice, edit::add),
        Endpoint::get("/practices/{practice}/evidence/{item}", Practice, item::show),
        Endpoint::get("/practices/{practice}/evidence/{item}/edit", Practice, edit::show),
        Endpoint::upload("/practices/{practice}/evidence/{item}/edit", Practice, edit::change),
        Endpoint::post(
            "/practices/{practice}/evidence/{item}/withdraw",
            Practice,
            item::withdraw,
        ),
        Endpoint::post("/practices/{practice}/evidence/{item}/confirm", Practice, item::confirm),
        Endpoint::get(
            "/practices/{practice}/evidence/{item}/{version}/file",
            Practice,
            download::show,
        ),
        Endpoint::get(
            "/practices/{practice}/{cycle}/evidence/{criterion}",
            Practice,
            citing::show,
        ),
        Endpoint::post(
            "/practices/{practice}/{cycle}/evidence/{criterion}",
            Practice,
            citing::save,
        ),
    ]
}

/// Returns the library that an address names.
fn library_of(practice: &str) -> Result<EvidencePath, Refusal> {
    let practice = PracticeSlug::parse(practice).map_err(|_| Refusal::NotFound)?;
    Ok(EvidencePath { practice })
}

/// Returns the item that an address names.
fn item_of(id: &str) -> Result<EvidenceId, Refusal> {
    EvidenceId::parse(id).ok_or(Refusal::NotFound)
}

/// Returns the kind that an address names.
fn kind_of(kind: &str) -> Result<EvidenceKind, Refusal> {
    EvidenceKind::from_code(kind).ok_or(Refusal::NotFound)
}

/// Returns the Practice, for those who keep its library.
async fn require_library_editor(state: &AppState, actor: &Actor, at: &EvidencePath) -> Result<Practice, Refusal> {
    let practice = state.store.practice(actor, &at.practice).await?;
    if may_edit_library(actor.standing(practice.id)) {
        Ok(practice)
    } else {
        Err(Refusal::NotFound)
    }
}
