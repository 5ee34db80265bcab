//! All Practices together in one cycle, and from one cycle to the next (METHODS.md 4, Across practices).

mod drift;
mod facts;

pub use drift::{Direction, FEWEST_FOR_AN_INTERVAL, Moves, NetworkDrift, NetworkDriftSum};
pub use facts::{History, NetworkFacts, by_name};

use crate::{
    rating::Rating,
    score::{STRONG_FROM, at_least, share},
};
use schemars::JsonSchema;
use serde::Serialize;

/// Fewest Practices for quartiles and spread.
pub const FEWEST_FOR_QUARTILES: usize = 5;
/// Fewest Practices for a median.
pub const FEWEST_FOR_A_MEDIAN: usize = 3;

/// How far the spread must grow to be called widening.
pub const WIDENING: f64 = 0.5;

/// Where the Practices stand in one cycle, on one criterion or element.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct Levels {
    /// Practices with a rating or score.
    pub n: usize,
    /// The single values, lowest first, where there are fewer than 5; empty from 5 on.
    pub values: Vec<f64>,
    /// Median, 1 to 5; from 3 Practices.
    pub median: Option<f64>,
    /// Lower quartile (type 7); from 5 Practices.
    pub q1: Option<f64>,
    /// Upper quartile (type 7); from 5 Practices.
    pub q3: Option<f64>,
    /// Interquartile range, q3 − q1; from 5 Practices.
    pub spread: Option<f64>,
    /// Share of the Practices at 4 or above, 0 to 1.
    pub share_at_4: Option<f64>,
    /// Practices banded strong: at 4 or above, and without a core gap. Nothing for ratings of one criterion, which have no
    /// band.
    pub strong: Option<usize>,
    /// Why there is no figure, in words.
    pub why: Option<String>,
}

/// How the Practices moved apart or together between two cycles, over those present in both.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct Shift {
    /// Practices with a rating or score in both cycles.
    pub in_both: usize,
    /// Change of the spread, later − earlier.
    pub spread_change: Option<f64>,
    /// Did the spread grow by 0.5 or more?
    pub widening: bool,
    /// Why there is no figure, in words.
    pub spread_why: Option<String>,
}

/// How many Practices gave each rating, lowest first.
pub type Histogram = [usize; 5];

impl Levels {
    /// Of nobody.
    pub fn none() -> Levels {
        Levels::of_scores(&mut [], 0)
    }

    /// Of ratings, counted by level.
    pub fn of_ratings(counts: &Histogram) -> Levels {
        let n = counts.iter().sum();
        let at = |index: usize| {
            let mut below = 0;
            let level = counts.iter().position(|count| {
                below += count;
                below > index
            });
            level.map_or(5.0, |index| (index + 1) as f64)
        };
        Levels::new(n, at, counts[Rating::EXPECTED.index()..].iter().sum(), None)
    }

    /// Of scores, in any order, so many of them banded strong; changes the order, but does not sort them all.
    pub fn of_scores(scores: &mut [f64], strong: usize) -> Levels {
        let at_4 = scores.iter().filter(|score| at_least(**score, STRONG_FROM)).count();
        let n = scores.len();
        let nth = |index: usize| match index < n {
            true => *scores.select_nth_unstable_by(index, f64::total_cmp).1,
            false => 5.0,
        };
        Levels::new(n, nth, at_4, Some(strong))
    }

    fn new(n: usize, mut at: impl FnMut(usize) -> f64, at_4: usize, strong: Option<usize>) -> Levels {
        let single = if n < FEWEST_FOR_QUARTILES { n } else { 0 };
        let values = (0..single).map(&mut at).collect();
        let mut from = |fewest: usize, p| quantile(n, &mut at, p).filter(|_| n >= fewest);
        let [q1, q3] = [0.25, 0.75].map(|p| from(FEWEST_FOR_QUARTILES, p));
        let median = from(FEWEST_FOR_A_MEDIAN, 0.5);
        Levels {
            n,
            values,
            median,
            q1,
            q3,
            spread: q1.zip(q3).map(|(q1, q3)| q3 - q1),
            share_at_4: share(at_4, n),
            strong,
            why: too_few(n),
        }
    }
}

impl Shift {
    /// From one cycle to a later one; both of the same Practices.
    pub fn between(before: &Levels, after: &Levels) -> Shift {
        let change = |a: Option<f64>, b: Option<f64>| a.zip(b).map(|(a, b)| b - a);
        let spread_change = change(before.spread, after.spread);
        Shift {
            in_both: after.n,
            spread_change,
            widening: spread_change.is_some_and(|c| at_least(c, WIDENING)),
            spread_why: spread_change.is_none().then(|| match after.n {
                0 => "No Practice has a comparable figure in both cycles.".to_owned(),
                n => format!("{n} in both cycles; a spread needs {FEWEST_FOR_QUARTILES} Practices."),
            }),
        }
    }

