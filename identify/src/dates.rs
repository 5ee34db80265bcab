//! Dates of birth: a date near a word of birth, or a full date beside a person that can hardly be anything else.

use crate::{
    token::{Gap, Tokens},
    words::{TITLES, Words, is_capitalised, is_person},
};
use std::ops::Range;

const BIRTHS: Words = Words::of("born dob birthday birthdate ganwyd ganed geni");
const MONTHS: &str = "january february march april may june july august september october november december \
     ionawr chwefror mawrth ebrill mai mehefin gorffennaf awst medi hydref tachwedd rhagfyr";
const ORDINALS: Words = Words::of("st nd rd th");
/// After these, a date belongs to something else than the birth.
const OTHERWISE: Words = Words::of(
    "and but joined started referred seen met moved ended finished placed visited since agreed reviewed opened closed signed \
     until after before",
);
/// How far a word of birth may stand from its date.
const NEAR: usize = 7;
/// How far a person may stand from a date that reads like a birthday.
const BESIDE: usize = 12;

/// A date as it is written.
struct Date {
    /// The token after it.
    next: usize,
    /// Day, month and year.
    full: bool,
    /// The year, with four digits, where there is one.
    year: Option<u32>,
    /// Six or eight digits, in a row or with spaces between: a date only where a word of birth says so.
    digits_only: bool,
}

pub(crate) fn at(t: &Tokens, at: usize) -> Option<Range<usize>> {
    let date = date(t, at)?;
    let before = birth_before(t, at);
    let fits = if date.digits_only {
        before.is_some_and(|distance| distance <= 3) || birth_after(t, date.next)
    } else if date.full {
        before.is_some() || birth_after(t, date.next) || reads_like_birth(t, at, &date)
    } else {
        // a day or a year is missing: only right behind the word, or a little further beside a person
        before.is_some_and(|distance| distance <= 2 || (distance <= 5 && person_before(t, at)))
    };
    fits.then(|| t.from(at)..t.to(date.next - 1))
}

/// Returns how many tokens before this one a word of birth stands.
fn birth_before(t: &Tokens, at: usize) -> Option<usize> {
    for i in t.back(at, NEAR + 5) {
        let distance = at - i;
        if OTHERWISE.has(t.word(i)) || distance > NEAR {
            return None;
        }
        if is_birth(t, i) || (t.text(i) == "b" && t.text(i + 1) == "." && distance == 2) {
            return Some(distance);
        }
    }
    None
}

fn birth_after(t: &Tokens, next: usize) -> bool {
    t.on(next, NEAR).any(|i| is_birth(t, i))
}

/// Returns whether it is a word of birth; of “date of birth” and “d.o.b.”, the last token.
fn is_birth(t: &Tokens, at: usize) -> bool {
    let word = t.word(at);
    BIRTHS.has(word)
        || (word.eq_ignore_ascii_case("birth") && at >= 2 && t.is(at - 1, "of") && t.is(at - 2, "date"))
        || (word.eq_ignore_ascii_case("birth") && t.is(at + 1, "date"))
        || (t.is(at, "b")
            && at >= 4
            && t.text(at - 1) == "."
            && t.is(at - 2, "o")
            && t.text(at - 3) == "."
            && t.is(at - 4, "d"))
}

/// Nobody writes down the day of a meeting of thirty years ago beside a woman's name.
fn reads_like_birth(t: &Tokens, at: usize, date: &Date) -> bool {
    let long_ago = date.year.is_some_and(|year| (1930..=2010).contains(&year));
    let beside = long_ago && (person_before(t, at) || t.on(date.next, NEAR).any(|i| is_person(t.word(i))));
    // “Ms Smith (12/03/2019)”
    let bracketed = t.text(at.wrapping_sub(1)) == "(" && t.text(date.next) == ")";
    let named = bracketed && at > 1 && (is_person(t.word(at - 2)) || t.word_before(at - 1, 3, |word| TITLES.has(word)));
    beside || named
}

fn person_before(t: &Tokens, at: usize) -> bool {
    t.word_before(at, BESIDE, is_person)
}

fn date(t: &Tokens, at: usize) -> Option<Date> {
    if !t.stands_free(at) {
        return None;
    }
    let date = in_digits(t, at)
        .or_else(|| day_first(t, at))
        .or_else(|| month_first(t, at))
        .or_else(|| digits_only(t, at))
        .or_else(|| spaced(t, at))?;
    t.ends_free(date.next).then_some(date)
}

