//! Evidence, in and out: a record a version, with where it is cited in finished assessments. What an open assessment cites
//! stays at home, as open assessments do; nor does it go along who cited something or said that it is still true.
//!
//! Imported assessments are finalised before their evidence comes; the triggers let new citations into them, and into no
//! other finalised one.

use super::{
    adaptations::parts,
    import::insert,
    records::{Kind, New, Practices},
};
use crate::{
    convert,
    error::Result,
    event::{EventKind, Who},
    evidence::row::row as version_row,
    facts::latest_editions,
    rows::{assessment, citation, evidence, evidence_version, still_true},
    transaction::Transaction,
};
use framework::{
    actor::Actor,
    adaptation::Stamp,
    evidence::EvidenceId,
    exchange::EvidenceRecord,
    ids::{CriterionId, CycleId},
    library::Library,
    lifecycle::Status,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use std::collections::{BTreeSet, HashMap, HashSet};
use time::OffsetDateTime;
use uuid::Uuid;

/// The latest finalised edition of each Practice's assessment in a cycle.
pub struct Beside(HashMap<(Uuid, CycleId), assessment::Model>);

impl Kind for EvidenceRecord {
    const EVENT: EventKind = EventKind::EvidenceImported;
    const DETAIL: &'static str = "evidence";
    type Context = Beside;

    async fn load_existing(tx: &Transaction, of: &Practices<'_>) -> Result<Vec<Self>> {
        let items = evidence::Entity::find()
            .filter(of.on(evidence::Column::PracticeId))
            .all(tx)
            .await?;
        let versions = evidence_version::Entity::find()
            .filter(of.on(evidence_version::Column::PracticeId))
            .all(tx)
            .await?;
        let mut cited = cited(tx, of).await?;
        let mut confirmed = confirmed(tx, of).await?;
        let items: HashMap<Uuid, evidence::Model> = items.into_iter().map(|row| (row.id, row)).collect();
        let record = |row: evidence_version::Model| {
            let item = items.get(&row.evidence_id).filter(|item| item.number == row.number);
            let withdrawn = item.and_then(|item| item.withdrawn_who.clone().zip(item.withdrawn_at));
            let still_true = item.and_then(|item| confirmed.remove(&item.id));
            Ok(EvidenceRecord {
                practice: of.slug(row.practice_id)?,
                id: EvidenceId(row.evidence_id),
                number: row.number,
                made: Stamp {
                    by: row.made_who.clone(),
                    at: row.made_at,
                },
                withdrawn: withdrawn.map(|(by, at)| Stamp { by, at }),
                cited: cited.remove(&(row.evidence_id, row.number)).unwrap_or_default(),
                still_true: still_true.unwrap_or_default(),
                evidence: row.try_into()?,
            })
        };
        versions.into_iter().map(record).collect()
    }

    async fn load_context(tx: &Transaction) -> Result<Beside> {
        let rows = assessment::Entity::find()
            .filter(assessment::Column::Status.eq(Status::Finalised.code()))
            .all(tx)
            .await?;
        let latest = latest_editions(rows).into_iter();
        let of_cycle = latest.map(|row| Ok(((row.practice_id, convert::cycle(row.cycle.clone())?), row)));
        Ok(Beside(of_cycle.collect::<Result<_>>()?))
    }

    fn misfits(new: &New<Self>, beside: &mut Beside, library: &Library) -> Vec<String> {
        let mut misfits = Vec::new();
        let mut seen = HashSet::new();
        for placed in &new.records {
            let mut say = |sentence: String| misfits.push(format!("{}: {sentence}", placed.place));
            for (cycle, criterion) in &placed.record.cited {
                match beside.open(new.practice, cycle) {
                    Err(sentence) => say(sentence),
                    Ok(row) if !has(library, row, criterion) => {
                        say(format!("“{criterion}” is no criterion of version {}.", row.version));
                    }
                    Ok(_) if !seen.insert((cycle, criterion)) => {
                        say(format!(
                            "Two versions of one item are cited on {cycle}/{criterion}. Remove one."
                        ));
                    }
                    Ok(_) => {}
                }
            }
            for cycle in &placed.record.still_true {
                beside.open(new.practice, cycle).map_or_else(&mut say, drop);
            }
        }
        misfits
    }

    async fn add(
        tx: &Transaction,
        new: &[New<Self>],
        beside: &Beside,
        actor: &Actor,
        now: OffsetDateTime,
    ) -> Result<()> {
        insert(tx, new.iter().filter_map(item_row).collect()).await?;
        let all = || {
            new.iter()
                .flat_map(|one| one.records.iter().map(|placed| (one.practice, &placed.record)))
        };
        let versions = all().map(|(practice, record)| {
            let who = Who {
                person: None,
                name: record.made.by.clone(),
            };
            version_row(
                practice,
                record.id,
                record.number,
                &record.evidence,
                &who,
                record.made.at,
            )
        });
        insert(tx, versions.collect()).await?;
        let who = Who::from(actor);
        let (mut citations, mut confirmations) = (Vec::new(), Vec::new());
        for (practice, record) in all() {
            for (cycle, criterion) in &record.cited {
                let row = beside.0.get(&(practice, cycle.clone()));
                citations.extend(row.map(|row| citation_row(row, criterion, record, &who, now)));
            }
            for cycle in &record.still_true {
                let row = beside.0.get(&(practice, cycle.clone()));
                confirmations.extend(row.map(|row| confirmation_row(row, record, &who, now)));
            }
        }
        insert(tx, citations).await?;
        insert(tx, confirmations).await
    }
}

impl Beside {
    /// Returns the imported assessment of a cycle, or why nothing can be cited in it.
    fn open(&self, practice: Uuid, cycle: &CycleId) -> std::result::Result<&assessment::Model, String> {
        match self.0.get(&(practice, cycle.clone())) {
            None => Err(format!(
                "There is no finished assessment of {cycle}. Import the assessments first."
            )),
            Some(row) if !row.imported => Err(format!(
                "The assessment of {cycle} was finalised here, and nothing more can be cited in it."
            )),
            Some(row) => Ok(row),
        }
    }
}

fn has(library: &Library, row: &assessment::Model, criterion: &CriterionId) -> bool {
    let version = convert::version(row.version.clone()).ok();
    let framework = version.and_then(|version| library.version(&version));
    framework.is_some_and(|framework| framework.criterion(criterion).is_some())
}

/// Where each version is cited, in the latest finalised edition of each assessment.
async fn cited(
    tx: &impl ConnectionTrait,
    of: &Practices<'_>,
) -> Result<HashMap<(Uuid, i32), BTreeSet<(CycleId, CriterionId)>>> {
    let rows = citation::Entity::find()
        .find_also_related(assessment::Entity)
        .filter(of.on(citation::Column::PracticeId))
        .filter(assessment::Column::Status.eq(Status::Finalised.code()))
        .all(tx)
        .await?;
    let editions = assessment::Entity::find()
        .filter(of.on(assessment::Column::PracticeId))
        .filter(assessment::Column::Status.eq(Status::Finalised.code()))
        .all(tx)
        .await?;
    let latest: HashSet<Uuid> = latest_editions(editions).into_iter().map(|row| row.id).collect();
    let mut all: HashMap<(Uuid, i32), BTreeSet<_>> = HashMap::new();
    for (row, assessment) in rows {
        if let Some(assessment) = assessment.filter(|assessment| latest.contains(&assessment.id)) {
            let place = (convert::cycle(assessment.cycle)?, convert::criterion(row.criterion)?);
            all.entry((row.evidence_id, row.number)).or_default().insert(place);
        }
    }
    Ok(all)
}

/// For which finalised assessments somebody said that an item is still true, in any edition.
async fn confirmed(tx: &impl ConnectionTrait, of: &Practices<'_>) -> Result<HashMap<Uuid, BTreeSet<CycleId>>> {
    let rows = still_true::Entity::find()
        .find_also_related(assessment::Entity)
        .filter(of.on(still_true::Column::PracticeId))
        .filter(assessment::Column::Status.eq(Status::Finalised.code()))
        .all(tx)
        .await?;
    let mut all: HashMap<Uuid, BTreeSet<CycleId>> = HashMap::new();
    for (row, assessment) in rows {
        if let Some(assessment) = assessment {
            let cycle = convert::cycle(assessment.cycle)?;
            all.entry(row.evidence_id).or_default().insert(cycle);
        }
    }
    Ok(all)
}

/// The item, which is at its last version.
fn item_row(one: &New<EvidenceRecord>) -> Option<evidence::ActiveModel> {
    let last = &one.records.last()?.record;
    let (withdrawn_at, withdrawn_who) = parts(last.withdrawn.as_ref());
    Some(evidence::ActiveModel {
        id: Set(last.id.0),
        practice_id: Set(one.practice),
        kind: Set(last.evidence.kind().code().to_owned()),
        number: Set(last.number),
        withdrawn_at: Set(withdrawn_at),
        withdrawn_who: Set(withdrawn_who),
    })
}

fn citation_row(
    assessment: &assessment::Model,
    criterion: &CriterionId,
    record: &EvidenceRecord,
    who: &Who,
    now: OffsetDateTime,
) -> citation::ActiveModel {
    citation::ActiveModel {
        id: Set(Uuid::now_v7()),
        practice_id: Set(assessment.practice_id),
        assessment_id: Set(assessment.id),
        criterion: Set(criterion.to_string()),
        evidence_id: Set(record.id.0),
        number: Set(record.number),
        cited_at: Set(now),
        cited_by: Set(who.person),
        cited_who: Set(who.name.clone()),
    }
}

fn confirmation_row(
    assessment: &assessment::Model,
    record: &EvidenceRecord,
    who: &Who,
    now: OffsetDateTime,
) -> still_true::ActiveModel {
    still_true::ActiveModel {
        id: Set(Uuid::now_v7()),
        practice_id: Set(assessment.practice_id),
        assessment_id: Set(assessment.id),
        evidence_id: Set(record.id.0),
        said_at: Set(now),
        said_by: Set(who.person),
        said_who: Set(who.name.clone()),
    }
}
