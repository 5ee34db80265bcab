//! All routes of the site, feature by feature.

use crate::{
    account, adaptations, admin, assessment, clarification, frameworks, home, notices, results, review,
    web::{AppState, Endpoint, gate},
};
use axum::Router;

/// The largest form that is taken, in bytes.
pub const BODY_LIMIT: usize = 4 * 1024 * 1024;

/// Every route with its method and who may use it. The router is made from this table, and tests walk it.
pub fn endpoints() -> Vec<Endpoint> {
    [
        home::endpoints(),
        notices::endpoints(),
        account::endpoints(),
        assessment::endpoints(),
        adaptations::endpoints(),
        clarification::endpoints(),
        review::endpoints(),
        results::endpoints(),
        frameworks::endpoints(),
        admin::endpoints(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The site: every endpoint behind its gate, and a page for addresses that nothing answers.
pub fn router(state: AppState) -> Router {
    // leptos spawns on tokio; a second call finds it set already
    let _ = any_spawner::Executor::init_tokio();
    gate::router(endpoints(), &state)
        .fallback(gate::unknown)
        .with_state(state)
}
