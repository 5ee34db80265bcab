//! One cell of a comparison: a Practice on an element.

use crate::{
    drift::{FEWEST_PAIRS, Tally},
    explore::grid::Background,
    network::Moves,
    score::at_least,
};

/// The net drift from which on a Practice asks for a conversation (METHODS.md 4, Who drifts).
const NET: f64 = -0.25;
/// The unexplained slips in core criteria that ask for one, if they are a tenth of these at least.
const CORE_SLIPS: u16 = 2;

/// A Practice on an element, or on the whole. Small, because there are many.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// NaN for none.
    pub(super) score: f64,
    /// The scores in both cycles over the same criteria, which the network's movement is worked out from; NaN for none.
    pub(super) both: [f64; 2],
    pub(super) pairs: u16,
    pub(super) sum: i16,
    pub(super) moved: u16,
    pub(super) slips: u16,
    pub(super) unexplained: u16,
    pub(super) not_asked: u16,
    pub(super) gains: u16,
    pub(super) core_pairs: u16,
    pub(super) core_unexplained: u16,
    /// Is the score banded strong?
    pub(super) strong: bool,
    pub(super) sides: Sides,
    pub(super) enough: bool,
}

/// Self-rating and review beside each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sides {
    pub(super) n: u16,
    pub(super) own: u16,
    pub(super) review: u16,
}

impl Sides {
    pub(super) fn add(&mut self, background: Background) {
        let [own, review] = background.sides().map(u16::from);
        self.n += u16::from(own > 0);
        self.own += own;
        self.review += review;
    }

    pub(super) fn join(&mut self, other: Sides) {
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
            core_pairs: 0,
            core_unexplained: 0,
            strong: false,
            sides: Sides::default(),
            enough: false,
        }
    }
}

impl Cell {
    /// Returns the score in the later cycle, 1 to 5.
    pub fn score(&self) -> Option<f64> {
        some(self.score)
    }

    /// Returns the pairs of ratings, what they moved and how much.
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

    /// Slips in core criteria that are unplanned or not yet explained.
    pub fn core_unexplained(&self) -> usize {
        usize::from(self.core_unexplained)
    }

    /// Core criteria that compare.
    pub fn core_pairs(&self) -> usize {
        usize::from(self.core_pairs)
    }

    /// Is the score banded strong: 4 or above, and without a core gap?
    pub fn is_strong(&self) -> bool {
        self.strong
    }

    /// Returns what moved.
    pub fn moves(&self) -> Moves {
        Moves {
            tally: self.tally(),
            gains: self.gains(),
            slips: self.slips(),
            unexplained: self.unexplained(),
            not_asked: self.not_asked(),
        }
    }

    /// Does a Practice whose whole this is ask for a conversation: net drift −0.25 or lower, or unexplained slips in core
    /// criteria, 2 at least and a tenth at least of those that compare? (METHODS.md 4, Who drifts)
    pub fn asks_for_a_conversation(&self) -> bool {
        let enough = usize::from(self.pairs) >= FEWEST_PAIRS;
        let fell = self.tally().net().is_some_and(|net| enough && at_least(-net, -NET));
        fell || (self.core_unexplained >= CORE_SLIPS && self.core_unexplained * 10 >= self.core_pairs)
    }

    /// Sets the scores in both cycles, where there are both.
    pub(super) fn move_from(&mut self, before: Option<f64>, now: Option<f64>) {
        if let (Some(before), Some(now)) = (before, now) {
            self.both = [before, now];
        }
    }

    pub(super) fn add(&mut self, other: &Cell) {
        self.pairs += other.pairs;
        self.sum += other.sum;
        self.moved += other.moved;
        self.slips += other.slips;
        self.unexplained += other.unexplained;
        self.not_asked += other.not_asked;
        self.gains += other.gains;
        self.core_pairs += other.core_pairs;
        self.core_unexplained += other.core_unexplained;
    }
}

fn some(figure: f64) -> Option<f64> {
    (!figure.is_nan()).then_some(figure)
}
