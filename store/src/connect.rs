//! Opening a database.

use crate::{
    Mailing,
    detail::{Confirmed, Pending},
    error::{Result, StoreError},
    outage::{Outage, sqlite_code, sqlx_error},
    sheets::LastRead,
    transaction::{Transaction, is_clean},
};
use framework::library::Library;
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, IsolationLevel,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
    sqlx::{
        self,
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
    },
};
use std::{path::Path, sync::Arc, time::Duration};

/// A database and the framework's versions. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) db: DatabaseConnection,
    pub(crate) library: Arc<Library>,
    pub(crate) mailing: Option<Mailing>,
    pub(crate) last_read: LastRead,
    /// The key of the form that is being taken, if it has one.
    pub(crate) form_key: Option<String>,
    /// What the author of that form kept of words that seem to identify somebody.
    pub(crate) confirmed: Option<Confirmed>,
}

impl Store {
    /// Opens `sqlite://path?mode=rwc`, `sqlite::memory:` or `postgres://…`.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] when the address is wrong or the database cannot be reached.
    pub async fn connect(url: &str, library: Arc<Library>) -> Result<Store> {
        Store::connect_as(options(url), url, library).await
    }

    async fn connect_as(options: ConnectOptions, url: &str, library: Arc<Library>) -> Result<Store> {
        let db = Database::connect(options).await;
        let db = db.map_err(|error| StoreError::Unreachable(unreachable(url, &error)))?;
        Ok(Store {
            db,
            library,
            mailing: None,
            last_read: LastRead::default(),
            form_key: None,
            confirmed: None,
        })
    }

    /// Returns the same, for a site that sends e-mail: from now on, notices are queued for it.
    pub fn with_mail(self, mailing: Mailing) -> Store {
        Store {
            mailing: Some(mailing),
            ..self
        }
    }

    /// Does the site send e-mail?
    pub fn sends_mail(&self) -> bool {
        self.mailing.is_some()
    }

    /// Brings the schema up to date.
    ///
    /// # Errors
    /// When a step is refused; each is applied whole or not at all.
    pub async fn migrate(&self) -> Result<()> {
        migrations::run(&self.db).await.map_err(|error| {
            let read_only = Outage::of(&error) == Some(Outage::ReadOnly);
            if read_only && self.db.get_database_backend() == DbBackend::Sqlite {
                StoreError::Unreachable(
                    "The SQLite file can be read but not written. This user must be allowed to write to it and to its folder."
                        .to_owned(),
                )
            } else {
                error.into()
            }
        })?;
        self.complete_names().await
    }

    /// Returns the schema steps that this program knows and the database has not had yet.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn pending_migrations(&self) -> Result<Vec<String>> {
        Ok(migrations::pending(&self.db).await?)
    }

    /// Writes and commits as much as a large form takes, to see whether the database can be written.
    ///
    /// # Errors
    /// When it cannot.
    pub async fn beat(&self) -> Result<()> {
        let tx = self.writing().await?;
        let ballast = "=".repeat(BALLAST);
        let sql = format!("UPDATE heartbeat SET beats = beats + 1, ballast = '{ballast}'");
        tx.execute_unprepared(&sql).await?;
        tx.commit().await
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
    /// [`StoreError::Refused`] for PostgreSQL, which has its own tools, when the file is there already, and when it
    /// cannot be written.
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
        let cannot = |cause: &dyn std::fmt::Display| {
            StoreError::Refused(format!(
                "{} cannot be written: {cause}. Is its folder there, with room in it, and may this user write to it?",
                to.display()
            ))
        };
        // absolute, since SQLite takes a name that begins with `file:` for an address
        let whole = std::path::absolute(to).map_err(|error| cannot(&error))?;
        let name = whole.to_string_lossy().into_owned();
        let copy = Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO ?", [name.into()]);
        match self.db.execute_raw(copy).await {
            Ok(_) => Ok(()),
            Err(error) => {
                // half a copy is worse than none; there may be no file at all
                let _ = std::fs::remove_file(&whole);
                Err(cannot(&error_text(&error)))
            }
        }
    }

    /// Returns the framework's versions.
    pub fn library(&self) -> &Arc<Library> {
        &self.library
    }

    /// Returns a transaction that writes. In SQLite it takes the write lock at once: a transaction that has read and then
    /// wants to write would be refused, not made to wait.
    pub(crate) async fn writing(&self) -> Result<Transaction> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let begun = self.db.begin_with_options(options).await?;
        let pending = Pending::new(self.confirmed.clone());
        Ok(Transaction::writing(begun, self.db.clone(), pending))
    }

    /// Returns a transaction that only reads, in which all queries see the same moment.
    pub(crate) async fn reading(&self) -> Result<Transaction> {
        let options = match self.db.get_database_backend() {
            DbBackend::Postgres => TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                ..TransactionOptions::default()
            },
            // in SQLite every transaction is a snapshot
            _ => TransactionOptions::default(),
        };
        let begun = self.db.begin_with_options(options).await?;
        Ok(Transaction::reading(begun, self.db.clone()))
    }
}

