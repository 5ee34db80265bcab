//! One column of a comparison: an element across Practices.

use super::{
    PracticeLine,
    cell::{Cell, Sides},
};
use crate::{
    criteria::{Element, Framework},
    explore::Criteria,
    network::{Levels, NetworkDrift, NetworkDriftSum, Shift},
    score::share,
};

/// An element, or the whole, across Practices.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Where they stand in the later cycle.
    pub levels: Levels,
    /// Where those stand that are present in both cycles, in the earlier and in the later one, over the same criteria.
    pub both: [Levels; 2],
    /// How far these moved apart or together.
    pub shift: Shift,
    /// How far these moved, each compared with itself.
    pub drift: NetworkDrift,
    /// Pairs that could be: criteria of the Practices that have an earlier assessment.
    pub of: usize,
    /// Mean self-rating and mean review rating in the later cycle, over the criteria that both rated.
    pub sides: Option<[f64; 2]>,
}

impl Column {
    /// Pairs ÷ what they could be, 0 to 1.
    pub fn comparable_share(&self) -> Option<f64> {
        share(self.drift.pairs, self.of)
    }
}

/// The Practices of a comparison as they pass by.
pub(super) struct Sums {
    /// One an element, and the whole's at the end.
    sums: Vec<Sum>,
}

impl Sums {
    /// Nobody yet, over the elements of a version and those of its criteria that count.
    pub(super) fn new(framework: &Framework, criteria: Criteria) -> Sums {
        let counts = criteria.counts();
        let counted = |element: &Element| framework.criteria_of(element).iter().filter(|c| counts(c)).count();
        let elements = framework.elements.iter().map(|element| Some(counted(element)));
        Sums {
            sums: elements.chain([None]).map(Sum::new).collect(),
        }
    }

    /// Takes in a Practice with its cells.
    pub(super) fn add(&mut self, line: &PracticeLine, row: &[Cell]) {
        for (sum, cell) in self.sums.iter_mut().zip(row) {
            sum.add(line, cell);
        }
    }

    /// Returns what they come to: one an element, and the whole's at the end.
    pub(super) fn columns(self) -> Vec<Column> {
        self.sums.into_iter().map(Sum::column).collect()
    }
}

/// An element, or the whole, while the Practices pass by.
struct Sum {
    /// Criteria of the element; nothing for the whole, of which every Practice's own version says how many there are.
    criteria: Option<usize>,
    scores: Vec<f64>,
    both: [Vec<f64>; 2],
    strong: usize,
    drift: NetworkDriftSum,
    of: usize,
    sides: [usize; 3],
}

impl Sum {
    fn new(criteria: Option<usize>) -> Sum {
        Sum {
            criteria,
            scores: vec![],
            both: [vec![], vec![]],
            strong: 0,
            drift: NetworkDriftSum::default(),
            of: 0,
            sides: [0; 3],
        }
    }

    fn add(&mut self, line: &PracticeLine, cell: &Cell) {
        self.scores.extend(cell.score());
        self.strong += usize::from(cell.strong);
        if !cell.both[0].is_nan() {
            self.both[0].push(cell.both[0]);
            self.both[1].push(cell.both[1]);
        }
        self.drift.add(&cell.moves());
        if line.is_compared {
            self.of += self.criteria.unwrap_or(line.of);
        }
        let Sides { n, own, review } = cell.sides;
        for (sum, part) in self.sides.iter_mut().zip([n, own, review]) {
            *sum += usize::from(part);
        }
    }

    fn column(mut self) -> Column {
        // how many were strong is not asked of both cycles
        let both = self.both.map(|mut scores| Levels::of_scores(&mut scores, 0));
        let [n, own, review] = self.sides;
        Column {
            levels: Levels::of_scores(&mut self.scores, self.strong),
            shift: Shift::between(&both[0], &both[1]),
            both,
            drift: self.drift.drift(),
            of: self.of,
            sides: (n > 0).then(|| [own, review].map(|sum| sum as f64 / n as f64)),
        }
    }
}
