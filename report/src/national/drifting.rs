//! Who drifts: the Practices that ask for a conversation, by name.

use super::scale::{Scale, first_of};
use crate::{
    document::{Block, Cell, Column, Inline, Table},
    say,
};
use framework::report::{Drifting, NationalReport};

/// The most that are named where each Practice has a row; the files have all.
const NAMED: usize = 60;
/// The most that are named in a report without rows.
const FEW: usize = 25;

/// The most that are named on the cover.
const ON_THE_COVER: usize = 12;

/// Returns who drifts in one line of the cover, by name; nothing in a first cycle.
pub(super) fn fact(report: &NationalReport) -> Option<(String, String)> {
    let cycle = report.previous_cycle.as_ref()?;
    let name = |one: &Drifting| {
        format!(
            "{} ({}, {} unexplained, {})",
            one.name,
            say::count(one.slips, "slip", "slips"),
            one.unexplained,
            say::count(one.gains, "gain", "gains"),
        )
    };
    let names: Vec<String> = report.drifting.iter().map(name).collect();
    let words = match names.is_empty() {
        true => format!("No Practice asks for a conversation about what moved since {cycle}."),
        false => format!("{}. Each asks for a conversation.", first_of(&names, ON_THE_COVER)),
    };
    Some(("Who drifts".to_owned(), words))
}

/// Returns the table at the top of the report; nothing where nobody asks, which a sentence says.
pub(super) fn table(report: &NationalReport, scale: Scale) -> Option<Block> {
    let cycle = report.previous_cycle.as_ref().filter(|_| !report.drifting.is_empty())?;
    let named = if scale.has_rows() { NAMED } else { FEW };
    let more = report.drifting.len().saturating_sub(named);
    let more = match more {
        0 => String::new(),
        n => format!(" {n} more are in the files of this report and in the drift explorer."),
    };
    let row = |one: &Drifting| {
        let name = match scale.has_pages() {
            true => Inline::reference(one.name.clone(), format!("practice-{}", one.practice)),
            false => Inline::text(one.name.clone()),
        };
        let counts = [one.slips, one.unexplained, one.core_unexplained, one.gains];
        let counts = counts.map(|n| Cell::text(n.to_string()));
        [Cell::inlines(vec![name]), say::change_cell(one.net)]
            .into_iter()
            .chain(counts)
            .collect()
    };
    Some(Block::Table(Table {
        caption: format!("Practices that ask for a conversation, by name: what moved since {cycle}.{more}"),
        columns: vec![
            Column::new("Practice").weight(3.0),
            Column::new("Net drift").weight(1.2).centred(),
            Column::new("Slips").centred(),
            Column::new("Unexplained").weight(1.4).centred(),
            Column::new("Of these core").weight(1.2).centred(),
            Column::new("Gains").centred(),
        ],
        rows: report.drifting.iter().take(named).map(row).collect(),
        row_header: Some(0),
    }))
}
