//! The improvement plan: which criteria need an action, what an action says, how it goes on from cycle to cycle, and
//! the support that National Pause gives.

mod action;
mod asks;
mod support;
mod years;

pub use action::{Action, ActionId, ActionStatus, Course, DUE_SOON, Due, NoAction, Owner, PlannedAction};
pub use asks::{Ask, Asking, Findings, Reply, asking, asks_for_action, place_in, reply};
pub use support::{About, FEWEST_RATED, Given, Helped, SupportFigures, SupportId, support_figures};
pub use years::{Year, Years, carried_words};

use crate::{
    actor::Standing,
    lifecycle::{Status, may_read_review},
};

/// What somebody does with a Practice's plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PlanOperation {
    /// Reads it as it stands; readers have it in finished reports only.
    Read,
    /// Writes actions, and reasons for none.
    Write,
    /// Records support that National Pause gave.
    RecordSupport,
    /// Says how much that support helped.
    RateSupport,
}

impl PlanOperation {
    /// All of them.
    pub const ALL: [PlanOperation; 4] = [
        PlanOperation::Read,
        PlanOperation::Write,
        PlanOperation::RecordSupport,
        PlanOperation::RateSupport,
    ];
}

/// Returns whether somebody of this standing may do it. The plan is the Practice's own; National Pause reads it and adds its support. Who has
/// a conflict of interest is a reader.
pub fn may(deed: PlanOperation, standing: Standing) -> bool {
    use Standing::{Administrator, Contributor, Lead, Reviewer};
    match deed {
        PlanOperation::Read => matches!(standing, Lead | Contributor | Reviewer | Administrator),
        PlanOperation::Write => matches!(standing, Lead | Contributor),
        PlanOperation::RecordSupport => matches!(standing, Reviewer | Administrator),
        PlanOperation::RateSupport => matches!(standing, Lead),
    }
}

/// May actions be raised from an assessment in this state? From when its Practice may read the review.
pub fn may_raise_from(status: Status) -> bool {
    may_read_review(status, Standing::Lead)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plan_is_the_practices_and_the_support_is_national_pauses() {
        use Standing::{Administrator, Contributor, Lead, Observer, Reader, Reviewer, Stranger};
        for (deed, who) in [
            (PlanOperation::Read, &[Lead, Contributor, Reviewer, Administrator][..]),
            (PlanOperation::Write, &[Lead, Contributor]),
            (PlanOperation::RecordSupport, &[Reviewer, Administrator]),
            (PlanOperation::RateSupport, &[Lead]),
        ] {
            for standing in [Lead, Contributor, Reader, Reviewer, Administrator, Observer, Stranger] {
                assert_eq!(may(deed, standing), who.contains(&standing), "{deed:?} {standing:?}");
            }
        }
    }

    #[test]
    fn actions_are_raised_once_the_practice_may_read_the_review() {
        let open: Vec<Status> = Status::ALL.into_iter().filter(|s| may_raise_from(*s)).collect();
        assert_eq!(open, [Status::Returned, Status::Moderated, Status::Finalised]);
    }
}
