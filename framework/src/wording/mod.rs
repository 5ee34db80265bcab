//! What is said, field by field: how it is merged when several people write at once, how earlier wordings are put together
//! again, and who may read them.

mod fold;
mod merge;
mod parts;
mod plans;
mod seen;

pub use fold::{Wording, at_revision, fold, stood_at};
pub use merge::{Asked, Merged, Sides, both, merge};
pub use plans::{Help, NoAction};
pub use seen::{Period, readable, seen};

use crate::{
    adaptation::Proposal,
    assessment::{Agreement, Answer, FieldError, Review},
    criteria::Criterion,
    plan::PlannedAction,
};
use serde::{Deserialize, Serialize};

/// The texts of all fields of a thing, in the order of its [`Worded::FIELDS`].
pub type Texts = Vec<String>;

/// Something with fields that people fill in.
pub trait Worded: Clone + PartialEq {
    /// Names of its fields, and their labels for people.
    const FIELDS: &'static [(&'static str, &'static str)];

    /// Those of them that are chosen or counted: there is no keeping of both.
    const CHOSEN: &'static [&'static str];

    /// Returns the field with which another is settled as one; itself for most.
    fn lead(field: &'static str) -> &'static str {
        field
    }

    /// Returns the fields' texts, in the order of [`Worded::FIELDS`].
    fn texts(&self) -> Texts;
}

/// Something that is said on a criterion.
pub trait Sayable: Worded + Default {
    /// Reads the texts of one criterion's fields.
    ///
    /// # Errors
    /// Every field that cannot be taken.
    fn read(criterion: &Criterion, text: impl Fn(&str) -> String) -> Result<Self, Vec<FieldError>>;
}

/// What a wording belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The Practice's answer on a criterion.
    Answer,
    /// The review that counts.
    Review,
    /// What one of two reviewers says.
    Reading,
    /// What moderation settled.
    Agreement,
    /// A round of an adaptation.
    Round,
    /// An action of the plan.
    Action,
    /// The reason for no action.
    NoAction,
    /// How much support helped.
    Support,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 8] = [
        Kind::Answer,
        Kind::Review,
        Kind::Reading,
        Kind::Agreement,
        Kind::Round,
        Kind::Action,
        Kind::NoAction,
        Kind::Support,
    ];

    /// Returns the word in the database and in files.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Answer => "answer",
            Kind::Review => "review",
            Kind::Reading => "reading",
            Kind::Agreement => "agreement",
            Kind::Round => "round",
            Kind::Action => "action",
            Kind::NoAction => "no_action",
            Kind::Support => "support",
        }
    }

    /// Returns the words for people.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Answer => "Answer",
            Kind::Review => "Review",
            Kind::Reading => "One reviewer’s rating",
            Kind::Agreement => "Agreed rating",
            Kind::Round => "Adaptation",
            Kind::Action => "Action",
            Kind::NoAction => "Reason for no action",
            Kind::Support => "How much support helped",
        }
    }

    /// Returns the kind of a word.
    pub fn from_code(code: &str) -> Option<Kind> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Returns the fields of a kind: names and labels.
pub fn fields(kind: Kind) -> &'static [(&'static str, &'static str)] {
    match kind {
        Kind::Answer => Answer::FIELDS,
        Kind::Review | Kind::Reading => Review::FIELDS,
        Kind::Agreement => Agreement::FIELDS,
        Kind::Round => Proposal::FIELDS,
        Kind::Action => PlannedAction::FIELDS,
        Kind::NoAction => NoAction::FIELDS,
        Kind::Support => Help::FIELDS,
    }
}

/// Returns the text of a field.
pub fn text_of<T: Worded>(texts: &[String], field: &str) -> String {
    let index = T::FIELDS.iter().position(|(name, _)| *name == field);
    index.and_then(|place| texts.get(place)).cloned().unwrap_or_default()
}

/// Returns the fields in which two differ, by name.
pub fn differing<T: Worded>(before: &[String], after: &[String]) -> Vec<&'static str> {
    let both = before.iter().zip(after);
    let names = T::FIELDS.iter().map(|(name, _)| *name);
    names
        .zip(both)
        .filter(|(_, (a, b))| a != b)
        .map(|(name, _)| name)
        .collect()
}
