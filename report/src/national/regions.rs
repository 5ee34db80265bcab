//! The regions, by name: where they stand, what moved in them, what they plan.

use super::{
    practices::{key, wide_table},
    scale::splits,
};
use crate::{
    charts::{self, Quartiles, Spread},
    document::{Block, Cell, Column, Table},
    say,
};
use framework::report::{NationalRegion, NationalReport, Split};

/// The most regions whose quartiles stand in one drawing.
const DRAWN: usize = 24;

/// Where the regions stand, as a whole and by element; nothing where there is but one.
pub(super) fn scores(report: &NationalReport, width: f32) -> Vec<Block> {
    let Some(regions) = several(report) else {
        return vec![];
    };
    let by_element = |region: &NationalRegion| {
        let medians = region.elements.iter().map(|e| say::score_cell(e.levels.median));
        let first = [
            name(region),
            number(region.practices),
            say::score_cell(region.levels.median),
        ];
        first.into_iter().chain(medians).collect()
    };
    let mut blocks = vec![Block::heading(2, "By region")];
    if regions.len() <= DRAWN && regions.iter().any(|region| Quartiles::of(&region.levels).is_some()) {
        blocks.push(quartiles(report, regions, width));
    }
    blocks.extend([
        Block::Table(Table {
            caption: "Overall scores by region. A median needs three Practices, quartiles need five.".into(),
            columns: columns(&[
                "Practices",
                "With a score",
                "Median",
                "Lower quartile",
                "Upper quartile",
                "Spread",
                "At 4 or above",
                "Banded strong",
                "With a core gap",
            ]),
            rows: regions.iter().map(standing).collect(),
            row_header: Some(0),
        }),
        key(report),
        wide_table(
            report,
            "Median scores from 1 to 5 by region and element; a dash means that there is no score.",
            &["Region", "Practices", "Overall"],
            regions.iter().map(by_element).collect(),
        ),
    ]);
    blocks
}

fn quartiles(report: &NationalReport, regions: &[NationalRegion], width: f32) -> Block {
    let spread = |region: &NationalRegion| Spread {
        label: label(region),
        cycles: vec![Quartiles::of(&region.levels)],
    };
    let items: Vec<Spread> = regions.iter().map(spread).collect();
    let alt = |region: &NationalRegion| {
        let levels = &region.levels;
        let [median, q1, q3] = [levels.median, levels.q1, levels.q3].map(say::score);
        format!("{}: median {median}, middle half {q1} to {q3}", label(region))
    };
    let alt: Vec<String> = regions.iter().map(alt).collect();
    say::figure(
        charts::quartile_strip(width, &[report.cycle.as_str()], &items),
        "Median and middle half of the overall scores by region",
        alt.join("; "),
        "Each bar spans the lower to the upper quartile; the mark is the median.",
    )
}

fn standing(region: &NationalRegion) -> Vec<Cell> {
    let levels = &region.levels;
    vec![
        name(region),
        number(region.practices),
        number(levels.n),
        say::score_cell(levels.median),
        Cell::text(say::score(levels.q1)),
        Cell::text(say::score(levels.q3)),
        Cell::text(say::two(levels.spread)),
        Cell::text(say::per_cent(levels.share_at_4)),
        number(levels.strong.unwrap_or(0)),
        number(region.core_gaps),
    ]
}

/// Returns what moved in the regions.
pub(super) fn drift(report: &NationalReport) -> Option<Block> {
    let row = |region: &NationalRegion| {
        let drift = &region.drift.network;
        vec![
            name(region),
            number(drift.practices),
            say::change_cell(drift.net),
            Cell::text(say::drift_interval(drift).unwrap_or_else(|| say::NONE.to_owned())),
            number(drift.pairs),
            number(drift.gains),
            number(drift.explained()),
            number(drift.unexplained),
        ]
    };
    several(report).map(|regions| {
        Block::Table(Table {
            caption: "Drift of each region since the previous cycle: the mean of its Practices’ own net drift, and their slips."
                .into(),
            columns: columns(&[
                "Practices compared",
                "Drift",
                "95 % interval",
                "Pairs",
                "Gains",
                "Slips explained",
                "Slips unexplained",
            ]),
            rows: regions.iter().map(row).collect(),
            row_header: Some(0),
        })
    })
}

/// Returns what low ratings and slips are put down to in the regions.
pub(super) fn explained(report: &NationalReport, width: f32) -> Vec<Block> {
    let of = |split: fn(&NationalRegion) -> Split| -> Vec<(String, Split)> {
        let regions = several(report).unwrap_or_default();
        regions.iter().map(|region| (label(region), split(region))).collect()
    };
    let below = "Criterion ratings below 4 by region, and what they are put down to";
    let slips = "Slips since the previous cycle by region, and what they are put down to";
    [
        splits(width, below, "Region", &of(|region| region.below)),
        splits(width, slips, "Region", &of(|region| region.drift.split)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Returns what the Practices of the regions plan.
pub(super) fn plans(report: &NationalReport) -> Option<Block> {
    let row = |region: &NationalRegion| {
        let actions = &region.actions;
        let counts = [
            region.practices,
            actions.open,
            actions.overdue,
            actions.done,
            actions.dropped,
        ];
        std::iter::once(name(region)).chain(counts.map(number)).collect()
    };
    several(report).map(|regions| {
        Block::Table(Table {
            caption: "Actions by region.".into(),
            columns: columns(&["Practices", "Open", "Overdue", "Done", "Dropped"]),
            rows: regions.iter().map(row).collect(),
            row_header: Some(0),
        })
    })
}

fn several(report: &NationalReport) -> Option<&[NationalRegion]> {
    (report.regions.len() > 1).then_some(&report.regions)
}

fn columns(figures: &[&str]) -> Vec<Column> {
    let figures = figures.iter().map(|figure| Column::new(*figure).weight(1.1).centred());
    std::iter::once(Column::new("Region").weight(2.6))
        .chain(figures)
        .collect()
}

fn name(region: &NationalRegion) -> Cell {
    Cell::text(label(region))
}

fn label(region: &NationalRegion) -> String {
    match region.region.trim() {
        "" => "No region".to_owned(),
        name => name.to_owned(),
    }
}

fn number(n: usize) -> Cell {
    Cell::text(n.to_string())
}
