//! Whole assessments as files carry them, in and out: what earlier years' files hold and what an export gives.

use crate::{
    assessment::Entry,
    ids::{CriterionId, CycleId, VersionId},
    sheet::PracticeInfo,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
