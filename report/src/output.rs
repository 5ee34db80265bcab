//! A report value as a file: the one place from which pages' downloads and the command line take their bytes.

use crate::{charts::PAPER, document::Document, html, national, pdf, practice};
use framework::report::{NationalReport, PracticeReport};
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
    /// Every figure, for programs.
    Json,
}

/// Why a file could not be made; never the fault of what is in the report.
#[derive(Debug, Error)]
pub enum OutputError {
    /// The PDF.
    #[error(transparent)]
    Pdf(#[from] pdf::PdfError),
    /// The JSON.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

impl Format {
    /// All four.
    pub const ALL: [Format; 4] = [Format::Pdf, Format::Html, Format::Csv, Format::Json];

    /// The word for it, which is also how files end: `pdf`.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Pdf => "pdf",
            Format::Html => "html",
            Format::Csv => "csv",
            Format::Json => "json",
        }
    }

    /// What a browser is told.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Pdf => "application/pdf",
            Format::Html => "text/html; charset=utf-8",
            Format::Csv => "text/csv; charset=utf-8",
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
/// When the PDF cannot be made.
pub fn practice_bytes(report: &PracticeReport, format: Format) -> Result<Vec<u8>, OutputError> {
    match format {
        Format::Csv => Ok(practice::csv(report).into_bytes()),
        Format::Json => json(report),
        Format::Pdf | Format::Html => laid_out(&practice::document(report, PAPER), format),
    }
}

/// The national report as a file. Takes tenths of a second: call it on a blocking thread.
///
/// # Errors
/// When the PDF cannot be made.
pub fn national_bytes(report: &NationalReport, format: Format) -> Result<Vec<u8>, OutputError> {
    match format {
        Format::Csv => Ok(national::csv(report).into_bytes()),
        Format::Json => json(report),
        Format::Pdf | Format::Html => laid_out(&national::document(report, PAPER), format),
    }
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
