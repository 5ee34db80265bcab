//! What is missing or stands out in the answers, for the page before submitting.

use super::{Answer, Response};
use crate::{
    criteria::{Criterion, Framework},
    ids::CriterionId,
    rating::Rating,
    score::is_core_gap,
};
use std::collections::{BTreeMap, BTreeSet};

/// What the page before submitting says of one criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// Neither rated nor not applicable. Stands in the way of submitting.
    Unanswered,
    /// Not applicable without a reason. Stands in the way of submitting.
    ReasonMissing,
    /// A core criterion at 1 or 2.
    CoreGap,
    /// The top rating without evidence.
    TopWithoutEvidence,
    /// A counted criterion without its number.
    MeasureMissing,
    /// A rating above what the number supports.
    AboveMeasure,
}

impl Finding {
    /// Returns whether it must be put right before submitting.
    pub fn blocks(self) -> bool {
        matches!(self, Finding::Unanswered | Finding::ReasonMissing)
    }

    /// Returns what is the matter, in words.
    pub fn message(self) -> &'static str {
        match self {
            Finding::Unanswered => "Not answered yet",
            Finding::ReasonMissing => "Not applicable, but no reason given",
            Finding::CoreGap => "Core gap: a core criterion at 1 or 2",
            Finding::TopWithoutEvidence => "Rated 5 without evidence",
            Finding::MeasureMissing => "The number is missing",
            Finding::AboveMeasure => "Rated above what the number supports",
        }
    }
}

/// Returns what is missing or stands out in the answers, in the framework's order. `cited` are the criteria on which items of
/// evidence are cited.
pub fn check<'f>(
    framework: &'f Framework,
    answers: &BTreeMap<CriterionId, Answer>,
    cited: &BTreeSet<CriterionId>,
) -> Vec<(&'f Criterion, Finding)> {
    let empty = Answer::default();
    framework
        .criteria
        .iter()
        .flat_map(|criterion| {
            let answer = answers.get(&criterion.id).unwrap_or(&empty);
            findings(criterion, answer, cited.contains(&criterion.id))
                .into_iter()
                .map(move |finding| (criterion, finding))
        })
        .collect()
}

fn findings(criterion: &Criterion, answer: &Answer, cited: bool) -> Vec<Finding> {
    let rating = match &answer.response {
        None => return vec![Finding::Unanswered],
        Some(Response::NotApplicable(None)) => return vec![Finding::ReasonMissing],
        Some(Response::NotApplicable(Some(_))) => return vec![],
        Some(Response::Rated(rating)) => *rating,
    };
    let supported = criterion
        .measure
        .as_ref()
        .zip(answer.measure)
        .and_then(|(m, value)| m.supports(value));
    [
        (is_core_gap(criterion, rating), Finding::CoreGap),
        (
            rating == Rating::TOP && answer.evidence.is_none() && !cited,
            Finding::TopWithoutEvidence,
        ),
        (
            criterion.measure.is_some() && answer.measure.is_none(),
            Finding::MeasureMissing,
        ),
        (supported.is_some_and(|most| rating > most), Finding::AboveMeasure),
    ]
    .into_iter()
    .filter_map(|(holds, finding)| holds.then_some(finding))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{library::Library, prose::Prose};

    #[test]
    fn the_top_rating_wants_evidence_in_words_or_an_item_that_is_cited() {
        let framework = Library::embedded().latest().unwrap();
        let criterion = framework.criteria.iter().find(|c| c.measure.is_none()).unwrap();
        for (words, cited, wants) in [("", false, true), ("Minutes", false, false), ("", true, false)] {
            let answer = Answer {
                response: Some(Response::Rated(Rating::TOP)),
                evidence: Prose::read(words).unwrap(),
                ..Answer::default()
            };
            let answers = BTreeMap::from([(criterion.id.clone(), answer)]);
            let cited: BTreeSet<CriterionId> = cited.then(|| criterion.id.clone()).into_iter().collect();
            let findings = check(framework, &answers, &cited);
            let found = findings
                .iter()
                .any(|(_, finding)| *finding == Finding::TopWithoutEvidence);
            assert_eq!(found, wants, "“{words}” {cited:?}");
        }
    }
}
