//! Lines of improvement plans, in and out: actions, and reasons for none.

use super::{
    Record,
    cells::{Reading, row, stamped, text},
};
use crate::{
    adaptation::Stamp,
    assessment::FieldError,
    day::{instant, iso, read_instant},
    ids::{CriterionId, CycleId, PracticeSlug, VersionId},
    plan::{ActionStatus, Owner, PlannedAction},
    prose::Prose,
};
use time::OffsetDateTime;
use uuid::Uuid;

/// The state of a reason for no action.
const NONE: &str = "none";

/// What a Practice plans on a criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionRecord {
    /// The Practice.
    pub practice: PracticeSlug,
    /// The key.
    pub key: Uuid,
    /// The cycle it was raised in.
    pub cycle: CycleId,
    /// The version that is assessed in it.
    pub version: VersionId,
    /// The criterion.
    pub criterion: CriterionId,
    /// What is planned.
    pub planned: Planned,
    /// Who changed it last, and when.
    pub changed: Stamp,
}

/// What is planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Planned {
    /// An action.
    Action {
        /// What it says.
        says: PlannedAction,
        /// Who raised it, and when.
        raised: Stamp,
        /// What became of it, once it is not open any more.
        closing: Option<Closing>,
    },
    /// No action, and why.
    None(Prose),
}

/// What became of an action that is not open any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// Done or dropped.
    pub state: ActionStatus,
    /// What was done, or why it was dropped.
    pub why: Prose,
    /// When.
    pub at: OffsetDateTime,
}

row! {
    /// A line of a plan as files have it.
    ActionRow {
        /// The Practice's short name.
        practice,
        /// The cycle it was raised in.
        cycle,
        /// The version that is assessed in it.
        version,
        /// The criterion's id.
        criterion,
        /// `open`, `done`, `dropped`; or `none` for a reason why there is no action.
        state,
        /// What will be done.
        what,
        /// The role or person responsible.
        owner,
        /// By which day.
        by,
        /// The support that is wanted from National Pause.
        support,
        /// What was done, why it was dropped, or why there is no action.
        why,
        /// When it was done or dropped.
        closed_at,
        /// Who raised it.
        raised_by,
        /// When.
        raised_at,
        /// Who changed it last.
        changed_by,
        /// When.
        changed_at,
        /// The key.
        key,
    }
}

impl Record for ActionRecord {
    type Row = ActionRow;
    const ONE: &'static str = "an action";
    const MANY: &'static str = "actions";

    fn practice(&self) -> &PracticeSlug {
        &self.practice
    }

    fn key(&self) -> Uuid {
        self.key
    }

    fn row(&self) -> ActionRow {
        let (changed_by, changed_at) = stamped(Some(&self.changed));
        let row = ActionRow {
            practice: self.practice.to_string(),
            cycle: self.cycle.to_string(),
            version: self.version.to_string(),
            criterion: self.criterion.to_string(),
            changed_by,
            changed_at,
            key: self.key.to_string(),
            ..ActionRow::default()
        };
        match &self.planned {
            Planned::None(reason) => ActionRow {
                state: NONE.to_owned(),
                why: reason.to_string(),
                ..row
            },
            Planned::Action { says, raised, closing } => {
                let (raised_by, raised_at) = stamped(Some(raised));
                let closing = closing.as_ref();
                ActionRow {
                    state: closing
                        .map_or(ActionStatus::Open, |closing| closing.state)
                        .code()
                        .to_owned(),
                    what: says.what.to_string(),
                    owner: says.owner.to_string(),
                    by: iso(says.by),
                    support: text(says.support.as_ref()),
                    why: text(closing.map(|closing| &closing.why)),
                    closed_at: closing.map(|closing| instant(closing.at)).unwrap_or_default(),
                    raised_by,
                    raised_at,
                    ..row
                }
            }
        }
    }

    fn read(row: &ActionRow) -> Result<ActionRecord, Vec<FieldError>> {
        let mut reading = Reading::default();
        let practice = reading.practice(&row.practice);
        let key = reading.key(("key", &row.key));
        let cycle = reading.name(("cycle", &row.cycle), CycleId::parse);
        let version = reading.name(("version", &row.version), VersionId::parse);
        let criterion = reading.name(("criterion", &row.criterion), CriterionId::parse);
        let planned = match row.state.as_str() {
            NONE => none(row, &mut reading),
            code => match ActionStatus::from_code(code) {
                Some(state) => action(row, state, &mut reading),
                None => {
                    reading.refuse("state", format!("“{code}” is none of: open, done, dropped, none."));
                    None
                }
            },
        };
        let changed = reading.stamp(("changed_by", &row.changed_by), ("changed_at", &row.changed_at));
        let record = (|| {
            Some(ActionRecord {
                practice: practice?,
                key: key?,
                cycle: cycle?,
                version: version?,
                criterion: criterion?,
                planned: planned?,
                changed: changed?,
            })
        })();
        reading.end(record)
    }

    fn follows(&self, _: &ActionRecord) -> Result<(), String> {
        Err("This key is there twice. Every action has its own.".to_owned())
    }
}

fn none(row: &ActionRow, reading: &mut Reading) -> Option<Planned> {
    let others = [
        ("what", row.what.as_str()),
        ("owner", &row.owner),
        ("by", &row.by),
        ("support", &row.support),
        ("closed_at", &row.closed_at),
        ("raised_by", &row.raised_by),
        ("raised_at", &row.raised_at),
    ];
    reading.empty(
        &others,
        "Where there is no action this stays empty. Write the reason under “why”.",
    );
    reading
        .text(("why", &row.why), "Say why there is no action.")
        .map(Planned::None)
}

fn action(row: &ActionRow, state: ActionStatus, reading: &mut Reading) -> Option<Planned> {
    let what = reading.text(("what", &row.what), "Say what will be done.");
    let owner = reading.take("owner", Owner::read(&row.owner));
    let by = reading.day(("by", &row.by));
    if row.by.is_empty() {
        reading.refuse("by", "Enter the day by which it will be done.");
    }
    let support = reading.prose(("support", &row.support));
    let raised = reading.stamp(("raised_by", &row.raised_by), ("raised_at", &row.raised_at));
    let closing = if state == ActionStatus::Open {
        let others = [("why", row.why.as_str()), ("closed_at", &row.closed_at)];
        reading.empty(&others, "The action is open. Leave this empty.");
        None
    } else {
        let why = reading.text(("why", &row.why), "Say what was done, or why it was dropped.");
        let at = reading.take("closed_at", read_instant(&row.closed_at));
        why.zip(at).map(|(why, at)| Closing { state, why, at })
    };
    Some(Planned::Action {
        says: PlannedAction {
            what: what?,
            owner: owner?,
            by: by?,
            support,
        },
        raised: raised?,
        closing,
    })
}
