//! What a Practice is called, from a name or a short name.

use framework::ids::PracticeSlug;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The most characters of a Practice's name or region.
pub(super) const LONGEST_NAME: usize = 200;

/// Returns the short name of a Practice's name: `Nant y Frân` gives `nant-y-fran`. Letters lose their accents, apostrophes go,
/// whatever else is not a letter or digit parts words; cut at 60. `None` when no letter or digit is left.
pub fn slug_of(name: &str) -> Option<PracticeSlug> {
    let letters: String = (name
        .nfkd()
        .filter(|c| !is_combining_mark(*c) && !matches!(c, '\'' | '’' | '‘' | '`')))
    .flat_map(char::to_lowercase)
    .map(plain)
    .collect();
    let words = letters
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let mut slug = words.collect::<Vec<_>>().join("-");
    slug.truncate(60);
    PracticeSlug::parse(slug.trim_end_matches('-')).ok()
}

/// A name as it is kept, however it was typed: letters composed (a Mac takes them apart), a blank between words, whichever one
/// and however many there are. Line breaks stay, for they are refused.
pub(super) fn one_name(text: &str) -> String {
    let composed: String = text.nfc().collect();
    let words = composed.split(|c: char| c.is_whitespace() && !c.is_control());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Returns a name for a Practice of which only the short name is known: `north-vale` gives `North Vale`.
pub(super) fn name_of(slug: &PracticeSlug) -> String {
    let words = slug.as_str().split('-').map(|word| {
        let mut letters = word.chars();
        let first = letters.next().map(|c| c.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Letters that Unicode does not take apart.
fn plain(c: char) -> &'static str {
    const ASCII: &str = "abcdefghijklmnopqrstuvwxyz0123456789";
    match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        c => ASCII.find(c).and_then(|at| ASCII.get(at..=at)).unwrap_or("-"),
    }
}
