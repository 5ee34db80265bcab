//! Where files are kept: a folder, an S3 bucket, or memory. Each is kept once, under the hash of its bytes.

use crate::{Checked, Clamd, FilesError, Received, Result, broken, clamd::Verdict, content, refused, rewound};
use bytes::{Bytes, BytesMut};
use framework::evidence::{FileHash, FileName, StoredFile};
use futures::{Stream, StreamExt, TryStreamExt};
use object_store::{
    Error, ObjectStore, ObjectStoreExt, PutPayload, WriteMultipart, aws::AmazonS3Builder, local::LocalFileSystem,
    memory::InMemory, path::Path, prefix::PrefixStore,
};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeSet,
    fmt::Display,
    io,
    path::{self, PathBuf},
    pin::pin,
    sync::Arc,
};
use tokio::{
    io::AsyncReadExt,
    sync::{OwnedRwLockReadGuard, OwnedRwLockWriteGuard, RwLock},
};

/// What is held in memory of a file on its way: the least that S3 takes as a part.
const PART: usize = 5 * 1024 * 1024;

/// Where files are kept, and what looks at them first. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Files {
    place: Arc<dyn ObjectStore>,
    scanner: Option<Clamd>,
    /// Held for reading between keeping a file and writing the row that names it; for writing while sweeping.
    sweeping: Arc<RwLock<()>>,
}

/// A file that is kept. Until this is dropped no sweep takes it away: write the row that names it before.
#[must_use]
#[derive(Debug)]
pub struct StorageGuard {
    _guard: OwnedRwLockReadGuard<()>,
}

/// A kept file's bytes.
pub struct Stored {
    /// Their number.
    pub size: u64,
    bytes: futures::stream::BoxStream<'static, object_store::Result<Bytes>>,
}

/// While this is held, no file is added.
#[must_use]
#[derive(Debug)]
pub struct Sweeping {
    place: Arc<dyn ObjectStore>,
    _guard: OwnedRwLockWriteGuard<()>,
}

/// Returns the folder beside an SQLite file: `data/pause.sqlite` has `data/pause-files`.
pub fn beside(database: &path::Path) -> PathBuf {
    let mut name = database.file_stem().unwrap_or_default().to_os_string();
    name.push("-files");
    database.with_file_name(name)
}

impl Files {
    /// Files in memory, gone with the program.
    pub fn in_memory() -> Files {
        Files::at(Arc::new(InMemory::new()))
    }

    /// Files in a folder, which is made if need be.
    ///
    /// # Errors
    /// [`FilesError::Unusable`] when it cannot be made.
    pub fn in_folder(folder: &path::Path) -> Result<Files> {
        let cannot = |error: &dyn Display| {
            FilesError::Unusable(format!(
                "The folder for files, {}, cannot be used: {error}. May this user write to it?",
                folder.display()
            ))
        };
        std::fs::create_dir_all(folder).map_err(|error| cannot(&error))?;
        let place = LocalFileSystem::new_with_prefix(folder).map_err(|error| cannot(&error))?;
        Ok(Files::at(Arc::new(place.with_fsync(true))))
    }

    /// Files at an address: `file:///FOLDER`, `s3://BUCKET/FOLDER` (keys, region and endpoint in the usual `AWS_…`
    /// variables), or `memory:`.
    ///
    /// # Errors
    /// [`FilesError::Unusable`] when the address makes no sense or cannot be used.
    pub fn open(url: &str) -> Result<Files> {
        if url == "memory:" {
            return Ok(Files::in_memory());
        }
        if let Some(folder) = url.strip_prefix("file://").filter(|folder| folder.starts_with('/')) {
            return Files::in_folder(path::Path::new(folder));
        }
        let Some((bucket, folder)) = url
            .strip_prefix("s3://")
            .map(|rest| rest.split_once('/').unwrap_or((rest, "")))
        else {
            return Err(FilesError::Unusable(
                "The address for files must be file:///FOLDER or s3://BUCKET/FOLDER.".to_owned(),
            ));
        };
        let unusable = |error: Error| FilesError::Unusable(format!("The bucket for files cannot be used: {error}."));
        let place = AmazonS3Builder::from_env()
            .with_bucket_name(bucket)
            .build()
            .map_err(unusable)?;
        let folder = Path::parse(folder).map_err(|error| FilesError::Unusable(error.to_string()))?;
        Ok(Files::at(Arc::new(PrefixStore::new(place, folder))))
    }

