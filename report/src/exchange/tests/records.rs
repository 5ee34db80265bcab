//! The flat kinds: every cell that cannot be taken, and files that are read as they were written.

use super::super::{
    At, MOST_PROBLEMS, Problem, read_records, read_records_json, sheet::Writer, write_records, write_records_json,
};
use framework::exchange::{ActionRecord, AdaptationRecord, EvidenceRecord, Placed, Record, Row, SupportRecord};
use std::fmt::Debug;

const KEY: &str = "01930000-0000-7000-8000-000000000001";
const HASH: &str = "00000000000000000000000000000000000000000000000000000000000000ff";

type Cells = &'static [(&'static str, &'static str)];

/// An agreed adaptation, an action that is done, support that is rated, a link.
const ADAPTATION: Cells = &[
    ("practice", "north-vale"),
    ("round", "1"),
    ("title", "Library"),
    ("what", "=We meet there."),
    ("criteria", "handover-together travel-counted"),
    ("timing", "planned"),
    ("since", "2026-01-05"),
    ("until", "2026-12-31"),
    ("decided_by", "Practice lead"),
    ("level", "team"),
    ("reasons", "place money"),
    ("why", "- No bus\n- No room"),
    ("core", "yes"),
    ("core_why", "„Llŷn“; women chose."),
    ("saved_by", "Lena"),
    ("saved_at", "2026-01-01T10:00:00Z"),
    ("proposed_by", "Lena"),
    ("proposed_at", "2026-01-02T10:00:00Z"),
    ("ruling", "consistent"),
    ("ruling_reason", "Good."),
    ("ruling_until", "2026-11-30"),
    ("ruled_by", "Rita"),
    ("ruled_at", "2026-01-03T10:00:00Z"),
    ("key", KEY),
];
const ACTION: Cells = &[
    ("practice", "north-vale"),
    ("cycle", "2025"),
    ("version", "2025.1"),
    ("criterion", "handover-together"),
    ("state", "done"),
    ("what", "Meet weekly,\nall of us."),
    ("owner", "@lead"),
    ("by", "2026-06-01"),
    ("support", "'=A day"),
    ("why", "It holds."),
    ("closed_at", "2026-05-02T10:00:00Z"),
    ("raised_by", "Lena"),
    ("raised_at", "2026-01-02T10:00:00Z"),
    ("changed_by", "Carl"),
    ("changed_at", "2026-05-02T10:00:00Z"),
    ("key", KEY),
];
const NO_ACTION: Cells = &[
    ("state", "none"),
    ("what", ""),
    ("owner", ""),
    ("by", ""),
    ("support", ""),
    ("closed_at", ""),
    ("raised_by", ""),
    ("raised_at", ""),
];
const SUPPORT: Cells = &[
    ("practice", "north-vale"),
    ("day", "2026-02-01"),
    ("what", "A day with the team."),
    ("element", "small-caseloads"),
    ("recorded_by", "Rita"),
    ("recorded_at", "2026-02-02T10:00:00Z"),
    ("helped", "4"),
    ("comment", "Timely."),
    ("rated_by", "Lena"),
    ("rated_at", "2026-02-03T10:00:00Z"),
    ("key", KEY),
];
const LINK: Cells = &[
    ("practice", "north-vale"),
    ("number", "1"),
    ("kind", "link"),
    ("title", "Minutes"),
    ("shows", "Who came"),
    ("true_of", "2026-01-05"),
    ("review_by", "2027-01-05"),
    ("link", "https://example.org/a?b=1"),
    ("made_by", "Lena"),
    ("made_at", "2026-01-06T10:00:00Z"),
    ("withdrawn_by", "Carl"),
    ("withdrawn_at", "2026-03-06T10:00:00Z"),
    ("cited", "2025/practice-board 2026/practice-board"),
    ("still_true", "2025 2026"),
    ("key", KEY),
];
const FILE: Cells = &[
    ("kind", "file"),
    ("link", ""),
    ("file_name", "minutes.pdf"),
    ("file_size", "12"),
    ("sha256", HASH),
];
const NOTE: Cells = &[("kind", "note"), ("link", ""), ("note", "As was *said*.")];

