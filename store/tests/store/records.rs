//! Adaptations, plans, support and evidence to and from files: all or nothing, twice is once, and the same comes out.

use crate::{
    facts::{entry, exchanged},
    world::*,
};
use framework::{
    actor::Actor,
    adaptation::{Core, Level, Proposal, Reason, Ruling, Timing},
    evidence::{Content, Evidence, FileHash, FileName, FileType, Link, StoredFile, Title},
    exchange::{ActionRecord, AdaptationRecord, EvidenceRecord, Placed, Planned, Record, SupportRecord, WordingRecord},
    ids::ElementId,
    lifecycle::{Operation, Status},
    plan::{About, ActionStatus, Helped, Owner, PlannedAction, SupportId},
    prose::Prose,
    wording::Kind,
};
use sea_orm::{ConnectionTrait, DbBackend};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Debug,
};
use store::{Carried, NewSupport, Result, Step, StoreError, Taken};
use time::{Duration, OffsetDateTime, macros::date};
use uuid::Uuid;

const LATER: OffsetDateTime = NOW.saturating_add(Duration::days(30));

fn prose(text: &str) -> Prose {
    Prose::try_from(text.to_owned()).unwrap()
}

fn evidence(title: &str, content: Content) -> Evidence {
    Evidence {
        title: Title::read(title).unwrap(),
        shows: prose("That it is so"),
        true_of: date!(2026 - 02 - 01),
        review_by: Some(date!(2027 - 02 - 01)),
        content,
    }
}

fn planned(what: &str) -> PlannedAction {
    PlannedAction {
        what: prose(what),
        owner: Owner::read("Practice lead").unwrap(),
        by: date!(2026 - 06 - 01),
        support: text("A day."),
    }
}

/// North Vale has a register with a draft after a refusal, a plan, support and a library; its assessment is finalised.
async fn recorded(world: &World) {
    let (store, lead, north, year) = (&world.store, &world.lead, &north(), &cycle("2026"));
    register(world).await;
    world.start().await;
    library(world).await;
    for id in ["a", "b", "d", "e"] {
        world.answer(lead, id, 0, rated(4)).await.unwrap();
    }
    world.act(lead, Operation::Submit).await.unwrap();
    world.act(&world.reviewer, Operation::BeginReview).await.unwrap();
    for id in ["a", "b", "d", "e"] {
        world.review(&world.reviewer, id, 0, reviewed(4)).await.unwrap();
    }
    world.act(&world.reviewer, Operation::Moderate).await.unwrap();
    world.act(&world.admin, Operation::Finalise).await.unwrap();

    let mut actions = vec![];
    for id in ["a", "b", "d"] {
        let raised = store
            .raise_action(lead, north, year, &criterion(id), &planned(id), NOW)
            .await;
        actions.push(raised.unwrap());
    }
    for (id, to) in [(actions[0], ActionStatus::Done), (actions[1], ActionStatus::Dropped)] {
        store
            .move_action(lead, north, id, 1, to, prose("It is over."), LATER)
            .await
            .unwrap();
    }
    store
        .explain_no_action(lead, north, year, &criterion("e"), 0, &prose("It is under way."), NOW)
        .await
        .unwrap();
    let element = ElementId::parse("work").unwrap();
    for about in [About::Whole, About::Action(actions[2]), About::Element(element)] {
        let support = NewSupport {
            day: NOW.date(),
            what: prose("A day with the team."),
            about,
        };
        let id = store
            .record_support(&world.reviewer, north, &support, LATER)
            .await
            .unwrap();
        if support.about == About::Whole {
            store
                .rate_support(lead, north, id, 1, Helped::Well, text("Timely."), LATER)
                .await
                .unwrap();
        }
    }
}

