//! The CSV file itself: bytes to rows and back.

use super::{At, Problem};
use crate::formula::{guarded, unguarded};

const SAVE_AS: &str = "In Excel choose File, Save As, “CSV UTF-8 (Comma delimited)”, and send that file.";

/// Returns the text of a file, without a byte order mark.
pub(super) fn decode(bytes: &[u8]) -> Result<&str, Problem> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(Problem::whole(format!("This is a workbook, not a CSV file. {SAVE_AS}")));
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(Problem::whole(format!("The file is UTF-16 text. {SAVE_AS}")));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| Problem {
        at: bytes.get(..error.valid_up_to()).map(|good| {
            let line = line_ends(good) + 1;
            At { line, row: line }
        }),
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
    /// Where each row starts, and its cells in the order of [`Columns::all`]; empty where there is no such column.
    pub(super) rows: Vec<(At, Vec<String>)>,
    /// The rows that have more or fewer cells than columns.
    pub(super) problems: Vec<Problem>,
}

/// Reads every row.
///
/// # Errors
/// When the file or its row of column names is such that no row can be read.
pub(super) fn read(text: &str, wanted: &Columns) -> Result<Table, Vec<Problem>> {
    let Dialect { text, delimiter, line } = dialect(text);
    let reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut rows = Rows::new(reader, text, line).filter(|row| row.cells.iter().any(|cell| !cell.trim().is_empty()));
    let empty = || {
        vec![Problem::whole(format!(
            "The file is empty. It needs a row of column names and a row for each {}.",
            wanted.each
        ))]
    };
    let names = rows.next().ok_or_else(empty)?;
    let columns = header(names.at, &names.cells, wanted)?;
    let mut table = Table {
        decimal: if delimiter == b';' { ',' } else { '.' },
        rows: Vec::new(),
        problems: Vec::new(),
    };
    for row in rows {
        if let Err(message) = fits(&row, &columns, wanted) {
            let (at, column) = (Some(row.at), None);
            table.problems.push(Problem { at, column, message });
            continue;
        }
        let mut cells = vec![String::new(); wanted.all.len()];
        for (place, cell) in columns.iter().zip(&row.cells) {
            cells[*place] = unguarded(cell.trim());
        }
        table.rows.push((row.at, cells));
    }
    Ok(table)
}

/// How a file parts its cells.
struct Dialect<'t> {
    /// What comes after the line about the separator.
    text: &'t str,
    delimiter: u8,
    /// The line on which that begins.
    line: usize,
}

/// Returns the separator that the first line names as `sep=;`, which Excel reads and does not show; or else the one that the row of names
/// has most of, since names hold none.
fn dialect(text: &str) -> Dialect<'_> {
    let end = text.find(['\n', '\r']).unwrap_or(text.len());
    let (first, rest) = text.split_at(end);
    let first = first.trim_matches([' ', '"']);
    let named = first.get(..4).filter(|start| start.eq_ignore_ascii_case("sep="));
    if let (Some(_), &[delimiter]) = (named, first.as_bytes().get(4..).unwrap_or_default()) {
        let rest = rest.strip_prefix('\r').unwrap_or(rest);
        let text = rest.strip_prefix('\n').unwrap_or(rest);
        return Dialect {
            text,
            delimiter,
            line: 2,
        };
    }
    let names = text.trim_start().lines().next().unwrap_or_default();
    let count = |delimiter: &u8| names.bytes().filter(|byte| byte == delimiter).count();
    // the last of equals wins: the comma where there is none at all
    let delimiter = [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',');
    Dialect {
        text,
        delimiter,
        line: 1,
    }
}

/// Refuses a row that has more cells than columns, or fewer. Excel leaves out empty cells at the end of rows: such a row is
/// whole as long as no needed column is among them.
fn fits(row: &Row, columns: &[usize], wanted: &Columns) -> Result<(), String> {
    let (cells, all) = (row.cells.len(), columns.len());
    let surplus = row.cells.iter().skip(all).any(|cell| !cell.trim().is_empty());
    // quoted text has two marks, and two more for each one in it
    let stands_open = cells < all && row.raw.matches('"').count() % 2 == 1;
    if surplus || stands_open {
        return Err(format!(
            "This row has {cells} cells, but there are {all} columns. Look for text with a comma or a line break \
             that is not in quotation marks, or for a quotation mark that is not closed."
        ));
    }
    let is_needed = |place: &&usize| wanted.needed.contains(&wanted.all[**place]);
    match columns.iter().skip(cells).find(is_needed) {
        None => Ok(()),
        Some(place) => Err(format!(
            "This row has {cells} cells, but there are {all} columns. It ends before “{}”, which every row needs.",
            wanted.all[*place]
        )),
    }
}

