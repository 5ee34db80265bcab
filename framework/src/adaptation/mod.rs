//! The register of adaptations (METHODS.md 4), after FRAME (Stirman, Baumann & Miller 2019): what a Practice does
//! differently on purpose, what National Pause decided on it, and what it explains on which day.
//!
//! An [`Adaptation`] is a row of [`Round`]s: what was proposed and what was decided. A decided round never changes;
//! what is written after a decision is the next round, and until that one is agreed the agreement before it stands.

mod explain;
mod form;
mod lifecycle;
#[cfg(test)]
mod tests;
mod words;

pub use explain::{effective, put_down, to_explain};
pub use form::{ProposalForm, read_until};
pub use lifecycle::{AdaptationDenied, AdaptationOperation, AdaptationStatus, Ruling, may_read, next};
pub use words::{Core, Level, Reason, Timing};

use crate::{actor::Standing, assessment::AdaptationClass, ids::CriterionId, local, prose::Prose};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// An agreement that ends within so many days ends soon.
pub const EXPIRY_NOTICE_DAYS: i64 = 60;

/// An entry of a Practice's register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AdaptationId(pub Uuid);

/// What a Practice says of one adaptation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Its name, one line.
    pub title: String,
    /// What is done differently.
    pub what: Prose,
    /// What it touches; at least one.
    pub criteria: BTreeSet<CriterionId>,
    /// Thought out beforehand, or an answer to what happened.
    pub timing: Timing,
    /// The first day of it.
    pub since: Date,
    /// Its last day, as the Practice would have it.
    pub until: Option<Date>,
    /// The role that made the decision, never a name.
    pub decided_by: String,
    /// For whom, or where, it was made.
    pub level: Level,
    /// Why.
    pub reasons: BTreeSet<Reason>,
    /// Why, in words.
    pub why: Prose,
    /// Does it keep what makes the model work?
    pub core: Core,
    /// What makes the Practice think so.
    pub core_why: Prose,
}

/// Who did something, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The name they had then.
    pub by: String,
    /// When.
    pub at: OffsetDateTime,
}

/// What National Pause decided on a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What it is.
    pub ruling: Ruling,
    /// Why.
    pub reason: Prose,
    /// The last day of an agreement; without one it goes on until it is decided anew.
    pub until: Option<Date>,
    /// Who decided, and when.
    pub stamp: Stamp,
}

/// One proposal, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// What the Practice says.
    pub proposal: Proposal,
    /// Who wrote last.
    pub saved: Stamp,
    /// Who proposed it, once somebody did.
    pub proposed: Option<Stamp>,
    /// What was decided, once it was.
    pub decision: Option<Decision>,
}

/// One adaptation: its rounds, oldest first, at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adaptation {
    /// Which.
    pub id: AdaptationId,
    /// Oldest first.
    pub rounds: Vec<Round>,
}

/// From when an assessment looks at the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AsOf {
    /// The day the assessment counts for: the one on which it was last submitted.
    pub day: Date,
    /// When it was finalised; what was decided later is not known to it, so that its figures stay as they are.
    pub closed: Option<OffsetDateTime>,
}

/// Where an adaptation stands on a day, for lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// National Pause has to decide.
    Waiting,
    /// Agreed, and it is now.
    InForce,
    /// Agreed, and begins later.
    Upcoming,
    /// The Practice is writing it.
    Draft,
    /// Not agreed.
    Refused,
    /// Agreed once, and over.
    Expired,
}

impl AsOf {
    /// Returns a day, with everything that is decided by now.
    pub fn on(day: Date) -> AsOf {
        AsOf { day, closed: None }
    }
}

impl Round {
    /// Where it stands.
    pub fn state(&self) -> AdaptationStatus {
        match (&self.decision, &self.proposed) {
            (Some(decision), _) => AdaptationStatus::Decided(decision.ruling),
            (None, Some(_)) => AdaptationStatus::Proposed,
            (None, None) => AdaptationStatus::Draft,
        }
    }

    /// The decision, where it is an agreement.
    pub fn agreed(&self) -> Option<&Decision> {
        self.decision.as_ref().filter(|d| d.ruling.class().is_some())
    }

    /// Returns what it explains a low rating or a slip as; nothing unless it is agreed.
    pub fn class(&self) -> Option<AdaptationClass> {
        self.decision.as_ref()?.ruling.class()
    }

    /// Returns the last day: the agreed one, else the one that the Practice would have.
    pub fn until(&self) -> Option<Date> {
        match &self.decision {
            Some(decision) if decision.ruling.class().is_some() => decision.until,
            _ => self.proposal.until,
        }
    }

    /// Is the day within it? since ≤ day ≤ until
    fn holds(&self, day: Date) -> bool {
        self.proposal.since <= day && self.until().is_none_or(|until| day <= until)
    }
}

impl Adaptation {
    /// Returns the latest round.
    pub fn latest(&self) -> Option<&Round> {
        self.rounds.last()
    }

    /// Returns the agreement that holds: agreed and since ≤ day ≤ until. From the day on which a later agreement is made that
    /// one counts and no earlier one; on days before, an earlier one may.
    pub fn in_force(&self, at: AsOf) -> Option<&Round> {
        for (round, decision) in self.agreements(at).rev() {
            if round.holds(at.day) {
                return Some(round);
            }
            if local::date(decision.stamp.at) <= at.day {
                return None;
            }
        }
        None
    }

    /// Returns the agreement that was over on the day, where none holds.
    pub fn expired(&self, at: AsOf) -> Option<&Round> {
        if self.in_force(at).is_some() {
            return None;
        }
        let over = |round: &&Round| round.until().is_some_and(|until| until < at.day);
        self.agreements(at).map(|(round, _)| round).rfind(over)
    }

    /// Returns the agreement that explains a criterion on a day.
    pub fn covering(&self, criterion: &CriterionId, at: AsOf) -> Option<&Round> {
        self.in_force(at)
            .filter(|round| round.proposal.criteria.contains(criterion))
    }

    /// Where it stands on a day.
    pub fn phase(&self, day: Date) -> Phase {
        match self.latest().map(Round::state) {
            Some(AdaptationStatus::Proposed) => Phase::Waiting,
            _ if self.in_force(AsOf::on(day)).is_some() => Phase::InForce,
            None | Some(AdaptationStatus::Draft) => Phase::Draft,
            Some(AdaptationStatus::Decided(Ruling::Refused)) => Phase::Refused,
            Some(AdaptationStatus::Decided(_)) => match self.latest().is_some_and(|round| day < round.proposal.since) {
                true => Phase::Upcoming,
                false => Phase::Expired,
            },
        }
    }

    /// Returns the last day, where it holds now and ends within [`SOON`] days.
    pub fn ends_soon(&self, day: Date) -> Option<Date> {
        let until = self.in_force(AsOf::on(day))?.until()?;
        ((until - day).whole_days() <= EXPIRY_NOTICE_DAYS).then_some(until)
    }

    /// Returns what somebody of this standing may read of it; nothing where that is nothing.
    pub fn seen_by(mut self, standing: Standing) -> Option<Adaptation> {
        self.rounds.retain(|round| may_read(round.state(), standing));
        (!self.rounds.is_empty()).then_some(self)
    }

    fn agreements(&self, at: AsOf) -> impl DoubleEndedIterator<Item = (&Round, &Decision)> {
        let known = move |decision: &&Decision| at.closed.is_none_or(|closed| decision.stamp.at <= closed);
        (self.rounds.iter()).filter_map(move |round| Some((round, round.agreed().filter(known)?)))
    }
}
