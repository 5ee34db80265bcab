//! The command line's words.

use crate::{demo::Size, mail::SmtpUrl};
use clap::{Args, Parser, Subcommand, ValueEnum, builder::BoolishValueParser};
use files::Clamd;
use framework::{
    actor::Role,
    ids::{CycleId, PracticeSlug, VersionId},
};
use report::{output::Format, schema::Described};
use std::{net::SocketAddr, path::PathBuf};

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

    /// The database's address. Invented data have a file of their own, so that they never mix with real ones.
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
    /// Invite people, help with forgotten passwords
    #[command(subcommand)]
    User(User),
    /// Add Practices
    #[command(subcommand)]
    Practice(Practice),
    /// Open cycles
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

/// `serve`
#[derive(Debug, Args)]
pub struct Serve {
    /// Fill an empty database with invented Practices, people and three cycles, to try things out. Without
    /// --database-url they are kept in pause-fidelity-demo.sqlite, away from real data
    #[arg(long)]
    pub demo: bool,
    /// With --demo, a large invented network instead
    #[command(flatten)]
    pub large: Large,
    /// The address to listen on
    #[arg(long, value_name = "ADDRESS", env = "LISTEN", default_value = "127.0.0.1:3000")]
    pub listen: SocketAddr,
    /// How people reach the site, such as https://fidelity.example.org; HTTPS makes cookies secure
    #[arg(long, value_name = "URL", env = "PUBLIC_URL", value_parser = public_url)]
    pub public_url: Option<String>,
    /// Requests come through one proxy of yours, which adds X-Forwarded-For: tries to sign in are counted by that
    /// address
    #[arg(long, env = "BEHIND_PROXY", value_parser = BoolishValueParser::new())]
    pub behind_proxy: bool,
    /// A virus scanner, clamd, that looks at every upload: HOST:PORT or unix:/path/of/its/socket. While it does not
    /// answer, no file is taken
    #[arg(long, value_name = "ADDRESS", env = "CLAMD")]
    pub clamd: Option<Clamd>,
    /// The mail server
    #[command(flatten)]
    pub mail: Mail,
    /// When daily e-mails go out
    #[command(flatten)]
    pub daily_mail: DailyMail,
}

/// A large invented network: ratings over the years, to see how things look and how quick they are. Kept in a file of its own,
/// named after its size and seed.
#[derive(Clone, Debug, Args)]
pub struct Large {
    /// So many invented Practices, up to 20 000, instead of the demonstration's own
    #[arg(long, value_name = "N", requires = "demo", value_parser = clap::value_parser!(u32).range(1..=20_000))]
    practices: Option<u32>,
    /// So many cycles of theirs
    #[arg(long, value_name = "M", requires = "practices", default_value_t = 3, value_parser = clap::value_parser!(u8).range(1..=20))]
    cycles: u8,
    /// Another seed makes another network, the same one the same
    #[arg(long, value_name = "S", requires = "practices", default_value_t = 1)]
    seed: u64,
}

impl Large {
    /// How large, if it is asked for.
    pub fn size(&self) -> Option<Size> {
        self.practices.map(|practices| Size {
            practices: practices as usize,
            cycles: usize::from(self.cycles),
            seed: self.seed,
        })
    }
}

/// How e-mail is sent.
#[derive(Clone, Debug, Args)]
pub struct Mail {
    /// The mail server: smtps://USER:PASSWORD@HOST:PORT, or smtp:// where the connection begins without TLS and goes on
    /// with it. Without it, no e-mail is sent
    #[arg(long, value_name = "URL", env = "SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<SmtpUrl>,
    /// The address that e-mails come from, such as "Pause fidelity <fidelity@example.org>"
    #[arg(long, value_name = "ADDRESS", env = "MAIL_FROM")]
    pub mail_from: Option<String>,
}

