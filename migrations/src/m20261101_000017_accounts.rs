//! What happens to accounts: notices that belong to no Practice, and an index to list it by. What each of two reviewers said
//! while neither saw the other's ratings.
//!
//! SQLite cannot take `NOT NULL` away: the table is made anew. What refers to it is moved aside meanwhile.

use crate::m20260105_000005_finalised::guard;
use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let notices = match manager.get_database_backend() {
            DbBackend::Postgres => POSTGRES,
            _ => SQLITE,
        };
        let db = manager.get_connection();
        db.execute_unprepared(notices).await?;
        db.execute_unprepared(SQL).await?;
        guard(manager, &["blind_reading"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const SQL: &str = r#"
CREATE INDEX event_kind ON event (kind, at);

CREATE TABLE blind_reading (
    id uuid PRIMARY KEY NOT NULL,
    practice_id uuid NOT NULL,
    assessment_id uuid NOT NULL,
    criterion text NOT NULL,
    place smallint NOT NULL CHECK (place IN (1, 2)),
    rating smallint NOT NULL CHECK (rating BETWEEN 1 AND 5),
    UNIQUE (assessment_id, criterion, place),
    FOREIGN KEY (assessment_id, practice_id) REFERENCES assessment (id, practice_id)
);
"#;

const POSTGRES: &str = "ALTER TABLE notice ALTER COLUMN practice_id DROP NOT NULL;";

const SQLITE: &str = r#"
CREATE TABLE notice_now (
    id uuid PRIMARY KEY NOT NULL,
    person_id uuid NOT NULL REFERENCES person (id),
    at timestamptz NOT NULL,
    kind text NOT NULL,
    -- none for what happens to an account
    practice_id uuid REFERENCES practice (id),
    assessment_id uuid REFERENCES assessment (id),
    -- the adaptation or action that it is about
    subject_id uuid,
    -- where a job that repeats must not tell twice
    key text,
    read_at timestamptz,
    UNIQUE (person_id, key)
);
INSERT INTO notice_now (id, person_id, at, kind, practice_id, assessment_id, subject_id, key, read_at)
    SELECT id, person_id, at, kind, practice_id, assessment_id, subject_id, key, read_at FROM notice;
CREATE TABLE outbox_aside AS
    SELECT id, person_id, notice_id, digest_at, due_at, tries, last_error, leased_until, done_at, outcome FROM outbox;
DROP TABLE outbox;
DROP TABLE notice;
ALTER TABLE notice_now RENAME TO notice;
CREATE INDEX notice_inbox ON notice (person_id, at);
CREATE INDEX notice_unread ON notice (person_id, read_at);

CREATE TABLE outbox (
    id uuid PRIMARY KEY NOT NULL,
    person_id uuid NOT NULL REFERENCES person (id),
    notice_id uuid UNIQUE REFERENCES notice (id) ON DELETE CASCADE,
    digest_at timestamptz,
    due_at timestamptz NOT NULL,
    tries integer NOT NULL,
    last_error text,
    leased_until timestamptz,
    done_at timestamptz,
    outcome text CHECK (outcome IN ('sent', 'needless', 'given_up')),
    UNIQUE (person_id, digest_at),
    CHECK ((notice_id IS NULL) <> (digest_at IS NULL)),
    CHECK ((done_at IS NULL) = (outcome IS NULL))
);
INSERT INTO outbox (id, person_id, notice_id, digest_at, due_at, tries, last_error, leased_until, done_at, outcome)
    SELECT id, person_id, notice_id, digest_at, due_at, tries, last_error, leased_until, done_at, outcome FROM outbox_aside;
DROP TABLE outbox_aside;
CREATE INDEX outbox_due ON outbox (done_at, due_at);
"#;
