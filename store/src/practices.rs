//! Practices.

use crate::{
    Store,
    convert::stamp,
    error::{Result, StoreError},
    event::{EventKind, Happening, record},
    rows::practice,
    scope::{self, administrator, visible},
};
use framework::{
    actor::{Actor, PracticeId},
    ids::PracticeSlug,
    name::{Name, NotTaken},
    network::by_name,
    sheet::PracticeInfo,
};
use sea_orm::{ActiveValue::Set, EntityTrait, QueryFilter};
use time::OffsetDateTime;
use uuid::Uuid;

/// A Practice and its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Practice {
    /// Its key, from which an actor's standing is told.
    pub id: PracticeId,
    /// How it is shown.
    pub info: PracticeInfo,
}

impl Store {
    /// The Practices the actor may see, by name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn practices(&self, actor: &Actor) -> Result<Vec<Practice>> {
        let rows = practice::Entity::find()
            .filter(visible(actor, practice::Column::Id))
            .all(&self.db)
            .await?;
        let mut practices: Vec<Practice> = rows.into_iter().map(Practice::try_from).collect::<Result<_>>()?;
        // here, not there: databases order text each in their own way
        practices.sort_by_cached_key(|practice| by_name(&practice.info));
        Ok(practices)
    }

    /// A Practice the actor may see.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none, or not for this actor.
    pub async fn practice(&self, actor: &Actor, slug: &PracticeSlug) -> Result<Practice> {
        Ok(scope::practice(&self.db, actor, slug).await?.0)
    }

    /// Adds a Practice. Administrators only.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when the short name is used, [`StoreError::Refused`] when the name is empty or it
    /// or the region is none ([`Name`]).
    pub async fn add_practice(
        &self,
        actor: &Actor,
        slug: &PracticeSlug,
        name: &str,
        region: &str,
        now: OffsetDateTime,
    ) -> Result<PracticeId> {
        administrator(actor)?;
        let now = stamp(now);
        let (name, region) = names(name, region)?;
        let id = Uuid::now_v7();
        let row = practice::ActiveModel {
            id: Set(id),
            slug: Set(slug.to_string()),
            name: Set(name),
            region: Set(region),
            created_at: Set(now),
        };
        let tx = self.writing().await?;
        let taken = || format!("There is a Practice with the short name “{slug}” already. Choose another.");
        practice::Entity::insert(row)
            .exec_without_returning(&tx)
            .await
            .map_err(|error| StoreError::taken(error, taken))?;
        record(&tx, actor, now, [Happening::new(EventKind::PracticeAdded).of(id)]).await?;
        tx.commit().await?;
        Ok(PracticeId(id))
    }
}

/// A Practice's name and its region, which may be left out.
fn names(name: &str, region: &str) -> Result<(String, String)> {
    let name = Name::read(name).map_err(|wrong| {
        StoreError::Refused(match wrong {
            NotTaken::Empty => "Enter the Practice's name.".to_owned(),
            wrong => format!("This name cannot be used: {wrong}."),
        })
    })?;
    let region = Name::read_optional(region)
        .map_err(|wrong| StoreError::Refused(format!("This region cannot be used: {wrong}.")))?;
    Ok((name.into(), region.map(String::from).unwrap_or_default()))
}
