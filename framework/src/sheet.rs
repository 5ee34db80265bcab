//! An assessment as its ratings alone: what every figure is worked out from, five bytes a criterion.

use crate::{
    assessment::{AdaptationClass, Entry, Source},
    ids::{CycleId, PracticeSlug, VersionId},
    lifecycle::Status,
    rating::Rating,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A Practice as reports name it.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct PracticeInfo {
    /// Its name in addresses.
    pub slug: PracticeSlug,
    /// Its name.
    pub name: String,
    /// Its region, for filters.
    pub region: String,
}

/// The ratings of one criterion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CriterionRatings {
    /// The Practice's own.
    pub self_rating: Option<Rating>,
    /// The review's: of one reviewer, or of two together.
    pub review_rating: Option<Rating>,
    /// Set or confirmed at moderation.
    pub agreed_rating: Option<Rating>,
    /// Set aside, with a reason.
    pub not_applicable: bool,
    /// What a low rating or a slip is put down to.
    pub class: Option<AdaptationClass>,
}

/// One assessment's ratings, in the order of its version's criteria.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The Practice.
    pub practice: PracticeSlug,
    /// The cycle.
    pub cycle: CycleId,
    /// The version it was assessed under, for ever.
    pub version: VersionId,
    /// Where it stands.
    pub status: Status,
    /// Came from a file of an earlier year.
    pub imported: bool,
    /// One a criterion.
    pub marks: Vec<CriterionRatings>,
}

impl CriterionRatings {
    /// Returns the rating that reports use and where it comes from: agreed, else review, else self; nothing where not applicable.
    pub fn used(&self) -> Option<(Rating, Source)> {
        if self.not_applicable {
            return None;
        }
        (self.agreed_rating.map(|r| (r, Source::Agreed)))
            .or(self.review_rating.map(|r| (r, Source::Review)))
            .or(self.self_rating.map(|r| (r, Source::SelfRated)))
    }
}

/// What figures use of a [`CriterionRatings`], in one byte: a rating, nothing yet, or set aside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EffectiveRating(u8);

impl EffectiveRating {
    /// Without a rating.
    pub const OPEN: EffectiveRating = EffectiveRating(0);
    /// Not applicable, or out of a comparison.
    pub const ASIDE: EffectiveRating = EffectiveRating(u8::MAX);

    /// Returns the rating, 1 to 5.
    pub fn level(self) -> Option<u8> {
        (self != EffectiveRating::OPEN && self != EffectiveRating::ASIDE).then_some(self.0)
    }

    /// Returns whether it is anything but set aside.
    pub fn applies(self) -> bool {
        self != EffectiveRating::ASIDE
    }
}

impl From<&CriterionRatings> for EffectiveRating {
    fn from(mark: &CriterionRatings) -> EffectiveRating {
        match mark.used() {
            Some((rating, _)) => EffectiveRating(rating.level()),
            None if mark.not_applicable => EffectiveRating::ASIDE,
            None => EffectiveRating::OPEN,
        }
    }
}

impl From<&Entry> for CriterionRatings {
    fn from(entry: &Entry) -> CriterionRatings {
        CriterionRatings {
            self_rating: entry.self_rating(),
            review_rating: entry.review_rating(),
            agreed_rating: entry.agreed_rating(),
            not_applicable: entry.not_applicable(),
            class: entry.agreement.class,
        }
    }
}
