//! Scores, bands, coverage and core gaps (METHODS.md 2). Computed whenever they are shown, never stored.

use crate::{
    criteria::{Criterion, Element, Framework},
    ids::{CriterionId, ElementId},
    rating::Rating,
    sheet::{CriterionRatings, EffectiveRating},
};
use schemars::JsonSchema;
use serde::Serialize;
use std::ops::Range;

/// How a score reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// Below 3.
    Low,
    /// From 3 to below 4; or above, held back by a core gap.
    Partial,
    /// 4 or more.
    Strong,
}

/// The score of one element.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct ElementScore {
    /// The element.
    pub element: ElementId,
    /// Weighted mean of the rated criteria, 1 to 5, unrounded.
    pub score: Option<f64>,
    /// Why there is no score, in words.
    pub why: Option<String>,
    /// How the score reads; never strong with a core gap.
    pub band: Option<Band>,
    /// Rated ÷ applicable, 0 to 1; nothing where no criterion applies.
    pub coverage: Option<f64>,
    /// Criteria with a rating.
    pub rated: usize,
    /// Criteria not set aside as not applicable.
    pub applicable: usize,
    /// Its core criteria rated 1 or 2, in the framework's order; known even where there is no score.
    pub core_gaps: Vec<CriterionId>,
}

/// The score of a whole assessment.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct Overall {
    /// Mean of the element scores, each element equal, 1 to 5, unrounded.
    pub score: Option<f64>,
    /// Why there is no score, in words.
    pub why: Option<String>,
    /// How the score reads; never strong with a core gap.
    pub band: Option<Band>,
    /// Rated ÷ applicable over all criteria, 0 to 1; nothing where no criterion applies.
    pub coverage: Option<f64>,
    /// Core criteria rated 1 or 2, in the framework's order; known even where there is no score.
    pub core_gaps: Vec<CriterionId>,
}

/// All scores of an assessment.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Scores {
    /// The whole.
    pub overall: Overall,
    /// One an element, in the framework's order.
    pub elements: Vec<ElementScore>,
}

/// Half the distance within which two figures are taken for the same: binary fractions such as 4.1 fall short by less.
pub const TOLERANCE: f64 = 1e-9;

/// The least score of the band strong, and the expected level (METHODS.md 2; after DACTS, where a mean of 4 counts as established).
pub const STRONG_FROM: f64 = 4.0;

/// The least score of the band partial (METHODS.md 2).
pub const PARTIAL_FROM: f64 = 3.0;

/// The share of what applies that must be answered for a score, in per cent (METHODS.md 2).
pub const COVERAGE: usize = 80;

/// The highest rating at which a core criterion is a core gap.
pub const MOST_FOR_A_GAP: u8 = 2;

/// Returns whether it is a core criterion rated 1 or 2.
pub fn is_core_gap(criterion: &Criterion, rating: Rating) -> bool {
    criterion.core && rating.level() <= MOST_FOR_A_GAP
}

/// Returns whether a figure is at least a bound, binary fractions forgiven.
pub fn at_least(figure: f64, bound: f64) -> bool {
    figure + TOLERANCE >= bound
}

impl Band {
    /// Returns the band of a score: strong from [`STRONG_FROM`], partial from [`PARTIAL_FROM`].
    pub fn of(score: f64) -> Band {
        if at_least(score, STRONG_FROM) {
            Band::Strong
        } else if at_least(score, PARTIAL_FROM) {
            Band::Partial
        } else {
            Band::Low
        }
    }

    /// Returns the band of a score with or without a core gap: with one it is never strong.
    pub fn with_floor(score: f64, has_gap: bool) -> Band {
        Band::of(score).min(if has_gap { Band::Partial } else { Band::Strong })
    }

    /// Returns the words for people.
    pub fn name(self) -> &'static str {
        match self {
            Band::Strong => "Strong",
            Band::Partial => "Partial",
            Band::Low => "Low",
        }
    }
}

impl ElementScore {
    /// Returns whether a core gap keeps a score of 4 or more from being strong.
    pub fn is_capped_by_core_gap(&self) -> bool {
        is_capped_by_core_gap(self.score, !self.core_gaps.is_empty())
    }
}

