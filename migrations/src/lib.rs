//! The schema, step by step: one step a file, in literal SQL, for SQLite and PostgreSQL alike.
//!
//! A step that has been released never changes; the schema changes by a new step.
//! The types are PostgreSQL's; SQLite takes their names as they are and keeps ids as 16 bytes and times as text.

use sea_orm_migration::prelude::*;

mod m20260105_000001_people;
mod m20260105_000002_framework;
mod m20260105_000003_assessment;
mod m20260105_000004_event;
mod m20260105_000005_finalised;
mod m20260301_000006_reviewers;
mod m20260301_000007_evidence;
mod m20260301_000008_adaptation;
mod m20260301_000009_plan;
mod m20260301_000010_clarification;
mod m20260301_000011_notice;
mod m20260301_000012_imported;
mod m20260601_000013_sheet;
mod m20260601_000014_kept_report;
mod m20260601_000015_network_size;
mod m20261101_000016_wording;
mod m20261101_000017_accounts;
mod m20261101_000018_import;
mod m20261101_000019_statement;
mod m20261101_000020_practice;
mod m20261101_000021_form_key;
mod m20261101_000022_heartbeat;

/// Runs the steps.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20260105_000001_people::Migration),
            Box::new(m20260105_000002_framework::Migration),
            Box::new(m20260105_000003_assessment::Migration),
            Box::new(m20260105_000004_event::Migration),
            Box::new(m20260105_000005_finalised::Migration),
            Box::new(m20260301_000006_reviewers::Migration),
            Box::new(m20260301_000007_evidence::Migration),
            Box::new(m20260301_000008_adaptation::Migration),
            Box::new(m20260301_000009_plan::Migration),
            Box::new(m20260301_000010_clarification::Migration),
            Box::new(m20260301_000011_notice::Migration),
            Box::new(m20260301_000012_imported::Migration),
            Box::new(m20260601_000013_sheet::Migration),
            Box::new(m20260601_000014_kept_report::Migration),
            Box::new(m20260601_000015_network_size::Migration),
            Box::new(m20261101_000016_wording::Migration),
            Box::new(m20261101_000017_accounts::Migration),
            Box::new(m20261101_000018_import::Migration),
            Box::new(m20261101_000019_statement::Migration),
            Box::new(m20261101_000020_practice::Migration),
            Box::new(m20261101_000021_form_key::Migration),
            Box::new(m20261101_000022_heartbeat::Migration),
        ]
    }
}

/// Brings a database up to date.
///
/// # Errors
/// When the database refuses a step; each step is applied whole or not at all.
pub async fn run(db: &sea_orm_migration::sea_orm::DatabaseConnection) -> Result<(), DbErr> {
    Migrator::up(db, None).await
}

/// Has a database this table yet?
///
/// # Errors
/// When the database cannot be read.
pub async fn has_table(db: &sea_orm_migration::sea_orm::DatabaseConnection, table: &str) -> Result<bool, DbErr> {
    SchemaManager::new(db).has_table(table).await
}

/// The steps that this program knows and a database has not had yet.
///
/// # Errors
/// When the database cannot be read.
pub async fn pending(db: &sea_orm_migration::sea_orm::DatabaseConnection) -> Result<Vec<String>, DbErr> {
    let pending = Migrator::get_pending_migrations_read_only(db).await?;
    Ok(pending.iter().map(|step| step.name().to_owned()).collect())
}
