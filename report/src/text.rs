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

/// The width of one line of plain text.
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
    let inline = [Inline {
        strong: bold,
        ..Inline::text(text)
    }];
    let lines: Vec<String> = wrap(&inline, size, width)
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
pub(crate) fn wrap<'a>(inlines: &'a [Inline], size: f32, width: f32) -> Vec<Line<'a>> {
    // Every line takes at least one letter, however narrow the column.
    let width = width.max(size);
    let mut lines = vec![Line::default()];
    let mut pending_space = 0.0;
    for word in words(inlines, size) {
        let line_width = lines.last().map_or(0.0, |line| line.width);
        if line_width > 0.0 && line_width + pending_space + word.width > width + 0.01 {
            lines.push(Line::default());
            pending_space = 0.0;
        }
        if word.width > width {
            pending_space = place_in_parts(&mut lines, &word, size, width);
        } else if let Some(line) = lines.last_mut() {
            line.width += pending_space + word.width;
            word.pieces
                .iter()
                .for_each(|piece| push_piece(&mut line.pieces, piece.clone()));
            pending_space = 0.0;
        }
        if let (Some(space), Some(line)) = (word.space, lines.last_mut()) {
            pending_space += space.width;
            push_piece(&mut line.pieces, space);
        }
        if word.ends_line {
            lines.push(Line::default());
            pending_space = 0.0;
        }
    }
    if lines.len() > 1 && lines.last().is_some_and(|line| line.pieces.is_empty()) {
        lines.pop();
    }
    lines
}

/// The widths of the longest word and of everything on one line.
pub(crate) fn extent(inlines: &[Inline], size: f32) -> (f32, f32) {
    let (mut longest, mut line, mut widest) = (0.0_f32, 0.0_f32, 0.0_f32);
    for word in words(inlines, size) {
        longest = longest.max(word.width);
        line += word.width;
        widest = widest.max(line);
        line += word.space.map_or(0.0, |space| space.width);
        if word.ends_line {
            line = 0.0;
        }
    }
    (longest, widest)
}

/// What stays together on a line, and the space after it.
#[derive(Default)]
struct Word<'a> {
    pieces: Vec<Piece<'a>>,
    width: f32,
    space: Option<Piece<'a>>,
    ends_line: bool,
}

#[derive(Clone, Copy, PartialEq)]
struct Look<'a> {
    face: Face,
    code: bool,
    link: Option<&'a Target>,
}

fn words<'a>(inlines: &'a [Inline], size: f32) -> Vec<Word<'a>> {
    let mut words: Vec<Word<'a>> = Vec::new();
    let mut word = Word::default();
    let (mut before, mut last) = (' ', ' ');
    for inline in inlines {
        let look = Look {
            face: Face::of(inline.strong, inline.emphasis),
            code: inline.code,
            link: inline.link.as_ref(),
        };
        for c in clean(&inline.text).chars() {
            match c {
                '\n' => {
                    word.ends_line = true;
                    words.push(std::mem::take(&mut word));
                }
                ' ' => {
                    let mut space = Vec::new();
                    push_char(&mut space, look, ' ', size);
                    if !word.pieces.is_empty() {
                        word.space = space.pop();
                        words.push(std::mem::take(&mut word));
                    } else if let Some(previous) = words.last_mut()
                        && previous.space.is_none()
                        && !previous.ends_line
                    {
                        previous.space = space.pop();
                    }
                }
                c => {
                    if may_break(before, last, c) && !word.pieces.is_empty() {
                        words.push(std::mem::take(&mut word));
                    }
                    word.width += push_char(&mut word.pieces, look, c, size);
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
    push_piece(
        pieces,
        Piece {
            face: glyph.face,
            code: look.code,
            link: look.link,
            text: glyph.character.to_string(),
            width,
        },
    );
    width
}

/// Adds a piece, joining it to the one before if they look the same.
fn push_piece<'a>(pieces: &mut Vec<Piece<'a>>, piece: Piece<'a>) {
    match pieces.last_mut() {
        Some(last) if (last.face, last.code, last.link) == (piece.face, piece.code, piece.link) => {
            last.text.push_str(&piece.text);
            last.width += piece.width;
        }
        _ => pieces.push(piece),
    }
}

/// Sets a word wider than the column letter by letter; answers the space it leaves pending.
fn place_in_parts<'a>(lines: &mut Vec<Line<'a>>, word: &Word<'a>, size: f32, width: f32) -> f32 {
    for piece in &word.pieces {
        let look = Look {
            face: piece.face,
            code: piece.code,
            link: piece.link,
        };
        for c in piece.text.chars() {
            let advance = fonts().glyph(look.face, c).advance * size;
            if lines
                .last()
                .is_some_and(|line| line.width > 0.0 && line.width + advance > width)
            {
                lines.push(Line::default());
            }
            if let Some(line) = lines.last_mut() {
                line.width += push_char(&mut line.pieces, look, c, size);
            }
        }
    }
    0.0
}

#[cfg(test)]
mod tests;
