//! Notices, how often people want an e-mail about them, and the e-mails that wait to be sent.

use sea_orm_migration::prelude::*;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(SQL).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const SQL: &str = r#"
CREATE TABLE notice (
    id uuid PRIMARY KEY NOT NULL,
    person_id uuid NOT NULL REFERENCES person (id),
    at timestamptz NOT NULL,
    kind text NOT NULL,
    practice_id uuid NOT NULL REFERENCES practice (id),
    assessment_id uuid REFERENCES assessment (id),
    -- the adaptation or action that it is about
    subject_id uuid,
    -- where a job that repeats must not tell twice
    key text,
    read_at timestamptz,
    UNIQUE (person_id, key)
);
CREATE INDEX notice_inbox ON notice (person_id, at);
CREATE INDEX notice_unread ON notice (person_id, read_at);

ALTER TABLE person ADD COLUMN mail_choice text NOT NULL DEFAULT 'daily'
    CHECK (mail_choice IN ('each', 'daily', 'off'));

-- an e-mail: about one notice, or about all that is unread at an hour
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
CREATE INDEX outbox_due ON outbox (done_at, due_at);
"#;
