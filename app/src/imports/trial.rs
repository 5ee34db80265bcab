//! A file of earlier years: read, looked through, held against the database, and then taken in. The page and the command line go
//! the same way.

use crate::web::secret::digest;
use framework::{actor::Actor, library::Library};
use report::exchange::{Identifying, Incoming, Problem, read_file};
use store::{ImportFile, ImportOutcome, ImportedDetail, Incomplete, Intake, Store, StoreError};
use time::OffsetDateTime;

/// What was read from a file.
#[derive(Clone, Debug)]
pub struct EarlierYears {
    file: ImportFile,
    incoming: Incoming,
}

impl EarlierYears {
    /// Reads a file, JSON where its name ends so and else CSV.
    ///
    /// # Errors
    /// Every problem in it.
    pub fn read(library: &Library, name: &str, bytes: &[u8]) -> Result<EarlierYears, Vec<Problem>> {
        let is_json = name.to_lowercase().ends_with(".json");
        let incoming = read_file(library, bytes, is_json)?;
        let file = ImportFile {
            name: name.to_owned(),
            sha256: digest(bytes),
        };
        Ok(EarlierYears { file, incoming })
    }

    /// Holds it against the database, which stays as it is.
    ///
    /// # Errors
    /// [`StoreError::Refused`] with every assessment that cannot be taken.
    pub async fn tried(self, store: &Store, actor: &Actor) -> Result<Trial, StoreError> {
        let EarlierYears { file, mut incoming } = self;
        let outcome = store.would_take_in(actor, incoming.assessments.clone()).await?;
        // nobody is asked about words that are here already
        let is_new = |one: &Identifying| {
            let mut added = outcome.assessments_added.iter();
            added.any(|(practice, cycle)| *practice == one.practice && *cycle == one.cycle)
        };
        incoming.identifying.retain(is_new);
        Ok(Trial {
            file,
            incoming,
            outcome,
        })
    }
}

/// What taking in would do.
#[derive(Clone, Debug)]
pub struct Trial {
    file: ImportFile,
    incoming: Incoming,
    outcome: ImportOutcome,
}

impl Trial {
    /// Returns what would be added.
    pub fn outcome(&self) -> &ImportOutcome {
        &self.outcome
    }

    /// Returns the texts that would be added in which words seem to identify somebody.
    pub fn identifying(&self) -> &[Identifying] {
        &self.incoming.identifying
    }

    /// Returns the assessments that would be added in which criteria are missing.
    pub fn incomplete(&self) -> &[Incomplete] {
        &self.outcome.incomplete
    }

    /// Takes it in. Words that seem to identify somebody are kept, and the history says so: ask before.
    ///
    /// # Errors
    /// As of [`Store::take_in`].
    pub async fn take_in(
        self,
        store: &Store,
        actor: &Actor,
        allow_incomplete: bool,
        now: OffsetDateTime,
    ) -> Result<ImportOutcome, StoreError> {
        let kept = self.incoming.identifying.iter().map(|one| ImportedDetail {
            practice: one.practice.clone(),
            cycle: one.cycle.clone(),
            criterion: one.criterion.clone(),
            kinds: one.kinds(),
        });
        let intake = Intake {
            file: Some(self.file),
            allow_incomplete,
            kept: kept.collect(),
        };
        store.take_in(actor, self.incoming.assessments, &intake, now).await
    }
}
