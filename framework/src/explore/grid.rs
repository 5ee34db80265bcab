//! All assessments as bytes, a criterion each, with the ways between their versions: made once, looked at often.

use crate::{
    assessment::AdaptationClass,
    criteria::Framework,
    ids::{CycleId, ElementId, VersionId},
    library::Library,
    network::{History, NetworkFacts},
    report::NoReport,
    score::Weights,
    sheet::{CriterionRatings, EffectiveRating, Sheet},
};
use std::{ops::Range, sync::Arc};

/// The finalised assessments of all Practices, ready to be compared in any way.
#[derive(Debug)]
pub(super) struct Grid {
    facts: Arc<NetworkFacts>,
    /// The cycles with an assessment, oldest first.
    cycles: Vec<CycleId>,
    editions: Vec<Edition>,
    /// By the place of a version, then of another: for each criterion of the latter the comparable one of the former.
    ways: Vec<Vec<Option<Vec<Option<usize>>>>>,
    /// One an assessment, by the Practice's place in the facts and then oldest first.
    rows: Vec<Row>,
    /// Where each Practice's rows are.
    ranges: Vec<Range<usize>>,
    /// What figures use of all ratings, row after row.
    used: Vec<EffectiveRating>,
    /// And what stands behind them.
    background: Vec<Background>,
}

/// A version.
#[derive(Debug)]
pub(super) struct Edition {
    pub(super) framework: Arc<Framework>,
    pub(super) weights: Weights,
}

/// An assessment's cycle and version, and where its ratings are.
#[derive(Clone, Debug)]
struct Row {
    cycle: usize,
    edition: usize,
    used: Range<usize>,
}

/// What stands behind the rating of a criterion, in one byte: from the highest bits what it is put down to, self-rating and
/// review. The two are 0 where one is missing, or the criterion does not apply.
#[derive(Clone, Copy, Debug)]
pub(super) struct Background(u8);

/// One assessment.
#[derive(Clone, Copy)]
pub(super) struct Seen<'g> {
    pub(super) sheet: &'g Sheet,
    /// The place of its cycle: see [`Grid::cycle`].
    pub(super) cycle: usize,
    pub(super) edition: usize,
    pub(super) used: &'g [EffectiveRating],
    pub(super) background: &'g [Background],
}

impl Grid {
    /// Reads all assessments once. Those under a version that is not in the library are left out.
    pub(super) fn new(library: &Library, facts: Arc<NetworkFacts>) -> Grid {
        let editions: Vec<Edition> = library
            .versions()
            .map(|framework| Edition {
                weights: Weights::of(framework),
                framework: framework.clone(),
            })
            .collect();
        let way = |from: &Framework, to: &Framework| Some(library.crosswalk(&from.version, &to.version)?.pairs);
        let ways = (editions.iter())
            .map(|from| {
                (editions.iter())
                    .map(|to| way(&from.framework, &to.framework))
                    .collect()
            })
            .collect();
        let cycles = facts.cycles();
        let marks = facts.sheets().map(|sheet| sheet.marks.len()).sum();
        let (mut used, mut background) = (Vec::with_capacity(marks), Vec::with_capacity(marks));
        let mut row = |sheet: &Sheet| {
            let start = used.len();
            used.extend(sheet.marks.iter().map(EffectiveRating::from));
            background.extend(sheet.marks.iter().map(Background::from));
            Row {
                cycle: cycles.partition_point(|cycle| *cycle < sheet.cycle),
                edition: (editions.iter().position(|e| e.framework.version == sheet.version)).unwrap_or(usize::MAX),
                used: start..used.len(),
            }
        };
        let rows: Vec<Row> = facts.sheets().map(&mut row).collect();
        let mut end = 0;
        let mut range = |history: &History| {
            let start = end;
            end += history.sheets.len();
            start..end
        };
        let ranges = facts.histories().iter().map(&mut range).collect();
        Grid {
            facts,
            cycles,
            editions,
            ways,
            rows,
            ranges,
            used,
            background,
        }
    }

    /// Returns what it was made from.
    pub(super) fn facts(&self) -> &Arc<NetworkFacts> {
        &self.facts
    }

    /// Returns a version by its id.
    ///
    /// # Errors
    /// [`NoReport`] when it is not in the library.
    pub(super) fn framework(&self, version: &VersionId) -> Result<&Arc<Framework>, NoReport> {
        let place = self.edition(version);
        (self.editions.get(place).map(|edition| &edition.framework))
            .ok_or_else(|| NoReport::UnknownVersion(version.clone()))
    }

