//! The network over the years, and single Practices over the years.

use super::{
    Column, Criteria, CycleVersion, Filter, Span,
    compare::compare,
    grid::{Grid, Seen},
};
use crate::{
    criteria::Framework,
    ids::{CycleId, ElementId, VersionId},
    report::NoReport,
};
use rayon::prelude::*;
use std::sync::Arc;

/// The network from cycle to cycle.
#[derive(Clone, Debug, PartialEq)]
pub struct Trend {
    /// One a cycle, oldest first.
    pub steps: Vec<Step>,
}

/// One cycle, compared with the one before; the first one with none.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The cycle.
    pub cycle: CycleId,
    /// The version it runs under.
    pub framework: Arc<Framework>,
    /// The cycle before.
    pub from: Option<CycleId>,
    /// Practices with an assessment in it.
    pub practices: usize,
    /// One an element of its version, and the whole's at the end.
    pub columns: Vec<Column>,
}

impl Step {
    /// Returns an element's column, or the whole's; nothing where the version has no such element.
    pub fn column(&self, element: Option<&ElementId>) -> Option<&Column> {
        let Some(element) = element else {
            return self.columns.last();
        };
        let index = self.framework.elements.iter().position(|other| other.id == *element)?;
        self.columns.get(index)
    }
}

/// A Practice's overall score in one cycle.
#[derive(Clone, Debug, PartialEq)]
pub struct YearPoint {
    /// The cycle.
    pub cycle: CycleId,
    /// The version it was assessed under.
    pub version: VersionId,
    /// Under that version, 1 to 5.
    pub score: Option<f64>,
}

/// Follows the Practices that a filter leaves in each cycle, on all cores. `cycles` are those with their versions, oldest
/// first.
///
/// # Errors
/// [`NoReport`] when a version is not in the library.
pub(super) fn trend(
    grid: &Grid,
    cycles: &[CycleVersion],
    criteria: Criteria,
    filter: &Filter,
) -> Result<Trend, NoReport> {
    let step = |at: usize| -> Result<Step, NoReport> {
        let (cycle, version) = &cycles[at];
        let from = at.checked_sub(1).map(|at| &cycles[at].0);
        let span = Span {
            from: from.unwrap_or(cycle).clone(),
            to: cycle.clone(),
            criteria,
        };
        let comparison = compare(grid, version, span)?;
        let explored = comparison.explore(filter);
        Ok(Step {
            cycle: cycle.clone(),
            framework: comparison.framework.clone(),
            from: from.cloned(),
            practices: explored.places.len(),
            columns: explored.columns,
        })
    };
    let steps = (0..cycles.len()).into_par_iter().map(step).collect::<Result<_, _>>()?;
    Ok(Trend { steps })
}

/// Returns the overall scores of some Practices, by their places in [`crate::network::NetworkFacts::histories`], in every cycle that
/// they were assessed in, oldest first.
pub(super) fn overall_by_year(grid: &Grid, places: &[usize]) -> Vec<Vec<YearPoint>> {
    let mut columns = Vec::new();
    let mut point = |seen: Seen| {
        columns.clear();
        grid.editions()[seen.edition].weights.score(seen.used, &mut columns);
        YearPoint {
            cycle: seen.sheet.cycle.clone(),
            version: seen.sheet.version.clone(),
            score: columns.last().copied().flatten(),
        }
    };
    let mut points = |place: &usize| grid.history(*place).map(&mut point).collect();
    places.iter().map(&mut points).collect()
}
