use super::*;
use crate::{
    crosswalk::{ChangeKind, changes},
    parse::sample,
};
use std::collections::BTreeSet;

fn id(text: &str) -> VersionId {
    VersionId::parse(text).expect("a version")
}

/// One element and these criteria, each with the inside of its `[before]`.
fn version(version: &str, before: &str, criteria: &[(&str, &str)]) -> Vec<SourceFile> {
    let criterion = |(order, (name, relation)): (u32, &(&str, &str))| {
        sample::criterion(&format!("{version}/work/{name}.md"), order, relation)
    };
    let mut files = vec![sample::version(version, before), sample::element(version, "work", 1)];
    files.extend((1..).zip(criteria).map(criterion));
    files
}

/// Three versions in which `a` moves, `b` is split and `c` is renamed and then reworded.
fn three() -> Library {
    let files = [
        version(
            "2026.2",
            "2026.1",
            &[
                ("d", "relation = \"equivalent\"\nchange = \"Shorter.\""),
                ("a", "relation = \"equal\""),
                ("b", "relation = \"equal\""),
            ],
        ),
        version("2025.1", "", &[("a", ""), ("b", ""), ("c", "")]),
        version(
            "2026.1",
            "2025.1",
            &[
                ("e", "relation = \"new\"\nchange = \"Added.\""),
                ("b", "relation = \"subset\"\nchange = \"Half of it.\""),
                ("d", "relation = \"equivalent\"\nof = [\"c\"]\nchange = \"Renamed.\""),
                ("a", "relation = \"equal\""),
            ],
        ),
    ]
    .concat();
    // the sample dates a version by its year; these two are of one year
    let later = |mut file: SourceFile| {
        if file.path == "2026.2/version.md" {
            file.text = file.text.replace("2026-01-05", "2026-07-06");
        }
        file
    };
    let files: Vec<SourceFile> = files.into_iter().map(later).collect();
    Library::parse(&files).expect("three good versions")
}

#[test]
fn versions_are_kept_oldest_first_by_their_dates() {
    let library = three();
    let ids: Vec<&str> = library.versions().map(|v| v.version.as_str()).collect();
    assert_eq!(ids, ["2025.1", "2026.1", "2026.2"]);
    assert_eq!(library.latest().map(|v| &v.version), Some(&id("2026.2")));
    assert_eq!(library.version(&id("2026.1")).map(|v| v.criteria.len()), Some(4));
    assert_eq!(library.version(&id("2024.1")), None);
}

#[test]
fn comparable_is_equal_or_equivalent_all_along_the_chain() {
    let library = three();
    let pairs = |from, to| library.crosswalk(&id(from), &id(to)).map(|walk| walk.pairs);
    for (from, to, expected) in [
        ("2025.1", "2025.1", vec![Some(0), Some(1), Some(2)]),
        ("2025.1", "2026.1", vec![None, None, Some(2), Some(0)]),
        ("2026.1", "2026.2", vec![Some(2), Some(3), Some(1)]),
        ("2025.1", "2026.2", vec![Some(2), Some(0), None]),
        ("2026.1", "2025.1", vec![Some(3), None, Some(2)]),
        ("2026.2", "2025.1", vec![Some(1), None, Some(0)]),
    ] {
        assert_eq!(pairs(from, to), Some(expected), "{from} to {to}");
    }
    assert_eq!(pairs("2025.1", "2027.1"), None);
    let walk = library.crosswalk(&id("2026.2"), &id("2025.1")).expect("both are here");
    assert_eq!((walk.from, walk.to), (id("2026.2"), id("2025.1")));
}

#[test]
fn the_way_back_is_the_way_inverted_in_the_program_s_own_criteria() {
    let library = Library::embedded();
    for from in library.versions() {
        for to in library.versions() {
            let walk = library.crosswalk(&from.version, &to.version).expect("both are here");
            let back = library.crosswalk(&to.version, &from.version).expect("both are here");
            assert_eq!(
                (walk.pairs.len(), back.pairs.len()),
                (to.criteria.len(), from.criteria.len())
            );
            assert_eq!(back.inverse(to.criteria.len()), walk);
            let froms: BTreeSet<usize> = walk.places().map(|(_, from)| from).collect();
            assert_eq!(froms.len(), walk.comparable(), "no criterion is in two pairs");
        }
    }
}

#[test]
fn the_changes_list_every_newer_criterion_and_then_the_retired() {
    let library = Library::parse(&sample::library()).expect("the sample is good");
    let versions: Vec<_> = library.versions().collect();
    let rows: Vec<String> = changes(versions[0], versions[1])
        .iter()
        .map(|c| {
            let of: Vec<&str> = c.of.iter().map(|id| id.as_str()).collect();
            let newer = c.criterion.as_ref().map_or("-", |id| id.as_str());
            format!(
                "{} {newer} of {of:?} in {}: {} / {}",
                c.kind.name(),
                c.element,
                c.title,
                c.change
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            "equivalent caseload-ceiling of [\"caseload-ceiling\"] in small-caseloads: \
         No practitioner works with more than eight women at once / Counted on any day.",
            "new cover of [] in small-caseloads: Title of cover / Added.",
            "equal travel of [\"travel\"] in small-caseloads: Title of travel / ",
            "retired - of [\"office\"] in small-caseloads: Title of office / ",
        ]
    );
    assert_eq!(changes(versions[1], versions[0]), [], "not the version before");
}

#[test]
fn a_published_version_that_is_altered_or_missing_is_refused() {
    let library = three();
    let hash = |version| {
        library
            .version(&id(version))
            .map(|v| v.hash.clone())
            .expect("it is here")
    };
    let (first, second) = (hash("2025.1"), hash("2026.1"));
    let (old, new, gone) = (id("2025.1"), id("2026.1"), id("2024.1"));
    assert_eq!(library.check_published([]), Ok(()));
    assert_eq!(
        library.check_published([(&old, first.as_str()), (&new, second.as_str())]),
        Ok(())
    );
    let told = library.check_published([(&old, "abc"), (&new, second.as_str()), (&gone, "def")]);
    let told: Vec<String> = told
        .expect_err("two are wrong")
        .iter()
        .map(Altered::to_string)
        .collect();
    assert_eq!(
        told,
        [
            format!(
                "The text of version 2025.1 has changed since it was published (published abc, here {first}). \
             A published version never changes: restore its files, and write the change as a new version."
            ),
            "Version 2024.1 was published but is missing here. Restore its files, or run the program that has them."
                .to_owned(),
        ]
    );
}

#[test]
fn the_program_s_own_criteria_can_be_read() {
    let problems = Library::parse(&Library::embedded_files()).err().unwrap_or_default();
    let lines: Vec<String> = problems.iter().map(Problem::to_string).collect();
    assert!(
        lines.is_empty(),
        "{} problems in framework/criteria:\n{}",
        lines.len(),
        lines.join("\n")
    );
}

#[test]
fn the_edition_of_2026_is_whole_and_changes_in_every_way() {
    let library = Library::embedded();
    let older = library.version(&id("2025.1")).expect("2025.1");
    let newer = library.version(&id("2026.1")).expect("2026.1");
    assert!(
        (45..=60).contains(&newer.criteria.len()),
        "{} criteria",
        newer.criteria.len()
    );
    assert!(
        (9..=10).contains(&newer.elements.len()),
        "{} elements",
        newer.elements.len()
    );
    let kinds: BTreeSet<ChangeKind> = changes(older, newer).iter().map(|change| change.kind).collect();
    assert_eq!(kinds, BTreeSet::from(ChangeKind::ALL));
}
