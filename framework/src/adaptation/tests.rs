//! Who may do what, what holds on which day, and what still explains.

use super::*;
use crate::{assessment::Agreement, day::DayForm, rating::Rating, report::Split, sheet::CriterionRatings};
use proptest::prelude::*;
use time::{Duration, macros::date};

const STANDINGS: [Standing; 7] = [
    Standing::Observer,
    Standing::Administrator,
    Standing::Reviewer,
    Standing::Lead,
    Standing::Contributor,
    Standing::Reader,
    Standing::Stranger,
];

fn criterion(id: &str) -> CriterionId {
    CriterionId::parse(id).unwrap()
}

fn prose(text: &str) -> Prose {
    Prose::read(text).unwrap().unwrap()
}

fn proposal(since: Date, criteria: &[&str]) -> Proposal {
    Proposal {
        title: "Meetings in the library".into(),
        what: prose("We meet in the library."),
        criteria: criteria.iter().map(|id| criterion(id)).collect(),
        timing: Timing::Planned,
        since,
        until: None,
        decided_by: "Practice lead".into(),
        level: Level::Team,
        reasons: [Reason::Place].into(),
        why: prose("Buses stopped."),
        core: Core::Keeps,
        core_why: prose("Women still choose."),
    }
}

fn stamp(day: Date) -> Stamp {
    Stamp {
        by: "Ann".into(),
        at: day.midnight().assume_utc(),
    }
}

/// Returns a decided round: the ruling, since, until, decided on.
fn round(ruling: Ruling, since: Date, until: Option<Date>, decided: Date) -> Round {
    Round {
        proposal: proposal(since, &["a"]),
        saved: stamp(decided),
        proposed: Some(stamp(decided)),
        decision: Some(Decision {
            ruling,
            reason: prose("As talked through."),
            until,
            stamp: stamp(decided),
        }),
    }
}

fn draft(since: Date) -> Round {
    Round {
        proposal: proposal(since, &["a"]),
        saved: stamp(since),
        proposed: None,
        decision: None,
    }
}

fn adaptation(rounds: Vec<Round>) -> Adaptation {
    Adaptation {
        id: AdaptationId(Uuid::from_u128(1)),
        rounds,
    }
}

#[test]
fn every_state_action_and_standing_is_decided_as_in_the_table() {
    use AdaptationStatus::*;
    use Ruling::*;
    let actions = [
        AdaptationOperation::Write,
        AdaptationOperation::Propose,
        AdaptationOperation::Withdraw,
    ]
    .into_iter()
    .chain(Ruling::ALL.map(AdaptationOperation::Decide));
    for action in actions {
        for state in AdaptationStatus::ALL {
            for standing in STANDINGS {
                let member = matches!(standing, Standing::Lead | Standing::Contributor);
                let lead = standing == Standing::Lead;
                let national = matches!(standing, Standing::Reviewer | Standing::Administrator);
                let expected = match (action, state) {
                    (AdaptationOperation::Write, Draft | Decided(Consistent | NotConsistent | Refused)) if member => {
                        Some(Draft)
                    }
                    (AdaptationOperation::Propose, Draft) if lead => Some(Proposed),
                    (AdaptationOperation::Withdraw, Proposed) if lead => Some(Draft),
                    (AdaptationOperation::Decide(ruling), Proposed) if national => Some(Decided(ruling)),
                    _ => None,
                };
                assert_eq!(
                    next(state, action, standing).ok(),
                    expected,
                    "{state:?} {action:?} {standing:?}"
                );
            }
        }
    }
}

#[test]
fn the_practice_reads_all_national_pause_no_draft_and_readers_agreements() {
    for state in AdaptationStatus::ALL {
        let agreed = matches!(state, AdaptationStatus::Decided(ruling) if ruling.class().is_some());
        for (standing, expected) in [
            (Standing::Lead, true),
            (Standing::Contributor, true),
            (Standing::Reviewer, state != AdaptationStatus::Draft),
            (Standing::Administrator, state != AdaptationStatus::Draft),
            (Standing::Reader, agreed),
            (Standing::Observer, agreed),
            (Standing::Stranger, false),
        ] {
            assert_eq!(may_read(state, standing), expected, "{state:?} {standing:?}");
        }
    }
    let both = adaptation(vec![
        round(Ruling::Refused, date!(2025 - 01 - 01), None, date!(2025 - 01 - 05)),
        draft(date!(2025 - 02 - 01)),
    ]);
    assert_eq!(both.clone().seen_by(Standing::Lead).unwrap().rounds.len(), 2);
    assert_eq!(both.clone().seen_by(Standing::Reviewer).unwrap().rounds.len(), 1);
    assert_eq!(both.seen_by(Standing::Reader), None);
}

