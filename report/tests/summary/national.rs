//! What each rule says of the network. Criteria are named by their ids.

use crate::{
    held,
    reports::{fours, mark, national, rated, sheet, with_ids},
};
use framework::{
    assessment::AdaptationClass,
    clarification::Tally,
    plan::support_figures,
    report::{EvidenceUse, NationalBeside, NationalReport, OpenActions, PlanCounts},
    sheet::Sheet,
};

const DRIFTS: &str = "Who drifts";
const COUNTED: &str = "Who is in the figures";
const STANDS: &str = "Where the network stands";
const MOVED: &str = "What moved";
const SURE: &str = "How reliable this is";
const EXPLAINS: &str = "What explains it";
const AGREE: &str = "How self-rating and review agree";
const PLANS: &str = "Plans, support and evidence";

const NAMES: [&str; 5] = ["ash", "birch", "cedar", "dogwood", "elm"];

fn said(report: &NationalReport, lead: &str) -> Vec<String> {
    with_ids(held::under(&held::of_network(report), lead))
}

fn plain(names: &[&str], sheets: Vec<Sheet>, unfinished: &[&str]) -> NationalReport {
    national(names, sheets, unfinished, NationalBeside::default())
}

/// Returns an assessment with one rating throughout.
fn flat(name: &str, year: &str, level: u8) -> Sheet {
    sheet(name, year, "2026.1", |_| mark(level))
}

/// So many Practices at these levels in 2025 and 2026.
fn levels(of: &[(u8, u8)]) -> NationalReport {
    let sheets = of.iter().zip(NAMES);
    let sheets = sheets.flat_map(|((before, now), name)| [flat(name, "2025", *before), flat(name, "2026", *now)]);
    plain(&NAMES[..of.len()], sheets.collect(), &[])
}

#[test]
fn who_is_in_the_figures_and_who_is_not_is_counted() {
    let finalised = |n: usize| NAMES[..n].iter().map(|name| flat(name, "2026", 4)).collect::<Vec<_>>();
    for (report, sentence) in [
        (
            plain(&[], vec![], &[]),
            "No Practice has a finalised assessment in 2026.",
        ),
        (
            plain(&NAMES, vec![], &["ash"]),
            "No Practice has a finalised assessment in 2026, 1 has one under way and 4 have none.",
        ),
        (
            plain(&NAMES[..1], finalised(1), &[]),
            "1 Practice has a finalised assessment in 2026.",
        ),
        (
            plain(&NAMES, finalised(2), &["cedar", "dogwood"]),
            "2 Practices have a finalised assessment in 2026, 2 have one under way and 1 has none.",
        ),
        (
            plain(&NAMES, finalised(4), &[]),
            "4 Practices have a finalised assessment in 2026 and 1 has none.",
        ),
    ] {
        assert_eq!(said(&report, COUNTED), [sentence]);
    }
}

#[test]
fn without_an_assessment_nothing_else_is_said() {
    let report = plain(&NAMES, vec![flat("ash", "2025", 4)], &["birch"]);
    let summary = held::of_network(&report);
    assert_eq!((summary.statements().count(), summary.tiles), (1, vec![]));
}

