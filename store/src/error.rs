//! What can go wrong, in the words the caller needs.

use crate::outage::Outage;
use framework::{clarification, library::Altered, lifecycle::Denied};
use sea_orm::{DbErr, SqlErr};
use thiserror::Error;

/// Why the store did not do what it was asked.
#[derive(Debug, Error)]
pub enum StoreError {
    /// There is no such thing, or the actor may not see it; the two cannot be told apart.
    #[error("There is no such page, or you may not see it.")]
    NotFound,
    /// Refused, with a sentence for the person.
    #[error("{0}")]
    Refused(String),
    /// The assessment's state or the actor's role does not allow it.
    #[error(transparent)]
    Lifecycle(#[from] Denied),
    /// The name is already used; a sentence for the person.
    #[error("{0}")]
    Taken(String),
    /// So much of this was done lately that it must wait; a sentence for the person.
    #[error("{0}")]
    Enough(String),
    /// The database cannot be opened or written; a sentence for whoever runs this.
    #[error("{0}")]
    Unreachable(String),
    /// The database cannot do its work just now, and nothing of what was asked is stored.
    #[error("{outage}; nothing was saved")]
    Unavailable {
        /// Why.
        outage: Outage,
        /// What the database said: for the log.
        #[source]
        cause: DbErr,
    },
    /// The database went away while it stored something, and has not said since whether it did.
    #[error("the database went away while it was saving, and it is not known whether it saved")]
    Uncertain,
    /// A published version is not in this program as it was published.
    #[error("{}", sentences(.0))]
    VersionChanged(Vec<Altered>),
    /// A row that cannot be read as what it should be: for the log, not for people.
    #[error("unreadable row: {0}")]
    BadRow(String),
    /// The database failed: for the log, not for people.
    #[error("database: {0}")]
    Db(#[source] DbErr),
}

impl StoreError {
    /// Returns whether it is [`StoreError::NotFound`].
    pub fn is_not_found(&self) -> bool {
        matches!(self, StoreError::NotFound)
    }

    /// Returns whether it is an answer for the person (a sentence to show), rather than a fault of ours (a cause to log).
    pub fn is_refusal(&self) -> bool {
        matches!(
            self,
            StoreError::NotFound
                | StoreError::Refused(_)
                | StoreError::Lifecycle(_)
                | StoreError::Taken(_)
                | StoreError::Enough(_)
        )
    }

    /// Says `sentence` where a unique index refused the row.
    pub(crate) fn taken(error: DbErr, sentence: impl FnOnce() -> String) -> StoreError {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => StoreError::Taken(sentence()),
            _ => error.into(),
        }
    }
}

fn sentences(altered: &[Altered]) -> String {
    let sentences: Vec<String> = altered.iter().map(Altered::to_string).collect();
    sentences.join(" ")
}

impl From<clarification::ThreadDenied> for StoreError {
    fn from(refusal: clarification::ThreadDenied) -> StoreError {
        match refusal {
            clarification::ThreadDenied::Assessment(refusal) => refusal.into(),
            thread => StoreError::Refused(thread.to_string()),
        }
    }
}

impl From<DbErr> for StoreError {
    fn from(cause: DbErr) -> StoreError {
        match Outage::of(&cause) {
            Some(outage) => StoreError::Unavailable { outage, cause },
            None => StoreError::Db(cause),
        }
    }
}

/// What every call of the store returns.
pub type Result<T> = std::result::Result<T, StoreError>;
