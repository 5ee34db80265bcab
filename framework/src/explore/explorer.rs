//! The network ready to be looked at, with what was worked out last: pages are asked for again and again.

use super::{
    Comparison, Criteria, CriteriaByCycle, CriterionLine, CycleVersion, Explored, Filter, Span, Trend, YearPoint,
    compare::compare,
    criteria::criteria_by_cycle,
    criterion::practices_on,
    grid::Grid,
    years::{overall_by_year, trend},
};
use crate::{
    ids::{CriterionId, CycleId, VersionId},
    library::Library,
    naming::folded,
    network::NetworkFacts,
    report::NoReport,
};
use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

/// Answers kept of each kind.
const KEPT: usize = 32;

/// What was worked out, or why it could not be.
type Answer<V> = Result<Arc<V>, NoReport>;

/// The finalised assessments of all Practices, and the answers to the questions that were asked last. What two ask at once is
/// worked out once. Answers take their time in large networks: ask on a blocking thread.
#[derive(Debug)]
pub struct Explorer {
    grid: Grid,
    cycles: Vec<CycleVersion>,
    regions: Vec<String>,
    comparisons: Cache<Span, Answer<Comparison>>,
    explored: Cache<(Span, Filter), Arc<Explored>>,
    criteria: Cache<(CycleId, Filter), Answer<CriteriaByCycle>>,
    on_criteria: Cache<(CycleId, CriterionId, Filter), Answer<Vec<CriterionLine>>>,
    trends: Cache<(Criteria, Filter), Answer<Trend>>,
}

impl Explorer {
    /// Nothing asked yet. `cycles` are those with a finalised assessment and the versions they run under, oldest first.
    pub fn new(library: &Library, facts: Arc<NetworkFacts>, cycles: Vec<CycleVersion>) -> Explorer {
        let regions = facts.histories().iter().map(|history| &history.practice.region);
        let regions: BTreeSet<&String> = regions.filter(|region| !region.is_empty()).collect();
        let mut regions: Vec<String> = regions.into_iter().cloned().collect();
        regions.sort_by_cached_key(|region| folded(region));
        Explorer {
            regions,
            grid: Grid::new(library, facts),
            cycles,
            comparisons: Cache::default(),
            explored: Cache::default(),
            criteria: Cache::default(),
            on_criteria: Cache::default(),
            trends: Cache::default(),
        }
    }

    /// Returns what it was made from.
    pub fn facts(&self) -> &Arc<NetworkFacts> {
        self.grid.facts()
    }

    /// Returns the cycles with a finalised assessment and the versions they run under, oldest first.
    pub fn cycles(&self) -> &[CycleVersion] {
        &self.cycles
    }

    /// Returns the regions of the Practices, by name.
    pub fn regions(&self) -> &[String] {
        &self.regions
    }

    /// Returns the version that a cycle runs under.
    ///
    /// # Errors
    /// [`NoReport::NoAssessment`] when the cycle has no finalised assessment.
    pub fn version(&self, cycle: &CycleId) -> Result<&VersionId, NoReport> {
        let found = self.cycles.iter().find(|(known, _)| known == cycle);
        found.map(|(_, version)| version).ok_or(NoReport::NoAssessment)
    }

    /// Returns the latest cycle with an assessment before this one.
    pub fn before(&self, cycle: &CycleId) -> Option<&CycleId> {
        let mut cycles = self.cycles.iter().map(|(cycle, _)| cycle);
        cycles.rfind(|before| *before < cycle)
    }

    /// Returns all Practices between two cycles. [`Explorer::explore`] adds up those that a filter leaves.
    ///
    /// # Errors
    /// [`NoReport`] when the later cycle has no assessment, or its version is not in the library.
    pub fn compare(&self, span: &Span) -> Result<Arc<Comparison>, NoReport> {
        let compared = || compare(&self.grid, self.version(&span.to)?, span.clone());
        self.comparisons.get(span, || compared().map(Arc::new))
    }

