//! Words that seem to identify somebody, pointed out before they leave the page.

use super::{
    super::{add, emptied},
    fields,
};
use identify::{Piece, fresh, pieces};
use web_sys::{Element, HtmlInputElement, UrlSearchParams};

/// One field with such words.
#[derive(Clone, PartialEq)]
pub struct Spot {
    /// What the page calls the field.
    pub label: String,
    /// The words, with a little of what stands around.
    pub pieces: Vec<Piece>,
}

/// Returns the fields with words that are neither in `stored`, form-encoded, nor kept by the reader, and the marks of these words.
pub fn spots(root: &Element, stored: &str) -> (Vec<Spot>, String) {
    let stored: Vec<String> = texts(stored);
    let stored: Vec<&str> = stored.iter().map(String::as_str).collect();
    let confirmed = fields::guard(root, fields::CONFIRMED);
    let mut marks = String::new();
    let mut spots = Vec::new();
    for field in fields::all(root).iter().filter(|field| fields::is_text(field)) {
        let text = field.value();
        let mut open = Vec::new();
        for finding in fresh(&text, &stored) {
            let mark = finding.mark(&text);
            if !confirmed.split('.').any(|kept| kept == mark) {
                marks.push('.');
                marks.push_str(&mark);
                open.push(finding);
            }
        }
        if !open.is_empty() {
            spots.push(Spot {
                label: label(root, field),
                pieces: pieces(&text, &open),
            });
        }
    }
    (spots, marks)
}

/// Shows such fields in the list for them.
pub fn show(root: &Element, spots: &[Spot]) {
    let Some(list) = emptied(root, ".app-check__found") else {
        return;
    };
    for spot in spots {
        add(&list, "dt", &spot.label);
        let Some(words) = add(&list, "dd", "") else { return };
        for piece in &spot.pieces {
            match piece.kind {
                Some(_) => drop(add(&words, "mark", &piece.text)),
                // it fails on no text
                None => drop(words.append_with_str_1(&piece.text)),
            }
        }
    }
}

fn texts(encoded: &str) -> Vec<String> {
    let Ok(form) = UrlSearchParams::new_with_str(encoded) else {
        return Vec::new();
    };
    form.values()
        .into_iter()
        .flatten()
        .filter_map(|value| value.as_string())
        .collect()
}

fn label(root: &Element, field: &HtmlInputElement) -> String {
    let label = ["label[for=\"", &field.id(), "\"]"].concat();
    let label = root.query_selector(&label).ok().flatten();
    label.and_then(|label| label.text_content()).unwrap_or_default()
}

/// Removes the notice that came with the page: what is said now stands below the fields.
pub fn forget_notice(root: &Element) {
    let island = root.closest("[data-autosave-url]").ok().flatten();
    let before = island.and_then(|island| island.previous_element_sibling());
    if let Some(notice) = before.filter(|before| before.class_name() == "app-check") {
        notice.remove();
    }
}
