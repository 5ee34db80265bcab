//! The facts that reports are worked out from, in a fixed number of queries.

use crate::{
    Store,
    blind::blind,
    convert,
    error::{Result, StoreError},
    evidence::{cited, cited_in_order, used},
    load::{AssessmentContent, Visibility, assessment_contents, ids, in_order},
    plan::national_plans,
    register::Registers,
    reviewers::{reviewers_in, reviewers_of},
    rows::{adaptation_round, assessment, cycle, practice},
    scope::{self, AccessibleAssessment, administrator, latest_readable, national, present},
    statement::made,
    threads::{tally, threads},
};
use framework::{
    actor::Actor,
    adaptation::AsOf,
    assessment::Entry,
    criteria::Framework,
    ids::{CriterionId, CycleId, PracticeSlug},
    lifecycle::Status,
    local,
    report::{
        EvidenceUse, NationalBeside, NationalFacts, PracticeFacts, Register, ReportContext, ReviewedAssessment,
        ReviewedCriterion,
    },
    sheet::{CriterionRatings, PracticeInfo, Sheet},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};
use time::Date;
use uuid::Uuid;

impl Store {
    /// Returns what a Practice's report is worked out from: its finalised assessments of earlier cycles, and this one last.
    /// Of the current cycle the edition that is asked for, else the latest that the actor may read. Sixteen queries at most.
    /// What the actor may not read yet is left out, as on the pages.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such assessment, or not for this actor.
    pub async fn practice_facts(
        &self,
        actor: &Actor,
        practice: &PracticeSlug,
        cycle: &CycleId,
        edition: Option<i32>,
        today: Date,
    ) -> Result<PracticeFacts> {
        let tx = self.reading().await?;
        let (practice, standing) = scope::practice(&tx, actor, practice).await?;
        let mut rows = assessment::Entity::find()
            .filter(assessment::Column::PracticeId.eq(practice.id.0))
            .all(&tx)
            .await?;
        let editions: Vec<assessment::Model> = rows
            .extract_if(.., |row| row.cycle == cycle.as_str())
            .filter(|row| edition.is_none_or(|edition| row.edition == edition))
            .collect();
        let current = latest_readable(editions, standing)?;
        rows.retain(|row| row.cycle.as_str() < cycle.as_str() && row.status == Status::Finalised.code());
        let rows = latest_editions(rows);
        let reviewers = reviewers_of(&tx, current.id).await?;
        let target = AccessibleAssessment::read(self, standing, current, reviewers)?;
        let sight = target.sight(actor);
        let known = rows.iter().map(|row| row.id).chain([target.row.id]);
        let mut all = assessment_contents(&tx, &ids(assessment::Column::Id.is_in(known).into())).await?;
        let plan = self.plan_facts(&tx, &target.row, today).await?;
        let this = ids(assessment::Column::Id.eq(target.row.id).into());
        let mut threads = threads(&tx, &this, None).await?;
        let registers = Registers::of_practice(&tx, practice.id.0).await?;
        let mut cited = cited(&tx, &this).await?;
        let mut alone = blind(&tx, &this).await?;
        let statement = match sight.review {
            true => made(&tx, &target.row).await?,
            false => None,
        };
        tx.commit().await?;

        let mut entries = |framework: &Framework, row: &assessment::Model, sight: &Visibility| -> Result<Vec<Entry>> {
            let said = in_order(framework, all.remove(&row.id).unwrap_or_default())?;
            let said = said
                .into_iter()
                .map(|said: AssessmentContent| said.visible(sight).entry());
            let mut entries: Vec<Entry> = said.collect();
            registers.settle_all(row, framework, entries.iter_mut().map(|entry| &mut entry.agreement));
            Ok(entries)
        };
        let marks = |entries: &[Entry]| entries.iter().map(CriterionRatings::from).collect();
        let mut sheets = Vec::with_capacity(rows.len() + 1);
        for row in &rows {
            let version = convert::version(row.version.clone())?;
            let past = entries(self.framework(&version)?, row, &Visibility::ALL)?;
            sheets.push(sheet(&practice.info, row, marks(&past))?);
        }
        let entries = entries(&target.framework, &target.row, &sight)?;
        sheets.push(sheet(&practice.info, &target.row, marks(&entries))?);
        Ok(PracticeFacts {
            practice: practice.info,
            sheets,
            entries,
            day: match target.status {
                Status::Finalised => local::date(target.row.status_since),
                _ => today,
            },
            beside: ReportContext {
                plan,
                clarifications: (threads.remove(&target.row.id).unwrap_or_default().into_iter())
                    .map(|(criterion, found)| (criterion, found.thread))
                    .collect(),
                register: register_as_of(&registers, &target.row, today),
                evidence: cited_in_order(&target.framework, &mut cited, target.row.id)?,
                alone: match alone.remove(&target.row.id) {
                    Some(alone) if sight.review && sight.readings == [true; 2] => in_order(&target.framework, alone)?,
                    _ => vec![],
                },
                statement,
            },
        })
    }

