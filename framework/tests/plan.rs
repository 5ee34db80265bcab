//! Which criteria need an action, how actions go on from cycle to cycle.

#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use common::{Edition, library, marks};
use framework::{
    assessment::AdaptationClass,
    drift::Drift,
    ids::{CriterionId, CycleId, VersionId},
    plan::{
        Action, ActionId, ActionStatus, Ask, Course, Findings, NoAction, Owner, PlannedAction, Reply, Year, Years,
        asking, place_in, reply,
    },
    prose::Prose,
    rating::Rating,
    sheet::CriterionRatings,
};
use std::collections::BTreeSet;
use time::{
    OffsetDateTime,
    macros::{date, datetime},
};
use uuid::Uuid;

fn cycle(text: &str) -> CycleId {
    CycleId::parse(text).unwrap()
}

fn rating(level: u8) -> Rating {
    Rating::new(level).unwrap()
}

#[test]
fn low_ratings_core_gaps_and_unexplained_slips_ask_for_an_action() {
    use AdaptationClass::{Consistent, NotConsistent, Unexplained, Unplanned};
    let library = library(&[Edition {
        version: "2026.1",
        elements: &[("a", &["core core", "free na"])],
    }]);
    let framework = library.latest().unwrap();
    let slip = |from, to| Ask::Slip {
        from: rating(from),
        to: rating(to),
    };
    for (place, before, now, class, expected) in [
        (0, "-", "4", None, vec![]),
        (0, "-", "3", None, vec![Ask::Low(rating(3))]),
        (0, "-", "2", None, vec![Ask::CoreGap(rating(2))]),
        (0, "-", "1", Some(Consistent), vec![Ask::CoreGap(rating(1))]),
        (1, "-", "2", None, vec![Ask::Low(rating(2))]),
        (1, "5", "n", None, vec![]),
        (1, "5", "-", None, vec![]),
        (1, "4", "5", None, vec![]),
        (1, "5", "4", None, vec![slip(5, 4)]),
        (1, "5", "4", Some(Unplanned), vec![slip(5, 4)]),
        (1, "5", "4", Some(Unexplained), vec![slip(5, 4)]),
        (1, "5", "4", Some(Consistent), vec![]),
        (1, "5", "4", Some(NotConsistent), vec![]),
        (0, "3", "2", None, vec![Ask::CoreGap(rating(2)), slip(3, 2)]),
        (1, "4", "3", Some(Consistent), vec![Ask::Low(rating(3))]),
    ] {
        let at = |rating: &str| {
            marks(&if place == 0 {
                format!("{rating}-")
            } else {
                format!("-{rating}")
            })
        };
        let mut after = at(now);
        after[place].class = class;
        let drift = Drift::between(framework, &[Some(0), Some(1)], &at(before), &after);
        let found = asking(
            &library,
            framework,
            &cycle("2026"),
            findings(&after, Some(&drift), &[].into()),
            (&[], &[]),
        );
        let why = found
            .iter()
            .find(|a| a.index == place)
            .map(|a| a.why.clone())
            .unwrap_or_default();
        assert_eq!(why, expected, "{place}: {before} to {now}, {class:?}");
        assert_eq!(found.len(), usize::from(!expected.is_empty()));
    }
}

#[test]
fn a_question_that_is_carried_asks_for_an_action_whatever_the_rating() {
    let library = library(&[Edition {
        version: "2026.1",
        elements: &[("a", &["core core", "free na"])],
    }]);
    let framework = library.latest().unwrap();
    let carried = [framework.criteria[1].id.clone()].into();
    for (now, why) in [
        ("44", vec![Ask::Carried]),
        ("4n", vec![Ask::Carried]),
        ("42", vec![Ask::Low(rating(2)), Ask::Carried]),
    ] {
        let after = marks(now);
        let found = asking(
            &library,
            framework,
            &cycle("2026"),
            findings(&after, None, &carried),
            (&[], &[]),
        );
        let found: Vec<_> = found.into_iter().map(|asking| (asking.index, asking.why)).collect();
        assert_eq!(found, [(1, why)], "{now}");
    }
}

fn findings<'a>(
    marks: &'a [CriterionRatings],
    drift: Option<&'a Drift>,
    carried: &'a BTreeSet<CriterionId>,
) -> Findings<'a> {
    Findings { marks, drift, carried }
}

fn action(raised: &str, state: ActionStatus, closed: Option<OffsetDateTime>) -> Action {
    Action {
        id: ActionId(Uuid::nil()),
        criterion: CriterionId::parse("a1").unwrap(),
        version: VersionId::parse("2026.1").unwrap(),
        planned: PlannedAction {
            what: Prose::try_from("Do it.".to_owned()).unwrap(),
            owner: Owner::read("Lead").unwrap(),
            by: date!(2026 - 06 - 01),
            support: None,
        },
        closing: None,
        course: Course {
            raised: cycle(raised),
            raised_at: datetime!(2024-03-01 9:00 UTC),
            by: date!(2026 - 06 - 01),
            state,
            closed,
            wants_support: false,
        },
    }
}

