//! Tables as an Excel workbook: a worksheet each, cells by their type, the same bytes for the same tables.

use super::{
    height,
    table::{Cell, Heading, Sheet},
};
use crate::{
    formula::begins_like_one,
    palette::{self, Colour, Fill},
};
use framework::{rating::Rating, score::at_least, shown::Kind};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, IgnoreError, Workbook, Worksheet, XlsxError,
};
use std::borrow::Cow;
use time::{Date, macros::date};

/// The most rows that a worksheet holds under its header.
const MOST_ROWS: usize = 1_048_575;

/// The most characters that a cell holds, in UTF-16.
const MOST_CHARACTERS: usize = 32_767;

/// What stands at the end of a text that is too long for a cell.
const CUT: &str = " … (cut here: a cell holds no more. The JSON file has the whole text.)";

/// The day from which spreadsheets count, for days since March 1900.
const DAY_0: Date = date!(1899 - 12 - 30);

/// A4, in Excel's numbers.
const A4: u8 = 9;

/// How many rows are made as high as their text: the writer keeps half a kilobyte in memory for each.
const RAISED: u32 = 10_000;

/// How large sheets are printed, in per cent: most are wider than a page.
const PRINTED: u16 = 60;

/// Returns a workbook of tables. Rows go to a temporary file as they are made, so that memory does not grow with their number.
pub(super) fn workbook(title: &str, sheets: Vec<Sheet<'_>>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // a file made of the same facts is the same file: it bears no time of its own
    let properties = DocProperties::new().set_title(title).set_author("Pause fidelity");
    workbook.set_properties(&properties.set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    let looks = Looks::new();
    for sheet in sheets {
        worksheets(&mut workbook, &looks, sheet, MOST_ROWS)?;
    }
    workbook.save_to_buffer()
}

/// Returns a table as a worksheet; one of more than `most` rows goes on in a second one, `Moved 2`.
fn worksheets(workbook: &mut Workbook, looks: &Looks, sheet: Sheet<'_>, most: usize) -> Result<(), XlsxError> {
    let mut rows = sheet.rows.peekable();
    for part in 1.. {
        let written = workbook.add_worksheet_with_low_memory()?;
        written.set_name(match part {
            1 => sheet.name.to_owned(),
            _ => format!("{} {part}", sheet.name),
        })?;
        worksheet(written, looks, &sheet.headings, rows.by_ref().take(most))?;
        if rows.peek().is_none() {
            break;
        }
    }
    Ok(())
}

fn worksheet<'a>(
    sheet: &mut Worksheet,
    looks: &Looks,
    headings: &[Heading],
    rows: impl Iterator<Item = Vec<Cell<'a>>>,
) -> Result<(), XlsxError> {
    for (column, heading) in (0..).zip(headings) {
        sheet.set_column_width(column, heading.width.characters())?;
        sheet.write_string_with_format(0, column, &heading.name, &looks.header)?;
    }
    // an arrow to filter by stands in the corner
    let names = headings
        .iter()
        .map(|heading| (heading.name.as_str(), heading.width.characters() - 3.0));
    raise(sheet, 0, names)?;
    let mut last = 0;
    for (row, cells) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(&cells) {
            looks.write(sheet, (row, column), cell)?;
        }
        let cells = cells.iter().zip(headings);
        raise(
            sheet,
            row,
            cells.filter_map(|(cell, heading)| Some((cell.as_text()?, heading.width.characters()))),
        )?;
        last = row;
    }
    let last_column = u16::try_from(headings.len().saturating_sub(1)).unwrap_or(u16::MAX);
    sheet.autofilter(0, 0, last, last_column)?;
    // cycles and versions are names, whatever they look like
    sheet.ignore_error_range(0, 0, last, last_column, IgnoreError::NumberStoredAsText)?;
    sheet.set_freeze_panes(1, 1)?;
    sheet.set_paper_size(A4).set_landscape().set_print_scale(PRINTED);
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_repeat_columns(0, 0)?;
    Ok(())
}

/// Makes a row high enough for its texts, each with the width of its column; later rows are left to the spreadsheet.
fn raise<'a>(sheet: &mut Worksheet, row: u32, texts: impl Iterator<Item = (&'a str, f64)>) -> Result<(), XlsxError> {
    let height = if row < RAISED { height::of(texts) } else { None };
    if let Some(height) = height {
        sheet.set_row_height(row, height)?;
    }
    Ok(())
}

/// How cells look, by what they hold.
struct Looks {
    header: Format,
    text: Format,
    /// Text that a spreadsheet would take for a formula if somebody edited it.
    quoted: Format,
    whole: Format,
    /// With two decimals, or more where fewer would show a limit that the figure does not reach.
    number: [Format; FINEST],
    change: [Format; FINEST],
    step: Format,
    share: [Format; FINEST],
    day: Format,
    levels: [Format; 5],
}

