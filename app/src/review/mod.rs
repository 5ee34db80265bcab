//! Review by National Pause: the queue, the side-by-side sheet, return, moderation, finalise.

mod conflicts;
mod finalise;
mod missing;
mod moderation;
mod overview;
mod queue;
mod reviewers;
mod sheet;
mod steps;

use crate::{
    assessment::path_of,
    paths::AssessmentPath,
    web::{Access, AppState, Endpoint, Refusal},
};
use framework::{
    actor::{Actor, Standing},
    lifecycle::Status,
};
use store::Assessment;

/// This feature's routes.
pub fn endpoints() -> Vec<Endpoint> {
    use Access::National;
    vec![
        Endpoint::get("/queue", National, queue::show),
        Endpoint::get("/practices/{practice}/{cycle}/review", National, overview::show),
        Endpoint::post("/practices/{practice}/{cycle}/review", National, overview::act),
        Endpoint::post("/practices/{practice}/{cycle}/review/ready", National, overview::ready),
        Endpoint::get(
            "/practices/{practice}/{cycle}/reviewers",
            Access::Administrator,
            reviewers::show,
        ),
        Endpoint::post(
            "/practices/{practice}/{cycle}/reviewers",
            Access::Administrator,
            reviewers::assign,
        ),
        Endpoint::get("/conflicts", National, conflicts::show),
        Endpoint::post("/conflicts", National, conflicts::declare),
        Endpoint::post("/conflicts/lift", Access::Administrator, conflicts::lift),
        Endpoint::get("/practices/{practice}/{cycle}/review/{element}", National, sheet::show),
        Endpoint::post("/practices/{practice}/{cycle}/review/{element}", National, sheet::save),
        Endpoint::get("/practices/{practice}/{cycle}/moderation", National, moderation::show),
        Endpoint::post("/practices/{practice}/{cycle}/moderation", National, moderation::save),
        Endpoint::get("/practices/{practice}/{cycle}/finalise", National, finalise::show),
        Endpoint::post("/practices/{practice}/{cycle}/finalise", National, finalise::confirm),
    ]
}

/// Returns the assessment that an address names, for somebody who may review it: not of the Practice, and submitted.
async fn reviewable(
    state: &AppState,
    actor: &Actor,
    practice: &str,
    cycle: &str,
) -> Result<(AssessmentPath, Assessment), Refusal> {
    let at = path_of(practice, cycle)?;
    let assessment = state.store.assessment(actor, &at.practice, &at.cycle).await?;
    let independent = matches!(assessment.standing, Standing::Reviewer | Standing::Administrator);
    if independent && assessment.status != Status::Draft {
        Ok((at, assessment))
    } else {
        Err(Refusal::NotFound)
    }
}
