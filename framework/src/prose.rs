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

    /// Reads a text field: `None` when nothing was written that can be seen.
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
            _ if !shows(clean) => Ok(None),
            ..=Self::MAX => Ok(Some(Prose(clean.to_owned()))),
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
        let read = Self::read(&text)?;
        // what an earlier release stored stays readable, even where nothing of it can be seen
        let stored = || Some(text.trim()).filter(|text| !text.is_empty() && !text.contains(char::is_control));
        read.or_else(|| stored().map(|text| Prose(text.to_owned())))
            .ok_or_else(|| "The text is empty.".to_owned())
    }
}

/// Returns whether anything of a text can be seen: blanks cannot, nor can signs without width, nor blanks that Unicode counts
/// among the letters.
pub fn shows(text: &str) -> bool {
    text.chars()
        .any(|c| !c.is_whitespace() && !c.is_control() && !is_invisible(c))
}

fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
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
        for nothing in [
            "\u{200b}",
            " \u{2060}\u{feff}\n",
            "\u{3164}\u{2800}",
            "\u{ad}\u{202e}",
            "\u{e0020}",
        ] {
            assert_eq!(read(nothing), Ok(None), "{nothing:?}");
            assert!(
                Prose::try_from(nothing.to_owned()).is_ok(),
                "what is stored stays readable"
            );
        }
        assert_eq!(read("👩\u{200d}👧"), Ok(Some("👩\u{200d}👧".into())));
        assert!(Prose::try_from(" ".to_owned()).is_err());
        assert!(read(&"ŵ".repeat(Prose::MAX)).is_ok());
        assert!(read(&"ŵ".repeat(Prose::MAX + 1)).is_err());
    }
}
