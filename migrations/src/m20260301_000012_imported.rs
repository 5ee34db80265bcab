//! An imported assessment is finalised as it comes in, so what cites evidence in it can only come after it. New citations
//! and confirmations may be added there; those that are there never change. Assessments that were finalised here stay closed.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// Each table, and what else besides its key makes a row one of its kind.
const TABLES: [(&str, &str); 2] = [
    (
        "citation",
        "assessment_id = NEW.assessment_id AND criterion = NEW.criterion AND evidence_id = NEW.evidence_id",
    ),
    (
        "still_true",
        "assessment_id = NEW.assessment_id AND evidence_id = NEW.evidence_id",
    ),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        let each = match manager.get_database_backend() {
            DbBackend::Postgres => {
                db.execute_unprepared(POSTGRES).await?;
                POSTGRES_TABLE
            }
            _ => SQLITE_TABLE,
        };
        for (table, same) in TABLES {
            let sql = each.replace("{table}", table).replace("{same}", same);
            db.execute_unprepared(&sql).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

// REPLACE would push out a row that is the same but for its content
const SQLITE_TABLE: &str = r#"
DROP TRIGGER {table}_finalised_insert;

CREATE TRIGGER {table}_finalised_insert BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM assessment WHERE status = 'finalised' AND NOT imported AND id = NEW.assessment_id)
    OR EXISTS (
        SELECT 1 FROM assessment
        WHERE status = 'finalised'
            AND id IN (SELECT assessment_id FROM {table} WHERE id = NEW.id OR ({same}))
    )
BEGIN SELECT RAISE(ABORT, 'a finalised assessment never changes'); END;
"#;

const POSTGRES: &str = r#"
CREATE FUNCTION refuse_finalised_here() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE closed boolean;
BEGIN
    SELECT status = 'finalised' AND NOT imported INTO closed FROM assessment WHERE id = NEW.assessment_id FOR SHARE;
    IF closed THEN RAISE EXCEPTION 'a finalised assessment never changes'; END IF;
    RETURN NEW;
END $$;
"#;

const POSTGRES_TABLE: &str = r#"
DROP TRIGGER {table}_finalised ON {table};
CREATE TRIGGER {table}_finalised BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION refuse_finalised_part();
CREATE TRIGGER {table}_finalised_insert BEFORE INSERT ON {table}
    FOR EACH ROW EXECUTE FUNCTION refuse_finalised_here();
"#;
