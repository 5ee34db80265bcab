//! The plan beside an assessment, and in reports.

use super::{ActionRow, NoActionRow, load, support};
use crate::{
    Assessment, Store, convert,
    error::Result,
    rows::{assessment, plan_action, plan_support, practice},
    scope::present,
};
use framework::{
    actor::Standing,
    clarification::carried,
    criteria::Framework,
    ids::CycleId,
    lifecycle::Status,
    plan::{ActionStatus, Asking, Course, PlanOperation, may, place_in},
    report::{NationalPlanFacts, OpenActions, PlanFacts},
    sheet::CriterionRatings,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, QueryTrait,
    sea_query::ExprTrait,
};
use std::collections::HashMap;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// The improvement plan as it concerns one assessment. Empty for readers, who have it in the report.
#[derive(Clone, Debug, Default)]
pub struct AssessmentPlan {
    /// The Practice's actions.
    pub actions: Vec<ActionRow>,
    /// Its reasons for none.
    pub none: Vec<NoActionRow>,
    /// For each action that an earlier cycle handed on to this one: where its criterion stands in the assessment's version.
    places: Vec<Option<usize>>,
    /// The criteria that need an action, and what the plan says to each.
    pub asking: Vec<Asking>,
}

impl AssessmentPlan {
    /// Returns the actions that earlier cycles handed on to this one, on the criterion at a place: open, or closed since the
    /// assessment before.
    pub fn earlier(&self, index: usize) -> impl Iterator<Item = &ActionRow> {
        let here = self.actions.iter().zip(&self.places);
        here.filter(move |(_, there)| **there == Some(index))
            .map(|(row, _)| row)
    }
}

impl Store {
    /// Returns the criteria of an assessment that need an action; nothing for those who may not read the plan.
    pub(crate) fn asking_in(&self, assessment: &Assessment) -> Vec<Asking> {
        if !may(PlanOperation::Read, assessment.standing) {
            return vec![];
        }
        let marks: Vec<CriterionRatings> = assessment
            .lines
            .iter()
            .map(|line| CriterionRatings::from(&line.entry))
            .collect();
        let plan = &assessment.plan;
        let previous = assessment.previous.as_ref();
        let threads = (assessment.framework.criteria.iter().zip(&assessment.lines))
            .filter_map(|(criterion, line)| Some((&criterion.id, &line.clarification.as_ref()?.thread)));
        let found = (&*marks, previous, &carried(threads));
        self.asking(
            &assessment.framework,
            &assessment.cycle,
            found,
            &plan.actions,
            &plan.none,
        )
    }

    /// Returns the plan beside the assessment of a cycle: two queries. `rows` are all assessments of its Practice.
    pub(crate) async fn plan_for_assessment(
        &self,
        db: &impl ConnectionTrait,
        standing: Standing,
        practice: Uuid,
        (cycle, framework): (&CycleId, &Framework),
        rows: &[assessment::Model],
    ) -> Result<AssessmentPlan> {
        if !may(PlanOperation::Read, standing) {
            return Ok(AssessmentPlan::default());
        }
        let years = load::years(rows)?;
        let actions = self.actions(db, practice, &years).await?;
        let place = |row: &ActionRow| {
            let course = &row.action.course;
            let handed_on = course.raised < *cycle && years.belongs_to(course, cycle);
            handed_on.then(|| place_in(&self.library, framework, &row.action.version, &row.action.criterion))?
        };
        Ok(AssessmentPlan {
            places: actions.iter().map(place).collect(),
            none: load::none(db, practice).await?,
            actions,
            asking: vec![],
        })
    }

    /// Returns the plan for the report on an assessment: four queries.
    pub(crate) async fn plan_facts(
        &self,
        db: &impl ConnectionTrait,
        row: &assessment::Model,
        today: Date,
    ) -> Result<PlanFacts> {
        let assessments = assessment::Entity::find()
            .filter(assessment::Column::PracticeId.eq(row.practice_id))
            .all(db)
            .await?;
        let years = load::years(&assessments)?;
        let actions = self.actions(db, row.practice_id, &years).await?;
        let none = load::none(db, row.practice_id).await?;
        let given = support::given(db, row.practice_id, &assessments).await?;
        Ok(PlanFacts {
            actions: actions.into_iter().map(|row| row.action).collect(),
            none: none.into_iter().map(|row| row.none).collect(),
            given: given.into_iter().map(|row| row.given).collect(),
            until: load::finished(row),
            today: Some(today),
            years,
        })
    }
}

