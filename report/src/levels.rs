//! Where the Practices stand and how far they moved, as the national report and the network's own page show it.

use crate::{
    charts::Quartiles,
    document::{Cell, Column},
    say,
};
use framework::network::{Levels, Shift};

/// The columns of a table whose rows are [`row`]s; `first` names what they are about.
pub(crate) fn columns(first: &str) -> Vec<Column> {
    let figures = [
        ("Practices", 1.1),
        ("Median", 1.1),
        ("Lower quartile", 1.1),
        ("Upper quartile", 1.1),
        ("Spread", 1.1),
        ("At 4 or above", 1.7),
        ("Network drift", 1.1),
        ("Spread change", 1.1),
    ];
    std::iter::once(Column::new(first).weight(5.6))
        .chain(figures.map(|(name, weight)| Column::new(name).weight(weight).centred()))
        .collect()
}

/// One thing's figures.
pub(crate) fn row(name: &str, levels: &Levels, shift: &Shift) -> Vec<Cell> {
    // one score alone is neither quartile nor spread
    let among = |figure: String| Cell::text(if levels.n > 1 { figure } else { say::NONE.to_owned() });
    vec![
        Cell::text(name),
        Cell::text(levels.n.to_string()),
        say::score_cell(levels.median),
        among(say::score(levels.q1)),
        among(say::score(levels.q3)),
        among(say::two(levels.spread)),
        Cell::text(say::per_cent(levels.share_at_4)),
        say::change_cell(shift.network_drift),
        Cell::text(format!("{}{}", say::signed(shift.spread_change), mark(shift))),
    ]
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
    /// What a chart draws of them, and a sentence says; nothing of one score alone, which is neither quartile nor spread.
    pub fn of(levels: &Levels) -> Option<Quartiles> {
        (levels.n > 1).then_some(Quartiles {
            lower: levels.q1?,
            median: levels.median?,
            upper: levels.q3?,
        })
    }
}
