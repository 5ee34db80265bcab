//! The round that makes the reports that were asked for and keeps them. Several processes may go it at once.

use crate::results::{Facts, Report};
use bytes::Bytes;
use files::Files;
use framework::{actor::Actor, local};
use report::output::Format;
use std::{error::Error, sync::Arc};
use store::{ArchivedDocument, ReportJob, Store};
use time::{Duration, OffsetDateTime};
use tokio::task::spawn_blocking;

/// How long a report is ours after each step: longer than the next one can take.
const LEASE: Duration = Duration::minutes(5);

/// What is done, one after the other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Progress {
    /// Reading what it is worked out from.
    Facts,
    /// Working out the figures.
    Figures,
    /// Making a file.
    File(Format),
    /// Keeping the files.
    Keep,
}

impl Progress {
    /// Returns all of them.
    pub fn all() -> Vec<Progress> {
        let files = Format::ALL.into_iter().map(Progress::File);
        [Progress::Facts, Progress::Figures]
            .into_iter()
            .chain(files)
            .chain([Progress::Keep])
            .collect()
    }

    /// Returns how many are behind when this one begins.
    fn place(self) -> u16 {
        Progress::all().into_iter().take_while(|step| *step != self).count() as u16
    }
}

/// Makes reports and keeps them.
pub struct ReportWorker {
    store: Store,
    files: Files,
}

/// Why a report came to nothing here.
enum Stopped {
    /// The lease ran out, and somebody else has begun it anew.
    Overtaken,
    /// It cannot be made: for the log.
    Broken(String),
}

impl<E: Error> From<E> for Stopped {
    fn from(error: E) -> Stopped {
        Stopped::Broken(error.to_string())
    }
}

impl ReportWorker {
    /// For a database and the place of its files.
    pub fn new(store: Store, files: Files) -> ReportWorker {
        ReportWorker { store, files }
    }

    /// One round: takes the report that has waited longest and makes it. Was there one?
    ///
    /// # Errors
    /// When the database fails; what was taken comes free with the lease.
    pub async fn round(&self, clock: fn() -> OffsetDateTime) -> store::Result<bool> {
        let Some(job) = self.store.claim_report(clock(), clock() + LEASE).await? else {
            return Ok(false);
        };
        match self.make(&job, clock).await {
            Ok(()) => tracing::info!(report = %job.id, "a report is made and archived"),
            Err(Stopped::Overtaken) => tracing::warn!(report = %job.id, "somebody else has begun this report anew"),
            Err(Stopped::Broken(cause)) => {
                tracing::error!(report = %job.id, %cause, "a report could not be made");
                self.store.fail_report(&job, clock()).await?;
            }
        }
        Ok(true)
    }

    /// One value, and every file from it.
    async fn make(&self, job: &ReportJob, clock: fn() -> OffsetDateTime) -> Result<(), Stopped> {
        let today = local::date(clock());
        let facts = Facts::read(&self.store, &Actor::operator(), &job.of, job.edition, today).await?;
        self.begin(job, Progress::Figures, clock).await?;
        let library = self.store.library().clone();
        let report: Arc<Report> = spawn_blocking(move || facts.work_out(&library)).await??.into();
        let mut files = Vec::with_capacity(Format::ALL.len());
        for format in Format::ALL {
            self.begin(job, Progress::File(format), clock).await?;
            let report = report.clone();
            files.push(Bytes::from(spawn_blocking(move || report.bytes(format)).await??));
        }
        self.begin(job, Progress::Keep, clock).await?;
        self.keep(job, &files, clock()).await
    }

    async fn begin(&self, job: &ReportJob, step: Progress, clock: fn() -> OffsetDateTime) -> Result<(), Stopped> {
        match self
            .store
            .renew_report_lease(job, step.place(), clock() + LEASE)
            .await?
        {
            true => Ok(()),
            false => Err(Stopped::Overtaken),
        }
    }

    /// Files first, then the rows that name them.
    async fn keep(&self, job: &ReportJob, files: &[Bytes], now: OffsetDateTime) -> Result<(), Stopped> {
        let (hashes, kept) = self.files.store_generated(files).await?;
        let named = Format::ALL.iter().zip(hashes).zip(files);
        let documents: Vec<ArchivedDocument> = named
            .map(|((format, hash), bytes)| ArchivedDocument {
                format: format.extension().to_owned(),
                hash,
                size: bytes.len() as u64,
            })
            .collect();
        let finished = self.store.finish_report(job, &documents, now).await?;
        drop(kept);
        match finished {
            true => Ok(()),
            false => Err(Stopped::Overtaken),
        }
    }
}
