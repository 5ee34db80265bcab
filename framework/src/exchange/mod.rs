//! What files carry in and out: whole assessments, and the flat kinds beside them, a record a row: rounds of the register of
//! adaptations, lines of improvement plans, support, versions of evidence, wordings.

mod adaptation;
mod cells;
mod evidence;
mod plan;
mod support;
mod wording;

pub use adaptation::{AdaptationRecord, AdaptationRow};
pub use cells::Row;
pub use evidence::{EvidenceRecord, EvidenceRow};
pub use plan::{ActionRecord, ActionRow, Closing, Planned};
pub use support::{SupportRecord, SupportRow};
pub use wording::{Of, WordingRecord, WordingRow};

use crate::{
    assessment::{Entry, FieldError},
    criteria::Framework,
    ids::{CriterionId, CycleId, PracticeSlug, VersionId},
    sheet::PracticeInfo,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// One assessment outside the database, with everything that was said in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Exchanged {
    /// The Practice. When the database knows it by its short name, its own name and region stay as they are.
    pub practice: PracticeInfo,
    /// The cycle.
    pub cycle: CycleId,
    /// The version it was made under.
    pub version: VersionId,
    /// What is said; criteria on which nothing is said may be left out.
    pub entries: BTreeMap<CriterionId, Entry>,
}

impl Exchanged {
    /// Returns the criteria of its version on which it has no rating of anybody, and which it does not set aside either.
    pub fn missing(&self, framework: &Framework) -> Vec<CriterionId> {
        let is_rated = |id: &CriterionId| {
            let rated = |entry: &Entry| {
                entry.answer.response.is_some() || entry.review.rating.is_some() || entry.agreement.rating.is_some()
            };
            self.entries.get(id).is_some_and(rated)
        };
        let ids = framework.criteria.iter().map(|criterion| &criterion.id);
        ids.filter(|id| !is_rated(id)).cloned().collect()
    }
}

/// One record of a flat kind. Its key is the same in every installation; what has several records (the rounds of an
/// adaptation, the versions of an item) counts them from 1.
pub trait Record: Sized {
    /// The record as files have it.
    type Row: Row;
    /// What its key stands for: `an action`.
    const ONE: &'static str;
    /// Many of them, as commands call them: `actions`.
    const MANY: &'static str;

    /// Returns the Practice.
    fn practice(&self) -> &PracticeSlug;

    /// Returns the key.
    fn key(&self) -> Uuid;

    /// Returns its number among those with the same key.
    fn number(&self) -> i32 {
        1
    }

    /// The record as files have it.
    fn row(&self) -> Self::Row;

    /// Reads it, under the rules of the forms.
    ///
    /// # Errors
    /// Every cell that cannot be taken, under its column's name.
    fn read(row: &Self::Row) -> Result<Self, Vec<FieldError>>;

    /// Returns whether it can come after the record with the number before it.
    ///
    /// # Errors
    /// A sentence that says why not.
    fn follows(&self, before: &Self) -> Result<(), String>;
}

/// A record and where its file has it: `line 3`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed<R> {
    /// Where.
    pub place: String,
    /// The record.
    pub record: R,
}
