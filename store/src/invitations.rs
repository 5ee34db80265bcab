//! Invitations: made by administrators, found by the hash of their token.

use crate::{
    Store,
    convert::{self, stamp},
    error::{Result, StoreError},
    event::{EventKind, NewEvent, record},
    people::person_by_email,
    rows::{invitation, membership, person, practice},
    scope::{self, administrator},
};
use framework::{
    actor::{Actor, NationalRole, Role},
    ids::PracticeSlug,
    name::Email,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// How long an invitation can be accepted.
pub const INVITATION_LASTS: Duration = Duration::days(14);

/// An invitation to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewInvitation {
    /// Whom to invite.
    pub email: String,
    /// To which role.
    pub role: Role,
    /// In which Practice; only with a role in a Practice, and then always.
    pub practice: Option<PracticeSlug>,
}

/// An invitation or a link for a new password, as whoever opens it sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Who is invited.
    pub email: String,
    /// To which role; `None` for a link that only lets a known person choose a new password.
    pub role: Option<Role>,
    /// The name of the Practice, for a role in one.
    pub practice: Option<String>,
    /// Whether there is an account with this address already.
    pub known: bool,
}

/// An invitation or a link for a new password that nobody has used yet, as administrators see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingInvitation {
    /// The key.
    pub id: Uuid,
    /// Who is invited.
    pub email: String,
    /// To which role; `None` for a new password.
    pub role: Option<Role>,
    /// The name of the Practice, for a role in one.
    pub practice: Option<String>,
    /// When it was made.
    pub created_at: OffsetDateTime,
    /// Until when it can be accepted.
    pub expires_at: OffsetDateTime,
}

impl Store {
    /// Makes an invitation, which takes the place of an earlier one to the same. Administrators only.
    ///
    /// # Errors
    /// [`StoreError::Refused`] when the address is none, the role and the Practice do not go together, or the person
    /// has the role already; [`StoreError::NotFound`] when there is no such Practice.
    pub async fn invite(
        &self,
        actor: &Actor,
        invitation: &NewInvitation,
        token_hash: &str,
        now: OffsetDateTime,
    ) -> Result<()> {
        administrator(actor)?;
        let now = stamp(now);
        let email = address(&invitation.email)?;
        let tx = self.writing().await?;
        let practice = match (invitation.role, &invitation.practice) {
            (Role::National(_), None) => None,
            (Role::Practice(_), Some(slug)) => Some(scope::practice(&tx, actor, slug).await?.0.id.0),
            (Role::National(_), Some(_)) => {
                return refused("A role at National Pause belongs to no Practice. Leave the Practice out.");
            }
            (Role::Practice(_), None) => return refused("Choose the Practice."),
        };
        if has_role(&tx, &email, invitation.role, practice).await? {
            return refused(format!("{email} has this role already."));
        }
        let earlier = invitation::Entity::delete_many()
            .filter(invitation::Column::Email.eq(&email))
            .filter(invitation::Column::Role.eq(invitation.role.code()))
            .filter(match practice {
                Some(practice) => invitation::Column::PracticeId.eq(practice),
                None => invitation::Column::PracticeId.is_null(),
            })
            .filter(invitation::Column::UsedAt.is_null());
        earlier.exec(&tx).await?;
        let row = invitation::ActiveModel {
            id: Set(Uuid::now_v7()),
            token_hash: Set(token_hash.to_owned()),
            email: Set(email.clone()),
            role: Set(Some(invitation.role.code().to_owned())),
            practice_id: Set(practice),
            created_by: Set(actor.person.map(|person| person.0)),
            created_at: Set(now),
            expires_at: Set(now + INVITATION_LASTS),
            used_at: Set(None),
        };
        invitation::Entity::insert(row).exec_without_returning(&tx).await?;
        let event = event(EventKind::Invited, &email, Some(invitation.role), practice);
        record(&tx, actor, now, [event]).await?;
        tx.commit().await
    }

    /// Returns the invitation, or the link for a new password, of a token that can still be used.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none, it is used, or its time is over, or when a link's account is
    /// switched off.
    pub async fn invitation(&self, token_hash: &str, now: OffsetDateTime) -> Result<Invitation> {
        let (row, practice) = open_invitation(&self.db, token_hash, stamp(now)).await?;
        let person = person_by_email(&self.db, &row.email).await?;
        let known = person.is_some();
        let role = row.role.as_deref().map(convert::role).transpose()?;
        if role.is_none() && person.is_none_or(|person| person.disabled_at.is_some()) {
            return Err(StoreError::NotFound);
        }
        Ok(Invitation {
            role,
            email: row.email,
            practice: practice.map(|practice| practice.name),
            known,
        })
    }

