//! Which database a command works on: told each time, and made by those only that begin something.

use super::{command, ran, run};
use std::fs;
use tempfile::TempDir;

/// Commands that need a database that is there.
const OTHERS: [&[&str]; 14] = [
    &["user", "invite", "a@example.org", "--role", "administrator"],
    &["user", "password-link", "a@example.org"],
    &[
        "practice",
        "add",
        "north-vale",
        "--name",
        "North Vale",
        "--region",
        "North",
    ],
    &["cycle", "open", "2026", "--version", "2026.1"],
    &["export", "assessments"],
    &["export", "evidence"],
    &["import", "list"],
    &[
        "import",
        "undo",
        "019c0000-0000-7000-8000-000000000000",
        "--reason",
        "x",
    ],
    &["report", "national", "--cycle", "2026", "--format", "csv", "--out", "-"],
    &[
        "report",
        "practice",
        "--practice",
        "north-vale",
        "--cycle",
        "2026",
        "--format",
        "csv",
        "--out",
        "-",
    ],
    &["report", "keep", "national", "--cycle", "2026"],
    &["report", "kept"],
    &["report", "fetch", "x", "--format", "pdf", "--out", "-"],
    &["backup", "copy.sqlite"],
];

#[test]
fn no_other_command_makes_a_database_and_each_says_what_to_do() {
    let folder = TempDir::new().unwrap();
    for line in OTHERS {
        for database in [None, Some("sqlite://elsewhere.sqlite?mode=rwc")] {
            let mut other = command(&folder, line);
            match database {
                Some(url) => other.env("DATABASE_URL", url),
                None => other.env_remove("DATABASE_URL"),
            };
            let name = if database.is_some() {
                "elsewhere.sqlite"
            } else {
                "pause-fidelity.sqlite"
            };
            let file = folder.path().canonicalize().unwrap().join(name);
            let reason = ran(other).refused();
            assert!(
                reason.starts_with(&format!("There is no database SQLite {}.", file.display())),
                "{line:?}: {reason}"
            );
            assert!(
                reason.contains("--database-url") && reason.contains("DATABASE_URL"),
                "{reason}"
            );
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "{line:?}");
        }
    }
}

#[test]
fn an_empty_file_or_another_programs_database_is_not_filled() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("empty.sqlite"), "").unwrap();
    let line = [
        "export",
        "assessments",
        "--database-url",
        "sqlite://empty.sqlite?mode=rwc",
    ];
    let reason = run(&folder, &line).refused();
    assert!(
        reason.contains("nothing of this program") && reason.contains("empty.sqlite"),
        "{reason}"
    );
    assert_eq!(fs::metadata(folder.path().join("empty.sqlite")).unwrap().len(), 0);
}

#[test]
fn every_command_says_which_database_it_uses() {
    let folder = TempDir::new().unwrap();
    let line = |line: &[&str]| {
        let mut one = command(&folder, line);
        one.env("DATABASE_URL", "sqlite://data.sqlite?mode=rwc");
        ran(one).fine().err
    };
    let file = folder.path().canonicalize().unwrap().join("data.sqlite");
    assert_eq!(
        line(&["migrate"]),
        format!("Database: SQLite {} (new)\n", file.display())
    );
    assert_eq!(
        line(&["export", "assessments"]),
        format!("Database: SQLite {}\n", file.display())
    );
    let postgres = [
        "export",
        "assessments",
        "--database-url",
        "postgres://me:secret@127.0.0.1:1/fidelity",
    ];
    let told = run(&folder, &postgres).err;
    assert!(
        told.starts_with("Database: PostgreSQL fidelity on 127.0.0.1:1\n") && !told.contains("secret"),
        "{told}"
    );
}

#[test]
fn the_demonstrations_database_is_pointed_to() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("pause-fidelity-demo.sqlite"), "").unwrap();
    let mut invite = command(&folder, OTHERS[0]);
    invite.env_remove("DATABASE_URL");
    let reason = ran(invite).refused();
    assert!(
        reason.contains("--database-url sqlite://pause-fidelity-demo.sqlite"),
        "{reason}"
    );
}

#[cfg(unix)]
#[test]
fn a_database_that_cannot_be_written_is_told_in_words() {
    use std::os::unix::fs::PermissionsExt;
    let folder = super::with_assessment();
    let refuse = |mode: u32| {
        for entry in fs::read_dir(folder.path()).unwrap() {
            fs::set_permissions(entry.unwrap().path(), fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    refuse(0o400);
    let told = run(&folder, &["cycle", "open", "2026", "--version", "2026.1"]);
    refuse(0o600);
    // root may write whatever the file says
    if told.status != 0 {
        let reason = told.refused();
        assert!(
            reason.contains("can be read but not written") && !reason.contains("code"),
            "{reason}"
        );
    }
}
