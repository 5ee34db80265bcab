//! `report …`: the files that the pages offer, from the same functions; reports that are made once and kept.

use super::{Outcome, Refused, data_paths, database::open, now};
use crate::{
    cli::{Keep, Report},
    output,
};
use app::results::{Facts, ReportWorker};
use framework::{actor::Actor, evidence::FileHash, ids::PracticeSlug, lifecycle::Status, local};
use report::output::Format;
use std::{fmt::Write, path::Path, sync::Arc, time::Duration};
use store::{ArchiveStatus, ArchivedReport, ReportOf, Store, Unfinished};
use time::format_description::well_known::Rfc3339;
use tokio::{
    sync::Notify,
    time::{sleep, timeout},
};

/// How often it is looked whether something waits that nobody told of here: asked for at the command line, or left behind
/// by a process that ended.
const ROUNDS: Duration = Duration::from_secs(30);

/// How often it is looked whether another process has made a report.
const SOON: Duration = Duration::from_secs(1);

/// Writes a report, keeps one, or gives out what is kept.
pub async fn run(database: &str, files: Option<&str>, command: Report) -> Outcome {
    let store = open(database).await?;
    match command {
        Report::Practice { practice, cycle, into } => {
            let practice = Some(practice);
            write(&store, ReportOf { practice, cycle }, into.format, &into.out).await
        }
        Report::National { cycle, into } => {
            let practice = None;
            write(&store, ReportOf { practice, cycle }, into.format, &into.out).await
        }
        Report::Keep(which) => {
            let keeper = ReportWorker::new(store.clone(), data_paths::files(files, database)?);
            archive(&store, &keeper, which).await
        }
        Report::Kept => list(&store).await,
        Report::Fetch { id, into } => {
            let hash = hash_of(&store, &id, into.format).await?;
            let bytes = data_paths::files(files, database)?.read_all(&hash).await;
            let bytes = bytes.map_err(|error| Refused::one(format!("{error}. Put it back from a backup.")))?;
            output::write(&into.out, &bytes)
        }
    }
}

async fn write(store: &Store, of: ReportOf, format: Format, out: &Path) -> Outcome {
    let facts = Facts::read(store, &Actor::operator(), &of, None, local::date(now())).await;
    let facts = match facts {
        Err(error) if error.is_not_found() => return Err(none(store, &of).await?),
        facts => facts?,
    };
    output::write(out, &facts.work_out(store.library())?.bytes(format)?)
}

/// Returns what is said where there is no such report.
async fn none(store: &Store, ReportOf { practice, cycle }: &ReportOf) -> Result<Refused, Refused> {
    let Some(practice) = practice else {
        return Ok(Refused::one(format!("There is no cycle {cycle} in this database.")));
    };
    let why = match store.unfinished(&Actor::operator(), practice, cycle).await? {
        Unfinished::NoPractice => format!(
            "There is no Practice with the short name {practice} in this database. It is the last part of the address of the \
             Practice's page."
        ),
        Unfinished::NoCycle => format!("There is no cycle {cycle} in this database."),
        Unfinished::NotBegun => format!("{practice} has not started an assessment in {cycle}."),
        Unfinished::At(Status::Draft) => format!(
            "The {cycle} assessment of {practice} is still a draft, which only the Practice may read. There is a report once its \
             lead has submitted it."
        ),
        Unfinished::At(Status::Finalised) => {
            format!("There is no such edition of the {cycle} assessment of {practice}.")
        }
        Unfinished::At(status) => format!(
            "The {cycle} assessment of {practice} is not finalised: {}.",
            status.name()
        ),
    };
    Ok(Refused::one(why))
}

/// Asks for a report and makes what waits until it is there; where a website works on it already, it waits for that.
async fn archive(store: &Store, keeper: &ReportWorker, which: Keep) -> Outcome {
    let (of, edition) = match which {
        Keep::National { cycle } => (ReportOf { practice: None, cycle }, None),
        Keep::Practice {
            practice,
            cycle,
            edition,
        } => {
            let practice = Some(practice);
            (ReportOf { practice, cycle }, edition)
        }
    };
    let operator = Actor::operator();
    let id = store.queue_report(&operator, &of, edition, now()).await;
    let id = match id {
        Err(error) if error.is_not_found() => {
            let mut why = none(store, &of).await?;
            why.0
                .push("Only the report of a finalised assessment is kept.".to_owned());
            return Err(why);
        }
        id => id?,
    };
    loop {
        let made = keeper.round(now).await?;
        let kept = store.archived_report(&operator, &of, id).await?;
        match kept.state {
            ArchiveStatus::Finished { .. } => return Ok(output::print(told(&kept).as_bytes())?),
            ArchiveStatus::Failed => return Err(Refused::one("The report could not be made, and nothing is kept.")),
            ArchiveStatus::Waiting | ArchiveStatus::Working(_) if made => {}
            ArchiveStatus::Waiting | ArchiveStatus::Working(_) => sleep(SOON).await,
        }
    }
}

async fn list(store: &Store) -> Outcome {
    let lines: String = all(store).await?.iter().map(told).collect();
    Ok(output::print(lines.as_bytes())?)
}

/// Returns the hash of an archived report's file.
async fn hash_of(store: &Store, id: &str, format: Format) -> Result<FileHash, Refused> {
    let kept = all(store).await?.into_iter().find(|kept| kept.id.to_string() == id);
    let documents = match kept.map(|kept| kept.state) {
        Some(ArchiveStatus::Finished { documents, .. }) => documents,
        _ => vec![],
    };
    let document = documents.into_iter().find(|one| one.format == format.extension());
    let missing = || {
        Refused::one(format!(
            "No {} file is kept of a report {id}. See: report kept",
            format.extension()
        ))
    };
    Ok(document.ok_or_else(missing)?.hash)
}

async fn all(store: &Store) -> Result<Vec<ArchivedReport>, Refused> {
    Ok(store.all_archived_reports(&Actor::operator()).await?)
}

/// Returns a line for the report and one for each of its files.
fn told(kept: &ArchivedReport) -> String {
    let whose = kept.of.practice.as_ref().map_or("national", PracticeSlug::as_str);
    let edition = kept.edition.map(|edition| format!(" edition {edition}"));
    let edition = edition.unwrap_or_default();
    let state = match &kept.state {
        ArchiveStatus::Waiting => "waiting",
        ArchiveStatus::Working(_) => "being made",
        ArchiveStatus::Finished { .. } => "kept",
        ArchiveStatus::Failed => "failed",
    };
    let asked = local::local(kept.asked_at).format(&Rfc3339).unwrap_or_default();
    let (id, cycle, who) = (kept.id, &kept.of.cycle, &kept.asked_by);
    let mut text = format!("{id}  {whose} {cycle}{edition}  {state}, asked for {asked} by {who}\n");
    if let ArchiveStatus::Finished { documents, .. } = &kept.state {
        for document in documents {
            // writing to a String cannot fail
            let _ = writeln!(
                text,
                "  {:<5} sha256 {}  {} bytes",
                document.format,
                document.hash.as_str(),
                document.size
            );
        }
    }
    text
}

/// Makes what is asked for, for ever: at once where that is told.
pub(super) async fn keep_asked(keeper: ReportWorker, asked: Arc<Notify>) {
    loop {
        match keeper.round(now).await {
            // there may be more
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::error!(%error, "reports to be archived cannot be made"),
        }
        // whichever comes first
        let _ = timeout(ROUNDS, asked.notified()).await;
    }
}
