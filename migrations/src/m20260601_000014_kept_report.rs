//! Reports that are made once and kept: what was asked for, how far it is, and which files came of it.
//!
//! The files stand where uploads do, under their hash. Once a report is finished, neither it nor what is said of its files
//! ever changes.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let triggers = match manager.get_database_backend() {
            DbBackend::Postgres => POSTGRES,
            _ => SQLITE,
        };
        let db = manager.get_connection();
        db.execute_unprepared(SQL).await?;
        db.execute_unprepared(triggers).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const SQL: &str = r#"
CREATE TABLE kept_report (
    id uuid PRIMARY KEY NOT NULL,
    cycle text NOT NULL REFERENCES cycle (id),
    -- none for the national report
    practice_id uuid REFERENCES practice (id),
    edition integer,
    asked_at timestamptz NOT NULL,
    asked_by uuid REFERENCES person (id),
    asked_who text NOT NULL,
    state text NOT NULL CHECK (state IN ('waiting', 'working', 'finished', 'failed')),
    -- how many steps of the work are behind
    done smallint NOT NULL CHECK (done >= 0),
    -- how often it was begun; whoever began it last goes on with it
    tries smallint NOT NULL CHECK (tries >= 0),
    leased_until timestamptz,
    ended_at timestamptz,
    CHECK ((practice_id IS NULL) = (edition IS NULL)),
    CHECK ((state = 'working') = (leased_until IS NOT NULL)),
    CHECK ((state IN ('finished', 'failed')) = (ended_at IS NOT NULL)),
    FOREIGN KEY (practice_id, cycle, edition) REFERENCES assessment (practice_id, cycle, edition)
);
CREATE INDEX kept_report_of ON kept_report (cycle, practice_id);
CREATE INDEX kept_report_state ON kept_report (state, asked_at);

CREATE TABLE kept_document (
    report_id uuid NOT NULL REFERENCES kept_report (id),
    format text NOT NULL,
    sha256 text NOT NULL,
    size bigint NOT NULL CHECK (size > 0),
    PRIMARY KEY (report_id, format)
);
"#;

// REPLACE deletes rows without firing delete triggers: inserting and updating look for the row that would be pushed out
const SQLITE: &str = r#"
CREATE TRIGGER kept_report_insert BEFORE INSERT ON kept_report
WHEN EXISTS (SELECT 1 FROM kept_report WHERE state = 'finished' AND id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'a kept report never changes'); END;

CREATE TRIGGER kept_report_update BEFORE UPDATE ON kept_report
WHEN EXISTS (SELECT 1 FROM kept_report WHERE state = 'finished' AND id IN (OLD.id, NEW.id))
BEGIN SELECT RAISE(ABORT, 'a kept report never changes'); END;

CREATE TRIGGER kept_report_delete BEFORE DELETE ON kept_report
WHEN OLD.state = 'finished'
BEGIN SELECT RAISE(ABORT, 'a kept report never changes'); END;

CREATE TRIGGER kept_document_insert BEFORE INSERT ON kept_document
WHEN EXISTS (SELECT 1 FROM kept_report WHERE state = 'finished' AND id = NEW.report_id)
BEGIN SELECT RAISE(ABORT, 'a kept report never changes'); END;

CREATE TRIGGER kept_document_update BEFORE UPDATE ON kept_document
BEGIN SELECT RAISE(ABORT, 'a kept report never changes'); END;

CREATE TRIGGER kept_document_delete BEFORE DELETE ON kept_document
BEGIN SELECT RAISE(ABORT, 'a kept report never changes'); END;
"#;

const POSTGRES: &str = r#"
CREATE FUNCTION refuse_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'finished' THEN
        RAISE EXCEPTION 'a kept report never changes';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

-- the row lock makes a writer wait for a finishing that is under way, and then see it
CREATE FUNCTION refuse_kept_document() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE closed boolean;
BEGIN
    SELECT state = 'finished' INTO closed FROM kept_report WHERE id = NEW.report_id FOR SHARE;
    IF closed THEN RAISE EXCEPTION 'a kept report never changes'; END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION refuse_kept_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a kept report never changes';
END $$;

CREATE TRIGGER kept_report_finished BEFORE UPDATE OR DELETE ON kept_report
    FOR EACH ROW EXECUTE FUNCTION refuse_kept();
CREATE TRIGGER kept_report_truncate BEFORE TRUNCATE ON kept_report
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_kept_rewriting();
CREATE TRIGGER kept_document_insert BEFORE INSERT ON kept_document
    FOR EACH ROW EXECUTE FUNCTION refuse_kept_document();
CREATE TRIGGER kept_document_rewriting BEFORE UPDATE OR DELETE ON kept_document
    FOR EACH ROW EXECUTE FUNCTION refuse_kept_rewriting();
CREATE TRIGGER kept_document_truncate BEFORE TRUNCATE ON kept_document
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_kept_rewriting();
"#;
