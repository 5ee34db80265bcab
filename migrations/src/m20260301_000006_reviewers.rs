//! Editions of an assessment, so that a finalised one can be taken up again and stays as it is; one or two reviewers and
//! their blind readings; conflicts of interest.
//!
//! SQLite cannot change a table's keys, so there the table is made anew and takes the old one's place. That needs foreign
//! keys switched off, which SQLite does only outside a transaction.

use crate::m20260105_000005_finalised::guard;
use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        match manager.get_database_backend() {
            DbBackend::Postgres => {
                db.execute_unprepared(&format!("{TABLES} {MOVE} {POSTGRES}")).await?;
            }
            _ => {
                db.execute_unprepared(&SQLITE.replace("{tables}", TABLES).replace("{move}", MOVE))
                    .await?;
            }
        }
        guard(manager, &["reviewer", "reading"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        // on PostgreSQL only
        None
    }
}

const TABLES: &str = r#"
CREATE TABLE reviewer (
    id uuid PRIMARY KEY NOT NULL,
    practice_id uuid NOT NULL,
    assessment_id uuid NOT NULL,
    place smallint NOT NULL CHECK (place IN (1, 2)),
    person_id uuid NOT NULL REFERENCES person (id),
    assigned_at timestamptz NOT NULL,
    assigned_who text NOT NULL,
    ready_at timestamptz,
    UNIQUE (assessment_id, place),
    UNIQUE (assessment_id, person_id),
    FOREIGN KEY (assessment_id, practice_id) REFERENCES assessment (id, practice_id)
);
CREATE INDEX reviewer_person ON reviewer (person_id);

CREATE TABLE reading (
    id uuid PRIMARY KEY NOT NULL,
    practice_id uuid NOT NULL,
    assessment_id uuid NOT NULL,
    criterion text NOT NULL,
    place smallint NOT NULL CHECK (place IN (1, 2)),
    reviewer_id uuid REFERENCES person (id),
    rating smallint CHECK (rating BETWEEN 1 AND 5),
    comment text,
    question text,
    revision integer NOT NULL CHECK (revision > 0),
    updated_at timestamptz NOT NULL,
    updated_who text NOT NULL,
    UNIQUE (assessment_id, criterion, place),
    FOREIGN KEY (assessment_id, practice_id) REFERENCES assessment (id, practice_id)
);

CREATE TABLE past_membership (
    id uuid PRIMARY KEY NOT NULL,
    person_id uuid NOT NULL REFERENCES person (id),
    practice_id uuid NOT NULL REFERENCES practice (id),
    role text NOT NULL,
    since timestamptz NOT NULL,
    ended_at timestamptz NOT NULL
);
CREATE INDEX past_membership_person ON past_membership (person_id);

CREATE TABLE declared_conflict (
    id uuid PRIMARY KEY NOT NULL,
    person_id uuid NOT NULL REFERENCES person (id),
    practice_id uuid NOT NULL REFERENCES practice (id),
    reason text,
    declared_at timestamptz NOT NULL,
    lifted_at timestamptz,
    lifted_who text
);
CREATE INDEX declared_conflict_person ON declared_conflict (person_id);
"#;

/// Whoever reviewed so far is the first reviewer. An assessment's own id serves as the row's.
const MOVE: &str = r#"
INSERT INTO reviewer (id, practice_id, assessment_id, place, person_id, assigned_at, assigned_who, ready_at)
SELECT a.id, a.practice_id, a.id, 1, a.reviewer_id, a.status_since, p.name, NULL
FROM assessment a JOIN person p ON p.id = a.reviewer_id;
"#;

const POSTGRES: &str = r#"
ALTER TABLE assessment DROP CONSTRAINT assessment_practice_id_cycle_key;
ALTER TABLE assessment DROP COLUMN reviewer_id;
ALTER TABLE assessment ADD COLUMN edition integer NOT NULL DEFAULT 1 CHECK (edition > 0);
ALTER TABLE assessment ADD UNIQUE (practice_id, cycle, edition);
"#;

const SQLITE: &str = r#"
PRAGMA foreign_keys = OFF;
PRAGMA legacy_alter_table = ON;
BEGIN IMMEDIATE;
{tables}
{move}
CREATE TABLE assessment_new (
    id uuid PRIMARY KEY NOT NULL,
    practice_id uuid NOT NULL REFERENCES practice (id),
    cycle text NOT NULL REFERENCES cycle (id),
    version text NOT NULL REFERENCES framework_version (id),
    status text NOT NULL
        CHECK (status IN ('draft', 'submitted', 'in_review', 'returned', 'moderated', 'finalised')),
    imported boolean NOT NULL,
    created_at timestamptz NOT NULL,
    status_since timestamptz NOT NULL,
    submitted_at timestamptz,
    edition integer NOT NULL DEFAULT 1 CHECK (edition > 0),
    UNIQUE (practice_id, cycle, edition),
    UNIQUE (id, practice_id)
);
INSERT INTO assessment_new
SELECT id, practice_id, cycle, version, status, imported, created_at, status_since, submitted_at, 1 FROM assessment;
DROP TABLE assessment;
ALTER TABLE assessment_new RENAME TO assessment;
CREATE INDEX assessment_cycle ON assessment (cycle);
CREATE INDEX assessment_status ON assessment (status);

CREATE TRIGGER assessment_finalised_insert BEFORE INSERT ON assessment
WHEN EXISTS (
    SELECT 1 FROM assessment
    WHERE status = 'finalised' AND (
        id = NEW.id OR (practice_id = NEW.practice_id AND cycle = NEW.cycle AND edition = NEW.edition)
    )
)
BEGIN SELECT RAISE(ABORT, 'a finalised assessment never changes'); END;

CREATE TRIGGER assessment_finalised_update BEFORE UPDATE ON assessment
WHEN OLD.status = 'finalised' OR EXISTS (
    SELECT 1 FROM assessment
    WHERE status = 'finalised' AND (
        id = NEW.id OR (practice_id = NEW.practice_id AND cycle = NEW.cycle AND edition = NEW.edition)
    )
)
BEGIN SELECT RAISE(ABORT, 'a finalised assessment never changes'); END;

CREATE TRIGGER assessment_finalised_delete BEFORE DELETE ON assessment
WHEN OLD.status = 'finalised'
BEGIN SELECT RAISE(ABORT, 'a finalised assessment never changes'); END;
COMMIT;
PRAGMA legacy_alter_table = OFF;
PRAGMA foreign_keys = ON;
"#;
