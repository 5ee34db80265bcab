//! The rows of regions: as a whole, and by element.

use super::{BELOW, Cells, SLIPS, classes, number};
use framework::{
    network::{Levels, NetworkDrift},
    report::{NationalRegion, NationalReport},
};

/// The columns that only rows of several Practices fill.
pub(super) const TOGETHER: [&str; 13] = [
    "practices",
    "practices_with_a_score",
    "score_median",
    "score_lower_quartile",
    "score_upper_quartile",
    "score_spread",
    "score_at_4_or_above",
    "banded_strong",
    "network_drift_practices",
    "network_drift_standard_error",
    "network_drift_low",
    "network_drift_high",
    "slips_not_asked",
];

/// Regions have no Practice, as the rows of all Practices together have none.
pub(super) fn rows(report: &NationalReport) -> impl Iterator<Item = Cells> + '_ {
    report.regions.iter().flat_map(|region| {
        let elements = region.elements.iter();
        let elements = elements.map(|e| start(report, region, e.element.as_str(), &e.levels));
        std::iter::once(whole(report, region)).chain(elements)
    })
}

/// Where several Practices stand.
pub(super) fn levels(practices: usize, levels: &Levels) -> impl Iterator<Item = (&'static str, String)> {
    let counts = [practices, levels.n].map(|n| n.to_string());
    let figures = [levels.median, levels.q1, levels.q3, levels.spread, levels.share_at_4].map(number);
    let strong = levels.strong.map(|n| n.to_string()).unwrap_or_default();
    TOGETHER
        .into_iter()
        .zip(counts.into_iter().chain(figures).chain([strong]))
}

/// Returns how far they moved since the previous cycle, and what that rests on: network drift stands under `drift_net`.
pub(super) fn drift(report: &NationalReport, drift: &NetworkDrift) -> Vec<(&'static str, String)> {
    let from = report.previous_cycle.as_ref().map(ToString::to_string);
    let Some(from) = from else { return vec![] };
    vec![
        ("drift_from", from),
        ("drift_pairs", drift.pairs.to_string()),
        ("drift_net", number(drift.net)),
        ("gains", drift.gains.to_string()),
        ("slips", drift.slips.to_string()),
        ("slips_unexplained", drift.unexplained.to_string()),
        ("slips_not_asked", drift.not_asked.to_string()),
        ("network_drift_practices", drift.practices.to_string()),
        ("network_drift_standard_error", number(drift.se)),
        ("network_drift_low", number(drift.low)),
        ("network_drift_high", number(drift.high)),
    ]
}

fn start(report: &NationalReport, region: &NationalRegion, element: &str, of: &Levels) -> Cells {
    let mut cells = vec![
        ("cycle", report.cycle.to_string()),
        ("name", "All Practices of the region".to_owned()),
        ("region", region.region.clone()),
        ("version", report.version.to_string()),
        ("element", element.to_owned()),
    ];
    cells.extend(levels(region.practices, of));
    cells
}

fn whole(report: &NationalReport, region: &NationalRegion) -> Cells {
    let mut cells = start(report, region, "overall", &region.levels);
    let (drift, actions) = (&region.drift, &region.actions);
    cells.extend(self::drift(report, &drift.network));
    cells.extend(SLIPS.into_iter().zip(classes(&drift.split)));
    cells.extend(BELOW.into_iter().zip(classes(&region.below)));
    cells.extend(
        [
            ("below_4", region.below.total()),
            ("actions_open", actions.open),
            ("actions_overdue", actions.overdue),
            ("actions_done", actions.done),
            ("actions_dropped", actions.dropped),
        ]
        .map(|(column, n)| (column, n.to_string())),
    );
    cells
}
