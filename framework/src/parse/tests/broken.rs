//! What is refused, and in which words: `broken.txt` and the files that are missing or out of place.

use super::*;

/// One block of `broken.txt`.
#[derive(Default)]
struct Row<'a> {
    name: &'a str,
    file: &'a str,
    from: Vec<&'a str>,
    to: Vec<&'a str>,
    told: Vec<&'a str>,
}

impl<'a> Row<'a> {
    fn read(block: &'a str) -> Row<'a> {
        let mut row = Row::default();
        for line in block.lines() {
            let (mark, text) = line.split_at(1);
            let text = text.strip_prefix(' ').unwrap_or(text);
            match mark {
                "#" => row.name = text,
                "@" => row.file = text,
                "-" => row.from.push(text),
                "+" => row.to.push(text),
                "!" => row.told.push(text),
                _ => unreachable!("a line of broken.txt starts with # @ - + or !, not {line:?}"),
            }
        }
        row
    }

    fn path(&self) -> String {
        match self.file {
            "version.md" => "2026.1/version.md".to_owned(),
            file if file.starts_with("2025.1/") => file.to_owned(),
            file => format!("2026.1/small-caseloads/{file}"),
        }
    }
}

#[test]
fn every_break_of_the_sample_is_told_by_file_line_and_remedy() {
    assert_eq!(
        told(Library::parse(&sample::library())),
        Vec::<String>::new(),
        "the sample itself is good"
    );
    let blocks = include_str!("broken.txt").trim().split("\n\n").skip(1);
    let rows: Vec<Row> = blocks.map(Row::read).collect();
    assert!(rows.len() > 80, "{} rows", rows.len());
    let mut wrong = String::new();
    for row in rows {
        let path = row.path();
        let mut files = sample::library();
        change(&mut files, &path, &row.from.join("\n"), &row.to.join("\n"));
        let told = told(Library::parse(&files));
        let told: Vec<&str> = told
            .iter()
            .map(|line| line.strip_prefix(path.as_str()).unwrap_or(line))
            .collect();
        if told != row.told {
            wrong += &format!("# {}\n! {}\n", row.name, told.join("\n! "));
        }
    }
    assert!(wrong.is_empty(), "told otherwise:\n{wrong}");
}

#[test]
fn a_criterion_of_three_hundred_words_is_refused() {
    for (words, expected) in [
        (285, vec![]),
        (
            286,
            vec![format!(
                "{COVER}:1: Title and sections have 300 words. Keep them under 300."
            )],
        ),
    ] {
        let mut files = sample::library();
        change(&mut files, COVER, "Because.", &"word - ".repeat(words));
        assert_eq!(told(Library::parse(&files)), expected, "{words}");
    }
}

#[test]
fn a_file_missing_or_out_of_place_is_refused() {
    let place = "No file belongs here. A version has version.md, and element.md and criteria in one folder an element.";
    let form = "is not an id: small letters, digits and single hyphens, at most 60";
    let taken = "There is a criterion of this id already, in 2026.1/small-caseloads/cover.md. Give this one another.";
    let cover = sample::library().remove(9).text;
    let with = |path: &str, text: &str| vec![sample::file(path, text)];
    let more: [(Vec<SourceFile>, Vec<String>); 11] = [
        (
            with("notes.md", ""),
            vec!["notes.md:1: No file belongs here. Remove it.".into()],
        ),
        (
            [with("drafts/a.md", ""), with("drafts/b.md", "")].concat(),
            vec![
                "drafts/a.md:1: The folder’s name “drafts” is not a version such as 2026.1. Rename or remove it."
                    .into(),
            ],
        ),
        (
            with("2026.1/notes.txt", ""),
            vec![format!("2026.1/notes.txt:1: {place}")],
        ),
        (
            with("2026.1/small-caseloads/deep/cover.md", ""),
            vec![format!("2026.1/small-caseloads/deep/cover.md:1: {place}")],
        ),
        (
            with("2026.1/small-caseloads/cover.txt", ""),
            vec![format!("2026.1/small-caseloads/cover.txt:1: {place}")],
        ),
        (
            with("2026.1/small-caseloads/My notes.md", ""),
            vec![format!(
                "2026.1/small-caseloads/My notes.md:1: The file’s name “My notes” {form}. Rename it."
            )],
        ),
        (
            with("2026.1/small-caseloads/cover.md.md", ""),
            vec![format!(
                "2026.1/small-caseloads/cover.md.md:1: The file’s name “cover.md” {form}. Rename it."
            )],
        ),
        (
            [with("2026.1/Big/a.md", ""), with("2026.1/Big/b.md", "")].concat(),
            vec![format!("2026.1/Big/a.md:1: The folder’s name “Big” {form}. Rename it.")],
        ),
        (
            with(COVER, &cover),
            vec![format!("{COVER}:1: The file is given twice. Give it once.")],
        ),
        (
            [
                vec![sample::element("2026.1", "work", 2)],
                with("2026.1/work/cover.md", &cover),
            ]
            .concat(),
            vec![format!("2026.1/work/cover.md:1: {taken}")],
        ),
        (
            vec![sample::element("2026.1", "empty", 1)],
            vec![
                "2026.1/empty/element.md:1: The element has no criteria. Add one, or remove the folder.".into(),
                "2026.1/small-caseloads/element.md:4: The order 1 is taken by 2026.1/empty/element.md. Choose another."
                    .into(),
            ],
        ),
    ];
    for (more, expected) in more {
        assert_eq!(told(Library::parse(&[sample::library(), more].concat())), expected);
    }
    for (missing, expected) in [
        (
            "2026.1/version.md",
            "The file is missing. Write it: it says what the version is.",
        ),
        (
            "2026.1/small-caseloads/element.md",
            "The file is missing. Write it: it says what the element is.",
        ),
    ] {
        let mut files = sample::library();
        files.retain(|file| file.path != missing);
        assert_eq!(told(Library::parse(&files)), [format!("{missing}:1: {expected}")]);
    }
}
