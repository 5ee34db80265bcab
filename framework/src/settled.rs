//! What moderation has settled in an assessment, and finalising will fix.

use crate::{
    adaptation::to_explain, assessment::Entry, criteria::Framework, rating::Rating, report::Split, score::is_core_gap,
    sheet::CriterionRatings,
};

/// What is settled, in the order of the framework's criteria.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// Criteria with an agreed rating.
    pub agreed: usize,
    /// Criteria that do not apply.
    pub not_applicable: usize,
    /// The criteria whose agreed rating is not the Practice's own.
    pub differing: Vec<Differing>,
    /// Core criteria agreed at 1 or 2, by place and rating.
    pub core_gaps: Vec<(usize, Rating)>,
    /// How the ratings below the expected level and the slips are explained.
    pub explained: Split,
}

/// A criterion whose agreed rating is not the Practice's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Differing {
    /// Its place in the framework.
    pub index: usize,
    /// The Practice's own rating.
    pub own: Rating,
    /// The agreed one.
    pub agreed: Rating,
}

impl Settled {
    /// Returns what is settled in an assessment; `earlier` are the comparable ratings of the one before, none where there is none.
    pub fn of(framework: &Framework, entries: &[Entry], earlier: &[Option<Rating>]) -> Settled {
        let mut settled = Settled::default();
        let earlier = earlier.iter().copied().chain(std::iter::repeat(None));
        for (index, ((criterion, entry), before)) in framework.criteria.iter().zip(entries).zip(earlier).enumerate() {
            if entry.not_applicable() {
                settled.not_applicable += 1;
                continue;
            }
            if to_explain(&CriterionRatings::from(entry), before) {
                settled.explained.add(entry.agreement.class);
            }
            let Some(agreed) = entry.agreed_rating() else {
                continue;
            };
            settled.agreed += 1;
            if is_core_gap(criterion, agreed) {
                settled.core_gaps.push((index, agreed));
            }
            let own = entry.self_rating().filter(|own| *own != agreed);
            settled
                .differing
                .extend(own.map(|own| Differing { index, own, agreed }));
        }
        settled
    }

    /// Returns how many agreed ratings are below the Practice's own.
    pub fn lowered(&self) -> usize {
        self.differing.iter().filter(|one| one.agreed < one.own).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        assessment::{AdaptationClass, Agreement, Answer, Response, Review},
        library::Library,
    };

    fn entry(own: u8, review: u8, agreed: Option<u8>, class: Option<AdaptationClass>) -> Entry {
        Entry {
            answer: Answer {
                response: Rating::new(own).map(Response::Rated),
                ..Answer::default()
            },
            review: Review {
                rating: Rating::new(review),
                ..Review::default()
            },
            readings: vec![],
            agreement: Agreement {
                rating: agreed.and_then(Rating::new),
                class,
                ..Agreement::default()
            },
        }
    }

    #[test]
    fn what_is_settled_is_counted_and_listed_in_order() {
        let framework = Library::embedded().latest().unwrap();
        let core = framework.criteria.iter().position(|criterion| criterion.core).unwrap();
        let adaptable = framework.criteria.iter().position(|criterion| !criterion.core).unwrap();
        let drift = Some(AdaptationClass::Unplanned);
        let mut entries = vec![entry(4, 4, None, None); framework.criteria.len()];
        let rating = |level| Rating::new(level).unwrap();
        entries[core] = entry(4, 2, Some(2), drift);
        entries[adaptable] = entry(1, 2, Some(2), None);
        // slipped from 5, not asked for anything yet
        let last = entries.len() - 1;
        let mut earlier = vec![None; entries.len()];
        earlier[last] = Rating::new(5);
        let aside = entries.len() - 2;
        entries[aside].answer.response = Some(Response::NotApplicable(None));
        // in review, without an agreed rating
        let open = entries.len() - 3;
        entries[open] = entry(4, 5, None, None);
        assert!(core.max(adaptable) < open, "five different criteria");

        let settled = Settled::of(framework, &entries, &earlier);
        let differs = |place, own, agreed| Differing {
            index: place,
            own: rating(own),
            agreed: rating(agreed),
        };
        let mut differing = vec![differs(core, 4, 2), differs(adaptable, 1, 2)];
        differing.sort_by_key(|one| one.index);
        assert_eq!(settled.differing, differing);
        assert_eq!(settled.core_gaps, [(core, rating(2))]);
        assert_eq!((settled.agreed, settled.not_applicable), (entries.len() - 2, 1));
        assert_eq!(settled.lowered(), 1);
        assert_eq!((settled.explained.unplanned, settled.explained.unexplained), (1, 2));
        assert_eq!(settled.explained.total(), 3);
        let bare = Settled::of(framework, &entries, &[]);
        assert_eq!(bare.explained.total(), 2);
    }
}
