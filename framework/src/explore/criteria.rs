//! Criteria by cycle: where the Practices stood on each criterion in each cycle, and where its words changed.

use super::{
    CycleVersion, Filter, SlipFilter,
    grid::{Grid, Seen},
};
use crate::{
    criteria::{Criterion, Framework, Relation},
    ids::{CriterionId, CycleId, VersionId},
    network::{Histogram, History, Levels, Shift},
    report::NoReport,
};
use std::sync::Arc;

/// Every criterion of the latest cycle's version in every cycle.
#[derive(Clone, Debug)]
pub struct CriteriaByCycle {
    /// The version whose criteria are the rows.
    pub framework: Arc<Framework>,
    /// The cycles, oldest first.
    pub cycles: Vec<CycleColumn>,
    /// One a criterion, in the version's order.
    pub rows: Vec<CriterionRow>,
}

/// A cycle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CycleColumn {
    /// The cycle.
    pub cycle: CycleId,
    /// The version it runs under.
    pub version: VersionId,
    /// Practices whose assessment counts.
    pub practices: usize,
}

/// A criterion.
#[derive(Clone, Debug, PartialEq)]
pub struct CriterionRow {
    /// One a cycle.
    pub cells: Vec<CriterionCell>,
}

/// A criterion in a cycle.
#[derive(Clone, Debug, PartialEq)]
pub struct CriterionCell {
    /// What the criterion was called in the cycle's version; nothing where that has none that is comparable.
    pub id: Option<CriterionId>,
    /// How many Practices gave each rating, lowest first.
    pub ratings: Histogram,
    /// Where they stood.
    pub levels: Levels,
    /// How far those moved apart or together that were there in the cycle before.
    pub shift: Shift,
    /// Mean change of its rating since the cycle before, over the Practices in both, −4 to 4.
    pub change: Option<f64>,
    /// Practices in which it went down since the cycle before.
    pub slips: usize,
    /// Those of them where it is unplanned or not yet explained.
    pub unexplained: usize,
    /// Practices in which it went up.
    pub gains: usize,
    /// What happened to its words since the cycle before.
    pub broken: Option<Break>,
}

/// What happened to a criterion's words between two cycles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Break {
    /// Reworded with the same meaning: figures go on.
    Reworded,
    /// It begins here: figures of earlier cycles cannot be compared.
    Begins,
}

/// What is counted for a cell.
#[derive(Clone, Copy, Default)]
struct Counted {
    ratings: Histogram,
    both: [Histogram; 2],
    slips: usize,
    unexplained: usize,
    gains: usize,
}

/// Goes over all assessments once. `cycles` are those with their versions, oldest first; the last one's version gives the rows.
/// A filter by slips looks at the criterion in the cycle.
///
/// # Errors
/// [`NoReport`] when there is no cycle, or its version is not in the library.
pub(super) fn criteria_by_cycle(
    grid: &Grid,
    cycles: &[CycleVersion],
    filter: &Filter,
) -> Result<CriteriaByCycle, NoReport> {
    let (_, version) = cycles.last().ok_or(NoReport::NoAssessment)?;
    let framework = grid.framework(version)?.clone();
    let mut counter = Counter {
        grid,
        version: grid.edition(version),
        cycles,
        places: cycles.iter().map(|(cycle, _)| grid.cycle(cycle)).collect(),
        filter,
        counted: vec![vec![Counted::default(); framework.criteria.len()]; cycles.len()],
        practices: vec![0; cycles.len()],
    };
    for (history, sheets) in grid.histories() {
        counter.count(history, sheets);
    }
    let rows = (0..framework.criteria.len()).map(|place| CriterionRow {
        cells: (0..cycles.len()).map(|cycle| counter.cell(place, cycle)).collect(),
    });
    let columns = cycles.iter().zip(&counter.practices);
    Ok(CriteriaByCycle {
        rows: rows.collect(),
        cycles: columns
            .map(|((cycle, version), practices)| CycleColumn {
                cycle: cycle.clone(),
                version: version.clone(),
                practices: *practices,
            })
            .collect(),
        framework,
    })
}

/// Goes from Practice to Practice.
struct Counter<'a> {
    grid: &'a Grid,
    version: usize,
    cycles: &'a [CycleVersion],
    /// Where they are in the grid.
    places: Vec<Option<usize>>,
    filter: &'a Filter,
    /// By cycle, then by criterion.
    counted: Vec<Vec<Counted>>,
    practices: Vec<usize>,
}

