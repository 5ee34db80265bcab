//! Invitations are for administrators to make, and for one use in their time.

use crate::world::*;
use framework::actor::{NationalRole, PracticeRole, Role};
use store::{INVITATION_LASTS, NewInvitation, StoreError};

fn lead(email: &str) -> NewInvitation {
    NewInvitation {
        email: email.into(),
        role: Role::Practice(PracticeRole::Lead),
        practice: Some(north()),
    }
}

both! {
    async fn an_invitation_is_accepted_once_and_in_its_time(world: &World) {
        let store = &world.store;
        store.invite(&world.admin, &lead(" New@Example.org "), "t", NOW).await.unwrap();
        let end = NOW + INVITATION_LASTS;
        assert!(store.invitation("t", end).await.unwrap_err().is_not_found());
        assert!(store.accept("t", "New", Some("h"), end).await.unwrap_err().is_not_found());
        let seen = store.invitation("t", NOW).await.unwrap();
        assert_eq!((seen.email.as_str(), seen.practice.as_deref(), seen.known), ("new@example.org", Some("North Vale"), false));
        assert!(matches!(store.accept("t", "New", None, NOW).await, Err(StoreError::Refused(_))));
        assert!(matches!(store.accept("t", "  ", Some("h"), NOW).await, Err(StoreError::Refused(_))));
        let pending = store.pending_invitations(&world.admin, NOW).await.unwrap();
        assert_eq!(pending.len(), 1);

        let accept = |_| {
            let store = store.clone();
            tokio::spawn(async move { store.accept("t", "New", Some("h"), NOW).await })
        };
        let mut accepted = 0;
        for one in (0..4).map(accept).collect::<Vec<_>>() {
            match one.await.unwrap() {
                Ok(_) => accepted += 1,
                Err(error) => assert!(error.is_refusal(), "{error:?}"),
            }
        }
        assert_eq!(accepted, 1);
        assert!(store.invitation("t", NOW).await.unwrap_err().is_not_found());
        assert_eq!(store.pending_invitations(&world.admin, NOW).await.unwrap(), []);
        assert_eq!(world.count("person WHERE email = 'new@example.org'").await, 1);
    }

    async fn a_known_person_gets_the_role_and_keeps_name_and_password(world: &World) {
        let store = &world.store;
        store.invite(&world.admin, &lead("odo@example.org"), "t", NOW).await.unwrap();
        assert!(store.invitation("t", NOW).await.unwrap().known);
        assert!(matches!(store.accept("t", "Evil", Some("mine"), NOW).await, Err(StoreError::Refused(_))));
        let person = store.accept("t", "Evil", None, NOW).await.unwrap();
        let odo = sign_in(store, person, "s").await;
        assert_eq!((odo.name.as_str(), odo.memberships.len()), ("Odo", 2));
        assert_eq!(store.credentials("odo@example.org").await.unwrap().unwrap().password_hash, "hash");
    }

    async fn a_role_in_a_practice_takes_the_place_of_the_one_before_and_a_lower_national_one_does_not(world: &World) {
        let store = &world.store;
        store.invite(&world.admin, &lead("carl@example.org"), "t", NOW).await.unwrap();
        let carl = store.accept("t", "", None, NOW).await.unwrap();
        assert_eq!(sign_in(store, carl, "s").await.memberships[0].role, PracticeRole::Lead);
        let reviewer = NewInvitation { email: "carl@example.org".into(), role: Role::National(NationalRole::Reviewer), practice: None };
        let administrator = NewInvitation { role: Role::National(NationalRole::Administrator), ..reviewer.clone() };
        store.invite(&world.admin, &reviewer, "r", NOW).await.unwrap();
        store.invite(&world.admin, &administrator, "a", NOW).await.unwrap();
        store.accept("a", "", None, NOW).await.unwrap();
        store.accept("r", "", None, NOW).await.unwrap();
        assert!(sign_in(store, carl, "s2").await.is_administrator());
        let again = store.invite(&world.admin, &reviewer, "r2", NOW).await;
        assert!(matches!(again, Err(StoreError::Refused(_))), "{again:?}");
    }

    async fn an_invitation_that_makes_no_sense_is_refused(world: &World) {
        let national = Role::National(NationalRole::Reviewer);
        let practice = Role::Practice(PracticeRole::Lead);
        for (email, role, slug) in [
            ("nonsense", national, None),
            ("a b@example.org", national, None),
            ("@example.org", national, None),
            ("a@b@example.org", national, None),
            ("x@example.org", national, Some(north())),
            ("x@example.org", practice, None),
            ("lena@example.org", practice, Some(north())),
            ("ada@example.org", national, None),
        ] {
            let invitation = NewInvitation { email: email.into(), role, practice: slug };
            let refused = world.store.invite(&world.admin, &invitation, "t", NOW).await;
            assert!(matches!(refused, Err(StoreError::Refused(_))), "{invitation:?}: {refused:?}");
        }
        let nowhere = NewInvitation { practice: Some(slug("nowhere")), ..lead("x@example.org") };
        assert!(world.store.invite(&world.admin, &nowhere, "t", NOW).await.unwrap_err().is_not_found());
    }

    async fn a_second_invitation_takes_the_place_of_the_first_and_one_can_be_withdrawn(world: &World) {
        let store = &world.store;
        store.invite(&world.admin, &lead("new@example.org"), "t", NOW).await.unwrap();
        store.invite(&world.admin, &lead("new@example.org"), "u", NOW).await.unwrap();
        assert!(store.invitation("t", NOW).await.unwrap_err().is_not_found());
        let [pending] = &store.pending_invitations(&world.admin, NOW).await.unwrap()[..] else { panic!() };
        store.withdraw_invitation(&world.admin, pending.id, NOW).await.unwrap();
        assert!(store.accept("u", "New", Some("h"), NOW).await.unwrap_err().is_not_found());
        assert!(store.withdraw_invitation(&world.admin, pending.id, NOW).await.unwrap_err().is_not_found());
    }
}
