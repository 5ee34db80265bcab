//! One criterion in one cycle: the Practices behind its figures.

use super::{
    CycleVersion, Filter,
    grid::{Grid, Seen},
};
use crate::{
    assessment::AdaptationClass,
    ids::{CriterionId, CycleId},
    report::NoReport,
};

/// A Practice on a criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CriterionLine {
    /// The Practice's place in [`crate::network::NetworkFacts::histories`].
    pub history: usize,
    /// Its rating, 1 to 5.
    pub level: u8,
    /// Its rating in the cycle before, where comparable.
    pub from: Option<u8>,
    /// What the rating is put down to.
    pub class: Option<AdaptationClass>,
}

impl CriterionLine {
    /// Did it go down?
    pub fn is_slip(&self) -> bool {
        self.from.is_some_and(|from| self.level < from)
    }

    /// Did it go down, unplanned or not yet explained?
    pub fn is_unexplained(&self) -> bool {
        self.is_slip() && !self.class.is_some_and(AdaptationClass::explains)
    }
}

/// Returns the Practices that a filter leaves, by name, with their rating of a criterion in a cycle: those without one are left out.
/// The criterion is of the version that the cycle runs under; what moved is since the `last` cycle.
///
/// # Errors
/// [`NoReport`] when the version is not in the library.
pub(super) fn practices_on(
    grid: &Grid,
    (cycle, version): &CycleVersion,
    last: Option<&CycleId>,
    criterion: &CriterionId,
    filter: &Filter,
) -> Result<Vec<CriterionLine>, NoReport> {
    let Some(place) = grid.framework(version)?.position(criterion) else {
        return Ok(vec![]);
    };
    let to = grid.edition(version);
    let mut lines = Vec::new();
    for (history, (found, sheets)) in grid.histories().enumerate() {
        let mut before: Option<Seen> = None;
        for (number, seen) in (1..).zip(sheets) {
            if seen.sheet.cycle == *cycle && filter.admits(&found.practice, seen.sheet, number) {
                let own = grid.way(seen.edition, to).and_then(|way| *way.get(place)?);
                let before = before.filter(|before| Some(&before.sheet.cycle) == last);
                lines.extend(own.and_then(|own| line(grid, history, &seen, before.as_ref(), own)));
            }
            before = Some(seen);
        }
    }
    let holds = |line: &CriterionLine| {
        let counts = (usize::from(line.is_slip()), usize::from(line.is_unexplained()));
        filter.slips.is_none_or(|slips| slips.holds(counts.0, counts.1))
    };
    lines.retain(holds);
    Ok(lines)
}

fn line(grid: &Grid, history: usize, seen: &Seen, before: Option<&Seen>, own: usize) -> Option<CriterionLine> {
    let from = |before: &Seen| Some(seen.pair(own, before, grid.way(before.edition, seen.edition)?)?.0);
    Some(CriterionLine {
        history,
        level: seen.level(own)?,
        from: before.and_then(from),
        class: seen.sheet.marks.get(own).and_then(|mark| mark.class),
    })
}
