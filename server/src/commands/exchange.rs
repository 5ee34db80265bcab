//! `import …` and `export …`.

use super::{
    Outcome, Refused, data_paths,
    database::{for_trial, make, open},
    imports, missing, now,
};
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
use report::exchange::{self, At};
use std::{fs, path::Path};
use store::{Carried, Taken};

/// Takes in a file, all or none.
pub async fn import(database: &str, files: Option<&str>, command: Import) -> Outcome {
    match command {
        Import::Assessments {
            from,
            allow_incomplete,
            keep_detail,
        } => imports::import(database, &from, allow_incomplete, keep_detail).await,
        Import::List => imports::list(database).await,
        Import::Undo { id, reason } => imports::undo(database, id, &reason).await,
        Import::Adaptations(from) => take::<AdaptationRecord>(database, &from, records(&from)?).await,
        Import::Actions(from) => take::<ActionRecord>(database, &from, records(&from)?).await,
        Import::Support(from) => take::<SupportRecord>(database, &from, records(&from)?).await,
        Import::Wordings(from) => take::<WordingRecord>(database, &from, records(&from)?).await,
        Import::Evidence(from) => {
            let given = records(&from)?;
            // a place for files need not be there while none is named
            if given.iter().any(|placed| file_of(placed).is_some()) {
                uploaded(&data_paths::files(files, database)?, &given).await?;
            }
            take(database, &from, given).await
        }
    }
}

/// Returns the file, and whether it is JSON.
pub(super) fn bytes(from: &Incoming) -> Result<(Vec<u8>, bool), Refused> {
    let file = &from.file;
    let unreadable = |error| Refused::one(format!("{} cannot be read: {}", file.display(), output::why(&error)));
    let bytes = fs::read(file).map_err(unreadable)?;
    let is_json = file
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    Ok((bytes, is_json))
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
    let store = if from.dry_run {
        for_trial(database).await?
    } else {
        make(database).await?
    };
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

/// `FILE:LINE (row ROW in Excel): COLUMN: what is wrong`
pub(super) fn located(file: &Path, problems: Vec<exchange::Problem>) -> Refused {
    Refused::all(problems.into_iter().map(|problem| {
        let place = match problem.at {
            None => String::new(),
            Some(At { line, row }) if line == row => format!(":{line}"),
            Some(At { line, row }) => format!(":{line} (row {row} in Excel)"),
        };
        let column = problem.column.map(|column| format!("{column}: ")).unwrap_or_default();
        format!("{}{place}: {column}{}", file.display(), problem.message)
    }))
}

/// Returns how much was taken in, or would be.
pub(super) fn sum(added: usize, unchanged: usize, dry_run: bool) -> String {
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
