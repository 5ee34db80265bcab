//! Revisions, conflicts, and the event of every save.

use crate::world::*;
use framework::{
    assessment::{Answer, Response},
    lifecycle::Status,
};
use store::{EventKind, StoreError};

both! {
    async fn an_answer_comes_back_as_it_was_saved(world: &World) {
        world.start().await;
        let answers = [
            ("a", Answer { response: Some(Response::NotApplicable(text("No office."))), ..Answer::default() }),
            ("b", Answer { evidence: text("Minutes\n\n*of* March"), comment: text("ŵ 🦊"), adaptation: text("'; DROP"), ..rated(3) }),
            ("d", Answer { comment: text("Only a comment."), ..Answer::default() }),
            ("e", Answer { measure: Some(7.25), ..rated(5) }),
        ];
        for (id, answer) in &answers {
            let outcome = world.answer(&world.contributor, id, 0, answer.clone()).await.unwrap();
            assert_eq!((outcome.revision, outcome.at, outcome.saved), (1, NOW, true));
        }
        let assessment = world.store.assessment(&world.lead, &north(), &cycle("2026")).await.unwrap();
        for (line, (_, answer)) in assessment.lines.iter().zip(answers) {
            assert_eq!(line.entry.answer, answer);
            assert_eq!((line.answer_revision, line.answered_by.as_deref(), line.answered_at), (1, Some("Carl"), Some(NOW)));
        }
    }

    async fn a_change_from_an_older_revision_is_a_conflict_and_the_others_are_saved(world: &World) {
        world.start().await;
        world.answer(&world.lead, "a", 0, rated(4)).await.unwrap();
        world.answer(&world.lead, "a", 1, rated(5)).await.unwrap();
        let changes = vec![
            change("d", 0, rated(2)),
            change("a", 1, rated(3)),
            change("b", 0, Answer::default()),
            change("e", 7, rated(1)),
        ];
        let outcomes = world.store.save_answers(&world.contributor, &north(), &cycle("2026"), changes, NOW + HOUR).await.unwrap();
        let results: Vec<_> = outcomes
            .iter()
            .map(|o| (o.criterion.as_str(), o.revision, o.saved, o.asked.first().map(|asked| (asked.theirs.as_str(), asked.by.as_str()))))
            .collect();
        assert_eq!(results, [
            ("d", 1, true, None),
            ("a", 2, false, Some(("5", "Lena"))),
            ("b", 0, false, None),
            ("e", 0, false, Some(("", ""))),
        ]);
        assert_eq!((&outcomes[1].value, &outcomes[3].value), (&rated(5), &Answer::default()));
        assert_eq!(world.count("answer").await, 2);
    }

    async fn saving_what_is_stored_already_changes_nothing(world: &World) {
        world.start().await;
        world.answer(&world.lead, "a", 0, rated(4)).await.unwrap();
        let before = world.count("event").await;
        for revision in [0, 1, 9] {
            let outcome = world.answer(&world.contributor, "a", revision, rated(4)).await.unwrap();
            assert_eq!((outcome.revision, outcome.saved, outcome.asked.len()), (1, false, 0));
        }
        assert_eq!(world.count("event").await, before);
    }

    async fn of_two_who_save_at_once_exactly_one_saves(world: &World) {
        world.start().await;
        for round in 0..8 {
            // the first round inserts, the others update
            let save = |level: u8| {
                let (store, actor) = (world.store.clone(), world.lead.clone());
                let change = vec![change("a", round, Answer { comment: text(&format!("{round} {level}")), ..rated(4) })];
                tokio::spawn(async move { store.save_answers(&actor, &north(), &cycle("2026"), change, NOW).await })
            };
            let all: Vec<_> = (1..=5).map(save).collect();
            let mut saved = 0;
            for one in all {
                let outcome = one.await.unwrap().unwrap().remove(0);
                assert_eq!(outcome.revision, round + 1);
                match outcome.asked.as_slice() {
                    [] => saved += 1,
                    asked => assert!(asked.iter().all(|asked| asked.by == "Lena" && asked.own) && !outcome.saved),
                }
            }
            assert_eq!(saved, 1);
        }
        assert_eq!(world.count("event WHERE kind = 'answered'").await, 8);
    }

    async fn savers_of_many_answers_do_not_wait_for_each_other_for_ever(world: &World) {
        world.start().await;
        let ids = [["a", "b", "d", "e"], ["e", "d", "b", "a"]];
        let save = |n: usize| {
            let (store, actor) = (world.store.clone(), world.lead.clone());
            let changes = ids[n % 2].map(|id| change(id, 0, Answer { comment: text(&n.to_string()), ..Answer::default() }));
            tokio::spawn(async move { store.save_answers(&actor, &north(), &cycle("2026"), changes.into(), NOW).await })
        };
        for one in (0..6).map(save).collect::<Vec<_>>() {
            one.await.unwrap().unwrap();
        }
        assert_eq!(world.count("answer").await, 4);
        assert_eq!(world.count("event WHERE kind = 'answered'").await, 4);
    }

    async fn every_save_has_its_event_with_who_when_and_what_but_not_the_text(world: &World) {
        world.start().await;
        world.answer(&world.contributor, "a", 0, Answer { comment: text("private"), ..rated(4) }).await.unwrap();
        let history = world.store.history(&world.lead, &north(), &cycle("2026")).await.unwrap();
        let kinds: Vec<_> = history.iter().map(|e| (e.who.as_str(), e.kind, e.criterion.clone(), e.at)).collect();
        assert_eq!(kinds, [
            ("Lena", EventKind::Started, None, NOW),
            ("Carl", EventKind::Answered, Some(criterion("a")), NOW),
        ]);
        assert_eq!(world.count("event WHERE detail LIKE '%private%'").await, 0);
        assert_eq!(world.count(r#"event WHERE detail = '{"changed":["response","comment"],"revision":1}'
            OR detail = '{"changed":["comment","response"],"revision":1}'"#).await, 1);
    }

    async fn a_change_that_cannot_be_taken_refuses_all(world: &World) {
        world.start().await;
        let not_applicable = Answer { response: Some(Response::NotApplicable(None)), ..Answer::default() };
        for (wrong, value) in [
            ("b", not_applicable),
            ("b", Answer { measure: Some(3.0), ..rated(4) }),
            ("e", Answer { measure: Some(41.0), ..rated(4) }),
            ("e", Answer { measure: Some(f64::NAN), ..rated(4) }),
            ("c", rated(4)),
        ] {
            let changes = vec![change("a", 0, rated(4)), change(wrong, 0, value)];
            let refused = world.store.save_answers(&world.lead, &north(), &cycle("2026"), changes, NOW).await;
            assert!(matches!(refused, Err(StoreError::Refused(_))), "{wrong}: {refused:?}");
        }
        assert_eq!(world.count("answer").await, 0);
        assert_eq!(world.count("event WHERE kind = 'answered'").await, 0);
    }

    async fn an_event_that_cannot_be_written_takes_its_answer_with_it(world: &World) {
        world.start().await;
        let db = world.raw().await;
        sea_orm::ConnectionTrait::execute_unprepared(&db, "ALTER TABLE event RENAME TO elsewhere").await.unwrap();
        let failed = world.answer(&world.lead, "a", 0, rated(4)).await;
        assert!(matches!(failed, Err(StoreError::Db(_))), "{failed:?}");
        sea_orm::ConnectionTrait::execute_unprepared(&db, "ALTER TABLE elsewhere RENAME TO event").await.unwrap();
        db.close().await.unwrap();
        assert_eq!(world.count("answer").await, 0);
    }

    async fn a_bad_row_is_an_error_and_not_a_panic(world: &World) {
        world.bring_to(Status::Draft).await;
        world.answer(&world.lead, "a", 0, rated(4)).await.unwrap();
        let db = world.raw().await;
        sea_orm::ConnectionTrait::execute_unprepared(&db, "UPDATE answer SET criterion = 'Not an id'").await.unwrap();
        db.close().await.unwrap();
        let error = world.store.assessment(&world.lead, &north(), &cycle("2026")).await.unwrap_err();
        assert!(matches!(error, StoreError::BadRow(_)), "{error:?}");
    }
}
