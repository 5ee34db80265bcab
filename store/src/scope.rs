//! Where every finder starts: from what the actor may see. All that is out of sight is [`StoreError::NotFound`].

use crate::{
    Practice, Store,
    convert::{self, bad},
    error::{Result, StoreError},
    load::Visibility,
    reviewers::reviewers_of,
    rows::{assessment, practice},
};
use framework::{
    actor::{Actor, PracticeId, Standing},
    criteria::Framework,
    ids::{CycleId, PracticeSlug, VersionId},
    library::Altered,
    lifecycle::{Status, may_read, may_read_review},
    reviewers::{self, Reviewers},
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::sync::Arc;

/// Lets only a national administrator pass.
pub(crate) fn administrator(actor: &Actor) -> Result<()> {
    if actor.is_administrator() {
        Ok(())
    } else {
        Err(StoreError::NotFound)
    }
}

/// Lets only National Pause pass.
pub(crate) fn national(actor: &Actor) -> Result<()> {
    if actor.is_national() {
        Ok(())
    } else {
        Err(StoreError::NotFound)
    }
}

/// The Practices an actor may see, as a condition on `column`.
pub(crate) fn visible(actor: &Actor, column: impl ColumnTrait) -> Condition {
    let all = Condition::all();
    if actor.is_national() {
        return all;
    }
    all.add(column.is_in(actor.memberships.iter().map(|member| member.practice.0)))
}

/// Returns the Practices an actor belongs to, as a condition on `column`.
pub(crate) fn own(actor: &Actor, column: impl ColumnTrait) -> Condition {
    Condition::all().add(column.is_in(actor.memberships.iter().map(|member| member.practice.0)))
}

/// A Practice the actor may see, and what the actor is to it.
pub(crate) async fn practice(
    db: &impl ConnectionTrait,
    actor: &Actor,
    slug: &PracticeSlug,
) -> Result<(Practice, Standing)> {
    let row = practice::Entity::find()
        .filter(practice::Column::Slug.eq(slug.as_str()))
        .one(db)
        .await?
        .ok_or(StoreError::NotFound)?;
    let practice = Practice::try_from(row)?;
    match actor.standing(practice.id) {
        Standing::Stranger => Err(StoreError::NotFound),
        standing => Ok((practice, standing)),
    }
}

/// An assessment the actor may read.
#[derive(Clone, Debug)]
pub(crate) struct AccessibleAssessment {
    pub(crate) standing: Standing,
    pub(crate) row: assessment::Model,
    pub(crate) cycle: CycleId,
    pub(crate) status: Status,
    pub(crate) framework: Arc<Framework>,
    pub(crate) reviewers: Reviewers,
}

/// How an assessment's row is held until the transaction ends. SQLite holds the whole database anyhow.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Lock {
    /// It may not change.
    Shared,
    /// Nobody else may hold it.
    Exclusive,
}

impl AccessibleAssessment {
    /// Reads a row; [`StoreError::NotFound`] when the actor may not read the assessment.
    pub(crate) fn read(
        store: &Store,
        standing: Standing,
        row: assessment::Model,
        reviewers: Reviewers,
    ) -> Result<AccessibleAssessment> {
        let status = convert::status(&row.status)?;
        if !may_read(status, standing) {
            return Err(StoreError::NotFound);
        }
        let version = convert::version(row.version.clone())?;
        Ok(AccessibleAssessment {
            standing,
            cycle: convert::cycle(row.cycle.clone())?,
            status,
            framework: store.framework(&version)?.clone(),
            reviewers,
            row,
        })
    }

    /// Returns what an actor may read of the reviewers' side.
    pub(crate) fn sight(&self, actor: &Actor) -> Visibility {
        Visibility {
            review: may_read_review(self.status, self.standing),
            readings: reviewers::Seat::ALL.map(|place| self.reviewers.shows(actor.person, place)),
        }
    }
}

impl Store {
    /// Returns a version that rows name.
    pub(crate) fn framework(&self, version: &VersionId) -> Result<&Arc<Framework>> {
        let missing = || {
            StoreError::VersionChanged(vec![Altered::Missing {
                version: version.clone(),
            }])
        };
        self.library.version(version).ok_or_else(missing)
    }

    /// Returns the latest edition of an assessment, which the actor must be able to read, held until the transaction ends.
    pub(crate) async fn lock_assessment(
        &self,
        tx: &impl ConnectionTrait,
        actor: &Actor,
        slug: &PracticeSlug,
        cycle: &CycleId,
        hold: Lock,
    ) -> Result<AccessibleAssessment> {
        let (practice, standing) = practice(tx, actor, slug).await?;
        let query = in_cycle(&practice, cycle);
        let query = match hold {
            Lock::Shared => query.lock_shared(),
            Lock::Exclusive => query.lock_exclusive(),
        };
        let row = query.one(tx).await?.ok_or(StoreError::NotFound)?;
        let reviewers = reviewers_of(tx, row.id).await?;
        AccessibleAssessment::read(self, standing, row, reviewers)
    }

    /// Returns the latest edition of an assessment that the actor may read.
    pub(crate) async fn accessible_assessment(
        &self,
        db: &impl ConnectionTrait,
        actor: &Actor,
        slug: &PracticeSlug,
        cycle: &CycleId,
    ) -> Result<AccessibleAssessment> {
        let (practice, standing) = practice(db, actor, slug).await?;
        let rows = in_cycle(&practice, cycle).all(db).await?;
        let row = latest_readable(rows, standing)?;
        let reviewers = reviewers_of(db, row.id).await?;
        AccessibleAssessment::read(self, standing, row, reviewers)
    }
}

/// Returns all editions of an assessment, the latest first.
pub(crate) fn in_cycle(practice: &Practice, cycle: &CycleId) -> sea_orm::Select<assessment::Entity> {
    assessment::Entity::find()
        .filter(assessment::Column::PracticeId.eq(practice.id.0))
        .filter(assessment::Column::Cycle.eq(cycle.as_str()))
        .order_by_desc(assessment::Column::Edition)
}

/// Of an assessment's editions the latest that somebody of this standing may read.
pub(crate) fn latest_readable(
    editions: impl IntoIterator<Item = assessment::Model>,
    standing: Standing,
) -> Result<assessment::Model> {
    let mut readable = vec![];
    for row in editions {
        if may_read(convert::status(&row.status)?, standing) {
            readable.push(row);
        }
    }
    readable
        .into_iter()
        .max_by_key(|row| row.edition)
        .ok_or(StoreError::NotFound)
}

impl TryFrom<practice::Model> for Practice {
    type Error = StoreError;
    fn try_from(row: practice::Model) -> Result<Self> {
        Ok(Practice {
            id: PracticeId(row.id),
            closed_on: row.closed_on,
            info: row.try_into()?,
        })
    }
}

/// Returns the row that something else names must be there.
pub(crate) fn present<T>(row: Option<T>, what: &str) -> Result<T> {
    row.ok_or_else(|| bad(format!("{what} is missing")))
}
