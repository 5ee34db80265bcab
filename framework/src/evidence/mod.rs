//! Evidence: the items of a Practice's library, what they are, who may keep them, and when they may still be used.

mod file;
mod form;

pub use file::{FileHash, FileName, FileType, StoredFile, size_words};
pub use form::EvidenceForm;

use crate::{
    actor::Standing,
    prose::{self, Prose},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// An item's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize, Deserialize)]
pub struct EvidenceId(pub Uuid);

impl EvidenceId {
    /// Returns the key that an address or a form names.
    pub fn parse(text: &str) -> Option<EvidenceId> {
        Uuid::parse_str(text).ok().map(EvidenceId)
    }
}

impl fmt::Display for EvidenceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What an item is made of. It stays so in all its versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// A file that was uploaded.
    File,
    /// An address elsewhere.
    Link,
    /// A text written here.
    Note,
}

impl EvidenceKind {
    /// All kinds.
    pub const ALL: [EvidenceKind; 3] = [Self::File, Self::Link, Self::Note];

    /// Returns the word in files, addresses and the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Link => "link",
            Self::Note => "note",
        }
    }

    /// Returns the word for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Link => "Link",
            Self::Note => "Note",
        }
    }

    /// Returns the kind of a word.
    pub fn from_code(code: &str) -> Option<EvidenceKind> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// What an item is called: one line of 1 to [`Title::MAX`] characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("minLength" = 1, "maxLength" = Title::MAX))]
pub struct Title(String);

impl Title {
    /// The most characters a title may have.
    pub const MAX: usize = 150;

    /// Reads a title; white space of any kind becomes single spaces.
    ///
    /// # Errors
    /// A sentence for the person.
    pub fn read(text: &str) -> Result<Title, String> {
        let line = prose::one_line(text);
        match line.chars().count() {
            0 => Err("Enter a title.".to_owned()),
            1..=Self::MAX => Ok(Title(line)),
            n => Err(format!(
                "The title has {n} characters; the most is {}. Shorten it.",
                Self::MAX
            )),
        }
    }

    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An address elsewhere, `http` or `https`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, JsonSchema, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Link(String);

impl Link {
    /// The most characters an address may have.
    pub const MAX: usize = 2_000;

    /// Reads an address.
    ///
    /// # Errors
    /// A sentence for the person.
    pub fn read(text: &str) -> Result<Link, String> {
        let text = prose::one_line(text);
        if text.is_empty() {
            return Err("Enter the address.".to_owned());
        }
        let scheme = text
            .split_once("://")
            .map(|(scheme, rest)| (scheme.to_ascii_lowercase(), rest));
        let host = match &scheme {
            Some((scheme, rest)) if scheme == "https" || scheme == "http" => {
                rest.split(['/', '?', '#']).next().unwrap_or_default()
            }
            _ => "",
        };
        // a name and a password in front of the host would be shown to everybody who sees the link
        let whole =
            !host.is_empty() && !host.contains('@') && !text.contains(|c: char| c.is_whitespace() || c.is_control());
        if !whole || text.chars().count() > Self::MAX {
            return Err(
                "Enter a whole address that begins with https://, such as https://example.org/minutes.".to_owned(),
            );
        }
        Ok(Link(text))
    }

