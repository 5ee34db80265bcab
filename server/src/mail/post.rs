//! The round that takes what is due from the outbox and hands it to the mail server. Two processes may go it at once.

use super::{letter::compose, smtp::Smtp};
use std::sync::Arc;
use store::{Letter, Result, Store, Trouble};
use time::{Duration, OffsetDateTime};

/// How many letters are taken at once.
const MOST: u64 = 20;

/// How long they are ours: longer than sending so many can take.
const LEASE: Duration = Duration::minutes(30);

/// Sends what waits in a store's outbox.
pub struct Post {
    store: Store,
    smtp: Smtp,
    origin: Arc<str>,
}

impl Post {
    /// For a site that people reach at `origin`.
    pub fn new(store: Store, smtp: Smtp, origin: Arc<str>) -> Post {
        Post { store, smtp, origin }
    }

    /// One round: takes some letters that are due and sends each; how many were sent. A letter that fails stands in
    /// nobody's way: it is tried again later. Where the server itself is at fault, the rest is given back untried.
    ///
    /// # Errors
    /// When the database fails; what was taken comes free with the lease.
    pub async fn round(&self, now: OffsetDateTime) -> Result<usize> {
        let mut sent = 0;
        let mut letters = self.store.take_letters(now, LEASE, MOST).await?.into_iter();
        while let Some(letter) = letters.next() {
            match self.send(&letter, now).await {
                Ok(()) => {
                    self.store.letter_sent(letter.id, now).await?;
                    sent += 1;
                }
                Err(trouble) => {
                    let given_up = self.store.letter_failed(letter.id, trouble, now).await?;
                    tracing::warn!(letter = %letter.id, trouble = trouble.code(), given_up, "an e-mail could not be sent");
                    if matches!(trouble, Trouble::Unreachable | Trouble::SignIn) {
                        let rest = letters.map(|letter| letter.id).collect();
                        self.store.return_letters(rest).await?;
                        break;
                    }
                }
            }
        }
        Ok(sent)
    }

    async fn send(&self, letter: &Letter, now: OffsetDateTime) -> std::result::Result<(), Trouble> {
        let message = compose(letter, &self.smtp.from, &self.origin, now).ok_or(Trouble::Address)?;
        self.smtp.send(message).await.map_err(|failed| failed.trouble)
    }
}
