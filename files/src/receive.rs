//! Taking the bytes of an upload, as they come, into a file that has no name: if anything breaks off, it is gone.

use crate::{FilesError, Result, broken, refused};
use bytes::Bytes;
use framework::evidence::{FileHash, StoredFile};
use futures::{Stream, StreamExt};
use sha2::{Digest, Sha256};
use std::{fmt::Display, pin::pin};
use tokio::io::AsyncWriteExt;

/// What came, before anybody looked at it.
#[derive(Debug)]
pub struct Received {
    pub(crate) file: std::fs::File,
    pub(crate) size: u64,
    pub(crate) hash: FileHash,
}

/// Takes an upload. What is beyond the limit is read to its end and thrown away, so that the browser gets to see the
/// refusal.
///
/// # Errors
/// [`FilesError::Refused`] when there is nothing in it or too much; [`FilesError::BrokenOff`] when it does not come to
/// its end.
pub async fn receive<E: Display>(bytes: impl Stream<Item = std::result::Result<Bytes, E>>) -> Result<Received> {
    let temporary = |error| broken("the temporary file", error);
    let file = tempfile::tempfile().map_err(temporary)?;
    let mut to = tokio::fs::File::from_std(file);
    let (mut size, mut hash) = (0u64, Sha256::new());
    let mut bytes = pin!(bytes);
    while let Some(part) = bytes.next().await {
        let part = part.map_err(|error| FilesError::BrokenOff(error.to_string()))?;
        size += part.len() as u64;
        if size <= StoredFile::MAX {
            hash.update(&part);
            to.write_all(&part).await.map_err(temporary)?;
        }
    }
    to.flush().await.map_err(temporary)?;
    match size {
        0 => Err(refused("The file is empty. Choose another one.")),
        1..=StoredFile::MAX => Ok(Received {
            file: to.into_std().await,
            size,
            hash: FileHash::new(hash.finalize().into()),
        }),
        _ => Err(refused(format!(
            "The file has {:.1} MB; the most is {} MB. Make it smaller, or add a link to where it is kept.",
            // rounded up: it is more than the most
            (size as f64 / 1_048_576.0 * 10.0).ceil() / 10.0,
            StoredFile::MAX / 1_048_576
        ))),
    }
}
