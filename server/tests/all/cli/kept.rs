//! `report keep`, `report kept`, `report fetch`.

use super::{run, with_assessment};
use std::fs;
use tempfile::TempDir;

const KEEP: [&str; 7] = [
    "report",
    "keep",
    "practice",
    "--practice",
    "nant-y-fran",
    "--cycle",
    "2024",
];

/// The key that begins what is listed.
fn key(listed: &str) -> String {
    listed.split_whitespace().next().unwrap().to_owned()
}

fn fetch(folder: &TempDir, id: &str, format: &str) -> super::Ran {
    run(folder, &["report", "fetch", id, "--format", format, "--out", "-"])
}

#[test]
fn a_report_is_kept_listed_and_fetched_as_it_was() {
    let folder = with_assessment();
    assert_eq!(run(&folder, &["report", "kept"]).fine().text(), "");
    let kept = run(&folder, &KEEP).fine().text().to_owned();
    assert!(kept.contains("nant-y-fran 2024 edition 1  kept"), "{kept}");
    let national = run(&folder, &["report", "keep", "national", "--cycle", "2024"]).fine();
    assert!(national.text().contains("national 2024  kept"), "{national:?}");
    let list = run(&folder, &["report", "kept"]).fine().text().to_owned();
    assert!(list.contains(&kept) && list.contains(national.text()), "{list}");
    for format in ["pdf", "html", "csv", "xlsx", "json"] {
        let live = [&["report"], &KEEP[2..], &["--format", format, "--out", "-"]].concat();
        let live = run(&folder, &live).fine().out;
        assert!(fetch(&folder, &key(&kept), format).fine().out == live, "{format}");
    }
}

#[test]
fn what_is_not_kept_cannot_be_fetched() {
    let folder = with_assessment();
    let line = ["report", "keep", "practice", "--practice", "nowhere", "--cycle", "2024"];
    assert!(
        run(&folder, &line)
            .refused()
            .contains("There is no Practice with the short name nowhere")
    );
    let line = ["report", "keep", "national", "--cycle", "1999"];
    assert!(run(&folder, &line).refused().contains("There is no cycle 1999"));
    let line = [&KEEP[..], &["--edition", "2"]].concat();
    assert!(
        run(&folder, &line)
            .refused()
            .contains("Only the report of a finalised assessment is kept")
    );
    assert!(fetch(&folder, "x", "pdf").refused().contains("See: report kept"));
}

#[test]
fn a_file_that_was_altered_is_not_given_out_and_a_backup_has_it_as_it_was() {
    let folder = with_assessment();
    let id = key(run(&folder, &KEEP).fine().text());
    let live = fetch(&folder, &id, "json").fine().out;
    let backup = run(&folder, &["backup", "copy.sqlite"]).fine();
    assert!(backup.text().contains("files are copied into copy-files"), "{backup:?}");
    let mut altered = 0;
    for part in fs::read_dir(folder.path().join("test-files/sha256")).unwrap() {
        for file in fs::read_dir(part.unwrap().path()).unwrap() {
            fs::write(file.unwrap().path(), "{}").unwrap();
            altered += 1;
        }
    }
    assert!(altered > 3);
    assert!(fetch(&folder, &id, "json").refused().contains("is not as it was kept"));
    let line = ["report", "fetch", &id, "--format", "json", "--out", "-"];
    let copy = [&line[..], &["--database-url", "sqlite://copy.sqlite?mode=rw"]].concat();
    assert!(run(&folder, &copy).fine().out == live);
}
