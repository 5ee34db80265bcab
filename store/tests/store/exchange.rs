//! To and from files: all or nothing, and twice is once.

use crate::{
    facts::{entry, exchanged},
    world::*,
};
use framework::{
    assessment::{Agreement, Answer, Entry, Response, Review},
    lifecycle::Status,
};
use store::{Exchanged, ImportOutcome, Result, StoreError};

fn file() -> Vec<Exchanged> {
    let full = Entry {
        answer: Answer {
            response: Some(Response::Rated(rating(3))),
            measure: Some(9.1),
            evidence: text("E\n\n- ŵ"),
            comment: text("C"),
            adaptation: text("A"),
        },
        review: Review {
            rating: Some(rating(2)),
            comment: text("RC"),
            question: text("RQ"),
        },
        readings: vec![],
        agreement: Agreement {
            rating: Some(rating(2)),
            comment: text("AC"),
            class: Some(framework::assessment::AdaptationClass::NotConsistent),
            adaptation: None,
        },
    };
    let none = Entry {
        answer: Answer {
            response: Some(Response::NotApplicable(text("No office."))),
            ..Answer::default()
        },
        ..Entry::default()
    };
    vec![
        exchanged("east-dale", "2024", "2025.1", &[("a", none), ("b", entry(2, 2, None))]),
        exchanged("north-vale", "2024", "2025.1", &[("a", entry(4, 5, Some(5)))]),
        exchanged("east-dale", "2025", "2026.1", &[("a", entry(1, 1, None)), ("e", full)]),
    ]
}

fn places(all: &[(&str, &str)]) -> Vec<(framework::ids::PracticeSlug, framework::ids::CycleId)> {
    all.iter()
        .map(|(practice, year)| (slug(practice), cycle(year)))
        .collect()
}

async fn import(world: &World, given: Vec<Exchanged>) -> Result<ImportOutcome> {
    world.store.import(&world.admin, given, false, NOW).await
}

fn sentence(result: Result<ImportOutcome>) -> String {
    match result {
        Err(StoreError::Refused(sentence)) => sentence,
        other => panic!("{other:?}"),
    }
}

both! {
    async fn what_is_imported_is_finalised_and_comes_out_as_it_went_in(world: &World) {
        let dry = world.store.import(&world.admin, file(), true, NOW).await.unwrap();
        assert_eq!(world.count("assessment").await, 0);
        let done = import(world, file()).await.unwrap();
        assert_eq!(dry, done);
        assert_eq!(done, ImportOutcome {
            practices_added: vec!["east-dale".into()],
            cycles_added: vec![cycle("2024"), cycle("2025")],
            assessments_added: places(&[("east-dale", "2024"), ("north-vale", "2024"), ("east-dale", "2025")]),
            unchanged: vec![],
            incomplete: done.incomplete.clone(),
            recorded: None,
        });
        assert_eq!(world.store.export(&world.admin, None).await.unwrap(), file());
        let one = world.store.export(&world.admin, Some(&cycle("2025"))).await.unwrap();
        assert_eq!(one, file()[2..]);
        let never = world.store.export(&world.admin, Some(&cycle("1999"))).await;
        assert!(never.unwrap_err().is_not_found());
        let own = world.store.export(&world.reader, None).await.unwrap();
        assert_eq!(own, file()[1..2]);
        let assessment = world.store.assessment(&world.lead, &north(), &cycle("2024")).await.unwrap();
        assert_eq!((assessment.status, assessment.imported), (Status::Finalised, true));
        assert!(world.store.cycles(&world.admin).await.unwrap().iter().all(|c| c.open == (c.id == cycle("2026"))));
    }

    async fn importing_twice_is_importing_once(world: &World) {
        import(world, file()).await.unwrap();
        let (answers, events) = (world.count("answer").await, world.count("event").await);
        let again = import(world, file()).await.unwrap();
        assert_eq!(again, ImportOutcome {
            unchanged: places(&[("east-dale", "2024"), ("north-vale", "2024"), ("east-dale", "2025")]),
            ..ImportOutcome::default()
        });
        assert_eq!((world.count("answer").await, world.count("event").await), (answers, events));
    }

    async fn what_the_platform_finalised_comes_back_unchanged(world: &World) {
        world.bring_to(Status::Finalised).await;
        let exported = world.store.export(&world.admin, None).await.unwrap();
        assert_eq!(exported.len(), 1);
        assert_eq!(import(world, exported).await.unwrap().unchanged, places(&[("north-vale", "2026")]));
    }

    async fn one_that_cannot_be_taken_keeps_all_out_and_all_are_named(world: &World) {
        import(world, file()).await.unwrap();
        world.start().await;
        let mut other = file();
        other[0].entries.insert(criterion("b"), entry(5, 2, None));
        other.push(exchanged("north-vale", "2026", "2026.1", &[("a", entry(1, 1, None))]));
        other.push(exchanged("west-ham", "2024", "2025.1", &[("a", entry(1, 1, None))]));
        assert_eq!(
            sentence(import(world, other).await),
            "east-dale 2024: there is a finalised assessment that says something else.\n\
             north-vale 2026: there is an assessment that is not finished."
        );
        assert_eq!(world.count("practice WHERE slug = 'west-ham'").await, 0);
    }

    async fn a_file_that_contradicts_itself_or_the_framework_is_refused(world: &World) {
        let not_applicable = Entry {
            answer: Answer { response: Some(Response::NotApplicable(None)), ..Answer::default() },
            ..Entry::default()
        };
        let mut twice = vec![exchanged("w", "2024", "2025.1", &[]), exchanged("w", "2024", "2025.1", &[])];
        twice[1].practice.region = "South".into();
        let wrong = vec![
            exchanged("v", "2024", "2024.1", &[]),
            exchanged("x", "2024", "2025.1", &[("e", entry(1, 1, None)), ("b", not_applicable)]),
        ];
        let sentence = sentence(import(world, [twice, wrong].concat()).await);
        assert_eq!(sentence, "w 2024: given twice.\n\
            w 2024: the Practice has another name or region than elsewhere in the file.\n\
            v 2024: there is no version 2024.1 of the framework.\n\
            x 2024, b: This criterion applies to every Practice. Choose a level from 1 to 5.\n\
            x 2024: e is no criterion of version 2025.1.");
        assert_eq!(world.count("practice").await, 2);
    }

    async fn many_assessments_come_in_at_once(world: &World) {
        let given: Vec<_> = (0..600)
            .map(|n| {
                let entries = ["a", "b", "c", "f"].map(|id| (id, entry((1 + n % 5) as u8, 3, Some(2))));
                exchanged(&format!("p{}", n / 3), &format!("202{}", n % 3), "2025.1", &entries)
            })
            .collect();
        let done = import(world, given.clone()).await.unwrap();
        assert_eq!((done.practices_added.len(), done.assessments_added.len()), (200, 600));
        assert_eq!(world.count("answer").await, 2400);
        assert_eq!(import(world, given).await.unwrap().unchanged.len(), 600);
    }
}
