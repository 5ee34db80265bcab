//! A text cut up for showing: what was found, with a little of what stands around it.

use crate::{Finding, Kind, cut};

/// So many characters are shown on each side of a finding.
const AROUND: usize = 40;

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its words.
    pub text: String,
    /// What they seem to be; `None` for what stands around.
    pub kind: Option<Kind>,
}

/// The findings with what stands around them. What is left out is shown as “…”.
pub fn pieces(text: &str, findings: &[Finding]) -> Vec<Piece> {
    let mut pieces = vec![];
    let mut from = 0;
    for (index, finding) in findings.iter().enumerate() {
        let before = text.get(from..finding.range.start).unwrap_or_default();
        push(&mut pieces, around(before, index > 0, true));
        pieces.push(Piece {
            text: finding.words(text).to_owned(),
            kind: Some(finding.kind),
        });
        from = finding.range.end;
    }
    push(&mut pieces, around(text.get(from..).unwrap_or_default(), true, false));
    pieces
}

fn push(pieces: &mut Vec<Piece>, text: String) {
    if !text.is_empty() {
        pieces.push(Piece { text, kind: None });
    }
}

/// Returns the beginning, the end or both of what stands around.
fn around(text: &str, beginning: bool, end: bool) -> String {
    let head = if beginning { nth(text, AROUND) } else { 0 };
    let tail = if end { nth_from_end(text, AROUND) } else { text.len() };
    if head >= tail {
        return text.to_owned();
    }
    [cut(text, head).0, "…", cut(text, tail).1].concat()
}

fn nth(text: &str, chars: usize) -> usize {
    text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at)
}

fn nth_from_end(text: &str, chars: usize) -> usize {
    text.char_indices().rev().nth(chars - 1).map_or(0, |(at, _)| at)
}
