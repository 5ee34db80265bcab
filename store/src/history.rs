//! What happened to an assessment, and what waits for National Pause.

use crate::{
    EventKind, Store,
    convert::{self, bad},
    error::{Result, StoreError},
    load::ids,
    practices::by_name,
    rows::{assessment, event, person, practice},
    scope::{national, own, present},
    threads::{TALKING, Waiting, waiting},
};
use framework::{
    actor::Actor,
    ids::{CriterionId, CycleId, PracticeSlug, VersionId},
    lifecycle::{Status, may_read_review},
    prose::Prose,
    sheet::PracticeInfo,
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};
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
    /// Clarifications that wait, and messages the actor has not been shown yet.
    pub clarifications: Waiting,
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
        let which = Condition::all()
            .add(assessment::Column::Status.is_in(TALKING.map(Status::code)))
            .add(own(actor, assessment::Column::PracticeId).not());
        let tx = self.reading().await?;
        let rows = assessment::Entity::find()
            .find_also_related(practice::Entity)
            .find_also_related(person::Entity)
            .filter(which.clone())
            .all(&tx)
            .await?;
        let mut waiting = waiting(&tx, &ids(which), actor).await?;
        tx.commit().await?;
        let mut items: Vec<QueueItem> = (rows.into_iter())
            .map(|row| {
                let waiting = waiting.remove(&row.0.id).unwrap_or_default();
                item(row, waiting)
            })
            .collect::<Result<_>>()?;
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

type Queued = (assessment::Model, Option<practice::Model>, Option<person::Model>);

fn item((row, practice, reviewer): Queued, clarifications: Waiting) -> Result<QueueItem> {
    Ok(QueueItem {
        practice: present(practice, "an assessment's Practice")?.try_into()?,
        cycle: convert::cycle(row.cycle)?,
        version: convert::version(row.version)?,
        status: convert::status(&row.status)?,
        since: row.status_since,
        reviewer: reviewer.map(|person| person.name),
        clarifications,
    })
}
