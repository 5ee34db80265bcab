//! To and from files: finalised assessments – years before the platform, other systems, backups of the facts – and beside
//! them the records of adaptations, plans, support and evidence.

mod actions;
mod adaptations;
mod evidence;
mod export;
mod import;
mod imports;
mod plan;
mod records;
mod support;
mod take_back;
mod wordings;

pub use framework::exchange::Exchanged;
pub use import::{ImportFile, ImportedDetail, Intake};
pub use imports::{ImportRecord, ImportedYear, TakenBack};
pub use records::{Carried, Taken};

#[cfg(test)]
pub(crate) use take_back::thinks_of;

use crate::{load::AssessmentContent, register::Registers, rows::assessment};
use framework::{
    assessment::Entry,
    ids::{CriterionId, CycleId, PracticeSlug},
};

/// What an import did, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportOutcome {
    /// Practices that were not known, by name.
    pub practices_added: Vec<String>,
    /// Cycles that were not known. They come in closed.
    pub cycles_added: Vec<CycleId>,
    /// Assessments that were added, finalised and marked as imported.
    pub assessments_added: Vec<(PracticeSlug, CycleId)>,
    /// Assessments that were there already, word for word.
    pub unchanged: Vec<(PracticeSlug, CycleId)>,
    /// Of the assessments that were added, those in which criteria of their version are missing.
    pub incomplete: Vec<Incomplete>,
    /// The key under which the import is recorded, if it comes from a file and added something.
    pub recorded: Option<uuid::Uuid>,
}

/// An assessment in which criteria of its version are missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incomplete {
    /// The Practice.
    pub practice: PracticeSlug,
    /// The cycle.
    pub cycle: CycleId,
    /// The criteria without a rating, in the order of the version.
    pub missing: Vec<CriterionId>,
    /// How many criteria the version has.
    pub criteria: usize,
}

impl std::fmt::Display for Incomplete {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (missing, all) = (self.missing.len(), self.criteria);
        let ids: Vec<&str> = self.missing.iter().map(CriterionId::as_str).collect();
        let ids = ids.join(", ");
        write!(
            f,
            "{} {}: {missing} of {all} criteria are missing: {ids}",
            self.practice, self.cycle
        )
    }
}

/// Returns what a file carries of a criterion: a class as figures count it. The register on which it rests is not in the file,
/// and the classes of a file stand without one.
fn carried(registers: &Registers, row: &assessment::Model, criterion: &CriterionId, said: &AssessmentContent) -> Entry {
    let mut entry = said.entry();
    registers.settle(row, criterion, &mut entry.agreement);
    entry.agreement.adaptation = None;
    entry
}
