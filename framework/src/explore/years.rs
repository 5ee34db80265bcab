//! The network over the years, and single Practices over the years.

use super::{
    Column, Criteria, CycleVersion, Filter, Span,
    compare::compare,
    grid::{Grid, Seen},
};
use crate::{
    ids::{CycleId, VersionId},
    report::NoReport,
};

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
    /// Its version.
    pub version: VersionId,
    /// The cycle before.
    pub from: Option<CycleId>,
    /// Practices with an assessment in it.
    pub practices: usize,
    /// One an element of its version, and the whole's at the end.
    pub columns: Vec<Column>,
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

/// Follows the Practices that a filter leaves in each cycle. `cycles` are those with their versions, oldest first.
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
        let explored = compare(grid, version, span)?.explore(filter);
        Ok(Step {
            cycle: cycle.clone(),
            version: version.clone(),
            from: from.cloned(),
            practices: explored.places.len(),
            columns: explored.columns,
        })
    };
    let steps = on_all_cores(cycles.len(), step).into_iter().collect::<Result<_, _>>()?;
    Ok(Trend { steps })
}

/// Does `n` pieces of work, on as many threads as there are cores, and gives what came out in order.
fn on_all_cores<T: Send>(n: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(n);
    if threads < 2 {
        return (0..n).map(work).collect();
    }
    let work = &work;
    let mut done: Vec<(usize, T)> = std::thread::scope(|scope| {
        let share = |first: usize| move || (first..n).step_by(threads).map(|at| (at, work(at))).collect::<Vec<_>>();
        let shares: Vec<_> = (0..threads).map(|first| scope.spawn(share(first))).collect();
        let joined = shares.into_iter().map(|share| share.join());
        joined
            .flat_map(|share| share.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, piece)| piece).collect()
}

/// The overall scores of some Practices, by their places in [`crate::network::NetworkFacts::histories`], in every cycle that
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
