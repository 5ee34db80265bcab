//! The form that a signed-in person has just sent, in case it cannot be taken: what was typed is given back on the page that
//! says so, whatever broke.

use super::{Fields, Page};
use crate::ui::form::{TextArea, hidden};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::Request,
    http::{Method, StatusCode, header},
};
use framework::actor::Actor;
use leptos::prelude::*;
use std::sync::{Arc, OnceLock};

/// Holds what one request sent; made outside the layers that can fail, filled by the gate.
#[derive(Clone, Default)]
pub struct Sent(Arc<OnceLock<Form>>);

struct Form {
    actor: Actor,
    path: String,
    body: Bytes,
}

/// Fields whose texts never go back to a page.
const SECRETS: [&str; 2] = ["password", "current"];

/// Texts shorter than this, in characters, are sent again without being shown.
const SHOWN_FROM: usize = 12;

impl Sent {
    /// Reads the form of a request into memory, holds it, and returns the request as it was. Files are not held.
    pub async fn hold(request: Request, actor: &Actor) -> Request {
        let Some(sent) = request.extensions().get::<Sent>().cloned() else {
            return request;
        };
        if request.method() != Method::POST || !is_plain_form(&request) {
            return request;
        }
        let (parts, body) = request.into_parts();
        let Ok(body) = to_bytes(body, crate::BODY_LIMIT).await else {
            // too large or broken off: whoever reads it says so
            return Request::from_parts(parts, Body::empty());
        };
        let form = Form {
            actor: actor.clone(),
            path: parts.uri.path().to_owned(),
            body: body.clone(),
        };
        // a request passes one gate
        let _ = sent.0.set(form);
        Request::from_parts(parts, Body::from(body))
    }

    /// Returns who sent it.
    pub fn actor(&self) -> Option<&Actor> {
        self.0.get().map(|form| &form.actor)
    }

    /// Makes the page for a form that was not taken: why, what was typed, and a button to send it again.
    pub fn page(&self, status: StatusCode, sentence: &str) -> Option<Page> {
        let form = self.0.get()?;
        let fields = Fields::parse(&String::from_utf8_lossy(&form.body));
        if fields.iter().any(|(name, _)| SECRETS.contains(&name)) {
            return None;
        }
        let inputs = fields.iter().map(|(name, text)| field(name, text)).collect_view();
        let title = "Not saved";
        let view = view! {
            <h1 class="govuk-heading-l">{title}</h1>
            <p class="govuk-body">{sentence.to_owned()}</p>
            <p class="govuk-body">"Your text is still here. Copy what you want to be sure of before you leave this page."</p>
            <form method="post" action=form.path.clone() novalidate autocomplete="off">
                {inputs}
                <button type="submit" class="govuk-button">"Try again"</button>
            </form>
        };
        Some(Page::new(title, view).with_status(status))
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
