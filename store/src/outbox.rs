//! The e-mails that wait: one for each notice, or one a day for all that is unread then. They are queued with what
//! happened, and only where the site sends e-mail at all.

use crate::{
    error::Result,
    rows::{CHUNK, notice, outbox},
    transaction::Transaction,
};
use framework::{actor::PersonId, local, notice::MailChoice};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::OnConflict};
use std::collections::HashSet;
use time::{OffsetDateTime, Time};
use uuid::Uuid;

/// How a site that sends e-mail does so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mailing {
    /// The hour of the day, where people are, at which daily e-mails go out.
    pub daily_at: Time,
}

impl Mailing {
    /// Returns the next time daily e-mails go out.
    fn next_digest(&self, now: OffsetDateTime) -> OffsetDateTime {
        local::next(self.daily_at, now)
    }
}

/// Queues what new notices ask for; `told` are notices' ids, whose they are, and how these want e-mail. Notices that
/// were there already, so that none was made, are left out.
pub(crate) async fn queue(
    tx: &Transaction,
    mailing: &Mailing,
    now: OffsetDateTime,
    told: Vec<(Uuid, PersonId, MailChoice)>,
) -> Result<()> {
    let made: Vec<Uuid> = notice::Entity::find()
        .select_only()
        .column(notice::Column::Id)
        .filter(notice::Column::Id.is_in(told.iter().map(|(id, ..)| *id)))
        .into_tuple()
        .all(tx)
        .await?;
    let made: HashSet<Uuid> = made.into_iter().collect();
    let rows = told.into_iter().filter(|(id, ..)| made.contains(id));
    let rows: Vec<_> = rows
        .filter_map(|(id, person, mail)| match mail {
            MailChoice::Each => Some((person, Some(id), None, now)),
            MailChoice::Daily => {
                let at = mailing.next_digest(now);
                Some((person, None, Some(at), at))
            }
            MailChoice::Off => None,
        })
        .map(|(person, notice, digest, due)| outbox::ActiveModel {
            id: Set(Uuid::now_v7()),
            person_id: Set(person.0),
            notice_id: Set(notice),
            digest_at: Set(digest),
            due_at: Set(due),
            tries: Set(0),
            last_error: Set(None),
            leased_until: Set(None),
            done_at: Set(None),
            outcome: Set(None),
        })
        .collect();
    for chunk in rows.chunks(CHUNK) {
        outbox::Entity::insert_many(chunk.to_vec())
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}
