//! Ids of headings.

use std::collections::{HashMap, HashSet};

/// Gives every heading of one document an id that no other has, in document order.
///
/// HTML and PDF both walk the blocks in order, so both arrive at the same ids.
#[derive(Debug, Default)]
pub(crate) struct Anchors {
    taken: HashSet<String>,
    last: HashMap<String, usize>,
}

impl Anchors {
    /// Returns the id for a heading, from its own id or else its words.
    pub(crate) fn claim(&mut self, id: &str, text: &str) -> String {
        let base = match slug(if id.is_empty() { text } else { id }) {
            s if s.is_empty() => "section".to_owned(),
            s => s,
        };
        let n = self.last.entry(base.clone()).or_insert(0);
        loop {
            *n += 1;
            let candidate = if *n == 1 { base.clone() } else { format!("{base}-{n}") };
            if self.taken.insert(candidate.clone()) {
                return candidate;
            }
        }
    }
}

/// Lower-case letters and digits joined by hyphens; keeps letters of every language.
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars().flat_map(char::to_lowercase).take(80) {
        if c.is_alphanumeric() || c == '_' || c == '.' {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_the_same_words_get_different_ids() {
        let mut anchors = Anchors::default();
        assert_eq!(anchors.claim("", "Tŷ Ŵyl: scores"), "tŷ-ŵyl-scores");
        assert_eq!(anchors.claim("", "Tŷ Ŵyl scores"), "tŷ-ŵyl-scores-2");
        assert_eq!(anchors.claim("", "…"), "section");
    }
}
