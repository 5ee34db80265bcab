//! What holds whatever the ratings are.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use common::{explorer, framework, library, practice, sheet};
use framework::{
    agreement::Table,
    assessment::AdaptationClass,
    criteria::Framework,
    drift::Drift,
    ids::{CycleId, VersionId},
    library::Library,
    network::Levels,
    rating::Rating,
    report::{NationalFacts, national_report},
    score::{Band, scores},
    sheet::{CriterionRatings, PracticeInfo, Sheet},
    shown::{Kind, text},
};
use proptest::prelude::*;
use std::sync::{Arc, LazyLock};

/// Three elements, 5 + 3 + 4 criteria.
static FRAMEWORK: LazyLock<Arc<Framework>> = LazyLock::new(|| framework(&[5, 3, 4]));
static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    library(&[common::Edition {
        version: "2026.1",
        elements: &[
            ("e", &["e1", "e2", "e3 na", "e4"]),
            ("f", &["f1 core", "f2 weight=3", "f3 na"]),
        ],
    }])
});
const SIZE: usize = 12;

/// Returns a digit, `-` or `n`, mostly digits.
fn one() -> impl Strategy<Value = char> {
    prop_oneof![8 => prop::char::range('1', '5'), 1 => Just('-'), 1 => Just('n')]
}

fn ratings(size: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(one(), size).prop_map(String::from_iter)
}

fn all_rated() -> impl Strategy<Value = Vec<CriterionRatings>> {
    prop::collection::vec(prop::char::range('1', '5'), SIZE).prop_map(|c| common::marks(&String::from_iter(c)))
}

fn drift(before: &[CriterionRatings], after: &[CriterionRatings]) -> Drift {
    let same: Vec<_> = (0..SIZE).map(Some).collect();
    Drift::between(&FRAMEWORK, &same, before, after)
}

fn class() -> impl Strategy<Value = Option<AdaptationClass>> {
    prop::option::of(prop::sample::select(AdaptationClass::ALL.to_vec()))
}

