//! Published versions of the framework, by their hash, and the cycles that use them.

use sea_orm_migration::prelude::*;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(SQL).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const SQL: &str = r#"
CREATE TABLE framework_version (
    id text PRIMARY KEY NOT NULL,
    hash text NOT NULL,
    published_at timestamptz NOT NULL
);

CREATE TABLE cycle (
    id text PRIMARY KEY NOT NULL,
    version text NOT NULL REFERENCES framework_version (id),
    opened_at timestamptz NOT NULL,
    closed_at timestamptz
);
"#;