impl Overall {
    /// Returns whether a core gap keeps a score of 4 or more from being strong.
    pub fn is_capped_by_core_gap(&self) -> bool {
        is_capped_by_core_gap(self.score, !self.core_gaps.is_empty())
    }
}

fn is_capped_by_core_gap(score: Option<f64>, has_gap: bool) -> bool {
    has_gap && score.map(Band::of) == Some(Band::Strong)
}

impl Scores {
    /// No scores, and why.
    pub fn none(why: &str) -> Scores {
        let overall = Overall {
            score: None,
            why: Some(why.to_owned()),
            band: None,
            coverage: None,
            core_gaps: vec![],
        };
        Scores {
            overall,
            elements: vec![],
        }
    }
}

/// Returns the scores of an assessment, from the ratings that reports use ([`CriterionRatings::used`]), in the order of the version's criteria.
///
/// Element: Σ wᵢrᵢ ÷ Σ wᵢ over its rated criteria. Overall: mean of the elements' scores. With coverage below 80 % an
/// element has no score and neither has the whole. An element of which no criterion applies has no score either, and the
/// whole is the mean of the others. (METHODS.md 2)
pub fn scores(framework: &Framework, marks: &[CriterionRatings]) -> Scores {
    let used: Vec<EffectiveRating> = marks.iter().map(EffectiveRating::from).collect();
    let weight = |index: usize| framework.criteria[index].weight;
    let counts: Vec<Count> = (framework.elements.iter())
        .map(|element| Count::of(element.criteria.clone(), weight, &used))
        .collect();
    let elements: Vec<ElementScore> = (framework.elements.iter().zip(&counts))
        .map(|(element, count)| score_element(element, count, core_gaps(framework, element, marks)))
        .collect();
    let gaps = elements.iter().flat_map(|element| &element.core_gaps).cloned();
    Scores {
        overall: score_overall(framework, &counts, gaps.collect()),
        elements,
    }
}

/// Returns the core gaps of an element.
fn core_gaps(framework: &Framework, element: &Element, marks: &[CriterionRatings]) -> Vec<CriterionId> {
    let marks = marks.get(element.criteria.clone()).unwrap_or_default();
    (framework.criteria_of(element).iter().zip(marks))
        .filter(|(criterion, mark)| mark.used().is_some_and(|(rating, _)| is_core_gap(criterion, rating)))
        .map(|(criterion, _)| criterion.id.clone())
        .collect()
}

/// What scores are worked out with: a version's elements and the weights of its criteria, close together.
#[derive(Clone, Debug)]
pub struct Weights {
    elements: Vec<Range<usize>>,
    weights: Vec<f64>,
}

impl Weights {
    /// Returns a version's.
    pub fn of(framework: &Framework) -> Weights {
        Weights {
            elements: framework
                .elements
                .iter()
                .map(|element| element.criteria.clone())
                .collect(),
            weights: framework.criteria.iter().map(|criterion| criterion.weight).collect(),
        }
    }

    /// The scores of [`scores`] as numbers alone, added to `columns`: one an element, in order, and the whole's at the end.
    pub fn score(&self, used: &[EffectiveRating], columns: &mut Vec<Option<f64>>) {
        let mut whole = WholeAssessment::default();
        for element in &self.elements {
            let count = Count::of(element.clone(), |place| self.weights[place], used);
            whole.add(&count);
            columns.push(count.score());
        }
        columns.push(whole.score());
    }
}

/// What an element's score is worked out from.
#[derive(Clone, Copy, Default)]
struct Count {
    applicable: usize,
    rated: usize,
    sum: f64,
    weights: f64,
}

impl Count {
    fn of(criteria: Range<usize>, weight: impl Fn(usize) -> f64, used: &[EffectiveRating]) -> Count {
        let mut count = Count::default();
        for place in criteria {
            let used = used.get(place).copied().unwrap_or_default();
            count.applicable += usize::from(used.applies());
            // without a branch: what is not rated adds nothing
            let level = used.level().unwrap_or(0);
            let rated = u8::from(level > 0);
            count.rated += usize::from(rated);
            count.sum += weight(place) * f64::from(level);
            count.weights += weight(place) * f64::from(rated);
        }
        count
    }

