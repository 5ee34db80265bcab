//! Single figures, one under the other: what a report is about, and what stands in no other table.

use super::{
    columns::WHY,
    table::{Cell, Sheet, Table, Width},
};
use framework::{
    assessment::AdaptationClass,
    report::{EvidenceUse, Split},
};

/// One figure with its name.
pub(super) struct Fact<'a> {
    name: String,
    value: Cell<'a>,
    why: Option<&'a str>,
}

/// Returns a figure with its name.
pub(super) fn fact<'a>(name: impl Into<String>, value: Cell<'a>) -> Fact<'a> {
    Fact {
        name: name.into(),
        value,
        why: None,
    }
}

impl<'a> Fact<'a> {
    /// With the reason where there is no figure.
    pub(super) fn why(self, why: Option<&'a str>) -> Fact<'a> {
        Fact { why, ..self }
    }

    /// With something before its name.
    pub(super) fn named(self, before: &str) -> Fact<'a> {
        Fact {
            name: format!("{before}{}", self.name),
            ..self
        }
    }
}

/// Facts as a table, with the name of its first column and the width of its second.
pub(super) fn facts<'a>(
    name: &'static str,
    about: &'static str,
    (first, width): (&str, Width),
    facts: Vec<Fact<'a>>,
) -> Sheet<'a> {
    Table::of(facts)
        .column(first, Width::Line, "What the line is about.", |fact| {
            Cell::words(fact.name.clone())
        })
        .column("Value", width, "A number, a share, a day or words.", |fact| {
            fact.value.clone()
        })
        .column(WHY, Width::Line, "Where there is none.", |fact| Cell::maybe(fact.why))
        .named(name, about)
}

/// Returns the figures of the whole report.
pub(super) fn summary(lines: Vec<Fact<'_>>) -> Sheet<'_> {
    facts(
        "Summary",
        "The figures of the whole report.",
        ("Figure", Width::Figure),
        lines,
    )
}

/// Returns what the ratings below 4 are put down to.
pub(super) fn below<'a>(split: &Split) -> Vec<Fact<'a>> {
    let classes = AdaptationClass::ALL.map(|class| fact(class.name(), Cell::count(split.of(class))));
    let all = fact("Ratings below 4", Cell::count(split.total()));
    let parts = classes.into_iter().map(|class| class.named("Ratings below 4: "));
    std::iter::once(all).chain(parts).collect()
}

/// Returns how much evidence is cited.
pub(super) fn evidence<'a>(evidence: &EvidenceUse) -> [Fact<'a>; 2] {
    [
        fact("Citations of evidence", Cell::count(evidence.citations)),
        fact(
            "Citations of evidence past its review-by day",
            Cell::count(evidence.expired),
        ),
    ]
}
