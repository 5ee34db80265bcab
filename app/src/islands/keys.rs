//! The fast path through a review sheet by keyboard alone: a digit rates, N and P go on and back, C comments.
//!
//! Keys count for the criterion that has the focus, and as long as nothing has it for the one that had it last, at the start
//! the first one. In a field for text they are text; elsewhere on the page they do nothing. Whoever speaks to the computer
//! may find that words press keys: they can be switched off, and stay off in this browser.

use super::awake;
use leptos::{ev, html::Div, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent, Node};

/// Marks the criterion for which keys count.
const ACTIVE: &str = "data-active";
/// Where the browser remembers that keys are off.
const OFF: &str = "keys-off";

/// Wraps sections of the class `app-criterion`, each with its radio buttons and text areas.
#[island]
pub fn Keys(children: Children) -> impl IntoView {
    let root = NodeRef::<Div>::new();
    awake(root, |root| {
        if let Some(keys) = first(root, ".app-keys") {
            // an attribute that is not there is no failure
            let _ = keys.remove_attribute("hidden");
        }
        if let Some(switch) = switch() {
            switch.set_checked(!remembered_off());
        }
        let start = first(root, ".app-criterion:target").or_else(|| first(root, ".app-criterion"));
        if let Some(section) = start {
            activate(&section);
        }
        // the page is left with all that listens
        let _ = window_event_listener(ev::keydown, |event| pressed(&event));
        let _ = window_event_listener(ev::focusin, |event| {
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            if let Some(section) = target.and_then(|target| section_of(&target)) {
                activate(&section);
            }
        });
    });
    view! {
        <div node_ref=root>
            <div class="app-keys" hidden>
                <p class="govuk-body-s">
                    "Keys for the marked criterion: " <kbd>"1"</kbd> " to " <kbd>"5"</kbd> " rate, " <kbd>"N"</kbd> " next, "
                    <kbd>"P"</kbd> " previous, " <kbd>"C"</kbd> " comment, " <kbd>"Esc"</kbd> " closes the box."
                </p>
                <div class="govuk-checkboxes govuk-checkboxes--small">
                    <div class="govuk-checkboxes__item">
                        <input class="govuk-checkboxes__input" type="checkbox" id="keys" checked on:change:capture=|_| remember()/>
                        <label class="govuk-label govuk-checkboxes__label" r#for="keys">"Use these keys"</label>
                    </div>
                </div>
            </div>
            {children()}
        </div>
    }
}

fn switch() -> Option<HtmlInputElement> {
    document().get_element_by_id("keys")?.dyn_into().ok()
}

fn remembered_off() -> bool {
    let storage = window().local_storage().ok().flatten();
    storage.is_some_and(|storage| storage.get_item(OFF).ok().flatten().is_some())
}

/// A browser that keeps nothing forgets it with the page.
fn remember() {
    let (Some(switch), Ok(Some(storage))) = (switch(), window().local_storage()) else {
        return;
    };
    let _ = match switch.checked() {
        true => storage.remove_item(OFF),
        false => storage.set_item(OFF, "yes"),
    };
}

fn activate(section: &Element) {
    if let Some(before) = active() {
        let _ = before.remove_attribute(ACTIVE);
    }
    let _ = section.set_attribute(ACTIVE, "");
}

fn active() -> Option<Element> {
    document().query_selector("[data-active]").ok().flatten()
}

fn section_of(target: &Element) -> Option<Element> {
    target.closest(".app-criterion").ok().flatten()
}

fn pressed(event: &KeyboardEvent) {
    let off = switch().is_none_or(|switch| !switch.checked());
    if off || event.ctrl_key() || event.alt_key() || event.meta_key() {
        return;
    }
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
        return;
    };
    let nowhere = target.matches("body").unwrap_or(false);
    let Some(section) = section_of(&target).or_else(|| active().filter(|_| nowhere)) else {
        return;
    };
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

/// Returns the section after or before one.
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