    fn at(place: Arc<dyn ObjectStore>) -> Files {
        Files {
            place,
            scanner: None,
            sweeping: Arc::default(),
        }
    }

    /// Returns the place itself, for tests that look past us.
    #[cfg(test)]
    pub(crate) fn place(&self) -> &dyn ObjectStore {
        &*self.place
    }

    /// With a virus scanner, without whose verdict no file is taken.
    pub fn scanned_by(self, scanner: Option<Clamd>) -> Files {
        Files { scanner, ..self }
    }

    /// Looks at what came: its name, its content, and the scanner's verdict.
    ///
    /// # Errors
    /// [`FilesError::Refused`] with a sentence for the person.
    pub async fn check(&self, name: &str, received: Received) -> Result<Checked> {
        let name = FileName::read(name).map_err(refused)?;
        let kind = name.kind();
        let Received { file, size, hash } = received;
        let looked = tokio::task::spawn_blocking(move || content::check(&file, kind).map(|()| file));
        let file = looked.await.map_err(|error| broken("checking an upload", error))??;
        self.scan(&file).await?;
        Ok(Checked {
            facts: StoredFile { name, kind, size, hash },
            file,
        })
    }

    async fn scan(&self, file: &std::fs::File) -> Result<()> {
        let Some(scanner) = &self.scanner else {
            return Ok(());
        };
        let file = rewound(file).map_err(content::unreadable)?;
        match scanner.scan(tokio::fs::File::from_std(file)).await {
            Ok(Verdict::Clean) => Ok(()),
            Ok(Verdict::Found(name)) => Err(refused(format!(
                "The virus scanner found something in this file ({name}), so it was not taken. Tell whoever looks after \
                 your computers."
            ))),
            Err(unreachable) => Err(FilesError::NotScanned(unreachable)),
        }
    }

    /// Keeps a file. It appears whole or not at all.
    ///
    /// # Errors
    /// When the place fails.
    pub async fn store(&self, checked: &Checked) -> Result<StorageGuard> {
        let guard = self.sweeping.clone().read_owned().await;
        let unreadable = |error| broken("keeping a file", error);
        let from = tokio::fs::File::from_std(rewound(&checked.file).map_err(unreadable)?);
        self.put(&checked.facts.hash, checked.facts.size, parts(from)).await?;
        Ok(StorageGuard { _guard: guard })
    }

    /// Keeps files that were made here, so that nobody need look at them first; their hashes, in the same order. Each
    /// appears whole or not at all.
    ///
    /// # Errors
    /// When the place fails.
    pub async fn store_generated(&self, files: &[Bytes]) -> Result<(Vec<FileHash>, StorageGuard)> {
        let guard = self.sweeping.clone().read_owned().await;
        let mut hashes = Vec::with_capacity(files.len());
        for bytes in files {
            let hash = FileHash::new(Sha256::digest(bytes).into());
            let whole = futures::stream::iter([Ok(bytes.clone())]);
            self.put(&hash, bytes.len() as u64, whole).await?;
            hashes.push(hash);
        }
        Ok((hashes, StorageGuard { _guard: guard }))
    }

    /// Returns a kept file's bytes, which are those that were kept: they are held against the hash.
    ///
    /// # Errors
    /// [`FilesError::Missing`] when it is not there, [`FilesError::Altered`] when it is something else by now.
    pub async fn read_all(&self, hash: &FileHash) -> Result<Bytes> {
        let stored = self.read(hash).await?;
        let mut whole = BytesMut::with_capacity(stored.size as usize);
        let mut sum = Sha256::new();
        let mut bytes = pin!(stored.into_stream());
        while let Some(part) = bytes
            .try_next()
            .await
            .map_err(|error| broken("reading a file", error))?
        {
            sum.update(&part);
            whole.extend_from_slice(&part);
        }
        match FileHash::new(sum.finalize().into()) == *hash {
            true => Ok(whole.freeze()),
            false => Err(FilesError::Altered(hash.as_str().to_owned())),
        }
    }

    /// A kept file, which is read once to see that it is still what was kept, and then given to be read again: it may be large.
    ///
    /// # Errors
    /// [`FilesError::Missing`] when it is not there, [`FilesError::Altered`] when it is something else by now.
    pub async fn open_verified(&self, hash: &FileHash) -> Result<Stored> {
        let mut sum = Sha256::new();
        let mut bytes = pin!(self.read(hash).await?.into_stream());
        while let Some(part) = bytes
            .try_next()
            .await
            .map_err(|error| broken("reading a file", error))?
        {
            sum.update(&part);
        }
        match FileHash::new(sum.finalize().into()) == *hash {
            true => self.read(hash).await,
            false => Err(FilesError::Altered(hash.as_str().to_owned())),
        }
    }

