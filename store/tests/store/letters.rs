//! The outbox: who is written to, when, once, and what becomes of it.

use crate::world::*;
use framework::{
    actor::Actor,
    lifecycle::{Operation, Status},
    notice::MailChoice,
};
use std::collections::BTreeSet;
use store::{About, Letter, Mailing, Store, Trouble};
use time::{
    Duration, OffsetDateTime,
    macros::{datetime, time},
};

const LEASE: Duration = Duration::minutes(30);
/// The next time daily e-mails go out after [`NOW`].
const MORNING: OffsetDateTime = datetime!(2026-03-03 07:00:00 UTC);

fn mailing(world: &World) -> Store {
    world.store.clone().with_mail(Mailing { daily_at: time!(7:00) })
}

/// North Vale's assessment goes back at [`NOW`]: Lena wants e-mail at once, Carl each day, Olga never.
async fn returned(world: &World) -> Store {
    world.bring_to(Status::InReview).await;
    let store = mailing(world);
    store.set_mail_choice(&world.lead, MailChoice::Each).await.unwrap();
    store
        .set_mail_choice(&world.own_reviewer, MailChoice::Off)
        .await
        .unwrap();
    send_back(&store, world, NOW).await;
    store
}

async fn send_back(store: &Store, world: &World, now: OffsetDateTime) {
    let note = text("Please look at the second again");
    store
        .transition(&world.reviewer, &north(), &cycle("2026"), Operation::Return, note, now)
        .await
        .unwrap();
}

/// Handed in, taken up and sent back once more.
async fn again(store: &Store, world: &World, now: OffsetDateTime) {
    for (actor, action) in [
        (&world.lead, Operation::Submit),
        (&world.reviewer, Operation::BeginReview),
    ] {
        store
            .transition(actor, &north(), &cycle("2026"), action, None, now)
            .await
            .unwrap();
    }
    send_back(store, world, now).await;
}

async fn take(store: &Store, now: OffsetDateTime) -> Vec<Letter> {
    store.take_letters(now, LEASE, 10).await.unwrap()
}

fn to(letters: &[Letter]) -> Vec<&str> {
    letters.iter().map(|letter| letter.address.as_str()).collect()
}

/// Lena's, where it is due; Carl's is sent.
async fn lenas(store: &Store, now: OffsetDateTime) -> Option<uuid::Uuid> {
    let mut hers = None;
    for letter in take(store, now).await {
        if letter.address.starts_with("lena") {
            hers = Some(letter.id);
        } else {
            store.letter_sent(letter.id, now).await.unwrap();
        }
    }
    hers
}

async fn first_notice(store: &Store, actor: &Actor) -> uuid::Uuid {
    store.inbox(actor, 1).await.unwrap().notices[0].id
}