/// What is written to see whether there is room, in bytes: more than a form of any element. What a smaller write needs may be left
/// over where a save has just failed.
const BALLAST: usize = 128 * 1024;

const SQLITE_NOTADB: u32 = 26;

/// Returns why a database cannot be opened and what to do about it, without its address: a password may stand in it.
fn unreachable(url: &str, error: &DbErr) -> String {
    let Some(file) = url.strip_prefix("sqlite:") else {
        let cause = match sqlx_error(error) {
            Some(sqlx::Error::Configuration(_)) | None => {
                return "The database's address cannot be read. Write postgres://USER:PASSWORD@HOST/NAME, and signs \
                        other than letters and digits in the password as %40 for @ and so on."
                    .to_owned();
            }
            Some(sqlx::Error::Io(error)) => error.to_string(),
            Some(sqlx::Error::Database(error)) => error.message().to_owned(),
            Some(_) => "it does not answer".to_owned(),
        };
        return format!(
            "The PostgreSQL database cannot be reached: {cause}. Is the server running, and are host, name, user and \
             password right?"
        );
    };
    let file = file.strip_prefix("//").unwrap_or(file);
    let file = file.split_once('?').map_or(file, |(file, _)| file);
    if let Some(sqlx::Error::Database(error)) = sqlx_error(error)
        && sqlite_code(error.as_ref()) == Some(SQLITE_NOTADB)
    {
        return format!("The file {file} is not an SQLite database.");
    }
    format!(
        "The SQLite file {file} cannot be opened. Is its folder there, and may this user write to both? A new file is \
         made only where the address ends in ?mode=rwc."
    )
}

/// Returns what the database said, without its numbers.
fn error_text(error: &DbErr) -> String {
    match sqlx_error(error) {
        Some(sqlx::Error::Database(error)) => error.message().to_owned(),
        _ => "the database failed".to_owned(),
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
    options.map_sqlx_sqlite_pool_opts(|pool| pool.after_release(|connection, _| Box::pin(is_clean(connection))));
    options.map_sqlx_postgres_pool_opts(|pool| pool.after_release(|connection, _| Box::pin(is_clean(connection))));
    options.map_sqlx_sqlite_opts(durable);
    options
}

/// SQLite so that what is committed survives a loss of power, and writers wait for each other.
fn durable(sqlite: SqliteConnectOptions) -> SqliteConnectOptions {
    sqlite
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
}

#[cfg(test)]
impl Store {
    /// Opens an SQLite file that may not grow beyond `pages` pages: a full disk.
    pub(crate) async fn connect_within(url: &str, pages: i64, library: Arc<Library>) -> Result<Store> {
        let mut options = options(url);
        options.map_sqlx_sqlite_opts(move |sqlite| durable(sqlite).pragma("max_page_count", pages.to_string()));
        Store::connect_as(options, url, library).await
    }
}
