//! What people write, as a PDF shows it to other programs. Needs Debian's `poppler-utils`.

mod tools;

use report::{
    document::{Block, Cell, Column, Document, NoteKind, Table},
    pdf::pdf,
    prose,
};
use std::{fs, path::PathBuf};
use tools::{path, run};

const TYPED: [&str; 12] = [
    "2. Yes, since May\n3. Not yet: the post is vacant",
    "2024. The year we had no lead.",
    "4) Supervision is monthly",
    "Present:\nCouncil\nHealth trust\nHousing",
    "Figures for the year.\n\n[Q3]: 85%\n[Q4]: 91%",
    "[Lead]: appointed",
    r"\\nas01\pause\_minutes\2025-05.docx",
    r"S:\Shared\#board\(final)\notes.docx",
    "~~We have no cover.~~ We have cover since May.",
    "8*1.5*2 = 24 contacts, *note* and 3*4",
    "+ 2 staff joined\n> 25 women waited",
    "Agreed by all\n---",
];

#[test]
fn every_line_stands_in_the_pdf_as_it_was_typed() {
    let mut blocks = Vec::new();
    for typed in TYPED {
        blocks.push(Block::Note {
            kind: NoteKind::Quote,
            blocks: prose::blocks(typed),
        });
    }
    blocks.push(Block::Table(Table {
        caption: "The same in cells".into(),
        columns: vec![Column::new("What").weight(1.0)],
        rows: TYPED
            .iter()
            .map(|typed| vec![Cell::inlines(prose::inlines(typed))])
            .collect(),
        row_header: None,
    }));
    let document = Document {
        title: "Typed".into(),
        language: "en-GB".into(),
        blocks,
        ..Document::default()
    };
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("typed.pdf");
    fs::write(&file, pdf(&document).expect("the text becomes a PDF")).expect("the file is written");
    let text = run("pdftotext", "poppler-utils", &["-layout", path(&file), "-"]);
    let lines: Vec<String> = text
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    for line in TYPED
        .iter()
        .flat_map(|typed| typed.lines())
        .filter(|line| !line.is_empty())
    {
        let shown = lines.iter().filter(|shown| *shown == line).count();
        assert!(shown >= 2, "“{line}” stands {shown} times in:\n{text}");
    }
}
