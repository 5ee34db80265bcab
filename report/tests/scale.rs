//! How much of a network its report shows, by the number of its Practices.

use framework::{
    explore::Explorer,
    ids::{CycleId, PracticeSlug},
    library::Library,
    lifecycle::Status,
    network::NetworkFacts,
    rating::Rating,
    report::{NationalFacts, NationalReport, national_report},
    sheet::{CriterionRatings, PracticeInfo, Sheet},
};
use report::{
    charts::PAPER,
    document::{Block, Document, Figure, Inline, Table, Target},
    national,
    pdf::pdf,
};
use std::{collections::HashSet, sync::Arc};

const REGIONS: [&str; 3] = ["North", "east", "Wales"];

/// So many Practices with a finalised assessment in two cycles, and some without one in the last.
fn report(practices: usize, absent: usize) -> NationalReport {
    let framework = Library::embedded().latest().expect("there is a version");
    let cycle = |year: &str| CycleId::parse(year).expect("a cycle");
    let slug = |index: usize| PracticeSlug::parse(&format!("practice-{index:03}")).expect("a name");
    let infos = (0..practices + absent).map(|place| PracticeInfo {
        slug: slug(place),
        name: format!("Practice {place:03}"),
        region: REGIONS[place % REGIONS.len()].to_owned(),
    });
    let sheet = |index: usize, year: &str, level: usize| Sheet {
        practice: slug(index),
        cycle: cycle(year),
        version: framework.version.clone(),
        status: Status::Finalised,
        imported: false,
        marks: vec![
            CriterionRatings {
                review_rating: Rating::new(level as u8),
                ..CriterionRatings::default()
            };
            framework.criteria.len()
        ],
    };
    let sheets = (0..practices).flat_map(|place| {
        let level = 2 + place % 4;
        [sheet(place, "2025", 3), sheet(place, "2026", level)]
    });
    let network = NetworkFacts::new(infos.collect(), sheets.collect());
    let cycles = network
        .cycles()
        .into_iter()
        .map(|cycle| (cycle, framework.version.clone()))
        .collect();
    let facts = NationalFacts {
        cycle: cycle("2026"),
        version: framework.version.clone(),
        network: Arc::new(Explorer::new(Library::embedded(), Arc::new(network), cycles)),
        unfinished: vec![],
        beside: Default::default(),
    };
    national_report(Library::embedded(), &facts).expect("the version is there")
}

fn document(practices: usize) -> Document {
    national::document(&report(practices, 15), PAPER)
}

fn tables(document: &Document) -> impl Iterator<Item = &Table> {
    document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    })
}

fn table<'d>(document: &'d Document, caption: &str) -> Option<&'d Table> {
    tables(document).find(|table| table.caption.starts_with(caption))
}

fn figure<'d>(document: &'d Document, title: &str) -> Option<&'d Figure> {
    document.blocks.iter().find_map(|block| match block {
        Block::Figure(figure) if figure.title.starts_with(title) => Some(figure),
        _ => None,
    })
}

/// Returns the ids of headings, as given or else the words.
fn headings(document: &Document) -> HashSet<&str> {
    let given = document.blocks.iter().filter_map(|block| match block {
        Block::Heading { id, text, .. } if id.is_empty() => Some(text.as_str()),
        Block::Heading { id, .. } => Some(id),
        _ => None,
    });
    given.collect()
}

/// Returns all words of paragraphs and notes.
fn words(blocks: &[Block]) -> String {
    let words = blocks.iter().map(|block| match block {
        Block::Paragraph(inlines) => inlines.iter().map(|inline| inline.text.as_str()).collect(),
        Block::Note { blocks, .. } => words(blocks),
        _ => String::new(),
    });
    words.collect::<Vec<_>>().join("\n")
}

