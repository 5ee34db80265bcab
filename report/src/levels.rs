//! Where the Practices stand and how far they moved, as the national report and the network's own page show it.

use crate::{
    charts::Quartiles,
    document::{Cell, Column},
    say,
};
use framework::network::{Levels, NetworkDrift, Shift};

/// Returns the columns of a table whose rows are [`row`]s of elements; `first` names what they are about.
pub(crate) fn columns(first: &str) -> Vec<Column> {
    named(
        first,
        &[
            ("Practices", 1.1),
            ("Median", 1.0),
            ("Lower quartile", 1.0),
            ("Upper quartile", 1.0),
            ("Spread", 1.0),
            ("At 4 or above", 1.2),
            ("Banded strong", 1.2),
            ("Network drift", 1.1),
            ("95 % interval", 2.1),
            ("Spread change", 1.1),
        ],
    )
}

/// Returns the columns of a table whose rows are [`criterion_row`]s.
pub(crate) fn criterion_columns() -> Vec<Column> {
    let figures = [
        ("Practices", 1.1),
        ("Median", 1.1),
        ("Lower quartile", 1.1),
        ("Upper quartile", 1.1),
        ("Spread", 1.1),
        ("At 4 or above", 1.7),
        ("Mean change", 1.1),
        ("Spread change", 1.1),
    ];
    named("Criterion", &figures)
}

fn named(first: &str, figures: &[(&str, f32)]) -> Vec<Column> {
    let figures = figures
        .iter()
        .map(|(name, weight)| Column::new(*name).weight(*weight).centred());
    std::iter::once(Column::new(first).weight(5.6)).chain(figures).collect()
}

/// Returns the figures of an element, or of the whole.
pub(crate) fn row(name: &str, levels: &Levels, drift: &NetworkDrift, shift: &Shift) -> Vec<Cell> {
    let strong = levels.strong.map_or_else(|| say::NONE.to_owned(), |n| n.to_string());
    let interval = say::drift_interval(drift).unwrap_or_else(|| say::NONE.to_owned());
    let moved = [
        Cell::text(strong),
        say::change_cell(drift.net),
        Cell::text(interval),
        spread_change(shift),
    ];
    standing(name, levels).into_iter().chain(moved).collect()
}

/// Returns the figures of a criterion, and how much its ratings changed on average.
pub(crate) fn criterion_row(name: &str, levels: &Levels, change: Option<f64>, shift: &Shift) -> Vec<Cell> {
    let moved = [say::change_cell(change), spread_change(shift)];
    standing(name, levels).into_iter().chain(moved).collect()
}

fn standing(name: &str, levels: &Levels) -> [Cell; 7] {
    [
        Cell::text(name),
        Cell::text(levels.n.to_string()),
        say::score_cell(levels.median),
        Cell::text(say::score(levels.q1)),
        Cell::text(say::score(levels.q3)),
        Cell::text(say::two(levels.spread)),
        Cell::text(say::per_cent(levels.share_at_4)),
    ]
}

fn spread_change(shift: &Shift) -> Cell {
    Cell::text(format!("{}{}", say::spread_change(shift.spread_change), mark(shift)))
}

/// ` ▲` after the figures of a spread that widens, ` ▼` where it narrows.
pub(crate) fn mark(shift: &Shift) -> &'static str {
    match (shift.widening, shift.is_narrowing()) {
        (true, _) => " ▲",
        (_, true) => " ▼",
        _ => "",
    }
}

impl Quartiles {
    /// Returns what a chart draws of them, and a sentence says; nothing of fewer than five Practices.
    pub fn of(levels: &Levels) -> Option<Quartiles> {
        Some(Quartiles {
            lower: levels.q1?,
            median: levels.median?,
            upper: levels.q3?,
        })
    }
}
