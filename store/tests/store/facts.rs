//! What pages and reports are given.

use crate::world::*;
use framework::{
    assessment::{AdaptationClass, Agreement, Answer, Entry, Response, Review},
    lifecycle::Status,
    sheet::{CriterionRatings, PracticeInfo},
};
use std::collections::BTreeMap;
use store::Exchanged;

pub fn entry(own: u8, review: u8, agreed: Option<u8>) -> Entry {
    Entry {
        answer: Answer {
            evidence: text("Minutes."),
            ..rated(own)
        },
        review: reviewed(review),
        readings: vec![],
        agreement: Agreement {
            rating: agreed.map(rating),
            ..Agreement::default()
        },
    }
}

pub fn exchanged(practice: &str, year: &str, under: &str, entries: &[(&str, Entry)]) -> Exchanged {
    let name = match practice {
        "north-vale" => "North Vale",
        "south-mere" => "South Mere",
        other => other,
    };
    Exchanged {
        practice: PracticeInfo {
            slug: slug(practice),
            name: name.into(),
            region: "North".into(),
        },
        cycle: cycle(year),
        version: version(under),
        entries: entries
            .iter()
            .map(|(id, entry)| (criterion(id), entry.clone()))
            .collect::<BTreeMap<_, _>>(),
    }
}

both! {
    async fn last_cycle_stands_beside_this_one_by_the_crosswalk(world: &World) {
        let older = [("a", entry(2, 2, None)), ("b", entry(3, 3, None)), ("c", entry(5, 4, Some(4))), ("f", entry(1, 1, None))];
        let oldest = exchanged("north-vale", "2023", "2025.1", &[("a", entry(1, 1, None))]);
        let given = vec![oldest, exchanged("north-vale", "2025", "2025.1", &older)];
        world.store.import(&world.admin, given, false, NOW).await.unwrap();
        world.start().await;
        let assessment = world.store.assessment(&world.lead, &north(), &cycle("2026")).await.unwrap();
        let previous = assessment.previous.unwrap();
        assert_eq!((previous.cycle.as_str(), previous.framework.version.as_str()), ("2025", "2025.1"));
        // a is equal, b a part, d was c, e is new
        assert_eq!(previous.lines, [Some(entry(2, 2, None)), None, Some(entry(5, 4, Some(4))), None]);
        let related: Vec<Vec<_>> = previous
            .related
            .iter()
            .map(|all| all.iter().map(|one| (one.criterion.as_str(), one.entry.self_rating())).collect())
            .collect();
        assert_eq!(related, [vec![], vec![("b", Some(rating(3)))], vec![], vec![]]);
        let first = world.store.assessment(&world.lead, &north(), &cycle("2023")).await.unwrap();
        assert!(first.previous.is_none() && first.imported);
    }

    async fn a_practices_facts_are_its_finalised_assessments_and_the_current_one_last(world: &World) {
        let given = vec![
            exchanged("north-vale", "2024", "2025.1", &[("a", entry(2, 3, Some(3)))]),
            exchanged("north-vale", "2025", "2025.1", &[("a", entry(4, 4, None))]),
            exchanged("south-mere", "2025", "2025.1", &[("a", entry(1, 1, None))]),
        ];
        world.store.import(&world.admin, given, false, NOW).await.unwrap();
        world.bring_to(Status::Submitted).await;
        let facts = world.store.practice_facts(&world.lead, &north(), &cycle("2026"), None, NOW.date()).await.unwrap();
        let sheets: Vec<_> = facts.sheets.iter().map(|s| (s.cycle.as_str(), s.status, s.imported, s.marks[0])).collect();
        let mark = |own, review: Option<u8>, agreed: Option<u8>| CriterionRatings {
            self_rating: Some(rating(own)),
            review_rating: review.map(rating),
            agreed_rating: agreed.map(rating),
            ..CriterionRatings::default()
        };
        assert_eq!(sheets, [
            ("2024", Status::Finalised, true, mark(2, Some(3), Some(3))),
            ("2025", Status::Finalised, true, mark(4, Some(4), Some(4))),
            ("2026", Status::Submitted, false, mark(4, None, None)),
        ]);
        assert_eq!(facts.entries.len(), 4);
        let past = world.store.practice_facts(&world.reader, &north(), &cycle("2024"), None, NOW.date()).await.unwrap();
        assert_eq!(past.sheets.len(), 1);
        assert_eq!(past.entries[0], entry(2, 3, Some(3)));
        let none = world.store.practice_facts(&world.other, &slug("south-mere"), &cycle("2026"), None, NOW.date()).await;
        assert!(none.unwrap_err().is_not_found());
    }

    async fn national_facts_are_the_ratings_of_all_finalised_assessments_up_to_the_cycle(world: &World) {
        let set_aside = Entry {
            answer: Answer { response: Some(Response::NotApplicable(text("No."))), ..Answer::default() },
            ..Entry::default()
        };
        let classed = Entry {
            agreement: Agreement { class: Some(AdaptationClass::Unplanned), ..Agreement::default() },
            ..entry(3, 3, None)
        };
        let later = exchanged("south-mere", "2027", "2026.1", &[("a", entry(5, 5, None))]);
        let given = vec![
            exchanged("south-mere", "2025", "2025.1", &[("a", set_aside), ("b", classed), ("c", entry(4, 2, None))]),
            exchanged("north-vale", "2025", "2025.1", &[("b", entry(4, 2, Some(3)))]),
            later,
        ];
        world.store.import(&world.admin, given, false, NOW).await.unwrap();
        world.bring_to(Status::Submitted).await;
        let facts = world.store.national_facts(&world.reviewer, &cycle("2026"), NOW.date()).await.unwrap();
        assert_eq!(facts.version, version("2026.1"));
        assert_eq!(facts.unfinished, [(north(), Status::Submitted)]);
        assert_eq!(facts.network.facts().histories().iter().map(|h| h.practice.name.as_str()).collect::<Vec<_>>(), ["North Vale", "South Mere"]);
        let sheets: Vec<_> = facts.network.facts().sheets().map(|s| (s.practice.as_str(), s.cycle.as_str())).collect();
        assert_eq!(sheets, [("north-vale", "2025"), ("south-mere", "2025"), ("south-mere", "2027")]);
        // the documents say the same as the whole entries
        for sheet in facts.network.facts().sheets() {
            let whole = world.store.practice_facts(&world.operator, &sheet.practice, &sheet.cycle, None, NOW.date()).await.unwrap();
            assert_eq!(Some(sheet), whole.sheets.last());
        }
        assert!(world.store.national_facts(&world.reviewer, &cycle("2030"), NOW.date()).await.unwrap_err().is_not_found());
    }

    async fn a_finished_assessment_shows_all_to_its_readers(world: &World) {
        world.bring_to(Status::Finalised).await;
        let assessment = world.store.assessment(&world.reader, &north(), &cycle("2026")).await.unwrap();
        assert_eq!(assessment.lines[1].entry.review, Review { rating: Some(rating(3)), ..Review::default() });
        assert_eq!(assessment.lines[1].entry.agreed_rating(), Some(rating(3)));
        let rows = world.store.assessments_of(&world.reader, &north()).await.unwrap();
        assert_eq!(rows.len(), 1);
    }
}
