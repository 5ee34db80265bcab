//! Measuring text and breaking it into lines.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::{
    document::{Inline, Target},
    fonts::{Face, fonts},
};

/// A stretch of one line in one look.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Piece<'a> {
    pub(crate) face: Face,
    pub(crate) code: bool,
    pub(crate) link: Option<&'a Target>,
    pub(crate) text: String,
    pub(crate) width: f32,
}

impl<'a> Piece<'a> {
    fn look(&self) -> Look<'a> {
        Look {
            face: self.face,
            code: self.code,
            link: self.link,
        }
    }
}

/// How running text is set.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Set {
    pub(crate) size: f32,
    /// All of it, not only what is strong by itself.
    pub(crate) strong: bool,
}

/// A line ready to be drawn. The space at its end stays in its text (a reader needs it
/// between words) but not in its width.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Line<'a> {
    pub(crate) pieces: Vec<Piece<'a>>,
    pub(crate) width: f32,
}

/// Text in normal form C without what cannot be drawn: controls, invisible and bidirectional marks.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    if is_nfc(text) && !text.chars().any(|c| c == '\t' || is_invisible(c)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.nfc()
            .map(|c| if c == '\t' { ' ' } else { c })
            .filter(|c| !is_invisible(*c))
            .collect(),
    )
}

fn is_invisible(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e01ef}')
}

/// Returns the width of one line of plain text.
pub(crate) fn measure(text: &str, bold: bool, size: f32) -> f32 {
    fonts().width(Face::of(bold, false), &clean(text)) * size
}

/// Plain text as pieces of one line, each in a face that has its letters.
pub(crate) fn pieces(text: &str, bold: bool, size: f32) -> Vec<Piece<'static>> {
    let look = Look {
        face: Face::of(bold, false),
        code: false,
        link: None,
    };
    let mut pieces = Vec::new();
    for c in clean(text).chars() {
        push_char(&mut pieces, look, if c == '\n' { ' ' } else { c }, size);
    }
    pieces
}

/// Text cut to a width, with an ellipsis where something was left off.
pub(crate) fn shorten(text: &str, bold: bool, size: f32, width: f32) -> String {
    let text = clean(text).replace('\n', " ");
    if measure(&text, bold, size) <= width {
        return text;
    }
    let face = Face::of(bold, false);
    let room = width - measure("…", bold, size);
    let mut used = 0.0;
    let kept: String = text
        .chars()
        .take_while(|c| {
            used += fonts().glyph(face, *c).advance * size;
            used <= room
        })
        .collect();
    format!("{}…", kept.trim_end())
}

/// Plain text in at most `most` lines no wider than `width`; the last is shortened if it must be.
pub(crate) fn wrap_plain(text: &str, bold: bool, size: f32, width: f32, most: usize) -> Vec<String> {
    let lines: Vec<String> = wrap(&[Inline::text(text)], Set { size, strong: bold }, width)
        .into_iter()
        .map(|line| line.pieces.into_iter().map(|piece| piece.text).collect())
        .collect();
    if lines.len() <= most {
        return lines
            .into_iter()
            .map(|line: String| line.trim_end().to_owned())
            .collect();
    }
    let keep = most.max(1) - 1;
    let mut kept: Vec<String> = lines.iter().take(keep).map(|l| l.trim_end().to_owned()).collect();
    let rest: String = lines.into_iter().skip(keep).collect();
    kept.push(shorten(&rest, bold, size, width));
    kept
}

/// Breaks running text into lines no wider than `width`; at least one line.
pub(crate) fn wrap<'a>(inlines: &'a [Inline], set: Set, width: f32) -> Vec<Line<'a>> {
    // Every line takes at least one letter, however narrow the column.
    let width = width.max(set.size);
    let mut lines = vec![];
    let mut line = Line::default();
    let mut pending_space = 0.0;
    for word in words(inlines, set) {
        if line.width > 0.0 && line.width + pending_space + word.width > width + 0.01 {
            lines.push(std::mem::take(&mut line));
            pending_space = 0.0;
        }
        if word.width > width {
            place_in_parts(&mut lines, &mut line, &word, set.size, width);
        } else {
            line.width += pending_space + word.width;
            word.pieces
                .into_iter()
                .for_each(|piece| push_piece(&mut line.pieces, piece));
        }
        pending_space = word
            .space
            .map_or(0.0, |look| push_char(&mut line.pieces, look, ' ', set.size));
        if word.ends_line {
            lines.push(std::mem::take(&mut line));
            pending_space = 0.0;
        }
    }
    if lines.is_empty() || !line.pieces.is_empty() {
        lines.push(line);
    }
    lines
}

