//! Accepting an invitation, once.

use crate::{
    Store,
    convert::{self, stamp},
    error::{Result, StoreError},
    event::{EventKind, Who, record},
    invitations::{covers, event, open_invitation},
    people::person_by_email,
    rows::{invitation, membership, person},
    scope::present,
    transaction::Transaction,
};
use framework::{
    actor::{PersonId, Role},
    name::{Name, NotTaken},
    notice::{MailChoice, NoticeKind},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use time::OffsetDateTime;
use uuid::Uuid;

impl Store {
    /// Accepts an invitation, once: makes the account, where there is none with the address, and gives the role. A
    /// lower role at National Pause does not take the place of a higher one; a role in a Practice takes the place of
    /// the one before. `password_hash` is for a new account only; the name and password of an account never change here.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the invitation cannot be accepted (any more) or the account is switched off;
    /// [`StoreError::Refused`] when a new account lacks its name or password, or a known one is given a password.
    pub async fn accept(
        &self,
        token_hash: &str,
        name: &str,
        password_hash: Option<&str>,
        now: OffsetDateTime,
    ) -> Result<PersonId> {
        let now = stamp(now);
        let tx = self.writing().await?;
        let (invitation, _) = open_invitation(&tx, token_hash, now).await?;
        // a link for a new password gives no role
        let role = convert::role(invitation.role.as_deref().ok_or(StoreError::NotFound)?)?;
        use_up(&tx, &invitation, now).await?;
        let person = match (person_by_email(&tx, &invitation.email).await?, password_hash) {
            (Some(person), _) if person.disabled_at.is_some() => return Err(StoreError::NotFound),
            (Some(person), None) => person,
            (Some(_), Some(_)) => {
                return refused("There is an account with this address already. Sign in with its password.");
            }
            (None, None) => return refused("Choose a password."),
            (None, Some(password_hash)) => new_person(&tx, &invitation.email, name, password_hash, now).await?,
        };
        match role {
            Role::National(_) if covers(&person, role)? => {}
            Role::National(_) => {
                let row = person::ActiveModel {
                    id: Set(person.id),
                    national_role: Set(Some(role.code().to_owned())),
                    ..Default::default()
                };
                person::Entity::update(row).exec(&tx).await?;
            }
            Role::Practice(_) => {
                let practice = present(invitation.practice_id, "an invitation's Practice")?;
                join(&tx, person.id, practice, role, now).await?;
            }
        }
        let who = Who {
            person: Some(person.id),
            name: person.name,
        };
        let event = event(EventKind::Joined, &invitation.email, Some(role), invitation.practice_id);
        record(&tx, who, now, [event]).await?;
        if password_hash.is_none() {
            let known = PersonId(person.id);
            self.notify_account(&tx, now, known, NoticeKind::RolesChanged).await?;
        }
        tx.commit().await?;
        Ok(PersonId(person.id))
    }
}

/// The update, not the read before it, decides who was first.
pub(crate) async fn use_up(tx: &Transaction, invitation: &invitation::Model, now: OffsetDateTime) -> Result<()> {
    let change = invitation::ActiveModel {
        used_at: Set(Some(now)),
        ..Default::default()
    };
    let query = invitation::Entity::update_many()
        .set(change)
        .filter(invitation::Column::Id.eq(invitation.id))
        .filter(invitation::Column::UsedAt.is_null());
    match query.exec(tx).await?.rows_affected {
        0 => Err(StoreError::NotFound),
        _ => Ok(()),
    }
}

async fn new_person(
    tx: &Transaction,
    email: &str,
    name: &str,
    password_hash: &str,
    now: OffsetDateTime,
) -> Result<person::Model> {
    let name = match Name::read(name) {
        Ok(name) => String::from(name),
        Err(NotTaken::Empty) => return refused("Enter your name."),
        Err(wrong) => return refused(&format!("This name cannot be used: {wrong}.")),
    };
    let row = person::Model {
        id: Uuid::now_v7(),
        email: email.to_owned(),
        name,
        password_hash: password_hash.to_owned(),
        national_role: None,
        created_at: now,
        disabled_at: None,
        mail_choice: MailChoice::default().code().to_owned(),
    };
    let taken = || "There is an account with this address already. Sign in with its password.".to_owned();
    person::Entity::insert(person::ActiveModel::from(row.clone()))
        .exec_without_returning(tx)
        .await
        .map_err(|error| StoreError::taken(error, taken))?;
    Ok(row)
}

async fn join(tx: &impl ConnectionTrait, person: Uuid, practice: Uuid, role: Role, now: OffsetDateTime) -> Result<()> {
    let row = membership::ActiveModel {
        person_id: Set(person),
        practice_id: Set(practice),
        role: Set(role.code().to_owned()),
        since: Set(now),
    };
    let again = OnConflict::columns([membership::Column::PersonId, membership::Column::PracticeId])
        .update_columns([membership::Column::Role, membership::Column::Since])
        .to_owned();
    membership::Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

fn refused<T>(sentence: &str) -> Result<T> {
    Err(StoreError::Refused(sentence.to_owned()))
}
