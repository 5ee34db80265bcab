//! Records of the flat kinds (adaptations, actions, support, evidence) as CSV and JSON: one way for all of them.
//!
//! Columns are the fields of the kind's [`Row`], in any order; those without which no record can be read must be there. A
//! record in JSON is an object with the same fields, all of them text.

use super::{
    Problem, json, listed, pretty,
    sheet::{self, Columns, Writer},
};
use framework::exchange::{Placed, Record, Row};

/// Reads a CSV file of records, in its order.
///
/// # Errors
/// Every problem in the file by line, at most [`super::MOST_PROBLEMS`] and one that counts the others.
pub fn read_records<R: Record>(bytes: &[u8]) -> Result<Vec<Placed<R>>, Vec<Problem>> {
    let text = sheet::decode(bytes).map_err(|problem| vec![problem])?;
    let columns = Columns {
        all: R::Row::COLUMNS,
        needed: &needed::<R>(),
        each: "record",
    };
    let table = sheet::read(text, &columns)?;
    let (mut read, mut problems) = (Vec::new(), table.problems);
    for (at, cells) in table.rows {
        match R::read(&R::Row::from_cells(cells)) {
            Ok(record) => read.push(Placed {
                place: at.to_string(),
                record,
            }),
            Err(errors) => problems.extend(errors.into_iter().map(|error| Problem {
                at: Some(at),
                column: Some(error.field),
                message: error.message,
            })),
        }
    }
    whole(read, problems)
}

/// Reads records from JSON under the same rules.
///
/// # Errors
/// The first place that is not JSON of this form, or every problem in what it says.
pub fn read_records_json<R: Record>(bytes: &[u8]) -> Result<Vec<Placed<R>>, Vec<Problem>> {
    let rows: Vec<R::Row> = json(bytes, R::MANY)?;
    let (mut read, mut problems) = (Vec::new(), Vec::new());
    for (at, row) in rows.iter().enumerate() {
        let place = format!("record {}", at + 1);
        match R::read(row) {
            Ok(record) => read.push(Placed { place, record }),
            Err(errors) => problems.extend(errors.into_iter().map(|error| Problem {
                at: None,
                column: Some(error.field),
                message: format!("{place}: {}", error.message),
            })),
        }
    }
    whole(read, problems)
}

/// Writes records as a CSV file, in the order given. Begins with a byte order mark, so that Excel reads ŵ and ŷ right.
pub fn write_records<R: Record>(records: &[R]) -> Vec<u8> {
    let mut out = Writer::new(R::Row::COLUMNS);
    for record in records {
        out.row(record.row().cells().into_iter());
    }
    out.finish()
}

/// Writes records as JSON, in the order given.
pub fn write_records_json<R: Record>(records: &[R]) -> Vec<u8> {
    pretty(&records.iter().map(R::row).collect::<Vec<_>>())
}

/// Returns the columns that a file must have: those for which an empty row is refused.
fn needed<R: Record>() -> Vec<&'static str> {
    let refused = R::read(&R::Row::default()).err().unwrap_or_default();
    let is_needed = |column: &&&'static str| refused.iter().any(|error| error.field == **column);
    R::Row::COLUMNS.iter().filter(is_needed).copied().collect()
}

fn whole<R>(read: Vec<Placed<R>>, problems: Vec<Problem>) -> Result<Vec<Placed<R>>, Vec<Problem>> {
    if problems.is_empty() {
        Ok(read)
    } else {
        Err(listed(problems))
    }
}
