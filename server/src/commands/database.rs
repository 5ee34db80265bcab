//! The database that a command works on: told on standard error, and made by none but `serve`, `migrate` and `import`.

use super::{Refused, library, now};
use crate::output;
use std::path::Path;
use store::{Address, Store, StoreError};

/// Opens the database and brings it up to date; makes it where it is not there yet.
pub async fn make(url: &str) -> Result<Store, Refused> {
    Ok(migrated(url).await?.0)
}

/// Returns the same, with the steps by which it was brought up to date.
pub async fn migrated(url: &str) -> Result<(Store, Vec<String>), Refused> {
    let address = Address::of(url);
    let there = address.file().is_none_or(Path::exists);
    output::complain(&format!("Database: {address}{}", if there { "" } else { " (new)" }));
    let store = connect(url).await?;
    let steps = store.pending_migrations().await?;
    ready(&store).await?;
    Ok((store, steps))
}

/// Opens the database that is there and brings it up to date.
pub async fn open(url: &str) -> Result<Store, Refused> {
    let store = as_it_is(url).await?;
    if !store.is_set_up().await.map_err(Refused::from)? {
        return Err(nothing_in(&Address::of(url)));
    }
    ready(&store).await?;
    Ok(store)
}

/// Opens the database that is there, and does not bring it up to date.
pub async fn as_it_is(url: &str) -> Result<Store, Refused> {
    let address = Address::of(url);
    output::complain(&format!("Database: {address}"));
    if let Some(file) = address.file().filter(|file| !file.exists()) {
        return Err(Refused::one(missing(&address, file)));
    }
    // opening it would write to it
    if address.file().is_some_and(is_empty) {
        return Err(nothing_in(&address));
    }
    connect(&url.replace("mode=rwc", "mode=rw")).await
}

/// Returns a database for a trial: the one that is there, or an empty one in memory where there is none.
pub async fn for_trial(url: &str) -> Result<Store, Refused> {
    let address = Address::of(url);
    if address.file().is_none_or(Path::exists) {
        return make(url).await;
    }
    output::complain(&format!(
        "Database: {address} (not there yet; without --dry-run it is made)"
    ));
    let store = connect("sqlite::memory:").await?;
    ready(&store).await?;
    Ok(store)
}

const NAME_IT: &str = "Name the one that the site uses with --database-url, or once with \
                       export DATABASE_URL='sqlite:///FOLDER/data.sqlite?mode=rwc'. A new one is made by serve, migrate and import.";

fn is_empty(file: &Path) -> bool {
    file.metadata().is_ok_and(|file| file.len() == 0)
}

fn nothing_in(address: &Address) -> Refused {
    Refused::one(format!(
        "There is nothing of this program in the database {address}. {NAME_IT}"
    ))
}

fn missing(address: &Address, file: &Path) -> String {
    let demonstration = file.with_file_name("pause-fidelity-demo.sqlite");
    let hint = match demonstration.exists() && file.ends_with("pause-fidelity.sqlite") {
        true => " The demonstration's is --database-url sqlite://pause-fidelity-demo.sqlite.",
        false => "",
    };
    format!("There is no database {address}. {NAME_IT}{hint}")
}

pub(super) async fn connect(url: &str) -> Result<Store, Refused> {
    // the database library's own message would repeat the address, and a password in it
    if !["sqlite:", "postgres:", "postgresql:"]
        .iter()
        .any(|kind| url.starts_with(kind))
    {
        return Err(Refused::one(
            "The database's address must begin with sqlite: or postgres:. See --help.",
        ));
    }
    Ok(Store::connect(url, library()).await?)
}

async fn ready(store: &Store) -> Result<(), Refused> {
    store.migrate().await?;
    match store.publish(now()).await {
        Err(StoreError::VersionChanged(altered)) => return Err(Refused::all(altered)),
        published => published?,
    }
    Ok(store.complete_sheets().await?)
}
