//! The improvement plan: who may write it, what becomes of actions from cycle to cycle, and the support behind scores.

use crate::world::*;
use framework::{
    actor::Actor,
    ids::{CycleId, ElementId},
    lifecycle::{Operation, Status},
    plan::{About, ActionId, ActionStatus, Ask, Helped, Owner, PlannedAction, Reply, SupportId},
    prose::Prose,
    report::{PlanCounts, national_report, practice_report},
};
use sea_orm::ConnectionTrait;
use store::{Edited, NewSupport, Result, StoreError};
use time::{Date, Duration, OffsetDateTime, macros::date};

const LATER: OffsetDateTime = NOW.saturating_add(Duration::days(30));

fn prose(text: &str) -> Prose {
    Prose::try_from(text.to_owned()).unwrap()
}

fn planned(what: &str, by: Date) -> PlannedAction {
    PlannedAction {
        what: prose(what),
        owner: Owner::read("Practice lead").unwrap(),
        by,
        support: None,
    }
}

async fn raise(world: &World, actor: &Actor, year: &str, id: &str, planned: &PlannedAction) -> Result<ActionId> {
    let store = &world.store;
    store
        .raise_action(actor, &north(), &cycle(year), &criterion(id), planned, NOW)
        .await
}

async fn close(
    world: &World,
    id: ActionId,
    revision: i32,
    to: ActionStatus,
    at: OffsetDateTime,
) -> Result<Edited<store::ActionRow>> {
    world
        .store
        .move_action(&world.lead, &north(), id, revision, to, prose("It works now."), at)
        .await
}

async fn support(world: &World, actor: &Actor, about: About, at: OffsetDateTime) -> Result<SupportId> {
    let support = NewSupport {
        day: at.date(),
        what: prose("A day with the team."),
        about,
    };
    world.store.record_support(actor, &north(), &support, at).await
}

async fn rate(
    world: &World,
    actor: &Actor,
    id: SupportId,
    revision: i32,
    helped: Helped,
    at: OffsetDateTime,
) -> Result<Edited<store::SupportRow>> {
    world
        .store
        .rate_support(actor, &north(), id, revision, helped, text("It was timely."), at)
        .await
}

/// Starts the assessment of another cycle, a year's days after [`NOW`].
async fn next_year(world: &World, name: &str, at: OffsetDateTime) -> CycleId {
    let next = cycle(name);
    world
        .store
        .open_cycle(&world.operator, &next, &version("2026.1"), at)
        .await
        .unwrap();
    world.store.start(&world.lead, &north(), &next, at).await.unwrap();
    next
}

