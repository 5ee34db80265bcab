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

    /// The side somebody of this standing speaks for; readers and strangers for none.
    pub fn of(standing: Standing) -> Option<Side> {
        match standing {
            Standing::Lead | Standing::Contributor => Some(Side::Practice),
            Standing::Reviewer | Standing::Administrator => Some(Side::National),
            Standing::Reader | Standing::Observer | Standing::Stranger => None,
        }
    }

    /// The word in files and the database.
    pub fn code(self) -> &'static str {
        match self {
            Side::Practice => "practice",
            Side::National => "national",
        }
    }

    /// The side of a word.
    pub fn from_code(code: &str) -> Option<Side> {
        Self::ALL.into_iter().find(|side| side.code() == code)
    }

    /// The words for people.
    pub fn name(self) -> &'static str {
        match self {
            Side::Practice => "The Practice",
            Side::National => "National Pause",
        }
    }
}

/// The criteria whose question was left to an action.
pub fn carried<'a>(threads: impl IntoIterator<Item = (&'a CriterionId, &'a Thread)>) -> BTreeSet<CriterionId> {
    let left = threads.into_iter().filter(|(_, thread)| thread.state == State::Carried);
    left.map(|(criterion, _)| criterion.clone()).collect()
}

/// Where a thread stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "ClarificationState")]
pub enum State {
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

impl State {
    /// All states, the most pressing first.
    pub const ALL: [State; 5] = [
        State::WaitsForPractice,
        State::WaitsForNational,
        State::Answered,
        State::Resolved,
        State::Carried,
    ];

    /// The word in files and the database.
    pub fn code(self) -> &'static str {
        match self {
            State::WaitsForPractice => "waits_for_practice",
            State::WaitsForNational => "waits_for_national",
            State::Answered => "answered",
            State::Resolved => "resolved",
            State::Carried => "carried",
        }
    }

    /// The state of a word.
    pub fn from_code(code: &str) -> Option<State> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The words for people.
    pub fn name(self) -> &'static str {
        match self {
            State::WaitsForPractice => "Waits for the Practice",
            State::WaitsForNational => "Waits for National Pause",
            State::Answered => "Answered",
            State::Resolved => "Resolved",
            State::Carried => "Carried as an action",
        }
    }

    /// Who has to do something next; an answered question waits for National Pause to say that it is settled.
    pub fn waits_for(self) -> Option<Side> {
        match self {
            State::WaitsForPractice => Some(Side::Practice),
            State::WaitsForNational | State::Answered => Some(Side::National),
            State::Resolved | State::Carried => None,
        }
    }

    /// Neither resolved nor carried: stands in the way of finalising.
    pub fn is_open(self) -> bool {
        self.waits_for().is_some()
    }
}

/// What somebody does with a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
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

impl Act {
    /// All acts.
    pub const ALL: [Act; 5] = [Act::Ask, Act::Answer, Act::AskBack, Act::Resolve, Act::Carry];

    /// The word in forms.
    pub fn code(self) -> &'static str {
        match self {
            Act::Ask => "ask",
            Act::Answer => "answer",
            Act::AskBack => "ask_back",
            Act::Resolve => "resolve",
            Act::Carry => "carry",
        }
    }

    /// The act of a word.
    pub fn from_code(code: &str) -> Option<Act> {
        Self::ALL.into_iter().find(|act| act.code() == code)
    }

    /// Does it consist of a message?
    pub fn speaks(self) -> bool {
        matches!(self, Act::Ask | Act::Answer | Act::AskBack)
    }
}

/// Why an act cannot be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// Not this actor's to do, or not in this state of the assessment.
    #[error(transparent)]
    Assessment(#[from] lifecycle::Refusal),
    /// Not in this state of the thread; `None` where there is no thread yet.
    #[error("{}", why(*.0))]
    Thread(Option<State>),
}

fn why(state: Option<State>) -> &'static str {
    match state {
        None => "Nothing has been asked on this criterion.",
        Some(State::Carried) => "This question is carried as an action. The improvement plan goes on with it.",
        Some(_) => "This question is settled already.",
    }
}

