//! Reports that are kept: who may ask for which, who makes them, and that they never change once they are made.

use crate::{
    facts::{entry, exchanged},
    world::*,
};
use framework::{evidence::FileHash, lifecycle::Status};
use sea_orm::{ConnectionTrait, DbBackend};
use store::{ArchiveStatus, ArchivedDocument, ReportJob, ReportOf, Result};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

const LEASE: Duration = Duration::minutes(5);

fn of(practice: Option<&str>, year: &str) -> ReportOf {
    ReportOf {
        practice: practice.map(slug),
        cycle: cycle(year),
    }
}

fn norths() -> ReportOf {
    of(Some("north-vale"), "2026")
}

/// North Vale is finalised in 2025 and 2026, South Mere in 2025.
async fn finalised(world: &World) {
    let given = ["north-vale", "south-mere"].map(|slug| exchanged(slug, "2025", "2025.1", &[("a", entry(4, 4, None))]));
    world
        .store
        .import(&world.admin, given.into(), false, NOW)
        .await
        .unwrap();
    world.bring_to(Status::Finalised).await;
}

async fn ask(world: &World, of: &ReportOf) -> Uuid {
    world.store.queue_report(&world.operator, of, None, NOW).await.unwrap()
}

async fn take(world: &World, now: OffsetDateTime) -> Option<ReportJob> {
    world.store.claim_report(now, now + LEASE).await.unwrap()
}

fn documents(seed: u8) -> Vec<ArchivedDocument> {
    ["csv", "pdf"]
        .into_iter()
        .zip(seed..)
        .map(|(format, byte)| ArchivedDocument {
            format: format.to_owned(),
            hash: FileHash::new([byte; 32]),
            size: 9_000_000_000,
        })
        .collect()
}

async fn made(world: &World, of: &ReportOf, seed: u8) -> Uuid {
    let id = ask(world, of).await;
    let job = take(world, NOW).await.unwrap();
    assert_eq!((job.id, &job.of), (id, of));
    assert!(world.store.finish_report(&job, &documents(seed), NOW).await.unwrap());
    id
}

async fn state(world: &World, of: &ReportOf, id: Uuid) -> ArchiveStatus {
    world
        .store
        .archived_report(&world.operator, of, id)
        .await
        .unwrap()
        .state
}

fn is_not_found<T>(result: Result<T>) -> bool {
    result.is_err_and(|error| error.is_not_found())
}

/// Statements that must be refused once one report is finished and another waits.
const REFUSED: &[&str] = &[
    "UPDATE kept_report SET asked_who = 'x' WHERE state = 'finished'",
    "UPDATE kept_report SET state = 'failed' WHERE state = 'finished'",
    "DELETE FROM kept_report WHERE state = 'finished'",
    "UPDATE kept_document SET sha256 = 'x'",
    "UPDATE kept_document SET report_id = (SELECT id FROM kept_report WHERE state = 'waiting')",
    "DELETE FROM kept_document",
    "INSERT INTO kept_document (report_id, format, sha256, size)
     SELECT id, 'odt', 'x', 1 FROM kept_report WHERE state = 'finished'",
];

const REFUSED_BY_POSTGRES: &[&str] = &["TRUNCATE kept_report CASCADE", "TRUNCATE kept_document"];

/// `REPLACE` pushes rows out without delete triggers.
const REFUSED_BY_SQLITE: &[&str] = &[
    "INSERT OR REPLACE INTO kept_report SELECT id, '2025', NULL, NULL, asked_at, NULL, 'x', 'failed', 0, 0, NULL, asked_at
     FROM kept_report WHERE state = 'finished'",
    "UPDATE OR REPLACE kept_report SET id = (SELECT id FROM kept_report WHERE state = 'finished') WHERE state = 'waiting'",
    "INSERT OR REPLACE INTO kept_document SELECT report_id, format, 'x', 1 FROM kept_document",
];

