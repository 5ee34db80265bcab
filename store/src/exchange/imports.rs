//! Which imports there were, and what came with each.

use super::{
    import::{Intake, insert},
    plan::Plan,
};
use crate::{
    Store, convert,
    error::Result,
    event::Who,
    rows::{import, import_assessment, import_cycle, import_practice},
    scope::{administrator, present},
};
use framework::{
    actor::Actor,
    ids::{CycleId, PracticeSlug},
    library::Library,
    prose::Prose,
};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, QueryOrder};
use std::collections::HashMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// An import of assessments from a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRecord {
    /// Its key.
    pub id: Uuid,
    /// When.
    pub at: OffsetDateTime,
    /// Who took it in, by the name they had then.
    pub who: String,
    /// The file's name.
    pub file: String,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// The assessments that came with it, by Practice and cycle.
    pub assessments: Vec<ImportedYear>,
    /// The names of the Practices that came with it.
    pub practices: Vec<String>,
    /// The cycles that came with it.
    pub cycles: Vec<CycleId>,
    /// That it was taken back, if it was.
    pub taken_back: Option<TakenBack>,
}

/// An assessment that came with an import.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ImportedYear {
    /// The Practice.
    pub practice: PracticeSlug,
    /// The cycle.
    pub cycle: CycleId,
    /// How many criteria are rated or set aside.
    pub rated: i32,
    /// How many criteria the version has.
    pub criteria: i32,
}

/// That an import was taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenBack {
    /// When.
    pub at: OffsetDateTime,
    /// By whom.
    pub who: String,
    /// Why.
    pub why: Prose,
}

impl Store {
    /// Returns all imports of assessments from files, the newest first. Administrators only.
    ///
    /// # Errors
    /// [`crate::StoreError::NotFound`] for anybody else.
    pub async fn imports(&self, actor: &Actor) -> Result<Vec<ImportRecord>> {
        administrator(actor)?;
        let tx = self.reading().await?;
        let rows = import::Entity::find()
            .order_by_desc(import::Column::At)
            .order_by_desc(import::Column::Id)
            .all(&tx)
            .await?;
        let assessments = import_assessment::Entity::find().all(&tx).await?;
        let practices = import_practice::Entity::find().all(&tx).await?;
        let cycles = import_cycle::Entity::find().all(&tx).await?;
        tx.commit().await?;
        let mut records = rows
            .into_iter()
            .map(ImportRecord::try_from)
            .collect::<Result<Vec<_>>>()?;
        let places: HashMap<Uuid, usize> = records.iter().enumerate().map(|(at, one)| (one.id, at)).collect();
        for row in assessments {
            let record = present(places.get(&row.import_id), "an import")?;
            records[*record].assessments.push(row.try_into()?);
        }
        for row in practices {
            let record = present(places.get(&row.import_id), "an import")?;
            records[*record].practices.push(row.name);
        }
        for row in cycles {
            let record = present(places.get(&row.import_id), "an import")?;
            records[*record].cycles.push(convert::cycle(row.cycle)?);
        }
        for record in &mut records {
            record.assessments.sort();
            record.practices.sort();
            record.cycles.sort();
        }
        Ok(records)
    }
}

impl TryFrom<import::Model> for ImportRecord {
    type Error = crate::StoreError;
    fn try_from(row: import::Model) -> Result<Self> {
        let why = convert::prose(row.taken_back_why)?;
        let taken_back = row.taken_back_at.zip(row.taken_back_who).zip(why);
        Ok(ImportRecord {
            id: row.id,
            at: row.at,
            who: row.who,
            file: row.file,
            sha256: row.sha256,
            assessments: vec![],
            practices: vec![],
            cycles: vec![],
            taken_back: taken_back.map(|((at, who), why)| TakenBack { at, who, why }),
        })
    }
}

impl TryFrom<import_assessment::Model> for ImportedYear {
    type Error = crate::StoreError;
    fn try_from(row: import_assessment::Model) -> Result<Self> {
        Ok(ImportedYear {
            practice: convert::slug(row.practice)?,
            cycle: convert::cycle(row.cycle)?,
            rated: row.rated,
            criteria: row.criteria,
        })
    }
}

/// Notes an import that comes from a file and adds something; its key.
pub(super) async fn note(
    tx: &impl ConnectionTrait,
    plan: &Plan,
    library: &Library,
    who: &Who,
    intake: &Intake,
    now: OffsetDateTime,
) -> Result<Option<Uuid>> {
    let Some(file) = intake.file.as_ref().filter(|_| !plan.assessments.is_empty()) else {
        return Ok(None);
    };
    let id = Uuid::now_v7();
    let row = import::ActiveModel {
        id: Set(id),
        at: Set(now),
        person_id: Set(who.person),
        who: Set(who.name.clone()),
        file: Set(file.name.clone()),
        sha256: Set(file.sha256.clone()),
        ..Default::default()
    };
    insert(tx, vec![row]).await?;
    let count = |number: usize| Set(i32::try_from(number).unwrap_or(i32::MAX));
    let assessments = plan.assessments.iter().map(|planned| {
        let framework = library.version(&planned.given.version);
        let (criteria, missing) = framework.map_or((0, 0), |framework| {
            (framework.criteria.len(), planned.given.missing(framework).len())
        });
        import_assessment::ActiveModel {
            assessment_id: Set(planned.id),
            import_id: Set(id),
            practice: Set(planned.given.practice.slug.to_string()),
            cycle: Set(planned.given.cycle.to_string()),
            rated: count(criteria - missing),
            criteria: count(criteria),
        }
    });
    insert(tx, assessments.collect()).await?;
    let practices = plan
        .practices
        .iter()
        .map(|(practice, info)| import_practice::ActiveModel {
            practice_id: Set(*practice),
            import_id: Set(id),
            name: Set(info.name.clone()),
        });
    insert(tx, practices.collect()).await?;
    let cycles = plan.cycles.keys().map(|cycle| import_cycle::ActiveModel {
        import_id: Set(id),
        cycle: Set(cycle.to_string()),
    });
    insert(tx, cycles.collect()).await?;
    Ok(Some(id))
}
