//! The keys of forms that made something, so that a form that is sent twice makes one record.

use sea_orm_migration::prelude::*;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(TABLE).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const TABLE: &str = r#"
CREATE TABLE form_key (
    key text PRIMARY KEY NOT NULL,
    person_id uuid NOT NULL REFERENCES person (id),
    record_id uuid NOT NULL,
    made_at timestamptz NOT NULL
);
"#;
