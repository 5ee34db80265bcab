//! The interactive parts of the pages: the only code that runs in a browser.
//!
//! To stay small, islands take no props but children (props would bring serde into the browser), send
//! plain forms and read small JSON through the browser's own objects, and use neither router nor server functions.

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

use web_sys::{DomParser, Element, SupportedType};

/// The part of a page that came as text.
fn part(html: &str, selector: &str) -> Option<Element> {
    let page = DomParser::new().ok()?;
    let page = page.parse_from_string(html, SupportedType::TextHtml).ok()?;
    page.query_selector(selector).ok()?
}
