//! Lines of improvement plans, in and out: actions, and reasons for none. Of an action's history go along who raised it and
//! who closed it, and when.

use super::{
    import::insert,
    records::{Kind, New, Practices},
};
use crate::{
    convert::{self, bad, text},
    error::Result,
    event::EventKind,
    plan::load,
    rows::{cycle, plan_action, plan_change, plan_none},
    transaction::Transaction,
};
use framework::{
    actor::Actor,
    adaptation::Stamp,
    exchange::{ActionRecord, Closing, Planned},
    ids::{CriterionId, CycleId},
    library::Library,
    plan::{ActionStatus, PlannedAction},
    prose::Prose,
};
use sea_orm::{ActiveValue::Set, EntityTrait, QueryFilter};
use std::collections::HashSet;
use time::OffsetDateTime;
use uuid::Uuid;

/// The cycles, and for which criteria of whom there is a reason for no action already.
pub struct Beside {
    cycles: HashSet<CycleId>,
    reasons: HashSet<(Uuid, CycleId, CriterionId)>,
}

impl Kind for ActionRecord {
    const EVENT: EventKind = EventKind::ActionImported;
    const DETAIL: &'static str = "action";
    type Context = Beside;

    async fn load_existing(tx: &Transaction, of: &Practices<'_>) -> Result<Vec<Self>> {
        let actions = plan_action::Entity::find()
            .filter(of.on(plan_action::Column::PracticeId))
            .all(tx)
            .await?;
        let none = plan_none::Entity::find()
            .filter(of.on(plan_none::Column::PracticeId))
            .all(tx)
            .await?;
        let actions = actions.into_iter().map(|row| action(row, of));
        actions.chain(none.into_iter().map(|row| no_action(row, of))).collect()
    }

    async fn load_context(tx: &Transaction) -> Result<Beside> {
        let cycles = cycle::Entity::find().all(tx).await?;
        let reasons = plan_none::Entity::find().all(tx).await?;
        let reason = |row: plan_none::Model| {
            Ok((
                row.practice_id,
                convert::cycle(row.cycle)?,
                convert::criterion(row.criterion)?,
            ))
        };
        Ok(Beside {
            cycles: cycles
                .into_iter()
                .map(|row| convert::cycle(row.id))
                .collect::<Result<_>>()?,
            reasons: reasons.into_iter().map(reason).collect::<Result<_>>()?,
        })
    }

    fn misfits(new: &New<Self>, beside: &mut Beside, library: &Library) -> Vec<String> {
        let mut misfits = Vec::new();
        for placed in &new.records {
            let mut say = |sentence: String| misfits.push(format!("{}: {sentence}", placed.place));
            let ActionRecord {
                cycle,
                version,
                criterion,
                planned,
                ..
            } = &placed.record;
            if !beside.cycles.contains(cycle) {
                say(format!(
                    "There is no cycle {cycle}. Import its assessments first, or open it."
                ));
            }
            match library.version(version) {
                None => say(format!("There is no version {version} of the framework.")),
                Some(framework) if framework.criterion(criterion).is_none() => {
                    say(format!("“{criterion}” is no criterion of version {version}."));
                }
                Some(_) => {}
            }
            let reason = (new.practice, cycle.clone(), criterion.clone());
            if matches!(planned, Planned::None(_)) && !beside.reasons.insert(reason) {
                say(format!("“{criterion}” has another reason for no action in {cycle}."));
            }
        }
        misfits
    }

    async fn add(tx: &Transaction, new: &[New<Self>], _: &Beside, _: &Actor, _: OffsetDateTime) -> Result<()> {
        let (mut actions, mut changes, mut none) = (Vec::new(), Vec::new(), Vec::new());
        for (practice, record) in new
            .iter()
            .flat_map(|one| one.records.iter().map(|p| (one.practice, &p.record)))
        {
            match &record.planned {
                Planned::None(reason) => none.push(none_row(practice, record, reason)),
                Planned::Action { says, raised, closing } => {
                    actions.push(action_row(practice, record, says, raised, closing.as_ref()));
                    changes.push(change(practice, record.key, says, raised, None));
                    let closed = closing.as_ref();
                    changes.extend(
                        closed.map(|closing| change(practice, record.key, says, &record.changed, Some(closing))),
                    );
                }
            }
        }
        insert(tx, actions).await?;
        insert(tx, changes).await?;
        insert(tx, none).await
    }
}

