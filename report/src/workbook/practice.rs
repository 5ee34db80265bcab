//! The worksheets of one Practice's report.

use super::{
    agreement,
    columns::{self, Past},
    criteria, plan,
    summary::{self, Fact, fact},
    table::{Cell, Sheet, Table, Width},
};
use framework::report::{HistoryPoint, PracticeReport, StatementLine};

/// Returns what the report is about.
pub(super) fn facts(report: &PracticeReport) -> Vec<Fact<'_>> {
    vec![
        fact("Practice", Cell::text(&report.practice.name)),
        fact("Region", Cell::text(&report.practice.region)),
        fact("Practices in it", Cell::Whole(1)),
        fact("Cycle", Cell::text(report.cycle.as_str())),
        fact("Version of the framework", Cell::text(report.version.as_str())),
        fact("State of the assessment", Cell::text(report.status.name())),
        fact("Imported from an earlier year’s record", Cell::yes(report.imported)),
        fact("Report date", Cell::Day(report.day)),
    ]
}

/// Every worksheet between the first and the last.
pub(super) fn sheets(report: &PracticeReport) -> Vec<Sheet<'_>> {
    let mut sheets = vec![
        summary::summary(figures(report)),
        elements(report),
        criteria::criteria(report),
        criteria::evidence(report),
        criteria::clarifications(report),
        drift(report),
        moved(report),
        history(report),
        element_history(report),
    ];
    sheets.extend(plan::sheets(&report.plan));
    sheets.extend([register(report), agreement(report)]);
    sheets
}

fn figures(report: &PracticeReport) -> Vec<Fact<'_>> {
    let (overall, sources) = (&report.overall, &report.sources);
    let why = overall.why.as_deref();
    let mut facts = vec![
        fact("Overall score", Cell::number(overall.score)).why(why),
        fact("Band", Cell::maybe(overall.band.map(|band| band.name()))).why(why),
        fact("Coverage: rated ÷ applicable criteria", Cell::share(overall.coverage)),
        fact(
            "Core gaps: core criteria rated 1 or 2",
            Cell::count(overall.core_gaps.len()),
        ),
        fact("Criteria with an agreed rating", Cell::count(sources.agreed)),
        fact("Criteria with the review’s rating", Cell::count(sources.review)),
        fact(
            "Criteria with the Practice’s own rating alone",
            Cell::count(sources.self_rated),
        ),
        fact("Criteria that do not apply", Cell::count(sources.not_applicable)),
        fact("Criteria without any rating", Cell::count(sources.unanswered)),
    ];
    facts.extend(summary::below(&report.below));
    facts.extend(summary::evidence(&report.evidence));
    facts.extend(plan::figures(&report.plan));
    facts.extend(report.statement.iter().flat_map(statement));
    facts
}

/// Returns what the Practice states on its agreed ratings.
fn statement(line: &StatementLine) -> [Fact<'_>; 3] {
    [
        fact("Statement of the Practice", Cell::text(line.stance_name)),
        fact("Statement of the Practice: day", Cell::Day(line.day)),
        fact("Statement of the Practice: words", Cell::prose(&line.words)),
    ]
}

fn elements(report: &PracticeReport) -> Sheet<'_> {
    let table = Table::of(&report.elements)
        .column("Element", Width::Line, "Its title.", |e| Cell::text(&e.title))
        .column("Element id", Width::Name, "The same in every version.", |e| {
            Cell::text(e.score.element.as_str())
        })
        .element_score(|e| &e.score);
    Past::ALL
        .into_iter()
        .fold(table, |table, past| {
            table.element_drift(past.name(), move |e| (past.of(&e.drift), e.drift.why.as_deref()))
        })
        .named("Elements", "The score and the drift of each element.")
}

fn drift(report: &PracticeReport) -> Sheet<'_> {
    let why = report.drift.why.as_deref();
    Table::of(Past::ALL.map(|past| (past, past.of(&report.drift))))
        .column(
            "Since",
            Width::Figure,
            "The previous assessment, or the baseline: the first.",
            |(past, _)| Cell::text(past.name()),
        )
        .drift("", move |(_, figures)| (*figures, why))
        .split("Slips asked about", |(_, figures)| {
            figures.map(|figures| &figures.split)
        })
        .named(
            "Drift",
            "How far the Practice moved since the previous assessment and since the first.",
        )
}

fn moved(report: &PracticeReport) -> Sheet<'_> {
    Table::of(columns::moves(&report.drift))
        .moves(|one| one)
        .column(
            "Done differently",
            Width::Prose,
            "What the Practice says it does differently.",
            |one| Cell::prose(&one.moved.explanation),
        )
        .named(
            "Moved criteria",
            "Every criterion that went down or up since the previous assessment and since the first.",
        )
}

fn history(report: &PracticeReport) -> Sheet<'_> {
    Table::of(&report.history)
        .column("Cycle", Width::Figure, "The year of assessment.", |point| {
            Cell::text(point.cycle.as_str())
        })
        .column(
            "Version",
            Width::Figure,
            "Scores of different versions rest on different criteria.",
            |point| Cell::text(point.version.as_str()),
        )
        .column("State", Width::Figure, "Where the assessment stands.", |point| {
            Cell::text(point.status.name())
        })
        .overall(|point| &point.overall)
        .named("History", "Every assessment with its overall score, oldest first.")
}

fn element_history<'a>(report: &'a PracticeReport) -> Sheet<'a> {
    let scores = |point: &'a HistoryPoint| point.elements.iter().map(move |score| (point, score));
    Table::of(report.history.iter().flat_map(scores))
        .column("Cycle", Width::Figure, "The year of assessment.", |(point, _)| {
            Cell::text(point.cycle.as_str())
        })
        .column(
            "Version",
            Width::Figure,
            "The version it was assessed under.",
            |(point, _)| Cell::text(point.version.as_str()),
        )
        .column("Element id", Width::Name, "The same in every version.", |(_, score)| {
            Cell::text(score.element.as_str())
        })
        .element_score(|(_, score)| *score)
        .named(
            "History by element",
            "Every assessment with the scores of its version’s elements, oldest first.",
        )
}

fn register(report: &PracticeReport) -> Sheet<'_> {
    Table::of(columns::register(&report.register))
        .registered(|row| *row)
        .named(
            "Adaptations",
            "What was agreed with the Practice to do differently, as it stood when the assessment was last submitted.",
        )
}

fn agreement(report: &PracticeReport) -> Sheet<'_> {
    let elements = report.elements.iter().map(|e| (e.title.as_str(), &e.agreement));
    agreement::sheet(&report.agreement, elements, report.reviewers_agreement.as_ref())
}
