//! Charts: plain numbers in, a [`Scene`] out.
//!
//! Every function takes the width in points ([`PAPER`] for the PDF, [`SCREEN`] for pages,
//! which stays legible at 320 px). Values that are missing or not finite are said in words,
//! values beyond the scale are drawn at its end. Meaning is carried by position, number and
//! shape; colour only repeats it.

mod axis;
mod bars;
mod labels;
mod multiples;
mod pairs;
mod parts;
mod stacks;
mod strip;
mod time;

pub use bars::{diverging_bars, score_bars};
pub use multiples::{Multiple, multiples};
pub use pairs::dumbbell;
pub use stacks::stacked_bars;
pub use strip::quartile_strip;
pub use time::{Range, lines};

use crate::palette::Fill;
#[cfg(doc)]
use crate::scene::Scene;

/// The width of the text on an A4 page, in points.
pub const PAPER: f32 = 480.0;

/// A width that stays legible when a page shrinks it to 320 px.
pub const SCREEN: f32 = 320.0;

/// A line of [`score_bars`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Score {
    /// What was scored.
    pub label: String,
    /// The score from 1 to 5; none says why in `note`.
    pub value: Option<f64>,
    /// What the figure reads, already rounded by the rules of the domain; empty for one decimal.
    pub figure: String,
    /// The colour of its band: [`Fill::Strong`], [`Fill::Partial`] or [`Fill::Low`].
    pub fill: Fill,
    /// Words in place of the bar when there is no score, such as "not enough answered".
    pub note: String,
}

/// A line of [`dumbbell`]: two values of one thing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pair {
    /// What was rated.
    pub label: String,
    /// The first value, such as the self-rating or the earlier cycle.
    pub first: Option<f64>,
    /// The second value, such as the review or the later cycle.
    pub second: Option<f64>,
}

/// A line of [`lines`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// One value for each period; a missing one breaks the line.
    pub values: Vec<Option<f64>>,
}

/// A bar of [`diverging_bars`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change {
    /// What changed.
    pub label: String,
    /// By how much; none says why in `note`.
    pub value: Option<f64>,
    /// Words in place of the bar when there is no figure, such as "too few to compare".
    pub note: String,
}

/// A bar of [`stacked_bars`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stack {
    /// What was counted.
    pub label: String,
    /// How many of each part.
    pub counts: Vec<usize>,
}

impl Stack {
    /// Of all parts together.
    pub fn total(&self) -> usize {
        self.counts.iter().sum()
    }
}

/// A line of [`quartile_strip`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spread {
    /// What was rated.
    pub label: String,
    /// Lower quartile, median and upper quartile in each cycle, earliest first.
    pub cycles: Vec<Option<Quartiles>>,
}

/// Three figures of one distribution.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Quartiles {
    /// Lower quartile.
    pub lower: f64,
    /// Median.
    pub median: f64,
    /// Upper quartile.
    pub upper: f64,
}

#[cfg(test)]
mod tests;
