//! Practices, people, what people are to Practices, invitations and sessions.

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
CREATE TABLE practice (
    id uuid PRIMARY KEY NOT NULL,
    slug text NOT NULL UNIQUE,
    name text NOT NULL,
    region text NOT NULL,
    created_at timestamptz NOT NULL
);

CREATE TABLE person (
    id uuid PRIMARY KEY NOT NULL,
    email text NOT NULL UNIQUE CHECK (email = lower(email)),
    name text NOT NULL,
    password_hash text NOT NULL,
    national_role text CHECK (national_role IN ('administrator', 'reviewer')),
    created_at timestamptz NOT NULL,
    disabled_at timestamptz
);

CREATE TABLE membership (
    person_id uuid NOT NULL REFERENCES person (id),
    practice_id uuid NOT NULL REFERENCES practice (id),
    role text NOT NULL CHECK (role IN ('lead', 'contributor', 'reader')),
    since timestamptz NOT NULL,
    PRIMARY KEY (person_id, practice_id)
);
CREATE INDEX membership_practice ON membership (practice_id);

CREATE TABLE invitation (
    id uuid PRIMARY KEY NOT NULL,
    token_hash text NOT NULL UNIQUE,
    email text NOT NULL CHECK (email = lower(email)),
    -- none for a link to choose a new password
    role text CHECK (role IN ('administrator', 'reviewer', 'lead', 'contributor', 'reader')),
    practice_id uuid REFERENCES practice (id),
    created_by uuid REFERENCES person (id),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    CHECK ((practice_id IS NULL) = (role IS NULL OR role IN ('administrator', 'reviewer')))
);
CREATE INDEX invitation_email ON invitation (email);
CREATE INDEX invitation_practice ON invitation (practice_id);

CREATE TABLE session (
    token_hash text PRIMARY KEY NOT NULL,
    person_id uuid NOT NULL REFERENCES person (id),
    created_at timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX session_person ON session (person_id);
CREATE INDEX session_expires ON session (expires_at);
"#;
