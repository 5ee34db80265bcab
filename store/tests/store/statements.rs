//! The Practice's statement on its moderated ratings.

use crate::world::*;
use framework::{
    lifecycle::{Denied, Operation, Status},
    notice::NoticeKind,
    statement::{Made, Stance, Statement},
};
use store::{Edited, EventKind, Result, Statements, StoreError};
use time::OffsetDateTime;

fn agrees() -> Statement {
    Statement {
        stance: Stance::Agrees,
        words: None,
    }
}

fn dissents(words: &str) -> Statement {
    Statement {
        stance: Stance::Dissents,
        words: text(words),
    }
}

async fn state(
    world: &World,
    actor: &framework::actor::Actor,
    seen: i32,
    statement: Option<Statement>,
    now: OffsetDateTime,
) -> Result<Edited<Statements>> {
    let store = &world.store;
    store
        .make_statement(actor, &north(), &cycle("2026"), seen, statement, now)
        .await
}

async fn read(world: &World, actor: &framework::actor::Actor) -> Statements {
    world.store.statements(actor, &north(), &cycle("2026")).await.unwrap()
}

both! {
    async fn a_statement_is_made_changed_and_taken_back_and_every_wording_stays(world: &World) {
        world.bring_to(Status::Moderated).await;
        assert_eq!(read(world, &world.lead).await, Statements::default());
        assert_eq!(state(world, &world.lead, 0, Some(dissents("Not on b.")), NOW).await.unwrap(), Edited::Saved);
        // the same again is no new wording
        assert_eq!(state(world, &world.lead, 0, Some(dissents("Not on b.")), NOW).await.unwrap(), Edited::Saved);
        assert_eq!(state(world, &world.lead, 1, None, NOW + HOUR).await.unwrap(), Edited::Saved);
        assert!(read(world, &world.reviewer).await.current().is_none());
        assert_eq!(state(world, &world.lead, 2, Some(agrees()), NOW + HOUR * 2).await.unwrap(), Edited::Saved);
        for actor in [&world.lead, &world.contributor, &world.reviewer, &world.admin] {
            let seen = read(world, actor).await;
            let wordings: Vec<_> = seen.wordings.iter().map(|one| (one.number, one.statement.clone(), one.who.as_str(), one.at)).collect();
            assert_eq!(wordings, [
                (1, Some(dissents("Not on b.")), "Lena", NOW),
                (2, None, "Lena", NOW + HOUR),
                (3, Some(agrees()), "Lena", NOW + HOUR * 2),
            ]);
            assert_eq!(seen.current().unwrap().0, &agrees());
        }
        let history = world.store.history(&world.contributor, &north(), &cycle("2026")).await.unwrap();
        let kinds: Vec<_> = history.iter().rev().take(3).map(|event| event.kind).collect();
        assert_eq!(kinds, [EventKind::AgreementStated, EventKind::StatementWithdrawn, EventKind::DissentStated]);
    }

    async fn whoever_did_not_see_the_last_wording_is_shown_it(world: &World) {
        world.bring_to(Status::Moderated).await;
        state(world, &world.lead, 0, Some(agrees()), NOW).await.unwrap();
        match state(world, &world.lead, 0, Some(dissents("Not on b.")), NOW).await.unwrap() {
            Edited::Conflict(theirs) => assert_eq!((theirs.number(), theirs.current().unwrap().0.clone()), (1, agrees())),
            Edited::Saved => panic!("it was not seen"),
        }
        assert_eq!(read(world, &world.lead).await.wordings.len(), 1);
    }

    async fn only_the_lead_states_and_only_between_moderation_and_the_end(world: &World) {
        world.bring_to(Status::InReview).await;
        let early = state(world, &world.lead, 0, Some(agrees()), NOW).await;
        assert!(matches!(early, Err(StoreError::Lifecycle(Denied::NotNow(Status::InReview)))), "{early:?}");
        world.agree(&world.reviewer, "b", agreed(3)).await.unwrap();
        world.act(&world.reviewer, Operation::Moderate).await.unwrap();
        for actor in [&world.contributor, &world.own_reviewer, &world.reviewer, &world.admin] {
            let refused = state(world, actor, 0, Some(agrees()), NOW).await;
            assert!(matches!(refused, Err(StoreError::Lifecycle(Denied::NotAllowed))), "{}: {refused:?}", actor.name);
        }
        for actor in [&world.reader, &world.other, &world.nobody] {
            assert!(state(world, actor, 0, Some(agrees()), NOW).await.unwrap_err().is_not_found(), "{}", actor.name);
        }
        state(world, &world.lead, 0, Some(dissents("Not on b.")), NOW).await.unwrap();
        world.act(&world.admin, Operation::Finalise).await.unwrap();
        let late = state(world, &world.lead, 1, Some(agrees()), NOW).await;
        assert!(matches!(late, Err(StoreError::Lifecycle(Denied::NotNow(Status::Finalised)))), "{late:?}");
        // the reader has the report, and what it says
        assert_eq!(read(world, &world.reader).await.current().unwrap().0, &dissents("Not on b."));
        let facts = world.store.practice_facts(&world.reader, &north(), &cycle("2026"), None, NOW.date()).await.unwrap();
        let made = Made { statement: dissents("Not on b."), day: NOW.date() };
        assert_eq!(facts.beside.statement, Some(made));
    }

    async fn a_rating_that_changes_after_the_statement_is_told(world: &World) {
        world.bring_to(Status::Moderated).await;
        state(world, &world.lead, 0, Some(agrees()), NOW).await.unwrap();
        assert_eq!(read(world, &world.reviewer).await.changed_since, 0);
        let changes = vec![change("b", 1, agreed(4))];
        let later = NOW + HOUR;
        world.store.save_agreements(&world.reviewer, &north(), &cycle("2026"), changes, later).await.unwrap();
        assert_eq!(read(world, &world.lead).await.changed_since, 1);
        // a new statement speaks of what stands now
        state(world, &world.lead, 1, Some(dissents("Not on b.")), later).await.unwrap();
        assert_eq!(read(world, &world.lead).await.changed_since, 0);
    }

    async fn the_lead_is_asked_and_the_reviewers_are_told(world: &World) {
        world.bring_to(Status::Moderated).await;
        let inbox = async |actor| {
            let inbox = world.store.inbox(actor, 1).await.unwrap();
            let unread = inbox.notices.into_iter().filter(|notice| !notice.read);
            unread.map(|notice| notice.kind).collect::<Vec<_>>()
        };
        assert_eq!(inbox(&world.lead).await, [NoticeKind::Moderated]);
        state(world, &world.lead, 0, Some(agrees()), NOW).await.unwrap();
        assert_eq!(inbox(&world.lead).await, []);
        assert_eq!(inbox(&world.reviewer).await, [NoticeKind::Statement]);
        world.act(&world.admin, Operation::Finalise).await.unwrap();
        assert_eq!(inbox(&world.reviewer).await, []);
    }

    async fn what_moderation_needs_is_needed_until_the_end(world: &World) {
        world.bring_to(Status::Moderated).await;
        // an agreed rating is taken back after moderation
        let changes = vec![change("b", 1, framework::assessment::Agreement::default())];
        world.store.save_agreements(&world.reviewer, &north(), &cycle("2026"), changes, NOW).await.unwrap();
        match world.act(&world.admin, Operation::Finalise).await {
            Err(StoreError::Refused(sentence)) => assert!(sentence.contains("“Title of b”"), "{sentence}"),
            other => panic!("{other:?}"),
        }
    }
}