proptest! {
    #[test]
    fn net_drift_is_antisymmetric_and_gross_symmetric(a in ratings(SIZE), b in ratings(SIZE)) {
        let (a, b) = (common::marks(&a), common::marks(&b));
        let (there, back) = (drift(&a, &b), drift(&b, &a));
        prop_assert_eq!(there.whole.net(), back.whole.net().map(|net| -net));
        prop_assert_eq!(there.whole.gross(), back.whole.gross());
        prop_assert!(there.whole.sum.abs() <= there.whole.moved);
    }

    #[test]
    fn nothing_drifts_from_itself(a in ratings(SIZE)) {
        let a = common::marks(&a);
        let drift = drift(&a, &a);
        prop_assert_eq!((drift.whole.sum, drift.whole.moved), (0, 0));
        prop_assert!(drift.changes.iter().all(|c| !c.is_slip() && !c.is_gain()));
    }

    #[test]
    fn chains_add_over_the_same_pairs(a in all_rated(), b in all_rated(), c in all_rated()) {
        let (whole, first, second) = (drift(&a, &c), drift(&a, &b), drift(&b, &c));
        prop_assert_eq!(whole.whole.sum, first.whole.sum + second.whole.sum);
        for ((whole, first), second) in whole.elements.iter().zip(&first.elements).zip(&second.elements) {
            prop_assert_eq!(whole.sum, first.sum + second.sum);
        }
        let nets = [&first, &second].map(|d| d.whole.net().unwrap());
        prop_assert!((whole.whole.net().unwrap() - nets[0] - nets[1]).abs() < 1e-12);
    }

    #[test]
    fn elements_add_up_to_the_whole(a in ratings(SIZE), b in ratings(SIZE)) {
        let drift = drift(&common::marks(&a), &common::marks(&b));
        prop_assert_eq!(drift.elements.iter().map(|t| t.pairs).sum::<usize>(), drift.whole.pairs);
        prop_assert_eq!(drift.elements.iter().map(|t| t.sum).sum::<i64>(), drift.whole.sum);
        prop_assert_eq!(drift.changes.len(), drift.whole.pairs);
    }

    #[test]
    fn scores_stay_between_the_levels_and_say_why_where_missing(a in ratings(SIZE)) {
        let scores = scores(&FRAMEWORK, &common::marks(&a));
        for (score, why, band) in (scores.elements.iter().map(|e| (e.score, &e.why, e.band)))
            .chain([(scores.overall.score, &scores.overall.why, scores.overall.band)])
        {
            prop_assert_eq!(score.is_none(), why.is_some());
            prop_assert_eq!(score.is_some(), band.is_some());
            prop_assert!(score.is_none_or(|s| (1.0..=5.0).contains(&s)));
        }
    }

    #[test]
    fn a_higher_rating_never_lowers_a_score(a in all_rated(), place in 0..SIZE) {
        let mut raised = a.clone();
        let level = a[place].used().unwrap().0.level();
        raised[place] = common::marks(&(level + 1).min(5).to_string())[0];
        let (low, high) = (scores(&FRAMEWORK, &a), scores(&FRAMEWORK, &raised));
        prop_assert!(low.overall.score <= high.overall.score && low.overall.band <= high.overall.band);
        prop_assert!(low.elements.iter().zip(&high.elements).all(|(l, h)| l.score <= h.score));
    }

    #[test]
    fn a_shown_score_never_stands_in_a_higher_band_than_the_score(score in 1.0..=5.0) {
        let shown: f64 = text(score, Kind::Score).parse().unwrap();
        prop_assert_eq!(Band::of(shown), Band::of(score));
        // to the nearest, unless that were a limit that the score does not reach
        let off = score - shown;
        let at_limit = [3.0, 4.0, 5.0].iter().any(|limit| (shown + 0.1 - limit).abs() < 1e-9);
        prop_assert!(off.abs() <= 0.05 + 1e-9 || (0.0..0.1).contains(&off) && at_limit);
    }

    #[test]
    fn a_score_with_one_decimal_is_shown_as_it_is(tenths in 10..=50_u32) {
        prop_assert_eq!(text(f64::from(tenths) / 10.0, Kind::Score), format!("{}.{}", tenths / 10, tenths % 10));
    }

    #[test]
    fn agreement_is_never_nan_and_keeps_its_bounds(pairs in prop::collection::vec((1..=5_u8, 1..=5_u8), 0..60)) {
        let mut table = Table::default();
        for (own, review) in &pairs {
            table.add(Rating::new(*own).unwrap(), Rating::new(*review).unwrap());
        }
        let a = table.agreement();
        for figure in [a.exact, a.within_one, a.kappa, a.ac2, a.ac2_low, a.ac2_high].into_iter().flatten() {
            prop_assert!((-1.0..=1.0).contains(&figure), "{figure}");
        }
        prop_assert_eq!(a.why.is_some(), pairs.len() < 10);
        prop_assert_eq!(a.kappa.is_none(), a.kappa_why.is_some());
        if let (Some(low), Some(ac2), Some(high), Some(se)) = (a.ac2_low, a.ac2, a.ac2_high, a.ac2_se) {
            prop_assert!(low <= ac2 && ac2 <= high && se >= 0.0 && se.is_finite());
        }
    }

    #[test]
    fn quartiles_are_ordered_and_the_same_from_ratings_and_from_scores(ratings in prop::collection::vec(1..=5_u8, 0..40)) {
        let mut counts = [0; 5];
        ratings.iter().for_each(|r| counts[usize::from(*r) - 1] += 1);
        let mut scores: Vec<f64> = ratings.iter().map(|r| f64::from(*r)).collect();
        let levels = Levels::of_ratings(&counts);
        prop_assert_eq!(&Levels { strong: Some(0), ..levels.clone() }, &Levels::of_scores(&mut scores, 0));
        prop_assert!(levels.q1 <= levels.median && (levels.median <= levels.q3 || levels.q3.is_none()));
        prop_assert_eq!(levels.spread >= Some(0.0), ratings.len() >= 5);
        prop_assert_eq!((levels.median.is_some(), levels.values.len()), (ratings.len() >= 3, if ratings.len() < 5 { ratings.len() } else { 0 }));
    }

    #[test]
    fn classes_add_up_from_criteria_to_practices_to_the_network(
        sheets in prop::collection::vec((ratings(7), ratings(7), prop::collection::vec(class(), 7)), 1..4),
    ) {
        let slugs = ["ash", "birch", "cedar", "elm"];
        let sheets = sheets.iter().zip(slugs).flat_map(|((before, now, classes), slug)| {
            let mut now = sheet(slug, "2026", "2026.1", now);
            now.marks.iter_mut().zip(classes).for_each(|(mark, class)| mark.class = *class);
            [sheet(slug, "2025", "2026.1", before), now]
        });
        let facts = NationalFacts {
            cycle: CycleId::parse("2026").unwrap(),
            version: VersionId::parse("2026.1").unwrap(),
            network: explorer(&LIBRARY, slugs.map(practice).to_vec(), sheets.collect()),
            unfinished: vec![],
            beside: Default::default(),
        };
        let report = national_report(&LIBRARY, &facts).unwrap();
        let (mut slips, mut below) = (0, 0);
        for one in &report.practices {
            let since = one.drift.previous.as_ref().unwrap();
            prop_assert_eq!(since.split.total(), since.slips.len());
            prop_assert_eq!(since.split.unplanned + since.split.unexplained, since.unexplained.len());
            slips += since.split.total();
            below += one.below.total();
        }
        let totals = report.slips.previous;
        prop_assert_eq!((totals.split.total(), totals.explained + totals.unexplained), (slips, slips));
        prop_assert_eq!(totals.split.consistent + totals.split.not_consistent, totals.explained);
        prop_assert_eq!(report.below.total(), below);
        let low = facts.network.facts().sheets().filter(|s| s.cycle.as_str() == "2026").flat_map(|s| &s.marks);
        prop_assert_eq!(below, low.filter(|m| m.used().is_some_and(|(r, _)| r.level() < 4)).count());
    }

    #[test]
    fn the_order_of_practices_and_sheets_changes_nothing(
        sheets in prop::collection::vec((0..4_usize, 0..3_usize, ratings(7)), 0..12).prop_shuffle(),
        turn in 0..12_usize,
    ) {
        let mut all: Vec<_> = sheets.iter().map(|(p, c, r)| {
            sheet(["ash", "birch", "cedar", "elm"][*p], ["2024", "2025", "2026"][*c], "2026.1", r)
        }).collect();
        all.sort_by_key(|s| (s.practice.clone(), s.cycle.clone()));
        all.dedup_by_key(|s| (s.practice.clone(), s.cycle.clone()));
        let report = |practices: &[PracticeInfo], sheets: &[Sheet]| {
            let facts = NationalFacts {
                cycle: CycleId::parse("2026").unwrap(),
                version: VersionId::parse("2026.1").unwrap(),
                network: explorer(&LIBRARY, practices.to_vec(), sheets.to_vec()),
                unfinished: vec![],
                beside: Default::default(),
            };
            national_report(&LIBRARY, &facts)
        };
        let practices = ["ash", "birch", "cedar", "elm"].map(practice);
        let (mut turned_practices, mut turned_sheets) = (practices.clone(), all.clone());
        turned_practices.rotate_left(turn % 4);
        turned_sheets.reverse();
        let middle = turn.min(turned_sheets.len());
        turned_sheets.rotate_left(middle);
        prop_assert_eq!(report(&practices, &all), report(&turned_practices, &turned_sheets));
    }
}
