//! Finalised assessments from files: all of them or none.

use super::{
    Exchanged, ImportOutcome, Incomplete,
    imports::note,
    plan::{Plan, Planned},
};
use crate::{
    Store,
    convert::stamp,
    detail::detail,
    error::{Result, StoreError},
    event::{EventKind, NewEvent, Who, record},
    names,
    part::{CriterionRecord, Key},
    rows::{CHUNK, assessment, cycle, practice, reading},
    scope::administrator,
    transaction::Transaction,
};
use framework::{
    actor::Actor,
    assessment::{Agreement, Answer, Entry, Review},
    identify::Kinds,
    ids::{CriterionId, CycleId, PracticeSlug},
    library::Library,
    lifecycle::Status,
    naming::{same_name_key, tidy},
    reviewers::Seat,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// The file that an import comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportFile {
    /// Its name.
    pub name: String,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// Words that seem to identify somebody and are kept all the same: kinds and numbers, never the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedDetail {
    /// The Practice.
    pub practice: PracticeSlug,
    /// The cycle.
    pub cycle: CycleId,
    /// The criterion on which they are.
    pub criterion: CriterionId,
    /// How many of which kind.
    pub kinds: Kinds,
}

/// How an import is taken in.
#[derive(Clone, Debug, Default)]
pub struct Intake {
    /// Where it comes from: only what comes from a file is recorded and can be taken back.
    pub file: Option<ImportFile>,
    /// Are assessments taken in which criteria are missing?
    pub allow_incomplete: bool,
    /// What is kept of words that seem to identify somebody; it goes into the history.
    pub kept: Vec<ImportedDetail>,
}

impl Store {
    /// Takes finalised assessments that come from no file, complete or not. See [`Store::take_in`].
    ///
    /// # Errors
    /// As of [`Store::take_in`] and [`Store::would_take_in`].
    pub async fn import(
        &self,
        actor: &Actor,
        given: Vec<Exchanged>,
        dry_run: bool,
        now: OffsetDateTime,
    ) -> Result<ImportOutcome> {
        if dry_run {
            return self.would_take_in(actor, given).await;
        }
        let intake = Intake {
            allow_incomplete: true,
            ..Intake::default()
        };
        self.take_in(actor, given, &intake, now).await
    }

    /// Says what [`Store::take_in`] would do, and writes nothing. Administrators only.
    ///
    /// # Errors
    /// As of [`Store::take_in`], but for what is missing: that is in the answer.
    pub async fn would_take_in(&self, actor: &Actor, given: Vec<Exchanged>) -> Result<ImportOutcome> {
        administrator(actor)?;
        let tx = self.reading().await?;
        let plan = self.plan(&tx, given).await?;
        tx.commit().await?;
        Ok(plan.outcome(&self.library))
    }

    /// Takes finalised assessments from files: all or none, in one transaction. Administrators only. What is there
    /// already, word for word, is left as it is, so that importing twice does no more than importing once.
    ///
    /// # Errors
    /// [`StoreError::Refused`] with every assessment that cannot be taken, one a line: the file contradicts itself or
    /// the framework, another assessment stands in its place, or criteria are missing and that is not allowed.
    /// [`StoreError::NotFound`] for anybody else.
    pub async fn take_in(
        &self,
        actor: &Actor,
        given: Vec<Exchanged>,
        intake: &Intake,
        now: OffsetDateTime,
    ) -> Result<ImportOutcome> {
        administrator(actor)?;
        let now = stamp(now);
        let tx = self.writing().await?;
        let plan = self.plan(&tx, given).await?;
        let mut outcome = plan.outcome(&self.library);
        if !intake.allow_incomplete && !outcome.incomplete.is_empty() {
            let lines: Vec<String> = outcome.incomplete.iter().map(|one| format!("{one}.")).collect();
            return Err(StoreError::Refused(lines.join("\n")));
        }
        let added: Vec<Uuid> = plan.assessments.iter().map(|planned| planned.id).collect();
        let written = carry_out(&tx, plan, &self.library, &Who::from(actor), intake, now).await;
        outcome.recorded = written.map_err(meanwhile)?;
        for chunk in added.chunks(CHUNK) {
            let these = Condition::all().add(assessment::Column::Id.is_in(chunk.iter().copied()));
            self.store_sheets(&tx, these).await?;
        }
        tx.commit().await?;
        Ok(outcome)
    }
}

impl Plan {
    fn outcome(&self, library: &Library) -> ImportOutcome {
        let added = self.assessments.iter().map(|planned| &planned.given);
        ImportOutcome {
            practices_added: self.practices.iter().map(|(_, info)| info.name.clone()).collect(),
            cycles_added: self.cycles.keys().cloned().collect(),
            assessments_added: added
                .map(|one| (one.practice.slug.clone(), one.cycle.clone()))
                .collect(),
            unchanged: self.unchanged.clone(),
            incomplete: self
                .assessments
                .iter()
                .filter_map(|one| one.incomplete(library))
                .collect(),
            recorded: None,
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

async fn carry_out(
    tx: &Transaction,
    plan: Plan,
    library: &Library,
    who: &Who,
    intake: &Intake,
    now: OffsetDateTime,
) -> Result<Option<Uuid>> {
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
    let import = note(tx, &plan, library, who, intake, now).await?;
    finalise(tx, plan.assessments.iter().map(|planned| planned.id).collect()).await?;
    let practices = plan
        .practices
        .iter()
        .map(|(id, _)| NewEvent::new(EventKind::PracticeAdded).of(*id));
    let assessments = plan.assessments.iter().map(|planned| planned.event(import));
    let kept = intake.kept.iter().filter_map(|kept| {
        let is_it =
            |planned: &&Planned| planned.given.practice.slug == kept.practice && planned.given.cycle == kept.cycle;
        let planned = plan.assessments.iter().find(is_it)?;
        let event = NewEvent::new(EventKind::DetailKept).at(planned.practice, planned.id);
        Some(event.on(&kept.criterion).with(detail(&kept.kinds)))
    });
    record(tx, who.clone(), now, practices.chain(assessments).chain(kept)).await?;
    Ok(import)
}

impl Planned {
    fn incomplete(&self, library: &Library) -> Option<Incomplete> {
        let framework = library.version(&self.given.version)?;
        let missing = self.given.missing(framework);
        (!missing.is_empty()).then(|| Incomplete {
            practice: self.given.practice.slug.clone(),
            cycle: self.given.cycle.clone(),
            missing,
            criteria: framework.criteria.len(),
        })
    }

    fn event(&self, import: Option<Uuid>) -> NewEvent {
        let event = NewEvent::new(EventKind::Imported).at(self.practice, self.id);
        match import {
            None => event,
            Some(id) => event.with(serde_json::json!({ "import": id, "cycle": self.given.cycle })),
        }
    }

    fn key(&self, criterion: &CriterionId, place: Option<Seat>) -> Key {
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

/// Returns the rows of one part, for what is said at all.
fn rows<T: CriterionRecord>(plan: &Plan, who: &Who, now: OffsetDateTime, part: fn(&Entry) -> &T) -> Vec<T::Row> {
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

/// Returns the rows of what each of two reviewers said.
fn readings(plan: &Plan, who: &Who, now: OffsetDateTime) -> Vec<reading::ActiveModel> {
    let mut rows = Vec::new();
    for planned in &plan.assessments {
        for (criterion, entry) in &planned.given.entries {
            for (place, value) in Seat::ALL.into_iter().zip(&entry.readings) {
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