/// Returns the widths of the longest word and of everything on one line, in ems.
pub(crate) fn extent(inlines: &[Inline], strong: bool) -> (f32, f32) {
    let (mut longest, mut line, mut widest) = (0.0_f32, 0.0_f32, 0.0_f32);
    for word in words(inlines, Set { size: 1.0, strong }) {
        longest = longest.max(word.width);
        line += word.width;
        widest = widest.max(line);
        line += word.space.map_or(0.0, |look| fonts().glyph(look.face, ' ').advance);
        if word.ends_line {
            line = 0.0;
        }
    }
    (longest, widest)
}

/// What stays together on a line, and the look of the space after it.
#[derive(Default)]
struct Word<'a> {
    pieces: Vec<Piece<'a>>,
    width: f32,
    space: Option<Look<'a>>,
    ends_line: bool,
}

#[derive(Clone, Copy, PartialEq)]
struct Look<'a> {
    face: Face,
    code: bool,
    link: Option<&'a Target>,
}

fn words<'a>(inlines: &'a [Inline], set: Set) -> Vec<Word<'a>> {
    let mut words: Vec<Word<'a>> = Vec::new();
    let mut word = Word::default();
    let (mut before, mut last) = (' ', ' ');
    for inline in inlines {
        let look = Look {
            face: Face::of(inline.strong || set.strong, inline.emphasis),
            code: inline.code,
            link: inline.link.as_ref(),
        };
        for c in clean(&inline.text).chars() {
            match c {
                '\n' => {
                    word.ends_line = true;
                    words.push(std::mem::take(&mut word));
                }
                ' ' if !word.pieces.is_empty() => {
                    word.space = Some(look);
                    words.push(std::mem::take(&mut word));
                }
                ' ' => {
                    if let Some(previous) = words.last_mut().filter(|previous| !previous.ends_line) {
                        previous.space.get_or_insert(look);
                    }
                }
                c => {
                    if may_break(before, last, c) && !word.pieces.is_empty() {
                        words.push(std::mem::take(&mut word));
                    }
                    word.width += push_char(&mut word.pieces, look, c, set.size);
                }
            }
            (before, last) = (last, c);
        }
    }
    if !word.pieces.is_empty() {
        words.push(word);
    }
    words
}

/// Whether a line may end between `last` and `next` without a space: after a hyphen, dash or
/// stroke between letters, never inside figures such as 2018–2025.
fn may_break(before: char, last: char, next: char) -> bool {
    matches!(last, '-' | '–' | '—' | '/') && before.is_alphabetic() && next.is_alphabetic()
}

/// Adds a character in a face that has it; answers its width.
fn push_char<'a>(pieces: &mut Vec<Piece<'a>>, look: Look<'a>, c: char, size: f32) -> f32 {
    let drawn = match c {
        '\u{a0}' | '\u{2007}' | '\u{202f}' => ' ',
        '\u{2010}' | '\u{2011}' => '-',
        c => c,
    };
    let glyph = fonts().glyph(look.face, drawn);
    let width = glyph.advance * size;
    let look = Look {
        face: glyph.face,
        ..look
    };
    match pieces.last_mut() {
        Some(last) if last.look() == look => {
            last.text.push(glyph.character);
            last.width += width;
        }
        _ => pieces.push(Piece {
            face: look.face,
            code: look.code,
            link: look.link,
            text: String::from(glyph.character),
            width,
        }),
    }
    width
}

/// Adds a piece, joining it to the one before if they look the same.
fn push_piece<'a>(pieces: &mut Vec<Piece<'a>>, piece: Piece<'a>) {
    match pieces.last_mut() {
        Some(last) if last.look() == piece.look() => {
            last.text.push_str(&piece.text);
            last.width += piece.width;
        }
        _ => pieces.push(piece),
    }
}

/// Sets a word wider than the column letter by letter, from where `line` ends.
fn place_in_parts<'a>(lines: &mut Vec<Line<'a>>, line: &mut Line<'a>, word: &Word<'a>, size: f32, width: f32) {
    for piece in &word.pieces {
        for c in piece.text.chars() {
            let advance = fonts().glyph(piece.face, c).advance * size;
            if line.width > 0.0 && line.width + advance > width {
                lines.push(std::mem::take(line));
            }
            line.width += push_char(&mut line.pieces, piece.look(), c, size);
        }
    }
}

#[cfg(test)]
mod tests;
