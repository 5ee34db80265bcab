//! Import, export, reports, and what it takes to begin.

use super::{EARLIER, command, ran, run, with_assessment};
use serde_json::Value;
use std::fs;
use tempfile::TempDir;

#[test]
fn an_import_can_be_tried_first_and_done_twice() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("earlier.csv"), EARLIER).unwrap();
    let import = |more: &[&str]| {
        run(
            &folder,
            &[&["import", "assessments", "earlier.csv", "--allow-incomplete"], more].concat(),
        )
        .fine()
    };
    let tried = import(&["--dry-run"]);
    assert!(
        tried.text().contains("assessment nant-y-fran 2024: would be added"),
        "{tried:?}"
    );
    assert!(tried.text().contains("Nothing was changed"));
    assert!(
        import(&["--dry-run"]).text().contains("would be added"),
        "the trial changed something"
    );
    assert!(import(&[]).text().contains("1 added, 0 here already"));
    assert!(import(&[]).text().contains("0 added, 1 here already"));
}

#[test]
fn an_import_with_mistakes_is_refused_whole_with_line_and_column_of_each() {
    let folder = TempDir::new().unwrap();
    run(&folder, &["migrate"]).fine();
    let bad = format!("{EARLIER}Nant y Frân,2024,2025.1,small-sums,9,\nNant y Frân,2024,2025.1,no-such,3,\n");
    fs::write(folder.path().join("bad.csv"), bad).unwrap();
    for line in [
        &["import", "assessments", "bad.csv"][..],
        &["import", "assessments", "bad.csv", "--dry-run"],
    ] {
        let reasons = run(&folder, line).refused();
        assert!(reasons.contains("bad.csv:4: self_rating: "), "{reasons}");
        assert!(reasons.contains("bad.csv:5: criterion: "), "{reasons}");
    }
    assert!(
        run(&folder, &["import", "assessments", "none.csv"])
            .refused()
            .contains("none.csv")
    );
    let export = run(&folder, &["export", "assessments", "--format", "json"]).fine();
    assert_eq!(export.text(), "[]\n");
}

#[test]
fn what_is_exported_can_be_imported_elsewhere_and_exported_the_same() {
    let first = with_assessment();
    for format in ["csv", "json"] {
        let second = TempDir::new().unwrap();
        let file = second.path().join(format!("all.{format}"));
        let out = file.display().to_string();
        run(&first, &["export", "assessments", "--format", format, "--out", &out]).fine();
        run(&second, &["import", "assessments", &out, "--allow-incomplete"]).fine();
        let again = run(&second, &["export", "assessments", "--format", format]).fine();
        assert_eq!(fs::read(&file).unwrap(), again.out, "{format}");
        assert!(again.text().contains("Wyth, „yn bennaf“"), "{again:?}");
    }
    let line = ["export", "assessments", "--cycle", "2025", "--format", "json"];
    assert_eq!(
        run(&first, &line).refused(),
        "There is no cycle 2025 in this database.\n"
    );
    run(&first, &["cycle", "open", "2025", "--version", "2025.1"]).fine();
    assert_eq!(run(&first, &line).fine().text(), "[]\n");
    let help = run(&first, &["export", "assessments", "--help"]).fine();
    assert!(help.text().contains("Every finalised assessment"), "{help:?}");
}

#[test]
fn reports_come_in_every_format_to_a_file_or_the_terminal() {
    let folder = with_assessment();
    for (format, start) in [
        ("pdf", "%PDF-1.7"),
        ("html", "<!DOCTYPE html>"),
        ("csv", ""),
        ("xlsx", "PK"),
        ("json", "{"),
    ] {
        let practice = ["report", "practice", "--practice", "nant-y-fran", "--cycle", "2024"];
        let national = ["report", "national", "--cycle", "2024"];
        for report in [&practice[..], &national] {
            let line = [report, &["--format", format, "--out"]].concat();
            let shown = run(&folder, &[&line[..], &["-"]].concat()).fine().out;
            assert!(
                String::from_utf8_lossy(&shown)
                    .trim_start_matches('\u{feff}')
                    .starts_with(start),
                "{line:?}"
            );
            assert!(shown.len() > 200, "{line:?}");
            run(&folder, &[&line[..], &["report.out"]].concat()).fine();
            assert_eq!(fs::read(folder.path().join("report.out")).unwrap(), shown, "{line:?}");
        }
    }
}