    /// Returns the invitations and links that nobody has used yet and whose time is not over, newest first. Administrators only.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for anybody else.
    pub async fn pending_invitations(&self, actor: &Actor, now: OffsetDateTime) -> Result<Vec<PendingInvitation>> {
        administrator(actor)?;
        let rows = invitation::Entity::find()
            .find_also_related(practice::Entity)
            .filter(invitation::Column::UsedAt.is_null())
            .filter(invitation::Column::ExpiresAt.gt(stamp(now)))
            .order_by_desc(invitation::Column::Id)
            .all(&self.db)
            .await?;
        let read = |(row, practice): (invitation::Model, Option<practice::Model>)| {
            Ok(PendingInvitation {
                id: row.id,
                role: row.role.as_deref().map(convert::role).transpose()?,
                email: row.email,
                practice: practice.map(|practice| practice.name),
                created_at: row.created_at,
                expires_at: row.expires_at,
            })
        };
        rows.into_iter().map(read).collect()
    }

    /// Withdraws an invitation or a link that nobody has used yet. Administrators only.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none.
    pub async fn withdraw_invitation(&self, actor: &Actor, id: Uuid, now: OffsetDateTime) -> Result<()> {
        administrator(actor)?;
        let tx = self.writing().await?;
        let unused = invitation::Entity::find_by_id(id).filter(invitation::Column::UsedAt.is_null());
        let row = unused.one(&tx).await?.ok_or(StoreError::NotFound)?;
        let event = event(
            EventKind::InvitationWithdrawn,
            &row.email,
            row.role.as_deref().map(convert::role).transpose()?,
            row.practice_id,
        );
        invitation::Entity::delete_by_id(id).exec(&tx).await?;
        record(&tx, actor, stamp(now), [event]).await?;
        tx.commit().await
    }
}

/// Returns the invitation of a token, unused and in its time, and its Practice.
pub(crate) async fn open_invitation(
    db: &impl ConnectionTrait,
    token_hash: &str,
    now: OffsetDateTime,
) -> Result<(invitation::Model, Option<practice::Model>)> {
    let found = invitation::Entity::find()
        .find_also_related(practice::Entity)
        .filter(invitation::Column::TokenHash.eq(token_hash))
        .one(db)
        .await?;
    found
        .filter(|(row, _)| row.used_at.is_none() && row.expires_at > now)
        .ok_or(StoreError::NotFound)
}

/// Returns the event of an invitation.
pub(crate) fn event(kind: EventKind, email: &str, role: Option<Role>, practice: Option<Uuid>) -> NewEvent {
    let detail = serde_json::json!({ "email": email, "role": role.map(Role::code) });
    let event = NewEvent::new(kind).with(detail);
    match practice {
        Some(practice) => event.of(practice),
        None => event,
    }
}

async fn has_role(db: &impl ConnectionTrait, email: &str, role: Role, practice: Option<Uuid>) -> Result<bool> {
    let Some(person) = person_by_email(db, email).await? else {
        return Ok(false);
    };
    match practice {
        None => Ok(covers(&person, role)?),
        Some(practice) => {
            let member = membership::Entity::find_by_id((person.id, practice)).one(db).await?;
            Ok(member.is_some_and(|member| member.role == role.code()))
        }
    }
}

/// Does the person's role at National Pause allow all that `role` would?
pub(crate) fn covers(person: &person::Model, role: Role) -> Result<bool> {
    let own = convert::national_role(person.national_role.as_deref())?;
    Ok(match own {
        Some(NationalRole::Administrator) => matches!(role, Role::National(_)),
        Some(NationalRole::Reviewer) => role == Role::National(NationalRole::Reviewer),
        None => false,
    })
}

fn address(text: &str) -> Result<String> {
    match Email::read(text) {
        Ok(email) => Ok(email.to_string()),
        Err(_) => refused("Enter an email address, such as name@example.org."),
    }
}

fn refused<T>(sentence: impl Into<String>) -> Result<T> {
    Err(StoreError::Refused(sentence.into()))
}
