//! The list of regions, which administrators keep.

use crate::{
    Store,
    convert::stamp,
    error::{Result, StoreError},
    event::{EventKind, NewEvent, record},
    names::{self, move_practices, practices_by_region},
    rows::region,
    scope::administrator,
};
use framework::{
    actor::Actor,
    naming::{folded, same_name_key},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use time::OffsetDateTime;

/// A region of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// Its name.
    pub name: String,
    /// How many Practices are in it.
    pub practices: usize,
}

impl Store {
    /// Returns all regions, by name. Administrators only.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for anybody else.
    pub async fn regions(&self, actor: &Actor) -> Result<Vec<Region>> {
        administrator(actor)?;
        let counts = practices_by_region(&self.db).await?;
        let rows = region::Entity::find().all(&self.db).await?;
        let mut regions: Vec<Region> = rows
            .into_iter()
            .map(|row| Region {
                practices: counts.get(&row.name).copied().unwrap_or_default(),
                name: row.name,
            })
            .collect();
        regions.sort_by_cached_key(|region| folded(&region.name));
        Ok(regions)
    }

    /// Adds a region to the list. Administrators only.
    ///
    /// # Errors
    /// [`StoreError::Refused`] when the name is empty or a region has it already.
    pub async fn add_region(&self, actor: &Actor, name: &str, now: OffsetDateTime) -> Result<String> {
        administrator(actor)?;
        let name = names::read("region", name)?;
        let tx = self.writing().await?;
        free(&tx, &name, None).await?;
        let name = names::region(&tx, &name).await?;
        let detail = serde_json::json!({ "region": name });
        let event = NewEvent::new(EventKind::RegionAdded).with(detail);
        record(&tx, actor, stamp(now), [event]).await?;
        tx.commit().await?;
        Ok(name)
    }

    /// Gives a region another name, in its Practices too. Administrators only.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such region; [`StoreError::Refused`] when the name is empty or another
    /// region has it.
    pub async fn rename_region(&self, actor: &Actor, old: &str, name: &str, now: OffsetDateTime) -> Result<String> {
        administrator(actor)?;
        let name = names::read("region", name)?;
        let tx = self.writing().await?;
        let row = region::Entity::find_by_id(old.to_owned()).one(&tx).await?;
        let row = row.ok_or(StoreError::NotFound)?;
        if row.name == name {
            return Ok(name);
        }
        free(&tx, &name, Some(old)).await?;
        let change = region::ActiveModel {
            name: Set(name.clone()),
            name_key: Set(Some(same_name_key(&name))),
        };
        let query = region::Entity::update_many()
            .set(change)
            .filter(region::Column::Name.eq(old));
        query.exec(&tx).await?;
        move_practices(&tx, old, &name).await?;
        let detail = serde_json::json!({ "from": old, "to": name });
        let event = NewEvent::new(EventKind::RegionRenamed).with(detail);
        record(&tx, actor, stamp(now), [event]).await?;
        tx.commit().await?;
        Ok(name)
    }
}

async fn free(db: &impl ConnectionTrait, name: &str, own: Option<&str>) -> Result<()> {
    let namesake = region::Entity::find()
        .filter(region::Column::NameKey.eq(same_name_key(name)))
        .one(db)
        .await?;
    match namesake.filter(|other| Some(other.name.as_str()) != own) {
        Some(other) => Err(StoreError::Refused(format!(
            "There is a region with this name already: {}.",
            other.name
        ))),
        None => Ok(()),
    }
}
