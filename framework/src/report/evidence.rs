//! Evidence in reports: what is cited, and how much of it had expired on the report's day.

use crate::{
    day,
    evidence::{Cited, Content, EvidenceId, EvidenceKind, Link, StoredFile, Title},
    prose::Prose,
};
use schemars::JsonSchema;
use serde::Serialize;
use time::Date;

/// An item of evidence as a report names it.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct CitedItem {
    /// The item.
    pub id: EvidenceId,
    /// Which of its versions.
    pub version: i32,
    /// What it is made of.
    pub kind: EvidenceKind,
    /// What it is called.
    pub title: Title,
    /// What it shows.
    pub shows: Prose,
    /// The date it relates to.
    #[serde(serialize_with = "day::serialize")]
    #[schemars(with = "String", extend("format" = "date"))]
    pub true_of: Date,
    /// The day by which it should be looked at again.
    #[serde(serialize_with = "day::serialize_some")]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub review_by: Option<Date>,
    /// Was that day over on the report's day?
    pub expired: bool,
    /// The file, of a file.
    pub file: Option<StoredFile>,
    /// The address, of a link.
    pub link: Option<Link>,
    /// The text, of a note.
    pub note: Option<Prose>,
}

/// How often evidence is cited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, JsonSchema, Serialize)]
pub struct EvidenceUse {
    /// Citations: an item on a criterion.
    pub citations: usize,
    /// Those of them whose review-by day was over.
    pub expired: usize,
}

impl CitedItem {
    /// Returns an item that a report of a day cites.
    pub(super) fn new(cited: &Cited, day: Date) -> CitedItem {
        let evidence = &cited.evidence;
        let (file, link, note) = match evidence.content.clone() {
            Content::File(file) => (Some(file), None, None),
            Content::Link(link) => (None, Some(link), None),
            Content::Note(note) => (None, None, Some(note)),
        };
        CitedItem {
            id: cited.id,
            version: cited.number,
            kind: evidence.kind(),
            title: evidence.title.clone(),
            shows: evidence.shows.clone(),
            true_of: evidence.true_of,
            review_by: evidence.review_by,
            expired: evidence.expired(day),
            file,
            link,
            note,
        }
    }

    /// Returns what it is and of when, in words: `PDF, 1.2 MB, true of 2 March 2026, expired on 1 April 2026`.
    pub fn words(&self) -> String {
        let made_of = match &self.file {
            Some(file) => file.words(),
            None => self.kind.name().to_owned(),
        };
        let until = match self.review_by {
            Some(last) if self.expired => format!(", expired: to be reviewed by {}", day::words(last)),
            _ => String::new(),
        };
        format!("{made_of}, true of {}{until}", day::words(self.true_of))
    }
}

impl EvidenceUse {
    /// Counts citations by whether they had expired.
    pub fn of(expired: impl IntoIterator<Item = bool>) -> EvidenceUse {
        expired
            .into_iter()
            .fold(EvidenceUse::default(), |all, expired| EvidenceUse {
                citations: all.citations + 1,
                expired: all.expired + usize::from(expired),
            })
    }
}
