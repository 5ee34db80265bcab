//! Addresses: “12 Rosebank Street”, “Flat 4, Tower Court”, “7 Heol y Bryn”, “lives on Marlow Crescent”.

use crate::{
    token::{Gap, Tokens},
    words::{Words, is_capitalised},
};

const STREETS: Words = Words::of(
    "street st road rd lane ln avenue ave close drive crescent cres terrace way court gardens grove place square row walk mews \
     view hill park green rise parade gate",
);
const WELSH_STREETS: Words = Words::of("heol stryd ffordd lôn lon rhodfa maes");
const LIVES: Words = Words::of("lives live lived living stays stay staying stayed moved moving rehoused resides");
const AT: Words = Words::of("at in on to");
/// Before an address that is an organisation's.
const VENUES: Words = Words::of(
    "office offices building hall centre center library hub surgery clinic venue premises church school landlord hire hires hired \
     headquarters base board room host agency charity",
);
/// Before an address that is somebody's home.
const HOMES: Words = Words::of("lives live lived living stays stay staying flat house home address her his rehoused");
/// “4 Family Court hearings” is no street.
const COURTS: Words = Words::of("family crown county magistrates high supreme");
/// How far back such words are looked for.
const NEAR: usize = 10;

/// Where the address ends that begins at a token.
pub(super) fn at(t: &Tokens, at: usize) -> Option<usize> {
    let end = if LIVES.has(t.word(at)) && AT.has(t.word(at + 1)) {
        flat(t, at + 2)
            .or_else(|| numbered(t, at + 2))
            .or_else(|| street(t, at + 2))?
    } else {
        flat(t, at).or_else(|| numbered(t, at))?
    };
    (!is_venue(t, at)).then_some(end)
}

fn is_venue(t: &Tokens, at: usize) -> bool {
    t.back(at, NEAR)
        .find(|i| VENUES.has(t.word(*i)) || HOMES.has(t.word(*i)))
        .is_some_and(|i| VENUES.has(t.word(i)))
}

/// “Flat 4, 18 Wharf Road”, “Flat 2b, Tower House”
fn flat(t: &Tokens, at: usize) -> Option<usize> {
    if !(t.is(at, "flat") || t.is(at, "apartment")) {
        return None;
    }
    let next = after_number(t, at + 1)?;
    let next = next + usize::from(t.text(next) == ",");
    let named = is_capitalised(t.word(next)) && t.gap(next) == Gap::Space;
    numbered(t, next)
        .or_else(|| street(t, next))
        .or_else(|| named.then(|| t.to(next)))
}

/// “12 Rosebank Street”
fn numbered(t: &Tokens, at: usize) -> Option<usize> {
    if !t.stands_free(at) {
        return None;
    }
    let next = after_number(t, at)?;
    street(t, next + usize::from(t.text(next) == "," && t.touches(next)))
}

/// Returns the token after a house number of at most four digits and a letter.
fn after_number(t: &Tokens, at: usize) -> Option<usize> {
    let number = t.number(at);
    let year = number.len() == 4 && (number.starts_with("19") || number.starts_with("20"));
    if year || !(1..=4).contains(&number.len()) {
        return None;
    }
    let letter = t.touches(at + 1) && t.word(at + 1).len() == 1;
    Some(at + 1 + usize::from(letter))
}

/// “Rosebank Street”, “Heol y Bryn”
fn street(t: &Tokens, at: usize) -> Option<usize> {
    let first = t.word(at);
    if !is_capitalised(first) || t.gap(at) > Gap::Line {
        return None;
    }
    if WELSH_STREETS.has(first) {
        let article = usize::from(t.is_any(at + 1, "y yr"));
        let last = at + 1 + article;
        return (is_capitalised(t.word(last)) && t.follows(last)).then(|| t.to(last));
    }
    let more = (at + 1..=at + 3).take_while(|i| t.follows(*i) && is_capitalised(t.word(*i)));
    let last = more
        .filter(|i| STREETS.has(t.word(*i)) && !COURTS.has(t.word(i - 1)))
        .last()?;
    Some(t.to(last))
}
