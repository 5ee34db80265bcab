//! A Practice's years and the network over the cycles as documents: what they say, on the page and in the PDF. Needs
//! Debian's `qpdf` and `poppler-utils`.

mod tools;
mod values;

use framework::{
    explore::{Age, Criteria, Explorer, Filter},
    ids::{CycleId, VersionId},
    library::Library,
    network::NetworkFacts,
    report::{PracticeYears, practice_years},
};
use report::{
    charts::{PAPER, SCREEN},
    document::{Block, Document},
    html,
    network_view::{self, NetworkView},
    output::{network_pdf, years_pdf},
    years,
};
use std::{fs, path::PathBuf, sync::Arc};
use tools::{path, run};

/// So many Practices, of which each second one began a year late.
fn network(practices: usize) -> Arc<NetworkFacts> {
    let names: Vec<String> = (0..practices).map(|n| format!("practice-{n}")).collect();
    let infos = names.iter().map(|name| values::info(name, &format!("Practice {name}")));
    let sheets = names.iter().enumerate().flat_map(|(n, name)| {
        let cycles = ["2024", "2025", "2026"];
        values::history(name, &cycles[n % 2..], n)
    });
    Arc::new(NetworkFacts::new(infos.collect(), sheets.collect()))
}

fn cycles() -> [(CycleId, VersionId); 3] {
    [("2024", "2025.1"), ("2025", "2025.1"), ("2026", "2026.1")].map(|(cycle, version)| {
        (
            CycleId::parse(cycle).expect("a cycle"),
            VersionId::parse(version).expect("a version"),
        )
    })
}

fn explorer(practices: usize) -> Explorer {
    Explorer::new(Library::embedded(), network(practices), cycles().to_vec())
}

fn view(practices: usize, counted: Criteria, filter: Filter) -> NetworkView {
    NetworkView::new(&explorer(practices), counted, &filter).expect("its versions are there")
}

/// Returns the years of the first of so many Practices.
fn practice(practices: usize, assessments: usize) -> PracticeYears {
    let library = Library::embedded();
    let trend = explorer(practices)
        .trend(Criteria::All, &Filter::default())
        .expect("its versions are there");
    let mut facts = values::facts();
    facts.sheets.drain(..facts.sheets.len() - assessments);
    practice_years(library, &facts, &trend).expect("its versions are there")
}

fn headings(document: &Document) -> Vec<&str> {
    let sections = document.blocks.iter().filter_map(|block| match block {
        Block::Heading { level: 1, text, .. } => Some(text.as_str()),
        _ => None,
    });
    sections.collect()
}

/// Every document, named.
fn documents() -> Vec<(&'static str, Document)> {
    let all = |practices| view(practices, Criteria::All, Filter::default());
    let nobody = Filter {
        region: Some("Nowhere".to_owned()),
        ..Filter::default()
    };
    let settled = Filter {
        age: Some(Age::Young),
        ..Filter::default()
    };
    [PAPER, SCREEN]
        .into_iter()
        .flat_map(|width| {
            [
                ("years", years::document(&practice(7, 3), width)),
                ("years of few", years::document(&practice(3, 3), width)),
                ("first year", years::document(&practice(7, 1), width)),
                ("network", network_view::document(&all(7), width)),
                ("network of one", network_view::document(&all(1), width)),
                (
                    "core",
                    network_view::document(&view(7, Criteria::Core, settled.clone()), width),
                ),
                (
                    "nobody",
                    network_view::document(&view(7, Criteria::All, nobody.clone()), width),
                ),
            ]
        })
        .collect()
}

#[test]
fn every_document_renders_with_words_to_its_charts_and_real_numbers() {
    for (name, document) in documents() {
        let page = html::fragment(&document);
        assert!(!page.contains("NaN") && !page.contains("inf "), "{name}");
        assert_eq!(page.matches("<h1").count(), 1, "{name}");
        let figures = document.blocks.iter().filter_map(|block| match block {
            Block::Figure(figure) => Some(figure),
            _ => None,
        });
        for figure in figures {
            assert!(
                !figure.title.is_empty() && figure.alt.contains(char::is_numeric),
                "{name}: {}",
                figure.title
            );
        }
    }
}

#[test]
fn gains_come_first_and_what_to_do_last() {
    let document = years::document(&practice(7, 3), PAPER);
    assert_eq!(
        headings(&document),
        [
            "What went up",
            "What went down, and what explains it",
            "Element by element over the years",
            "Compared with the network",
            "How far the ratings moved",
            "What to look at next",
            "How to read the figures",
        ]
    );
    assert_eq!(
        headings(&years::document(&practice(7, 1), PAPER)),
        [
            "What went up",
            "Element by element over the years",
            "Compared with the network",
            "What to look at next",
            "How to read the figures",
        ]
    );
}

#[test]
fn no_other_practice_is_named_and_nothing_of_few_is_shown() {
    for (practices, says) in [
        (7, "In the middle half"),
        (3, "Fewer than 5 Practices have a score here in 2026"),
    ] {
        let page = html::fragment(&years::document(&practice(practices, 3), SCREEN));
        assert!(page.contains(says), "{practices}");
        assert!(!page.contains("practice-"), "{practices}");
        assert_eq!(page.contains("(middle half"), practices == 7);
    }
    let page = html::fragment(&network_view::document(
        &view(7, Criteria::All, Filter::default()),
        SCREEN,
    ));
    assert!(!page.contains("practice-"));
}

#[test]
fn the_network_says_what_changed_between_versions_and_what_it_is_limited_to() {
    let page = html::fragment(&network_view::document(
        &view(7, Criteria::All, Filter::default()),
        SCREEN,
    ));
    for words in [
        "From version 2025.1 to 2026.1, in 2026",
        "Begin here",
        "Reworded, same meaning",
        "Network drift",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let filter = Filter {
        region: Some("Cymru".to_owned()),
        age: Some(Age::Young),
        ..Filter::default()
    };
    let page = html::fragment(&network_view::document(&view(7, Criteria::Core, filter), SCREEN));
    for words in ["Cymru", "Second or third assessment", "Core criteria"] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn both_become_pdfs_without_a_fault_that_say_the_same() {
    let years = practice(7, 3);
    let view = view(7, Criteria::All, Filter::default());
    for (name, bytes, words) in [
        ("years", years_pdf(&years).expect("a PDF"), "What to look at next"),
        ("network", network_pdf(&view).expect("a PDF"), "What can be compared"),
    ] {
        let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.pdf"));
        fs::write(&file, bytes).expect("the file is written");
        let report = run("qpdf", "qpdf", &["--check", path(&file)]);
        assert!(report.contains("No syntax or stream encoding errors"), "{report}");
        let text = run("pdftotext", "poppler-utils", &["-raw", path(&file), "-"]);
        assert!(text.contains(words) && !text.contains("NaN"), "{name}");
    }
}
