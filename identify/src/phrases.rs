//! Tell-tale phrases: a first name beside a relation, “known as”, “née”, initials or a name with an age, an address.

mod address;
mod age;
mod named;

use crate::token::Tokens;
use std::ops::Range;

pub(crate) fn at(t: &Tokens, at: usize) -> Option<Range<usize>> {
    let end = named::name_is(t, at)
        .or_else(|| named::relation(t, at))
        .or_else(|| named::called(t, at))
        .or_else(|| named::known_as(t, at))
        .or_else(|| named::nee(t, at))
        .or_else(|| address::at(t, at))
        .or_else(|| age::at(t, at))?;
    Some(t.from(at)..end)
}