fn action(row: plan_action::Model, of: &Practices<'_>) -> Result<ActionRecord> {
    let state = load::state(&row.state)?;
    let closing = match (state, row.closing, row.closed_at) {
        (ActionStatus::Done | ActionStatus::Dropped, Some(why), Some(at)) => Some(Closing {
            state,
            why: Prose::try_from(why).map_err(bad)?,
            at,
        }),
        _ => None,
    };
    Ok(ActionRecord {
        practice: of.slug(row.practice_id)?,
        key: row.id,
        cycle: convert::cycle(row.cycle)?,
        version: convert::version(row.version)?,
        criterion: convert::criterion(row.criterion)?,
        planned: Planned::Action {
            says: load::planned(row.what, row.owner, row.due, row.support)?,
            raised: Stamp {
                by: row.raised_who,
                at: row.raised_at,
            },
            closing,
        },
        changed: Stamp {
            by: row.updated_who,
            at: row.updated_at,
        },
    })
}

fn no_action(row: plan_none::Model, of: &Practices<'_>) -> Result<ActionRecord> {
    Ok(ActionRecord {
        practice: of.slug(row.practice_id)?,
        key: row.id,
        cycle: convert::cycle(row.cycle)?,
        version: convert::version(row.version)?,
        criterion: convert::criterion(row.criterion)?,
        planned: Planned::None(Prose::try_from(row.reason).map_err(bad)?),
        changed: Stamp {
            by: row.updated_who,
            at: row.updated_at,
        },
    })
}

fn action_row(
    practice: Uuid,
    record: &ActionRecord,
    says: &PlannedAction,
    raised: &Stamp,
    closing: Option<&Closing>,
) -> plan_action::ActiveModel {
    plan_action::ActiveModel {
        id: Set(record.key),
        practice_id: Set(practice),
        cycle: Set(record.cycle.to_string()),
        version: Set(record.version.to_string()),
        criterion: Set(record.criterion.to_string()),
        what: Set(says.what.to_string()),
        owner: Set(says.owner.to_string()),
        due: Set(says.by),
        support: Set(text(&says.support)),
        state: Set(state(closing).code().to_owned()),
        closing: Set(closing.map(|closing| closing.why.to_string())),
        closed_at: Set(closing.map(|closing| closing.at)),
        raised_at: Set(raised.at),
        raised_who: Set(raised.by.clone()),
        revision: Set(1),
        updated_at: Set(record.changed.at),
        updated_who: Set(record.changed.by.clone()),
    }
}

/// Returns the raising of an action, or its closing, in its history.
fn change(
    practice: Uuid,
    action: Uuid,
    says: &PlannedAction,
    stamp: &Stamp,
    closing: Option<&Closing>,
) -> plan_change::ActiveModel {
    plan_change::ActiveModel {
        id: Set(Uuid::now_v7()),
        action_id: Set(action),
        practice_id: Set(practice),
        at: Set(closing.map_or(stamp.at, |closing| closing.at)),
        person_id: Set(None),
        who: Set(stamp.by.clone()),
        state_from: Set(closing.map(|_| ActionStatus::Open.code().to_owned())),
        state_to: Set(state(closing).code().to_owned()),
        what: Set(says.what.to_string()),
        owner: Set(says.owner.to_string()),
        due: Set(says.by),
        support: Set(text(&says.support)),
        why: Set(closing.map(|closing| closing.why.to_string())),
    }
}

fn none_row(practice: Uuid, record: &ActionRecord, reason: &Prose) -> plan_none::ActiveModel {
    plan_none::ActiveModel {
        id: Set(record.key),
        practice_id: Set(practice),
        cycle: Set(record.cycle.to_string()),
        version: Set(record.version.to_string()),
        criterion: Set(record.criterion.to_string()),
        reason: Set(reason.to_string()),
        revision: Set(1),
        updated_at: Set(record.changed.at),
        updated_who: Set(record.changed.by.clone()),
    }
}

fn state(closing: Option<&Closing>) -> ActionStatus {
    closing.map_or(ActionStatus::Open, |closing| closing.state)
}
