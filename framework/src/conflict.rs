//! Conflicts of interest: who of National Pause may not review a Practice.

use crate::actor::PracticeRole;
use serde::{Deserialize, Serialize};
use time::{Date, Duration};

/// How long a past member of a Practice may not review it: two years.
pub const COOLING_OFF: Duration = Duration::days(2 * 365 + 1);

/// Why somebody may not review a Practice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Conflict {
    /// Belongs to it.
    Member(PracticeRole),
    /// Belonged to it less than two years ago.
    PastMember {
        /// The last day.
        until: Date,
    },
    /// Has said so.
    Declared,
}

/// What is known of somebody and a Practice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ties {
    /// The role there now.
    pub role: Option<PracticeRole>,
    /// The last day of an earlier role there.
    pub until: Option<Date>,
    /// Declared by the person.
    pub declared: bool,
}

impl Ties {
    /// Returns the conflict of interest that follows on a day, if any: own Practice, past member of it within two years, declared.
    pub fn conflict(&self, today: Date) -> Option<Conflict> {
        let recent = |until: &Date| today - *until < COOLING_OFF;
        (self.role.map(Conflict::Member))
            .or(self.declared.then_some(Conflict::Declared))
            .or(self.until.filter(recent).map(|until| Conflict::PastMember { until }))
    }
}

impl Conflict {
    /// Returns the words for people.
    pub fn words(&self) -> String {
        match self {
            Conflict::Member(_) => "belongs to the Practice".to_owned(),
            Conflict::PastMember { until } => {
                let month = until.month();
                format!(
                    "belonged to the Practice until {} {month} {}, less than two years ago",
                    until.day(),
                    until.year()
                )
            }
            Conflict::Declared => "has declared a conflict of interest".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn ties_of_each_kind_are_a_conflict_and_old_ones_are_not() {
        let today = date!(2026 - 03 - 02);
        let past = |until| Ties {
            until: Some(until),
            ..Ties::default()
        };
        let member = Ties {
            role: Some(PracticeRole::Reader),
            ..Ties::default()
        };
        let declared = Ties {
            declared: true,
            ..past(date!(2019 - 01 - 01))
        };
        for (name, ties, conflicted) in [
            ("none", Ties::default(), false),
            ("member", member, true),
            ("left today", past(today), true),
            ("left two years ago less a day", past(date!(2024 - 03 - 03)), true),
            ("left two years ago", past(date!(2024 - 03 - 01)), false),
            ("declared", declared, true),
        ] {
            let conflict = ties.conflict(today);
            assert_eq!(conflict.is_some(), conflicted, "{name}");
            assert!(conflict.is_none_or(|conflict| !conflict.words().is_empty()));
        }
    }
}
