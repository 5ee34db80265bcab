//! A report's one value, from facts that are read once: the way of pages, downloads, archived reports and the command line.

use framework::{
    actor::Actor,
    library::Library,
    lifecycle::Status,
    report::{
        NationalFacts, NationalReport, NoReport, PracticeFacts, PracticeReport, national_report, practice_report,
    },
};
use report::{
    document::Document,
    national,
    output::{Format, OutputError, national_bytes, practice_bytes},
    practice,
};
use store::{ReportOf, Store};
use time::Date;

/// What a report is worked out from.
pub enum Facts {
    /// One Practice's.
    Practice(Box<PracticeFacts>),
    /// The national one's.
    National(Box<NationalFacts>),
}

/// What every output of a report shows.
pub enum Report {
    /// One Practice's.
    Practice(Box<PracticeReport>),
    /// The national one.
    National(Box<NationalReport>),
}

impl Facts {
    /// Reads the facts. Of a Practice's assessment the edition that is asked for, else the latest that the actor may read.
    ///
    /// # Errors
    /// [`store::StoreError::NotFound`] when there is no such report, or not for this actor.
    pub async fn read(
        store: &Store,
        actor: &Actor,
        of: &ReportOf,
        edition: Option<i32>,
        today: Date,
    ) -> store::Result<Facts> {
        Ok(match &of.practice {
            Some(practice) => {
                let facts = store.practice_facts(actor, practice, &of.cycle, edition, today);
                Facts::Practice(Box::new(facts.await?))
            }
            None => Facts::National(Box::new(store.national_facts(actor, &of.cycle, today).await?)),
        })
    }

    /// Works out every figure. Takes its time: call it on a blocking thread.
    ///
    /// # Errors
    /// [`NoReport`] when a version is not in the library.
    pub fn work_out(&self, library: &Library) -> Result<Report, NoReport> {
        Ok(match self {
            Facts::Practice(facts) => Report::Practice(Box::new(practice_report(library, facts)?)),
            Facts::National(facts) => Report::National(Box::new(national_report(library, facts)?)),
        })
    }
}

impl Report {
    /// Returns whether it may be kept. A Practice's once its assessment is finalised; the national one at any time, for it says how many are
    /// unfinished.
    pub fn may_be_archived(&self) -> bool {
        match self {
            Report::Practice(report) => report.status == Status::Finalised,
            Report::National(_) => true,
        }
    }

    /// Returns the report to lay out, with charts so wide ([`report::charts`]).
    pub fn document(&self, width: f32) -> Document {
        match self {
            Report::Practice(report) => practice::document(report, width),
            Report::National(report) => national::document(report, width),
        }
    }

    /// Returns the report as a file. Takes tenths of a second: call it on a blocking thread.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub fn bytes(&self, format: Format) -> Result<Vec<u8>, OutputError> {
        match self {
            Report::Practice(report) => practice_bytes(report, format),
            Report::National(report) => national_bytes(report, format),
        }
    }
}
