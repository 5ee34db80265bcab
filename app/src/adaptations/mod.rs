//! The register of adaptations: what a Practice does differently, proposed by it and decided by National Pause.

mod entry;
mod form;
mod form_page;
mod list;
mod national;
mod steps;

use crate::web::{Access, AppState, Endpoint, Refusal};
use framework::{actor::Actor, adaptation::AdaptationId, ids::PracticeSlug};
use store::RegisterEntry;
use uuid::Uuid;

/// This feature's routes.
pub fn endpoints() -> Vec<Endpoint> {
    use Access::{National, Practice};
    const ALL: &str = "/practices/{practice}/adaptations";
    const NEW: &str = "/practices/{practice}/adaptations/new";
    const ONE: &str = "/practices/{practice}/adaptations/{adaptation}";
    const EDIT: &str = "/practices/{practice}/adaptations/{adaptation}/edit";
    vec![
        Endpoint::get("/adaptations", National, national::show),
        Endpoint::get(ALL, Practice, list::show),
        Endpoint::get(NEW, Practice, form::new),
        Endpoint::post(NEW, Practice, form::add),
        Endpoint::get(ONE, Practice, entry::show),
        Endpoint::post(ONE, Practice, steps::take),
        Endpoint::get(EDIT, Practice, form::edit),
        Endpoint::post(EDIT, Practice, form::change),
    ]
}

/// Returns the names in an address.
fn names(practice: &str, adaptation: &str) -> Result<(PracticeSlug, AdaptationId), Refusal> {
    match (PracticeSlug::parse(practice), Uuid::parse_str(adaptation)) {
        (Ok(practice), Ok(id)) => Ok((practice, AdaptationId(id))),
        _ => Err(Refusal::NotFound),
    }
}

/// Returns the adaptation that an address names.
async fn named(state: &AppState, actor: &Actor, practice: &str, adaptation: &str) -> Result<RegisterEntry, Refusal> {
    let (practice, id) = names(practice, adaptation)?;
    Ok(state.store.adaptation(actor, &practice, id).await?)
}
