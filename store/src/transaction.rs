//! A transaction whose commit is known to have happened, or is not acknowledged.
//!
//! What could go wrong, and how each is met:
//!
//! - A statement fails, its error is passed over, and the transaction is committed: PostgreSQL then rolls back and calls
//!   it done. A [`Transaction`] in which a statement failed refuses to commit.
//! - SQLite rolls back by itself (full disk, I/O error), so sqlx's own `ROLLBACK` fails and sqlx goes on counting a
//!   transaction as open: the next `BEGIN` on that connection becomes a savepoint, whose release stores nothing. Or the
//!   rollback itself fails, and the next user works inside the old transaction. A connection goes back to the pool only if
//!   no transaction is open on it ([`is_clean`]); else it is closed, which rolls back.
//! - A connection to PostgreSQL is lost between `COMMIT` and its answer: nobody was told whether it happened. The server is
//!   asked by the transaction's number ([`settle`]).

use crate::{
    detail::Pending,
    error::{Result, StoreError},
    outage::sqlx_error,
};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement,
    prelude::async_trait::async_trait,
    sqlx::{self, Connection},
};
use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};
use tokio::time::{sleep, timeout};

/// A transaction on one connection. Dropped before [`Transaction::commit`], it stores nothing.
pub struct Transaction {
    inner: DatabaseTransaction,
    pool: DatabaseConnection,
    writes: bool,
    failed: AtomicBool,
    pending: Pending,
}

/// How long the server is asked what became of a commit, and how long between two questions.
const SETTLE_TIMEOUT: Duration = Duration::from_secs(5);
const SETTLE_INTERVAL: Duration = Duration::from_millis(100);

impl Transaction {
    /// Wraps a transaction that has just begun on a connection of `pool`, and only reads.
    pub(crate) fn reading(inner: DatabaseTransaction, pool: DatabaseConnection) -> Transaction {
        Transaction {
            inner,
            pool,
            writes: false,
            failed: AtomicBool::new(false),
            pending: Pending::default(),
        }
    }

    /// Wraps a transaction that has just begun on a connection of `pool`, and writes what a form asks for.
    pub(crate) fn writing(inner: DatabaseTransaction, pool: DatabaseConnection, pending: Pending) -> Transaction {
        Transaction {
            writes: true,
            pending,
            ..Transaction::reading(inner, pool)
        }
    }

    /// Returns what is to be recorded with the first events.
    pub(crate) fn pending(&self) -> &Pending {
        &self.pending
    }

    /// Stores everything done in the transaction.
    ///
    /// # Errors
    /// When nothing was stored; [`StoreError::Uncertain`] when that cannot be found out.
    pub(crate) async fn commit(self) -> Result<()> {
        if self.failed.load(Ordering::Relaxed) {
            let cause = "a statement of this transaction failed, so it cannot be committed";
            return Err(DbErr::Custom(cause.to_owned()).into());
        }
        let number = match self.writes && self.inner.get_database_backend() == DbBackend::Postgres {
            true => number(&self.inner).await?,
            false => None,
        };
        match (self.inner.commit().await, number) {
            (Ok(()), _) => Ok(()),
            (Err(error), Some(number)) if !is_answer(&error) => settle(&self.pool, &number, error).await,
            (Err(error), _) => Err(error.into()),
        }
    }

    fn note<T>(&self, result: std::result::Result<T, DbErr>) -> std::result::Result<T, DbErr> {
        if result.is_err() {
            self.failed.store(true, Ordering::Relaxed);
        }
        result
    }
}

/// Returns PostgreSQL's number of a transaction; `None` where nothing was written in it.
async fn number(inner: &DatabaseTransaction) -> Result<Option<String>> {
    let query = Statement::from_string(DbBackend::Postgres, "SELECT pg_current_xact_id_if_assigned()::text");
    match inner.query_one_raw(query).await? {
        Some(row) => Ok(row.try_get_by_index(0)?),
        None => Ok(None),
    }
}

/// Whether the database itself refused, and so certainly stored nothing.
fn is_answer(error: &DbErr) -> bool {
    matches!(sqlx_error(error), Some(sqlx::Error::Database(_)))
}

/// Finds out what became of a commit whose answer never came.
///
/// # Errors
/// `lost` where nothing was stored, [`StoreError::Uncertain`] where the server does not say in time.
async fn settle(pool: &DatabaseConnection, number: &str, lost: DbErr) -> Result<()> {
    tracing::warn!(%lost, number, "the answer to a commit was lost; asking what became of it");
    match timeout(SETTLE_TIMEOUT, is_committed(pool, number)).await {
        Ok(true) => Ok(()),
        Ok(false) => Err(lost.into()),
        Err(_) => {
            tracing::error!(%lost, number, "NOT KNOWN WHETHER SAVED: the database does not say what became of a commit");
            Err(StoreError::Uncertain)
        }
    }
}

/// Asks until the server knows whether a transaction was committed.
async fn is_committed(pool: &DatabaseConnection, number: &str) -> bool {
    let query = "SELECT pg_xact_status($1::text::xid8)";
    let query = Statement::from_sql_and_values(DbBackend::Postgres, query, [number.into()]);
    loop {
        let row = pool.query_one_raw(query.clone()).await.ok().flatten();
        let status: Option<String> = row.and_then(|row| row.try_get_by_index(0).ok());
        match status.as_deref() {
            Some("committed") => return true,
            Some("aborted") => return false,
            _ => sleep(SETTLE_INTERVAL).await,
        }
    }
}

/// Whether a connection that somebody gave back has no open transaction; the rollback of a dropped one is waited for.
///
/// # Errors
/// When the connection is broken.
pub(crate) async fn is_clean(connection: &mut impl Connection) -> std::result::Result<bool, sqlx::Error> {
    connection.ping().await?;
    let open = connection.is_in_transaction();
    if open {
        tracing::warn!("a connection is closed, since a transaction on it could not be ended");
    }
    Ok(!open)
}

#[async_trait]
impl ConnectionTrait for Transaction {
    fn get_database_backend(&self) -> DbBackend {
        self.inner.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> std::result::Result<ExecResult, DbErr> {
        self.note(self.inner.execute_raw(statement).await)
    }

    async fn execute_unprepared(&self, sql: &str) -> std::result::Result<ExecResult, DbErr> {
        self.note(self.inner.execute_unprepared(sql).await)
    }

    async fn query_one_raw(&self, statement: Statement) -> std::result::Result<Option<QueryResult>, DbErr> {
        self.note(self.inner.query_one_raw(statement).await)
    }

    async fn query_all_raw(&self, statement: Statement) -> std::result::Result<Vec<QueryResult>, DbErr> {
        self.note(self.inner.query_all_raw(statement).await)
    }
}
