//! Finds words in free text that seem to identify somebody: names in a form like “Ms Smith” and common first names, dates of birth, NHS numbers,
//! postcodes, phone numbers, e-mail addresses and tell-tale phrases. `framework::identify` is this crate; it stands alone so
//! that the browser gets these rules and nothing else.
//!
//! It points out and never judges: whoever wrote the text decides. `tests/sentences` holds the labelled sentences by
//! which the rules are measured.

mod dates;
mod email;
mod names;
mod numbers;
mod phrases;
mod postcode;
mod shown;
mod token;
mod words;

pub use shown::{Piece, pieces};

use std::{collections::BTreeMap, ops::Range};
use token::Tokens;

/// What some words seem to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A name after a title, “Ms Smith”, or one that begins with a common first name.
    Name,
    /// A date of birth.
    Birth,
    /// Ten digits with the check digit of an NHS number.
    Nhs,
    /// A postcode of the United Kingdom.
    Postcode,
    /// A phone number of the United Kingdom that may be a person's own.
    Phone,
    /// An e-mail address.
    Email,
    /// A phrase that gives somebody away: a first name, initials with an age, an address.
    Phrase,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 7] = [
        Kind::Name,
        Kind::Birth,
        Kind::Nhs,
        Kind::Postcode,
        Kind::Phone,
        Kind::Email,
        Kind::Phrase,
    ];

    /// Returns the word in the history and in the labelled sentences.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Name => "name",
            Kind::Birth => "birth",
            Kind::Nhs => "nhs",
            Kind::Postcode => "postcode",
            Kind::Phone => "phone",
            Kind::Email => "email",
            Kind::Phrase => "phrase",
        }
    }

    /// Returns what it looks like, for people.
    pub fn words(self) -> &'static str {
        match self {
            Kind::Name => "a name",
            Kind::Birth => "a date of birth",
            Kind::Nhs => "an NHS number",
            Kind::Postcode => "a postcode",
            Kind::Phone => "a phone number",
            Kind::Email => "an e-mail address",
            Kind::Phrase => "words that say who is meant",
        }
    }
}

/// Words that seem to identify somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What they seem to be.
    pub kind: Kind,
    /// Where they stand, in bytes of the text, on character boundaries.
    pub range: Range<usize>,
}

impl Finding {
    /// Returns the words.
    pub fn words<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.range.clone()).unwrap_or_default()
    }

    /// Returns the mark by which a confirmation names these words without holding them: the same for the same words, however
    /// they are spaced or capitalised.
    pub fn mark(&self, text: &str) -> String {
        // FNV-1a; it guards against oversight, not against attack: whoever posts a mark could as well press the button
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for byte in self.kind.code().bytes().chain(plain(self.words(text)).bytes()) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        (0..8)
            .filter_map(|place| char::from_digit(u32::try_from((hash >> (32 + place * 4)) & 15).ok()?, 16))
            .collect()
    }
}

/// How many findings there are of each kind: what is kept of a confirmation.
pub type Kinds = BTreeMap<Kind, usize>;

/// Counts findings by their kinds.
pub fn kinds<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Kinds {
    let mut kinds = Kinds::new();
    for finding in findings {
        *kinds.entry(finding.kind).or_default() += 1;
    }
    kinds
}

/// The longest block in which a text is read, in bytes: so that memory stays small.
const BLOCK: usize = 256 * 1024;

/// Returns what in the text seems to identify somebody: in the order of the text, nothing twice. Takes time in proportion to the
/// text.
pub fn find(text: &str) -> Vec<Finding> {
    let mut findings = vec![];
    let mut rest = text;
    while !rest.is_empty() {
        let from = text.len() - rest.len();
        let (head, tail) = cut(rest, block(rest));
        find_in(head, from, &mut findings);
        rest = tail;
    }
    findings
}

/// Returns the findings whose words stand in none of the texts that are stored already: who reads them once need not be asked again.
pub fn fresh(text: &str, stored: &[&str]) -> Vec<Finding> {
    let found = find(text);
    if found.is_empty() {
        return found;
    }
    let stored: Vec<String> = stored.iter().map(|text| plain(text)).collect();
    found
        .into_iter()
        .filter(|finding| {
            let words = plain(finding.words(text));
            !stored.iter().any(|text| stands_in(&words, text))
        })
        .collect()
}

fn find_in(text: &str, offset: usize, findings: &mut Vec<Finding>) {
    let tokens = Tokens::of(text);
    let mut at = 0;
    while at < tokens.len() {
        let hit = RULES.iter().find_map(|(kind, rule)| Some((*kind, rule(&tokens, at)?)));
        let Some((kind, hit)) = hit else {
            at += 1;
            continue;
        };
        findings.push(Finding {
            kind,
            range: offset + hit.start..offset + hit.end,
        });
        at = tokens.after(hit.end, at + 1);
    }
}

/// Looks whether something begins at this token. Every rule looks at a bounded number of tokens around it.
type Rule = fn(&Tokens, usize) -> Option<Range<usize>>;

/// The first that fits wins.
const RULES: [(Kind, Rule); 8] = [
    (Kind::Email, email::at),
    (Kind::Phrase, phrases::at),
    (Kind::Name, names::at),
    (Kind::Name, names::first_at),
    (Kind::Birth, dates::at),
    (Kind::Postcode, postcode::at),
    (Kind::Nhs, numbers::nhs_at),
    (Kind::Phone, numbers::phone_at),
];

/// Returns the length of the next block: a paragraph, over whose end no rule looks. One that is too long is cut at a line's end,
/// else at a space, else anywhere.
fn block(text: &str) -> usize {
    let mut lines = 0;
    for (at, c) in text.char_indices() {
        match c {
            '\n' if lines == 1 => return at + 1,
            '\n' => lines += 1,
            c if !c.is_whitespace() => lines = 0,
            _ => {}
        }
        if at >= BLOCK {
            let last = |sign| cut(text, at).0.bytes().rposition(|byte| byte == sign);
            return last(b'\n').or_else(|| last(b' ')).map_or(at, |at| at + 1);
        }
    }
    text.len()
}

/// Returns the text before a byte and from it on. Texts are cut without a way to panic: the words of a panic cost the browser
/// kilobytes.
fn cut(text: &str, at: usize) -> (&str, &str) {
    text.split_at_checked(at).unwrap_or((text, ""))
}

/// In small letters, with single spaces.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !plain.is_empty() {
            plain.push(' ');
        }
        plain.push_str(word);
    }
    plain.make_ascii_lowercase();
    plain
}

/// Do the words stand in the text, not as a part of longer ones?
fn stands_in(words: &str, text: &str) -> bool {
    let first = words.chars().next();
    let last = words.chars().next_back();
    let mut places = text.char_indices().map(|(at, _)| at);
    places.any(|at| {
        let (before, from) = cut(text, at);
        let after = from.strip_prefix(words);
        after.is_some_and(|after| !goes_on(before.chars().next_back(), first) && !goes_on(last, after.chars().next()))
    })
}

/// Are both letters, or both digits?
fn goes_on(one: Option<char>, next: Option<char>) -> bool {
    let both = |is: fn(char) -> bool| one.is_some_and(is) && next.is_some_and(is);
    both(token::is_letter) || both(|c| c.is_ascii_digit())
}
