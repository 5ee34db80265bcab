//! Pages for what the layers refuse, which know nothing of pages.

use app::web::{
    AppState,
    gate::{refuse, wants_json},
};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::Response,
};

/// Gives a bare refusal a page, or JSON for an island.
pub async fn dress(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let json = wants_json(request.headers());
    let response = next.run(request).await;
    let status = response.status();
    let Some(sentence) = sentence(status).filter(|_| is_bare(response.headers())) else {
        return response;
    };
    refuse(status, sentence, json, &state, None).await
}

/// Neither a page nor JSON.
fn is_bare(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    !kind.starts_with("text/html") && !kind.starts_with("application/json")
}

fn sentence(status: StatusCode) -> Option<&'static str> {
    match status {
        StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY | StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            Some("The form could not be read. Go back and try again.")
        }
        StatusCode::FORBIDDEN => Some(
            "This form was sent from another site, so it was not taken. Open the page here and send the form again.",
        ),
        StatusCode::METHOD_NOT_ALLOWED => {
            Some("There is no page at this address. Go to the home page and follow the links.")
        }
        StatusCode::PAYLOAD_TOO_LARGE => {
            Some("That is more than can be taken at once: 4 MB of text, or one file of 20 MB. Send less at a time.")
        }
        StatusCode::INTERNAL_SERVER_ERROR => {
            Some("Something went wrong on our side. Go back: what you had written may still be there. Then try again.")
        }
        StatusCode::SERVICE_UNAVAILABLE => Some("This took too long. Go back and try again in a moment."),
        _ => None,
    }
}
