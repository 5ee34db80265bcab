//! Files that were good and came with a form that was refused: browsers do not send a file again by themselves, so it is
//! held until the form comes again. Nothing is stored meanwhile.

use super::{Refusal, secret};
use files::Checked;
use framework::actor::{Actor, PersonId};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use time::{Duration, OffsetDateTime};

/// The files that are held, in this process: of each person a few, for an hour. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct HeldFiles(Arc<Mutex<Vec<HeldUpload>>>);

/// A file whose bytes are in a file without a name, gone when this is.
#[derive(Debug)]
struct HeldUpload {
    token: String,
    person: Option<PersonId>,
    since: OffsetDateTime,
    file: Checked,
}

impl HeldFiles {
    /// How long a file is held.
    pub const HOLD_TIME: Duration = Duration::hours(1);
    /// The most files held of one person; an older one makes room.
    pub const OF_ONE: usize = 3;
    /// The most files held of all: 500 MB of the disk at most.
    pub const OF_ALL: usize = 25;

    /// Holds a file for whoever sent it. What is given back brings it back.
    ///
    /// # Errors
    /// [`Refusal::Broken`] when the system gives no randomness.
    pub fn hold(&self, actor: &Actor, file: Checked, now: OffsetDateTime) -> Result<String, Refusal> {
        let token = secret::token().map_err(|error| Refusal::Broken(error.to_string()))?;
        let mut held = self.live_uploads(now);
        // the oldest stand first
        let mine: Vec<usize> = (0..held.len())
            .filter(|place| held[*place].person == actor.person)
            .collect();
        if mine.len() >= Self::OF_ONE {
            held.remove(mine[0]);
        } else if held.len() >= Self::OF_ALL {
            held.remove(0);
        }
        held.push(HeldUpload {
            token: token.clone(),
            person: actor.person,
            since: now,
            file,
        });
        Ok(token)
    }

    /// The file that is held under a token for this person; it is held no longer.
    pub fn take(&self, actor: &Actor, token: &str, now: OffsetDateTime) -> Option<Checked> {
        let mut held = self.live_uploads(now);
        let place = held
            .iter()
            .position(|one| one.person == actor.person && one.token == token)?;
        Some(held.remove(place).file)
    }

    /// Lets go of what nobody came back for.
    pub fn sweep(&self, now: OffsetDateTime) {
        drop(self.live_uploads(now));
    }

    /// Returns what is held still.
    fn live_uploads(&self, now: OffsetDateTime) -> MutexGuard<'_, Vec<HeldUpload>> {
        // nothing is half done when a thread that holds it ends
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.retain(|one| now - one.since < Self::HOLD_TIME);
        held
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use files::{Files, receive};
    use futures::stream;
    use time::macros::datetime;
    use uuid::Uuid;

    const NOW: OffsetDateTime = datetime!(2026-03-02 10:00 UTC);

    fn actor(person: u128) -> Actor {
        Actor {
            person: Some(PersonId(Uuid::from_u128(person))),
            ..Actor::operator()
        }
    }

    async fn file(name: &str) -> Checked {
        let parts = [Ok::<_, String>(bytes::Bytes::from_static(b"text"))];
        let received = receive(stream::iter(parts)).await.unwrap();
        Files::in_memory().check(name, received).await.unwrap()
    }

    #[tokio::test]
    async fn a_file_comes_back_once_to_whoever_sent_it_and_only_for_an_hour() {
        let held = HeldFiles::default();
        let token = held.hold(&actor(1), file("a.txt").await, NOW).unwrap();
        assert!(held.take(&actor(2), &token, NOW).is_none());
        assert!(held.take(&actor(1), "", NOW).is_none());
        let back = held.take(&actor(1), &token, NOW + Duration::minutes(59)).unwrap();
        assert_eq!(back.facts.name.as_str(), "a.txt");
        assert!(held.take(&actor(1), &token, NOW).is_none());
        let token = held.hold(&actor(1), file("a.txt").await, NOW).unwrap();
        assert!(held.take(&actor(1), &token, NOW + HeldFiles::HOLD_TIME).is_none());
        held.hold(&actor(1), file("a.txt").await, NOW).unwrap();
        held.sweep(NOW + HeldFiles::HOLD_TIME);
        assert!(held.0.lock().unwrap().is_empty());
    }

    #[tokio::test]
    async fn an_older_file_makes_room() {
        let held = HeldFiles::default();
        let other = held.hold(&actor(2), file("b.txt").await, NOW).unwrap();
        let mut tokens = vec![];
        for _ in 0..=HeldFiles::OF_ONE {
            tokens.push(held.hold(&actor(1), file("a.txt").await, NOW).unwrap());
        }
        let back: Vec<bool> = tokens
            .iter()
            .map(|token| held.take(&actor(1), token, NOW).is_some())
            .collect();
        assert_eq!(back, [false, true, true, true]);
        for person in 10..10 + HeldFiles::OF_ALL as u128 {
            held.hold(&actor(person), file("a.txt").await, NOW).unwrap();
        }
        assert!(held.take(&actor(2), &other, NOW).is_none());
    }
}
