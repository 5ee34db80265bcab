//! Who reviews an assessment: one person, or two who do not see each other's ratings until both are in.

use crate::{
    actor::{PersonId, Standing},
    lifecycle::{Denied, Operation},
};

/// A reviewer's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Seat {
    /// The first reviewer's.
    First,
    /// The second reviewer's.
    Second,
}

/// A reviewer of an assessment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviewer {
    /// Which of the two.
    pub place: Seat,
    /// Who.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// Has the person said that the ratings are in?
    pub ready: bool,
}

/// The reviewers of an assessment, at most one in each place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reviewers(Vec<Reviewer>);

/// How far a review is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// One person reviews, or nobody yet.
    Alone,
    /// Two review, and the ratings of at least one are not in.
    Blind,
    /// Two have reviewed, and settle together where they differ.
    Together,
}

/// What a person writes on the review sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writes {
    /// The review that counts.
    Review,
    /// A reading of one's own, which the other reviewer does not see yet.
    Reading(Seat),
    /// Nothing.
    Nothing,
}

impl Seat {
    /// Both.
    pub const ALL: [Seat; 2] = [Seat::First, Seat::Second];

    /// 1 or 2, as it is kept.
    pub fn number(self) -> i16 {
        match self {
            Seat::First => 1,
            Seat::Second => 2,
        }
    }

    /// Returns the place of a number.
    pub fn from_number(number: i16) -> Option<Seat> {
        Self::ALL.into_iter().find(|place| place.number() == number)
    }

    /// 0 or 1, the place in a row of two.
    pub fn index(self) -> usize {
        match self {
            Seat::First => 0,
            Seat::Second => 1,
        }
    }

    /// Returns the words for people.
    pub fn name(self) -> &'static str {
        match self {
            Seat::First => "First reviewer",
            Seat::Second => "Second reviewer",
        }
    }
}

impl Reviewers {
    /// Reviewers in the order of their places. Of two in one place the first counts.
    pub fn new(reviewers: impl IntoIterator<Item = Reviewer>) -> Reviewers {
        let mut all: Vec<Reviewer> = reviewers.into_iter().collect();
        all.sort_by_key(|reviewer| reviewer.place);
        all.dedup_by_key(|reviewer| reviewer.place);
        Reviewers(all)
    }

    /// All, in order.
    pub fn all(&self) -> &[Reviewer] {
        &self.0
    }

    /// Returns a person's place.
    pub fn of(&self, person: Option<PersonId>) -> Option<&Reviewer> {
        self.0.iter().find(|reviewer| Some(reviewer.person) == person)
    }

    /// Returns how far the review is.
    pub fn phase(&self) -> Phase {
        match self.0.as_slice() {
            [_, ..] if self.0.len() < 2 => Phase::Alone,
            [] => Phase::Alone,
            both if both.iter().all(|reviewer| reviewer.ready) => Phase::Together,
            _ => Phase::Blind,
        }
    }

    /// Returns what a person writes on the review sheet. While ratings are blind, those that are in stay as they are.
    /// An assessment to which nobody was assigned may be reviewed by everybody who may review.
    pub fn writes(&self, person: Option<PersonId>) -> Writes {
        match (self.phase(), self.of(person)) {
            (Phase::Blind, Some(own)) if !own.ready => Writes::Reading(own.place),
            (Phase::Alone | Phase::Together, Some(_)) => Writes::Review,
            (Phase::Alone, None) if self.0.is_empty() => Writes::Review,
            _ => Writes::Nothing,
        }
    }

    /// Returns whose reading a person gave or gives while ratings are blind.
    pub fn reading_of(&self, person: Option<PersonId>) -> Option<Seat> {
        let own = self.of(person).filter(|_| self.phase() == Phase::Blind);
        own.map(|own| own.place)
    }

    /// May a person see the reading in a place? One's own always; those of both once both are in.
    pub fn shows(&self, person: Option<PersonId>, place: Seat) -> bool {
        self.phase() != Phase::Blind || self.of(person).is_some_and(|own| own.place == place)
    }

