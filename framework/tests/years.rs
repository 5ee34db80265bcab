//! A Practice's years beside a network of five, worked by hand.
//!
//! Element alpha: a1 (core), a2, a3. Element beta: b1, b2. New in 2026.1: element gamma with c1, c2, c3.
//! Scores of alpha and beta in 2025: ash 2 and 4, birch 3 and 4, cedar 3 and 4, elm 4 and 4; dogwood was not there yet.
//! In 2026 of alpha, beta and gamma: ash 3 4 5, birch 3 3 3, cedar 4 4 4, dogwood 5 5 4, elm 4 4 and too little answered.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use common::{DAY, Edition, library, practice, sheet};
use framework::{
    assessment::AdaptationClass,
    explore::{Criteria, Explorer, Filter},
    ids::{CycleId, VersionId},
    library::Library,
    network::NetworkFacts,
    plan::Reply,
    report::{PracticeFacts, PracticeYears, RangePosition, practice_years},
    sheet::Sheet,
};
use std::sync::Arc;

const NAMES: [&str; 5] = ["ash", "birch", "cedar", "dogwood", "elm"];

fn versions() -> Library {
    library(&[
        Edition {
            version: "2025.1",
            elements: &[("alpha", &["a1 core", "a2", "a3"]), ("beta", &["b1", "b2"])],
        },
        Edition {
            version: "2026.1",
            elements: &[
                ("alpha", &["a1 core", "a2", "a3"]),
                ("beta", &["b1", "b2"]),
                ("gamma", &["c1 new", "c2 new", "c3 new"]),
            ],
        },
    ])
}

fn sheets() -> Vec<Sheet> {
    let old = |practice, ratings| sheet(practice, "2025", "2025.1", ratings);
    let new = |practice, ratings| sheet(practice, "2026", "2026.1", ratings);
    vec![
        old("ash", "222 44"),
        old("birch", "333 44"),
        old("cedar", "333 44"),
        old("elm", "444 44"),
        new("ash", "135 35 555"),
        new("birch", "333 33 333"),
        new("cedar", "444 44 444"),
        new("dogwood", "555 55 444"),
        new("elm", "444 44 4--"),
    ]
}

/// Returns the years of a Practice, its slips classed as given, in the order of the criteria.
fn years(of: &str, classes: &[(usize, AdaptationClass)]) -> PracticeYears {
    let library = versions();
    let network = Arc::new(NetworkFacts::new(NAMES.map(practice).to_vec(), sheets()));
    let cycles = [("2025", "2025.1"), ("2026", "2026.1")];
    let cycles = cycles.map(|(cycle, version)| (CycleId::parse(cycle).unwrap(), VersionId::parse(version).unwrap()));
    let explorer = Explorer::new(&library, network, cycles.to_vec());
    let trend = explorer.trend(Criteria::All, &Filter::default()).unwrap();
    let mut sheets: Vec<Sheet> = sheets().into_iter().filter(|s| s.practice.as_str() == of).collect();
    for (place, class) in classes {
        sheets.last_mut().unwrap().marks[*place].class = Some(*class);
    }
    let facts = PracticeFacts {
        practice: practice(of),
        sheets,
        entries: vec![],
        day: DAY,
        beside: Default::default(),
    };
    practice_years(&library, &facts, &trend).unwrap()
}

#[test]
fn each_score_stands_against_the_quartiles_of_its_own_cycle() {
    // alpha in 2026: 3 3 4 4 5, quartiles 3 and 4; beta: 3 4 4 4 5, quartiles 4 and 4
    for (of, alpha, beta) in [
        ("ash", RangePosition::Within, RangePosition::Within),
        ("birch", RangePosition::Within, RangePosition::Below),
        ("cedar", RangePosition::Within, RangePosition::Within),
        ("dogwood", RangePosition::Above, RangePosition::Above),
    ] {
        let years = years(of, &[]);
        let places: Vec<_> = years.elements[..2].iter().map(|element| element.place).collect();
        assert_eq!(places, [Some(alpha), Some(beta)], "{of}");
    }
}

#[test]
fn with_fewer_than_five_practices_nothing_of_the_network_is_shown() {
    let years = years("ash", &[]);
    let practices = |of: &framework::report::ScoreYears| -> Vec<Option<usize>> {
        (of.years.iter())
            .map(|year| year.network.map(|half| half.practices))
            .collect()
    };
    let [alpha, beta, gamma] = &years.elements[..] else {
        panic!("three elements")
    };
    // four Practices in 2025; five in 2026, of which four have a score in gamma and so in all
    assert_eq!(practices(alpha), [None, Some(5)]);
    assert_eq!(practices(beta), [None, Some(5)]);
    for four in [gamma, &years.overall] {
        assert_eq!((practices(four), four.place), (vec![None, None], None));
        assert!(
            four.why
                .as_ref()
                .unwrap()
                .starts_with("Fewer than 5 Practices have a score here in 2026")
        );
    }
    assert_eq!(alpha.why, None);
}

#[test]
fn scores_over_the_years_are_those_of_the_report_and_a_new_element_begins_late() {
    let years = years("ash", &[]);
    let scores = |of: &framework::report::ScoreYears| of.years.iter().map(|year| year.score).collect::<Vec<_>>();
    let by_element: Vec<_> = years.elements.iter().map(scores).collect();
    assert_eq!(
        by_element,
        [[Some(2.0), Some(3.0)], [Some(4.0), Some(4.0)], [None, Some(5.0)]]
    );
    assert_eq!(scores(&years.overall), [Some(3.0), Some(4.0)]);
    assert_eq!(years.overall.years[1].score, years.report.overall.score);
}

#[test]
fn without_a_score_it_is_said_why_and_no_place_is_given() {
    let years = years("elm", &[]);
    let gamma = &years.elements[2];
    assert_eq!((gamma.place, gamma.years[1].score), (None, None));
    assert_eq!(gamma.why, years.report.elements[2].score.why);
    assert!(gamma.why.is_some());
}

#[test]
fn core_gaps_come_first_then_unexplained_slips_then_what_has_no_action() {
    // ash in 2026: a1 core 2 → 1, a2 2 → 3, b1 4 → 3
    let consistent = AdaptationClass::Consistent;
    for (classes, expected) in [
        (&[][..], "a1 b1 a2"),
        (&[(0, consistent)], "a1 b1 a2"),
        (&[(3, consistent)], "a1 a2 b1"),
    ] {
        let years = years("ash", classes);
        let next: Vec<_> = years.next.iter().map(|line| line.criterion.as_str()).collect();
        assert_eq!(next.join(" "), expected, "{classes:?}");
        assert!(
            years
                .next
                .iter()
                .all(|line| line.reply == Reply::Missing && !line.why.is_empty())
        );
    }
    assert!(years("cedar", &[]).next.is_empty());
}
