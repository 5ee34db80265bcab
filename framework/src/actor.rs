//! Who acts, and what they are to a Practice.

use crate::ids::PracticeSlug;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A person with an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PersonId(pub Uuid);

/// A Practice's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PracticeId(pub Uuid);

/// A role at National Pause. An administrator may do all that a reviewer may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NationalRole {
    /// Reviews assessments.
    Reviewer,
    /// Publishes versions, opens cycles, adds Practices and people.
    Administrator,
}

/// A role in one Practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PracticeRole {
    /// Fills and submits.
    Lead,
    /// Fills.
    Contributor,
    /// Reads finished reports.
    Reader,
}

/// Any role a person can be invited to, by the word the command line and forms use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// At National Pause.
    National(NationalRole),
    /// In a Practice.
    Practice(PracticeRole),
}

impl Role {
    /// All roles.
    pub const ALL: [Role; 5] = [
        Role::National(NationalRole::Administrator),
        Role::National(NationalRole::Reviewer),
        Role::Practice(PracticeRole::Lead),
        Role::Practice(PracticeRole::Contributor),
        Role::Practice(PracticeRole::Reader),
    ];

    /// Returns the word for it: `administrator`, `reviewer`, `lead`, `contributor`, `reader`.
    pub fn code(self) -> &'static str {
        match self {
            Role::National(NationalRole::Administrator) => "administrator",
            Role::National(NationalRole::Reviewer) => "reviewer",
            Role::Practice(PracticeRole::Lead) => "lead",
            Role::Practice(PracticeRole::Contributor) => "contributor",
            Role::Practice(PracticeRole::Reader) => "reader",
        }
    }

    /// Returns the words for people.
    pub fn name(self) -> &'static str {
        match self {
            Role::National(NationalRole::Administrator) => "National administrator",
            Role::National(NationalRole::Reviewer) => "Quality reviewer",
            Role::Practice(PracticeRole::Lead) => "Practice lead",
            Role::Practice(PracticeRole::Contributor) => "Contributor",
            Role::Practice(PracticeRole::Reader) => "Reader",
        }
    }

    /// Returns the role of a word.
    pub fn from_code(code: &str) -> Option<Role> {
        Self::ALL.into_iter().find(|r| r.code() == code)
    }
}

/// A person's role in one Practice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The Practice.
    pub practice: PracticeId,
    /// Its name in addresses.
    pub slug: PracticeSlug,
    /// Its name.
    pub name: String,
    /// The role.
    pub role: PracticeRole,
}

/// Whoever asks for something. Every query starts from one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The person; `None` for the operator at the command line.
    pub person: Option<PersonId>,
    /// The name shown in the history.
    pub name: String,
    /// The role at National Pause, if any.
    pub national: Option<NationalRole>,
    /// The roles in Practices.
    pub memberships: Vec<Membership>,
    /// Practices that somebody of National Pause has nothing to decide on ([`crate::conflict`]).
    pub conflicts: Vec<PracticeId>,
}

/// What an actor is to one Practice, the one input of every permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// National administrator, not of this Practice.
    Administrator,
    /// Reviewer, not of this Practice.
    Reviewer,
    /// Of National Pause, with a conflict of interest: reads what is finished, decides nothing.
    Observer,
    /// Lead of this Practice.
    Lead,
    /// Contributor of this Practice.
    Contributor,
    /// Reader of this Practice.
    Reader,
    /// Nothing to it.
    Stranger,
}

impl Actor {
    /// Returns the operator at the command line, who may do what an administrator may.
    pub fn operator() -> Actor {
        Actor {
            person: None,
            name: "Command line".to_owned(),
            national: Some(NationalRole::Administrator),
            memberships: vec![],
            conflicts: vec![],
        }
    }

    /// Returns what the actor is to a Practice. Belonging to it, or a conflict of interest, comes before any national role, so
    /// that nobody reviews their own Practice.
    pub fn standing(&self, practice: PracticeId) -> Standing {
        let own = self.memberships.iter().find(|m| m.practice == practice).map(|m| m.role);
        match (own, self.national) {
            (Some(PracticeRole::Lead), _) => Standing::Lead,
            (Some(PracticeRole::Contributor), _) => Standing::Contributor,
            (Some(PracticeRole::Reader), _) => Standing::Reader,
            (None, Some(_)) if self.conflicts.contains(&practice) => Standing::Observer,
            (None, Some(NationalRole::Administrator)) => Standing::Administrator,
            (None, Some(NationalRole::Reviewer)) => Standing::Reviewer,
            (None, None) => Standing::Stranger,
        }
    }

    /// Works for National Pause: sees every Practice.
    pub fn is_national(&self) -> bool {
        self.national.is_some()
    }

    /// May publish versions, open cycles, add Practices and people.
    pub fn is_administrator(&self) -> bool {
        self.national == Some(NationalRole::Administrator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn belonging_to_a_practice_comes_before_a_national_role() {
        let own = PracticeId(Uuid::from_u128(1));
        let other = PracticeId(Uuid::from_u128(2));
        let slug = PracticeSlug::parse("own").unwrap();
        let actor = |national, role: Option<PracticeRole>| Actor {
            person: Some(PersonId(Uuid::from_u128(3))),
            name: "A".into(),
            national,
            memberships: role
                .map(|role| Membership {
                    practice: own,
                    slug: slug.clone(),
                    name: "Own".into(),
                    role,
                })
                .into_iter()
                .collect(),
            conflicts: vec![],
        };
        use NationalRole::*;
        for (national, role, at_own, at_other) in [
            (None, None, Standing::Stranger, Standing::Stranger),
            (None, Some(PracticeRole::Lead), Standing::Lead, Standing::Stranger),
            (Some(Reviewer), None, Standing::Reviewer, Standing::Reviewer),
            (
                Some(Reviewer),
                Some(PracticeRole::Contributor),
                Standing::Contributor,
                Standing::Reviewer,
            ),
            (
                Some(Administrator),
                Some(PracticeRole::Reader),
                Standing::Reader,
                Standing::Administrator,
            ),
        ] {
            let actor = actor(national, role);
            assert_eq!(
                (actor.standing(own), actor.standing(other)),
                (at_own, at_other),
                "{actor:?}"
            );
        }
    }

    #[test]
    fn a_conflict_of_interest_leaves_nobody_a_reviewer_of_that_practice() {
        let [own, other] = [1, 2].map(|id| PracticeId(Uuid::from_u128(id)));
        for national in [NationalRole::Reviewer, NationalRole::Administrator] {
            let actor = Actor {
                national: Some(national),
                conflicts: vec![own],
                ..Actor::operator()
            };
            assert_eq!(actor.standing(own), Standing::Observer);
            assert_ne!(actor.standing(other), Standing::Observer);
        }
    }
}