impl<'a> Counter<'a> {
    /// Takes in one Practice.
    fn count(&mut self, history: &History, sheets: impl Iterator<Item = Seen<'a>>) {
        let mut earlier: Option<Seen> = None;
        for (number, seen) in (1..).zip(sheets) {
            let before = earlier.replace(seen);
            let Some(at) = self.places.iter().position(|place| *place == Some(seen.cycle)) else {
                continue;
            };
            if self.filter.admits(&history.practice, seen.sheet, number) {
                self.practices[at] += 1;
                self.count_one(at, &seen, before.as_ref());
            }
        }
    }

    /// Takes in one assessment. What moved is since the cycle before: who was not there then moved nowhere.
    fn count_one(&mut self, at: usize, seen: &Seen, before: Option<&Seen>) {
        let Some(places) = self.grid.way(seen.edition, self.version) else {
            return;
        };
        let last_cycle = at.checked_sub(1).and_then(|at| self.places[at]);
        let before = before.filter(|before| Some(before.cycle) == last_cycle);
        let way = before.and_then(|before| Some((before, self.grid.way(before.edition, seen.edition)?)));
        for (own, cell) in places.iter().zip(&mut self.counted[at]) {
            let Some((own, level)) = own.and_then(|own| Some((own, seen.level(own)?))) else {
                continue;
            };
            let from = way.and_then(|(before, way)| Some(seen.pair(own, before, way)?.0));
            let slips = from.is_some_and(|from| level < from);
            let unexplained = slips && seen.is_unexplained(own);
            let holds = |filter: SlipFilter| filter.holds(usize::from(slips), usize::from(unexplained));
            if self.filter.slips.is_some_and(|filter| !holds(filter)) {
                continue;
            }
            cell.ratings[usize::from(level) - 1] += 1;
            cell.slips += usize::from(slips);
            cell.unexplained += usize::from(unexplained);
            if let Some(from) = from {
                cell.gains += usize::from(level > from);
                cell.both[0][usize::from(from) - 1] += 1;
                cell.both[1][usize::from(level) - 1] += 1;
            }
        }
    }

    fn cell(&self, index: usize, cycle: usize) -> CriterionCell {
        let counted = &self.counted[cycle][index];
        let [before, after] = counted.both.each_ref().map(Levels::of_ratings);
        let earlier = cycle.checked_sub(1);
        let now = self.criterion(cycle, index);
        CriterionCell {
            id: now.map(|criterion| criterion.id.clone()),
            ratings: counted.ratings,
            levels: Levels::of_ratings(&counted.ratings),
            shift: match earlier {
                Some(_) => Shift::between(&before, &after),
                None => Shift::none("There is no earlier cycle."),
            },
            change: mean_change(&counted.both),
            slips: counted.slips,
            unexplained: counted.unexplained,
            gains: counted.gains,
            broken: earlier.and_then(|earlier| {
                let other_version = self.cycles[earlier].1 != self.cycles[cycle].1;
                broken(self.criterion(earlier, index), now?, other_version)
            }),
        }
    }

    /// Returns what a criterion was in the version of a cycle.
    fn criterion(&self, cycle: usize, index: usize) -> Option<&'a Criterion> {
        let edition = self.grid.edition(&self.cycles[cycle].1);
        let place = (*self.grid.way(edition, self.version)?.get(index)?)?;
        self.grid.editions()[edition].framework.criteria.get(place)
    }
}

/// Mean of later − earlier rating over the Practices rated in both.
fn mean_change([before, after]: &[Histogram; 2]) -> Option<f64> {
    let sum = |counts: &Histogram| (1..).zip(counts).map(|(level, count)| level * *count).sum::<usize>() as f64;
    let n: usize = after.iter().sum();
    (n > 0).then(|| (sum(after) - sum(before)) / n as f64)
}

fn broken(before: Option<&Criterion>, now: &Criterion, other_version: bool) -> Option<Break> {
    let relation = now.before.as_ref().map(|before| before.relation);
    match (before, relation) {
        _ if !other_version => None,
        (None, _) => Some(Break::Begins),
        (Some(_), Some(Relation::Equal)) => None,
        (Some(_), _) => Some(Break::Reworded),
    }
}
