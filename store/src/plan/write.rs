//! Writing the plan: raising actions, changing them, doing, dropping and opening them again, and saying why there is none.
//! Each change is made against the revision it was made from, and leaves a row of the action's history.

use super::{ActionRow, NoActionRow, load, planning};
use crate::{
    Store,
    convert::{stamp, text},
    error::{Result, StoreError},
    event::{EventKind, NewEvent, Who, record},
    rows::{assessment, plan_action, plan_change, plan_none},
    scope::{AccessibleAssessment, Lock},
    transaction::Transaction,
    wording::{Subject, Version, record_wording, wordings},
};
use framework::{
    actor::Actor,
    ids::{CriterionId, CycleId, PracticeSlug},
    plan::{Action, ActionId, ActionStatus, PlanOperation, PlannedAction, may_raise_from},
    prose::Prose,
    wording::{Kind, NoAction, Sides, Worded, merge, stood_at},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use time::OffsetDateTime;
use uuid::Uuid;

/// What became of an edit.
#[derive(Clone, Debug, PartialEq)]
pub enum Edited<T> {
    /// It is stored, or was so already.
    Saved,
    /// Somebody saved something else since the form was made. Nothing was changed.
    Conflict(Box<T>),
}

impl Store {
    /// Adds an action on a criterion of an assessment.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the actor may not read the assessment or the plan; [`StoreError::Lifecycle`] for
    /// anybody but the Practice's leads and contributors; [`StoreError::Refused`] while the Practice may not read the
    /// review, and when there is no such criterion.
    pub async fn raise_action(
        &self,
        actor: &Actor,
        practice: &PracticeSlug,
        cycle: &CycleId,
        criterion: &CriterionId,
        planned: &PlannedAction,
        now: OffsetDateTime,
    ) -> Result<ActionId> {
        let tx = self.writing().await?;
        planning(&tx, actor, practice, PlanOperation::Write).await?;
        let target = self.raising(&tx, actor, practice, cycle).await?;
        let id = ActionId(Uuid::now_v7());
        if let Some(before) = self.made_before(&tx, actor, id.0, stamp(now)).await? {
            return Ok(ActionId(before));
        }
        raise(&tx, actor, &target, id, criterion, planned, now).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Returns the assessment that something in the plan is raised from.
    async fn raising(
        &self,
        tx: &Transaction,
        actor: &Actor,
        practice: &PracticeSlug,
        cycle: &CycleId,
    ) -> Result<AccessibleAssessment> {
        let place = self.lock_assessment(tx, actor, practice, cycle, Lock::Shared).await?;
        if may_raise_from(place.status) {
            return Ok(place);
        }
        Err(StoreError::Refused(
            "The plan is written once you can read the review: when the assessment is returned, or moderated."
                .to_owned(),
        ))
    }

    /// Changes what an open action says. What others changed since its form was made is merged in, field by field; where
    /// both changed the same field nothing is saved, and the conflict has what is stored with what to show in the form: the
    /// sender's text in those fields, and what is stored in all others.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such action for this actor; [`StoreError::Lifecycle`] for anybody but
    /// the Practice's leads and contributors; [`StoreError::Refused`] when it is closed.
    #[expect(clippy::too_many_arguments, reason = "who, which, from what, to what, why, when")]
    pub async fn change_action(
        &self,
        actor: &Actor,
        practice: &PracticeSlug,
        id: ActionId,
        revision: i32,
        planned: &PlannedAction,
        why: Option<Prose>,
        now: OffsetDateTime,
    ) -> Result<Edited<(ActionRow, PlannedAction)>> {
        let now = stamp(now);
        let tx = self.writing().await?;
        let (practice, _) = planning(&tx, actor, practice, PlanOperation::Write).await?;
        let found = find(&tx, practice.id.0, id).await?;
        let theirs = Action::try_from(found.clone())?;
        let state = theirs.course.state;
        if state != ActionStatus::Open {
            return Err(StoreError::Refused(format!(
                "The action is {}. Open it again before you change it.",
                state.name().to_lowercase()
            )));
        }
        let base = match found.revision == revision {
            true => Some(theirs.planned.texts()),
            false => stood_at::<PlannedAction>(&wordings(&tx, &Subject::of(Kind::Action, id.0, 0)).await?, revision),
        };
        let mine = planned.texts();
        let merged = merge::<PlannedAction>(Sides {
            base: base.as_deref(),
            mine: &mine,
            edited: &PlannedAction::FIELDS.iter().map(|(name, _)| *name).collect(),
            theirs: &theirs.planned.texts(),
        });
        let mut texts = merged.texts;
        for (index, (name, _)) in PlannedAction::FIELDS.iter().enumerate() {
            if merged.asked.contains(name) {
                texts[index].clone_from(&mine[index]);
            }
        }
        let planned = PlannedAction::of_texts(&texts).unwrap_or_else(|| planned.clone());
        if !merged.asked.is_empty() {
            let theirs = self.with_years(&tx, found).await?;
            return Ok(Edited::Conflict(Box::new((theirs, planned))));
        }
        if planned == theirs.planned {
            return Ok(Edited::Saved);
        }
        let step = Step {
            planned: planned.clone(),
            state,
        };
        if take(&tx, actor, &found, &theirs, &step, why, now).await? {
            tx.commit().await?;
            return Ok(Edited::Saved);
        }
        // somebody else was faster, between our read and our write
        let found = find(&tx, practice.id.0, id).await?;
        let theirs = self.with_years(&tx, found).await?;
        Ok(Edited::Conflict(Box::new((theirs, planned))))
    }

    /// Says that an action is done, or dropped, or opens it again; always with a reason.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such action for this actor; [`StoreError::Lifecycle`] for anybody but
    /// the Practice's leads and contributors; [`StoreError::Refused`] when it cannot go there from where it stands.
    #[expect(clippy::too_many_arguments, reason = "who, which, from what, to what, why, when")]
    pub async fn move_action(
        &self,
        actor: &Actor,
        practice: &PracticeSlug,
        id: ActionId,
        revision: i32,
        to: ActionStatus,
        why: Prose,
        now: OffsetDateTime,
    ) -> Result<Edited<ActionRow>> {
        let now = stamp(now);
        let tx = self.writing().await?;
        let (practice, _) = planning(&tx, actor, practice, PlanOperation::Write).await?;
        let found = find(&tx, practice.id.0, id).await?;
        if found.revision != revision {
            return Ok(Edited::Conflict(Box::new(self.with_years(&tx, found).await?)));
        }
        let action = Action::try_from(found.clone())?;
        let from = action.course.state;
        if from == to {
            return Ok(Edited::Saved);
        }
        if !from.onward().contains(&to) {
            let (from, to) = (from.name().to_lowercase(), to.name().to_lowercase());
            return Err(StoreError::Refused(format!(
                "The action is {from} and cannot become {to}."
            )));
        }
        let step = Step {
            planned: action.planned.clone(),
            state: to,
        };
        if take(&tx, actor, &found, &action, &step, Some(why), now).await? {
            tx.commit().await?;
            return Ok(Edited::Saved);
        }
        // somebody else was faster, between our read and our write
        let found = find(&tx, practice.id.0, id).await?;
        Ok(Edited::Conflict(Box::new(self.with_years(&tx, found).await?)))
    }

    async fn with_years(&self, tx: &Transaction, row: plan_action::Model) -> Result<ActionRow> {
        let assessments = assessment::Entity::find()
            .filter(assessment::Column::PracticeId.eq(row.practice_id))
            .all(tx)
            .await?;
        self.action_row(row, &load::years(&assessments)?)
    }

    /// Says why there is no action on a criterion of an assessment.
    ///
    /// # Errors
    /// As [`Store::raise_action`].
    #[expect(clippy::too_many_arguments, reason = "who, which, from what, to what, when")]
    pub async fn explain_no_action(
        &self,
        actor: &Actor,
        practice: &PracticeSlug,
        cycle: &CycleId,
        criterion: &CriterionId,
        revision: i32,
        reason: &Prose,
        now: OffsetDateTime,
    ) -> Result<Edited<NoActionRow>> {
        let now = stamp(now);
        let tx = self.writing().await?;
        planning(&tx, actor, practice, PlanOperation::Write).await?;
        let place = self.raising(&tx, actor, practice, cycle).await?;
        known(&place, criterion)?;
        let same = |row: &NoActionRow| row.none.cycle == *cycle && row.none.criterion == *criterion;
        let stored = |rows: Vec<NoActionRow>| rows.into_iter().find(same);
        let before = stored(load::none(&tx, place.row.practice_id).await?);
        match &before {
            Some(before) if before.none.reason == *reason => return Ok(Edited::Saved),
            Some(before) if before.revision != revision => return Ok(Edited::Conflict(Box::new(before.clone()))),
            _ => {}
        }
        let row = plan_none::ActiveModel {
            reason: Set(reason.to_string()),
            revision: Set(before.as_ref().map_or(1, |before| before.revision.saturating_add(1))),
            updated_at: Set(now),
            updated_who: Set(actor.name.clone()),
            ..Default::default()
        };
        let (who, id) = (
            Who::from(actor),
            before.as_ref().map_or_else(Uuid::now_v7, |before| before.key),
        );
        let written = match &before {
            Some(_) => {
                let query = plan_none::Entity::update_many()
                    .set(row)
                    .filter(plan_none::Column::PracticeId.eq(place.row.practice_id))
                    .filter(plan_none::Column::Cycle.eq(cycle.as_str()))
                    .filter(plan_none::Column::Criterion.eq(criterion.as_str()))
                    .filter(plan_none::Column::Revision.eq(revision));
                query.exec(&tx).await?.rows_affected
            }
            None => {
                let row = plan_none::ActiveModel {
                    id: Set(id),
                    practice_id: Set(place.row.practice_id),
                    cycle: Set(cycle.to_string()),
                    version: Set(place.row.version.clone()),
                    criterion: Set(criterion.to_string()),
                    ..row
                };
                let columns = [
                    plan_none::Column::PracticeId,
                    plan_none::Column::Cycle,
                    plan_none::Column::Criterion,
                ];
                let unless = OnConflict::columns(columns).do_nothing().to_owned();
                plan_none::Entity::insert(row)
                    .on_conflict(unless)
                    .exec_without_returning(&tx)
                    .await?
            }
        };
        if written == 0 {
            // somebody else was faster, between our read and our write
            let theirs = stored(load::none(&tx, place.row.practice_id).await?).ok_or(StoreError::NotFound)?;
            return Ok(Edited::Conflict(Box::new(theirs)));
        }
        let was = before.as_ref().map(NoActionRow::version);
        let after = was.as_ref().map_or(1, |was| was.revision.saturating_add(1));
        let after = Version::new(after, &NoAction(reason.clone()), &who, now);
        let subject = Subject::of(Kind::NoAction, id, 0);
        record_wording::<NoAction>(&tx, &subject, place.row.practice_id, was.as_ref(), &after).await?;
        let event = NewEvent::new(EventKind::NoAction)
            .at(place.row.practice_id, place.row.id)
            .on(criterion);
        // no assessment changes here, so a finalised one may stand behind it
        record(&tx, actor, now, [event]).await?;
        tx.commit().await?;
        Ok(Edited::Saved)
    }
}

/// Adds an action to the plan of the Practice whose assessment `place` is, inside a transaction. Whoever calls this has
/// seen to it that the actor may.
///
/// # Errors
/// [`StoreError::Refused`] when the assessment's version has no such criterion.
pub(crate) async fn raise(
    tx: &Transaction,
    actor: &Actor,
    target: &AccessibleAssessment,
    ActionId(id): ActionId,
    criterion: &CriterionId,
    planned: &PlannedAction,
    now: OffsetDateTime,
) -> Result<()> {
    let now = stamp(now);
    known(target, criterion)?;
    let who = Who::from(actor);
    let row = plan_action::ActiveModel {
        id: Set(id),
        practice_id: Set(target.row.practice_id),
        cycle: Set(target.row.cycle.clone()),
        version: Set(target.row.version.clone()),
        criterion: Set(criterion.to_string()),
        what: Set(planned.what.to_string()),
        owner: Set(planned.owner.to_string()),
        due: Set(planned.by),
        support: Set(text(&planned.support)),
        state: Set(ActionStatus::Open.code().to_owned()),
        closing: Set(None),
        closed_at: Set(None),
        raised_at: Set(now),
        raised_who: Set(who.name.clone()),
        revision: Set(1),
        updated_at: Set(now),
        updated_who: Set(who.name.clone()),
    };
    plan_action::Entity::insert(row).exec_without_returning(tx).await?;
    let step = Step {
        planned: planned.clone(),
        state: ActionStatus::Open,
    };
    remember(tx, &who, (ActionId(id), target.row.practice_id), None, &step, None, now).await?;
    let subject = Subject::of(Kind::Action, id, 0);
    record_wording::<PlannedAction>(
        tx,
        &subject,
        target.row.practice_id,
        None,
        &Version::new(1, planned, &who, now),
    )
    .await?;
    let event = NewEvent::new(EventKind::ActionRaised)
        .at(target.row.practice_id, target.row.id)
        .on(criterion)
        .with(serde_json::json!({ "action": id }));
    record(tx, who, now, [event]).await?;
    Ok(())
}

impl NoActionRow {
    /// Returns what it says, as wordings have it.
    fn version(&self) -> Version {
        let who = Who {
            person: None,
            name: self.who.clone(),
        };
        Version::new(self.revision, &NoAction(self.none.reason.clone()), &who, self.at)
    }
}

/// Takes an action one step on, with its history; `false` where it is not as it was read any more.
async fn take(
    tx: &Transaction,
    actor: &Actor,
    found: &plan_action::Model,
    action: &Action,
    step: &Step,
    why: Option<Prose>,
    now: OffsetDateTime,
) -> Result<bool> {
    let (who, practice) = (Who::from(actor), found.practice_id);
    let closed = step.state != ActionStatus::Open;
    let row = plan_action::ActiveModel {
        what: Set(step.planned.what.to_string()),
        owner: Set(step.planned.owner.to_string()),
        due: Set(step.planned.by),
        support: Set(text(&step.planned.support)),
        state: Set(step.state.code().to_owned()),
        closing: Set(text(&why).filter(|_| closed)),
        closed_at: Set(closed.then_some(now)),
        revision: Set(found.revision.saturating_add(1)),
        updated_at: Set(now),
        updated_who: Set(who.name.clone()),
        ..Default::default()
    };
    let query = plan_action::Entity::update_many()
        .set(row)
        .filter(plan_action::Column::Id.eq(found.id))
        .filter(plan_action::Column::Revision.eq(found.revision));
    if query.exec(tx).await?.rows_affected == 0 {
        return Ok(false);
    }
    let was = Who {
        person: None,
        name: found.updated_who.clone(),
    };
    let before = Version::new(found.revision, &action.planned, &was, found.updated_at);
    let after = Version::new(found.revision.saturating_add(1), &step.planned, &who, now);
    record_wording::<PlannedAction>(
        tx,
        &Subject::of(Kind::Action, found.id, 0),
        practice,
        Some(&before),
        &after,
    )
    .await?;
    let from = action.course.state;
    let kind = match from == step.state {
        true => EventKind::ActionChanged,
        false => EventKind::ActionMoved,
    };
    remember(tx, &who, (ActionId(found.id), practice), Some(from), step, why, now).await?;
    let event = NewEvent::new(kind)
        .of(practice)
        .on(&action.criterion)
        .with(serde_json::json!({ "action": found.id, "state": step.state.code() }));
    record(tx, who, now, [event]).await?;
    Ok(true)
}

/// What an action becomes.
#[derive(Clone, Debug)]
struct Step {
    planned: PlannedAction,
    state: ActionStatus,
}

/// Adds a row to an action's history.
async fn remember(
    tx: &Transaction,
    who: &Who,
    (action, practice): (ActionId, Uuid),
    from: Option<ActionStatus>,
    to: &Step,
    why: Option<Prose>,
    now: OffsetDateTime,
) -> Result<()> {
    let PlannedAction {
        what,
        owner,
        by,
        support,
    } = &to.planned;
    let row = plan_change::ActiveModel {
        id: Set(Uuid::now_v7()),
        action_id: Set(action.0),
        practice_id: Set(practice),
        at: Set(now),
        person_id: Set(who.person),
        who: Set(who.name.clone()),
        state_from: Set(from.map(|state| state.code().to_owned())),
        state_to: Set(to.state.code().to_owned()),
        what: Set(what.to_string()),
        owner: Set(owner.to_string()),
        due: Set(*by),
        support: Set(text(support)),
        why: Set(text(&why)),
    };
    plan_change::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

fn known(target: &AccessibleAssessment, criterion: &CriterionId) -> Result<()> {
    let refused = || {
        let sentence = format!("“{criterion}” is no criterion of version {}.", target.framework.version);
        StoreError::Refused(sentence)
    };
    target.framework.criterion(criterion).map(drop).ok_or_else(refused)
}

/// Returns an action of a Practice.
pub(super) async fn find(tx: &Transaction, practice: Uuid, id: ActionId) -> Result<plan_action::Model> {
    plan_action::Entity::find_by_id(id.0)
        .filter(plan_action::Column::PracticeId.eq(practice))
        .one(tx)
        .await?
        .ok_or(StoreError::NotFound)
}
