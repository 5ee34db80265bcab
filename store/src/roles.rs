//! Roles at National Pause: given by an invitation, raised, lowered and taken away by an administrator.

use crate::{
    Store,
    convert::{self, stamp},
    error::{Result, StoreError},
    event::{EventKind, NewEvent, record},
    rows::{invitation, person},
    scope::administrator,
};
use framework::actor::{Actor, NationalRole, PersonId, Role};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use time::OffsetDateTime;

impl Store {
    /// Changes somebody's role at National Pause, or takes it away; invitations to such a role that nobody has used end too.
    /// Roles in Practices and whatever the person did stay. Administrators only.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such person; [`StoreError::Refused`] when no administrator would be left.
    pub async fn set_national_role(
        &self,
        actor: &Actor,
        person: PersonId,
        role: Option<NationalRole>,
        now: OffsetDateTime,
    ) -> Result<()> {
        administrator(actor)?;
        let tx = self.writing().await?;
        let row = person::Entity::find_by_id(person.0).one(&tx).await?;
        let row = row.ok_or(StoreError::NotFound)?;
        let from = convert::national_role(row.national_role.as_deref())?;
        if from == role {
            return Ok(());
        }
        if from == Some(NationalRole::Administrator) {
            require_another_administrator(&tx, person).await?;
        }
        let code = |role: Option<NationalRole>| role.map(|role| Role::National(role).code());
        let change = person::ActiveModel {
            id: Set(row.id),
            national_role: Set(code(role).map(str::to_owned)),
            ..Default::default()
        };
        person::Entity::update(change).exec(&tx).await?;
        let invited = invitation::Entity::delete_many()
            .filter(invitation::Column::Email.eq(row.email))
            .filter(invitation::Column::Role.is_not_null())
            .filter(invitation::Column::PracticeId.is_null())
            .filter(invitation::Column::UsedAt.is_null());
        invited.exec(&tx).await?;
        let detail = serde_json::json!({ "person": person, "from": code(from), "to": code(role) });
        let event = NewEvent::new(EventKind::RoleChanged).with(detail);
        record(&tx, actor, stamp(now), [event]).await?;
        tx.commit().await
    }
}

/// Refuses where nobody but `person` is an administrator with an open account. They are held until the transaction ends, so that
/// no two administrators lower each other.
async fn require_another_administrator(tx: &impl ConnectionTrait, person: PersonId) -> Result<()> {
    let administrators = person::Entity::find()
        .filter(person::Column::NationalRole.eq(Role::National(NationalRole::Administrator).code()))
        .filter(person::Column::DisabledAt.is_null())
        .lock_exclusive()
        .all(tx)
        .await?;
    if administrators.iter().any(|row| row.id != person.0) {
        return Ok(());
    }
    Err(StoreError::Refused(
        "This is the last administrator. Give somebody else the role first.".to_owned(),
    ))
}
