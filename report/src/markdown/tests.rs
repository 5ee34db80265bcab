//! What the framework says, and what becomes of it.

use super::*;
use crate::html;

fn page(markdown: &str) -> String {
    html::blocks(&blocks(markdown, 1), &html::Options::default())
}

#[test]
fn scripts_become_plain_text() {
    for markdown in [
        "<script>alert(1)</script>",
        "a <img src=x onerror=alert(1)> b",
        "<style>*{}</style>\n\ntext",
    ] {
        let page = page(markdown);
        assert!(
            !page.contains("<script") && !page.contains("<img") && !page.contains("<style"),
            "{page}"
        );
        assert!(page.contains("&lt;"), "{page}");
    }
}

#[test]
fn links_that_could_act_lose_their_target() {
    for target in [
        "javascript:alert(1)",
        "data:text/html,hi",
        "vbscript:x",
        "/local",
        "<java&#10;script:alert(1)>",
    ] {
        let page = page(&format!("[press]({target})"));
        assert!(!page.contains("href"), "{page}");
        assert!(page.contains("press"));
    }
    assert!(page("[go](https://example.org/)").contains("href=\"https://example.org/\""));
    assert!(page("<https://example.org/>").contains("href=\"https://example.org/\""));
}

#[test]
fn images_become_their_words() {
    assert_eq!(
        page("![a chart](https://example.org/x.png)"),
        "<p class=\"govuk-body\">a chart</p>\n"
    );
}

#[test]
fn headings_sink_below_the_given_level() {
    let found = blocks("# One\n\n###### Six", 2);
    let levels: Vec<u8> = found
        .iter()
        .filter_map(|b| {
            if let Block::Heading { level, .. } = b {
                Some(*level)
            } else {
                None
            }
        })
        .collect();
    assert_eq!(levels, [3, 4]);
}

#[test]
fn lists_quotes_and_tables_are_read() {
    let found = blocks("1. a\n   - b\n\n> c\n\n| x | y |\n|---|--:|\n| 1 | **2** |\n", 1);
    let [
        Block::List {
            marks: Marks::Numbers(1),
            items,
        },
        Block::Note {
            kind: NoteKind::Quote, ..
        },
        Block::Table(table),
    ] = found.as_slice()
    else {
        unreachable!("{found:?}")
    };
    assert!(matches!(
        items[0].as_slice(),
        [
            Block::Paragraph(_),
            Block::List {
                marks: Marks::Bullets,
                ..
            }
        ]
    ));
    assert_eq!(table.columns[1].header, "y");
    assert_eq!(table.columns[1].align, Align::Right);
    assert_eq!(table.rows[0][1].content, [Inline::strong("2")]);
}

#[test]
fn nesting_is_bounded_and_no_words_are_lost() {
    let markdown = (0..400)
        .map(|i| format!("{}- w{i}\n", "  ".repeat(i)))
        .collect::<String>();
    let page = page(&markdown);
    assert!(page.matches("<ul").count() <= DEEPEST);
    assert!(page.contains("w399"));
    let quotes = super::blocks(&format!("{} deep", ">".repeat(5_000)), 1);
    assert!(format!("{quotes:?}").contains("deep"));
}

#[test]
fn a_cell_takes_blocks_as_lines() {
    let text = |markdown: &str| inlines(markdown).into_iter().map(|i| i.text).collect::<String>();
    assert_eq!(text("a\n\n- b\n- c"), "a\n• b\n• c");
    assert_eq!(text("4. b\n5. c"), "4. b\n5. c");
}

#[test]
fn a_list_keeps_the_number_it_begins_with() {
    assert!(page("3. a\n4. b").contains("<ol class=\"govuk-list govuk-list--number\" start=\"3\">"));
    assert!(page("1. a\n2. b").contains("<ol class=\"govuk-list govuk-list--number\">"));
}
