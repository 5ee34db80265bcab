//! The worksheet on agreement, which both workbooks have.

use super::{
    columns::WHY,
    table::{Cell, Column, Sheet, Table, Width, column},
};
use framework::agreement::Agreement;

/// Returns how self and review agree, over all and within each element by its title; then two reviewers.
pub(super) fn sheet<'a>(
    all: &'a Agreement,
    elements: impl Iterator<Item = (&'a str, &'a Agreement)> + 'a,
    reviewers: Option<&'a Agreement>,
) -> Sheet<'a> {
    const SIDES: &str = "Self and review";
    let elements = elements.map(|(title, agreement)| ([SIDES, title], agreement));
    let reviewers = reviewers.map(|agreement| (["First and second reviewer", "All"], agreement));
    let rows = std::iter::once(([SIDES, "All"], all)).chain(elements).chain(reviewers);
    Table::of(rows)
        .column("Sides", Width::Name, "Who is compared, the first side first.", |row| {
            Cell::text(row.0[0])
        })
        .column(
            "Element",
            Width::Line,
            "Within which element; All for the whole.",
            |row| Cell::text(row.0[1]),
        )
        .columns(figures())
        .named(
            "Agreement",
            "How self-rating and review agree, and how two reviewers do before they see each other’s ratings.",
        )
}

fn figures<'a, S: 'a>() -> [Column<'a, (S, &'a Agreement)>; 13] {
    let shown = |name, means, cell: fn(&'a Agreement) -> Cell<'a>| {
        column(name, Width::Figure, means, move |row: &(S, &'a Agreement)| cell(row.1))
    };
    [
        // a count of pairs is far below the largest i64
        shown("Pairs", "Criteria that both sides rated.", |a| Cell::Whole(a.n as i64)),
        shown("Exact", "Share of pairs with the same rating.", |a| {
            Cell::share(a.exact)
        }),
        shown("Within one", "Share of pairs at most one level apart.", |a| {
            Cell::share(a.within_one)
        }),
        shown(
            "Bias",
            "Mean of the first side’s rating less the second’s, −4 to 4.",
            |a| Cell::change(a.bias),
        ),
        shown("Kappa", "Quadratic-weighted kappa, −1 to 1.", |a| {
            Cell::number(a.kappa)
        }),
        shown(
            "Kappa standard error",
            "Over 5 Practices or more, leaving out one at a time.",
            |a| Cell::number(a.kappa_se),
        ),
        shown("Kappa low", "Lower end of kappa’s 95 % interval.", |a| {
            Cell::number(a.kappa_low)
        }),
        shown("Kappa high", "Upper end of kappa’s 95 % interval.", |a| {
            Cell::number(a.kappa_high)
        }),
        shown(
            "AC2",
            "Agreement beyond chance (Gwet), −1 to 1; near 1 wherever most pairs are within one level.",
            |a| Cell::number(a.ac2),
        ),
        shown("AC2 standard error", "The standard error of AC2.", |a| {
            Cell::number(a.ac2_se)
        }),
        shown("AC2 low", "Lower end of AC2’s 95 % interval.", |a| {
            Cell::number(a.ac2_low)
        }),
        shown("AC2 high", "Upper end of AC2’s 95 % interval.", |a| {
            Cell::number(a.ac2_high)
        }),
        shown(WHY, "Why there is no figure, no kappa or no interval.", |a| {
            let why = a.why.as_deref().or(a.kappa_why.as_deref());
            Cell::maybe(why.or(a.interval_why.as_deref()))
        }),
    ]
}
