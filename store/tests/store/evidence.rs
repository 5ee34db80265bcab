//! The evidence library: who sees and changes what, versions, citing, and saying that something is still true.

use crate::world::*;
use framework::{
    actor::Actor,
    evidence::{Content, Evidence, EvidenceId, FileHash, FileName, FileType, Link, StoredFile, Title},
    lifecycle::{Denied, Operation, Status},
    prose::Prose,
};
use std::collections::BTreeMap;
use store::{Result, StoreError};
use time::{Date, OffsetDateTime, macros::date};

const LATER: OffsetDateTime = time::macros::datetime!(2026-03-03 10:00:00 UTC);
const EARLIER: OffsetDateTime = time::macros::datetime!(2025-06-02 10:00:00 UTC);

fn item(title: &str, content: Content) -> Evidence {
    Evidence {
        title: Title::read(title).unwrap(),
        shows: Prose::try_from("That it is so".to_owned()).unwrap(),
        true_of: date!(2026 - 02 - 01),
        review_by: None,
        content,
    }
}

fn note(title: &str) -> Evidence {
    item(title, Content::Note(text("Said so.").unwrap()))
}

fn file(title: &str, byte: u8) -> Evidence {
    let file = StoredFile {
        name: FileName::read("minutes.pdf").unwrap(),
        kind: FileType::Pdf,
        size: 12,
        hash: FileHash::new([byte; 32]),
    };
    item(title, Content::File(file))
}

fn until(evidence: Evidence, review_by: Date) -> Evidence {
    Evidence {
        review_by: Some(review_by),
        ..evidence
    }
}

async fn add(world: &World, evidence: &Evidence, now: OffsetDateTime) -> EvidenceId {
    world
        .store
        .add_evidence(&world.lead, &north(), evidence, now)
        .await
        .unwrap()
}

async fn cite(world: &World, actor: &Actor, on: &str, changes: &[(EvidenceId, bool)]) -> Result<()> {
    let changes: BTreeMap<EvidenceId, bool> = changes.iter().copied().collect();
    world
        .store
        .cite(actor, &north(), &cycle("2026"), &criterion(on), &changes, NOW)
        .await
}

/// Returns the titles and versions that are cited on a criterion, as somebody sees them.
async fn cited(world: &World, actor: &Actor, on: &str) -> Vec<(String, i32)> {
    let assessment = world.store.assessment(actor, &north(), &cycle("2026")).await.unwrap();
    let index = assessment.framework.position(&criterion(on)).unwrap();
    let items = assessment.lines[index].cited.iter();
    items
        .map(|item| (item.evidence.title.to_string(), item.number))
        .collect()
}

fn one(title: &str, number: i32) -> Vec<(String, i32)> {
    vec![(title.to_owned(), number)]
}

/// Returns the numbers of an item's versions that somebody sees; none where there is no such item for them.
async fn seen(world: &World, actor: &Actor, id: EvidenceId) -> Vec<i32> {
    match world.store.evidence_item(actor, &north(), id).await {
        Ok(item) => item.versions.iter().map(|version| version.number).collect(),
        Err(StoreError::NotFound) => vec![],
        Err(other) => panic!("{other}"),
    }
}

/// Brings North Vale's answered assessment to its end.
async fn finish(world: &World) {
    world.act(&world.lead, Operation::Submit).await.unwrap();
    world.act(&world.reviewer, Operation::BeginReview).await.unwrap();
    for on in ["a", "b", "d", "e"] {
        world.review(&world.reviewer, on, 0, reviewed(4)).await.unwrap();
    }
    world.act(&world.reviewer, Operation::Moderate).await.unwrap();
    world.act(&world.admin, Operation::Finalise).await.unwrap();
}

