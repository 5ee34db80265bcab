//! Imports are recorded, say what is missing, and can be taken back whole as long as nothing was built on them.

use crate::{
    facts::{entry, exchanged},
    world::*,
};
use framework::{
    identify::{Kind, Kinds},
    lifecycle::Status,
};
use sea_orm::ConnectionTrait;
use store::{EventKind, Exchanged, ImportFile, ImportRecord, ImportedDetail, Intake, Result, StoreError};
use time::Duration;
use uuid::Uuid;

const LATER: time::OffsetDateTime = NOW.saturating_add(Duration::DAY);

/// Two years of North Vale, and a new Practice in a new cycle.
fn file() -> Vec<Exchanged> {
    let one = [("a", entry(1, 1, Some(1)))];
    vec![
        exchanged("north-vale", "2024", "2025.1", &one),
        exchanged("north-vale", "2025", "2025.1", &one),
        exchanged("west-ham", "2024", "2025.1", &one),
    ]
}

fn intake() -> Intake {
    let file = Some(ImportFile {
        name: "years.csv".into(),
        sha256: "0".repeat(64),
    });
    Intake {
        file,
        allow_incomplete: true,
        kept: vec![],
    }
}

async fn import(world: &World) -> Uuid {
    let done = world.store.take_in(&world.admin, file(), &intake(), NOW).await.unwrap();
    done.recorded.unwrap()
}

async fn only(world: &World) -> ImportRecord {
    let imports = world.store.imports(&world.admin).await.unwrap();
    assert_eq!(imports.len(), 1);
    imports.into_iter().next().unwrap()
}

async fn take_back(world: &World, id: Uuid) -> Result<()> {
    world
        .store
        .take_back(&world.admin, id, &text("Wrong year").unwrap(), LATER)
        .await
}

fn sentence(result: Result<()>) -> String {
    match result {
        Err(StoreError::Refused(sentence)) => sentence,
        other => panic!("{other:?}"),
    }
}

/// Returns what there is of each kind.
async fn counts(world: &World) -> Vec<i64> {
    let mut counts = vec![];
    for table in [
        "practice",
        "cycle",
        "assessment",
        "answer",
        "review",
        "agreement",
        "sheet",
    ] {
        counts.push(world.count(table).await);
    }
    counts
}

