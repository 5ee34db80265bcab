//! Whatever is typed is shown.

use super::*;
use crate::html;
use proptest::prelude::*;

fn page(text: &str) -> String {
    html::blocks(&blocks(text), &html::Options::default())
}

/// Everything that is shown, with its marks, without blanks.
fn shown(blocks: &[Block]) -> String {
    let mut words = String::new();
    for block in blocks {
        match block {
            Block::Paragraph(line) => line.iter().for_each(|inline| words.push_str(&inline.text)),
            Block::List { marks, items } => {
                for (index, item) in items.iter().enumerate() {
                    words.push_str(&marks.of(index));
                    words.push_str(&shown(item));
                }
            }
            other => unreachable!("people's text becomes no {other:?}"),
        }
    }
    without_blanks(&words)
}

fn without_blanks(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn what_markdown_would_change_is_shown_as_it_was_typed() {
    for typed in [
        "2024. The year we had no lead.",
        "4) Supervision is monthly",
        "7. Only this one",
        "[Q3]: 85%",
        "[Lead]: appointed",
        "[Action]: done &quot;in June&quot;",
        "[1]: minutes-of-may.pdf",
        r"\\nas01\pause\_minutes\2025-05.docx",
        r"S:\Shared\#board\(final)\notes.docx",
        r"\\srv-2\!current\*all*",
        "~~We have no cover.~~ We have cover since May.",
        "8*1.5*2 = 24 contacts",
        "*note* and 3*4",
        "+ 2 staff joined",
        "&gt; 25 women waited",
        "# 3 in the queue",
        "__init__ and **bold** and `code`",
        "| a | b |",
        "&amp;amp; is &amp;lt;no&amp;gt; entity",
        "![a](b) [c](d) [e] ^f^ ~g~ :h: $i$",
        "---",
        "- 2 staff left",
    ] {
        let text = typed.replace("&quot;", "\"").replace("&gt;", ">").replace("&amp;", "&");
        assert_eq!(page(&text), format!("<p class=\"govuk-body\">{typed}</p>\n"));
        assert_eq!(inlines(&text), [Inline::text(&text)]);
    }
}

#[test]
fn lines_stay_lines_and_blank_lines_part_paragraphs() {
    assert_eq!(
        page("Present:\nCouncil\n  Health trust\n\n\nAgreed by all\n---"),
        "<p class=\"govuk-body\">Present:<br>Council<br>\u{a0}\u{a0}Health trust</p>\n\
         <p class=\"govuk-body\">Agreed by all<br>---</p>\n"
    );
    let line: String = inlines("a\n\n- b\n2. c\n")
        .into_iter()
        .map(|inline| inline.text)
        .collect();
    assert_eq!(line, "a\n\n- b\n2. c");
}

#[test]
fn lists_have_the_marks_that_were_typed() {
    let found = blocks(
        "Asked:\n2. Yes, since May\n3. Not yet:\n   the post is vacant\n   - nights\n   - weekends\n\n10) Later\nDone",
    );
    let [Block::Paragraph(_), Block::List { marks, items }, Block::Paragraph(_)] = found.as_slice() else {
        unreachable!("{found:?}")
    };
    assert_eq!(*marks, Marks::Typed(vec!["2.".into(), "3.".into(), "10)".into()]));
    let [Block::Paragraph(words), Block::List { marks, .. }] = items[1].as_slice() else {
        unreachable!("{:?}", items[1])
    };
    assert_eq!(words[0].text, "Not yet:\nthe post is vacant");
    assert_eq!(*marks, Marks::Typed(vec!["-".into(), "-".into()]));
    assert!(page("2. Yes\n3. No").contains("<li><span class=\"app-typed-list__mark\">2. </span>Yes</li>"));
}

#[test]
fn web_addresses_can_be_followed_and_nothing_else() {
    let links = |text: &str| -> Vec<String> {
        let followed = inlines(text).into_iter().filter(|inline| inline.link.is_some());
        followed.map(|inline| inline.text).collect()
    };
    assert_eq!(
        links("See https://example.org/a_(b)?c=d#e, or (HTTP://example.org/f)."),
        ["https://example.org/a_(b)?c=d#e", "HTTP://example.org/f"]
    );
    assert_eq!(links("[press](https://example.org/x)"), ["https://example.org/x"]);
    for text in [
        "javascript:alert(1)",
        "javascript://x",
        "data:text/html,x",
        "https://",
        "xhttps ://a",
        "ŵ://a",
        "file://a",
        "//a",
    ] {
        assert!(links(text).is_empty(), "{text}");
        assert!(!page(text).contains("href"), "{text}");
    }
    assert!(!page("<script>alert(1)</script>").contains("<script"));
}

#[test]
fn lists_nest_to_a_depth_and_no_words_are_lost() {
    let deep: String = (0..100)
        .map(|i| format!("{0}- w{i}\n{0}- v{i}\n", " ".repeat(i)))
        .collect();
    let found = blocks(&deep);
    assert_eq!(shown(&found), without_blanks(&deep));
    assert!(page(&deep).matches("<ul").count() <= DEEPEST * 2);
}

proptest! {
    #[test]
    fn every_sign_that_is_typed_is_shown_in_order(
        text in r"([ \t]{0,4}([-*+•–>#|~`_\\\[\]()!<&]|[0-9]{1,5}[.)]|https?://|[a-zŵ]{1,4}|\PC)[ ]{0,2}\n{0,2}){0,40}"
    ) {
        prop_assert_eq!(shown(&blocks(&text)), without_blanks(&text));
        let line: String = inlines(&text).into_iter().map(|inline| inline.text).collect();
        prop_assert_eq!(without_blanks(&line), without_blanks(&text));
    }
}
