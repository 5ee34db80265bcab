//! Names as they are compared: which two are one and the same, and what a search finds and a list is sorted by.

use deunicode::deunicode;
use unicode_normalization::UnicodeNormalization;

/// Returns what two names have in common that people read as one name: composed or decomposed letters, case, blanks of
/// any kind, forms of apostrophe and hyphen, and signs that nobody sees make no difference. Accents do: Tŷ is not Ty.
pub fn same_name_key(name: &str) -> String {
    let plain = name.nfkc().filter(|c| !is_unseen(*c)).map(plain_sign);
    let lower: String = plain.flat_map(char::to_lowercase).nfkc().collect();
    tidy(&lower)
}

/// Returns a text as searches and sorted lists see it: small letters without accents, so that `ty gwyn` finds Tŷ Gwyn and Ŵyl
/// stands with W.
pub fn folded(text: &str) -> String {
    match text.is_ascii() {
        true => text.to_ascii_lowercase(),
        false => deunicode(&text.nfkc().collect::<String>()).to_ascii_lowercase(),
    }
}

/// Returns a name as it is kept: composed, one blank between words and none around them.
pub fn tidy(name: &str) -> String {
    let words: Vec<String> = name.split_whitespace().map(|word| word.nfc().collect()).collect();
    words.join(" ")
}

fn plain_sign(c: char) -> char {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{2032}' | '\u{02BC}' | '\u{00B4}' | '`' => '\'',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        _ => c,
    }
}

/// Soft hyphens, marks of direction, joiners and the like: they come along with what is copied.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_read_the_same_are_the_same() {
        for (one, other) in [
            ("Tŷ Glas", "Ty\u{302} Glas"),
            ("Tŷ Glas", "TŶ GLAS"),
            ("Tŷ Glas", "  tY\u{302}\u{a0}\u{2009} glas\t"),
            ("St Mary's", "St Mary’s"),
            ("Stoke-on-Trent", "Stoke\u{2011}on–Trent"),
            ("Quillbridge", "Quill\u{ad}bridge\u{200b}"),
            ("Office", "oﬃce"),
        ] {
            assert_eq!(same_name_key(one), same_name_key(other), "{one:?} {other:?}");
        }
        for (one, other) in [
            ("Tŷ Glas", "Ty Glas"),
            ("North Vale", "Northvale"),
            ("North Vale", "North Vale 2"),
        ] {
            assert_ne!(same_name_key(one), same_name_key(other), "{one:?} {other:?}");
        }
    }

    #[test]
    fn a_search_needs_no_accents_and_lists_put_them_with_their_letter() {
        for (text, plain) in [
            ("Tŷ Gwyn", "ty gwyn"),
            ("Ty\u{302} Gwyn", "ty gwyn"),
            ("Nant y Frân", "nant y fran"),
            ("Ŵyl", "wyl"),
            ("QUILLBRIDGE", "quillbridge"),
            ("Søndre Łódź", "sondre lodz"),
            ("St Mary’s", "st mary's"),
        ] {
            assert_eq!(folded(text), plain, "{text:?}");
        }
        let mut names = ["Zennor", "Ŵyl", "Watermill", "Ashby", "Éirin"];
        names.sort_by_key(|name| folded(name));
        assert_eq!(names, ["Ashby", "Éirin", "Watermill", "Ŵyl", "Zennor"]);
    }

    #[test]
    fn a_name_is_kept_composed_with_single_blanks() {
        assert_eq!(tidy(" Ty\u{302}\u{a0} Glas "), "Tŷ Glas");
        assert_eq!(tidy("\u{a0}\t"), "");
    }
}
