//! The worksheets of the national report that have rows for each Practice.

use super::{
    columns::{self, Past},
    network, regions,
    summary::{self, Fact, fact},
    table::{Cell, Sheet, Table, Width, column},
};
use framework::{
    drift::ElementDrift,
    ids::ElementId,
    report::{Drifting, NationalPractice, NationalReport},
    score::ElementScore,
};
use std::collections::HashMap;

/// Returns what the report is about.
pub(super) fn facts(report: &NationalReport) -> Vec<Fact<'_>> {
    let previous = report.previous_cycle.as_ref().map(|cycle| cycle.as_str());
    let first = previous
        .is_none()
        .then_some("No earlier cycle has a finalised assessment.");
    vec![
        fact(
            "Practices in the figures: their assessment is finalised",
            Cell::count(report.practices.len()),
        ),
        fact(
            "Practices with an assessment under way",
            Cell::count(report.unfinished.len()),
        ),
        fact("Practices without an assessment", Cell::count(report.absent.len())),
        fact("Cycle", Cell::text(report.cycle.as_str())),
        fact("Version of the framework", Cell::text(report.version.as_str())),
        fact(
            "Previous cycle: network drift is measured from it",
            Cell::maybe(previous),
        )
        .why(first),
    ]
}

/// Every worksheet between the first and the last.
pub(super) fn sheets(report: &NationalReport) -> Vec<Sheet<'_>> {
    vec![
        summary::summary(network::figures(report)),
        drifting(report),
        practices(report),
        element_scores(report),
        moved(report),
        regions::regions(report),
        regions::elements(report),
        network::elements(report),
        network::series(report),
        network::criteria(report),
        network::agreement(report),
        split(report),
        plans(report),
        register(report),
        others(report),
    ]
}

/// Rows with whose they are.
fn whose<'a, R: 'a>(
    rows: impl Iterator<Item = R> + 'a,
    of: impl Fn(&R) -> &'a NationalPractice + Copy + 'a,
) -> Table<'a, R> {
    Table::of(rows)
        .column("Practice", Width::Name, "Its name.", move |row| {
            Cell::text(&of(row).name)
        })
        .column("Practice id", Width::Name, SLUG, move |row| {
            Cell::text(of(row).practice.as_str())
        })
        .column("Region", Width::Name, "Its region.", move |row| {
            Cell::text(&of(row).region)
        })
}

const SLUG: &str = "Its name in addresses and files.";

/// Returns the Practices that ask for a conversation.
fn drifting(report: &NationalReport) -> Sheet<'_> {
    let count = |name, means: &'static str, n: fn(&Drifting) -> usize| {
        column(name, Width::Narrow, means, move |one: &&Drifting| Cell::count(n(one)))
    };
    Table::of(&report.drifting)
        .column("Practice", Width::Name, "Its name.", |one| Cell::text(&one.name))
        .column("Practice id", Width::Name, SLUG, |one| Cell::text(one.practice.as_str()))
        .column("Net drift", Width::Figure, "Since the previous cycle.", |one| Cell::change(one.net))
        .columns([
            count("Slips", "Criteria that went down.", |one| one.slips),
            count("Unexplained", "Slips that are unplanned or not yet explained.", |one| one.unexplained),
            count("Unexplained, core", "Those of these that are core.", |one| one.core_unexplained),
            count("Core compared", "Core criteria that compare.", |one| one.core_pairs),
            count("Gains", "Criteria that went up.", |one| one.gains),
        ])
        .named(
            "Who drifts",
            "Practices that ask for a conversation, by name: net drift of −0.25 or lower, or two unexplained core slips and a tenth.",
        )
}

fn practices(report: &NationalReport) -> Sheet<'_> {
    let table = whose(report.practices.iter(), |p| p)
        .column("Version", Width::Figure, "The version it was assessed under.", |p| {
            Cell::text(p.version.as_str())
        })
        .column(
            "Imported",
            Width::Narrow,
            "Did it come from an earlier year’s record?",
            |p| Cell::yes(p.imported),
        )
        .overall(|p| &p.overall);
    Past::ALL
        .into_iter()
        .fold(table, |table, past| {
            table.drift(past.name(), move |p| (past.of(&p.drift), p.drift.why.as_deref()))
        })
        .named(
            "Practices",
            "Every Practice with a finalised assessment, by name: its overall score and its drift.",
        )
}

/// One element of one Practice.
struct Scored<'a> {
    practice: &'a NationalPractice,
    index: usize,
    score: &'a ElementScore,
}