    /// Did the spread shrink by as much as is called widening when it grows?
    pub fn is_narrowing(&self) -> bool {
        self.spread_change.is_some_and(|change| at_least(-change, WIDENING))
    }

    /// Nothing to compare with.
    pub fn none(why: &str) -> Shift {
        Shift {
            in_both: 0,
            spread_change: None,
            widening: false,
            spread_why: Some(why.to_owned()),
        }
    }
}

/// Returns why the median, or the quartiles, are missing.
fn too_few(n: usize) -> Option<String> {
    match n {
        0 => Some("No Practice has a figure here in this cycle.".to_owned()),
        1 => Some(format!("1 Practice: a median needs {FEWEST_FOR_A_MEDIAN}.")),
        n if n < FEWEST_FOR_A_MEDIAN => Some(format!("{n} Practices: a median needs {FEWEST_FOR_A_MEDIAN}.")),
        n if n < FEWEST_FOR_QUARTILES => Some(format!("{n} Practices: quartiles need {FEWEST_FOR_QUARTILES}.")),
        _ => None,
    }
}

/// Quantile `p` (0 to 1) of `n` sorted values by linear interpolation between the two around place (n − 1)·p counted from 0
/// (type 7 of Hyndman and Fan 1996). Nothing without values.
pub fn quantile(n: usize, mut at: impl FnMut(usize) -> f64, p: f64) -> Option<f64> {
    let last = n.checked_sub(1)?;
    let place = last as f64 * p;
    let low = place.floor();
    let (below, above) = (at(low as usize), at((low as usize + 1).min(last)));
    Some((below + (place - low) * (above - below)).clamp(below, above))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quartiles_are_those_of_type_seven() {
        for (values, quartiles) in [
            (&[3.0][..], [3.0, 3.0, 3.0]),
            (&[2.0, 5.0], [2.75, 3.5, 4.25]),
            (&[1.0, 3.0, 5.0], [2.0, 3.0, 4.0]),
            (&[1.0, 2.0, 3.0, 4.0], [1.75, 2.5, 3.25]),
            (&[1.0, 2.0, 3.0, 4.0, 5.0], [2.0, 3.0, 4.0]),
        ] {
            let found = [0.25, 0.5, 0.75].map(|p| quantile(values.len(), |place| values[place], p));
            assert_eq!(found, quartiles.map(Some), "{values:?}");
        }
        assert_eq!(quantile(0, |_| f64::NAN, 0.5), None);
    }

    #[test]
    fn a_median_needs_three_practices_and_quartiles_five() {
        for (scores, values, median, quartiles) in [
            (&[][..], &[][..], None, None),
            (&[4.0], &[4.0], None, None),
            (&[5.0, 2.0], &[2.0, 5.0], None, None),
            (&[5.0, 1.0, 3.0], &[1.0, 3.0, 5.0], Some(3.0), None),
            (&[4.0, 1.0, 2.0, 3.0], &[1.0, 2.0, 3.0, 4.0], Some(2.5), None),
            (&[5.0, 1.0, 2.0, 3.0, 4.0], &[], Some(3.0), Some((2.0, 4.0))),
        ] {
            let levels = Levels::of_scores(&mut scores.to_vec(), 0);
            assert_eq!(levels.values, values, "{scores:?}");
            assert_eq!(
                (levels.median, levels.q1.zip(levels.q3)),
                (median, quartiles),
                "{scores:?}"
            );
            assert_eq!(levels.spread.is_some(), quartiles.is_some(), "{scores:?}");
            assert_eq!(levels.why.is_some(), quartiles.is_none(), "{scores:?}");
        }
        assert_eq!(Levels::of_ratings(&[1, 0, 1, 1, 0]).values, [1.0, 3.0, 4.0]);
    }

    #[test]
    fn widening_and_narrowing_begin_at_half_a_level() {
        let spread = |of: f64| Levels {
            spread: Some(of),
            ..Levels::of_scores(&mut [3.0; 5], 0)
        };
        for (before, after, widening, narrowing) in [
            (1.0, 1.5, true, false),
            (1.1, 1.6, true, false),
            (1.0, 1.49, false, false),
            (1.5, 1.01, false, false),
            (1.6, 1.1, false, true),
            (2.0, 1.0, false, true),
        ] {
            let shift = Shift::between(&spread(before), &spread(after));
            assert_eq!(
                (shift.widening, shift.is_narrowing()),
                (widening, narrowing),
                "{before} {after}"
            );
        }
    }
}