/// `12/03/1994`, `4.11.89`, `1994-03-12`
fn in_digits(t: &Tokens, at: usize) -> Option<Date> {
    let sign = t.text(at + 1);
    let together = (at + 1..=at + 4).all(|i| t.touches(i));
    if !together || !t.is_any(at + 1, "/ - . –") || t.text(at + 3) != sign {
        return None;
    }
    let [first, second, third] = [at, at + 2, at + 4].map(|i| t.number(i));
    let (day, month, year) = if first.len() == 4 {
        (third, second, first)
    } else {
        (first, second, third)
    };
    is_day(day)?;
    is_month_number(month)?;
    Some(Date {
        next: at + 5,
        full: true,
        year: Some(year_of(year)?),
        digits_only: false,
    })
}

/// `3 May 1991`, `14th of February 2025`, `23-Jan-96`, `9 August`
fn day_first(t: &Tokens, at: usize) -> Option<Date> {
    is_day(t.number(at))?;
    let mut next = at + 1;
    if t.touches(next) && ORDINALS.has(t.word(next)) {
        next += 1;
    }
    if t.is(next, "of") || (t.text(next) == "-" && t.touches(next)) {
        next += 1;
    }
    is_month(t, next)?;
    Some(with_year(t, next + 1))
}

/// `September 5th, 2024`, `March 2023`
fn month_first(t: &Tokens, at: usize) -> Option<Date> {
    is_month(t, at)?;
    if t.gap(at + 1) > Gap::Space {
        return None;
    }
    if let Some(year) = year_of(t.number(at + 1)).filter(|_| t.number(at + 1).len() == 4) {
        return Some(Date {
            next: at + 2,
            full: false,
            year: Some(year),
            digits_only: false,
        });
    }
    is_day(t.number(at + 1))?;
    let mut next = at + 2;
    if t.touches(next) && ORDINALS.has(t.word(next)) {
        next += 1;
    }
    Some(with_year(t, next))
}

/// The date that ends at a token, with the year that may stand there.
fn with_year(t: &Tokens, next: usize) -> Date {
    let mut at = next;
    if t.is_any(at, ", - ' ’ .") && t.touches(at) {
        at += 1;
    }
    match year_of(t.number(at)).filter(|_| t.gap(at) <= Gap::Space) {
        Some(year) => Date {
            next: at + 1,
            full: true,
            year: Some(year),
            digits_only: false,
        },
        None => Date {
            next,
            full: false,
            year: None,
            digits_only: false,
        },
    }
}

/// `110793`, `11071993`
fn digits_only(t: &Tokens, at: usize) -> Option<Date> {
    let digits = t.number(at);
    let (day, rest) = digits.split_at_checked(2)?;
    let (month, year) = rest.split_at_checked(2)?;
    is_day(day)?;
    is_month_number(month)?;
    Some(Date {
        next: at + 1,
        full: true,
        year: Some(year_of(year)?),
        digits_only: true,
    })
}

/// `12 03 1994`
fn spaced(t: &Tokens, at: usize) -> Option<Date> {
    let one_line = t.gap(at + 1) == Gap::Space && t.gap(at + 2) == Gap::Space;
    is_day(t.number(at))?;
    is_month_number(t.number(at + 1))?;
    let year = year_of(t.number(at + 2))?;
    one_line.then_some(Date {
        next: at + 3,
        full: true,
        year: Some(year),
        digits_only: true,
    })
}

fn is_day(digits: &str) -> Option<()> {
    let day: u32 = digits.parse().ok()?;
    (digits.len() <= 2 && (1..=31).contains(&day)).then_some(())
}

fn is_month_number(digits: &str) -> Option<()> {
    let month: u32 = digits.parse().ok()?;
    (digits.len() <= 2 && (1..=12).contains(&month)).then_some(())
}

/// Returns the year with four digits.
fn year_of(digits: &str) -> Option<u32> {
    let year: u32 = digits.parse().ok()?;
    match digits.len() {
        2 => Some(if year >= 30 { 1900 + year } else { 2000 + year }),
        4 => (1900..=2099).contains(&year).then_some(year),
        _ => None,
    }
}

/// Returns a month by its name or the first three letters of it; “may” and “march” are also verbs.
fn is_month(t: &Tokens, at: usize) -> Option<()> {
    let word = t.word(at);
    let verb = matches!(word, "may" | "march" | "mai") || (word.len() < 5 && !is_capitalised(word));
    let short = |month: &str| word.len() == 3 && month.get(..3).is_some_and(|short| short.eq_ignore_ascii_case(word));
    let named = MONTHS.split(' ').enumerate().any(|(index, month)| {
        month.eq_ignore_ascii_case(word) || (index < 12 && (short(month) || word.eq_ignore_ascii_case("sept")))
    });
    (named && !verb).then_some(())
}
