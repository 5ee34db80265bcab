//! The fast path through a review sheet by keyboard alone: a digit rates, N and P go on and back, C comments.
//!
//! Keys count only while the focus is inside the sheet and not in a field for text, so they get in nobody's way.

use super::awake;
use leptos::{html::Div, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, Node};

/// Wraps sections of the class `app-criterion`, each with its radio buttons and text areas.
#[island]
pub fn Keys(children: Children) -> impl IntoView {
    let root = NodeRef::<Div>::new();
    awake(root, |root| {
        if let Some(keys) = first(root, ".app-keys") {
            // an attribute that is not there is no failure
            let _ = keys.remove_attribute("hidden");
        }
    });
    view! {
        <div node_ref=root on:keydown:capture=pressed>
            <p class="govuk-body-s app-keys" hidden>
                "By keyboard, once a criterion has the focus: " <kbd>"1"</kbd> " to " <kbd>"5"</kbd> " rate, " <kbd>"N"</kbd> " next, "
                <kbd>"P"</kbd> " previous, " <kbd>"C"</kbd> " comment, " <kbd>"Esc"</kbd> " leaves a text."
            </p>
            {children()}
        </div>
    }
}

fn pressed(event: KeyboardEvent) {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
        return;
    };
    let Ok(Some(section)) = target.closest(".app-criterion") else {
        return;
    };
    if event.ctrl_key() || event.alt_key() || event.meta_key() {
        return;
    }
    let key = event.key();
    let writing = target.matches("textarea,input[type=text],select").unwrap_or(false);
    let done = match key.as_str() {
        "Escape" if writing => focus(&section),
        _ if writing => false,
        "1" | "2" | "3" | "4" | "5" => rate(&section, &key),
        "n" | "N" => beside(&section, true).is_some_and(|section| focus(&section)),
        "p" | "P" => beside(&section, false).is_some_and(|section| focus(&section)),
        "c" | "C" => first(&section, "textarea[name$=\".comment\"]").is_some_and(|text| focus(&text)),
        _ => false,
    };
    if done {
        event.prevent_default();
    }
}

fn first(within: &Element, selector: &str) -> Option<Element> {
    within.query_selector(selector).ok().flatten()
}

fn rate(section: &Element, level: &str) -> bool {
    let Some(radio) = first(section, &format!("input[type=radio][value=\"{level}\"]")) else {
        return false;
    };
    let radio: HtmlElement = radio.unchecked_into();
    radio.click();
    focus(&radio)
}

/// The section after or before one.
fn beside(section: &Element, after: bool) -> Option<Element> {
    let all = document().query_selector_all(".app-criterion").ok()?;
    let here: &Node = section;
    let place = (0..all.length()).find(|place| all.item(*place).as_ref() == Some(here))?;
    let there = if after { place + 1 } else { place.checked_sub(1)? };
    all.item(there)?.dyn_into().ok()
}

fn focus(element: &Element) -> bool {
    let element: &HtmlElement = element.unchecked_ref();
    element.scroll_into_view();
    element.focus().is_ok()
}