fn row<R: Record>(whole: Cells, changed: Cells) -> R::Row {
    let cell = |column: &&str| {
        let mut found = changed.iter().chain(whole).filter(|(name, _)| name == column);
        found.next().map(|(_, text)| (*text).to_owned()).unwrap_or_default()
    };
    for (column, _) in whole.iter().chain(changed) {
        assert!(R::Row::COLUMNS.contains(column), "{column}");
    }
    R::Row::from_cells(R::Row::COLUMNS.iter().map(cell).collect())
}

fn file<R: Record>(rows: &[R::Row]) -> Vec<u8> {
    let mut out = Writer::new(R::Row::COLUMNS);
    for row in rows {
        out.row(row.cells().into_iter());
    }
    out.finish()
}

fn told(problems: Vec<Problem>) -> Vec<String> {
    problems.iter().map(Problem::to_string).collect()
}

/// Each change of a whole row, and what is said of it.
fn refused<R: Record + Debug>(whole: Cells, cases: &[(Cells, &[&str])]) {
    for (changed, expected) in cases {
        let bad = row::<R>(whole, changed);
        let bytes = file::<R>(&[row::<R>(whole, &[]), bad]);
        // a row of one line, and those of text with line ends
        let line = 2 + String::from_utf8_lossy(&file::<R>(&[row::<R>(whole, &[])]))
            .lines()
            .count()
            - 1;
        let expected: Vec<String> = expected
            .iter()
            .map(|message| format!("{}, {message}", At { line, row: 3 }))
            .collect();
        let said = told(read_records::<R>(&bytes).expect_err(&format!("{changed:?}")));
        assert_eq!(said, expected, "{changed:?}");
    }
}

/// Each change of a whole row is read back as it was written, in both forms, and once more the same bytes.
fn comes_back<R: Record + PartialEq + Debug>(whole: Cells, variants: &[Cells]) {
    let rows: Vec<R::Row> = variants.iter().map(|changed| row::<R>(whole, changed)).collect();
    let records = |read: Vec<Placed<R>>| -> Vec<R> { read.into_iter().map(|placed| placed.record).collect() };
    let read = records(read_records::<R>(&file::<R>(&rows)).map_err(told).unwrap());
    assert_eq!(read.len(), variants.len());
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.cells().iter().map(|cell| (*cell).to_owned()).collect())
        .collect();
    let again: Vec<Vec<String>> = (read.iter())
        .map(|record| record.row().cells().iter().map(|cell| (*cell).to_owned()).collect())
        .collect();
    assert_eq!(again, cells);
    let (csv, json) = (write_records(&read), write_records_json(&read));
    assert_eq!(csv, file::<R>(&rows));
    let from_json = records(read_records_json(&json).map_err(told).unwrap());
    assert_eq!(from_json, read);
    assert_eq!(write_records(&from_json), csv);
}

#[test]
fn what_is_written_is_read_as_the_same() {
    const PROPOSED: Cells = &[
        ("round", "2"),
        ("ruling", ""),
        ("ruling_reason", ""),
        ("ruling_until", ""),
        ("ruled_by", ""),
        ("ruled_at", ""),
    ];
    const REFUSED: Cells = &[("ruling", "refused"), ("ruling_until", ""), ("until", "")];
    comes_back::<AdaptationRecord>(ADAPTATION, &[&[], PROPOSED, REFUSED]);
    const OPEN: Cells = &[("state", "open"), ("why", ""), ("closed_at", ""), ("support", "")];
    comes_back::<ActionRecord>(ACTION, &[&[], OPEN, NO_ACTION]);
    const NEW: Cells = &[
        ("helped", ""),
        ("comment", ""),
        ("rated_by", ""),
        ("rated_at", ""),
        ("element", ""),
    ];
    comes_back::<SupportRecord>(
        SUPPORT,
        &[&[], NEW, &[("element", ""), ("action", KEY), ("comment", "")]],
    );
    const FIRST: Cells = &[
        ("withdrawn_by", ""),
        ("withdrawn_at", ""),
        ("cited", ""),
        ("still_true", ""),
        ("review_by", ""),
    ];
    comes_back::<EvidenceRecord>(LINK, &[&[], FIRST, FILE, NOTE]);
}

