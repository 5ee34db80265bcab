//! Assessments and what is said in them: answers, reviews, agreements.

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
CREATE TABLE assessment (
    id uuid PRIMARY KEY NOT NULL,
    practice_id uuid NOT NULL REFERENCES practice (id),
    cycle text NOT NULL REFERENCES cycle (id),
    version text NOT NULL REFERENCES framework_version (id),
    status text NOT NULL
        CHECK (status IN ('draft', 'submitted', 'in_review', 'returned', 'moderated', 'finalised')),
    imported boolean NOT NULL,
    created_at timestamptz NOT NULL,
    status_since timestamptz NOT NULL,
    submitted_at timestamptz,
    reviewer_id uuid REFERENCES person (id),
    UNIQUE (practice_id, cycle),
    UNIQUE (id, practice_id)
);
CREATE INDEX assessment_cycle ON assessment (cycle);
CREATE INDEX assessment_status ON assessment (status);

CREATE TABLE answer (
    id uuid PRIMARY KEY NOT NULL,
    practice_id uuid NOT NULL,
    assessment_id uuid NOT NULL,
    criterion text NOT NULL,
    rating smallint CHECK (rating BETWEEN 1 AND 5),
    not_applicable boolean NOT NULL,
    na_reason text,
    measure double precision,
    evidence text,
    comment text,
    adaptation text,
    revision integer NOT NULL CHECK (revision > 0),
    updated_at timestamptz NOT NULL,
    updated_by uuid REFERENCES person (id),
    updated_who text NOT NULL,
    CHECK (rating IS NULL OR NOT not_applicable),
    CHECK (na_reason IS NULL OR not_applicable),
    UNIQUE (assessment_id, criterion),
    FOREIGN KEY (assessment_id, practice_id) REFERENCES assessment (id, practice_id)
);

-- one reviewer's view for now; a second, blind one would widen the unique key by reviewer_id
CREATE TABLE review (
    id uuid PRIMARY KEY NOT NULL,
    practice_id uuid NOT NULL,
    assessment_id uuid NOT NULL,
    criterion text NOT NULL,
    reviewer_id uuid REFERENCES person (id),
    rating smallint CHECK (rating BETWEEN 1 AND 5),
    comment text,
    question text,
    revision integer NOT NULL CHECK (revision > 0),
    updated_at timestamptz NOT NULL,
    updated_who text NOT NULL,
    UNIQUE (assessment_id, criterion),
    FOREIGN KEY (assessment_id, practice_id) REFERENCES assessment (id, practice_id)
);

CREATE TABLE agreement (
    id uuid PRIMARY KEY NOT NULL,
    practice_id uuid NOT NULL,
    assessment_id uuid NOT NULL,
    criterion text NOT NULL,
    rating smallint CHECK (rating BETWEEN 1 AND 5),
    comment text,
    class text CHECK (class IN ('consistent', 'not_consistent', 'unplanned', 'unexplained')),
    revision integer NOT NULL CHECK (revision > 0),
    updated_at timestamptz NOT NULL,
    updated_by uuid REFERENCES person (id),
    updated_who text NOT NULL,
    UNIQUE (assessment_id, criterion),
    FOREIGN KEY (assessment_id, practice_id) REFERENCES assessment (id, practice_id)
);
"#;