    /// Returns the Practices that a filter leaves, and what they come to: see [`Comparison::explore`].
    pub fn explore(&self, comparison: &Comparison, filter: &Filter) -> Arc<Explored> {
        let key = (comparison.span.clone(), filter.clone());
        self.explored.get(&key, || Arc::new(comparison.explore(filter)))
    }

    /// Returns all criteria in all cycles up to one, over the Practices that a filter leaves. The version of that cycle gives the rows.
    /// A filter by slips looks at the criterion in the cycle.
    ///
    /// # Errors
    /// [`NoReport`] when there is no cycle until then, or the version of the last one is not in the library.
    pub fn criteria(&self, until: &CycleId, filter: &Filter) -> Result<Arc<CriteriaByCycle>, NoReport> {
        let cycles = &self.cycles[..self.cycles.partition_point(|(cycle, _)| cycle <= until)];
        let counted = || criteria_by_cycle(&self.grid, cycles, filter).map(Arc::new);
        self.criteria.get(&(until.clone(), filter.clone()), counted)
    }

    /// Returns the Practices that a filter leaves in each cycle, followed over all cycles.
    ///
    /// # Errors
    /// [`NoReport`] when a version is not in the library.
    pub fn trend(&self, criteria: Criteria, filter: &Filter) -> Result<Arc<Trend>, NoReport> {
        let followed = || trend(&self.grid, &self.cycles, criteria, filter).map(Arc::new);
        self.trends.get(&(criteria, filter.clone()), followed)
    }

    /// Returns the Practices that a filter leaves, by name, with their rating of a criterion in a cycle: those without one are left out.
    /// The criterion is of the version that the cycle runs under.
    ///
    /// # Errors
    /// [`NoReport`] when the cycle has no assessment, or its version is not in the library.
    pub fn practices_on(
        &self,
        cycle: &CycleId,
        criterion: &CriterionId,
        filter: &Filter,
    ) -> Result<Arc<Vec<CriterionLine>>, NoReport> {
        let key = (cycle.clone(), criterion.clone(), filter.clone());
        let found = || {
            let place = (cycle.clone(), self.version(cycle)?.clone());
            practices_on(&self.grid, &place, self.before(cycle), criterion, filter).map(Arc::new)
        };
        self.on_criteria.get(&key, found)
    }

    /// Returns the overall scores of some Practices, by their places in [`NetworkFacts::histories`], in every cycle that they were
    /// assessed in, oldest first.
    pub fn overall_by_year(&self, places: &[usize]) -> Vec<Vec<YearPoint>> {
        overall_by_year(&self.grid, places)
    }
}

/// Questions and their answers, the one asked last first.
#[derive(Debug)]
struct Cache<K, V>(Mutex<Vec<(K, Slot<V>)>>);

/// An answer, once it is worked out.
type Slot<V> = Arc<OnceLock<V>>;

impl<K, V> Default for Cache<K, V> {
    fn default() -> Cache<K, V> {
        Cache(Mutex::default())
    }
}

impl<K: Clone + Eq, V: Clone> Cache<K, V> {
    fn get(&self, key: &K, work: impl FnOnce() -> V) -> V {
        self.slot(key).get_or_init(work).clone()
    }

    fn slot(&self, key: &K) -> Slot<V> {
        let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (key, slot) = match shelf.iter().position(|(known, _)| known == key) {
            Some(place) => shelf.remove(place),
            None => (key.clone(), Slot::default()),
        };
        shelf.insert(0, (key, slot.clone()));
        shelf.truncate(KEPT);
        slot
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_not_worked_out_again_until_others_push_it_out() {
        let shelf: Cache<usize, usize> = Cache::default();
        let worked = std::cell::Cell::new(0);
        let ask = |key: usize| {
            let answer = shelf.get(&key, || {
                worked.set(worked.get() + 1);
                key * 2
            });
            assert_eq!(answer, key * 2);
            worked.get()
        };
        assert_eq!((ask(0), ask(0)), (1, 1));
        assert_eq!(ask(KEPT), 2);
        (1..KEPT).for_each(|key| {
            ask(key);
        });
        // 0 was asked first of all
        assert_eq!((ask(KEPT), ask(0)), (KEPT + 1, KEPT + 2));
    }
}
