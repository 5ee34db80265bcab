//! Both workbooks, opened again by another library and held against the values they were made of.

#![allow(clippy::panic, reason = "tests")]

mod values;

use calamine::{Data, Range, Reader, Xlsx, open_workbook_from_rs};
use framework::{
    rating::Rating,
    report::{NationalReport, PracticeReport},
};
use report::{
    output::{Format, national_bytes, practice_bytes},
    say,
};
use std::io::Cursor;
use time::{Date, Duration, macros::date};
use values::{FORMULAS, STATED, WELSH};

/// A workbook that was opened.
struct Book(Xlsx<Cursor<Vec<u8>>>);

/// A worksheet: a header and rows under it.
struct Sheet {
    cells: Range<Data>,
}

impl Book {
    fn practice(report: &PracticeReport) -> Book {
        Book::open(practice_bytes(report, Format::Xlsx).expect("a workbook"))
    }

    fn national(report: &NationalReport) -> Book {
        Book::open(national_bytes(report, Format::Xlsx).expect("a workbook"))
    }

    fn open(bytes: Vec<u8>) -> Book {
        Book(open_workbook_from_rs(Cursor::new(bytes)).expect("it can be read"))
    }

    fn sheet(&mut self, name: &str) -> Sheet {
        let cells = self.0.worksheet_range(name);
        Sheet {
            cells: cells.unwrap_or_else(|error| panic!("{name}: {error}")),
        }
    }
}

impl Sheet {
    fn rows(&self) -> usize {
        self.cells.height() - 1
    }

