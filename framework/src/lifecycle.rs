//! The states of an assessment and who may move it: one function, from which buttons are drawn too.

use crate::actor::Standing;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Where an assessment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The Practice fills it.
    Draft,
    /// Handed to National Pause.
    Submitted,
    /// A reviewer rates it.
    InReview,
    /// Back with the Practice, with questions.
    Returned,
    /// Differences are settled.
    Moderated,
    /// Finished for ever.
    Finalised,
}

/// What somebody does with an assessment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// Write answers.
    Fill,
    /// Hand it to National Pause.
    Submit,
    /// Begin the review.
    BeginReview,
    /// Write review ratings, comments, questions.
    Review,
    /// Send it back with questions.
    Return,
    /// Write agreed ratings.
    Agree,
    /// Declare all differences settled.
    Moderate,
    /// Say, for the Practice, whether it agrees with the moderated ratings.
    MakeStatement,
    /// Finish it for ever.
    Finalise,
    /// Take up a finished one again, in a new edition; the old one stays as it is.
    Reopen,
}

/// Why an action cannot be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Denied {
    /// Not this actor's to do.
    #[error("Your role does not allow this.")]
    NotAllowed,
    /// Not in this state.
    #[error("The assessment is {}. This cannot be done now.", .0.name().to_lowercase())]
    NotNow(Status),
    /// Somebody else reviews it.
    #[error("Somebody else is assigned to review this assessment. An administrator can change that.")]
    NotAssigned,
    /// Two review it, and the ratings of one are not in yet.
    #[error("Two people review this assessment. This can be done once the ratings of both are in.")]
    Blind,
}

impl Status {
    /// All states, in their usual order.
    pub const ALL: [Status; 6] = [
        Status::Draft,
        Status::Submitted,
        Status::InReview,
        Status::Returned,
        Status::Moderated,
        Status::Finalised,
    ];

    /// Returns the word in files and the database.
    pub fn code(self) -> &'static str {
        match self {
            Status::Draft => "draft",
            Status::Submitted => "submitted",
            Status::InReview => "in_review",
            Status::Returned => "returned",
            Status::Moderated => "moderated",
            Status::Finalised => "finalised",
        }
    }

    /// Returns the state of a word.
    pub fn from_code(code: &str) -> Option<Status> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }

    /// Returns the words for people.
    pub fn name(self) -> &'static str {
        match self {
            Status::Draft => "Draft",
            Status::Submitted => "Submitted",
            Status::InReview => "In review",
            Status::Returned => "Returned",
            Status::Moderated => "Moderated",
            Status::Finalised => "Finalised",
        }
    }
}

impl Operation {
    /// All actions.
    pub const ALL: [Operation; 10] = [
        Operation::Fill,
        Operation::Submit,
        Operation::BeginReview,
        Operation::Review,
        Operation::Return,
        Operation::Agree,
        Operation::Moderate,
        Operation::MakeStatement,
        Operation::Finalise,
        Operation::Reopen,
    ];

    /// Returns the word in forms and the history.
    pub fn code(self) -> &'static str {
        match self {
            Operation::Fill => "fill",
            Operation::Submit => "submit",
            Operation::BeginReview => "begin_review",
            Operation::Review => "review",
            Operation::Return => "return",
            Operation::Agree => "agree",
            Operation::Moderate => "moderate",
            Operation::MakeStatement => "make_statement",
            Operation::Finalise => "finalise",
            Operation::Reopen => "reopen",
        }
    }

    /// Returns the action of a word.
    pub fn from_code(code: &str) -> Option<Operation> {
        Self::ALL.into_iter().find(|a| a.code() == code)
    }
}

/// Returns the state after an action, by an actor of this standing.
///
/// # Errors
/// [`Denied::NotAllowed`] when the standing never may, else [`Denied::NotNow`] when the state does not let it.
pub fn next(status: Status, action: Operation, standing: Standing) -> Result<Status, Denied> {
    use Standing::{Administrator, Contributor, Lead, Reviewer};
    let allowed = match action {
        Operation::Fill => matches!(standing, Lead | Contributor),
        Operation::Submit | Operation::MakeStatement => matches!(standing, Lead),
        Operation::Reopen => matches!(standing, Administrator),
        _ => matches!(standing, Reviewer | Administrator),
    };
    if !allowed {
        return Err(Denied::NotAllowed);
    }
    match (action, status) {
        (Operation::Fill, Status::Draft | Status::Returned) => Ok(status),
        (Operation::Submit, Status::Draft | Status::Returned) => Ok(Status::Submitted),
        (Operation::BeginReview, Status::Submitted) => Ok(Status::InReview),
        (Operation::Review, Status::InReview) => Ok(status),
        (Operation::Return, Status::InReview) => Ok(Status::Returned),
        (Operation::Agree, Status::InReview | Status::Moderated) => Ok(status),
        (Operation::Moderate, Status::InReview) => Ok(Status::Moderated),
        (Operation::MakeStatement, Status::Moderated) => Ok(status),
        (Operation::Finalise, Status::Moderated) => Ok(Status::Finalised),
        (Operation::Reopen, Status::Finalised) => Ok(Status::Draft),
        _ => Err(Denied::NotNow(status)),
    }
}