/// Returns a Practice with assessments in 2024, 2025 and 2026, the last not finished.
fn years() -> Years {
    let year = |name: &str, begun, finished| Year {
        cycle: cycle(name),
        begun,
        finished,
    };
    Years::new(vec![
        year("2026", datetime!(2026-02-01 9:00 UTC), None),
        year(
            "2024",
            datetime!(2024-02-01 9:00 UTC),
            Some(datetime!(2024-05-01 9:00 UTC)),
        ),
        year(
            "2025",
            datetime!(2025-02-01 9:00 UTC),
            Some(datetime!(2025-05-01 9:00 UTC)),
        ),
    ])
}

#[test]
fn an_action_is_carried_into_each_later_assessment_that_began_while_it_was_open() {
    for (raised, closed, carried, stands) in [
        ("2024", None, 2, [true, true, true]),
        ("2025", None, 1, [false, true, true]),
        ("2026", None, 0, [false, false, true]),
        ("2024", Some(datetime!(2024-09-01 9:00 UTC)), 0, [true, true, false]),
        ("2024", Some(datetime!(2025-03-01 9:00 UTC)), 1, [true, true, false]),
        ("2024", Some(datetime!(2025-09-01 9:00 UTC)), 1, [true, true, true]),
        ("2024", Some(datetime!(2026-02-01 9:00 UTC)), 2, [true, true, true]),
        ("2026", Some(datetime!(2026-04-01 9:00 UTC)), 0, [false, false, true]),
    ] {
        let state = if closed.is_some() {
            ActionStatus::Done
        } else {
            ActionStatus::Open
        };
        let course = action(raised, state, closed).course;
        assert_eq!(years().carried_over(&course), carried, "{raised} {closed:?}");
        let found = ["2024", "2025", "2026"].map(|name| years().belongs_to(&course, &cycle(name)));
        assert_eq!(found, stands, "{raised} {closed:?}");
    }
}

#[test]
fn an_action_is_not_carried_into_an_assessment_that_had_begun_before_it_was_raised() {
    let at = |raised_at| Course {
        raised_at,
        ..action("2025", ActionStatus::Open, None).course
    };
    for (raised_at, carried) in [(datetime!(2026-01-31 9:00 UTC), 1), (datetime!(2026-02-02 9:00 UTC), 0)] {
        let course = at(raised_at);
        assert_eq!(years().carried_over(&course), carried, "{raised_at}");
        assert!(years().belongs_to(&course, &cycle("2026")), "{raised_at}");
    }
}

#[test]
fn an_assessment_taken_up_again_is_one_year() {
    let year = |begun, finished| Year {
        cycle: cycle("2025"),
        begun,
        finished,
    };
    let years = Years::new(vec![
        year(datetime!(2025-06-01 9:00 UTC), None),
        year(datetime!(2025-02-01 9:00 UTC), Some(datetime!(2025-05-01 9:00 UTC))),
    ]);
    assert_eq!(years.carried_over(&action("2024", ActionStatus::Open, None).course), 1);
    assert_eq!(years.since(&cycle("2026")), Some(datetime!(2025-05-01 9:00 UTC)));
    assert_eq!(years.since(&cycle("2025")), None);
}

#[test]
fn a_criterion_is_answered_by_an_action_that_is_open_or_new_or_by_a_reason() {
    let none = NoAction {
        cycle: cycle("2026"),
        criterion: CriterionId::parse("a1").unwrap(),
        reason: Prose::try_from("It is agreed.".to_owned()).unwrap(),
    };
    let closed = Some(datetime!(2026-02-01 9:00 UTC));
    for (actions, none, expected) in [
        (vec![], vec![], Reply::Missing),
        (vec![], vec![&none], Reply::NoAction),
        (
            vec![action("2024", ActionStatus::Open, None)],
            vec![&none],
            Reply::Action,
        ),
        (vec![action("2026", ActionStatus::Done, closed)], vec![], Reply::Action),
        (vec![action("2025", ActionStatus::Done, closed)], vec![], Reply::Missing),
        (vec![action("2027", ActionStatus::Open, None)], vec![], Reply::Missing),
    ] {
        let a1 = CriterionId::parse("a1").unwrap();
        let found = reply(&a1, &cycle("2026"), actions.iter().map(|action| &action.course), &none);
        assert_eq!(found, expected, "{actions:?}");
    }
}

#[test]
fn an_action_stands_beside_the_comparable_criterion_or_the_one_that_kept_its_id() {
    let library = library(&[
        Edition {
            version: "2025.1",
            elements: &[("a", &["same", "old", "half", "gone"])],
        },
        Edition {
            version: "2026.1",
            elements: &[("a", &["same", "new equivalent of=old", "half subset"])],
        },
    ]);
    let framework = library.latest().unwrap();
    let version = VersionId::parse("2025.1").unwrap();
    for (id, place) in [("same", Some(0)), ("old", Some(1)), ("half", Some(2)), ("gone", None)] {
        let id = CriterionId::parse(id).unwrap();
        assert_eq!(place_in(&library, framework, &version, &id), place, "{id}");
    }
}
