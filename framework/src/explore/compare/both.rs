//! One Practice in two cycles under different versions, on the criteria that these share.

use crate::{
    criteria::{Criterion, Framework},
    drift::FEWEST_PAIRS,
    score::Weights,
    sheet::EffectiveRating,
};
use std::ops::Range;

/// For each criterion of the report's version the place of the comparable one in an assessment's version.
pub(super) type CriterionMap<'w> = &'w [Option<usize>];

/// Two assessments of one Practice side by side, earlier and later; used again for the next Practice.
pub(super) struct VersionPair {
    elements: Vec<Range<usize>>,
    weights: Weights,
    /// Which criteria of the report's version count.
    counts: Vec<bool>,
    /// Their ratings by the places of the report's version; set aside where a criterion does not count, or one of the two
    /// has no comparable one.
    used: [Vec<EffectiveRating>; 2],
    /// Their scores, an element each and the whole's at the end.
    pub(super) columns: [Vec<Option<f64>>; 2],
}

impl VersionPair {
    /// Nothing read yet; figures will be by the places of `framework`, over those of its criteria that count.
    pub(super) fn new(framework: &Framework, counts: fn(&Criterion) -> bool) -> VersionPair {
        VersionPair {
            elements: framework
                .elements
                .iter()
                .map(|element| element.criteria.clone())
                .collect(),
            weights: Weights::of(framework),
            counts: framework.criteria.iter().map(counts).collect(),
            used: Default::default(),
            columns: Default::default(),
        }
    }

    /// Scores two assessments anew over the criteria that their versions share, without elements of which they share fewer
    /// than [`FEWEST_PAIRS`]; each comes with the way from its version to the report's.
    pub(super) fn read(&mut self, [before, now]: [(&[EffectiveRating], CriterionMap); 2]) {
        let used = |(used, _): (&[EffectiveRating], CriterionMap), place: Option<usize>| {
            place.and_then(|p| used.get(p)).copied()
        };
        self.used.iter_mut().for_each(Vec::clear);
        for (counts, (from, to)) in self.counts.iter().zip(before.1.iter().zip(now.1)) {
            let both = used(before, *from).zip(used(now, *to)).filter(|_| *counts);
            let (a, b) = both.unwrap_or((EffectiveRating::ASIDE, EffectiveRating::ASIDE));
            self.used[0].push(a);
            self.used[1].push(b);
        }
        let is_shared = |place: &usize| before.1[*place].is_some() && now.1[*place].is_some();
        let is_thin = |range: &&Range<usize>| (*range).clone().filter(is_shared).count() < FEWEST_PAIRS;
        for range in self.elements.iter().filter(is_thin) {
            self.used
                .iter_mut()
                .for_each(|used| used[range.clone()].fill(EffectiveRating::ASIDE));
        }
        for (used, columns) in self.used.iter().zip(&mut self.columns) {
            columns.clear();
            self.weights.score(used, columns);
        }
    }
}
