//! A way back for whoever forgot their password: a link that an administrator makes and hands over.
//!
//! It is an invitation without a role: for somebody with an account, good for one new password, and nothing else.

use crate::{
    Store,
    accept::use_up,
    convert::stamp,
    error::{Result, StoreError},
    event::{EventKind, NewEvent, Who, record},
    invitations::{event, open_invitation},
    people::{end_sessions, person_by_email},
    rows::{invitation, person},
    scope::administrator,
};
use framework::{
    actor::{Actor, PersonId},
    notice::NoticeKind,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// How long a link for a new password can be used.
pub const PASSWORD_LINK_LASTS: Duration = Duration::days(1);

impl Store {
    /// Makes a link for a new password, which takes the place of an earlier one, and gives the person's address.
    /// Administrators only, and not for themselves: one's own password is changed with the one before.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such person or the account is switched off; [`StoreError::Refused`]
    /// for one's own account.
    pub async fn password_link(
        &self,
        actor: &Actor,
        person: PersonId,
        token_hash: &str,
        now: OffsetDateTime,
    ) -> Result<String> {
        administrator(actor)?;
        if actor.person == Some(person) {
            return Err(StoreError::Refused(
                "Change your own password under your account.".to_owned(),
            ));
        }
        let now = stamp(now);
        let tx = self.writing().await?;
        let found = person::Entity::find_by_id(person.0)
            .filter(person::Column::DisabledAt.is_null())
            .one(&tx)
            .await?;
        let email = found.ok_or(StoreError::NotFound)?.email;
        end_password_links(&tx, &email).await?;
        let row = invitation::ActiveModel {
            id: Set(Uuid::now_v7()),
            token_hash: Set(token_hash.to_owned()),
            email: Set(email.clone()),
            role: Set(None),
            practice_id: Set(None),
            created_by: Set(actor.person.map(|person| person.0)),
            created_at: Set(now),
            expires_at: Set(now + PASSWORD_LINK_LASTS),
            used_at: Set(None),
        };
        invitation::Entity::insert(row).exec_without_returning(&tx).await?;
        record(&tx, actor, now, [event(EventKind::PasswordLink, &email, None, None)]).await?;
        self.notify_account(&tx, now, person, NoticeKind::PasswordLink).await?;
        tx.commit().await?;
        Ok(email)
    }

    /// Sets a password by a link, once, and ends the person's sessions.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the link cannot be used (any more), is an invitation, or the account is switched
    /// off.
    pub async fn use_password_link(
        &self,
        token_hash: &str,
        password_hash: &str,
        now: OffsetDateTime,
    ) -> Result<PersonId> {
        let now = stamp(now);
        let tx = self.writing().await?;
        let (link, _) = open_invitation(&tx, token_hash, now).await?;
        if link.role.is_some() {
            return Err(StoreError::NotFound);
        }
        use_up(&tx, &link, now).await?;
        let person = person_by_email(&tx, &link.email).await?;
        let person = person
            .filter(|person| person.disabled_at.is_none())
            .ok_or(StoreError::NotFound)?;
        let change = person::ActiveModel {
            id: Set(person.id),
            password_hash: Set(password_hash.to_owned()),
            ..Default::default()
        };
        person::Entity::update(change).exec(&tx).await?;
        let id = PersonId(person.id);
        end_sessions(&tx, id).await?;
        let who = Who {
            person: Some(person.id),
            name: person.name,
        };
        let detail = serde_json::json!({ "person": id, "by_link": true });
        record(&tx, who, now, [NewEvent::new(EventKind::PasswordSet).with(detail)]).await?;
        self.notify_account(&tx, now, id, NoticeKind::PasswordSet).await?;
        tx.commit().await?;
        Ok(id)
    }
}

/// Takes away the links for a new password that nobody has used yet.
pub(crate) async fn end_password_links(db: &impl ConnectionTrait, email: &str) -> Result<()> {
    let unused = invitation::Entity::delete_many()
        .filter(invitation::Column::Email.eq(email))
        .filter(invitation::Column::Role.is_null())
        .filter(invitation::Column::UsedAt.is_null());
    unused.exec(db).await?;
    Ok(())
}