both! {
    async fn each_is_written_to_as_they_chose(world: &World) {
        let store = returned(world).await;
        let now = take(&store, NOW).await;
        assert_eq!(to(&now), ["lena@example.org"]);
        assert_eq!(now[0].about, About::Notice(first_notice(&store, &world.lead).await));
        assert_eq!(take(&store, MORNING - Duration::SECOND).await.len(), 1, "hers, whose lease has run out");
        let morning = take(&store, MORNING).await;
        assert_eq!((to(&morning), morning[0].about), (vec!["carl@example.org"], About::Unread(1)));
        // nobody else, not the reviewer who did it, nor those who do not see it
        assert_eq!(world.count("outbox").await, 2);
    }

    async fn a_day_has_one_daily_e_mail_with_all_that_is_unread_then(world: &World) {
        let store = returned(world).await;
        again(&store, world, NOW + HOUR).await;
        again(&store, world, NOW + HOUR * 2).await;
        assert_eq!(world.count("outbox WHERE digest_at IS NOT NULL").await, 2, "Carl's, and Rita's for what comes in again");
        let morning = take(&store, MORNING).await;
        let carls: Vec<_> = morning.iter().filter(|letter| letter.address.starts_with("carl")).map(|letter| letter.about).collect();
        assert_eq!(carls, [About::Unread(1)], "the others are settled by handing it in again");
        again(&store, world, MORNING).await;
        assert_eq!(world.count("outbox WHERE digest_at IS NOT NULL").await, 4, "from seven on it is for the next day");
    }

    async fn without_a_mail_server_nothing_is_queued(world: &World) {
        world.bring_to(Status::Finalised).await;
        assert!(world.count("notice").await > 0);
        assert_eq!(world.count("outbox").await, 0);
        assert!(!world.store.sends_mail() && mailing(world).sends_mail());
    }

    async fn what_is_read_by_then_need_not_be_written(world: &World) {
        let store = returned(world).await;
        for actor in [&world.lead, &world.contributor] {
            store.mark_notices_read(actor, NOW, NOW).await.unwrap();
        }
        assert_eq!(take(&store, MORNING).await, []);
        assert_eq!(world.count("outbox WHERE outcome = 'needless'").await, 2);
        assert_eq!(take(&store, MORNING + HOUR).await, []);
    }

    async fn nobody_is_written_to_who_left_or_changed_their_mind(world: &World) {
        let store = returned(world).await;
        store.remove_member(&world.admin, world.lead.person.unwrap(), &north(), NOW).await.unwrap();
        store.set_mail_choice(&world.contributor, MailChoice::Off).await.unwrap();
        assert_eq!(to(&take(&store, MORNING).await), ["lena@example.org"], "only that her roles changed");
        assert_eq!(world.count("outbox WHERE outcome = 'needless'").await, 2);
    }

    async fn nobody_is_written_to_whose_account_is_off(world: &World) {
        let store = returned(world).await;
        store.set_disabled(&world.admin, world.lead.person.unwrap(), true, NOW).await.unwrap();
        assert_eq!(take(&store, NOW).await, []);
    }

    async fn a_letter_is_leased_to_one_sender_and_comes_free_with_the_lease(world: &World) {
        let store = returned(world).await;
        let [letter] = &take(&store, NOW).await[..] else { panic!() };
        assert_eq!(take(&store, NOW + LEASE - Duration::SECOND).await, [], "it is somebody else's");
        assert_eq!(take(&store, NOW + LEASE).await, std::slice::from_ref(letter), "whoever had it stopped in between");
        store.return_letters(vec![letter.id]).await.unwrap();
        assert_eq!(take(&store, NOW + LEASE).await, std::slice::from_ref(letter), "given back");
        store.letter_sent(letter.id, NOW + LEASE).await.unwrap();
        assert_eq!(take(&store, NOW + LEASE * 2).await, []);
        // too late: it stays sent
        store.letter_failed(letter.id, Trouble::Later, NOW + LEASE).await.unwrap();
        assert_eq!(world.count("outbox WHERE outcome = 'sent' AND tries = 0").await, 1);
    }

    async fn of_many_senders_at_once_each_letter_is_one_senders(world: &World) {
        let store = returned(world).await;
        for round in 1..6 {
            again(&store, world, NOW + HOUR * round).await;
        }
        for notice in store.inbox(&world.lead, 1).await.unwrap().notices {
            store.mark_notice(&world.lead, notice.id, false, NOW).await.unwrap();
        }
        let taking = |_| {
            let store = store.clone();
            tokio::spawn(async move { store.take_letters(NOW + HOUR * 6, LEASE, 2).await.unwrap() })
        };
        let (mut taken, mut different) = (0, BTreeSet::new());
        for one in (0..5).map(taking).collect::<Vec<_>>() {
            for letter in one.await.unwrap() {
                taken += 1;
                different.insert(letter.id);
            }
        }
        // the database may hand a busy row to nobody, never to two
        assert_eq!(taken, different.len());
        let rest = store.take_letters(NOW + HOUR * 6, LEASE, 10).await.unwrap();
        different.extend(rest.iter().map(|letter| letter.id));
        assert_eq!((taken + rest.len(), different.len()), (6, 6));
    }

    async fn a_letter_that_fails_is_tried_later_and_later_and_given_up_in_the_end(world: &World) {
        let store = returned(world).await;
        let mut now = NOW;
        for minutes in [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360, 360] {
            let letter = lenas(&store, now).await.unwrap();
            assert!(!store.letter_failed(letter, Trouble::Later, now).await.unwrap());
            let wait = Duration::minutes(minutes);
            assert_eq!(lenas(&store, now + wait - Duration::SECOND).await, None);
            now += wait;
        }
        let letter = lenas(&store, now).await.unwrap();
        assert!(store.letter_failed(letter, Trouble::Unreachable, now).await.unwrap());
        assert_eq!(world.count("outbox WHERE outcome = 'given_up' AND tries = 14 AND last_error = 'unreachable'").await, 1);
        assert_eq!(lenas(&store, now + Duration::days(9)).await, None);
    }

    async fn what_the_server_refuses_is_given_up_after_three_tries(world: &World) {
        let store = returned(world).await;
        for (minutes, given_up) in [(0, false), (1, false), (3, true)] {
            let now = NOW + Duration::minutes(minutes);
            let [letter] = &take(&store, now).await[..] else { panic!("{minutes}") };
            assert_eq!(store.letter_failed(letter.id, Trouble::Refused, now).await.unwrap(), given_up);
        }
        assert_eq!(world.count("outbox WHERE outcome = 'given_up' AND last_error = 'refused'").await, 1);
        assert_eq!(to(&take(&store, MORNING).await), ["carl@example.org"], "which stops nobody else's");
    }

    async fn what_became_of_letters_is_forgotten_after_a_month(world: &World) {
        let store = returned(world).await;
        let [letter] = &take(&store, NOW).await[..] else { panic!() };
        store.letter_sent(letter.id, NOW).await.unwrap();
        assert_eq!(store.purge_letters(NOW + Duration::days(30) - Duration::SECOND).await.unwrap(), 0);
        assert_eq!(store.purge_letters(NOW + Duration::days(30)).await.unwrap(), 1);
        assert_eq!(world.count("outbox").await, 1, "what waits stays");
    }

    async fn a_letter_goes_with_its_notice(world: &World) {
        let store = returned(world).await;
        store.mark_notices_read(&world.lead, NOW, NOW).await.unwrap();
        store.purge_notices(NOW + Duration::days(365)).await.unwrap();
        assert_eq!(world.count("outbox WHERE notice_id IS NOT NULL").await, 0);
    }
}
