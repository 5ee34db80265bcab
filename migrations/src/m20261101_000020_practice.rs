//! Practices can be renamed and closed, no two have the same name, and regions are a list.
//!
//! `name_key` is the name as it is compared (`framework::naming`); the store fills it for what is there. Where two Practices had
//! one name before, the younger one has none until it is renamed.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(TABLES).await?;
        let trigger = match manager.get_database_backend() {
            DbBackend::Postgres => POSTGRES,
            _ => SQLITE,
        };
        db.execute_unprepared(trigger).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const TABLES: &str = r#"
ALTER TABLE practice ADD COLUMN name_key text;
ALTER TABLE practice ADD COLUMN closed_on date;
CREATE UNIQUE INDEX practice_name_key ON practice (name_key);

CREATE TABLE region (
    name text PRIMARY KEY NOT NULL CHECK (name <> ''),
    name_key text UNIQUE
);
INSERT INTO region (name) SELECT DISTINCT region FROM practice WHERE region <> '';

ALTER TABLE network_size ADD COLUMN changes bigint NOT NULL DEFAULT 0;
"#;

const SQLITE: &str = r#"
CREATE TRIGGER practice_changed AFTER UPDATE OF name, region ON practice
BEGIN UPDATE network_size SET changes = changes + 1; END;
"#;

const POSTGRES: &str = r#"
CREATE FUNCTION count_practice_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE network_size SET changes = changes + 1;
    RETURN NULL;
END $$;

CREATE TRIGGER practice_changed AFTER UPDATE OF name, region ON practice
    FOR EACH STATEMENT EXECUTE FUNCTION count_practice_changes();
"#;
