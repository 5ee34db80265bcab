//! What each rule says of a Practice. Criteria are named by their ids; Small caseloads has five, the whole version 58.

use crate::{
    held,
    reports::{DAY, fours, mark, practice, rated, sheet, with_ids},
};
use framework::{
    assessment::AdaptationClass,
    lifecycle::Status,
    plan::{Helped, Reply, support_figures},
    report::{AskLine, EvidenceUse, PlanAsks, PracticeReport, Registered},
    sheet::{Mark, Sheet},
};

const STANDS: &str = "Where the Practice stands";
const MOVED: &str = "What moved";
const SURE: &str = "How sure that is";
const EXPLAINS: &str = "What explains it";
const AGREE: &str = "How self-rating and review agree";
const NEXT: &str = "What to look at next";

fn said(report: &PracticeReport, lead: &str) -> Vec<String> {
    with_ids(held::under(&held::of_practice(report), lead))
}

fn year(year: &str, but: &[(&str, u8)]) -> Sheet {
    fours("ash", year, "2026.1", but)
}

fn now(but: &[(&str, u8)]) -> PracticeReport {
    practice(vec![year("2026", but)])
}

fn since(before: &[(&str, u8)], after: &[(&str, u8)]) -> PracticeReport {
    practice(vec![year("2025", before), year("2026", after)])
}

#[test]
fn a_first_year_without_a_low_rating_is_soon_said() {
    let report = now(&[]);
    for (lead, sentences) in [
        (
            STANDS,
            &["The overall score is 4.0 of 5, band strong.", "There is no core gap."][..],
        ),
        (
            MOVED,
            &["Drift cannot be told yet. There is no earlier finalised assessment."],
        ),
        (SURE, &["100\u{a0}% of the applicable criteria are rated: 58 agreed."]),
        (EXPLAINS, &["No criterion is rated below 4."]),
        (
            AGREE,
            &["Self-rating and review are the same on every one of 58 pairs of ratings."],
        ),
        (NEXT, &["No criterion asks for an action."]),
    ] {
        assert_eq!(said(&report, lead), sentences);
    }
}

#[test]
fn the_score_is_said_or_why_there_is_none() {
    let open = [("travel-counted", 0), ("caseload-ceiling", 0)];
    for (report, sentence) in [
        (now(&[("hard-days", 5)]), "The overall score is 4.0 of 5, band strong."),
        (now(&[("hard-days", 3)]), "The overall score is 3.9 of 5, band partial."),
        (
            now(&open),
            "There is no overall score. Not enough answered in: Small caseloads.",
        ),
    ] {
        assert_eq!(said(&report, STANDS)[0], sentence);
    }
}

#[test]
fn core_gaps_are_counted_and_up_to_three_named() {
    let high = |gap: &str| {
        let five = |place: usize| {
            let is_gap = crate::reports::framework("2026.1").criteria[place].id.as_str() == gap;
            mark(if is_gap { 2 } else { 5 })
        };
        practice(vec![sheet("ash", "2026", "2026.1", five)])
    };
    for (report, sentence) in [
        (now(&[("travel-counted", 1)]), "There is no core gap."),
        (
            now(&[("engagement-phase", 2)]),
            "There is 1 core gap, rated 1 or 2: “engagement-phase”.",
        ),
        (
            now(&[("engagement-phase", 2), ("practice-board", 1)]),
            "There are 2 core gaps, rated 1 or 2: “engagement-phase” and “practice-board”.",
        ),
        (
            now(&[
                ("practice-board", 1),
                ("data-returns", 1),
                ("no-rescuing", 1),
                ("cover-in-time", 1),
            ]),
            "There are 4 core gaps, rated 1 or 2, among them “cover-in-time”, “no-rescuing” and “practice-board”.",
        ),
        (
            high("no-rescuing"),
            "The mean alone would be strong, but 1 core gap holds it back: “no-rescuing”.",
        ),
    ] {
        assert_eq!(said(&report, STANDS)[1], sentence);
    }
}

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
                "Since 2025, ratings moved down on average: net drift is −0.02, and gross drift, which counts every move, 0.02.",
                "There is no gain.",
                "There is 1 slip, on “travel-counted”, from 4 to 3.",
                "Among the elements, the largest fall is in “Small caseloads” (−0.20 on 5 pairs).",
            ],
        ),
        (
            &[("hard-days", 3)],
            &[("travel-counted", 3)],
            &[
                "Since 2025, rises and falls cancel out: net drift is 0.00, and gross drift, which counts every move, 0.03.",
                "There is 1 gain, on “hard-days”, from 3 to 4.",
                "There is 1 slip, on “travel-counted”, from 4 to 3.",
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
                "Since 2025, ratings moved up on average: net drift is +0.03, and gross drift, which counts every move, 0.10.",
                "There are 3 gains, the largest on “hard-days”, from 2 to 4.",
                "There are 2 slips.",
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
    assert_eq!(last(4), "There are 4 slips.");
}

#[test]
fn an_earlier_year_that_shares_nothing_gives_no_figure() {
    let nothing = sheet("ash", "2025", "2026.1", |_| Mark::default());
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
            if place < n { mark(4) } else { Mark::default() }
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
                "Drift since the previous assessment rests on 1 criterion rated in both, 1\u{a0}% of version 2026.1. That is few, so each rating weighs heavily.",
                "10 elements have too few pairs to be compared alone.",
            ],
        ),
        (
            practice(vec![old, year("2026", &[])]),
            &[
                "Drift since the previous assessment rests on 41 criteria rated in both, 70\u{a0}% of version 2026.1; the assessment before was made under version 2025.1.",
            ],
        ),
    ] {
        let sure = said(&report, SURE);
        assert_eq!(sure[..sure.len() - 1], *sentences);
    }
}

