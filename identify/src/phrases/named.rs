//! Names without a title, given away by the words before them. Each function gives the byte where the phrase ends.

use crate::{
    token::Tokens,
    words::{RELATIONS, Words, is_capitalised, is_person, may_be_name, name_from, without_s},
};

const OWNERS: Words = Words::of("her his their my the a an ei");
/// Only one person's: “their partner” and “the mother” may be anybody's.
const ONE_OWNER: Words = Words::of("her his my ei");
const ADJECTIVES: Words = Words::of(
    "eldest oldest youngest older elder younger middle little baby late former first second third other big grown-up adult own \
     birth foster new teenage",
);
const NAME_KINDS: Words =
    Words::of("real full first last middle maiden birth married legal given pet own second old new");
const NAMES: Words = Words::of("name names surname nickname");
const IS: Words = Words::of("is are was were");
const BETWEEN: Words = Words::of("is are was were now also who");

/// “her daughter's name is Megan”, “real name Donna”, “surname: Trent”
pub(super) fn name_is(t: &Tokens, at: usize) -> Option<usize> {
    let owned = ONE_OWNER.has(t.word(at)) || t.is(at, "their");
    let kind = NAME_KINDS.has(t.word(at));
    let mut next = at;
    if owned {
        next += 1;
        let relative = without_s(t.word(next));
        if relative != t.word(next) && RELATIONS.has(relative) {
            next += 1;
        } else if RELATIONS.has(relative) && t.is_any(next + 1, "' ’") {
            next += 2;
        }
    }
    if NAME_KINDS.has(t.word(next)) {
        next += 1;
    }
    let alone = t.is(next, "surname");
    if !(owned || kind || alone) || !NAMES.has(t.word(next)) {
        return None;
    }
    next += 1;
    let said = IS.has(t.word(next)) || t.is_any(next, ": , - – =");
    if !said && !kind && !alone {
        return None;
    }
    name_from(t, next + usize::from(said)).map(|(_, end)| end)
}

/// “her son Tyler”, “the baby, Noah”
pub(super) fn relation(t: &Tokens, at: usize) -> Option<usize> {
    let owner = t.word(at);
    let of_somebody = without_s(owner) != owner && is_person(owner);
    if !OWNERS.has(owner) && !of_somebody {
        return None;
    }
    let mut next = at + 1;
    for _ in 0..2 {
        let described = ADJECTIVES.has(t.word(next));
        let more = RELATIONS.has(t.word(next + 1)) || ADJECTIVES.has(t.word(next + 1));
        next += usize::from(described && more);
    }
    let relative = t.word(next);
    if !RELATIONS.has(relative) || !t.follows(next) || is_capitalised(relative) {
        return None;
    }
    let young = t.is_any(next, "baby boy girl toddler twins");
    let close = !t.is_any(next, "partner friend sister ex");
    let one = of_somebody || ONE_OWNER.has(owner) || (t.is(at, "the") && young) || (t.is(at, "their") && close);
    if !one {
        return None;
    }
    let comma = t.text(next + 1) == "," && t.touches(next + 1);
    let (after, end) = name_from(t, next + 1 + usize::from(comma))?;
    // “her mother, Health and …” goes on with a list
    (!comma || after >= t.len() || t.is_any(after, ", . ) ; – -")).then_some(end)
}

/// “a woman called Jade”, “her children are called Ruby and Leo”
pub(super) fn called(t: &Tokens, at: usize) -> Option<usize> {
    if !(t.is(at, "called") || t.is(at, "named")) {
        return None;
    }
    let mut before = t.back(at, 4).skip_while(|i| BETWEEN.has(t.word(*i)));
    let who = before.next()?;
    let between = at - who - 1;
    let pronoun = t.is(who, "she") || t.is(who, "he") || t.is(who, "who");
    let person = if pronoun { between > 0 } else { is_one(t.word(who)) };
    if !person {
        return None;
    }
    name_from(t, at + 1).map(|(_, end)| end)
}

fn is_one(word: &str) -> bool {
    without_s(word) == word && is_person(word) && !["her", "his", "him"].contains(&word)
}

/// “known as Shaz” of somebody, “aka Roxy”
pub(super) fn known_as(t: &Tokens, at: usize) -> Option<usize> {
    let next = if t.is(at, "formerly") && t.is(at + 1, "known") && t.is(at + 2, "as") {
        at + 3
    } else if t.is(at, "known") && t.is(at + 1, "as") || t.is(at, "goes") && t.is(at + 1, "by") {
        at + 2
    } else if t.is(at, "aka") {
        at + 1
    } else if t.is(at, "a") && t.text(at + 1) == "." && t.is(at + 2, "k") && t.is(at + 4, "a") && t.text(at + 5) == "."
    {
        at + 6
    } else {
        return None;
    };
    let (_, end) = name_from(t, next)?;
    t.word_before(at, 10, is_person).then_some(end)
}

/// “née Thornbury”
pub(super) fn nee(t: &Tokens, at: usize) -> Option<usize> {
    if !t.is_any(at, "née nee Née NÉE né") || !may_be_name(t.word(at + 1)) {
        return None;
    }
    name_from(t, at + 1).map(|(_, end)| end)
}
