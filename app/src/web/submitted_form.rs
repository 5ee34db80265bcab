//! The form that a signed-in person has just sent, in case it cannot be taken: what was typed is given back on the page that
//! says so, whatever broke.

use super::{Fields, Page, Refusal};
use crate::ui::form::{TextArea, hidden};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::Request,
    http::{Method, StatusCode, header},
};
use framework::actor::Actor;
use http_body_util::LengthLimitError;
use leptos::prelude::*;
use std::sync::{Arc, OnceLock};

/// Holds what one request sent; made outside the layers that can fail, filled by the gate.
#[derive(Clone, Default)]
pub struct SubmittedForm(Arc<OnceLock<Form>>);

struct Form {
    actor: Actor,
    path: String,
    body: Bytes,
}

/// Fields whose texts never go back to a page.
const SECRETS: [&str; 2] = ["password", "current"];

/// Texts shorter than this, in characters, are sent again without being shown.
const SHOWN_FROM: usize = 12;

impl SubmittedForm {
    /// Reads the form of a request into memory, holds it, and returns the request as it was. Files are not held.
    ///
    /// # Errors
    /// [`Refusal::TooLarge`] when it is larger than any form, [`Refusal::Unreadable`] when it breaks off: half a form must not
    /// be taken for a whole one.
    pub async fn hold(request: Request, actor: &Actor) -> Result<Request, Refusal> {
        let Some(sent) = request.extensions().get::<SubmittedForm>().cloned() else {
            return Ok(request);
        };
        if request.method() != Method::POST || !is_plain_form(&request) {
            return Ok(request);
        }
        let (parts, body) = request.into_parts();
        let body = to_bytes(body, crate::BODY_LIMIT).await.map_err(unread)?;
        let form = Form {
            actor: actor.clone(),
            path: parts.uri.path().to_owned(),
            body: body.clone(),
        };
        // a request passes one gate
        let _ = sent.0.set(form);
        Ok(Request::from_parts(parts, Body::from(body)))
    }

    /// Returns who sent it.
    pub fn actor(&self) -> Option<&Actor> {
        self.0.get().map(|form| &form.actor)
    }

    /// Makes the page for a form that failed: why, what was typed, and a button to send it again. It says *Not saved* only where
    /// that is certain.
    pub fn page(&self, status: StatusCode, sentence: &str, is_certain: bool) -> Option<Page> {
        let title = if is_certain { "Not saved" } else { "It may not be saved" };
        Some(Page::new(title, self.view(title, sentence)?).with_status(status))
    }

    fn view(&self, title: &'static str, sentence: &str) -> Option<impl IntoView + use<>> {
        let form = self.0.get()?;
        let fields = Fields::parse(&String::from_utf8_lossy(&form.body));
        if fields.iter().any(|(name, _)| SECRETS.contains(&name)) {
            return None;
        }
        let inputs = fields.iter().map(|(name, text)| field(name, text)).collect_view();
        Some(view! {
            <h1 class="govuk-heading-l">{title}</h1>
            <p class="govuk-body">{sentence.to_owned()}</p>
            <p class="govuk-body">"Your text is still here. Copy what you want to be sure of before you leave this page."</p>
            <form method="post" action=form.path.clone() novalidate autocomplete="off">
                {inputs}
                <button type="submit" class="govuk-button">"Try again"</button>
            </form>
        })
    }
}

/// Returns why a form could not be read to its end.
fn unread(error: axum::Error) -> Refusal {
    match error.into_inner().downcast::<LengthLimitError>() {
        Ok(_) => Refusal::TooLarge,
        Err(error) => Refusal::Unreadable(error.to_string()),
    }
}

fn is_plain_form(request: &Request) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE);
    kind.and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"))
}

/// One field: people's words to be read and copied, the rest hidden.
fn field(name: &str, text: &str) -> AnyView {
    let is_words = text.chars().count() >= SHOWN_FROM && text.contains(char::is_whitespace);
    if !is_words {
        return hidden(name, text).into_any();
    }
    let label = name.replace(['.', '-', '_'], " ");
    let rows = u32::try_from(text.chars().count() / 60 + 2).map_or(15, |rows| rows.min(15));
    let name = name.to_owned();
    view! { <TextArea name label value=text.to_owned() rows/> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::stream;

    async fn shown(method: Method, kind: &str, body: &'static str) -> Option<String> {
        let sent = SubmittedForm::default();
        let mut request = Request::builder()
            .method(method)
            .uri("/practices/north-vale/plan/new?criterion=a")
            .header(header::CONTENT_TYPE, kind)
            .body(Body::from(body))
            .unwrap();
        request.extensions_mut().insert(sent.clone());
        let request = SubmittedForm::hold(request, &Actor::operator()).await.unwrap();
        let read = to_bytes(request.into_body(), 1_000).await.unwrap();
        assert_eq!(read, body, "the handler reads it as it was");
        sent.view("Not saved", "Not saved: the server’s disk is full.")
            .map(|view| view.to_html())
    }

    const FORM: &str = "application/x-www-form-urlencoded";

    #[tokio::test]
    async fn what_was_typed_is_given_back_and_can_be_sent_again() {
        let body = "cycle=2026&what=Meet+%3Cb%3Eevery%3C%2Fb%3E+month%0Afrom+now+on";
        let page = shown(Method::POST, FORM, body).await.unwrap();
        for part in [
            "Not saved: the server’s disk is full.",
            "action=\"/practices/north-vale/plan/new\"",
            "name=\"cycle\" value=\"2026\"",
            "Meet &lt;b>every&lt;/b> month\nfrom now on</textarea>",
        ] {
            assert!(page.contains(part), "{part}: {page}");
        }
    }

    #[tokio::test]
    async fn half_a_form_is_not_taken_for_a_whole_one() {
        let broken = stream::iter([Ok(Bytes::from("what=Meet")), Err("the connection is gone")]);
        let endless = stream::repeat_with(|| Ok::<_, &str>(Bytes::from(vec![b'a'; 1_000_000])));
        for (body, status) in [
            (Body::from_stream(broken), StatusCode::BAD_REQUEST),
            (Body::from_stream(endless), StatusCode::PAYLOAD_TOO_LARGE),
        ] {
            let mut request = Request::builder()
                .method(Method::POST)
                .header(header::CONTENT_TYPE, FORM)
                .body(body)
                .unwrap();
            request.extensions_mut().insert(SubmittedForm::default());
            let refused = SubmittedForm::hold(request, &Actor::operator()).await.unwrap_err();
            assert_eq!(axum::response::IntoResponse::into_response(refused).status(), status);
        }
    }

    #[tokio::test]
    async fn passwords_files_and_pages_are_not_given_back() {
        for (method, kind, body) in [
            (
                Method::POST,
                FORM,
                "current=four+words+in+a+row&password=other+words+in+a+row",
            ),
            (Method::POST, "multipart/form-data; boundary=x", "--x--"),
            (Method::GET, FORM, "what=Meet+every+month+from+now"),
        ] {
            assert!(shown(method, kind, body).await.is_none(), "{body}");
        }
    }
}
