//! What each rule says of a Practice. Criteria are named by their ids; Small caseloads has five, the whole version 58.

mod drift;

use crate::{
    held,
    reports::{fours, framework, mark, practice, rated, sheet, with_ids},
};
use framework::{
    lifecycle::Status,
    plan::{Helped, Reply, support_figures},
    report::{AskLine, EvidenceUse, PlanAsks, PracticeReport},
    sheet::{CriterionRatings, Sheet},
};

pub const STANDS: &str = "Where the Practice stands";
pub const MOVED: &str = "What moved";
pub const SURE: &str = "How reliable this is";
pub const EXPLAINS: &str = "What explains it";
pub const AGREE: &str = "How self-rating and review agree";
pub const NEXT: &str = "What to look at next";

pub fn said(report: &PracticeReport, lead: &str) -> Vec<String> {
    with_ids(held::under(&held::of_practice(report), lead))
}

pub fn year(year: &str, but: &[(&str, u8)]) -> Sheet {
    fours("ash", year, "2026.1", but)
}

pub fn now(but: &[(&str, u8)]) -> PracticeReport {
    practice(vec![year("2026", but)])
}

pub fn since(before: &[(&str, u8)], after: &[(&str, u8)]) -> PracticeReport {
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
        (NEXT, &["No criterion needs an action."]),
    ] {
        assert_eq!(said(&report, lead), sentences);
    }
}

#[test]
fn the_figures_to_see_first_are_those_there_are() {
    let open = [("travel-counted", 0), ("caseload-ceiling", 0)];
    for (report, tiles) in [
        (now(&open), &[("Core gaps", "0")][..]),
        (now(&[]), &[("Overall score", "4.0"), ("Core gaps", "0")]),
        (
            since(&[("hard-days", 3)], &[("engagement-phase", 1), ("travel-counted", 3)]),
            &[
                ("Overall score", "3.9"),
                ("Core gaps", "1"),
                ("Net drift", "−0.05"),
                ("Gains", "1"),
                ("Slips", "2"),
                ("Unexplained slips", "2"),
            ],
        ),
    ] {
        let summary = held::of_practice(&report);
        let seen = summary
            .tiles
            .iter()
            .map(|tile| (tile.label, tile.figure.words.as_str()));
        assert_eq!(seen.collect::<Vec<_>>(), tiles);
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
        let five = |index: usize| {
            let is_gap = framework("2026.1").criteria[index].id.as_str() == gap;
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
fn what_is_not_final_or_not_reviewed_says_so() {
    let mut draft = year("2026", &[("hard-days", 0)]);
    draft.status = Status::Draft;
    for (index, mark) in draft.marks.iter_mut().enumerate() {
        mark.agreed_rating = None;
        mark.review_rating = mark.review_rating.filter(|_| index == 0);
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
fn agreement_is_said_with_its_lean_and_its_interval() {
    let report = |own: fn(usize) -> u8| {
        let marks = |index: usize| CriterionRatings {
            self_rating: rated(own(index)),
            review_rating: rated(3 + (index % 3) as u8),
            ..CriterionRatings::default()
        };
        practice(vec![sheet("ash", "2026", "2026.1", marks)])
    };
    for (own, sentences) in [
        (
            (|place| (4 + place % 3).min(5) as u8) as fn(usize) -> u8,
            &[
                "Self-rating and review are the same on 33\u{a0}% of 58 pairs of ratings; the self-ratings are higher by 0.67 on average.",
                "They lie within one level on 100\u{a0}%.",
                "Beyond chance, agreement by kappa is 0.50.",
                "By AC2 it is 0.90; the 95\u{a0}% interval is 0.87 to 0.93, which tells little where most pairs lie within one level.",
            ][..],
        ),
        (
            |place| (2 + place % 3) as u8,
            &[
                "Self-rating and review are the same on 0\u{a0}% of 58 pairs of ratings; the self-ratings are lower by 1.00 on average.",
                "They lie within one level on 100\u{a0}%.",
                "Beyond chance, agreement by kappa is 0.57.",
                "By AC2 it is 0.81; the 95\u{a0}% interval is 0.79 to 0.82, which tells little where most pairs lie within one level.",
            ],
        ),
        (
            |place| (5 - place % 3) as u8,
            &[
                "Self-rating and review are the same on 33\u{a0}% of 58 pairs of ratings; the self-ratings are higher by 0.03 on average.",
                "They lie within one level on 33\u{a0}%.",
                "Beyond chance, agreement by kappa is −1.00.",
                "By AC2 it is 0.55; the 95\u{a0}% interval is 0.47 to 0.63.",
            ],
        ),
        (
            |place| if place % 2 == 0 { 1 } else { 5 },
            &[
                "Self-rating and review are the same on 16\u{a0}% of 58 pairs of ratings; the self-ratings are lower by 0.98 on average.",
                "They lie within one level on 33\u{a0}%.",
                "Beyond chance, agreement by kappa is −0.01.",
                "By AC2 it is −0.07; the 95\u{a0}% interval is −0.37 to 0.24, which does not rule out chance.",
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
                "Support was requested for 1 action of earlier years, and none was recorded since the previous assessment.",
            ),
        ),
        (
            &[0],
            0,
            Some(
                "A score also reflects the support behind it: 1 piece of support was recorded since the previous assessment, of which the Practice rated none.",
            ),
        ),
        (
            &[5, 4, 4],
            2,
            Some(
                "A score also reflects the support behind it: 3 pieces of support were recorded since the previous assessment, which helped by 4.33 of 5 on average; it was wanted for 2 actions of earlier years.",
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
            "4 slips are worth a conversation, as no agreed adaptation explains them, among them “travel-counted”, “meeting-place” and “hard-days”.",
            "4 criteria need an action: 1 has an action and 3 have no plan yet.",
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
