//! What happened to an assessment, and what waits for National Pause.

use crate::{
    EventKind, Store,
    convert::{self, bad},
    error::{Result, StoreError},
    practices::by_name,
    rows::{assessment, event, person, practice},
    scope::{national, present},
};
use framework::{
    actor::Actor,
    ids::{CriterionId, CycleId, PracticeSlug, VersionId},
    lifecycle::{Status, may_read_review},
    prose::Prose,
    sheet::PracticeInfo,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use time::OffsetDateTime;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: OffsetDateTime,
    /// Who did it, by the name they had then.
    pub who: String,
    /// What.
    pub kind: EventKind,
    /// On which criterion.
    pub criterion: Option<CriterionId>,
    /// From which state.
    pub from: Option<Status>,
    /// To which state.
    pub to: Option<Status>,
    /// Why, in the words of whoever did it.
    pub note: Option<Prose>,
}

/// An assessment that National Pause has something to do with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueItem {
    /// The Practice.
    pub practice: PracticeInfo,
    /// The cycle.
    pub cycle: CycleId,
    /// The version.
    pub version: VersionId,
    /// Where it stands: submitted, in review, returned or moderated.
    pub status: Status,
    /// Since when.
    pub since: OffsetDateTime,
    /// Who reviews it.
    pub reviewer: Option<String>,
}

impl Store {
    /// What happened to an assessment, oldest first: who, when and on which criterion, never what was said. Work on the
    /// review shows to those who may read the review.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the actor may not read the assessment.
    pub async fn history(&self, actor: &Actor, practice: &PracticeSlug, cycle: &CycleId) -> Result<Vec<Event>> {
        let place = self.place(&self.db, actor, practice, cycle).await?;
        let mut query = event::Entity::find().filter(event::Column::AssessmentId.eq(place.row.id));
        if !may_read_review(place.status, place.standing) {
            let review = [EventKind::Reviewed, EventKind::Agreed].map(EventKind::code);
            query = query.filter(event::Column::Kind.is_not_in(review));
        }
        let rows = query
            .order_by_asc(event::Column::At)
            .order_by_asc(event::Column::Id)
            .all(&self.db)
            .await?;
        rows.into_iter().map(Event::try_from).collect()
    }

    /// The assessments that are submitted, in review, returned or moderated, longest waiting first. For National
    /// Pause; without the Practices the actor belongs to.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for anybody else.
    pub async fn queue(&self, actor: &Actor) -> Result<Vec<QueueItem>> {
        national(actor)?;
        let waiting = [Status::Submitted, Status::InReview, Status::Returned, Status::Moderated].map(Status::code);
        let rows = assessment::Entity::find()
            .find_also_related(practice::Entity)
            .find_also_related(person::Entity)
            .filter(assessment::Column::Status.is_in(waiting))
            .filter(assessment::Column::PracticeId.is_not_in(actor.memberships.iter().map(|own| own.practice.0)))
            .all(&self.db)
            .await?;
        let mut items: Vec<QueueItem> = rows.into_iter().map(QueueItem::try_from).collect::<Result<_>>()?;
        items.sort_by_cached_key(|item| (item.since, by_name(&item.practice), item.cycle.clone()));
        Ok(items)
    }
}

impl TryFrom<event::Model> for Event {
    type Error = StoreError;
    fn try_from(row: event::Model) -> Result<Self> {
        let status = |code: Option<String>| code.map(|code| convert::status(&code)).transpose();
        Ok(Event {
            at: row.at,
            who: row.who,
            kind: EventKind::from_code(&row.kind).ok_or_else(|| bad(format!("no event “{}”", row.kind)))?,
            criterion: row.criterion.map(convert::criterion).transpose()?,
            from: status(row.status_from)?,
            to: status(row.status_to)?,
            note: convert::prose(row.note)?,
        })
    }
}

type Waiting = (assessment::Model, Option<practice::Model>, Option<person::Model>);

impl TryFrom<Waiting> for QueueItem {
    type Error = StoreError;
    fn try_from((row, practice, reviewer): Waiting) -> Result<Self> {
        Ok(QueueItem {
            practice: present(practice, "an assessment's Practice")?.try_into()?,
            cycle: convert::cycle(row.cycle)?,
            version: convert::version(row.version)?,
            status: convert::status(&row.status)?,
            since: row.status_since,
            reviewer: reviewer.map(|person| person.name),
        })
    }
}
