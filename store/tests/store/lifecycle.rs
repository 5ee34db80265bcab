//! States and roles through the store.

use crate::world::*;
use framework::{
    actor::Standing,
    assessment::{Agreement, Answer, Response, Review},
    lifecycle::{Denied, Operation, Status, may_read, next},
};
use store::{EventKind, Result, StoreError};

/// Does an actor of each role get exactly what the lifecycle says, in a state?
async fn every_role(world: &World, status: Status) {
    let actors = [
        (&world.reviewer, Standing::Reviewer),
        (&world.lead, Standing::Lead),
        (&world.contributor, Standing::Contributor),
        (&world.own_reviewer, Standing::Contributor),
        (&world.reader, Standing::Reader),
        (&world.other, Standing::Stranger),
        (&world.nobody, Standing::Stranger),
    ];
    for (actor, standing) in actors {
        // saving what is stored already is allowed or refused like any saving, and changes nothing
        let saves: [(Operation, Result<()>); 3] = [
            (Operation::Fill, world.answer(actor, "zzz", 0, rated(4)).await.map(drop)),
            (
                Operation::Review,
                world.review(actor, "zzz", 0, reviewed(4)).await.map(drop),
            ),
            (Operation::Agree, world.agree(actor, "zzz", agreed(4)).await.map(drop)),
        ];
        for (action, got) in saves {
            let what = format!("{status:?} {action:?} {} as {standing:?}: {got:?}", actor.name);
            match (may_read(status, standing), next(status, action, standing)) {
                (false, _) => assert!(got.is_err_and(|e| e.is_not_found()), "{what}"),
                (true, Err(expected)) => {
                    assert!(matches!(got, Err(StoreError::Lifecycle(r)) if r == expected), "{what}")
                }
                // allowed so far; then the criterion is refused, so that nothing changes for the next actor
                (true, Ok(_)) => assert!(matches!(got, Err(StoreError::Refused(_))), "{what}"),
            }
        }
        for action in [
            Operation::Submit,
            Operation::BeginReview,
            Operation::Return,
            Operation::Moderate,
            Operation::Finalise,
        ] {
            let expected = next(status, action, standing);
            if may_read(status, standing) && expected.is_ok() {
                continue;
            }
            let got = world.act(actor, action).await;
            let what = format!("{status:?} {action:?} {} as {standing:?}: {got:?}", actor.name);
            match expected {
                _ if !may_read(status, standing) => assert!(got.is_err_and(|e| e.is_not_found()), "{what}"),
                Err(expected) => assert!(matches!(got, Err(StoreError::Lifecycle(r)) if r == expected), "{what}"),
                Ok(_) => unreachable!(),
            }
        }
    }
    let assessment = world
        .store
        .assessment(&world.lead, &north(), &cycle("2026"))
        .await
        .unwrap();
    assert_eq!(assessment.status, status);
}

