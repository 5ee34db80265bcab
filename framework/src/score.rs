//! Scores, bands, coverage and core gaps (METHODS.md 2). Computed whenever they are shown, never stored.

use crate::{
    criteria::{Criterion, Element, Framework},
    ids::{CriterionId, ElementId},
    rating::Rating,
    sheet::Mark,
};
use serde::Serialize;

/// How a score reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
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
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ElementScore {
    /// The element.
    pub element: ElementId,
    /// Weighted mean of the rated criteria, 1 to 5, unrounded.
    pub score: Option<f64>,
    /// Why there is no score, in words.
    pub why: Option<String>,
    /// How the score reads. The core floor works on the whole assessment only.
    pub band: Option<Band>,
    /// Rated ÷ applicable, 0 to 1; nothing where no criterion applies.
    pub coverage: Option<f64>,
    /// Criteria with a rating.
    pub rated: usize,
    /// Criteria not set aside as not applicable.
    pub applicable: usize,
}

/// The score of a whole assessment.
#[derive(Clone, Debug, PartialEq, Serialize)]
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

/// A core criterion rated 1 or 2.
pub fn is_core_gap(criterion: &Criterion, rating: Rating) -> bool {
    criterion.core && rating.level() <= 2
}

/// Is a figure at least a bound, binary fractions forgiven?
pub fn at_least(figure: f64, bound: f64) -> bool {
    figure + TOLERANCE >= bound
}

impl Band {
    /// The band of a score: strong from 4, partial from 3 (METHODS.md 2; after DACTS, where a mean of 4 counts as established).
    pub fn of(score: f64) -> Band {
        if at_least(score, 4.0) {
            Band::Strong
        } else if at_least(score, 3.0) {
            Band::Partial
        } else {
            Band::Low
        }
    }

    /// The words for people.
    pub fn name(self) -> &'static str {
        match self {
            Band::Strong => "Strong",
            Band::Partial => "Partial",
            Band::Low => "Low",
        }
    }
}

impl Overall {
    /// Does a core gap keep a score of 4 or more from being strong?
    pub fn is_held_back(&self) -> bool {
        !self.core_gaps.is_empty() && self.score.map(Band::of) == Some(Band::Strong)
    }
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

/// A score with one decimal, rounded towards zero, so that 3.97 does not read as 4.0.
pub fn display(score: f64) -> String {
    let tenths = ((score.abs() + TOLERANCE) * 10.0).floor();
    let sign = if score < 0.0 && tenths > 0.0 { "-" } else { "" };
    format!("{sign}{:.1}", tenths / 10.0)
}

/// The scores of an assessment, from the ratings that reports use ([`Mark::used`]), in the order of the version's criteria.
///
/// Element: Σ wᵢrᵢ ÷ Σ wᵢ over its rated criteria. Overall: mean of the elements' scores. With coverage below 80 % an
/// element has no score and neither has the whole. An element of which no criterion applies has no score either, and the
/// whole is the mean of the others. (METHODS.md 2)
pub fn scores(framework: &Framework, marks: &[Mark]) -> Scores {
    let elements: Vec<_> = framework
        .elements
        .iter()
        .map(|element| score_element(framework, element, marks))
        .collect();
    let core_gaps = (framework.criteria.iter().zip(marks))
        .filter(|(criterion, mark)| mark.used().is_some_and(|(rating, _)| is_core_gap(criterion, rating)))
        .map(|(criterion, _)| criterion.id.clone())
        .collect();
    Scores {
        overall: score_overall(framework, &elements, core_gaps),
        elements,
    }
}

fn score_element(framework: &Framework, element: &Element, marks: &[Mark]) -> ElementScore {
    let (mut applicable, mut rated, mut sum, mut weights) = (0, 0, 0.0, 0.0);
    for (criterion, place) in framework.criteria_of(element).iter().zip(element.criteria.clone()) {
        let mark = marks.get(place).copied().unwrap_or_default();
        applicable += usize::from(!mark.not_applicable);
        if let Some((rating, _)) = mark.used() {
            rated += 1;
            sum += criterion.weight * f64::from(rating.level());
            weights += criterion.weight;
        }
    }
    let (score, why) = if applicable == 0 {
        (None, Some("No criterion of this element applies.".to_owned()))
    } else if rated * 5 < applicable * 4 {
        let why = format!("Not enough answered: {rated} of {applicable} criteria are rated, a score needs 80 %.");
        (None, Some(why))
    } else {
        (Some((sum / weights).clamp(1.0, 5.0)), None)
    };
    ElementScore {
        element: element.id.clone(),
        score,
        why,
        band: score.map(Band::of),
        coverage: share(rated, applicable),
        rated,
        applicable,
    }
}

fn score_overall(framework: &Framework, elements: &[ElementScore], core_gaps: Vec<CriterionId>) -> Overall {
    let rated = elements.iter().map(|e| e.rated).sum();
    let applicable = elements.iter().map(|e| e.applicable).sum();
    let given: Vec<f64> = elements.iter().filter_map(|e| e.score).collect();
    let missing: Vec<&str> = (framework.elements.iter().zip(elements))
        .filter(|(_, score)| score.applicable > 0 && score.score.is_none())
        .map(|(element, _)| element.title.as_str())
        .collect();
    let (score, why) = if applicable == 0 {
        (None, Some("No criterion applies.".to_owned()))
    } else if !missing.is_empty() {
        (None, Some(format!("Not enough answered in: {}.", missing.join(", "))))
    } else {
        let mean = given.iter().sum::<f64>() / given.len() as f64;
        (Some(mean.clamp(1.0, 5.0)), None)
    };
    let floor = if core_gaps.is_empty() {
        Band::Strong
    } else {
        Band::Partial
    };
    Overall {
        score,
        why,
        band: score.map(|s| Band::of(s).min(floor)),
        coverage: share(rated, applicable),
        core_gaps,
    }
}

/// A part of a whole, 0 to 1; nothing where the whole is nothing.
pub fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!((Band::of(score), display(score).as_str()), (band, shown), "{score}");
        }
        for (change, shown) in [(-0.05, "0.0"), (-1.29, "-1.2"), (-0.3, "-0.3"), (0.0, "0.0")] {
            assert_eq!(display(change), shown, "{change}");
        }
    }
}
