//! How lines break.

use super::*;

const TEN: Set = Set {
    size: 10.0,
    strong: false,
};

fn lines(inlines: &[Inline], width: f32) -> Vec<String> {
    wrap(inlines, TEN, width)
        .into_iter()
        .map(|line| line.pieces.into_iter().map(|p| p.text).collect())
        .collect()
}

#[test]
fn words_stay_whole_and_lines_keep_within_the_width() {
    let text = [Inline::text(
        "The team meets every week to reflect on its practice together",
    )];
    let wrapped = wrap(&text, TEN, 100.0);
    assert!(wrapped.len() > 2);
    assert!(wrapped.iter().all(|line| line.width <= 100.01));
    let joined: String = lines(&text, 100.0).concat();
    assert_eq!(joined, text[0].text);
}

#[test]
fn a_word_across_two_looks_is_not_split() {
    let text = [Inline::text("aaaa "), Inline::strong("bbb"), Inline::text("ccc")];
    assert_eq!(lines(&text, 42.0), ["aaaa ", "bbbccc"]);
}

#[test]
fn what_is_set_strong_is_as_wide_as_strong_words() {
    let (plain, strong) = ([Inline::text("Pause Practice")], [Inline::strong("Pause Practice")]);
    let width = |inlines, set| wrap(inlines, set, 500.0)[0].width;
    let bold = Set { strong: true, ..TEN };
    assert_eq!(width(&plain, bold), width(&strong, TEN));
    assert!(width(&plain, TEN) < width(&strong, TEN));
    assert!((extent(&plain, true).1 * 10.0 - width(&strong, TEN)).abs() < 0.01);
}

#[test]
fn an_enormous_word_is_set_in_parts_and_nothing_is_lost() {
    let text = [Inline::text("x".repeat(5_000))];
    let wrapped = lines(&text, 100.0);
    assert_eq!(wrapped.concat().len(), 5_000);
    assert!(wrap(&text, TEN, 100.0).iter().all(|line| line.width <= 100.01));
}

#[test]
fn a_column_narrower_than_a_letter_still_ends() {
    assert_eq!(lines(&[Inline::text("WWW")], 0.0).concat(), "WWW");
    assert_eq!(lines(&[Inline::text("WWW")], -5.0).concat(), "WWW");
    assert_eq!(wrap(&[], TEN, 100.0).len(), 1);
}

#[test]
fn line_feeds_break_and_hyphens_may_but_figures_do_not() {
    assert_eq!(lines(&[Inline::text("a\nb")], 100.0), ["a", "b"]);
    assert_eq!(lines(&[Inline::text("self-assessment")], 50.0), ["self-", "assessment"]);
    assert_eq!(lines(&[Inline::text("aa 2018–2025")], 53.0), ["aa ", "2018–2025"]);
}

#[test]
fn letters_are_composed_and_marks_without_shape_dropped() {
    assert_eq!(clean("w\u{302}\u{200b}y\u{302}\u{202e}"), "ŵŷ");
    assert!(matches!(clean("plain"), Cow::Borrowed(_)));
}

#[test]
fn labels_are_shortened_to_the_width() {
    let short = shorten("A relationships-based approach", false, 10.0, 60.0);
    assert!(short.ends_with('…') && measure(&short, false, 10.0) <= 60.0);
    assert_eq!(wrap_plain("one two three four five", false, 10.0, 40.0, 2).len(), 2);
}
