//! One line of the plan.

use crate::{
    ids::{CriterionId, CycleId, VersionId},
    prose::{self, Prose},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::{cmp::Reverse, fmt};
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

/// An action's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActionId(pub Uuid);

/// How long before its day an action is due soon.
pub const DUE_SOON: Duration = Duration::days(14);

/// Who sees to an action: a role or a name, as the Practice writes it. One line of 1 to [`Owner::MAX`] characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Owner(String);

impl Owner {
    /// The most characters it may have.
    pub const MAX: usize = 100;

    /// Reads a line of text.
    ///
    /// # Errors
    /// A sentence for the person when nothing is written, or too much.
    pub fn read(text: &str) -> Result<Owner, String> {
        let line = prose::one_line(text);
        match line.chars().count() {
            0 => Err("Say who sees to it: a role, or a name.".to_owned()),
            1..=Self::MAX => Ok(Owner(line)),
            n => Err(format!(
                "This has {n} characters; the most is {}. Shorten it.",
                Self::MAX
            )),
        }
    }

    /// Returns the line.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Owner {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        if prose::is_kept_blank(&text) {
            return Ok(Owner(text));
        }
        Self::read(&text)
    }
}

impl From<Owner> for String {
    fn from(owner: Owner) -> String {
        owner.0
    }
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What an action says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedAction {
    /// What will be done.
    pub what: Prose,
    /// The role or person responsible.
    pub owner: Owner,
    /// By when.
    pub by: Date,
    /// The support that is wanted from National Pause.
    pub support: Option<Prose>,
}

/// Where an action stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "ActionState")]
pub enum ActionStatus {
    /// To be done.
    Open,
    /// Done.
    Done,
    /// Given up.
    Dropped,
}

impl ActionStatus {
    /// All three.
    pub const ALL: [ActionStatus; 3] = [ActionStatus::Open, ActionStatus::Done, ActionStatus::Dropped];

    /// Returns the word in files, forms and the database.
    pub fn code(self) -> &'static str {
        match self {
            ActionStatus::Open => "open",
            ActionStatus::Done => "done",
            ActionStatus::Dropped => "dropped",
        }
    }

    /// Returns the state of a word.
    pub fn from_code(code: &str) -> Option<ActionStatus> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Returns the words for people.
    pub fn name(self) -> &'static str {
        match self {
            ActionStatus::Open => "Open",
            ActionStatus::Done => "Done",
            ActionStatus::Dropped => "Dropped",
        }
    }

    /// The states it may go to from here: an open action is done or dropped, and may be opened again.
    pub fn onward(self) -> &'static [ActionStatus] {
        match self {
            ActionStatus::Open => &[ActionStatus::Done, ActionStatus::Dropped],
            ActionStatus::Done | ActionStatus::Dropped => &[ActionStatus::Open],
        }
    }
}

/// The course an action takes, without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// The cycle it was raised in.
    pub raised: CycleId,
    /// When it was raised.
    pub raised_at: OffsetDateTime,
    /// By when.
    pub by: Date,
    /// Where it stands.
    pub state: ActionStatus,
    /// When it was done or dropped.
    pub closed: Option<OffsetDateTime>,
    /// Is support from National Pause wanted?
    pub wants_support: bool,
}

/// How near an open action's day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    /// Its day has passed.
    Overdue,
    /// Its day is within [`SOON`].
    Soon,
    /// There is time.
    Later,
}

impl Course {
    /// Returns how near its day is, seen from `today`; nothing once it is closed. On its day an action is not overdue yet.
    pub fn due(&self, today: Date) -> Option<Due> {
        (self.state == ActionStatus::Open).then(|| match self.by - today {
            left if left.is_negative() => Due::Overdue,
            left if left <= DUE_SOON => Due::Soon,
            _ => Due::Later,
        })
    }

    /// Open, and due before today.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.due(today) == Some(Due::Overdue)
    }
}

/// An action as the plan has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// Its key.
    pub id: ActionId,
    /// The criterion it is about, of the version it was raised under.
    pub criterion: CriterionId,
    /// That version.
    pub version: VersionId,
    /// What it says.
    pub planned: PlannedAction,
    /// What was said when it was done or dropped.
    pub closing: Option<Prose>,
    /// The course it takes.
    pub course: Course,
}

impl Action {
    /// Returns the order of a plan: what is open first, by its day; then what is closed, the latest first.
    pub fn order(&self) -> impl Ord + use<> {
        let open = self.course.state == ActionStatus::Open;
        let day = open.then_some(self.course.by);
        (!open, day, Reverse(self.course.closed), self.id)
    }
}

/// A reason for no action on a criterion that asks for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoAction {
    /// The cycle it was given in.
    pub cycle: CycleId,
    /// The criterion, of the version assessed in that cycle.
    pub criterion: CriterionId,
    /// The reason.
    pub reason: Prose,
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    #[test]
    fn an_owner_is_one_line_of_words() {
        assert_eq!(Owner::read("  Practice\n lead ").unwrap().as_str(), "Practice lead");
        assert!(Owner::read(" \n ").is_err());
        assert!(Owner::read(&"ŵ".repeat(Owner::MAX)).is_ok());
        assert!(Owner::read(&"ŵ".repeat(Owner::MAX + 1)).is_err());
    }

    #[test]
    fn an_action_is_overdue_only_while_it_is_open_and_after_its_day() {
        let today = date!(2026 - 03 - 02);
        for (state, by, due) in [
            (ActionStatus::Open, date!(2026 - 03 - 01), Some(Due::Overdue)),
            (ActionStatus::Open, date!(2026 - 03 - 02), Some(Due::Soon)),
            (ActionStatus::Open, date!(2026 - 03 - 16), Some(Due::Soon)),
            (ActionStatus::Open, date!(2026 - 03 - 17), Some(Due::Later)),
            (ActionStatus::Done, date!(2026 - 03 - 01), None),
            (ActionStatus::Dropped, date!(2026 - 03 - 01), None),
        ] {
            let course = Course {
                raised: CycleId::parse("2025").unwrap(),
                raised_at: datetime!(2025-06-01 9:00 UTC),
                by,
                state,
                closed: None,
                wants_support: false,
            };
            assert_eq!(course.due(today), due, "{state:?} {by}");
            assert_eq!(course.is_overdue(today), due == Some(Due::Overdue), "{state:?} {by}");
        }
    }

    #[test]
    fn whatever_is_closed_can_be_opened_again() {
        for state in ActionStatus::ALL {
            assert_eq!(ActionStatus::from_code(state.code()), Some(state));
            for to in state.onward() {
                assert_ne!(*to, state);
                assert!(
                    to.onward().contains(&state) || *to == ActionStatus::Open,
                    "{state:?} {to:?}"
                );
            }
        }
    }
}
