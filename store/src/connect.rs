//! Opening a database.

use crate::error::{Result, StoreError};
use framework::library::Library;
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend,
    IsolationLevel, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
    sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous},
};
use std::{path::Path, sync::Arc, time::Duration};

/// A database and the framework's versions. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) db: DatabaseConnection,
    pub(crate) library: Arc<Library>,
}

impl Store {
    /// Opens `sqlite://path?mode=rwc`, `sqlite::memory:` or `postgres://…`.
    ///
    /// # Errors
    /// When the address is wrong or the database cannot be reached.
    pub async fn connect(url: &str, library: Arc<Library>) -> Result<Store> {
        let db = Database::connect(options(url)).await?;
        Ok(Store { db, library })
    }

    /// Brings the schema up to date.
    ///
    /// # Errors
    /// When a step is refused; each is applied whole or not at all.
    pub async fn migrate(&self) -> Result<()> {
        Ok(migrations::run(&self.db).await?)
    }

    /// The schema steps that this program knows and the database has not had yet.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn pending_migrations(&self) -> Result<Vec<String>> {
        Ok(migrations::pending(&self.db).await?)
    }

    /// Does the database answer?
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<()> {
        Ok(self.db.ping().await?)
    }

    /// Closes all connections once they are done.
    ///
    /// # Errors
    /// When a connection cannot be closed.
    pub async fn close(&self) -> Result<()> {
        Ok(self.db.close_by_ref().await?)
    }

    /// Copies an SQLite database, as of one moment and while it is used, into a new file.
    ///
    /// # Errors
    /// [`StoreError::Refused`] for PostgreSQL, which has its own tools, and when the file is there already.
    pub async fn backup(&self, to: &Path) -> Result<()> {
        if self.db.get_database_backend() != DbBackend::Sqlite {
            return Err(StoreError::Refused("Back up PostgreSQL with pg_dump.".to_owned()));
        }
        if to.exists() {
            return Err(StoreError::Refused(format!(
                "There is a file {} already.",
                to.display()
            )));
        }
        let to = to.to_string_lossy().into_owned();
        let copy = Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO ?", [to.into()]);
        self.db.execute_raw(copy).await?;
        Ok(())
    }

    /// The framework's versions.
    pub fn library(&self) -> &Arc<Library> {
        &self.library
    }

    /// A transaction that writes. In SQLite it takes the write lock at once: a transaction that has read and then
    /// wants to write would be refused, not made to wait.
    pub(crate) async fn writing(&self) -> Result<DatabaseTransaction> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(self.db.begin_with_options(options).await?)
    }

    /// A transaction that only reads, in which all queries see the same moment.
    pub(crate) async fn reading(&self) -> Result<DatabaseTransaction> {
        let options = match self.db.get_database_backend() {
            DbBackend::Postgres => TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                ..TransactionOptions::default()
            },
            // in SQLite every transaction is a snapshot
            _ => TransactionOptions::default(),
        };
        Ok(self.db.begin_with_options(options).await?)
    }
}

fn options(url: &str) -> ConnectOptions {
    let memory = url.contains(":memory:") || url.contains("mode=memory");
    let url = match url.strip_prefix("postgresql://") {
        Some(rest) => format!("postgres://{rest}"),
        None => url.to_owned(),
    };
    let mut options = ConnectOptions::new(url);
    options.sqlx_logging_level(tracing::log::LevelFilter::Debug);
    if memory {
        // every connection would have a database of its own, which ends with it
        options
            .max_connections(1)
            .min_connections(1)
            .idle_timeout(None)
            .max_lifetime(None);
    } else {
        options.max_connections(8);
    }
    options.acquire_timeout(Duration::from_secs(15));
    options.map_sqlx_sqlite_opts(|sqlite| {
        sqlite
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
    });
    options
}
