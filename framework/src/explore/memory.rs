//! What was worked out last, for as long as the network stays as it is: pages are asked for again and again.

use super::{Comparison, CriteriaByCycle, CycleVersion, Explored, Filter, Grid, Span, compare, criteria_by_cycle};
use crate::{ids::VersionId, report::NoReport};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Answers kept of each kind.
const KEPT: usize = 32;

/// Answers on one [`Grid`]; a new grid begins with an empty memory. What two ask at once is worked out once.
#[derive(Debug, Default)]
pub struct Memory {
    comparisons: Shelf<Span, Comparison>,
    explored: Shelf<(Span, Filter), Explored>,
    criteria: Shelf<(Vec<CycleVersion>, Filter), CriteriaByCycle>,
}

impl Memory {
    /// [`compare`]
    ///
    /// # Errors
    /// [`NoReport`] when the version is not in the library.
    pub fn compare(&self, grid: &Grid, version: &VersionId, span: &Span) -> Result<Arc<Comparison>, NoReport> {
        self.comparisons.get(span, || compare(grid, version, span.clone()))
    }

    /// [`Comparison::explore`]
    ///
    /// # Errors
    /// [`NoReport`], never: the comparison is there already.
    pub fn explore(&self, comparison: &Comparison, filter: &Filter) -> Result<Arc<Explored>, NoReport> {
        let key = (comparison.span.clone(), filter.clone());
        self.explored.get(&key, || Ok(comparison.explore(filter)))
    }

    /// [`criteria_by_cycle`]
    ///
    /// # Errors
    /// [`NoReport`] when there is no cycle, or its version is not in the library.
    pub fn criteria(
        &self,
        grid: &Grid,
        cycles: &[CycleVersion],
        filter: &Filter,
    ) -> Result<Arc<CriteriaByCycle>, NoReport> {
        let key = (cycles.to_vec(), filter.clone());
        self.criteria.get(&key, || criteria_by_cycle(grid, cycles, filter))
    }
}

/// An answer, once it is worked out.
type Slot<V> = Arc<OnceLock<Result<Arc<V>, NoReport>>>;

/// Questions and their answers, the one asked last first.
#[derive(Debug)]
struct Shelf<K, V>(Mutex<Vec<(K, Slot<V>)>>);

impl<K, V> Default for Shelf<K, V> {
    fn default() -> Shelf<K, V> {
        Shelf(Mutex::default())
    }
}

impl<K: Clone + Eq, V> Shelf<K, V> {
    fn get(&self, key: &K, work: impl FnOnce() -> Result<V, NoReport>) -> Result<Arc<V>, NoReport> {
        let slot = self.slot(key);
        slot.get_or_init(|| work().map(Arc::new)).clone()
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
        let shelf: Shelf<usize, usize> = Shelf::default();
        let worked = std::cell::Cell::new(0);
        let ask = |key: usize| {
            let answer = shelf.get(&key, || {
                worked.set(worked.get() + 1);
                Ok(key * 2)
            });
            assert_eq!(*answer.unwrap(), key * 2);
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
