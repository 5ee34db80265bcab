//! The improvement plan: a Practice's actions and reasons for none, the support it was given, and all open actions for
//! National Pause.

mod action;
mod form;
mod history;
mod national;
mod none;
mod page;
mod support;

use crate::{
    ui::plan::today,
    web::{Access, Answered, AppState, Endpoint, Fields, Refusal, SignedIn},
};
use axum::extract::{Path, State};
use framework::{
    actor::Actor,
    ids::{CriterionId, PracticeSlug},
    plan::{ActionId, PlanOperation, SupportId, may},
};
use store::{Asked, Plan};
use uuid::Uuid;

/// This feature's routes.
pub fn endpoints() -> Vec<Endpoint> {
    use Access::{National, Practice};
    const NEW: &str = "/practices/{practice}/plan/new";
    const NONE: &str = "/practices/{practice}/plan/none";
    const ACTION: &str = "/practices/{practice}/plan/actions/{action}";
    const CHANGE: &str = "/practices/{practice}/plan/actions/{action}/change";
    const SUPPORT: &str = "/practices/{practice}/plan/support";
    const RATING: &str = "/practices/{practice}/plan/support/{support}";
    vec![
        Endpoint::get("/actions", National, national::show),
        Endpoint::get("/practices/{practice}/plan", Practice, show),
        Endpoint::get(NEW, Practice, action::begin),
        Endpoint::post(NEW, Practice, action::raise),
        Endpoint::get(NONE, Practice, none::show),
        Endpoint::post(NONE, Practice, none::save),
        Endpoint::get(ACTION, Practice, history::show),
        Endpoint::post(ACTION, Practice, history::act),
        Endpoint::get(CHANGE, Practice, action::edit),
        Endpoint::post(CHANGE, Practice, action::change),
        Endpoint::get(SUPPORT, National, support::begin),
        Endpoint::post(SUPPORT, National, support::record),
        Endpoint::get(RATING, Practice, support::ask),
        Endpoint::post(RATING, Practice, support::rate),
    ]
}

async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path(practice): Path<String>,
    filter: Fields,
) -> Answered {
    let plan = plan_of(&state, &actor, &practice, PlanOperation::Read).await?;
    Ok(page::page(&plan, &filter, today()).respond(&state, Some(&actor)).await)
}

/// Returns the plan of the Practice that an address names, for somebody who may do this with it.
async fn plan_of(state: &AppState, actor: &Actor, practice: &str, deed: PlanOperation) -> Result<Plan, Refusal> {
    let slug = slug_of(practice)?;
    let plan = state.store.improvement_plan(actor, &slug).await?;
    if may(deed, plan.standing) {
        Ok(plan)
    } else {
        Err(Refusal::NotFound)
    }
}

fn slug_of(practice: &str) -> Result<PracticeSlug, Refusal> {
    PracticeSlug::parse(practice).map_err(|_| Refusal::NotFound)
}

fn action_of(id: &str) -> Result<ActionId, Refusal> {
    id.parse().map(|id: Uuid| ActionId(id)).map_err(|_| Refusal::NotFound)
}

fn support_of(id: &str) -> Result<SupportId, Refusal> {
    id.parse().map(|id: Uuid| SupportId(id)).map_err(|_| Refusal::NotFound)
}

/// Returns the place of the criterion that a form or address names, in the version that is asked of now.
fn place_of(asked: &Asked, criterion: &str) -> Option<usize> {
    asked.framework.position(&CriterionId::parse(criterion).ok()?)
}