    /// Returns whether enough is answered of what applies.
    fn is_covered(&self) -> bool {
        self.rated * 100 >= self.applicable * COVERAGE
    }

    fn score(&self) -> Option<f64> {
        (self.applicable > 0 && self.is_covered()).then(|| (self.sum / self.weights).clamp(1.0, 5.0))
    }
}

/// What the whole's score is worked out from.
#[derive(Default)]
struct WholeAssessment {
    sum: f64,
    given: usize,
    missing: bool,
}

impl WholeAssessment {
    fn add(&mut self, count: &Count) {
        match count.score() {
            Some(score) => {
                self.sum += score;
                self.given += 1;
            }
            None => self.missing |= count.applicable > 0,
        }
    }

    fn score(&self) -> Option<f64> {
        (self.given > 0 && !self.missing).then(|| (self.sum / self.given as f64).clamp(1.0, 5.0))
    }
}

fn score_element(element: &Element, count: &Count, core_gaps: Vec<CriterionId>) -> ElementScore {
    let Count { rated, applicable, .. } = *count;
    let score = count.score();
    ElementScore {
        element: element.id.clone(),
        score,
        why: match score {
            Some(_) => None,
            None if applicable == 0 => Some("No criterion of this element applies.".to_owned()),
            None => Some(format!(
                "Not enough answered: {rated} of {applicable} criteria are rated, a score needs {COVERAGE} %."
            )),
        },
        band: score.map(|score| Band::with_floor(score, !core_gaps.is_empty())),
        coverage: share(rated, applicable),
        rated,
        applicable,
        core_gaps,
    }
}

fn score_overall(framework: &Framework, counts: &[Count], core_gaps: Vec<CriterionId>) -> Overall {
    let mut whole = WholeAssessment::default();
    counts.iter().for_each(|count| whole.add(count));
    let score = whole.score();
    let applicable = counts.iter().map(|e| e.applicable).sum();
    Overall {
        score,
        why: match score {
            Some(_) => None,
            None if applicable == 0 => Some("No criterion applies.".to_owned()),
            None => Some(format!("Not enough answered in: {}.", missing(framework, counts))),
        },
        band: score.map(|score| Band::with_floor(score, !core_gaps.is_empty())),
        coverage: share(counts.iter().map(|e| e.rated).sum(), applicable),
        core_gaps,
    }
}

/// Returns the elements that lack a score, by title.
fn missing(framework: &Framework, counts: &[Count]) -> String {
    let lacks = |(_, count): &(&Element, &Count)| count.applicable > 0 && count.score().is_none();
    let elements = framework.elements.iter().zip(counts).filter(lacks);
    let titles: Vec<&str> = elements.map(|(element, _)| element.title.as_str()).collect();
    titles.join(", ")
}

/// Returns a part of a whole, 0 to 1; nothing where the whole is nothing.
pub fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shown::{Kind, text};

    #[test]
    fn bands_and_shown_scores_are_those_of_the_table() {
        for (score, band, shown) in [
            (1.0, Band::Low, "1.0"),
            (2.99, Band::Low, "2.9"),
            (2.999_999, Band::Low, "2.9"),
            (3.0, Band::Partial, "3.0"),
            (3.95, Band::Partial, "3.9"),
            (3.97, Band::Partial, "3.9"),
            (3.999_999_9, Band::Partial, "3.9"),
            // 4.0 as binary fractions may leave it
            (4.0 - 4e-16, Band::Strong, "4.0"),
            (4.0, Band::Strong, "4.0"),
            (4.1, Band::Strong, "4.1"),
            (0.1 + 4.2, Band::Strong, "4.3"),
            (4.999, Band::Strong, "4.9"),
            (5.0, Band::Strong, "5.0"),
        ] {
            assert_eq!(
                (Band::of(score), text(score, Kind::Score).as_str()),
                (band, shown),
                "{score}"
            );
        }
    }
}
