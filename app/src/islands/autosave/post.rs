//! What goes to the server and what comes back.
//!
//! The request is the form's own: `POST`, `application/x-www-form-urlencoded`, revision and base included, with
//! `Accept: application/json`. The replies:
//!
//! * `200 {"state":"saved","revision":7,"base":"…","at":"14:02","progress":"5 of 7 answered","fields":[{"name":"x.rating",
//!   "text":"4"}]}`; no base where nothing was edited; `fields` has those in which the page is out of date
//! * `409 {"state":"conflict","revision":8,"fields":[…],"theirs":[{"name":"x.comment","text":"…"}],"words":"…","html":"…"}`:
//!   all but the fields in `theirs` is saved; `html` asks what to keep there
//! * `422 {"state":"refused","errors":[{"name":"x.measure","message":"…"}]}`
//! * `422 {"state":"check","fields":[{"name":"x.comment","label":"Comment","words":["Ms Smith"]}]}`: words that seem to
//!   identify somebody, in texts that are not stored; sent again with their marks in `x.confirmed` they are taken
//! * `401`, or a redirect: signed out
//! * `5xx`, `429` or no reply in time: tried again; a `{"message":"…"}` of the first is shown meanwhile
//! * anything else: final until the reader acts; `{"message":"…"}` is shown if given

use js_sys::{Array, Object, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, RequestInit, RequestRedirect, Response, UrlSearchParams};

const PATIENCE_MS: u32 = 20_000;

/// What the server said.
pub enum Reply {
    /// It is stored.
    Saved {
        revision: String,
        base: Option<String>,
        at: String,
        progress: Option<String>,
        /// Name and text of fields that others changed.
        fields: Vec<(String, String)>,
    },
    /// Somebody else stored other texts meanwhile: the rest is stored.
    Conflict {
        revision: String,
        /// Name and text of fields that others changed and the sender did not.
        fields: Vec<(String, String)>,
        /// Name and stored text of those that both changed.
        theirs: Vec<(String, String)>,
        words: String,
        html: String,
    },
    /// Fields that were not accepted: name and message.
    Refused(Vec<(String, String)>),
    /// Words that seem to identify somebody and that nobody kept yet. The page finds them itself.
    Check,
    /// There is no session.
    SignedOut,
    /// Nobody answered, or the server is in trouble, and may say which.
    Unreachable(Option<String>),
    /// No, for another reason.
    Stopped(Option<String>),
}

/// Sends the form and waits for the reply, twenty seconds at most.
pub async fn post(url: &str, form: &UrlSearchParams) -> Reply {
    send(url, form).await.unwrap_or(Reply::Unreachable(None))
}

async fn send(url: &str, form: &UrlSearchParams) -> Result<Reply, JsValue> {
    let headers = Headers::new()?;
    headers.set("Accept", "application/json")?;
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_headers(&headers);
    request.set_body(form);
    // a redirect can only lead to the sign-in page
    request.set_redirect(RequestRedirect::Manual);
    request.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE_MS)));
    let response: Response = JsFuture::from(window().fetch_with_str_and_init(url, &request))
        .await?
        .unchecked_into();
    Ok(match response.status() {
        0 | 401 => Reply::SignedOut,
        429 => Reply::Unreachable(None),
        status => {
            let body = match response.json() {
                Ok(body) => JsFuture::from(body).await.unwrap_or(JsValue::NULL),
                Err(_) => JsValue::NULL,
            };
            match status {
                500.. => Reply::Unreachable(text(&body, "message")),
                _ => understand(status, &body).unwrap_or_else(|| Reply::Stopped(text(&body, "message"))),
            }
        }
    })
}

fn understand(status: u16, body: &JsValue) -> Option<Reply> {
    match status {
        200 => Some(Reply::Saved {
            revision: text(body, "revision")?,
            base: text(body, "base"),
            at: text(body, "at")?,
            progress: text(body, "progress"),
            fields: pairs(body, "fields", "text"),
        }),
        409 => Some(Reply::Conflict {
            revision: text(body, "revision")?,
            fields: pairs(body, "fields", "text"),
            theirs: pairs(body, "theirs", "text"),
            words: text(body, "words")?,
            html: text(body, "html")?,
        }),
        422 if text(body, "state")? == "check" => Some(Reply::Check),
        422 => Some(Reply::Refused(pairs(body, "errors", "message"))),
        _ => None,
    }
}

/// Returns a member as text, be it a string or a number: formatting numbers in Rust would cost kilobytes.
fn text(value: &JsValue, member: &str) -> Option<String> {
    let found = Reflect::get(value, &member.into()).ok()?;
    if found.is_undefined() || found.is_null() {
        None
    } else {
        // line breaks as the page's own fields have them
        Some(String::from(found.unchecked_ref::<Object>().to_string()).replace('\r', ""))
    }
}

/// Returns a list of objects, each as its name and another member.
fn pairs(value: &JsValue, list: &str, other: &str) -> Vec<(String, String)> {
    let Ok(found) = Reflect::get(value, &list.into()) else {
        return Vec::new();
    };
    let pair = |item: JsValue| Some((text(&item, "name")?, text(&item, other)?));
    found
        .dyn_ref::<Array>()
        .map(|items| items.iter().filter_map(pair).collect())
        .unwrap_or_default()
}
