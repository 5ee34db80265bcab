//! NHS numbers and phone numbers.

use crate::{cut, token::Tokens, words::Words};
use std::ops::Range;

/// Words before a number that say it is something else.
const REFERENCES: Words = Words::of(
    "ref reference references invoice order po contract charity company grant code account ticket serial isbn line budget \
     project complaint licence policy cost",
);
/// How far before a number such a word may stand.
const NEAR: usize = 4;

/// Ten digits, together or as 3-3-4, of which the last checks the others (modulus 11). Numbers in use, and those set aside
/// for examples, begin with 3, 4, 6, 7 or 9.
pub(crate) fn nhs_at(t: &Tokens, at: usize) -> Option<Range<usize>> {
    let first = t.number(at);
    let begins = matches!(first.as_bytes(), [b'3' | b'4' | b'6' | b'7' | b'9', ..]);
    if !begins || !matches!(first.len(), 3 | 10) || !t.stands_free(at) {
        return None;
    }
    let groups = groups(t.rest(at), "-");
    let last = match groups.as_slice() {
        [whole, ..] if whole.len() == 10 => whole,
        [first, second, last, ..] if (first.len(), second.len(), last.len()) == (3, 3, 4) => last,
        _ => return None,
    };
    let whole = free_after(t, at, last.end);
    (whole && checks(&digits(t, at, last.end)) && !is_reference(t, at)).then(|| hit(t, at, last.end))
}

fn checks(digits: &str) -> bool {
    let weighted = digits.bytes().zip((1..=10).rev());
    let sum: u32 = weighted.map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    sum.is_multiple_of(11)
}

/// Returns a landline or mobile number. Numbers that begin with 03, 08 or 09 belong to organisations.
pub(crate) fn phone_at(t: &Tokens, at: usize) -> Option<Range<usize>> {
    let begins = t.number(at).starts_with('0')
        || (t.text(at) == "+" && t.number(at + 1).starts_with("44"))
        || (t.text(at) == "(" && t.number(at + 1).starts_with('0'));
    if !begins || !t.stands_free(at) {
        return None;
    }
    let groups = groups(t.rest(at), "-.()+");
    let first = groups.first()?.len();
    if first < 2 || is_reference(t, at) {
        return None;
    }
    // the longer number first
    let mut ends = groups.iter().rev().map(|group| group.end);
    let end = ends.find(|end| is_phone(&digits(t, at, *end), first, groups.len()) && free_after(t, at, *end))?;
    Some(hit(t, at, end))
}

/// `first` is the length of the first of so many groups of digits.
fn is_phone(digits: &str, first: usize, groups: usize) -> bool {
    let abroad = digits.strip_prefix("0044").or_else(|| digits.strip_prefix("44"));
    let national = match abroad {
        Some(rest) => rest.strip_prefix('0').unwrap_or(rest),
        None if first >= 3 => digits.strip_prefix('0').unwrap_or_default(),
        None => return false,
    };
    match (national.as_bytes(), national.len()) {
        ([b'7', b'1'..=b'5' | b'7'..=b'9', ..], 10) => true,
        ([b'2', b'0' | b'3' | b'4' | b'8' | b'9', ..], 10) => true,
        ([b'1', b'1'..=b'9', ..], length) => length == 10 || (length == 9 && groups > 1),
        _ => false,
    }
}

/// Groups of digits that follow each other on one line, with at most two spaces or signs between: where each stands.
fn groups(text: &str, signs: &str) -> Vec<Range<usize>> {
    const MOST: usize = 28;
    let mut groups: Vec<Range<usize>> = vec![];
    for (at, c) in text.char_indices().take(MOST) {
        match groups.last_mut() {
            Some(group) if c.is_ascii_digit() && group.end == at => group.end += 1,
            Some(group) if at >= group.end + 3 => break,
            _ if c.is_ascii_digit() => groups.push(at..at + 1),
            _ if c == ' ' || c == '\u{a0}' || signs.chars().any(|sign| sign == c) => {}
            _ => break,
        }
    }
    groups
}

/// Returns the digits up to this byte, counted from the token.
fn digits(t: &Tokens, at: usize, end: usize) -> String {
    let text = cut(t.rest(at), end).0;
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Is the number over at this byte, counted from the token?
fn free_after(t: &Tokens, at: usize, end: usize) -> bool {
    t.ends_free(t.after(t.from(at) + end, at))
}

fn hit(t: &Tokens, at: usize, end: usize) -> Range<usize> {
    let from = t.from(at);
    from..from + end
}

fn is_reference(t: &Tokens, at: usize) -> bool {
    t.word_before(at, NEAR, |word| REFERENCES.has(word))
}
