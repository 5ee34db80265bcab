//! What the pages must hold.

use super::*;
use crate::{document::Column, palette::Fill};

fn html(block: Block) -> String {
    blocks(&[block], &Options::default())
}

#[test]
fn a_table_has_caption_scopes_a_scrolling_region_and_fill_classes() {
    let table = Table {
        caption: "Scores & bands".into(),
        columns: vec![Column::new("Practice"), Column::new("Score").right()],
        rows: vec![vec![Cell::text("Tŷ <b>Ŵyl</b>"), Cell::text("4.2").fill(Fill::Level4)]],
        row_header: Some(0),
    };
    let html = html(Block::Table(table));
    for part in [
        "<div class=\"app-scroll\" role=\"region\" aria-labelledby=\"table-1\" tabindex=\"0\">",
        "id=\"table-1\">Scores &amp; bands</caption>",
        "<th scope=\"col\" class=\"govuk-table__header govuk-table__header--numeric\">Score</th>",
        "<th scope=\"row\" class=\"govuk-table__header\">Tŷ &lt;b&gt;Ŵyl&lt;/b&gt;</th>",
        "<td class=\"govuk-table__cell govuk-table__cell--numeric fill-level-4\">4.2</td>",
    ] {
        assert!(html.contains(part), "{part} not in {html}");
    }
    assert!(!html.contains("style="));
}

#[test]
fn a_link_with_a_script_stays_text_even_when_built_by_hand() {
    let bad = Inline {
        link: Some(Target::Uri("javascript:alert(1)".into())),
        ..Inline::text("press")
    };
    assert_eq!(html(Block::Paragraph(vec![bad])), "<p class=\"govuk-body\">press</p>\n");
}

#[test]
fn contents_link_to_headings_and_ids_carry_the_prefix() {
    let document = [
        Block::Contents {
            title: "Contents".into(),
            depth: 2,
        },
        Block::heading(1, "Drift"),
        Block::heading(1, "Drift"),
    ];
    let html = blocks(
        &document,
        &Options {
            top_level: 3,
            id_prefix: "r-".into(),
        },
    );
    assert!(html.contains("href=\"#r-drift-2\""));
    assert!(html.contains("<h3 class=\"govuk-heading-l\" id=\"r-drift-2\">Drift</h3>"));
}

#[test]
fn the_standalone_page_is_whole_and_escapes_its_title() {
    let document = Document {
        title: "A < B".into(),
        ..Document::default()
    };
    let page = standalone(&document);
    assert!(page.starts_with("<!DOCTYPE html>"));
    assert!(page.contains("<html lang=\"en-GB\">"));
    assert!(page.contains("<title>A &lt; B</title>"));
    assert!(page.contains("<h1 class=\"govuk-heading-xl\">A &lt; B</h1>"));
}
