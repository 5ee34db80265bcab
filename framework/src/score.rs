//! Scores, bands, coverage and core gaps (METHODS.md 2).

use crate::{criteria::Criterion, rating::Rating};

/// A core criterion rated 1 or 2.
pub fn is_core_gap(criterion: &Criterion, rating: Rating) -> bool {
    criterion.core && rating.level() <= 2
}