#[test]
fn what_is_not_final_or_not_reviewed_says_so() {
    let mut draft = year("2026", &[("hard-days", 0)]);
    draft.status = Status::Draft;
    for (place, mark) in draft.marks.iter_mut().enumerate() {
        mark.agreed_rating = None;
        mark.review_rating = mark.review_rating.filter(|_| place == 0);
    }
    let report = practice(vec![draft]);
    assert_eq!(
        said(&report, SURE),
        [
            "98\u{a0}% of the applicable criteria are rated: 1 by the reviewer and 56 by the Practice alone.",
            "The assessment is not final (draft): its figures may still change.",
        ]
    );
    assert_eq!(
        said(&report, AGREE),
        [
            "How self-rating and review agree cannot be told. Rated by both sides: 1 criteria; 10 are needed for a figure."
        ]
    );
    assert_eq!(said(&report, NEXT), [""; 0]);
}

#[test]
fn slips_and_low_ratings_are_put_down_to_what_moderation_said() {
    use AdaptationClass::{Consistent, NotConsistent, Unplanned};
    let report = |classes: &[(&str, Option<AdaptationClass>)]| {
        let low: Vec<(&str, u8)> = classes.iter().map(|(id, _)| (*id, 3)).collect();
        let mut current = year("2026", &low);
        let criteria = &crate::reports::framework("2026.1").criteria;
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
    let one = Registered {
        title: "Evenings".to_owned(),
        class: Some(AdaptationClass::Consistent),
        class_name: None,
        since: DAY,
        until: None,
        criteria: vec![],
    };
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
        report.register.in_force = vec![one.clone(); in_force];
        report.register.expired = vec![one.clone(); expired];
        assert_eq!(said(&report, EXPLAINS).get(1).map(String::as_str), sentence);
    }
}

#[test]
fn agreement_is_said_with_its_lean_and_its_interval() {
    let report = |own: fn(usize) -> u8| {
        let marks = |place: usize| Mark {
            self_rating: rated(own(place)),
            review_rating: rated(3 + (place % 3) as u8),
            ..Mark::default()
        };
        practice(vec![sheet("ash", "2026", "2026.1", marks)])
    };
    for (own, sentences) in [
        (
            (|place| (4 + place % 3).min(5) as u8) as fn(usize) -> u8,
            &[
                "Self-rating and review are the same on 32\u{a0}% of 58 pairs of ratings; the self-ratings are higher by 0.67 on average.",
                "Beyond chance, agreement (AC2) is 0.90; the 95\u{a0}% interval is 0.87 to 0.93.",
            ][..],
        ),
        (
            |place| (2 + place % 3) as u8,
            &[
                "Self-rating and review are the same on 0\u{a0}% of 58 pairs of ratings; the self-ratings are lower by 1.00 on average.",
                "Beyond chance, agreement (AC2) is 0.81; the 95\u{a0}% interval is 0.79 to 0.82.",
            ],
        ),
        (
            |place| (5 - place % 3) as u8,
            &[
                "Self-rating and review are the same on 32\u{a0}% of 58 pairs of ratings; the self-ratings are higher by 0.03 on average.",
                "Beyond chance, agreement (AC2) is 0.55; the 95\u{a0}% interval is 0.47 to 0.63.",
            ],
        ),
        (
            |place| if place % 2 == 0 { 1 } else { 5 },
            &[
                "Self-rating and review are the same on 15\u{a0}% of 58 pairs of ratings; the self-ratings are lower by 0.98 on average.",
                "Beyond chance, agreement (AC2) is −0.07; the 95\u{a0}% interval is −0.37 to 0.24, which does not rule out chance.",
            ],
        ),
    ] {
        assert_eq!(said(&report(own), AGREE), sentences);
    }
}

