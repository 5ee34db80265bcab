//! Initials or a first name with an age: “JS, 34”, “K.M. (29)”, “Kayleigh, aged 27”, “PN, a 33-year-old”.

use crate::{
    token::Tokens,
    words::{Words, is_capitals, may_be_name},
};

/// Two or three capitals that are no initials here.
const ABBREVIATIONS: Words = Words::of(
    "la las hr it dv da mh sw pl qa gp gps cp tm am pm np pp hv po uk eu us nhs csc cin lac cpp icb ccg mdt dwp pip uc ai id qr \
     pr vat hmp iro lga sla kpi pdf caf fte rag cqc sen ehc edt dbs nvq ba ma phd md bsc msc rn hq pc tv dvd usb sms gdpr ico \
     asd adhd ptsd cbt emdr dbt bme lgbt aa na ssw nqsw spoc ehcp mp mps rd ft wte ceo cfo dcs gcse ni wg ey eyfs cic sgo ico",
);

/// Where initials or a name with an age end that begin at a token.
pub(super) fn at(t: &Tokens, at: usize) -> Option<usize> {
    let initials = initials(t, at);
    let next = match initials {
        Some(next) => next,
        None if may_be_name(t.word(at)) => at + 1,
        None => return None,
    };
    if let Some(end) = said(t, next) {
        // “Practitioners aged 50”
        let several = initials.is_none() && t.word(at).ends_with('s') && t.text(next) != ",";
        return (!several).then_some(end);
    }
    match initials {
        Some(next) => bare(t, next),
        None => bare(t, next).filter(|_| !t.word(at).ends_with('s') && of_somebody(t, next)),
    }
}

/// “Jade (27) and her two boys”: a name with an age, and soon a word for one person; not “Cardiff (27) and Swansea (12)”.
fn of_somebody(t: &Tokens, next: usize) -> bool {
    t.text(next) == "(" && (next + 3..=next + 5).any(|at| t.is_any(at, "her his she he who"))
}

/// Returns the token after two or three initials, with or without stops.
fn initials(t: &Tokens, at: usize) -> Option<usize> {
    let word = t.word(at);
    if !t.stands_free(at) {
        return None;
    }
    if word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_uppercase()) {
        let dotted = t.text(at + 1) == "." && t.touches(at + 1) && t.touches(at + 2);
        let second = t.word(at + 2);
        if !dotted || second.len() != 1 || !second.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return None;
        }
        return Some(at + 3 + usize::from(t.text(at + 3) == "." && t.touches(at + 3)));
    }
    let ascii = word.bytes().all(|byte| byte.is_ascii_uppercase());
    (matches!(word.len(), 2 | 3) && ascii && is_capitals(word) && !ABBREVIATIONS.has(word)).then_some(at + 1)
}

/// “, aged 27”, “(aged 27)”, “, a 27-year-old”
fn said(t: &Tokens, next: usize) -> Option<usize> {
    let at = next + usize::from(t.is_any(next, ", ("));
    if t.is(at, "aged") || t.is(at, "age") {
        is_age(t.number(at + 1))?;
        let range = t.is_any(at + 2, "to and or over plus + - – /");
        return (!range).then(|| t.to(at + 1));
    }
    let article = usize::from(t.is(at, "a") || t.is(at, "an"));
    let at = at + article;
    is_age(t.number(at))?;
    let joined = t.text(at + 1) == "-" && t.touches(at + 1);
    let year = at + 1 + usize::from(joined);
    let word = t.word(year).as_bytes();
    let old = word.windows(4).any(|bytes| bytes == b"-old");
    (old && word.get(..4)?.eq_ignore_ascii_case(b"year")).then(|| t.to(year))
}

/// “, 34,” and “(34)” after initials.
fn bare(t: &Tokens, next: usize) -> Option<usize> {
    let at = next + 1;
    is_age(t.number(at))?;
    if t.text(next) == "(" {
        let close = at + 1 + usize::from(t.is_any(at + 1, "years yrs yo y"));
        return (t.text(close) == ")").then(|| t.to(close));
    }
    let ends = at + 1 >= t.len() || t.is_any(at + 1, ", . ) years yrs yo who has is was");
    let decimal = t.is(at + 1, ".") && t.touches(at + 2) && !t.number(at + 2).is_empty();
    (t.text(next) == "," && ends && !decimal).then(|| t.to(at))
}

/// Thirteen to sixty: who is supported is not younger or older.
fn is_age(digits: &str) -> Option<()> {
    let age: u32 = digits.parse().ok()?;
    (digits.len() == 2 && (13..=60).contains(&age)).then_some(())
}
