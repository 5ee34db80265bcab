//! NHS numbers and phone numbers.

use crate::{token::Tokens, words::Words};
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
    if !matches!(first.len(), 3 | 10) || !first.starts_with(['3', '4', '6', '7', '9']) || !t.stands_free(at) {
        return None;
    }
    let groups = groups(t.rest(at), &['-'])?;
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).take(3).collect();
    let taken = match lengths.as_slice() {
        [10, ..] => 1,
        [3, 3, 4] => 3,
        _ => return None,
    };
    let range = groups.first()?.start..groups.get(taken - 1)?.end;
    let digits: Vec<u32> = digits(&t.rest(at)[range.clone()]).collect();
    let whole = free_after(t, at, range.end);
    (whole && checks(&digits) && !is_reference(t, at)).then(|| hit(t, at, range))
}

fn checks(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .zip((1..=10).rev())
        .map(|(digit, weight)| digit * weight)
        .sum();
    digits.len() == 10 && sum.is_multiple_of(11)
}

/// A landline or mobile number. Numbers that begin with 03, 08 or 09 belong to organisations.
pub(crate) fn phone_at(t: &Tokens, at: usize) -> Option<Range<usize>> {
    let begins = t.number(at).starts_with('0')
        || (t.text(at) == "+" && t.number(at + 1).starts_with("44"))
        || (t.text(at) == "(" && t.number(at + 1).starts_with('0'));
    if !begins || !t.stands_free(at) {
        return None;
    }
    let rest = t.rest(at);
    let groups = groups(rest, &['-', '.', '(', ')', '+'])?;
    if groups.first()?.len() < 2 || is_reference(t, at) {
        return None;
    }
    let ends = groups.iter().map(|group| group.end);
    // the longer number first
    let mut all: Vec<usize> = ends.collect();
    all.reverse();
    let end = all.into_iter().find(|end| {
        let digits: String = digits(&rest[..*end])
            .filter_map(|digit| char::from_digit(digit, 10))
            .collect();
        let first = groups.first().map_or(0, Range::len);
        is_phone(&digits, first, groups.len()) && free_after(t, at, *end)
    })?;
    Some(hit(t, at, 0..end))
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
fn groups(text: &str, signs: &[char]) -> Option<Vec<Range<usize>>> {
    const MOST: usize = 28;
    let mut groups: Vec<Range<usize>> = vec![];
    for (at, c) in text.char_indices().take(MOST) {
        match groups.last_mut() {
            Some(group) if c.is_ascii_digit() && group.end == at => group.end += 1,
            Some(group) if at >= group.end + 3 => break,
            _ if c.is_ascii_digit() => groups.push(at..at + 1),
            _ if c == ' ' || c == '\u{a0}' || signs.contains(&c) => {}
            _ => break,
        }
    }
    (!groups.is_empty()).then_some(groups)
}

fn digits(text: &str) -> impl Iterator<Item = u32> {
    text.chars().filter_map(|c| c.to_digit(10))
}

/// Is the number over at this byte, counted from the token?
fn free_after(t: &Tokens, at: usize, end: usize) -> bool {
    t.ends_free(t.after(t.from(at) + end, at))
}

fn hit(t: &Tokens, at: usize, range: Range<usize>) -> Range<usize> {
    let from = t.from(at);
    from + range.start..from + range.end
}

fn is_reference(t: &Tokens, at: usize) -> bool {
    t.word_before(at, NEAR, |word| REFERENCES.has(word))
}