/// Returns which of the wanted columns the row of names has at each place.
fn header(at: At, names: &csv::StringRecord, wanted: &Columns) -> Result<Vec<usize>, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut say = |column, message| {
        problems.push(Problem {
            at: Some(at),
            column,
            message,
        })
    };
    let named = names.iter().enumerate().filter(|(_, name)| !name.trim().is_empty());
    let last = named.last().map_or(0, |(at, _)| at + 1);
    let (mut columns, mut unknown) = (Vec::new(), Vec::new());
    for (number, name) in (1..).zip(names.iter().take(last)) {
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
            None if plain.is_empty() => say(None, format!("Column {number} has no name. Name or remove it.")),
            None if unknown.contains(&name.trim()) => {}
            None => unknown.push(name.trim()),
        }
    }
    for name in wanted.needed {
        if !columns.iter().any(|place| wanted.all[*place] == *name) {
            say(Some(*name), "This column is missing. Add it.".to_owned());
        }
    }
    if !unknown.is_empty() {
        let there = if unknown.len() == 1 {
            "There is no column"
        } else {
            "There are no columns"
        };
        let (unknown, known) = (unknown.join("”, “"), wanted.all.join(", "));
        let message = format!("{there} “{unknown}”. The columns are: {known}.");
        let (at, column) = (Some(at), None);
        problems.insert(0, Problem { at, column, message });
    }
    if problems.is_empty() {
        Ok(columns)
    } else {
        Err(problems)
    }
}

/// One row of a file.
struct Row<'t> {
    at: At,
    /// As the file has it, and perhaps line ends behind it.
    raw: &'t str,
    cells: csv::StringRecord,
}

/// The rows of a file, each with the line on which it starts, counted as an editor does, and its number in a spreadsheet.
struct Rows<'t> {
    reader: csv::Reader<&'t [u8]>,
    text: &'t str,
    /// Where the row before starts, in bytes and as told.
    from: usize,
    at: At,
    /// The line ends within the cells of the row before, which a spreadsheet does not count.
    within: usize,
}

impl<'t> Rows<'t> {
    fn new(reader: csv::Reader<&'t [u8]>, text: &'t str, line: usize) -> Rows<'t> {
        Rows {
            reader,
            text,
            from: 0,
            at: At { line, row: 1 },
            within: 0,
        }
    }
}

impl<'t> Iterator for Rows<'t> {
    type Item = Row<'t>;

    fn next(&mut self) -> Option<Row<'t>> {
        let position = |reader: &csv::Reader<&[u8]>| usize::try_from(reader.position().byte()).ok();
        let given = position(&self.reader)?;
        let mut cells = csv::StringRecord::new();
        // the text is UTF-8, lengths are free, memory does not fail
        if !self.reader.read_record(&mut cells).ok()? {
            return None;
        }
        // the reader's position may lie before the end of the line before, and before empty lines
        let is_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
        let bytes = self.text.as_bytes();
        let start = given + bytes.get(given..)?.iter().take_while(|byte| is_end(byte)).count();
        let passed = line_ends(bytes.get(self.from..start)?);
        self.at.line += passed;
        self.at.row += passed.saturating_sub(self.within);
        self.within = cells.iter().map(|cell| line_ends(cell.as_bytes())).sum();
        self.from = start;
        let raw = self.text.get(start..position(&self.reader)?)?;
        let at = self.at;
        Some(Row { at, raw, cells })
    }
}

/// Line ends: `\n`, `\r\n` and a lone `\r`.
fn line_ends(bytes: &[u8]) -> usize {
    let lone = |(at, byte): (usize, &u8)| *byte == b'\r' && bytes.get(at + 1) != Some(&b'\n');
    let ends = bytes.iter().filter(|byte| **byte == b'\n').count();
    ends + bytes.iter().enumerate().filter(|pair| lone(*pair)).count()
}

/// Writes rows.
pub(super) struct Writer(csv::Writer<Vec<u8>>);

impl Writer {
    /// Returns a file with its row of column names.
    pub(super) fn new(names: &[&str]) -> Writer {
        let mut builder = csv::WriterBuilder::new();
        builder.terminator(csv::Terminator::CRLF);
        let mut writer = Writer(builder.from_writer("\u{feff}".as_bytes().to_vec()));
        writer.row(names.iter().copied());
        writer
    }

    /// Adds a row, which has a cell for each column.
    pub(super) fn row<'c>(&mut self, cells: impl Iterator<Item = &'c str>) {
        self.0
            .write_record(cells.map(guarded))
            .expect("memory takes all that is written, and every row has all columns");
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.0.into_inner().expect("memory takes all that is written")
    }
}
