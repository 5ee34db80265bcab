//! Names of people, Practices and regions, and e-mail addresses: one line of text in which nothing is hidden.

use crate::prose::is_blank;
use std::fmt;
use thiserror::Error;

/// Why a name or an e-mail address is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotTaken {
    /// Nothing can be seen of it.
    #[error("nothing is written")]
    Empty,
    /// It has too many characters.
    #[error("at most {} characters", Name::MAX)]
    TooLong,
    /// It holds a control character, which no keyboard writes.
    #[error("it holds a character that cannot be shown")]
    Control,
    /// It is no e-mail address.
    #[error("no e-mail address")]
    NoAddress,
}

/// A name of 1 to [`Name::MAX`] characters on one line, without control characters, marks that turn the direction of
/// writing round, and other marks that are not seen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(String);

impl Name {
    /// The most characters a name may have.
    pub const MAX: usize = 100;

    /// Reads a name: blanks, tabs and line breaks become one blank each, marks that are not seen are taken away.
    ///
    /// # Errors
    /// [`NotTaken`] when nothing is left, too much is written, or it holds a control character.
    pub fn read(text: &str) -> Result<Name, NotTaken> {
        let seen: String = text.chars().filter(|c| !is_unseen(*c)).collect();
        let line = seen.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.contains(char::is_control) {
            return Err(NotTaken::Control);
        }
        if is_blank(&line) {
            return Err(NotTaken::Empty);
        }
        match line.chars().count() {
            ..=Self::MAX => Ok(Name(line)),
            _ => Err(NotTaken::TooLong),
        }
    }

    /// Reads a name that may be left out: an empty text is one that was.
    ///
    /// # Errors
    /// As [`Name::read`], but for [`NotTaken::Empty`].
    pub fn read_optional(text: &str) -> Result<Option<Name>, NotTaken> {
        match Name::read(text) {
            Err(NotTaken::Empty) => Ok(None),
            read => read.map(Some),
        }
    }

    /// Returns the name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Name> for String {
    fn from(name: Name) -> String {
        name.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An e-mail address as it is looked up and kept: without blanks round it, in small letters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email(String);

impl Email {
    /// The most bytes an address may have (RFC 5321).
    pub const MAX: usize = 254;

    /// Reads an address. All spellings of one address give the same.
    ///
    /// # Errors
    /// [`NotTaken`] when it is none, is longer than an address can be, or holds what cannot be seen.
    pub fn read(text: &str) -> Result<Email, NotTaken> {
        let trimmed = text.trim();
        if trimmed.len() > Self::MAX {
            return Err(NotTaken::NoAddress);
        }
        let address = trimmed.to_lowercase();
        let hidden = |c: char| c.is_whitespace() || c.is_control() || is_unseen(c);
        let parts = address.split_once('@').filter(|(name, host)| {
            !name.is_empty() && host.contains('.') && !host.contains('@') && !address.contains(hidden)
        });
        match parts {
            Some(_) if address.len() <= Self::MAX => Ok(Email(address)),
            _ => Err(NotTaken::NoAddress),
        }
    }

    /// Returns the address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Marks that change the direction of writing, join, part or are not seen at all. None of them belongs into a name here; the
/// joiners that some scripts need are among them.
pub fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_in_which_nothing_is_hidden() {
        for (text, name) in [
            ("  Ann  Example ", Ok("Ann Example")),
            ("Tŷ Gwyn", Ok("Tŷ Gwyn")),
            ("North\u{a0}Vale", Ok("North Vale")),
            ("Ann\r\nExample\tof", Ok("Ann Example of")),
            ("Ann \u{202e}nimdA", Ok("Ann nimdA")),
            ("A\u{200b}nn\u{2066}\u{feff}", Ok("Ann")),
            ("\u{2028}Ann\u{85}B", Ok("Ann B")),
            ("North\0Vale", Err(NotTaken::Control)),
            ("Ann\u{1b}[31m", Err(NotTaken::Control)),
            ("", Err(NotTaken::Empty)),
            ("\u{200b}", Err(NotTaken::Empty)),
            (" \u{3164}\u{2800} ", Err(NotTaken::Empty)),
        ] {
            assert_eq!(
                Name::read(text).as_ref().map(Name::as_str),
                name.as_ref().copied(),
                "{text:?}"
            );
        }
        assert!(Name::read(&"ŵ".repeat(100)).is_ok());
        assert_eq!(Name::read(&"ŵ".repeat(101)), Err(NotTaken::TooLong));
        assert_eq!(Name::read_optional(" "), Ok(None));
        assert_eq!(Name::read_optional("a\0"), Err(NotTaken::Control));
    }

    #[test]
    fn every_spelling_of_an_address_is_the_same_one() {
        for text in ["ann@example.org", "  Ann@Example.ORG \t", "\u{a0}ANN@EXAMPLE.ORG"] {
            assert_eq!(Email::read(text).unwrap().as_str(), "ann@example.org", "{text:?}");
        }
        for text in [
            "",
            "ann",
            "@example.org",
            "ann@example",
            "ann@a@example.org",
            "ann b@example.org",
            "an\0n@example.org",
            "ann@exam\u{200b}ple.org",
            "\u{202e}ann@example.org",
            "ann@example.org\u{7}",
        ] {
            assert_eq!(Email::read(text), Err(NotTaken::NoAddress), "{text:?}");
        }
        let longest = format!("{}@example.org", "a".repeat(Email::MAX - "@example.org".len()));
        assert!(Email::read(&longest).is_ok());
        assert_eq!(Email::read(&format!("a{longest}")), Err(NotTaken::NoAddress));
    }
}