#[test]
fn every_cell_of_an_adaptation_that_cannot_be_taken_is_told() {
    refused::<AdaptationRecord>(
        ADAPTATION,
        &[
            (
                &[("practice", "North Vale")],
                &["practice: “North Vale” is not a short name: small letters, digits and single hyphens, at most 60."],
            ),
            (
                &[("key", "7")],
                &["key: “7” is not a key. Write a UUID, as exports have it."],
            ),
            (&[("round", "0")], &["round: “0” is not a number from 1."]),
            (&[("title", "")], &["title: Give the adaptation a short title."]),
            (
                &[("criteria", "")],
                &["criteria: Choose at least one criterion that it touches."],
            ),
            (
                &[("criteria", "a, b")],
                &["criteria: “a,” is not an id: small letters, digits and single hyphens, at most 60."],
            ),
            (
                &[("timing", "soon")],
                &["timing: “soon” is none of: planned, reactive."],
            ),
            (
                &[("since", "05/01/2026")],
                &["since: “05/01/2026” is not a day. Write it as in 2026-03-02."],
            ),
            (
                &[("until", "2026-01-04")],
                &["until: The last day must not lie before the first one."],
            ),
            (
                &[("level", "all")],
                &["level: “all” is none of: woman, group, practitioner, team, practice, board, network."],
            ),
            (
                &[("reasons", "money weather")],
                &[
                    "reasons: “weather” is none of: women, reach, place, staffing, skills, host, money, partners, law, emergency.",
                ],
            ),
            (&[("core", "")], &["core: “” is none of: yes, no, unsure."]),
            (
                &[("saved_by", ""), ("saved_at", "")],
                &[
                    "saved_at: “” is not a time. Write it as in 2026-03-02T10:00:00Z.",
                    "saved_by: Say who.",
                ],
            ),
            (
                &[("proposed_by", ""), ("proposed_at", "")],
                &["proposed_by: It is decided, so somebody proposed it. Say who, and when."],
            ),
            (
                &[("ruling", "agreed")],
                &["ruling: “agreed” is none of: consistent, not_consistent, refused."],
            ),
            (&[("ruling_reason", "")], &["ruling_reason: Say why it was decided so."]),
            (
                &[("ruling", "refused")],
                &["ruling_until: What is refused has no last day. Leave this empty."],
            ),
            (
                &[("ruling_until", "2025-12-31")],
                &["ruling_until: The last day must not lie before the first one."],
            ),
            (
                &[("ruling", ""), ("ruling_until", ""), ("ruled_by", ""), ("ruled_at", "")],
                &["ruling_reason: There is no ruling. Leave this empty, or add one."],
            ),
        ],
    );
}