/// The state of a thread (`None`: there is none yet) after an act by somebody of this standing, in an assessment of
/// this state.
///
/// National Pause opens and settles, the Practice answers or asks back. A settled thread may be taken up again by a
/// further message of either side; one that is carried only by National Pause, for the Practice answers it in its
/// improvement plan. Carrying is for the end, when moderation is over.
///
/// # Errors
/// [`Refusal::Assessment`] when the standing never may, or not while the assessment is in this state;
/// [`Refusal::Thread`] when the thread does not let it.
pub fn next(status: Status, thread: Option<State>, act: Act, standing: Standing) -> Result<State, Refusal> {
    let side = match act {
        Act::Ask | Act::Resolve | Act::Carry => Side::National,
        Act::Answer | Act::AskBack => Side::Practice,
    };
    if Side::of(standing) != Some(side) {
        return Err(lifecycle::Refusal::NotAllowed.into());
    }
    let now = match status {
        Status::Draft | Status::Finalised => false,
        Status::Submitted | Status::InReview | Status::Returned => act != Act::Carry,
        Status::Moderated => true,
    };
    if !now {
        return Err(lifecycle::Refusal::NotNow(status).into());
    }
    let open = thread.is_some_and(State::is_open);
    match (act, thread) {
        (Act::Ask, _) => Ok(State::WaitsForPractice),
        (Act::Answer, Some(state)) if state != State::Carried => Ok(State::Answered),
        (Act::AskBack, Some(state)) if state != State::Carried => Ok(State::WaitsForNational),
        (Act::Resolve, _) if open => Ok(State::Resolved),
        (Act::Carry, _) if open => Ok(State::Carried),
        _ => Err(Refusal::Thread(thread)),
    }
}

/// May this person do it, as far as it depends on who reviews? For National Pause speaks who may return the assessment:
/// its reviewers and administrators, or anybody as long as nobody is assigned.
///
/// # Errors
/// [`lifecycle::Refusal::NotAssigned`] for other reviewers.
pub fn admit(reviewers: &Reviewers, person: Option<PersonId>, standing: Standing) -> Result<(), Refusal> {
    match Side::of(standing) {
        Some(Side::National) => Ok(reviewers.admit(lifecycle::Action::Return, person, standing)?),
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
    pub state: State,
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

impl FromIterator<State> for Tally {
    fn from_iter<I: IntoIterator<Item = State>>(states: I) -> Tally {
        states.into_iter().fold(Tally::default(), |tally, state| Tally {
            asked: tally.asked + 1,
            resolved: tally.resolved + usize::from(state == State::Resolved),
            carried: tally.carried + usize::from(state == State::Carried),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reviewers::{Place, Reviewer};
    use State::{Answered, Carried, Resolved, WaitsForNational, WaitsForPractice};

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
        Act,
        &'static [Standing],
        &'static [Status],
        &'static [Option<State>],
        State,
    );

    /// Every allowed act; whatever is not here is refused.
    const ACTS: [Row; 5] = [
        (
            Act::Ask,
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
            Act::Answer,
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
            Act::AskBack,
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
            Act::Resolve,
            NATIONAL,
            TALKING,
            &[Some(WaitsForPractice), Some(WaitsForNational), Some(Answered)],
            Resolved,
        ),
        (
            Act::Carry,
            NATIONAL,
            END,
            &[Some(WaitsForPractice), Some(WaitsForNational), Some(Answered)],
            Carried,
        ),
    ];

    fn everything() -> impl Iterator<Item = (Status, Option<State>, Act, Standing)> {
        let threads = || [None].into_iter().chain(State::ALL.map(Some));
        Status::ALL.into_iter().flat_map(move |status| {
            threads().flat_map(move |thread| {
                Act::ALL
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
            place: Place::First,
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
                Act::Resolve
            } else {
                Act::Answer
            };
            let standing = if act == Act::Resolve {
                Standing::Reviewer
            } else {
                Standing::Lead
            };
            let refused = next(Status::Returned, thread, act, standing).unwrap_err();
            assert!(refused.to_string().contains(says), "{refused}");
        }
        assert!(State::ALL.into_iter().all(|s| State::from_code(s.code()) == Some(s)));
        assert!(Side::ALL.into_iter().all(|s| Side::from_code(s.code()) == Some(s)));
        assert!(Act::ALL.into_iter().all(|a| Act::from_code(a.code()) == Some(a)));
    }

    #[test]
    fn a_tally_counts_each_thread_once() {
        let tally: Tally = [Answered, Resolved, Resolved, Carried].into_iter().collect();
        assert_eq!((tally.asked, tally.resolved, tally.carried), (4, 2, 1));
    }
}
