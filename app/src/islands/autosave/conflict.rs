//! Two people's versions of one answer.

use super::{
    super::{add, emptied},
    fields,
    post::Field,
};
use web_sys::{Element, UrlSearchParams};

/// One field with two texts.
#[derive(Clone)]
pub struct Difference {
    /// The field's full name in the form.
    pub name: String,
    /// What the page calls it.
    pub label: String,
    /// The value on the server.
    pub theirs: String,
    /// `theirs` in words: a radio's label instead of its value.
    pub theirs_shown: String,
    /// The value on this page, in words.
    pub mine_shown: String,
}

/// Whether the server's side of a conflict is this answer, form-encoded: then "somebody else" was this page, and only
/// the reply to it was lost.
pub fn is_about(answer: &str, fields: &[Field]) -> bool {
    UrlSearchParams::new_with_str(answer).is_ok_and(|answer| {
        fields
            .iter()
            .all(|field| answer.get(&field.name).unwrap_or_default() == field.theirs)
    })
}

/// The fields in which the two answers differ, in words.
pub fn differences(root: &Element, fields: Vec<Field>) -> Vec<Difference> {
    fields
        .into_iter()
        .filter(|field| field.theirs != field.mine)
        .map(|field| Difference {
            theirs_shown: fields::in_words(root, &field.name, &field.theirs),
            mine_shown: fields::in_words(root, &field.name, &field.mine),
            name: field.name,
            label: field.label,
            theirs: field.theirs,
        })
        .collect()
}

/// Shows both versions in the list for them: nothing is lost before the choice is made.
pub fn show(root: &Element, differences: &[Difference]) {
    let Some(list) = emptied(root, ".app-conflict dl") else {
        return;
    };
    for field in differences {
        add(&list, "dt", &field.label);
        for (whose, text) in [("Yours", &field.mine_shown), ("Theirs", &field.theirs_shown)] {
            let Some(version) = add(&list, "dd", "") else { return };
            add(&version, "strong", whose);
            add(&version, "p", if text.is_empty() { "(nothing)" } else { text });
        }
    }
}

/// The answer that the server has, form-encoded: the one that was sent, with the other version where they differ.
pub fn merged(sent: &str, differences: &[Difference]) -> String {
    let Ok(answer) = UrlSearchParams::new_with_str(sent) else {
        return String::new();
    };
    for field in differences {
        // in a form, no choice is no field
        if field.theirs.is_empty() && !answer.has(&field.name) {
            continue;
        }
        answer.set(&field.name, &field.theirs);
    }
    fields::text(&answer)
}
