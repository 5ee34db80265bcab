//! The ratings of a finalised assessment as one compact document, so that the whole network is read in one query.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

/// The step. The documents of assessments that were finalised before it are written when the program starts.
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
CREATE TABLE sheet (
    assessment_id uuid PRIMARY KEY NOT NULL,
    practice_id uuid NOT NULL,
    cycle text NOT NULL REFERENCES cycle (id),
    version text NOT NULL REFERENCES framework_version (id),
    edition integer NOT NULL,
    imported boolean NOT NULL,
    marks bytea NOT NULL,
    FOREIGN KEY (assessment_id, practice_id) REFERENCES assessment (id, practice_id)
);
"#;

// REPLACE deletes rows without firing delete triggers
const SQLITE: &str = r#"
CREATE TRIGGER sheet_insert BEFORE INSERT ON sheet
WHEN EXISTS (SELECT 1 FROM sheet WHERE assessment_id = NEW.assessment_id)
BEGIN SELECT RAISE(ABORT, 'a finalised assessment never changes'); END;

CREATE TRIGGER sheet_update BEFORE UPDATE ON sheet
BEGIN SELECT RAISE(ABORT, 'a finalised assessment never changes'); END;

CREATE TRIGGER sheet_delete BEFORE DELETE ON sheet
BEGIN SELECT RAISE(ABORT, 'a finalised assessment never changes'); END;
"#;

const POSTGRES: &str = r#"
CREATE FUNCTION refuse_sheet() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a finalised assessment never changes';
END $$;

CREATE TRIGGER sheet_rewriting BEFORE UPDATE OR DELETE ON sheet
    FOR EACH ROW EXECUTE FUNCTION refuse_sheet();
CREATE TRIGGER sheet_truncate BEFORE TRUNCATE ON sheet
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_sheet();
"#;