    /// Returns what the national report of a cycle is worked out from: ratings only, no text but that of the registers. Of an
    /// assessment that was taken up again, the last finalised edition counts. Thirteen queries at most.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such cycle, or the actor is not of National Pause.
    pub async fn national_facts(&self, actor: &Actor, cycle: &CycleId, today: Date) -> Result<NationalFacts> {
        national(actor)?;
        let tx = self.reading().await?;
        let found = cycle::Entity::find_by_id(cycle.as_str())
            .one(&tx)
            .await?
            .ok_or(StoreError::NotFound)?;
        let network = self.finalised(&tx).await?;
        let practices = practice::Entity::find().all(&tx).await?;
        let rows = assessment::Entity::find()
            .filter(assessment::Column::Cycle.eq(cycle.as_str()))
            .all(&tx)
            .await?;
        let (finalised, under_way): (Vec<_>, Vec<_>) =
            (rows.into_iter()).partition(|row| row.status == Status::Finalised.code());
        let counted = latest_editions(finalised);
        let (plans, open_actions) = national_plans(&tx, &counted, &practices, today).await?;
        let latest: HashSet<Uuid> = counted.iter().map(|row| row.id).collect();
        let tally = tally(&tx, cycle, &latest).await?;
        let registers = Registers::read(&tx, adaptation_round::Column::Ruling.is_not_null()).await?;
        let used = used(&tx, cycle).await?;
        tx.commit().await?;

        let slugs: HashMap<Uuid, PracticeSlug> = (practices.into_iter())
            .map(|row| Ok((row.id, convert::slug(row.slug)?)))
            .collect::<Result<_>>()?;
        let slug = |row: &assessment::Model| present(slugs.get(&row.practice_id), "an assessment's Practice");
        let beside = |row: &assessment::Model| Ok((slug(row)?.clone(), registers.as_of_assessment(row)));
        let used = used.into_iter().filter(|(assessment, _)| latest.contains(assessment));
        // while an assessment is taken up again, its finished edition counts
        let again: HashSet<Uuid> = counted.iter().map(|row| row.practice_id).collect();
        let mut unfinished = (under_way.iter())
            .filter(|row| !again.contains(&row.practice_id))
            .map(|row| Ok((slug(row)?.clone(), convert::status(&row.status)?)))
            .collect::<Result<Vec<_>>>()?;
        unfinished.sort_by(|(a, _), (b, _)| a.cmp(b));
        Ok(NationalFacts {
            cycle: cycle.clone(),
            version: convert::version(found.version)?,
            network: network.explorer,
            unfinished,
            beside: NationalBeside {
                plans,
                open_actions,
                clarifications: tally,
                registers: counted.iter().map(beside).collect::<Result<_>>()?,
                evidence: EvidenceUse::of(used.map(|(_, expired)| expired)),
                read_twice: network.read_twice.get(cycle).cloned().unwrap_or_default(),
            },
        })
    }
}

