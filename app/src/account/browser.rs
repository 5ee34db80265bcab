//! The cookie of a browser that has signed in before. It opens nothing: it only says that tries from here to sign in to this
//! account are not a stranger's ([`super::limit`]).
//!
//! It holds random tokens, each with a hash of itself and of the kept password's hash: nobody can make one up, none fits
//! another account, and a new password ends it.

use crate::web::{AppState, Refusal, secret};
use axum::http::HeaderMap;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use store::Credentials;
use time::Duration;

/// How long a browser is remembered.
const LASTS: Duration = Duration::days(365);

/// The most accounts that one browser is remembered for.
const MOST: usize = 4;

/// Returns the token of a browser that has signed in to this account before.
pub fn known(state: &AppState, headers: &HeaderMap, account: &Credentials) -> Option<String> {
    let tokens = tokens(state, headers);
    let own = tokens.iter().find(|(token, proof)| is_proof(token, proof, account));
    own.map(|(token, _)| token.clone())
}

/// Returns the cookie for a browser that has just signed in.
///
/// # Errors
/// When there is no randomness.
pub fn remember(state: &AppState, headers: &HeaderMap, account: &Credentials) -> Result<Cookie<'static>, Refusal> {
    let token = secret::token().map_err(|error| Refusal::Broken(error.to_string()))?;
    let proof = proof(&token, account);
    let others = tokens(state, headers)
        .into_iter()
        .filter(|(token, proof)| !is_proof(token, proof, account));
    let all = std::iter::once((token, proof)).chain(others).take(MOST);
    let value: Vec<String> = all.map(|(token, proof)| format!("{token}-{proof}")).collect();
    Ok(Cookie::build((name(state), value.join(".")))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(state.origin.is_https())
        .max_age(LASTS)
        .build())
}

fn tokens(state: &AppState, headers: &HeaderMap) -> Vec<(String, String)> {
    let jar = CookieJar::from_headers(headers);
    let value = jar
        .get(name(state))
        .map(|cookie| cookie.value().to_owned())
        .unwrap_or_default();
    let pairs = value.split('.').filter_map(|pair| pair.split_once('-'));
    pairs
        .take(MOST)
        .map(|(token, proof)| (token.to_owned(), proof.to_owned()))
        .collect()
}

fn proof(token: &str, account: &Credentials) -> String {
    // what is secret stands last, behind parts of fixed length
    secret::hash(&format!(
        "{}{}{}",
        secret::hash(token),
        account.person.0,
        account.password_hash
    ))
}

/// Hashes are compared, so that how long it takes says nothing about the proof.
fn is_proof(token: &str, given: &str, account: &Credentials) -> bool {
    secret::hash(given) == secret::hash(&proof(token, account))
}

fn name(state: &AppState) -> &'static str {
    if state.origin.is_https() {
        "__Host-browser"
    } else {
        "browser"
    }
}
