//! A Practice's improvement plan: read with all that a page needs. What is written is in the rooms below.

mod action;
mod beside;
mod lists;
pub(crate) mod load;
pub(crate) mod support;
pub(crate) mod write;

pub use action::{ActionChange, ActionPage};
pub use beside::AssessmentPlan;
pub(crate) use beside::national_plans;
pub use lists::OpenAction;
pub use support::{NewSupport, SupportRow};
pub use write::Edited;

use crate::{
    Practice, Previous, Store, convert,
    error::{Result, StoreError},
    load::{AssessmentContent, assessment_contents, ids, in_order},
    register::Registers,
    reviewers::reviewers_in,
    rows::assessment,
    scope,
    threads::carried_in,
};
use framework::{
    actor::{Actor, Standing},
    assessment::Entry,
    criteria::Framework,
    drift::Drift,
    ids::{CriterionId, CycleId, ElementId, PracticeSlug},
    lifecycle::{Denied, Status},
    plan::{Action, ActionId, Asking, Findings, NoAction, PlanOperation, asking, may, may_raise_from},
    reviewers::{Phase, Reviewers},
    sheet::CriterionRatings,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};
use time::OffsetDateTime;
use uuid::Uuid;

/// A Practice's improvement plan.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The Practice.
    pub practice: Practice,
    /// What the actor is to it.
    pub standing: Standing,
    /// All actions: open ones first by their day, then closed ones, the latest first.
    pub actions: Vec<ActionRow>,
    /// The latest assessment whose review the Practice may read: what is asked now.
    pub asked: Option<Asked>,
    /// Support that National Pause gave, the latest first.
    pub support: Vec<SupportRow>,
}

/// What an assessment asks of the plan.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Its cycle.
    pub cycle: CycleId,
    /// The version it is assessed under.
    pub framework: Arc<Framework>,
    /// The criteria that need an action, in the version's order.
    pub criteria: Vec<Asking>,
    /// The reasons given in this cycle for no action.
    pub none: Vec<NoActionRow>,
}

/// An action with what pages show beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionRow {
    /// The action.
    pub action: Action,
    /// The criterion's statement, in the version it was raised under.
    pub title: String,
    /// Its element.
    pub element: ElementId,
    /// How many times it was carried over.
    pub carried: usize,
    /// The revision that a form is made from.
    pub revision: i32,
    /// Who changed it last.
    pub who: String,
    /// When.
    pub at: OffsetDateTime,
}

/// A reason for no action, with what pages show beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoActionRow {
    /// Its key.
    pub key: uuid::Uuid,
    /// The reason.
    pub none: NoAction,
    /// The revision that a form is made from.
    pub revision: i32,
    /// Who gave it.
    pub who: String,
    /// When.
    pub at: OffsetDateTime,
}

impl Plan {
    /// Returns an action of this plan.
    pub fn action(&self, id: ActionId) -> Option<&ActionRow> {
        self.actions.iter().find(|row| row.action.id == id)
    }
}

impl Asked {
    /// Returns the reason given for no action on a criterion.
    pub fn none(&self, criterion: &CriterionId) -> Option<&NoActionRow> {
        self.none.iter().find(|row| row.none.criterion == *criterion)
    }
}

