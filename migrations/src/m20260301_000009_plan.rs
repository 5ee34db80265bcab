//! The improvement plan: actions and what became of them, reasons for none, and the support that National Pause gave.
//!
//! An action belongs to its Practice and the cycle it was raised in, and goes on after the assessment is finalised. What
//! never changes is its history, and support that stands behind a finalised assessment.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(TABLES).await?;
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

const TABLES: &str = r#"
CREATE TABLE plan_action (
    id uuid PRIMARY KEY NOT NULL,
    practice_id uuid NOT NULL REFERENCES practice (id),
    cycle text NOT NULL REFERENCES cycle (id),
    version text NOT NULL REFERENCES framework_version (id),
    criterion text NOT NULL,
    what text NOT NULL,
    owner text NOT NULL,
    due date NOT NULL,
    support text,
    state text NOT NULL CHECK (state IN ('open', 'done', 'dropped')),
    closing text,
    closed_at timestamptz,
    raised_at timestamptz NOT NULL,
    raised_who text NOT NULL,
    revision integer NOT NULL CHECK (revision > 0),
    updated_at timestamptz NOT NULL,
    updated_who text NOT NULL,
    UNIQUE (id, practice_id),
    CHECK ((state = 'open') = (closing IS NULL)),
    CHECK ((state = 'open') = (closed_at IS NULL))
);
CREATE INDEX plan_action_practice ON plan_action (practice_id);
CREATE INDEX plan_action_due ON plan_action (state, due);

CREATE TABLE plan_change (
    id uuid PRIMARY KEY NOT NULL,
    action_id uuid NOT NULL,
    practice_id uuid NOT NULL,
    at timestamptz NOT NULL,
    person_id uuid REFERENCES person (id),
    who text NOT NULL,
    state_from text CHECK (state_from IN ('open', 'done', 'dropped')),
    state_to text NOT NULL CHECK (state_to IN ('open', 'done', 'dropped')),
    what text NOT NULL,
    owner text NOT NULL,
    due date NOT NULL,
    support text,
    why text,
    FOREIGN KEY (action_id, practice_id) REFERENCES plan_action (id, practice_id)
);
CREATE INDEX plan_change_action ON plan_change (action_id, id);

CREATE TABLE plan_none (
    id uuid PRIMARY KEY NOT NULL,
    practice_id uuid NOT NULL REFERENCES practice (id),
    cycle text NOT NULL REFERENCES cycle (id),
    version text NOT NULL REFERENCES framework_version (id),
    criterion text NOT NULL,
    reason text NOT NULL,
    revision integer NOT NULL CHECK (revision > 0),
    updated_at timestamptz NOT NULL,
    updated_who text NOT NULL,
    UNIQUE (practice_id, cycle, criterion)
);

CREATE TABLE plan_support (
    id uuid PRIMARY KEY NOT NULL,
    practice_id uuid NOT NULL REFERENCES practice (id),
    day date NOT NULL,
    what text NOT NULL,
    action_id uuid,
    element text,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid REFERENCES person (id),
    recorded_who text NOT NULL,
    rating smallint CHECK (rating BETWEEN 1 AND 5),
    comment text,
    rated_at timestamptz,
    rated_who text,
    revision integer NOT NULL CHECK (revision > 0),
    CHECK (action_id IS NULL OR element IS NULL),
    CHECK ((rating IS NULL) = (rated_at IS NULL)),
    CHECK (comment IS NULL OR rating IS NOT NULL),
    FOREIGN KEY (action_id, practice_id) REFERENCES plan_action (id, practice_id)
);
CREATE INDEX plan_support_practice ON plan_support (practice_id);
"#;

const SQLITE: &str = r#"
CREATE TRIGGER plan_change_insert BEFORE INSERT ON plan_change
WHEN EXISTS (SELECT 1 FROM plan_change WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the history is only added to'); END;

CREATE TRIGGER plan_change_update BEFORE UPDATE ON plan_change
BEGIN SELECT RAISE(ABORT, 'the history is only added to'); END;

CREATE TRIGGER plan_change_delete BEFORE DELETE ON plan_change
BEGIN SELECT RAISE(ABORT, 'the history is only added to'); END;

CREATE TRIGGER plan_support_finalised_insert BEFORE INSERT ON plan_support
WHEN EXISTS (
    SELECT 1 FROM assessment a
    WHERE a.status = 'finalised' AND NOT a.imported AND (
        (a.practice_id = NEW.practice_id AND a.status_since > NEW.recorded_at)
        OR EXISTS (
            SELECT 1 FROM plan_support s
            WHERE s.id = NEW.id AND s.practice_id = a.practice_id AND a.status_since > s.recorded_at
        )
    )
)
BEGIN SELECT RAISE(ABORT, 'support behind a finalised assessment never changes'); END;

CREATE TRIGGER plan_support_finalised_update BEFORE UPDATE ON plan_support
WHEN EXISTS (
    SELECT 1 FROM assessment a
    WHERE a.status = 'finalised' AND NOT a.imported AND (
        (a.practice_id = OLD.practice_id AND a.status_since > OLD.recorded_at)
        OR (a.practice_id = NEW.practice_id AND a.status_since > NEW.recorded_at)
        OR EXISTS (
            SELECT 1 FROM plan_support s
            WHERE s.id = NEW.id AND s.practice_id = a.practice_id AND a.status_since > s.recorded_at
        )
    )
)
BEGIN SELECT RAISE(ABORT, 'support behind a finalised assessment never changes'); END;

CREATE TRIGGER plan_support_finalised_delete BEFORE DELETE ON plan_support
WHEN EXISTS (
    SELECT 1 FROM assessment a
    WHERE a.status = 'finalised' AND NOT a.imported
        AND a.practice_id = OLD.practice_id AND a.status_since > OLD.recorded_at
)
BEGIN SELECT RAISE(ABORT, 'support behind a finalised assessment never changes'); END;
"#;

const POSTGRES: &str = r#"
CREATE TRIGGER plan_change_rewriting BEFORE UPDATE OR DELETE ON plan_change
    FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER plan_change_truncate BEFORE TRUNCATE ON plan_change
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();

CREATE FUNCTION refuse_finalised_support() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND EXISTS (
        SELECT 1 FROM assessment WHERE status = 'finalised' AND NOT imported
            AND practice_id = OLD.practice_id AND status_since > OLD.recorded_at
    ) THEN
        RAISE EXCEPTION 'support behind a finalised assessment never changes';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    IF EXISTS (
        SELECT 1 FROM assessment WHERE status = 'finalised' AND NOT imported
            AND practice_id = NEW.practice_id AND status_since > NEW.recorded_at
    ) THEN
        RAISE EXCEPTION 'support behind a finalised assessment never changes';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER plan_support_finalised BEFORE INSERT OR UPDATE OR DELETE ON plan_support
    FOR EACH ROW EXECUTE FUNCTION refuse_finalised_support();
CREATE TRIGGER plan_support_finalised_truncate BEFORE TRUNCATE ON plan_support
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_finalised_truncate();
"#;
