//! Lists of words that several rules ask.

use crate::token::Tokens;

/// Words in a row, asked in small or capital letters.
pub(crate) struct Words {
    list: &'static str,
    /// A bit for each first letter with each length: most words are settled by one look.
    begin: [u64; 4],
}

impl Words {
    pub(crate) const fn of(list: &'static str) -> Words {
        let mut begin = [0; 4];
        let bytes = list.as_bytes();
        let (mut from, mut at) = (0, 0);
        while at <= bytes.len() {
            if at == bytes.len() || bytes[at] == b' ' {
                let (place, bit) = place(bytes[from], at - from);
                begin[place] |= bit;
                from = at + 1;
            }
            at += 1;
        }
        Words { list, begin }
    }

    pub(crate) fn has(&self, word: &str) -> bool {
        let Some(first) = word.bytes().next() else {
            return false;
        };
        let (place, bit) = place(first, word.len());
        self.begin[place] & bit != 0 && self.list.split(' ').any(|listed| listed.eq_ignore_ascii_case(word))
    }
}

/// Returns which bit stands for words of this length that begin so.
const fn place(first: u8, length: usize) -> (usize, u64) {
    let length = if length < 8 { length } else { 0 };
    let key = (first & 31) as usize * 8 + length;
    (key / 64, 1 << (key % 64))
}

/// Before a name.
pub(crate) const TITLES: Words = Words::of("mr mrs ms miss mx dr prof professor doctor rev revd reverend");

/// Who belongs to whom.
pub(crate) const RELATIONS: Words = Words::of(
    "daughter son child baby boy girl mother mum mam mummy dad father sister brother husband wife boyfriend girlfriend \
     partner ex ex-partner ex-husband nan nana gran grandmother grandfather grandma grandad grandson granddaughter aunt \
     auntie uncle niece nephew cousin stepfather stepmother stepson stepdaughter twin twins toddler daughters sons children \
     friend lad lass eldest youngest oldest sister-in-law mother-in-law half-sister half-brother merch mab mam-gu tad",
);

/// Other words for one person.
const PERSONS: Words =
    Words::of("she he her his him hers woman women lady mother who client resident carer teenager twins");

/// Words with a capital that are nobody's name.
const NOBODY: Words = Words::of(
    "I the a an and in on at or of to for from by with as is it we they she he this that these those there our their her his \
     practice practices pause national next steps team teams service services health housing court centre center unit group \
     groups care plan women woman men girls boys children child family families parents mothers fathers mums people persons \
     adults everyone everybody anyone anybody nobody all both each some many most other others young staff practitioners \
     practitioner workers worker members residents clients participants council police social work home office board bank \
     monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays \
     protection support project charity agency agencies trust foundation school hospital cohort criterion element section \
     table figure page step level band group case study",
);

/// One person, in any words: a pronoun, a relation, a title.
pub(crate) fn is_person(word: &str) -> bool {
    let word = without_s(word);
    PERSONS.has(word) || RELATIONS.has(word) || TITLES.has(word)
}

/// “Smith” of “Smith's”.
pub(crate) fn without_s(word: &str) -> &str {
    let mut ends = ["'s", "’s", "'S", "’S"].into_iter();
    ends.find_map(|end| word.strip_suffix(end)).unwrap_or(word)
}

/// Returns whether it begins with a capital.
pub(crate) fn is_capitalised(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// Capitals only, two at least.
pub(crate) fn is_capitals(word: &str) -> bool {
    word.chars().nth(1).is_some() && !word.chars().any(char::is_lowercase)
}

/// A word that may be somebody's name: a capital, then small letters, and not listed as nobody's.
pub(crate) fn may_be_name(word: &str) -> bool {
    let name = without_s(word);
    is_capitalised(name) && !is_capitals(name) && name.chars().nth(1).is_some() && !NOBODY.has(name)
}

/// One or two such words from a token on: the token after them and where they end.
pub(crate) fn name_from(t: &Tokens, at: usize) -> Option<(usize, usize)> {
    let first = t.word(at);
    if !t.follows(at) || !may_be_name(first) {
        return None;
    }
    let second = t.word(at + 1);
    let last = if without_s(first) == first && t.follows(at + 1) && may_be_name(second) {
        at + 1
    } else {
        at
    };
    Some((last + 1, t.from(last) + without_s(t.word(last)).len()))
}
