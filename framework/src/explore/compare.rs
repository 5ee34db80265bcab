//! All Practices between two cycles: Practice by element.

use super::{
    Age, Filter, SlipFilter, Span,
    grid::{Edition, Grid, Seen},
};
use crate::{
    criteria::{Element, Framework},
    drift::{FEWEST_PAIRS, Tally},
    ids::VersionId,
    network::{Both, History, Levels, NetworkFacts, Shift},
    rating::Rating,
    report::NoReport,
    score::share,
    sheet::{Mark, Used},
};
use std::sync::Arc;

/// All Practices with an assessment in the later cycle, by name, each compared with its assessment of the earlier one.
#[derive(Clone, Debug)]
pub struct Comparison {
    facts: Arc<NetworkFacts>,
    /// What is compared.
    pub span: Span,
    /// The version of the later cycle: its elements are the columns.
    pub framework: Arc<Framework>,
    /// One a Practice, by name.
    pub lines: Vec<PracticeLine>,
    /// For each Practice one an element, and the whole's at the end.
    cells: Vec<Cell>,
}

/// A Practice in a comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct PracticeLine {
    /// Its place in [`NetworkFacts::histories`].
    pub history: usize,
    /// The version of its later assessment.
    pub version: VersionId,
    /// The version of its earlier one; nothing where there is none.
    pub before: Option<VersionId>,
    /// How many assessments it has had, the later one included.
    pub assessments: usize,
    /// Criteria that count in its later version.
    pub of: usize,
}

/// A Practice on an element, or on the whole. Small, because there are many.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// NaN for none.
    score: f64,
    /// The scores in both cycles over the same criteria, which the network's movement is worked out from; NaN for none.
    both: [f64; 2],
    pairs: u16,
    sum: i16,
    moved: u16,
    slips: u16,
    unexplained: u16,
    not_asked: u16,
    gains: u16,
    sides: Sides,
    enough: bool,
}

/// Self-rating and review beside each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sides {
    n: u16,
    own: u16,
    review: u16,
}

/// The Practices that a filter leaves, and what they come to.
#[derive(Clone, Debug)]
pub struct Explored {
    /// Their places in [`Comparison::lines`].
    pub places: Vec<usize>,
    /// One an element, and the whole's at the end.
    pub columns: Vec<Column>,
}

/// An element, or the whole, across Practices.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Where they stand in the later cycle.
    pub levels: Levels,
    /// Where those stand that are present in both cycles, in the earlier and in the later one, over the same criteria.
    pub both: [Levels; 2],
    /// How far these moved.
    pub shift: Shift,
    /// All pairs of ratings together.
    pub tally: Tally,
    /// Pairs that could be: criteria of the Practices that have an earlier assessment.
    pub of: usize,
    /// Criteria that went down.
    pub slips: usize,
    /// Those of them that are unplanned or not yet explained.
    pub unexplained: usize,
    /// Criteria that went up.
    pub gains: usize,
    /// Mean self-rating and mean review rating in the later cycle, over the criteria that both rated.
    pub sides: Option<[f64; 2]>,
}

impl Sides {
    fn add(&mut self, mark: &Mark) {
        if let (Some(own), Some(review), false) = (mark.self_rating, mark.review_rating, mark.not_applicable) {
            self.n += 1;
            self.own += u16::from(own.level());
            self.review += u16::from(review.level());
        }
    }

    fn join(&mut self, other: Sides) {
        self.n += other.n;
        self.own += other.own;
        self.review += other.review;
    }
}

impl Default for Cell {
    fn default() -> Cell {
        Cell {
            score: f64::NAN,
            both: [f64::NAN; 2],
            pairs: 0,
            sum: 0,
            moved: 0,
            slips: 0,
            unexplained: 0,
            not_asked: 0,
            gains: 0,
            sides: Sides::default(),
            enough: false,
        }
    }
}

impl Cell {
    /// The score in the later cycle, 1 to 5.
    pub fn score(&self) -> Option<f64> {
        some(self.score)
    }

    /// The pairs of ratings, what they moved and how much.
    pub fn tally(&self) -> Tally {
        Tally {
            pairs: usize::from(self.pairs),
            sum: i64::from(self.sum),
            moved: i64::from(self.moved),
        }
    }

    /// Mean d, −4 to 4; nothing in an element with fewer than [`FEWEST_PAIRS`] pairs.
    pub fn net(&self) -> Option<f64> {
        self.tally().net().filter(|_| self.enough)
    }

    /// Mean |d|, 0 to 4; nothing in an element with fewer than [`FEWEST_PAIRS`] pairs.
    pub fn gross(&self) -> Option<f64> {
        self.tally().gross().filter(|_| self.enough)
    }

    /// Criteria that went down.
    pub fn slips(&self) -> usize {
        usize::from(self.slips)
    }

    /// Slips that are unplanned or not yet explained.
    pub fn unexplained(&self) -> usize {
        usize::from(self.unexplained)
    }

    /// Slips that moderation was not asked about: see [`crate::report::DriftFigures::not_asked`].
    pub fn not_asked(&self) -> usize {
        usize::from(self.not_asked)
    }

    /// Criteria that went up.
    pub fn gains(&self) -> usize {
        usize::from(self.gains)
    }

