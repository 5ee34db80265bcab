//! All routes of the site, feature by feature.

use crate::{
    account, adaptations, admin, assessment, clarification, evidence, explore, frameworks, home, imports, notices,
    plan, results, review, schemas,
    web::{AppState, Endpoint, gate},
};
use axum::Router;

/// The largest form that is taken, in bytes.
pub const BODY_LIMIT: usize = 4 * 1024 * 1024;

/// The largest form with a file that is read to its end, in bytes: larger than the largest file that is taken, so that
/// a file that is somewhat too large is refused on its page with all that was typed.
pub const UPLOAD_LIMIT: usize = 64 * 1024 * 1024;

/// Every route with its method and who may use it. The router is made from this table, and tests walk it.
pub fn endpoints() -> Vec<Endpoint> {
    [
        home::endpoints(),
        notices::endpoints(),
        account::endpoints(),
        assessment::endpoints(),
        adaptations::endpoints(),
        clarification::endpoints(),
        evidence::endpoints(),
        plan::endpoints(),
        review::endpoints(),
        results::endpoints(),
        explore::endpoints(),
        schemas::endpoints(),
        frameworks::endpoints(),
        admin::endpoints(),
        imports::endpoints(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Returns the site: every endpoint behind its gate but those of [`uploads`], and a page for addresses that nothing answers.
pub fn router(state: AppState) -> Router {
    // leptos spawns on tokio; a second call finds it set already
    let _ = any_spawner::Executor::init_tokio();
    gate::router(endpoints().into_iter().filter(|endpoint| !endpoint.upload), &state)
        .fallback(gate::unknown)
        .with_state(state)
}

/// Returns the endpoints that take files, behind their gates: they want a larger limit and more time.
pub fn uploads(state: AppState) -> Router {
    gate::router(endpoints().into_iter().filter(|endpoint| endpoint.upload), &state).with_state(state)
}
