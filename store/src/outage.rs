//! What keeps a database from doing its work for a while, as against a fault of ours.

use sea_orm::{
    ConnAcquireErr, DbErr, RuntimeErr,
    sqlx::{self, error::DatabaseError, postgres::PgDatabaseError, sqlite::SqliteError},
};
use std::fmt;

/// Why the database cannot do its work just now. Nothing of what was asked is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outage {
    /// The disk, or the share of it that the database may use, is full.
    DiskFull,
    /// The database may only be read.
    ReadOnly,
    /// The disk fails to read or write.
    DiskFails,
    /// Others kept it too long, or it has no connection to spare.
    Busy,
    /// It cannot be reached.
    Away,
}

impl fmt::Display for Outage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Outage::DiskFull => "the server’s disk is full",
            Outage::ReadOnly => "the database can only be read at the moment",
            Outage::DiskFails => "the server’s disk does not work",
            Outage::Busy => "the database is busy",
            Outage::Away => "the database cannot be reached",
        })
    }
}

impl Outage {
    /// Returns the outage behind an error; `None` where the database works and the error is another.
    pub(crate) fn of(error: &DbErr) -> Option<Outage> {
        match error {
            DbErr::ConnectionAcquire(ConnAcquireErr::Timeout) => Some(Outage::Busy),
            DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed) => Some(Outage::Away),
            _ => match sqlx_error(error)? {
                sqlx::Error::Database(error) => of_database(error.as_ref()),
                sqlx::Error::PoolTimedOut => Some(Outage::Busy),
                sqlx::Error::Io(_)
                | sqlx::Error::Tls(_)
                | sqlx::Error::Protocol(_)
                | sqlx::Error::PoolClosed
                | sqlx::Error::WorkerCrashed => Some(Outage::Away),
                _ => None,
            },
        }
    }
}

/// Returns the sqlx error inside a SeaORM one.
pub(crate) fn sqlx_error(error: &DbErr) -> Option<&sqlx::Error> {
    match error {
        DbErr::Conn(RuntimeErr::SqlxError(error))
        | DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error)) => Some(error),
        _ => None,
    }
}

/// Returns SQLite's result code without its extension, see <https://www.sqlite.org/rescode.html>.
pub(crate) fn sqlite_code(error: &dyn DatabaseError) -> Option<u32> {
    error.try_downcast_ref::<SqliteError>()?;
    let code: u32 = error.code()?.parse().ok()?;
    Some(code & 0xff)
}

fn of_database(error: &dyn DatabaseError) -> Option<Outage> {
    if let Some(code) = sqlite_code(error) {
        return match code {
            5 | 6 => Some(Outage::Busy),
            8 => Some(Outage::ReadOnly),
            10 => Some(Outage::DiskFails),
            13 => Some(Outage::DiskFull),
            14 => Some(Outage::Away),
            _ => None,
        };
    }
    // https://www.postgresql.org/docs/current/errcodes-appendix.html
    let code = error.try_downcast_ref::<PgDatabaseError>()?.code();
    match (code, code.get(..2)?) {
        ("53100", _) => Some(Outage::DiskFull),
        ("58030", _) => Some(Outage::DiskFails),
        ("25006", _) => Some(Outage::ReadOnly),
        ("40001" | "40P01" | "55P03", _) | (_, "53") => Some(Outage::Busy),
        ("57P01" | "57P02" | "57P03" | "57P05", _) | (_, "08") => Some(Outage::Away),
        _ => None,
    }
}
