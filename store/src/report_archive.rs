//! Reports that are made once and kept: asking for one, and what is kept. `keeping.rs` is for whoever makes them.

use crate::{
    Practice, Store,
    convert::{self, bad, stamp},
    error::{Result, StoreError},
    rows::{assessment, cycle, kept_document, kept_report, practice},
    scope::{self, administrator, in_cycle, national, present},
};
use framework::{
    actor::{Actor, PersonId},
    evidence::FileHash,
    ids::{CycleId, PracticeSlug},
    lifecycle::{Status, may_read},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
};
use std::{cmp::Reverse, collections::HashMap};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// Whose report it is, and of which cycle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportOf {
    /// The Practice; none for the national report.
    pub practice: Option<PracticeSlug>,
    /// The cycle.
    pub cycle: CycleId,
}

/// A report that is kept, or on the way to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchivedReport {
    /// Its key.
    pub id: Uuid,
    /// Whose it is.
    pub of: ReportOf,
    /// Of a Practice's assessment the edition.
    pub edition: Option<i32>,
    /// When it was asked for.
    pub asked_at: OffsetDateTime,
    /// By whom.
    pub asked_by: String,
    /// How far it is.
    pub state: ArchiveStatus,
}

/// How far a report is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArchiveStatus {
    /// Nobody has begun it yet.
    Waiting,
    /// It is being made; so many steps are behind.
    Working(u16),
    /// It is made, and never changes any more.
    Finished {
        /// When.
        at: OffsetDateTime,
        /// Its files, by format.
        documents: Vec<ArchivedDocument>,
    },
    /// It could not be made.
    Failed,
}

/// A file of an archived report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchivedDocument {
    /// The word for its format, as files end: `pdf`.
    pub format: String,
    /// The hash of its bytes, under which they are kept.
    pub hash: FileHash,
    /// Their number.
    pub size: u64,
}

pub(crate) const WAITING: &str = "waiting";
pub(crate) const WORKING: &str = "working";
pub(crate) const FINISHED: &str = "finished";
pub(crate) const FAILED: &str = "failed";

