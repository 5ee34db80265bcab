//! The fields inside the island's container, read and written through the page itself: they were made
//! by the server and may have been edited before the island woke.

use leptos::prelude::document;
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use web_sys::{Element, HtmlInputElement, UrlSearchParams};

/// Which values of the fields are meant.
#[derive(Clone, Copy, PartialEq)]
pub enum Values {
    /// What the reader sees now.
    Current,
    /// What the server sent.
    Rendered,
}

/// Every enabled field with a name. Text areas and selects are treated as inputs too: the properties used
/// here (`name`, `type`, `value`, `checked`, `defaultValue`) have the same names, and nothing checks the class.
pub fn all(root: &Element) -> Vec<HtmlInputElement> {
    let Ok(found) = root.query_selector_all("input[name]:enabled,textarea[name]:enabled,select[name]:enabled") else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|i| found.item(i))
        .map(JsCast::unchecked_into)
        .collect()
}

/// Ends the name of the hidden field that protects the answer from being overwritten.
pub const REVISION: &str = ".revision";
/// Ends the name of the hidden field by which the server knows the texts as it showed them.
pub const BASE: &str = ".base";

/// Ends the name of the hidden field that says which words the reader keeps although they seem to identify somebody.
pub const CONFIRMED: &str = ".confirmed";

/// Returns the value of one of the hidden fields that guard the answer.
pub fn guard(root: &Element, which: &str) -> String {
    let field = all(root).into_iter().find(|field| field.name().ends_with(which));
    field.map(|field| field.value()).unwrap_or_default()
}

/// Sets one of the hidden fields that guard the answer.
pub fn set_guard(root: &Element, which: &str, value: &str) {
    if let Some(field) = all(root).into_iter().find(|field| field.name().ends_with(which)) {
        field.set_value(value);
    }
}

fn is_guard(field: &HtmlInputElement) -> bool {
    let name = field.name();
    [REVISION, BASE, CONFIRMED].iter().any(|which| name.ends_with(which))
        || field.closest(".app-conflict").is_ok_and(|panel| panel.is_some())
}

/// Returns whether it is typed into.
pub fn is_text(field: &HtmlInputElement) -> bool {
    matches!(field.type_().as_str(), "text" | "textarea")
}

fn is_choice(field: &HtmlInputElement) -> bool {
    matches!(field.type_().as_str(), "radio" | "checkbox")
}

/// Returns the fields as a form would send them, without their guards.
pub fn answer(root: &Element, values: Values) -> UrlSearchParams {
    let form = UrlSearchParams::new().expect_throw("every browser that runs WebAssembly has URLSearchParams");
    let fields: Vec<HtmlInputElement> = all(root).into_iter().filter(|field| !is_guard(field)).collect();
    for field in &fields {
        if let Some(value) = sent_value(field, values) {
            form.append(&field.name(), &value);
        }
    }
    // a form sends nothing of a group in which nothing is chosen: so a choice that was taken back would go unseen
    for field in fields
        .iter()
        .filter(|field| field.type_() == "radio" && !form.has(&field.name()))
    {
        form.append(&field.name(), "");
    }
    form
}

/// Takes back what is chosen among radios, and goes to the first of them.
pub fn clear_choice(root: &Element) {
    let radios: Vec<HtmlInputElement> = all(root).into_iter().filter(|field| field.type_() == "radio").collect();
    for radio in radios.iter().filter(|radio| !is_guard(radio)) {
        radio.set_checked(false);
    }
    if let Some(first) = radios.iter().find(|radio| !is_guard(radio)) {
        // only an element outside the document cannot be focused
        let _ = first.focus();
    }
}

fn sent_value(field: &HtmlInputElement, values: Values) -> Option<String> {
    let rendered = values == Values::Rendered;
    if is_choice(field) {
        let checked = if rendered {
            field.default_checked()
        } else {
            field.checked()
        };
        return checked.then(|| field.value());
    }
    // a select has no default value of its own
    let rendered = rendered && field.type_() != "select-one";
    Some(if rendered { field.default_value() } else { field.value() })
}

/// Returns the fields as a form would send them, guards included.
pub fn form(root: &Element) -> UrlSearchParams {
    let form = answer(root, Values::Current);
    for field in all(root).iter().filter(|field| is_guard(field)) {
        if let Some(value) = sent_value(field, Values::Current) {
            form.append(&field.name(), &value);
        }
    }
    form
}

/// Returns the form as text, in an order that does not depend on how it was made.
pub fn text(form: &UrlSearchParams) -> String {
    // it fails on no form
    let _ = form.sort();
    form.to_string().into()
}

/// Puts back what [`form`] once gave.
pub fn restore(root: &Element, form: &UrlSearchParams) {
    for field in all(root) {
        let kept = form.get(&field.name());
        if is_choice(&field) {
            field.set_checked(form.get_all(&field.name()).includes(&field.value().into(), 0));
        } else if let Some(kept) = kept {
            field.set_value(&kept);
        }
    }
}

/// Gives the field, or the group of radios, this value.
pub fn fill(root: &Element, name: &str, value: &str) {
    for field in named(root, name) {
        if is_choice(&field) {
            field.set_checked(field.value() == value);
        } else {
            field.set_value(value);
        }
    }
}

/// Shows a message at the field and ties it to the field for screen readers.
pub fn show_error(root: &Element, name: &str, message: &str) {
    let Some(field) = named(root, name).into_iter().next() else {
        return;
    };
    let Ok(line) = document().create_element("p") else {
        return;
    };
    let id = [name, "-unsaved"].concat();
    line.set_id(&id);
    line.set_class_name("govuk-error-message app-unsaved");
    line.set_text_content(Some(&["Error: ", message].concat()));
    // above a whole group of radios, not inside it
    let place = field
        .closest(".govuk-radios,.govuk-checkboxes,.govuk-input__wrapper")
        .ok()
        .flatten();
    let place = place.as_ref().unwrap_or(&field);
    if let Some(parent) = place.parent_node() {
        let _ = parent.insert_before(&line, Some(place));
    }
    describe(&field, &id, true);
}

/// Removes what [`show_error`] showed.
pub fn clear_errors(root: &Element) {
    for field in all(root) {
        let id = [&field.name(), "-unsaved"].concat();
        if let Some(line) = document().get_element_by_id(&id) {
            line.remove();
        }
        describe(&field, &id, false);
    }
}

/// Adds an element to those that describe the field, or takes it away.
fn describe(field: &Element, id: &str, add: bool) {
    let before = field.get_attribute("aria-describedby").unwrap_or_default();
    let mut ids: Vec<&str> = before.split_whitespace().filter(|known| *known != id).collect();
    if add {
        ids.push(id);
    }
    // setting an attribute can only fail on a bad name
    let _ = if ids.is_empty() {
        field.remove_attribute("aria-describedby")
    } else {
        field.set_attribute("aria-describedby", &ids.join(" "))
    };
}

fn named(root: &Element, name: &str) -> Vec<HtmlInputElement> {
    all(root).into_iter().filter(|field| field.name() == name).collect()
}
