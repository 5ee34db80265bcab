//! Goes from Practice to Practice, and fills its row of a comparison.

use super::{
    PracticeLine,
    both::VersionPair,
    cell::{Cell, Sides},
};
use crate::{
    criteria::Framework,
    drift::FEWEST_PAIRS,
    explore::{
        Span,
        grid::{Edition, Grid, Seen},
    },
    rating::Rating,
    score::{Band, MOST_FOR_A_GAP},
    sheet::EffectiveRating,
};
use std::ops::Range;

/// Goes from Practice to Practice.
pub(super) struct PairwiseComparer<'a> {
    grid: &'a Grid,
    /// The places of the two cycles.
    from: Option<usize>,
    to: Option<usize>,
    version: usize,
    /// Columns, the whole's included.
    width: usize,
    /// Of each edition, where its elements are among the columns.
    elements: Vec<Vec<Option<usize>>>,
    /// Of each edition, which of its criteria count.
    counts: Vec<Vec<bool>>,
    /// And how many these are.
    of: Vec<usize>,
    /// Of each edition, which of its criteria are core.
    core: Vec<Vec<bool>>,
    /// By the place of an earlier edition, then of a later one.
    pairs: Vec<Vec<Option<Pairs>>>,
    both: VersionPair,
    used: Vec<EffectiveRating>,
    scores: Vec<Option<f64>>,
}

/// For each element of the later of two editions the places of those criteria that count and compare: later, earlier.
type Pairs = Vec<Vec<(usize, usize)>>;

