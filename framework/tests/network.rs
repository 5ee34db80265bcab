//! Three Practices, two cycles, two elements, worked by hand.
//!
//! Element alpha: a1 (core), a2, a3. Element beta: b1, b2 (weight 2). n is not applicable, - unanswered.
//!
//! |       | 2025 a b  | alpha  beta  overall | 2026 a b  | alpha  beta   overall | d               net    gross |
//! |-------|-----------|----------------------|-----------|-----------------------|------------------------------|
//! | ash   | 444 52    | 4      9/3   3.5     | 345 55    | 4      5      4.5     | -1  0 +1  0 +3  3/5    5/5   |
//! | birch | 354 44    | 4      4     4       | 254 35    | 11/3   13/3   4       | -1  0  0 -1 +1  -1/5   3/5   |
//! | cedar | 233 n3    | 8/3    3     17/6    | 43- n2    | 2 of 3 2      -       | +2  0  .  . -1  1/3    3/3   |
//!
//! Slips: ash a1 without a class, birch a1 unplanned and b1 consistent, cedar b2 not consistent.
//! Self is as review but for a1 of 2026: ash 4 for 3, birch 4 for 2.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use common::{DAY, Edition, assert_near, explorer, library, practice, sheet};
use framework::{
    assessment::{AdaptationClass, Entry},
    explore::Explorer,
    ids::{CycleId, PracticeSlug, VersionId},
    library::Library,
    lifecycle::Status,
    network::Direction,
    rating::Rating,
    report::{NationalFacts, NationalReport, PracticeFacts, Split, national_report, practice_report},
    score::Band,
    sheet::{CriterionRatings, Sheet},
};
use std::sync::Arc;

fn small() -> Library {
    library(&[Edition {
        version: "2025.1",
        elements: &[("alpha", &["a1 core", "a2", "a3"]), ("beta", &["b1 na", "b2 weight=2"])],
    }])
}

fn facts() -> NationalFacts {
    let mut sheets = vec![
        sheet("ash", "2025", "2025.1", "444 52"),
        sheet("birch", "2025", "2025.1", "354 44"),
        sheet("cedar", "2025", "2025.1", "233 n3"),
        sheet("ash", "2026", "2025.1", "345 55"),
        sheet("birch", "2026", "2025.1", "254 35"),
        sheet("cedar", "2026", "2025.1", "43- n2"),
    ];
    for place in [3, 4] {
        sheets[place].marks[0].self_rating = Rating::new(4);
        sheets[place].marks[0].agreed_rating = None;
    }
    sheets[4].marks[0].class = Some(AdaptationClass::Unplanned);
    sheets[4].marks[3].class = Some(AdaptationClass::Consistent);
    sheets[5].marks[4].class = Some(AdaptationClass::NotConsistent);
    NationalFacts {
        cycle: CycleId::parse("2026").unwrap(),
        version: VersionId::parse("2025.1").unwrap(),
        network: network(sheets),
        unfinished: vec![(PracticeSlug::parse("dogwood").unwrap(), Status::InReview)],
        beside: Default::default(),
    }
}

fn network(sheets: Vec<Sheet>) -> Arc<Explorer> {
    let practices = ["cedar", "elm", "ash", "dogwood", "birch"].map(practice);
    explorer(&small(), practices.to_vec(), sheets)
}

fn national() -> NationalReport {
    national_report(&small(), &facts()).unwrap()
}