    /// Returns the address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

macro_rules! as_text {
    ($($name:ident)*) => {$(
        impl TryFrom<String> for $name {
            type Error = String;
            fn try_from(text: String) -> Result<Self, String> {
                if prose::is_kept_blank(&text) {
                    return Ok(Self(text));
                }
                Self::read(&text)
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> String {
                text.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}
as_text! { Title Link }

/// One version of an item: all that is said of it, and the thing itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// What it is called.
    pub title: Title,
    /// What it shows.
    pub shows: Prose,
    /// The date it relates to; not the day it was put here.
    pub true_of: Date,
    /// The last day on which it may be relied upon without another look.
    pub review_by: Option<Date>,
    /// The thing itself.
    pub content: Content,
}

/// The thing itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// A file.
    File(StoredFile),
    /// An address elsewhere.
    Link(Link),
    /// A text.
    Note(Prose),
}

impl Evidence {
    /// Returns what it is made of.
    pub fn kind(&self) -> EvidenceKind {
        match self.content {
            Content::File(_) => EvidenceKind::File,
            Content::Link(_) => EvidenceKind::Link,
            Content::Note(_) => EvidenceKind::Note,
        }
    }

    /// Is its review-by day over on `day`?
    pub fn expired(&self, day: Date) -> bool {
        self.review_by.is_some_and(|last| last < day)
    }
}

/// An item as an assessment cites it: the version that was cited, whatever became of the item since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cited {
    /// The item.
    pub id: EvidenceId,
    /// Which of its versions, counted from 1.
    pub number: i32,
    /// What that version says.
    pub evidence: Evidence,
}

/// Returns whether somebody of this standing may keep a Practice's library: see all of it, add, change, withdraw and cite.
/// Others see what is cited in an assessment that they may read ([`crate::lifecycle::may_read`]).
pub fn may_edit_library(standing: Standing) -> bool {
    match standing {
        Standing::Lead | Standing::Contributor => true,
        Standing::Administrator | Standing::Reviewer | Standing::Observer | Standing::Reader | Standing::Stranger => {
            false
        }
    }
}

/// Returns whether somebody must say “still true” before an item is cited in an assessment that was begun at `begun`. So it is with an
/// item of an earlier cycle: its latest version was `made`, and last `confirmed`, before that.
pub fn must_be_confirmed(made: OffsetDateTime, confirmed: Option<OffsetDateTime>, begun: OffsetDateTime) -> bool {
    made < begun && confirmed.is_none_or(|at| at < begun)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    #[test]
    fn only_leads_and_contributors_keep_the_library() {
        for (standing, keeps) in [
            (Standing::Lead, true),
            (Standing::Contributor, true),
            (Standing::Reader, false),
            (Standing::Reviewer, false),
            (Standing::Administrator, false),
            (Standing::Stranger, false),
        ] {
            assert_eq!(may_edit_library(standing), keeps, "{standing:?}");
        }
    }

    #[test]
    fn an_item_expires_the_day_after_its_review_by_day() {
        let evidence = |review_by| Evidence {
            title: Title::read("Minutes").unwrap(),
            shows: Prose::try_from("Who came".to_owned()).unwrap(),
            true_of: date!(2025 - 03 - 01),
            review_by,
            content: Content::Link(Link::read("https://example.org/minutes").unwrap()),
        };
        for (review_by, day, expired) in [
            (None, date!(2099 - 01 - 01), false),
            (Some(date!(2026 - 03 - 01)), date!(2026 - 02 - 28), false),
            (Some(date!(2026 - 03 - 01)), date!(2026 - 03 - 01), false),
            (Some(date!(2026 - 03 - 01)), date!(2026 - 03 - 02), true),
        ] {
            assert_eq!(evidence(review_by).expired(day), expired, "{review_by:?} on {day}");
        }
    }

    #[test]
    fn an_item_of_an_earlier_cycle_must_be_confirmed_in_this_one() {
        let begun = datetime!(2026-03-01 9:00 UTC);
        let (before, after) = (datetime!(2025-06-01 9:00 UTC), datetime!(2026-03-02 9:00 UTC));
        for (made, confirmed, must) in [
            (after, None, false),
            (begun, None, false),
            (before, None, true),
            (before, Some(before), true),
            (before, Some(begun), false),
            (before, Some(after), false),
            (after, Some(before), false),
        ] {
            assert_eq!(must_be_confirmed(made, confirmed, begun), must, "{made} {confirmed:?}");
        }
    }

    #[test]
    fn titles_are_one_line_and_links_are_whole_addresses() {
        let title = |text: &str| Title::read(text).map(String::from);
        assert_eq!(
            title("  Board\r\n minutes\t, May "),
            Ok("Board minutes , May".to_owned())
        );
        assert!(title(" \n ").is_err());
        assert!(title(&"a".repeat(151)).is_err());
        for (text, taken) in [
            ("https://example.org/a?b#c", true),
            (" HTTP://example.org ", true),
            ("", false),
            ("example.org", false),
            ("https://", false),
            ("https:///path", false),
            ("javascript://example.org/%0aalert(1)", false),
            ("javascript:alert(1)", false),
            ("https://somebody:secret@example.org", false),
            ("https://example.org/a b", false),
            ("ftp://example.org", false),
        ] {
            assert_eq!(Link::read(text).is_ok(), taken, "{text}");
        }
    }
}
