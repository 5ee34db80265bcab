//! Clarifications: questions of National Pause on a criterion, the Practice's answers, and when a question is settled.
//! One thread a criterion; one function decides who may do what with it, and buttons are drawn from it too.

use crate::{
    actor::{PersonId, Standing},
    ids::CriterionId,
    lifecycle::{self, Status},
    prose::Prose,
    reviewers::Reviewers,
};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeSet;
use thiserror::Error;
use time::OffsetDateTime;

/// One of the two who talk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The Practice: its lead and contributors.
    Practice,
    /// National Pause: reviewers and administrators.
    National,
}

impl Side {
    /// Both.
    pub const ALL: [Side; 2] = [Side::Practice, Side::National];

    /// Returns the side somebody of this standing speaks for; readers and strangers for none.
    pub fn of(standing: Standing) -> Option<Side> {
        match standing {
            Standing::Lead | Standing::Contributor => Some(Side::Practice),
            Standing::Reviewer | Standing::Administrator => Some(Side::National),
            Standing::Reader | Standing::Observer | Standing::Stranger => None,
        }
    }

    /// Returns the word in files and the database.
    pub fn code(self) -> &'static str {
        match self {
            Side::Practice => "practice",
            Side::National => "national",
        }
    }

    /// Returns the side of a word.
    pub fn from_code(code: &str) -> Option<Side> {
        Self::ALL.into_iter().find(|side| side.code() == code)
    }

    /// Returns the words for people.
    pub fn name(self) -> &'static str {
        match self {
            Side::Practice => "The Practice",
            Side::National => "National Pause",
        }
    }
}

/// Returns the criteria whose question was left to an action.
pub fn carried<'a>(threads: impl IntoIterator<Item = (&'a CriterionId, &'a Thread)>) -> BTreeSet<CriterionId> {
    let left = threads
        .into_iter()
        .filter(|(_, thread)| thread.state == ThreadStatus::Carried);
    left.map(|(criterion, _)| criterion.clone()).collect()
}

/// Where a thread stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "ClarificationState")]
pub enum ThreadStatus {
    /// The Practice has been asked.
    WaitsForPractice,
    /// The Practice has asked back.
    WaitsForNational,
    /// The Practice has answered; National Pause has not said yet whether that settles it.
    Answered,
    /// Settled.
    Resolved,
    /// Not settled; an action of the improvement plan goes on with it.
    Carried,
}

impl ThreadStatus {
    /// All states, the most pressing first.
    pub const ALL: [ThreadStatus; 5] = [
        ThreadStatus::WaitsForPractice,
        ThreadStatus::WaitsForNational,
        ThreadStatus::Answered,
        ThreadStatus::Resolved,
        ThreadStatus::Carried,
    ];

    /// Returns the word in files and the database.
    pub fn code(self) -> &'static str {
        match self {
            ThreadStatus::WaitsForPractice => "waits_for_practice",
            ThreadStatus::WaitsForNational => "waits_for_national",
            ThreadStatus::Answered => "answered",
            ThreadStatus::Resolved => "resolved",
            ThreadStatus::Carried => "carried",
        }
    }

    /// Returns the state of a word.
    pub fn from_code(code: &str) -> Option<ThreadStatus> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Returns the words for people.
    pub fn name(self) -> &'static str {
        match self {
            ThreadStatus::WaitsForPractice => "Awaiting the Practice",
            ThreadStatus::WaitsForNational => "Waits for National Pause",
            ThreadStatus::Answered => "Answered",
            ThreadStatus::Resolved => "Resolved",
            ThreadStatus::Carried => "Carried as an action",
        }
    }

    /// Returns who has to do something next; an answered question waits for National Pause to say that it is settled.
    pub fn waits_for(self) -> Option<Side> {
        match self {
            ThreadStatus::WaitsForPractice => Some(Side::Practice),
            ThreadStatus::WaitsForNational | ThreadStatus::Answered => Some(Side::National),
            ThreadStatus::Resolved | ThreadStatus::Carried => None,
        }
    }

    /// Neither resolved nor carried: stands in the way of finalising.
    pub fn is_open(self) -> bool {
        self.waits_for().is_some()
    }
}

