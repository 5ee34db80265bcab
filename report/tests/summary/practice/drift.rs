//! What is said of drift, of how much it rests on and of what explains it.

use super::{EXPLAINS, MOVED, SURE, now, said, since, year};
use crate::reports::{DAY, fours, framework, mark, practice, registered, sheet};
use framework::{assessment::AdaptationClass, lifecycle::Status, sheet::CriterionRatings};

#[test]
fn what_moved_is_said_with_its_direction_gains_before_slips() {
    for (before, after, sentences) in [
        (
            &[][..],
            &[][..],
            &["Since 2025, no rating moved: net drift is 0.00 and gross drift 0.00."][..],
        ),
        (
            &[],
            &[("travel-counted", 3)],
            &[
                "Since 2025, ratings moved down on average: net drift is −0.02. Counted in either direction, they moved by 0.02 (gross drift).",
                "No rating rose and 1 fell (a slip).",
                "The slip is on “travel-counted”, from 4 to 3.",
                "Among the elements, the largest fall is in “Small caseloads” (−0.20 on 5 pairs).",
            ],
        ),
        (
            &[("hard-days", 3)],
            &[("travel-counted", 3)],
            &[
                "Since 2025, rises and falls cancel out: net drift is 0.00. Counted in either direction, they moved by 0.03 (gross drift).",
                "1 rating rose (a gain) and 1 fell (a slip).",
                "The gain is on “hard-days”, from 3 to 4.",
                "The slip is on “travel-counted”, from 4 to 3.",
                "Among the elements, the largest rise is in “Trauma-informed relationships” (+0.17 on 6 pairs) and the largest fall is in “Small caseloads” (−0.20 on 5 pairs).",
            ],
        ),
        (
            &[
                ("hard-days", 2),
                ("meeting-place", 3),
                ("travel-counted", 5),
                ("caseload-ceiling", 5),
            ],
            &[("case-discussion", 5)],
            &[
                "Since 2025, ratings moved up on average: net drift is +0.03. Counted in either direction, they moved by 0.10 (gross drift).",
                "3 ratings rose (gains) and 2 fell (slips).",
                "The largest gain is on “hard-days”, from 2 to 4.",
                "Among the elements, the largest rise is in “Trauma-informed relationships” (+0.50 on 6 pairs) and the largest fall is in “Small caseloads” (−0.40 on 5 pairs).",
            ],
        ),
    ] {
        assert_eq!(said(&since(before, after), MOVED), sentences);
    }
}

#[test]
fn elements_that_moved_alike_are_named_together_and_too_many_not_at_all() {
    let of_five = [
        "travel-counted",
        "core-model-known",
        "engagement-phase",
        "referral-route",
    ];
    let slips = |n: usize| of_five.map(|id| (id, 3))[..n].to_vec();
    let last = |n: usize| said(&since(&[], &slips(n)), MOVED).pop().unwrap();
    assert_eq!(
        last(2),
        "Among the elements, the largest fall is in “Small caseloads” (−0.20 on 5 pairs) and “Flexibility and autonomy” (−0.20 on 5 pairs)."
    );
    assert_eq!(last(4), "No rating rose and 4 fell (slips).");
}

#[test]
fn an_earlier_year_that_shares_nothing_gives_no_figure() {
    let nothing = sheet("ash", "2025", "2026.1", |_| CriterionRatings::default());
    let report = practice(vec![nothing, year("2026", &[])]);
    assert_eq!(
        said(&report, MOVED),
        ["There is no figure since 2025. No comparable criterion is rated in both assessments."]
    );
    assert_eq!(
        said(&report, SURE),
        ["100\u{a0}% of the applicable criteria are rated: 58 agreed."]
    );
}

#[test]
fn the_first_assessment_is_spoken_of_where_it_is_another() {
    let first = |but| practice(vec![year("2023", but), year("2025", &[]), year("2026", &[])]);
    for (but, sentence) in [
        (
            &[("hard-days", 1)],
            "Since the first assessment, in 2023, ratings moved up on average: net drift is +0.05 on 58 pairs.",
        ),
        (
            &[("hard-days", 5)],
            "Since the first assessment, in 2023, ratings moved down on average: net drift is −0.02 on 58 pairs.",
        ),
        (
            &[("hard-days", 4)],
            "Since the first assessment, in 2023, ratings moved neither up nor down on average: net drift is 0.00 on 58 pairs.",
        ),
    ] {
        assert_eq!(said(&first(but), MOVED).last().unwrap(), sentence);
    }
}

