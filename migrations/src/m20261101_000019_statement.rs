//! What a Practice states on its moderated ratings. Each wording is a row of its own, the last one counts, and one without a
//! stance takes the statement back. Rows are only added, and none once the assessment is finalised.

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
CREATE TABLE statement (
    id uuid PRIMARY KEY NOT NULL,
    practice_id uuid NOT NULL,
    assessment_id uuid NOT NULL,
    number integer NOT NULL CHECK (number > 0),
    stance text CHECK (stance IN ('agrees', 'dissents')),
    words text,
    made_at timestamptz NOT NULL,
    made_by uuid REFERENCES person (id),
    made_who text NOT NULL,
    CHECK (stance IS NOT NULL OR words IS NULL),
    CHECK (stance IS NULL OR stance <> 'dissents' OR words IS NOT NULL),
    UNIQUE (assessment_id, number),
    FOREIGN KEY (assessment_id, practice_id) REFERENCES assessment (id, practice_id)
);
"#;

// REPLACE would push out a row without firing the trigger on deleting
const SQLITE: &str = r#"
CREATE TRIGGER statement_finalised_insert BEFORE INSERT ON statement
WHEN EXISTS (SELECT 1 FROM assessment WHERE status = 'finalised' AND id = NEW.assessment_id)
BEGIN SELECT RAISE(ABORT, 'a finalised assessment never changes'); END;

CREATE TRIGGER statement_insert BEFORE INSERT ON statement
WHEN EXISTS (
    SELECT 1 FROM statement
    WHERE id = NEW.id OR (assessment_id = NEW.assessment_id AND number = NEW.number)
)
BEGIN SELECT RAISE(ABORT, 'statements are only added to'); END;

CREATE TRIGGER statement_update BEFORE UPDATE ON statement
BEGIN SELECT RAISE(ABORT, 'statements are only added to'); END;

CREATE TRIGGER statement_delete BEFORE DELETE ON statement
BEGIN SELECT RAISE(ABORT, 'statements are only added to'); END;
"#;

const POSTGRES: &str = r#"
CREATE FUNCTION refuse_restating() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'statements are only added to';
END $$;

CREATE TRIGGER statement_finalised BEFORE INSERT ON statement
    FOR EACH ROW EXECUTE FUNCTION refuse_finalised_part();
CREATE TRIGGER statement_rewriting BEFORE UPDATE OR DELETE ON statement
    FOR EACH ROW EXECUTE FUNCTION refuse_restating();
CREATE TRIGGER statement_truncate BEFORE TRUNCATE ON statement
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_restating();
"#;