impl Store {
    /// Asks for a report to be made and kept: National Pause for the national one; for a Practice's, everybody who may
    /// read it. Of a Practice's assessment the edition that is asked for, else the latest finalised one. Where the same
    /// is on the way already, it is that one. Its key.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such cycle or finalised assessment, or not for this actor;
    /// [`StoreError::Enough`] when the person has asked for [`KEPT_REPORTS_A_DAY`] within a day.
    pub async fn queue_report(
        &self,
        actor: &Actor,
        of: &ReportOf,
        edition: Option<i32>,
        now: OffsetDateTime,
    ) -> Result<Uuid> {
        let tx = self.writing().await?;
        let practice = practice_of(&tx, actor, of).await?;
        let edition = match &practice {
            Some(practice) => Some(finalised(&tx, practice, &of.cycle, edition).await?),
            None => cycle(&tx, &of.cycle).await.map(|()| None)?,
        };
        let mut same = rows_of(practice.as_ref(), &of.cycle);
        same = same.add(kept_report::Column::State.is_in([WAITING, WORKING]));
        same = same.add_option(edition.map(|edition| kept_report::Column::Edition.eq(edition)));
        if let Some(row) = kept_report::Entity::find().filter(same).one(&tx).await? {
            return Ok(row.id);
        }
        check_quota(&tx, actor, stamp(now)).await?;
        let id = Uuid::now_v7();
        let row = kept_report::ActiveModel {
            id: Set(id),
            cycle: Set(of.cycle.to_string()),
            practice_id: Set(practice.map(|practice| practice.id.0)),
            edition: Set(edition),
            asked_at: Set(stamp(now)),
            asked_by: Set(actor.person.map(|PersonId(person)| person)),
            asked_who: Set(actor.name.clone()),
            state: Set(WAITING.to_owned()),
            done: Set(0),
            tries: Set(0),
            leased_until: Set(None),
            ended_at: Set(None),
        };
        kept_report::Entity::insert(row).exec_without_returning(&tx).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Returns what is kept of a report and what is on the way, the latest first; for whoever may read it. Two queries at most.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such Practice, or not for this actor.
    pub async fn archived_reports(&self, actor: &Actor, of: &ReportOf) -> Result<Vec<ArchivedReport>> {
        let practice = practice_of(&self.db, actor, of).await?;
        let rows = read(&self.db, rows_of(practice.as_ref(), &of.cycle)).await?;
        let kept = rows.into_iter().map(|row| kept(of.clone(), row));
        kept.collect()
    }

    /// One of them.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none, or not for this actor.
    pub async fn archived_report(&self, actor: &Actor, of: &ReportOf, id: Uuid) -> Result<ArchivedReport> {
        let practice = practice_of(&self.db, actor, of).await?;
        let this = rows_of(practice.as_ref(), &of.cycle).add(kept_report::Column::Id.eq(id));
        let row = read(&self.db, this).await?.pop().ok_or(StoreError::NotFound)?;
        kept(of.clone(), row)
    }

    /// Everything that is kept or on the way, the latest first. Administrators only. Two queries.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for anybody else.
    pub async fn all_archived_reports(&self, actor: &Actor) -> Result<Vec<ArchivedReport>> {
        administrator(actor)?;
        let practices = practice::Entity::find().all(&self.db).await?;
        let practices: HashMap<Uuid, String> = practices.into_iter().map(|row| (row.id, row.slug)).collect();
        let rows = read(&self.db, Condition::all()).await?;
        let whole = rows.into_iter().map(|(row, documents)| {
            let slug = |id| present(practices.get(&id), "an archived report's Practice");
            let of = report_of(&row, row.practice_id.map(slug).transpose()?)?;
            kept(of, (row, documents))
        });
        whole.collect()
    }
}

/// The reports that one person may have made and kept within a day. The command line has no such bound.
pub const ARCHIVED_REPORTS_A_DAY: u64 = 50;

async fn check_quota(db: &impl ConnectionTrait, actor: &Actor, now: OffsetDateTime) -> Result<()> {
    let Some(PersonId(person)) = actor.person else {
        return Ok(());
    };
    let lately = kept_report::Entity::find()
        .filter(kept_report::Column::AskedBy.eq(person))
        .filter(kept_report::Column::AskedAt.gt(now - Duration::DAY));
    if lately.count(db).await? < ARCHIVED_REPORTS_A_DAY {
        return Ok(());
    }
    Err(StoreError::Enough(format!(
        "You have had {ARCHIVED_REPORTS_A_DAY} reports made and kept within a day, which is the most. Take one of those, or come \
         back tomorrow."
    )))
}

/// Returns the Practice whose report it is, if it is one's; for whoever may read what is finalised.
async fn practice_of(db: &impl ConnectionTrait, actor: &Actor, of: &ReportOf) -> Result<Option<Practice>> {
    let Some(slug) = &of.practice else {
        return national(actor).map(|()| None);
    };
    let (practice, standing) = scope::practice(db, actor, slug).await?;
    match may_read(Status::Finalised, standing) {
        true => Ok(Some(practice)),
        false => Err(StoreError::NotFound),
    }
}

/// Returns the latest finalised edition, or the very one that is asked for.
async fn finalised(
    db: &impl ConnectionTrait,
    practice: &Practice,
    cycle: &CycleId,
    edition: Option<i32>,
) -> Result<i32> {
    let query = in_cycle(practice, cycle)
        .filter(assessment::Column::Status.eq(Status::Finalised.code()))
        .filter(Condition::all().add_option(edition.map(|edition| assessment::Column::Edition.eq(edition))));
    let row = query.one(db).await?.ok_or(StoreError::NotFound)?;
    Ok(row.edition)
}

/// There must be such a cycle.
async fn cycle(db: &impl ConnectionTrait, id: &CycleId) -> Result<()> {
    let row = cycle::Entity::find_by_id(id.as_str()).one(db).await?;
    row.map(drop).ok_or(StoreError::NotFound)
}

fn rows_of(practice: Option<&Practice>, cycle: &CycleId) -> Condition {
    let whose = match practice {
        Some(practice) => kept_report::Column::PracticeId.eq(practice.id.0),
        None => kept_report::Column::PracticeId.is_null(),
    };
    Condition::all()
        .add(kept_report::Column::Cycle.eq(cycle.as_str()))
        .add(whose)
}

type Row = (kept_report::Model, Vec<kept_document::Model>);

/// Some reports with their files, the latest first.
async fn read(db: &impl ConnectionTrait, which: Condition) -> Result<Vec<Row>> {
    let query = kept_report::Entity::find()
        .find_with_related(kept_document::Entity)
        .filter(which)
        .order_by_asc(kept_document::Column::Format);
    let mut rows = query.all(db).await?;
    // here, for rows with related ones come by their key
    rows.sort_by_key(|(row, _)| Reverse((row.asked_at, row.id)));
    Ok(rows)
}

/// Returns whose report a row is; `practice` is the short name of its Practice.
pub(crate) fn report_of(row: &kept_report::Model, practice: Option<&String>) -> Result<ReportOf> {
    Ok(ReportOf {
        practice: practice.cloned().map(convert::slug).transpose()?,
        cycle: convert::cycle(row.cycle.clone())?,
    })
}

fn kept(of: ReportOf, (row, documents): Row) -> Result<ArchivedReport> {
    let state = match (row.state.as_str(), row.ended_at) {
        (WAITING, _) => ArchiveStatus::Waiting,
        (WORKING, _) => ArchiveStatus::Working(u16::try_from(row.done).map_err(bad)?),
        (FINISHED, Some(at)) => ArchiveStatus::Finished {
            at,
            documents: documents.into_iter().map(document).collect::<Result<_>>()?,
        },
        (FAILED, _) => ArchiveStatus::Failed,
        (other, _) => return Err(bad(format!("no state of an archived report “{other}”"))),
    };
    Ok(ArchivedReport {
        id: row.id,
        of,
        edition: row.edition,
        asked_at: row.asked_at,
        asked_by: row.asked_who,
        state,
    })
}

fn document(row: kept_document::Model) -> Result<ArchivedDocument> {
    Ok(ArchivedDocument {
        format: row.format,
        hash: FileHash::try_from(row.sha256).map_err(bad)?,
        size: u64::try_from(row.size).map_err(bad)?,
    })
}