#[test]
fn how_much_drift_rests_on_is_said_and_that_it_is_few() {
    let rated_in_first = |n| {
        let some = sheet("ash", "2025", "2026.1", |place| {
            if place < n {
                mark(4)
            } else {
                CriterionRatings::default()
            }
        });
        practice(vec![some, year("2026", &[])])
    };
    let old = fours("ash", "2025", "2025.1", &[]);
    for (report, sentences) in [
        (
            rated_in_first(58),
            &["Drift since the previous assessment rests on 58 criteria rated in both, 100\u{a0}% of version 2026.1."]
                [..],
        ),
        (
            rated_in_first(29),
            &[
                "Drift since the previous assessment rests on 29 criteria rated in both, 50\u{a0}% of version 2026.1.",
                "5 elements have too few pairs to be compared alone.",
            ],
        ),
        (
            rated_in_first(28),
            &[
                "Drift since the previous assessment rests on 28 criteria rated in both, 48\u{a0}% of version 2026.1. That is less than half, so it speaks for a part of the framework.",
                "5 elements have too few pairs to be compared alone.",
            ],
        ),
        (
            rated_in_first(1),
            &[
                "Drift since the previous assessment rests on 1 criterion rated in both, 2\u{a0}% of version 2026.1. That is few, so each rating weighs heavily.",
                "10 elements have too few pairs to be compared alone.",
            ],
        ),
        (
            practice(vec![old, year("2026", &[])]),
            &[
                "Drift since the previous assessment rests on 41 criteria rated in both, 71\u{a0}% of version 2026.1; the assessment before was made under version 2025.1.",
            ],
        ),
    ] {
        let sure = said(&report, SURE);
        assert_eq!(sure[..sure.len() - 1], *sentences);
    }
}

#[test]
fn slips_and_low_ratings_are_put_down_to_what_moderation_said() {
    use AdaptationClass::{Consistent, NotConsistent, Unplanned};
    let report = |classes: &[(&str, Option<AdaptationClass>)]| {
        let low: Vec<(&str, u8)> = classes.iter().map(|(id, _)| (*id, 3)).collect();
        let mut current = year("2026", &low);
        let criteria = &framework("2026.1").criteria;
        for (mark, criterion) in current.marks.iter_mut().zip(criteria) {
            let class = classes.iter().find(|(id, _)| criterion.id.as_str() == *id);
            mark.class = class.and_then(|(_, class)| *class);
        }
        practice(vec![year("2025", &[("no-rescuing", 3)]), current])
    };
    for (classes, sentences) in [
        (&[][..], &["No criterion is rated below 4."][..]),
        (
            &[("no-rescuing", Some(Unplanned))],
            &["Of the criteria rated below 4, 1 is unplanned drift."],
        ),
        (
            &[("hard-days", None)],
            &[
                "Of the slips, 1 is not yet explained.",
                "Of the criteria rated below 4, 1 is not yet explained.",
            ],
        ),
        (
            &[
                ("hard-days", Some(Consistent)),
                ("meeting-place", Some(Consistent)),
                ("travel-counted", Some(NotConsistent)),
                ("no-rescuing", None),
            ],
            &[
                "Of the slips, 2 are agreed and consistent and 1 is agreed but not consistent.",
                "Of the criteria rated below 4, 2 are agreed and consistent, 1 is agreed but not consistent and 1 is not yet explained.",
            ],
        ),
    ] {
        assert_eq!(said(&report(classes), EXPLAINS), sentences);
    }
}

#[test]
fn adaptations_are_counted_as_they_stood() {
    for (in_force, expired, sentence) in [
        (0, 0, None),
        (
            1,
            0,
            Some("When the assessment was submitted, 1 agreed adaptation was in force."),
        ),
        (
            2,
            1,
            Some("When the assessment was submitted, 2 agreed adaptations were in force, and 1 was over."),
        ),
        (
            0,
            2,
            Some("When the assessment was submitted, no agreed adaptation was in force, and 2 were over."),
        ),
    ] {
        let mut report = now(&[]);
        report.register.day = Some(DAY);
        report.register.in_force = registered(in_force);
        report.register.expired = registered(expired);
        assert_eq!(said(&report, EXPLAINS).get(1).map(String::as_str), sentence);
    }
}

#[test]
fn a_draft_is_not_said_to_be_submitted() {
    let mut report = now(&[]);
    report.register.day = Some(DAY);
    report.register.in_force = registered(1);
    for (status, begins) in [
        (
            Status::Draft,
            format!("On {}, the day this report was made, ", framework::day::words(DAY)),
        ),
        (Status::Submitted, "When the assessment was submitted, ".to_owned()),
        (Status::Returned, "When the assessment was submitted, ".to_owned()),
    ] {
        report.status = status;
        let sentence = said(&report, EXPLAINS)[1].clone();
        assert_eq!(
            sentence,
            format!("{begins}1 agreed adaptation was in force."),
            "{status:?}"
        );
    }
}
