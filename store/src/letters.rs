//! Sending what waits in the outbox: whoever sends takes some letters on lease, so that two do not send the same, and
//! says what became of each. A letter is sent at least once: where a sender stops in between, its lease runs out.

use crate::{
    Store,
    convert::{self, bad, stamp},
    error::Result,
    rows::{membership, notice, outbox, person},
    transaction::Transaction,
};
use framework::notice::MailChoice;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{LockBehavior, LockType},
};
use std::collections::{HashMap, HashSet};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// How long what became of a letter is kept.
const DONE_STAYS: Duration = Duration::days(30);

/// The longest time between two tries.
const LONGEST: Duration = Duration::hours(6);

/// An e-mail to send now.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its key.
    pub id: Uuid,
    /// Whom to send it to.
    pub address: String,
    /// What it says.
    pub about: About,
}

/// What an e-mail says: never more than this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// That this notice waits.
    Notice(Uuid),
    /// That so many notices wait.
    Unread(u64),
}

impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Letter").field("id", &self.id).finish_non_exhaustive()
    }
}

macro_rules! troubles {
    ($($(#[$doc:meta])* $trouble:ident $code:literal $tries:literal,)*) => {
        /// Why a letter could not be sent.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Trouble {
            $($(#[$doc])* $trouble,)*
        }

        impl Trouble {
            /// Returns the word in the database and the log.
            pub fn code(self) -> &'static str {
                match self { $(Trouble::$trouble => $code,)* }
            }

            /// After so many tries it is given up.
            fn tries(self) -> i32 {
                match self { $(Trouble::$trouble => $tries,)* }
            }
        }
    };
}

troubles! {
    /// No connection, or none that is safe.
    Unreachable "unreachable" 14,
    /// The server does not know us.
    SignIn "sign_in" 14,
    /// The server wants it later.
    Later "later" 14,
    /// The server does not want it. A wrong setting looks the same, so that it is tried again.
    Refused "refused" 3,
    /// The person's address is none to send to.
    Address "address" 1,
}

impl Store {
    /// Takes at most so many letters that are due, on a lease that runs for `lease`. What need not be sent any more
    /// (read by now, no e-mail wanted, the account off, the role gone) is settled here. A fixed number of queries.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    pub async fn take_letters(&self, now: OffsetDateTime, lease: Duration, most: u64) -> Result<Vec<Letter>> {
        let now = stamp(now);
        let tx = self.writing().await?;
        let free = Condition::any()
            .add(outbox::Column::LeasedUntil.is_null())
            .add(outbox::Column::LeasedUntil.lte(now));
        let due = outbox::Entity::find()
            .filter(outbox::Column::DoneAt.is_null())
            .filter(outbox::Column::DueAt.lte(now))
            .filter(free)
            .order_by_asc(outbox::Column::DueAt)
            .order_by_asc(outbox::Column::Id)
            .limit(most)
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
            .all(&tx)
            .await?;
        if due.is_empty() {
            return Ok(vec![]);
        }
        let readers = readers(&tx, due.iter().map(|row| row.person_id).collect()).await?;
        let (mut letters, mut needless) = (vec![], vec![]);
        for row in due {
            match readers.get(&row.person_id).and_then(|reader| reader.letter(&row)) {
                Some(letter) => letters.push(letter),
                None => needless.push(row.id),
            }
        }
        let change = done("needless", now);
        change_all(&tx, needless, change).await?;
        let change = outbox::ActiveModel {
            leased_until: Set(Some(now + lease)),
            ..Default::default()
        };
        change_all(&tx, letters.iter().map(|letter| letter.id).collect(), change).await?;
        tx.commit().await?;
        Ok(letters)
    }

    /// A letter was handed to the mail server.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn letter_sent(&self, letter: Uuid, now: OffsetDateTime) -> Result<()> {
        let tx = self.writing().await?;
        change_all(&tx, vec![letter], done("sent", stamp(now))).await?;
        tx.commit().await
    }

    /// Returns a letter could not be sent: it is tried again, each time later, or given up. Is it given up?
    ///
    /// # Errors
    /// When the database fails.
    pub async fn letter_failed(&self, letter: Uuid, trouble: Trouble, now: OffsetDateTime) -> Result<bool> {
        let now = stamp(now);
        let tx = self.writing().await?;
        let row = outbox::Entity::find_by_id(letter).one(&tx).await?;
        let tries = row.ok_or_else(|| bad("a letter is missing"))?.tries + 1;
        let given_up = tries >= trouble.tries();
        let change = if given_up {
            done("given_up", now)
        } else {
            outbox::ActiveModel {
                due_at: Set(now + wait(tries)),
                leased_until: Set(None),
                ..Default::default()
            }
        };
        let change = outbox::ActiveModel {
            tries: Set(tries),
            last_error: Set(Some(trouble.code().to_owned())),
            ..change
        };
        change_all(&tx, vec![letter], change).await?;
        tx.commit().await?;
        Ok(given_up)
    }

    /// Gives letters back that were taken and not tried.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn return_letters(&self, letters: Vec<Uuid>) -> Result<()> {
        let tx = self.writing().await?;
        let change = outbox::ActiveModel {
            leased_until: Set(None),
            ..Default::default()
        };
        change_all(&tx, letters, change).await?;
        tx.commit().await
    }

    /// Forgets what became of letters a month ago or longer; how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn purge_letters(&self, now: OffsetDateTime) -> Result<u64> {
        let query = outbox::Entity::delete_many().filter(outbox::Column::DoneAt.lte(stamp(now) - DONE_STAYS));
        Ok(query.exec(&self.db).await?.rows_affected)
    }
}

