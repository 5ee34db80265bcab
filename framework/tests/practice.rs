//! A Practice's report carries everything that was said.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use common::{DAY, Edition, library, practice, sheet};
use framework::{
    assessment::{AdaptationClass, Agreement, Answer, Entry, Response, Review, Source},
    evidence::{Cited, Content, Evidence, EvidenceId, Link, Title},
    prose::Prose,
    rating::Rating,
    report::{Beside, PracticeFacts, PracticeReport, practice_report},
    sheet::Mark,
};
use time::{Date, macros::date};

fn text(of: &str) -> Option<Prose> {
    Prose::read(&format!("the {of}")).unwrap()
}

/// a1 slipped from 4 to 2 and is not yet classed, a2 is set aside.
fn report() -> PracticeReport {
    let library = library(&[Edition {
        version: "2026.1",
        elements: &[("a", &["a1 core", "a2 na", "a3"])],
    }]);
    let slipped = Entry {
        answer: Answer {
            response: Some(Response::Rated(Rating::EXPECTED)),
            measure: None,
            evidence: text("evidence"),
            comment: text("comment"),
            adaptation: text("adaptation"),
        },
        review: Review {
            rating: Rating::new(2),
            comment: text("review comment"),
            question: text("review question"),
        },
        readings: vec![],
        agreement: Agreement {
            rating: Rating::new(2),
            comment: text("agreement comment"),
            class: None,
        },
    };
    let mut aside = Entry::default();
    aside.answer.response = Some(Response::NotApplicable(text("reason")));
    let entries = vec![slipped, aside, Entry::default()];
    let mut current = sheet("ash", "2026", "2026.1", "");
    current.marks = entries.iter().map(Mark::from).collect();
    let facts = PracticeFacts {
        practice: practice("ash"),
        sheets: vec![sheet("ash", "2025", "2026.1", "434"), current],
        entries,
        day: DAY,
        beside: Beside {
            evidence: vec![vec![cited("Minutes", DAY), cited("Rota", DAY.previous_day().unwrap())], vec![], vec![]],
            ..Default::default()
        },
    };
    practice_report(&library, &facts).unwrap()
}

/// A link to be reviewed by a day.
fn cited(title: &str, review_by: Date) -> Cited {
    Cited {
        id: EvidenceId::parse("018f0000-0000-7000-8000-000000000000").unwrap(),
        number: 2,
        evidence: Evidence {
            title: Title::read(title).unwrap(),
            shows: text("use of it").unwrap(),
            true_of: date!(2025 - 11 - 03),
            review_by: Some(review_by),
            content: Content::Link(Link::read("https://example.org").unwrap()),
        },
    }
}

#[test]
fn evidence_is_there_with_its_days_and_has_expired_by_the_reports_day_not_by_todays() {
    let report = report();
    assert_eq!((report.evidence.citations, report.evidence.expired), (2, 1));
    let [minutes, rota] = &report.criteria[0].cited[..] else {
        panic!("{:?}", report.criteria[0].cited)
    };
    assert_eq!((minutes.expired, rota.expired), (false, true));
    assert_eq!(minutes.words(), "Link, true of 3 November 2025");
    assert!(rota.words().contains("expired: to be reviewed by"));
    let json = serde_json::to_value(minutes).unwrap();
    assert_eq!((&json["kind"], &json["true_of"], &json["expired"]), (&"link".into(), &"2025-11-03".into(), &false.into()));
    assert!(report.criteria[1].cited.is_empty());
}

#[test]
fn every_text_of_an_entry_is_in_the_report() {
    let json = serde_json::to_value(report()).unwrap();
    for (place, field, text) in [
        (0, "evidence", "the evidence"),
        (0, "comment", "the comment"),
        (0, "adaptation", "the adaptation"),
        (0, "review_comment", "the review comment"),
        (0, "review_question", "the review question"),
        (0, "agreement_comment", "the agreement comment"),
        (1, "reason", "the reason"),
    ] {
        assert_eq!(json["criteria"][place][field], text, "{field}");
    }
    let slip = &json["drift"]["previous"]["unexplained"][0];
    assert_eq!(slip["explanation"], "the adaptation");
    assert_eq!(slip["class_name"], AdaptationClass::Unexplained.name());
}

#[test]
fn each_criterion_says_which_rating_counts_and_what_was_before() {
    let report = report();
    let level = |r: Option<Rating>| r.map(Rating::level);
    let row = |place: usize| {
        let c = &report.criteria[place];
        (
            level(c.self_rating),
            level(c.review_rating),
            level(c.agreed_rating),
            level(c.used),
            c.source,
        )
    };
    assert_eq!(row(0), (Some(4), Some(2), Some(2), Some(2), Some(Source::Agreed)));
    assert_eq!(row(1), (None, None, None, None, None));
    let previous: Vec<_> = report.criteria.iter().map(|c| (level(c.previous), c.d)).collect();
    assert_eq!(previous, [(Some(4), Some(-2)), (Some(3), None), (Some(4), None)]);
    let s = report.sources;
    assert_eq!(
        (s.agreed, s.review, s.self_rated, s.not_applicable, s.unanswered),
        (1, 0, 0, 1, 1)
    );
    assert_eq!(report.overall.core_gaps, [report.core_gaps[0].criterion.clone()]);
}