#[test]
fn two_reviewers_agree_or_are_too_few_to_tell() {
    let table = |n: usize, apart: usize| {
        let mut table = framework::agreement::Table::default();
        (0..n).for_each(|i| table.add(rated(4).unwrap(), rated(if i < apart { 3 } else { 4 }).unwrap()));
        Some(table.agreement())
    };
    let lead = "Two people reviewed, neither seeing the other’s ratings at first:";
    for (agreement, sentence) in [
        (table(12, 0), "they agree on every one of 12 pairs of ratings."),
        (table(12, 3), "they agree exactly on 75\u{a0}% of 12 pairs of ratings."),
        (
            table(2, 0),
            "how they agree cannot be told. Rated by both sides: 2 criteria; 10 are needed for a figure.",
        ),
    ] {
        let mut report = now(&[]);
        report.reviewers_agreement = agreement;
        assert_eq!(said(&report, AGREE)[1], format!("{lead} {sentence}"));
    }
}

#[test]
fn support_stands_behind_the_score() {
    let helped = |levels: &[u8]| -> Vec<Option<Helped>> { levels.iter().map(|l| Helped::from_level(*l)).collect() };
    for (levels, wanted, sentence) in [
        (&[][..], 0, None),
        (
            &[],
            1,
            Some(
                "Support was wanted for 1 action of earlier years, and none was recorded since the assessment before.",
            ),
        ),
        (
            &[0],
            0,
            Some(
                "A score also reflects the support behind it: 1 piece of support was recorded since the assessment before, of which the Practice rated none.",
            ),
        ),
        (
            &[5, 4, 4],
            2,
            Some(
                "A score also reflects the support behind it: 3 pieces of support were recorded since the assessment before, which helped by 4.33 of 5 on average; it was wanted for 2 actions of earlier years.",
            ),
        ),
    ] {
        let mut report = now(&[]);
        report.plan.support = support_figures(helped(levels), wanted);
        assert_eq!(said(&report, STANDS).get(2).map(String::as_str), sentence);
    }
}

#[test]
fn what_to_look_at_next_begins_with_core_gaps_without_a_reply() {
    let mut report = since(
        &[],
        &[
            ("engagement-phase", 2),
            ("hard-days", 3),
            ("travel-counted", 2),
            ("meeting-place", 3),
        ],
    );
    let line = |id: &str, reply| {
        let criterion = report.criteria.iter().find(|c| c.id.as_str() == id).unwrap();
        AskLine {
            criterion: criterion.id.clone(),
            title: criterion.title.clone(),
            why: vec![],
            reply,
        }
    };
    report.plan.asks = Some(PlanAsks {
        criteria: 4,
        with_action: 1,
        with_reason: 0,
        missing: 3,
        lines: vec![
            line("hard-days", Reply::Missing),
            line("meeting-place", Reply::Missing),
            line("travel-counted", Reply::Action),
            line("engagement-phase", Reply::Missing),
        ],
    });
    report.evidence = EvidenceUse {
        citations: 20,
        expired: 1,
    };
    assert_eq!(
        said(&report, NEXT),
        [
            "This core gap comes first, for it has neither an action nor a reason for none: “engagement-phase”.",
            "4 slips are worth a conversation, as no agreed adaptation explains them, among them “engagement-phase”, “travel-counted” and “meeting-place”.",
            "4 criteria ask for an action: 1 has an action and 3 have neither yet.",
            "Evidence is cited 20 times, 1 of them past its review-by day.",
        ]
    );
}

#[test]
fn titles_keep_their_letters() {
    let mut report = now(&[("engagement-phase", 2)]);
    let title = "Ŵyl y tŷ: ro’n i’n “teimlo” & gwrando <3";
    report.core_gaps[0].title = title.to_owned();
    let mut criteria = report.criteria.iter_mut();
    criteria.find(|c| c.id.as_str() == "engagement-phase").unwrap().title = title.to_owned();
    assert_eq!(
        said(&report, STANDS)[1],
        format!("There is 1 core gap, rated 1 or 2: “{title}”.")
    );
}
