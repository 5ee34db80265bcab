//! What an import would do: all reading and all refusing, so that a dry run says exactly what a run would.

use super::{Exchanged, carried};
use crate::{
    Store,
    error::{Result, StoreError},
    load::{AssessmentContents, assessment_contents, ids},
    names,
    part::CriterionRecord,
    register::Registers,
    rows::{adaptation_round, assessment, cycle, practice},
};
use framework::{
    assessment::Entry,
    ids::{CriterionId, CycleId, PracticeSlug, VersionId},
    lifecycle::Status,
    naming::same_name_key,
    sheet::PracticeInfo,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// What is to be done.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) practices: Vec<(Uuid, PracticeInfo)>,
    pub(super) cycles: BTreeMap<CycleId, VersionId>,
    pub(super) assessments: Vec<Planned>,
    pub(super) unchanged: Vec<(PracticeSlug, CycleId)>,
}

/// An assessment to add.
#[derive(Debug)]
pub(super) struct Planned {
    pub(super) id: Uuid,
    pub(super) practice: Uuid,
    pub(super) given: Exchanged,
}

impl Store {
    /// Plans an import.
    ///
    /// # Errors
    /// [`StoreError::Refused`] with every assessment that cannot be taken, one a line.
    pub(super) async fn plan(&self, tx: &impl ConnectionTrait, given: Vec<Exchanged>) -> Result<Plan> {
        let mut problems = self.problems(&given);
        let slugs: BTreeSet<&str> = given.iter().map(|one| one.practice.slug.as_str()).collect();
        let practices = practice::Entity::find()
            .filter(practice::Column::Slug.is_in(slugs))
            .all(tx)
            .await?;
        let of_these = assessment::Column::PracticeId.is_in(practices.iter().map(|row| row.id));
        let rows = assessment::Entity::find()
            .filter(of_these.clone())
            .order_by_asc(assessment::Column::Edition)
            .all(tx)
            .await?;
        let said = assessment_contents(tx, &ids(of_these.into())).await?;
        let in_these = adaptation_round::Column::PracticeId.is_in(practices.iter().map(|row| row.id));
        let registers = Registers::read(tx, in_these).await?;
        let cycles = cycle::Entity::find().all(tx).await?;

        let mut known: HashMap<String, Uuid> = practices.into_iter().map(|row| (row.slug, row.id)).collect();
        // of several editions the last one counts
        let here: HashMap<(Uuid, &str), &assessment::Model> = rows
            .iter()
            .map(|row| ((row.practice_id, row.cycle.as_str()), row))
            .collect();
        let mut plan = Plan::default();
        for mut one in given {
            for entry in one.entries.values_mut() {
                // the classes of a file stand without a register
                entry.agreement.adaptation = None;
            }
            one.entries.retain(|_, entry| *entry != Entry::default());
            let practice = *known.entry(one.practice.slug.to_string()).or_insert_with(|| {
                let id = Uuid::now_v7();
                plan.practices.push((id, one.practice.clone()));
                id
            });
            match here.get(&(practice, one.cycle.as_str())) {
                Some(row) if same(row, &said, &registers, &one) => plan.unchanged.push((one.practice.slug, one.cycle)),
                Some(row) => problems.push(conflict_sentence(row, &one)),
                None => {
                    if cycles.iter().all(|row| row.id != one.cycle.as_str()) {
                        let version = plan
                            .cycles
                            .entry(one.cycle.clone())
                            .or_insert_with(|| one.version.clone());
                        *version = one.version.clone().max(version.clone());
                    }
                    plan.assessments.push(Planned {
                        id: Uuid::now_v7(),
                        practice,
                        given: one,
                    });
                }
            }
        }
        problems.extend(namesakes(tx, &plan.practices).await?);
        if problems.is_empty() {
            Ok(plan)
        } else {
            Err(StoreError::Refused(problems.join("\n")))
        }
    }

    /// Returns what is wrong with the file itself.
    fn problems(&self, given: &[Exchanged]) -> Vec<String> {
        let mut problems = Vec::new();
        let mut seen = BTreeSet::new();
        let mut names: BTreeMap<&PracticeSlug, &PracticeInfo> = BTreeMap::new();
        for one in given {
            let place = format!("{} {}", one.practice.slug, one.cycle);
            if !seen.insert((&one.practice.slug, &one.cycle)) {
                problems.push(format!("{place}: given twice."));
            }
            if one.practice.name.trim().is_empty() {
                problems.push(format!("{place}: the Practice has no name."));
            }
            if *names.entry(&one.practice.slug).or_insert(&one.practice) != &one.practice {
                problems.push(format!(
                    "{place}: the Practice has another name or region than elsewhere in the file."
                ));
            }
            let Some(framework) = self.library.version(&one.version) else {
                problems.push(format!(
                    "{place}: there is no version {} of the framework.",
                    one.version
                ));
                continue;
            };
            for (id, entry) in &one.entries {
                match framework.criterion(id) {
                    None => problems.push(format!("{place}: {id} is no criterion of version {}.", one.version)),
                    Some(criterion) => {
                        if let Err(message) = entry.answer.fits(criterion) {
                            problems.push(format!("{place}, {id}: {message}"));
                        }
                    }
                }
            }
        }
        problems
    }
}

/// Returns what is wrong with the names of new Practices: no two Practices have the same.
async fn namesakes(tx: &impl ConnectionTrait, added: &[(Uuid, PracticeInfo)]) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    let mut seen: HashMap<String, &PracticeInfo> = HashMap::new();
    for (_, info) in added {
        let again = seen.insert(same_name_key(&info.name), info);
        let here = match again {
            Some(other) => Some(format!(
                "{} has the same name, {}, in the file.",
                other.slug, other.name
            )),
            None => match names::free_key(tx, &info.name, None).await {
                Err(StoreError::Refused(sentence)) => Some(sentence),
                other => other.map(|_| None)?,
            },
        };
        problems.extend(here.map(|sentence| format!("{}: {sentence}", info.slug)));
    }
    Ok(problems)
}

fn same(row: &assessment::Model, said: &AssessmentContents, registers: &Registers, given: &Exchanged) -> bool {
    let none = BTreeMap::new();
    let here: BTreeMap<&CriterionId, Entry> = said
        .get(&row.id)
        .unwrap_or(&none)
        .iter()
        .map(|(id, said)| (id, carried(registers, row, id, said)))
        .filter(|(_, entry)| *entry != Entry::default())
        .collect();
    row.status == Status::Finalised.code()
        && row.version == given.version.as_str()
        && here.iter().map(|(id, entry)| (*id, entry)).eq(&given.entries)
}

fn conflict_sentence(row: &assessment::Model, given: &Exchanged) -> String {
    let place = format!("{} {}", given.practice.slug, given.cycle);
    match Status::from_code(&row.status) {
        Some(Status::Finalised) => format!("{place}: there is a finalised assessment that says something else."),
        _ => format!("{place}: there is an assessment that is not finished."),
    }
}
