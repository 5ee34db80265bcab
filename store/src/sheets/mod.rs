//! The ratings of finalised assessments, each kept as one compact document. They never change, so what was read of them once
//! is kept in memory until another one is finalised.

mod document;

use crate::{
    Store, convert,
    criterion_ratings::marks,
    error::Result,
    load::{ids, in_order},
    register::Registers,
    rows::{CHUNK, assessment, cycle, practice, sheet},
    scope::{self, national, present},
};
use framework::{
    actor::Actor,
    explore::Explorer,
    ids::{CycleId, PracticeSlug, VersionId},
    lifecycle::Status,
    network::NetworkFacts,
    rating::Rating,
    sheet::{PracticeInfo, Sheet},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    Statement,
};
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use uuid::Uuid;

/// All finalised assessments of the network, of each cycle the last edition.
#[derive(Clone, Debug)]
pub(crate) struct Finalised {
    pub(crate) explorer: Arc<Explorer>,
    /// What two reviewers gave, by cycle: see [`framework::report::NationalBeside::read_twice`].
    pub(crate) read_twice: Arc<BTreeMap<CycleId, Vec<Vec<[Rating; 2]>>>>,
}

/// What was read last, and how many assessments and Practices there were then: neither is ever changed, and how often one was
/// taken away (with an import that was taken back) or a Practice renamed is counted too.
#[derive(Clone, Debug, Default)]
pub(crate) struct LastRead(Arc<Mutex<Option<Reading>>>);

impl LastRead {
    /// Returns what was read last, if there is nothing new and no Practice was renamed.
    fn unless_grown(&self, counts: Counts) -> Option<Finalised> {
        let last = self.lock();
        let (_, kept) = last.as_ref().filter(|(then, _)| *then == counts)?;
        Some(kept.clone())
    }

    fn lock(&self) -> MutexGuard<'_, Option<Reading>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

type Reading = (Counts, Finalised);

type Counts = (i64, i64, i64);

impl Store {
    /// Returns all finalised assessments of all Practices, for National Pause. One query while nothing was finalised since the
    /// last time, else five.
    ///
    /// # Errors
    /// [`crate::StoreError::NotFound`] for anybody else.
    pub async fn network(&self, actor: &Actor) -> Result<Arc<Explorer>> {
        national(actor)?;
        // one row says so, and a transaction would triple the way to it
        if let Some(kept) = self.last_read.unless_grown(counts(&self.db).await?) {
            return Ok(kept.explorer);
        }
        let tx = self.reading().await?;
        let finalised = self.finalised(&tx).await?;
        tx.commit().await?;
        Ok(finalised.explorer)
    }

    /// Returns the network's movement from cycle to cycle, for whoever may see the Practice: no other Practice can be told from it
    /// where many are in it.
    ///
    /// # Errors
    /// [`crate::StoreError::NotFound`] when there is no such Practice, or not for this actor.
    pub async fn network_for_practice(&self, actor: &Actor, practice: &PracticeSlug) -> Result<Arc<Explorer>> {
        let tx = self.reading().await?;
        scope::practice(&tx, actor, practice).await?;
        let finalised = self.finalised(&tx).await?;
        tx.commit().await?;
        Ok(finalised.explorer)
    }

    /// Writes the documents that are missing: of assessments that were finalised by an earlier release.
    ///
    /// # Errors
    /// When the database fails, or holds a version that is not here.
    pub async fn complete_sheets(&self) -> Result<()> {
        let tx = self.writing().await?;
        let there = sheet::Entity::find().select_only().column(sheet::Column::AssessmentId);
        let missing = Condition::all().add(assessment::Column::Id.not_in_subquery(there.into_query()));
        self.store_sheets(&tx, missing).await?;
        tx.commit().await
    }

    /// Writes the documents of those finalised assessments that meet a condition.
    pub(crate) async fn store_sheets(&self, tx: &impl ConnectionTrait, which: Condition) -> Result<()> {
        let which = which.add(assessment::Column::Status.eq(Status::Finalised.code()));
        let rows = assessment::Entity::find().filter(which.clone()).all(tx).await?;
        if rows.is_empty() {
            return Ok(());
        }
        let mut marks = marks(tx, &ids(which)).await?;
        let registers = Registers::of_practices(tx, rows.iter().map(|row| row.practice_id)).await?;
        let mut sheets = Vec::with_capacity(rows.len());
        for row in rows {
            let framework = self.framework(&convert::version(row.version.clone())?)?;
            let mut found = in_order(framework, marks.remove(&row.id).unwrap_or_default())?;
            registers.settle_all(&row, framework, found.iter_mut().map(|found| &mut found.agreement));
            for found in &mut found {
                found.mark.class = found.agreement.class;
            }
            sheets.push(sheet::ActiveModel {
                assessment_id: Set(row.id),
                practice_id: Set(row.practice_id),
                cycle: Set(row.cycle),
                version: Set(row.version),
                edition: Set(row.edition),
                imported: Set(row.imported),
                marks: Set(document::write(&found)),
            });
        }
        for chunk in sheets.chunks(CHUNK) {
            sheet::Entity::insert_many(chunk.to_vec())
                .exec_without_returning(tx)
                .await?;
        }
        Ok(())
    }