#[test]
fn where_the_network_stands_is_said_of_one_and_of_many() {
    let open = [("travel-counted", 0), ("caseload-ceiling", 0)];
    let gap = [("no-rescuing", 2), ("hard-days", 5)];
    for (sheets, sentences) in [
        (
            vec![fours("ash", "2026", "2026.1", &[("hard-days", 5)])],
            &[
                "The overall score of the 1 Practice is 4.0.",
                "No Practice has a core gap.",
            ][..],
        ),
        (
            vec![fours("ash", "2026", "2026.1", &open)],
            &[
                "There is no median overall score. No Practice has a figure here in this cycle.",
                "No Practice has a core gap.",
            ],
        ),
        (
            vec![
                flat("ash", "2026", 4),
                flat("birch", "2026", 5),
                fours("cedar", "2026", "2026.1", &gap),
            ],
            &[
                "The median overall score of 3 Practices is 4.0.",
                "67\u{a0}% of the Practices with a score are at 4 or above.",
                "2 Practices are banded strong: 4 or above, without a core gap.",
                "1 Practice has at least one core gap.",
                "Among the elements, the median is highest in “Trauma-informed relationships” (4.2).",
            ],
        ),
    ] {
        assert_eq!(said(&plain(&NAMES, sheets, &[]), STANDS), sentences);
    }
    let report = plain(
        &NAMES,
        vec![flat("ash", "2026", 4), fours("birch", "2026", "2026.1", &open)],
        &[],
    );
    assert_eq!(
        said(&report, COUNTED)[1],
        "1 Practice has no overall score and is left out of its median."
    );
}

#[test]
fn network_drift_is_told_with_how_sure_it_is_and_what_it_rests_on() {
    let apart = "The spread of the overall scores, the distance between their quartiles, ";
    for (of, sentences) in [
        (
            &[(4, 4)][..],
            &[
                "Since 2025, ratings held steady: network drift is 0.00.".to_owned(),
                "It rests on 1 Practice and 58 pairs of ratings: no gain, no slip.".to_owned(),
            ][..],
        ),
        (
            &[(4, 5), (4, 5), (4, 5)],
            &[
                "Since 2025, ratings rose: network drift is +1.00.".to_owned(),
                "It rests on 3 Practices and 174 pairs of ratings: 174 gains, no slip.".to_owned(),
            ],
        ),
        (
            // −1 −1 0 0 +1: mean −0.2, SD 0.83666, s.e. 0.37417, t 2.77645
            &[(4, 3), (4, 3), (4, 4), (4, 4), (3, 4)],
            &[
                "Since 2025, ratings fell: network drift is −0.20, 95\u{a0}% interval −1.24 to +0.84, which may be chance."
                    .to_owned(),
                "It rests on 5 Practices and 290 pairs of ratings: 58 gains, 116 slips.".to_owned(),
                format!("{apart}grew: +1.00, which counts as widening."),
                "The spread grew by 0.5 or more in 10 elements, among them “Trauma-informed relationships” (+1.00), “Skilled practitioners” (+1.00) and “Small caseloads” (+1.00)."
                    .to_owned(),
            ],
        ),
        (
            &[(5, 4), (5, 4), (4, 3), (3, 2), (3, 2)],
            &["Since 2025, ratings fell: network drift is −1.00, 95\u{a0}% interval −1.00 to −1.00.".to_owned()],
        ),
    ] {
        let found = said(&levels(of), MOVED);
        assert_eq!(found[..sentences.len().min(found.len())], *sentences);
    }
}

#[test]
fn who_asks_for_a_conversation_is_counted_and_none_is_said() {
    for (of, sentence) in [
        (
            &[(4, 4), (4, 4)][..],
            "No Practice asks for a conversation about what moved since 2025.",
        ),
        (
            &[(4, 3), (4, 4)],
            "1 Practice asks for a conversation about what moved since 2025.",
        ),
        (
            &[(4, 3), (4, 2)],
            "2 Practices ask for a conversation about what moved since 2025.",
        ),
    ] {
        assert_eq!(said(&levels(of), DRIFTS), [sentence]);
    }
    assert!(said(&plain(&NAMES, vec![flat("ash", "2026", 4)], &[]), DRIFTS).is_empty());
}

#[test]
fn elements_and_criteria_that_moved_most_are_named() {
    let sheets = ["ash", "birch"].into_iter().flat_map(|name| {
        let slips = [("travel-counted", 2), ("caseload-ceiling", 3), ("hard-days", 5)];
        let slips = if name == "ash" { &slips[..] } else { &slips[..1] };
        [fours(name, "2025", "2026.1", &[]), fours(name, "2026", "2026.1", slips)]
    });
    let report = plain(&NAMES, sheets.collect(), &[]);
    assert_eq!(
        said(&report, MOVED)[2..],
        [
            "Among the elements, the largest rise is in “Trauma-informed relationships” (+0.08) and the largest fall is in “Small caseloads” (−0.50).",
            "The criterion that slipped in most Practices is “travel-counted” (2 Practices, 2 unexplained).",
        ]
    );
}