#[test]
fn practices_stand_by_name_with_their_scores_and_bands() {
    let report = national();
    let row = |index: usize| {
        let p = &report.practices[index];
        (p.practice.as_str(), p.overall.score, p.overall.band)
    };
    assert_eq!(report.practices.len(), 3);
    assert_eq!(row(0), ("ash", Some(4.5), Some(Band::Strong)));
    assert_eq!(row(1), ("birch", Some(4.0), Some(Band::Partial)));
    assert_eq!(row(2), ("cedar", None, None));
    let birch = &report.practices[1];
    assert!(birch.overall.is_capped_by_core_gap());
    assert_eq!(birch.overall.core_gaps[0].as_str(), "a1");
    assert_near(birch.elements[0].score, 11.0 / 3.0);
    assert_near(birch.elements[1].score, 13.0 / 3.0);
    let cedar = &report.practices[2];
    assert_eq!(cedar.overall.why.as_deref(), Some("Not enough answered in: The alpha."));
    assert_eq!((cedar.elements[0].rated, cedar.elements[0].applicable), (2, 3));
    assert_eq!(
        (cedar.elements[1].score, cedar.elements[1].coverage),
        (Some(2.0), Some(1.0))
    );
    assert_eq!(report.unfinished[0].name, "dogwood");
    assert_eq!((report.absent.len(), report.absent[0].name.as_str()), (1, "elm"));
}