both! {
    async fn whoever_may_read_a_report_asks_for_it_and_fetches_it_and_nobody_else(world: &World) {
        finalised(world).await;
        let national = of(None, "2026");
        let (north, year) = (made(world, &norths(), 1).await, made(world, &national, 5).await);
        for (actor, norths_too, national_too) in [
            (&world.operator, true, true),
            (&world.admin, true, true),
            (&world.reviewer, true, true),
            (&world.own_reviewer, true, true),
            (&world.lead, true, false),
            (&world.contributor, true, false),
            (&world.reader, true, false),
            (&world.other, false, false),
            (&world.nobody, false, false),
        ] {
            for (report, id, may) in [(&norths(), north, norths_too), (&national, year, national_too)] {
                let name = &actor.name;
                assert_eq!(world.store.queue_report(actor, report, None, NOW).await.is_ok(), may, "{name}");
                assert_eq!(world.store.archived_reports(actor, report).await.is_ok(), may, "{name}");
                assert_eq!(is_not_found(world.store.archived_report(actor, report, id).await), !may, "{name}");
            }
            let all = world.store.all_archived_reports(actor).await;
            assert_eq!(all.is_ok(), actor.is_administrator(), "{}", actor.name);
        }
        // a key under another address
        for elsewhere in [of(Some("south-mere"), "2026"), of(Some("north-vale"), "2025"), national] {
            assert!(is_not_found(world.store.archived_report(&world.operator, &elsewhere, north).await));
        }
        assert!(is_not_found(world.store.archived_report(&world.operator, &norths(), year).await));
    }

    async fn only_what_is_finalised_is_kept_and_the_latest_edition_of_it(world: &World) {
        finalised(world).await;
        let keep = |report: ReportOf, edition| async move {
            world.store.queue_report(&world.lead, &report, edition, NOW).await
        };
        assert!(is_not_found(keep(of(Some("north-vale"), "2024"), None).await));
        assert!(is_not_found(keep(norths(), Some(2)).await));
        assert!(is_not_found(world.store.queue_report(&world.admin, &of(None, "2030"), None, NOW).await));
        world.store.reopen(&world.admin, &north(), &cycle("2026"), text("A mistake").unwrap(), NOW).await.unwrap();
        assert!(is_not_found(keep(norths(), Some(2)).await), "a draft");
        let id = keep(norths(), None).await.unwrap();
        assert_eq!(keep(norths(), Some(1)).await.unwrap(), id, "the same is on the way already");
        let kept = world.store.archived_reports(&world.reader, &norths()).await.unwrap();
        assert_eq!((kept.len(), kept[0].edition, kept[0].asked_by.as_str()), (1, Some(1), "Lena"));
        let job = take(world, NOW).await.unwrap();
        assert_eq!((job.of, job.edition), (norths(), Some(1)));
        // a report of a cycle that is not finished says so itself
        assert!(world.store.queue_report(&world.reviewer, &of(None, "2026"), None, NOW).await.is_ok());
    }

    async fn one_maker_has_a_report_until_its_lease_runs_out(world: &World) {
        finalised(world).await;
        let id = ask(world, &norths()).await;
        let first = take(world, NOW).await.unwrap();
        assert_eq!(state(world, &norths(), id).await, ArchiveStatus::Working(0));
        assert!(take(world, NOW + LEASE - Duration::SECOND).await.is_none());
        assert!(world.store.renew_report_lease(&first, 3, NOW + LEASE * 2).await.unwrap());
        assert_eq!(state(world, &norths(), id).await, ArchiveStatus::Working(3));
        assert!(take(world, NOW + LEASE).await.is_none(), "each step renews the lease");

        let later = NOW + LEASE * 2;
        let second = take(world, later).await.unwrap();
        assert_eq!(second.id, id);
        assert_eq!(state(world, &norths(), id).await, ArchiveStatus::Working(0), "begun anew");
        assert!(!world.store.renew_report_lease(&first, 5, later + LEASE).await.unwrap());
        assert!(!world.store.finish_report(&first, &documents(1), later).await.unwrap());
        world.store.fail_report(&first, later).await.unwrap();
        assert!(world.store.finish_report(&second, &documents(7), later).await.unwrap());
        let finished = ArchiveStatus::Finished { at: later, documents: documents(7) };
        assert_eq!(state(world, &norths(), id).await, finished);
        assert!(!world.store.finish_report(&second, &documents(7), later).await.unwrap());
        assert!(take(world, later + LEASE).await.is_none());
    }

    async fn reports_are_made_in_the_order_in_which_they_were_asked_for(world: &World) {
        finalised(world).await;
        let mut asked = vec![];
        for (hours, report) in [(0, norths()), (1, of(None, "2025")), (2, of(Some("south-mere"), "2025"))] {
            asked.push(world.store.queue_report(&world.admin, &report, None, NOW + HOUR * hours).await.unwrap());
        }
        let mut taken = vec![];
        while let Some(job) = take(world, NOW + HOUR * 3).await {
            taken.push(job.id);
        }
        assert_eq!(taken, asked);
        let all = world.store.all_archived_reports(&world.operator).await.unwrap();
        let mut listed: Vec<_> = all.iter().map(|kept| kept.id).collect();
        listed.reverse();
        assert_eq!(listed, asked);
        assert_eq!(all[0].of, of(Some("south-mere"), "2025"));
    }

    async fn what_fails_or_is_never_ended_is_given_up_and_may_be_asked_for_again(world: &World) {
        finalised(world).await;
        let failed = ask(world, &norths()).await;
        let job = take(world, NOW).await.unwrap();
        world.store.fail_report(&job, NOW).await.unwrap();
        assert_eq!(state(world, &norths(), failed).await, ArchiveStatus::Failed);
        assert!(take(world, NOW).await.is_none());

        let deadly = ask(world, &norths()).await;
        assert_ne!(deadly, failed);
        for turn in 0..3 {
            assert!(take(world, NOW + LEASE * turn).await.is_some(), "{turn}");
        }
        assert!(take(world, NOW + LEASE * 3).await.is_none());
        assert_eq!(state(world, &norths(), deadly).await, ArchiveStatus::Failed);
    }

    async fn raw_sql_cannot_change_a_kept_report(world: &World) {
        finalised(world).await;
        made(world, &norths(), 1).await;
        ask(world, &of(None, "2026")).await;
        let before = world.store.all_archived_reports(&world.operator).await.unwrap();
        let db = world.raw().await;
        let particular = match db.get_database_backend() {
            DbBackend::Postgres => REFUSED_BY_POSTGRES,
            _ => {
                // the triggers must hold by themselves
                db.execute_unprepared("PRAGMA foreign_keys = OFF").await.unwrap();
                REFUSED_BY_SQLITE
            }
        };
        for sql in REFUSED.iter().chain(particular) {
            let error = db.execute_unprepared(sql).await.expect_err(sql).to_string();
            assert!(error.contains("a kept report never changes"), "{sql}: {error}");
        }
        assert_eq!(world.store.all_archived_reports(&world.operator).await.unwrap(), before);
        db.execute_unprepared("DELETE FROM kept_report WHERE state = 'waiting'").await.unwrap();
        db.close().await.unwrap();
    }

    async fn their_files_are_named_for_backups_and_sweeps(world: &World) {
        finalised(world).await;
        let job = { ask(world, &norths()).await; take(world, NOW).await.unwrap() };
        assert!(world.store.referenced_files(&world.operator).await.unwrap().is_empty());
        world.store.finish_report(&job, &documents(3), NOW).await.unwrap();
        let named = world.store.referenced_files(&world.operator).await.unwrap();
        assert_eq!(named, documents(3).into_iter().map(|document| document.hash).collect());
        // a backup of a database from before there were any
        let db = world.raw().await;
        db.execute_unprepared("DROP TABLE kept_document").await.unwrap();
        db.close().await.unwrap();
        assert!(world.store.referenced_files(&world.operator).await.unwrap().is_empty());
    }
}