both! {
    async fn what_is_missing_is_told_and_refused_unless_it_is_allowed(world: &World) {
        let dry = world.store.would_take_in(&world.admin, file()).await.unwrap();
        assert_eq!(
            dry.incomplete[0].to_string(),
            "north-vale 2024: 3 of 4 criteria are missing: b, c, f"
        );
        assert_eq!(dry.incomplete.len(), 3);
        let strict = Intake { allow_incomplete: false, ..intake() };
        let refused = world.store.take_in(&world.admin, file(), &strict, NOW).await;
        let Err(StoreError::Refused(lines)) = refused else { panic!("{refused:?}") };
        assert_eq!(lines.lines().count(), 3, "{lines}");
        assert_eq!(world.count("assessment").await, 0);
        import(world).await;
        // what is here already is not asked about again
        let again = world.store.take_in(&world.admin, file(), &strict, NOW).await.unwrap();
        assert_eq!((again.unchanged.len(), again.incomplete.len(), again.recorded), (3, 0, None));
    }

    async fn an_import_is_recorded_with_its_file_and_what_came_with_it(world: &World) {
        let id = import(world).await;
        let record = only(world).await;
        assert_eq!((record.id, record.who.as_str(), record.file.as_str()), (id, world.admin.name.as_str(), "years.csv"));
        assert_eq!((record.practices, record.cycles), (vec!["west-ham".to_owned()], vec![cycle("2024"), cycle("2025")]));
        let years: Vec<_> = record.assessments.iter().map(|y| format!("{} {} {}/{}", y.practice, y.cycle, y.rated, y.criteria)).collect();
        assert_eq!(years, ["north-vale 2024 1/4", "north-vale 2025 1/4", "west-ham 2024 1/4"]);
        assert_eq!(record.taken_back, None);
        for actor in [&world.reviewer, &world.lead, &world.nobody] {
            assert!(world.store.imports(actor).await.unwrap_err().is_not_found());
            let refused = world.store.take_back(actor, id, &text("x").unwrap(), NOW).await;
            assert!(refused.unwrap_err().is_not_found());
        }
    }

    async fn words_that_were_kept_are_in_the_history_by_kind_and_number(world: &World) {
        let kept = ImportedDetail {
            practice: north(),
            cycle: cycle("2025"),
            criterion: criterion("a"),
            kinds: Kinds::from([(Kind::Name, 2)]),
        };
        let intake = Intake { kept: vec![kept], ..intake() };
        world.store.take_in(&world.admin, file(), &intake, NOW).await.unwrap();
        let history = world.store.history(&world.admin, &north(), &cycle("2025")).await.unwrap();
        assert!(history.iter().any(|event| event.kind == EventKind::DetailKept && event.criterion == Some(criterion("a"))));
        assert_eq!(world.count(r#"event WHERE kind = 'detail_kept' AND detail = '{"name":2}'"#).await, 1);
    }

    async fn a_mistaken_import_is_taken_back_whole_and_the_right_one_comes_in(world: &World) {
        let (before, explorer) = (counts(world).await, world.store.network(&world.admin).await.unwrap());
        assert_eq!(explorer.cycles().len(), 0);
        let id = import(world).await;
        assert_eq!(world.store.network(&world.admin).await.unwrap().cycles().len(), 2);
        take_back(world, id).await.unwrap();
        assert_eq!(counts(world).await, before);
        assert_eq!(world.store.network(&world.admin).await.unwrap().cycles().len(), 0);
        assert_eq!(world.count("event WHERE kind = 'import_taken_back' AND note = 'Wrong year'").await, 3);
        assert_eq!(world.count("event WHERE kind = 'imported' AND assessment_id IS NULL").await, 3);
        let back = only(world).await.taken_back.unwrap();
        assert_eq!((back.at, back.who, back.why), (LATER, world.admin.name.clone(), text("Wrong year").unwrap()));
        assert_eq!(sentence(take_back(world, id).await), "This import was taken back already.");
        // as many as before, and others: what was read before does not serve
        let mut right = file();
        right[0].entries.insert(criterion("a"), entry(2, 2, Some(2)));
        world.store.take_in(&world.admin, right.clone(), &intake(), LATER).await.unwrap();
        assert_eq!(world.store.export(&world.admin, None).await.unwrap().len(), 3);
        let never = world.store.take_back(&world.admin, Uuid::now_v7(), &text("x").unwrap(), NOW).await;
        assert!(never.unwrap_err().is_not_found());
    }

    async fn what_is_used_by_now_stays(world: &World) {
        let id = import(world).await;
        join(&world.store, "Wes", framework::actor::Role::Practice(framework::actor::PracticeRole::Lead), Some("west-ham")).await;
        world.store.open_cycle(&world.admin, &cycle("2025"), &version("2025.1"), LATER).await.unwrap();
        take_back(world, id).await.unwrap();
        assert_eq!(world.count("practice WHERE slug = 'west-ham'").await, 1);
        assert_eq!(world.count("cycle WHERE id = '2025'").await, 1);
        assert_eq!(world.count("cycle WHERE id = '2024'").await, 0);
        assert_eq!(world.count("assessment").await, 0);
    }

    async fn what_something_was_built_on_stays_whole(world: &World) {
        let id = import(world).await;
        let all = counts(world).await;
        world.store.reopen(&world.admin, &north(), &cycle("2024"), text("Once more").unwrap(), LATER).await.unwrap();
        world.bring_to(Status::Finalised).await;
        let told = sentence(take_back(world, id).await);
        let compared = "a later assessment that was settled or finalised is compared with it";
        assert_eq!(told, format!(
            "north-vale 2024: it was reopened.\nnorth-vale 2024: {compared}.\nnorth-vale 2025: {compared}."
        ));
        assert_eq!((counts(world).await[3] > all[3], world.count("import WHERE taken_back_at IS NULL").await), (true, 1));
    }

    async fn a_kept_report_and_a_plan_hold_an_import(world: &World) {
        let id = import(world).await;
        let national = store::ReportOf { practice: None, cycle: cycle("2025") };
        world.store.queue_report(&world.admin, &national, None, LATER).await.unwrap();
        let db = world.raw().await;
        db.execute_unprepared(
            "INSERT INTO plan_none (id, practice_id, cycle, version, criterion, reason, revision, updated_at, updated_who)
             SELECT id, practice_id, cycle, version, 'a', 'x', 1, created_at, 'x' FROM assessment WHERE cycle = '2025'",
        ).await.unwrap();
        db.close().await.unwrap();
        let kept = "a report that shows it is kept";
        assert_eq!(sentence(take_back(world, id).await), format!(
            "north-vale 2025: its improvement plan has reasons for no action.\n\
             north-vale 2024: {kept}.\nnorth-vale 2025: {kept}.\nwest-ham 2024: {kept}."
        ));
    }

    async fn raw_sql_takes_back_only_what_is_marked_and_marks_only_once(world: &World) {
        import(world).await;
        let refused = [
            "DELETE FROM assessment",
            "DELETE FROM answer",
            "DELETE FROM sheet",
            "DELETE FROM import",
            "UPDATE import SET file = 'x'",
            "UPDATE import SET file = 'x', taken_back_at = at, taken_back_who = 'x', taken_back_why = 'x'",
            "DELETE FROM import_assessment",
            "UPDATE import_practice SET name = 'x'",
            "DELETE FROM import_cycle",
            "UPDATE event SET assessment_id = NULL WHERE assessment_id IS NOT NULL",
        ];
        let db = world.raw().await;
        for sql in refused {
            let error = db.execute_unprepared(sql).await.expect_err(sql).to_string();
            assert!(error.contains("never changes") || error.contains("only added to"), "{sql}: {error}");
        }
        let mark = "UPDATE import SET taken_back_at = at, taken_back_who = 'x', taken_back_why = 'x'";
        db.execute_unprepared(mark).await.unwrap();
        assert!(db.execute_unprepared(mark).await.is_err());
        db.execute_unprepared("DELETE FROM answer").await.unwrap();
        assert!(db.execute_unprepared("UPDATE event SET who = 'x'").await.is_err());
        db.close().await.unwrap();
    }
}
