//! Open actions across Practices: for National Pause's list, for a lead's first page, and for those who must be told.

use super::{ActionRow, load};
use crate::{
    Store,
    convert::bad,
    error::Result,
    notice::{Audience, NewNotice, told_already},
    rows::{assessment, plan_action, practice},
    scope::{national, present, visible},
};
use framework::{
    actor::{Actor, PracticeId},
    local,
    network::by_name,
    notice::NoticeKind,
    plan::{ActionId, ActionStatus, DUE_SOON, Due, PlanOperation, may},
    sheet::PracticeInfo,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, sea_query::SelectStatement,
};
use std::collections::HashMap;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// An open action in a list of several Practices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenAction {
    /// The Practice.
    pub practice: PracticeInfo,
    /// The action.
    pub row: ActionRow,
}

/// An open action whose day is near or past.
struct DueAction {
    practice: PracticeId,
    action: ActionId,
    due: Due,
    by: Date,
}

impl Store {
    /// Returns all open actions of all Practices that are not closed, by the Practice's name and then by their day. For National Pause, of the
    /// Practices whose plan the actor may read: not their own as a reader, nor one they have a conflict with. Three queries, always.
    ///
    /// # Errors
    /// [`crate::StoreError::NotFound`] for anybody else.
    pub async fn open_actions(&self, actor: &Actor) -> Result<Vec<OpenAction>> {
        national(actor)?;
        let tx = self.reading().await?;
        let rows = plan_action::Entity::find()
            .find_also_related(practice::Entity)
            .filter(plan_action::Column::State.eq(ActionStatus::Open.code()))
            .filter(practice::Column::ClosedOn.is_null())
            .all(&tx)
            .await?;
        let mut assessments: HashMap<Uuid, Vec<assessment::Model>> = HashMap::new();
        for row in assessment::Entity::find().all(&tx).await? {
            assessments.entry(row.practice_id).or_default().push(row);
        }
        tx.commit().await?;
        let mut years = HashMap::new();
        for (practice, rows) in &assessments {
            years.insert(*practice, load::years(rows)?);
        }
        let mut found = Vec::with_capacity(rows.len());
        let readable = |practice| may(PlanOperation::Read, actor.standing(PracticeId(practice)));
        for (row, practice) in rows.into_iter().filter(|(row, _)| readable(row.practice_id)) {
            let practice: PracticeInfo = present(practice, "an action's Practice")?.try_into()?;
            let years = years.get(&row.practice_id).cloned().unwrap_or_default();
            found.push(OpenAction {
                row: self.action_row(row, &years)?,
                practice,
            });
        }
        found.sort_by_cached_key(|open| (by_name(&open.practice), open.row.action.course.by, open.row.action.id));
        Ok(found)
    }

    /// Returns how many actions are overdue, in each of the Practices whose plan the actor may read and that have any.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn overdue(&self, actor: &Actor, today: Date) -> Result<HashMap<PracticeId, usize>> {
        let counts: Vec<(Uuid, i64)> = plan_action::Entity::find()
            .select_only()
            .column(plan_action::Column::PracticeId)
            .column_as(plan_action::Column::Id.count(), "overdue")
            .filter(visible(actor, plan_action::Column::PracticeId))
            .filter(plan_action::Column::State.eq(ActionStatus::Open.code()))
            .filter(plan_action::Column::PracticeId.not_in_subquery(closed_practices()))
            .filter(plan_action::Column::Due.lt(today))
            .group_by(plan_action::Column::PracticeId)
            .into_tuple()
            .all(&self.db)
            .await?;
        let counts = counts.into_iter().map(|(practice, n)| (PracticeId(practice), n));
        counts
            .filter(|(practice, _)| may(PlanOperation::Read, actor.standing(*practice)))
            .map(|(practice, n)| Ok((practice, usize::try_from(n).map_err(bad)?)))
            .collect()
    }

    /// Tells the teams of open actions whose day is near, and of those whose day has passed: once each, however often the job
    /// that calls this comes by.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn notify_of_due_actions(&self, now: OffsetDateTime) -> Result<()> {
        let tx = self.writing().await?;
        let told = told_already(&tx, &[NoticeKind::ActionDue, NoticeKind::ActionOverdue]).await?;
        for action in actions_due(&tx, now).await? {
            let kind = match action.due {
                Due::Overdue => NoticeKind::ActionOverdue,
                Due::Soon | Due::Later => NoticeKind::ActionDue,
            };
            // a day that was moved is a new one to be told of
            let notice = NewNotice::about(kind, action.practice.0)
                .on(action.action.0)
                .once(format_args!("{}:{}", action.action.0, action.by));
            if !notice.is_in(&told) {
                self.notify(&tx, now, None, notice, Audience::Team).await?;
            }
        }
        tx.commit().await
    }
}

/// Nobody is told of what a closed Practice meant to do.
fn closed_practices() -> SelectStatement {
    let closed = practice::Entity::find().select_only().column(practice::Column::Id);
    closed.filter(practice::Column::ClosedOn.is_not_null()).into_query()
}

/// The open actions that are due soon or overdue.
async fn actions_due(tx: &impl ConnectionTrait, now: OffsetDateTime) -> Result<Vec<DueAction>> {
    let today = local::date(now);
    let rows = plan_action::Entity::find()
        .filter(plan_action::Column::State.eq(ActionStatus::Open.code()))
        .filter(plan_action::Column::PracticeId.not_in_subquery(closed_practices()))
        .filter(plan_action::Column::Due.lte(today.saturating_add(DUE_SOON)))
        .all(tx)
        .await?;
    let due = |row: plan_action::Model| DueAction {
        practice: PracticeId(row.practice_id),
        action: ActionId(row.id),
        due: if row.due < today { Due::Overdue } else { Due::Soon },
        by: row.due,
    };
    Ok(rows.into_iter().map(due).collect())
}