#[test]
fn an_agreement_holds_from_its_first_day_to_its_last() {
    use Ruling::*;
    let (since, until) = (date!(2025 - 03 - 01), date!(2025 - 08 - 31));
    let decided = date!(2025 - 04 - 10);
    for (what, ruling, until, day, expected) in [
        ("the day before", Consistent, Some(until), date!(2025 - 02 - 28), false),
        ("the first day", Consistent, Some(until), since, true),
        (
            "before it was decided",
            NotConsistent,
            Some(until),
            date!(2025 - 03 - 15),
            true,
        ),
        ("the last day", Consistent, Some(until), until, true),
        ("the day after", Consistent, Some(until), date!(2025 - 09 - 01), false),
        ("without an end", NotConsistent, None, date!(2035 - 09 - 01), true),
        ("refused", Refused, Some(until), date!(2025 - 05 - 01), false),
    ] {
        let adaptation = adaptation(vec![round(ruling, since, until, decided)]);
        let at = AsOf::on(day);
        assert_eq!(adaptation.in_force(at).is_some(), expected, "{what}");
        assert_eq!(adaptation.covering(&criterion("a"), at).is_some(), expected, "{what}");
        assert_eq!(adaptation.covering(&criterion("b"), at), None, "{what}");
    }
    assert_eq!(adaptation(vec![draft(since)]).in_force(AsOf::on(decided)), None);
}

#[test]
fn a_later_agreement_counts_from_the_day_it_is_made_and_a_refusal_takes_nothing_away() {
    let day = |month, day| Date::from_calendar_date(2025, time::Month::try_from(month).unwrap(), day).unwrap();
    let first = round(Ruling::Consistent, day(1, 1), Some(day(12, 31)), day(1, 10));
    let shorter = round(Ruling::NotConsistent, day(1, 1), Some(day(6, 30)), day(6, 1));
    let refused = round(Ruling::Refused, day(1, 1), None, day(3, 1));
    let class = |rounds: &[&Round], day| {
        adaptation(rounds.iter().map(|r| (*r).clone()).collect())
            .in_force(AsOf::on(day))
            .and_then(Round::class)
    };
    use AdaptationClass::*;
    assert_eq!(class(&[&first, &refused], day(9, 1)), Some(Consistent));
    assert_eq!(
        class(&[&first, &refused, &draft(day(1, 1))], day(9, 1)),
        Some(Consistent)
    );
    assert_eq!(class(&[&first, &shorter], day(6, 1)), Some(NotConsistent));
    assert_eq!(class(&[&first, &shorter], day(9, 1)), None);
    // an assessment finalised before the second decision does not know it
    let adaptation = adaptation(vec![first, shorter]);
    let at = AsOf {
        day: day(9, 1),
        closed: Some(day(5, 1).midnight().assume_utc()),
    };
    assert_eq!(adaptation.in_force(at).and_then(Round::class), Some(Consistent));
}

#[test]
fn what_is_over_explains_nothing() {
    use AdaptationClass::*;
    let end = date!(2025 - 08 - 31);
    let register = [adaptation(vec![round(
        Ruling::Consistent,
        date!(2025 - 03 - 01),
        Some(end),
        date!(2025 - 03 - 02),
    )])];
    let known = Some(register[0].id);
    let stranger = Some(AdaptationId(Uuid::from_u128(9)));
    let (within, after) = (Some(AsOf::on(end)), Some(AsOf::on(date!(2025 - 09 - 01))));
    for (what, class, named, at, on, expected) in [
        ("in force", Some(Consistent), known, within, "a", Some(Consistent)),
        ("over", Some(Consistent), known, after, "a", Some(Unexplained)),
        ("over", Some(NotConsistent), known, after, "a", Some(Unexplained)),
        (
            "does not cover it",
            Some(Consistent),
            known,
            within,
            "b",
            Some(Unexplained),
        ),
        (
            "not in the register",
            Some(Consistent),
            stranger,
            within,
            "a",
            Some(Unexplained),
        ),
        ("no day", Some(Consistent), known, None, "a", Some(Unexplained)),
        (
            "of an earlier year",
            Some(Consistent),
            None,
            after,
            "a",
            Some(Consistent),
        ),
        ("imported", Some(NotConsistent), None, None, "a", Some(NotConsistent)),
        ("drift is drift", Some(Unplanned), None, after, "a", Some(Unplanned)),
        ("nothing", None, None, within, "a", None),
    ] {
        assert_eq!(
            effective(&criterion(on), class, named, &register, at),
            expected,
            "{what}"
        );
    }
    assert_eq!(register[0].phase(end), Phase::InForce);
    assert_eq!(register[0].phase(date!(2025 - 09 - 01)), Phase::Expired);
    assert_eq!(register[0].ends_soon(date!(2025 - 07 - 02)), Some(end));
    assert_eq!(register[0].ends_soon(date!(2025 - 07 - 01)), None);
    assert!(register[0].expired(AsOf::on(date!(2025 - 09 - 01))).is_some());
    assert!(register[0].expired(AsOf::on(end)).is_none());
}

