//! To and from files: finalised assessments – years before the platform, other systems, backups of the facts – and beside
//! them the records of adaptations, plans, support and evidence.

mod actions;
mod adaptations;
mod evidence;
mod export;
mod import;
mod plan;
mod records;
mod support;
mod wordings;

pub use framework::exchange::Exchanged;
pub use records::{Carried, Taken};

use crate::{load::Said, register::Registers, rows::assessment};
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
}

/// What a file carries of a criterion: a class as figures count it. The register on which it rests is not in the file,
/// and the classes of a file stand without one.
fn carried(registers: &Registers, row: &assessment::Model, criterion: &CriterionId, said: &Said) -> Entry {
    let mut entry = said.entry();
    registers.settle(row, criterion, &mut entry.agreement);
    entry.agreement.adaptation = None;
    entry
}
