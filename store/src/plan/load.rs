//! The plan's rows as domain values.

use super::{ActionRow, NoActionRow};
use crate::{
    Store,
    convert::{self, bad},
    error::Result,
    rows::{assessment, plan_action, plan_none},
};
use framework::{
    lifecycle::Status,
    plan::{Action, ActionId, ActionStatus, Course, NoAction, Owner, PlannedAction, Year, Years},
    prose::Prose,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// Returns a Practice's years, from its assessments.
pub(crate) fn years(rows: &[assessment::Model]) -> Result<Years> {
    let years = rows.iter().map(|row| {
        Ok(Year {
            cycle: convert::cycle(row.cycle.clone())?,
            begun: row.created_at,
            finished: finished(row),
        })
    });
    Ok(Years::new(years.collect::<Result<_>>()?))
}

/// When an assessment was finalised. One from a file was so at some time that nobody knows.
pub(crate) fn finished(row: &assessment::Model) -> Option<OffsetDateTime> {
    (row.status == Status::Finalised.code() && !row.imported).then_some(row.status_since)
}

/// Returns the reasons for no action that a Practice gave, in all cycles.
pub(crate) async fn none(db: &impl ConnectionTrait, practice: Uuid) -> Result<Vec<NoActionRow>> {
    let rows = plan_none::Entity::find()
        .filter(plan_none::Column::PracticeId.eq(practice))
        .all(db)
        .await?;
    rows.into_iter().map(NoActionRow::try_from).collect()
}

impl Store {
    /// Returns a Practice's actions, in the plan's order.
    pub(crate) async fn actions(
        &self,
        db: &impl ConnectionTrait,
        practice: Uuid,
        years: &Years,
    ) -> Result<Vec<ActionRow>> {
        let rows = plan_action::Entity::find()
            .filter(plan_action::Column::PracticeId.eq(practice))
            .all(db)
            .await?;
        let mut rows: Vec<ActionRow> = (rows.into_iter())
            .map(|row| self.action_row(row, years))
            .collect::<Result<_>>()?;
        rows.sort_by_cached_key(|row| row.action.order());
        Ok(rows)
    }

    /// Returns an action with what pages show beside it.
    pub(crate) fn action_row(&self, row: plan_action::Model, years: &Years) -> Result<ActionRow> {
        let (revision, who, at) = (row.revision, row.updated_who.clone(), row.updated_at);
        let action = Action::try_from(row)?;
        let framework = self.framework(&action.version)?;
        let criterion = framework
            .criterion(&action.criterion)
            .ok_or_else(|| bad(format!("{} is no criterion of {}", action.criterion, action.version)))?;
        Ok(ActionRow {
            title: criterion.title.clone(),
            element: criterion.element.clone(),
            carried: years.carried_over(&action.course),
            action,
            revision,
            who,
            at,
        })
    }
}

/// Returns a state of an action.
pub(crate) fn state(code: &str) -> Result<ActionStatus> {
    ActionStatus::from_code(code).ok_or_else(|| bad(format!("no state “{code}” of an action")))
}

/// Returns what an action says.
pub(crate) fn planned(what: String, owner: String, by: Date, support: Option<String>) -> Result<PlannedAction> {
    Ok(PlannedAction {
        what: Prose::try_from(what).map_err(bad)?,
        owner: Owner::try_from(owner).map_err(bad)?,
        by,
        support: convert::prose(support)?,
    })
}

impl TryFrom<plan_action::Model> for Action {
    type Error = crate::StoreError;
    fn try_from(row: plan_action::Model) -> Result<Self> {
        Ok(Action {
            id: ActionId(row.id),
            criterion: convert::criterion(row.criterion)?,
            version: convert::version(row.version)?,
            course: Course {
                raised: convert::cycle(row.cycle)?,
                raised_at: row.raised_at,
                by: row.due,
                state: state(&row.state)?,
                closed: row.closed_at,
                wants_support: row.support.is_some(),
            },
            closing: convert::prose(row.closing)?,
            planned: planned(row.what, row.owner, row.due, row.support)?,
        })
    }
}

impl TryFrom<plan_none::Model> for NoActionRow {
    type Error = crate::StoreError;
    fn try_from(row: plan_none::Model) -> Result<Self> {
        Ok(NoActionRow {
            key: row.id,
            none: NoAction {
                cycle: convert::cycle(row.cycle)?,
                criterion: convert::criterion(row.criterion)?,
                reason: Prose::try_from(row.reason).map_err(bad)?,
            },
            revision: row.revision,
            who: row.updated_who,
            at: row.updated_at,
        })
    }
}
