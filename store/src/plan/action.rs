//! One action with its history.

use super::{ActionRow, SupportRow, load, planning, support, write::find};
use crate::{
    Practice, Store, convert,
    error::Result,
    rows::{assessment, plan_change},
};
use framework::{
    actor::{Actor, Standing},
    ids::PracticeSlug,
    plan::{About, ActionId, ActionStatus, PlanOperation, PlannedAction},
    prose::Prose,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use time::OffsetDateTime;

/// An action with all that its page needs.
#[derive(Clone, Debug)]
pub struct ActionPage {
    /// The Practice.
    pub practice: Practice,
    /// What the actor is to it.
    pub standing: Standing,
    /// The action.
    pub row: ActionRow,
    /// What became of it, oldest first; the first is its raising.
    pub changes: Vec<ActionChange>,
    /// The support that was given for it.
    pub support: Vec<SupportRow>,
}

/// One change of an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionChange {
    /// When.
    pub at: OffsetDateTime,
    /// Who.
    pub who: String,
    /// Where it stood before; nothing when it was raised.
    pub from: Option<ActionStatus>,
    /// Where it stood then.
    pub to: ActionStatus,
    /// What it said before; nothing when it was raised.
    pub before: Option<PlannedAction>,
    /// What it said then.
    pub planned: PlannedAction,
    /// Why.
    pub why: Option<Prose>,
}

impl Store {
    /// Returns an action of a Practice's plan, with its history. Five queries, always.
    ///
    /// # Errors
    /// [`crate::StoreError::NotFound`] when there is none, or the actor may not read the plan.
    pub async fn action(&self, actor: &Actor, practice: &PracticeSlug, id: ActionId) -> Result<ActionPage> {
        let tx = self.reading().await?;
        let (practice, standing) = planning(&tx, actor, practice, PlanOperation::Read).await?;
        let found = find(&tx, practice.id.0, id).await?;
        let assessments = assessment::Entity::find()
            .filter(assessment::Column::PracticeId.eq(practice.id.0))
            .all(&tx)
            .await?;
        let changes = plan_change::Entity::find()
            .filter(plan_change::Column::ActionId.eq(id.0))
            .order_by_asc(plan_change::Column::Id)
            .all(&tx)
            .await?;
        let mut support = support::given(&tx, practice.id.0, &assessments).await?;
        tx.commit().await?;
        support.retain(|row| row.given.about == About::Action(id));
        let mut history: Vec<ActionChange> = Vec::with_capacity(changes.len());
        for row in changes {
            let before = history.last().map(|change| change.planned.clone());
            history.push(ActionChange {
                at: row.at,
                who: row.who,
                from: row.state_from.as_deref().map(load::state).transpose()?,
                to: load::state(&row.state_to)?,
                before,
                planned: load::planned(row.what, row.owner, row.due, row.support)?,
                why: convert::prose(row.why)?,
            });
        }
        Ok(ActionPage {
            row: self.action_row(found, &load::years(&assessments)?)?,
            practice,
            standing,
            changes: history,
            support,
        })
    }
}
