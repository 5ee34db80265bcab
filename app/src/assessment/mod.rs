//! Self-assessment: the Practice's page, the task list, one page an element, check and submit.

mod check;
mod element;
mod element_view;
mod history;
mod practice;
mod statement;
mod tasks;

pub use element::element_of;

use crate::{
    paths::AssessmentPath,
    web::{Access, Endpoint, Refusal},
};
use framework::ids::{CycleId, PracticeSlug};

/// This feature's routes.
pub fn endpoints() -> Vec<Endpoint> {
    use Access::Practice;
    vec![
        Endpoint::get("/practices/{practice}", Practice, practice::show),
        Endpoint::post("/practices/{practice}/{cycle}/start", Practice, practice::start),
        Endpoint::get("/practices/{practice}/{cycle}", Practice, tasks::show),
        Endpoint::get(
            "/practices/{practice}/{cycle}/elements/{element}",
            Practice,
            element::show,
        ),
        Endpoint::post(
            "/practices/{practice}/{cycle}/elements/{element}",
            Practice,
            element::save,
        ),
        Endpoint::get("/practices/{practice}/{cycle}/check", Practice, check::show),
        Endpoint::post("/practices/{practice}/{cycle}/submit", Practice, check::submit),
        Endpoint::get("/practices/{practice}/{cycle}/statement", Practice, statement::show),
        Endpoint::post("/practices/{practice}/{cycle}/statement", Practice, statement::make),
        Endpoint::get("/practices/{practice}/{cycle}/history", Practice, history::show),
        Endpoint::get(
            "/practices/{practice}/{cycle}/history/{criterion}",
            Practice,
            history::wordings::show,
        ),
        Endpoint::post(
            "/practices/{practice}/{cycle}/history/{criterion}",
            Practice,
            history::wordings::put_back,
        ),
    ]
}

/// Returns the assessment that an address names.
///
/// # Errors
/// [`Refusal::NotFound`] where the address cannot name one.
pub fn path_of(practice: &str, cycle: &str) -> Result<AssessmentPath, Refusal> {
    match (PracticeSlug::parse(practice), CycleId::parse(cycle)) {
        (Ok(practice), Ok(cycle)) => Ok(AssessmentPath { practice, cycle }),
        _ => Err(Refusal::NotFound),
    }
}