#[test]
fn moderation_takes_an_adaptation_of_the_register_or_says_drift() {
    use AdaptationClass::*;
    let end = date!(2025 - 08 - 31);
    let register = [adaptation(vec![round(
        Ruling::NotConsistent,
        date!(2025 - 03 - 01),
        Some(end),
        end,
    )])];
    let (within, after) = (Some(AsOf::on(end)), Some(AsOf::on(date!(2025 - 09 - 01))));
    let said = |class, adaptation| Agreement {
        class,
        adaptation,
        ..Agreement::default()
    };
    let known = Some(register[0].id);
    // the class is the decision's, whatever the form says
    for class in [None, Some(Consistent), Some(Unplanned)] {
        let saved = put_down(&criterion("a"), said(class, known), &register, within).unwrap();
        assert_eq!((saved.class, saved.adaptation), (Some(NotConsistent), known));
    }
    for (what, on, said, at) in [
        ("over", "a", said(None, known), after),
        ("does not cover it", "b", said(None, known), within),
        ("no day", "a", said(None, known), None),
        ("without an entry", "a", said(Some(Consistent), None), within),
        ("without an entry", "a", said(Some(NotConsistent), None), within),
    ] {
        assert!(put_down(&criterion(on), said, &register, at).is_err(), "{what}");
    }
    for class in [None, Some(Unplanned), Some(Unexplained)] {
        let said = said(class, None);
        assert_eq!(put_down(&criterion("a"), said.clone(), &register, within), Ok(said));
    }
}

#[test]
fn low_ratings_and_slips_are_to_explain() {
    let mark = |review, agreed| CriterionRatings {
        self_rating: Rating::new(2),
        review_rating: Rating::new(review),
        agreed_rating: Rating::new(agreed),
        ..CriterionRatings::default()
    };
    for (what, mark, before, expected) in [
        ("nothing reviewed", mark(0, 0), 5, false),
        ("expected", mark(4, 0), 0, false),
        ("low", mark(3, 0), 0, true),
        ("low before, low now", mark(3, 0), 3, true),
        ("a slip", mark(4, 0), 5, true),
        ("a gain", mark(5, 0), 4, false),
        ("agreed counts", mark(3, 4), 4, false),
        ("agreed counts", mark(4, 3), 4, true),
        (
            "set aside",
            CriterionRatings {
                not_applicable: true,
                ..mark(3, 0)
            },
            4,
            false,
        ),
    ] {
        assert_eq!(to_explain(&mark, Rating::new(before)), expected, "{what}");
    }
}

