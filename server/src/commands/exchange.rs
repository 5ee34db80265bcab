//! `import …` and `export …`.

use super::{Outcome, Refused, missing, now, open, places};
use crate::{
    cli::{Exchange, Export, Import, Incoming, Outgoing},
    output,
};
use files::{Files, FilesError};
use framework::{
    actor::Actor,
    evidence::{Content, StoredFile},
    exchange::{ActionRecord, AdaptationRecord, EvidenceRecord, Placed, SupportRecord, WordingRecord},
    ids::CycleId,
};
use report::exchange;
use std::{fs, path::Path};
use store::{Carried, ImportOutcome, Taken};

/// Takes in a file, all or none.
pub async fn import(database: &str, files: Option<&str>, command: Import) -> Outcome {
    match command {
        Import::Assessments(from) => import_assessments(database, &from).await,
        Import::Adaptations(from) => take::<AdaptationRecord>(database, &from, records(&from)?).await,
        Import::Actions(from) => take::<ActionRecord>(database, &from, records(&from)?).await,
        Import::Support(from) => take::<SupportRecord>(database, &from, records(&from)?).await,
        Import::Wordings(from) => take::<WordingRecord>(database, &from, records(&from)?).await,
        Import::Evidence(from) => {
            let given = records(&from)?;
            // a place for files need not be there while none is named
            if given.iter().any(|placed| file_of(placed).is_some()) {
                uploaded(&places::files(files, database)?, &given).await?;
            }
            take(database, &from, given).await
        }
    }
}

/// The file, and whether it is JSON.
fn bytes(from: &Incoming) -> Result<(Vec<u8>, bool), Refused> {
    let file = &from.file;
    let bytes = fs::read(file).map_err(|error| Refused::one(format!("{} cannot be read: {error}", file.display())))?;
    let is_json = file
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    Ok((bytes, is_json))
}

async fn import_assessments(database: &str, from: &Incoming) -> Outcome {
    let (bytes, is_json) = bytes(from)?;
    let read = if is_json { exchange::read_json } else { exchange::read };
    let assessments = read(super::library().as_ref(), &bytes).map_err(|problems| located(&from.file, problems))?;
    let store = open(database).await?;
    let outcome = store
        .import(&Actor::operator(), assessments, from.dry_run, now())
        .await?;
    Ok(output::print(told(&outcome, from.dry_run).as_bytes())?)
}

fn records<R: Carried>(from: &Incoming) -> Result<Vec<Placed<R>>, Refused> {
    let (bytes, is_json) = bytes(from)?;
    let read = match is_json {
        true => exchange::read_records_json,
        false => exchange::read_records,
    };
    read(&bytes).map_err(|problems| located(&from.file, problems))
}

async fn take<R: Carried>(database: &str, from: &Incoming, given: Vec<Placed<R>>) -> Outcome {
    let store = open(database).await?;
    let Taken { added, unchanged } = store
        .import_records(&Actor::operator(), given, from.dry_run, now())
        .await?;
    Ok(output::print(sum(added, unchanged, from.dry_run).as_bytes())?)
}

/// Refuses files whose content is not kept here.
async fn uploaded(files: &Files, given: &[Placed<EvidenceRecord>]) -> Outcome {
    let mut problems = Vec::new();
    for placed in given {
        let Some(file) = file_of(placed) else { continue };
        let problem = match files.read(&file.hash).await {
            Ok(kept) if kept.size == file.size => continue,
            Ok(kept) => format!("has {} bytes here, not {}", kept.size, file.size),
            Err(FilesError::Missing(_)) => {
                "is not among the uploaded files here. Copy the folder of uploaded files first".to_owned()
            }
            Err(other) => return Err(other.into()),
        };
        problems.push(format!("{}: The file “{}” {problem}.", placed.place, file.name));
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Refused(problems))
    }
}

fn file_of(placed: &Placed<EvidenceRecord>) -> Option<&StoredFile> {
    match &placed.record.evidence.content {
        Content::File(file) => Some(file),
        Content::Link(_) | Content::Note(_) => None,
    }
}

/// `FILE:LINE: COLUMN: what is wrong`
fn located(file: &Path, problems: Vec<exchange::Problem>) -> Refused {
    Refused::all(problems.into_iter().map(|problem| {
        let line = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
        let column = problem.column.map(|column| format!("{column}: ")).unwrap_or_default();
        format!("{}{line}: {column}{}", file.display(), problem.message)
    }))
}

/// What was taken in, or would be, a line each.
fn told(outcome: &ImportOutcome, dry_run: bool) -> String {
    let added = if dry_run { "would be added" } else { "added" };
    let practices = outcome
        .practices_added
        .iter()
        .map(|name| format!("Practice {name}: {added}\n"));
    let cycles = outcome
        .cycles_added
        .iter()
        .map(|cycle| format!("cycle {cycle}: {added}, closed\n"));
    let assessments = outcome.assessments_added.iter();
    let assessments =
        assessments.map(|(practice, cycle)| format!("assessment {practice} {cycle}: {added}, finalised\n"));
    let same = outcome.unchanged.iter();
    let same = same.map(|(practice, cycle)| format!("assessment {practice} {cycle}: here already, word for word\n"));
    let sum = sum(outcome.assessments_added.len(), outcome.unchanged.len(), dry_run);
    practices
        .chain(cycles)
        .chain(assessments)
        .chain(same)
        .chain([sum])
        .collect()
}

/// How much was taken in, or would be.
fn sum(added: usize, unchanged: usize, dry_run: bool) -> String {
    if dry_run {
        format!("{added} would be added, {unchanged} here already.\nNothing was changed: this was a dry run.\n")
    } else {
        format!("{added} added, {unchanged} here already.\n")
    }
}

/// Writes a file, or to standard output.
pub async fn export(database: &str, command: Export) -> Outcome {
    match command {
        Export::Assessments { cycle, into } => export_assessments(database, cycle, &into).await,
        Export::Adaptations(into) => give::<AdaptationRecord>(database, &into).await,
        Export::Actions(into) => give::<ActionRecord>(database, &into).await,
        Export::Support(into) => give::<SupportRecord>(database, &into).await,
        Export::Wordings(into) => give::<WordingRecord>(database, &into).await,
        Export::Evidence(into) => give::<EvidenceRecord>(database, &into).await,
    }
}

/// Every finalised assessment, or those of one cycle.
async fn export_assessments(database: &str, cycle: Option<CycleId>, into: &Outgoing) -> Outcome {
    let store = open(database).await?;
    let assessments = store.export(&Actor::operator(), cycle.as_ref()).await;
    let assessments = assessments.map_err(|error| {
        let which = cycle.map(|cycle| cycle.to_string()).unwrap_or_default();
        missing(error, format!("There is no cycle {which} in this database."))
    })?;
    let bytes = match into.format {
        Exchange::Csv => exchange::write(&assessments, store.library()),
        Exchange::Json => exchange::write_json(&assessments),
    };
    output::write(&into.out, &bytes)
}

async fn give<R: Carried>(database: &str, into: &Outgoing) -> Outcome {
    let records = open(database).await?.export_records::<R>(&Actor::operator()).await?;
    let bytes = match into.format {
        Exchange::Csv => exchange::write_records(&records),
        Exchange::Json => exchange::write_records_json(&records),
    };
    output::write(&into.out, &bytes)
}
