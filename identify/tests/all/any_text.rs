//! What holds for any text, hostile ones too.

use identify::{find, fresh, pieces};
use proptest::prelude::*;

/// Bits of which the rules ask, in any order, and characters of several bytes.
fn bits() -> impl Strategy<Value = String> {
    let bit = prop::sample::select(vec![
        "Ms",
        "Mrs.",
        "Dr",
        "Smith",
        "O’Brien",
        "her",
        "daughter",
        "son",
        "called",
        "name is",
        "née",
        "aka",
        "known as",
        "DOB",
        "born",
        "03/05/1991",
        "3 May",
        "1994",
        "943",
        "476",
        "5919",
        "9434765919",
        "LS98",
        "1AA",
        "sw1a1aa",
        "07700",
        "900123",
        "+44",
        "a@b.org",
        "a.b.",
        "@",
        "JS,",
        "34",
        "(29)",
        "aged",
        "lives at",
        "12",
        "Rose",
        "Street",
        "Flat 2",
        "b.",
        "d.o.b.",
        "−",
        "🅬",
        "ŵ",
        "’s",
        "'",
        "-",
        "/",
        "(",
        ")",
        ".",
        ",",
        ";",
        "\n",
        "\n\n",
        "\u{a0}",
        "\u{2003}",
        "١٢",
        "é",
    ]);
    let space = prop::sample::select(vec![" ", "", " ", "\r\n", "  "]);
    prop::collection::vec((bit, space), 0..40)
        .prop_map(|bits| bits.iter().map(|(bit, space)| [*bit, *space].concat()).collect())
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![3 => bits(), 1 => any::<String>(), 1 => "[ -~\\n]{0,200}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn findings_are_in_order_apart_and_on_character_boundaries(text in any_text()) {
        let mut from = 0;
        for finding in find(&text) {
            prop_assert!(finding.range.start >= from, "{finding:?} in {text:?}");
            prop_assert!(finding.range.end > finding.range.start);
            prop_assert!(text.get(finding.range.clone()).is_some(), "{finding:?} in {text:?}");
            prop_assert_eq!(finding.words(&text).trim(), finding.words(&text));
            from = finding.range.end;
        }
    }

    #[test]
    fn a_paragraph_is_read_the_same_wherever_it_stands(before in any_text(), text in any_text(), after in any_text()) {
        let whole = format!("{before}\n\n{text}\n\n{after}");
        let offset = before.len() + 2;
        let inside: Vec<_> = find(&whole)
            .into_iter()
            .filter(|f| f.range.start >= offset && f.range.end <= offset + text.len())
            .map(|f| (f.kind, f.range.start - offset..f.range.end - offset))
            .collect();
        let alone: Vec<_> = find(&text).into_iter().map(|f| (f.kind, f.range)).collect();
        prop_assert_eq!(inside, alone);
    }

    #[test]
    fn a_text_is_not_fresh_beside_itself(text in any_text(), more in any_text()) {
        prop_assert!(fresh(&text, &[&more, &text]).is_empty());
        prop_assert_eq!(fresh(&text, &[]), find(&text));
    }

    #[test]
    fn what_is_shown_holds_every_finding(text in any_text()) {
        let findings = find(&text);
        let shown = pieces(&text, &findings);
        let marked: Vec<String> = shown.into_iter().filter(|p| p.kind.is_some()).map(|p| p.text).collect();
        let words: Vec<String> = findings.iter().map(|f| f.words(&text).to_owned()).collect();
        prop_assert_eq!(marked, words);
    }
}

/// Work that grows with the square of the text would not end here in a lifetime.
#[test]
fn long_hostile_texts_come_to_an_end() {
    for bit in [
        "a.",
        "a@",
        "Ms ",
        "Ms. ",
        "Her ",
        "her eldest ",
        "0",
        "0 ",
        "943 ",
        "1/",
        "3 May ",
        "Flat 1 ",
        "A.B.",
        "12 Rose ",
        "(",
        "\n",
        "ŵ",
        "known as ",
    ] {
        let text = bit.repeat(150_000 / bit.len());
        let findings = find(&text);
        assert!(findings.len() <= text.len());
    }
}
