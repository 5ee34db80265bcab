//! The rest of a request that was answered before all of it was read: too large, from another site, or not allowed.
//!
//! Browsers read no answer before they have sent all. If we hung up, people would see a broken connection instead of the
//! sentence that says what to do.

use axum::{
    body::{Body, Bytes},
    extract::Request,
    http::header,
    middleware::Next,
    response::Response,
};
use futures::stream::{Stream, StreamExt, poll_fn};
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::time::timeout;

/// As much is heard out, in bytes; whoever sends more does so on purpose.
const MOST: usize = 256 * 1024 * 1024;

/// And for so long.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(60);

/// Reads what is left of a request once it is answered, and only then hands the answer over.
pub async fn drain_body(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let body = Arc::new(Mutex::new(body.into_data_stream().fuse()));
    let lent = move || {
        let body = body.clone();
        poll_fn(move |cx| body.lock().unwrap_or_else(PoisonError::into_inner).poll_next_unpin(cx))
    };
    // whoever asks first whether to send has not sent yet
    let asks_first = parts.headers.contains_key(header::EXPECT);
    let response = next.run(Request::from_parts(parts, Body::from_stream(lent()))).await;
    if !asks_first {
        // what comes too late or is too much is left to the connection's end
        let _ = timeout(DRAIN_TIMEOUT, read_away(lent())).await;
    }
    response
}

async fn read_away<E>(mut rest: impl Stream<Item = Result<Bytes, E>> + Unpin) {
    let mut read = 0;
    while let Some(Ok(bytes)) = rest.next().await {
        read += bytes.len();
        if read > MOST {
            return;
        }
    }
}
