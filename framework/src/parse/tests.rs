//! Each row breaks the good sample in one place and says what must be told; `@` is the broken file.

mod broken;

use super::{
    Problem, SourceFile, parse_version,
    sample::{self, CEILING, COVER, TRAVEL},
};
use crate::{
    criteria::{Better, Framework, Relation, SourceStatus},
    library::Library,
};
use proptest::prelude::*;

fn newer() -> Vec<SourceFile> {
    let mut files = sample::library();
    files.retain(|file| file.path.starts_with("2026.1"));
    files
}

fn parsed() -> Framework {
    parse_version(&newer()).expect("the sample is good")
}

fn told(result: Result<Library, Vec<Problem>>) -> Vec<String> {
    result
        .err()
        .unwrap_or_default()
        .iter()
        .map(Problem::to_string)
        .collect()
}

fn change(files: &mut [SourceFile], path: &str, from: &str, to: &str) {
    let file = files
        .iter_mut()
        .find(|file| file.path == path)
        .expect("the sample has the file");
    assert!(file.text.contains(from), "{path} has no {from:?}");
    file.text = file.text.replacen(from, to, 1);
}

#[test]
fn a_good_version_is_read_whole_and_in_order() {
    let framework = parsed();
    assert_eq!(framework.title, "Criteria 2026.1");
    assert_eq!(framework.date.to_string(), "2026-01-05");
    assert_eq!(framework.summary, "What it is.");
    assert_eq!(framework.parameters[0].unset, "four weeks");
    assert_eq!(framework.elements[0].about, "Why it is part of the model.");
    assert_eq!(framework.elements[0].criteria, 0..3);
    let ids: Vec<&str> = framework.criteria.iter().map(|c| c.id.as_str()).collect();
    assert_eq!(ids, ["caseload-ceiling", "cover", "travel"], "by order, not by name");

    let ceiling = &framework.criteria[0];
    assert_eq!(ceiling.asks, "Look at each caseload. What was the *highest*?");
    assert_eq!(ceiling.anchors[4], "Never above 8 on any day.");
    assert_eq!(
        ceiling.anchors[3],
        "Never above 8, except for cover of up to `cover-weeks`."
    );
    assert_eq!(ceiling.before_launch.as_deref(), Some("A ceiling is written down."));
    assert_eq!((ceiling.core, ceiling.gate, ceiling.weight), (true, true, 1.5));
    assert_eq!((ceiling.status, &ceiling.may_vary), (SourceStatus::Published, &None));
    let measure = ceiling.measure.as_ref().expect("it is counted");
    assert_eq!(
        (measure.better, measure.levels),
        (Better::Lower, Some([8.0, 9.0, 10.0, 12.0]))
    );
    let before = ceiling.before.as_ref().expect("there is a version before");
    assert_eq!(
        (before.relation, before.of.as_slice()),
        (Relation::Equivalent, std::slice::from_ref(&ceiling.id))
    );

    let cover = &framework.criteria[1];
    assert_eq!(
        (cover.weight, cover.not_applicable, cover.may_vary.as_deref()),
        (1.0, false, Some("The form."))
    );
}

#[test]
fn line_ends_and_a_byte_order_mark_change_neither_the_reading_nor_the_hash() {
    for (from, to) in [("\n", "\r\n"), ("\n", "\r")] {
        let files: Vec<SourceFile> = newer()
            .into_iter()
            .map(|f| sample::file(&f.path, format!("\u{feff}{}", f.text.replace(from, to))))
            .collect();
        assert_eq!(parse_version(&files), Ok(parsed()));
    }
}

#[test]
fn the_hash_follows_every_text_and_path_but_not_the_order_of_files() {
    let hash = |files: &[SourceFile]| parse_version(files).expect("still good").hash;
    let good = parsed().hash;
    assert_eq!(good.len(), 64);
    let mut files = newer();
    files.reverse();
    assert_eq!(hash(&files), good);
    change(&mut files, COVER, "Papers.", "Paper.");
    assert_ne!(hash(&files), good);
    let mut files = newer();
    change(&mut files, "2026.1/version.md", "What it is.\n", "What it is.");
    assert_ne!(hash(&files), good, "even white space");
}

