//! What people write as blocks of a document, shown as it was typed.
//!
//! It is no markdown: every letter, figure and sign stands in what is shown, in the order in which it was typed. Blank
//! lines part paragraphs, other line breaks stay, lines that begin with a dash, a dot or a number stand as a list with
//! these very marks, and web addresses can be followed.

use crate::document::{Block, Inline, Marks};

/// Lists nest no deeper than this; what lies deeper is shown as lines.
const DEEPEST: usize = 6;
/// More blanks than this at the beginning of a line are not shown.
const WIDEST: usize = 16;

/// Reads a text.
pub fn blocks(text: &str) -> Vec<Block> {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    read(&lines, 0)
}

/// Returns a text as running text, for table cells: line breaks stay.
pub fn inlines(text: &str) -> Vec<Inline> {
    let lines: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
    running(&lines)
}

fn read(lines: &[&str], depth: usize) -> Vec<Block> {
    let (mut blocks, mut paragraph, mut rest) = (Vec::new(), Vec::new(), lines);
    while let Some((line, after)) = rest.split_first() {
        let list = if depth < DEEPEST { Item::list(rest) } else { None };
        if line.is_empty() || list.is_some() {
            end_paragraph(&mut paragraph, &mut blocks);
        } else {
            paragraph.push(*line);
        }
        rest = after;
        if let Some((items, behind)) = list {
            blocks.push(Block::List {
                marks: Marks::Typed(items.iter().map(|item| item.mark.to_owned()).collect()),
                items: items.iter().map(|item| read(&item.lines, depth + 1)).collect(),
            });
            rest = behind;
        }
    }
    end_paragraph(&mut paragraph, &mut blocks);
    blocks
}

fn end_paragraph(lines: &mut Vec<&str>, blocks: &mut Vec<Block>) {
    if !lines.is_empty() {
        blocks.push(Block::Paragraph(running(&std::mem::take(lines))));
    }
}

/// One line of a list with the lines further in that follow it.
struct Item<'a> {
    mark: &'a str,
    lines: Vec<&'a str>,
}

impl<'a> Item<'a> {
    /// Returns a list of two items or more at the head of `lines`, and what stands behind it. One line alone that begins with a number
    /// or a sign is a sentence.
    fn list<'l>(lines: &'l [&'a str]) -> Option<(Vec<Item<'a>>, &'l [&'a str])> {
        let indent = indent(lines.first()?);
        let (mut items, mut rest) = (Vec::new(), lines);
        while let Some((item, behind)) = Self::first(rest, indent) {
            items.push(item);
            rest = behind;
        }
        (items.len() > 1).then_some((items, rest))
    }

    /// Returns the item at the head of `lines`, past blank ones, if it is as far in as its list.
    fn first<'l>(lines: &'l [&'a str], wanted: usize) -> Option<(Item<'a>, &'l [&'a str])> {
        let start = lines.iter().position(|line| !line.is_empty())?;
        let (line, after) = lines[start..].split_first()?;
        let (mark, words) = marked(line)?;
        if indent(line) != wanted {
            return None;
        }
        let inside = after
            .iter()
            .take_while(|line| line.is_empty() || indent(line) > wanted)
            .count();
        let (inside, behind) = after.split_at(inside);
        let further = inside.iter().map(|line| less_indented(line, wanted + mark.len() + 1));
        let lines = std::iter::once(words).chain(further).collect();
        Some((Item { mark, lines }, behind))
    }
}

/// Returns the mark at the beginning of a line, such as `-`, `2.` or `4)`, and the words behind it.
fn marked(line: &str) -> Option<(&str, &str)> {
    let (mark, words) = line.trim_start().split_once([' ', '\t'])?;
    let number = || mark.strip_suffix(['.', ')']).is_some_and(is_number);
    (matches!(mark, "-" | "*" | "+" | "•" | "–") || number()).then(|| (mark, words.trim_start()))
}

fn is_number(text: &str) -> bool {
    matches!(text.len(), 1..=4) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns how many blanks stand before the words.
fn indent(line: &str) -> usize {
    line.chars().take_while(|c| c.is_whitespace()).count()
}

/// Returns a line without up to `most` of the blanks before its words.
fn less_indented(line: &str, most: usize) -> &str {
    let end = line.char_indices().take_while(|(_, c)| c.is_whitespace()).take(most);
    end.last().map_or(line, |(at, c)| &line[at + c.len_utf8()..])
}

/// Lines as running text: blanks before the words stay.
fn running(lines: &[&str]) -> Vec<Inline> {
    let indented = |line: &&str| {
        let blanks = "\u{a0}".repeat(indent(line).min(WIDEST));
        blanks + line.trim_start()
    };
    linked(&lines.iter().map(indented).collect::<Vec<_>>().join("\n"))
}

/// Text in which web addresses can be followed.
fn linked(text: &str) -> Vec<Inline> {
    let (mut inlines, mut rest) = (Vec::new(), text);
    while let Some((before, address, after)) = address(rest) {
        if !before.is_empty() {
            inlines.push(Inline::text(before));
        }
        inlines.push(Inline::link(address, address));
        rest = after;
    }
    if !rest.is_empty() {
        inlines.push(Inline::text(rest));
    }
    inlines
}

/// Returns the first web address in a text, with what stands before and after.
fn address(text: &str) -> Option<(&str, &str, &str)> {
    let begins = |(at, _): (usize, &str)| {
        let start = text[..at]
            .rfind(|c: char| !c.is_ascii_alphabetic())
            .map_or(0, |last| last + text[last..].chars().next().map_or(1, char::len_utf8));
        let scheme = &text[start..at];
        let web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
        let behind = text[at + "://".len()..]
            .chars()
            .next()
            .is_some_and(char::is_alphanumeric);
        (web && behind).then_some(start)
    };
    let start = text.match_indices("://").find_map(begins)?;
    let (before, rest) = text.split_at(start);
    let end = rest
        .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '“' | '”'))
        .unwrap_or(rest.len());
    let (address, after) = rest.split_at(without_stops(&rest[..end]).len());
    Some((before, address, after))
}

/// Returns an address without what belongs to the sentence around it: its stops, and a bracket that was opened before it.
fn without_stops(address: &str) -> &str {
    let mut address = address;
    loop {
        let bare = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', '*', '_', '~']);
        let unopened = |open, close| bare.ends_with(close) && bare.matches(open).count() < bare.matches(close).count();
        let closed = unopened('(', ')') || unopened('[', ']');
        let shorter = if closed { &bare[..bare.len() - 1] } else { bare };
        if shorter.len() == address.len() {
            return address;
        }
        address = shorter;
    }
}

#[cfg(test)]
mod tests;
