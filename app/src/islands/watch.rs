//! Work that goes on in the background: the page looks again by itself until there is nothing to wait for. Without scripts,
//! a link on the page does so.

use super::{awake, part};
use js_sys::JsString;
use leptos::{html::Div, prelude::*};
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{HtmlDivElement, HtmlElement, RequestInit, Response};

/// What is replaced by what the server shows by now.
const PART: &str = ".app-kept";

const AFTER: Duration = Duration::from_secs(1);

/// Wraps an element of the class `app-kept`, which comes from the page's own address, every second, as long as there is a
/// `progress` in it.
#[island]
pub fn Watch(children: Children) -> impl IntoView {
    let root = NodeRef::<Div>::new();
    awake(root, |root| {
        // what changes each second would be read out each second
        announce(root, "off");
        look_soon(root.clone());
    });
    view! { <div role="status" node_ref=root>{children()}</div> }
}

fn look_soon(root: HtmlDivElement) {
    let look = async move {
        let goes_on = match fetch().await {
            Ok(html) => show(&root, &html).unwrap_or(false),
            // nobody answers just now
            Err(_) => true,
        };
        if goes_on {
            look_soon(root);
        }
    };
    set_timeout(move || spawn_local(look), AFTER);
}

/// The page as it is by now.
async fn fetch() -> Result<String, JsValue> {
    // no address is the page's own; the call is the one that answers are saved with, so that less goes to the browser
    let asked = window().fetch_with_str_and_init("", &RequestInit::new());
    let response: Response = JsFuture::from(asked).await?.unchecked_into();
    if response.status() >= 500 {
        return Err(JsValue::NULL);
    }
    let text = JsFuture::from(response.text()?).await?;
    Ok(text.unchecked_into::<JsString>().into())
}

/// Puts the server's part in place of what is shown. Is there more to wait for? Nothing where the page is another one, as
/// after signing out.
fn show(root: &HtmlElement, html: &str) -> Option<bool> {
    let new = part(html, PART)?;
    let old = root.query_selector(PART).ok()??;
    let goes_on = new.query_selector("progress").ok()?.is_some();
    // what is said already must not be read out again
    if old.text_content() != new.text_content() {
        let focused = old.matches(":focus-within").ok()?;
        if !goes_on {
            announce(root, "polite");
        }
        old.replace_with_with_node_1(&new).ok()?;
        if focused {
            // a page that cannot take the focus stays as it is
            let _ = new.unchecked_ref::<HtmlElement>().focus();
        }
    }
    Some(goes_on)
}

/// Whether screen readers say what changes.
fn announce(root: &HtmlElement, when: &str) {
    // a page that cannot be told stays as it is
    let _ = root.set_attribute("aria-live", when);
}
