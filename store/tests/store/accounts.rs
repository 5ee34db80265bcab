//! What happens to accounts is told and listed; names in which nothing is hidden; how much one may do within a day.

use crate::world::*;
use framework::{
    actor::{Actor, NationalRole, PracticeRole, Role},
    lifecycle::Status,
    notice::NoticeKind,
};
use store::{ARCHIVED_REPORTS_A_DAY, EventKind, NewInvitation, ReportOf, StoreError};
use time::Duration;

async fn told(world: &World, who: &Actor) -> Vec<NoticeKind> {
    let inbox = world.store.inbox(who, 1).await.unwrap();
    inbox.notices.iter().map(|notice| notice.kind).collect()
}

async fn own(world: &World, who: &Actor) -> Vec<(EventKind, String, bool)> {
    let events = world.store.own_account_events(who).await.unwrap();
    events
        .into_iter()
        .map(|event| (event.kind, event.who, event.by_link))
        .collect()
}

both! {
    async fn nobody_becomes_somebody_else_unseen(world: &World) {
        let (store, lead) = (&world.store, world.lead.person.unwrap());
        assert_eq!(told(world, &world.lead).await, []);
        store.password_link(&world.admin, lead, "link", NOW).await.unwrap();
        assert_eq!(told(world, &world.lead).await, [NoticeKind::PasswordLink]);
        // whoever has the link is taken for the lead, and the lead is told all the same
        store.use_password_link("link", "theirs", NOW + Duration::MINUTE).await.unwrap();
        let both = told(world, &world.lead).await;
        assert_eq!(both, [NoticeKind::PasswordSet, NoticeKind::PasswordLink]);
        let (by_link, link) = ((EventKind::PasswordSet, "Lena".to_owned(), true), (EventKind::PasswordLink, "Ada".to_owned(), false));
        assert_eq!(own(world, &world.lead).await[..2], [by_link, link]);
        let all = store.account_events(&world.admin, 1).await.unwrap();
        let [set, made, ..] = &all.events[..] else { panic!() };
        assert_eq!((set.account.as_str(), made.account.as_str()), ("Lena", "lena@example.org"));
        assert!(all.total > 2);
        assert_eq!(store.account_events(&world.admin, 99).await.unwrap().events, []);
        assert!(!own(world, &world.reader).await.iter().any(|(kind, ..)| *kind == EventKind::PasswordSet));
        for who in [&world.reviewer, &world.lead, &world.nobody] {
            assert!(store.account_events(who, 1).await.unwrap_err().is_not_found());
        }
        let notice = store.inbox(&world.lead, 1).await.unwrap().notices.remove(0);
        assert_eq!((notice.practice, notice.target), (None, framework::notice::Target::Account));
        assert!(store.notice(&world.admin, notice.id).await.unwrap_err().is_not_found());
        assert_eq!(store.unread_notices(&world.lead).await.unwrap(), 2);
    }

    async fn whose_role_changes_is_told(world: &World) {
        let (store, reader) = (&world.store, world.reader.person.unwrap());
        join(store, &world.reader.name, Role::Practice(PracticeRole::Contributor), Some("north-vale")).await;
        assert_eq!(told(world, &world.reader).await, [NoticeKind::RolesChanged]);
        store.remove_member(&world.admin, reader, &north(), NOW + Duration::MINUTE).await.unwrap();
        let gone = sign_in(store, reader, "after").await;
        assert_eq!(told(world, &gone).await, [NoticeKind::RolesChanged; 2]);
        store.set_password(&gone, reader, "own", NOW + Duration::HOUR).await.unwrap();
        assert_eq!(told(world, &gone).await[0], NoticeKind::PasswordSet);
    }

    async fn names_and_addresses_hide_nothing_on_either_database(world: &World) {
        let store = &world.store;
        for email in ["new\0one@example.org", "new\u{202e}one@example.org"] {
            let invitation = NewInvitation {
                email: email.to_owned(),
                role: Role::National(NationalRole::Reviewer),
                practice: None,
            };
            let refused = store.invite(&world.admin, &invitation, "t", NOW).await;
            assert!(matches!(refused, Err(StoreError::Refused(_))), "{refused:?}");
            assert!(store.credentials(email).await.unwrap().is_none());
        }
        for (name, region) in [("North\0Vale", "East"), ("North Vale 2", "Ea\0st"), ("\u{200b}", "East")] {
            let refused = store.add_practice(&world.admin, &slug("new-one"), name, region, NOW).await;
            assert!(matches!(refused, Err(StoreError::Refused(_))), "{refused:?}");
        }
        store.add_practice(&world.admin, &slug("new-one"), "New \u{202e} One\n", "", NOW).await.unwrap();
        assert_eq!(store.practice(&world.admin, &slug("new-one")).await.unwrap().info.name, "New One");
        let ann = join(store, "Ann", Role::National(NationalRole::Reviewer), None).await;
        assert_eq!(ann.name, "Ann");
    }

    async fn reports_are_kept_so_many_a_day(world: &World) {
        world.bring_to(Status::Finalised).await;
        let (store, of) = (&world.store, ReportOf { practice: Some(north()), cycle: cycle("2026") });
        for n in 0..ARCHIVED_REPORTS_A_DAY {
            store.queue_report(&world.reader, &of, None, NOW).await.unwrap_or_else(|error| panic!("{n}: {error}"));
            let job = store.claim_report(NOW, NOW).await.unwrap().unwrap();
            store.fail_report(&job, NOW).await.unwrap();
        }
        let more = store.queue_report(&world.reader, &of, None, NOW).await;
        assert!(matches!(more, Err(StoreError::Enough(_))), "{more:?}");
        store.queue_report(&world.lead, &of, None, NOW).await.unwrap();
        // the same one is on the way: nothing new is made
        store.queue_report(&world.reader, &of, None, NOW).await.unwrap();
        let job = store.claim_report(NOW, NOW).await.unwrap().unwrap();
        store.fail_report(&job, NOW).await.unwrap();
        store.queue_report(&world.reader, &of, None, NOW + Duration::hours(25)).await.unwrap();
    }
}
