//! Who is told of what, and their inboxes.

use crate::world::*;
use framework::{
    actor::Actor,
    lifecycle::{Operation, Status},
    notice::{MailChoice, NoticeKind, Target},
};
use time::{Duration, OffsetDateTime};

/// Returns what waits unread for somebody, newest first.
async fn waits(world: &World, actor: &Actor) -> Vec<NoticeKind> {
    let inbox = world.store.inbox(actor, 1).await.unwrap();
    let unread = inbox.notices.iter().filter(|notice| !notice.read);
    let kinds: Vec<_> = unread.map(|notice| notice.kind).collect();
    assert_eq!(kinds.len() as u64, inbox.unread);
    assert_eq!(world.store.unread_notices(actor).await.unwrap(), inbox.unread);
    kinds
}

/// Everybody's, by name, where there is anything; all are read then.
async fn everybodys(world: &World) -> Vec<(&str, Vec<NoticeKind>)> {
    let everybody = [
        &world.admin,
        &world.reviewer,
        &world.own_reviewer,
        &world.lead,
        &world.contributor,
        &world.reader,
        &world.other,
        &world.nobody,
        &world.operator,
    ];
    let mut all = vec![];
    for actor in everybody {
        let kinds = waits(world, actor).await;
        if !kinds.is_empty() {
            all.push((actor.name.as_str(), kinds));
        }
        world.store.mark_notices_read(actor, NOW, NOW).await.unwrap();
        assert_eq!(waits(world, actor).await, []);
    }
    all
}

/// Sends North Vale's assessment back.
async fn send_back(world: &World, now: OffsetDateTime) {
    let note = text("Please look again");
    let (store, reviewer) = (&world.store, &world.reviewer);
    store
        .transition(reviewer, &north(), &cycle("2026"), Operation::Return, note, now)
        .await
        .unwrap();
}

