//! Clarifications: a thread a criterion, its messages, and how far each person has read.

use crate::m20260105_000005_finalised::guard;
use sea_orm_migration::prelude::*;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(SQL).await?;
        guard(manager, &["clarification", "clarification_message"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const SQL: &str = r#"
CREATE TABLE clarification (
    id uuid PRIMARY KEY NOT NULL,
    practice_id uuid NOT NULL,
    assessment_id uuid NOT NULL,
    criterion text NOT NULL,
    state text NOT NULL
        CHECK (state IN ('waits_for_practice', 'waits_for_national', 'answered', 'resolved', 'carried')),
    -- one more with each message and each settling
    revision integer NOT NULL CHECK (revision > 0),
    updated_at timestamptz NOT NULL,
    UNIQUE (assessment_id, criterion),
    UNIQUE (id, assessment_id),
    FOREIGN KEY (assessment_id, practice_id) REFERENCES assessment (id, practice_id)
);

CREATE TABLE clarification_message (
    id uuid PRIMARY KEY NOT NULL,
    assessment_id uuid NOT NULL,
    clarification_id uuid NOT NULL,
    -- the revision of the thread that it made
    revision integer NOT NULL CHECK (revision > 0),
    side text NOT NULL CHECK (side IN ('practice', 'national')),
    person_id uuid REFERENCES person (id),
    who text NOT NULL,
    at timestamptz NOT NULL,
    body text NOT NULL,
    UNIQUE (clarification_id, revision),
    FOREIGN KEY (clarification_id, assessment_id) REFERENCES clarification (id, assessment_id)
);
CREATE INDEX clarification_message_assessment ON clarification_message (assessment_id);

-- no part of the assessment: it may be read, and marked as read, when all is finalised
CREATE TABLE clarification_read (
    clarification_id uuid NOT NULL REFERENCES clarification (id),
    person_id uuid NOT NULL REFERENCES person (id),
    -- the thread's revision when the person last saw it
    revision integer NOT NULL,
    PRIMARY KEY (clarification_id, person_id)
);
CREATE INDEX clarification_read_person ON clarification_read (person_id);
"#;
