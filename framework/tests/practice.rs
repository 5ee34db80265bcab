//! A Practice's report carries everything that was said.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use common::{DAY, Edition, library, practice, sheet};
use framework::{
    adaptation::{
        Adaptation, AdaptationId, AsOf, Core, Decision, Level, Proposal, Reason, Round, Ruling, Stamp, Timing,
    },
    assessment::{AdaptationClass, Agreement, Answer, Entry, Response, Review, Source},
    clarification::{Message, Side, Thread, ThreadStatus},
    evidence::{Cited, Content, Evidence, EvidenceId, Link, Title},
    ids::CriterionId,
    prose::Prose,
    rating::Rating,
    report::{PracticeFacts, PracticeReport, Register, ReportContext, Split, practice_report},
    sheet::CriterionRatings,
};
use time::{Date, macros::date};
use uuid::Uuid;

fn text(of: &str) -> Option<Prose> {
    Prose::read(&format!("the {of}")).unwrap()
}

fn thread() -> Thread {
    let message = |side, words| Message {
        side,
        who: "Somebody".to_owned(),
        at: time::macros::datetime!(2026-03-02 10:00 UTC),
        text: text(words).unwrap(),
    };
    Thread {
        state: ThreadStatus::Answered,
        messages: vec![message(Side::National, "asked"), message(Side::Practice, "answered")],
    }
}

/// a1 slipped from 4 to 2 and is not yet classed, a2 is set aside.
fn report() -> PracticeReport {
    report_beside(Register::default(), None)
}

/// Returns the same beside a register, with the adaptation that moderation named for a1.
fn report_beside(register: Register, adaptation: Option<AdaptationId>) -> PracticeReport {
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
            adaptation,
        },
    };
    let mut aside = Entry::default();
    aside.answer.response = Some(Response::NotApplicable(text("reason")));
    let entries = vec![slipped, aside, Entry::default()];
    let mut current = sheet("ash", "2026", "2026.1", "");
    current.marks = entries.iter().map(CriterionRatings::from).collect();
    let facts = PracticeFacts {
        practice: practice("ash"),
        sheets: vec![sheet("ash", "2025", "2026.1", "434"), current],
        entries,
        day: DAY,
        beside: ReportContext {
            register,
            clarifications: [(CriterionId::parse("a1").unwrap(), thread())].into(),
            evidence: vec![
                vec![cited("Minutes", DAY), cited("Rota", DAY.previous_day().unwrap())],
                vec![],
                vec![],
            ],
            ..ReportContext::default()
        },
    };
    practice_report(&library, &facts).unwrap()
}

/// Returns a link to be reviewed by a day.
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
    assert_eq!(
        (&json["kind"], &json["true_of"], &json["expired"]),
        (&"link".into(), &"2025-11-03".into(), &false.into())
    );
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
    let thread = &json["criteria"][0]["clarification"];
    assert_eq!(thread["state"], "answered");
    let said: Vec<_> = (thread["messages"].as_array().unwrap().iter())
        .map(|m| {
            (
                m["side"].as_str().unwrap(),
                m["at"].as_str().unwrap(),
                m["text"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            ("national", "2026-03-02T10:00:00Z", "the asked"),
            ("practice", "2026-03-02T10:00:00Z", "the answered"),
        ]
    );
    assert!(
        !json.to_string().contains("Somebody"),
        "a report names the side, not the person"
    );
    let slip = &json["drift"]["previous"]["unexplained"][0];
    assert_eq!(slip["explanation"], "the adaptation");
    assert_eq!(slip["class_name"], AdaptationClass::Unexplained.name());
}

#[test]
fn each_criterion_says_which_rating_counts_and_what_was_before() {
    let report = report();
    let level = |r: Option<Rating>| r.map(Rating::level);
    let row = |index: usize| {
        let c = &report.criteria[index];
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

/// Agreed for a1 and for a criterion that no version has any more, until a day.
fn agreed(id: u128, title: &str, until: Option<Date>) -> Adaptation {
    let stamp = Stamp {
        by: "Ann".into(),
        at: date!(2025 - 01 - 10).midnight().assume_utc(),
    };
    let prose = |of| text(of).unwrap();
    let round = Round {
        proposal: Proposal {
            title: title.into(),
            what: prose("change"),
            criteria: ["a1", "gone"].map(|id| CriterionId::parse(id).unwrap()).into(),
            timing: Timing::Planned,
            since: date!(2025 - 01 - 01),
            until: None,
            decided_by: "Practice lead".into(),
            level: Level::Team,
            reasons: [Reason::Money].into(),
            why: prose("reason"),
            core: Core::Keeps,
            core_why: prose("core"),
        },
        saved: stamp.clone(),
        proposed: Some(stamp.clone()),
        decision: Some(Decision {
            ruling: Ruling::Consistent,
            reason: prose("decision"),
            until,
            stamp,
        }),
    };
    Adaptation {
        id: AdaptationId(Uuid::from_u128(id)),
        rounds: vec![round],
    }
}

#[test]
fn the_register_stands_beside_the_figures_as_it_was_on_the_day() {
    let register = Register {
        at: Some(AsOf::on(DAY)),
        adaptations: vec![
            agreed(1, "Over", Some(date!(2025 - 12 - 31))),
            agreed(2, "Library", Some(DAY)),
            agreed(3, "Endless", None),
        ],
    };
    let report = report_beside(register, Some(AdaptationId(Uuid::from_u128(1))));
    let titles = |all: &[framework::report::Registered]| all.iter().map(|one| one.title.clone()).collect::<Vec<_>>();
    assert_eq!(titles(&report.register.in_force), ["Endless", "Library"]);
    assert_eq!(titles(&report.register.expired), ["Over"]);
    let criteria = &report.register.in_force[0].criteria;
    assert_eq!(
        (criteria[0].title.as_str(), criteria[1].title.as_str()),
        ("The team does a1", "gone")
    );
    assert_eq!(report.criteria[0].named.as_deref(), Some("Over"));
    assert_eq!(
        report.below,
        Split {
            unexplained: 1,
            ..Split::default()
        }
    );
    assert_eq!(
        report.drift.previous.unwrap().split,
        Split {
            unexplained: 1,
            ..Split::default()
        }
    );
    let json = serde_json::to_value(&report.register).unwrap();
    assert_eq!(json["day"], "2026-03-02");
    assert_eq!(json["expired"][0]["until"], "2025-12-31");
    assert_eq!(json["in_force"][1]["class"], "consistent");
    // an imported assessment has no day, and nothing stands beside it
    let none = report_beside(
        Register {
            at: None,
            adaptations: vec![agreed(1, "Over", None)],
        },
        None,
    );
    assert_eq!((none.register.day, none.register.in_force.len()), (None, 0));
}
