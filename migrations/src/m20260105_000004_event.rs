//! One row for every change: who, when, what.

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
CREATE TABLE event (
    id uuid PRIMARY KEY NOT NULL,
    at timestamptz NOT NULL,
    person_id uuid REFERENCES person (id),
    who text NOT NULL,
    practice_id uuid REFERENCES practice (id),
    assessment_id uuid REFERENCES assessment (id),
    kind text NOT NULL,
    criterion text,
    status_from text,
    status_to text,
    note text,
    detail text
);
CREATE INDEX event_assessment ON event (assessment_id, id);
CREATE INDEX event_practice ON event (practice_id, id);
CREATE INDEX event_person ON event (person_id, id);
"#;
