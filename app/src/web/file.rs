//! Files that the program makes: the work on a thread of its own, the answer as something to save.

use super::Refusal;
use axum::{
    body::Body,
    http::header,
    response::{IntoResponse, Response},
};
use report::output::Format;
use tokio::task::spawn_blocking;

/// Does the work of a report on a blocking thread: figures and pages take their time.
///
/// # Errors
/// When the work fails.
pub async fn work<T: Send + 'static>(work: impl FnOnce() -> Result<T, String> + Send + 'static) -> Result<T, Refusal> {
    spawn_blocking(work)
        .await
        .map_err(|e| Refusal::Broken(e.to_string()))?
        .map_err(Refusal::Broken)
}

/// A file to save, named without its ending.
pub fn attachment(name: &str, format: Format, bytes: impl Into<Body>) -> Response {
    let disposition = format!("attachment; filename=\"{name}.{}\"", format.extension());
    let headers = [
        (header::CONTENT_TYPE, format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    (headers, bytes.into()).into_response()
}
