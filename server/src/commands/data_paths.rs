//! Where uploaded files are, for a database.

use super::Refused;
use files::{Files, beside};
use store::Address;

/// Returns the place that was named, or the folder beside the SQLite file.
pub fn files(named: Option<&str>, database: &str) -> Result<Files, Refused> {
    if let Some(url) = named {
        return Ok(Files::open(url)?);
    }
    match Address::of(database) {
        Address::Memory => Ok(Files::in_memory()),
        Address::File(file) => Ok(Files::in_folder(&beside(&file))?),
        Address::Postgres(_) | Address::Unreadable => Err(Refused::one(
            "With PostgreSQL, say where uploaded files are kept: --files-url file:///FOLDER or s3://BUCKET/FOLDER.",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_beside_the_database_or_where_it_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let database = format!("sqlite://{}?mode=rwc", at("data.sqlite").display());
        assert!(files(None, &database).is_ok() && at("data-files").is_dir());
        let url = format!("file://{}", at("elsewhere").display());
        assert!(files(Some(&url), "postgres://localhost/x").is_ok() && at("elsewhere").is_dir());
        assert!(files(None, "sqlite::memory:").is_ok());
        assert!(files(None, "postgres://localhost/x").is_err());
        assert!(files(Some("nowhere"), &database).is_err());
    }
}
