//! The facts that reports are worked out from, in a fixed number of queries.

use crate::{
    Store,
    convert::{self, class, rating},
    error::{Result, StoreError},
    load::{Said, Sight, ids, in_order, said},
    plan::national_plans,
    practices::by_name,
    register::Registers,
    reviewers::reviewers_of,
    rows::{adaptation_round, agreement, answer, assessment, cycle, practice, reading, review},
    scope::{self, Place, latest_readable, national, present},
};
use framework::{
    actor::Actor,
    adaptation::{AdaptationId, AsOf},
    assessment::{Agreement, Entry},
    criteria::Framework,
    ids::{CriterionId, CycleId, PracticeSlug},
    lifecycle::Status,
    rating::Rating,
    report::{Beside, NationalBeside, NationalFacts, PracticeFacts, Register},
    sheet::{Mark, PracticeInfo, Sheet},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect,
    sea_query::SelectStatement,
};
use std::collections::{BTreeMap, HashMap};
use time::Date;
use uuid::Uuid;

impl Store {
    /// What a Practice's report is worked out from: its finalised assessments of earlier cycles, and this one last.
    /// Of the current cycle the edition that is asked for, else the latest that the actor may read. Twelve queries, always.
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
        let place = Place::read(self, standing, current, reviewers)?;
        let sight = place.sight(actor);
        let known = rows.iter().map(|row| row.id).chain([place.row.id]);
        let mut all = said(&tx, &ids(assessment::Column::Id.is_in(known).into())).await?;
        let plan = self.plan_facts(&tx, &place.row).await?;
        let registers = Registers::of_practice(&tx, practice.id.0).await?;
        tx.commit().await?;