impl Store {
    /// Returns what the figures on reviewers are worked out from: the finalised assessments of a cycle, without those that came
    /// from files, as their reviewers rated them – of two, as each did alone –; with the elements of the cycle's version.
    /// Administrators only. Nine queries.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such cycle, or not for this actor.
    pub async fn reviewed(&self, actor: &Actor, cycle: &CycleId) -> Result<(Arc<Framework>, Vec<ReviewedAssessment>)> {
        administrator(actor)?;
        let tx = self.reading().await?;
        let found = cycle::Entity::find_by_id(cycle.as_str())
            .one(&tx)
            .await?
            .ok_or(StoreError::NotFound)?;
        let current = self.framework(&convert::version(found.version)?)?.clone();
        let names: HashMap<Uuid, String> = (practice::Entity::find().all(&tx).await?.into_iter())
            .map(|row| (row.id, row.name))
            .collect();
        let which = Condition::all()
            .add(assessment::Column::Cycle.eq(cycle.as_str()))
            .add(assessment::Column::Imported.eq(false))
            .add(assessment::Column::Status.eq(Status::Finalised.code()));
        let rows = assessment::Entity::find().filter(which.clone()).all(&tx).await?;
        let which = ids(which);
        let mut said = assessment_contents(&tx, &which).await?;
        let mut reviewers = reviewers_in(&tx, &which).await?;
        let blind = blind(&tx, &which).await?;
        tx.commit().await?;
        let read = |row: assessment::Model| -> Result<ReviewedAssessment> {
            let framework = self.framework(&convert::version(row.version)?)?;
            let said = in_order(framework, said.remove(&row.id).unwrap_or_default())?;
            let kept = blind.get(&row.id);
            let readings = |criterion: &CriterionId, entry: &Entry| match kept {
                Some(kept) => kept.get(criterion).copied().unwrap_or_default(),
                None => [0, 1].map(|place| entry.readings.get(place).and_then(|reading| reading.0.rating)),
            };
            Ok(ReviewedAssessment {
                practice: present(names.get(&row.practice_id), "an assessment's Practice")?.clone(),
                reviewers: (reviewers.remove(&row.id).unwrap_or_default().all().iter())
                    .map(|reviewer| reviewer.name.clone())
                    .collect(),
                criteria: (framework.criteria.iter().zip(said.iter().map(AssessmentContent::entry)))
                    .filter(|(_, entry)| !entry.not_applicable())
                    .map(|(criterion, entry)| ReviewedCriterion {
                        element: criterion.element.clone(),
                        own: entry.self_rating(),
                        review: entry.review_rating(),
                        readings: readings(&criterion.id, &entry),
                    })
                    .collect(),
            })
        };
        let assessments = latest_editions(rows).into_iter().map(read);
        Ok((current, assessments.collect::<Result<_>>()?))
    }
}

/// Of each Practice and cycle the latest edition, by cycle.
pub(crate) fn latest_editions(mut rows: Vec<assessment::Model>) -> Vec<assessment::Model> {
    rows.sort_by(|a, b| (&a.cycle, a.practice_id, b.edition).cmp(&(&b.cycle, b.practice_id, a.edition)));
    rows.dedup_by(|later, first| later.practice_id == first.practice_id && later.cycle == first.cycle);
    rows
}

/// Returns the register beside an assessment; before it is submitted, as it is today.
fn register_as_of(registers: &Registers, row: &assessment::Model, today: Date) -> Register {
    let register = registers.as_of_assessment(row);
    Register {
        at: register.at.or((!row.imported).then(|| AsOf::on(today))),
        ..register
    }
}

fn sheet(practice: &PracticeInfo, row: &assessment::Model, marks: Vec<CriterionRatings>) -> Result<Sheet> {
    Ok(Sheet {
        practice: practice.slug.clone(),
        cycle: convert::cycle(row.cycle.clone())?,
        version: convert::version(row.version.clone())?,
        status: convert::status(&row.status)?,
        imported: row.imported,
        marks,
    })
}
