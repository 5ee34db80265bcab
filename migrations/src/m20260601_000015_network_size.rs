//! How many finalised assessments and Practices there are, counted by triggers, so that one row says whether the network has
//! grown: counting the documents takes longer than the page that asks.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(TABLE).await?;
        let triggers = match manager.get_database_backend() {
            DbBackend::Postgres => POSTGRES,
            _ => SQLITE,
        };
        db.execute_unprepared(triggers).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const TABLE: &str = r#"
CREATE TABLE network_size (
    id integer PRIMARY KEY NOT NULL CHECK (id = 1),
    sheets bigint NOT NULL,
    practices bigint NOT NULL
);

INSERT INTO network_size (id, sheets, practices)
SELECT 1, (SELECT count(*) FROM sheet), (SELECT count(*) FROM practice);
"#;

const SQLITE: &str = r#"
CREATE TRIGGER sheet_counted AFTER INSERT ON sheet
BEGIN UPDATE network_size SET sheets = sheets + 1; END;

CREATE TRIGGER practice_counted AFTER INSERT ON practice
BEGIN UPDATE network_size SET practices = practices + 1; END;
"#;

const POSTGRES: &str = r#"
CREATE FUNCTION count_sheets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE network_size SET sheets = sheets + (SELECT count(*) FROM added);
    RETURN NULL;
END $$;

CREATE FUNCTION count_practices() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE network_size SET practices = practices + (SELECT count(*) FROM added);
    RETURN NULL;
END $$;

CREATE TRIGGER sheet_counted AFTER INSERT ON sheet
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_sheets();
CREATE TRIGGER practice_counted AFTER INSERT ON practice
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_practices();
"#;
