//! Names after a title – “Ms Smith”, “Mr and Mrs ap Rhys”, “Dr. M. O'Neill-Jones” – and first names that many people have.

use crate::{
    token::Tokens,
    words::{TITLES, Words, is_capitalised, is_capitals, may_be_name, without_s},
};
use std::ops::Range;

/// First names that are common in Britain and that are hardly ever another word or a place.
const FIRST: Words = Words::of(
    "aaron abbie abigail adam ahmed aisha alana alexander alfie amelia amina amy andrea andrew angela angharad anita anna anne \
     annie anthony archie aysha barbara becky ben benjamin beth bethan bethany bronwen caitlin callum cameron carly carol caroline \
     carys catherine catrin cathy cerys chantelle charlotte charlie cheryl chloe christine christopher claire clare colin connor \
     courtney craig daniel danielle darren david debbie deborah demi denise diane donna dylan elaine eleanor elin elizabeth ella \
     ellie emily emma ethan fatima ffion fiona freya gail gareth gary gavin gemma george georgina gillian graham gwen hannah \
     harry hassan hayley helen ian ibrahim imogen isabella isabelle jackie jacqueline jake james jamie jane janet janice jason \
     jayne jenna jennifer jenny jess jessica joanna joanne jodie john joseph josh joshua julia julie karen karl kate katherine \
     kathleen kathryn katie kayleigh keeley keith kelly kelsey kerry kevin khadija kieran kim kimberley kirsty kyle kylie laura \
     lauren layla leah leanne leila leon liam linda lisa logan lorraine louise lowri lucy luke lynn lynne maisie \
     malcolm mandy marie martin maryam matthew maureen megan melanie melissa mia michael michelle mohammed molly muhammad nadia \
     naomi natalie natasha nathan neil nia nicola nicole nigel nikki noah olivia oliver omar owen paige pamela patricia patrick \
     paul paula pauline peter philip priya rachael rachel rebecca rhiannon rhys robert rosie roxanne ryan sally samantha samuel \
     sandra sarah sean shannon sharon shaun sheila shirley sian sinead siobhan siân simon sophia sophie stacey stacy steph \
     stephanie stephen steven stuart sunita susan suzanne tamara tamsin tanya tara teresa theresa thomas tiffany timothy tina \
     toby toni tony tracey tracy trevor tyler vanessa vicky wayne wendy william yasmin yvonne zainab zara zoe zoë",
);
/// After a name, these make it a place's, an organisation's or a law's.
const NAMED_AFTER: Words = Words::of(
    "act ambulance award building care centre charity clinic close college community court crescent day drive foundation \
     framework gardens group hall hospice hospital house hub infirmary inquiry institute lane law library lodge model park place \
     practice programme project report review road scale school square street surgery team test trust unit university ward way",
);
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

pub(crate) fn at(t: &Tokens, at: usize) -> Option<Range<usize>> {
    let (title, next) = title(t, at)?;
    // Mr and Mrs
    let joined = t.is(next, "and") || t.is(next, "&");
    let (title, next) = match joined.then(|| self::title(t, next + 1)).flatten() {
        Some(second) => second,
        None => (title, next),
    };
    let end = name(t, next, title)?;
    Some(t.from(at)..end)
}

/// “Kelly”, “Sarah Louise Pugh”; not “Sarah's Law”, “St John Ambulance”, “James Street”.
pub(crate) fn first_at(t: &Tokens, at: usize) -> Option<Range<usize>> {
    let word = t.word(at);
    let first = without_s(word);
    let saint =
        at > 0 && (t.is(at - 1, "st") || t.is(at - 1, "saint") || (t.is(at - 1, ".") && at > 1 && t.is(at - 2, "st")));
    if !is_capitalised(first) || is_capitals(first) || !FIRST.has(first) || saint || !t.stands_free(at) {
        return None;
    }
    let more = (at + 1..at + MOST).take_while(|i| t.follows(*i) && is_capitalised(t.word(*i)));
    let mut last = at;
    for i in more {
        if NAMED_AFTER.has(t.word(i)) {
            return None;
        }
        // after “Kelly's” somebody else begins
        if without_s(t.word(last)) == t.word(last) && may_be_name(t.word(i)) {
            last = i;
        }
    }
    Some(t.from(at)..t.from(last) + without_s(t.word(last)).len())
}

/// Returns a title, and the token after it and its full stop.
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
    t.is_any(at, "- _ @ .")
}

/// Where the name ends that begins at a token, if one does.
fn name(t: &Tokens, from: usize, title: &str) -> Option<usize> {
    let shouted = is_capitals(title);
    let typed_small = matches!(title, "mr" | "mrs" | "ms");
    let mut end = None;
    let mut at = from;
    let mut words = 0;
    while words < MOST && (t.follows(at) || (at == from && t.text(at - 1) == ".")) {
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