impl Looks {
    fn new() -> Looks {
        let top = Format::new().set_align(FormatAlign::Top);
        // a little away from the figure before it
        let text = top.clone().set_align(FormatAlign::Left).set_indent(1).set_text_wrap();
        let shown = |format: &str| top.clone().set_num_format(format);
        let finer = |format: &dyn Fn(String) -> String| std::array::from_fn(|more| shown(&format("0".repeat(more))));
        let level = |rating: Rating| {
            let fill = Fill::level(rating.level()).colour().unwrap_or(palette::PAPER);
            shown("0")
                .set_align(FormatAlign::Center)
                .set_background_color(colour(fill))
        };
        Looks {
            header: text
                .clone()
                .set_bold()
                .set_font_color(colour(palette::PAPER))
                .set_background_color(colour(palette::TEAL_DEEP)),
            quoted: text.clone().set_quote_prefix(),
            text,
            whole: shown("0"),
            number: finer(&|zeros| format!("0.00{zeros}")),
            change: finer(&|zeros| format!("+0.00{zeros};-0.00{zeros};0.00{zeros}")),
            step: shown("+0;-0;0"),
            share: finer(&|zeros| format!("0.0{zeros}%")),
            day: shown("d mmmm yyyy"),
            levels: Rating::ALL.map(level),
        }
    }

    fn write(&self, sheet: &mut Worksheet, (row, column): (u32, u16), cell: &Cell<'_>) -> Result<(), XlsxError> {
        let mut number =
            |value: f64, look: &Format| sheet.write_number_with_format(row, column, value, look).map(|_| ());
        match cell {
            Cell::None => Ok(()),
            Cell::Whole(n) => number(*n as f64, &self.whole),
            Cell::Number(figure) => number(*figure, &self.number[more_decimals(*figure, Kind::Score, 2)]),
            Cell::Change(figure) => number(*figure, &self.change[more_decimals(*figure, Kind::Drift, 2)]),
            Cell::Step(levels) => number(f64::from(*levels), &self.step),
            Cell::Share(share) => number(*share, &self.share[more_decimals(*share * 100.0, Kind::Share, 1)]),
            Cell::Level(rating) => number(f64::from(rating.level()), &self.levels[rating.index()]),
            Cell::Day(day) => number((*day - DAY_0).whole_days() as f64, &self.day),
            Cell::Text(text) => {
                let look = if begins_like_one(text) {
                    &self.quoted
                } else {
                    &self.text
                };
                sheet.write_string_with_format(row, column, fitting(text), look)?;
                Ok(())
            }
        }
    }
}

/// The finest of the formats has so many decimals more than the coarsest, and one.
const FINEST: usize = 5;

/// Returns how many more decimals than `usual` a figure needs, so that the spreadsheet's rounding shows no limit that it does not reach.
fn more_decimals(figure: f64, kind: Kind, usual: usize) -> usize {
    let crosses = |more: usize| {
        let scale = 10_f64.powi((usual + more) as i32);
        let shown = (figure.abs() * scale).round() / scale;
        let reaches = |limit: &f64| shown >= *limit && !at_least(figure.abs(), *limit);
        kind.limits().iter().any(reaches)
    };
    (0..FINEST - 1).find(|more| !crosses(*more)).unwrap_or(FINEST - 1)
}

/// Returns the text, or as much of it as a cell holds.
fn fitting(text: &str) -> Cow<'_, str> {
    let units = |text: &str| text.encode_utf16().count();
    if text.len() <= MOST_CHARACTERS || units(text) <= MOST_CHARACTERS {
        return Cow::Borrowed(text);
    }
    let room = MOST_CHARACTERS - units(CUT);
    let mut used = 0;
    let end = text.char_indices().find(|(_, letter)| {
        used += letter.len_utf16();
        used > room
    });
    Cow::Owned(format!("{}{CUT}", &text[..end.map_or(text.len(), |(at, _)| at)]))
}

fn colour(Colour(red, green, blue): Colour) -> Color {
    Color::RGB(u32::from_be_bytes([0, red, green, blue]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::table::{Table, Width};
    use calamine::{Reader, Xlsx, open_workbook_from_rs};
    use std::io::Cursor;

    #[test]
    fn a_text_is_cut_only_where_a_cell_does_not_hold_it_and_says_so() {
        let most = MOST_CHARACTERS;
        for (text, whole) in [
            ("a".repeat(most), true),
            ("ŵ".repeat(most), true),
            ("🌱".repeat(most / 2), true),
            ("a".repeat(most + 1), false),
            ("🌱".repeat(most / 2 + 1), false),
        ] {
            let written = fitting(&text);
            assert_eq!(written == text, whole);
            assert_eq!(written.ends_with(CUT), !whole);
            let units = written.encode_utf16().count();
            assert!(
                units <= most && units + 2 >= text.encode_utf16().count().min(most),
                "{units}"
            );
        }
    }

    #[test]
    fn a_table_that_is_too_long_for_a_worksheet_goes_on_in_the_next() {
        for (rows, sheets) in [(0, &["Rows"][..]), (2, &["Rows"]), (5, &["Rows", "Rows 2", "Rows 3"])] {
            let table = Table::of(0..rows).column("Row", Width::Narrow, "", |row| Cell::Whole(*row));
            let mut workbook = Workbook::new();
            worksheets(&mut workbook, &Looks::new(), table.named("Rows", ""), 2).unwrap();
            let bytes = workbook.save_to_buffer().unwrap();
            let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
            assert_eq!(book.sheet_names(), sheets);
            let ranges = book.worksheets().into_iter().flat_map(|(_, range)| {
                let cells = range.rows().map(|row| row[0].to_string());
                cells.collect::<Vec<_>>()
            });
            let cells: Vec<String> = ranges.filter(|cell| cell != "Row").collect();
            assert_eq!(cells, (0..rows).map(|row| row.to_string()).collect::<Vec<_>>());
        }
    }
}
