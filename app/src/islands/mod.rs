//! The interactive parts of the pages: the only code that runs in a browser.
//!
//! To stay small, islands take no props but children (props would bring serde into the browser), send
//! plain forms and read small JSON through the browser's own objects, and use neither router nor server functions. Views
//! listen by `on:…:capture`: the other way brings along code for delegated events, which nobody uses.

mod autosave;
mod keys;
mod marks;
mod upload;
mod watch;

pub use autosave::Autosave;
pub use keys::Keys;
pub use marks::Marks;
pub use upload::Upload;
pub use watch::Watch;

use leptos::{html::Div, prelude::*};
use web_sys::{DomParser, Element, HtmlDivElement, SupportedType};

/// Begins an island's work once its container is awake in the browser, and says so in `data-ready`.
fn awake(root: NodeRef<Div>, begin: impl Fn(&HtmlDivElement) + 'static) {
    // one type for all islands, or an effect of each would be compiled anew
    let begin: Box<dyn Fn(&HtmlDivElement)> = Box::new(begin);
    Effect::new(move |_| {
        if let Some(root) = root.get() {
            begin(&root);
            // setting an attribute can only fail on a bad name
            let _ = root.set_attribute("data-ready", "");
        }
    });
}

/// Returns the first element of this kind, emptied. Lists that change are made by hand: as views they would cost kilobytes.
fn emptied(within: &Element, selector: &str) -> Option<Element> {
    let list = within.query_selector(selector).ok()??;
    list.set_text_content(None);
    Some(list)
}

/// Adds an element with this text.
fn add(parent: &Element, name: &str, text: &str) -> Option<Element> {
    let element = document().create_element(name).ok()?;
    element.set_text_content(Some(text));
    parent.append_child(&element).ok()?;
    Some(element)
}

/// Returns the part of a page that came as text.
fn part(html: &str, selector: &str) -> Option<Element> {
    let page = DomParser::new().ok()?;
    let page = page.parse_from_string(html, SupportedType::TextHtml).ok()?;
    page.query_selector(selector).ok()?
}
