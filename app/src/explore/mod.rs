//! The drift explorer: any two cycles, Practice by element and criterion by cycle, down to what was said.
//!
//! The address holds the whole view ([`view::View`]), so that it can be shared. Everything is drawn on the server.

mod behind;
mod criteria;
mod criterion;
mod filters;
mod heat;
mod practices;
mod view;
mod years;

use crate::web::{Access, AppState, Endpoint, Page, Refusal, work};
use framework::{actor::Actor, report::NoReport};
use leptos::prelude::*;
use std::sync::Arc;
use store::Finalised;

/// This feature's routes.
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get("/drift", Access::National, practices::show),
        Endpoint::get("/drift/criteria", Access::National, criteria::show),
        Endpoint::get("/drift/years", Access::National, years::show),
        Endpoint::get("/drift/criteria/{criterion}", Access::National, criterion::show),
        Endpoint::get("/drift/practices/{practice}/{element}", Access::National, behind::show),
    ]
}

/// Works something out from the network, on a thread of its own.
async fn ask<T: Send + 'static>(
    network: &Arc<Finalised>,
    question: impl FnOnce(&Finalised) -> Result<T, NoReport> + Send + 'static,
) -> Result<T, Refusal> {
    let network = network.clone();
    work(move || question(&network).map_err(|error| error.to_string())).await
}

/// What stands here before anything was finalised.
async fn nothing_yet(state: &AppState, actor: &Actor) -> axum::response::Response {
    let body = view! {
        <h1 class="govuk-heading-l">"Drift explorer"</h1>
        <p class="govuk-body">"No assessment is finalised yet. As soon as one is, it stands here beside the others, and from the second cycle on you see what moved."</p>
        <p class="govuk-body"><a class="govuk-link" href="/queue">"Go to the review queue"</a></p>
    };
    Page::new("Drift explorer", body).respond(state, Some(actor)).await
}