both! {
    async fn an_item_comes_back_as_it_was_added_whatever_it_is_made_of(world: &World) {
        world.start().await;
        let link = Content::Link(Link::read("https://example.org/ŵyl").unwrap());
        let all = [until(file("A file", 1), date!(2027 - 01 - 01)), item("B link", link), note("C note")];
        for evidence in &all {
            let id = add(world, evidence, NOW).await;
            let read = world.store.evidence_item(&world.contributor, &north(), id).await.unwrap();
            assert_eq!(read.versions.len(), 1);
            assert_eq!(&read.versions[0].evidence, evidence);
            assert_eq!((read.versions[0].number, read.versions[0].made_by.as_str()), (1, "Lena"));
        }
        let library = world.store.evidence(&world.contributor, &north()).await.unwrap();
        let titles: Vec<_> = library.items.iter().map(|item| item.latest.evidence.title.to_string()).collect();
        assert_eq!(titles, ["A file", "B link", "C note"]);
        let hashes = world.store.referenced_files(&world.operator).await.unwrap();
        assert_eq!(hashes.into_iter().collect::<Vec<_>>(), [FileHash::new([1; 32])]);
    }

    async fn only_the_practice_keeps_its_library(world: &World) {
        world.start().await;
        let id = add(world, &note("Note"), NOW).await;
        let (store, north, year) = (&world.store, &north(), &cycle("2026"));
        for actor in [&world.admin, &world.reviewer, &world.reader, &world.other, &world.nobody, &world.operator] {
            let mut tries = vec![
                store.evidence(actor, north).await.map(drop),
                store.citing(actor, north, year).await.map(drop),
                store.evidence_item(actor, north, id).await.map(drop),
                store.add_evidence(actor, north, &note("Mine"), NOW).await.map(drop),
                store.change_evidence(actor, north, id, 1, &note("Mine"), NOW).await.map(drop),
                store.withdraw_evidence(actor, north, id, true, NOW).await,
                store.confirm_evidence(actor, north, year, id, NOW).await,
                cite(world, actor, "a", &[(id, true)]).await,
            ];
            if !actor.is_administrator() {
                tries.push(store.referenced_files(actor).await.map(drop));
            }
            for (index, result) in tries.into_iter().enumerate() {
                assert!(matches!(result, Err(StoreError::NotFound)), "{index} by {}: {result:?}", actor.name);
            }
        }
        // another Practice's item is none of theirs, whoever names it
        let south = slug("south-mere");
        store.start(&world.other, &south, year, NOW).await.unwrap();
        let theirs = store.add_evidence(&world.other, &south, &note("Theirs"), NOW).await.unwrap();
        assert!(cite(world, &world.lead, "a", &[(theirs, true)]).await.unwrap_err().is_not_found());
        assert!(store.evidence_item(&world.lead, north, theirs).await.unwrap_err().is_not_found());
        assert!(store.confirm_evidence(&world.lead, north, year, theirs, NOW).await.unwrap_err().is_not_found());
        assert!(store.change_evidence(&world.lead, north, theirs, 1, &note("x"), NOW).await.unwrap_err().is_not_found());
    }

    async fn others_see_what_is_cited_where_they_may_read(world: &World) {
        world.start().await;
        let id = add(world, &file("Minutes", 1), NOW).await;
        let other = add(world, &note("Not cited"), NOW).await;
        cite(world, &world.contributor, "a", &[(id, true)]).await.unwrap();
        let everybody = [&world.admin, &world.reviewer, &world.reader, &world.other, &world.nobody];
        for (status, seen_by) in [(Status::Draft, 0), (Status::Submitted, 2), (Status::Finalised, 3)] {
            match status {
                Status::Submitted => {
                    for on in ["a", "b", "d", "e"] {
                        world.answer(&world.lead, on, 0, rated(4)).await.unwrap();
                    }
                    world.act(&world.lead, Operation::Submit).await.unwrap();
                    // a version that nobody cited
                    world.store.change_evidence(&world.lead, &north(), id, 1, &file("Minutes", 2), NOW).await.unwrap();
                }
                Status::Finalised => {
                    world.act(&world.reviewer, Operation::BeginReview).await.unwrap();
                    for on in ["a", "b", "d", "e"] {
                        world.review(&world.reviewer, on, 0, reviewed(4)).await.unwrap();
                    }
                    world.act(&world.reviewer, Operation::Moderate).await.unwrap();
                    world.act(&world.admin, Operation::Finalise).await.unwrap();
                }
                _ => {}
            }
            for (index, actor) in everybody.into_iter().enumerate() {
                let sees = index < seen_by;
                let expected: &[i32] = if sees { &[1] } else { &[] };
                assert_eq!(seen(world, actor, id).await, expected, "{status:?} by {}", actor.name);
                assert!(seen(world, actor, other).await.is_empty());
                let download = world.store.evidence_file(actor, &north(), id, 1).await;
                assert_eq!(download.is_ok(), sees, "{status:?} by {}", actor.name);
                assert!(world.store.evidence_file(actor, &north(), id, 2).await.unwrap_err().is_not_found());
            }
        }
        assert_eq!(seen(world, &world.lead, id).await, [2, 1]);
        assert!(world.store.evidence_file(&world.lead, &north(), id, 2).await.is_ok());
        assert!(world.store.evidence_file(&world.lead, &north(), other, 1).await.unwrap_err().is_not_found());
    }

    async fn a_new_version_is_cited_where_the_assessment_can_still_be_filled(world: &World) {
        world.start().await;
        let id = add(world, &note("First"), NOW).await;
        cite(world, &world.lead, "a", &[(id, true)]).await.unwrap();
        let store = &world.store;
        assert_eq!(store.change_evidence(&world.lead, &north(), id, 1, &note("First"), LATER).await.unwrap(), 1);
        assert_eq!(store.change_evidence(&world.contributor, &north(), id, 1, &note("Second"), LATER).await.unwrap(), 2);
        assert_eq!(cited(world, &world.lead, "a").await, one("Second", 2));
        // somebody who opened the first version
        let late = store.change_evidence(&world.lead, &north(), id, 1, &note("Also second"), LATER).await;
        assert!(matches!(&late, Err(StoreError::Refused(sentence)) if sentence.contains("Somebody else")), "{late:?}");
        let kind = store.change_evidence(&world.lead, &north(), id, 2, &file("A file", 1), LATER).await;
        assert!(matches!(kind, Err(StoreError::Refused(_))));

        for on in ["a", "b", "d", "e"] {
            world.answer(&world.lead, on, 0, rated(4)).await.unwrap();
        }
        world.act(&world.lead, Operation::Submit).await.unwrap();
        store.change_evidence(&world.lead, &north(), id, 2, &note("Third"), LATER).await.unwrap();
        assert_eq!(cited(world, &world.reviewer, "a").await, one("Second", 2));
        let refused = cite(world, &world.lead, "b", &[(id, true)]).await;
        assert!(matches!(refused, Err(StoreError::Lifecycle(Denied::NotNow(Status::Submitted)))));

        world.act(&world.reviewer, Operation::BeginReview).await.unwrap();
        let question = framework::assessment::Review { question: text("Newer ones?"), ..reviewed(4) };
        world.review(&world.reviewer, "a", 0, question).await.unwrap();
        world.act(&world.reviewer, Operation::Return).await.unwrap();
        assert_eq!(cited(world, &world.lead, "a").await, one("Second", 2));
        cite(world, &world.lead, "a", &[(id, true)]).await.unwrap();
        assert_eq!(cited(world, &world.lead, "a").await, one("Third", 3));
    }

    async fn citing_changes_only_what_is_named_and_is_in_the_history(world: &World) {
        world.start().await;
        let (first, second) = (add(world, &note("First"), NOW).await, add(world, &note("Second"), NOW).await);
        cite(world, &world.lead, "a", &[(first, true)]).await.unwrap();
        cite(world, &world.contributor, "a", &[(second, true)]).await.unwrap();
        cite(world, &world.contributor, "b", &[(second, true)]).await.unwrap();
        cite(world, &world.contributor, "a", &[(first, false), (second, true)]).await.unwrap();
        cite(world, &world.contributor, "a", &[(first, false)]).await.unwrap();
        assert_eq!(cited(world, &world.lead, "a").await, one("Second", 1));
        let history = world.store.history(&world.lead, &north(), &cycle("2026")).await.unwrap();
        let kinds: Vec<_> = history.iter().map(|event| event.kind.code()).collect();
        assert_eq!(kinds, ["started", "cited", "cited", "cited", "uncited"]);
        let library = world.store.evidence(&world.lead, &north()).await.unwrap();
        let uses: Vec<_> = library.items.iter().map(|item| item.uses.len()).collect();
        assert_eq!(uses, [0, 2]);
        let stray = cite(world, &world.lead, "zzz", &[(first, true)]).await;
        assert!(stray.unwrap_err().is_not_found());
    }

    async fn an_item_of_an_earlier_cycle_is_cited_after_somebody_says_still_true(world: &World) {
        world.start().await;
        let old = add(world, &note("Old"), EARLIER).await;
        let new = add(world, &note("New"), LATER).await;
        let refused = cite(world, &world.lead, "a", &[(new, true), (old, true)]).await;
        assert!(matches!(&refused, Err(StoreError::Refused(sentence)) if sentence.contains("“Old”")), "{refused:?}");
        assert!(cited(world, &world.lead, "a").await.is_empty(), "nothing is changed then");
        let item = world.store.evidence_item(&world.lead, &north(), old).await.unwrap();
        assert_eq!(item.to_confirm, [cycle("2026")]);

        for actor in [&world.contributor, &world.lead] {
            world.store.confirm_evidence(actor, &north(), &cycle("2026"), old, LATER).await.unwrap();
        }
        cite(world, &world.lead, "a", &[(new, true), (old, true)]).await.unwrap();
        let item = world.store.evidence_item(&world.lead, &north(), old).await.unwrap();
        assert_eq!(item.to_confirm, []);
        let [said] = &item.confirmations[..] else { panic!("{:?}", item.confirmations) };
        assert_eq!((said.who.as_str(), said.at, &said.cycle), ("Carl", LATER, &cycle("2026")));
        assert_eq!(world.count("event WHERE kind = 'still_true'").await, 1);
    }

    async fn a_withdrawn_item_leaves_what_can_be_filled_and_stays_where_it_was_read(world: &World) {
        world.start().await;
        let (gone, stays) = (add(world, &note("Gone"), NOW).await, add(world, &note("Stays"), NOW).await);
        cite(world, &world.lead, "a", &[(gone, true), (stays, true)]).await.unwrap();
        let store = &world.store;
        store.withdraw_evidence(&world.contributor, &north(), gone, true, LATER).await.unwrap();
        store.withdraw_evidence(&world.contributor, &north(), gone, true, LATER).await.unwrap();
        assert_eq!(cited(world, &world.lead, "a").await, one("Stays", 1));
        assert_eq!(store.citing(&world.lead, &north(), &cycle("2026")).await.unwrap().items.len(), 1);
        for refused in [
            cite(world, &world.lead, "a", &[(gone, true)]).await,
            store.change_evidence(&world.lead, &north(), gone, 1, &note("x"), LATER).await.map(drop),
            store.confirm_evidence(&world.lead, &north(), &cycle("2026"), gone, LATER).await,
        ] {
            assert!(matches!(refused, Err(StoreError::Refused(_))), "{refused:?}");
        }
        for on in ["a", "b", "d", "e"] {
            world.answer(&world.lead, on, 0, rated(4)).await.unwrap();
        }
        world.act(&world.lead, Operation::Submit).await.unwrap();
        store.withdraw_evidence(&world.lead, &north(), stays, true, LATER).await.unwrap();
        assert_eq!(cited(world, &world.reviewer, "a").await, one("Stays", 1));
        let item = store.evidence_item(&world.lead, &north(), stays).await.unwrap();
        assert_eq!(item.withdrawn, Some(("Lena".to_owned(), LATER)));
        store.withdraw_evidence(&world.lead, &north(), stays, false, LATER).await.unwrap();
        let item = store.evidence_item(&world.lead, &north(), stays).await.unwrap();
        assert_eq!(item.withdrawn, None);
        assert_eq!(world.count("event WHERE kind LIKE 'evidence_%'").await, 5);
    }

    async fn what_a_finalised_assessment_cites_never_changes(world: &World) {
        world.start().await;
        let id = add(world, &file("Minutes", 1), EARLIER).await;
        world.store.confirm_evidence(&world.lead, &north(), &cycle("2026"), id, NOW).await.unwrap();
        cite(world, &world.lead, "a", &[(id, true)]).await.unwrap();
        for on in ["a", "b", "d", "e"] {
            world.answer(&world.lead, on, 0, rated(4)).await.unwrap();
        }
        finish(world).await;
        // a draft of another Practice, where things may change
        let south = slug("south-mere");
        world.store.start(&world.other, &south, &cycle("2026"), NOW).await.unwrap();
        let theirs = world.store.add_evidence(&world.other, &south, &note("Theirs"), NOW).await.unwrap();
        let change = BTreeMap::from([(theirs, true)]);
        world.store.cite(&world.other, &south, &cycle("2026"), &criterion("a"), &change, NOW).await.unwrap();
        let db = world.raw().await;
        for sql in [
            "DELETE FROM citation",
            "UPDATE citation SET number = 2",
            "UPDATE citation SET criterion = 'b'",
            "DELETE FROM still_true",
            "UPDATE still_true SET said_who = 'x'",
            "UPDATE evidence_version SET title = 'x'",
            "DELETE FROM evidence_version",
            "INSERT INTO citation SELECT still_true.id, practice_id, assessment_id, 'b', evidence_id, 1, said_at, said_by, said_who FROM still_true",
        ] {
            let error = sea_orm::ConnectionTrait::execute_unprepared(&db, sql).await.expect_err(sql).to_string();
            assert!(error.contains("never changes") || error.contains("only added to"), "{sql}: {error}");
        }
        let only_theirs = "DELETE FROM citation WHERE assessment_id IN (SELECT id FROM assessment WHERE status = 'draft')";
        sea_orm::ConnectionTrait::execute_unprepared(&db, only_theirs).await.unwrap();
        sea_orm::DatabaseConnection::close(db).await.unwrap();

        world.store.change_evidence(&world.lead, &north(), id, 1, &file("Other minutes", 2), LATER).await.unwrap();
        world.store.withdraw_evidence(&world.lead, &north(), id, true, LATER).await.unwrap();
        assert_eq!(cited(world, &world.reader, "a").await, one("Minutes", 1));
    }

    async fn a_new_edition_cites_what_the_one_before_did_and_nobody_has_to_say_still_true_again(world: &World) {
        world.start().await;
        let (old, other) = (add(world, &note("Old"), EARLIER).await, add(world, &note("Other"), EARLIER).await);
        let here = add(world, &note("From this year"), NOW).await;
        for id in [old, other] {
            world.store.confirm_evidence(&world.lead, &north(), &cycle("2026"), id, NOW).await.unwrap();
        }
        cite(world, &world.lead, "a", &[(old, true)]).await.unwrap();
        for on in ["a", "b", "d", "e"] {
            world.answer(&world.lead, on, 0, rated(4)).await.unwrap();
        }
        finish(world).await;
        let reason = text("A number was wrong.").unwrap();
        world.store.reopen(&world.admin, &north(), &cycle("2026"), reason, LATER).await.unwrap();
        assert_eq!(cited(world, &world.lead, "a").await, one("Old", 1));
        cite(world, &world.lead, "a", &[(old, false), (other, true), (here, true)]).await.unwrap();
        let titles: Vec<_> = cited(world, &world.lead, "a").await.into_iter().map(|(title, _)| title).collect();
        assert_eq!(titles, ["From this year", "Other"]);
        // the finished edition is as it was, and is what others read
        assert_eq!(cited(world, &world.reader, "a").await, one("Old", 1));
        let citing = world.store.citing(&world.lead, &north(), &cycle("2026")).await.unwrap();
        let ticked = citing.items.iter().filter(|item| item.cited(&cycle("2026"), &criterion("a")).is_some());
        assert_eq!(ticked.count(), 2);
        assert!(citing.items.iter().all(|item| !item.must_be_confirmed(&cycle("2026"), citing.begun)));
    }

    async fn reports_count_what_had_expired_when_an_assessment_was_finalised(world: &World) {
        world.start().await;
        let day = NOW.date();
        let expired = add(world, &until(note("Expired"), day.previous_day().unwrap()), NOW).await;
        let good = add(world, &until(note("Good"), day), NOW).await;
        cite(world, &world.lead, "a", &[(expired, true), (good, true)]).await.unwrap();
        cite(world, &world.lead, "b", &[(good, true)]).await.unwrap();
        for on in ["a", "b", "d", "e"] {
            world.answer(&world.lead, on, 0, rated(4)).await.unwrap();
        }
        finish(world).await;
        let (north, year) = (&north(), &cycle("2026"));
        let facts = world.store.practice_facts(&world.reader, north, year, None, date!(2030 - 01 - 01)).await.unwrap();
        assert_eq!(facts.day, day);
        let expired: Vec<bool> = facts.beside.evidence[0].iter().map(|item| item.evidence.expired(facts.day)).collect();
        assert_eq!(expired, [true, false]);
        assert_eq!(facts.beside.evidence.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1, 0, 0]);
        let national = world.store.national_facts(&world.admin, year, date!(2030 - 01 - 01)).await.unwrap();
        assert_eq!((national.beside.evidence.citations, national.beside.evidence.expired), (3, 1));
    }
}
