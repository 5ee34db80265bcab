//! Evidence: items with all their versions, where they are cited, and who said that one is still true.
//!
//! Versions are only added to. Citations and confirmations in a finalised assessment never change, as what is said in it.

use crate::m20260105_000005_finalised::guard;
use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let versions = match manager.get_database_backend() {
            DbBackend::Postgres => POSTGRES,
            _ => SQLITE,
        };
        let db = manager.get_connection();
        db.execute_unprepared(SQL).await?;
        db.execute_unprepared(versions).await?;
        guard(manager, &["citation", "still_true"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const SQL: &str = r#"
CREATE TABLE evidence (
    id uuid PRIMARY KEY NOT NULL,
    practice_id uuid NOT NULL REFERENCES practice (id),
    kind text NOT NULL CHECK (kind IN ('file', 'link', 'note')),
    -- the latest version; whoever changes an item says which one was before
    number integer NOT NULL CHECK (number > 0),
    withdrawn_at timestamptz,
    withdrawn_who text,
    UNIQUE (id, practice_id),
    CHECK ((withdrawn_at IS NULL) = (withdrawn_who IS NULL))
);
CREATE INDEX evidence_practice ON evidence (practice_id);

CREATE TABLE evidence_version (
    id uuid PRIMARY KEY NOT NULL,
    practice_id uuid NOT NULL,
    evidence_id uuid NOT NULL,
    number integer NOT NULL CHECK (number > 0),
    title text NOT NULL,
    shows text NOT NULL,
    true_of date NOT NULL,
    review_by date CHECK (review_by >= true_of),
    link text,
    note text,
    file_name text,
    file_type text,
    file_size bigint,
    file_hash text,
    made_at timestamptz NOT NULL,
    made_by uuid REFERENCES person (id),
    made_who text NOT NULL,
    UNIQUE (evidence_id, practice_id, number),
    FOREIGN KEY (evidence_id, practice_id) REFERENCES evidence (id, practice_id),
    CHECK ((file_name IS NULL) = (file_hash IS NULL)),
    CHECK ((file_name IS NULL) = (file_type IS NULL)),
    CHECK ((file_name IS NULL) = (file_size IS NULL)),
    CHECK ((link IS NOT NULL AND note IS NULL AND file_hash IS NULL)
        OR (link IS NULL AND note IS NOT NULL AND file_hash IS NULL)
        OR (link IS NULL AND note IS NULL AND file_hash IS NOT NULL))
);
CREATE INDEX evidence_version_hash ON evidence_version (file_hash);

-- both keys carry the Practice: nothing of one can be cited in another
CREATE TABLE citation (
    id uuid PRIMARY KEY NOT NULL,
    practice_id uuid NOT NULL,
    assessment_id uuid NOT NULL,
    criterion text NOT NULL,
    evidence_id uuid NOT NULL,
    number integer NOT NULL,
    cited_at timestamptz NOT NULL,
    cited_by uuid REFERENCES person (id),
    cited_who text NOT NULL,
    UNIQUE (assessment_id, criterion, evidence_id),
    FOREIGN KEY (assessment_id, practice_id) REFERENCES assessment (id, practice_id),
    FOREIGN KEY (evidence_id, practice_id, number) REFERENCES evidence_version (evidence_id, practice_id, number)
);
CREATE INDEX citation_evidence ON citation (evidence_id);

CREATE TABLE still_true (
    id uuid PRIMARY KEY NOT NULL,
    practice_id uuid NOT NULL,
    assessment_id uuid NOT NULL,
    evidence_id uuid NOT NULL,
    said_at timestamptz NOT NULL,
    said_by uuid REFERENCES person (id),
    said_who text NOT NULL,
    UNIQUE (assessment_id, evidence_id),
    FOREIGN KEY (assessment_id, practice_id) REFERENCES assessment (id, practice_id),
    FOREIGN KEY (evidence_id, practice_id) REFERENCES evidence (id, practice_id)
);
CREATE INDEX still_true_evidence ON still_true (evidence_id);
"#;

const SQLITE: &str = r#"
CREATE TRIGGER evidence_version_insert BEFORE INSERT ON evidence_version
WHEN EXISTS (
    SELECT 1 FROM evidence_version
    WHERE id = NEW.id OR (evidence_id = NEW.evidence_id AND practice_id = NEW.practice_id AND number = NEW.number)
)
BEGIN SELECT RAISE(ABORT, 'the history is only added to'); END;

CREATE TRIGGER evidence_version_update BEFORE UPDATE ON evidence_version
BEGIN SELECT RAISE(ABORT, 'the history is only added to'); END;

CREATE TRIGGER evidence_version_delete BEFORE DELETE ON evidence_version
BEGIN SELECT RAISE(ABORT, 'the history is only added to'); END;
"#;

const POSTGRES: &str = r#"
CREATE TRIGGER evidence_version_rewriting BEFORE UPDATE OR DELETE ON evidence_version
    FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER evidence_version_truncate BEFORE TRUNCATE ON evidence_version
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
"#;
