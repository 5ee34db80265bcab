//! Every mistake, by line and column.

use super::*;
use framework::prose::Prose;

/// Returns a file with all columns that the table below uses; rows from line 2 on.
fn problems(rows: &str) -> Vec<String> {
    read_text(&format!(
        "{HEAD},not_applicable_reason,measure,adaptation_class,agreed_rating,region,slug\n{rows}"
    ))
    .unwrap_err()
}

#[test]
fn every_mistake_in_a_row_is_told_with_what_to_do() {
    for (rows, expected) in [
        (
            "A,2025,2024.9,caseload-ceiling,4,,,,,,",
            "line 2, version: There is no version “2024.9”. The versions are: 2025.1, 2026.1.",
        ),
        (
            "A,2025,2025.1,caseload-cieling,4,,,,,,",
            "line 2, criterion: Version 2025.1 has no criterion “caseload-cieling”. Do you mean “caseload-ceiling”?",
        ),
        (
            "A,2025,2025.1,no-rescuing,4,,,,,,",
            "line 2, criterion: Version 2025.1 has no criterion “no-rescuing”. It is in version 2026.1.",
        ),
        (
            "A,2025,2025.1,something else,4,,,,,,",
            "line 2, criterion: Version 2025.1 has no criterion “something else”. Copy the id from the framework's page.",
        ),
        (
            "A,2025,2025.1,,4,,,,,,",
            "line 2, criterion: The criterion is missing. Write its id.",
        ),
        (
            "A,2025,2025.1,caseload-ceiling,6,,,,,,",
            "line 2, self_rating: “6” is not a rating. Write 1, 2, 3, 4 or 5, or nothing.",
        ),
        (
            "A,2025,2025.1,caseload-ceiling,4,,,,3.5,,",
            "line 2, agreed_rating: “3.5” is not a rating. Write 1, 2, 3, 4 or 5, or nothing.",
        ),
        (
            "A,2025,2025.1,direct-requests,4,none came,,,,,",
            "line 2, not_applicable_reason: There is a rating and a reason why the criterion does not apply. Remove one of the two.",
        ),
        (
            "A,2025,2025.1,caseload-ceiling,,we have none,,,,,",
            "line 2, self_rating: This criterion applies to every Practice. Choose a level from 1 to 5.",
        ),
        (
            "A,2025,2025.1,caseload-ceiling,na,,,,,,",
            "line 2, self_rating: This criterion applies to every Practice. Choose a level from 1 to 5.",
        ),
        (
            "A,2025,2025.1,caseload-ceiling,4,,99,,,,",
            "line 2, measure: Enter a number from 0 to 40 (women per full-time practitioner).",
        ),
        (
            "A,2025,2025.1,caseload-ceiling,4,,\"7,5\",,,,",
            "line 2, measure: “7,5” has a comma. Write decimals with a point, as in 7.5.",
        ),
        (
            "A,2025,2025.1,aims-she-chose,4,,7,,,,",
            "line 2, measure: This criterion is not counted. Leave the number out.",
        ),
        (
            "A,2025,2025.1,caseload-ceiling,4,,,drift,,,",
            "line 2, adaptation_class: “drift” is not a class. The classes are: consistent, not_consistent, unplanned, unexplained.",
        ),
        (
            "A,2025,2025.1,caseload-ceiling,,,,unplanned,,,",
            "line 2, adaptation_class: A class says what a rating is put down to, and there is no rating. Add one, or remove the class.",
        ),
        (
            "A,25,2025.1,caseload-ceiling,4,,,,,,",
            "line 2, cycle: “25” is not a cycle: a year such as 2026, or 2026-27.",
        ),
        (
            ",2025,2025.1,caseload-ceiling,4,,,,,,",
            "line 2, practice: The Practice is missing. Write its name.",
        ),
        (
            "***,2025,2025.1,caseload-ceiling,4,,,,,,",
            "line 2, practice: No short name can be made of “***”. Write one into a column “slug”.",
        ),
        (
            "A,2025,2025.1,caseload-ceiling,4,,,,,,A B",
            "line 2, slug: “A B” is not a short name: small letters, digits and single hyphens, at most 60.",
        ),
        (
            "\"A\nB\",2025,2025.1,caseload-ceiling,4,,,,,,",
            "line 2, practice: Write this on one line, in at most 200 characters.",
        ),
        (
            "A,2025,2025.1,caseload-ceiling",
            "line 2: This row has 4 cells, but there are 11 columns. It ends before “self_rating”, which every row needs.",
        ),
        (
            "A,2025,2025.1,caseload-ceiling,4,\"open\nA,2025,2025.1,aims-she-chose,4,,,,,,\n",
            "line 2: This row has 6 cells, but there are 11 columns. Look for text with a comma or a line break that is not \
             in quotation marks, or for a quotation mark that is not closed.",
        ),
        (
            "A,2025,2025.1,caseload-ceiling,4,,,,,,,surplus",
            "line 2: This row has 12 cells, but there are 11 columns. Look for text with a comma or a line break that is not \
             in quotation marks, or for a quotation mark that is not closed.",
        ),
        (
            "A,2025,2025.1,caseload-ceiling,4,,,,,,\nA,2025,2025.1,caseload-ceiling,3,,,,,,",
            "line 3, criterion: “a” in 2025 already has “caseload-ceiling” at line 2. Remove one of the two.",
        ),
        (
            "A,2026,2025.1,caseload-ceiling,4,,,,,,\nA,2026,2026.1,aims-she-chose,3,,,,,,\nA,2026,2026.1,womens-views,3,,,,,,",
            "line 3, version: “a” in 2026 is under version 2025.1 at line 2. One assessment has one version: correct one of the two.",
        ),
        (
            "Môr,2025,2025.1,caseload-ceiling,4,,,,,,\nMor,2024,2025.1,caseload-ceiling,4,,,,,,",
            "line 3, practice: “Mor” and “Môr” (line 2) are both “mor” in short. Write one name for one Practice, or give \
             two Practices different short names in a column “slug”.",
        ),
        (
            "A,2025,2025.1,caseload-ceiling,4,,,,,N,\nA,2024,2025.1,caseload-ceiling,4,,,,,S,",
            "line 3, region: “a” is in “S” here and in “N” at line 2. Write one region.",
        ),
    ] {
        assert_eq!(problems(rows), [expected], "{rows}");
    }
}

