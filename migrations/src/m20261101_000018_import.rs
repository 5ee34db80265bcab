//! Imports of assessments: who took in which file and when, what came with it, and that it was taken back. What came with an
//! import that is taken back may go, finalised or not; nothing else may.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// Tables whose rows belong to an assessment and come with an import.
const PARTS: [&str; 4] = ["answer", "review", "agreement", "reading"];

/// What came with an import: it is only added to.
const CONTENTS: [(&str, &str); 3] = [
    ("import_assessment", "assessment_id = NEW.assessment_id"),
    ("import_practice", "practice_id = NEW.practice_id"),
    ("import_cycle", "import_id = NEW.import_id AND cycle = NEW.cycle"),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(TABLES).await?;
        let (whole, part, content) = match manager.get_database_backend() {
            DbBackend::Postgres => (POSTGRES, POSTGRES_PART, POSTGRES_CONTENT),
            _ => (SQLITE, SQLITE_PART, SQLITE_CONTENT),
        };
        db.execute_unprepared(whole).await?;
        for table in PARTS {
            db.execute_unprepared(&part.replace("{part}", table)).await?;
        }
        for (table, same) in CONTENTS {
            let sql = content.replace("{table}", table).replace("{same}", same);
            db.execute_unprepared(&sql).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const TABLES: &str = r#"
CREATE TABLE import (
    id uuid PRIMARY KEY NOT NULL,
    at timestamptz NOT NULL,
    person_id uuid REFERENCES person (id),
    who text NOT NULL,
    -- the file's name, and the hash of its bytes
    file text NOT NULL,
    sha256 text NOT NULL,
    taken_back_at timestamptz,
    taken_back_by uuid REFERENCES person (id),
    taken_back_who text,
    taken_back_why text,
    CHECK ((taken_back_at IS NULL) = (taken_back_who IS NULL)),
    CHECK ((taken_back_at IS NULL) = (taken_back_why IS NULL))
);
CREATE INDEX import_at ON import (at);

-- no foreign keys to what came: these rows stay when it is taken back
CREATE TABLE import_assessment (
    assessment_id uuid PRIMARY KEY NOT NULL,
    import_id uuid NOT NULL REFERENCES import (id),
    practice text NOT NULL,
    cycle text NOT NULL,
    -- how many of the version's criteria are rated or set aside
    rated integer NOT NULL,
    criteria integer NOT NULL
);
CREATE INDEX import_assessment_import ON import_assessment (import_id);

CREATE TABLE import_practice (
    practice_id uuid PRIMARY KEY NOT NULL,
    import_id uuid NOT NULL REFERENCES import (id),
    name text NOT NULL
);
CREATE INDEX import_practice_import ON import_practice (import_id);

CREATE TABLE import_cycle (
    import_id uuid NOT NULL REFERENCES import (id),
    cycle text NOT NULL,
    PRIMARY KEY (import_id, cycle)
);

-- how often something was taken away: what was read of the network before is out of date then
ALTER TABLE network_size ADD COLUMN taken_away bigint NOT NULL DEFAULT 0;

-- the assessments and Practices of imports that are taken back
CREATE VIEW taken_back_assessment AS
SELECT part.assessment_id AS id FROM import_assessment part
JOIN import i ON i.id = part.import_id WHERE i.taken_back_at IS NOT NULL;

CREATE VIEW taken_back_practice AS
SELECT part.practice_id AS id FROM import_practice part
JOIN import i ON i.id = part.import_id WHERE i.taken_back_at IS NOT NULL;
"#;

// REPLACE deletes rows without firing delete triggers: inserting looks for the row that would be pushed out
const SQLITE: &str = r#"
CREATE TRIGGER import_insert BEFORE INSERT ON import
WHEN EXISTS (SELECT 1 FROM import WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'an import never changes'); END;

CREATE TRIGGER import_update BEFORE UPDATE ON import
WHEN OLD.taken_back_at IS NOT NULL OR NEW.taken_back_at IS NULL OR NEW.id <> OLD.id OR NEW.at <> OLD.at
    OR NEW.person_id IS NOT OLD.person_id OR NEW.who <> OLD.who OR NEW.file <> OLD.file OR NEW.sha256 <> OLD.sha256
BEGIN SELECT RAISE(ABORT, 'an import never changes'); END;

CREATE TRIGGER import_delete BEFORE DELETE ON import
BEGIN SELECT RAISE(ABORT, 'an import never changes'); END;

CREATE TRIGGER import_assessment_imported BEFORE INSERT ON import_assessment
WHEN NOT EXISTS (SELECT 1 FROM assessment WHERE id = NEW.assessment_id AND imported AND status <> 'finalised')
BEGIN SELECT RAISE(ABORT, 'a finalised assessment never changes'); END;

DROP TRIGGER assessment_finalised_delete;
CREATE TRIGGER assessment_finalised_delete BEFORE DELETE ON assessment
WHEN OLD.status = 'finalised' AND NOT (OLD.imported AND OLD.id IN (SELECT id FROM taken_back_assessment))
BEGIN SELECT RAISE(ABORT, 'a finalised assessment never changes'); END;

DROP TRIGGER sheet_delete;
CREATE TRIGGER sheet_delete BEFORE DELETE ON sheet
WHEN NOT OLD.imported OR OLD.assessment_id NOT IN (SELECT id FROM taken_back_assessment)
BEGIN SELECT RAISE(ABORT, 'a finalised assessment never changes'); END;

-- what is taken back leaves the history, the history itself stays
DROP TRIGGER event_update;
CREATE TRIGGER event_update BEFORE UPDATE ON event
WHEN NOT (
    NEW.id = OLD.id AND NEW.at = OLD.at AND NEW.person_id IS OLD.person_id AND NEW.who = OLD.who AND NEW.kind = OLD.kind
    AND NEW.criterion IS OLD.criterion AND NEW.status_from IS OLD.status_from AND NEW.status_to IS OLD.status_to
    AND NEW.note IS OLD.note AND NEW.detail IS OLD.detail
    AND (NEW.assessment_id IS OLD.assessment_id
        OR (NEW.assessment_id IS NULL AND OLD.assessment_id IN (SELECT id FROM taken_back_assessment)))
    AND (NEW.practice_id IS OLD.practice_id
        OR (NEW.practice_id IS NULL AND OLD.practice_id IN (SELECT id FROM taken_back_practice)))
)
BEGIN SELECT RAISE(ABORT, 'the history is only added to'); END;

CREATE TRIGGER sheet_discounted AFTER DELETE ON sheet
BEGIN UPDATE network_size SET sheets = sheets - 1, taken_away = taken_away + 1; END;

CREATE TRIGGER practice_discounted AFTER DELETE ON practice
BEGIN UPDATE network_size SET practices = practices - 1, taken_away = taken_away + 1; END;
"#;

const SQLITE_PART: &str = r#"
DROP TRIGGER {part}_finalised_delete;
CREATE TRIGGER {part}_finalised_delete BEFORE DELETE ON {part}
WHEN EXISTS (
    SELECT 1 FROM assessment
    WHERE status = 'finalised' AND id = OLD.assessment_id
        AND NOT (imported AND id IN (SELECT id FROM taken_back_assessment))
)
BEGIN SELECT RAISE(ABORT, 'a finalised assessment never changes'); END;
"#;

const SQLITE_CONTENT: &str = r#"
CREATE TRIGGER {table}_insert BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})
    OR EXISTS (SELECT 1 FROM import WHERE id = NEW.import_id AND taken_back_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'an import never changes'); END;

