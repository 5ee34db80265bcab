//! The regions of the national report: worked by hand, and laws that hold whatever the Practices.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use common::{Edition, assert_near, explorer, library, practice, sheet};
use framework::{
    assessment::AdaptationClass,
    ids::{CycleId, VersionId},
    library::Library,
    report::{NationalFacts, NationalRegion, NationalReport, Split, national_report},
    sheet::Sheet,
};
use proptest::prelude::*;
use std::sync::LazyLock;

static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    library(&[Edition {
        version: "2025.1",
        elements: &[("alpha", &["a1 core", "a2", "a3"]), ("beta", &["b1", "b2", "b3"])],
    }])
});

/// Returns the report of Practices, each with its region and its ratings in two cycles; an empty earlier one is no assessment.
fn report(practices: &[(&str, &str, &str)], explain: impl Fn(&mut Sheet)) -> NationalReport {
    let mut infos = vec![];
    let mut sheets = vec![];
    for (index, (region, before, now)) in practices.iter().enumerate() {
        let slug = format!("practice-{index}");
        let mut info = practice(&slug);
        info.region = (*region).to_owned();
        infos.push(info);
        if !before.is_empty() {
            sheets.push(sheet(&slug, "2025", "2025.1", before));
        }
        let mut now = sheet(&slug, "2026", "2025.1", now);
        explain(&mut now);
        sheets.push(now);
    }
    let facts = NationalFacts {
        cycle: CycleId::parse("2026").unwrap(),
        version: VersionId::parse("2025.1").unwrap(),
        network: explorer(&LIBRARY, infos, sheets),
        unfinished: vec![],
        beside: Default::default(),
    };
    national_report(&LIBRARY, &facts).unwrap()
}

/// In North overall scores of 4 and 3 and one Practice without; one of the three has no earlier assessment. One in south.
fn regions() -> Vec<NationalRegion> {
    let practices = [
        ("south", "444 444", "244 444"),
        ("North", "444 444", "333 555"),
        ("North", "", "333 333"),
        ("North", "333 333", "--- 433"),
    ];
    let consistent = |sheet: &mut Sheet| sheet.marks[1].class = Some(AdaptationClass::Consistent);
    report(&practices, consistent).regions
}

#[test]
fn regions_stand_by_name_with_the_figures_of_their_practices() {
    let regions = regions();
    let names: Vec<_> = regions
        .iter()
        .map(|r| (r.region.as_str(), r.practices, r.core_gaps))
        .collect();
    assert_eq!(names, [("North", 3, 0), ("south", 1, 1)]);
    let north = &regions[0];
    // 4 and 3; the third has too few ratings in alpha
    assert_eq!(north.levels.n, 2);
    for (figure, expected) in [
        (north.levels.values.first().copied(), 3.0),
        (north.levels.values.last().copied(), 4.0),
        (north.levels.share_at_4, 0.5),
    ] {
        assert_near(figure, expected);
    }
    // beta: 5, 3 and 10/3
    let beta = &north.elements[1];
    assert_eq!((beta.element.as_str(), beta.levels.n), ("beta", 3));
    assert_near(beta.levels.median, 10.0 / 3.0);
    assert_near(regions[1].levels.values.first().copied(), (10.0 / 3.0 + 4.0) / 2.0);
}

#[test]
fn what_moved_in_a_region_is_counted_with_what_explains_it() {
    let regions = regions();
    let drift = &regions[0].drift;
    // −1 −1 −1 +1 +1 +1 is 0; +1 0 0 is 1/3
    let moved = &drift.network;
    assert_eq!(
        (
            moved.practices,
            moved.pairs,
            moved.gains,
            moved.slips,
            moved.unexplained
        ),
        (2, 9, 4, 3, 2)
    );
    assert_near(moved.net, 1.0 / 6.0);
    let split = Split {
        consistent: 1,
        unexplained: 2,
        ..Split::default()
    };
    assert_eq!(drift.split, split);
    assert_eq!(
        (regions[1].drift.network.slips, regions[1].drift.network.unexplained),
        (1, 1)
    );
    assert_eq!(regions[1].below.total(), 1);
}

#[test]
fn a_region_where_nobody_was_there_before_says_why_nothing_drifts() {
    let regions = report(&[("", "", "444 444")], |_| ()).regions;
    assert_eq!((regions[0].region.as_str(), regions[0].drift.network.net), ("", None));
    assert!(regions[0].drift.network.why.is_some());
}

/// Up to eight Practices in three regions, with their ratings in two cycles.
fn practices() -> impl Strategy<Value = Vec<(&'static str, String, String)>> {
    let region = prop::sample::select(vec!["North", "south", "East"]);
    prop::collection::vec((region, "[1-5-]{6}", "[1-5-]{6}"), 0..9)
}

proptest! {
    #[test]
    fn regions_add_up_to_the_network(practices in practices()) {
        let short: Vec<_> = practices.iter().map(|(r, a, b)| (*r, a.as_str(), b.as_str())).collect();
        let report = report(&short, |_| ());
        let sum = |of: fn(&NationalRegion) -> usize| report.regions.iter().map(of).sum::<usize>();
        prop_assert_eq!(sum(|r| r.practices), report.practices.len());
        prop_assert_eq!(sum(|r| r.levels.n), report.overall.levels.n);
        let slips = &report.slips.previous;
        let network = &report.overall.drift;
        prop_assert_eq!(sum(|r| r.drift.network.practices), network.practices);
        prop_assert_eq!(sum(|r| r.drift.network.pairs), network.pairs);
        prop_assert_eq!(sum(|r| r.drift.network.gains), network.gains);
        prop_assert_eq!(sum(|r| r.drift.network.slips), slips.explained + slips.unexplained);
        prop_assert_eq!(sum(|r| r.drift.network.unexplained), slips.unexplained);
        prop_assert_eq!((network.slips, network.unexplained), (slips.explained + slips.unexplained, slips.unexplained));
        prop_assert_eq!(sum(|r| r.drift.split.total()), slips.split.total());
        prop_assert_eq!(sum(|r| r.below.total()), report.below.total());
    }

    #[test]
    fn one_region_is_the_network(practices in practices()) {
        let short: Vec<_> = practices.iter().map(|(_, a, b)| ("North", a.as_str(), b.as_str())).collect();
        let report = report(&short, |_| ());
        for region in &report.regions {
            prop_assert_eq!(&region.levels, &report.overall.levels);
            let elements: Vec<_> = region.elements.iter().map(|e| &e.levels).collect();
            prop_assert_eq!(elements, report.elements.iter().map(|e| &e.levels).collect::<Vec<_>>());
        }
        prop_assert_eq!(report.regions.len(), usize::from(!practices.is_empty()));
    }
}