#[test]
fn every_cell_of_a_plan_that_cannot_be_taken_is_told() {
    refused::<ActionRecord>(
        ACTION,
        &[
            (
                &[("cycle", "25")],
                &["cycle: “25” is not a cycle: a year such as 2026, or 2026-27."],
            ),
            (&[("version", "1")], &["version: “1” is not a version such as 2026.1."]),
            (
                &[("criterion", "A")],
                &["criterion: “A” is not an id: small letters, digits and single hyphens, at most 60."],
            ),
            (
                &[("state", "closed")],
                &["state: “closed” is none of: open, done, dropped, none."],
            ),
            (&[("what", " ")], &["what: Say what will be done."]),
            (&[("owner", "")], &["owner: Say who sees to it: a role, or a name."]),
            (&[("by", "")], &["by: Enter the day by which it will be done."]),
            (
                &[("by", "in May")],
                &["by: “in May” is not a day. Write it as in 2026-03-02."],
            ),
            (&[("why", "")], &["why: Say what was done, or why it was dropped."]),
            (
                &[("closed_at", "2026-05-02")],
                &["closed_at: “2026-05-02” is not a time. Write it as in 2026-03-02T10:00:00Z."],
            ),
            (
                &[("state", "open"), ("why", "")],
                &["closed_at: The action is open. Leave this empty."],
            ),
            (
                &[("raised_by", ""), ("changed_by", "")],
                &["changed_by: Say who.", "raised_by: Say who."],
            ),
        ],
    );
    const WHY: &str = "Where there is no action this stays empty. Write the reason under “why”.";
    let told = read_records::<ActionRecord>(&file::<ActionRecord>(&[row::<ActionRecord>(
        ACTION,
        &[("state", "none"), ("why", "")],
    )]));
    let columns: Vec<_> = told
        .unwrap_err()
        .into_iter()
        .map(|p| (p.column.unwrap(), p.message == WHY))
        .collect();
    let filled = ["by", "closed_at", "owner", "raised_at", "raised_by", "support", "what"].map(|column| (column, true));
    assert_eq!(columns, [&filled[..], &[("why", false)]].concat());
}

#[test]
fn every_cell_of_support_that_cannot_be_taken_is_told() {
    refused::<SupportRecord>(
        SUPPORT,
        &[
            (&[("day", "")], &["day: Enter the day the support was given."]),
            (
                &[("day", "2026-02-03")],
                &["day: The day comes after the one on which it was recorded."],
            ),
            (&[("what", "")], &["what: Say what was done."]),
            (
                &[("action", KEY)],
                &["element: Support is for an action or for an element, not for both. Remove one."],
            ),
            (
                &[("element", "A")],
                &["element: “A” is not an id: small letters, digits and single hyphens, at most 60."],
            ),
            (
                &[("helped", "6")],
                &[
                    "comment: It is not said how much it helped. Leave this empty, or add a level.",
                    "helped: “6” is not a level. Write 1, 2, 3, 4 or 5, or nothing.",
                    "rated_at: It is not said how much it helped. Leave this empty, or add a level.",
                    "rated_by: It is not said how much it helped. Leave this empty, or add a level.",
                ],
            ),
            (
                &[("rated_by", ""), ("rated_at", "")],
                &["rated_by: Say who said how much it helped, and when."],
            ),
        ],
    );
}

#[test]
fn every_cell_of_evidence_that_cannot_be_taken_is_told() {
    const OTHER: &str = "An item is one thing: a file, a link or a note. Leave this empty.";
    let note_too = format!("note: {OTHER}");
    let size_too = format!("file_size: {OTHER}");
    refused::<EvidenceRecord>(
        LINK,
        &[
            (
                &[("kind", "picture")],
                &["kind: “picture” is none of: file, link, note."],
            ),
            (&[("title", "")], &["title: Enter a title."]),
            (&[("shows", "")], &["shows: Say in a few words what it shows."]),
            (
                &[("true_of", "2026-01-07")],
                &["true_of: The date it relates to must be today or earlier."],
            ),
            (
                &[("review_by", "2026-01-04")],
                &["review_by: The review-by day comes before the day it is true of. Enter a later day, or none."],
            ),
            (
                &[("link", "minutes")],
                &["link: Enter a whole address that begins with https://, such as https://example.org/minutes."],
            ),
            (&[("note", "Said."), ("file_size", "1")], &[&size_too, &note_too]),
            (&[("kind", "note"), ("link", "")], &["note: Write the note."]),
            (
                &[("cited", "2025-practice-board")],
                &["cited: “2025-practice-board” is not a cycle and a criterion, as in 2026/practice-board."],
            ),
            (
                &[("cited", "2025/A")],
                &["cited: “A” is not an id: small letters, digits and single hyphens, at most 60."],
            ),
            (
                &[("still_true", "yes")],
                &["still_true: “yes” is not a cycle: a year such as 2026, or 2026-27."],
            ),
            (
                &[("withdrawn_at", "")],
                &["withdrawn_at: “” is not a time. Write it as in 2026-03-02T10:00:00Z."],
            ),
            (
                &[
                    ("kind", "file"),
                    ("link", ""),
                    ("file_name", "a.exe"),
                    ("file_size", "99999999999"),
                    ("sha256", "ab"),
                ],
                &[
                    "file_name: Choose a PDF, Word (.docx), Excel (.xlsx), image (.png, .jpg, .webp, .gif) or text file (.txt, .csv, .md).",
                    "file_size: “99999999999” is not a number of bytes up to 20971520.",
                    "sha256: “ab” is no hash.",
                ],
            ),
        ],
    );
}