/// What somebody does with a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ThreadOperation {
    /// National Pause asks: opens the thread, goes on in it, or takes it up again.
    Ask,
    /// The Practice answers, or adds to its answer.
    Answer,
    /// The Practice asks back before it answers.
    AskBack,
    /// National Pause declares it settled.
    Resolve,
    /// National Pause leaves it to an action of the improvement plan.
    Carry,
}

impl ThreadOperation {
    /// All acts.
    pub const ALL: [ThreadOperation; 5] = [
        ThreadOperation::Ask,
        ThreadOperation::Answer,
        ThreadOperation::AskBack,
        ThreadOperation::Resolve,
        ThreadOperation::Carry,
    ];

    /// Returns the word in forms.
    pub fn code(self) -> &'static str {
        match self {
            ThreadOperation::Ask => "ask",
            ThreadOperation::Answer => "answer",
            ThreadOperation::AskBack => "ask_back",
            ThreadOperation::Resolve => "resolve",
            ThreadOperation::Carry => "carry",
        }
    }

    /// Returns the act of a word.
    pub fn from_code(code: &str) -> Option<ThreadOperation> {
        Self::ALL.into_iter().find(|act| act.code() == code)
    }

    /// Does it consist of a message?
    pub fn speaks(self) -> bool {
        matches!(
            self,
            ThreadOperation::Ask | ThreadOperation::Answer | ThreadOperation::AskBack
        )
    }
}

/// Why an act cannot be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ThreadDenied {
    /// Not this actor's to do, or not in this state of the assessment.
    #[error(transparent)]
    Assessment(#[from] lifecycle::Denied),
    /// Not in this state of the thread; `None` where there is no thread yet.
    #[error("{}", why(*.0))]
    Thread(Option<ThreadStatus>),
}

fn why(state: Option<ThreadStatus>) -> &'static str {
    match state {
        None => "Nothing has been asked on this criterion.",
        Some(ThreadStatus::Carried) => "This question is carried as an action. The improvement plan goes on with it.",
        Some(_) => "This question is settled already.",
    }
}

/// Returns the state of a thread (`None`: there is none yet) after an act by somebody of this standing, in an assessment of
/// this state.
///
/// National Pause opens and settles, the Practice answers or asks back. A settled thread may be taken up again by a
/// further message of either side; one that is carried only by National Pause, for the Practice answers it in its
/// improvement plan. Carrying is for the end, when moderation is over.
///
/// # Errors
/// [`ThreadDenied::Assessment`] when the standing never may, or not while the assessment is in this state;
/// [`ThreadDenied::Thread`] when the thread does not let it.
pub fn next(
    status: Status,
    thread: Option<ThreadStatus>,
    act: ThreadOperation,
    standing: Standing,
) -> Result<ThreadStatus, ThreadDenied> {
    let side = match act {
        ThreadOperation::Ask | ThreadOperation::Resolve | ThreadOperation::Carry => Side::National,
        ThreadOperation::Answer | ThreadOperation::AskBack => Side::Practice,
    };
    if Side::of(standing) != Some(side) {
        return Err(lifecycle::Denied::NotAllowed.into());
    }
    let now = match status {
        Status::Draft | Status::Finalised => false,
        Status::Submitted | Status::InReview | Status::Returned => act != ThreadOperation::Carry,
        Status::Moderated => true,
    };
    if !now {
        return Err(lifecycle::Denied::NotNow(status).into());
    }
    let open = thread.is_some_and(ThreadStatus::is_open);
    match (act, thread) {
        (ThreadOperation::Ask, _) => Ok(ThreadStatus::WaitsForPractice),
        (ThreadOperation::Answer, Some(state)) if state != ThreadStatus::Carried => Ok(ThreadStatus::Answered),
        (ThreadOperation::AskBack, Some(state)) if state != ThreadStatus::Carried => Ok(ThreadStatus::WaitsForNational),
        (ThreadOperation::Resolve, _) if open => Ok(ThreadStatus::Resolved),
        (ThreadOperation::Carry, _) if open => Ok(ThreadStatus::Carried),
        _ => Err(ThreadDenied::Thread(thread)),
    }
}