#[test]
fn a_form_says_everything_that_is_missing_and_keeps_what_was_typed() {
    let errors = ProposalForm::default().read().unwrap_err();
    let fields: Vec<_> = errors.iter().map(|error| error.field).collect();
    assert_eq!(
        fields,
        [
            "title",
            "what",
            "criteria",
            "timing",
            "since",
            "decided_by",
            "level",
            "reasons",
            "why",
            "core",
            "core_why"
        ]
    );
    let full = ProposalForm::of(&proposal(date!(2026 - 03 - 01), &["a", "b"]));
    assert_eq!(full.read(), Ok(proposal(date!(2026 - 03 - 01), &["a", "b"])));
    let fields = |form: ProposalForm| {
        form.read()
            .unwrap_err()
            .into_iter()
            .map(|e| e.field)
            .collect::<Vec<_>>()
    };
    let until = |text: [&str; 3]| DayForm {
        day: text[0].into(),
        month: text[1].into(),
        year: text[2].into(),
    };
    for (what, form, expected) in [
        (
            "ends before it begins",
            ProposalForm {
                until: until(["28", "2", "2026"]),
                ..full.clone()
            },
            "until",
        ),
        (
            "no such day",
            ProposalForm {
                until: until(["30", "2", "2027"]),
                ..full.clone()
            },
            "until",
        ),
        (
            "too long",
            ProposalForm {
                title: "x".repeat(151),
                ..full.clone()
            },
            "title",
        ),
        (
            "unknown words",
            ProposalForm {
                core: "perhaps".into(),
                ..full.clone()
            },
            "core",
        ),
    ] {
        assert_eq!(fields(form), [expected], "{what}");
    }
}

fn a_day() -> impl Strategy<Value = Date> {
    (0..900_i64).prop_map(|days| date!(2024 - 01 - 01) + Duration::days(days))
}

fn a_round() -> impl Strategy<Value = Round> {
    let ruling = prop::sample::select(Ruling::ALL.to_vec());
    (ruling, a_day(), prop::option::of(0..500_i64), a_day()).prop_map(|(ruling, since, lasts, decided)| {
        round(ruling, since, lasts.map(|n| since + Duration::days(n)), decided)
    })
}

/// Decided one after the other, as they are.
fn an_adaptation() -> impl Strategy<Value = Adaptation> {
    prop::collection::vec(a_round(), 1..5).prop_map(|mut rounds| {
        rounds.sort_by_key(|round| round.decision.as_ref().map(|d| d.stamp.at));
        adaptation(rounds)
    })
}

proptest! {
    #[test]
    fn whatever_is_in_force_was_agreed_and_its_days_include_the_day(adaptation in an_adaptation(), day in a_day()) {
        match adaptation.in_force(AsOf::on(day)) {
            Some(round) => {
                prop_assert!(round.agreed().is_some());
                prop_assert!(round.proposal.since <= day && round.until().is_none_or(|until| day <= until));
                prop_assert!(adaptation.expired(AsOf::on(day)).is_none());
                prop_assert_eq!(adaptation.phase(day), Phase::InForce);
            }
            None => prop_assert!(adaptation.phase(day) != Phase::InForce),
        }
    }

    #[test]
    fn a_finalised_assessment_never_learns_of_a_later_decision(
        adaptation in an_adaptation(), later in a_round(), day in a_day(), closed in a_day(),
    ) {
        let at = AsOf { day, closed: Some(closed.midnight().assume_utc()) };
        let decision = later.decision.clone().unwrap();
        prop_assume!(decision.stamp.at > closed.midnight().assume_utc());
        let mut more = adaptation.clone();
        more.rounds.push(later);
        prop_assert_eq!(adaptation.in_force(at), more.in_force(at));
        prop_assert_eq!(adaptation.expired(at), more.expired(at));
    }

    #[test]
    fn what_moderation_could_save_is_what_figures_count(adaptation in an_adaptation(), day in a_day()) {
        let (register, at) = ([adaptation], Some(AsOf::on(day)));
        let chosen = Agreement { adaptation: Some(register[0].id), ..Agreement::default() };
        let of = criterion("a");
        let counted = |class| effective(&of, class, chosen.adaptation, &register, at);
        match put_down(&of, chosen.clone(), &register, at) {
            Ok(saved) => prop_assert_eq!(counted(saved.class), saved.class),
            Err(_) => prop_assert_eq!(counted(Some(AdaptationClass::Consistent)), Some(AdaptationClass::Unexplained)),
        }
    }

    #[test]
    fn classes_add_up(classes in prop::collection::vec(prop::option::of(prop::sample::select(AdaptationClass::ALL.to_vec())), 0..60), at in 0..60_usize) {
        let split = |classes: &[Option<AdaptationClass>]| {
            let mut split = Split::default();
            classes.iter().for_each(|class| split.add(*class));
            split
        };
        let (left, right) = classes.split_at(at.min(classes.len()));
        let mut joined = split(left);
        joined.join(split(right));
        prop_assert_eq!(joined, split(&classes));
        prop_assert_eq!(joined.total(), classes.len());
    }
}
