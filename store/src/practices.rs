//! Practices.

use crate::{
    Store,
    convert::stamp,
    error::{Result, StoreError},
    event::{EventKind, NewEvent, record},
    names,
    rows::practice,
    scope::{self, administrator, visible},
};
use framework::{
    actor::{Actor, PracticeId},
    day,
    ids::PracticeSlug,
    local,
    network::by_name,
    sheet::PracticeInfo,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// A Practice and its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Practice {
    /// Its key, from which an actor's standing is told.
    pub id: PracticeId,
    /// How it is shown.
    pub info: PracticeInfo,
    /// The day it was closed; nothing while it is open.
    pub closed_on: Option<Date>,
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
    /// [`StoreError::Taken`] when the short name is used, [`StoreError::Refused`] when the name is empty or another
    /// Practice has it.
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
        let name = names::read("Practice", name)?;
        let tx = self.writing().await?;
        let id = Uuid::now_v7();
        let row = practice::ActiveModel {
            id: Set(id),
            slug: Set(slug.to_string()),
            name_key: Set(Some(names::free_key(&tx, &name, None).await?)),
            name: Set(name),
            region: Set(names::region(&tx, region).await?),
            created_at: Set(now),
            closed_on: Set(None),
        };
        let taken = || format!("There is a Practice with the short name “{slug}” already. Choose another.");
        practice::Entity::insert(row)
            .exec_without_returning(&tx)
            .await
            .map_err(|error| StoreError::taken(error, taken))?;
        record(&tx, actor, now, [NewEvent::new(EventKind::PracticeAdded).of(id)]).await?;
        tx.commit().await?;
        Ok(PracticeId(id))
    }

    /// Gives a Practice another name or region; its short name stays. What is shown and reported from then on has the new
    /// name, reports that are kept have the name they were made with. Administrators only.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such Practice; [`StoreError::Refused`] when the name is empty or another
    /// Practice has it.
    pub async fn rename_practice(
        &self,
        actor: &Actor,
        slug: &PracticeSlug,
        name: &str,
        region: &str,
        now: OffsetDateTime,
    ) -> Result<()> {
        administrator(actor)?;
        let name = names::read("Practice", name)?;
        let tx = self.writing().await?;
        let row = find(&tx, slug).await?;
        let region = names::region(&tx, region).await?;
        let mut events = vec![];
        let mut change = practice::ActiveModel::default();
        if name != row.name {
            change.name_key = Set(Some(names::free_key(&tx, &name, Some(row.id)).await?));
            change.name = Set(name.clone());
            events.push((EventKind::PracticeRenamed, row.name, name));
        }
        if region != row.region {
            change.region = Set(region.clone());
            events.push((EventKind::PracticeMoved, row.region, region));
        }
        if events.is_empty() {
            return Ok(());
        }
        update(&tx, row.id, change).await?;
        let events = events.into_iter().map(|(kind, from, to)| {
            let detail = serde_json::json!({ "from": from, "to": to });
            NewEvent::new(kind).of(row.id).with(detail)
        });
        record(&tx, actor, stamp(now), events).await?;
        tx.commit().await
    }

    /// Closes a Practice on a day: nothing is started in it any more and its members only read; what is there stays in all
    /// figures. Administrators only.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such Practice; [`StoreError::Refused`] when it is closed already, or the day
    /// is still to come.
    pub async fn close_practice(
        &self,
        actor: &Actor,
        slug: &PracticeSlug,
        on: Date,
        now: OffsetDateTime,
    ) -> Result<()> {
        administrator(actor)?;
        if on > local::date(now) {
            return Err(StoreError::Refused("The day must be today or earlier.".to_owned()));
        }
        let tx = self.writing().await?;
        let row = find(&tx, slug).await?;
        if let Some(day) = row.closed_on {
            let sentence = format!("{} was closed on {} already.", row.name, day::words(day));
            return Err(StoreError::Refused(sentence));
        }
        let change = practice::ActiveModel {
            closed_on: Set(Some(on)),
            ..Default::default()
        };
        update(&tx, row.id, change).await?;
        let detail = serde_json::json!({ "on": day::iso(on) });
        let event = NewEvent::new(EventKind::PracticeClosed).of(row.id).with(detail);
        record(&tx, actor, stamp(now), [event]).await?;
        tx.commit().await
    }

    /// Opens a closed Practice again, with everything as it was; does nothing to an open one. Administrators only.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such Practice.
    pub async fn reopen_practice(&self, actor: &Actor, slug: &PracticeSlug, now: OffsetDateTime) -> Result<()> {
        administrator(actor)?;
        let tx = self.writing().await?;
        let row = find(&tx, slug).await?;
        if row.closed_on.is_none() {
            return Ok(());
        }
        let change = practice::ActiveModel {
            closed_on: Set(None),
            ..Default::default()
        };
        update(&tx, row.id, change).await?;
        let event = NewEvent::new(EventKind::PracticeReopened).of(row.id);
        record(&tx, actor, stamp(now), [event]).await?;
        tx.commit().await
    }
}

async fn find(db: &impl ConnectionTrait, slug: &PracticeSlug) -> Result<practice::Model> {
    let row = practice::Entity::find().filter(practice::Column::Slug.eq(slug.as_str()));
    row.one(db).await?.ok_or(StoreError::NotFound)
}

async fn update(db: &impl ConnectionTrait, id: Uuid, change: practice::ActiveModel) -> Result<()> {
    let query = practice::Entity::update_many()
        .set(change)
        .filter(practice::Column::Id.eq(id));
    let taken = || "There is a Practice with this name already. Choose another name.".to_owned();
    query.exec(db).await.map_err(|error| StoreError::taken(error, taken))?;
    Ok(())
}
