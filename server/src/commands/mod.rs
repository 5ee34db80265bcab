//! What each command does: reads, asks the store, gives back what to print.

mod exchange;
mod frameworks;
mod mail;
mod people;
mod places;
mod reports;
mod serve;

use crate::{
    cli::{Cli, Command},
    output,
};
use files::Files;
use framework::{actor::Actor, library::Library, local};
use std::{fmt::Display, path::Path, sync::Arc};
use store::{Store, StoreError};
use time::OffsetDateTime;

/// Why a command was refused: every reason, a line each.
#[derive(Debug, PartialEq, Eq)]
pub struct Refused(pub Vec<String>);

impl Refused {
    /// One reason.
    pub fn one(reason: impl Display) -> Refused {
        Refused(vec![reason.to_string()])
    }

    /// Many reasons.
    pub fn all<T: Display>(reasons: impl IntoIterator<Item = T>) -> Refused {
        Refused(reasons.into_iter().map(|reason| reason.to_string()).collect())
    }
}

impl<E: std::error::Error> From<E> for Refused {
    fn from(error: E) -> Refused {
        Refused::one(error)
    }
}

/// What a command comes to.
pub type Outcome = Result<(), Refused>;

/// Does what the command line asks.
///
/// # Errors
/// Every reason to refuse.
pub async fn run(cli: Cli) -> Outcome {
    local::keep_to(cli.time_zone.clone());
    let database = cli.database_url();
    let files = cli.files_url().map(str::to_owned);
    let files = files.as_deref();
    match cli.command {
        Command::Serve(serve) => serve::serve(&database, files, serve).await,
        Command::Framework(command) => frameworks::run(command),
        Command::Import(command) => exchange::import(&database, files, command).await,
        Command::Export(command) => exchange::export(&database, command).await,
        Command::Report(command) => reports::run(&database, files, command).await,
        Command::Schema { report } => Ok(output::print(report.text().as_bytes())?),
        Command::User(command) => people::user(&database, command).await,
        Command::Practice(command) => people::practice(&database, command).await,
        Command::Cycle(command) => people::cycle(&database, command).await,
        Command::MailTest { address, mail } => mail::test(&mail, &address).await,
        Command::Migrate => migrate(&database).await,
        Command::Backup { file } => backup(&database, files, &file).await,
    }
}

async fn migrate(database: &str) -> Outcome {
    let store = connect(database).await?;
    let steps = store.pending_migrations().await?;
    ready(&store).await?;
    let mut text: String = steps.iter().map(|step| format!("{step}\n")).collect();
    text.push_str("The database is up to date.\n");
    Ok(output::print(text.as_bytes())?)
}

/// Copies the database as it is – it is neither made nor brought up to date first – and then the files that it names:
/// they never change, so none can be missing.
async fn backup(database: &str, files: Option<&str>, file: &Path) -> Outcome {
    let store = connect(&database.replace("mode=rwc", "mode=rw")).await?;
    store.backup(file).await?;
    let mut text = format!("The database is copied into {}.\n", file.display());
    let copied = connect(&format!("sqlite://{}?mode=rw", file.display())).await?;
    let named = copied.kept_files(&Actor::operator()).await?;
    copied.close().await?;
    if !named.is_empty() {
        let folder = files::beside(file);
        places::files(files, database)?
            .copy(&named, &Files::in_folder(&folder)?)
            .await?;
        text.push_str(&format!(
            "{} files are copied into {}.\n",
            named.len(),
            folder.display()
        ));
    }
    Ok(output::print(text.as_bytes())?)
}

async fn connect(database: &str) -> Result<Store, Refused> {
    // the database library's own message would repeat the address, and a password in it
    if !["sqlite:", "postgres:", "postgresql:"]
        .iter()
        .any(|kind| database.starts_with(kind))
    {
        return Err(Refused::one(
            "The database's address must begin with sqlite: or postgres:. See --help.",
        ));
    }
    Ok(Store::connect(database, library()).await?)
}

/// The database, with its schema and the framework's versions up to date.
async fn open(database: &str) -> Result<Store, Refused> {
    let store = connect(database).await?;
    ready(&store).await?;
    Ok(store)
}

async fn ready(store: &Store) -> Outcome {
    store.migrate().await?;
    match store.publish(now()).await {
        Err(StoreError::VersionChanged(altered)) => return Err(Refused::all(altered)),
        published => published?,
    }
    Ok(store.complete_sheets().await?)
}

/// The error; what is not in the database is named instead of called a page.
fn missing(error: StoreError, sentence: impl Display) -> Refused {
    if error.is_not_found() {
        Refused::one(sentence)
    } else {
        Refused::from(error)
    }
}

fn library() -> Arc<Library> {
    Library::embedded().clone()
}

fn now() -> OffsetDateTime {
    OffsetDateTime::now_utc()
}
