//! How documents fall on pages.

use super::*;
use crate::document::{Cell, Column, Inline, Marks, Table};

fn laid_out(blocks: Vec<Block>) -> Layout {
    layout(&Document {
        title: "Report".into(),
        blocks,
        ..Document::default()
    })
}

fn words(page: &page::Page) -> String {
    page.items
        .iter()
        .filter_map(|item| {
            if let Item::Text { text, .. } = item {
                Some(text.as_str())
            } else {
                None
            }
        })
        .collect::<Vec<_>>()
        .join("|")
}

fn table(rows: usize, note: &str) -> Block {
    Block::Table(Table {
        caption: "Visits".into(),
        columns: vec![Column::new("Practice"), Column::new("Note").weight(3.0)],
        rows: (0..rows)
            .map(|i| vec![Cell::text(format!("Row{i}")), Cell::text(note)])
            .collect(),
        row_header: Some(0),
    })
}

#[test]
fn an_empty_document_has_one_page() {
    assert_eq!(laid_out(Vec::new()).pages.len(), 1);
}

#[test]
fn a_long_table_repeats_its_headings_and_loses_no_row() {
    let layout = laid_out(vec![table(120, "as agreed")]);
    assert!(layout.pages.len() >= 3);
    let all: String = layout.pages.iter().map(words).collect();
    assert!((0..120).all(|i| all.contains(&format!("Row{i}|"))));
    for page in &layout.pages {
        assert!(words(page).contains("Practice"), "no headings on a page");
    }
    let headers = layout
        .nodes
        .iter()
        .filter(|node| node.role == Role::ColumnHeader)
        .count();
    assert_eq!(headers, 2, "repeated headings are decoration, not structure");
}

#[test]
fn a_row_taller_than_a_page_goes_on_over_several() {
    let note = "word ".repeat(6_000);
    let layout = laid_out(vec![table(1, &note)]);
    assert!(layout.pages.len() > 3);
    let all: String = layout.pages.iter().map(words).collect();
    assert_eq!(all.matches("word").count(), 6_000);
}

#[test]
fn headings_stay_with_what_follows() {
    for lines in 1..60 {
        let mut blocks: Vec<Block> = (0..lines).map(|i| Block::text(format!("line {i}"))).collect();
        blocks.push(Block::heading(2, "Kept"));
        blocks.push(Block::text("follows"));
        let layout = laid_out(blocks);
        let page = layout.pages.iter().find(|page| words(page).contains("Kept"));
        assert!(
            page.is_some_and(|page| words(page).contains("follows")),
            "{lines} lines"
        );
    }
}

/// The page on which a word stands also has others.
fn assert_together(layout: &Layout, word: &str, others: &[&str], case: usize) {
    let page = layout.pages.iter().map(words).find(|page| page.contains(word));
    let page = page.unwrap_or_default();
    for other in others {
        assert!(page.contains(other), "{other} is not with {word}, case {case}: {page}");
    }
}

#[test]
fn a_heading_its_labels_and_the_first_words_below_stay_together() {
    let label = |words: &str| Block::Paragraph(vec![Inline::strong(words)]);
    // two lines in the width of the page, three in that of a list in a note
    let long = format!("Entry {}", "word ".repeat(38));
    for lines in 1..70 {
        let mut blocks: Vec<Block> = (0..lines).map(|i| Block::text(format!("line {i}"))).collect();
        blocks.extend([
            Block::heading(3, "Kept"),
            label("Rating"),
            Block::Note {
                kind: crate::document::NoteKind::Quote,
                blocks: vec![label("Evidence:"), Block::bullets([long.as_str(), "Second"])],
            },
        ]);
        assert_together(&laid_out(blocks), "Kept", &["Rating", "Evidence:", "Entry"], lines);
    }
}