both! {
    async fn the_plan_is_written_by_the_practice_once_it_may_read_the_review(world: &World) {
        world.bring_to(Status::InReview).await;
        let by = date!(2026-06-01);
        let early = raise(world, &world.lead, "2026", "b", &planned("Meet weekly.", by)).await;
        assert!(matches!(early, Err(StoreError::Refused(_))), "{early:?}");

        world.agree(&world.reviewer, "b", agreed(3)).await.unwrap();
        world.act(&world.reviewer, Operation::Moderate).await.unwrap();
        for actor in [&world.lead, &world.contributor] {
            raise(world, actor, "2026", "b", &planned("Meet weekly.", by)).await.unwrap();
        }
        let unknown = raise(world, &world.lead, "2026", "f", &planned("Meet weekly.", by)).await;
        assert!(matches!(unknown, Err(StoreError::Refused(_))), "{unknown:?}");
        for actor in [&world.reviewer, &world.admin] {
            let refused = raise(world, actor, "2026", "b", &planned("Meet weekly.", by)).await;
            assert!(matches!(refused, Err(StoreError::Lifecycle(_))), "{refused:?}");
            assert_eq!(world.store.improvement_plan(actor, &north()).await.unwrap().actions.len(), 2);
        }
        for actor in [&world.reader, &world.other, &world.nobody] {
            assert!(raise(world, actor, "2026", "b", &planned("Meet weekly.", by)).await.unwrap_err().is_not_found());
            assert!(world.store.improvement_plan(actor, &north()).await.unwrap_err().is_not_found());
        }
    }

    async fn a_criterion_asks_until_there_is_an_action_or_a_reason_for_none(world: &World) {
        world.bring_to(Status::Finalised).await;
        let asked = async || {
            let plan = world.store.improvement_plan(&world.lead, &north()).await.unwrap();
            let asked = plan.asked.unwrap();
            let found: Vec<_> = (asked.criteria.into_iter())
                .map(|asking| (asked.framework.criteria[asking.index].id.to_string(), asking.why, asking.reply))
                .collect();
            found
        };
        let expected = |reply| vec![("b".to_owned(), vec![Ask::Low(rating(3))], reply)];
        assert_eq!(asked().await, expected(Reply::Missing));

        let say = async |revision, reason| {
            world.store.explain_no_action(&world.lead, &north(), &cycle("2026"), &criterion("b"), revision, &prose(reason), NOW).await
        };
        assert_eq!(say(0, "It is agreed.").await.unwrap(), Edited::Saved);
        assert_eq!(asked().await, expected(Reply::NoAction));
        let stale = say(0, "It is not needed.").await.unwrap();
        assert!(matches!(&stale, Edited::Conflict(row) if row.none.reason == prose("It is agreed.")), "{stale:?}");
        assert_eq!(say(1, "It is not needed.").await.unwrap(), Edited::Saved);

        let id = raise(world, &world.lead, "2026", "b", &planned("Meet weekly.", date!(2026-06-01))).await.unwrap();
        assert_eq!(asked().await, expected(Reply::Action));
        close(world, id, 1, ActionStatus::Done, LATER).await.unwrap();
        assert_eq!(asked().await, expected(Reply::Action));
    }

    async fn nobody_overwrites_anothers_change_and_every_change_is_kept(world: &World) {
        world.bring_to(Status::Finalised).await;
        let id = raise(world, &world.lead, "2026", "b", &planned("Meet weekly.", date!(2026-06-01))).await.unwrap();
        let change = async |actor: &Actor, revision, what: &str, by| {
            world.store.change_action(actor, &north(), id, revision, &planned(what, by), text("The room is let."), LATER).await
        };
        assert_eq!(change(&world.contributor, 1, "Meet weekly.", date!(2026-07-01)).await.unwrap(), Edited::Saved);
        // both changed the day, Lena the words as well
        let stale = change(&world.lead, 1, "Meet monthly.", date!(2026-08-01)).await.unwrap();
        let Edited::Conflict(both) = stale else { panic!("{stale:?}") };
        let (theirs, mine) = *both;
        assert_eq!((theirs.who.as_str(), theirs.revision, theirs.action.course.by), ("Carl", 2, date!(2026-07-01)));
        assert_eq!(mine, planned("Meet monthly.", date!(2026-08-01)));
        // both changed the same, and what only Carl changed is not put back to what it was
        let stale = change(&world.lead, 1, "Meet weekly.", date!(2026-06-01)).await.unwrap();
        assert_eq!(stale, Edited::Saved, "she changed nothing");
        let stale = close(world, id, 1, ActionStatus::Done, LATER).await.unwrap();
        assert!(matches!(stale, Edited::Conflict(_)), "{stale:?}");

        assert_eq!(close(world, id, 2, ActionStatus::Done, LATER).await.unwrap(), Edited::Saved);
        let closed = change(&world.lead, 3, "Meet monthly.", date!(2026-06-01)).await;
        assert!(matches!(closed, Err(StoreError::Refused(_))), "{closed:?}");
        let sideways = close(world, id, 3, ActionStatus::Dropped, LATER).await;
        assert!(matches!(sideways, Err(StoreError::Refused(_))), "{sideways:?}");
        assert_eq!(close(world, id, 3, ActionStatus::Open, LATER).await.unwrap(), Edited::Saved);

        let page = world.store.action(&world.reviewer, &north(), id).await.unwrap();
        let history: Vec<_> = page.changes.iter()
            .map(|c| (c.who.as_str(), c.from, c.to, c.planned.by.month() as u8, c.why.as_ref().map(Prose::as_str)))
            .collect();
        assert_eq!(history, [
            ("Lena", None, ActionStatus::Open, 6, None),
            ("Carl", Some(ActionStatus::Open), ActionStatus::Open, 7, Some("The room is let.")),
            ("Lena", Some(ActionStatus::Open), ActionStatus::Done, 7, Some("It works now.")),
            ("Lena", Some(ActionStatus::Done), ActionStatus::Open, 7, Some("It works now.")),
        ]);
        assert_eq!((page.row.action.closing.clone(), page.row.revision), (None, 4));
        let db = world.raw().await;
        for sql in ["UPDATE plan_change SET who = 'x'", "DELETE FROM plan_change"] {
            let error = db.execute_unprepared(sql).await.expect_err(sql).to_string();
            assert!(error.contains("only added to"), "{error}");
        }
        db.close().await.unwrap();
    }

    async fn what_two_change_in_an_action_is_merged_field_by_field(world: &World) {
        world.bring_to(Status::Finalised).await;
        let id = raise(world, &world.lead, "2026", "b", &planned("Meet weekly.", date!(2026-06-01))).await.unwrap();
        let change = async |actor: &Actor, revision, what: &str, by| {
            world.store.change_action(actor, &north(), id, revision, &planned(what, by), None, LATER).await.unwrap()
        };
        assert_eq!(change(&world.contributor, 1, "Meet weekly.", date!(2026-07-01)).await, Edited::Saved);
        assert_eq!(change(&world.lead, 1, "Meet monthly.", date!(2026-06-01)).await, Edited::Saved);
        let page = world.store.action(&world.lead, &north(), id).await.unwrap();
        assert_eq!((page.row.action.planned, page.row.revision), (planned("Meet monthly.", date!(2026-07-01)), 3));
        assert_eq!(world.count("wording WHERE kind = 'action'").await, 3);
    }

    async fn every_reason_for_no_action_is_kept(world: &World) {
        world.bring_to(Status::Finalised).await;
        for (revision, reason) in [(0, "It is agreed."), (1, "It is not needed.")] {
            let reason = prose(reason);
            world.store.explain_no_action(&world.lead, &north(), &cycle("2026"), &criterion("b"), revision, &reason, NOW).await.unwrap();
        }
        for reason in ["It is agreed.", "It is not needed."] {
            assert_eq!(world.count(&format!("wording WHERE kind = 'no_action' AND fields LIKE '%{reason}%'")).await, 1);
        }
    }

    async fn an_open_action_rolls_into_the_next_cycles_without_being_copied(world: &World) {
        world.bring_to(Status::Finalised).await;
        let kept = raise(world, &world.lead, "2026", "b", &planned("Meet weekly.", date!(2026-06-01))).await.unwrap();
        let done = raise(world, &world.lead, "2026", "b", &planned("Keep a log.", date!(2026-05-01))).await.unwrap();
        let y27 = next_year(world, "2027", NOW + Duration::days(365)).await;
        close(world, done, 1, ActionStatus::Done, NOW + Duration::days(400)).await.unwrap();
        let y28 = next_year(world, "2028", NOW + Duration::days(730)).await;

        let plan = world.store.improvement_plan(&world.lead, &north()).await.unwrap();
        let carried: Vec<_> = plan.actions.iter().map(|row| (row.action.id, row.carried)).collect();
        assert_eq!(carried, [(kept, 2), (done, 1)]);
        for (year, beside) in [(cycle("2026"), vec![]), (y27, vec![kept, done]), (y28, vec![kept, done])] {
            let assessment = world.store.assessment(&world.lead, &north(), &year).await.unwrap();
            let found: Vec<_> = assessment.plan.earlier(1).map(|row| row.action.id).collect();
            assert_eq!(found, beside, "{year}");
            assert_eq!(assessment.plan.earlier(0).count(), 0);
        }
        let reader = world.store.assessment(&world.reader, &north(), &cycle("2026")).await.unwrap();
        assert!(reader.plan.actions.is_empty());
    }

    async fn overdue_actions_are_found_for_those_who_may_read_the_plan(world: &World) {
        world.bring_to(Status::Finalised).await;
        let late = raise(world, &world.lead, "2026", "b", &planned("Meet weekly.", date!(2026-03-01))).await.unwrap();
        let soon = raise(world, &world.lead, "2026", "a", &planned("Keep a log.", date!(2026-03-16))).await.unwrap();
        raise(world, &world.lead, "2026", "a", &planned("Write it down.", date!(2026-03-17))).await.unwrap();
        for _ in 0..2 {
            world.store.notify_of_due_actions(NOW).await.unwrap();
        }
        // the lead and two contributors hear once of each of the two
        for (kind, subject) in [("action_overdue", late), ("action_due", soon)] {
            let told = world.count(&format!("notice WHERE kind = '{kind}'")).await;
            assert_eq!(told, 3, "{kind} {subject:?}");
        }
        for (actor, overdue) in [(&world.lead, 1), (&world.reviewer, 1), (&world.reader, 0), (&world.other, 0)] {
            let found = world.store.overdue(actor, NOW.date()).await.unwrap();
            assert_eq!(found.values().sum::<usize>(), overdue, "{}", actor.name);
        }
        let open = world.store.open_actions(&world.reviewer).await.unwrap();
        let days: Vec<_> = open.iter().map(|open| (open.practice.name.as_str(), open.row.action.course.by.day())).collect();
        assert_eq!(days, [("North Vale", 1), ("North Vale", 16), ("North Vale", 17)]);
        let own = world.store.open_actions(&world.own_reviewer).await.unwrap();
        assert_eq!(own.len(), 3, "a contributor reads the plan anyhow");
        assert!(world.store.open_actions(&world.lead).await.unwrap_err().is_not_found());
    }

    async fn support_is_recorded_by_national_pause_and_rated_by_the_lead_until_a_score_rests_on_it(world: &World) {
        world.bring_to(Status::Moderated).await;
        let id = raise(world, &world.lead, "2026", "b", &planned("Meet weekly.", date!(2026-06-01))).await.unwrap();
        let before = NOW - Duration::days(1);
        let given = support(world, &world.reviewer, About::Action(id), before).await.unwrap();
        for actor in [&world.lead, &world.contributor] {
            assert!(matches!(support(world, actor, About::Whole, NOW).await, Err(StoreError::Lifecycle(_))));
        }
        for actor in [&world.reader, &world.other, &world.nobody] {
            assert!(support(world, actor, About::Whole, NOW).await.unwrap_err().is_not_found());
        }
        let tomorrow = NewSupport { day: date!(2026-03-03), what: prose("A call."), about: About::Whole };
        let tomorrow = world.store.record_support(&world.reviewer, &north(), &tomorrow, NOW).await;
        assert!(matches!(tomorrow, Err(StoreError::Refused(_))), "{tomorrow:?}");
        let nowhere = About::Element(ElementId::parse("nowhere").unwrap());
        assert!(matches!(support(world, &world.reviewer, nowhere, NOW).await, Err(StoreError::Refused(_))));
        assert!(support(world, &world.reviewer, About::Action(ActionId(uuid::Uuid::nil())), NOW).await.unwrap_err().is_not_found());

        assert_eq!(rate(world, &world.lead, given, 1, Helped::Well, NOW).await.unwrap(), Edited::Saved);
        let stale = rate(world, &world.lead, given, 1, Helped::ALittle, NOW).await.unwrap();
        assert!(matches!(&stale, Edited::Conflict(row) if row.given.helped == Some(Helped::Well)), "{stale:?}");
        for actor in [&world.contributor, &world.reviewer] {
            assert!(matches!(rate(world, actor, given, 2, Helped::Well, NOW).await, Err(StoreError::Lifecycle(_))));
        }
        assert_eq!(rate(world, &world.lead, given, 2, Helped::AGreatDeal, NOW).await.unwrap(), Edited::Saved);

        world.act(&world.admin, Operation::Finalise).await.unwrap();
        let late = rate(world, &world.lead, given, 3, Helped::NotAtAll, LATER).await;
        assert!(matches!(late, Err(StoreError::Refused(_))), "{late:?}");
        let db = world.raw().await;
        for sql in ["UPDATE plan_support SET rating = 1", "DELETE FROM plan_support"] {
            let error = db.execute_unprepared(sql).await.expect_err(sql).to_string();
            assert!(error.contains("never changes"), "{error}");
        }
        db.close().await.unwrap();
        let element = About::Element(ElementId::parse("work").unwrap());
        let next = support(world, &world.admin, element, LATER).await.unwrap();
        assert_eq!(rate(world, &world.lead, next, 1, Helped::InPart, LATER).await.unwrap(), Edited::Saved);
        let plan = world.store.improvement_plan(&world.lead, &north()).await.unwrap();
        let open: Vec<_> = plan.support.iter().map(|row| (row.given.id, row.open)).collect();
        assert_eq!(open, [(next, true), (given, false)]);
    }

    async fn both_reports_have_the_plan_and_the_support_behind_the_scores(world: &World) {
        world.bring_to(Status::Moderated).await;
        let wanting = PlannedAction { support: text("A visit."), ..planned("Meet weekly.", date!(2026-03-01)) };
        raise(world, &world.lead, "2026", "b", &wanting).await.unwrap();
        let given = support(world, &world.reviewer, About::Whole, NOW - Duration::days(1)).await.unwrap();
        rate(world, &world.lead, given, 1, Helped::Well, NOW).await.unwrap();
        world.act(&world.admin, Operation::Finalise).await.unwrap();
        support(world, &world.reviewer, About::Whole, LATER).await.unwrap();

        let facts = world.store.practice_facts(&world.reader, &north(), &cycle("2026"), None, LATER.date()).await.unwrap();
        let report = practice_report(world.store.library(), &facts).unwrap();
        let plan = &report.plan;
        let asks = plan.asks.as_ref().unwrap();
        assert_eq!((asks.criteria, asks.with_action, asks.missing), (1, 1, 0));
        let lines: Vec<_> = plan.actions.iter().map(|line| (line.criterion.as_str(), line.overdue, line.carried)).collect();
        assert_eq!(lines, [("b", true, 0)]);
        // what was recorded after the assessment was finalised stands behind the next one
        assert_eq!((plan.support.recorded, plan.support.rated, plan.support.wanted), (1, 1, 0));
        assert_eq!(plan.support_given[0].comment, text("It was timely."));

        let facts = world.store.national_facts(&world.reviewer, &cycle("2026"), LATER.date()).await.unwrap();
        let national = national_report(world.store.library(), &facts).unwrap();
        let expected = PlanCounts { open: 1, overdue: 1, support: plan.support.clone(), ..Default::default() };
        assert_eq!(national.practices[0].plan, expected);
    }
}
