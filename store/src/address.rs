//! Where a database is, as its address says it; what of it may be shown.

use sea_orm::sqlx::{postgres::PgConnectOptions, sqlite::SqliteConnectOptions};
use std::{
    fmt,
    path::{Path, PathBuf, absolute},
    str::FromStr,
};

/// Where a database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// In memory.
    Memory,
    /// An SQLite file.
    File(PathBuf),
    /// A PostgreSQL database, by name and host.
    Postgres(String),
    /// What cannot be read as an address.
    Unreadable,
}

impl Address {
    /// Reads an address, as the database library does.
    pub fn of(url: &str) -> Address {
        if let Some(rest) = url.strip_prefix("sqlite:") {
            if rest.contains(":memory:") || rest.contains("mode=memory") {
                return Address::Memory;
            }
            let file = SqliteConnectOptions::from_str(url).map(|options| options.get_filename().to_owned());
            return file.map_or(Address::Unreadable, Address::File);
        }
        let options = url.starts_with("postgres").then(|| PgConnectOptions::from_str(url));
        match options {
            Some(Ok(options)) => {
                let name = options.get_database().unwrap_or("the user's own");
                Address::Postgres(format!("{name} on {}:{}", options.get_host(), options.get_port()))
            }
            _ => Address::Unreadable,
        }
    }

    /// Returns the SQLite file, where it is one.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Address::File(file) => Some(file),
            _ => None,
        }
    }
}

/// In words, with the whole path of a file and never with a password.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Address::Memory => f.write_str("SQLite in memory"),
            Address::File(file) => write!(
                f,
                "SQLite {}",
                absolute(file).unwrap_or_else(|_| file.clone()).display()
            ),
            Address::Postgres(name) => write!(f, "PostgreSQL {name}"),
            Address::Unreadable => f.write_str("an address that cannot be read"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_told_without_its_password() {
        for (url, told) in [
            (
                "sqlite:///srv/fidelity/data.sqlite?mode=rwc",
                "SQLite /srv/fidelity/data.sqlite",
            ),
            ("sqlite:/srv/with%20blank.sqlite", "SQLite /srv/with blank.sqlite"),
            ("sqlite::memory:", "SQLite in memory"),
            (
                "postgres://me:secret@db.example:5433/fidelity",
                "PostgreSQL fidelity on db.example:5433",
            ),
            (
                "postgresql://me@db.example/fidelity?password=secret",
                "PostgreSQL fidelity on db.example:5432",
            ),
            ("nonsense", "an address that cannot be read"),
        ] {
            assert_eq!(Address::of(url).to_string(), told);
        }
    }
}
