//! The worksheets of the national report on all Practices together.

use super::{
    agreement,
    columns::{Past, WHY},
    summary::{self, Fact, fact},
    table::{Cell, Sheet, Table, Width, column},
};
use framework::{
    network::{Levels, NetworkDrift, Shift},
    report::NationalReport,
};

/// Returns what is counted over all Practices.
pub(super) fn figures(report: &NationalReport) -> Vec<Fact<'_>> {
    let slips = [&report.slips.previous, &report.slips.baseline];
    let slips = Past::ALL.into_iter().zip(slips).flat_map(|(past, slips)| {
        [
            ("Practices with an earlier assessment", slips.practices),
            ("slips that are agreed adaptations", slips.explained),
            ("slips that are unplanned or not yet explained", slips.unexplained),
            ("slips that moderation was not asked about", slips.not_asked),
        ]
        .map(|(what, n)| fact(format!("{}: {what}", past.name()), Cell::count(n)))
    });
    let asked = &report.clarifications;
    let asked = [
        ("Criteria on which reviewers asked for a clarification", asked.asked),
        ("Clarifications resolved", asked.resolved),
        ("Clarifications carried on as an action", asked.carried),
    ]
    .map(|(what, n)| fact(what, Cell::count(n)));
    slips
        .chain(summary::below(&report.below))
        .chain(asked)
        .chain(summary::evidence(&report.evidence))
        .collect()
}

/// Returns the overall scores and every element, in this cycle.
pub(super) fn elements(report: &NationalReport) -> Sheet<'_> {
    let overall = (
        WHOLE,
        &report.overall.levels,
        &report.overall.shift,
        &report.overall.drift,
    );
    let elements = report.elements.iter();
    let elements = elements.map(|e| ([e.title.as_str(), e.id.as_str()], &e.levels, &e.shift, &e.drift));
    element_names(std::iter::once(overall).chain(elements), |(names, ..)| *names)
        .levels(|(_, levels, ..)| levels)
        .network_drift(|(.., drift)| drift)
        .shift(|(_, _, shift, _)| shift)
        .named(
            "Elements",
            "Where the Practices stand on each element in this cycle, and how they moved.",
        )
}

/// Returns the same in every cycle.
pub(super) fn series(report: &NationalReport) -> Sheet<'_> {
    let overall = report.overall.series.iter().map(|point| (WHOLE, point));
    let elements = report.elements.iter().flat_map(|element| {
        let names = [element.title.as_str(), element.id.as_str()];
        element.series.iter().map(move |point| (names, point))
    });
    element_names(overall.chain(elements), |(names, _)| *names)
        .column("Cycle", Width::Figure, "The year of assessment.", |(_, point)| {
            Cell::text(point.cycle.as_str())
        })
        .levels(|(_, point)| &point.levels)
        .named(
            "Elements by cycle",
            "Where the Practices stood in every cycle; scores are of the version each was assessed under.",
        )
}

/// In the place of an element's title and id.
const WHOLE: [&str; 2] = ["Overall", "overall"];

/// Rows with the element's title and id.
fn element_names<'a, R: 'a>(
    rows: impl Iterator<Item = R> + 'a,
    of: impl Fn(&R) -> [&'a str; 2] + Copy + 'a,
) -> Table<'a, R> {
    Table::of(rows)
        .column(
            "Element",
            Width::Line,
            "Its title; Overall for the overall scores.",
            move |row| Cell::text(of(row)[0]),
        )
        .column("Element id", Width::Name, "The same in every version.", move |row| {
            Cell::text(of(row)[1])
        })
}

/// Every criterion.
pub(super) fn criteria(report: &NationalReport) -> Sheet<'_> {
    Table::of(&report.criteria)
        .column("Criterion", Width::Line, "The statement.", |c| Cell::text(&c.title))
        .column("Criterion id", Width::Name, "The same in every version.", |c| {
            Cell::text(c.id.as_str())
        })
        .column("Element id", Width::Name, "The element it belongs to.", |c| {
            Cell::text(c.element.as_str())
        })
        .column("Core", Width::Narrow, "Is it a core criterion?", |c| Cell::yes(c.core))
        .column(
            "Slips",
            Width::Narrow,
            "Practices in which it slipped since the previous cycle.",
            |c| Cell::count(c.slips),
        )
        .column(
            "Unexplained slips",
            Width::Figure,
            "Those where the slip is unplanned or not yet explained.",
            |c| Cell::count(c.unexplained),
        )
        .column(
            "Gains",
            Width::Narrow,
            "Practices in which it went up since then.",
            |c| Cell::count(c.gains),
        )
        .column(
            "Mean change",
            Width::Figure,
            "Mean change of its rating since the previous cycle, over the Practices in both.",
            |c| Cell::change(c.change),
        )
        .levels(|c| &c.levels)
        .shift(|c| &c.shift)
        .named(
            "Criteria",
            "Where the Practices stand on each criterion in this cycle, how they moved, and where it slipped.",
        )
}

