//! Pages for what the layers refuse, which know nothing of pages.

use app::web::{
    AppState,
    gate::{refuse, wants_json},
    render::{NothingSaved, RefusalText},
    submitted_form::SubmittedForm,
};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::Response,
};
use framework::evidence::StoredFile;

/// Gives a bare refusal a page, or JSON for an island. Where something broke, the page gives back what was typed.
pub async fn render_refusal(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let json = wants_json(request.headers());
    let sent = SubmittedForm::default();
    request.extensions_mut().insert(sent.clone());
    let response = next.run(request).await;
    let status = response.status();
    let is_certain = response.extensions().get::<NothingSaved>().is_some();
    let Some(sentence) = reason(&response) else {
        return response;
    };
    if status.is_server_error()
        && !json
        && let Some(page) = sent.page(status, &sentence, is_certain)
    {
        return page.respond(&state, sent.actor()).await;
    }
    refuse(status, &sentence, json, &state, sent.actor()).await
}

/// Returns what a bare refusal says to people; `None` for answers that say it themselves.
fn reason(response: &Response) -> Option<String> {
    if let Some(RefusalText(sentence)) = response.extensions().get() {
        return Some(sentence.clone());
    }
    sentence(response.status()).filter(|_| is_bare(response.headers()))
}

/// Neither a page nor JSON.
fn is_bare(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    !kind.starts_with("text/html") && !kind.starts_with("application/json")
}

fn sentence(status: StatusCode) -> Option<String> {
    let words = match status {
        StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY | StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            "The form could not be read. Go back and try again."
        }
        StatusCode::FORBIDDEN => {
            "This form was sent from another site, so it was not taken. Open the page here and send the form again."
        }
        StatusCode::METHOD_NOT_ALLOWED => "There is no page at this address. Go to the home page and follow the links.",
        StatusCode::PAYLOAD_TOO_LARGE => {
            return Some(format!(
                "That is more than can be taken at once: {} MB of text, or one file of {}. Send less at a time.",
                app::BODY_LIMIT >> 20,
                StoredFile::limit_words()
            ));
        }
        StatusCode::INTERNAL_SERVER_ERROR => {
            "Something went wrong on our side, and it is not certain that anything was saved. Try again in a moment."
        }
        StatusCode::SERVICE_UNAVAILABLE => "This took too long. Try again in a moment.",
        _ => return None,
    };
    Some(words.to_owned())
}
