//! The command line's words; `commands` has a file of the same name for each of these.

mod exchange;
mod frameworks;
mod mail;
mod people;
mod reports;
mod serve;

pub use exchange::{Exchange, Export, Import, Incoming, Outgoing};
pub use frameworks::{Booklet, Framework, Listing};
pub use mail::{DailyMail, Mail};
pub use people::{Cycle, Practice, User};
pub use reports::{Into, Keep, Report};
pub use serve::{Large, Serve};

use crate::demo::Size;
use clap::{Args, Parser, Subcommand};
use framework::local::{USUAL_ZONE, Zone};
use report::schema::Described;
use std::path::PathBuf;

/// Fidelity self-assessment for Pause Practices: the website and everything it does, as commands.
#[derive(Debug, Parser)]
#[command(
    name = "pause-fidelity",
    version,
    after_help = "Exit status: 0 done, 1 refused (the reasons are on stderr), 2 wrong usage."
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Where the data is
    #[command(flatten)]
    pub database: Database,
    /// The time zone in which times are shown and days begin, by its name, such as Europe/London
    #[arg(long, value_name = "ZONE", env = "TIME_ZONE", global = true, default_value = USUAL_ZONE)]
    pub time_zone: Zone,
}

/// Where the data is kept.
#[derive(Clone, Debug, Args)]
pub struct Database {
    /// The database: sqlite://FILE?mode=rwc, or postgres://USER:PASSWORD@HOST/NAME. Without it:
    /// sqlite://pause-fidelity.sqlite?mode=rwc, and for `serve --demo` sqlite://pause-fidelity-demo.sqlite?mode=rwc
    #[arg(
        long = "database-url",
        value_name = "URL",
        env = "DATABASE_URL",
        hide_env_values = true,
        global = true
    )]
    url: Option<String>,
    /// Where uploaded files are kept: file:///FOLDER, or s3://BUCKET/FOLDER with the usual AWS_… variables. Without it:
    /// for an SQLite file NAME.sqlite the folder NAME-files beside it; PostgreSQL has no such place
    #[arg(
        long = "files-url",
        value_name = "URL",
        env = "FILES_URL",
        hide_env_values = true,
        global = true
    )]
    files: Option<String>,
}

impl Cli {
    /// Where uploaded files are kept, if it is said.
    pub fn files_url(&self) -> Option<&str> {
        self.database.files.as_deref()
    }

    /// Returns the database's address. Invented data have a file of their own, so that they never mix with real ones.
    pub fn database_url(&self) -> String {
        if let Some(url) = &self.database.url {
            return url.clone();
        }
        let name = match &self.command {
            Command::Serve(serve) if serve.demo => match serve.large.size() {
                Some(Size {
                    practices,
                    cycles,
                    seed,
                }) => format!("pause-fidelity-demo-{practices}x{cycles}-{seed}"),
                None => "pause-fidelity-demo".to_owned(),
            },
            _ => "pause-fidelity".to_owned(),
        };
        format!("sqlite://{name}.sqlite?mode=rwc")
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the website
    Serve(Serve),
    /// Check, list and compare versions of the framework
    #[command(subcommand)]
    Framework(Framework),
    /// Take in assessments of earlier years, and what else an export gives
    #[command(subcommand)]
    Import(Import),
    /// Give out finalised assessments, registers of adaptations, improvement plans, support, evidence
    #[command(subcommand)]
    Export(Export),
    /// Write a report, make one to be kept, give out what is kept
    #[command(subcommand)]
    Report(Report),
    /// Print what the JSON of a report holds, as JSON Schema
    Schema {
        /// practice or national
        report: Described,
    },
    /// Invite and list people, help with forgotten passwords
    #[command(subcommand)]
    User(User),
    /// Add, list, rename and close Practices
    #[command(subcommand)]
    Practice(Practice),
    /// Open and close cycles
    #[command(subcommand)]
    Cycle(Cycle),
    /// Send a test e-mail, and say what is wrong where that fails
    MailTest {
        /// Whom to send it to
        address: String,
        /// The mail server
        #[command(flatten)]
        mail: Mail,
    },
    /// Bring the database up to date; `serve` does so by itself
    Migrate,
    /// Copy an SQLite database into a new file, and the uploaded files into a folder beside it, also while the site runs
    Backup {
        /// The file to make; it must not be there yet
        file: PathBuf,
    },
}

/// Returns an address without path; a slash at the end is taken away.
fn public_url(text: &str) -> Result<String, String> {
    let text = text.trim_end_matches('/').to_lowercase();
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', ' ', '@']) => Ok(text),
        _ => Err("write it as https://HOST or http://HOST:PORT, without a path".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_makes_sense() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_public_address_has_a_scheme_and_a_host_and_nothing_more() {
        for (text, taken) in [
            ("https://fidelity.example.org/", Some("https://fidelity.example.org")),
            ("http://127.0.0.1:3000", Some("http://127.0.0.1:3000")),
            ("HTTPS://A.example", Some("https://a.example")),
            ("fidelity.example.org", None),
            ("https://", None),
            ("https://a.example/path", None),
            ("https://user@a.example", None),
            ("ftp://a.example", None),
        ] {
            assert_eq!(public_url(text).ok().as_deref(), taken, "{text}");
        }
    }
}
