//! People with accounts: who they are, and what administrators do with them.

use crate::{
    Store,
    convert::{self, bad, stamp},
    error::{Result, StoreError},
    event::{EventKind, NewEvent, record},
    password_link::end_password_links,
    rows::{membership, past_membership, person, practice, session},
    scope::{self, administrator, present},
};
use framework::{
    actor::{Actor, Membership, NationalRole, PersonId, PracticeId},
    ids::PracticeSlug,
    name::Email,
    naming::folded,
    notice::NoticeKind,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use std::collections::HashMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// A person, as administrators see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRow {
    /// The key.
    pub id: PersonId,
    /// The name.
    pub name: String,
    /// The address they sign in with.
    pub email: String,
    /// The role at National Pause.
    pub national: Option<NationalRole>,
    /// The roles in Practices.
    pub memberships: Vec<Membership>,
    /// The last role in each Practice that the person does not belong to any more.
    pub past: Vec<Membership>,
    /// Is the account switched off?
    pub disabled: bool,
}

/// What signing in is checked against.
#[derive(Clone)]
pub struct Credentials {
    /// The person.
    pub person: PersonId,
    /// The hash of the password, with its salt and parameters.
    pub password_hash: String,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credentials")
            .field("person", &self.person)
            .finish_non_exhaustive()
    }
}

impl Store {
    /// Returns all people, by name. Administrators only.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for anybody else.
    pub async fn people(&self, actor: &Actor) -> Result<Vec<PersonRow>> {
        administrator(actor)?;
        let tx = self.reading().await?;
        let people = person::Entity::find().all(&tx).await?;
        let rows = membership::Entity::find()
            .find_also_related(practice::Entity)
            .all(&tx)
            .await?;
        let ended = past_membership::Entity::find()
            .find_also_related(practice::Entity)
            .order_by_desc(past_membership::Column::EndedAt)
            .order_by_desc(past_membership::Column::Id)
            .all(&tx)
            .await?;
        tx.commit().await?;
        let mut memberships: HashMap<Uuid, Vec<Membership>> = HashMap::new();
        for (row, practice) in rows {
            memberships
                .entry(row.person_id)
                .or_default()
                .push(member(row, practice)?);
        }
        let mut past: HashMap<Uuid, Vec<Membership>> = HashMap::new();
        for (row, practice) in ended {
            let person = row.person_id;
            let role = member(membership_of(row), practice)?;
            let told = past.entry(person).or_default();
            let again = |one: &Membership| one.practice == role.practice;
            if !told.iter().any(again) && !memberships.get(&person).is_some_and(|now| now.iter().any(again)) {
                told.push(role);
            }
        }
        let read = |row: person::Model| {
            Ok(PersonRow {
                id: PersonId(row.id),
                memberships: memberships.remove(&row.id).unwrap_or_default(),
                past: past.remove(&row.id).unwrap_or_default(),
                national: convert::national_role(row.national_role.as_deref())?,
                name: row.name,
                email: row.email,
                disabled: row.disabled_at.is_some(),
            })
        };
        let mut people: Vec<PersonRow> = people.into_iter().map(read).collect::<Result<_>>()?;
        people.sort_by_cached_key(|person| (folded(&person.name), person.email.clone()));
        Ok(people)
    }