async fn register(world: &World) {
    let (store, lead, north) = (&world.store, &world.lead, &north());
    let proposal = |title: &str| Proposal {
        title: title.into(),
        what: prose("=We meet in the library."),
        criteria: [criterion("a"), criterion("f")].into(),
        timing: Timing::Planned,
        since: date!(2026 - 01 - 01),
        until: None,
        decided_by: "Practice lead".into(),
        level: Level::Team,
        reasons: [Reason::Place, Reason::Money].into(),
        why: prose("Buses stopped."),
        core: Core::Keeps,
        core_why: prose("Women still choose."),
    };
    for ruling in [Ruling::Consistent, Ruling::Refused] {
        let id = store
            .write_adaptation(lead, north, None, &proposal(ruling.code()), NOW)
            .await
            .unwrap();
        store
            .move_adaptation(lead, north, id, 1, Step::Propose, NOW)
            .await
            .unwrap();
        let step = Step::Decide {
            ruling,
            reason: prose("As talked through."),
            until: Some(date!(2026 - 12 - 31)),
        };
        store
            .move_adaptation(&world.reviewer, north, id, 2, step, NOW)
            .await
            .unwrap();
        if ruling == Ruling::Refused {
            store
                .write_adaptation(lead, north, Some((id, 3)), &proposal("Again"), NOW)
                .await
                .unwrap();
        }
    }
    store
        .write_adaptation(&world.other, &slug("south-mere"), None, &proposal("South"), NOW)
        .await
        .unwrap();
}

/// A file in two versions, the first cited on `a`, and on `b` since it changed; a note that is withdrawn; a link that is
/// confirmed.
async fn library(world: &World) {
    let (store, lead, north, year) = (&world.store, &world.lead, &north(), &cycle("2026"));
    let file = |name: &str, byte: u8| {
        Content::File(StoredFile {
            name: FileName::read(name).unwrap(),
            kind: FileType::Pdf,
            size: 12,
            hash: FileHash::new([byte; 32]),
        })
    };
    let cite = async |id, on: &str| {
        let change = BTreeMap::from([(id, true)]);
        store
            .cite(lead, north, year, &criterion(on), &change, NOW)
            .await
            .unwrap();
    };
    let minutes = store
        .add_evidence(lead, north, &evidence("Minutes", file("minutes.pdf", 1)), NOW)
        .await
        .unwrap();
    cite(minutes, "a").await;
    store
        .change_evidence(lead, north, minutes, 1, &evidence("Minutes", file("both.pdf", 2)), NOW)
        .await
        .unwrap();
    cite(minutes, "b").await;
    let note = store
        .add_evidence(lead, north, &evidence("Note", Content::Note(prose("So."))), NOW)
        .await
        .unwrap();
    store.withdraw_evidence(lead, north, note, true, NOW).await.unwrap();
    let link = Content::Link(Link::read("https://example.org/a").unwrap());
    let link = store
        .add_evidence(lead, north, &evidence("Link", link), NOW)
        .await
        .unwrap();
    store.confirm_evidence(lead, north, year, link, NOW).await.unwrap();
}

fn placed<R>(records: Vec<R>) -> Vec<Placed<R>> {
    let place = |(at, record)| Placed {
        place: format!("line {}", at + 2),
        record,
    };
    records.into_iter().enumerate().map(place).collect()
}

async fn all<R: Carried>(world: &World) -> Vec<R> {
    world.store.export_records(&world.operator).await.unwrap()
}

async fn import<R: Carried>(world: &World, records: Vec<R>) -> Result<Taken> {
    world
        .store
        .import_records(&world.admin, placed(records), false, LATER)
        .await
}

/// Returns what is said of records, by a trial and by the import itself.
async fn refused<R: Carried + Clone>(world: &World, records: Vec<R>) -> String {
    let said = |result: Result<Taken>| match result {
        Err(StoreError::Refused(sentence)) => sentence,
        other => panic!("{other:?}"),
    };
    let dry = said(
        world
            .store
            .import_records(&world.admin, placed(records.clone()), true, LATER)
            .await,
    );
    assert_eq!(said(import(world, records).await), dry);
    dry
}