    fn add(&mut self, other: &Cell) {
        self.pairs += other.pairs;
        self.sum += other.sum;
        self.moved += other.moved;
        self.slips += other.slips;
        self.unexplained += other.unexplained;
        self.not_asked += other.not_asked;
        self.gains += other.gains;
    }
}

fn some(figure: f64) -> Option<f64> {
    (!figure.is_nan()).then_some(figure)
}

impl Column {
    /// Pairs ÷ what they could be, 0 to 1.
    pub fn comparable_share(&self) -> Option<f64> {
        share(self.tally.pairs, self.of)
    }
}

/// Compares all Practices between two cycles; `version` is that of the later cycle.
///
/// # Errors
/// [`NoReport`] when the version is not in the library.
pub fn compare(grid: &Grid, version: &VersionId, span: Span) -> Result<Comparison, NoReport> {
    let framework = grid.framework(version)?.clone();
    let mut teller = Teller::new(grid, &framework, &span);
    let (mut lines, mut cells) = (Vec::new(), Vec::new());
    for (history, (_, sheets)) in grid.histories().enumerate() {
        if let Some(line) = teller.tell(history, sheets, &mut cells) {
            lines.push(line);
        }
    }
    Ok(Comparison {
        facts: grid.facts().clone(),
        lines,
        cells,
        framework,
        span,
    })
}

/// Goes from Practice to Practice.
struct Teller<'a> {
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
    fn new(grid: &'a Grid, framework: &Framework, span: &Span) -> Teller<'a> {
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
    fn tell(
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

impl Comparison {
    /// A Practice's cells, by its place in [`Comparison::lines`]: one an element, and the whole's at the end.
    pub fn row(&self, place: usize) -> &[Cell] {
        let width = self.width();
        &self.cells[place * width..(place + 1) * width]
    }

    /// A Practice and its assessments, by its place in [`Comparison::lines`].
    pub fn history(&self, place: usize) -> &History {
        &self.facts.histories()[self.lines[place].history]
    }

    /// Adds up the Practices that a filter leaves.
    pub fn explore(&self, filter: &Filter) -> Explored {
        let places: Vec<usize> = (0..self.lines.len())
            .filter(|place| self.is_shown(*place, filter))
            .collect();
        let counts = self.span.criteria.counts();
        let criteria = |element: &Element| self.framework.criteria_of(element).iter().filter(|c| counts(c)).count();
        let elements = self.framework.elements.iter().map(|element| Some(criteria(element)));
        let mut sums: Vec<Sum> = elements.chain([None]).map(Sum::new).collect();
        for place in &places {
            let line = &self.lines[*place];
            for (sum, cell) in sums.iter_mut().zip(self.row(*place)) {
                sum.add(line, cell);
            }
        }
        Explored {
            columns: sums.into_iter().map(Sum::column).collect(),
            places,
        }
    }

    fn is_shown(&self, place: usize, filter: &Filter) -> bool {
        let (line, whole) = (&self.lines[place], &self.row(place)[self.width() - 1]);
        let slips = |slips: SlipFilter| whole.pairs > 0 && slips.holds(whole.slips(), whole.unexplained());
        (filter.region.as_ref()).is_none_or(|region| *region == self.history(place).practice.region)
            && filter.age.is_none_or(|age| age == Age::of(line.assessments))
            && filter.version.as_ref().is_none_or(|version| *version == line.version)
            && filter.slips.is_none_or(slips)
    }

    fn width(&self) -> usize {
        self.framework.elements.len() + 1
    }
}

/// An element, or the whole, while the Practices pass by.
struct Sum {
    /// Criteria of the element; nothing for the whole, of which every Practice's own version says how many there are.
    criteria: Option<usize>,
    scores: Vec<f64>,
    both: [Vec<f64>; 2],
    tally: Tally,
    of: usize,
    slips: usize,
    unexplained: usize,
    gains: usize,
    sides: [usize; 3],
}

impl Sum {
    fn new(criteria: Option<usize>) -> Sum {
        Sum {
            criteria,
            scores: vec![],
            both: [vec![], vec![]],
            tally: Tally::default(),
            of: 0,
            slips: 0,
            unexplained: 0,
            gains: 0,
            sides: [0; 3],
        }
    }

    fn add(&mut self, line: &PracticeLine, cell: &Cell) {
        self.scores.extend(cell.score());
        if !cell.both[0].is_nan() {
            self.both[0].push(cell.both[0]);
            self.both[1].push(cell.both[1]);
        }
        self.tally.join(cell.tally());
        if line.before.is_some() {
            self.of += self.criteria.unwrap_or(line.of);
        }
        self.slips += cell.slips();
        self.unexplained += cell.unexplained();
        self.gains += cell.gains();
        let Sides { n, own, review } = cell.sides;
        for (sum, part) in self.sides.iter_mut().zip([n, own, review]) {
            *sum += usize::from(part);
        }
    }

    fn column(mut self) -> Column {
        let both = self.both.map(|mut scores| Levels::of_scores(&mut scores));
        let [n, own, review] = self.sides;
        Column {
            levels: Levels::of_scores(&mut self.scores),
            shift: Shift::between(&both[0], &both[1]),
            both,
            tally: self.tally,
            of: self.of,
            slips: self.slips,
            unexplained: self.unexplained,
            gains: self.gains,
            sides: (n > 0).then(|| [own, review].map(|sum| sum as f64 / n as f64)),
        }
    }
}