    /// Returns what to check a password against; `None` where there is no such account or it is switched off.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn credentials(&self, email: &str) -> Result<Option<Credentials>> {
        // what is no address is nobody's
        let Ok(email) = Email::read(email) else {
            return Ok(None);
        };
        let row = person_by_email(&self.db, email.as_str()).await?;
        Ok(row.filter(|row| row.disabled_at.is_none()).map(|row| Credentials {
            person: PersonId(row.id),
            password_hash: row.password_hash,
        }))
    }

    /// Returns what to check the actor's own password against.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the actor has no account.
    pub async fn own_password_hash(&self, actor: &Actor) -> Result<String> {
        let person = actor.person.ok_or(StoreError::NotFound)?;
        let row = person::Entity::find_by_id(person.0).one(&self.db).await?;
        Ok(row.ok_or(StoreError::NotFound)?.password_hash)
    }

    /// Returns the address the actor signs in with.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the actor has no account.
    pub async fn own_email(&self, actor: &Actor) -> Result<String> {
        let person = actor.person.ok_or(StoreError::NotFound)?;
        let row = person::Entity::find_by_id(person.0).one(&self.db).await?;
        Ok(row.ok_or(StoreError::NotFound)?.email)
    }

    /// Sets a password and ends the person's sessions and links for another. One's own, or by an administrator.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such person, or not for this actor.
    pub async fn set_password(
        &self,
        actor: &Actor,
        person: PersonId,
        password_hash: &str,
        now: OffsetDateTime,
    ) -> Result<()> {
        if actor.person != Some(person) {
            administrator(actor)?;
        }
        let change = person::ActiveModel {
            password_hash: Set(password_hash.to_owned()),
            ..Default::default()
        };
        self.change_person(actor, person, change, EventKind::PasswordSet, now)
            .await
    }

    /// Switches an account off, which ends its sessions and links for a new password, or on again. Administrators only, and not their own.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such person; [`StoreError::Refused`] for one's own account.
    pub async fn set_disabled(
        &self,
        actor: &Actor,
        person: PersonId,
        disabled: bool,
        now: OffsetDateTime,
    ) -> Result<()> {
        administrator(actor)?;
        if actor.person == Some(person) {
            return Err(StoreError::Refused(
                "You cannot close your own account. Ask another administrator.".to_owned(),
            ));
        }
        let change = person::ActiveModel {
            disabled_at: Set(disabled.then_some(stamp(now))),
            ..Default::default()
        };
        let kind = if disabled {
            EventKind::Disabled
        } else {
            EventKind::Enabled
        };
        self.change_person(actor, person, change, kind, now).await
    }

    async fn change_person(
        &self,
        actor: &Actor,
        person: PersonId,
        change: person::ActiveModel,
        kind: EventKind,
        now: OffsetDateTime,
    ) -> Result<()> {
        let tx = self.writing().await?;
        let found = person::Entity::find_by_id(person.0).one(&tx).await?;
        let email = found.ok_or(StoreError::NotFound)?.email;
        let query = person::Entity::update_many()
            .set(change)
            .filter(person::Column::Id.eq(person.0));
        query.exec(&tx).await?;
        end_sessions(&tx, person).await?;
        end_password_links(&tx, &email).await?;
        let detail = serde_json::json!({ "person": person });
        record(&tx, actor, stamp(now), [NewEvent::new(kind).with(detail)]).await?;
        if kind == EventKind::PasswordSet {
            self.notify_account(&tx, now, person, NoticeKind::PasswordSet).await?;
        }
        tx.commit().await
    }

    /// Ends somebody's role in a Practice. Administrators only. That there was one is kept: past members do not review it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such role.
    pub async fn remove_member(
        &self,
        actor: &Actor,
        person: PersonId,
        practice: &PracticeSlug,
        now: OffsetDateTime,
    ) -> Result<()> {
        administrator(actor)?;
        let tx = self.writing().await?;
        let (practice, _) = scope::practice(&tx, actor, practice).await?;
        let key = (person.0, practice.id.0);
        let row = membership::Entity::find_by_id(key).one(&tx).await?;
        let row = row.ok_or(StoreError::NotFound)?;
        membership::Entity::delete_by_id(key).exec(&tx).await?;
        let past = past_membership::ActiveModel {
            id: Set(Uuid::now_v7()),
            person_id: Set(row.person_id),
            practice_id: Set(row.practice_id),
            role: Set(row.role),
            since: Set(row.since),
            ended_at: Set(stamp(now)),
        };
        past_membership::Entity::insert(past)
            .exec_without_returning(&tx)
            .await?;
        let detail = serde_json::json!({ "person": person });
        let event = NewEvent::new(EventKind::Left).of(practice.id.0).with(detail);
        record(&tx, actor, stamp(now), [event]).await?;
        self.notify_account(&tx, now, person, NoticeKind::RolesChanged).await?;
        tx.commit().await
    }

    /// Gives somebody's ended role in a Practice back, as if it had never ended. Administrators only.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no ended role; [`StoreError::Refused`] when the person has one there again.
    pub async fn restore_member(
        &self,
        actor: &Actor,
        person: PersonId,
        practice: &PracticeSlug,
        now: OffsetDateTime,
    ) -> Result<()> {
        administrator(actor)?;
        let tx = self.writing().await?;
        let (practice, _) = scope::practice(&tx, actor, practice).await?;
        let past = past_membership::Entity::find()
            .filter(past_membership::Column::PersonId.eq(person.0))
            .filter(past_membership::Column::PracticeId.eq(practice.id.0))
            .order_by_desc(past_membership::Column::EndedAt)
            .order_by_desc(past_membership::Column::Id)
            .one(&tx)
            .await?
            .ok_or(StoreError::NotFound)?;
        let key = (person.0, practice.id.0);
        if membership::Entity::find_by_id(key).one(&tx).await?.is_some() {
            let sentence = format!("The person has a role in {} already.", practice.info.name);
            return Err(StoreError::Refused(sentence));
        }
        past_membership::Entity::delete_by_id(past.id).exec(&tx).await?;
        membership::Entity::insert(membership_of(past).into_active_model())
            .exec_without_returning(&tx)
            .await?;
        let detail = serde_json::json!({ "person": person });
        let event = NewEvent::new(EventKind::RoleRestored).of(practice.id.0).with(detail);
        record(&tx, actor, stamp(now), [event]).await?;
        tx.commit().await
    }
}

/// Returns a person's account.
pub(crate) async fn person_by_email(db: &impl ConnectionTrait, email: &str) -> Result<Option<person::Model>> {
    Ok(person::Entity::find()
        .filter(person::Column::Email.eq(email))
        .one(db)
        .await?)
}

fn membership_of(past: past_membership::Model) -> membership::Model {
    membership::Model {
        person_id: past.person_id,
        practice_id: past.practice_id,
        role: past.role,
        since: past.since,
    }
}

/// Ends all sessions of a person.
pub(crate) async fn end_sessions(db: &impl ConnectionTrait, person: PersonId) -> Result<()> {
    let query = session::Entity::delete_many().filter(session::Column::PersonId.eq(person.0));
    query.exec(db).await?;
    Ok(())
}

/// Returns a role in a Practice.
pub(crate) fn member(row: membership::Model, practice: Option<practice::Model>) -> Result<Membership> {
    let practice = present(practice, "a membership's Practice")?;
    Ok(Membership {
        practice: PracticeId(practice.id),
        slug: convert::slug(practice.slug)?,
        name: practice.name,
        role: convert::practice_role(&row.role)
            .map_err(|error| bad(format!("membership of {}: {error}", row.person_id)))?,
    })
}