/// Returns how the Practices and their reviewers agree.
pub(super) fn agreement(report: &NationalReport) -> Sheet<'_> {
    let elements = report.elements.iter().map(|e| (e.title.as_str(), &e.agreement));
    agreement::sheet(&report.agreement, elements, report.reviewers_agreement.as_ref())
}

impl<'a, R: 'a> Table<'a, R> {
    /// Where the Practices stand.
    pub(super) fn levels(self, of: impl Fn(&R) -> &'a Levels + Copy + 'a) -> Self {
        let shown = |name, means: &'static str, cell: fn(&'a Levels) -> Cell<'a>| {
            column(name, Width::Figure, means, move |row| cell(of(row)))
        };
        self.columns([
            shown("Practices", "Practices with a figure.", |l| Cell::count(l.n)),
            shown("Median", "Median of the Practices, 1 to 5.", |l| Cell::number(l.median)),
            shown("Lower quartile", "Type 7.", |l| Cell::number(l.q1)),
            shown("Upper quartile", "Type 7.", |l| Cell::number(l.q3)),
            shown("Spread", "Upper − lower quartile.", |l| Cell::number(l.spread)),
            shown("At 4 or above", "Share of the Practices at 4 or above.", |l| {
                Cell::share(l.share_at_4)
            }),
            shown(
                "Banded strong",
                "Practices at 4 or above without a core gap; nothing for criteria, which have no band.",
                |l| l.strong.map_or(Cell::None, Cell::count),
            ),
            column(WHY, Width::Line, "Why there is no figure in this cycle.", move |row| {
                Cell::maybe(of(row).why.as_deref())
            }),
        ])
    }

    /// How far the Practices moved since the previous cycle, each compared with itself.
    pub(super) fn network_drift(self, of: impl Fn(&R) -> &'a NetworkDrift + Copy + 'a) -> Self {
        let shown = |name, means: &'static str, cell: fn(&'a NetworkDrift) -> Cell<'a>| {
            column(name, Width::Figure, means, move |row| cell(of(row)))
        };
        self.columns([
            shown(
                "Network drift",
                "Mean of the Practices’ own net drift, each equal.",
                |d| Cell::change(d.net),
            ),
            shown("Drift standard error", "Of that mean; from 5 Practices.", |d| {
                Cell::number(d.se)
            }),
            shown("Drift low", "Lower end of its 95 % interval.", |d| Cell::change(d.low)),
            shown("Drift high", "Upper end of its 95 % interval.", |d| {
                Cell::change(d.high)
            }),
            shown(
                "Drift is called",
                "Rose from +0.10, fell from −0.10, else held steady.",
                |d| Cell::maybe(d.direction.map(|direction| direction.name())),
            ),
            shown("Compared", "Practices in both cycles with 3 pairs or more.", |d| {
                Cell::count(d.practices)
            }),
            shown("Pairs", "Ratings that compare, of all Practices in both cycles.", |d| {
                Cell::count(d.pairs)
            }),
            shown("Gains", "Those that went up.", |d| Cell::count(d.gains)),
            shown("Slips", "Those that went down.", |d| Cell::count(d.slips)),
            shown(
                "Unexplained slips",
                "Those that are unplanned or not yet explained.",
                |d| Cell::count(d.unexplained),
            ),
            column(
                "Why there is no drift",
                Width::Line,
                "Why there is no figure, or no interval.",
                move |row| Cell::maybe(of(row).why.as_deref()),
            ),
        ])
    }

    /// How the Practices moved apart or together since the previous cycle.
    fn shift(self, of: impl Fn(&R) -> &'a Shift + Copy + 'a) -> Self {
        let shown = |name, means: &'static str, cell: fn(&'a Shift) -> Cell<'a>| {
            column(name, Width::Figure, means, move |row| cell(of(row)))
        };
        self.columns([
            shown(
                "In both cycles",
                "Practices with a figure in this cycle and the previous one.",
                |s| Cell::count(s.in_both),
            ),
            shown("Change of spread", "Change of the spread over those Practices.", |s| {
                Cell::change(s.spread_change)
            }),
            shown("Widening", "Did the spread grow by 0.5 or more?", |s| {
                Cell::yes(s.widening)
            }),
            column(
                "Why there is no change of spread",
                Width::Line,
                "Why there is no change.",
                move |row| Cell::maybe(of(row).spread_why.as_deref()),
            ),
        ])
    }
}
