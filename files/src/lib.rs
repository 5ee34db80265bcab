//! What people upload: checked by name and content, looked over by a virus scanner where there is one, and kept once
//! under the hash of its bytes, outside the database. Reports that are made once and kept stand there too.
//!
//! An upload goes three steps, and until the last one nothing stays behind: [`receive`] takes the bytes into a file
//! without a name, [`Files::check`] looks at them, [`Files::keep`] puts them where files are kept. What is kept there
//! and no row names, because something broke in between, [`Sweeping::sweep`] takes away.

mod archive;
mod blob_store;
mod clamd;
mod content;
mod locked;
mod office_text;
mod receive;
#[cfg(test)]
mod tests;

pub use blob_store::{Files, StorageGuard, Stored, Sweeping, beside};
pub use clamd::{Clamd, Unreachable};
pub use receive::{Received, receive};

use framework::evidence::StoredFile;
use std::{fmt::Display, fs::File, io};
use thiserror::Error;

/// Why a file was not taken, or not given out.
#[derive(Debug, Error)]
pub enum FilesError {
    /// Refused, with a sentence for the person.
    #[error("{0}")]
    Refused(String),
    /// The upload broke off before its end.
    #[error("the upload broke off: {0}")]
    BrokenOff(String),
    /// The virus scanner gave no verdict, so nothing was taken.
    #[error("{0}")]
    NotScanned(#[from] Unreachable),
    /// The place where files are kept cannot be used: a sentence for whoever runs this.
    #[error("{0}")]
    Unusable(String),
    /// What should be kept is not there.
    #[error("the file {0} is missing")]
    Missing(String),
    /// What is kept under a hash has another one.
    #[error("the file {0} is not as it was kept")]
    Altered(String),
    /// Something failed: for the log, not for people.
    #[error("{what}: {cause}")]
    Broken {
        /// What was being done.
        what: &'static str,
        /// Why it failed.
        cause: String,
    },
}

/// What every call comes to.
pub type Result<T> = std::result::Result<T, FilesError>;

/// A file that may be kept: its type is one of ours by name and content, and the scanner, if there is one, found nothing.
#[derive(Debug)]
pub struct Checked {
    /// What the database keeps of it.
    pub facts: StoredFile,
    file: File,
}

impl Checked {
    /// Its words, where it is text or an Office document: to be looked through for what should not be in it. Reads the file.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn text(&self) -> Result<Option<String>> {
        let unreadable = |error| broken("reading an upload", error);
        let (file, kind) = (self.file.try_clone().map_err(unreadable)?, self.facts.kind);
        let read = tokio::task::spawn_blocking(move || content::text_of(&file, kind)).await;
        read.map_err(|error| broken("reading an upload", error))?
    }
}

fn refused(sentence: impl Into<String>) -> FilesError {
    FilesError::Refused(sentence.into())
}

fn broken(what: &'static str, cause: impl Display) -> FilesError {
    FilesError::Broken {
        what,
        cause: cause.to_string(),
    }
}

/// Returns a handle of its own on a file, at its beginning.
fn rewound(file: &File) -> io::Result<File> {
    let mut file = file.try_clone()?;
    io::Seek::rewind(&mut file)?;
    Ok(file)
}
