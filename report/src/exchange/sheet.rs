//! The CSV file itself: bytes to rows and back.

use super::Problem;

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

/// The columns of a kind of file.
pub(super) struct Columns<'c> {
    /// All names, in the order in which rows are wanted.
    pub(super) all: &'c [&'static str],
    /// Those that must be there.
    pub(super) needed: &'c [&'static str],
    /// What a row is for.
    pub(super) each: &'c str,
}

/// What is in a file.
pub(super) struct Table {
    /// The sign before decimals.
    pub(super) decimal: char,
    /// The line on which each row starts, and its cells in the order of [`Columns::all`]; empty where there is no such
    /// column.
    pub(super) rows: Vec<(usize, Vec<String>)>,
    /// The rows that have more or fewer cells than columns.
    pub(super) problems: Vec<Problem>,
}

/// Reads every row.
///
/// # Errors
/// When the file or its row of column names is such that no row can be read.
pub(super) fn read(text: &str, wanted: &Columns) -> Result<Table, Vec<Problem>> {
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
        vec![Problem::whole(format!(
            "The file is empty. It needs a row of column names and a row for each {}.",
            wanted.each
        ))]
    };
    let (line, names) = records.next().ok_or_else(empty)?;
    let columns = header(line, &names, wanted)?;
    let mut table = Table {
        decimal: if delimiter == b';' { ',' } else { '.' },
        rows: Vec::new(),
        problems: Vec::new(),
    };
    for (line, record) in records {
        let extra = record.iter().skip(columns.len()).any(|cell| !cell.trim().is_empty());
        if extra || record.len() < columns.len() {
            table.problems.push(wrong_length(line, record.len(), columns.len()));
            continue;
        }
        let mut row = vec![String::new(); wanted.all.len()];
        for (place, cell) in columns.iter().zip(&record) {
            row[*place] = without_guard(cell).to_owned();
        }
        table.rows.push((line, row));
    }
    Ok(table)
}

/// A row with more or fewer cells than columns.
fn wrong_length(line: usize, cells: usize, columns: usize) -> Problem {
    let message = format!(
        "This row has {cells} cells, but there are {columns} columns. Look for text with a comma or a line break \
         that is not in quotation marks, or for a quotation mark that is not closed."
    );
    Problem {
        line: Some(line),
        column: None,
        message,
    }
}

/// Which of the wanted columns the row of names has at each place.
fn header(line: usize, names: &csv::StringRecord, wanted: &Columns) -> Result<Vec<usize>, Vec<Problem>> {
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
    for (at, name) in names.iter().take(last).enumerate() {
        // however it is spaced or capitalised
        let plain = name.trim().to_lowercase().replace([' ', '-'], "_");
        match wanted.all.iter().position(|known| *known == plain) {
            Some(place) if columns.contains(&place) => {
                say(
                    Some(wanted.all[place]),
                    "This column is there twice. Remove one.".to_owned(),
                );
            }
            Some(place) => columns.push(place),
            None if plain.is_empty() => say(None, format!("Column {} has no name. Name or remove it.", at + 1)),
            None => say(
                None,
                format!(
                    "There is no column “{}”. The columns are: {}.",
                    name.trim(),
                    wanted.all.join(", ")
                ),
            ),
        }
    }
    for name in wanted.needed {
        if !columns.iter().any(|place| wanted.all[*place] == *name) {
            say(Some(*name), "This column is missing. Add it.".to_owned());
        }
    }
    if problems.is_empty() {
        Ok(columns)
    } else {
        Err(problems)
    }
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
    pub(super) fn new(names: &[&str]) -> Writer {
        let mut builder = csv::WriterBuilder::new();
        builder.terminator(csv::Terminator::CRLF);
        let mut writer = Writer(builder.from_writer("\u{feff}".as_bytes().to_vec()));
        writer.row(names.iter().copied());
        writer
    }

    /// Adds a row, which has a cell for each column.
    pub(super) fn row<'c>(&mut self, cells: impl Iterator<Item = &'c str>) {
        let guarded = cells.map(|text| {
            let guard = if like_a_formula(text) { "'" } else { "" };
            format!("{guard}{text}")
        });
        self.0
            .write_record(guarded)
            .expect("memory takes all that is written, and every row has all columns");
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.0.into_inner().expect("memory takes all that is written")
    }
}
