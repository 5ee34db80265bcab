//! Files as spreadsheets, programs and people make them, after what was reported of other tools.

use super::*;
use crate::formula;
use framework::{assessment::Response, rating::Rating};

const EIGHT: [&str; 8] = [
    "data-returns",
    "direct-requests",
    "evidence-of-need",
    "information-governance",
    "national-learning",
    "practice-board",
    "senior-backing",
    "value-shown",
];

/// Returns a row for each of the eight criteria.
fn rows(row: impl Fn(&str) -> String) -> String {
    EIGHT.map(row).join("\r\n")
}

#[test]
fn empty_cells_that_excel_leaves_out_at_the_end_are_filled() {
    let head = format!("{HEAD},agreed_rating,measure,comment");
    let whole = one(&format!("{head}\r\n{}", rows(|id| format!("A,2025,2025.1,{id},4,4,,"))));
    let short = rows(|id| match id {
        "data-returns" => format!("A,2025,2025.1,{id},4,4,,"),
        "value-shown" => format!("A,2025,2025.1,{id},4,4,"),
        _ => format!("A,2025,2025.1,{id},4,4"),
    });
    assert_eq!(one(&format!("{head}\r\n{short}")), whole);
    let with_break = "A,2025,2025.1,caseload-ceiling,4,4,9,\"one\ntwo\"\nA,2025,2025.1,direct-requests,4";
    assert_eq!(one(&format!("{head}\n{with_break}")).entries.len(), 2);
}

#[test]
fn a_line_about_the_separator_is_read_and_counted() {
    for (line, mark) in [
        ("sep=;", ';'),
        ("SEP=,", ','),
        ("\"sep=;\"", ';'),
        ("sep=\t", '\t'),
        ("sep=|", '|'),
    ] {
        let text = |version: &str, rating: &str| {
            let head = HEAD.replace(',', &mark.to_string());
            format!("\u{feff}{line}\r\n{head}\r\nA{mark}2025{mark}{version}{mark}data-returns{mark}{rating}\r\n")
        };
        let version = if mark == ';' { "2025,1" } else { "2025.1" };
        assert_eq!(one(&text(version, "4")).version.as_str(), "2025.1", "{line}");
        // Excel does not show that line
        let told = read_text(&text(version, "9")).unwrap_err();
        let expected = "line 3 (row 2 in Excel), self_rating: “9” is not a rating. Write 1, 2, 3, 4 or 5, or nothing.";
        assert_eq!(told, [expected], "{line}");
    }
}

#[test]
fn one_name_however_it_is_spelt_is_one_practice() {
    let spelt = |id: &str| match id {
        "data-returns" => "Tŷ Gwyn",
        "direct-requests" => "Ty\u{302} Gwyn",
        "evidence-of-need" => "Tŷ\u{a0}Gwyn",
        "national-learning" => "Tŷ\u{2009}Gwyn",
        _ => " Tŷ  Gwyn ",
    };
    let file = format!(
        "region,{HEAD}\n{}",
        rows(|id| format!("South\u{a0} Wales,{},2025,2025.1,{id},4", spelt(id)))
    );
    let group = one(&file);
    assert_eq!(
        (group.practice.name.as_str(), group.practice.region.as_str()),
        ("Tŷ Gwyn", "South Wales")
    );
    assert_eq!(group.entries.len(), EIGHT.len());
}

#[test]
fn a_whole_number_may_have_a_decimal_and_a_half_is_refused() {
    for (written, level) in [("4.0", 4), ("4,0", 4), ("3.00", 3), ("5", 5)] {
        let group = one(&format!("{HEAD}\nA,2025,2025.1,data-returns,\"{written}\""));
        let response = group.entries[&id("data-returns")].answer.response.clone();
        assert_eq!(response, Rating::new(level).map(Response::Rated), "{written}");
    }
    for refused in ["3.5", "3,5", "4.", "4.01", "6.0", ".0", "4.0.0", "4e0"] {
        let told = read_text(&format!("{HEAD}\nA,2025,2025.1,data-returns,\"{refused}\"")).unwrap_err();
        assert_eq!(told.len(), 1, "{refused}");
        assert!(told[0].contains("is not a rating"), "{refused}: {told:?}");
    }
}

#[test]
fn unknown_columns_are_told_once() {
    let told = read_text(&format!("{HEAD},notes,Score,notes\nA,2025,2025.1,data-returns,4,,,")).unwrap_err();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].starts_with("line 1: There are no columns “notes”, “Score”. The columns are: practice, "),
        "{told:?}"
    );
}

#[test]
fn a_reason_that_cannot_be_seen_is_none() {
    let head = format!("{HEAD},not_applicable_reason,comment");
    let group = one(&format!(
        "{head}\nA,2025,2025.1,direct-requests,na,\u{200b},\u{2060}\u{feff}"
    ));
    let answer = &group.entries[&id("direct-requests")].answer;
    assert_eq!(answer.response, Some(Response::NotApplicable(None)));
    assert_eq!(answer.comment, None);
}

#[test]
fn no_piece_of_an_export_begins_a_formula_whatever_a_program_parts_it_by() {
    let text = |id: &str| match id {
        "data-returns" => "Minutes of May;=1+1",
        "direct-requests" => "Agreed;@SUM(1;2)",
        "evidence-of-need" => "Two staff ;+1+1",
        "information-governance" => "\"\"one, \"\"\"\"=b\"\"\n- c\t＝d\"\"",
        _ => "plain",
    };
    let file = format!(
        "{HEAD},comment\n{}",
        rows(|id| format!("A,2025,2025.1,{id},4,\"{}\"", text(id)))
    );
    let groups = read_text(&file).unwrap();
    let written = write(&groups, library());
    let text = String::from_utf8(written).unwrap();
    assert_eq!(formula::tests::first_formula(&text), None, "{text}");
    assert_eq!(read_text(&text).unwrap(), groups);
}