/// Everything of one kind goes into another database, once, and comes out the same.
async fn moves<R: Carried + Clone + Debug>(from: &World, to: &World, keys: usize, table: &str) {
    const TOLD: &str = "event WHERE kind LIKE '%_imported'";
    let (records, told): (Vec<R>, i64) = (all(from).await, to.count(TOLD).await);
    let trial = to
        .store
        .import_records(&to.admin, placed(records.clone()), true, LATER)
        .await;
    assert_eq!(
        trial.unwrap(),
        Taken {
            added: keys,
            unchanged: 0
        }
    );
    assert_eq!((to.count(table).await, to.count(TOLD).await), (0, told));
    assert_eq!(
        import(to, records.clone()).await.unwrap(),
        Taken {
            added: keys,
            unchanged: 0
        }
    );
    assert_eq!(all::<R>(to).await, records);
    let after = (to.count(table).await, to.count(TOLD).await);
    assert_eq!(after.1, told + i64::try_from(keys).unwrap());
    assert_eq!(
        import(to, records).await.unwrap(),
        Taken {
            added: 0,
            unchanged: keys
        }
    );
    assert_eq!((to.count(table).await, to.count(TOLD).await), after);
}

/// Returns an empty database of the same make, with the two Practices and the imported assessments.
async fn elsewhere(world: &World) -> World {
    let place = match world.place {
        TestDatabase::Sqlite(_) => TestDatabase::sqlite(),
        TestDatabase::Postgres { .. } => TestDatabase::postgres().await,
    };
    let other = World::new(place).await;
    let assessments = world.store.export(&world.operator, None).await.unwrap();
    other
        .store
        .import(&other.admin, assessments, false, LATER)
        .await
        .unwrap();
    other
}

