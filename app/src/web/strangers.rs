//! What is taken of whoever has no session: small forms of everybody, larger ones of a few at once, and never much. So memory
//! stays bounded whatever strangers send, and nobody who sends much keeps others from signing in.

use super::{Fields, Refusal, Upload, upload};
use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::header,
};
use http_body_util::Limited;
use std::time::Duration;
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::timeout,
};

/// The most bytes that are held of a form which came without a session, as it is encoded.
pub const HELD: usize = 256 * 1024;

/// The largest form that is taken without a session: a held one, encoded once more, and what stands beside it.
pub const LARGEST: usize = 4 * HELD;

/// A form that everybody may send at once: who signs in sends no more.
const SMALL: usize = 16 * 1024;

/// Larger forms at once.
static LARGE: Semaphore = Semaphore::const_new(16);

/// How long a larger form waits for its turn.
const BODY_TIMEOUT: Duration = Duration::from_secs(5);

/// How long it may take to come.
const COMING: Duration = Duration::from_secs(30);

/// Returns the request with a bound on its body, once it is its turn, which lasts until the second value is dropped.
///
/// # Errors
/// [`Refusal::TooLarge`] when it says that it is; [`Refusal::Busy`] when too many wait.
pub async fn in_turn(request: Request) -> Result<(Request, Option<SemaphorePermit<'static>>), Refusal> {
    if request.method().is_safe() {
        return Ok((request, None));
    }
    let length = request.headers().get(header::CONTENT_LENGTH);
    let length: Option<usize> = length.and_then(|length| length.to_str().ok()?.parse().ok());
    let bound = |limit| request.map(|body| Body::new(Limited::new(body, limit)));
    match length {
        Some(..=SMALL) => Ok((bound(SMALL), None)),
        Some(length) if length > LARGEST => Err(Refusal::TooLarge),
        _ => Ok((bound(LARGEST), Some(turn().await?))),
    }
}

async fn turn() -> Result<SemaphorePermit<'static>, Refusal> {
    match timeout(BODY_TIMEOUT, LARGE.acquire()).await {
        Ok(Ok(permit)) => Ok(permit),
        _ => Err(Refusal::Busy),
    }
}

/// Returns what was typed into a form that came without a session, encoded as forms are; none where it is more than is held. A file
/// that came with it cannot be held in a page.
pub async fn read_anonymous_form(request: Request) -> Option<String> {
    let _turn = turn().await.ok()?;
    let read = async {
        if Upload::is_one(request.headers()) {
            return holdable(upload::texts(request, HELD).await.ok()?);
        }
        let bytes = to_bytes(request.into_body(), HELD).await.ok()?;
        holdable(Fields::read(&bytes)?)
    };
    timeout(COMING, read).await.ok()?
}

/// Returns the fields encoded, unless that is more than is held.
pub fn holdable(fields: Fields) -> Option<String> {
    Some(fields.encoded()).filter(|held| held.len() <= HELD)
}