#[test]
fn few_practices_have_pages_some_have_rows_and_many_neither() {
    for (practices, pages, rows) in [
        (60, true, true),
        (61, false, true),
        (500, false, true),
        (501, false, false),
    ] {
        let document = document(practices);
        let own = headings(&document)
            .into_iter()
            .filter(|id| id.starts_with("practice-"))
            .count();
        assert_eq!(own, if pages { practices } else { 0 }, "{practices}: pages");
        for caption in [
            "Scores from 1 to 5 by Practice",
            "Net drift by Practice",
            "What each Practice’s drift",
        ] {
            let shown = table(&document, caption).map(|table| table.rows.len());
            assert_eq!(shown, rows.then_some(practices), "{practices}: {caption}");
        }
        assert_eq!(
            table(&document, "Actions by Practice").is_some(),
            pages,
            "{practices}: plans"
        );
        let says = words(&document.blocks).contains(&format!("What is not in this report: with {practices} Practices"));
        assert_eq!(says, !pages, "{practices}: what was left out");
        for title in [
            "How many Practices have which",
            "How many Practices moved",
            "Criterion ratings below 4 by region",
        ] {
            assert_eq!(figure(&document, title).is_some(), !pages, "{practices}: {title}");
        }
        let most = tables(&document).map(|table| table.rows.len()).max();
        assert!(rows || most < Some(30), "{practices}: a table of {most:?} rows");
    }
}

#[test]
fn names_lead_to_pages_only_where_there_are_pages() {
    for practices in [60, 61] {
        let document = document(practices);
        let ids = headings(&document);
        let cells = tables(&document).flat_map(|table| &table.rows).flatten();
        let links: Vec<&str> = cells
            .flat_map(|cell| &cell.content)
            .filter_map(|inline: &Inline| match &inline.link {
                Some(Target::Heading(id)) if id.starts_with("practice-") => Some(id.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(links.is_empty(), practices > 60);
        assert!(links.iter().all(|id| ids.contains(id)));
    }
}

#[test]
fn counts_of_many_practices_add_up_to_all_of_them() {
    let document = document(501);
    for (title, times) in [
        ("How many Practices have which", 1),
        ("How many Practices moved", 1),
        (
            "How many Practices are strong",
            1 + Library::embedded().latest().expect("a version").elements.len(),
        ),
    ] {
        let alt = &figure(&document, title).expect("it is drawn").alt;
        // "Up by less than 0.10: 12 up": what stands behind the colons are counts
        let counts = alt.split(". ").filter_map(|bar| bar.rsplit_once(": "));
        let counts = counts
            .flat_map(|(_, counts)| counts.split(", "))
            .filter_map(|count| count.split(' ').next());
        let sum: usize = counts.filter_map(|count| count.parse::<usize>().ok()).sum();
        assert_eq!(sum, 501 * times, "{alt}");
    }
    // a quarter is rated 2, 3, 4 and 5: of 501 one more at 2, 126
    let alt = &figure(&document, "How many Practices have which")
        .expect("it is drawn")
        .alt;
    for bar in [
        "4.5 or more: 125 strong",
        "4.0 to below 4.5: 125 strong",
        "3.0 to below 3.5: 125 partial",
        "2.0 to below 2.5: 126 low",
    ] {
        assert!(alt.contains(bar), "{bar}: {alt}");
    }
    let alt = &figure(&document, "How many Practices moved").expect("it is drawn").alt;
    for bar in [
        "Up by 0.50 or more: 250 up",
        "No change: 125 no change",
        "Down by 0.50 or more: 126 down",
    ] {
        assert!(alt.contains(bar), "{bar}: {alt}");
    }
}

#[test]
fn regions_stand_by_name_and_the_first_of_those_left_out_are_named() {
    let document = document(501);
    for caption in [
        "Overall scores by region",
        "Median scores from 1 to 5 by region",
        "Drift of each region since the previous cycle",
    ] {
        let rows = &table(&document, caption).expect("it is there").rows;
        let names: Vec<&str> = rows.iter().map(|row| row[0].content[0].text.as_str()).collect();
        assert_eq!(names, ["east", "North", "Wales"], "{caption}");
    }
    let words = words(&document.blocks);
    assert!(words.contains("15 Practices have no assessment in this cycle: Practice 501; Practice 502;"));
    assert!(words.contains("Practice 512; 3 more."), "{words}");
}

#[test]
fn one_region_is_not_told_from_the_network() {
    let mut report = report(501, 0);
    report.regions.truncate(1);
    let document = national::document(&report, PAPER);
    assert!(tables(&document).all(|table| !table.caption.contains("region")));
}

#[test]
fn a_network_of_any_size_becomes_a_pdf() {
    for practices in [0, 1, 61, 501] {
        let bytes = pdf(&document(practices)).expect("a PDF");
        assert!(bytes.starts_with(b"%PDF-1.7"), "{practices}");
    }
}
