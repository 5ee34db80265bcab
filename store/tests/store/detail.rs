//! Words that seem to identify somebody: that they were kept is in the history, the words are not.

use crate::world::*;
use framework::{
    assessment::Review,
    identify::{Kind, Kinds},
    lifecycle::{Action, Status},
};
use store::{EventKind, StoreError};

both! {
    async fn what_was_kept_is_recorded_by_kind_and_number(world: &World) {
        world.start().await;
        let kept = [
            (Some(criterion("a")), Kinds::from([(Kind::Name, 2), (Kind::Postcode, 1)])),
            (Some(criterion("b")), Kinds::new()),
        ];
        let year = cycle("2026");
        world.store.keep_detail(&world.contributor, &north(), Some(&year), &kept, NOW).await.unwrap();
        world.store.keep_detail(&world.contributor, &north(), Some(&year), &kept[1..], NOW).await.unwrap();
        let history = world.store.history(&world.lead, &north(), &year).await.unwrap();
        let last = history.last().unwrap();
        assert_eq!((last.kind, last.who.as_str(), last.criterion.clone()), (EventKind::DetailKept, "Carl", Some(criterion("a"))));
        assert_eq!(world.count("event WHERE kind = 'detail_kept'").await, 1);
        assert_eq!(world.count(r#"event WHERE detail = '{"name":2,"postcode":1}'"#).await, 1);
        // outside an assessment too
        world.store.keep_detail(&world.lead, &north(), None, &[(None, Kinds::from([(Kind::Email, 1)]))], NOW).await.unwrap();
        assert_eq!(world.count("event WHERE kind = 'detail_kept' AND assessment_id IS NULL").await, 1);
    }

    async fn whoever_cannot_write_there_records_nothing(world: &World) {
        world.start().await;
        let kept = [(None, Kinds::from([(Kind::Phone, 1)]))];
        for actor in [&world.reader, &world.other] {
            let refused = world.store.keep_detail(actor, &north(), Some(&cycle("2026")), &kept, NOW).await;
            assert!(matches!(refused, Err(StoreError::NotFound)), "{refused:?}");
        }
        assert_eq!(world.count("event WHERE kind = 'detail_kept'").await, 0);
    }

    async fn the_practice_does_not_learn_of_it_while_the_review_is_written(world: &World) {
        world.bring_to(Status::InReview).await;
        let year = cycle("2026");
        let kept = [(Some(criterion("a")), Kinds::from([(Kind::Name, 1)]))];
        world.store.keep_detail(&world.reviewer, &north(), Some(&year), &kept, NOW).await.unwrap();
        let seen = async |actor| {
            let history = world.store.history(actor, &north(), &year).await.unwrap();
            history.iter().filter(|event| event.kind == EventKind::ReviewDetailKept).count()
        };
        assert_eq!((seen(&world.lead).await, seen(&world.reviewer).await), (0, 1));
        let question = Review { question: text("Which?"), ..reviewed(4) };
        world.store.save_reviews(&world.reviewer, &north(), &year, vec![change("a", 1, question)], NOW).await.unwrap();
        world.act(&world.reviewer, Action::Return).await.unwrap();
        assert_eq!(seen(&world.lead).await, 1);
    }
}
