//! Making the reports that wait to be kept: whoever makes one takes it on a lease, so that two do not make the same, and
//! says how far it is. Where the maker stops in between, the lease runs out and somebody else begins anew.

use crate::{
    Store,
    convert::{bad, stamp},
    error::Result,
    report_archive::{ArchivedDocument, FAILED, FINISHED, ReportOf, WAITING, WORKING, report_of},
    rows::{kept_document, kept_report, practice},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{LockBehavior, LockType},
};
use time::OffsetDateTime;
use uuid::Uuid;

/// What was begun so often and never ended is given up: it may be what ends the program.
const TRIES: i16 = 3;

/// A report to make now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportJob {
    /// Its key.
    pub id: Uuid,
    /// Whose it is.
    pub of: ReportOf,
    /// Of a Practice's assessment the edition.
    pub edition: Option<i32>,
    /// Which try this is.
    turn: i16,
}

impl Store {
    /// Takes the report that has waited longest, on a lease until `until`; none where nothing is to be made.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    pub async fn claim_report(&self, now: OffsetDateTime, until: OffsetDateTime) -> Result<Option<ReportJob>> {
        let now = stamp(now);
        let tx = self.writing().await?;
        let mut job = None;
        while let Some((row, practice)) = next(&tx, now).await? {
            let turn = row.tries + 1;
            let change = match turn {
                ..=TRIES => begun(turn, until),
                _ => ended(FAILED, now),
            };
            let query = kept_report::Entity::update_many().set(change);
            query.filter(kept_report::Column::Id.eq(row.id)).exec(&tx).await?;
            if turn <= TRIES {
                job = Some(ReportJob {
                    id: row.id,
                    of: report_of(&row, practice.as_ref())?,
                    edition: row.edition,
                    turn,
                });
                break;
            }
            tracing::error!(report = %row.id, "a report was begun {TRIES} times and never ended: given up");
        }
        tx.commit().await?;
        Ok(job)
    }

    /// So many steps are behind, and the lease runs until `until`. Is the report still this maker's?
    ///
    /// # Errors
    /// When the database fails.
    pub async fn renew_report_lease(&self, job: &ReportJob, done: u16, until: OffsetDateTime) -> Result<bool> {
        let change = kept_report::ActiveModel {
            done: Set(i16::try_from(done).map_err(bad)?),
            leased_until: Set(Some(stamp(until))),
            ..Default::default()
        };
        change_own(&self.db, job, change).await
    }

    /// The report is made: these are its files, which are kept already. From now on it never changes. Was it still this
    /// maker's? If not, nothing is written.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn finish_report(
        &self,
        job: &ReportJob,
        documents: &[ArchivedDocument],
        now: OffsetDateTime,
    ) -> Result<bool> {
        let tx = self.writing().await?;
        let held = kept_report::Entity::find().filter(own(job)).lock_exclusive();
        if held.one(&tx).await?.is_none() {
            return Ok(false);
        }
        let mut rows = Vec::with_capacity(documents.len());
        for document in documents {
            rows.push(kept_document::ActiveModel {
                report_id: Set(job.id),
                format: Set(document.format.clone()),
                sha256: Set(document.hash.as_str().to_owned()),
                size: Set(i64::try_from(document.size).map_err(bad)?),
            });
        }
        kept_document::Entity::insert_many(rows)
            .exec_without_returning(&tx)
            .await?;
        // last: from here on nothing can be added
        let finished = change_own(&tx, job, ended(FINISHED, stamp(now))).await?;
        tx.commit().await?;
        Ok(finished)
    }

    /// The report could not be made.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn fail_report(&self, job: &ReportJob, now: OffsetDateTime) -> Result<()> {
        change_own(&self.db, job, ended(FAILED, stamp(now))).await.map(drop)
    }
}

/// Returns the next report that nobody works on, and its Practice's short name; held until the transaction ends.
async fn next(tx: &impl ConnectionTrait, now: OffsetDateTime) -> Result<Option<(kept_report::Model, Option<String>)>> {
    let left = Condition::all()
        .add(kept_report::Column::State.eq(WORKING))
        .add(kept_report::Column::LeasedUntil.lte(now));
    let row = kept_report::Entity::find()
        .filter(Condition::any().add(kept_report::Column::State.eq(WAITING)).add(left))
        .order_by_asc(kept_report::Column::AskedAt)
        .order_by_asc(kept_report::Column::Id)
        .limit(1)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .one(tx)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let slug = match row.practice_id {
        Some(id) => practice::Entity::find_by_id(id).one(tx).await?.map(|row| row.slug),
        None => None,
    };
    Ok(Some((row, slug)))
}

fn begun(turn: i16, until: OffsetDateTime) -> kept_report::ActiveModel {
    kept_report::ActiveModel {
        state: Set(WORKING.to_owned()),
        done: Set(0),
        tries: Set(turn),
        leased_until: Set(Some(stamp(until))),
        ..Default::default()
    }
}

fn ended(state: &str, now: OffsetDateTime) -> kept_report::ActiveModel {
    kept_report::ActiveModel {
        state: Set(state.to_owned()),
        leased_until: Set(None),
        ended_at: Set(Some(now)),
        ..Default::default()
    }
}

/// Returns the report while nobody else has begun it anew.
fn own(job: &ReportJob) -> Condition {
    Condition::all()
        .add(kept_report::Column::Id.eq(job.id))
        .add(kept_report::Column::State.eq(WORKING))
        .add(kept_report::Column::Tries.eq(job.turn))
}

async fn change_own(db: &impl ConnectionTrait, job: &ReportJob, change: kept_report::ActiveModel) -> Result<bool> {
    let query = kept_report::Entity::update_many().set(change).filter(own(job));
    Ok(query.exec(db).await?.rows_affected > 0)
}
