//! One criterion's fields: with both texts where a colleague saved first, with words that seem to identify somebody, and
//! saved as they are filled in.

use super::{conflict::panel, form::hidden};
use crate::{edit::CriterionForm, islands::Autosave};
use framework::{actor::PersonId, wording::Sayable};
use leptos::prelude::*;

/// Whoever looks at the page, for the parts of it that keep unsaved text in the browser.
#[derive(Clone, Copy)]
pub struct Viewer(pub Option<PersonId>);

/// Returns a part's fields around which text is saved to `url` as it is typed. Only while a page is rendered.
pub fn autosaved<T: Sayable>(url: String, part: &CriterionForm<T>, fields: AnyView) -> AnyView {
    let viewer = use_context::<Viewer>()
        .and_then(|viewer| viewer.0)
        .map(|person| person.0.to_string());
    let key = format!("{} {url} {}", viewer.unwrap_or_default(), part.name("part"));
    let base = part.hidden().map(|(name, value)| hidden(&name, &value)).collect_view();
    let conflict = panel(part, false);
    view! { {part.check().question()} <Autosave url=url key=key>{conflict}{base}{fields}</Autosave> }.into_any()
}
