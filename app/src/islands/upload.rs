//! Sends a form with a file while telling how far it is. Without JavaScript the form is sent as any other.
//!
//! The request is the form's own, with `Accept: application/json`. The replies: `200 {"state":"saved","to":"/…"}` leads
//! on; `422` is the page that comes without JavaScript, whose part takes the place of the one that is shown, so that both
//! ways say the same; `401` asks to sign in elsewhere and try again; anything else to try again, with everything, the
//! file too, still in the form.

use super::{add, awake, emptied};
use js_sys::{JSON, Reflect};
use leptos::{ev::SubmitEvent, html::Div, prelude::*};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{
    Element, FormData, HtmlDivElement, HtmlElement, HtmlFormElement, HtmlInputElement, ProgressEvent, XmlHttpRequest,
};

/// What is replaced by the server's answer: the errors, the heading and the form.
const PART: &str = ".app-upload__part";

/// The most bytes of one file: the server says the same.
const MOST: f64 = 20.0 * 1024.0 * 1024.0;

const SIGNED_OUT: &str =
    "You have been signed out. Sign in again in another tab, then save here: everything is still on this page.";
const NOT_THROUGH: &str = "The upload did not get through. Everything is still on this page: try again.";
const TOO_LARGE: &str = "The file is larger than 20 MB. Make it smaller, or add a link to where it is kept.";

/// What the message beside the file is called, as the server calls it.
const FILE_ERROR: &str = "file-error";

/// Wraps one form that is sent to its own address. The container gets `data-ready` once it listens.
#[island]
pub fn Upload(children: Children) -> impl IntoView {
    let root = NodeRef::<Div>::new();
    let summary = NodeRef::<Div>::new();
    let percent = RwSignal::new(None::<u32>);
    awake(root, |_| {});
    let submit = move |event: SubmitEvent| {
        let form = event.target().and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
        let (Some(form), Some(summary)) = (form, summary.get_untracked()) else {
            return;
        };
        event.prevent_default();
        if percent.get_untracked().is_some() {
            return;
        }
        summary.set_hidden(true);
        if too_large(&form) {
            mark_file(&form);
            show_error(&summary, TOO_LARGE);
        } else if send(&form, event.submitter(), percent, summary.clone()).is_err() {
            show_error(&summary, NOT_THROUGH);
        }
    };
    view! {
        <div class="app-upload" node_ref=root on:submit:capture=submit>
            <div class="govuk-error-summary" role="alert" tabindex="-1" node_ref=summary hidden>
                <h2 class="govuk-error-summary__title">"There is a problem"</h2>
                <ul class="govuk-list govuk-error-summary__list"></ul>
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

/// Says what is wrong where a page's errors stand.
fn show_error(summary: &HtmlElement, message: &str) {
    let item = emptied(summary, "ul").and_then(|list| add(&list, "li", ""));
    let link = item.and_then(|item| add(&item, "a", message));
    // a link without an address is plain text
    if let Some(link) = link.filter(|_| message == TOO_LARGE) {
        let _ = link.set_attribute("href", "#file");
    }
    summary.set_hidden(false);
    // a page that cannot be scrolled stays where it is
    let _ = summary.focus();
}

fn too_large(form: &HtmlFormElement) -> bool {
    let input = form.query_selector("input[type=file]").ok().flatten();
    let files = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()?.files());
    files
        .and_then(|files| files.get(0))
        .is_some_and(|file| file.size() > MOST)
}

/// Says beside the file what the list says, in the look of a refused field.
fn mark_file(form: &HtmlFormElement) {
    let known = form.query_selector(&["#", FILE_ERROR].concat());
    let input = form.query_selector("input[type=file]").ok().flatten();
    let Some(input) = input.filter(|_| known.is_ok_and(|known| known.is_none())) else {
        return;
    };
    let message = [
        "<p class=\"govuk-error-message\" id=\"",
        FILE_ERROR,
        "\">",
        TOO_LARGE,
        "</p>",
    ]
    .concat();
    // what fails leaves the message in the list
    let _ = input.insert_adjacent_html("beforebegin", &message);
    let _ = input.set_attribute("aria-describedby", &["file-hint ", FILE_ERROR].concat());
    if let Ok(Some(group)) = input.closest(".govuk-form-group") {
        group.set_class_name("govuk-form-group govuk-form-group--error");
    }
}

/// Returns what the form sends: a button's own field goes with it only when that button was pressed.
fn data(form: &HtmlFormElement, pressed: Option<HtmlElement>) -> Result<FormData, JsValue> {
    let data = FormData::new_with_form(form)?;
    let attribute = |name| pressed.as_ref()?.get_attribute(name);
    if let Some(name) = attribute("name") {
        data.append_with_str(&name, &attribute("value").unwrap_or_default())?;
    }
    Ok(data)
}

fn send(
    form: &HtmlFormElement,
    pressed: Option<HtmlElement>,
    percent: RwSignal<Option<u32>>,
    summary: HtmlDivElement,
) -> Result<(), JsValue> {
    let data = data(form, pressed)?;
    let part = form.closest(PART)?;
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
        if reply.status() == Ok(422) && part.is_some_and(|part| replace(&part, &reply).is_some()) {
            return;
        }
        match understand(&reply) {
            Ok(to) => {
                // a page that cannot be left stays as it is
                let _ = window().location().set_href(&to);
            }
            Err(message) => show_error(&summary, &message),
        }
    });
    request.set_onloadend(Some(ended.unchecked_ref()));
    percent.set(Some(0));
    request.send_with_opt_form_data(Some(&data))
}

/// Puts the part of the server's page in place of what is shown, and leads to its list of errors.
fn replace(part: &Element, reply: &XmlHttpRequest) -> Option<()> {
    let html = reply.response_text().ok()??;
    let new = super::part(&html, PART)?;
    part.replace_with_with_node_1(&new).ok()?;
    let summary = new.query_selector(".govuk-error-summary").ok()??;
    summary.dyn_into::<HtmlElement>().ok()?.focus().ok()
}

/// Where to go on, or what is wrong.
fn understand(reply: &XmlHttpRequest) -> Result<String, String> {
    let status = reply.status().unwrap_or(0);
    let body = reply
        .response_text()
        .ok()
        .flatten()
        .and_then(|text| JSON::parse(&text).ok());
    let body = body.unwrap_or(JsValue::NULL);
    match status {
        200 => text(&body, "to").ok_or_else(|| NOT_THROUGH.to_owned()),
        401 => Err(SIGNED_OUT.to_owned()),
        413 => Err(TOO_LARGE.to_owned()),
        _ => Err(text(&body, "message").unwrap_or_else(|| NOT_THROUGH.to_owned())),
    }
}

fn text(value: &JsValue, member: &str) -> Option<String> {
    Reflect::get(value, &member.into()).ok()?.as_string()
}