/// Returns whether this person may do it, as far as it depends on who reviews. For National Pause speaks who may return the assessment:
/// its reviewers and administrators, or anybody as long as nobody is assigned.
///
/// # Errors
/// [`lifecycle::Denied::NotAssigned`] for other reviewers.
pub fn admit(reviewers: &Reviewers, person: Option<PersonId>, standing: Standing) -> Result<(), ThreadDenied> {
    match Side::of(standing) {
        Some(Side::National) => Ok(reviewers.admit(lifecycle::Operation::Return, person, standing)?),
        Some(Side::Practice) | None => Ok(()),
    }
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Message {
    /// Who speaks.
    pub side: Side,
    /// By name, for the pages; reports name the side only.
    #[serde(skip)]
    pub who: String,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    #[schemars(with = "String", extend("format" = "date-time"))]
    pub at: OffsetDateTime,
    /// What.
    pub text: Prose,
}

/// What is asked and answered on one criterion of an assessment.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Thread {
    /// Where it stands.
    pub state: ThreadStatus,
    /// The messages, oldest first; there is always one.
    pub messages: Vec<Message>,
}

/// How many threads there are, and where they stand: for the national report, which says no more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Tally {
    /// Criteria on which something was asked.
    pub asked: usize,
    /// Of these, settled.
    pub resolved: usize,
    /// Of these, left to an action.
    pub carried: usize,
}

