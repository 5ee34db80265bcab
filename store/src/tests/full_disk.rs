//! A disk that is full: SQLite's own limit on the size of a file gives the same error.

use super::{NOW, criteria};
use crate::{Change, NewInvitation, Outage, Result, Store, StoreError};
use framework::{
    actor::{Actor, PracticeRole, Role},
    assessment::Answer,
    ids::{CriterionId, CycleId, PracticeSlug, VersionId},
    prose::Prose,
};
use sea_orm::{ConnectionTrait, Database, Statement};
use std::path::PathBuf;
use time::Duration;

/// A file that is gone with the test.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Scratch {
        let name = format!("full-disk-{}.db", uuid::Uuid::now_v7().simple());
        Scratch(std::env::temp_dir().join(name))
    }

    fn url(&self) -> String {
        format!("sqlite://{}?mode=rwc", self.0.display())
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        for end in ["", "-wal", "-shm"] {
            std::fs::remove_file(format!("{}{end}", self.0.display())).ok();
        }
    }
}

/// A Practice's lead, who has begun an assessment.
struct Writer {
    actor: Actor,
    slug: PracticeSlug,
    cycle: CycleId,
}

impl Writer {
    async fn begin(store: &Store) -> Writer {
        let operator = Actor::operator();
        let (slug, cycle) = (PracticeSlug::parse("north").unwrap(), CycleId::parse("2026").unwrap());
        let version = VersionId::parse("2026.1").unwrap();
        store
            .add_practice(&operator, &slug, "North", "East", NOW)
            .await
            .unwrap();
        store.open_cycle(&operator, &cycle, &version, NOW).await.unwrap();
        let lead = NewInvitation {
            email: "lead@example.org".to_owned(),
            role: Role::Practice(PracticeRole::Lead),
            practice: Some(slug.clone()),
        };
        store.invite(&operator, &lead, "token", NOW).await.unwrap();
        let person = store.accept("token", "Lena", Some("hash"), NOW).await.unwrap();
        store.open_session(person, "session", NOW, Duration::DAY).await.unwrap();
        let actor = store.session("session", NOW, Duration::DAY).await.unwrap().unwrap();
        store.start(&actor, &slug, &cycle, NOW).await.unwrap();
        Writer { actor, slug, cycle }
    }

    /// Saves a comment; returns its revision once it is acknowledged.
    async fn save(&self, store: &Store, revision: i32, comment: &str) -> Result<i32> {
        let answer = Answer {
            comment: Prose::read(comment).unwrap(),
            ..Answer::default()
        };
        let change = Change::whole(CriterionId::parse("b").unwrap(), revision, answer);
        let outcomes = store
            .save_answers(&self.actor, &self.slug, &self.cycle, vec![change], NOW)
            .await?;
        assert!(outcomes[0].saved, "{:?}", outcomes[0]);
        Ok(outcomes[0].revision)
    }
}

async fn number(url: &str, sql: &str) -> i64 {
    let db = Database::connect(url).await.unwrap();
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql));
    let number = row.await.unwrap().unwrap().try_get_by_index(0).unwrap();
    db.close().await.unwrap();
    number
}

async fn execute(url: &str, sql: &str) {
    let db = Database::connect(url).await.unwrap();
    db.execute_unprepared(sql).await.unwrap();
    db.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_acknowledged_that_is_not_stored_and_all_works_again_once_there_is_room() {
    let file = Scratch::new();
    let url = file.url();
    let roomy = Store::connect(&url, criteria::library()).await.unwrap();
    roomy.migrate().await.unwrap();
    roomy.publish(NOW).await.unwrap();
    let writer = Writer::begin(&roomy).await;
    execute(
        &url,
        "CREATE TABLE filler (bytes); INSERT INTO filler VALUES (zeroblob(400000))",
    )
    .await;
    roomy.close().await.unwrap();
    let pages = number(&url, "PRAGMA page_count").await;
    let store = Store::connect_within(&url, pages + 8, criteria::library())
        .await
        .unwrap();

    let comment = |save: usize| format!("Text {save}. {}", "word ".repeat(1_790));
    let (mut stored, mut refused) = (0, 0);
    for save in 0..200 {
        match writer.save(&store, stored, &comment(save)).await {
            Ok(revision) => {
                assert_eq!(revision, stored + 1);
                stored = revision;
                // seen by a connection that has no part in it
                let there =
                    format!("SELECT count(*) FROM answer WHERE revision = {revision} AND comment LIKE 'Text {save}.%'");
                assert_eq!(
                    number(&url, &there).await,
                    1,
                    "acknowledged, but not stored: save {save}"
                );
            }
            Err(StoreError::Unavailable {
                outage: Outage::DiskFull,
                ..
            }) => refused += 1,
            // a lock that is waited for in vain would be told as busy
            Err(other) => panic!("save {save}: {other:?}"),
        }
    }
    assert!(stored > 0 && refused > 20, "{stored} stored, {refused} refused");
    let beat = store.beat().await;
    assert!(matches!(beat, Err(StoreError::Unavailable { .. })), "{beat:?}");
    // others read meanwhile
    store
        .assessment(&writer.actor, &writer.slug, &writer.cycle)
        .await
        .unwrap();

    execute(&url, "DELETE FROM filler").await;
    store.beat().await.unwrap();
    for save in 200..220 {
        stored = writer.save(&store, stored, &comment(save)).await.unwrap();
    }
    assert_eq!(
        number(&url, "SELECT max(revision) FROM answer").await,
        i64::from(stored)
    );
    store.close().await.unwrap();
}
