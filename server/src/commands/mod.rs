//! What each command does: reads, asks the store, gives back what to print.

mod data_paths;
mod database;
mod exchange;
mod frameworks;
mod imports;
mod mail;
mod people;
mod reports;
mod serve;

use crate::{
    cli::{Cli, Command},
    output,
};
use files::Files;
use framework::{actor::Actor, library::Library, local};
use std::{fmt::Display, path::Path, sync::Arc};
use store::StoreError;
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

/// A failure of the database goes to the log in its own words; the person reads what to do.
impl<E: std::error::Error + 'static> From<E> for Refused {
    fn from(error: E) -> Refused {
        let whole: &(dyn std::error::Error + 'static) = &error;
        match whole.downcast_ref::<StoreError>().and_then(StoreError::advice) {
            Some(advice) => {
                tracing::error!(%error, "the database failed");
                Refused::one(advice)
            }
            None => Refused::one(error),
        }
    }
}

/// What a command comes to.
pub type Outcome = Result<(), Refused>;

/// Does what the command line asks.
///
/// # Errors
/// Every reason to refuse.
pub async fn run(cli: Cli) -> Outcome {
    local::set_zone(cli.time_zone.clone());
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

async fn migrate(url: &str) -> Outcome {
    let (store, steps) = database::migrated(url).await?;
    drop(store);
    let mut text: String = steps.iter().map(|step| format!("{step}\n")).collect();
    text.push_str("The database is up to date.\n");
    Ok(output::print(text.as_bytes())?)
}

/// Copies the database as it is – it is neither made nor brought up to date first – and then the files that it names:
/// they never change, so none can be missing.
async fn backup(database: &str, files: Option<&str>, file: &Path) -> Outcome {
    let store = database::as_it_is(database).await?;
    store.backup(file).await?;
    let mut text = format!("The database is copied into {}.\n", file.display());
    let copied = database::connect(&format!("sqlite://{}?mode=rw", file.display())).await?;
    let named = copied.referenced_files(&Actor::operator()).await?;
    copied.close().await?;
    if !named.is_empty() {
        let folder = files::beside(file);
        data_paths::files(files, database)?
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
