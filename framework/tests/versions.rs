//! Figures across two versions of the framework, worked by hand.
//!
//! 2025.1: alpha a1 a2 a3 a4, beta b1 b2. 2026.1: alpha a1 equal, a2 equivalent, a3 subset, a5 new, a6 equivalent of a4;
//! beta b1 b2 equal. Comparable: a1, a2, a6 with a4, b1, b2, so 5 of 7.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use common::{DAY, Edition, assert_near, explorer, library, practice, sheet};
use framework::{
    assessment::Entry,
    ids::{CycleId, VersionId},
    library::Library,
    report::{NationalFacts, NationalReport, NoReport, PracticeFacts, national_report, practice_report},
    sheet::Sheet,
};

fn two() -> Library {
    library(&[
        Edition {
            version: "2025.1",
            elements: &[("alpha", &["a1", "a2", "a3", "a4"]), ("beta", &["b1", "b2"])],
        },
        Edition {
            version: "2026.1",
            elements: &[
                (
                    "alpha",
                    &["a1", "a2 equivalent", "a3 subset", "a5 new", "a6 equivalent of=a4"],
                ),
                ("beta", &["b1", "b2"]),
            ],
        },
    ])
}

/// Birch is late: in 2026 it is still assessed under 2025.1.
fn sheets() -> Vec<Sheet> {
    vec![
        sheet("ash", "2025", "2025.1", "4444 44"),
        sheet("birch", "2025", "2025.1", "3333 33"),
        sheet("ash", "2026", "2026.1", "35113 44"),
        sheet("birch", "2026", "2025.1", "4253 43"),
    ]
}

fn national(sheets: Vec<Sheet>) -> NationalReport {
    let facts = NationalFacts {
        cycle: CycleId::parse("2026").unwrap(),
        version: VersionId::parse("2026.1").unwrap(),
        network: explorer(&two(), ["ash", "birch"].map(practice).to_vec(), sheets),
        unfinished: vec![],
        beside: Default::default(),
    };
    national_report(&two(), &facts).unwrap()
}

#[test]
fn drift_rests_on_the_comparable_criteria_only() {
    let report = national(sheets());
    // ash: a1 4→3, a2 4→5, a4→a6 4→3, b1 0, b2 0: net −1/5, gross 3/5 over 5 of 7
    let ash = report.practices[0].drift.previous.as_ref().unwrap();
    assert_eq!((ash.pairs, ash.from_version.as_str()), (5, "2025.1"));
    assert_near(ash.comparable_share, 5.0 / 7.0);
    assert_near(ash.net, -0.2);
    assert_near(ash.gross, 0.6);
    let slips: Vec<_> = ash.slips.iter().map(|m| m.criterion.as_str()).collect();
    assert_eq!(slips, ["a1", "a6"]);
    // birch, both under 2025.1: +1 −1 +2 0 +1 0 over 6 of 6
    let birch = report.practices[1].drift.previous.as_ref().unwrap();
    assert_near(birch.net, 0.5);
    assert_near(birch.gross, 5.0 / 6.0);
    assert_near(birch.comparable_share, 1.0);
}

#[test]
fn the_network_counts_a_late_practice_where_it_is_comparable() {
    let report = national(sheets());
    // a1: 3 4 · a2: 5 2 · a3: 1 · a5: 1 · a6: 3 3 · b1: 4 4 · b2: 4 3; drift against a1 4 3, a2 4 3, a4 4 3, b1 4 3, b2 4 3
    for (place, n, median, drift, slips) in [
        (0, 2, 3.5, Some(0.0), 1),
        (1, 2, 3.5, Some(0.0), 1),
        (2, 1, 1.0, None, 0),
        (3, 1, 1.0, None, 0),
        (4, 2, 3.0, Some(-0.5), 1),
        (5, 2, 4.0, Some(0.5), 0),
        (6, 2, 3.5, Some(0.0), 0),
    ] {
        let row = &report.criteria[place];
        assert_eq!((row.levels.n, row.slips), (n, slips), "{}", row.id);
        assert_near(row.levels.values.iter().copied().reduce(|a, b| (a + b) / 2.0), median);
        assert_eq!(row.change, drift, "{}", row.id);
    }
    // alpha under each one's own version: ash 13/5, birch 14/4; its drift is the mean of each one's own over its own pairs:
    // ash −1 +1 −1, birch +1 −1 +2 0
    let alpha = &report.elements[0];
    assert_near(
        alpha.levels.values.iter().copied().reduce(|a, b| (a + b) / 2.0),
        (2.6 + 3.5) / 2.0,
    );
    assert_near(alpha.drift.net, (-1.0 / 3.0 + 0.5) / 2.0);
    // beta has two comparable criteria, too few
    assert_eq!((report.elements[1].levels.n, report.elements[1].shift.in_both), (2, 0));
}

#[test]
fn a_practices_report_compares_through_the_crosswalk() {
    let entries = vec![Entry::default(); 7];
    let own: Vec<Sheet> = sheets().into_iter().filter(|s| s.practice.as_str() == "ash").collect();
    let facts = PracticeFacts {
        practice: practice("ash"),
        sheets: own,
        entries,
        day: DAY,
        beside: Default::default(),
    };
    let report = practice_report(&two(), &facts).unwrap();
    let previous: Vec<_> = report
        .criteria
        .iter()
        .map(|c| (c.previous.map(u8::from), c.d))
        .collect();
    let (none, four) = ((None, None), |d| (Some(4), Some(d)));
    assert_eq!(previous, [four(-1), four(1), none, none, four(-1), four(0), four(0)]);
    let alpha = report.elements[0].drift.previous.as_ref().unwrap();
    assert_eq!(alpha.pairs, 3);
    assert_near(alpha.net, -1.0 / 3.0);
    let versions: Vec<_> = report
        .history
        .iter()
        .map(|p| (p.version.as_str(), p.elements[0].score))
        .collect();
    assert_eq!(versions, [("2025.1", Some(4.0)), ("2026.1", Some(2.6))]);
}

#[test]
fn a_version_that_is_not_here_is_said_and_spoils_nothing_else() {
    let mut sheets = sheets();
    sheets[0].version = VersionId::parse("2019.1").unwrap();
    sheets[3].version = VersionId::parse("2019.1").unwrap();
    let report = national(sheets.clone());
    let ash = &report.practices[0];
    assert!(ash.overall.score.is_some());
    let drift = ash.drift.previous.as_ref().unwrap();
    assert_eq!((drift.pairs, drift.net), (0, None));
    assert!(drift.why.is_some());
    let birch = &report.practices[1];
    assert!(birch.overall.why.is_some() && birch.drift.why.is_some() && birch.drift.previous.is_none());
    assert_eq!(report.criteria[0].levels.n, 1);
    let facts = PracticeFacts {
        practice: practice("birch"),
        sheets: vec![sheets[1].clone(), sheets[3].clone()],
        entries: vec![],
        day: DAY,
        beside: Default::default(),
    };
    assert!(matches!(
        practice_report(&two(), &facts),
        Err(NoReport::UnknownVersion(_))
    ));
}
