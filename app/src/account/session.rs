//! The session cookie: set at sign-in, read at every request. The database keeps only the token's hash.

use crate::web::{AppState, Refusal, secret};
use axum::http::HeaderMap;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use framework::actor::{Actor, PersonId};
use time::{Duration, OffsetDateTime};

/// A session ends after this long without a request.
pub const IDLE: Duration = Duration::hours(2);
/// A session ends after this long in any case.
pub const ABSOLUTE: Duration = Duration::hours(12);

/// Whoever the request's cookie speaks for.
///
/// # Errors
/// When the database fails.
pub async fn actor(state: &AppState, headers: &HeaderMap) -> Result<Option<Actor>, Refusal> {
    let Some(token) = token(state, headers) else {
        return Ok(None);
    };
    Ok(state
        .store
        .session(&secret::hash(&token), OffsetDateTime::now_utc(), IDLE)
        .await?)
}

/// Opens a session and gives the cookie for it; a session the browser still had is closed.
///
/// # Errors
/// When the database fails or there is no randomness.
pub async fn open(state: &AppState, headers: &HeaderMap, person: PersonId) -> Result<CookieJar, Refusal> {
    end(state, headers).await?;
    let token = secret::token().map_err(|e| Refusal::Broken(e.to_string()))?;
    state
        .store
        .open_session(person, &secret::hash(&token), OffsetDateTime::now_utc(), ABSOLUTE)
        .await?;
    Ok(CookieJar::new().add(cookie(state, token)))
}

/// Ends the session of the request's cookie, if any, and gives the cookie that takes it away.
///
/// # Errors
/// When the database fails.
pub async fn close(state: &AppState, headers: &HeaderMap) -> Result<CookieJar, Refusal> {
    end(state, headers).await?;
    let mut gone = cookie(state, String::new());
    gone.make_removal();
    Ok(CookieJar::new().add(gone))
}

async fn end(state: &AppState, headers: &HeaderMap) -> Result<(), Refusal> {
    match token(state, headers) {
        Some(token) => Ok(state.store.close_session(&secret::hash(&token)).await?),
        None => Ok(()),
    }
}

fn token(state: &AppState, headers: &HeaderMap) -> Option<String> {
    CookieJar::from_headers(headers)
        .get(name(state))
        .map(|c| c.value().to_owned())
}

fn name(state: &AppState) -> &'static str {
    if state.origin.is_https() {
        "__Host-session"
    } else {
        "session"
    }
}

fn cookie(state: &AppState, token: String) -> Cookie<'static> {
    Cookie::build((name(state), token))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(state.origin.is_https())
        .max_age(ABSOLUTE)
        .build()
}
