//! `report practice` and `report national`: the files that the pages offer, from the same functions.

use super::{Outcome, missing, now, open};
use crate::{cli::Report, output};
use framework::{
    actor::Actor,
    report::{national_report, practice_report},
};
use report::output::{national_bytes, practice_bytes};

/// Writes a report.
pub async fn run(database: &str, command: Report) -> Outcome {
    let store = open(database).await?;
    let operator = Actor::operator();
    match command {
        Report::Practice { practice, cycle, into } => {
            let facts = store
                .practice_facts(&operator, &practice, &cycle, None, now().date())
                .await;
            let facts = facts.map_err(|error| {
                missing(
                    error,
                    format!("{practice} has no assessment in cycle {cycle} here, or there is no such Practice."),
                )
            })?;
            let report = practice_report(store.library(), &facts)?;
            output::write(&into.out, &practice_bytes(&report, into.format)?)
        }
        Report::National { cycle, into } => {
            let facts = store.national_facts(&operator, &cycle).await;
            let facts =
                facts.map_err(|error| missing(error, format!("There is no cycle {cycle} in this database.")))?;
            let report = national_report(store.library(), &facts)?;
            output::write(&into.out, &national_bytes(&report, into.format)?)
        }
    }
}
