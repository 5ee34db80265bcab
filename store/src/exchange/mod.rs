//! Finalised assessments to and from files: years before the platform, other systems, backups of the facts.

mod export;
mod import;
mod plan;

pub use framework::exchange::Exchanged;

use framework::ids::{CycleId, PracticeSlug};

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