#[test]
fn text_that_is_too_long_is_refused() {
    let text = "x".repeat(Prose::MAX + 1);
    for column in [
        "evidence",
        "comment",
        "adaptation",
        "review_comment",
        "question",
        "agreement_comment",
        "not_applicable_reason",
    ] {
        let file = format!("{HEAD},{column}\nA,2025,2025.1,direct-requests,,{text}");
        let expected = format!("line 2, {column}: The text has 10001 characters; the most is 10000. Shorten it.");
        assert_eq!(read_text(&file).unwrap_err(), [expected]);
    }
}

#[test]
fn a_file_that_cannot_be_read_row_by_row_says_why() {
    const SAVE: &str = "In Excel choose File, Save As, “CSV UTF-8 (Comma delimited)”, and send that file.";
    let names = "The columns are: practice, cycle, version, criterion, self_rating, review_rating, agreed_rating, \
                 not_applicable_reason, measure, evidence, comment, adaptation, adaptation_class, review_comment, question, \
                 agreement_comment, first_reviewer_rating, first_reviewer_comment, first_reviewer_question, second_reviewer_rating, second_reviewer_comment, second_reviewer_question, region, slug.";
    let empty = "The file is empty. It needs a row of column names and a row for each criterion.";
    let told = |bytes: &[u8]| -> Vec<String> {
        read(library(), bytes)
            .unwrap_err()
            .iter()
            .map(Problem::to_string)
            .collect()
    };
    for (bytes, expected) in [
        (b"".as_slice(), vec![empty.to_owned()]),
        ("\u{feff}\r\n\r\n,,\r\n".as_bytes(), vec![empty.to_owned()]),
        (
            HEAD.as_bytes(),
            vec!["The file holds no assessment. Add a row for each criterion.".into()],
        ),
        (
            b"practice,cycle\n\xd4r,2025",
            vec![format!(
                "line 2: A letter here is not UTF-8; ŵ, é or £ would come out wrong. {SAVE}"
            )],
        ),
        (b"\xff\xfep\0", vec![format!("The file is UTF-16 text. {SAVE}")]),
        (
            b"PK\x03\x04...",
            vec![format!("This is a workbook, not a CSV file. {SAVE}")],
        ),
        (
            b"\npractice,cycle,version,score,practice,self rating,,region\nA",
            vec![
                format!("line 2: There is no column “score”. {names}"),
                "line 2, practice: This column is there twice. Remove one.".into(),
                "line 2: Column 7 has no name. Name or remove it.".into(),
                "line 2, criterion: This column is missing. Add it.".into(),
            ],
        ),
    ] {
        assert_eq!(told(bytes), expected, "{}", String::from_utf8_lossy(bytes));
    }
    let json = read_json(library(), b"[\n{\"practice\": 1}]").unwrap_err();
    assert!(
        json[0]
            .to_string()
            .starts_with("line 2: This is not a JSON export of assessments:"),
        "{}",
        json[0]
    );
}

#[test]
fn json_is_held_to_the_same_rules() {
    let mut group = one(&format!("{HEAD}\nA,2025,2025.1,direct-requests,na"));
    let entry = group.entries[&id("direct-requests")].clone();
    group.entries.insert(id("caseload-ceiling"), entry);
    let problems = read_json(library(), &write_json(&[group])).unwrap_err();
    assert_eq!(
        problems[0].to_string(),
        "self_rating: a 2025 caseload-ceiling: This criterion applies to every Practice. Choose a level from 1 to 5."
    );
}

#[test]
fn all_mistakes_are_told_at_once_by_the_line_on_which_their_row_starts() {
    for end in ["\n", "\r\n", "\r"] {
        let rows = [
            &format!("{HEAD},comment"),
            "A,2025,2025.1,caseload-ceiling,4,\"one",
            "two\"",
            "",
            "A,20,2025,nothing,9,",              // line 5, four mistakes
            "A,2025,2025.1,aims-she-chose,4,\"", // line 6, none
            "three\"",
            "A,2025,2025.1,womens-views,0,", // line 8
        ];
        let places: Vec<_> = read(library(), rows.join(end).as_bytes())
            .unwrap_err()
            .into_iter()
            .map(|p| (p.at.map(|at| (at.line, at.row)), p.column))
            .collect();
        assert_eq!(
            places,
            [
                (Some((5, 4)), Some("cycle")),
                (Some((5, 4)), Some("self_rating")),
                (Some((5, 4)), Some("version")),
                (Some((8, 6)), Some("self_rating")),
            ],
            "{end:?}"
        );
    }
}

#[test]
fn a_long_list_of_mistakes_is_cut() {
    let row = "A,2025,2025.1,caseload-ceiling,9\n";
    let problems = read_text(&format!("{HEAD}\n{}", row.repeat(150))).unwrap_err();
    // 150 ratings and 149 rows that are there twice
    assert_eq!(problems.len(), MOST_PROBLEMS + 1);
    assert_eq!(problems.last().unwrap(), "And 99 more. Correct these first.");
}
