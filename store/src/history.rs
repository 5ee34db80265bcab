//! What happened to an assessment, and what waits for National Pause.

use crate::{
    EventKind, Store,
    convert::{self, bad},
    error::{Result, StoreError},
    load::ids,
    reviewers::{reviewers_in, reviewers_of},
    rows::{assessment, event, practice},
    scope::{self, in_cycle, national, own, present},
    threads::{TALKING, Waiting, waiting},
};
use framework::{
    actor::{Actor, PersonId},
    ids::{CriterionId, CycleId, PracticeSlug, VersionId},
    lifecycle::{Status, may_read, may_read_review},
    network::by_name,
    prose::Prose,
    reviewers::Phase,
    sheet::PracticeInfo,
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};
use time::OffsetDateTime;
use uuid::Uuid;

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
    /// Which fields changed, by their names in files; never what stands in them.
    pub changed: Vec<String>,
    /// Those of them in which nothing stands any more.
    pub cleared: Vec<String>,
    /// From which state.
    pub from: Option<Status>,
    /// To which state.
    pub to: Option<Status>,
    /// Why, in the words of whoever did it.
    pub note: Option<Prose>,
}

/// What somebody may read of an assessment's editions.
#[derive(Default)]
struct Editions {
    /// Those that may be read.
    readable: Vec<Uuid>,
    /// Those whose review may be read.
    reviewed: Vec<Uuid>,
    /// Those in which two reviewers do not see each other's ratings yet.
    blind: Vec<Uuid>,
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
    /// Who reviews it, in order.
    pub reviewers: Vec<String>,
    /// Does the actor review it?
    pub own: bool,
    /// Clarifications that wait, and messages the actor has not been shown yet.
    pub clarifications: Waiting,
}

impl Store {
    /// Returns what happened to an assessment in all its editions, oldest first: who, when and on which criterion, never what was
    /// said. Work on the review shows to those who may read the review; while ratings are blind, one's own alone.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the actor may not read the assessment.
    pub async fn history(&self, actor: &Actor, practice: &PracticeSlug, cycle: &CycleId) -> Result<Vec<Event>> {
        let Editions {
            readable,
            reviewed,
            blind,
        } = self.editions(actor, practice, cycle).await?;
        let rating = [EventKind::Reviewed, EventKind::ReviewDetailKept].map(EventKind::code);
        let review = rating.into_iter().chain([EventKind::Agreed.code()]);
        let own = actor.person.map(|PersonId(person)| person);
        let sight = Condition::any()
            .add(event::Column::Kind.is_not_in(review))
            .add(event::Column::AssessmentId.is_in(reviewed));
        let sight = Condition::all().add(sight).add(
            Condition::any()
                .add(event::Column::Kind.is_not_in(rating))
                .add(event::Column::AssessmentId.is_not_in(blind))
                .add(event::Column::PersonId.is_in(own)),
        );
        let rows = event::Entity::find()
            .filter(event::Column::AssessmentId.is_in(readable))
            .filter(sight)
            .order_by_asc(event::Column::At)
            .order_by_asc(event::Column::Id)
            .all(&self.db)
            .await?;
        rows.into_iter().map(Event::try_from).collect()
    }

    /// Returns why an assessment came back to its Practice, in the words of whoever last returned it or took it up again.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the actor may not read the assessment.
    pub async fn why_it_is_back(
        &self,
        actor: &Actor,
        practice: &PracticeSlug,
        cycle: &CycleId,
    ) -> Result<Option<Prose>> {
        let Editions { readable, .. } = self.editions(actor, practice, cycle).await?;
        let back = Condition::any()
            .add(event::Column::Kind.eq(EventKind::Reopened.code()))
            .add(event::Column::StatusTo.eq(Status::Returned.code()));
        let row = event::Entity::find()
            .filter(event::Column::AssessmentId.is_in(readable))
            .filter(back)
            .order_by_desc(event::Column::At)
            .order_by_desc(event::Column::Id)
            .one(&self.db)
            .await?;
        convert::prose(row.and_then(|row| row.note))
    }

    /// Returns the editions of an assessment that the actor may read.
    async fn editions(&self, actor: &Actor, practice: &PracticeSlug, cycle: &CycleId) -> Result<Editions> {
        let (practice, standing) = scope::practice(&self.db, actor, practice).await?;
        let mut editions = Editions::default();
        for row in in_cycle(&practice, cycle).all(&self.db).await? {
            let status = convert::status(&row.status)?;
            if may_read(status, standing) {
                editions.readable.push(row.id);
            }
            if may_read_review(status, standing) {
                editions.reviewed.push(row.id);
            }
            if status != Status::Finalised && reviewers_of(&self.db, row.id).await?.phase() == Phase::Blind {
                editions.blind.push(row.id);
            }
        }
        match editions.readable.is_empty() {
            true => Err(StoreError::NotFound),
            false => Ok(editions),
        }
    }

    /// The assessments that are submitted, in review, returned or moderated, longest waiting first. For National
    /// Pause; without the Practices the actor belongs to or has a conflict of interest with.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for anybody else.
    pub async fn queue(&self, actor: &Actor) -> Result<Vec<QueueItem>> {
        national(actor)?;
        let which = Condition::all()
            .add(assessment::Column::Status.is_in(TALKING.map(Status::code)))
            .add(own(actor, assessment::Column::PracticeId).not())
            .add(assessment::Column::PracticeId.is_not_in(actor.conflicts.iter().map(|practice| practice.0)));
        let tx = self.reading().await?;
        let rows = assessment::Entity::find()
            .find_also_related(practice::Entity)
            .filter(which.clone())
            .all(&tx)
            .await?;
        let which = ids(which);
        let mut waiting = waiting(&tx, &which, actor).await?;
        let mut reviewers = reviewers_in(&tx, &which).await?;
        tx.commit().await?;
        let item = |(row, practice): (assessment::Model, Option<practice::Model>)| {
            let reviewers = reviewers.remove(&row.id).unwrap_or_default();
            Ok(QueueItem {
                practice: present(practice, "an assessment's Practice")?.try_into()?,
                clarifications: waiting.remove(&row.id).unwrap_or_default(),
                cycle: convert::cycle(row.cycle)?,
                version: convert::version(row.version)?,
                status: convert::status(&row.status)?,
                since: row.status_since,
                own: reviewers.of(actor.person).is_some(),
                reviewers: reviewers.all().iter().map(|reviewer| reviewer.name.clone()).collect(),
            })
        };
        let mut items: Vec<QueueItem> = rows.into_iter().map(item).collect::<Result<_>>()?;
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
            changed: row
                .detail
                .as_deref()
                .map(|detail| fields(detail, "changed"))
                .unwrap_or_default(),
            cleared: row
                .detail
                .as_deref()
                .map(|detail| fields(detail, "cleared"))
                .unwrap_or_default(),
            from: status(row.status_from)?,
            to: status(row.status_to)?,
            note: convert::prose(row.note)?,
        })
    }
}

/// Returns the fields that an event's particulars name.
fn fields(detail: &str, which: &str) -> Vec<String> {
    let detail: serde_json::Value = serde_json::from_str(detail).unwrap_or_default();
    let names = detail[which].as_array().map(Vec::as_slice).unwrap_or_default();
    names
        .iter()
        .filter_map(|name| Some(name.as_str()?.to_owned()))
        .collect()
}