CREATE TRIGGER {table}_update BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, 'an import never changes'); END;

CREATE TRIGGER {table}_delete BEFORE DELETE ON {table}
BEGIN SELECT RAISE(ABORT, 'an import never changes'); END;
"#;

const POSTGRES: &str = r#"
CREATE FUNCTION refuse_import() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an import never changes';
END $$;

CREATE FUNCTION refuse_import_but_taking_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.taken_back_at IS NOT NULL OR NEW.taken_back_at IS NULL
        OR (NEW.id, NEW.at, NEW.who, NEW.file, NEW.sha256) <> (OLD.id, OLD.at, OLD.who, OLD.file, OLD.sha256)
        OR NEW.person_id IS DISTINCT FROM OLD.person_id
    THEN RAISE EXCEPTION 'an import never changes'; END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER import_rewriting BEFORE UPDATE ON import
    FOR EACH ROW EXECUTE FUNCTION refuse_import_but_taking_back();
CREATE TRIGGER import_delete BEFORE DELETE ON import
    FOR EACH ROW EXECUTE FUNCTION refuse_import();
CREATE TRIGGER import_truncate BEFORE TRUNCATE ON import
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_import();

CREATE FUNCTION refuse_late_content() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM import WHERE id = NEW.import_id AND taken_back_at IS NOT NULL) THEN
        RAISE EXCEPTION 'an import never changes';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION refuse_not_imported() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM assessment WHERE id = NEW.assessment_id AND imported AND status <> 'finalised') THEN
        RAISE EXCEPTION 'a finalised assessment never changes';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER import_assessment_imported BEFORE INSERT ON import_assessment
    FOR EACH ROW EXECUTE FUNCTION refuse_not_imported();

