//! The key of a form that makes something: whoever sends the same form with the same content twice makes one record.

use super::{Fields, secret};
use crate::ui::form::hidden;
use leptos::prelude::*;
use uuid::Uuid;

/// The hidden field's name.
pub const FIELD: &str = "form";

/// Fields that say nothing of what is made, and may differ when the same form comes again.
const BESIDE: [&str; 4] = [FIELD, "held", "keep", "confirmed"];

/// Returns the hidden field, with a key that no other form has.
pub fn form_key() -> impl IntoView + use<> {
    hidden(FIELD, &Uuid::now_v7().to_string())
}

/// Returns the key of what was sent, and of a file that came with it; none where the form has none. It holds for this content
/// only: somebody who goes back to the form and writes something else makes another record.
pub fn key_of(fields: &Fields, file: &str) -> Option<String> {
    let form = Uuid::parse_str(fields.get(FIELD)).ok()?;
    let content = fields.iter().filter(|(name, _)| !BESIDE.contains(name));
    let content = Fields::query(content);
    Some(secret::hash(&format!("{form} {file} {content}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_form_with_the_same_content_has_one_key() {
        let key = |sent: &str, file| key_of(&Fields::parse(sent), file);
        let form = "form=0198f0a0-0000-7000-8000-000000000001";
        let first = key(&format!("{form}&what=a&by-day=1"), "");
        assert!(first.is_some());
        assert_eq!(key(&format!("by-day=1&what=a&{form}&keep=x"), ""), first);
        assert_eq!(key(&format!("{form}&what=a&by-day=1&held=t"), ""), first);
        for other in [
            key(&format!("{form}&what=b&by-day=1"), ""),
            key(&format!("{form}&what=a&by-day=1"), "hash"),
            key("form=0198f0a0-0000-7000-8000-000000000002&what=a&by-day=1", ""),
            key("what=a&by-day=1", ""),
            key("form=1&what=a&by-day=1", ""),
        ] {
            assert_ne!(other, first);
        }
    }
}
