//! What moderation settles that needs a reason in words, so that whoever reads it later can follow.

use super::{AdaptationClass, Agreement, Entry, FieldError, Review};
use crate::{rating::Rating, reviewers::Seat};

/// By how many levels the Practice's own rating is lowered before a reason is due.
const FAR: u8 = 2;

/// What asks for a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// The agreed rating is this many levels below the Practice's own.
    Lowered(u8),
    /// The rating is explained by unplanned drift.
    Unplanned,
    /// Another reviewer gave this rating, and another one was settled on.
    AgainstReviewer(Rating),
}

impl Asks {
    /// Returns what the person is told who gave no reason.
    pub fn message(self) -> String {
        match self {
            Asks::Lowered(levels) => {
                format!("Give a reason: the agreed rating is {levels} levels below the Practice’s own.")
            }
            Asks::Unplanned => "Give a reason: say what shows that this is unplanned drift.".to_owned(),
            Asks::AgainstReviewer(rating) => {
                format!(
                    "Give a reason: another reviewer rated this {rating} – {}.",
                    rating.name()
                )
            }
        }
    }

    fn error(self) -> FieldError {
        FieldError {
            field: "comment",
            message: self.message(),
        }
    }
}

impl Agreement {
    /// Returns what asks for a reason that this agreement does not give; `by` is its writer's place among two reviewers. What two
    /// reviewers settled on the review sheet has its reason there.
    ///
    /// # Errors
    /// An error at the comment.
    pub fn reasoned(&self, entry: &Entry, by: Option<Seat>) -> Result<(), FieldError> {
        let lowered = || {
            let levels = entry.self_rating()?.level().checked_sub(self.rating?.level())?;
            (levels >= FAR).then_some(Asks::Lowered(levels))
        };
        let unplanned = || (self.class == Some(AdaptationClass::Unplanned)).then_some(Asks::Unplanned);
        let against = || {
            let own = self.rating.filter(|rating| entry.review_rating() != Some(*rating));
            against(entry, own?, by)
        };
        match lowered().or_else(unplanned).or_else(against) {
            Some(asks) if self.comment.is_none() => Err(asks.error()),
            _ => Ok(()),
        }
    }
}

impl Review {
    /// Returns what asks for a reason that this review, which two reviewers settle, does not give; `by` is its writer's place.
    /// Nothing does where one reviews, or as long as one of the two has not rated.
    ///
    /// # Errors
    /// An error at the comment.
    pub fn reasoned(&self, entry: &Entry, by: Option<Seat>) -> Result<(), FieldError> {
        match self.rating.and_then(|rating| against(entry, rating, by)) {
            Some(asks) if self.comment.is_none() => Err(asks.error()),
            _ => Ok(()),
        }
    }
}

impl Entry {
    /// Does what is settled lack a reason, whichever of two reviewers wrote it?
    pub fn lacks_reason(&self) -> bool {
        let reasoned =
            |by| self.agreement.reasoned(self, Some(by)).is_ok() && self.review.reasoned(self, Some(by)).is_ok();
        !self.not_applicable() && !Seat::ALL.into_iter().any(reasoned)
    }
}