both! {
    async fn in_a_draft_every_role_gets_what_the_lifecycle_says(world: &World) {
        world.bring_to(Status::Draft).await;
        every_role(world, Status::Draft).await;
    }
    async fn when_submitted_every_role_gets_what_the_lifecycle_says(world: &World) {
        world.bring_to(Status::Submitted).await;
        every_role(world, Status::Submitted).await;
    }
    async fn in_review_every_role_gets_what_the_lifecycle_says(world: &World) {
        world.bring_to(Status::InReview).await;
        every_role(world, Status::InReview).await;
    }
    async fn when_returned_every_role_gets_what_the_lifecycle_says(world: &World) {
        world.bring_to(Status::Returned).await;
        every_role(world, Status::Returned).await;
    }
    async fn when_moderated_every_role_gets_what_the_lifecycle_says(world: &World) {
        world.bring_to(Status::Moderated).await;
        every_role(world, Status::Moderated).await;
    }
    async fn when_finalised_every_role_gets_what_the_lifecycle_says(world: &World) {
        world.bring_to(Status::Finalised).await;
        every_role(world, Status::Finalised).await;
    }

    async fn only_the_lead_starts_and_once_and_in_an_open_cycle(world: &World) {
        let (store, year) = (&world.store, cycle("2026"));
        for actor in [&world.contributor, &world.reader, &world.reviewer, &world.admin, &world.own_reviewer] {
            let refused = store.start(actor, &north(), &year, NOW).await;
            assert!(matches!(refused, Err(StoreError::Lifecycle(Denied::NotAllowed))), "{}: {refused:?}", actor.name);
        }
        for actor in [&world.other, &world.nobody] {
            assert!(store.start(actor, &north(), &year, NOW).await.unwrap_err().is_not_found());
        }
        assert!(store.start(&world.lead, &north(), &cycle("2031"), NOW).await.unwrap_err().is_not_found());
        world.start().await;
        let again = store.start(&world.lead, &north(), &year, NOW).await;
        assert!(matches!(again, Err(StoreError::Taken(_))), "{again:?}");
        store.close_cycle(&world.admin, &year, NOW).await.unwrap();
        let closed = store.start(&world.other, &slug("south-mere"), &year, NOW).await;
        assert!(matches!(closed, Err(StoreError::Refused(_))), "{closed:?}");
    }

    async fn what_is_missing_stands_in_the_way_with_a_sentence(world: &World) {
        world.start().await;
        let refused = async |actor, action| match world.act(actor, action).await {
            Err(StoreError::Refused(sentence)) => sentence,
            other => panic!("{other:?}"),
        };
        let no_reason = Answer { response: Some(Response::NotApplicable(None)), ..Answer::default() };
        world.answer(&world.lead, "a", 0, no_reason).await.unwrap();
        world.answer(&world.lead, "b", 0, rated(4)).await.unwrap();
        world.answer(&world.lead, "d", 0, rated(4)).await.unwrap();
        assert_eq!(
            refused(&world.lead, Operation::Submit).await,
            "Criteria that cannot be submitted yet: each needs a rating, or “not applicable” with a reason (2): \
             “Title of a”, “Title of e”."
        );
        let reason = Answer { response: Some(Response::NotApplicable(text("No office."))), ..Answer::default() };
        world.answer(&world.lead, "a", 1, reason).await.unwrap();
        world.answer(&world.lead, "e", 0, rated(4)).await.unwrap();
        world.act(&world.lead, Operation::Submit).await.unwrap();
        world.act(&world.reviewer, Operation::BeginReview).await.unwrap();
        assert!(refused(&world.reviewer, Operation::Return).await.starts_with("Ask a question"));
        world.review(&world.reviewer, "b", 0, reviewed(4)).await.unwrap();
        world.review(&world.reviewer, "d", 0, reviewed(2)).await.unwrap();
        assert_eq!(
            refused(&world.reviewer, Operation::Moderate).await,
            "Criteria that still need a review rating (1): “Title of e”."
        );
        world.review(&world.reviewer, "e", 0, reviewed(4)).await.unwrap();
        assert!(refused(&world.reviewer, Operation::Moderate).await.contains("(1): “Title of d”"));
        let bare = Agreement { class: None, ..agreed(3) };
        world.agree(&world.reviewer, "d", bare).await.unwrap();
        assert!(refused(&world.reviewer, Operation::Moderate).await.contains("not put down to anything yet"));
        let change = vec![change("d", 1, agreed(3))];
        world.store.save_agreements(&world.reviewer, &north(), &cycle("2026"), change, NOW).await.unwrap();
        assert_eq!(world.act(&world.reviewer, Operation::Moderate).await.unwrap(), Status::Moderated);
    }

    async fn a_return_with_a_note_goes_back_and_forth_and_the_history_tells(world: &World) {
        world.bring_to(Status::Submitted).await;
        world.act(&world.reviewer, Operation::BeginReview).await.unwrap();
        let note = text("Please look at b again.");
        let year = cycle("2026");
        world.store.transition(&world.reviewer, &north(), &year, Operation::Return, note.clone(), NOW + HOUR).await.unwrap();
        world.answer(&world.lead, "b", 1, rated(3)).await.unwrap();
        world.store.transition(&world.lead, &north(), &year, Operation::Submit, None, NOW + HOUR * 2).await.unwrap();
        let history = world.store.history(&world.lead, &north(), &year).await.unwrap();
        let moves: Vec<_> = history
            .iter()
            .filter(|event| event.kind == EventKind::Moved)
            .map(|event| (event.who.as_str(), event.from, event.to, event.note.is_some()))
            .collect();
        assert_eq!(moves, [
            ("Lena", Some(Status::Draft), Some(Status::Submitted), false),
            ("Rita", Some(Status::Submitted), Some(Status::InReview), false),
            ("Rita", Some(Status::InReview), Some(Status::Returned), true),
            ("Lena", Some(Status::Returned), Some(Status::Submitted), false),
        ]);
        let assessment = world.store.assessment(&world.reviewer, &north(), &year).await.unwrap();
        assert_eq!(assessment.reviewers.all()[0].name, "Rita");
    }

    async fn the_practice_does_not_see_the_reviewers_side_while_it_is_written(world: &World) {
        world.bring_to(Status::InReview).await;
        let year = cycle("2026");
        let theirs = world.store.assessment(&world.reviewer, &north(), &year).await.unwrap();
        assert!(theirs.review_readable && theirs.lines.iter().all(|line| line.entry.review.rating.is_some()));
        for actor in [&world.lead, &world.contributor, &world.own_reviewer] {
            let own = world.store.assessment(actor, &north(), &year).await.unwrap();
            assert!(!own.review_readable);
            for line in own.lines {
                assert_eq!((line.entry.review, line.own_review, line.own_revision), (Review::default(), Review::default(), 0));
                assert_eq!((line.entry.agreement, line.agreement_revision), Default::default());
                assert_eq!(line.answer_revision, 1);
            }
            let facts = world.store.practice_facts(actor, &north(), &year, None, NOW.date()).await.unwrap();
            assert!(facts.entries.iter().all(|entry| entry.review == Review::default()));
            assert!(facts.sheets[0].marks.iter().all(|mark| mark.review_rating.is_none() && mark.agreed_rating.is_none()));
            let history = world.store.history(actor, &north(), &year).await.unwrap();
            assert!(history.iter().all(|event| event.kind != EventKind::Reviewed));
        }
        world.review(&world.reviewer, "a", 1, Review { question: text("Which?"), ..reviewed(4) }).await.unwrap();
        world.act(&world.reviewer, Operation::Return).await.unwrap();
        let own = world.store.assessment(&world.lead, &north(), &year).await.unwrap();
        assert_eq!(own.lines[0].clarification.as_ref().unwrap().thread.messages[0].text, text("Which?").unwrap());
    }

    async fn of_two_who_move_at_once_exactly_one_moves(world: &World) {
        world.bring_to(Status::Submitted).await;
        let begin = |_| {
            let (store, actor) = (world.store.clone(), world.reviewer.clone());
            tokio::spawn(async move {
                store.transition(&actor, &north(), &cycle("2026"), Operation::BeginReview, None, NOW).await
            })
        };
        let mut moved = 0;
        for one in (0..5).map(begin).collect::<Vec<_>>() {
            match one.await.unwrap() {
                Ok(_) => moved += 1,
                Err(error) => assert!(error.is_refusal(), "{error:?}"),
            }
        }
        assert_eq!(moved, 1);
        assert_eq!(world.count("event WHERE status_to = 'in_review'").await, 1);
    }
}
