//! Two people's versions of one answer: what only others changed comes onto the page, and what both changed is asked about.

use super::{super::part, fields};
use web_sys::{Element, UrlSearchParams};

const PANEL: &str = ".app-conflict";

/// Names of fields with their texts.
pub type Texts = [(String, String)];

/// Whether what is stored in these fields is this answer, form-encoded: then "somebody else" was this page, and only the
/// reply to it was lost.
pub fn is_about(answer: &str, theirs: &Texts) -> bool {
    UrlSearchParams::new_with_str(answer).is_ok_and(|answer| {
        let same = |(name, text): &(String, String)| answer.get(name).unwrap_or_default() == *text;
        theirs.iter().all(same)
    })
}

/// Returns the answer that was sent, with other texts in these fields: what the server has.
pub fn merged(sent: &str, texts: &Texts) -> String {
    let Ok(answer) = UrlSearchParams::new_with_str(sent) else {
        return String::new();
    };
    for (name, text) in texts {
        answer.set(name, text);
    }
    fields::text(&answer)
}

/// Brings the page up to date, but for fields that were edited since they were sent; whether there was none of those.
pub fn fill(root: &Element, sent: &str, texts: &Texts) -> bool {
    let (Ok(sent), now) = (
        UrlSearchParams::new_with_str(sent),
        fields::answer(root, fields::Values::Current),
    ) else {
        return false;
    };
    let mut all = true;
    for (name, text) in texts {
        if now.get(name) == sent.get(name) {
            fields::fill(root, name, text);
        } else {
            all = false;
        }
    }
    all
}

/// Shows the server's panel, in place of one that is there.
pub fn show(root: &Element, html: &str) {
    forget(root);
    if let Some(panel) = part(html, PANEL) {
        // an element of another document is taken over
        let _ = root.insert_before(&panel, root.query_selector(".app-save-state").ok().flatten().as_deref());
    }
}

/// Takes the panel away.
pub fn forget(root: &Element) {
    if let Some(panel) = panel(root) {
        panel.remove();
    }
}

/// The panel, where something is asked.
pub fn panel(root: &Element) -> Option<Element> {
    root.query_selector(PANEL).ok().flatten()
}

/// Returns whether anything was chosen in it.
pub fn is_answered(root: &Element) -> bool {
    let chosen = root.query_selector(".app-conflict input:checked");
    chosen.is_ok_and(|chosen| chosen.is_some())
}