impl<'a> Scored<'a> {
    fn all(practice: &'a NationalPractice) -> impl Iterator<Item = Scored<'a>> {
        let scores = practice.elements.iter().enumerate();
        scores.map(move |(place, score)| Scored {
            practice,
            index: place,
            score,
        })
    }

    /// Returns what moved within it, or why there is nothing to say.
    fn drift(&self, past: Past) -> (Option<&'a ElementDrift>, Option<&'a str>) {
        let figures = past.of(&self.practice.drift);
        let drift = figures.and_then(|figures| figures.elements.get(self.index));
        let why = figures.map_or(&self.practice.drift.why, |figures| &figures.why);
        (drift, why.as_deref())
    }
}

fn element_scores(report: &NationalReport) -> Sheet<'_> {
    let titles: HashMap<&ElementId, &str> = report.elements.iter().map(|e| (&e.id, e.title.as_str())).collect();
    let table = whose(report.practices.iter().flat_map(Scored::all), |scored| scored.practice)
        .column(
            "Element",
            Width::Line,
            "Its title in the cycle’s version; empty where that has no such element.",
            move |scored| Cell::maybe(titles.get(&scored.score.element).copied()),
        )
        .column("Element id", Width::Name, "The same in every version.", |scored| {
            Cell::text(scored.score.element.as_str())
        })
        .element_score(|scored| scored.score);
    Past::ALL
        .into_iter()
        .fold(table, |table, past| {
            table.element_drift(past.name(), move |scored| scored.drift(past))
        })
        .named(
            "Element scores",
            "The score and the drift of each element in each Practice.",
        )
}

fn moved<'a>(report: &'a NationalReport) -> Sheet<'a> {
    let moves = |practice: &'a NationalPractice| columns::moves(&practice.drift).map(move |moved| (practice, moved));
    whose(report.practices.iter().flat_map(moves), |(practice, _)| practice)
        .moves(|(_, moved)| moved)
        .named(
            "Moved criteria",
            "Every criterion that went down or up in a Practice, since its previous assessment and since its first.",
        )
}

fn split<'a>(report: &'a NationalReport) -> Sheet<'a> {
    let rows = |practice: &'a NationalPractice| {
        let slips = |past: Past| past.of(&practice.drift).map(|figures| &figures.split);
        [
            (practice, "Ratings below 4", Some(&practice.below)),
            (practice, "Slips since previous", slips(Past::Previous)),
            (practice, "Slips since baseline", slips(Past::Baseline)),
        ]
    };
    whose(report.practices.iter().flat_map(rows), |(practice, ..)| practice)
        .column(
            "What",
            Width::Name,
            "Ratings below 4, or slips that moderation was asked about.",
            |(_, what, _)| Cell::text(what),
        )
        .split("", |(.., split)| *split)
        .column(
            columns::WHY,
            Width::Line,
            "Why there are no slips to count.",
            |(practice, _, split)| {
                let why = practice.drift.why.as_deref();
                Cell::maybe(why.filter(|_| split.is_none()))
            },
        )
        .named(
            "Explained by",
            "What each Practice’s ratings below 4, and its slips, are put down to.",
        )
}

fn plans(report: &NationalReport) -> Sheet<'_> {
    let count = |name, means: &'static str, n: fn(&NationalPractice) -> usize| {
        column(name, Width::Narrow, means, move |p: &&NationalPractice| {
            Cell::count(n(p))
        })
    };
    whose(report.practices.iter(), |p| p)
        .columns([
            count("Open", "Actions that are open.", |p| p.plan.open),
            count("Overdue", "Open ones whose day is over, when this file is made.", |p| {
                p.plan.overdue
            }),
            count("Done", "Actions that are done.", |p| p.plan.done),
            count("Dropped", "Actions that were dropped.", |p| p.plan.dropped),
            count(
                "Support wanted",
                "Actions of earlier cycles that wanted support.",
                |p| p.plan.support.wanted,
            ),
            count("Support recorded", "Entries since the previous assessment.", |p| {
                p.plan.support.recorded
            }),
            count("Support rated", "Those that the Practice’s lead has rated.", |p| {
                p.plan.support.rated
            }),
        ])
        .column("Support helped", Width::Figure, "Mean of those ratings, 1 to 5.", |p| {
            Cell::number(p.plan.support.mean)
        })
        .column(columns::WHY, Width::Line, "Why there is no mean.", |p| {
            Cell::maybe(p.plan.support.why.as_deref())
        })
        .named("Plans", "Each Practice’s improvement plan, in counts.")
}

fn register<'a>(report: &'a NationalReport) -> Sheet<'a> {
    let agreed = |p: &'a NationalPractice| columns::register(&p.register).map(move |one| (p, one));
    whose(report.practices.iter().flat_map(agreed), |(p, _)| p)
        .registered(|(_, one)| *one)
        .column(
            "Looked at on",
            Width::Figure,
            "When the assessment was last submitted.",
            |(p, _)| Cell::day(p.register.day),
        )
        .named("Adaptations", "What was agreed with each Practice to do differently.")
}

/// Practices that are not in the figures.
fn others(report: &NationalReport) -> Sheet<'_> {
    let under_way = report.unfinished.iter();
    let under_way = under_way.map(|other| [other.name.as_str(), other.practice.as_str(), other.status.name()]);
    let absent = report.absent.iter();
    let absent = absent.map(|other| [other.name.as_str(), other.slug.as_str(), "No assessment"]);
    Table::of(under_way.chain(absent))
        .column("Practice", Width::Name, "Its name.", |[name, ..]| Cell::text(name))
        .column("Practice id", Width::Name, SLUG, |[_, slug, _]| Cell::text(slug))
        .column("State", Width::Name, "Where its assessment stands.", |[.., state]| {
            Cell::text(state)
        })
        .named(
            "Not in the figures",
            "Practices whose assessment is under way, and those without one.",
        )
}
