//! A whole report as other programs see it. Needs Debian's `qpdf` and `poppler-utils`.

mod sample;
mod tools;

use std::{fs, path::PathBuf};

use report::{html, pdf::pdf};
use tools::{path, run};

/// Writes the sample where the tools can read it.
fn written(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, pdf(&sample::document()).expect("the sample becomes a PDF")).expect("the file is written");
    path
}

#[test]
fn qpdf_finds_no_fault() {
    let file = written("checked.pdf");
    let report = run("qpdf", "qpdf", &["--check", path(&file)]);
    assert!(report.contains("No syntax or stream encoding errors"), "{report}");
    assert!(report.contains("PDF Version: 1.7"), "{report}");
}

#[test]
fn every_font_is_embedded_cut_down_and_readable() {
    let file = written("fonts.pdf");
    let report = run("pdffonts", "poppler-utils", &[path(&file)]);
    let fonts: Vec<&str> = report.lines().skip(2).collect();
    assert!(fonts.len() >= 4, "{report}");
    for font in fonts {
        let flags: Vec<&str> = font.split_whitespace().rev().skip(2).take(3).collect();
        assert_eq!(flags, ["yes"; 3], "embedded, subset, unicode: {font}");
    }
}

#[test]
fn every_word_can_be_read_back() {
    let file = written("words.pdf");
    let text = run("pdftotext", "poppler-utils", &["-raw", path(&file), "-"]);
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "Tŷ Ŵyl: how closely we work to the framework",
        "Mae’r tîm yn cwrdd bob wythnos. Ŵyn, tŷ, ŷd:",
        "“ro’n i’n teimlo bod rhywun yn gwrando”",
        "☂ ✓ ▲",
        "One core gap keeps the assessment",
        "6.20",
    ] {
        assert!(flat.contains(words), "{words}");
    }
    assert_eq!(flat.matches("somebody").count(), 45);
    assert!(!text.contains('\u{fffd}'));
}

#[test]
fn the_file_is_tagged_titled_and_speaks_its_language() {
    let file = written("tags.pdf");
    let info = run("pdfinfo", "poppler-utils", &[path(&file)]);
    assert!(info.contains("Tagged:          yes"), "{info}");
    assert!(info.contains("Fidelity report 2026: Tŷ Ŵyl"), "{info}");
    let tree = run("pdfinfo", "poppler-utils", &["-struct", path(&file)]);
    for role in [
        "H1",
        "H2",
        "H3",
        "L",
        "LI",
        "Table",
        "TH",
        "TD",
        "Figure",
        "TOC",
        "Link",
        "BlockQuote",
    ] {
        assert!(tree.lines().any(|line| line.trim_start().starts_with(role)), "{role}");
    }
    let json = run("qpdf", "qpdf", &["--json=2", "--json-key=qpdf", path(&file)]);
    for entry in [
        "\"/DisplayDocTitle\": true",
        "\"/Lang\": \"u:en-GB\"",
        "\"/Scope\": \"/Column\"",
        "\"/Marked\": true",
    ] {
        assert!(json.contains(entry), "{entry}");
    }
    assert!(!json.contains("GTS_PDFXVersion"));
}

#[test]
fn the_same_document_is_the_same_bytes() {
    let [first, second] = [(); 2].map(|()| pdf(&sample::document()).expect("a PDF"));
    assert_eq!(first, second);
}

#[test]
fn the_page_and_the_pdf_hold_the_same_headings() {
    let document = sample::document();
    let page = html::standalone(&document);
    fs::write(PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("sample.html"), &page).expect("the file is written");
    assert!(!page.contains("style=") && !page.contains("<script"));
    let started = std::time::Instant::now();
    let bytes = pdf(&document).expect("a PDF");
    println!("{} kB in {:?}", bytes.len() / 1000, started.elapsed());
    let file = written("sample.pdf");
    let text = run("pdftotext", "poppler-utils", &["-raw", path(&file), "-"]);
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for block in &document.blocks {
        if let report::document::Block::Heading { text, .. } = block {
            assert!(flat.contains(text.as_str()), "{text}");
            assert!(page.contains(&format!(">{text}</h")), "{text}");
        }
    }
}

#[test]
fn charts_for_narrow_screens_are_drawn() {
    let page = sample::screen_charts();
    fs::write(PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("charts.html"), &page).expect("the file is written");
    assert_eq!(page.matches("<svg").count(), 5);
    assert!(!page.contains("NaN") && !page.contains("style="));
}
