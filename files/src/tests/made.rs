//! Files that were made here, such as reports.

use super::names;
use crate::{Files, FilesError};
use bytes::Bytes;
use framework::evidence::FileHash;
use object_store::{ObjectStoreExt, PutPayload, path::Path};
use std::collections::BTreeSet;

/// One that goes at once, one in parts.
fn made() -> [Bytes; 2] {
    [Bytes::from_static(b"a report"), vec![b'x'; 6_000_000].into()]
}

#[tokio::test]
async fn what_was_made_is_kept_under_its_hash_and_read_again_as_it_was() {
    let files = Files::in_memory();
    let (hashes, kept) = files.store_generated(&made()).await.unwrap();
    drop(kept);
    // sha256sum of the eight letters
    let known = "90bd35df60f1e27d2236245a4a49f73e1dfb01936f2c2159c70a2bde93eb2977";
    assert_eq!(hashes[0].as_str(), known);
    for (hash, bytes) in hashes.iter().zip(made()) {
        assert!(files.read_all(hash).await.unwrap() == bytes);
    }
    let (again, _kept) = files.store_generated(&made()).await.unwrap();
    assert_eq!((again, names(&files).await.len()), (hashes, 2));
}

#[tokio::test]
async fn a_file_that_is_gone_or_altered_is_told_and_not_given_out() {
    let files = Files::in_memory();
    let (hashes, kept) = files.store_generated(&made()).await.unwrap();
    drop(kept);
    let at = |hash: &FileHash| Path::from(format!("sha256/{}/{}", &hash.as_str()[..2], hash.as_str()));
    files.place().delete(&at(&hashes[0])).await.unwrap();
    let other = PutPayload::from_static(b"another report");
    files.place().put(&at(&hashes[1]), other).await.unwrap();
    let gone = files.read_all(&hashes[0]).await;
    assert!(matches!(gone, Err(FilesError::Missing(_))), "{gone:?}");
    let altered = files.read_all(&hashes[1]).await;
    assert!(matches!(altered, Err(FilesError::Altered(_))), "{altered:?}");
    // nor where it is given out as it is read
    assert!(matches!(
        files.open_verified(&hashes[0]).await,
        Err(FilesError::Missing(_))
    ));
    assert!(matches!(
        files.open_verified(&hashes[1]).await,
        Err(FilesError::Altered(_))
    ));
}

#[tokio::test]
async fn all_files_of_a_report_are_held_against_a_sweep_until_their_rows_are_written() {
    let files = Files::in_memory();
    let (hashes, kept) = files.store_generated(&made()).await.unwrap();
    let sweeping = tokio::spawn({
        let (files, named) = (files.clone(), hashes.into_iter().collect::<BTreeSet<_>>());
        async move { files.sweeping().await.sweep(&named).await }
    });
    tokio::task::yield_now().await;
    assert!(!sweeping.is_finished());
    drop(kept);
    assert_eq!(sweeping.await.unwrap().unwrap(), 0);
}
