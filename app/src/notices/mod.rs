//! The inbox: what waits for somebody, unread first.
//!
//! A notice is opened by following a link (GET), so that it works from an e-mail and in a new tab. Opening marks it
//! read, which is harmless and can be undone on the inbox; but nothing is marked that nobody has seen: browsers that
//! fetch ahead say so in a header, `HEAD` fetches nothing to look at, and mail scanners have no session.

mod page;

use crate::{
    paths,
    web::{Access, Answered, AppState, Endpoint, Refusal, SignedIn, render::see_other},
};
use axum::{
    Form,
    extract::{Path, Query, State},
    http::{HeaderMap, Method},
};
use serde::Deserialize;
use time::OffsetDateTime;
use uuid::Uuid;

/// This feature's routes.
pub fn endpoints() -> Vec<Endpoint> {
    use Access::SignedIn;
    vec![
        Endpoint::get("/notices", SignedIn, show),
        Endpoint::post("/notices/read", SignedIn, read_all),
        Endpoint::get("/notices/{notice}", SignedIn, open),
        Endpoint::post("/notices/{notice}", SignedIn, mark),
    ]
}

/// Which page of the inbox.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Paging {
    page: String,
}

async fn show(State(state): State<AppState>, SignedIn(actor): SignedIn, Query(paging): Query<Paging>) -> Answered {
    let number = paging.page.parse().unwrap_or(1).max(1);
    let now = OffsetDateTime::now_utc();
    let inbox = state.store.inbox(&actor, number).await?;
    if inbox.notices.is_empty() && inbox.total > 0 {
        return Ok(see_other(paths::NOTICES));
    }
    Ok(page::inbox(&inbox, number, now).respond(&state, Some(&actor)).await)
}

/// Marks a notice read and goes where it leads.
async fn open(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    method: Method,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Answered {
    let id = key(&id)?;
    let notice = state.store.notice(&actor, id).await?;
    if method == Method::GET && !fetched_ahead(&headers) {
        state
            .store
            .mark_notice(&actor, id, true, OffsetDateTime::now_utc())
            .await?;
    }
    Ok(see_other(paths::target(&notice)))
}

/// Does the browser fetch ahead, with nobody looking yet?
fn fetched_ahead(headers: &HeaderMap) -> bool {
    ["sec-purpose", "purpose", "x-moz"]
        .into_iter()
        .filter_map(|name| headers.get(name)?.to_str().ok())
        .any(|purpose| purpose.contains("prefetch"))
}

/// What the button beside a notice sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Mark {
    read: String,
}

async fn mark(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path(id): Path<String>,
    Form(form): Form<Mark>,
) -> Answered {
    let as_read = form.read != "no";
    state
        .store
        .mark_notice(&actor, key(&id)?, as_read, OffsetDateTime::now_utc())
        .await?;
    Ok(see_other(paths::NOTICES))
}

/// What the button for all sends: when the page was made, in seconds.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Seen {
    seen: String,
}

async fn read_all(State(state): State<AppState>, SignedIn(actor): SignedIn, Form(form): Form<Seen>) -> Answered {
    let seen = form.seen.parse().ok();
    let seen = seen.and_then(|seconds| OffsetDateTime::from_unix_timestamp(seconds).ok());
    let seen = seen.ok_or_else(|| Refusal::Unreadable("no time".to_owned()))?;
    state
        .store
        .mark_notices_read(&actor, seen, OffsetDateTime::now_utc())
        .await?;
    Ok(see_other(paths::NOTICES))
}

fn key(id: &str) -> Result<Uuid, Refusal> {
    Uuid::try_parse(id).map_err(|_| Refusal::NotFound)
}
