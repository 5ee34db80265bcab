//! Headings of both reports that sentences and tables lead to; their ids come from their words.

/// The summary.
pub(crate) const IN_SHORT: &str = "Summary";
/// Self against review.
pub(crate) const REVIEW: &str = "Self-assessment and review";
/// All criteria.
pub(crate) const CRITERIA: &str = "Every criterion";
/// What ratings are put down to.
pub(crate) const EXPLAINED: &str = "Adaptation or drift";
/// The definitions.
pub(crate) const READING: &str = "How to read the figures";

/// A Practice's scores.
pub(crate) const SCORES: &str = "Scores by element";
/// Its core gaps.
pub(crate) const CORE_GAPS: &str = "Core gaps";
/// What moved in it.
pub(crate) const DRIFT: &str = "Drift";
/// What it states on its agreed ratings.
pub(crate) const STATEMENT: &str = "Statement of the Practice";
/// What it plans.
pub(crate) const PLAN: &str = "Improvement plan";
/// What was done for it.
pub(crate) const SUPPORT: &str = "Support from National Pause";

/// Scores of the network.
pub(crate) const NETWORK: &str = "The network, element by element";
/// What slips in it.
pub(crate) const SLIPS: &str = "What slips, and what explains it";
/// What its Practices plan, and what was done for them.
pub(crate) const PLANS: &str = "Improvement plans and support";
/// Who is left out.
pub(crate) const NOT_COUNTED: &str = "Not in the figures";

/// Returns the id of a criterion's heading in a Practice's report.
pub(crate) fn criterion(id: &framework::ids::CriterionId) -> String {
    format!("criterion-{id}")
}