both! {
    async fn each_move_is_told_to_whom_it_concerns_and_to_nobody_else(world: &World) {
        use NoticeKind::{Finalised, Moderated, Returned, Submitted};
        world.bring_to(Status::Submitted).await;
        // nobody reviews it yet; Olga belongs to the Practice
        assert_eq!(everybodys(world).await, [("Ada", vec![Submitted]), ("Rita", vec![Submitted])]);
        world.act(&world.reviewer, Operation::BeginReview).await.unwrap();
        assert_eq!(everybodys(world).await, []);
        for id in ["a", "b", "d", "e"] {
            world.review(&world.reviewer, id, 0, reviewed(4)).await.unwrap();
        }
        send_back(world, NOW).await;
        let team = |kind| vec![("Olga", vec![kind]), ("Lena", vec![kind]), ("Carl", vec![kind])];
        assert_eq!(everybodys(world).await, team(Returned));
        world.act(&world.lead, Operation::Submit).await.unwrap();
        assert_eq!(everybodys(world).await, [("Rita", vec![Submitted])], "now it is hers");
        world.act(&world.reviewer, Operation::BeginReview).await.unwrap();
        world.act(&world.reviewer, Operation::Moderate).await.unwrap();
        assert_eq!(everybodys(world).await, [("Lena", vec![Moderated])]);
        world.act(&world.admin, Operation::Finalise).await.unwrap();
        let mut members = team(Finalised);
        members.push(("Rea", vec![Finalised]));
        assert_eq!(everybodys(world).await, members);
    }

    async fn a_move_that_is_refused_tells_nobody(world: &World) {
        world.start().await;
        world.act(&world.lead, Operation::Submit).await.unwrap_err();
        assert_eq!(world.count("notice").await, 0);
    }

    async fn one_whose_account_is_off_is_not_told_and_leaves_the_review_to_the_others(world: &World) {
        world.bring_to(Status::Returned).await;
        everybodys(world).await;
        world.store.set_disabled(&world.admin, world.reviewer.person.unwrap(), true, NOW).await.unwrap();
        world.act(&world.lead, Operation::Submit).await.unwrap();
        assert_eq!(everybodys(world).await, [("Ada", vec![NoticeKind::Submitted])]);
        assert_eq!(world.count("notice WHERE kind = 'submitted'").await, 3);
    }

    async fn a_notice_says_where_it_leads_and_is_its_owners_alone(world: &World) {
        world.bring_to(Status::Returned).await;
        let inbox = world.store.inbox(&world.lead, 1).await.unwrap();
        let [own] = &inbox.notices[..] else { panic!("{inbox:?}") };
        assert_eq!((own.kind, own.target, own.at, own.read), (NoticeKind::Returned, Target::Assessment, NOW, false));
        assert_eq!((own.practice.as_ref().unwrap().name.as_str(), own.cycle.as_ref().map(|c| c.as_str())), ("North Vale", Some("2026")));
        assert_eq!(&world.store.notice(&world.lead, own.id).await.unwrap(), own);
        for actor in [&world.contributor, &world.reviewer, &world.other, &world.operator] {
            assert!(world.store.notice(actor, own.id).await.unwrap_err().is_not_found());
            assert!(world.store.mark_notice(actor, own.id, true, NOW).await.unwrap_err().is_not_found());
        }
        assert_eq!(waits(world, &world.lead).await, [NoticeKind::Returned]);
        for as_read in [true, true, false, true] {
            world.store.mark_notice(&world.lead, own.id, as_read, NOW).await.unwrap();
            assert_eq!(world.store.notice(&world.lead, own.id).await.unwrap().read, as_read);
        }
    }

    async fn with_the_role_the_notices_go_out_of_sight(world: &World) {
        world.bring_to(Status::Returned).await;
        let id = world.store.inbox(&world.contributor, 1).await.unwrap().notices[0].id;
        let person = world.contributor.person.unwrap();
        world.store.remove_member(&world.admin, person, &north(), NOW).await.unwrap();
        let without = sign_in(&world.store, person, "after").await;
        assert_eq!(waits(world, &without).await, [NoticeKind::RolesChanged]);
        assert!(world.store.notice(&without, id).await.unwrap_err().is_not_found());
    }

    async fn marking_all_leaves_what_came_after_the_page(world: &World) {
        world.bring_to(Status::Returned).await;
        world.store.mark_notices_read(&world.lead, NOW - Duration::SECOND, NOW).await.unwrap();
        assert_eq!(waits(world, &world.lead).await, [NoticeKind::Returned]);
        world.store.mark_notices_read(&world.lead, NOW, NOW).await.unwrap();
        assert_eq!(waits(world, &world.lead).await, []);
        // the contributor's are her own
        assert_eq!(waits(world, &world.contributor).await, [NoticeKind::Returned]);
    }

    async fn unread_ones_come_first_and_the_rest_is_paged(world: &World) {
        world.bring_to(Status::Returned).await;
        for round in 0..12 {
            let later = NOW + Duration::hours(round + 1);
            for (actor, action) in [(&world.lead, Operation::Submit), (&world.reviewer, Operation::BeginReview)] {
                world.store.transition(actor, &north(), &cycle("2026"), action, None, later).await.unwrap();
            }
            send_back(world, later).await;
        }
        let page = async |n| world.store.inbox(&world.contributor, n).await.unwrap();
        let all = page(1).await;
        assert_eq!((all.total, all.unread, all.notices.len()), (13, 1, 13));
        assert!(all.notices.windows(2).all(|pair| pair[0].at > pair[1].at && pair[1].read), "handing in settles them");
        // the oldest, unread again, comes before the newest
        let oldest = all.notices.last().unwrap().id;
        world.store.mark_notice(&world.contributor, oldest, false, NOW).await.unwrap();
        world.store.mark_notice(&world.contributor, all.notices[0].id, true, NOW).await.unwrap();
        let sorted = page(1).await;
        assert_eq!((sorted.total, sorted.unread, sorted.notices[0].id), (13, 1, oldest));
        assert!(sorted.notices[1..].windows(2).all(|pair| pair[0].at > pair[1].at && pair[0].read));
        assert_eq!(page(2).await.notices, []);
        assert_eq!(page(u64::MAX).await.notices, []);
        assert_eq!(page(0).await.notices, sorted.notices);
    }

    async fn whoever_takes_up_a_review_settles_the_notice_for_the_others(world: &World) {
        world.bring_to(Status::Submitted).await;
        assert_eq!(waits(world, &world.admin).await, [NoticeKind::Submitted]);
        world.act(&world.reviewer, Operation::BeginReview).await.unwrap();
        assert_eq!(waits(world, &world.admin).await, []);
        assert_eq!(waits(world, &world.reviewer).await, []);
    }

    async fn read_notices_go_after_a_year_and_unread_ones_stay(world: &World) {
        world.bring_to(Status::Returned).await;
        world.store.mark_notices_read(&world.lead, NOW, NOW).await.unwrap();
        let before = world.count("notice").await;
        let year = Duration::days(365);
        assert_eq!(world.store.purge_notices(NOW + year - Duration::SECOND).await.unwrap(), 0);
        // hers, and what taking up the review settled
        assert_eq!(world.store.purge_notices(NOW + year).await.unwrap(), 3);
        assert_eq!(world.count("notice").await, before - 3);
        assert_eq!(waits(world, &world.contributor).await, [NoticeKind::Returned]);
    }

    async fn people_choose_how_often_they_want_e_mail(world: &World) {
        assert_eq!(world.store.mail_choice(&world.lead).await.unwrap(), MailChoice::Daily);
        world.store.set_mail_choice(&world.lead, MailChoice::Off).await.unwrap();
        assert_eq!(world.store.mail_choice(&world.lead).await.unwrap(), MailChoice::Off);
        assert_eq!(world.store.mail_choice(&world.contributor).await.unwrap(), MailChoice::Daily);
        assert!(world.store.mail_choice(&world.operator).await.unwrap_err().is_not_found());
        assert!(world.store.set_mail_choice(&world.operator, MailChoice::Off).await.unwrap_err().is_not_found());
    }
}
