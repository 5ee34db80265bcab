//! Files that the program makes: the work on a thread of its own, the answer as something to save.

use super::Refusal;
use axum::{
    body::Body,
    http::header,
    response::{IntoResponse, Response},
};
use report::output::Format;
use std::{
    num::NonZero,
    sync::{Arc, LazyLock},
    thread::available_parallelism,
    time::Duration,
};
use tokio::{sync::Semaphore, task::spawn_blocking, time::timeout};

/// Reports made at once, two for each core: more would not be done sooner, and each takes its memory.
static SEATS: LazyLock<Arc<Semaphore>> =
    LazyLock::new(|| Arc::new(Semaphore::new(2 * available_parallelism().map_or(2, NonZero::get))));

/// How long a report waits for its turn: less than a request may take.
const QUEUE_TIMEOUT: Duration = Duration::from_secs(20);

/// Does the work of a report on a blocking thread, when it is its turn: figures and pages take their time.
///
/// # Errors
/// [`Refusal::Busy`] when too many are being made; when the work fails.
pub async fn work<T: Send + 'static>(work: impl FnOnce() -> Result<T, String> + Send + 'static) -> Result<T, Refusal> {
    let Ok(Ok(seat)) = timeout(QUEUE_TIMEOUT, SEATS.clone().acquire_owned()).await else {
        return Err(Refusal::Busy);
    };
    let done = spawn_blocking(move || {
        let done = work();
        drop(seat);
        done
    });
    done.await
        .map_err(|e| Refusal::Broken(e.to_string()))?
        .map_err(Refusal::Broken)
}

/// Returns a file to save, named without its ending.
pub fn attachment(name: &str, format: Format, bytes: impl Into<Body>) -> Response {
    let disposition = format!("attachment; filename=\"{name}.{}\"", format.extension());
    let headers = [
        (header::CONTENT_TYPE, format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    (headers, bytes.into()).into_response()
}
