//! Names after a title: “Ms Smith”, “Mr and Mrs ap Rhys”, “Dr. M. O'Neill-Jones”.

use crate::{
    Hit,
    token::Tokens,
    words::{TITLES, Words, is_capitalised, is_capitals, without_s},
};

/// Small words inside names.
const PARTICLES: Words = Words::of("ap ab ferch verch van der den de la le du von bin binti al el ter da dos st");
/// What Microsoft sells, and what is missed on a day.
const NOT_AFTER_TITLE: Words = Words::of(
    "teams word excel forms office outlook project sharepoint access windows powerpoint azure planner lists onenote \
     onedrive monday mondays tuesday tuesdays wednesday wednesdays thursday thursdays friday fridays saturday saturdays \
     sunday sundays",
);
/// Small words that are no name after a title typed in small letters.
const NOT_SMALL: Words = Words::of(
    "and or in on at of is are was were as to for the a an not has have had if but by from with who per each only titles \
     teams word excel",
);
/// A name has at most so many words.
const MOST: usize = 4;

pub(crate) fn at(t: &Tokens, at: usize) -> Option<Hit> {
    let (title, next) = title(t, at)?;
    // Mr and Mrs
    let joined = t.is(next, "and") || t.is(next, "&");
    let (title, next) = match joined.then(|| self::title(t, next + 1)).flatten() {
        Some(second) => second,
        None => (title, next),
    };
    let end = name(t, next, title)?;
    Some(Hit { range: t.from(at)..end })
}

/// A title, and the token after it and its full stop.
fn title<'a>(t: &Tokens<'a>, at: usize) -> Option<(&'a str, usize)> {
    let word = t.word(at);
    // “they miss Leeds”, “120 ms”
    let measured = at > 0 && !t.number(at - 1).is_empty();
    let small = !is_capitalised(word) && !matches!(word, "mr" | "mrs" | "ms" | "dr");
    if !TITLES.has(word) || small || (word == "ms" && measured) || (t.touches(at) && at > 0 && joins(t, at - 1)) {
        return None;
    }
    let stop = t.text(at + 1) == "." && t.touches(at + 1);
    Some((word, at + 1 + usize::from(stop)))
}

fn joins(t: &Tokens, at: usize) -> bool {
    matches!(t.text(at), "-" | "_" | "@" | ".")
}

/// Where the name ends that begins at a token, if one does.
fn name(t: &Tokens, from: usize, title: &str) -> Option<usize> {
    let shouted = is_capitals(title);
    let typed_small = matches!(title, "mr" | "mrs" | "ms");
    let mut end = None;
    let mut at = from;
    let mut words = 0;
    while words < MOST && t.follows(at) {
        let word = t.word(at);
        let plain = without_s(word);
        if NOT_AFTER_TITLE.has(plain) {
            break;
        } else if PARTICLES.has(plain) && t.follows(at + 1) && goes_on(t.word(at + 1)) {
            at += 1;
            words += 1;
            continue;
        } else if is_initial(word) {
            at += 1 + usize::from(t.text(at + 1) == "." && t.touches(at + 1));
            words += 1;
            continue;
        }
        let named =
            is_capitalised(plain) || (typed_small && end.is_none() && !plain.is_empty() && !NOT_SMALL.has(plain));
        if !named || (shouted && end.is_some()) {
            break;
        }
        end = Some(t.from(at) + plain.len());
        if plain != word {
            break;
        }
        at += 1;
        words += 1;
    }
    end
}

fn goes_on(word: &str) -> bool {
    is_capitalised(word) || PARTICLES.has(word)
}

fn is_initial(word: &str) -> bool {
    is_capitalised(word) && word.chars().nth(1).is_none()
}
