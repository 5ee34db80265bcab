//! The CSV file itself: bytes to rows and back.

use super::{
    Problem,
    cells::{Cells, Column},
    gather::{Gather, Place},
};

const SAVE_AS: &str = "In Excel choose File, Save As, “CSV UTF-8 (Comma delimited)”, and send that file.";

/// The text of a file, without a byte order mark.
pub(super) fn decode(bytes: &[u8]) -> Result<&str, Problem> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(Problem::whole(format!("This is a workbook, not a CSV file. {SAVE_AS}")));
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(Problem::whole(format!("The file is UTF-16 text. {SAVE_AS}")));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| Problem {
        line: bytes.get(..error.valid_up_to()).map(|good| Lines::count(good) + 1),
        column: None,
        message: format!("A letter here is not UTF-8; ŵ, é or £ would come out wrong. {SAVE_AS}"),
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Gives every row to `gather`.
///
/// # Errors
/// When the file or its row of column names is such that no row can be read.
pub(super) fn read(text: &str, gather: &mut Gather) -> Result<(), Vec<Problem>> {
    let delimiter = delimiter(text);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut lines = Lines::new(text);
    let mut records = reader.records().filter_map(|record| {
        let record = record.ok()?; // the text is UTF-8, lengths are free, memory does not fail
        let line = lines.of(&record);
        record
            .iter()
            .any(|cell| !cell.trim().is_empty())
            .then_some((line, record))
    });
    let empty = || {
        vec![Problem::whole(
            "The file is empty. It needs a row of column names and a row for each criterion.",
        )]
    };
    let (line, names) = records.next().ok_or_else(empty)?;
    let columns = header(line, &names)?;
    let decimal = if delimiter == b';' { ',' } else { '.' };
    for (line, record) in records {
        let extra = record.iter().skip(columns.len()).any(|cell| !cell.trim().is_empty());
        if extra || record.len() < columns.len() {
            gather.wrong_length(line, record.len(), columns.len());
            continue;
        }
        let mut cells = Cells::default();
        for (column, cell) in columns.iter().zip(&record) {
            cells.set(*column, without_guard(cell).to_owned());
        }
        gather.row(Place::Line(line), &cells, decimal);
    }
    Ok(())
}

/// The columns of the row of names.
fn header(line: usize, names: &csv::StringRecord) -> Result<Vec<Column>, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut say = |column, message| {
        problems.push(Problem {
            line: Some(line),
            column,
            message,
        })
    };
    let named = names.iter().enumerate().filter(|(_, name)| !name.trim().is_empty());
    let last = named.last().map_or(0, |(at, _)| at + 1);
    let mut columns = Vec::new();
    for (place, name) in names.iter().take(last).enumerate() {
        match Column::of(name) {
            Some(column) if columns.contains(&column) => {
                say(
                    Some(column.name()),
                    "This column is there twice. Remove one.".to_owned(),
                );
            }
            Some(column) => columns.push(column),
            None if name.trim().is_empty() => {
                say(None, format!("Column {} has no name. Name or remove it.", place + 1))
            }
            None => say(
                None,
                format!(
                    "There is no column “{}”. The columns are: {}.",
                    name.trim(),
                    all_names()
                ),
            ),
        }
    }
    for column in Column::ALL
        .iter()
        .filter(|column| column.needed() && !columns.contains(column))
    {
        say(Some(column.name()), "This column is missing. Add it.".to_owned());
    }
    if problems.is_empty() {
        Ok(columns)
    } else {
        Err(problems)
    }
}

fn all_names() -> String {
    Column::ALL
        .iter()
        .map(|column| column.name())
        .collect::<Vec<_>>()
        .join(", ")
}

/// The delimiter that the row of names has most of; names hold none.
fn delimiter(text: &str) -> u8 {
    let header = text.trim_start().lines().next().unwrap_or_default();
    let count = |delimiter: &u8| header.bytes().filter(|byte| byte == delimiter).count();
    // the last of equals wins: the comma where there is none at all
    [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

/// Line numbers of records, counted as an editor does.
struct Lines<'t> {
    text: &'t [u8],
    at: usize,
    line: usize,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str) -> Lines<'t> {
        Lines {
            text: text.as_bytes(),
            at: 0,
            line: 1,
        }
    }

    /// The line on which a record starts; records come in order.
    fn of(&mut self, record: &csv::StringRecord) -> usize {
        let given = record
            .position()
            .and_then(|p| usize::try_from(p.byte()).ok())
            .unwrap_or(self.at);
        let rest = self.text.get(given..).unwrap_or_default();
        // the reader's position may lie before the end of the line before, and before empty lines
        let start = given + rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        self.line += Lines::count(self.text.get(self.at..start).unwrap_or_default());
        self.at = self.at.max(start);
        self.line
    }

    /// Line ends: `\n`, `\r\n` and a lone `\r`.
    fn count(bytes: &[u8]) -> usize {
        let lone = |(at, byte): (usize, &u8)| *byte == b'\r' && bytes.get(at + 1) != Some(&b'\n');
        let ends = bytes.iter().filter(|byte| **byte == b'\n').count();
        ends + bytes.iter().enumerate().filter(|pair| lone(*pair)).count()
    }
}

/// Would a spreadsheet take the text for a formula, but for apostrophes before it?
fn like_a_formula(text: &str) -> bool {
    text.trim_start_matches('\'')
        .starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

fn without_guard(cell: &str) -> &str {
    let text = cell.trim();
    text.strip_prefix('\'').filter(|_| like_a_formula(text)).unwrap_or(text)
}

/// Writes rows.
pub(super) struct Writer(csv::Writer<Vec<u8>>);

impl Writer {
    /// A file with its row of column names.
    pub(super) fn new() -> Writer {
        let mut builder = csv::WriterBuilder::new();
        builder.terminator(csv::Terminator::CRLF);
        let mut writer = Writer(builder.from_writer("\u{feff}".as_bytes().to_vec()));
        writer.record(Column::ALL.iter().map(|column| column.name().to_owned()));
        writer
    }

    pub(super) fn row(&mut self, cells: &Cells) {
        self.record(cells.iter().map(|text| {
            let guard = if like_a_formula(text) { "'" } else { "" };
            format!("{guard}{text}")
        }));
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.0.into_inner().expect("memory takes all that is written")
    }

    fn record(&mut self, fields: impl Iterator<Item = String>) {
        self.0
            .write_record(fields)
            .expect("memory takes all that is written, and every row has all columns");
    }
}
