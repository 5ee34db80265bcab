//! `import assessments`, `import list` and `import undo`.

use super::{
    Outcome, Refused,
    database::{for_trial, make, open},
    exchange::{bytes, located, sum},
    missing, now,
};
use crate::{cli::Incoming, output};
use app::imports::{EarlierYears, Trial};
use framework::{actor::Actor, prose::Prose};
use store::{ImportOutcome, ImportRecord};
use time::format_description::well_known::Rfc3339;
use uuid::Uuid;

/// Takes in a file of assessments, all or none.
pub async fn import(database: &str, from: &Incoming, allow_incomplete: bool, keep_detail: bool) -> Outcome {
    let (bytes, _) = bytes(from)?;
    let name = from.file.file_name().unwrap_or_default().to_string_lossy();
    let read = EarlierYears::read(&super::library(), &name, &bytes);
    let years = read.map_err(|problems| located(&from.file, problems))?;
    let store = if from.dry_run {
        for_trial(database).await?
    } else {
        make(database).await?
    };
    let operator = Actor::operator();
    let trial = years.tried(&store, &operator).await?;
    let unconfirmed = unconfirmed(&trial, allow_incomplete, keep_detail);
    if from.dry_run {
        output::print(told(trial.outcome(), true).as_bytes())?;
    }
    if !unconfirmed.is_empty() {
        return Err(Refused(unconfirmed));
    }
    if from.dry_run {
        return Ok(());
    }
    let outcome = trial.take_in(&store, &operator, allow_incomplete, now()).await?;
    Ok(output::print(told(&outcome, false).as_bytes())?)
}

/// Returns what has to be confirmed first, a line each.
fn unconfirmed(trial: &Trial, allow_incomplete: bool, keep_detail: bool) -> Vec<String> {
    let mut lines = vec![];
    if !allow_incomplete && !trial.incomplete().is_empty() {
        lines.extend(trial.incomplete().iter().map(|one| format!("{one}.")));
        lines.push("Add the missing criteria to the file, or import it as it is with --allow-incomplete.".to_owned());
    }
    if !keep_detail && !trial.identifying().is_empty() {
        lines.extend(trial.identifying().iter().map(|one| format!("{one}.")));
        lines.push(
            "These words may identify somebody. Rewrite them in the file, or keep them with --keep-detail.".to_owned(),
        );
    }
    lines
}

/// Returns what was taken in, or would be, a line each.
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
    let incomplete = outcome.incomplete.iter().map(|one| format!("assessment {one}\n"));
    let same = outcome.unchanged.iter();
    let same = same.map(|(practice, cycle)| format!("assessment {practice} {cycle}: unchanged, skipped\n"));
    let sum = sum(outcome.assessments_added.len(), outcome.unchanged.len(), dry_run);
    let undo = outcome.recorded.map(|id| {
        format!("If this was a mistake, take it back with: pause-fidelity import undo {id} --reason \"WHY\"\n")
    });
    practices
        .chain(cycles)
        .chain(assessments)
        .chain(incomplete)
        .chain(same)
        .chain([sum])
        .chain(undo)
        .collect()
}

/// Lists the imports.
pub async fn list(database: &str) -> Outcome {
    let imports = open(database).await?.imports(&Actor::operator()).await?;
    let lines: String = imports.iter().map(line).collect();
    Ok(output::print(lines.as_bytes())?)
}

/// Returns a line for the import, one for each assessment, and one where it was taken back.
fn line(import: &ImportRecord) -> String {
    let at = import.at.format(&Rfc3339).unwrap_or_default();
    let mut text = format!(
        "{}  {}, imported {at} by {}, sha256 {}\n",
        import.id, import.file, import.who, import.sha256
    );
    for year in &import.assessments {
        text.push_str(&format!(
            "  {} {}: {} of {} criteria\n",
            year.practice, year.cycle, year.rated, year.criteria
        ));
    }
    if let Some(back) = &import.taken_back {
        let at = back.at.format(&Rfc3339).unwrap_or_default();
        text.push_str(&format!("  taken back {at} by {}: {}\n", back.who, back.why));
    }
    text
}

/// Takes an import back.
pub async fn undo(database: &str, id: Uuid, reason: &str) -> Outcome {
    let why = Prose::read(reason).map_err(Refused::one)?;
    let why = why.ok_or_else(|| Refused::one("Say why with --reason: it goes into the history."))?;
    let store = open(database).await?;
    let taken = store.take_back(&Actor::operator(), id, &why, now()).await;
    taken.map_err(|error| missing(error, format!("There is no import {id} here. See: import list")))?;
    Ok(output::print(b"The import is taken back.\n")?)
}
