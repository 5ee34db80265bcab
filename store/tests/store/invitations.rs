//! Invitations are for administrators to make, and for one use in their time.

use crate::world::*;
use framework::actor::{NationalRole, PracticeRole, Role};
use store::{INVITATION_LASTS, NewInvitation, PASSWORD_LINK_LASTS, StoreError};

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

    async fn a_link_sets_a_new_password_once_and_ends_all_sessions(world: &World) {
        let (store, lena) = (&world.store, world.lead.person.unwrap());
        store.open_session(lena, "before", NOW, HOUR * 12).await.unwrap();
        assert_eq!(store.password_link(&world.admin, lena, "t", NOW).await.unwrap(), "lena@example.org");
        let seen = store.invitation("t", NOW).await.unwrap();
        assert_eq!((seen.email.as_str(), seen.role, seen.known), ("lena@example.org", None, true));
        let end = NOW + PASSWORD_LINK_LASTS;
        assert!(store.invitation("t", end).await.unwrap_err().is_not_found());
        assert!(store.use_password_link("t", "new", end).await.unwrap_err().is_not_found());
        // an invitation is accepted in another way, which never changes a password
        assert!(store.accept("t", "Evil", None, NOW).await.unwrap_err().is_not_found());
        store.invite(&world.admin, &lead("odo@example.org"), "i", NOW).await.unwrap();
        assert!(store.use_password_link("i", "new", NOW).await.unwrap_err().is_not_found());
        assert_eq!(store.credentials("odo@example.org").await.unwrap().unwrap().password_hash, "hash");
        assert!(store.session("before", NOW, HOUR).await.unwrap().is_some());

        let set = |n: usize| {
            let store = store.clone();
            tokio::spawn(async move { store.use_password_link("t", &format!("new {n}"), NOW).await })
        };
        let mut done = vec![];
        for (n, one) in (0..4).map(set).collect::<Vec<_>>().into_iter().enumerate() {
            match one.await.unwrap() {
                Ok(person) => done.push((n, person)),
                Err(error) => assert!(error.is_not_found(), "{error:?}"),
            }
        }
        let [(n, person)] = done[..] else { panic!("{done:?}") };
        assert_eq!(person, lena);
        assert_eq!(store.credentials("lena@example.org").await.unwrap().unwrap().password_hash, format!("new {n}"));
        assert!(store.session("before", NOW, HOUR).await.unwrap().is_none(), "a session outlives the old password");
        assert!(store.invitation("t", NOW).await.unwrap_err().is_not_found());
        assert_eq!(world.count("event WHERE kind = 'password_link'").await, 1);
        assert_eq!(world.count("event WHERE kind = 'password_set' AND who = 'Lena'").await, 1);
    }

    async fn a_link_for_a_new_password_ends_with_the_next_one_the_account_or_its_withdrawal(world: &World) {
        let (store, lena) = (&world.store, world.lead.person.unwrap());
        let gone = async |token: &str| {
            let (seen, used) = (store.invitation(token, NOW).await, store.use_password_link(token, "new", NOW).await);
            seen.is_err_and(|error| error.is_not_found()) && used.is_err_and(|error| error.is_not_found())
        };
        store.password_link(&world.admin, lena, "a", NOW).await.unwrap();
        store.password_link(&world.admin, lena, "b", NOW).await.unwrap();
        assert!(gone("a").await, "an earlier link");
        let [pending] = &store.pending_invitations(&world.admin, NOW).await.unwrap()[..] else { panic!() };
        assert_eq!((pending.email.as_str(), pending.role), ("lena@example.org", None));
        store.withdraw_invitation(&world.admin, pending.id, NOW).await.unwrap();
        assert!(gone("b").await, "a withdrawn link");

        store.password_link(&world.admin, lena, "c", NOW).await.unwrap();
        store.set_password(&world.lead, lena, "own", NOW).await.unwrap();
        assert!(gone("c").await, "a link from before the password was changed");

        store.password_link(&world.admin, lena, "d", NOW).await.unwrap();
        store.set_disabled(&world.admin, lena, true, NOW).await.unwrap();
        assert!(gone("d").await, "a closed account");
        assert!(store.password_link(&world.admin, lena, "e", NOW).await.unwrap_err().is_not_found());
        store.set_disabled(&world.admin, lena, false, NOW).await.unwrap();
        assert!(gone("d").await, "an account closed and opened again");
        assert_eq!(store.credentials("lena@example.org").await.unwrap().unwrap().password_hash, "own");

        let own = store.password_link(&world.admin, world.admin.person.unwrap(), "f", NOW).await;
        assert!(matches!(own, Err(StoreError::Refused(_))), "{own:?}");
    }
}
