//! What a low rating or a slip is put down to, and what that still means on the assessment's day.

use super::{Adaptation, AdaptationId, AsOf};
use crate::{
    assessment::{AdaptationClass, Agreement},
    ids::CriterionId,
    rating::Rating,
    sheet::CriterionRatings,
};

/// Must moderation say what it is put down to? Below the expected level, or lower than in the previous assessment
/// (METHODS.md 4).
pub fn to_explain(mark: &CriterionRatings, before: Option<Rating>) -> bool {
    let now = mark.agreed_rating.or(mark.review_rating);
    let low = |now: Rating| now < Rating::EXPECTED || before.is_some_and(|before| now < before);
    !mark.not_applicable && now.is_some_and(low)
}

/// Returns the class that figures count: the one that was given, unless it rests on an adaptation that was not in force on the
/// assessment's day, or did not cover the criterion then. That one explains nothing: it counts as not yet explained.
/// A class without an adaptation is of an earlier year and stays.
pub fn effective(
    criterion: &CriterionId,
    class: Option<AdaptationClass>,
    adaptation: Option<AdaptationId>,
    register: &[Adaptation],
    at: Option<AsOf>,
) -> Option<AdaptationClass> {
    match (class, adaptation) {
        (Some(AdaptationClass::Consistent | AdaptationClass::NotConsistent), Some(id)) => {
            match at.and_then(|at| find(register, id)?.covering(criterion, at)) {
                Some(_) => class,
                None => Some(AdaptationClass::Unexplained),
            }
        }
        _ => class,
    }
}

/// Returns what moderation may save on a criterion: with the class as it was decided where an adaptation is chosen.
///
/// # Errors
/// A sentence for the person: an agreed adaptation must be one of the register, cover the criterion and have been in
/// force on the assessment's day.
pub fn put_down(
    criterion: &CriterionId,
    agreement: Agreement,
    register: &[Adaptation],
    at: Option<AsOf>,
) -> Result<Agreement, &'static str> {
    match (agreement.adaptation, agreement.class) {
        (Some(id), _) => {
            let round = at.and_then(|at| find(register, id)?.covering(criterion, at));
            let class = round.ok_or(NOT_IN_FORCE)?.class();
            Ok(Agreement { class, ..agreement })
        }
        (None, Some(AdaptationClass::Consistent | AdaptationClass::NotConsistent)) => Err(NOT_IN_REGISTER),
        (None, Some(AdaptationClass::Unplanned | AdaptationClass::Unexplained) | None) => Ok(agreement),
    }
}

const NOT_IN_FORCE: &str = "This adaptation was not agreed for this criterion on the day the assessment was submitted. \
                            Choose another, or “Not yet explained”.";
const NOT_IN_REGISTER: &str =
    "An agreed adaptation has to be in the Practice’s register. Choose it there, or “Not yet explained”.";

fn find(register: &[Adaptation], id: AdaptationId) -> Option<&Adaptation> {
    register.iter().find(|adaptation| adaptation.id == id)
}
