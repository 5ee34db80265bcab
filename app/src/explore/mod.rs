//! The drift explorer: any two cycles, Practice by element and criterion by cycle, down to what was said.
//!
//! The address holds the whole view ([`view::View`]), so that it can be shared. Everything is drawn on the server.

mod behind;
mod criteria;
mod criterion;
mod drifting;
mod filters;
mod heat;
mod network;
mod practices;
mod view;
mod years;

use crate::web::{Access, Answered, AppState, Endpoint, Page, Refusal, work};
use framework::{actor::Actor, explore::Explorer};
use leptos::prelude::*;
use std::{num::NonZero, sync::LazyLock, thread::available_parallelism};
use tokio::sync::Semaphore;
use view::{Query, View};

/// This feature's routes.
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get("/drift", Access::National, practices::show),
        Endpoint::get("/drift/criteria", Access::National, criteria::show),
        Endpoint::get("/drift/years", Access::National, years::show),
        Endpoint::get("/drift/criteria/{criterion}", Access::National, criterion::show),
        Endpoint::get("/drift/practices/{practice}/{element}", Access::National, behind::show),
        Endpoint::get("/network", Access::National, network::show),
        Endpoint::get("/network/report.pdf", Access::National, network::download),
    ]
}

/// Pages drawn at once, one for each core: more would not be done sooner, and each takes its memory.
static SEATS: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(available_parallelism().map_or(2, NonZero::get)));

/// Reads what an address asks for and answers with its page, drawn on a thread of its own: a large network takes its time.
/// Before anything is finalised, with what to do next.
async fn opened(
    state: &AppState,
    actor: &Actor,
    query: &Query,
    draw: impl FnOnce(&View, &Explorer) -> Result<Page, Refusal> + Send + 'static,
) -> Answered {
    let network = state.store.network(actor).await?;
    let page = match View::read(query, &network)? {
        Some(view) => {
            let seat = SEATS.acquire().await;
            work(move || {
                let page = draw(&view, &network);
                drop(seat);
                Ok(page)
            })
            .await??
        }
        None => nothing_yet(),
    };
    Ok(page.respond(state, Some(actor)).await)
}

fn nothing_yet() -> Page {
    let body = view! {
        <h1 class="govuk-heading-l">"No figures yet"</h1>
        <p class="govuk-body">"No assessment is finalised yet. As soon as one is, or earlier years are imported, it stands here beside the others, and from the second cycle on you see what moved."</p>
        <p class="govuk-body"><a class="govuk-link" href="/queue">"Go to the review queue"</a></p>
    };
    Page::new("No figures yet", body)
}
