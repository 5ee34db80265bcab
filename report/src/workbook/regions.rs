//! The worksheets of the national report on the regions.

use super::table::{Cell, Sheet, Table, Width, column};
use framework::report::{NationalRegion, NationalReport};

/// Every region as a whole.
pub(super) fn regions(report: &NationalReport) -> Sheet<'_> {
    let count = |name, means: &'static str, n: fn(&NationalRegion) -> usize| {
        column(name, Width::Narrow, means, move |region: &&NationalRegion| {
            Cell::count(n(region))
        })
    };
    name(report.regions.iter(), |region| region)
        .columns([
            count("Finalised", "Practices with a finalised assessment.", |r| r.practices),
            count("With a core gap", "Practices with at least one core gap.", |r| {
                r.core_gaps
            }),
        ])
        .levels(|region| &region.levels)
        .network_drift(|region| &region.drift.network)
        .split("Slips", |region| Some(&region.drift.split))
        .split("Below 4", |region| Some(&region.below))
        .columns([
            count("Open actions", "Of the improvement plans.", |r| r.actions.open),
            count("Overdue", "Open ones whose day is over.", |r| r.actions.overdue),
            count("Done", "Actions that are done.", |r| r.actions.done),
            count("Dropped", "Actions that were dropped.", |r| r.actions.dropped),
        ])
        .named(
            "Regions",
            "The Practices of each region together: where they stand and what moved.",
        )
}

/// Every element in every region.
pub(super) fn elements(report: &NationalReport) -> Sheet<'_> {
    let rows = (report.regions.iter()).flat_map(|region| region.elements.iter().map(move |element| (region, element)));
    name(rows, |(region, _)| region)
        .column(
            "Element id",
            Width::Name,
            "The same in every version.",
            |(_, element)| Cell::text(element.element.as_str()),
        )
        .levels(|(_, element)| &element.levels)
        .named(
            "Regions by element",
            "Where the Practices of each region stand on each element.",
        )
}

fn name<'a, R: 'a>(
    rows: impl Iterator<Item = R> + 'a,
    of: impl Fn(&R) -> &'a NationalRegion + Copy + 'a,
) -> Table<'a, R> {
    Table::of(rows).column(
        "Region",
        Width::Name,
        "Its name; empty for Practices without one.",
        move |row| Cell::text(&of(row).region),
    )
}
