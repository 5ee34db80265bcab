//! All assessments as bytes, a criterion each, with the ways between their versions: made once, looked at often.

use crate::{
    criteria::Framework,
    ids::{CycleId, ElementId, VersionId},
    library::Library,
    network::{History, NetworkFacts},
    report::NoReport,
    score::Weights,
    sheet::{Sheet, Used},
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
    /// By the Practice's place in the facts, one an assessment, oldest first.
    rows: Vec<Vec<Row>>,
    used: Vec<Used>,
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

/// One assessment.
#[derive(Clone, Copy)]
pub(super) struct Seen<'g> {
    pub(super) sheet: &'g Sheet,
    /// The place of its cycle: see [`Grid::cycle`].
    pub(super) cycle: usize,
    pub(super) edition: usize,
    pub(super) used: &'g [Used],
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
        let mut used = Vec::with_capacity(facts.sheets().map(|sheet| sheet.marks.len()).sum());
        let mut row = |sheet: &Sheet| {
            let start = used.len();
            used.extend(sheet.marks.iter().map(Used::from));
            Row {
                cycle: cycles.partition_point(|cycle| *cycle < sheet.cycle),
                edition: (editions.iter().position(|e| e.framework.version == sheet.version)).unwrap_or(usize::MAX),
                used: start..used.len(),
            }
        };
        let rows = (facts.histories().iter())
            .map(|history| history.sheets.iter().map(&mut row).collect())
            .collect();
        Grid {
            facts,
            cycles,
            editions,
            ways,
            rows,
            used,
        }
    }

    /// What it was made from.
    pub(super) fn facts(&self) -> &Arc<NetworkFacts> {
        &self.facts
    }

    /// A version by its id.
    ///
    /// # Errors
    /// [`NoReport`] when it is not in the library.
    pub(super) fn framework(&self, version: &VersionId) -> Result<&Arc<Framework>, NoReport> {
        let place = self.edition(version);
        (self.editions.get(place).map(|edition| &edition.framework))
            .ok_or_else(|| NoReport::UnknownVersion(version.clone()))
    }

    /// All versions.
    pub(super) fn editions(&self) -> &[Edition] {
        &self.editions
    }

    /// The place of a version; past the last one where it is unknown.
    pub(super) fn edition(&self, version: &VersionId) -> usize {
        let known = self
            .editions
            .iter()
            .position(|edition| edition.framework.version == *version);
        known.unwrap_or(self.editions.len())
    }

    /// The place of a cycle among those with an assessment; nothing for any other.
    pub(super) fn cycle(&self, cycle: &CycleId) -> Option<usize> {
        self.cycles.binary_search(cycle).ok()
    }

    /// For each criterion of a version the place of the comparable one in another.
    pub(super) fn way(&self, from: usize, to: usize) -> Option<&[Option<usize>]> {
        self.ways.get(from)?.get(to)?.as_deref()
    }

    /// The Practices with their assessments under known versions, oldest first.
    pub(super) fn histories(&self) -> impl Iterator<Item = (&History, impl Iterator<Item = Seen<'_>> + Clone)> {
        (self.facts.histories().iter().zip(&self.rows)).map(|(history, rows)| (history, self.seen(history, rows)))
    }

    /// The assessments of the Practice at a place, oldest first; none past the last.
    pub(super) fn history(&self, place: usize) -> impl Iterator<Item = Seen<'_>> {
        let here = self.facts.histories().get(place).zip(self.rows.get(place));
        here.into_iter().flat_map(|(history, rows)| self.seen(history, rows))
    }

    fn seen<'g>(&'g self, history: &'g History, rows: &'g [Row]) -> impl Iterator<Item = Seen<'g>> + Clone {
        let known = |(_, row): &(&Sheet, &Row)| row.edition < self.editions.len();
        (history.sheets.iter().zip(rows))
            .filter(known)
            .map(|(sheet, row)| Seen {
                sheet,
                cycle: row.cycle,
                edition: row.edition,
                used: &self.used[row.used.clone()],
            })
    }

    /// Of each version, where its elements are among those of `framework`.
    pub(super) fn places_of_elements(&self, framework: &Framework) -> Vec<Vec<Option<usize>>> {
        let place = |id: &ElementId| framework.elements.iter().position(|other| other.id == *id);
        let places = |edition: &Edition| (edition.framework.elements.iter()).map(|e| place(&e.id)).collect();
        self.editions.iter().map(places).collect()
    }
}

impl Seen<'_> {
    /// The rating of a criterion, 1 to 5.
    pub(super) fn level(&self, place: usize) -> Option<u8> {
        self.used.get(place)?.level()
    }

    /// The ratings of a criterion in an earlier assessment and in this one; `way` leads from that one's version to this one's.
    pub(super) fn pair(&self, place: usize, before: &Seen, way: &[Option<usize>]) -> Option<(u8, u8)> {
        before.level((*way.get(place)?)?).zip(self.level(place))
    }

    /// Is a slip of a criterion unplanned or not yet explained?
    pub(super) fn is_unexplained(&self, place: usize) -> bool {
        let class = self.sheet.marks.get(place).and_then(|mark| mark.class);
        !class.is_some_and(|class| class.explains())
    }
}
