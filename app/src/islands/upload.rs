//! Sends a form with a file while telling how far it is. Without JavaScript the form is sent as any other.
//!
//! The request is the form's own, with `Accept: application/json`. The replies: `200 {"state":"saved","to":"/…"}` leads
//! on; `422 {"state":"refused","errors":[{"name":"file","message":"…"}]}` is told above the form, in which everything,
//! the file too, is still there; `401` asks to sign in elsewhere and try again; anything else to try again.

use js_sys::{Array, JSON, Reflect};
use leptos::{ev::SubmitEvent, html::Div, prelude::*};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{FormData, HtmlFormElement, HtmlInputElement, ProgressEvent, XmlHttpRequest};

/// The most bytes of one file: the server says the same.
const MOST: f64 = 20.0 * 1024.0 * 1024.0;

const SIGNED_OUT: &str =
    "You have been signed out. Sign in again in another tab, then save here: everything is still on this page.";
const NOT_THROUGH: &str = "The upload did not get through. Everything is still on this page: try again.";
const TOO_LARGE: &str = "The file is larger than 20 MB. Make it smaller, or add a link to where it is kept.";

/// A refused field's name and what to do about it.
type Told = (String, String);

/// Wraps one form that is sent to its own address. The container gets `data-ready` once it listens.
#[island]
pub fn Upload(children: Children) -> impl IntoView {
    let root = NodeRef::<Div>::new();
    let errors = RwSignal::new(Vec::<Told>::new());
    let percent = RwSignal::new(None::<u32>);
    Effect::new(move |_| {
        if let Some(root) = root.get() {
            // failing leaves the form as it is without scripts
            let _ = root.set_attribute("data-ready", "");
        }
    });
    let submit = move |event: SubmitEvent| {
        let Some(form) = event.target().and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) else {
            return;
        };
        event.prevent_default();
        if percent.get_untracked().is_some() {
            return;
        }
        errors.set(vec![]);
        if too_large(&form) {
            errors.set(vec![("file".into(), TOO_LARGE.into())]);
        } else if send(&form, percent, errors).is_err() {
            errors.set(vec![(String::new(), NOT_THROUGH.into())]);
        }
    };
    view! {
        <div class="app-upload" node_ref=root on:submit=submit>
            <div class="govuk-error-summary" role="alert" hidden=move || errors.with(Vec::is_empty)>
                <h2 class="govuk-error-summary__title">"There is a problem"</h2>
                <ul class="govuk-list govuk-error-summary__list">
                    {move || errors.get().into_iter().map(told).collect::<Vec<_>>()}
                </ul>
            </div>
            {children()}
            <div role="status" aria-live="polite">
                <p class="govuk-body" hidden=move || percent.get().is_none()>
                    <progress class="app-progress__bar" max="100" aria-label="Upload" value=move || percent.get().unwrap_or_default().to_string()></progress>
                    {move || match percent.get() {
                        Some(100) => "Sent. Checking the file…",
                        _ => "Sending the file…",
                    }}
                </p>
            </div>
        </div>
    }
}

fn told((name, message): Told) -> impl IntoView {
    // a link without an address is plain text; a view of any shape would cost kilobytes
    let href = (!name.is_empty()).then(|| ["#", &name].concat());
    view! { <li><a href=href>{message}</a></li> }
}

fn too_large(form: &HtmlFormElement) -> bool {
    let input = form.query_selector("input[type=file]").ok().flatten();
    let files = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()?.files());
    files
        .and_then(|files| files.get(0))
        .is_some_and(|file| file.size() > MOST)
}

fn send(form: &HtmlFormElement, percent: RwSignal<Option<u32>>, errors: RwSignal<Vec<Told>>) -> Result<(), JsValue> {
    let request = Rc::new(XmlHttpRequest::new()?);
    request.open("POST", &form.action())?;
    request.set_request_header("Accept", "application/json")?;
    let progress = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
        if event.length_computable() {
            percent.set(Some((event.loaded() / event.total() * 100.0) as u32));
        }
    });
    request
        .upload()?
        .set_onprogress(Some(progress.as_ref().unchecked_ref()));
    let reply = request.clone();
    let ended = Closure::once_into_js(move || {
        // kept until now, since the request calls it
        drop(progress);
        percent.set(None);
        match understand(&reply) {
            Ok(to) => {
                // a page that cannot be left stays as it is
                let _ = window().location().set_href(&to);
            }
            Err(told) => {
                errors.set(told);
                window().scroll_to_with_x_and_y(0.0, 0.0);
            }
        }
    });
    request.set_onloadend(Some(ended.unchecked_ref()));
    percent.set(Some(0));
    request.send_with_opt_form_data(Some(&FormData::new_with_form(form)?))
}

/// Where to go on, or what is wrong.
fn understand(reply: &XmlHttpRequest) -> Result<String, Vec<Told>> {
    let whole = |words: &str| vec![(String::new(), words.to_owned())];
    let status = reply.status().unwrap_or(0);
    let body = reply
        .response_text()
        .ok()
        .flatten()
        .and_then(|text| JSON::parse(&text).ok());
    let body = body.unwrap_or(JsValue::NULL);
    match status {
        200 => text(&body, "to").ok_or_else(|| whole(NOT_THROUGH)),
        401 => Err(whole(SIGNED_OUT)),
        413 => Err(vec![("file".to_owned(), TOO_LARGE.to_owned())]),
        422 => {
            let errors = Reflect::get(&body, &"errors".into()).unwrap_or(JsValue::NULL);
            let errors = Array::from(&errors);
            let told = |error| Some((text(&error, "name").unwrap_or_default(), text(&error, "message")?));
            Err(errors.iter().filter_map(told).collect())
        }
        _ => Err(whole(NOT_THROUGH)),
    }
}

fn text(value: &JsValue, member: &str) -> Option<String> {
    Reflect::get(value, &member.into()).ok()?.as_string()
}
