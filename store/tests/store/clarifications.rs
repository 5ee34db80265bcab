//! Threads through the store: who may what, two at once, drafts sent once, what is unread, and the end.

use crate::world::*;
use framework::{
    actor::Actor,
    assessment::Review,
    clarification::{Side, ThreadOperation, ThreadStatus, next},
    lifecycle::{Operation, Status},
    notice::NoticeKind,
    plan::{Ask, Asking},
};
use sea_orm::ConnectionTrait;
use store::{Clarification, EventKind, Result, StoreError, Turn};

async fn turn(
    world: &World,
    actor: &Actor,
    id: &str,
    act: ThreadOperation,
    revision: i32,
    words: &str,
) -> Result<ThreadStatus> {
    let turn = Turn {
        criterion: criterion(id),
        revision,
        act,
        text: text(words),
    };
    world.store.clarify(actor, &north(), &cycle("2026"), &turn, NOW).await
}

async fn thread(world: &World, actor: &Actor, id: &str) -> Option<Clarification> {
    let assessment = world.store.assessment(actor, &north(), &cycle("2026")).await.unwrap();
    let index = assessment.framework.position(&criterion(id)).unwrap();
    assessment.lines[index].clarification.clone()
}

fn said(thread: &Clarification) -> Vec<(Side, &str, &str)> {
    let messages = thread.thread.messages.iter();
    messages.map(|m| (m.side, m.who.as_str(), m.text.as_str())).collect()
}

/// The criteria whose question needs an action: in the plan, and beside the assessment.
async fn carried(world: &World) -> Vec<String> {
    let assessment = world
        .store
        .assessment(&world.lead, &north(), &cycle("2026"))
        .await
        .unwrap();
    let asked = world
        .store
        .improvement_plan(&world.lead, &north())
        .await
        .unwrap()
        .asked
        .unwrap();
    let ids = |asking: &[Asking]| -> Vec<String> {
        let left = asking.iter().filter(|asking| asking.why.contains(&Ask::Carried));
        left.map(|asking| assessment.framework.criteria[asking.index].id.to_string())
            .collect()
    };
    assert_eq!(ids(&asked.criteria), ids(&assessment.plan.asking));
    ids(&asked.criteria)
}

