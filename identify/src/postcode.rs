//! Postcodes: an area that exists, a district, a space or none, a digit and two letters of those in use.

use crate::{
    token::{Tokens, is_letter},
    words::Words,
};
use std::ops::Range;

const AREAS: Words = Words::of(
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU \
     GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE \
     PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE",
);

pub(crate) fn at(t: &Tokens, at: usize) -> Option<Range<usize>> {
    let area = t.word(at);
    if area.len() > 2 || !AREAS.has(area) || !t.touches(at + 1) || !t.stands_free(at) {
        return None;
    }
    let rest = t.rest(at + 1);
    // the longer district first: B33 9BB without its space is no B3 39BB
    let length = [2, 1].into_iter().find_map(|district| unit(area, rest, district))?;
    let from = t.from(at);
    Some(from..from + area.len() + length)
}

/// Returns the length of district, space and the last three characters.
fn unit(area: &str, rest: &str, district: usize) -> Option<usize> {
    let bytes = rest.as_bytes();
    let (number, tail) = bytes.split_at_checked(district)?;
    let numbered = match number {
        [digit] => digit.is_ascii_digit(),
        [digit, more] => {
            digit.is_ascii_digit()
                && (more.is_ascii_digit() || b"ABCDEFGHJKMNPRSTUVWXY".contains(&more.to_ascii_uppercase()))
        }
        _ => false,
    };
    let spaces = tail.iter().take_while(|byte| **byte == b' ').count();
    let [digit, first, second, ..] = tail.get(spaces..)? else {
        return None;
    };
    let letters = [*first, *second];
    let in_use = |byte: &u8| byte.is_ascii_alphabetic() && !b"CIKMOV".contains(&byte.to_ascii_uppercase());
    let small = |byte: &u8| byte.is_ascii_lowercase();
    let in_one_case = letters.iter().all(small) == area.bytes().all(|byte| small(&byte))
        && letters.iter().any(small) == area.bytes().any(|byte| small(&byte));
    let ordinal = letters.iter().all(small) && [b"st", b"nd", b"rd", b"th"].contains(&&letters);
    let length = district + spaces + 3;
    let ends = rest
        .get(length..)
        .is_some_and(|rest| !rest.chars().next().is_some_and(|c| is_letter(c) || c.is_ascii_digit()));
    // in small letters, a code without its space is more likely something else
    let spaced = letters.iter().any(u8::is_ascii_uppercase) || spaces > 0;
    let fits = numbered && spaced && spaces <= 2 && digit.is_ascii_digit() && letters.iter().all(in_use);
    (fits && in_one_case && !ordinal && ends).then_some(length)
}
