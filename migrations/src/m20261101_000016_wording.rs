//! Every wording that was ever saved: who wrote what into which fields, and when. What is there now stays in its own table;
//! what it says joins the wordings before it is written over.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(TABLE).await?;
        db.execute_unprepared(match manager.get_database_backend() {
            DbBackend::Postgres => POSTGRES,
            _ => SQLITE,
        })
        .await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const TABLE: &str = r#"
CREATE TABLE wording (
    id uuid PRIMARY KEY NOT NULL,
    practice_id uuid NOT NULL REFERENCES practice (id),
    kind text NOT NULL,
    -- the assessment in which it was said, or the adaptation, action, reason or support
    subject_id uuid NOT NULL,
    -- of what is said in an assessment
    criterion text NOT NULL,
    -- the place of one of two reviewers, the round of an adaptation; else 0
    part integer NOT NULL,
    -- counted by what was written; 0 for what came from another installation, which is older than anything written here
    revision integer NOT NULL CHECK (revision >= 0),
    -- the order of what came from another installation
    step integer NOT NULL,
    at timestamptz NOT NULL,
    person_id uuid REFERENCES person (id),
    who text NOT NULL,
    -- JSON: the fields that changed, with their new texts
    fields text NOT NULL,
    UNIQUE (subject_id, kind, criterion, part, revision, step)
);
CREATE INDEX wording_practice ON wording (practice_id);
"#;

// REPLACE deletes rows without firing delete triggers
const SQLITE: &str = r#"
CREATE TRIGGER wording_insert BEFORE INSERT ON wording
WHEN EXISTS (
    SELECT 1 FROM wording
    WHERE id = NEW.id OR (subject_id = NEW.subject_id AND kind = NEW.kind AND criterion = NEW.criterion
        AND part = NEW.part AND revision = NEW.revision AND step = NEW.step)
)
BEGIN SELECT RAISE(ABORT, 'the history is only added to'); END;

CREATE TRIGGER wording_update BEFORE UPDATE ON wording
BEGIN SELECT RAISE(ABORT, 'the history is only added to'); END;

CREATE TRIGGER wording_delete BEFORE DELETE ON wording
BEGIN SELECT RAISE(ABORT, 'the history is only added to'); END;
"#;

const POSTGRES: &str = r#"
CREATE TRIGGER wording_rewriting BEFORE UPDATE OR DELETE ON wording
    FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER wording_truncate BEFORE TRUNCATE ON wording
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
"#;