    /// Returns a kept file.
    ///
    /// # Errors
    /// [`FilesError::Missing`] when it is not there.
    pub async fn read(&self, hash: &FileHash) -> Result<Stored> {
        match self.place.get(&address(hash)).await {
            Ok(found) => Ok(Stored {
                size: found.meta.size,
                bytes: found.into_stream(),
            }),
            Err(Error::NotFound { .. }) => Err(FilesError::Missing(hash.as_str().to_owned())),
            Err(error) => Err(broken("reading a file", error)),
        }
    }

    /// Copies kept files to another place, for a backup.
    ///
    /// # Errors
    /// When one is missing or cannot be written.
    pub async fn copy(&self, hashes: &BTreeSet<FileHash>, to: &Files) -> Result<()> {
        for hash in hashes {
            let stored = self.read(hash).await?;
            to.put(hash, stored.size, stored.into_stream()).await?;
        }
        Ok(())
    }

    /// Writes a file whole, or not at all: a small one at once, a larger one in parts.
    async fn put(&self, hash: &FileHash, size: u64, bytes: impl Stream<Item = io::Result<Bytes>>) -> Result<()> {
        let failed = |error: &dyn Display| broken("writing a file", error);
        let at = address(hash);
        let mut bytes = pin!(bytes);
        if size <= PART as u64 {
            let all: Vec<Bytes> = bytes.try_collect().await.map_err(|error| failed(&error))?;
            let put = self.place.put(&at, PutPayload::from_iter(all)).await;
            return put.map(drop).map_err(|error| failed(&error));
        }
        let upload = self.place.put_multipart(&at).await.map_err(|error| failed(&error))?;
        let mut upload = WriteMultipart::new_with_chunk_size(upload, PART);
        let sent = async {
            while let Some(part) = bytes.try_next().await? {
                upload.wait_for_capacity(1).await?;
                upload.put(part);
            }
            Ok::<(), io::Error>(())
        };
        if let Err(error) = sent.await {
            if let Err(left) = upload.abort().await {
                return Err(failed(&format!("{error}, and parts of it are left: {left}")));
            }
            return Err(failed(&error));
        }
        // takes its parts away if it fails
        upload.finish().await.map(drop).map_err(|error| failed(&error))
    }

    /// Waits until no file is being added, and lets none be added until what it gives is dropped.
    pub async fn sweeping(&self) -> Sweeping {
        Sweeping {
            place: self.place.clone(),
            _guard: self.sweeping.clone().write_owned().await,
        }
    }
}

impl Stored {
    /// The bytes, as they are read.
    pub fn into_stream(self) -> impl Stream<Item = io::Result<Bytes>> + Send + use<> {
        self.bytes.map_err(io::Error::other)
    }
}

impl Sweeping {
    /// Takes away what no row names: `named` must be read after this was made. How many were taken away.
    ///
    /// # Errors
    /// When the place fails.
    pub async fn sweep(&self, named: &BTreeSet<FileHash>) -> Result<usize> {
        let failed = |error: Error| broken("sweeping", error);
        let known: BTreeSet<Path> = named.iter().map(address).collect();
        let mut all = self.place.list(Some(&Path::from(FOLDER)));
        let mut swept = 0;
        while let Some(found) = all.next().await {
            let location = found.map_err(failed)?.location;
            if !known.contains(&location) {
                self.place.delete(&location).await.map_err(failed)?;
                swept += 1;
            }
        }
        Ok(swept)
    }
}

/// Returns a file's bytes, part by part.
fn parts(file: tokio::fs::File) -> impl Stream<Item = io::Result<Bytes>> {
    futures::stream::try_unfold(file, |mut file| async move {
        let mut part = BytesMut::with_capacity(64 * 1024);
        match file.read_buf(&mut part).await? {
            0 => Ok(None),
            _ => Ok(Some((part.freeze(), file))),
        }
    })
}

const FOLDER: &str = "sha256";

/// `sha256/ab/abcd…`: a folder would be slow with thousands of files in it.
fn address(hash: &FileHash) -> Path {
    let hash = hash.as_str();
    [FOLDER, &hash[..2], hash].into_iter().collect()
}
