//! What happened to accounts.

use crate::{
    paths,
    ui::account_events::account_events,
    web::{Answered, AppState, Page, SignedIn, render::see_other},
};
use axum::extract::{Query, State};
use leptos::prelude::*;
use serde::Deserialize;
use store::ACCOUNT_EVENTS_PER_PAGE;

/// Which page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Paging {
    page: String,
}

pub async fn show(State(state): State<AppState>, SignedIn(actor): SignedIn, Query(paging): Query<Paging>) -> Answered {
    let number: u64 = paging.page.parse().unwrap_or(1).max(1);
    let found = state.store.account_events(&actor, number).await?;
    if found.events.is_empty() && found.total > 0 {
        return Ok(see_other(paths::ALL_ACCOUNT_EVENTS));
    }
    let last = found.total.div_ceil(ACCOUNT_EVENTS_PER_PAGE).max(1);
    let link = |number: u64, words: &'static str| {
        let href = format!("{}?page={number}", paths::ALL_ACCOUNT_EVENTS);
        view! { <a class="govuk-link" href=href>{words}</a>" " }
    };
    let pages = (last > 1).then(|| {
        view! {
            <nav class="govuk-body" aria-label="Pages of account events">
                {(number > 1).then(|| link(number - 1, "Newer"))}
                {format!("Page {number} of {last} ")}
                {(number < last).then(|| link(number + 1, "Older"))}
            </nav>
        }
    });
    let page = Page::new(
        "Account events",
        view! {
            <h1 class="govuk-heading-l">"Account events"</h1>
            <p class="govuk-body">"Invitations, roles, links for a new password and passwords that were set, the newest first. Whoever's account it is sees their own under “Your account”, and is told of each new password, link for one, and change of role."</p>
            {account_events(&found.events, true)}
            {pages}
        },
    )
    .with_back("/admin", "Administration");
    Ok(page.respond(&state, Some(&actor)).await)
}
