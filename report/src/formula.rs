//! Text that a spreadsheet would take for a formula, made harmless: the one rule for every CSV file.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula: at best it shows `#NAME?` for somebody's list,
//! at worst it runs what a stranger wrote. Which cells there are depends on the program: one that separates by semicolons
//! begins a cell after each of them, also inside quotation marks, since these stand in mid-line then. So a text is looked at in
//! the pieces between commas, semicolons, tabs and line ends, each of them without blanks and quotation marks before it. An
//! apostrophe, spreadsheets' own sign for “this is text”, goes right before the sign; [`unguarded`] takes one away there.

/// Returns the text with an apostrophe before every sign that could begin a formula; numbers such as −1 stay as they are.
pub(crate) fn guarded(text: &str) -> String {
    if is_number(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 1);
    let mut beginning = true;
    for c in text.chars() {
        if beginning && is_sign(c) {
            out.push('\'');
        }
        beginning = begins_after(c, beginning);
        out.push(c);
    }
    out
}

/// Returns the text that [`guarded`] gave this for.
pub(crate) fn unguarded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut beginning = true;
    for c in text.chars() {
        if beginning && is_sign(c) && out.ends_with('\'') {
            out.pop();
        }
        beginning = begins_after(c, beginning);
        out.push(c);
    }
    out
}

/// Returns whether a cell of a workbook, where nothing parts it, would be taken for a formula once somebody edits it.
pub(crate) fn begins_like_one(text: &str) -> bool {
    text.starts_with(is_sign)
}

fn is_number(text: &str) -> bool {
    // “-inf” is read as a number, too
    text.parse::<f64>().is_ok() && text.contains(|c: char| c.is_ascii_digit())
}

fn is_sign(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠')
}

/// Can a formula begin behind this character?
fn begins_after(c: char, beginning: bool) -> bool {
    match c {
        ',' | ';' | '\t' | '\n' | '\r' => true,
        '"' | '\'' => beginning,
        blank => beginning && blank.is_whitespace(),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::{prelude::*, sample::select};

    /// Returns the first piece of a file in which a formula begins, whichever of the separators a program goes by.
    pub(crate) fn first_formula(file: &str) -> Option<&str> {
        file.split(['\n', '\r', ',', ';', '\t'])
            .find(|piece| !is_number(piece) && piece.trim_start_matches([' ', '"']).starts_with(is_sign))
    }

    #[test]
    fn an_apostrophe_goes_before_what_could_be_a_formula_in_any_program() {
        for (text, written) in [
            ("plain", "plain"),
            ("=1+1", "'=1+1"),
            ("＝1+1", "'＝1+1"),
            ("'=1", "''=1"),
            ("'quoted'", "'quoted'"),
            ("-0.02", "-0.02"),
            ("-inf", "'-inf"),
            ("Minutes of May;=1+1", "Minutes of May;'=1+1"),
            ("Agreed;@SUM(1;2)", "Agreed;'@SUM(1;2)"),
            ("Two staff ;+1+1", "Two staff ;'+1+1"),
            ("a, \"=b\"", "a, \"'=b\""),
            ("- one\n- two", "'- one\n'- two"),
            ("5-6, a=b; c@d.example", "5-6, a=b; c@d.example"),
        ] {
            assert_eq!(guarded(text), written);
            assert_eq!(unguarded(written), text);
        }
    }

    proptest! {
        #[test]
        fn no_piece_begins_a_formula_and_no_word_is_lost(pieces in proptest::collection::vec(
            select(vec!["=", "+", "-", "@", "＝", "'", "\"", ",", ";", "\t", "\n", "\r", " ", "\u{a0}", "1", "a", "ŵ"]), 0..12))
        {
            let text = pieces.concat();
            let written = guarded(&text);
            prop_assert_eq!(first_formula(&written), None, "{}", written);
            prop_assert_eq!(unguarded(&written), text);
        }
    }
}
