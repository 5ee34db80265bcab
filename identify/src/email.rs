//! E-mail addresses.

use crate::token::Tokens;
use std::ops::Range;

/// The most tokens that a domain is read for.
const MOST: usize = 24;

pub(crate) fn at(t: &Tokens, at: usize) -> Option<Range<usize>> {
    // each run of such characters is read once: from its beginning
    if !in_local_part(t, at) || (t.touches(at) && at > 0 && in_local_part(t, at - 1)) {
        return None;
    }
    let sign = (at + 1..t.len())
        .take_while(|i| t.touches(*i))
        .find(|i| !in_local_part(t, *i))?;
    if t.text(sign) != "@" {
        return None;
    }
    let domain = (sign + 1..t.len().min(sign + MOST)).take_while(|i| t.touches(*i) && in_domain(t, *i));
    let last = domain
        .filter(|i| t.text(i - 1) == "." && word(t, *i).len() > 1 && i - 1 > sign + 1)
        .last()?;
    Some(t.from(at)..t.from(last) + word(t, last).len())
}

fn in_local_part(t: &Tokens, at: usize) -> bool {
    is_plain(t, at) || t.is_any(at, ". _ % + -")
}

fn in_domain(t: &Tokens, at: usize) -> bool {
    is_plain(t, at) || t.is_any(at, ". -")
}

fn is_plain(t: &Tokens, at: usize) -> bool {
    !t.word(at).is_empty() || !t.number(at).is_empty()
}

fn word<'a>(t: &Tokens<'a>, at: usize) -> &'a str {
    crate::words::without_s(t.word(at))
}
