//! Days begin where people are: half past midnight in a British summer is still the evening before in UTC.

use crate::world::*;
use framework::{
    lifecycle::{Operation, Status},
    local,
    plan::{About, Owner, PlannedAction},
};
use store::{Mailing, NewSupport, StoreError};
use time::{
    Date, Duration, OffsetDateTime,
    macros::{date, datetime, time},
};

/// 23:30 on 2 June in London, and 00:30 on 3 June.
const EVENING: OffsetDateTime = datetime!(2026-06-02 22:30 UTC);
const NIGHT: OffsetDateTime = datetime!(2026-06-02 23:30 UTC);

fn note(words: &str) -> framework::prose::Prose {
    text(words).unwrap()
}

async fn due(world: &World, by: Date) {
    let action = PlannedAction {
        what: note("Meet weekly."),
        owner: Owner::read("Practice lead").unwrap(),
        by,
        support: None,
    };
    world
        .store
        .raise_action(&world.lead, &north(), &cycle("2026"), &criterion("b"), &action, NOW)
        .await
        .unwrap();
}

both! {
    async fn an_action_is_overdue_when_its_day_is_over_in_london(world: &World) {
        world.bring_to(Status::Finalised).await;
        due(world, date!(2026-06-02)).await;
        for (now, overdue) in [(EVENING, 0), (NIGHT, 1)] {
            world.store.notify_of_due_actions(now).await.unwrap();
            let told = world.count("notice WHERE kind = 'action_overdue' AND person_id IN (SELECT id FROM person WHERE email = 'lena@example.org')").await;
            assert_eq!(told, overdue, "{now}");
            let found = world.store.overdue(&world.lead, local::date(now)).await.unwrap();
            assert_eq!(found.values().sum::<usize>() as i64, overdue, "{now}");
        }
    }

    async fn support_of_a_day_that_has_begun_in_london_is_taken(world: &World) {
        world.bring_to(Status::Moderated).await;
        let given = |day| NewSupport { day, what: note("A call."), about: About::Whole };
        for (now, day, taken) in [
            (EVENING, date!(2026-06-03), false),
            (NIGHT, date!(2026-06-03), true),
            (NIGHT, date!(2026-06-04), false),
        ] {
            let result = world.store.record_support(&world.reviewer, &north(), &given(day), now).await;
            assert_eq!(result.is_ok(), taken, "{now} {day}: {result:?}");
            assert!(taken || matches!(result, Err(StoreError::Refused(_))));
        }
    }

    async fn daily_e_mails_go_out_at_the_hour_on_the_wall(world: &World) {
        let store = world.store.clone().with_mail(Mailing { daily_at: time!(7:00) });
        world.start().await;
        for id in ["a", "b", "d", "e"] {
            world.answer(&world.lead, id, 0, rated(4)).await.unwrap();
        }
        store.transition(&world.lead, &north(), &cycle("2026"), Operation::Submit, None, NIGHT).await.unwrap();
        let seven = datetime!(2026-06-03 06:00 UTC);
        let lease = Duration::minutes(30);
        assert_eq!(store.take_letters(seven - Duration::SECOND, lease, 10).await.unwrap().len(), 0);
        assert!(!store.take_letters(seven, lease, 10).await.unwrap().is_empty());
    }

    async fn what_happened_in_the_hour_that_comes_twice_keeps_its_order(world: &World) {
        world.start().await;
        let times = [datetime!(2026-10-25 00:45 UTC), datetime!(2026-10-25 01:15 UTC)];
        assert_eq!(times.map(local::clock), ["01:45", "01:15"]);
        for (at, id) in times.into_iter().zip(["a", "b"]) {
            let change = vec![change(id, 0, rated(4))];
            world.store.save_answers(&world.lead, &north(), &cycle("2026"), change, at).await.unwrap();
        }
        let history = world.store.history(&world.lead, &north(), &cycle("2026")).await.unwrap();
        let told: Vec<_> = history.iter().filter_map(|event| Some((event.criterion.as_ref()?.to_string(), event.at))).collect();
        assert_eq!(told, [("a".to_owned(), times[0]), ("b".to_owned(), times[1])]);
    }
}
