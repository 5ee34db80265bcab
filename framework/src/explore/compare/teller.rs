//! Goes from Practice to Practice, and fills its row of a comparison.

use super::{
    PracticeLine,
    cell::{Cell, Sides},
};
use crate::{
    criteria::Framework,
    drift::FEWEST_PAIRS,
    explore::{
        Span,
        grid::{Edition, Grid, Seen},
    },
    network::Both,
    rating::Rating,
    sheet::Used,
};

/// Goes from Practice to Practice.
pub(super) struct Teller<'a> {
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
    both: Both,
    used: Vec<Used>,
    scores: Vec<Option<f64>>,
}

impl<'a> Teller<'a> {
    pub(super) fn new(grid: &'a Grid, framework: &Framework, span: &Span) -> Teller<'a> {
        let counts = span.criteria.counts();
        let of_edition = |edition: &Edition| edition.framework.criteria.iter().map(counts).collect();
        Teller {
            grid,
            from: grid.cycle(&span.from),
            to: grid.cycle(&span.to),
            version: grid.edition(&framework.version),
            width: framework.elements.len() + 1,
            elements: grid.places_of_elements(framework),
            counts: grid.editions().iter().map(of_edition).collect(),
            both: Both::new(framework, counts),
            used: Vec::new(),
            scores: Vec::new(),
        }
    }

    /// Adds a Practice's cells; nothing where it has no assessment in the later cycle.
    pub(super) fn tell(
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
            version: now.sheet.version.clone(),
            before: before.map(|seen| seen.sheet.version.clone()),
            assessments,
            of: self.counts[now.edition].iter().filter(|counts| **counts).count(),
        })
    }

    /// Scores, and both sides of the later assessment.
    fn score(&mut self, now: &Seen, row: &mut [Cell]) {
        let Edition { framework, weights } = &self.grid.editions()[now.edition];
        let counted = self.counts[now.edition].iter().zip(now.used);
        self.used.clear();
        self.used
            .extend(counted.map(|(counts, used)| if *counts { *used } else { Used::ASIDE }));
        self.scores.clear();
        weights.score(&self.used, &mut self.scores);
        let whole = self.width - 1;
        let places = &self.elements[now.edition];
        for (place, score) in places.iter().copied().chain([Some(whole)]).zip(&self.scores) {
            if let Some(place) = place {
                row[place].score = score.unwrap_or(f64::NAN);
            }
        }
        for (element, place) in framework.elements.iter().zip(places) {
            let mut sides = Sides::default();
            for place in element
                .criteria
                .clone()
                .filter(|place| self.counts[now.edition][*place])
            {
                now.sheet.marks.get(place).into_iter().for_each(|mark| sides.add(mark));
            }
            row[whole].sides.join(sides);
            if let Some(place) = place {
                row[*place].sides.join(sides);
            }
        }
    }

    /// What moved, and what explains it. Moderation was asked about slips since the `previous` assessment and about ratings
    /// below the expected level.
    fn drift(&self, before: &Seen, now: &Seen, previous: Option<&Seen>, row: &mut [Cell]) {
        let Some(way) = self.grid.way(before.edition, now.edition) else {
            return;
        };
        let is_previous = previous.is_some_and(|previous| previous.cycle == before.cycle);
        let slipped_lately = |place: usize| {
            let since = |previous: &Seen| now.pair(place, previous, self.grid.way(previous.edition, now.edition)?);
            is_previous || previous.and_then(since).is_some_and(|(from, to)| to < from)
        };
        let class = |place: usize| now.sheet.marks.get(place).and_then(|mark| mark.class);
        let whole = self.width - 1;
        let elements = self.grid.editions()[now.edition].framework.elements.iter();
        for (element, column) in elements.zip(&self.elements[now.edition]) {
            let mut cell = Cell::default();
            for place in element
                .criteria
                .clone()
                .filter(|place| self.counts[now.edition][*place])
            {
                let Some((from, to)) = now.pair(place, before, way) else {
                    continue;
                };
                let d = i16::from(to) - i16::from(from);
                cell.pairs += 1;
                cell.sum += d;
                cell.moved += d.unsigned_abs();
                cell.gains += u16::from(to > from);
                if to < from {
                    cell.slips += 1;
                    let asked = class(place).is_some() || to < Rating::EXPECTED.level() || slipped_lately(place);
                    cell.not_asked += u16::from(!asked);
                    cell.unexplained += u16::from(asked && now.is_unexplained(place));
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

    /// The scores of both cycles over the same criteria.
    fn move_together(&mut self, before: &Seen, now: &Seen, row: &mut [Cell]) {
        let way = |seen: &Seen| self.grid.way(seen.edition, self.version);
        let (Some(from), Some(to)) = (way(before), way(now)) else {
            return;
        };
        let same = before.edition == self.version && now.edition == self.version;
        self.both.read([(before.used, from), (now.used, to)], same);
        let [before, now] = &self.both.columns;
        for (cell, (before, now)) in row.iter_mut().zip(before.iter().zip(now)) {
            if let (Some(before), Some(now)) = (before, now) {
                cell.both = [*before, *now];
            }
        }
    }
}
