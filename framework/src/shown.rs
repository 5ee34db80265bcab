//! How figures read: rounded to the nearest, half away from zero, but never across a limit (METHODS.md 2). A figure below a
//! limit does not show as the limit: 3.96 is not yet strong, and shows as 3.9.
//!
//! Every page, sentence, chart and file that shows rounded figures rounds them here.

use crate::score::{TOLERANCE, at_least};

/// A minus sign, as wide as a plus.
const MINUS: char = '−';

/// What a figure is, which decides its decimals and its limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A score of 1 to 5: one decimal; limits where the bands begin, and the top of the scale.
    Score,
    /// A share, in whole per cent; limits at the 80 % that a score needs, and the whole.
    Share,
    /// A drift: two decimals; limits where its words and its colours change.
    Drift,
    /// A change of a spread: two decimals; the limit from which it counts as widening.
    Spread,
    /// Any other figure: two decimals, no limit.
    Plain,
}

impl Kind {
    /// Digits after the point; of per cent for a share.
    pub fn decimals(self) -> usize {
        match self {
            Kind::Score => 1,
            Kind::Share => 0,
            Kind::Drift | Kind::Spread | Kind::Plain => 2,
        }
    }

    /// Returns the limits, in size and from the lowest; in per cent for a share.
    pub fn limits(self) -> &'static [f64] {
        match self {
            Kind::Score => &[3.0, 4.0, 5.0],
            Kind::Share => &[80.0, 100.0],
            Kind::Drift => &[0.1, 0.25, 0.5, 1.0],
            Kind::Spread => &[crate::network::WIDENING],
            Kind::Plain => &[],
        }
    }
}

/// A figure as it is shown, as a number; a share in per cent.
pub fn rounded(figure: f64, kind: Kind) -> f64 {
    let figure = if kind == Kind::Share { figure * 100.0 } else { figure };
    nearest(figure, kind.decimals(), kind.limits())
}

/// Returns a figure in words, with a minus where it falls: `3.9`, `−0.25`; a share without its sign: `79`.
pub fn text(figure: f64, kind: Kind) -> String {
    written(rounded(figure, kind), kind.decimals())
}

/// Returns the same with a plus where it rises: `+0.25`, `−0.40`, `0.00`.
pub fn signed(figure: f64, kind: Kind) -> String {
    let text = text(figure, kind);
    match rounded(figure, kind) > 0.0 {
        true => format!("+{text}"),
        false => text,
    }
}

/// Returns a figure with so many decimals, and no limit.
pub fn with_decimals(figure: f64, decimals: usize) -> String {
    written(nearest(figure, decimals, &[]), decimals)
}

/// Returns the figure rounded to so many decimals, half away from zero; where that would reach a limit that the figure does not, the
/// last step before the limit.
fn nearest(figure: f64, decimals: usize, limits: &[f64]) -> f64 {
    let scale = 10_f64.powi(decimals as i32);
    let size = figure.abs();
    let steps = ((size + TOLERANCE) * scale + 0.5).floor();
    let before = limits.iter().find(|limit| !at_least(size, **limit));
    let most = before.map_or(f64::INFINITY, |limit| (limit * scale).round() - 1.0);
    (steps.min(most) / scale).copysign(figure)
}

fn written(rounded: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", rounded.abs());
    match rounded < 0.0 {
        true => format!("{MINUS}{text}"),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_round_to_the_nearest_and_never_across_a_limit() {
        for (figure, kind, shown) in [
            (3.79, Kind::Score, "3.8"),
            (3.96, Kind::Score, "3.9"),
            (2.97, Kind::Score, "2.9"),
            (3.949, Kind::Score, "3.9"),
            (3.25, Kind::Score, "3.3"),
            // 3.3 and 4.0 as binary fractions may leave them
            (3.299_999_999_999, Kind::Score, "3.3"),
            (4.0 - 4e-16, Kind::Score, "4.0"),
            (0.1 + 4.2, Kind::Score, "4.3"),
            (4.04, Kind::Score, "4.0"),
            (4.999, Kind::Score, "4.9"),
            (5.0, Kind::Score, "5.0"),
            (1.96, Kind::Score, "2.0"),
            (0.796, Kind::Share, "79"),
            (0.8, Kind::Share, "80"),
            (0.796_5 / 2.0, Kind::Share, "40"),
            (0.285, Kind::Share, "29"),
            (0.29, Kind::Share, "29"),
            (0.996, Kind::Share, "99"),
            (1.0, Kind::Share, "100"),
            (-0.096, Kind::Drift, "−0.09"),
            (0.0996, Kind::Drift, "0.09"),
            (-0.1, Kind::Drift, "−0.10"),
            (-0.248, Kind::Drift, "−0.24"),
            (-0.252, Kind::Drift, "−0.25"),
            (-0.004, Kind::Drift, "0.00"),
            (0.497, Kind::Spread, "0.49"),
            (-0.497, Kind::Spread, "−0.49"),
            (0.248, Kind::Spread, "0.25"),
            (0.125, Kind::Plain, "0.13"),
            (-0.125, Kind::Plain, "−0.13"),
            (0.345, Kind::Plain, "0.35"),
            (0.0, Kind::Plain, "0.00"),
        ] {
            assert_eq!(text(figure, kind), shown, "{figure} {kind:?}");
        }
    }

    #[test]
    fn changes_have_a_sign_and_nothing_has_none() {
        for (figure, shown) in [
            (0.25, "+0.25"),
            (-0.4, "−0.40"),
            (0.004, "0.00"),
            (-0.004, "0.00"),
            (0.0, "0.00"),
        ] {
            assert_eq!(signed(figure, Kind::Drift), shown, "{figure}");
        }
        assert_eq!(with_decimals(-0.12345, 4), "−0.1235");
        assert_eq!(with_decimals(0.996, 2), "1.00");
    }
}