#[test]
fn a_file_of_records_is_read_as_spreadsheets_save_it() {
    let text = format!(
        "KEY;Practice;day;What;recorded by;recorded-at;\n\n{KEY};north-vale;2026-02-01;\"a\nb\";Rita;2026-02-02T11:00:00+01:00;\n;;;;;;\n"
    );
    for text in [
        text.clone(),
        text.replace(';', "\t"),
        text.replace(';', ","),
        text.replace('\n', "\r\n"),
    ] {
        let [Placed { place, record }] = &read_records::<SupportRecord>(text.as_bytes()).map_err(told).unwrap()[..]
        else {
            panic!("{text}")
        };
        assert_eq!((place.as_str(), record.given.what.as_str()), ("line 3", "a\nb"));
        assert_eq!(record.row().recorded_at, "2026-02-02T10:00:00Z");
    }
    assert_eq!(
        read_records::<SupportRecord>(&write_records::<SupportRecord>(&[])),
        Ok(vec![])
    );
    assert_eq!(read_records_json::<SupportRecord>(b"[]"), Ok(vec![]));
}

#[test]
fn a_file_of_records_that_cannot_be_read_says_why() {
    let told = |bytes: &[u8]| told(read_records::<SupportRecord>(bytes).unwrap_err());
    assert_eq!(
        told(b""),
        ["The file is empty. It needs a row of column names and a row for each record."]
    );
    assert_eq!(
        told(b"practice,what,what,colour,recorded_by,recorded_at,key\n"),
        [
            "line 1: There is no column “colour”. The columns are: practice, day, what, action, element, recorded_by, \
             recorded_at, helped, comment, rated_by, rated_at, key.",
            "line 1, what: This column is there twice. Remove one.",
            "line 1, day: This column is missing. Add it.",
        ]
    );
    let whole = String::from_utf8(file::<SupportRecord>(&[row::<SupportRecord>(SUPPORT, &[])])).unwrap();
    let short = told(format!("{whole}north-vale,2026-02-01\r\n").as_bytes());
    assert!(
        short[0].starts_with("line 3: This row has 2 cells, but there are 12 columns."),
        "{short:?}"
    );
    let bad = row::<SupportRecord>(SUPPORT, &[("day", "")]);
    let many = told(&file::<SupportRecord>(&vec![bad; MOST_PROBLEMS + 7]));
    assert_eq!(
        (many.len(), many[MOST_PROBLEMS].as_str()),
        (MOST_PROBLEMS + 1, "And 7 more. Correct these first.")
    );
}

#[test]
fn json_of_records_is_held_to_the_same_rules() {
    let told = |text: &str| told(read_records_json::<SupportRecord>(text.as_bytes()).unwrap_err());
    let rows = [
        row::<SupportRecord>(SUPPORT, &[]),
        row::<SupportRecord>(SUPPORT, &[("day", "")]),
    ];
    assert_eq!(
        told(&serde_json::to_string(&rows).unwrap()),
        ["day: record 2: Enter the day the support was given."]
    );
    for text in ["{}", "[{\"colour\": \"red\"}]", "[{\"day\": 1}]", "practice,day"] {
        let told = told(text);
        assert!(
            told[0].starts_with("line 1: This is not a JSON export of support: "),
            "{told:?}"
        );
    }
}
