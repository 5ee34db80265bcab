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
//! A first line `sep=;` names the separator, as Excel understands it. Cells that are left out at the end of a row are empty.
//!
//! # Formulas
//! [`write`] puts an apostrophe before what a spreadsheet would take for a formula, and [`read`] takes it away again: see
//! `formula`. Text that has an apostrophe there gets one more, so that nothing is lost either way.

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
use framework::{
    criteria::Framework,
    exchange::Exchanged,
    identify::{Finding, Kinds, Piece, kinds, pieces},
    ids::{CriterionId, CycleId, PracticeSlug},
    library::Library,
};
use gather::{Gather, RowOrigin};
use serde::{Serialize, de::DeserializeOwned};
use sheet::{Columns, Writer};
use std::fmt;

/// The most problems that are listed; the last line then says how many more there are.
pub const MOST_PROBLEMS: usize = 200;

/// Where a row of a CSV file starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct At {
    /// The line, as editors count, from 1.
    pub line: usize,
    /// The row, as spreadsheets count: a line break within a cell begins none.
    pub row: usize,
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let At { line, row } = self;
        write!(f, "line {line}")?;
        if row == line {
            Ok(())
        } else {
            write!(f, " (row {row} in Excel)")
        }
    }
}

/// Something in a file that cannot be taken, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Problem {
    /// Where the row starts; nothing for JSON and for the file as a whole.
    pub at: Option<At>,
    /// The column's name.
    pub column: Option<&'static str>,
    /// A sentence for the person.
    pub message: String,
}

impl Problem {
    fn whole(message: impl Into<String>) -> Problem {
        Problem {
            at: None,
            column: None,
            message: message.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.at, self.column) {
            (Some(at), Some(column)) => write!(f, "{at}, {column}: {}", self.message),
            (Some(at), None) => write!(f, "{at}: {}", self.message),
            (None, Some(column)) => write!(f, "{column}: {}", self.message),
            (None, None) => f.write_str(&self.message),
        }
    }
}

/// What a file of assessments holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Incoming {
    /// The assessments, by Practice and cycle.
    pub assessments: Vec<Exchanged>,
    /// The texts in which words seem to identify somebody, in the order of the file.
    pub identifying: Vec<Identifying>,
}

/// A text in which words seem to identify somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identifying {
    /// Where the file has it: `line 12 (row 9 in Excel)`.
    pub place: String,
    /// The column.
    pub column: &'static str,
    /// The Practice.
    pub practice: PracticeSlug,
    /// The cycle.
    pub cycle: CycleId,
    /// The criterion.
    pub criterion: CriterionId,
    /// The text.
    pub text: String,
    /// What was found in it.
    pub findings: Vec<Finding>,
}

impl Identifying {
    /// Returns how many findings there are of each kind.
    pub fn kinds(&self) -> Kinds {
        kinds(&self.findings)
    }

    /// Returns the findings with a little of what stands around.
    pub fn pieces(&self) -> Vec<Piece> {
        pieces(&self.text, &self.findings)
    }
}

/// `line 12, comment: “Ms Smith” (a name)`
impl fmt::Display for Identifying {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = |finding: &Finding| format!("“{}” ({})", finding.words(&self.text), finding.kind.words());
        let words: Vec<String> = self.findings.iter().map(word).collect();
        write!(f, "{}, {}: {}", self.place, self.column, words.join(", "))
    }
}

/// Reads a file of assessments, CSV or JSON, and looks through its texts.
///
/// # Errors
/// As of [`read`] and [`read_json`].
pub fn read_file(library: &Library, bytes: &[u8], is_json: bool) -> Result<Incoming, Vec<Problem>> {
    match is_json {
        true => gather_json(library, bytes)?.finish(),
        false => gather(library, bytes)?.finish(),
    }
}

/// Reads a CSV file of assessments, by Practice and cycle.
///
/// # Errors
/// Every problem in the file by line, at most [`MOST_PROBLEMS`] and one that counts the others.
pub fn read(library: &Library, bytes: &[u8]) -> Result<Vec<Exchanged>, Vec<Problem>> {
    Ok(gather(library, bytes)?.finish()?.assessments)
}

fn gather<'l>(library: &'l Library, bytes: &[u8]) -> Result<Gather<'l>, Vec<Problem>> {
    let mut gather = Gather::new(library);
    let text = sheet::decode(bytes).map_err(|problem| vec![problem])?;
    let columns = Columns {
        all: NAMES,
        needed: &Column::NEEDED.map(Column::name),
        each: "criterion",
    };
    let table = sheet::read(text, &columns)?;
    for (at, row) in table.rows {
        gather.row(RowOrigin::At(at), &Cells::of_row(row), table.decimal);
    }
    gather.refuse(table.problems);
    Ok(gather)
}

/// Returns a file to fill in: a row for each criterion of a version, and every column.
pub fn template(framework: &Framework) -> Vec<u8> {
    let mut out = Writer::new(NAMES);
    for criterion in &framework.criteria {
        let mut cells = Cells::default();
        cells.set(Column::Version, framework.version.to_string());
        cells.set(Column::Criterion, criterion.id.to_string());
        out.row(cells.iter());
    }
    out.finish()
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
    Ok(gather_json(library, bytes)?.finish()?.assessments)
}

fn gather_json<'l>(library: &'l Library, bytes: &[u8]) -> Result<Gather<'l>, Vec<Problem>> {
    let groups: Vec<Exchanged> = json(bytes, "assessments")?;
    let mut gather = Gather::new(library);
    for group in &groups {
        for (criterion, entry) in &group.entries {
            let place = RowOrigin::Named(format!("{} {} {criterion}", group.practice.slug, group.cycle));
            gather.row(place, &Cells::of(group, criterion, entry), '.');
        }
    }
    Ok(gather)
}

/// Writes assessments as JSON, the same content in the same order as [`write`], but for the order of criteria, which is
/// that of their ids.
pub fn write_json(groups: &[Exchanged]) -> Vec<u8> {
    pretty(&sorted(groups))
}

/// Returns a JSON export of many of something.
fn json<T: DeserializeOwned>(bytes: &[u8], many: &str) -> Result<T, Vec<Problem>> {
    serde_json::from_slice(bytes).map_err(|error| {
        vec![Problem {
            at: Some(error.line())
                .filter(|line| *line > 0)
                .map(|line| At { line, row: line }),
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

/// Returns the problems in the order of their lines, at most [`MOST_PROBLEMS`] and one that counts the others.
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