impl FromIterator<ThreadStatus> for Tally {
    fn from_iter<I: IntoIterator<Item = ThreadStatus>>(states: I) -> Tally {
        states.into_iter().fold(Tally::default(), |tally, state| Tally {
            asked: tally.asked + 1,
            resolved: tally.resolved + usize::from(state == ThreadStatus::Resolved),
            carried: tally.carried + usize::from(state == ThreadStatus::Carried),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reviewers::{Reviewer, Seat};
    use ThreadStatus::{Answered, Carried, Resolved, WaitsForNational, WaitsForPractice};

    const STANDINGS: [Standing; 7] = [
        Standing::Administrator,
        Standing::Reviewer,
        Standing::Observer,
        Standing::Lead,
        Standing::Contributor,
        Standing::Reader,
        Standing::Stranger,
    ];
    const NATIONAL: &[Standing] = &[Standing::Reviewer, Standing::Administrator];
    const PRACTICE: &[Standing] = &[Standing::Lead, Standing::Contributor];
    const TALKING: &[Status] = &[Status::Submitted, Status::InReview, Status::Returned, Status::Moderated];
    const END: &[Status] = &[Status::Moderated];

    type Row = (
        ThreadOperation,
        &'static [Standing],
        &'static [Status],
        &'static [Option<ThreadStatus>],
        ThreadStatus,
    );

    /// Every allowed act; whatever is not here is refused.
    const ACTS: [Row; 5] = [
        (
            ThreadOperation::Ask,
            NATIONAL,
            TALKING,
            &[
                None,
                Some(WaitsForPractice),
                Some(WaitsForNational),
                Some(Answered),
                Some(Resolved),
                Some(Carried),
            ],
            WaitsForPractice,
        ),
        (
            ThreadOperation::Answer,
            PRACTICE,
            TALKING,
            &[
                Some(WaitsForPractice),
                Some(WaitsForNational),
                Some(Answered),
                Some(Resolved),
            ],
            Answered,
        ),
        (
            ThreadOperation::AskBack,
            PRACTICE,
            TALKING,
            &[
                Some(WaitsForPractice),
                Some(WaitsForNational),
                Some(Answered),
                Some(Resolved),
            ],
            WaitsForNational,
        ),
        (
            ThreadOperation::Resolve,
            NATIONAL,
            TALKING,
            &[Some(WaitsForPractice), Some(WaitsForNational), Some(Answered)],
            Resolved,
        ),
        (
            ThreadOperation::Carry,
            NATIONAL,
            END,
            &[Some(WaitsForPractice), Some(WaitsForNational), Some(Answered)],
            Carried,
        ),
    ];

    fn everything() -> impl Iterator<Item = (Status, Option<ThreadStatus>, ThreadOperation, Standing)> {
        let threads = || [None].into_iter().chain(ThreadStatus::ALL.map(Some));
        Status::ALL.into_iter().flat_map(move |status| {
            threads().flat_map(move |thread| {
                ThreadOperation::ALL
                    .into_iter()
                    .flat_map(move |act| STANDINGS.map(|standing| (status, thread, act, standing)))
            })
        })
    }

    #[test]
    fn every_state_act_and_standing_is_decided_as_in_the_table() {
        for (status, thread, act, standing) in everything() {
            let expected = ACTS.iter().find(|(a, who, when, from, _)| {
                *a == act && who.contains(&standing) && when.contains(&status) && from.contains(&thread)
            });
            assert_eq!(
                next(status, thread, act, standing).ok(),
                expected.map(|(.., to)| *to),
                "{status:?} {thread:?} {act:?} {standing:?}"
            );
        }
    }

    #[test]
    fn a_message_always_leaves_the_thread_open_and_nobody_settles_their_own_questions_away() {
        for (status, thread, act, standing) in everything() {
            let Ok(after) = next(status, thread, act, standing) else {
                continue;
            };
            assert_eq!(after.is_open(), act.speaks(), "{thread:?} {act:?}");
            // the Practice can never take a question off the reviewer's list
            assert!(after.is_open() || Side::of(standing) == Some(Side::National));
        }
    }

    #[test]
    fn for_national_pause_speaks_who_reviews_or_administers() {
        let [own, other] = [1, 2].map(|id| PersonId(uuid::Uuid::from_u128(id)));
        let assigned = Reviewers::new([Reviewer {
            place: Seat::First,
            person: own,
            name: "Rita".to_owned(),
            ready: false,
        }]);
        let nobody = Reviewers::default();
        for (reviewers, person, standing, may) in [
            (&assigned, own, Standing::Reviewer, true),
            (&assigned, other, Standing::Reviewer, false),
            (&assigned, other, Standing::Administrator, true),
            (&assigned, other, Standing::Lead, true),
            (&nobody, other, Standing::Reviewer, true),
        ] {
            assert_eq!(admit(reviewers, Some(person), standing).is_ok(), may, "{standing:?}");
        }
    }

    #[test]
    fn refusals_say_why_and_words_are_read_back() {
        for (thread, says) in [
            (None, "Nothing has been asked"),
            (Some(Resolved), "settled already"),
            (Some(Carried), "improvement plan"),
        ] {
            let act = if thread == Some(Resolved) {
                ThreadOperation::Resolve
            } else {
                ThreadOperation::Answer
            };
            let standing = if act == ThreadOperation::Resolve {
                Standing::Reviewer
            } else {
                Standing::Lead
            };
            let refused = next(Status::Returned, thread, act, standing).unwrap_err();
            assert!(refused.to_string().contains(says), "{refused}");
        }
        assert!(
            ThreadStatus::ALL
                .into_iter()
                .all(|s| ThreadStatus::from_code(s.code()) == Some(s))
        );
        assert!(Side::ALL.into_iter().all(|s| Side::from_code(s.code()) == Some(s)));
        assert!(
            ThreadOperation::ALL
                .into_iter()
                .all(|a| ThreadOperation::from_code(a.code()) == Some(a))
        );
    }

    #[test]
    fn a_tally_counts_each_thread_once() {
        let tally: Tally = [Answered, Resolved, Resolved, Carried].into_iter().collect();
        assert_eq!((tally.asked, tally.resolved, tally.carried), (4, 2, 1));
    }
}
