//! Cycles: the years of assessment.

use crate::{
    Store,
    convert::{self, stamp},
    error::{Result, StoreError},
    event::{EventKind, NewEvent, record},
    rows::{assessment, cycle},
    scope::administrator,
};
use framework::{
    actor::Actor,
    day,
    ids::{CycleId, VersionId},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use time::OffsetDateTime;

/// A cycle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycle {
    /// Its id, the year.
    pub id: CycleId,
    /// The version that assessments started in it have.
    pub version: VersionId,
    /// May assessments be started in it?
    pub open: bool,
    /// When it was opened.
    pub opened_at: OffsetDateTime,
    /// When it was closed.
    pub closed_at: Option<OffsetDateTime>,
}

impl Store {
    /// Returns all cycles, newest first; none for somebody without any role.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn cycles(&self, actor: &Actor) -> Result<Vec<Cycle>> {
        if !actor.is_national() && actor.memberships.is_empty() {
            return Ok(vec![]);
        }
        let rows = cycle::Entity::find().all(&self.db).await?;
        let mut cycles: Vec<Cycle> = rows.into_iter().map(Cycle::try_from).collect::<Result<_>>()?;
        cycles.sort_by(|a, b| b.id.cmp(&a.id));
        Ok(cycles)
    }

    /// Opens a cycle, or opens a closed one again, which keeps the day it was first opened. Administrators only.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when it is open already; [`StoreError::Refused`] when the version is not here, or is not
    /// the one that assessments of the cycle have.
    pub async fn open_cycle(
        &self,
        actor: &Actor,
        id: &CycleId,
        version: &VersionId,
        now: OffsetDateTime,
    ) -> Result<()> {
        administrator(actor)?;
        let now = stamp(now);
        if self.library.version(version).is_none() {
            return Err(StoreError::Refused(format!(
                "There is no version {version} of the framework."
            )));
        }
        let tx = self.writing().await?;
        let row = match cycle::Entity::find_by_id(id.as_str()).one(&tx).await? {
            None => None,
            Some(row) if row.closed_at.is_none() => {
                return Err(StoreError::Taken(format!("The cycle {id} is open already.")));
            }
            Some(row) if row.version == version.as_str() => Some(row),
            Some(row) => {
                let begun = assessment::Entity::find()
                    .filter(assessment::Column::Cycle.eq(id.as_str()))
                    .count(&tx)
                    .await?;
                if begun > 0 {
                    let sentence = format!(
                        "The cycle {id} has assessments under version {}. Open it with that version.",
                        row.version
                    );
                    return Err(StoreError::Refused(sentence));
                }
                Some(row)
            }
        };
        let known = row.is_some();
        let row = cycle::ActiveModel {
            id: Set(id.to_string()),
            version: Set(version.to_string()),
            opened_at: Set(row.map_or(now, |row| row.opened_at)),
            closed_at: Set(None),
        };
        if known {
            cycle::Entity::update(row).exec(&tx).await?;
        } else {
            let taken = || format!("The cycle {id} is open already.");
            let inserted = cycle::Entity::insert(row).exec_without_returning(&tx).await;
            inserted.map_err(|error| StoreError::taken(error, taken))?;
        }
        let detail = serde_json::json!({ "cycle": id, "version": version });
        record(&tx, actor, now, [NewEvent::new(EventKind::CycleOpened).with(detail)]).await?;
        tx.commit().await
    }

    /// Closes a cycle: no assessment can be started in it any more; those begun go on. Administrators only.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such cycle; closing a closed one does nothing.
    pub async fn close_cycle(&self, actor: &Actor, id: &CycleId, now: OffsetDateTime) -> Result<()> {
        administrator(actor)?;
        let now = stamp(now);
        let tx = self.writing().await?;
        let row = cycle::Entity::find_by_id(id.as_str())
            .one(&tx)
            .await?
            .ok_or(StoreError::NotFound)?;
        if row.closed_at.is_some() {
            return Ok(());
        }
        let row = cycle::ActiveModel {
            id: Set(row.id),
            closed_at: Set(Some(now)),
            ..Default::default()
        };
        cycle::Entity::update(row).exec(&tx).await?;
        let detail = serde_json::json!({ "cycle": id });
        record(&tx, actor, now, [NewEvent::new(EventKind::CycleClosed).with(detail)]).await?;
        tx.commit().await
    }

    /// Opens a closed cycle again, under its version and with its days; does nothing to an open one. Administrators only.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such cycle.
    pub async fn reopen_cycle(&self, actor: &Actor, id: &CycleId, now: OffsetDateTime) -> Result<()> {
        administrator(actor)?;
        let tx = self.writing().await?;
        let row = cycle::Entity::find_by_id(id.as_str()).one(&tx).await?;
        let row = row.ok_or(StoreError::NotFound)?;
        let Some(closed) = row.closed_at else {
            return Ok(());
        };
        let row = cycle::ActiveModel {
            id: Set(row.id),
            closed_at: Set(None),
            ..Default::default()
        };
        cycle::Entity::update(row).exec(&tx).await?;
        let detail = serde_json::json!({ "cycle": id, "closed": day::instant(closed) });
        let event = NewEvent::new(EventKind::CycleReopened).with(detail);
        record(&tx, actor, stamp(now), [event]).await?;
        tx.commit().await
    }
}

impl TryFrom<cycle::Model> for Cycle {
    type Error = StoreError;
    fn try_from(row: cycle::Model) -> Result<Self> {
        Ok(Cycle {
            id: convert::cycle(row.id)?,
            version: convert::version(row.version)?,
            open: row.closed_at.is_none(),
            opened_at: row.opened_at,
            closed_at: row.closed_at,
        })
    }
}