    /// Returns all versions.
    pub(super) fn editions(&self) -> &[Edition] {
        &self.editions
    }

    /// Returns the place of a version; past the last one where it is unknown.
    pub(super) fn edition(&self, version: &VersionId) -> usize {
        let known = self
            .editions
            .iter()
            .position(|edition| edition.framework.version == *version);
        known.unwrap_or(self.editions.len())
    }

    /// Returns the place of a cycle among those with an assessment; nothing for any other.
    pub(super) fn cycle(&self, cycle: &CycleId) -> Option<usize> {
        self.cycles.binary_search(cycle).ok()
    }

    /// For each criterion of a version the place of the comparable one in another.
    pub(super) fn way(&self, from: usize, to: usize) -> Option<&[Option<usize>]> {
        self.ways.get(from)?.get(to)?.as_deref()
    }

    /// Returns the Practices with their assessments under known versions, oldest first.
    pub(super) fn histories(&self) -> impl Iterator<Item = (&History, impl Iterator<Item = Seen<'_>> + Clone)> {
        (self.facts.histories().iter().zip(&self.ranges)).map(|(history, range)| (history, self.seen(history, range)))
    }

    /// Returns the assessments of the Practice at a place, oldest first; none past the last.
    pub(super) fn history(&self, index: usize) -> impl Iterator<Item = Seen<'_>> {
        let here = self.facts.histories().get(index).zip(self.ranges.get(index));
        here.into_iter().flat_map(|(history, range)| self.seen(history, range))
    }

    fn seen<'g>(&'g self, history: &'g History, rows: &Range<usize>) -> impl Iterator<Item = Seen<'g>> + Clone {
        let known = |(_, row): &(&Sheet, &Row)| row.edition < self.editions.len();
        (history.sheets.iter().zip(&self.rows[rows.clone()]))
            .filter(known)
            .map(|(sheet, row)| Seen {
                sheet,
                cycle: row.cycle,
                edition: row.edition,
                used: &self.used[row.used.clone()],
                background: &self.background[row.used.clone()],
            })
    }

    /// Of each version, where its elements are among those of `framework`.
    pub(super) fn places_of_elements(&self, framework: &Framework) -> Vec<Vec<Option<usize>>> {
        let index = |id: &ElementId| framework.elements.iter().position(|other| other.id == *id);
        let places = |edition: &Edition| (edition.framework.elements.iter()).map(|e| index(&e.id)).collect();
        self.editions.iter().map(places).collect()
    }
}

impl Background {
    /// Self-rating and review; 0 for both where one is missing.
    pub(super) fn sides(self) -> [u8; 2] {
        [self.0 >> 3 & 7, self.0 & 7]
    }

    /// Is it put down to anything? Then, does that explain it?
    pub(super) fn explained(self) -> Option<bool> {
        match self.0 >> 6 {
            0 => None,
            class => Some(class == 1),
        }
    }
}

impl From<&CriterionRatings> for Background {
    fn from(mark: &CriterionRatings) -> Background {
        let sides = match (mark.self_rating, mark.review_rating) {
            (Some(own), Some(review)) if !mark.not_applicable => own.level() << 3 | review.level(),
            _ => 0,
        };
        let class = match mark.class.map(AdaptationClass::explains) {
            None => 0,
            Some(true) => 1,
            Some(false) => 2,
        };
        Background(class << 6 | sides)
    }
}

impl Seen<'_> {
    /// Returns the rating of a criterion, 1 to 5.
    pub(super) fn level(&self, index: usize) -> Option<u8> {
        self.used.get(index)?.level()
    }

    /// Returns the ratings of a criterion in an earlier assessment and in this one; `way` leads from that one's version to this one's.
    pub(super) fn pair(&self, index: usize, before: &Seen, way: &[Option<usize>]) -> Option<(u8, u8)> {
        before.level((*way.get(index)?)?).zip(self.level(index))
    }

    /// Is a rating put down to anything? Then, does that explain it?
    pub(super) fn explained(&self, index: usize) -> Option<bool> {
        self.background.get(index)?.explained()
    }

    /// Is a slip of a criterion unplanned or not yet explained?
    pub(super) fn is_unexplained(&self, index: usize) -> bool {
        self.explained(index) != Some(true)
    }
}
