//! Passwords: Argon2id, off the async threads.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use std::sync::OnceLock;
use tokio::task::spawn_blocking;

/// The fewest characters of a password.
pub const MIN: usize = 12;
/// The most, so that hashing stays bounded.
pub const MAX: usize = 200;

/// A password that may be used.
pub struct Password(String);

impl Password {
    /// Checks a new password's length.
    ///
    /// # Errors
    /// A sentence for the person.
    pub fn read(text: &str) -> Result<Password, String> {
        match text.chars().count() {
            MIN..=MAX => Ok(Password(text.to_owned())),
            n if n < MIN => Err(format!(
                "Use at least {MIN} characters. Three or four words in a row are easy to remember."
            )),
            _ => Err(format!("Use at most {MAX} characters.")),
        }
    }

    /// The text to keep in the database, with its salt and settings.
    ///
    /// # Errors
    /// What hashing says.
    pub async fn hash(self) -> Result<String, String> {
        spawn_blocking(move || hash(&self.0)).await.map_err(|e| e.to_string())?
    }
}

/// Does a typed password fit the kept hash? Takes as long where there is no account, so that nobody
/// learns which e-mail addresses have one.
///
/// # Errors
/// When the kept hash cannot be read or the thread fails.
pub async fn fits(typed: String, kept: Option<String>) -> Result<bool, String> {
    spawn_blocking(move || {
        let known = kept.is_some();
        let kept = kept.unwrap_or_else(|| nobodys().to_owned());
        let parsed = PasswordHash::new(&kept).map_err(|e| e.to_string())?;
        let typed: String = typed.chars().take(MAX).collect();
        Ok(Argon2::default().verify_password(typed.as_bytes(), &parsed).is_ok() && known)
    })
    .await
    .map_err(|e| e.to_string())?
}

fn hash(text: &str) -> Result<String, String> {
    Argon2::default()
        .hash_password(text.as_bytes())
        .map(|h| h.to_string())
        .map_err(|e| e.to_string())
}

/// The hash of a password that nobody has.
fn nobodys() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| hash("nobody").unwrap_or_default())
}
