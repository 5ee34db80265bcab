//! Markdown to [`Framework`]: every problem of a folder at once, each with file, line and what to do.
//! The format is described in `framework/criteria/README.md`. Nothing here panics, whatever the text.
//!
//! `source` finds the front matter and the headings of one file and `front` has the fields; `criterion` (with `sections`,
//! `anchors`, `tables`) and `header` read the kinds of file; `draft` puts a version together.

mod anchors;
mod criterion;
mod draft;
mod front;
mod header;
#[cfg(test)]
pub(crate) mod sample;
mod sections;
mod source;
mod tables;
#[cfg(test)]
mod tests;

use crate::criteria::Framework;
pub(crate) use criterion::CriterionDraft;
pub(crate) use draft::{Draft, folders};
pub(crate) use source::single_spaced;
use std::fmt;

/// A file of the criteria, wherever it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Relative, separated by `/`, the version's folder first: `2026.1/small-caseloads/caseload-ceiling.md`.
    pub path: String,
    /// What it says. A byte order mark and any line ends are taken.
    pub text: String,
}

/// Something wrong in a file, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, as in [`SourceFile::path`].
    pub path: String,
    /// The line, from 1. Where a whole file is missing or out of place, 1.
    pub line: usize,
    /// What is wrong and what to do, in sentences.
    pub message: String,
}

impl Problem {
    pub(crate) fn new(path: &str, line: usize, message: impl Into<String>) -> Problem {
        Problem {
            path: path.to_owned(),
            line,
            message: message.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.message)
    }
}

/// Reads the files of one version, by themselves: whether its criteria relate rightly to those of the version before
/// is checked by [`crate::library::Library::parse`].
///
/// # Errors
/// Every problem found, by file and line.
pub fn parse_version(files: &[SourceFile]) -> Result<Framework, Vec<Problem>> {
    let mut problems = Vec::new();
    let drafts: Vec<Draft> = folders(files, &mut problems)
        .into_iter()
        .map(|(version, files)| Draft::read(version, &files, &mut problems))
        .collect();
    if let Some(second) = drafts.get(1) {
        let path = format!("{}/version.md", second.version);
        problems.push(Problem::new(
            &path,
            1,
            "A second version. Give one version’s folder only.",
        ));
    }
    let framework = drafts.into_iter().next().and_then(Draft::finish);
    match framework {
        Some(framework) if problems.is_empty() => Ok(framework),
        _ => Err(sorted(problems)),
    }
}

pub(crate) fn sorted(mut problems: Vec<Problem>) -> Vec<Problem> {
    problems.sort();
    problems.dedup();
    problems
}
