//! Wordings, in and out: of what is said in finalised assessments, of plans and registers. What was said in an assessment that
//! is still open stays behind with it. What comes in is older than anything that was written here.

use super::{
    import::insert,
    records::{Kind, New, Practices},
};
use crate::{
    convert,
    error::Result,
    event::EventKind,
    rows::{adaptation_round, assessment, plan_action, plan_none, plan_support, wording},
    transaction::Transaction,
    wording::kind,
};
use framework::{
    actor::Actor,
    adaptation::Stamp,
    exchange::{Of, WordingRecord},
    ids::{CriterionId, CycleId},
    library::Library,
    lifecycle::Status,
    wording::Kind as WordingKind,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::{HashMap, HashSet};
use time::OffsetDateTime;
use uuid::Uuid;

/// What wordings can belong to: of each Practice and cycle the latest finalised assessment, and the rest by Practice and key.
pub struct Beside {
    assessments: HashMap<(Uuid, CycleId), assessment::Model>,
    keys: HashSet<(Uuid, WordingKind, Uuid, i32)>,
    taken: HashSet<(Uuid, Of, WordingKind, i32, i32)>,
}

impl Kind for WordingRecord {
    const EVENT: EventKind = EventKind::WordingsImported;
    const DETAIL: &'static str = "wording";
    const ONE_EVENT: bool = true;
    type Context = Beside;

    async fn load_existing(tx: &Transaction, of: &Practices<'_>) -> Result<Vec<Self>> {
        let finished = assessment::Entity::find()
            .filter(of.on(assessment::Column::PracticeId))
            .filter(assessment::Column::Status.eq(Status::Finalised.code()))
            .all(tx)
            .await?;
        let finished: HashMap<Uuid, assessment::Model> = finished.into_iter().map(|row| (row.id, row)).collect();
        let mut rows = wording::Entity::find()
            .filter(of.on(wording::Column::PracticeId))
            .order_by_asc(wording::Column::Revision)
            .order_by_asc(wording::Column::Step)
            .all(tx)
            .await?;
        // the editions of an assessment go out as one
        rows.sort_by_key(|row| finished.get(&row.subject_id).map(|one| one.edition));
        let mut steps: HashMap<(Uuid, Of, WordingKind, i32), i32> = HashMap::new();
        let mut records = Vec::with_capacity(rows.len());
        for row in rows {
            let kind = kind(&row.kind)?;
            let belongs = match (row.criterion.is_empty(), finished.get(&row.subject_id)) {
                (true, _) => Of::Key(row.subject_id),
                (false, Some(one)) => {
                    Of::Criterion(convert::cycle(one.cycle.clone())?, convert::criterion(row.criterion)?)
                }
                (false, None) => continue,
            };
            let step = steps
                .entry((row.practice_id, belongs.clone(), kind, row.part))
                .or_default();
            *step += 1;
            records.push(WordingRecord {
                practice: of.slug(row.practice_id)?,
                kind,
                of: belongs,
                part: row.part,
                step: *step,
                stamp: Stamp {
                    by: row.who,
                    at: row.at,
                },
                fields: serde_json::from_str(&row.fields).map_err(convert::bad)?,
                key: row.id,
            });
        }
        Ok(records)
    }

    async fn load_context(tx: &Transaction) -> Result<Beside> {
        let mut assessments: HashMap<(Uuid, CycleId), assessment::Model> = HashMap::new();
        let rows = assessment::Entity::find()
            .filter(assessment::Column::Status.eq(Status::Finalised.code()))
            .order_by_asc(assessment::Column::Edition)
            .all(tx)
            .await?;
        for row in rows {
            assessments.insert((row.practice_id, convert::cycle(row.cycle.clone())?), row);
        }
        let mut keys = HashSet::new();
        let rounds = adaptation_round::Entity::find().all(tx).await?;
        keys.extend(
            rounds
                .into_iter()
                .map(|row| (row.practice_id, WordingKind::Round, row.adaptation_id, row.number)),
        );
        let actions = plan_action::Entity::find().all(tx).await?;
        keys.extend(
            actions
                .into_iter()
                .map(|row| (row.practice_id, WordingKind::Action, row.id, 0)),
        );
        let reasons = plan_none::Entity::find().all(tx).await?;
        keys.extend(
            reasons
                .into_iter()
                .map(|row| (row.practice_id, WordingKind::NoAction, row.id, 0)),
        );
        let support = plan_support::Entity::find().all(tx).await?;
        keys.extend(
            support
                .into_iter()
                .map(|row| (row.practice_id, WordingKind::Support, row.id, 0)),
        );
        Ok(Beside {
            assessments,
            keys,
            taken: HashSet::new(),
        })
    }

    fn misfits(new: &New<Self>, beside: &mut Beside, library: &Library) -> Vec<String> {
        let mut misfits = Vec::new();
        for placed in &new.records {
            let mut say = |sentence: String| misfits.push(format!("{}: {sentence}", placed.place));
            let record = &placed.record;
            match &record.of {
                Of::Criterion(cycle, criterion) => match beside.assessments.get(&(new.practice, cycle.clone())) {
                    None => say(format!(
                        "The Practice has no finalised assessment of {cycle}. Import the assessments first."
                    )),
                    Some(one) if !one.imported => {
                        say(format!(
                            "The assessment of {cycle} was finalised here and has its own wordings."
                        ));
                    }
                    Some(one) if !has(library, &one.version, criterion) => {
                        say(format!("“{criterion}” is no criterion of the assessment of {cycle}."));
                    }
                    Some(_) => {}
                },
                Of::Key(key) => {
                    if !beside.keys.contains(&(new.practice, record.kind, *key, record.part)) {
                        say(
                            "The Practice has nothing with this key. Import adaptations, actions and support first."
                                .to_owned(),
                        );
                    }
                }
            }
            let step = (new.practice, record.of.clone(), record.kind, record.part, record.step);
            if !beside.taken.insert(step) {
                say(format!("The file has step {} of this twice.", record.step));
            }
        }
        misfits
    }

    async fn add(tx: &Transaction, new: &[New<Self>], beside: &Beside, _: &Actor, _: OffsetDateTime) -> Result<()> {
        let all = new
            .iter()
            .flat_map(|one| one.records.iter().map(|placed| (one.practice, &placed.record)));
        let row = |(practice, record): (Uuid, &WordingRecord)| {
            let (subject_id, criterion) = match &record.of {
                Of::Criterion(cycle, criterion) => (
                    beside.assessments.get(&(practice, cycle.clone()))?.id,
                    criterion.to_string(),
                ),
                Of::Key(key) => (*key, String::new()),
            };
            Some(wording::ActiveModel {
                id: Set(record.key),
                practice_id: Set(practice),
                kind: Set(record.kind.code().to_owned()),
                subject_id: Set(subject_id),
                criterion: Set(criterion),
                part: Set(record.part),
                revision: Set(0),
                step: Set(record.step),
                at: Set(record.stamp.at),
                person_id: Set(None),
                who: Set(record.stamp.by.clone()),
                fields: Set(serde_json::json!(record.fields).to_string()),
            })
        };
        insert(tx, all.filter_map(row).collect()).await
    }
}

fn has(library: &Library, version: &str, criterion: &CriterionId) -> bool {
    let version = library.versions().find(|known| known.version.as_str() == version);
    version.is_some_and(|version| version.criterion(criterion).is_some())
}
