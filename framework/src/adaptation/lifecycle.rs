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
pub enum AdaptationStatus {
    /// The Practice writes it.
    Draft,
    /// National Pause has to decide.
    Proposed,
    /// Decided, for ever.
    Decided(Ruling),
}

/// What somebody does with an adaptation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AdaptationOperation {
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
pub enum AdaptationDenied {
    /// Not this actor's to do.
    #[error("Your role does not allow this.")]
    NotAllowed,
    /// Not in this state.
    #[error("The adaptation is {}. This cannot be done now.", .0.name().to_lowercase())]
    NotNow(AdaptationStatus),
}

impl Ruling {
    /// All three.
    pub const ALL: [Ruling; 3] = [Ruling::Consistent, Ruling::NotConsistent, Ruling::Refused];

    /// Returns the word in forms and the database.
    pub fn code(self) -> &'static str {
        match self {
            Ruling::Consistent => "consistent",
            Ruling::NotConsistent => "not_consistent",
            Ruling::Refused => "refused",
        }
    }

    /// Returns the words for people.
    pub fn name(self) -> &'static str {
        match self {
            Ruling::Consistent => "Agreed, consistent with the framework",
            Ruling::NotConsistent => "Agreed, not consistent with the framework",
            Ruling::Refused => "Not agreed",
        }
    }

    /// Returns the ruling of a word.
    pub fn from_code(code: &str) -> Option<Ruling> {
        Self::ALL.into_iter().find(|ruling| ruling.code() == code)
    }

    /// Returns what it explains a low rating or a slip as; nothing where it is refused.
    pub fn class(self) -> Option<AdaptationClass> {
        match self {
            Ruling::Consistent => Some(AdaptationClass::Consistent),
            Ruling::NotConsistent => Some(AdaptationClass::NotConsistent),
            Ruling::Refused => None,
        }
    }
}

impl AdaptationStatus {
    /// All states.
    pub const ALL: [AdaptationStatus; 5] = [
        AdaptationStatus::Draft,
        AdaptationStatus::Proposed,
        AdaptationStatus::Decided(Ruling::Consistent),
        AdaptationStatus::Decided(Ruling::NotConsistent),
        AdaptationStatus::Decided(Ruling::Refused),
    ];

    /// Returns the words for people.
    pub fn name(self) -> &'static str {
        match self {
            AdaptationStatus::Draft => "Draft",
            AdaptationStatus::Proposed => "Waiting for a decision",
            AdaptationStatus::Decided(ruling) => ruling.name(),
        }
    }
}

/// Returns the state of the latest proposal after an action, by an actor of this standing. Writing after a decision begins the
/// next one.
///
/// # Errors
/// [`AdaptationDenied::NotAllowed`] when the standing never may, else [`AdaptationDenied::NotNow`] when the state does not let it.
pub fn next(
    state: AdaptationStatus,
    action: AdaptationOperation,
    standing: Standing,
) -> Result<AdaptationStatus, AdaptationDenied> {
    use Standing::{Administrator, Contributor, Lead, Reviewer};
    let allowed = match action {
        AdaptationOperation::Write => matches!(standing, Lead | Contributor),
        AdaptationOperation::Propose | AdaptationOperation::Withdraw => matches!(standing, Lead),
        AdaptationOperation::Decide(_) => matches!(standing, Reviewer | Administrator),
    };
    if !allowed {
        return Err(AdaptationDenied::NotAllowed);
    }
    match (action, state) {
        (AdaptationOperation::Write, AdaptationStatus::Draft | AdaptationStatus::Decided(_)) => {
            Ok(AdaptationStatus::Draft)
        }
        (AdaptationOperation::Propose, AdaptationStatus::Draft) => Ok(AdaptationStatus::Proposed),
        (AdaptationOperation::Withdraw, AdaptationStatus::Proposed) => Ok(AdaptationStatus::Draft),
        (AdaptationOperation::Decide(ruling), AdaptationStatus::Proposed) => Ok(AdaptationStatus::Decided(ruling)),
        _ => Err(AdaptationDenied::NotNow(state)),
    }
}

/// Returns whether somebody of this standing may read a proposal in this state. The Practice always; National Pause once it is proposed
/// (it does not watch a draft being written); readers, and whoever has a conflict of interest, once it is agreed.
pub fn may_read(state: AdaptationStatus, standing: Standing) -> bool {
    match standing {
        Standing::Lead | Standing::Contributor => true,
        Standing::Reviewer | Standing::Administrator => state != AdaptationStatus::Draft,
        Standing::Reader | Standing::Observer => {
            matches!(
                state,
                AdaptationStatus::Decided(Ruling::Consistent | Ruling::NotConsistent)
            )
        }
        Standing::Stranger => false,
    }
}