    /// Returns all finalised assessments, as of a transaction that reads.
    pub(crate) async fn finalised(&self, tx: &impl ConnectionTrait) -> Result<Finalised> {
        let counts = counts(tx).await?;
        if let Some(kept) = self.last_read.unless_grown(counts) {
            return Ok(kept);
        }
        let read = self.read_all(tx).await?;
        *self.last_read.lock() = Some((counts, read.clone()));
        Ok(read)
    }

    async fn read_all(&self, tx: &impl ConnectionTrait) -> Result<Finalised> {
        let practices = practice::Entity::find().all(tx).await?;
        let practices: HashMap<Uuid, PracticeInfo> = (practices.into_iter())
            .map(|row| Ok((row.id, row.try_into()?)))
            .collect::<Result<_>>()?;
        let mut rows: Vec<Row> = sheet::Entity::find()
            .select_only()
            .columns([
                sheet::Column::PracticeId,
                sheet::Column::Cycle,
                sheet::Column::Version,
                sheet::Column::Edition,
                sheet::Column::Imported,
                sheet::Column::Marks,
            ])
            .into_tuple()
            .all(tx)
            .await?;
        // of several editions the last one counts
        rows.sort_by_key(|(_, _, _, edition, ..)| *edition);
        let mut names = Names::default();
        let mut sheets = Vec::with_capacity(rows.len());
        let mut twice = BTreeMap::new();
        for (practice, cycle, version, _, imported, bytes) in rows {
            let (cycle, version) = (names.cycle(cycle)?, names.version(version)?);
            let criteria = self.framework(&version)?.criteria.len();
            let (marks, read_twice) = document::read(&bytes, criteria)?;
            let place = (cycle.clone(), practice);
            twice.remove(&place);
            if !read_twice.is_empty() {
                twice.insert(place, read_twice);
            }
            sheets.push(Sheet {
                practice: present(practices.get(&practice), "an assessment's Practice")?
                    .slug
                    .clone(),
                cycle,
                version,
                status: Status::Finalised,
                imported,
                marks,
            });
        }
        let mut read_twice: BTreeMap<CycleId, Vec<Vec<[Rating; 2]>>> = BTreeMap::new();
        for ((cycle, _), pairs) in twice {
            read_twice.entry(cycle).or_default().push(pairs);
        }
        let facts = NetworkFacts::new(practices.into_values().collect(), sheets);
        let versions: HashMap<String, String> = cycle::Entity::find()
            .all(tx)
            .await?
            .into_iter()
            .map(|row| (row.id, row.version))
            .collect();
        let version = |cycle: CycleId| {
            let version = present(versions.get(cycle.as_str()), "an assessment's cycle")?;
            Ok((cycle, convert::version(version.clone())?))
        };
        let cycles = facts.cycles().into_iter().map(version).collect::<Result<_>>()?;
        Ok(Finalised {
            explorer: Arc::new(Explorer::new(&self.library, Arc::new(facts), cycles)),
            read_twice: Arc::new(read_twice),
        })
    }
}

type Row = (Uuid, String, String, i32, bool, Vec<u8>);

/// The few cycles and versions of many assessments, each read once.
#[derive(Default)]
struct Names {
    cycles: HashMap<String, CycleId>,
    versions: HashMap<String, VersionId>,
}

impl Names {
    fn cycle(&mut self, text: String) -> Result<CycleId> {
        known(&mut self.cycles, text, convert::cycle)
    }

    fn version(&mut self, text: String) -> Result<VersionId> {
        known(&mut self.versions, text, convert::version)
    }
}

fn known<T: Clone>(names: &mut HashMap<String, T>, text: String, read: fn(String) -> Result<T>) -> Result<T> {
    if let Some(name) = names.get(&text) {
        return Ok(name.clone());
    }
    let name = read(text.clone())?;
    names.insert(text, name.clone());
    Ok(name)
}

async fn counts(tx: &impl ConnectionTrait) -> Result<Counts> {
    let sql = "SELECT sheets, practices, taken_away + changes FROM network_size";
    let row = tx
        .query_one_raw(Statement::from_string(tx.get_database_backend(), sql))
        .await?;
    let row = present(row, "a count")?;
    Ok((
        row.try_get_by_index(0)?,
        row.try_get_by_index(1)?,
        row.try_get_by_index(2)?,
    ))
}