#[derive(FromQueryResult)]
struct CourseRow {
    practice_id: Uuid,
    cycle: String,
    raised_at: OffsetDateTime,
    due: Date,
    state: String,
    closed_at: Option<OffsetDateTime>,
    wants_support: bool,
}

#[derive(FromQueryResult)]
struct GivenRow {
    practice_id: Uuid,
    recorded_at: OffsetDateTime,
    rating: Option<i16>,
}

/// Returns the plans for the national report of a cycle: three queries, no text. `current` are the finalised assessments of the cycle
/// that count, one a Practice. Beside them the open actions of all Practices, overdue by `today`.
pub(crate) async fn national_plans(
    db: &impl ConnectionTrait,
    current: &[assessment::Model],
    practices: &[practice::Model],
    today: Date,
) -> Result<(Vec<NationalPlanFacts>, OpenActions)> {
    let wants_support = plan_action::Column::Support.into_expr().is_not_null();
    let courses = plan_action::Entity::find()
        .select_only()
        .columns([
            plan_action::Column::PracticeId,
            plan_action::Column::Cycle,
            plan_action::Column::RaisedAt,
            plan_action::Column::Due,
            plan_action::Column::State,
            plan_action::Column::ClosedAt,
        ])
        .column_as(wants_support, "wants_support")
        .into_model::<CourseRow>()
        .all(db)
        .await?;
    let given = plan_support::Entity::find()
        .select_only()
        .columns([
            plan_support::Column::PracticeId,
            plan_support::Column::RecordedAt,
            plan_support::Column::Rating,
        ])
        .into_model::<GivenRow>()
        .all(db)
        .await?;
    // a Practice without actions and support needs no years
    let with_actions = plan_action::Entity::find()
        .select_only()
        .column(plan_action::Column::PracticeId);
    let with_support = plan_support::Entity::find()
        .select_only()
        .column(plan_support::Column::PracticeId);
    let planning = Condition::any()
        .add(assessment::Column::PracticeId.in_subquery(with_actions.into_query()))
        .add(assessment::Column::PracticeId.in_subquery(with_support.into_query()));
    let rows = assessment::Entity::find()
        .filter(assessment::Column::Status.eq(Status::Finalised.code()))
        .filter(planning)
        .all(db)
        .await?;
    let mut plans: HashMap<Uuid, NationalPlanFacts> = HashMap::new();
    let mut own: HashMap<Uuid, Vec<assessment::Model>> = HashMap::new();
    for row in rows {
        own.entry(row.practice_id).or_default().push(row);
    }
    let slugs: HashMap<Uuid, &String> = practices.iter().map(|row| (row.id, &row.slug)).collect();
    for row in current {
        let slug = present(slugs.get(&row.practice_id), "an assessment's Practice")?;
        let plan = NationalPlanFacts {
            practice: convert::slug(slug.to_string())?,
            courses: vec![],
            given: vec![],
            years: load::years(own.get(&row.practice_id).map_or(&[], Vec::as_slice))?,
            until: load::finished(row),
            day: today,
        };
        plans.insert(row.practice_id, plan);
    }
    let mut all = OpenActions::default();
    for row in courses {
        let course = Course {
            raised: convert::cycle(row.cycle)?,
            raised_at: row.raised_at,
            by: row.due,
            state: load::state(&row.state)?,
            closed: row.closed_at,
            wants_support: row.wants_support,
        };
        all.open += usize::from(course.state == ActionStatus::Open);
        all.overdue += usize::from(course.is_overdue(today));
        if let Some(plan) = plans.get_mut(&row.practice_id) {
            plan.courses.push(course);
        }
    }
    for row in given {
        if let Some(plan) = plans.get_mut(&row.practice_id) {
            plan.given.push((row.recorded_at, support::helped(row.rating)?));
        }
    }
    Ok((plans.into_values().collect(), all))
}
