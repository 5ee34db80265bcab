//! Sessions end when unused, at their end in any case, and with the account.

use crate::world::*;
use framework::actor::PracticeRole;
use store::StoreError;
use time::Duration;

both! {
    async fn a_session_ends_when_unused_and_at_its_end_in_any_case(world: &World) {
        let store = &world.store;
        store.open_session(world.lead.person.unwrap(), "t", NOW, HOUR * 3).await.unwrap();
        let alive = async |minutes| {
            store.session("t", NOW + Duration::minutes(minutes), HOUR).await.unwrap().is_some()
        };
        assert!(store.session("other", NOW, HOUR).await.unwrap().is_none());
        for (minute, expected) in [(0, true), (59, true), (118, true), (177, true), (179, true), (180, false)] {
            assert_eq!(alive(minute).await, expected, "minute {minute}");
        }
        store.open_session(world.lead.person.unwrap(), "u", NOW, HOUR * 3).await.unwrap();
        assert!(store.session("u", NOW + HOUR, HOUR).await.unwrap().is_none());
        store.open_session(world.reader.person.unwrap(), "v", NOW + HOUR * 3, HOUR * 3).await.unwrap();
        // everybody's sessions but the last one are over
        let before = world.count("session").await;
        assert_eq!(store.purge_sessions(NOW + HOUR * 3, HOUR).await.unwrap(), before as u64 - 1);
        assert!(store.session("v", NOW + HOUR * 3, HOUR).await.unwrap().is_some());
    }

    async fn whoever_showed_a_password_that_is_another_by_now_gets_no_session(world: &World) {
        let (store, person) = (&world.store, world.lead.person.unwrap());
        let shown = store.credentials("lena@example.org").await.unwrap().unwrap();
        store.sign_in(&shown, "t", NOW, HOUR).await.unwrap();
        assert!(store.session("t", NOW, HOUR).await.unwrap().is_some());
        store.set_password(&world.lead, person, "new", NOW).await.unwrap();
        assert!(store.sign_in(&shown, "u", NOW, HOUR).await.unwrap_err().is_not_found());
        assert!(store.session("u", NOW, HOUR).await.unwrap().is_none());
    }

    async fn a_session_is_touched_at_most_once_a_minute(world: &World) {
        let store = &world.store;
        store.open_session(world.lead.person.unwrap(), "t", NOW, HOUR * 3).await.unwrap();
        // the second use is written down, the first is not
        store.session("t", NOW + Duration::seconds(59), HOUR).await.unwrap();
        assert_eq!(world.count("session WHERE token_hash = 't' AND last_seen_at > created_at").await, 0);
        store.session("t", NOW + Duration::seconds(61), HOUR).await.unwrap();
        assert_eq!(world.count("session WHERE token_hash = 't' AND last_seen_at > created_at").await, 1);
    }

    async fn a_disabled_person_has_no_session_and_cannot_sign_in(world: &World) {
        let (store, person) = (&world.store, world.lead.person.unwrap());
        store.open_session(person, "t", NOW, HOUR * 3).await.unwrap();
        assert!(store.credentials(" LENA@example.org ").await.unwrap().is_some());
        store.set_disabled(&world.admin, person, true, NOW).await.unwrap();
        assert!(store.session("t", NOW, HOUR).await.unwrap().is_none());
        assert!(store.credentials("lena@example.org").await.unwrap().is_none());
        assert!(store.open_session(person, "w", NOW, HOUR).await.unwrap_err().is_not_found());
        store.set_disabled(&world.admin, person, false, NOW).await.unwrap();
        assert!(store.session("t", NOW, HOUR).await.unwrap().is_none(), "its old sessions are over");
        assert!(store.credentials("lena@example.org").await.unwrap().is_some());
        let own = store.set_disabled(&world.admin, world.admin.person.unwrap(), true, NOW).await;
        assert!(matches!(own, Err(StoreError::Refused(_))), "{own:?}");
    }

    async fn an_actor_is_whoever_the_session_stands_for_with_all_roles(world: &World) {
        assert_eq!(world.own_reviewer.name, "Olga");
        assert!(world.own_reviewer.is_national());
        let [own] = &world.own_reviewer.memberships[..] else { panic!() };
        assert_eq!((own.slug.as_str(), own.name.as_str(), own.role), ("north-vale", "North Vale", PracticeRole::Contributor));
        assert_eq!(world.nobody.memberships, []);
    }

    async fn a_new_password_is_ones_own_or_an_administrators_and_ends_all_sessions(world: &World) {
        let (store, person) = (&world.store, world.lead.person.unwrap());
        for actor in [&world.reviewer, &world.contributor, &world.nobody] {
            assert!(store.set_password(actor, person, "x", NOW).await.unwrap_err().is_not_found());
        }
        store.open_session(person, "t", NOW, HOUR).await.unwrap();
        store.set_password(&world.lead, person, "new", NOW).await.unwrap();
        assert!(store.session("t", NOW, HOUR).await.unwrap().is_none());
        store.set_password(&world.operator, person, "newer", NOW).await.unwrap();
        assert_eq!(store.credentials("lena@example.org").await.unwrap().unwrap().password_hash, "newer");
        store.open_session(person, "t", NOW, HOUR).await.unwrap();
        store.open_session(person, "u", NOW, HOUR).await.unwrap();
        store.close_session("t").await.unwrap();
        assert!(store.session("t", NOW, HOUR).await.unwrap().is_none());
        assert!(store.session("u", NOW, HOUR).await.unwrap().is_some());
        store.close_all_sessions(person).await.unwrap();
        assert!(store.session("u", NOW, HOUR).await.unwrap().is_none());
    }
}
