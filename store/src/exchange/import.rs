//! Finalised assessments from files: all of them or none.

use super::{
    Exchanged, ImportOutcome,
    plan::{Plan, Planned},
};
use crate::{
    Store,
    convert::stamp,
    error::{Result, StoreError},
    event::{EventKind, Happening, Who, record},
    names,
    part::{Key, Part},
    rows::{CHUNK, assessment, cycle, practice, reading},
    scope::administrator,
};
use framework::{
    actor::Actor,
    assessment::{Agreement, Answer, Entry, Review},
    ids::CriterionId,
    lifecycle::Status,
    naming::{same_name_key, tidy},
    reviewers::Place,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;

impl Store {
    /// Takes finalised assessments from files: all or none, in one transaction. Administrators only. What is there
    /// already, word for word, is left as it is, so that importing twice does no more than importing once. A dry run
    /// refuses what a run would refuse and writes nothing.
    ///
    /// # Errors
    /// [`StoreError::Refused`] with every assessment that cannot be taken, one a line: the file contradicts itself or
    /// the framework, or another assessment stands in its place. [`StoreError::NotFound`] for anybody else.
    pub async fn import(
        &self,
        actor: &Actor,
        given: Vec<Exchanged>,
        dry_run: bool,
        now: OffsetDateTime,
    ) -> Result<ImportOutcome> {
        administrator(actor)?;
        let now = stamp(now);
        let tx = self.writing().await?;
        let plan = self.plan(&tx, given).await?;
        let outcome = plan.outcome();
        if !dry_run {
            let added: Vec<Uuid> = plan.assessments.iter().map(|planned| planned.id).collect();
            carry_out(&tx, plan, &Who::from(actor), now).await.map_err(meanwhile)?;
            for chunk in added.chunks(CHUNK) {
                let these = Condition::all().add(assessment::Column::Id.is_in(chunk.iter().copied()));
                self.keep_sheets(&tx, these).await?;
            }
            tx.commit().await?;
        }
        Ok(outcome)
    }
}

impl Plan {
    fn outcome(&self) -> ImportOutcome {
        let added = self.assessments.iter().map(|planned| &planned.given);
        ImportOutcome {
            practices_added: self.practices.iter().map(|(_, info)| info.name.clone()).collect(),
            cycles_added: self.cycles.keys().cloned().collect(),
            assessments_added: added
                .map(|one| (one.practice.slug.clone(), one.cycle.clone()))
                .collect(),
            unchanged: self.unchanged.clone(),
        }
    }
}

/// Where somebody else wrote at the same time.
pub(super) fn meanwhile(error: StoreError) -> StoreError {
    match error {
        StoreError::Db(error) => StoreError::taken(error, || {
            "Somebody else has just added some of what is in the file. Import again.".to_owned()
        }),
        other => other,
    }
}

async fn carry_out(tx: &impl ConnectionTrait, plan: Plan, who: &Who, now: OffsetDateTime) -> Result<()> {
    let mut regions = BTreeMap::new();
    for (_, info) in &plan.practices {
        if !regions.contains_key(&info.region) {
            regions.insert(info.region.clone(), names::region(tx, &info.region).await?);
        }
    }
    let practices = plan.practices.iter().map(|(id, info)| practice::ActiveModel {
        id: Set(*id),
        slug: Set(info.slug.to_string()),
        name_key: Set(Some(same_name_key(&info.name))),
        name: Set(tidy(&info.name)),
        region: Set(regions.get(&info.region).cloned().unwrap_or_default()),
        created_at: Set(now),
        closed_on: Set(None),
    });
    insert(tx, practices.collect()).await?;
    let cycles = plan.cycles.iter().map(|(id, version)| cycle::ActiveModel {
        id: Set(id.to_string()),
        version: Set(version.to_string()),
        opened_at: Set(now),
        closed_at: Set(Some(now)),
    });
    insert(tx, cycles.collect()).await?;
    // not finalised yet: nothing could be said in them
    insert(tx, plan.assessments.iter().map(|planned| planned.row(now)).collect()).await?;
    insert(tx, rows::<Answer>(&plan, who, now, |entry| &entry.answer)).await?;
    insert(tx, rows::<Review>(&plan, who, now, |entry| &entry.review)).await?;
    insert(tx, readings(&plan, who, now)).await?;
    insert(tx, rows::<Agreement>(&plan, who, now, |entry| &entry.agreement)).await?;
    finalise(tx, plan.assessments.iter().map(|planned| planned.id).collect()).await?;
    let practices = plan
        .practices
        .iter()
        .map(|(id, _)| Happening::new(EventKind::PracticeAdded).of(*id));
    let assessments = plan
        .assessments
        .iter()
        .map(|planned| Happening::new(EventKind::Imported).at(planned.practice, planned.id));
    record(tx, who.clone(), now, practices.chain(assessments)).await
}

impl Planned {
    fn key(&self, criterion: &CriterionId, place: Option<Place>) -> Key {
        Key {
            id: Uuid::now_v7(),
            practice: self.practice,
            assessment: self.id,
            criterion: criterion.clone(),
            place,
            revision: 1,
        }
    }

    fn row(&self, now: OffsetDateTime) -> assessment::ActiveModel {
        assessment::ActiveModel {
            id: Set(self.id),
            practice_id: Set(self.practice),
            cycle: Set(self.given.cycle.to_string()),
            version: Set(self.given.version.to_string()),
            status: Set(Status::Moderated.code().to_owned()),
            imported: Set(true),
            created_at: Set(now),
            status_since: Set(now),
            submitted_at: Set(None),
            edition: Set(1),
        }
    }
}

/// The rows of one part, for what is said at all.
fn rows<T: Part>(plan: &Plan, who: &Who, now: OffsetDateTime, part: fn(&Entry) -> &T) -> Vec<T::Row> {
    let mut rows = Vec::new();
    for planned in &plan.assessments {
        for (criterion, entry) in &planned.given.entries {
            let value = part(entry);
            if *value != T::default() {
                rows.push(value.row(&planned.key(criterion, None), who, now));
            }
        }
    }
    rows
}

/// The rows of what each of two reviewers said.
fn readings(plan: &Plan, who: &Who, now: OffsetDateTime) -> Vec<reading::ActiveModel> {
    let mut rows = Vec::new();
    for planned in &plan.assessments {
        for (criterion, entry) in &planned.given.entries {
            for (place, value) in Place::ALL.into_iter().zip(&entry.readings) {
                rows.push(value.row(&planned.key(criterion, Some(place)), who, now));
            }
        }
    }
    rows
}

/// Adds rows, however many.
pub(super) async fn insert<A>(tx: &impl ConnectionTrait, rows: Vec<A>) -> Result<()>
where
    A: ActiveModelTrait + Send,
{
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let chunk: Vec<A> = rows.by_ref().take(CHUNK).collect();
        A::Entity::insert_many(chunk).exec_without_returning(tx).await?;
    }
    Ok(())
}

async fn finalise(tx: &impl ConnectionTrait, ids: Vec<Uuid>) -> Result<()> {
    for chunk in ids.chunks(CHUNK) {
        let change = assessment::ActiveModel {
            status: Set(Status::Finalised.code().to_owned()),
            ..Default::default()
        };
        let query = assessment::Entity::update_many()
            .set(change)
            .filter(assessment::Column::Id.is_in(chunk.iter().copied()));
        query.exec(tx).await?;
    }
    Ok(())
}