#[test]
fn the_first_cycle_and_one_that_shares_nothing_give_no_movement() {
    let first = plain(&NAMES, vec![flat("ash", "2026", 4)], &[]);
    assert_eq!(
        said(&first, MOVED),
        ["How the network moved cannot be told yet. There is no earlier cycle."]
    );
    assert_eq!(
        (said(&first, SURE), said(&first, EXPLAINS)),
        (vec![], vec!["No rating is below 4.".to_owned()])
    );
    let others = plain(&NAMES, vec![flat("ash", "2025", 4), flat("birch", "2026", 4)], &[]);
    assert_eq!(
        said(&others, MOVED),
        ["There is no figure since 2025. No Practice has a comparable rating in both cycles."]
    );
    assert_eq!(
        said(&others, SURE),
        ["Of the 58 criteria of version 2026.1, none can be compared with 2025."]
    );
}

#[test]
fn how_sure_it_is_goes_by_versions_and_by_practices_in_both_cycles() {
    let mut sheets: Vec<Sheet> = NAMES.iter().map(|name| flat(name, "2026", 4)).collect();
    sheets.push(fours("ash", "2025", "2025.1", &[]));
    sheets.push(fours("birch", "2025", "2025.1", &[]));
    assert_eq!(
        said(&plain(&NAMES, sheets, &[]), SURE),
        [
            "Of the 58 criteria of version 2026.1, 41 can be compared with 2025.",
            "Network drift rests on 2 of the 5 Practices with a finalised assessment: less than half.",
        ]
    );
    assert_eq!(
        said(&levels(&[(4, 4)]), SURE),
        ["Of the 58 criteria of version 2026.1, 58 can be compared with 2025."]
    );
}

#[test]
fn slips_and_low_ratings_of_all_practices_are_put_down() {
    let mut report = levels(&[(4, 4), (4, 4)]);
    assert_eq!(
        said(&report, EXPLAINS),
        [
            "In the 2 Practices with an earlier assessment, no rating slipped.",
            "No rating is below 4."
        ]
    );
    let mut slipped = fours(
        "ash",
        "2026",
        "2026.1",
        &[("travel-counted", 3), ("hard-days", 3), ("meeting-place", 3)],
    );
    let classes = [
        Some(AdaptationClass::Consistent),
        Some(AdaptationClass::Unplanned),
        None,
    ];
    let low = slipped.marks.iter_mut().filter(|mark| mark.agreed_rating == rated(3));
    low.zip(classes).for_each(|(mark, class)| mark.class = class);
    report = plain(&NAMES, vec![flat("ash", "2025", 4), slipped], &[]);
    assert_eq!(
        said(&report, EXPLAINS),
        [
            "In the 1 Practice with an earlier assessment, 3 ratings slipped: 1 is agreed and consistent, 1 is unplanned drift and 1 is not yet explained.",
            "No agreed adaptation explains 2 slips.",
            "Of the ratings below 4, 1 is agreed and consistent, 1 is unplanned drift and 1 is not yet explained.",
        ]
    );
}

