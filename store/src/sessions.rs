//! Sessions, by the hash of their token: an end when unused, and an end in any case.

use crate::{
    Credentials, Store,
    conflicts::conflicts_of,
    convert::{self, stamp},
    error::{Result, StoreError},
    people::{end_sessions, member},
    rows::{membership, person, practice, session},
};
use framework::{
    actor::{Actor, Membership, PersonId, PracticeRole},
    local,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect};
use time::{Duration, OffsetDateTime};

/// How often a session's last use is written down at most.
const TOUCH: Duration = Duration::MINUTE;

impl Store {
    /// Opens a session that ends after `absolute` in any case, for whoever has shown that they know the password.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such person, the account is switched off, or the password is another by
    /// now.
    pub async fn sign_in(
        &self,
        shown: &Credentials,
        token_hash: &str,
        now: OffsetDateTime,
        absolute: Duration,
    ) -> Result<()> {
        self.new_session(shown.person, Some(&shown.password_hash), token_hash, now, absolute)
            .await
    }

    /// Opens a session without asking for a password.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such person or the account is switched off.
    pub async fn open_session(
        &self,
        person: PersonId,
        token_hash: &str,
        now: OffsetDateTime,
        absolute: Duration,
    ) -> Result<()> {
        self.new_session(person, None, token_hash, now, absolute).await
    }

    async fn new_session(
        &self,
        person: PersonId,
        password_hash: Option<&str>,
        token_hash: &str,
        now: OffsetDateTime,
        absolute: Duration,
    ) -> Result<()> {
        let now = stamp(now);
        let tx = self.writing().await?;
        // held: a password that is set meanwhile ends this session, or this one finds it
        let found = person::Entity::find_by_id(person.0)
            .filter(person::Column::DisabledAt.is_null())
            .lock_exclusive()
            .one(&tx)
            .await?
            .ok_or(StoreError::NotFound)?;
        if password_hash.is_some_and(|shown| shown != found.password_hash) {
            return Err(StoreError::NotFound);
        }
        let row = session::ActiveModel {
            token_hash: Set(token_hash.to_owned()),
            person_id: Set(person.0),
            created_at: Set(now),
            last_seen_at: Set(now),
            expires_at: Set(now + absolute),
        };
        session::Entity::insert(row).exec_without_returning(&tx).await?;
        tx.commit().await
    }

    /// Whoever a session stands for; `None` when there is no such session, it has ended, was unused for `idle`, or
    /// the account is switched off. Two queries, four for National
    /// Pause, and a write at most once a minute.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    pub async fn session(&self, token_hash: &str, now: OffsetDateTime, idle: Duration) -> Result<Option<Actor>> {
        let now = stamp(now);
        let found = session::Entity::find_by_id(token_hash)
            .find_also_related(person::Entity)
            .one(&self.db)
            .await?;
        let live = |session: &session::Model, person: &person::Model| {
            session.expires_at > now && session.last_seen_at + idle > now && person.disabled_at.is_none()
        };
        let Some((session, Some(person))) = found else {
            return Ok(None);
        };
        if !live(&session, &person) {
            return Ok(None);
        }
        let rows = membership::Entity::find()
            .find_also_related(practice::Entity)
            .filter(membership::Column::PersonId.eq(person.id))
            .all(&self.db)
            .await?;
        if session.last_seen_at + TOUCH <= now {
            self.touch(token_hash, now).await?;
        }
        let conflicts = match person.national_role {
            Some(_) => conflicts_of(&self.db, person.id, local::date(now)).await?,
            None => vec![],
        };
        Ok(Some(Actor {
            conflicts,
            person: Some(PersonId(person.id)),
            national: convert::national_role(person.national_role.as_deref())?,
            name: person.name,
            memberships: rows
                .into_iter()
                .map(|(row, practice)| acting(row, practice))
                .collect::<Result<_>>()?,
        }))
    }

    async fn touch(&self, token_hash: &str, now: OffsetDateTime) -> Result<()> {
        let seen = session::ActiveModel {
            last_seen_at: Set(now),
            ..Default::default()
        };
        let query = session::Entity::update_many()
            .set(seen)
            .filter(session::Column::TokenHash.eq(token_hash));
        query.exec(&self.db).await?;
        Ok(())
    }

    /// Ends a session. Ending one that is not there does nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn close_session(&self, token_hash: &str) -> Result<()> {
        session::Entity::delete_by_id(token_hash).exec(&self.db).await?;
        Ok(())
    }

    /// Ends all sessions of a person.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn close_all_sessions(&self, person: PersonId) -> Result<()> {
        end_sessions(&self.db, person).await
    }

    /// Removes the sessions that have ended or were unused for `idle`; how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn purge_sessions(&self, now: OffsetDateTime, idle: Duration) -> Result<u64> {
        let now = stamp(now);
        let over = Condition::any()
            .add(session::Column::ExpiresAt.lte(now))
            .add(session::Column::LastSeenAt.lte(now - idle));
        Ok(session::Entity::delete_many()
            .filter(over)
            .exec(&self.db)
            .await?
            .rows_affected)
    }
}

/// Returns what somebody is to a Practice now: members of a closed one only read.
fn acting(row: membership::Model, practice: Option<practice::Model>) -> Result<Membership> {
    let closed = practice.as_ref().is_some_and(|practice| practice.closed_on.is_some());
    let member = member(row, practice)?;
    Ok(Membership {
        role: if closed { PracticeRole::Reader } else { member.role },
        ..member
    })
}
