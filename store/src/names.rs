//! Names of Practices and regions: how they are kept, and that no two are the same.

use crate::{
    Store,
    error::{Result, StoreError},
    rows::{practice, region},
};
use framework::{
    name::{Name, NotTaken},
    naming::{same_name_key, tidy},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::HashMap;
use uuid::Uuid;

/// Returns a name as it is kept.
///
/// # Errors
/// [`StoreError::Refused`] where it is empty, too long or holds signs that are none; `what` is what it names.
pub(crate) fn read(what: &str, text: &str) -> Result<String> {
    let name = Name::read(&tidy(text)).map_err(|wrong| {
        StoreError::Refused(match wrong {
            NotTaken::Empty => format!("Enter the {what}’s name."),
            wrong => format!("The {what}’s name cannot be used: {wrong}."),
        })
    })?;
    Ok(name.into())
}

/// Returns the key of a Practice's name.
///
/// # Errors
/// [`StoreError::Refused`] where a Practice other than `own` has the same name.
pub(crate) async fn free_key(db: &impl ConnectionTrait, name: &str, own: Option<Uuid>) -> Result<String> {
    let key = same_name_key(name);
    let namesake = practice::Entity::find()
        .filter(practice::Column::NameKey.eq(&key))
        .one(db)
        .await?;
    match namesake.filter(|other| Some(other.id) != own) {
        Some(other) => Err(StoreError::Refused(format!(
            "There is a Practice with this name already: {} ({}). Choose another name.",
            other.name, other.slug
        ))),
        None => Ok(key),
    }
}

/// Returns a region as the list has it, added where it is new; empty for none.
///
/// # Errors
/// [`StoreError::Refused`] where the name cannot be one.
pub(crate) async fn region(db: &impl ConnectionTrait, text: &str) -> Result<String> {
    if tidy(text).is_empty() {
        return Ok(String::new());
    }
    listed(db, &read("region", text)?).await
}

async fn listed(db: &impl ConnectionTrait, name: &str) -> Result<String> {
    if name.is_empty() {
        return Ok(String::new());
    }
    let key = same_name_key(name);
    let known = region::Entity::find()
        .filter(region::Column::NameKey.eq(&key))
        .one(db)
        .await?;
    if let Some(known) = known {
        return Ok(known.name);
    }
    let row = region::ActiveModel {
        name: Set(name.to_owned()),
        name_key: Set(Some(key)),
    };
    region::Entity::insert(row).exec_without_returning(db).await?;
    Ok(name.to_owned())
}

impl Store {
    /// Gives names of earlier releases their keys. Of Practices with the same name the oldest gets it, the others when they are
    /// renamed; regions with the same name become one.
    pub(crate) async fn complete_names(&self) -> Result<()> {
        let waiting = practice::Entity::find().filter(practice::Column::NameKey.is_null());
        let regions = region::Entity::find().filter(region::Column::NameKey.is_null());
        if waiting.clone().count(&self.db).await? + regions.clone().count(&self.db).await? == 0 {
            return Ok(());
        }
        let tx = self.writing().await?;
        let waiting = waiting
            .order_by_asc(practice::Column::CreatedAt)
            .order_by_asc(practice::Column::Id)
            .all(&tx)
            .await?;
        for row in waiting {
            let key = match free_key(&tx, &row.name, None).await {
                Err(StoreError::Refused(_)) => continue,
                key => key?,
            };
            let mut row = row.into_active_model();
            row.name_key = Set(Some(key));
            row.update(&tx).await?;
        }
        let old = regions.order_by_asc(region::Column::Name).all(&tx).await?;
        let unkeyed = region::Entity::delete_many().filter(region::Column::NameKey.is_null());
        unkeyed.exec(&tx).await?;
        for row in old {
            let name = listed(&tx, &tidy(&row.name)).await?;
            move_practices(&tx, &row.name, &name).await?;
        }
        tx.commit().await
    }
}

/// Puts the Practices of one region into another.
pub(crate) async fn move_practices(tx: &impl ConnectionTrait, from: &str, to: &str) -> Result<()> {
    if from == to {
        return Ok(());
    }
    let change = practice::ActiveModel {
        region: Set(to.to_owned()),
        ..Default::default()
    };
    let of_region = practice::Entity::update_many()
        .set(change)
        .filter(practice::Column::Region.eq(from));
    of_region.exec(tx).await?;
    Ok(())
}

/// Returns how many Practices each region has.
pub(crate) async fn practices_by_region(db: &impl ConnectionTrait) -> Result<HashMap<String, usize>> {
    let rows: Vec<String> = practice::Entity::find()
        .select_only()
        .column(practice::Column::Region)
        .into_tuple()
        .all(db)
        .await?;
    let mut counts = HashMap::new();
    for region in rows {
        *counts.entry(region).or_default() += 1;
    }
    Ok(counts)
}
