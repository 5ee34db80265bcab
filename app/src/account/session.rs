//! The session cookie: set at sign-in, read at every request. The database keeps only the token's hash.

use super::browser;
use crate::web::{AppState, Refusal, secret};
use axum::{
    http::{HeaderMap, header},
    response::{IntoResponseParts, ResponseParts},
};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use framework::actor::Actor;
use std::convert::Infallible;
use store::Credentials;
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

/// Opens a session for whoever has shown that they know the password, and gives the cookies for it and for this browser; a
/// session the browser still had is closed.
///
/// # Errors
/// [`Refusal::NotFound`] when the password is another by now; when the database fails or there is no randomness.
pub async fn open(state: &AppState, headers: &HeaderMap, shown: &Credentials) -> Result<Cookies, Refusal> {
    end(state, headers).await?;
    let token = secret::token().map_err(|e| Refusal::Broken(e.to_string()))?;
    state
        .store
        .sign_in(shown, &secret::hash(&token), OffsetDateTime::now_utc(), ABSOLUTE)
        .await?;
    Ok(Cookies(vec![
        cookie(state, token),
        browser::remember(state, headers, shown)?,
    ]))
}

/// Ends the session of the request's cookie, if any, and gives the cookie that takes it away.
///
/// # Errors
/// When the database fails.
pub async fn close(state: &AppState, headers: &HeaderMap) -> Result<Cookies, Refusal> {
    end(state, headers).await?;
    let mut gone = cookie(state, String::new());
    gone.make_removal();
    Ok(Cookies(vec![gone]))
}

/// Cookies to set, in their order.
pub struct Cookies(Vec<Cookie<'static>>);

impl IntoResponseParts for Cookies {
    type Error = Infallible;
    fn into_response_parts(self, mut parts: ResponseParts) -> Result<ResponseParts, Infallible> {
        let values = self
            .0
            .iter()
            .filter_map(|cookie| cookie.encoded().to_string().parse().ok());
        for value in values {
            parts.headers_mut().append(header::SET_COOKIE, value);
        }
        Ok(parts)
    }
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
