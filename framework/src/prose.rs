//! Free text that people write: trimmed, bounded, without control characters.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Text of 1 to [`Prose::MAX`] characters with Unix line ends, trimmed. May hold markdown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("minLength" = 1, "maxLength" = Prose::MAX))]
pub struct Prose(String);

impl Prose {
    /// The most characters one text may have.
    pub const MAX: usize = 10_000;

    /// Reads a text field: `None` when nothing but white space was written.
    ///
    /// # Errors
    /// A sentence for the person when the text is too long.
    pub fn read(text: &str) -> Result<Option<Prose>, String> {
        let clean: String = text
            .replace("\r\n", "\n")
            .replace('\r', "\n")
            .chars()
            .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
            .collect();
        let clean = clean.trim();
        match clean.chars().count() {
            0 => Ok(None),
            1..=Self::MAX => Ok(Some(Prose(clean.to_owned()))),
            n => Err(format!(
                "The text has {n} characters; the most is {}. Shorten it.",
                Self::MAX
            )),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Prose {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::read(&text)?.ok_or_else(|| "The text is empty.".to_owned())
    }
}

impl From<Prose> for String {
    fn from(prose: Prose) -> String {
        prose.0
    }
}

impl fmt::Display for Prose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cleaned_once_and_stays_the_same() {
        let read = |t: &str| Prose::read(t).map(|p| p.map(String::from));
        assert_eq!(read(" \r\n\t "), Ok(None));
        assert_eq!(read(" a\r\nb\rc\u{0}\u{7} "), Ok(Some("a\nb\nc".into())));
        assert!(read(&"ŵ".repeat(Prose::MAX)).is_ok());
        assert!(read(&"ŵ".repeat(Prose::MAX + 1)).is_err());
    }
}
