//! A report value as a file: the one place from which pages' downloads and the command line take their bytes.

use crate::{
    booklet,
    charts::PAPER,
    document::Document,
    html, national,
    network_view::{self, NetworkView},
    pdf, practice, workbook, years,
};
use framework::{
    criteria::Framework,
    report::{NationalReport, PracticeReport, PracticeYears},
};
use serde::Serialize;
use std::str::FromStr;
use thiserror::Error;

/// The formats a report can be had in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// To print and to send.
    Pdf,
    /// One page without anything beside it.
    Html,
    /// The rows, for spreadsheets.
    Csv,
    /// Every table, typed, for spreadsheets.
    Xlsx,
    /// Every figure, for programs.
    Json,
}

/// Why a file could not be made; never the fault of what is in the report.
#[derive(Debug, Error)]
pub enum OutputError {
    /// The PDF.
    #[error(transparent)]
    Pdf(#[from] pdf::PdfError),
    /// The workbook.
    #[error(transparent)]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    /// The JSON.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

impl Format {
    /// All five.
    pub const ALL: [Format; 5] = [Format::Pdf, Format::Html, Format::Csv, Format::Xlsx, Format::Json];

    /// Returns the word for it, which is also how files end: `pdf`.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Pdf => "pdf",
            Format::Html => "html",
            Format::Csv => "csv",
            Format::Xlsx => "xlsx",
            Format::Json => "json",
        }
    }

    /// Returns what a browser is told.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Pdf => "application/pdf",
            Format::Html => "text/html; charset=utf-8",
            Format::Csv => "text/csv; charset=utf-8",
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Format::Json => "application/json",
        }
    }
}

impl FromStr for Format {
    type Err = String;
    fn from_str(text: &str) -> Result<Format, String> {
        let known = Format::ALL.into_iter().find(|format| format.extension() == text);
        known.ok_or_else(|| format!("choose one of: {}", Format::ALL.map(Format::extension).join(", ")))
    }
}

/// One Practice's report as a file. Takes tenths of a second: call it on a blocking thread.
///
/// # Errors
/// When the PDF or the workbook cannot be made.
pub fn practice_bytes(report: &PracticeReport, format: Format) -> Result<Vec<u8>, OutputError> {
    match format {
        Format::Csv => Ok(practice::csv(report).into_bytes()),
        Format::Xlsx => Ok(workbook::practice(report)?),
        Format::Json => json(report),
        Format::Pdf | Format::Html => laid_out(&practice::document(report, PAPER), format),
    }
}

/// Returns the national report as a file. Takes tenths of a second: call it on a blocking thread.
///
/// # Errors
/// When the PDF or the workbook cannot be made.
pub fn national_bytes(report: &NationalReport, format: Format) -> Result<Vec<u8>, OutputError> {
    match format {
        Format::Csv => Ok(national::csv(report).into_bytes()),
        Format::Xlsx => Ok(workbook::national(report)?),
        Format::Json => json(report),
        Format::Pdf | Format::Html => laid_out(&national::document(report, PAPER), format),
    }
}

/// Returns a Practice's years as a PDF. Takes tenths of a second: call it on a blocking thread.
///
/// # Errors
/// When the PDF cannot be made.
pub fn years_pdf(years: &PracticeYears) -> Result<Vec<u8>, pdf::PdfError> {
    pdf::pdf(&years::document(years, PAPER))
}

/// Returns the network over the cycles as a PDF. Takes tenths of a second: call it on a blocking thread.
///
/// # Errors
/// When the PDF cannot be made.
pub fn network_pdf(view: &NetworkView) -> Result<Vec<u8>, pdf::PdfError> {
    pdf::pdf(&network_view::document(view, PAPER))
}

/// Returns a version of the framework as a PDF; `older` is the version before it. Takes tenths of a second: call it on a blocking
/// thread.
///
/// # Errors
/// When the PDF cannot be made.
pub fn booklet_pdf(framework: &Framework, older: Option<&Framework>) -> Result<Vec<u8>, pdf::PdfError> {
    pdf::pdf(&booklet::document(framework, older, PAPER))
}

/// Returns the same as one page without anything beside it.
pub fn booklet_html(framework: &Framework, older: Option<&Framework>) -> String {
    html::standalone(&booklet::document(framework, older, PAPER))
}

fn laid_out(document: &Document, format: Format) -> Result<Vec<u8>, OutputError> {
    match format {
        Format::Html => Ok(html::standalone(document).into_bytes()),
        _ => Ok(pdf::pdf(document)?),
    }
}

fn json(report: &impl Serialize) -> Result<Vec<u8>, OutputError> {
    let mut bytes = serde_json::to_vec_pretty(report)?;
    bytes.push(b'\n');
    Ok(bytes)
}
