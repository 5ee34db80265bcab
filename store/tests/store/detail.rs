//! Words that seem to identify somebody: that they were kept is in the history with what was stored, the words are not.

use crate::world::*;
use framework::{
    actor::Actor,
    assessment::Review,
    identify::{Kind, Kinds},
    lifecycle::{Operation, Status},
};
use store::{EventKind, Store};

/// Returns the store for a form whose author kept words on criteria a and b, and on none.
fn confirming(world: &World, actor: &Actor) -> Store {
    let kept = [
        (
            Some(criterion("a")),
            Kinds::from([(Kind::Name, 2), (Kind::Postcode, 1)]),
        ),
        (Some(criterion("b")), Kinds::new()),
        (Some(criterion("d")), Kinds::from([(Kind::Email, 1)])),
        (None, Kinds::from([(Kind::Phone, 1)])),
    ];
    world.store.confirming(actor, kept)
}

both! {
    async fn what_was_kept_is_recorded_by_kind_and_number_after_what_was_saved(world: &World) {
        world.start().await;
        let (year, carl) = (cycle("2026"), &world.contributor);
        let changes = ["a", "b"].map(|id| change(id, 0, rated(4)));
        confirming(world, carl).save_answers(carl, &north(), &year, changes.into(), NOW).await.unwrap();
        let history = world.store.history(&world.lead, &north(), &year).await.unwrap();
        let last: Vec<_> = history[history.len() - 4..].iter().map(|event| (event.kind, event.criterion.clone())).collect();
        assert_eq!(last, [
            (EventKind::Answered, Some(criterion("a"))),
            (EventKind::DetailKept, Some(criterion("a"))),
            (EventKind::DetailKept, None),
            (EventKind::Answered, Some(criterion("b"))),
        ]);
        assert_eq!(world.count(r#"event WHERE detail = '{"name":2,"postcode":1}'"#).await, 1);
        // what is saved without asking records nothing, and neither does what changes nothing
        world.answer(carl, "a", 1, rated(3)).await.unwrap();
        let same = vec![change("a", 2, rated(3))];
        confirming(world, carl).save_answers(carl, &north(), &year, same, NOW).await.unwrap();
        assert_eq!(world.count("event WHERE kind = 'detail_kept'").await, 2);
    }

    async fn outside_an_assessment_it_is_recorded_in_the_practice(world: &World) {
        let reason = text("A friend works there.");
        confirming(world, &world.reviewer).declare_conflict(&world.reviewer, &north(), reason, NOW).await.unwrap();
        assert_eq!(world.count("event WHERE kind = 'review_detail_kept' AND assessment_id IS NULL").await, 1);
    }

    async fn the_practice_does_not_learn_of_it_while_the_review_is_written(world: &World) {
        world.bring_to(Status::InReview).await;
        let (year, rae) = (cycle("2026"), &world.reviewer);
        let question = Review { question: text("Which?"), ..reviewed(4) };
        confirming(world, rae).save_reviews(rae, &north(), &year, vec![change("a", 1, question)], NOW).await.unwrap();
        let seen = async |actor| {
            let history = world.store.history(actor, &north(), &year).await.unwrap();
            history.iter().filter(|event| event.kind == EventKind::ReviewDetailKept).count()
        };
        assert_eq!((seen(&world.lead).await, seen(rae).await), (0, 2));
        world.act(rae, Operation::Return).await.unwrap();
        assert_eq!(seen(&world.lead).await, 2);
    }
}
