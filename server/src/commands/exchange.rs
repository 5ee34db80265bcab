//! `import assessments` and `export assessments`.

use super::{Outcome, Refused, missing, now, open};
use crate::{
    cli::{Exchange, Export, Import},
    output,
};
use framework::actor::Actor;
use report::exchange;
use std::{fs, path::Path};
use store::ImportOutcome;

/// Takes in assessments, all or none.
pub async fn import(database: &str, command: Import) -> Outcome {
    let Import::Assessments { file, dry_run } = command;
    let bytes = fs::read(&file).map_err(|error| Refused::one(format!("{} cannot be read: {error}", file.display())))?;
    let is_json = file
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    let read = if is_json { exchange::read_json } else { exchange::read };
    let assessments = read(super::library().as_ref(), &bytes).map_err(|problems| located(&file, problems))?;
    let store = open(database).await?;
    let outcome = store.import(&Actor::operator(), assessments, dry_run, now()).await?;
    Ok(output::print(told(&outcome, dry_run).as_bytes())?)
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
    let sum = format!(
        "{} {added}, {} here already.\n",
        outcome.assessments_added.len(),
        outcome.unchanged.len()
    );
    let note = if dry_run {
        "Nothing was changed: this was a dry run.\n"
    } else {
        ""
    };
    practices
        .chain(cycles)
        .chain(assessments)
        .chain(same)
        .chain([sum, note.to_owned()])
        .collect()
}

/// Writes every finalised assessment, or those of one cycle.
pub async fn export(database: &str, command: Export) -> Outcome {
    let Export::Assessments { cycle, format, out } = command;
    let store = open(database).await?;
    let assessments = store.export(&Actor::operator(), cycle.as_ref()).await;
    let assessments = assessments.map_err(|error| {
        let which = cycle.map(|cycle| cycle.to_string()).unwrap_or_default();
        missing(error, format!("There is no cycle {which} in this database."))
    })?;
    let bytes = match format {
        Exchange::Csv => exchange::write(&assessments, store.library()),
        Exchange::Json => exchange::write_json(&assessments),
    };
    output::write(&out, &bytes)
}
