//! Usage, and what needs no database.

use super::{command, run};
use std::{fs, io::Read, path::Path, process::Stdio};
use tempfile::TempDir;

#[test]
fn wrong_usage_is_told_from_what_is_refused() {
    let folder = TempDir::new().unwrap();
    assert_eq!(run(&folder, &["--help"]).status, 0);
    assert_eq!(
        run(&folder, &["--version"]).fine().text(),
        concat!("pause-fidelity ", env!("CARGO_PKG_VERSION"), "\n")
    );
    for line in [
        &[][..],
        &["frob"],
        &["serve", "--listen", "nowhere"],
        &["serve", "--public-url", "fidelity.example.org"],
        &["user", "invite", "a@example.org", "--role", "king"],
        &["cycle", "open", "next year", "--version", "2026.1"],
        &[
            "report", "national", "--cycle", "2026", "--format", "docx", "--out", "-",
        ],
    ] {
        assert_eq!(run(&folder, line).status, 2, "{line:?}");
    }
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        0,
        "a usage error must not make a database"
    );
}

#[test]
fn a_framework_with_mistakes_is_refused_with_file_and_line_of_each() {
    let folder = TempDir::new().unwrap();
    write_criteria(&folder.path().join("criteria"));
    let good = run(&folder, &["framework", "check", "criteria"]).fine();
    assert_eq!(good.text(), run(&folder, &["framework", "list"]).fine().text());
    assert_eq!(good.text().lines().count(), 2);

    let criterion = folder
        .path()
        .join("criteria/2026.1/small-caseloads/caseload-ceiling.md");
    let text = fs::read_to_string(&criterion).unwrap();
    fs::write(&criterion, text.replace("+++\n", "+++\nunheard_of = 1\n")).unwrap();
    fs::remove_file(folder.path().join("criteria/2025.1/small-caseloads/element.md")).unwrap();
    let reasons = run(&folder, &["framework", "check", "criteria"]).refused();
    assert!(reasons.lines().count() >= 2, "{reasons}");
    for line in reasons.lines() {
        let mut parts = line.splitn(3, ':');
        let (path, number) = (parts.next().unwrap(), parts.next().unwrap());
        assert!(
            path.starts_with("criteria/202") && number.parse::<usize>().is_ok(),
            "{line}"
        );
    }
    assert!(
        reasons.contains("criteria/2026.1/small-caseloads/caseload-ceiling.md:2: "),
        "{reasons}"
    );
}

#[test]
fn a_folder_that_is_not_there_or_holds_nothing_is_refused_by_name() {
    let folder = TempDir::new().unwrap();
    assert_eq!(
        run(&folder, &["framework", "check", "none"]).refused(),
        "none: there is no such folder.\n"
    );
    let reasons = run(&folder, &["framework", "check", "."]).refused();
    assert!(reasons.starts_with(".: there is no version here."), "{reasons}");

    for name in ["a.csv", "b.md", "docs/c.md", "docs/2026.1.md"] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "text").unwrap();
    }
    assert_eq!(run(&folder, &["framework", "check", "."]).refused(), reasons);
}

#[test]
fn only_markdown_is_read_as_criteria() {
    let folder = TempDir::new().unwrap();
    write_criteria(folder.path());
    fs::write(folder.path().join("data.sqlite"), [0xff, 0xfe]).unwrap();
    fs::write(folder.path().join("2026.1/small-caseloads/notes.txt"), "text").unwrap();
    let good = run(&folder, &["framework", "check", "."]).fine();
    assert_eq!(good.text().lines().count(), 2);
}

#[test]
fn versions_are_listed_and_compared_as_text_and_json() {
    let folder = TempDir::new().unwrap();
    let list = run(&folder, &["framework", "list", "--format", "json"]).fine();
    let list: serde_json::Value = serde_json::from_str(list.text()).unwrap();
    assert_eq!(list[1]["version"], "2026.1");
    let text = run(&folder, &["framework", "diff", "2025.1", "2026.1"]).fine();
    let json = run(&folder, &["framework", "diff", "2025.1", "2026.1", "--format", "json"]).fine();
    let json: serde_json::Value = serde_json::from_str(json.text()).unwrap();
    let changes = json[0]["changes"].as_array().unwrap();
    assert_eq!(text.text().lines().count(), changes.len() + 1);
    assert!(changes.iter().any(|change| change["kind"] == "retired"));

    let unknown = run(&folder, &["framework", "diff", "1999.1", "2999.1"]).refused();
    assert_eq!(unknown.lines().count(), 2, "{unknown}");
    assert!(
        run(&folder, &["framework", "diff", "2026.1", "2025.1"])
            .refused()
            .contains("older version first")
    );
}

#[test]
fn a_version_is_written_as_a_booklet_without_a_database() {
    let folder = TempDir::new().unwrap();
    let booklet = |version, format, out| {
        run(
            &folder,
            &["framework", "booklet", version, "--format", format, "--out", out],
        )
    };
    booklet("2026.1", "pdf", "2026.1.pdf").fine();
    let pdf = fs::read(folder.path().join("2026.1.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
    assert_eq!(
        booklet("2026.1", "pdf", "-").fine().out,
        pdf,
        "the same version is the same bytes"
    );
    let page = booklet("2025.1", "html", "-").fine();
    assert!(page.text().contains("id=\"caseload-ceiling\""));
    assert_eq!(
        booklet("1999.1", "html", "-").refused(),
        "There is no version 1999.1 in this program.\n"
    );
    assert_eq!(booklet("2026.1", "csv", "-").status, 2);
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        1,
        "only the booklet is written"
    );
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = TempDir::new().unwrap();
    let mut child = command(&folder, &["framework", "diff", "2025.1", "2026.1", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""));
}

/// The criteria inside the program, as files.
fn write_criteria(folder: &Path) {
    for file in framework::library::Library::embedded_files() {
        let path = folder.join(&file.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, file.text).unwrap();
    }
}
