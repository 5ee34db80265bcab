//! Passwords: Argon2id, off the async threads, and never more at once than there are cores: each takes 19 MiB.

use crate::web::Refusal;
use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use std::{
    num::NonZero,
    sync::{Arc, LazyLock, OnceLock},
    thread::available_parallelism,
    time::Duration,
};
use tokio::{sync::Semaphore, task::spawn_blocking, time::timeout};

/// The fewest characters of a password.
pub const MIN: usize = 12;
/// Returns how a good password is chosen.
pub fn hint() -> String {
    format!("At least {MIN} characters. Three or four words in a row are easy to remember.")
}

/// The most, so that hashing stays bounded.
pub const MAX: usize = 200;
/// How long somebody waits for their turn.
const HASHING_TIMEOUT: Duration = Duration::from_secs(5);

/// Whose turn it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HashingPriority {
    /// Anybody's.
    Anybody,
    /// Somebody's who has signed in before: strangers do not make them wait.
    Known,
}

/// As many at once as there are cores.
static FOR_ANYBODY: LazyLock<Arc<Semaphore>> =
    LazyLock::new(|| Arc::new(Semaphore::new(available_parallelism().map_or(2, NonZero::get))));
/// One more, for those who have signed in before.
static FOR_KNOWN: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(1)));

impl HashingPriority {
    fn turns(self) -> &'static Arc<Semaphore> {
        match self {
            HashingPriority::Anybody => &FOR_ANYBODY,
            HashingPriority::Known => &FOR_KNOWN,
        }
    }
}

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

    /// Returns the text to keep in the database, with its salt and settings.
    ///
    /// # Errors
    /// [`Refusal::Busy`] when too many wait; [`Refusal::Broken`] with what hashing says.
    pub async fn hash(self, turn: HashingPriority) -> Result<String, Refusal> {
        in_turn(turn.turns(), HASHING_TIMEOUT, move || hash(&self.0)).await
    }
}

/// Does a typed password fit the kept hash? Takes as long where there is no account, so that nobody
/// learns which e-mail addresses have one. One that is longer than a password can be fits nothing.
///
/// # Errors
/// [`Refusal::Busy`] when too many wait; [`Refusal::Broken`] when the kept hash cannot be read or the thread fails.
pub async fn fits(typed: String, kept: Option<String>, turn: HashingPriority) -> Result<bool, Refusal> {
    if typed.chars().count() > MAX {
        return Ok(false);
    }
    in_turn(turn.turns(), HASHING_TIMEOUT, move || {
        let known = kept.is_some();
        let kept = kept.unwrap_or_else(|| nobodys().to_owned());
        let parsed = PasswordHash::new(&kept).map_err(|e| e.to_string())?;
        Ok(Argon2::default().verify_password(typed.as_bytes(), &parsed).is_ok() && known)
    })
    .await
}

/// Does the work on a blocking thread once it is its turn. The turn ends with the work, even if nobody waits for it any more.
async fn in_turn<T: Send + 'static>(
    turns: &Arc<Semaphore>,
    patience: Duration,
    work: impl FnOnce() -> Result<T, String> + Send + 'static,
) -> Result<T, Refusal> {
    let Ok(Ok(permit)) = timeout(patience, turns.clone().acquire_owned()).await else {
        return Err(Refusal::Busy);
    };
    let done = spawn_blocking(move || {
        let done = work();
        drop(permit);
        done
    });
    done.await
        .map_err(|e| Refusal::Broken(e.to_string()))?
        .map_err(Refusal::Broken)
}

fn hash(text: &str) -> Result<String, String> {
    Argon2::default()
        .hash_password(text.as_bytes())
        .map(|h| h.to_string())
        .map_err(|e| e.to_string())
}

/// Returns the hash of a password that nobody has.
fn nobodys() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| hash("nobody").unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_what_was_set_and_not_its_beginning() {
        let set = "ŵ".repeat(MAX);
        let kept = Password::read(&set)
            .unwrap()
            .hash(HashingPriority::Anybody)
            .await
            .unwrap();
        for (typed, fit) in [
            (set.clone(), true),
            (format!("{set}a"), false),
            (set[2..].to_owned(), false),
        ] {
            let fits = fits(typed, Some(kept.clone()), HashingPriority::Anybody).await.unwrap();
            assert_eq!(fits, fit);
        }
    }

    #[tokio::test]
    async fn who_waits_too_long_for_a_turn_is_told_and_a_turn_ends_with_its_work() {
        let turns = Arc::new(Semaphore::new(1));
        let first = in_turn(&turns, Duration::ZERO, || Ok(())).await;
        assert!(first.is_ok() && turns.available_permits() == 1);
        let taken = turns.acquire().await.unwrap();
        let second = in_turn(&turns, Duration::ZERO, || Ok(())).await;
        assert!(matches!(second, Err(Refusal::Busy)));
        drop(taken);
        assert!(
            in_turn(&turns, Duration::ZERO, || Err::<(), _>("broken".to_owned()))
                .await
                .is_err()
        );
        assert_eq!(turns.available_permits(), 1);
    }
}
