//! Free text that people write: trimmed, bounded, without characters that only act and are not seen.
//!
//! The rules for whatever people type stand here, for long texts and for lines alike: [`cleaned`], [`one_line`], [`is_blank`].

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
        let clean = cleaned(text);
        let clean = clean.trim();
        match clean.chars().count() {
            _ if is_blank(clean) => Ok(None),
            ..=Self::MAX => Ok(Some(Prose(clean.to_owned()))),
            n => Err(format!(
                "The text has {n} characters; the most is {}. Shorten it.",
                Self::MAX
            )),
        }
    }

    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Prose {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        if is_kept_blank(&text) {
            return Ok(Prose(text));
        }
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

/// Text with Unix line ends, in which what other programs write for a line break is one: vertical tab (Shift+Enter in Word
/// and PowerPoint), form feed, U+0085, U+2028 and U+2029. Without control characters and without marks that turn the
/// direction of writing round. Cleaned once, it stays the same.
pub fn cleaned(text: &str) -> String {
    let whole = text.replace("\r\n", "\n");
    let breaks = |c| match c {
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        c => c,
    };
    let kept = |c: &char| matches!(c, '\n' | '\t') || !(c.is_control() || turns(*c));
    whole.chars().map(breaks).filter(kept).collect()
}

/// Text of one line, such as a name or a title: [`cleaned`], with single spaces for white space of every kind, and empty when
/// nothing in it can be seen. Signs that are not seen go too, but for those that join or part letters and emoji.
pub fn one_line(text: &str) -> String {
    let seen = |c: &char| {
        !matches!(
            c,
            '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{2060}' | '\u{feff}'
        )
    };
    let text: String = cleaned(text).chars().filter(seen).collect();
    if is_blank(&text) {
        return String::new();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns whether there is nothing in a text that can be seen.
pub fn is_blank(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_whitespace() || c.is_control() || is_invisible(c))
}

/// Text without anything to be seen that an earlier release took and kept: whoever reads what is kept takes it as it is.
pub(crate) fn is_kept_blank(text: &str) -> bool {
    !cleaned(text).trim().is_empty() && is_blank(text)
}

/// Marks that turn round the direction in which what follows is read.
pub fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Signs that show nothing by themselves: Unicode's "default ignorable" ones, fillers of Hangul among them, and the empty
/// Braille pattern.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Option<String>, String> {
        Prose::read(text).map(|prose| prose.map(String::from))
    }

    #[test]
    fn text_is_cleaned_once_and_stays_the_same() {
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

    #[test]
    fn what_other_programs_write_for_a_line_break_is_one() {
        for sign in ['\r', '\n', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'] {
            let typed = format!("Visits on Monday{sign}Board on Thursday");
            let stored = read(&typed).unwrap().unwrap();
            assert_eq!(stored, "Visits on Monday\nBoard on Thursday", "{sign:?}");
            assert_eq!(read(&stored), Ok(Some(stored.clone())));
            assert_eq!(one_line(&typed), "Visits on Monday Board on Thursday", "{sign:?}");
        }
    }

    #[test]
    fn text_that_cannot_be_seen_is_empty() {
        let unseen = [
            "\u{200b}",
            "\u{2060} \u{feff}",
            "\u{3164}",
            "\u{2800}",
            "\u{ad}",
            "\u{115f}\u{1160}",
            "\u{ffa0}",
            "\u{202e}",
            "\u{200e}\u{200f}\u{61c}",
            "\u{a0}\u{3000}",
            "\u{180e}",
            "\u{34f}",
            "\u{fe0f}",
            "\u{e0020}",
            "\u{0}",
            "",
        ];
        for text in unseen {
            assert!(is_blank(text), "{text:?}");
            assert_eq!(read(text), Ok(None), "{text:?}");
            assert_eq!(one_line(text), "", "{text:?}");
        }
        for text in ["-", ".", "ŵ", "❤\u{fe0f}", "می\u{200c}خواهم"] {
            assert_eq!(read(text), Ok(Some(text.to_owned())));
            assert_eq!(one_line(text), text);
        }
    }

    #[test]
    fn nothing_turns_round_what_follows() {
        assert_eq!(
            read("Ann \u{202e}nimdA\u{202c} on 12 May"),
            Ok(Some("Ann nimdA on 12 May".into()))
        );
        assert_eq!(one_line("Ann\u{202e}\u{2066} nimdA\u{2069} \u{200b}"), "Ann nimdA");
        assert_eq!(one_line("An\u{ad}n\u{200f}"), "Ann");
    }

    #[test]
    fn what_an_earlier_release_kept_can_still_be_read() {
        assert_eq!(
            Prose::try_from("\u{200b}".to_owned()).map(String::from),
            Ok("\u{200b}".to_owned())
        );
        assert!(Prose::try_from(" \n".to_owned()).is_err());
    }
}
