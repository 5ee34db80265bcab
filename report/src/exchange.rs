//! What files carry, as CSV and JSON: whole assessments, and records of the flat kinds beside them ([`read_records`]). Earlier
//! years' assessments come in this way, and an export goes out this way.
//!
//! # The CSV file of assessments
//! One row a criterion, under a row of column names in any order. Needed: `practice`, `cycle`, `version`, `criterion`,
//! `self_rating`. Optional: `review_rating`, `agreed_rating`, `not_applicable_reason`, `measure`, `evidence`,
//! `comment`, `adaptation`, `adaptation_class`, `review_comment`, `question`, `agreement_comment`, `region`, `slug`;
//! and for each of two reviewers what they said before they settled it, `first_reviewer_rating`, `_comment` and `_question`,
//! and `second_reviewer_…`.
//!
//! - `practice` is a name (`Nant y Frân`), or the short name used in addresses (`nant-y-fran`), from which a name is
//!   made. `slug` is the short name where it is not the one that the name gives.
//! - `self_rating` is 1 to 5, or `na`; a `not_applicable_reason` without a rating says the same.
//! - `adaptation_class` is `consistent`, `not_consistent`, `unplanned` or `unexplained`.
//! - A criterion without a row was not answered. Rows without anything in them are passed over.
//! - UTF-8, as Excel saves “CSV UTF-8”, with or without a byte order mark and with either line end. Excel in some
//!   languages separates by semicolons and writes numbers with a comma: both are understood, and so are tabs.
//!
//! Read what [`write`] wrote, and it is the same, but for an assessment in which nothing was said: it has no row.
//!
//! # Formulas
//! A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula: at best it shows `#NAME?` for
//! somebody's list, at worst it runs what a stranger wrote. [`write`] puts an apostrophe before such text (spreadsheets'
//! own sign for “this is text”) and [`read`] takes one such apostrophe away. Text that already begins with apostrophes
//! before such a sign gets one more, so that nothing is lost either way.

mod cells;
mod checks;
mod gather;
mod practice;
mod records;
mod sheet;
#[cfg(test)]
mod tests;

pub use practice::slug_of;
pub use records::{read_records, read_records_json, write_records, write_records_json};

use cells::{Cells, Column, NAMES};
use framework::{exchange::Exchanged, library::Library};
use gather::{Gather, Place};
use serde::{Serialize, de::DeserializeOwned};
use sheet::{Columns, Writer};
use std::fmt;

/// The most problems that are listed; the last line then says how many more there are.
pub const MOST_PROBLEMS: usize = 200;

/// Something in a file that cannot be taken, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Problem {
    /// The line of the file on which the row starts, from 1; nothing for JSON and for the file as a whole.
    pub line: Option<usize>,
    /// The column's name.
    pub column: Option<&'static str>,
    /// A sentence for the person.
    pub message: String,
}

impl Problem {
    fn whole(message: impl Into<String>) -> Problem {
        Problem {
            line: None,
            column: None,
            message: message.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.column) {
            (Some(line), Some(column)) => write!(f, "line {line}, {column}: {}", self.message),
            (Some(line), None) => write!(f, "line {line}: {}", self.message),
            (None, Some(column)) => write!(f, "{column}: {}", self.message),
            (None, None) => f.write_str(&self.message),
        }
    }
}

/// Reads a CSV file of assessments, by Practice and cycle.
///
/// # Errors
/// Every problem in the file by line, at most [`MOST_PROBLEMS`] and one that counts the others.
pub fn read(library: &Library, bytes: &[u8]) -> Result<Vec<Exchanged>, Vec<Problem>> {
    let mut gather = Gather::new(library);
    let text = sheet::decode(bytes).map_err(|problem| vec![problem])?;
    let columns = Columns {
        all: NAMES,
        needed: &Column::NEEDED.map(Column::name),
        each: "criterion",
    };
    let table = sheet::read(text, &columns)?;
    for (line, row) in table.rows {
        gather.row(Place::Line(line), &Cells::of_row(row), table.decimal);
    }
    gather.refuse(table.problems);
    gather.finish()
}

/// Writes assessments as a CSV file: by Practice and cycle, criteria in the order of their version, the same bytes for
/// the same content in any order. Begins with a byte order mark, so that Excel reads ŵ and ŷ right.
pub fn write(groups: &[Exchanged], library: &Library) -> Vec<u8> {
    let mut out = Writer::new(NAMES);
    for group in sorted(groups) {
        for (criterion, entry) in in_order(group, library) {
            out.row(Cells::of(group, criterion, entry).iter());
        }
    }
    out.finish()
}

/// Reads assessments from JSON, by Practice and cycle, under the same rules as [`read`].
///
/// # Errors
/// The first place that is not JSON of this form, or every problem in what it says.
pub fn read_json(library: &Library, bytes: &[u8]) -> Result<Vec<Exchanged>, Vec<Problem>> {
    let groups: Vec<Exchanged> = json(bytes, "assessments")?;
    let mut gather = Gather::new(library);
    for group in &groups {
        for (criterion, entry) in &group.entries {
            let place = Place::Named(format!("{} {} {criterion}", group.practice.slug, group.cycle));
            gather.row(place, &Cells::of(group, criterion, entry), '.');
        }
    }
    gather.finish()
}

/// Writes assessments as JSON, the same content in the same order as [`write`], but for the order of criteria, which is
/// that of their ids.
pub fn write_json(groups: &[Exchanged]) -> Vec<u8> {
    pretty(&sorted(groups))
}

/// A JSON export of many of something.
fn json<T: DeserializeOwned>(bytes: &[u8], many: &str) -> Result<T, Vec<Problem>> {
    serde_json::from_slice(bytes).map_err(|error| {
        vec![Problem {
            line: Some(error.line()).filter(|line| *line > 0),
            column: None,
            message: format!("This is not a JSON export of {many}: {error}."),
        }]
    })
}

fn pretty(value: &impl Serialize) -> Vec<u8> {
    let mut out = serde_json::to_vec_pretty(value).expect("plain values with text keys are always JSON");
    out.push(b'\n');
    out
}

/// The problems in the order of their lines, at most [`MOST_PROBLEMS`] and one that counts the others.
fn listed(mut problems: Vec<Problem>) -> Vec<Problem> {
    problems.sort();
    let more = problems.len().saturating_sub(MOST_PROBLEMS);
    problems.truncate(MOST_PROBLEMS);
    if more > 0 {
        problems.push(Problem::whole(format!("And {more} more. Correct these first.")));
    }
    problems
}

fn sorted(groups: &[Exchanged]) -> Vec<&Exchanged> {
    let mut groups: Vec<&Exchanged> = groups.iter().collect();
    groups.sort_by_key(|group| (&group.practice.slug, &group.cycle));
    groups
}

type Said<'g> = (&'g framework::ids::CriterionId, &'g framework::assessment::Entry);

fn in_order<'g>(group: &'g Exchanged, library: &Library) -> Vec<Said<'g>> {
    let framework = library.version(&group.version);
    let mut said: Vec<Said> = group.entries.iter().collect();
    // a stable sort: criteria that the version does not have stay by id, after the others
    said.sort_by_cached_key(|(id, _)| framework.and_then(|f| f.position(id)).unwrap_or(usize::MAX));
    said
}