    /// Returns whether this person may do this, as far as it depends on who reviews. Role and state are [`crate::lifecycle::next`]'s.
    ///
    /// # Errors
    /// [`Denied::NotAssigned`] for whoever is not a reviewer of this assessment – administrators may do all but rate –;
    /// [`Denied::Blind`] for what needs the ratings of both.
    pub fn admit(&self, action: Operation, person: Option<PersonId>, standing: Standing) -> Result<(), Denied> {
        let seated = self.0.is_empty() || self.of(person).is_some();
        let assigned = match action {
            Operation::Fill | Operation::Submit | Operation::MakeStatement | Operation::Reopen => true,
            Operation::BeginReview | Operation::Review => seated,
            Operation::Return | Operation::Agree | Operation::Moderate | Operation::Finalise => {
                seated || standing == Standing::Administrator
            }
        };
        let needs_both = matches!(action, Operation::Agree | Operation::Moderate | Operation::Finalise);
        match assigned {
            false => Err(Denied::NotAssigned),
            true if needs_both && self.phase() == Phase::Blind => Err(Denied::Blind),
            true => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn person(id: u128) -> PersonId {
        PersonId(Uuid::from_u128(id))
    }

    fn reviewers(ready: &[bool]) -> Reviewers {
        Reviewers::new(ready.iter().zip(Seat::ALL).map(|(ready, place)| Reviewer {
            place,
            person: person(place.number() as u128),
            name: place.name().to_owned(),
            ready: *ready,
        }))
    }

    #[test]
    fn ratings_are_blind_until_both_are_in() {
        use Writes::{Nothing, Reading, Review};
        let (first, second, third) = (Some(person(1)), Some(person(2)), Some(person(3)));
        for (ready, phase, writes) in [
            (&[][..], Phase::Alone, [Review, Review, Review]),
            (&[false], Phase::Alone, [Review, Nothing, Nothing]),
            (
                &[false, false],
                Phase::Blind,
                [Reading(Seat::First), Reading(Seat::Second), Nothing],
            ),
            (&[true, false], Phase::Blind, [Nothing, Reading(Seat::Second), Nothing]),
            (&[true, true], Phase::Together, [Review, Review, Nothing]),
        ] {
            let reviewers = reviewers(ready);
            assert_eq!(reviewers.phase(), phase, "{ready:?}");
            assert_eq!(
                [first, second, third].map(|who| reviewers.writes(who)),
                writes,
                "{ready:?}"
            );
            let blind = phase == Phase::Blind;
            assert_eq!(reviewers.shows(first, Seat::Second), !blind, "{ready:?}");
            assert_eq!(reviewers.shows(third, Seat::First), !blind, "{ready:?}");
            assert_eq!(reviewers.shows(None, Seat::First), !blind, "{ready:?}");
            assert!(reviewers.of(first).is_none_or(|own| reviewers.shows(first, own.place)));
            // one's own stays in sight after it is in
            let own = [first, second, third].map(|who| reviewers.reading_of(who));
            let places = [Some(Seat::First), Some(Seat::Second), None];
            assert_eq!(own, if blind { places } else { [None; 3] }, "{ready:?}");
        }
    }

    #[test]
    fn only_the_assigned_rate_and_nothing_is_settled_while_ratings_are_blind() {
        use Operation::{Agree, BeginReview, Finalise, Moderate, Return, Review};
        use Standing::{Administrator, Reviewer};
        let alone = reviewers(&[false]);
        let blind = reviewers(&[true, false]);
        let together = reviewers(&[true, true]);
        let (own, other) = (Some(person(1)), Some(person(3)));
        for action in [BeginReview, Review, Return, Agree, Moderate, Finalise] {
            let settles = matches!(action, Agree | Moderate | Finalise);
            let rates = matches!(action, BeginReview | Review);
            assert_eq!(
                Reviewers::default().admit(action, other, Reviewer),
                Ok(()),
                "{action:?}"
            );
            for one in [&alone, &together] {
                assert_eq!(one.admit(action, own, Reviewer), Ok(()), "{action:?}");
                assert_eq!(
                    one.admit(action, other, Reviewer),
                    Err(Denied::NotAssigned),
                    "{action:?}"
                );
                assert_eq!(one.admit(action, other, Administrator).is_ok(), !rates, "{action:?}");
            }
            assert_eq!(blind.admit(action, own, Reviewer).is_ok(), !settles, "{action:?}");
        }
    }
}