#[test]
fn the_schema_of_a_report_needs_no_database() {
    let folder = TempDir::new().unwrap();
    for (report, title) in [("practice", "PracticeReport"), ("national", "NationalReport")] {
        let schema: Value = serde_json::from_str(run(&folder, &["schema", report]).fine().text()).unwrap();
        assert_eq!(schema["title"], title);
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    let wrong = ran(command(&folder, &["schema", "other"]));
    assert!(wrong.err.contains("choose one of: practice, national"), "{wrong:?}");
}

#[test]
fn a_report_that_cannot_be_is_refused_and_leaves_no_file() {
    let folder = with_assessment();
    let practice = |slug: &str, cycle: &str, out: &str| {
        run(
            &folder,
            &[
                "report",
                "practice",
                "--practice",
                slug,
                "--cycle",
                cycle,
                "--format",
                "json",
                "--out",
                out,
            ],
        )
        .refused()
    };
    assert!(practice("nowhere", "2024", "x.json").contains("There is no Practice with the short name nowhere"));
    assert!(practice("nant-y-fran", "2020", "x.json").contains("There is no cycle 2020"));
    run(&folder, &["cycle", "open", "2025", "--version", "2025.1"]).fine();
    assert!(practice("nant-y-fran", "2025", "x.json").contains("nant-y-fran has not started an assessment in 2025"));
    // neither the system's numbers nor files that nobody knows
    assert_eq!(
        practice("nant-y-fran", "2024", "none/x.json"),
        "none/x.json cannot be written: there is no such file or folder.\n"
    );
    let reason = run(
        &folder,
        &[
            "report", "national", "--cycle", "1999", "--format", "pdf", "--out", "x.pdf",
        ],
    )
    .refused();
    assert!(reason.contains("There is no cycle 1999"), "{reason}");
    let left: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert!(
        left.iter().all(|name| !name.to_string_lossy().starts_with(['x', '.'])),
        "{left:?}"
    );
}

#[test]
fn practices_and_cycles_are_added_once() {
    let folder = TempDir::new().unwrap();
    assert!(
        run(&folder, &["migrate"])
            .fine()
            .text()
            .ends_with("The database is up to date.\n")
    );
    assert_eq!(
        run(&folder, &["migrate"]).fine().text(),
        "The database is up to date.\n"
    );
    let practice = [
        "practice",
        "add",
        "north-vale",
        "--name",
        "North Vale",
        "--region",
        "Wales",
    ];
    run(&folder, &practice).fine();
    assert!(run(&folder, &practice).refused().contains("north-vale"));
    let cycle = ["cycle", "open", "2026", "--version", "2026.1"];
    run(&folder, &cycle).fine();
    assert!(run(&folder, &cycle).refused().contains("open already"));
    assert!(
        run(&folder, &["cycle", "open", "2027", "--version", "1999.1"])
            .refused()
            .contains("1999.1")
    );
    let lead = ["user", "invite", "lead@example.org", "--role", "lead"];
    assert!(run(&folder, &lead).refused().contains("Practice"));
    assert!(
        run(&folder, &[&lead[..], &["--practice", "nowhere"]].concat())
            .refused()
            .contains("no such Practice")
    );
    run(&folder, &[&lead[..], &["--practice", "north-vale"]].concat()).fine();
}

#[test]
fn a_database_that_cannot_be_reached_is_refused() {
    let folder = TempDir::new().unwrap();
    for url in [
        "sqlite://none/x.sqlite?mode=rwc",
        "mysql://a:secret@b/c",
        "postgres://a:secret@127.0.0.1:1/c",
        "nonsense",
    ] {
        let reason = run(&folder, &["migrate", "--database-url", url]).refused();
        assert!(!reason.is_empty() && !reason.contains("secret"), "{reason}");
        assert!(!reason.contains("code"), "{reason}");
    }
    fs::write(
        folder.path().join("text.sqlite"),
        "a text that is longer than a header".repeat(99),
    )
    .unwrap();
    fs::create_dir(folder.path().join("folder.sqlite")).unwrap();
    for (url, named, remedy) in [
        (
            "sqlite://none/x.sqlite?mode=rwc",
            "none/x.sqlite",
            "Is its folder there",
        ),
        ("sqlite://new.sqlite", "new.sqlite", "?mode=rwc"),
        ("sqlite:folder.sqlite?mode=rwc", "folder.sqlite", "may this user write"),
        ("sqlite://text.sqlite?mode=rwc", "text.sqlite", "not an SQLite database"),
    ] {
        let reason = run(&folder, &["migrate", "--database-url", url]).refused();
        assert!(reason.contains(named) && reason.contains(remedy), "{reason}");
        assert!(!reason.contains("code") && reason.lines().count() == 1, "{reason}");
    }
    for url in [
        "postgres://a:se/cret@127.0.0.1:1/c",
        "postgres://a@127.0.0.1:1/c?password=secret",
    ] {
        let reason = run(&folder, &["migrate", "--database-url", url]).refused();
        assert!(!reason.contains("cret") && reason.lines().count() == 1, "{reason}");
    }
}

#[test]
fn a_backup_is_a_database_of_its_own_and_never_replaces_a_file() {
    let folder = with_assessment();
    assert!(
        run(&folder, &["backup", "copy.sqlite"])
            .fine()
            .text()
            .contains("copy.sqlite")
    );
    let copy = ["--database-url", "sqlite://copy.sqlite"];
    let export = ["export", "assessments"];
    let copied = run(&folder, &[&export[..], &copy].concat()).fine().out;
    assert_eq!(copied, run(&folder, &export).fine().out);
    assert!(
        run(&folder, &["backup", "copy.sqlite"])
            .refused()
            .contains("copy.sqlite already")
    );
    let reason = run(&folder, &["backup", "none/copy.sqlite"]).refused();
    assert!(
        reason.contains("none/copy.sqlite cannot be written") && !reason.contains("code"),
        "{reason}"
    );
    // a mistyped address must not end in a backup of nothing
    let wrong = [
        "backup",
        "b.sqlite",
        "--database-url",
        "sqlite://mistyped.sqlite?mode=rwc",
    ];
    assert!(run(&folder, &wrong).refused().contains("mistyped.sqlite"));
    for name in ["b.sqlite", "mistyped.sqlite"] {
        assert!(!folder.path().join(name).exists(), "{name}");
    }
}

#[test]
fn a_link_for_a_new_password_is_made_for_those_with_an_account_only() {
    let folder = TempDir::new().unwrap();
    run(&folder, &["migrate"]).fine();
    let reason = run(&folder, &["user", "password-link", "nobody@example.org"]).refused();
    assert!(reason.contains("nobody@example.org"), "{reason}");
}