#[test]
fn a_label_does_not_stand_alone_before_what_it_introduces() {
    let strong = || Block::Paragraph(vec![Inline::strong("Label")]);
    let list = || Block::bullets(["Entry", "Second"]);
    for lines in 1..70 {
        for (label, below) in [
            (strong(), list()),
            (strong(), Block::text("Entry")),
            (Block::text("Label:"), list()),
            (Block::text("Label"), table(3, "Entry")),
        ] {
            let mut blocks: Vec<Block> = (0..lines).map(|i| Block::text(format!("line {i}"))).collect();
            blocks.extend([label, below]);
            assert_together(&laid_out(blocks), "Label", &["Entry"], lines);
        }
    }
}

/// Lines before what is tried, so that it falls on every place of a page.
fn after_lines(lines: usize, blocks: impl IntoIterator<Item = Block>) -> Layout {
    let lines = (0..lines).map(|i| Block::text(format!("line {i}")));
    laid_out(lines.chain(blocks).collect())
}

fn figure(height: f32) -> Block {
    Block::Figure(crate::document::Figure {
        scene: crate::scene::Scene {
            width: 100.0,
            height,
            shapes: vec![],
        },
        title: "Drawing".into(),
        ..Default::default()
    })
}

#[test]
fn a_small_table_is_not_parted() {
    for lines in 1..70 {
        let layout = after_lines(lines, [Block::heading(2, "Kept"), table(7, "as agreed")]);
        let rows = ["Visits", "Row0", "Row3", "Row6"];
        assert_together(&layout, "Kept", &rows, lines);
    }
}

#[test]
fn a_heading_goes_with_its_figure_or_with_the_table_that_goes_before_it() {
    for lines in 1..70 {
        let blocks = [Block::heading(1, "Kept"), Block::text("A few words"), figure(400.0)];
        assert_together(
            &after_lines(lines, blocks.clone()),
            "Kept",
            &["A few words", "Drawing"],
            lines,
        );
        let layout = after_lines(lines, blocks.into_iter().chain([table(12, "as agreed")]));
        let page = layout.pages.iter().map(words).find(|page| page.contains("Kept"));
        let page = page.expect("the heading is drawn");
        assert!(
            page.contains("Drawing") || page.contains("Row1"),
            "{lines} lines: {page}"
        );
    }
}

#[test]
fn a_figure_is_not_carried_over_a_long_table_nor_into_another_section() {
    for lines in 1..70 {
        for after in [table(60, "as agreed"), Block::heading(1, "Another")] {
            let layout = after_lines(lines, [figure(400.0), Block::text("Words."), after]);
            let all: String = layout.pages.iter().map(words).collect();
            let drawing = all.find("Drawing");
            assert!(drawing < all.find("Row0").or(all.find("Another")), "{lines} lines");
        }
    }
}

#[test]
fn contents_fit_their_page_or_leave_three_lines_for_the_next() {
    for entries in 40..95 {
        let mut blocks = vec![
            Block::Contents {
                title: "Contents".into(),
                depth: 2,
            },
            Block::PageBreak,
        ];
        blocks.extend((0..entries).map(|i| Block::heading(2, format!("Entry{i}"))));
        let layout = laid_out(blocks);
        let first = layout.outline.first().map_or(0, |entry| entry.page);
        assert!(
            first > 0 && (first == 1 || entries > 50),
            "{entries} entries on {first} pages"
        );
        let last = words(&layout.pages[first - 1]).matches("Entry").count();
        assert!(last >= 3, "{entries} entries, {last} on the last page");
    }
}

#[test]
fn contents_after_other_words_stand_together_or_leave_no_page_half_empty() {
    for lines in 0..40 {
        let mut blocks: Vec<Block> = (0..lines).map(|i| Block::text(format!("line {i}"))).collect();
        let title = "Contents".into();
        blocks.extend([Block::Contents { title, depth: 2 }, Block::PageBreak]);
        blocks.extend((0..30).map(|i| Block::heading(2, format!("Entry{i}"))));
        let layout = laid_out(blocks);
        let first = layout.outline.first().map_or(0, |entry| entry.page);
        let listing = |page: &usize| words(&layout.pages[*page]).contains("Entry");
        let listing: Vec<usize> = (0..first).filter(listing).collect();
        assert!(
            listing.len() == 1 || (listing == [0, 1] && lines < 22),
            "{lines} lines, {listing:?}"
        );
        assert!(listing[0] == 0 || lines > 18, "{lines} lines, {listing:?}");
    }
}

