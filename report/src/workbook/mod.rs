//! Reports as Excel workbooks: a worksheet for each table, cells by their type, at the end what every column means.

mod agreement;
mod columns;
mod criteria;
mod height;
mod national;
mod network;
mod plan;
mod practice;
mod regions;
mod summary;
mod table;
mod write;

use crate::say;
use framework::report::{NationalReport, PracticeReport};
use rust_xlsxwriter::XlsxError;
use summary::{Fact, fact, facts};
use table::{Cell, Sheet, Table, Width};

/// One Practice's report as a workbook; the same bytes for the same report.
///
/// # Errors
/// When there is no room for temporary files.
pub fn practice(report: &PracticeReport) -> Result<Vec<u8>, XlsxError> {
    let title = format!("{}, {}: fidelity report", report.practice.name, report.cycle);
    write::workbook(&title, book(&title, practice::facts(report), practice::sheets(report)))
}

/// Returns the national report as a workbook; the same bytes for the same report.
///
/// # Errors
/// When there is no room for temporary files.
pub fn national(report: &NationalReport) -> Result<Vec<u8>, XlsxError> {
    let title = format!("National fidelity report {}", report.cycle);
    write::workbook(&title, book(&title, national::facts(report), national::sheets(report)))
}

/// Returns the sheets between a first one that says what this is and a last one that says what everything in it means.
fn book<'a>(title: &'a str, about: Vec<Fact<'a>>, sheets: Vec<Sheet<'a>>) -> Vec<Sheet<'a>> {
    let definitions = definitions(&sheets);
    let contents = sheets.iter().map(|sheet| fact(sheet.name, Cell::text(sheet.about)));
    let purpose = "This report supports and improves. It does not pass, fail or rank: Practices are listed by name.";
    let mut lines = vec![
        fact("Report", Cell::text(title)),
        fact("What it is for", Cell::text(purpose)),
    ];
    lines.extend(about);
    lines.extend(contents.map(|line| line.named("Worksheet: ")));
    lines.push(fact("Worksheet: Definitions", Cell::text(DEFINITIONS)));
    let first = facts("About", "What this workbook is.", ("What", Width::Prose), lines);
    std::iter::once(first).chain(sheets).chain([definitions]).collect()
}

const DEFINITIONS: &str = "How to read the figures, and what every column means.";

/// How to read a cell, beside what the figures are.
const CELLS: [&str; 3] = [
    "Figures are unrounded. A cell shows a decimal or two of them, rounded by the spreadsheet, so that a score just below 4 may be shown as 4.00; its band is right.",
    "An empty cell has no figure; where there is a reason to give, a column beside it says why.",
    "A table that is too long for a worksheet goes on in the next one, whose name ends in 2.",
];

fn definitions<'a>(sheets: &[Sheet<'a>]) -> Sheet<'a> {
    let general = say::DEFINITIONS.into_iter().chain(CELLS);
    let general = general.map(|line| ["All".to_owned(), String::new(), line.to_owned()]);
    let columns = sheets.iter().flat_map(|sheet| {
        let headings = sheet.headings.iter();
        headings.map(|heading| [sheet.name.to_owned(), heading.name.clone(), heading.means.clone()])
    });
    let rows: Vec<[String; 3]> = general.chain(columns).collect();
    let word = |index: usize| move |row: &[String; 3]| Cell::words(row[index].clone());
    Table::of(rows)
        .column("Worksheet", Width::Name, "", word(0))
        .column("Column", Width::Line, "", word(1))
        .column("What it means", Width::Prose, "", word(2))
        .named("Definitions", DEFINITIONS)
}