CREATE FUNCTION refuse_finalised_going() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status = 'finalised'
        AND NOT (OLD.imported AND EXISTS (SELECT 1 FROM taken_back_assessment t WHERE t.id = OLD.id))
    THEN RAISE EXCEPTION 'a finalised assessment never changes'; END IF;
    RETURN OLD;
END $$;

DROP TRIGGER assessment_finalised ON assessment;
CREATE TRIGGER assessment_finalised BEFORE UPDATE ON assessment
    FOR EACH ROW EXECUTE FUNCTION refuse_finalised();
CREATE TRIGGER assessment_finalised_delete BEFORE DELETE ON assessment
    FOR EACH ROW EXECUTE FUNCTION refuse_finalised_going();

CREATE FUNCTION refuse_finalised_part_going() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE state text; came boolean;
BEGIN
    SELECT status, imported INTO state, came FROM assessment WHERE id = OLD.assessment_id FOR SHARE;
    IF state = 'finalised'
        AND NOT (came AND EXISTS (SELECT 1 FROM taken_back_assessment t WHERE t.id = OLD.assessment_id))
    THEN RAISE EXCEPTION 'a finalised assessment never changes'; END IF;
    RETURN OLD;
END $$;

CREATE FUNCTION refuse_sheet_going() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT OLD.imported OR NOT EXISTS (SELECT 1 FROM taken_back_assessment t WHERE t.id = OLD.assessment_id) THEN
        RAISE EXCEPTION 'a finalised assessment never changes';
    END IF;
    RETURN OLD;
END $$;

DROP TRIGGER sheet_rewriting ON sheet;
CREATE TRIGGER sheet_rewriting BEFORE UPDATE ON sheet
    FOR EACH ROW EXECUTE FUNCTION refuse_sheet();
CREATE TRIGGER sheet_delete BEFORE DELETE ON sheet
    FOR EACH ROW EXECUTE FUNCTION refuse_sheet_going();

-- what is taken back leaves the history, the history itself stays
CREATE FUNCTION refuse_rewriting_but_taking_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.at, NEW.who, NEW.kind) <> (OLD.id, OLD.at, OLD.who, OLD.kind)
        OR (NEW.person_id, NEW.criterion, NEW.status_from, NEW.status_to, NEW.note, NEW.detail)
            IS DISTINCT FROM (OLD.person_id, OLD.criterion, OLD.status_from, OLD.status_to, OLD.note, OLD.detail)
        OR (NEW.assessment_id IS DISTINCT FROM OLD.assessment_id AND NOT (NEW.assessment_id IS NULL
            AND EXISTS (SELECT 1 FROM taken_back_assessment t WHERE t.id = OLD.assessment_id)))
        OR (NEW.practice_id IS DISTINCT FROM OLD.practice_id AND NOT (NEW.practice_id IS NULL
            AND EXISTS (SELECT 1 FROM taken_back_practice t WHERE t.id = OLD.practice_id)))
    THEN RAISE EXCEPTION 'the history is only added to'; END IF;
    RETURN NEW;
END $$;

DROP TRIGGER event_rewriting ON event;
CREATE TRIGGER event_rewriting BEFORE UPDATE ON event
    FOR EACH ROW EXECUTE FUNCTION refuse_rewriting_but_taking_back();
CREATE TRIGGER event_delete BEFORE DELETE ON event
    FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();

CREATE FUNCTION discount_sheet() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE network_size SET sheets = sheets - 1, taken_away = taken_away + 1;
    RETURN NULL;
END $$;

CREATE FUNCTION discount_practice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE network_size SET practices = practices - 1, taken_away = taken_away + 1;
    RETURN NULL;
END $$;

CREATE TRIGGER sheet_discounted AFTER DELETE ON sheet
    FOR EACH ROW EXECUTE FUNCTION discount_sheet();
CREATE TRIGGER practice_discounted AFTER DELETE ON practice
    FOR EACH ROW EXECUTE FUNCTION discount_practice();
"#;

const POSTGRES_PART: &str = r#"
DROP TRIGGER {part}_finalised ON {part};
CREATE TRIGGER {part}_finalised BEFORE INSERT OR UPDATE ON {part}
    FOR EACH ROW EXECUTE FUNCTION refuse_finalised_part();
CREATE TRIGGER {part}_finalised_delete BEFORE DELETE ON {part}
    FOR EACH ROW EXECUTE FUNCTION refuse_finalised_part_going();
"#;

const POSTGRES_CONTENT: &str = r#"
CREATE TRIGGER {table}_late BEFORE INSERT ON {table}
    FOR EACH ROW EXECUTE FUNCTION refuse_late_content();
CREATE TRIGGER {table}_rewriting BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION refuse_import();
CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_import();
"#;