/// Returns whether somebody of this standing may read the assessment's answers in this state.
/// The Practice always; National Pause from the first submission (it does not watch a draft being written);
/// readers, and whoever has a conflict of interest, once it is finished.
pub fn may_read(status: Status, standing: Standing) -> bool {
    match standing {
        Standing::Lead | Standing::Contributor => true,
        Standing::Reviewer | Standing::Administrator => status != Status::Draft,
        Standing::Reader | Standing::Observer => status == Status::Finalised,
        Standing::Stranger => false,
    }
}

/// Returns whether somebody of this standing may read the reviewer's ratings and comments in this state.
/// Reviewers always; the Practice once the assessment is back with it or moderated, so that neither side leads the other.
pub fn may_read_review(status: Status, standing: Standing) -> bool {
    match standing {
        Standing::Reviewer | Standing::Administrator => true,
        Standing::Lead | Standing::Contributor => {
            matches!(status, Status::Returned | Status::Moderated | Status::Finalised)
        }
        Standing::Reader | Standing::Observer => status == Status::Finalised,
        Standing::Stranger => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STANDINGS: [Standing; 7] = [
        Standing::Administrator,
        Standing::Reviewer,
        Standing::Observer,
        Standing::Lead,
        Standing::Contributor,
        Standing::Reader,
        Standing::Stranger,
    ];

    /// Every allowed move; whatever is not here is refused.
    const MOVES: [(Status, Operation, &[Standing], Status); 13] = [
        (
            Status::Draft,
            Operation::Fill,
            &[Standing::Lead, Standing::Contributor],
            Status::Draft,
        ),
        (
            Status::Returned,
            Operation::Fill,
            &[Standing::Lead, Standing::Contributor],
            Status::Returned,
        ),
        (Status::Draft, Operation::Submit, &[Standing::Lead], Status::Submitted),
        (
            Status::Returned,
            Operation::Submit,
            &[Standing::Lead],
            Status::Submitted,
        ),
        (
            Status::Submitted,
            Operation::BeginReview,
            &[Standing::Reviewer, Standing::Administrator],
            Status::InReview,
        ),
        (
            Status::InReview,
            Operation::Review,
            &[Standing::Reviewer, Standing::Administrator],
            Status::InReview,
        ),
        (
            Status::InReview,
            Operation::Return,
            &[Standing::Reviewer, Standing::Administrator],
            Status::Returned,
        ),
        (
            Status::InReview,
            Operation::Agree,
            &[Standing::Reviewer, Standing::Administrator],
            Status::InReview,
        ),
        (
            Status::Moderated,
            Operation::Agree,
            &[Standing::Reviewer, Standing::Administrator],
            Status::Moderated,
        ),
        (
            Status::InReview,
            Operation::Moderate,
            &[Standing::Reviewer, Standing::Administrator],
            Status::Moderated,
        ),
        (
            Status::Moderated,
            Operation::MakeStatement,
            &[Standing::Lead],
            Status::Moderated,
        ),
        (
            Status::Moderated,
            Operation::Finalise,
            &[Standing::Reviewer, Standing::Administrator],
            Status::Finalised,
        ),
        // the draft is a new edition
        (
            Status::Finalised,
            Operation::Reopen,
            &[Standing::Administrator],
            Status::Draft,
        ),
    ];

    #[test]
    fn every_state_action_and_standing_is_decided_as_in_the_table() {
        for status in Status::ALL {
            for action in Operation::ALL {
                for standing in STANDINGS {
                    let expected = MOVES
                        .iter()
                        .find(|(s, a, who, _)| *s == status && *a == action && who.contains(&standing))
                        .map(|(.., to)| *to);
                    assert_eq!(
                        next(status, action, standing).ok(),
                        expected,
                        "{status:?} {action:?} {standing:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn nothing_changes_a_finalised_assessment() {
        for action in Operation::ALL.into_iter().filter(|action| *action != Operation::Reopen) {
            for standing in STANDINGS {
                assert!(
                    next(Status::Finalised, action, standing).is_err(),
                    "{action:?} {standing:?}"
                );
            }
        }
    }

    #[test]
    fn a_reader_or_observer_sees_only_finished_work_and_a_stranger_nothing() {
        for status in Status::ALL {
            let done = status == Status::Finalised;
            for standing in [Standing::Reader, Standing::Observer] {
                assert_eq!(may_read(status, standing), done);
                assert_eq!(may_read_review(status, standing), done);
            }
            assert!(!may_read(status, Standing::Stranger));
            assert!(!may_read_review(status, Standing::Stranger));
        }
        assert!(!may_read(Status::Draft, Standing::Reviewer));
        assert!(!may_read_review(Status::InReview, Standing::Lead));
    }
}
