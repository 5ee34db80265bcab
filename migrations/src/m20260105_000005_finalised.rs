//! What even raw SQL cannot do: change a finalised assessment or anything said in it, or rewrite the history.
//!
//! SQLite's `REPLACE` deletes rows without firing delete triggers, so there the insert and update triggers
//! also look for the finalised row that a new one would push out.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let whole = match manager.get_database_backend() {
            DbBackend::Postgres => POSTGRES,
            _ => SQLITE,
        };
        manager.get_connection().execute_unprepared(whole).await?;
        guard(manager, &["answer", "review", "agreement"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Guards tables whose rows belong to an assessment by `assessment_id`, with a key `id`.
pub(crate) async fn guard(manager: &SchemaManager<'_>, parts: &[&str]) -> Result<(), DbErr> {
    let triggers = match manager.get_database_backend() {
        DbBackend::Postgres => POSTGRES_PART,
        _ => SQLITE_PART,
    };
    for table in parts {
        let db = manager.get_connection();
        db.execute_unprepared(&triggers.replace("{part}", table)).await?;
    }
    Ok(())
}

const SQLITE: &str = r#"
CREATE TRIGGER assessment_finalised_insert BEFORE INSERT ON assessment
WHEN EXISTS (
    SELECT 1 FROM assessment
    WHERE status = 'finalised' AND (id = NEW.id OR (practice_id = NEW.practice_id AND cycle = NEW.cycle))
)
BEGIN SELECT RAISE(ABORT, 'a finalised assessment never changes'); END;

CREATE TRIGGER assessment_finalised_update BEFORE UPDATE ON assessment
WHEN OLD.status = 'finalised' OR EXISTS (
    SELECT 1 FROM assessment
    WHERE status = 'finalised' AND (id = NEW.id OR (practice_id = NEW.practice_id AND cycle = NEW.cycle))
)
BEGIN SELECT RAISE(ABORT, 'a finalised assessment never changes'); END;

CREATE TRIGGER assessment_finalised_delete BEFORE DELETE ON assessment
WHEN OLD.status = 'finalised'
BEGIN SELECT RAISE(ABORT, 'a finalised assessment never changes'); END;

CREATE TRIGGER event_insert BEFORE INSERT ON event
WHEN EXISTS (SELECT 1 FROM event WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the history is only added to'); END;

CREATE TRIGGER event_update BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'the history is only added to'); END;

CREATE TRIGGER event_delete BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'the history is only added to'); END;
"#;

const SQLITE_PART: &str = r#"
CREATE TRIGGER {part}_finalised_insert BEFORE INSERT ON {part}
WHEN EXISTS (
    SELECT 1 FROM assessment
    WHERE status = 'finalised'
        AND id IN (NEW.assessment_id, (SELECT assessment_id FROM {part} WHERE id = NEW.id))
)
BEGIN SELECT RAISE(ABORT, 'a finalised assessment never changes'); END;

CREATE TRIGGER {part}_finalised_update BEFORE UPDATE ON {part}
WHEN EXISTS (
    SELECT 1 FROM assessment
    WHERE status = 'finalised'
        AND id IN (OLD.assessment_id, NEW.assessment_id, (SELECT assessment_id FROM {part} WHERE id = NEW.id))
)
BEGIN SELECT RAISE(ABORT, 'a finalised assessment never changes'); END;

CREATE TRIGGER {part}_finalised_delete BEFORE DELETE ON {part}
WHEN EXISTS (SELECT 1 FROM assessment WHERE status = 'finalised' AND id = OLD.assessment_id)
BEGIN SELECT RAISE(ABORT, 'a finalised assessment never changes'); END;
"#;

const POSTGRES: &str = r#"
CREATE FUNCTION refuse_finalised() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status = 'finalised' THEN
        RAISE EXCEPTION 'a finalised assessment never changes';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

-- the row lock makes a writer wait for a finalising that is under way, and then see it
CREATE FUNCTION refuse_finalised_part() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE state text;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        SELECT status INTO state FROM assessment WHERE id = OLD.assessment_id FOR SHARE;
        IF state = 'finalised' THEN RAISE EXCEPTION 'a finalised assessment never changes'; END IF;
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    SELECT status INTO state FROM assessment WHERE id = NEW.assessment_id FOR SHARE;
    IF state = 'finalised' THEN RAISE EXCEPTION 'a finalised assessment never changes'; END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION refuse_finalised_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM assessment WHERE status = 'finalised') THEN
        RAISE EXCEPTION 'a finalised assessment never changes';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the history is only added to';
END $$;

CREATE TRIGGER assessment_finalised BEFORE UPDATE OR DELETE ON assessment
    FOR EACH ROW EXECUTE FUNCTION refuse_finalised();
CREATE TRIGGER assessment_finalised_truncate BEFORE TRUNCATE ON assessment
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_finalised_truncate();
CREATE TRIGGER event_rewriting BEFORE UPDATE OR DELETE ON event
    FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER event_truncate BEFORE TRUNCATE ON event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
"#;

const POSTGRES_PART: &str = r#"
CREATE TRIGGER {part}_finalised BEFORE INSERT OR UPDATE OR DELETE ON {part}
    FOR EACH ROW EXECUTE FUNCTION refuse_finalised_part();
CREATE TRIGGER {part}_finalised_truncate BEFORE TRUNCATE ON {part}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_finalised_truncate();
"#;