#[test]
fn the_contents_tell_the_page_of_every_heading_and_lead_there() {
    let mut blocks = vec![Block::Note {
        kind: crate::document::NoteKind::Information,
        blocks: vec![Block::Contents {
            title: "Contents".into(),
            depth: 2,
        }],
    }];
    for i in 0..80 {
        blocks.push(Block::heading(1 + (i % 3 > 0) as u8, format!("Heading{i:02}")));
        blocks.push(Block::text("words of a paragraph ".repeat(30)));
    }
    let layout = laid_out(blocks);
    assert_eq!(layout.outline.len(), 80);
    assert!(layout.outline.last().is_some_and(|last| last.page > 5));
    for (index, entry) in layout.outline.iter().enumerate() {
        assert!(words(&layout.pages[entry.page]).contains(&entry.text));
        let number = (entry.page + 1).to_string();
        let listed = layout.pages.iter().map(words);
        let listed = listed.filter(|page| page.contains(&format!("{}|{number}|", entry.text)));
        assert_eq!(listed.count(), 1, "{} on page {number}", entry.text);
        let links = layout.pages.iter().flat_map(|page| &page.items);
        let to_it = links.filter(|item| match item {
            Item::Link(link) => {
                matches!(link.jump, Jump::Heading(to) if to == index)
                    && link.description == format!("{}, page {number}", entry.text)
            }
            _ => false,
        });
        assert_eq!(to_it.count(), 1, "{}", entry.text);
    }
}

#[test]
fn marked_content_is_balanced_on_every_page() {
    let layout = laid_out(vec![
        Block::heading(1, "Start"),
        Block::Note {
            kind: crate::document::NoteKind::Attention,
            blocks: vec![Block::text("x ".repeat(4_000))],
        },
        Block::Paragraph(vec![
            Inline::text("see "),
            Inline::link("here", "https://example.org/"),
            Inline::reference(" or there", "start"),
        ]),
        table(90, "a ☂ sign"),
    ]);
    for page in &layout.pages {
        let mut depth = 0_i32;
        for item in &page.items {
            match item {
                Item::Begin { .. } | Item::Artifact(_) => {
                    depth += 1;
                    assert_eq!(depth, 1, "marked content is not nested");
                }
                Item::End => depth -= 1,
                Item::Text { .. } | Item::Rect { .. } | Item::Path { .. } => assert_eq!(depth, 1),
                Item::Link(_) => {}
            }
        }
        assert_eq!(depth, 0);
    }
    let links = layout
        .pages
        .iter()
        .flat_map(|p| &p.items)
        .filter(|i| matches!(i, Item::Link(_)));
    assert_eq!(links.count(), 2);
}

#[test]
fn odd_tables_and_deep_lists_do_no_harm() {
    let ragged = Table {
        caption: String::new(),
        columns: (0..60)
            .map(|i| Column {
                weight: f32::NAN,
                ..Column::new(format!("c{i}"))
            })
            .collect(),
        rows: vec![Vec::new(), vec![Cell::text("x".repeat(3_000)); 99]],
        row_header: Some(7_000),
    };
    let deep = (0..60).fold(vec![Block::text("deep")], |inner, _| {
        vec![Block::List {
            marks: Marks::Numbers(1),
            items: vec![inner],
        }]
    });
    let mut blocks = vec![Block::Table(Table::default()), Block::Table(ragged)];
    blocks.extend(deep);
    blocks.push(Block::List {
        marks: Marks::Bullets,
        items: vec![Vec::new()],
    });
    blocks.push(Block::Figure(crate::document::Figure {
        scene: crate::scene::Scene {
            width: f32::NAN,
            height: 9.0e9,
            shapes: Vec::new(),
        },
        ..Default::default()
    }));
    assert!(!laid_out(blocks).pages.is_empty());
}