both! {
    async fn a_question_is_asked_answered_asked_back_resolved_and_taken_up_again(world: &World) {
        world.bring_to(Status::Submitted).await;
        for (actor, act, revision, words, after) in [
            (&world.reviewer, ThreadOperation::Ask, 0, "How many?", ThreadStatus::WaitsForPractice),
            (&world.contributor, ThreadOperation::AskBack, 1, "Since when?", ThreadStatus::WaitsForNational),
            (&world.admin, ThreadOperation::Ask, 2, "Since April.", ThreadStatus::WaitsForPractice),
            (&world.lead, ThreadOperation::Answer, 3, "Nine.", ThreadStatus::Answered),
            (&world.reviewer, ThreadOperation::Resolve, 4, "", ThreadStatus::Resolved),
            (&world.lead, ThreadOperation::Answer, 5, "Ten, in fact.", ThreadStatus::Answered),
            (&world.reviewer, ThreadOperation::Resolve, 6, "", ThreadStatus::Resolved),
            (&world.reviewer, ThreadOperation::Ask, 7, "And now?", ThreadStatus::WaitsForPractice),
        ] {
            assert_eq!(turn(world, actor, "a", act, revision, words).await.unwrap(), after, "{words}");
        }
        let found = thread(world, &world.lead, "a").await.unwrap();
        assert_eq!((found.thread.state, found.revision), (ThreadStatus::WaitsForPractice, 8));
        assert_eq!(said(&found), [
            (Side::National, "Rita", "How many?"),
            (Side::Practice, "Carl", "Since when?"),
            (Side::National, "Ada", "Since April."),
            (Side::Practice, "Lena", "Nine."),
            (Side::Practice, "Lena", "Ten, in fact."),
            (Side::National, "Rita", "And now?"),
        ]);
        let history = world.store.history(&world.lead, &north(), &cycle("2026")).await.unwrap();
        let count = |kind| history.iter().filter(|event| event.kind == kind).count();
        assert_eq!(
            [EventKind::QuestionAsked, EventKind::QuestionAnswered, EventKind::AskedBack, EventKind::QuestionResolved].map(count),
            [3, 2, 1, 2]
        );
        for (actor, questions, answers) in [(&world.contributor, 3, 0), (&world.reviewer, 1, 2), (&world.reader, 0, 0)] {
            let inbox = world.store.inbox(actor, 1).await.unwrap();
            let count = |kind| inbox.notices.iter().filter(|notice| notice.kind == kind).count();
            let told = [NoticeKind::Question, NoticeKind::Answer].map(count);
            assert_eq!(told, [questions, answers], "{}", actor.name);
        }
        assert!(history.iter().all(|event| event.note.is_none()), "the history does not say what was said");
    }

    async fn everybody_gets_what_the_table_says(world: &World) {
        world.bring_to(Status::Submitted).await;
        turn(world, &world.reviewer, "a", ThreadOperation::Ask, 0, "How many?").await.unwrap();
        let practice = world.store.practice(&world.lead, &north()).await.unwrap();
        for actor in [&world.admin, &world.reviewer, &world.lead, &world.contributor, &world.own_reviewer, &world.reader, &world.other, &world.nobody] {
            let standing = actor.standing(practice.id);
            for act in ThreadOperation::ALL {
                // without a text and with a wrong revision nothing is written, whoever asks
                let got = turn(world, actor, "a", act, 9, "").await.unwrap_err();
                let what = format!("{} {act:?}: {got:?}", actor.name);
                match (Side::of(standing), next(Status::Submitted, Some(ThreadStatus::WaitsForPractice), act, standing)) {
                    (None, _) => assert!(got.is_not_found(), "{what}"),
                    (_, Err(refusal)) => assert_eq!(got.to_string(), refusal.to_string(), "{what}"),
                    (_, Ok(_)) => assert!(got.to_string().starts_with("Somebody else"), "{what}"),
                }
            }
        }
        let empty = turn(world, &world.lead, "a", ThreadOperation::Answer, 1, " ").await.unwrap_err();
        assert_eq!(empty.to_string(), "Write your message.");
        let unknown = turn(world, &world.reviewer, "zzz", ThreadOperation::Ask, 0, "?").await.unwrap_err();
        assert!(unknown.to_string().contains("no criterion"));
        assert_eq!(world.count("clarification_message").await, 1);
    }

    async fn of_two_who_write_at_once_the_second_is_told(world: &World) {
        world.bring_to(Status::Submitted).await;
        let once = |actor: &Actor, act: ThreadOperation, revision: i32| {
            let (store, actor) = (world.store.clone(), actor.clone());
            tokio::spawn(async move {
                let turn = Turn { criterion: criterion("a"), revision, act, text: text("Mine") };
                store.clarify(&actor, &north(), &cycle("2026"), &turn, NOW).await
            })
        };
        for (first, second, act, revision) in [
            (&world.reviewer, &world.admin, ThreadOperation::Ask, 0),
            (&world.lead, &world.contributor, ThreadOperation::Answer, 1),
        ] {
            let both = [once(first, act, revision), once(second, act, revision)];
            let mut taken = 0;
            for one in both {
                match one.await.unwrap() {
                    Ok(_) => taken += 1,
                    Err(StoreError::Refused(sentence)) => assert!(sentence.starts_with("Somebody else"), "{sentence}"),
                    Err(other) => panic!("{other:?}"),
                }
            }
            assert_eq!(taken, 1, "{act:?}");
        }
        assert_eq!(world.count("clarification").await, 1);
        assert_eq!(world.count("clarification_message").await, 2);
    }

    async fn returning_sends_each_question_once_and_goes_on_in_its_thread(world: &World) {
        world.bring_to(Status::Submitted).await;
        turn(world, &world.admin, "b", ThreadOperation::Ask, 0, "Who?").await.unwrap();
        turn(world, &world.lead, "b", ThreadOperation::Answer, 1, "Both of us.").await.unwrap();
        world.act(&world.reviewer, Operation::BeginReview).await.unwrap();
        let with_question = |words| Review { question: text(words), ..reviewed(4) };
        for (id, words) in [("a", "How many?"), ("b", "Since when?")] {
            world.review(&world.reviewer, id, 0, with_question(words)).await.unwrap();
        }
        let own = world.store.assessment(&world.lead, &north(), &cycle("2026")).await.unwrap();
        assert_eq!(own.lines[0].entry.review.question, None, "a draft is not the Practice's to read");
        assert!(own.lines[0].clarification.is_none());

        world.act(&world.admin, Operation::Return).await.unwrap();
        let a = thread(world, &world.lead, "a").await.unwrap();
        assert_eq!(said(&a), [(Side::National, "Rita", "How many?")], "by whoever wrote it");
        let b = thread(world, &world.lead, "b").await.unwrap();
        assert_eq!(b.thread.state, ThreadStatus::WaitsForPractice);
        assert_eq!(said(&b)[2], (Side::National, "Rita", "Since when?"));
        let sheet = world.store.assessment(&world.reviewer, &north(), &cycle("2026")).await.unwrap();
        assert!(sheet.lines.iter().all(|line| line.entry.review.question.is_none()), "the drafts are cleared");
        assert_eq!(sheet.lines[0].entry.review.rating, Some(rating(4)), "and nothing else");

        world.act(&world.lead, Operation::Submit).await.unwrap();
        world.act(&world.reviewer, Operation::BeginReview).await.unwrap();
        // a tab from before still holds the question: it does not come back
        let stale = world.review(&world.reviewer, "a", 1, with_question("How many?")).await.unwrap();
        assert!(!stale.saved && stale.value.question.is_none(), "{stale:?}");
        let note = text("Once more, please.");
        world.store.transition(&world.reviewer, &north(), &cycle("2026"), Operation::Return, note, NOW).await.unwrap();
        assert_eq!(world.count("clarification_message").await, 4);
    }

    async fn what_is_new_is_marked_for_each_until_it_was_shown(world: &World) {
        world.bring_to(Status::Submitted).await;
        turn(world, &world.reviewer, "a", ThreadOperation::Ask, 0, "How many?").await.unwrap();
        turn(world, &world.reviewer, "b", ThreadOperation::Ask, 0, "Who?").await.unwrap();
        let unread = async |actor: &Actor| {
            let mut counts = vec![];
            for id in ["a", "b"] {
                counts.push(thread(world, actor, id).await.unwrap().unread_count());
            }
            counts
        };
        assert_eq!(unread(&world.reviewer).await, [0, 0], "one's own is not news");
        assert_eq!(unread(&world.lead).await, [1, 1]);
        let shown = |id: &str, revision| [(criterion(id), revision)].into();
        world.store.mark_clarifications_read(&world.lead, &north(), &cycle("2026"), &shown("a", 1)).await.unwrap();
        assert_eq!(unread(&world.lead).await, [0, 1]);
        assert_eq!(unread(&world.contributor).await, [1, 1], "to each their own marks");
        turn(world, &world.contributor, "b", ThreadOperation::Answer, 1, "Both.").await.unwrap();
        assert_eq!(unread(&world.contributor).await, [1, 0], "whoever answers has read");
        assert_eq!(unread(&world.lead).await, [0, 2], "a colleague's answer is news too");
        assert_eq!(unread(&world.reviewer).await, [0, 1]);
        world.store.mark_clarifications_read(&world.lead, &north(), &cycle("2026"), &shown("b", 99)).await.unwrap();
        // a page shown long ago does not take the mark back, and nobody can mark what is not there yet
        world.store.mark_clarifications_read(&world.lead, &north(), &cycle("2026"), &shown("b", 1)).await.unwrap();
        assert_eq!(unread(&world.lead).await, [0, 0]);
        turn(world, &world.reviewer, "b", ThreadOperation::Ask, 2, "Still?").await.unwrap();
        assert_eq!(unread(&world.lead).await, [0, 1]);

        let own = world.store.waiting_clarifications(&world.lead).await.unwrap();
        assert_eq!(own.len(), 1);
        assert_eq!((own[0].waiting.practice, own[0].waiting.national, own[0].waiting.unread), (2, 0, 1));
        let queue = world.store.queue(&world.admin).await.unwrap();
        assert_eq!((queue[0].clarifications.practice, queue[0].clarifications.unread), (2, 4));
        assert!(world.store.waiting_clarifications(&world.other).await.unwrap().is_empty());
        let refused = world.store.mark_clarifications_read(&world.other, &north(), &cycle("2026"), &shown("a", 1)).await;
        assert!(refused.unwrap_err().is_not_found());
    }

    async fn nothing_open_is_finalised_and_nothing_finalised_is_asked(world: &World) {
        world.bring_to(Status::Submitted).await;
        for id in ["a", "b", "d"] {
            turn(world, &world.reviewer, id, ThreadOperation::Ask, 0, "How many?").await.unwrap();
        }
        turn(world, &world.lead, "b", ThreadOperation::Answer, 1, "Nine.").await.unwrap();
        world.act(&world.reviewer, Operation::BeginReview).await.unwrap();
        for id in ["a", "b", "d", "e"] {
            world.review(&world.reviewer, id, 0, reviewed(4)).await.unwrap();
        }
        let early = turn(world, &world.reviewer, "a", ThreadOperation::Carry, 1, "").await.unwrap_err();
        assert!(matches!(early, StoreError::Lifecycle(_)), "{early:?}");
        world.act(&world.reviewer, Operation::Moderate).await.unwrap();
        let refused = world.act(&world.reviewer, Operation::Finalise).await.unwrap_err().to_string();
        assert!(refused.contains("(3)"), "{refused}");
        turn(world, &world.reviewer, "a", ThreadOperation::Carry, 1, "").await.unwrap();
        assert_eq!(carried(world).await, ["a"]);
        turn(world, &world.reviewer, "b", ThreadOperation::Resolve, 2, "").await.unwrap();
        let refused = world.act(&world.reviewer, Operation::Finalise).await.unwrap_err().to_string();
        assert!(refused.contains("(1)"), "{refused}");
        turn(world, &world.reviewer, "d", ThreadOperation::Resolve, 1, "").await.unwrap();
        world.act(&world.reviewer, Operation::Finalise).await.unwrap();

        for (actor, act) in [(&world.reviewer, ThreadOperation::Ask), (&world.lead, ThreadOperation::Answer)] {
            let refused = turn(world, actor, "d", act, 2, "Late").await.unwrap_err();
            assert!(matches!(refused, StoreError::Lifecycle(_)), "{refused:?}");
        }
        let read = thread(world, &world.reader, "b").await.unwrap();
        assert_eq!((read.thread.state, read.thread.messages.len(), read.unread_count()), (ThreadStatus::Resolved, 2, 0));

        let db = world.raw().await;
        if db.get_database_backend() == sea_orm::DbBackend::Sqlite {
            db.execute_unprepared("PRAGMA foreign_keys = OFF").await.unwrap();
        }
        for sql in [
            "UPDATE clarification SET state = 'answered'",
            "DELETE FROM clarification",
            "UPDATE clarification_message SET body = 'x'",
            "DELETE FROM clarification_message",
            "INSERT INTO clarification (id, practice_id, assessment_id, criterion, state, revision, updated_at)
             SELECT id, practice_id, id, 'e', 'answered', 1, created_at FROM assessment",
            "INSERT INTO clarification_message (id, assessment_id, clarification_id, revision, side, who, at, body)
             SELECT assessment_id, assessment_id, id, 9, 'practice', 'x', updated_at, 'x' FROM clarification WHERE criterion = 'd'",
        ] {
            let error = db.execute_unprepared(sql).await.expect_err(sql).to_string();
            assert!(error.contains("never changes"), "{sql}: {error}");
        }
        db.close().await.unwrap();
        let shown = [(criterion("b"), 3)].into();
        world.store.mark_clarifications_read(&world.reader, &north(), &cycle("2026"), &shown).await.unwrap();
    }
}