#[test]
fn agreement_and_clarifications_are_counted_over_all_practices() {
    for (asked, resolved, carried, sentence) in [
        (0, 0, 0, None),
        (
            1,
            0,
            0,
            Some("Reviewers asked for a clarification on 1 criterion rating."),
        ),
        (
            9,
            6,
            1,
            Some(
                "Reviewers asked for a clarification on 9 criterion ratings: 6 were resolved and 1 was carried on as an action.",
            ),
        ),
    ] {
        let beside = NationalBeside {
            clarifications: Tally {
                asked,
                resolved,
                carried,
            },
            read_twice: vec![vec![[rated(4).unwrap(), rated(5).unwrap()]; 12]],
            ..NationalBeside::default()
        };
        let report = national(
            &NAMES,
            vec![flat("ash", "2026", 4), flat("birch", "2026", 5)],
            &[],
            beside,
        );
        let sentences = said(&report, AGREE);
        assert_eq!(
            sentences[..2],
            [
                "Self-rating and review are the same on every one of 116 pairs of ratings.",
                "Where two people reviewed, neither seeing the other’s ratings at first, they agree exactly on 0\u{a0}% of 12 pairs of ratings.",
            ]
        );
        assert_eq!(sentences.get(2).map(String::as_str), sentence);
    }
}

#[test]
fn plans_and_support_are_added_up() {
    let plan = |open, overdue, done, recorded: usize, wanted| PlanCounts {
        open,
        done,
        dropped: 0,
        overdue,
        support: support_figures(vec![None; recorded], wanted),
    };
    for (plans, evidence, sentences) in [
        ([plan(0, 0, 0, 0, 0), plan(0, 0, 0, 0, 0)], [0, 0], &[][..]),
        (
            [plan(1, 0, 0, 0, 0), plan(0, 0, 0, 0, 1)],
            [3, 0],
            &[
                "1 action of the Practices in the figures is open and none is done.",
                "Support was requested for 1 action of earlier years, and none was recorded.",
                "Evidence is cited 3 times, never past its review-by day.",
            ],
        ),
        (
            [plan(4, 1, 2, 1, 0), plan(3, 1, 1, 2, 2)],
            [30, 4],
            &[
                "7 actions of the Practices in the figures are open, 2 of them overdue and 3 are done.",
                "9 actions of all Practices are open today, 3 of them overdue.",
                "3 pieces of support were recorded, and the Practices rated none; it was wanted for 2 actions of earlier years.",
                "Evidence is cited 30 times, 4 of them past its review-by day.",
            ],
        ),
    ] {
        let beside = NationalBeside {
            evidence: EvidenceUse {
                citations: evidence[0],
                expired: evidence[1],
            },
            ..NationalBeside::default()
        };
        let mut report = national(
            &NAMES,
            vec![flat("ash", "2026", 4), flat("birch", "2026", 4)],
            &[],
            beside,
        );
        let [open, overdue] = [
            plans.iter().map(|plan| plan.open).sum::<usize>(),
            plans.iter().map(|plan| plan.overdue).sum(),
        ];
        for (practice, plan) in report.practices.iter_mut().zip(plans) {
            practice.plan = plan;
        }
        // beside those in the figures two more are open elsewhere, one of them overdue
        let elsewhere = if open > 1 { [2, 1] } else { [0, 0] };
        report.open_actions = OpenActions {
            open: open + elsewhere[0],
            overdue: overdue + elsewhere[1],
        };
        assert_eq!(said(&report, PLANS), sentences);
    }
}

#[test]
fn a_network_too_large_for_pages_has_the_same_sentences() {
    for n in [120, 510] {
        let names: Vec<String> = (0..n).map(|place| format!("p{place}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let sheets = names.iter().enumerate().skip(2).flat_map(|(index, name)| {
            let slips = &[("travel-counted", 3)][..index % 2];
            [fours(name, "2025", "2025.1", &[]), fours(name, "2026", "2026.1", slips)]
        });
        let report = plain(&names, sheets.collect(), &["p0"]);
        let finalised = n - 2;
        assert_eq!(
            said(&report, COUNTED),
            [format!(
                "{finalised} Practices have a finalised assessment in 2026, 1 has one under way and 1 has none."
            )]
        );
        assert_eq!(
            said(&report, EXPLAINS)[0],
            format!(
                "In the {finalised} Practices with an earlier assessment, {n} ratings slipped: {n} are not yet explained.",
                n = finalised / 2,
            )
        );
    }
}
