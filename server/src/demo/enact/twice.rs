//! A review by two people: neither sees the other's ratings until both are in, then the first writes what they settle on.

use super::{Change, REVIEWERS, Refused, Year, saved, years};
use crate::demo::dice::Dice;
use framework::{actor::Actor, assessment::Review, rating::Rating};

/// The Practices that two people review.
const READ_TWICE: [&str; 3] = ["marrowdale", "emberholt", "copperwold"];
/// In how many of a hundred criteria the second reads another level than the first.
const DIFFERS: u8 = 15;
const SETTLED: &str = "Settled after both of us had looked at the log together: it covers what the level asks for.";
const WHY: &str = "Read alone, I came to another level; the log does not cover the whole year.";

impl Year<'_> {
    /// Gives the Practice a second reviewer, where it has one.
    pub(super) async fn assign_second(&self) -> Result<(), Refused> {
        if let Some(second) = self.second()? {
            let people = [self.reviewer.person, second.person];
            self.store
                .assign(&Actor::operator(), &self.slug, &self.cycle, people, self.day(35))
                .await?;
        }
        Ok(())
    }

    /// Has both rate on their own and say that they are done, where there are two.
    pub(super) async fn read_twice(&self, reviews: &[Change<Review>]) -> Result<(), Refused> {
        let Some(second) = self.second()? else {
            return Ok(());
        };
        let theirs = reviews.iter().cloned().map(|change| self.read_again(change)).collect();
        for (who, readings, day) in [(self.reviewer, reviews.to_vec(), 37), (second, theirs, 38)] {
            let at = self.day(day);
            let outcomes = self.store.save_reviews(who, &self.slug, &self.cycle, readings, at);
            saved(outcomes.await?)?;
            self.store.declare_ready(who, &self.slug, &self.cycle, at).await?;
        }
        Ok(())
    }

    /// Where the second read another level, the first says why the own one was settled on.
    pub(super) fn settle(&self, reviews: &mut [Change<Review>]) -> Result<(), Refused> {
        if self.second()?.is_none() {
            return Ok(());
        }
        for change in reviews.iter_mut().filter(|change| change.value.comment.is_none()) {
            if self.read_again(change.clone()).value.rating != change.value.rating {
                change.value.comment = years::prose(SETTLED);
            }
        }
        Ok(())
    }

    /// Returns the one after the first in the list of reviewers.
    fn second(&self) -> Result<Option<&Actor>, Refused> {
        if !READ_TWICE.contains(&self.practice.slug) {
            return Ok(None);
        }
        for email in REVIEWERS {
            let reviewer = self.cast.get(email)?;
            if reviewer.person != self.reviewer.person {
                return Ok(Some(reviewer));
            }
        }
        Ok(None)
    }

    /// Returns what the second says: most often the same level, and no words.
    fn read_again(&self, mut change: Change<Review>) -> Change<Review> {
        let name = [
            self.slug.as_str(),
            self.cycle.as_str(),
            change.criterion.as_str(),
            "again",
        ];
        let mut dice = Dice::of(&name);
        let first = change.value.rating;
        change.value = Review {
            rating: first,
            ..Review::default()
        };
        if let Some(level) = first.map(Rating::level)
            && dice.chance(DIFFERS)
        {
            let other = if level == 5 || (level > 1 && dice.chance(70)) {
                level - 1
            } else {
                level + 1
            };
            change.value.rating = Rating::new(other);
            change.value.comment = years::prose(WHY);
        }
        change
    }
}