both! {
    async fn what_a_practice_recorded_moves_into_another_database_once(world: &World) {
        recorded(world).await;
        let other = elsewhere(world).await;
        moves::<AdaptationRecord>(world, &other, 3, "adaptation_round").await;
        moves::<ActionRecord>(world, &other, 4, "plan_action").await;
        moves::<SupportRecord>(world, &other, 3, "plan_support").await;
        moves::<EvidenceRecord>(world, &other, 3, "evidence_version").await;
        // and reads on the pages as it did
        let (lead, place, year) = (&other.lead, north(), cycle("2026"));
        let (_, register) = other.store.register(lead, &place).await.unwrap();
        assert_eq!(register, world.store.register(&world.lead, &place).await.unwrap().1);
        let plan = other.store.improvement_plan(lead, &place).await.unwrap();
        let known = world.store.improvement_plan(&world.lead, &place).await.unwrap();
        assert_eq!(plan.actions.iter().map(|row| &row.action).collect::<Vec<_>>(), known.actions.iter().map(|row| &row.action).collect::<Vec<_>>());
        let done = plan.actions.iter().find(|row| row.action.course.state == ActionStatus::Done).unwrap();
        let history = other.store.action(lead, &place, done.action.id).await.unwrap().changes;
        let told: Vec<_> = history.iter().map(|change| (change.who.as_str(), change.at, change.to)).collect();
        assert_eq!(told, [("Lena", NOW, ActionStatus::Open), ("Lena", LATER, ActionStatus::Done)]);
        let cited = other.store.assessment(&other.reader, &place, &year).await.unwrap().lines;
        let titles: Vec<Vec<_>> = (cited.iter()).map(|line| line.cited.iter().map(|item| (item.evidence.title.as_str(), item.number)).collect()).collect();
        assert_eq!(titles, [vec![("Minutes", 2)], vec![("Minutes", 2)], vec![], vec![]]);
        assert_eq!(other.store.referenced_files(&other.operator).await.unwrap().len(), 2);
        other.end().await;
    }

    async fn every_wording_moves_along_and_stays_readable(world: &World) {
        recorded(world).await;
        let other = elsewhere(world).await;
        import(&other, all::<AdaptationRecord>(world).await).await.unwrap();
        import(&other, all::<ActionRecord>(world).await).await.unwrap();
        import(&other, all::<SupportRecord>(world).await).await.unwrap();
        let known = all::<WordingRecord>(world).await;
        let kinds: BTreeSet<Kind> = known.iter().map(|record| record.kind).collect();
        assert_eq!(kinds, [Kind::Answer, Kind::Review, Kind::Round, Kind::Action, Kind::NoAction, Kind::Support].into());
        for record in &known {
            assert_eq!(WordingRecord::read(&record.row()).unwrap(), *record);
        }
        let sum = Taken { added: known.len(), unchanged: 0 };
        assert_eq!(import(&other, known.clone()).await.unwrap(), sum);
        let sum = Taken { added: 0, unchanged: known.len() };
        assert_eq!(import(&other, known.clone()).await.unwrap(), sum);
        assert_eq!(all::<WordingRecord>(&other).await, known);
        let shown = other.store.wordings(&other.lead, &north(), &cycle("2026"), &criterion("a")).await.unwrap();
        let answer = shown.iter().find(|one| one.kind == Kind::Answer).unwrap();
        let told: Vec<_> = answer.wordings.iter().map(|w| (w.stamp.by.as_str(), w.fields["rating"].as_str())).collect();
        assert_eq!(told, [("Lena", "4")], "by whoever wrote it, and once");
        // here the assessment was finalised, and has wordings of its own
        let said = known.into_iter().find(|record| record.kind == Kind::Answer).unwrap();
        let says = refused(world, vec![WordingRecord { key: Uuid::now_v7(), ..said }]).await;
        assert_eq!(says, "line 2: The assessment of 2026 was finalised here and has its own wordings.");
        other.end().await;
    }

    async fn only_administrators_import_and_others_export_what_is_their_own(world: &World) {
        recorded(world).await;
        let actors = [&world.reviewer, &world.lead, &world.contributor, &world.reader, &world.other, &world.nobody];
        for actor in actors {
            for dry_run in [true, false] {
                let refused = world.store.import_records::<AdaptationRecord>(actor, vec![], dry_run, NOW).await;
                assert!(refused.unwrap_err().is_not_found(), "{}", actor.name);
            }
        }
        async fn counts(world: &World, actor: &Actor) -> [usize; 4] {
            let store = &world.store;
            [
                store.export_records::<AdaptationRecord>(actor).await.unwrap().len(),
                store.export_records::<ActionRecord>(actor).await.unwrap().len(),
                store.export_records::<SupportRecord>(actor).await.unwrap().len(),
                store.export_records::<EvidenceRecord>(actor).await.unwrap().len(),
            ]
        }
        assert_eq!(counts(world, &world.operator).await, [4, 4, 3, 4]);
        for actor in [&world.lead, &world.contributor, &world.own_reviewer] {
            assert_eq!(counts(world, actor).await, [3, 4, 3, 4], "{}", actor.name);
        }
        assert_eq!(counts(world, &world.other).await, [1, 0, 0, 0]);
        // who may not see drafts, or what is cited nowhere, is given no whole register and no library
        for actor in [&world.admin, &world.reviewer, &world.reader, &world.nobody] {
            assert_eq!(counts(world, actor).await, [0; 4], "{}", actor.name);
        }
    }

    async fn what_contradicts_is_refused_and_nothing_is_half_written(world: &World) {
        recorded(world).await;
        let (known, other) = (all::<AdaptationRecord>(world).await, elsewhere(world).await);
        import(&other, known.clone()).await.unwrap();
        let mut records = known.clone();
        let at = records.iter().position(|record| record.number == 2).unwrap();
        let key = Uuid::now_v7();
        records.push(AdaptationRecord { id: framework::adaptation::AdaptationId(key), ..records[0].clone() });
        // a draft that says something else by now, and one more
        records[at].round.proposal.title = "Later".into();
        let says = refused(&other, records).await;
        assert_eq!(says, format!("line {}: There is an adaptation with this key already, and it says something else.", at + 1));
        // one round more than here, and one less
        let fewer: Vec<_> = known.iter().filter(|record| record.number == 1).cloned().collect();
        assert!(refused(&other, fewer).await.contains("says something else"));
        assert_eq!(all::<AdaptationRecord>(&other).await, known);
        other.end().await;
    }

    async fn rounds_and_versions_that_make_no_sense_are_refused(world: &World) {
        recorded(world).await;
        let other = elsewhere(world).await;
        let mut records = all::<AdaptationRecord>(world).await;
        let refused_one = records.iter().find(|record| record.number == 2).unwrap().id;
        records.retain(|record| record.id == refused_one);
        let (first, second) = (records[0].clone(), records[1].clone());
        let third = AdaptationRecord { number: 3, ..second.clone() };
        let south = AdaptationRecord { practice: slug("south-mere"), ..second.clone() };
        let nowhere = AdaptationRecord { practice: slug("nowhere"), ..first.clone() };
        for (given, says) in [
            (vec![second.clone()], "line 2: This is number 2, and number 1 is not in the file."),
            (vec![first.clone(), third.clone()], "line 3: This is number 3, and number 2 is not in the file."),
            (vec![second.clone(), first.clone(), second.clone()], "line 4: The file has number 2 of this key twice."),
            (vec![first.clone(), second, third], "line 4: The round before is not decided, so no other can follow it."),
            (vec![first, south], "line 3: The same key is in “north-vale”, too."),
            (vec![nowhere], "line 2: There is no Practice “nowhere”. Import the assessments first, or add the Practice."),
        ] {
            assert_eq!(refused(&other, given).await, says);
        }
        let mut stray = records;
        stray[0].round.proposal.criteria = [criterion("z")].into();
        assert_eq!(refused(&other, stray).await, "line 2: “z” is no criterion of the framework.");
        assert_eq!(other.count("adaptation").await, 0);
        other.end().await;
    }

    async fn a_plan_must_fit_the_cycles_and_the_framework(world: &World) {
        recorded(world).await;
        let other = elsewhere(world).await;
        let mut actions = all::<ActionRecord>(world).await;
        let none = actions.iter().find(|record| matches!(record.planned, Planned::None(_))).unwrap().clone();
        actions.push(ActionRecord { key: Uuid::now_v7(), ..none });
        actions[0].cycle = cycle("2019");
        actions[1].criterion = criterion("f");
        actions.push(actions[2].clone());
        let mut said: Vec<_> = refused(&other, actions).await.lines().map(str::to_owned).collect();
        said.sort();
        assert_eq!(said, [
            "line 2: There is no cycle 2019. Import its assessments first, or open it.",
            "line 3: “f” is no criterion of version 2026.1.",
            "line 6: “e” has another reason for no action in 2026.",
            "line 7: The file has number 1 of this key twice.",
        ]);
        let mut support = all::<SupportRecord>(world).await;
        let about = |record: &&SupportRecord| matches!(record.given.about, About::Action(_));
        let at = support.iter().position(|record| about(&record)).unwrap();
        let says = refused(&other, support.clone()).await;
        assert_eq!(says, format!("line {}: The Practice has no action with this key. Import the actions first.", at + 2));
        support.retain(|record| record.given.about == About::Whole);
        support[0].given.about = About::Element(ElementId::parse("nothing").unwrap());
        assert_eq!(refused(&other, support.clone()).await, "line 2: No version of the framework has this element.");
        assert_eq!((other.count("plan_action").await, other.count("plan_support").await), (0, 0));

        // here, where an assessment is finalised after it: nothing more stands behind that
        support[0].given.about = About::Whole;
        support[0].given.id = SupportId(Uuid::now_v7());
        support[0].given.recorded = NOW - Duration::days(9);
        let says = refused(world, support).await;
        assert!(says.starts_with("line 2: An assessment has been finalised here since this was recorded"), "{says}");
        other.end().await;
    }

    async fn evidence_is_cited_in_imported_assessments_and_in_no_other_finished_one(world: &World) {
        recorded(world).await;
        let records = all::<EvidenceRecord>(world).await;
        let file: Vec<_> = records.iter().filter(|record| record.number == 2).cloned().collect();
        assert_eq!(file[0].cited, [(cycle("2026"), criterion("a")), (cycle("2026"), criterion("b"))].into());
        let anew = |records: &[EvidenceRecord]| -> Vec<EvidenceRecord> {
            let id = framework::evidence::EvidenceId(Uuid::now_v7());
            records.iter().map(|record| EvidenceRecord { id, number: 1, ..record.clone() }).collect()
        };
        // finalised here
        let here = refused(world, anew(&file)).await;
        let sentence = "line 2: The assessment of 2026 was finalised here, and nothing more can be cited in it.";
        assert_eq!(here, format!("{sentence}\n{sentence}"));
        // not there at all, or without the criterion
        let other = elsewhere(world).await;
        let mut wrong = anew(&file);
        wrong[0].cited = [(cycle("2019"), criterion("a")), (cycle("2026"), criterion("f"))].into();
        assert_eq!(
            refused(&other, wrong).await,
            "line 2: There is no finished assessment of 2019. Import the assessments first.\n\
             line 2: “f” is no criterion of version 2026.1."
        );
        let both: Vec<_> = records.iter().filter(|record| record.id == file[0].id).cloned().collect();
        let mut twice = both.clone();
        twice[0].cited = [(cycle("2026"), criterion("a"))].into();
        assert_eq!(
            refused(&other, twice).await,
            "line 3: Two versions of one item are cited on 2026/a. Remove one."
        );
        let mut note = both.clone();
        note[1].evidence.content = Content::Note(prose("So."));
        assert_eq!(refused(&other, note).await, "line 3: An item stays what it is: a file, a link or a note.");
        assert_eq!(other.count("evidence").await, 0);
        import(&other, both).await.unwrap();
        other.end().await;
    }

    async fn raw_sql_cannot_change_what_an_imported_assessment_cites(world: &World) {
        recorded(world).await;
        let other = elsewhere(world).await;
        import(&other, all::<EvidenceRecord>(world).await).await.unwrap();
        let older = exchanged("south-mere", "2024", "2025.1", &[("a", entry(4, 4, None))]);
        other.store.import(&other.admin, vec![older], false, NOW).await.unwrap();
        let mut statements = vec![
            "UPDATE citation SET number = 1",
            "DELETE FROM citation",
            "UPDATE still_true SET said_who = 'x'",
            "DELETE FROM still_true",
        ];
        let db = other.raw().await;
        match db.get_database_backend() {
            DbBackend::Postgres => statements.extend(["TRUNCATE citation", "TRUNCATE still_true"]),
            _ => statements.extend([
                "INSERT OR REPLACE INTO citation SELECT * FROM citation",
                "INSERT OR REPLACE INTO citation SELECT randomblob(16), practice_id, assessment_id, criterion, evidence_id, 1,
                 cited_at, cited_by, 'x' FROM citation",
                "INSERT OR REPLACE INTO still_true SELECT randomblob(16), practice_id, assessment_id, evidence_id, said_at,
                 said_by, 'x' FROM still_true",
            ]),
        }
        for sql in statements {
            let error = db.execute_unprepared(sql).await.expect_err(sql).to_string();
            assert!(error.contains("never changes"), "{sql}: {error}");
        }
        db.close().await.unwrap();
        assert_eq!(all::<EvidenceRecord>(&other).await, all::<EvidenceRecord>(world).await);
        other.end().await;
    }

    async fn an_assessment_that_was_finalised_here_takes_no_citation_from_raw_sql(world: &World) {
        recorded(world).await;
        assert_eq!(world.count("assessment WHERE status = 'finalised'").await, 1);
        let db = world.raw().await;
        let columns = "practice_id, assessment_id, 'd', evidence_id, number, cited_at, cited_by, cited_who FROM citation";
        let id = match db.get_database_backend() {
            DbBackend::Postgres => "gen_random_uuid()",
            _ => "randomblob(16)",
        };
        let sql = format!("INSERT INTO citation SELECT {id}, {columns} WHERE criterion = 'a'");
        let error = db.execute_unprepared(&sql).await.expect_err(&sql).to_string();
        assert!(error.contains("never changes"), "{error}");
        db.close().await.unwrap();
        assert_eq!(world.store.assessment(&world.lead, &north(), &cycle("2026")).await.unwrap().status, Status::Finalised);
    }
}
