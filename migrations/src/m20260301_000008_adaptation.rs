//! The register of adaptations: what a Practice does differently, proposed and decided in rounds, and which one moderation
//! put a low rating or a slip down to. What is decided never changes, since finalised assessments rest on it.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let guard = match manager.get_database_backend() {
            DbBackend::Postgres => POSTGRES,
            _ => SQLITE,
        };
        let db = manager.get_connection();
        db.execute_unprepared(SQL).await?;
        db.execute_unprepared(guard).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const SQL: &str = r#"
CREATE TABLE adaptation (
    id uuid PRIMARY KEY NOT NULL,
    practice_id uuid NOT NULL REFERENCES practice (id),
    created_at timestamptz NOT NULL,
    -- counts every change of any of its rounds
    revision integer NOT NULL CHECK (revision > 0),
    UNIQUE (id, practice_id)
);
CREATE INDEX adaptation_practice ON adaptation (practice_id);

CREATE TABLE adaptation_round (
    id uuid PRIMARY KEY NOT NULL,
    practice_id uuid NOT NULL,
    adaptation_id uuid NOT NULL,
    number integer NOT NULL CHECK (number > 0),
    title text NOT NULL,
    what text NOT NULL,
    -- ids, separated by spaces
    criteria text NOT NULL CHECK (criteria <> ''),
    timing text NOT NULL CHECK (timing IN ('planned', 'reactive')),
    since date NOT NULL,
    until date CHECK (until >= since),
    decided_by_role text NOT NULL,
    level text NOT NULL CHECK (level IN ('woman', 'group', 'practitioner', 'team', 'practice', 'board', 'network')),
    -- words, separated by spaces
    reasons text NOT NULL,
    why text NOT NULL,
    core text NOT NULL CHECK (core IN ('yes', 'no', 'unsure')),
    core_why text NOT NULL,
    saved_at timestamptz NOT NULL,
    saved_by uuid REFERENCES person (id),
    saved_who text NOT NULL,
    proposed_at timestamptz,
    proposed_who text,
    ruling text CHECK (ruling IN ('consistent', 'not_consistent', 'refused')),
    ruling_reason text,
    agreed_until date CHECK (agreed_until >= since),
    decided_at timestamptz,
    decided_by uuid REFERENCES person (id),
    decided_who text,
    CHECK ((proposed_at IS NULL) = (proposed_who IS NULL)),
    CHECK ((ruling IS NULL) = (decided_at IS NULL)),
    CHECK ((ruling IS NULL) = (decided_who IS NULL)),
    CHECK ((ruling IS NULL) = (ruling_reason IS NULL)),
    CHECK (ruling IS NULL OR proposed_at IS NOT NULL),
    CHECK (agreed_until IS NULL OR ruling IN ('consistent', 'not_consistent')),
    UNIQUE (adaptation_id, number),
    FOREIGN KEY (adaptation_id, practice_id) REFERENCES adaptation (id, practice_id)
);
CREATE INDEX adaptation_round_practice ON adaptation_round (practice_id);

ALTER TABLE agreement ADD COLUMN adaptation_id uuid REFERENCES adaptation (id);
"#;

const SQLITE: &str = r#"
CREATE TRIGGER adaptation_round_decided_insert BEFORE INSERT ON adaptation_round
WHEN EXISTS (
    SELECT 1 FROM adaptation_round
    WHERE ruling IS NOT NULL
        AND (id = NEW.id OR (adaptation_id = NEW.adaptation_id AND number = NEW.number))
)
BEGIN SELECT RAISE(ABORT, 'a decision never changes'); END;

CREATE TRIGGER adaptation_round_decided_update BEFORE UPDATE ON adaptation_round
WHEN OLD.ruling IS NOT NULL OR EXISTS (
    SELECT 1 FROM adaptation_round
    WHERE ruling IS NOT NULL
        AND (id = NEW.id OR (adaptation_id = NEW.adaptation_id AND number = NEW.number))
)
BEGIN SELECT RAISE(ABORT, 'a decision never changes'); END;

CREATE TRIGGER adaptation_round_decided_delete BEFORE DELETE ON adaptation_round
WHEN OLD.ruling IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a decision never changes'); END;
"#;

const POSTGRES: &str = r#"
CREATE FUNCTION refuse_decided() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.ruling IS NOT NULL THEN
        RAISE EXCEPTION 'a decision never changes';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION refuse_decided_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM adaptation_round WHERE ruling IS NOT NULL) THEN
        RAISE EXCEPTION 'a decision never changes';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER adaptation_round_decided BEFORE UPDATE OR DELETE ON adaptation_round
    FOR EACH ROW EXECUTE FUNCTION refuse_decided();
CREATE TRIGGER adaptation_round_truncate BEFORE TRUNCATE ON adaptation_round
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_decided_truncate();
"#;