#[test]
fn a_version_by_itself_is_not_held_against_others() {
    let mut files = newer();
    change(&mut files, TRAVEL, "Title of", "Another title of");
    assert!(parse_version(&files).is_ok());
    assert_eq!(
        told(Library::parse(
            &[sample::library(), vec![sample::file("2026.1/x.md", "")]].concat()
        )),
        [
            "2026.1/x.md:1: No file belongs here. A version has version.md, and element.md and criteria in one folder an element."
        ]
    );
    let problems = parse_version(&sample::library()).expect_err("two versions");
    assert_eq!(
        problems[0].to_string(),
        "2026.1/version.md:1: A second version. Give one version’s folder only."
    );
    let problems = parse_version(&[]).expect_err("nothing");
    assert_eq!(
        problems[0].to_string(),
        ".:1: There is no version here. Name the folder that holds 2026.1 and its like."
    );
}

#[test]
fn all_problems_of_a_folder_are_told_at_once_by_file_and_line() {
    let mut files = sample::library();
    change(&mut files, TRAVEL, "core = false\n", "");
    change(&mut files, CEILING, "id = \"caseload-ceiling\"\n", "");
    change(&mut files, CEILING, "## Asks", "## Aks");
    change(&mut files, "2025.1/version.md", "What it is.", "");
    let told = told(Library::parse(&files));
    let places: Vec<&str> = told.iter().filter_map(|line| line.split(": ").next()).collect();
    let ceiling = |line: u8| format!("{CEILING}:{line}");
    let expected = [
        "2025.1/version.md:10",
        &ceiling(1),
        &ceiling(1),
        &ceiling(24),
        &format!("{TRAVEL}:1"),
    ];
    assert_eq!(places, expected, "{told:#?}");
}

proptest! {
    #[test]
    fn no_text_makes_the_parser_panic(text in any::<String>(), lines in "(\\+\\+\\+|## Asks|- [0-9]:|[a-z] = |<b>|```|> |\\[x\\]|\n|\r|\t| |\"|é){0,60}") {
        for text in [text, lines] {
            for path in [CEILING, "2026.1/version.md", "2026.1/small-caseloads/element.md"] {
                let files = [sample::file(path, text.clone()), sample::file(path, format!("+++\nid = \"a\"\n+++\n{text}"))];
                for file in files {
                    prop_assert!(parse_version(&[file]).is_err());
                }
            }
        }
    }

    #[test]
    fn no_path_makes_the_parser_panic(path in "(2026\\.1|[a-z]|/|\\.md|version|element|\\\\|\\.\\.|é){0,8}") {
        prop_assert!(parse_version(&[sample::file(&path, "")]).is_err());
    }

    #[test]
    fn no_damage_to_a_good_file_makes_the_parser_panic_or_name_a_line_past_its_end(
        which in 0_usize..11,
        damage in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..40, "(\n|\\+\\+\\+\n|## |- |\"|<i>|\u{0}|é|[a-z0-9 =\\[\\]]){0,4}"), 1..4),
    ) {
        let mut files = sample::library();
        let file = &mut files[which];
        for (at, length, insert) in damage {
            let chars: Vec<char> = file.text.chars().collect();
            let at = if chars.is_empty() { 0 } else { at.index(chars.len()) };
            let end = (at + length).min(chars.len());
            file.text = chars[..at].iter().copied().chain(insert.chars()).chain(chars[end..].iter().copied()).collect();
        }
        if let Err(problems) = Library::parse(&files) {
            for problem in problems {
                let lines = files.iter().find(|f| f.path == problem.path).map_or(1, |f| f.text.split('\n').count());
                prop_assert!((1..=lines).contains(&problem.line), "{problem}");
            }
        }
    }
}