        let mut entries = |framework: &Framework, row: &assessment::Model, sight: &Sight| -> Result<Vec<Entry>> {
            let said = in_order(framework, all.remove(&row.id).unwrap_or_default())?;
            let said = said.into_iter().map(|said: Said| said.visible(sight).entry());
            let mut entries: Vec<Entry> = said.collect();
            registers.settle_all(row, framework, entries.iter_mut().map(|entry| &mut entry.agreement));
            Ok(entries)
        };
        let marks = |entries: &[Entry]| entries.iter().map(Mark::from).collect();
        let mut sheets = Vec::with_capacity(rows.len() + 1);
        for row in &rows {
            let version = convert::version(row.version.clone())?;
            let past = entries(self.framework(&version)?, row, &Sight::ALL)?;
            sheets.push(sheet(&practice.info, row, marks(&past))?);
        }
        let entries = entries(&place.framework, &place.row, &sight)?;
        sheets.push(sheet(&practice.info, &place.row, marks(&entries))?);
        Ok(PracticeFacts {
            practice: practice.info,
            sheets,
            entries,
            day: match place.status {
                Status::Finalised => place.row.status_since.date(),
                _ => today,
            },
            beside: Beside {
                plan,
                register: beside(&registers, &place.row, today),
            },
        })
    }

    /// What the national report of a cycle is worked out from: ratings only, no text but that of the registers. Of an
    /// assessment that was taken up again, the last finalised edition counts. Ten queries, always.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such cycle, or the actor is not of National Pause.
    pub async fn national_facts(&self, actor: &Actor, cycle: &CycleId) -> Result<NationalFacts> {
        national(actor)?;
        let tx = self.reading().await?;
        let found = cycle::Entity::find_by_id(cycle.as_str())
            .one(&tx)
            .await?
            .ok_or(StoreError::NotFound)?;
        let practices = practice::Entity::find().all(&tx).await?;
        let rows = assessment::Entity::find()
            .filter(
                Condition::any()
                    .add(assessment::Column::Status.eq(Status::Finalised.code()))
                    .add(assessment::Column::Cycle.eq(cycle.as_str())),
            )
            .all(&tx)
            .await?;
        let finalised = ids(assessment::Column::Status.eq(Status::Finalised.code()).into());
        let mut marks = marks(&tx, &finalised).await?;
        let plans = national_plans(&tx, cycle, &rows, &practices).await?;
        let registers = Registers::read(&tx, adaptation_round::Column::Ruling.is_not_null()).await?;
        tx.commit().await?;

        let practices: HashMap<Uuid, PracticeInfo> = practices
            .into_iter()
            .map(|row| Ok((row.id, row.try_into()?)))
            .collect::<Result<_>>()?;
        let mut sheets = Vec::new();
        let mut unfinished = Vec::new();
        let (finalised, under_way): (Vec<_>, Vec<_>) = rows
            .into_iter()
            .filter(|row| row.cycle.as_str() <= cycle.as_str())
            .partition(|row| row.status == Status::Finalised.code());
        let mut beside = NationalBeside {
            plans,
            ..NationalBeside::default()
        };
        for row in latest_editions(finalised).iter().chain(&under_way) {
            let practice = present(practices.get(&row.practice_id), "an assessment's Practice")?;
            match convert::status(&row.status)? {
                Status::Finalised => {
                    let version = convert::version(row.version.clone())?;
                    let framework = self.framework(&version)?;
                    let mut marks = in_order(framework, marks.remove(&row.id).unwrap_or_default())?;
                    registers.settle_all(row, framework, marks.iter_mut().map(|(_, agreement)| agreement));
                    let marks = marks.into_iter().map(|(mark, agreement)| Mark {
                        class: agreement.class,
                        ..mark
                    });
                    if row.cycle == cycle.as_str() {
                        beside.registers.insert(practice.slug.clone(), registers.beside(row));
                    }
                    sheets.push(sheet(practice, row, marks.collect())?);
                }
                status => unfinished.push((practice.slug.clone(), status)),
            }
        }
        // while an assessment is taken up again, its finished edition counts
        unfinished.retain(|(practice, _)| {
            !sheets
                .iter()
                .any(|s: &Sheet| s.practice == *practice && s.cycle == *cycle)
        });
        sheets.sort_by(|a, b| (&a.cycle, &a.practice).cmp(&(&b.cycle, &b.practice)));
        unfinished.sort_by(|(a, _), (b, _)| a.cmp(b));
        let mut practices: Vec<PracticeInfo> = practices.into_values().collect();
        practices.sort_by_cached_key(by_name);
        Ok(NationalFacts {
            cycle: cycle.clone(),
            version: convert::version(found.version)?,
            practices,
            sheets,
            unfinished,
            beside,
        })
    }
}

/// Of each Practice and cycle the latest edition, by cycle.
pub(crate) fn latest_editions(mut rows: Vec<assessment::Model>) -> Vec<assessment::Model> {
    rows.sort_by(|a, b| (&a.cycle, a.practice_id, b.edition).cmp(&(&b.cycle, b.practice_id, a.edition)));
    rows.dedup_by(|later, first| later.practice_id == first.practice_id && later.cycle == first.cycle);
    rows
}

/// The register beside an assessment; before it is submitted, as it is today.
fn beside(registers: &Registers, row: &assessment::Model, today: Date) -> Register {
    let register = registers.beside(row);
    Register {
        at: register.at.or((!row.imported).then(|| AsOf::on(today))),
        ..register
    }
}

fn sheet(practice: &PracticeInfo, row: &assessment::Model, marks: Vec<Mark>) -> Result<Sheet> {
    Ok(Sheet {
        practice: practice.slug.clone(),
        cycle: convert::cycle(row.cycle.clone())?,
        version: convert::version(row.version.clone())?,
        status: convert::status(&row.status)?,
        imported: row.imported,
        marks,
    })
}

#[derive(FromQueryResult)]
struct SelfMark {
    assessment_id: Uuid,
    criterion: String,
    rating: Option<i16>,
    not_applicable: bool,
}

#[derive(FromQueryResult)]
struct ReviewMark {
    assessment_id: Uuid,
    criterion: String,
    rating: Option<i16>,
}