/// When daily e-mails go out.
#[derive(Clone, Debug, Args)]
pub struct DailyMail {
    /// The hour, in UTC, at which daily e-mails go out
    #[arg(long = "daily-mail-hour", value_name = "HOUR", env = "DAILY_MAIL_HOUR", default_value_t = 7, value_parser = clap::value_parser!(u8).range(0..24))]
    pub hour: u8,
}

/// `framework …`
#[derive(Debug, Subcommand)]
pub enum Framework {
    /// Check a folder of versions; every problem is told with file and line. Only *.md files are read
    Check {
        /// The folder that holds a folder for each version
        dir: PathBuf,
    },
    /// List the versions in this program
    List {
        /// How to write the list
        #[arg(long, value_enum, default_value_t)]
        format: Listing,
    },
    /// What changed from one version to another
    Diff {
        /// The older version, such as 2025.1
        #[arg(value_parser = VersionId::parse)]
        old: VersionId,
        /// The newer version
        #[arg(value_parser = VersionId::parse)]
        new: VersionId,
        /// How to write the changes
        #[arg(long, value_enum, default_value_t)]
        format: Listing,
    },
    /// Write a version as a booklet: every element and criterion with anchors and sources, and what changed
    Booklet {
        /// The version, such as 2026.1
        #[arg(value_parser = VersionId::parse)]
        version: VersionId,
        /// The file's format
        #[arg(long, value_enum)]
        format: Booklet,
        /// The file to write; - is standard output
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
}

/// `import …`
#[derive(Debug, Subcommand)]
pub enum Import {
    /// Take in finished assessments of earlier years, all or none
    Assessments(Incoming),
    /// Take in registers of adaptations, all or none; the Practices must be there
    Adaptations(Incoming),
    /// Take in actions of improvement plans and reasons for none, all or none; Practices and cycles must be there
    Actions(Incoming),
    /// Take in support that National Pause gave, all or none; import actions first
    Support(Incoming),
    /// Take in evidence, all or none; import assessments first, and copy the uploaded files to where this program keeps them
    Evidence(Incoming),
}

/// A file to take in.
#[derive(Debug, Args)]
pub struct Incoming {
    /// The file, as export writes it: CSV, or JSON where its name ends in .json
    pub file: PathBuf,
    /// Say what would be taken in, and change nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// `export …`
#[derive(Debug, Subcommand)]
pub enum Export {
    /// Every finalised assessment with all that was said in it. Drafts and what is in review do not come out
    Assessments {
        /// Only this cycle
        #[arg(long, value_parser = CycleId::parse)]
        cycle: Option<CycleId>,
        /// Format and file
        #[command(flatten)]
        into: Outgoing,
    },
    /// The registers of adaptations, a record for each round
    Adaptations(Outgoing),
    /// The improvement plans: actions, and reasons for none
    Actions(Outgoing),
    /// The support that National Pause gave, and how much it helped
    Support(Outgoing),
    /// The evidence libraries, a record for each version of an item, with where it is cited in finalised assessments. The
    /// uploaded files themselves do not come out: backup copies them
    Evidence(Outgoing),
}

/// Where an export goes.
#[derive(Debug, Args)]
pub struct Outgoing {
    /// The file's format
    #[arg(long, value_enum, default_value_t)]
    pub format: Exchange,
    /// The file to write; - is standard output
    #[arg(long, value_name = "FILE", default_value = "-")]
    pub out: PathBuf,
}

/// `report …`
#[derive(Debug, Subcommand)]
pub enum Report {
    /// One Practice's report
    Practice {
        /// The Practice's short name
        #[arg(long, value_parser = PracticeSlug::parse)]
        practice: PracticeSlug,
        /// The cycle
        #[arg(long, value_parser = CycleId::parse)]
        cycle: CycleId,
        /// Format and file
        #[command(flatten)]
        into: Into,
    },
    /// The report on all Practices
    National {
        /// The cycle
        #[arg(long, value_parser = CycleId::parse)]
        cycle: CycleId,
        /// Format and file
        #[command(flatten)]
        into: Into,
    },
    /// Make a report in all formats and keep the files, which never change from then on
    #[command(subcommand)]
    Keep(Keep),
    /// List the reports that are kept or on the way, each file with its SHA-256
    Kept,
    /// Write a file of a kept report, once its SHA-256 is found to be the same
    Fetch {
        /// The report's key, as `report kept` lists it
        id: String,
        /// Format and file
        #[command(flatten)]
        into: Into,
    },
}

/// `report keep …`
#[derive(Debug, Subcommand)]
pub enum Keep {
    /// The report on all Practices, as the cycle stands now
    National {
        /// The cycle
        #[arg(long, value_parser = CycleId::parse)]
        cycle: CycleId,
    },
    /// The report of a Practice's finalised assessment
    Practice {
        /// The Practice's short name
        #[arg(long, value_parser = PracticeSlug::parse)]
        practice: PracticeSlug,
        /// The cycle
        #[arg(long, value_parser = CycleId::parse)]
        cycle: CycleId,
        /// The edition, where the assessment was taken up again; without it, the latest finalised one
        #[arg(long)]
        edition: Option<i32>,
    },
}

/// Where a report goes.
#[derive(Debug, Args)]
pub struct Into {
    /// The file's format: pdf, html, csv, xlsx or json
    #[arg(long)]
    pub format: Format,
    /// The file to write; - is standard output
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

/// `user …`
#[derive(Debug, Subcommand)]
pub enum User {
    /// Invite a person; prints the one-time link to send them
    Invite {
        /// Their e-mail address
        email: String,
        /// administrator, reviewer, lead, contributor or reader
        #[arg(long, value_parser = role)]
        role: Role,
        /// The Practice's short name, for a lead, contributor or reader
        #[arg(long, value_parser = PracticeSlug::parse)]
        practice: Option<PracticeSlug>,
        /// How people reach the site
        #[arg(long, value_name = "URL", env = "PUBLIC_URL", value_parser = public_url, default_value = "http://127.0.0.1:3000")]
        public_url: String,
    },
    /// Let a person who forgot their password choose a new one; prints the one-time link to send them
    PasswordLink {
        /// Their e-mail address
        email: String,
        /// How people reach the site
        #[arg(long, value_name = "URL", env = "PUBLIC_URL", value_parser = public_url, default_value = "http://127.0.0.1:3000")]
        public_url: String,
    },
}

/// `practice …`
#[derive(Debug, Subcommand)]
pub enum Practice {
    /// Add a Practice
    Add {
        /// Its short name in addresses and files, such as north-vale
        #[arg(value_parser = PracticeSlug::parse)]
        slug: PracticeSlug,
        /// Its name
        #[arg(long)]
        name: String,
        /// Its region
        #[arg(long)]
        region: String,
    },
}

/// `cycle …`
#[derive(Debug, Subcommand)]
pub enum Cycle {
    /// Open a cycle under a version of the framework
    Open {
        /// The cycle, such as 2026
        #[arg(value_parser = CycleId::parse)]
        cycle: CycleId,
        /// The version
        #[arg(long, value_parser = VersionId::parse)]
        version: VersionId,
    },
}

/// How to write a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Listing {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

/// How to write a booklet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Booklet {
    /// To print and to send.
    Pdf,
    /// One page without anything beside it.
    Html,
}

/// How to write an export.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Exchange {
    /// As `import` takes them.
    #[default]
    Csv,
    /// For programs.
    Json,
}

fn role(code: &str) -> Result<Role, String> {
    Role::from_code(code).ok_or_else(|| {
        let codes: Vec<_> = Role::ALL.into_iter().map(Role::code).collect();
        format!("choose one of: {}", codes.join(", "))
    })
}

/// An address without path; a slash at the end is taken away.
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