#[test]
fn each_practice_drifts_as_worked_by_hand() {
    let report = national();
    for (place, pairs, share, net, gross, slips, gains, unexplained) in [
        (0, 5, 1.0, 0.6, 1.0, "a1", "a3 b2", "a1"),
        (1, 5, 1.0, -0.2, 0.6, "a1 b1", "b2", "a1"),
        (2, 3, 0.6, 1.0 / 3.0, 1.0, "b2", "a1", ""),
    ] {
        let drift = &report.practices[place].drift;
        let previous = drift.previous.as_ref().unwrap();
        let ids = |moved: &[framework::report::Moved]| {
            moved.iter().map(|m| m.criterion.as_str()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!((previous.from.as_str(), previous.pairs), ("2025", pairs));
        assert_near(previous.comparable_share, share);
        assert_near(previous.net, net);
        assert_near(previous.gross, gross);
        assert_eq!(
            (ids(&previous.slips), ids(&previous.gains), ids(&previous.unexplained)),
            (slips.into(), gains.into(), unexplained.into())
        );
        assert_eq!(drift.baseline, drift.previous);
    }
    let slip = &report.practices[0].drift.previous.as_ref().unwrap().slips[0];
    assert_eq!((slip.from.level(), slip.to.level(), slip.d), (4, 3, -1));
    assert_eq!((slip.class, slip.class_name), (None, Some("Not yet explained")));
    let slips = report.slips.previous;
    assert_eq!((slips.practices, slips.explained, slips.unexplained), (3, 2, 2));
    assert_eq!(slips.split, split(1, 1, 1, 1));
    // below 4: ash a1 · birch a1 b1 · cedar a2 b2
    assert_eq!(report.below, split(1, 1, 1, 2));
    assert_eq!(report.practices[1].below, split(1, 0, 1, 0));
    assert_eq!(
        report.practices[1].drift.previous.as_ref().unwrap().split,
        split(1, 0, 1, 0)
    );
    assert_eq!(report.slips.baseline, slips);
}

#[test]
fn criteria_and_elements_across_the_network_are_as_worked_by_hand() {
    let report = national();
    assert_eq!(report.previous_cycle, CycleId::parse("2025").ok());
    // n, single values, median, share at 4; in both, mean change; slips, unexplained, gains
    // a1 3 2 4 from 4 3 2 · a2 4 5 3 from 4 5 3 · a3 5 4 from 4 4 · b1 5 3 from 5 4 · b2 5 5 2 from 2 4 3
    for (place, values, median, share, both, change, slips) in [
        (0, &[2.0, 3.0, 4.0][..], Some(3.0), 1.0 / 3.0, 3, 0.0, (2, 2, 1)),
        (1, &[3.0, 4.0, 5.0], Some(4.0), 2.0 / 3.0, 3, 0.0, (0, 0, 0)),
        (2, &[4.0, 5.0], None, 1.0, 2, 0.5, (0, 0, 1)),
        (3, &[3.0, 5.0], None, 0.5, 2, -0.5, (1, 0, 0)),
        (4, &[2.0, 5.0, 5.0], Some(5.0), 2.0 / 3.0, 3, 1.0, (1, 0, 2)),
    ] {
        let row = &report.criteria[place];
        assert_eq!(
            (row.levels.n, row.levels.values.as_slice()),
            (values.len(), values),
            "{}",
            row.id
        );
        assert_eq!(
            (row.levels.median, row.levels.q1, row.levels.strong),
            (median, None, None),
            "{}",
            row.id
        );
        assert_near(row.levels.share_at_4, share);
        assert_eq!((row.shift.in_both, row.shift.spread_change), (both, None), "{}", row.id);
        assert!(row.shift.spread_why.is_some() && !row.shift.widening);
        assert_near(row.change, change);
        assert_eq!((row.slips, row.unexplained, row.gains), slips, "{}", row.id);
    }
    // alpha 4 11/3 (cedar has no score) · beta 5 13/3 2; strong: alpha ash, beta ash birch
    let [alpha, beta] = &report.elements[..] else { panic!() };
    assert_eq!(
        (alpha.levels.n, alpha.levels.median, alpha.levels.strong),
        (2, None, Some(1))
    );
    assert_near(alpha.levels.values.first().copied(), 11.0 / 3.0);
    assert_eq!((beta.levels.n, beta.levels.strong), (3, Some(2)));
    assert_near(beta.levels.median, 13.0 / 3.0);
    // alpha: ash 0, birch −1/3, cedar has two pairs, too few; they are counted all the same. beta: two pairs each
    assert_eq!(
        (
            alpha.drift.practices,
            alpha.drift.pairs,
            alpha.drift.gains,
            alpha.drift.slips
        ),
        (2, 8, 2, 2)
    );
    assert_near(alpha.drift.net, -1.0 / 6.0);
    assert_eq!((beta.drift.practices, beta.drift.pairs, beta.drift.net), (0, 5, None));
    assert!(beta.drift.why.is_some() && alpha.drift.interval().is_none());
    // the whole: 3/5, −1/5 and 1/3
    let whole = &report.overall.drift;
    assert_eq!(
        (
            whole.practices,
            whole.pairs,
            whole.gains,
            whole.slips,
            whole.unexplained
        ),
        (3, 13, 4, 4, 2)
    );
    assert_near(whole.net, 11.0 / 45.0);
    assert_eq!((whole.direction, whole.may_be_chance), (Some(Direction::Rose), None));
    // overall 4.5 4, birch held back by its gap
    assert_eq!((report.overall.levels.n, report.overall.levels.strong), (2, Some(1)));
    assert_eq!(report.overall.levels.share_at_4, Some(1.0));
    // 2025: alpha 4 4 8/3, beta 3 4 3
    let before = |element: usize| &report.elements[element].series[0];
    assert_eq!((before(0).cycle.as_str(), report.elements[0].series.len()), ("2025", 2));
    assert_near(before(0).levels.median, 4.0);
    assert_near(before(1).levels.median, 3.0);
    assert_eq!(report.elements[0].series[1].levels, alpha.levels);
    // nobody fell by a quarter, or lost two core criteria
    assert!(report.drifting.is_empty());
}

/// Who asks for a conversation: by net drift from −0.25, or by two unexplained slips in core criteria that are a tenth.
#[test]
fn who_drifts_is_named_in_alphabetical_order() {
    let library = library(&[Edition {
        version: "2025.1",
        elements: &[
            ("alpha", &["a1 core", "a2 core", "a3 core", "a4"]),
            ("beta", &["b1", "b2", "b3", "b4"]),
        ],
    }]);
    let (quarter, less, core, one) = ("4334 4444", "4434 4444", "3344 5555", "3444 5555");
    let names = ["elm", "Birch", "cedar", "ash", "dogwood", "fir"];
    let before = names.map(|name| sheet(&name.to_lowercase(), "2025", "2025.1", "4444 4444"));
    let now = [(0, core), (1, quarter), (2, less), (3, core), (4, one), (5, core)];
    let now = now.map(|(place, ratings)| sheet(&names[place].to_lowercase(), "2026", "2025.1", ratings));
    let mut sheets = [before.to_vec(), now.to_vec()].concat();
    // fir's are agreed, and cedar was not there
    sheets[11].marks[0].class = Some(AdaptationClass::Consistent);
    sheets[2].cycle = CycleId::parse("2024").unwrap();
    let practices = names.map(|name| framework::sheet::PracticeInfo {
        name: name.to_owned(),
        ..practice(&name.to_lowercase())
    });
    let facts = NationalFacts {
        network: explorer(&library, practices.to_vec(), sheets),
        unfinished: vec![],
        beside: Default::default(),
        ..facts()
    };
    let report = national_report(&library, &facts).unwrap();
    let named: Vec<_> = report
        .drifting
        .iter()
        .map(|one| (one.name.as_str(), one.slips, one.unexplained, one.gains))
        .collect();
    assert_eq!(named, [("ash", 2, 2, 4), ("Birch", 2, 2, 0), ("elm", 2, 2, 4)]);
    assert_eq!(
        (report.drifting[0].core_unexplained, report.drifting[0].core_pairs),
        (2, 3)
    );
    // cedar's slip is since an older assessment: in its own line, not in the network's
    assert_eq!((report.assessed_earlier, report.overall.drift.practices), (1, 5));
    assert_eq!((report.overall.drift.slips, report.slips.previous.practices), (9, 5));
    assert_eq!(report.slips.previous.split.total(), 9);
    assert_eq!(
        report.criteria.iter().map(|criterion| criterion.slips).sum::<usize>(),
        9
    );
}

#[test]
fn self_and_review_agree_as_worked_by_hand() {
    // 13 pairs, all equal but 4/3 and 4/2. Self 2:1 3:2 4:5 5:5, review 2:2 3:3 4:3 5:5.
    // kappa = 1 − 13·(1 + 4) ÷ (1·60 + 2·25 + 5·16 + 5·33) = 1 − 65/355
    let agreement = national().agreement;
    assert_eq!(agreement.n, 13);
    assert_near(agreement.exact, 11.0 / 13.0);
    assert_near(agreement.within_one, 12.0 / 13.0);
    assert_near(agreement.bias, 3.0 / 13.0);
    assert_near(agreement.kappa, 1.0 - 65.0 / 355.0);
    let alpha = &national().elements[0].agreement;
    assert_eq!((alpha.n, alpha.exact, alpha.why.is_some()), (8, None, true));
}

#[test]
fn two_reviewers_stand_beside_each_other_where_two_reviewed() {
    assert_eq!(national().reviewers_agreement, None);
    let mut facts = facts();
    let pair = |first, second| [first, second].map(|level| Rating::new(level).unwrap());
    facts.beside.read_twice = vec![[vec![pair(4, 3); 5], vec![pair(4, 4); 4]].concat()];
    let few = national_report(&small(), &facts).unwrap().reviewers_agreement.unwrap();
    assert_eq!((few.n, few.exact, few.why.is_some()), (9, None, true));
    facts.beside.read_twice.push(vec![pair(2, 4)]);
    let report = national_report(&small(), &facts).unwrap();
    let agreement = report.reviewers_agreement.unwrap();
    assert_eq!(
        (agreement.n, agreement.exact, agreement.within_one),
        (10, Some(0.4), Some(0.9))
    );
    assert_near(agreement.bias, 0.3);
    assert_eq!(report.agreement.n, 13, "self against review is as it was");
}

#[test]
fn a_slip_since_the_first_assessment_that_nobody_was_asked_about_is_not_unexplained() {
    // a1 slipped a year ago, and so did b1, which moderation explained all the same; a2 slipped now; a3 is below 4
    let mut sheets = vec![
        sheet("ash", "2024", "2025.1", "555 55"),
        sheet("ash", "2025", "2025.1", "453 45"),
        sheet("ash", "2026", "2025.1", "443 45"),
    ];
    sheets[2].marks[3].class = Some(AdaptationClass::Consistent);
    let facts = NationalFacts {
        network: network(sheets),
        ..facts()
    };
    let report = national_report(&small(), &facts).unwrap();
    let drift = &report.practices[0].drift;
    let ids =
        |moved: &[framework::report::Moved]| moved.iter().map(|m| m.criterion.as_str()).collect::<Vec<_>>().join(" ");
    let baseline = drift.baseline.as_ref().unwrap();
    assert_eq!(
        (ids(&baseline.slips), ids(&baseline.unexplained)),
        ("a1 a2 a3 b1".into(), "a2 a3".into())
    );
    assert_eq!((baseline.not_asked, baseline.split), (1, split(1, 0, 0, 2)));
    let names: Vec<_> = baseline.slips.iter().map(|slip| slip.class_name.unwrap()).collect();
    assert_eq!(
        names[..3],
        [
            "No explanation needed this year",
            "Not yet explained",
            "Not yet explained"
        ]
    );
    let previous = drift.previous.as_ref().unwrap();
    assert_eq!(
        (ids(&previous.slips), ids(&previous.unexplained)),
        ("a2".into(), "a2".into())
    );
    assert_eq!((previous.not_asked, previous.split), (0, split(0, 0, 0, 1)));
    let slips = report.slips.baseline;
    assert_eq!((slips.explained, slips.unexplained, slips.not_asked), (1, 2, 1));
    assert_eq!(report.slips.previous.not_asked, 0);
}

#[test]
fn a_practices_own_report_shows_the_figures_of_the_national_one() {
    let facts = facts();
    let sheets: Vec<Sheet> = facts
        .network
        .facts()
        .sheets()
        .filter(|s| s.practice.as_str() == "birch")
        .cloned()
        .collect();
    let entries = vec![Entry::default(); 5];
    let report = practice_report(
        &small(),
        &PracticeFacts {
            practice: practice("birch"),
            sheets,
            entries,
            day: DAY,
            beside: Default::default(),
        },
    )
    .unwrap();
    let row = &national().practices[1];
    assert_eq!(report.overall, row.overall);
    assert_eq!(
        report.elements.iter().map(|e| e.score.clone()).collect::<Vec<_>>(),
        row.elements
    );
    assert_eq!(report.drift, row.drift);
    assert_eq!(
        (report.sources.agreed, report.sources.review, report.sources.unanswered),
        (4, 1, 0)
    );
    assert_eq!(
        (
            report.core_gaps[0].criterion.as_str(),
            report.core_gaps[0].rating.level()
        ),
        ("a1", 2)
    );
    assert_eq!((report.agreement.n, report.agreement.kappa), (5, None));
    let drift: Vec<_> = report
        .elements
        .iter()
        .map(|e| e.drift.previous.clone().unwrap())
        .collect();
    assert_near(drift[0].net, -1.0 / 3.0);
    assert_eq!((drift[1].pairs, drift[1].net, drift[1].gross), (2, None, None));
    assert!(drift[1].why.as_ref().unwrap().starts_with("Too few to compare"));
    let a1 = &report.criteria[0];
    assert_eq!(
        (a1.previous.map(Rating::level), a1.used.map(Rating::level), a1.d),
        (Some(3), Some(2), Some(-1))
    );
    assert_eq!(
        report.history.iter().map(|p| p.overall.score).collect::<Vec<_>>(),
        [Some(4.0), Some(4.0)]
    );
}

#[test]
fn a_draft_is_compared_with_finalised_work_and_is_no_baseline() {
    let library = small();
    let mut sheets = vec![
        sheet("ash", "2024", "2025.1", "333 33"),
        sheet("ash", "2025", "2025.1", "444 44"),
        sheet("ash", "2026", "2025.1", "-----"),
    ];
    sheets[2].status = Status::Draft;
    let facts = PracticeFacts {
        practice: practice("ash"),
        sheets,
        entries: vec![],
        day: DAY,
        beside: Default::default(),
    };
    let report = practice_report(&library, &facts).unwrap();
    let (previous, baseline) = (report.drift.previous.unwrap(), report.drift.baseline.unwrap());
    assert_eq!((previous.from.as_str(), baseline.from.as_str()), ("2025", "2024"));
    assert_eq!(
        (previous.pairs, previous.net, previous.comparable_share),
        (0, None, Some(0.0))
    );
    assert!(previous.why.is_some() && report.overall.why.is_some());
    assert_eq!(report.criteria[0].previous.map(Rating::level), Some(4));
    assert_eq!((report.sources.unanswered, report.history.len()), (5, 3));
}

#[test]
fn without_any_assessment_every_figure_is_missing_and_says_why() {
    let nothing = NationalFacts {
        network: explorer(&small(), vec![], vec![]),
        unfinished: vec![],
        beside: Default::default(),
        ..facts()
    };
    let report = national_report(&small(), &nothing).unwrap();
    assert!(report.practices.is_empty() && report.previous_cycle.is_none());
    for (levels, shift) in (report.criteria.iter().map(|c| (&c.levels, &c.shift)))
        .chain(report.elements.iter().map(|e| (&e.levels, &e.shift)))
    {
        assert_eq!((levels.n, levels.median, levels.share_at_4), (0, None, None));
        assert!(levels.why.is_some() && shift.spread_why.is_some());
    }
    assert!(report.agreement.why.is_some());
    let none = PracticeFacts {
        practice: practice("ash"),
        sheets: vec![],
        entries: vec![],
        day: DAY,
        beside: Default::default(),
    };
    assert!(practice_report(&small(), &none).is_err());
}

#[test]
fn a_mark_counts_agreed_before_review_before_self() {
    let [one, two, three] = [1, 2, 3].map(Rating::new);
    let mark = CriterionRatings {
        self_rating: one,
        review_rating: two,
        agreed_rating: three,
        ..CriterionRatings::default()
    };
    let level = |m: CriterionRatings| m.used().map(|(r, _)| r.level());
    assert_eq!(level(mark), Some(3));
    assert_eq!(
        level(CriterionRatings {
            agreed_rating: None,
            ..mark
        }),
        Some(2)
    );
    assert_eq!(
        level(CriterionRatings {
            not_applicable: true,
            ..mark
        }),
        None
    );
}

fn split(consistent: usize, not_consistent: usize, unplanned: usize, unexplained: usize) -> Split {
    Split {
        consistent,
        not_consistent,
        unplanned,
        unexplained,
    }
}

#[test]
fn the_file_has_a_number_or_a_reason_for_every_figure() {
    let json = serde_json::to_value(national()).unwrap();
    let keys = |value: &serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(
        keys(&json),
        "absent agreement assessed_earlier below clarifications criteria cycle drifting elements evidence open_actions overall \
         practices previous_cycle regions reviewers_agreement slips unfinished version"
    );
    assert_eq!(
        keys(&json["regions"][0]),
        "actions below core_gaps drift elements median n practices q1 q3 region share_at_4 spread strong values why"
    );
    assert_eq!(
        keys(&json["criteria"][0]),
        "change core element gains id in_both median n q1 q3 share_at_4 slips spread spread_change spread_why strong title \
         unexplained values why widening"
    );
    assert_eq!(
        keys(&json["overall"]["drift"]),
        "direction gains high low may_be_chance net not_asked pairs practices se slips unexplained why"
    );
    assert_eq!(
        keys(&json["practices"][0]["drift"]["previous"]),
        "comparable_share elements from from_version gains gross net not_asked pairs slips split unexplained why"
    );
    let cedar = &json["practices"][2];
    assert!(cedar["overall"]["score"].is_null() && cedar["overall"]["why"].is_string());
    assert_eq!(cedar["elements"][1]["score"], 2.0);
    assert_eq!(cedar["elements"][1]["band"], "low");
    assert_eq!(
        json["practices"][1]["drift"]["previous"]["slips"][0]["class"],
        "unplanned"
    );
}
