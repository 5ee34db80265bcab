//! A form that is sent twice makes one record, one after the other and at the same time.

use crate::world::*;
use framework::{
    actor::Actor,
    clarification::ThreadOperation,
    evidence::{Content, Evidence, Title},
    lifecycle::Status,
    plan::{About, Owner, PlannedAction},
    prose::Prose,
};
use store::{NewSupport, StoreError, Turn};
use time::macros::date;

fn prose(text: &str) -> Prose {
    Prose::try_from(text.to_owned()).unwrap()
}

fn planned() -> PlannedAction {
    PlannedAction {
        what: prose("Meet weekly."),
        owner: Owner::read("Practice lead").unwrap(),
        by: date!(2026 - 06 - 01),
        support: None,
    }
}

fn keyed(world: &World, key: &str) -> store::Store {
    world.store.for_form(Some(key.to_owned()))
}

both! {
    async fn an_action_sent_twice_at_the_same_time_stands_once_in_the_plan(world: &World) {
        world.bring_to(Status::Finalised).await;
        let raise = async |actor: &Actor, key: &str| {
            let (store, planned) = (keyed(world, key), planned());
            store.raise_action(actor, &north(), &cycle("2026"), &criterion("b"), &planned, NOW).await
        };
        let (one, two) = tokio::join!(raise(&world.lead, "k"), raise(&world.lead, "k"));
        let (one, two) = (one.unwrap(), two.unwrap());
        assert_eq!(one, two);
        assert_eq!(raise(&world.lead, "k").await.unwrap(), one);
        let count = async || world.store.improvement_plan(&world.lead, &north()).await.unwrap().actions.len();
        assert_eq!(count().await, 1);
        // another form, and one without a key, make others
        assert_ne!(raise(&world.lead, "l").await.unwrap(), one);
        world.store.raise_action(&world.lead, &north(), &cycle("2026"), &criterion("b"), &planned(), NOW).await.unwrap();
        assert_eq!(count().await, 3);
        // a key is of the person who sent it
        assert!(raise(&world.contributor, "k").await.unwrap_err().is_not_found());
        assert_eq!(count().await, 3);
    }

    async fn evidence_and_support_sent_twice_are_there_once(world: &World) {
        world.bring_to(Status::Finalised).await;
        let item = Evidence {
            title: Title::read("Minutes").unwrap(),
            shows: prose("That it is so"),
            true_of: date!(2026-02-01),
            review_by: None,
            content: Content::Note(prose("Said so.")),
        };
        let add = async || keyed(world, "e").add_evidence(&world.lead, &north(), &item, NOW).await.unwrap();
        let (one, two) = tokio::join!(add(), add());
        assert_eq!((one, add().await), (two, one));
        assert_eq!(world.store.evidence(&world.lead, &north()).await.unwrap().items.len(), 1);

        let support = NewSupport { day: NOW.date(), what: prose("A visit."), about: About::Whole };
        let record = async || keyed(world, "s").record_support(&world.reviewer, &north(), &support, NOW).await.unwrap();
        let (one, two) = tokio::join!(record(), record());
        assert_eq!((one, record().await), (two, one));
        assert_eq!(world.store.improvement_plan(&world.lead, &north()).await.unwrap().support.len(), 1);
    }

    async fn a_message_sent_twice_stands_once_in_its_thread(world: &World) {
        world.bring_to(Status::InReview).await;
        let turn = Turn { criterion: criterion("b"), revision: 0, act: ThreadOperation::Ask, text: text("Since when?") };
        let ask = async |key: Option<&str>| {
            let store = world.store.for_form(key.map(str::to_owned));
            store.clarify(&world.reviewer, &north(), &cycle("2026"), &turn, NOW).await
        };
        let (one, two) = tokio::join!(ask(Some("m")), ask(Some("m")));
        assert_eq!(one.unwrap(), two.unwrap());
        assert!(ask(Some("m")).await.is_ok());
        assert!(matches!(ask(None).await, Err(StoreError::Refused(_))));
        let assessment = world.store.assessment(&world.reviewer, &north(), &cycle("2026")).await.unwrap();
        let index = assessment.framework.position(&criterion("b")).unwrap();
        let thread = assessment.lines[index].clarification.clone().unwrap();
        assert_eq!(thread.thread.messages.len(), 1);
    }
}