#[derive(FromQueryResult)]
struct ReadingMark {
    assessment_id: Uuid,
    criterion: String,
    place: i16,
    rating: Option<i16>,
}

#[derive(FromQueryResult)]
struct AgreedMark {
    assessment_id: Uuid,
    criterion: String,
    rating: Option<i16>,
    class: Option<String>,
    adaptation_id: Option<Uuid>,
}

/// With what the class rests on.
type Marks = HashMap<Uuid, BTreeMap<CriterionId, (Mark, Agreement)>>;

/// The ratings in the assessments of a subquery: four queries, no text.
async fn marks(db: &impl ConnectionTrait, which: &SelectStatement) -> Result<Marks> {
    let mut marks = Marks::new();
    let mut mark = |assessment: Uuid, criterion: String, set: &dyn Fn(&mut (Mark, Agreement))| -> Result<()> {
        let criterion = convert::criterion(criterion)?;
        set(marks.entry(assessment).or_default().entry(criterion).or_default());
        Ok(())
    };
    let answers = answer::Entity::find()
        .select_only()
        .columns([answer::Column::AssessmentId, answer::Column::Criterion])
        .columns([answer::Column::Rating, answer::Column::NotApplicable])
        .filter(answer::Column::AssessmentId.in_subquery(which.clone()));
    for row in answers.into_model::<SelfMark>().all(db).await? {
        let rating = rating(row.rating)?;
        mark(row.assessment_id, row.criterion, &|(mark, _)| {
            mark.self_rating = rating;
            mark.not_applicable = row.not_applicable;
        })?;
    }
    let reviews = review::Entity::find()
        .select_only()
        .columns([
            review::Column::AssessmentId,
            review::Column::Criterion,
            review::Column::Rating,
        ])
        .filter(review::Column::AssessmentId.in_subquery(which.clone()));
    for row in reviews.into_model::<ReviewMark>().all(db).await? {
        let rating = rating(row.rating)?;
        mark(row.assessment_id, row.criterion, &|(mark, _)| {
            mark.review_rating = rating
        })?;
    }
    let mut readings: HashMap<(Uuid, CriterionId), [Option<Rating>; 2]> = HashMap::new();
    let both = reading::Entity::find()
        .select_only()
        .columns([reading::Column::AssessmentId, reading::Column::Criterion])
        .columns([reading::Column::Place, reading::Column::Rating])
        .filter(reading::Column::AssessmentId.in_subquery(which.clone()));
    for row in both.into_model::<ReadingMark>().all(db).await? {
        let key = (row.assessment_id, convert::criterion(row.criterion)?);
        readings.entry(key).or_default()[convert::seat(row.place)?.index()] = rating(row.rating)?;
    }
    let agreements = agreement::Entity::find()
        .select_only()
        .columns([agreement::Column::AssessmentId, agreement::Column::Criterion])
        .columns([
            agreement::Column::Rating,
            agreement::Column::Class,
            agreement::Column::AdaptationId,
        ])
        .filter(agreement::Column::AssessmentId.in_subquery(which.clone()));
    for row in agreements.into_model::<AgreedMark>().all(db).await? {
        let (rating, class) = (rating(row.rating)?, class(row.class.as_deref())?);
        mark(row.assessment_id, row.criterion, &|(mark, agreement)| {
            mark.agreed_rating = rating;
            agreement.class = class;
            agreement.adaptation = row.adaptation_id.map(AdaptationId);
        })?;
    }
    // equal ratings count without anybody setting one, as `Entry::review_rating` and `agreed_rating` say
    for ((assessment, criterion), [first, second]) in readings {
        if first.is_some() && first == second {
            let (mark, _) = marks.entry(assessment).or_default().entry(criterion).or_default();
            mark.review_rating = mark.review_rating.or(first);
        }
    }
    for (mark, _) in marks.values_mut().flat_map(BTreeMap::values_mut) {
        let equal = mark.review_rating.filter(|review| mark.self_rating == Some(*review));
        mark.agreed_rating = mark.agreed_rating.or(equal);
    }
    Ok(marks)
}
