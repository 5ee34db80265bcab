//! A row that is written again and again, to see whether the database can be written.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(TABLE).await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            db.execute_unprepared(POSTGRES).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const TABLE: &str = r#"
CREATE TABLE heartbeat (
    id integer PRIMARY KEY NOT NULL CHECK (id = 1),
    beats bigint NOT NULL,
    ballast text NOT NULL
);

INSERT INTO heartbeat (id, beats, ballast) VALUES (1, 0, '');
"#;

// compressed it would take no room
const POSTGRES: &str = "ALTER TABLE heartbeat ALTER COLUMN ballast SET STORAGE EXTERNAL";