/// Returns how long to wait after so many tries: a minute, then twice as long each time, at most [`LONGEST`].
fn wait(tries: i32) -> Duration {
    let minutes = 1_i64 << Ord::clamp(tries - 1, 0, 20);
    Ord::min(Duration::minutes(minutes), LONGEST)
}

fn done(outcome: &str, now: OffsetDateTime) -> outbox::ActiveModel {
    outbox::ActiveModel {
        done_at: Set(Some(now)),
        outcome: Set(Some(outcome.to_owned())),
        leased_until: Set(None),
        ..Default::default()
    }
}

/// Changes letters that nothing has become of yet.
async fn change_all(tx: &Transaction, ids: Vec<Uuid>, change: outbox::ActiveModel) -> Result<()> {
    let query = outbox::Entity::update_many()
        .set(change)
        .filter(outbox::Column::Id.is_in(ids))
        .filter(outbox::Column::DoneAt.is_null());
    query.exec(tx).await?;
    Ok(())
}

/// Somebody with an account that is on, who wants e-mail.
struct Reader {
    address: String,
    /// What they have not read of what they may see.
    unread: HashSet<Uuid>,
    /// What happened to their account, read or not: whoever has read it may be somebody else.
    of_account: HashSet<Uuid>,
}

impl Reader {
    /// Returns what to send them, unless there is nothing left to say.
    fn letter(&self, row: &outbox::Model) -> Option<Letter> {
        let about = match row.notice_id {
            Some(notice) => {
                let wanted = self.unread.contains(&notice) || self.of_account.contains(&notice);
                wanted.then_some(About::Notice(notice))
            }
            None => Some(About::Unread(self.unread.len() as u64)).filter(|_| !self.unread.is_empty()),
        };
        Some(Letter {
            id: row.id,
            address: self.address.clone(),
            about: about?,
        })
    }
}

/// Returns those of some people who want e-mail. Three queries.
async fn readers(tx: &Transaction, people: HashSet<Uuid>) -> Result<HashMap<Uuid, Reader>> {
    let rows = person::Entity::find()
        .filter(person::Column::Id.is_in(people.iter().copied()))
        .filter(person::Column::DisabledAt.is_null())
        .all(tx)
        .await?;
    let memberships: Vec<(Uuid, Uuid)> = membership::Entity::find()
        .select_only()
        .column(membership::Column::PersonId)
        .column(membership::Column::PracticeId)
        .filter(membership::Column::PersonId.is_in(people.iter().copied()))
        .into_tuple()
        .all(tx)
        .await?;
    let memberships: HashSet<(Uuid, Uuid)> = memberships.into_iter().collect();
    let to_tell = Condition::any()
        .add(notice::Column::ReadAt.is_null())
        .add(notice::Column::PracticeId.is_null());
    let notices: Vec<(Uuid, Uuid, Option<Uuid>, Option<OffsetDateTime>)> = notice::Entity::find()
        .select_only()
        .column(notice::Column::Id)
        .column(notice::Column::PersonId)
        .column(notice::Column::PracticeId)
        .column(notice::Column::ReadAt)
        .filter(notice::Column::PersonId.is_in(people))
        .filter(to_tell)
        .into_tuple()
        .all(tx)
        .await?;
    let mut readers = HashMap::new();
    for row in rows {
        if convert::mail_choice(&row.mail_choice)? == MailChoice::Off {
            continue;
        }
        let sees = |practice: Option<Uuid>| {
            practice.is_none_or(|id| row.national_role.is_some() || memberships.contains(&(row.id, id)))
        };
        let own = (notices.iter()).filter(|(_, person, practice, _)| *person == row.id && sees(*practice));
        let unread = own.clone().filter(|(.., read)| read.is_none()).map(|(id, ..)| *id);
        let of_account = own.filter(|(_, _, practice, _)| practice.is_none()).map(|(id, ..)| *id);
        readers.insert(
            row.id,
            Reader {
                unread: unread.collect(),
                of_account: of_account.collect(),
                address: row.email,
            },
        );
    }
    Ok(readers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_try_waits_twice_as_long_up_to_six_hours() {
        let minutes: Vec<i64> = (1..=12).map(|tries| wait(tries).whole_minutes()).collect();
        assert_eq!(minutes, [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]);
        assert_eq!(wait(i32::MAX), LONGEST);
    }
}