impl<'a> PairwiseComparer<'a> {
    pub(super) fn new(grid: &'a Grid, framework: &Framework, span: &Span) -> PairwiseComparer<'a> {
        let is_counted = span.criteria.counts();
        let of_edition = |edition: &Edition| edition.framework.criteria.iter().map(is_counted).collect();
        let counts: Vec<Vec<bool>> = grid.editions().iter().map(of_edition).collect();
        let editions = 0..counts.len();
        let pairs = |from: usize| editions.clone().map(|to| pairs(grid, from, to, &counts[to])).collect();
        PairwiseComparer {
            grid,
            from: grid.cycle(&span.from),
            to: grid.cycle(&span.to),
            version: grid.edition(&framework.version),
            width: framework.elements.len() + 1,
            elements: grid.places_of_elements(framework),
            pairs: editions.clone().map(pairs).collect(),
            core: (grid.editions().iter())
                .map(|edition| edition.framework.criteria.iter().map(|c| c.core).collect())
                .collect(),
            of: (counts.iter())
                .map(|counts| counts.iter().filter(|counts| **counts).count())
                .collect(),
            counts,
            both: VersionPair::new(framework, is_counted),
            used: Vec::new(),
            scores: Vec::new(),
        }
    }

    /// Adds a Practice's cells; nothing where it has no assessment in the later cycle.
    pub(super) fn compare(
        &mut self,
        history: usize,
        sheets: impl Iterator<Item = Seen<'a>>,
        cells: &mut Vec<Cell>,
    ) -> Option<PracticeLine> {
        let (mut before, mut previous, mut now, mut assessments) = (None, None, None, 0);
        for seen in sheets.take_while(|seen| Some(seen.cycle) <= self.to) {
            assessments += 1;
            previous = now.replace(seen);
            if Some(seen.cycle) == self.from {
                before = Some(seen);
            }
        }
        let now = now.filter(|now| Some(now.cycle) == self.to)?;
        let before = before.filter(|before: &Seen| before.cycle < now.cycle);
        let start = cells.len();
        cells.resize(start + self.width, Cell::default());
        let row = &mut cells[start..];
        self.score(&now, row);
        if let Some(before) = before {
            self.drift(&before, &now, previous.as_ref(), row);
            self.move_together(&before, &now, row);
        }
        Some(PracticeLine {
            history,
            is_compared: before.is_some(),
            assessments,
            of: self.of[now.edition],
        })
    }

    /// The scores of an assessment under its own version, an element each and the whole's at the end.
    fn own_scores(&mut self, seen: &Seen) {
        let (weights, counts) = (&self.grid.editions()[seen.edition].weights, &self.counts[seen.edition]);
        self.scores.clear();
        if self.of[seen.edition] == counts.len() {
            return weights.score(seen.used, &mut self.scores);
        }
        let counted = counts.iter().zip(seen.used);
        self.used.clear();
        self.used
            .extend(counted.map(|(counts, used)| if *counts { *used } else { EffectiveRating::ASIDE }));
        weights.score(&self.used, &mut self.scores);
    }

    /// Scores, and both sides of the later assessment.
    fn score(&mut self, now: &Seen, row: &mut [Cell]) {
        self.own_scores(now);
        let framework = &self.grid.editions()[now.edition].framework;
        let whole = self.width - 1;
        let places = &self.elements[now.edition];
        for (place, score) in places.iter().copied().chain([Some(whole)]).zip(&self.scores) {
            if let Some(place) = place {
                row[place].score = score.unwrap_or(f64::NAN);
                row[place].strong = score.map(Band::of) == Some(Band::Strong);
            }
        }
        for (element, place) in framework.elements.iter().zip(places) {
            let has_gap = self.has_core_gap(now, element.criteria.clone());
            row[whole].strong &= !has_gap;
            if let Some(place) = place {
                row[*place].strong &= !has_gap;
            }
            let mut sides = Sides::default();
            let range = element.criteria.clone();
            let background = now.background.get(range.clone()).unwrap_or_default();
            let counted = background.iter().zip(&self.counts[now.edition][range]);
            for (background, _) in counted.filter(|(_, counts)| **counts) {
                sides.add(*background);
            }
            row[whole].sides.join(sides);
            if let Some(place) = place {
                row[*place].sides.join(sides);
            }
        }
    }

    /// Returns whether one of these criteria is core, counted, and rated 1 or 2.
    fn has_core_gap(&self, now: &Seen, range: Range<usize>) -> bool {
        let (core, counts) = (&self.core[now.edition], &self.counts[now.edition]);
        let mut places = range.filter(|place| core[*place] && counts[*place]);
        places.any(|place| now.level(place).is_some_and(|level| level <= MOST_FOR_A_GAP))
    }

    /// What moved, and what explains it. Moderation was asked about slips since the `previous` assessment and about ratings
    /// below the expected level.
    fn drift(&self, before: &Seen, now: &Seen, previous: Option<&Seen>, row: &mut [Cell]) {
        let Some(pairs) = &self.pairs[before.edition][now.edition] else {
            return;
        };
        let is_previous = previous.is_some_and(|previous| previous.cycle == before.cycle);
        let slipped_lately = |index: usize| {
            let since = |previous: &Seen| now.pair(index, previous, self.grid.way(previous.edition, now.edition)?);
            is_previous || previous.and_then(since).is_some_and(|(from, to)| to < from)
        };
        let core = &self.core[now.edition];
        let whole = self.width - 1;
        for (pairs, column) in pairs.iter().zip(&self.elements[now.edition]) {
            let mut cell = Cell::default();
            for (place, earlier) in pairs {
                let Some((from, to)) = before.level(*earlier).zip(now.level(*place)) else {
                    continue;
                };
                let d = i16::from(to) - i16::from(from);
                cell.pairs += 1;
                cell.sum += d;
                cell.moved += d.unsigned_abs();
                cell.gains += u16::from(to > from);
                let core = u16::from(core[*place]);
                cell.core_pairs += core;
                if to < from {
                    cell.slips += 1;
                    let asked =
                        now.explained(*place).is_some() || to < Rating::EXPECTED.level() || slipped_lately(*place);
                    cell.not_asked += u16::from(!asked);
                    let unexplained = u16::from(asked && now.is_unexplained(*place));
                    cell.unexplained += unexplained;
                    cell.core_unexplained += core * unexplained;
                }
            }
            row[whole].add(&cell);
            if let Some(column) = column {
                row[*column].add(&cell);
                row[*column].enough = usize::from(cell.pairs) >= FEWEST_PAIRS;
            }
        }
        row[whole].enough = row[whole].pairs > 0;
    }

    /// The scores of both cycles over the same criteria. Where both were made under the version of the comparison these are
    /// their own scores.
    fn move_together(&mut self, before: &Seen, now: &Seen, row: &mut [Cell]) {
        if before.edition == self.version && now.edition == self.version {
            self.own_scores(before);
            for (cell, before) in row.iter_mut().zip(&self.scores) {
                cell.move_from(*before, cell.score());
            }
            return;
        }
        let way = |seen: &Seen| self.grid.way(seen.edition, self.version);
        if let (Some(from), Some(to)) = (way(before), way(now)) {
            self.both.read([(before.used, from), (now.used, to)]);
            let [before, now] = &self.both.columns;
            for (cell, (before, now)) in row.iter_mut().zip(before.iter().zip(now)) {
                cell.move_from(*before, *now);
            }
        }
    }
}

/// Returns what compares of two editions; nothing where no chain of versions joins them.
fn pairs(grid: &Grid, from: usize, to: usize, counts: &[bool]) -> Option<Pairs> {
    let way = grid.way(from, to)?;
    let pair = |index: usize| Some((index, way[index]?)).filter(|_| counts[index]);
    let elements = grid.editions()[to].framework.elements.iter();
    Some(
        elements
            .map(|element| element.criteria.clone().filter_map(pair).collect())
            .collect(),
    )
}
