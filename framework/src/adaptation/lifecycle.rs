//! The states of a proposal and who may move it: one function, from which buttons are drawn too.

use crate::{actor::Standing, assessment::AdaptationClass};
use thiserror::Error;

/// What National Pause can decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ruling {
    /// Agreed, and consistent with the framework.
    Consistent,
    /// Agreed, though not consistent with it.
    NotConsistent,
    /// Not agreed.
    Refused,
}

/// Where a proposal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// The Practice writes it.
    Draft,
    /// National Pause has to decide.
    Proposed,
    /// Decided, for ever.
    Decided(Ruling),
}

/// What somebody does with an adaptation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Write; after a decision this begins the next proposal.
    Write,
    /// Put it to National Pause.
    Propose,
    /// Take it back, to change it.
    Withdraw,
    /// Decide.
    Decide(Ruling),
}

/// Why an action cannot be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// Not this actor's to do.
    #[error("Your role does not allow this.")]
    NotAllowed,
    /// Not in this state.
    #[error("The adaptation is {}. This cannot be done now.", .0.name().to_lowercase())]
    NotNow(State),
}

impl Ruling {
    /// All three.
    pub const ALL: [Ruling; 3] = [Ruling::Consistent, Ruling::NotConsistent, Ruling::Refused];

    /// The word in forms and the database.
    pub fn code(self) -> &'static str {
        match self {
            Ruling::Consistent => "consistent",
            Ruling::NotConsistent => "not_consistent",
            Ruling::Refused => "refused",
        }
    }

    /// The words for people.
    pub fn name(self) -> &'static str {
        match self {
            Ruling::Consistent => "Agreed, consistent with the framework",
            Ruling::NotConsistent => "Agreed, not consistent with the framework",
            Ruling::Refused => "Not agreed",
        }
    }

    /// The ruling of a word.
    pub fn from_code(code: &str) -> Option<Ruling> {
        Self::ALL.into_iter().find(|ruling| ruling.code() == code)
    }

    /// What it explains a low rating or a slip as; nothing where it is refused.
    pub fn class(self) -> Option<AdaptationClass> {
        match self {
            Ruling::Consistent => Some(AdaptationClass::Consistent),
            Ruling::NotConsistent => Some(AdaptationClass::NotConsistent),
            Ruling::Refused => None,
        }
    }
}

impl State {
    /// All states.
    pub const ALL: [State; 5] = [
        State::Draft,
        State::Proposed,
        State::Decided(Ruling::Consistent),
        State::Decided(Ruling::NotConsistent),
        State::Decided(Ruling::Refused),
    ];

    /// The words for people.
    pub fn name(self) -> &'static str {
        match self {
            State::Draft => "Being written",
            State::Proposed => "Waiting for a decision",
            State::Decided(ruling) => ruling.name(),
        }
    }
}

/// The state of the latest proposal after an action, by an actor of this standing. Writing after a decision begins the
/// next one.
///
/// # Errors
/// [`Refusal::NotAllowed`] when the standing never may, else [`Refusal::NotNow`] when the state does not let it.
pub fn next(state: State, action: Action, standing: Standing) -> Result<State, Refusal> {
    use Standing::{Administrator, Contributor, Lead, Reviewer};
    let allowed = match action {
        Action::Write => matches!(standing, Lead | Contributor),
        Action::Propose | Action::Withdraw => matches!(standing, Lead),
        Action::Decide(_) => matches!(standing, Reviewer | Administrator),
    };
    if !allowed {
        return Err(Refusal::NotAllowed);
    }
    match (action, state) {
        (Action::Write, State::Draft | State::Decided(_)) => Ok(State::Draft),
        (Action::Propose, State::Draft) => Ok(State::Proposed),
        (Action::Withdraw, State::Proposed) => Ok(State::Draft),
        (Action::Decide(ruling), State::Proposed) => Ok(State::Decided(ruling)),
        _ => Err(Refusal::NotNow(state)),
    }
}

/// May somebody of this standing read a proposal in this state? The Practice always; National Pause once it is proposed
/// (it does not watch a draft being written); readers, and whoever has a conflict of interest, once it is agreed.
pub fn may_read(state: State, standing: Standing) -> bool {
    match standing {
        Standing::Lead | Standing::Contributor => true,
        Standing::Reviewer | Standing::Administrator => state != State::Draft,
        Standing::Reader | Standing::Observer => {
            matches!(state, State::Decided(Ruling::Consistent | Ruling::NotConsistent))
        }
        Standing::Stranger => false,
    }
}