    fn headings(&self) -> Vec<String> {
        self.cells
            .rows()
            .next()
            .expect("a header")
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    /// Returns the cell of a row, counted from 0 under the header.
    fn at(&self, row: usize, column: &str) -> &Data {
        let index = self.headings().iter().position(|name| name == column);
        let place = index.unwrap_or_else(|| panic!("no column {column} in {:?}", self.headings()));
        self.cells.get((row + 1, place)).unwrap_or(&Data::Empty)
    }

    /// Returns the first row in which a column holds a text.
    fn row(&self, column: &str, text: &str) -> usize {
        let found = (0..self.rows()).find(|row| *self.at(*row, column) == words(text));
        found.unwrap_or_else(|| panic!("no {text} in {column}"))
    }
}

fn words(text: &str) -> Data {
    Data::String(text.to_owned())
}

/// Returns a figure as its cell should hold it.
fn figure(figure: Option<f64>) -> Data {
    figure.map_or(Data::Empty, Data::Float)
}

fn count(n: usize) -> Data {
    Data::Float(n as f64)
}

fn level(rating: Option<Rating>) -> Data {
    figure(rating.map(|rating| f64::from(rating.level())))
}

fn maybe(text: Option<&str>) -> Data {
    text.map_or(Data::Empty, words)
}

fn day(cell: &Data) -> Option<Date> {
    match cell {
        Data::DateTime(at) => Some(date!(1899 - 12 - 30) + Duration::days(at.as_f64() as i64)),
        _ => None,
    }
}

#[test]
fn a_practice_s_cells_are_the_figures_ratings_and_texts_of_its_report() {
    let report = values::practice();
    let mut book = Book::practice(&report);
    let elements = book.sheet("Elements");
    assert_eq!(elements.rows(), report.elements.len());
    for (row, element) in report.elements.iter().enumerate() {
        let drift = element.drift.previous.as_ref().expect("there is an earlier year");
        for (column, cell) in [
            ("Element", words(&element.title)),
            ("Score", figure(element.score.score)),
            ("Band", maybe(element.score.band.map(|band| band.name()))),
            ("Coverage", figure(element.score.coverage)),
            ("Rated", count(element.score.rated)),
            ("Since previous: net drift", figure(drift.net)),
            ("Since previous: pairs", count(drift.pairs)),
        ] {
            assert_eq!(elements.at(row, column), &cell, "{row} {column}");
        }
    }
    let criteria = book.sheet("Criteria");
    assert_eq!(criteria.rows(), report.criteria.len());
    for (row, criterion) in report.criteria.iter().enumerate() {
        for (column, cell) in [
            ("Criterion", words(&criterion.title)),
            ("Self-rating", level(criterion.self_rating)),
            ("Agreed rating", level(criterion.agreed_rating)),
            ("Rating used", level(criterion.used)),
            ("Previous rating", level(criterion.previous)),
            ("Drift", figure(criterion.d.map(f64::from))),
            ("Comment", words(WELSH)),
            ("Reviewer’s comment", words(&"ŵ".repeat(10_000))),
            ("Done differently", words("Evening drop-ins\nin two languages")),
        ] {
            assert_eq!(criteria.at(row, column), &cell, "{row} {column}");
        }
    }
    assert_eq!(criteria.at(7, "Not applicable"), &words("Yes"));
    assert_eq!(criteria.at(0, "Measure"), &Data::Float(7.25));
    assert_eq!(criteria.at(0, "Second reviewer’s rating"), &Data::Float(3.0));
}

#[test]
fn everything_beside_a_practice_s_ratings_has_a_row_with_real_days() {
    let report = values::practice();
    let mut book = Book::practice(&report);
    for (name, rows) in [
        ("Evidence", 1),
        ("Clarifications", 2),
        ("Drift", 2),
        ("History", 3),
        (
            "History by element",
            report.history.iter().map(|point| point.elements.len()).sum(),
        ),
        ("Criteria that ask", 1),
        ("Actions", 1),
        ("No action", 1),
        ("Support", 1),
        ("Adaptations", 1),
        ("Agreement", 2 + report.elements.len()),
    ] {
        assert_eq!(book.sheet(name).rows(), rows, "{name}");
    }
    let days = [
        ("Evidence", "True of", Some(date!(2026 - 01 - 05))),
        ("Evidence", "Review by", Some(date!(2026 - 10 - 31))),
        ("Clarifications", "Day", Some(date!(2026 - 11 - 02))),
        ("Actions", "By", Some(date!(2027 - 03 - 31))),
        ("Support", "Day", Some(date!(2026 - 05 - 12))),
        ("Adaptations", "Since", Some(date!(2025 - 05 - 01))),
        ("Adaptations", "Until", None),
    ];
    for (name, column, expected) in days {
        assert_eq!(day(book.sheet(name).at(0, column)), expected, "{name}: {column}");
    }
    let about = book.sheet("About");
    let row = about.row("What", "Report date");
    assert_eq!(day(about.at(row, "Value")), Some(values::DAY));
    let moved = book.sheet("Moved criteria");
    let since = [&report.drift.previous, &report.drift.baseline];
    let all = since
        .into_iter()
        .flatten()
        .map(|figures| figures.slips.len() + figures.gains.len());
    assert_eq!(moved.rows(), all.sum::<usize>());
    let slip = &report.drift.previous.as_ref().expect("an earlier year").slips[0];
    assert_eq!(moved.at(0, "Criterion id"), &words(slip.criterion.as_str()));
    assert_eq!(moved.at(0, "Drift"), &Data::Float(f64::from(slip.d)));
}

#[test]
fn the_national_workbook_has_every_practice_s_figures_and_the_network_s() {
    let report = values::national();
    let mut book = Book::national(&report);
    let practices = book.sheet("Practices");
    let (scores, moved) = (book.sheet("Element scores"), book.sheet("Moved criteria"));
    assert_eq!(practices.rows(), report.practices.len());
    let mut score_row = 0;
    for (row, practice) in report.practices.iter().enumerate() {
        let [previous, baseline] = [&practice.drift.previous, &practice.drift.baseline].map(Option::as_ref);
        for (column, cell) in [
            ("Practice", words(&practice.name)),
            ("Overall score", figure(practice.overall.score)),
            ("Core gaps", count(practice.overall.core_gaps.len())),
            ("Since previous: net drift", figure(previous.and_then(|d| d.net))),
            ("Since previous: pairs", figure(previous.map(|d| d.pairs as f64))),
            ("Since baseline: gross drift", figure(baseline.and_then(|d| d.gross))),
            (
                "Since baseline: unexplained slips",
                figure(baseline.map(|d| d.unexplained.len() as f64)),
            ),
            (
                "Since previous: why there is no figure",
                maybe(practice.drift.why.as_deref()),
            ),
        ] {
            assert_eq!(practices.at(row, column), &cell, "{row} {column}");
        }
        for (index, element) in practice.elements.iter().enumerate() {
            let net = previous.and_then(|d| d.elements[index].net);
            assert_eq!(scores.at(score_row, "Element id"), &words(element.element.as_str()));
            assert_eq!(scores.at(score_row, "Score"), &figure(element.score));
            assert_eq!(scores.at(score_row, "Since previous: net drift"), &figure(net));
            score_row += 1;
        }
    }
    assert_eq!(scores.rows(), score_row);
    let drifts = report
        .practices
        .iter()
        .flat_map(|p| [&p.drift.previous, &p.drift.baseline]);
    let all = drifts
        .flatten()
        .map(|figures| figures.slips.len() + figures.gains.len());
    assert_eq!(moved.rows(), all.sum::<usize>());
    the_network(&mut book, &report);
}

fn the_network(book: &mut Book, report: &NationalReport) {
    let regions = book.sheet("Regions");
    assert_eq!(regions.rows(), report.regions.len());
    for (row, region) in report.regions.iter().enumerate() {
        for (column, cell) in [
            ("Region", words(&region.region)),
            ("Finalised", count(region.practices)),
            ("Median", figure(region.levels.median)),
            ("Unexplained slips", count(region.drift.network.unexplained)),
            ("Network drift", figure(region.drift.network.net)),
            ("Open actions", count(region.actions.open)),
        ] {
            assert_eq!(regions.at(row, column), &cell, "{row} {column}");
        }
    }
    let by_element = book.sheet("Regions by element");
    assert_eq!(
        by_element.rows(),
        report.regions.iter().map(|r| r.elements.len()).sum::<usize>()
    );
    assert_eq!(
        by_element.at(1, "Median"),
        &figure(report.regions[0].elements[1].levels.median)
    );
    let elements = book.sheet("Elements");
    assert_eq!(elements.at(0, "Median"), &figure(report.overall.levels.median));
    assert_eq!(
        elements.at(1, "At 4 or above"),
        &figure(report.elements[0].levels.share_at_4)
    );
    assert_eq!(elements.at(1, "Network drift"), &figure(report.elements[0].drift.net));
    let series = report.overall.series.len() + report.elements.iter().map(|e| e.series.len()).sum::<usize>();
    assert_eq!(book.sheet("Elements by cycle").rows(), series);
    let criteria = book.sheet("Criteria");
    for (row, criterion) in report.criteria.iter().enumerate() {
        assert_eq!(criteria.at(row, "Slips"), &count(criterion.slips));
        assert_eq!(criteria.at(row, "Spread"), &figure(criterion.levels.spread));
    }
    let split = book.sheet("Explained by");
    assert_eq!(split.rows(), 3 * report.practices.len());
    assert_eq!(split.at(0, "All"), &count(report.practices[0].below.total()));
    assert_eq!(book.sheet("Plans").at(0, "Open"), &count(2));
    assert_eq!(book.sheet("Adaptations").at(0, "On that day"), &words("In force"));
    let others = book.sheet("Not in the figures");
    assert_eq!(
        others.at(others.row("Practice", "Under way"), "State"),
        &words("In review")
    );
    assert_eq!(
        others.at(others.row("Practice", "Absent"), "State"),
        &words("No assessment")
    );
    let agreement = book.sheet("Agreement");
    assert_eq!(agreement.at(0, "AC2"), &figure(report.agreement.ac2));
    let reviewers = report.reviewers_agreement.as_ref().expect("two reviewed");
    assert_eq!(
        agreement.at(agreement.rows() - 1, "Pairs"),
        &Data::Float(reviewers.n as f64)
    );
}

#[test]
fn a_figure_that_is_missing_is_an_empty_cell_with_its_reason_beside_it() {
    let report = values::empty_practice();
    let mut book = Book::practice(&report);
    let elements = book.sheet("Elements");
    for (row, element) in report.elements.iter().enumerate() {
        assert_eq!(elements.at(row, "Score"), &Data::Empty);
        let why = element.score.why.as_deref().expect("a reason");
        assert_eq!(elements.at(row, "Why there is no figure"), &words(why));
        let why = report.drift.why.as_deref().expect("a reason");
        assert_eq!(elements.at(row, "Since previous: why there is no figure"), &words(why));
    }
    assert_eq!(book.sheet("Agreement").at(0, "Kappa"), &Data::Empty);
    assert_eq!(book.sheet("Actions").rows(), 0);
}

#[test]
fn no_text_becomes_a_formula() {
    let mut practice = Book::practice(&values::practice());
    let criteria = practice.sheet("Criteria");
    for (row, text) in FORMULAS.iter().enumerate() {
        assert_eq!(criteria.at(row, "Evidence"), &words(text));
    }
    assert_eq!(practice.sheet("Evidence").at(0, "Item"), &words("=Rota"));
    let mut national = Book::national(&values::national());
    assert_eq!(national.sheet("Practices").row("Practice", FORMULAS[0]), 0);
    for book in [&mut practice, &mut national] {
        for name in book.0.sheet_names() {
            let formulas = book.0.worksheet_formula(&name).expect("it can be read");
            assert_eq!(formulas.used_cells().count(), 0, "{name}");
        }
    }
}

#[test]
fn the_last_worksheet_explains_every_column_of_every_other() {
    for mut book in [Book::practice(&values::practice()), Book::national(&values::national())] {
        let names = book.0.sheet_names();
        assert_eq!(names.first().map(String::as_str), Some("About"));
        assert_eq!(names.last().map(String::as_str), Some("Definitions"));
        let definitions = book.sheet("Definitions");
        for text in say::DEFINITIONS {
            definitions.row("What it means", text);
        }
        let row = |row| ["Worksheet", "Column", "What it means"].map(|column| definitions.at(row, column).to_string());
        let explained: Vec<[String; 3]> = (0..definitions.rows()).map(row).collect();
        assert!(explained.iter().all(|[.., means]| means.len() > 4), "{explained:?}");
        for name in &names[1..names.len() - 1] {
            assert!(name.chars().count() <= 31, "{name}");
            for heading in book.sheet(name).headings() {
                let found = explained
                    .iter()
                    .filter(|[sheet, column, _]| sheet == name && *column == heading);
                assert_eq!(found.count(), 1, "{name}: {heading}");
            }
        }
    }
}

#[test]
fn the_same_report_is_the_same_bytes() {
    let practice = || practice_bytes(&values::practice(), Format::Xlsx).expect("a workbook");
    assert_eq!(practice(), practice());
    let national = || national_bytes(&values::national(), Format::Xlsx).expect("a workbook");
    assert_eq!(national(), national());
}

#[test]
fn the_statement_of_the_practice_stands_in_every_format() {
    let report = values::practice();
    let mut book = Book::practice(&report);
    let summary = book.sheet("Summary");
    for (name, value) in [
        (
            "Statement of the Practice",
            "The Practice does not agree with the ratings",
        ),
        ("Statement of the Practice: words", STATED),
    ] {
        assert_eq!(*summary.at(summary.row("Figure", name), "Value"), words(value));
    }
    let text = |format| String::from_utf8(practice_bytes(&report, format).expect("bytes")).expect("text");
    let html = text(Format::Html);
    for part in [
        "Statement of the Practice",
        "The Practice does not agree with the ratings.",
        "18 November 2026",
        STATED,
    ] {
        assert!(html.contains(part), "{part}");
    }
    assert!(text(Format::Csv).contains(&format!("Day: 2026-11-18\nWords: {STATED}")));
    let json: serde_json::Value = serde_json::from_str(&text(Format::Json)).expect("JSON");
    assert_eq!(json["statement"]["words"], STATED);
    assert_eq!(json["statement"]["day"], "2026-11-18");

    let silent = values::empty_practice();
    assert_eq!(silent.statement, None);
    let html = String::from_utf8(practice_bytes(&silent, Format::Html).expect("bytes")).expect("text");
    assert!(
        !html.contains("Statement of the Practice"),
        "a draft has nothing to state on"
    );
}