impl Store {
    /// Returns a Practice's improvement plan. Twelve queries at most.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such Practice, or the actor may not read its plan.
    pub async fn improvement_plan(&self, actor: &Actor, practice: &PracticeSlug) -> Result<Plan> {
        let tx = self.reading().await?;
        let (practice, standing) = planning(&tx, actor, practice, PlanOperation::Read).await?;
        let rows = assessment::Entity::find()
            .filter(assessment::Column::PracticeId.eq(practice.id.0))
            .all(&tx)
            .await?;
        let years = load::years(&rows)?;
        let actions = self.actions(&tx, practice.id.0, &years).await?;
        let none = load::none(&tx, practice.id.0).await?;
        let support = support::given(&tx, practice.id.0, &rows).await?;
        let of_practice = ids(assessment::Column::PracticeId.eq(practice.id.0).into());
        let reviewers = reviewers_in(&tx, &of_practice).await?;
        let asked = match latest_raised_from(&rows, &reviewers) {
            None => None,
            Some(row) => {
                let before = crate::assessments::latest_before(&rows, &convert::cycle(row.cycle.clone())?);
                let both = [Some(row.id), before.map(|before| before.id)];
                let mut all = assessment_contents(
                    &tx,
                    &ids(assessment::Column::Id.is_in(both.into_iter().flatten()).into()),
                )
                .await?;
                let framework = self.framework(&convert::version(row.version.clone())?)?.clone();
                let current = in_order(&framework, all.remove(&row.id).unwrap_or_default())?;
                let registers = Registers::of_practice(&tx, practice.id.0).await?;
                let mut entries: Vec<Entry> = current.iter().map(AssessmentContent::entry).collect();
                registers.settle_all(row, &framework, entries.iter_mut().map(|entry| &mut entry.agreement));
                let marks: Vec<CriterionRatings> = entries.iter().map(CriterionRatings::from).collect();
                let previous = match before {
                    None => None,
                    Some(before) => {
                        let said = all.remove(&before.id).unwrap_or_default();
                        Some(self.previous(&framework, before, said, &registers)?)
                    }
                };
                let cycle = convert::cycle(row.cycle.clone())?;
                let carried = carried_in(&tx, row.id).await?;
                let found = (&*marks, previous.as_ref(), &carried);
                let criteria = self.asking(&framework, &cycle, found, &actions, &none);
                Some(Asked {
                    none: none.into_iter().filter(|row| row.none.cycle == cycle).collect(),
                    cycle,
                    framework,
                    criteria,
                })
            }
        };
        tx.commit().await?;
        Ok(Plan {
            practice,
            standing,
            actions,
            asked,
            support,
        })
    }

    /// Returns the criteria of an assessment that need an action, and what the plan says to each.
    pub(crate) fn asking(
        &self,
        framework: &Framework,
        cycle: &CycleId,
        (marks, previous, carried): (&[CriterionRatings], Option<&Previous>, &BTreeSet<CriterionId>),
        actions: &[ActionRow],
        none: &[NoActionRow],
    ) -> Vec<Asking> {
        // the earlier ratings stand in this version's order already
        let drift = previous.map(|previous| {
            let before: Vec<CriterionRatings> = (previous.lines.iter())
                .map(|line| line.as_ref().map(CriterionRatings::from).unwrap_or_default())
                .collect();
            let pairs: Vec<Option<usize>> = (0..framework.criteria.len()).map(Some).collect();
            Drift::between(framework, &pairs, &before, marks)
        });
        let actions: Vec<&Action> = actions.iter().map(|row| &row.action).collect();
        let none: Vec<&NoAction> = none.iter().map(|row| &row.none).collect();
        let findings = Findings {
            marks,
            drift: drift.as_ref(),
            carried,
        };
        asking(&self.library, framework, cycle, findings, (&actions, &none))
    }
}

/// A Practice the actor may see, for somebody who may do this with its plan.
pub(crate) async fn planning(
    db: &impl ConnectionTrait,
    actor: &Actor,
    practice: &PracticeSlug,
    deed: PlanOperation,
) -> Result<(Practice, Standing)> {
    let (practice, standing) = scope::practice(db, actor, practice).await?;
    match (may(PlanOperation::Read, standing), may(deed, standing)) {
        (false, _) => Err(StoreError::NotFound),
        (true, false) => Err(Denied::NotAllowed.into()),
        (true, true) => Ok((practice, standing)),
    }
}

/// Returns the latest assessment whose review the Practice may read, in the latest such edition. While two reviewers rate without seeing
/// each other's ratings, what an assessment asks for would tell them.
fn latest_raised_from<'a>(
    rows: &'a [assessment::Model],
    reviewers: &HashMap<Uuid, Reviewers>,
) -> Option<&'a assessment::Model> {
    let blind = |row: &assessment::Model| {
        let phase = reviewers.get(&row.id).map(Reviewers::phase);
        phase == Some(Phase::Blind) && row.status != Status::Finalised.code()
    };
    rows.iter()
        .filter(|row| Status::from_code(&row.status).is_some_and(may_raise_from) && !blind(row))
        .max_by(|a, b| (&a.cycle, a.edition).cmp(&(&b.cycle, b.edition)))
}
