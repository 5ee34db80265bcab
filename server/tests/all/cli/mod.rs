//! The binary, as somebody at a terminal meets it.

mod administration;
mod by_hand;
mod data;
mod databases;
mod frameworks;
mod imports;
mod kept;
mod records;
mod serve;
#[cfg(target_os = "linux")]
mod strangers;

use crate::site::database_url;
use std::{fs, process::Command};
use tempfile::TempDir;

/// What a run came to.
#[derive(Debug)]
pub struct Ran {
    status: i32,
    out: Vec<u8>,
    err: String,
}

impl Ran {
    fn text(&self) -> &str {
        str::from_utf8(&self.out).unwrap()
    }

    /// Fails unless the run was fine.
    pub fn fine(self) -> Ran {
        assert_eq!(self.status, 0, "{self:?}");
        self
    }

    /// Fails unless the run was refused, with nothing on standard output; gives the reasons, without the line that says which
    /// database is used.
    pub fn refused(self) -> String {
        assert_eq!((self.status, self.text()), (1, ""), "{self:?}");
        let reasons = self.err.lines().filter(|line| !line.starts_with("Database: "));
        reasons.map(|line| format!("{line}\n")).collect()
    }
}

pub fn command(folder: &TempDir, line: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pause-fidelity"));
    command
        .args(line)
        .current_dir(folder.path())
        .env("DATABASE_URL", database_url(folder.path()));
    for name in [
        "RUST_LOG",
        "PUBLIC_URL",
        "LISTEN",
        "BEHIND_PROXY",
        "SMTP_URL",
        "MAIL_FROM",
        "DAILY_MAIL_HOUR",
        "FILES_URL",
        "CLAMD",
        "TIME_ZONE",
    ] {
        command.env_remove(name);
    }
    command
}

fn run(folder: &TempDir, line: &[&str]) -> Ran {
    ran(command(folder, line))
}

pub fn ran(mut command: Command) -> Ran {
    let output = command.output().unwrap();
    Ran {
        status: output.status.code().unwrap(),
        out: output.stdout,
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Returns a database with one finished assessment, taken in from a file.
fn with_assessment() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("earlier.csv"), EARLIER).unwrap();
    run(&folder, &["import", "assessments", "earlier.csv", "--allow-incomplete"]).fine();
    folder
}

const EARLIER: &str = "practice,cycle,version,criterion,self_rating,comment\n\
    Nant y Frân,2024,2025.1,caseload-ceiling,4,\"Wyth, „yn bennaf“\"\n\
    Nant y Frân,2024,2025.1,travel-counted,2,=SUM(A1)\n";