/// Returns the rating of a reviewer other than `by` that is not the one settled on.
fn against(entry: &Entry, settled: Rating, by: Option<Seat>) -> Option<Asks> {
    let readings = entry.readings_apart()?;
    let others = Seat::ALL.into_iter().filter(|place| Some(*place) != by);
    let mut given = others.map(|place| readings[place.index()]);
    given.find(|given| *given != settled).map(Asks::AgainstReviewer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        assessment::{Answer, Reading, Response},
        prose::Prose,
    };

    fn rating(level: u8) -> Option<Rating> {
        (level > 0).then(|| Rating::new(level).unwrap())
    }

    fn review(level: u8) -> Review {
        Review {
            rating: rating(level),
            ..Review::default()
        }
    }

    /// Returns the Practice's own rating, the review's, what two reviewers read; 0 for none.
    fn entry(own: u8, settled: u8, readings: &[u8]) -> Entry {
        Entry {
            answer: Answer {
                response: rating(own).map(Response::Rated),
                ..Answer::default()
            },
            review: review(settled),
            readings: readings.iter().map(|level| Reading(review(*level))).collect(),
            ..Entry::default()
        }
    }

    fn agreed(level: u8, class: Option<AdaptationClass>) -> Agreement {
        Agreement {
            rating: rating(level),
            class,
            ..Agreement::default()
        }
    }

    #[test]
    fn an_agreement_needs_a_reason_as_the_table_says() {
        use Asks::{AgainstReviewer, Lowered, Unplanned};
        const DRIFT: Option<AdaptationClass> = Some(AdaptationClass::Unplanned);
        const OPEN: Option<AdaptationClass> = Some(AdaptationClass::Unexplained);
        let (first, second) = (Some(Seat::First), Some(Seat::Second));
        let four = Rating::new(4).unwrap();
        for (entry, agreement, by, asks) in [
            (entry(5, 4, &[]), agreed(4, None), None, None),
            (entry(5, 3, &[]), agreed(3, OPEN), None, Some(Lowered(2))),
            (entry(5, 1, &[]), agreed(1, OPEN), None, Some(Lowered(4))),
            (entry(5, 3, &[]), agreed(4, None), None, None),
            (entry(2, 5, &[]), agreed(5, None), None, None),
            (entry(5, 3, &[]), agreed(0, None), None, None),
            (entry(3, 3, &[]), agreed(0, DRIFT), None, Some(Unplanned)),
            (entry(3, 3, &[]), agreed(0, OPEN), None, None),
            // the other one's rating, not one's own; an administrator has none
            (
                entry(2, 2, &[2, 4]),
                agreed(3, OPEN),
                first,
                Some(AgainstReviewer(four)),
            ),
            (
                entry(2, 2, &[4, 2]),
                agreed(3, OPEN),
                second,
                Some(AgainstReviewer(four)),
            ),
            (entry(4, 2, &[2, 4]), agreed(4, None), first, None),
            (
                entry(4, 2, &[2, 4]),
                agreed(4, None),
                None,
                Some(AgainstReviewer(Rating::new(2).unwrap())),
            ),
            (
                entry(3, 0, &[4, 4]),
                agreed(3, OPEN),
                first,
                Some(AgainstReviewer(four)),
            ),
            // what was settled on the sheet has its reason there
            (entry(3, 2, &[2, 4]), agreed(2, OPEN), first, None),
            (entry(3, 0, &[4, 4]), agreed(4, None), None, None),
        ] {
            let what = format!("{entry:?} {agreement:?} {by:?}");
            let expected = asks.map(|asks| asks.error());
            assert_eq!(agreement.reasoned(&entry, by).err(), expected, "{what}");
            let why = Agreement {
                comment: Prose::read("The log covers half a year.").unwrap(),
                ..agreement
            };
            assert_eq!(why.reasoned(&entry, by), Ok(()), "{what}");
        }
    }

    #[test]
    fn two_reviewers_settle_against_the_other_with_a_reason_only() {
        let (first, second) = (Some(Seat::First), Some(Seat::Second));
        for (readings, settled, by, needs) in [
            (&[4, 2][..], 4, first, true),
            (&[4, 2], 2, first, false),
            (&[4, 2], 4, second, false),
            (&[4, 2], 3, second, true),
            (&[4, 4], 4, first, false),
            (&[4, 4], 3, first, true),
            (&[4, 0], 3, first, false),
            (&[4, 2], 0, first, false),
            (&[], 3, None, false),
        ] {
            let what = format!("{readings:?} {settled} {by:?}");
            let settling = review(settled);
            let got = settling.reasoned(&entry(4, 0, readings), by);
            assert_eq!(got.is_err(), needs, "{what}");
            let why = Review {
                comment: Prose::read("Looked at the log together.").unwrap(),
                ..settling
            };
            assert_eq!(why.reasoned(&entry(4, 0, readings), by), Ok(()), "{what}");
        }
    }

    #[test]
    fn what_lacks_a_reason_whoever_wrote_it_is_found_again() {
        let with = |entry: Entry, agreement| Entry { agreement, ..entry };
        for (entry, lacks) in [
            (with(entry(5, 3, &[]), agreed(3, None)), true),
            (with(entry(5, 4, &[]), agreed(4, None)), false),
            (
                with(entry(3, 3, &[]), agreed(0, Some(AdaptationClass::Unplanned))),
                true,
            ),
            // one of the two gave in
            (entry(4, 2, &[2, 4]), false),
            (entry(4, 3, &[2, 4]), true),
        ] {
            assert_eq!(entry.lacks_reason(), lacks, "{entry:?}");
        }
    }
}
