//! The framework as data: a version, its elements, its criteria. Made only by [`crate::parse`].

use crate::{
    ids::{CriterionId, ElementId, ParameterId, VersionId},
    rating::Rating,
};
use serde::{Deserialize, Serialize};
use std::ops::Range;
use time::Date;

/// One published edition of the framework, complete and checked.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Framework {
    /// Its id, `2026.1`.
    pub version: VersionId,
    /// What it is called.
    pub title: String,
    /// The day it is dated.
    #[serde(with = "iso_date")]
    pub date: Date,
    /// The version before, if there is one.
    pub before: Option<VersionId>,
    /// Markdown: what it is and what changed.
    pub summary: String,
    /// Levels that nobody has published and National Pause may set.
    pub parameters: Vec<Parameter>,
    /// In order.
    pub elements: Vec<Element>,
    /// All criteria in the order of their elements and within them; [`Element::criteria`] points in here.
    pub criteria: Vec<Criterion>,
    /// SHA-256 over all files of the version, in hexadecimal.
    pub hash: String,
}

/// A named level that National Pause may set.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Parameter {
    /// Its id.
    pub id: ParameterId,
    /// What it says.
    pub what: String,
    /// What readers use until it is set.
    pub unset: String,
}

/// A part of the framework.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Element {
    /// Its id.
    pub id: ElementId,
    /// Its title.
    pub title: String,
    /// Markdown: what it is and why it belongs to the model.
    pub about: String,
    /// Which of [`Framework::criteria`] are its own.
    pub criteria: Range<usize>,
}

/// One assessable statement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Criterion {
    /// Its id, stable across versions.
    pub id: CriterionId,
    /// The element it belongs to.
    pub element: ElementId,
    /// The statement itself.
    pub title: String,
    /// Core, or adaptable.
    pub core: bool,
    /// Must be met before a new site launches.
    pub gate: bool,
    /// Its share in the element's mean; positive.
    pub weight: f64,
    /// May a Practice answer *not applicable*?
    pub not_applicable: bool,
    /// Is the expectation published, or our draft?
    pub status: SourceStatus,
    /// Where it comes from.
    pub source: String,
    /// Parameters the text leans on.
    pub parameters: Vec<ParameterId>,
    /// How it is counted, if it is.
    pub measure: Option<Measure>,
    /// How it relates to the version before; `None` in the first version.
    pub before: Option<Before>,
    /// Markdown.
    pub asks: String,
    /// Markdown.
    pub why: String,
    /// Markdown.
    pub evidence: String,
    /// Markdown; on every adaptable criterion, and on core ones whose form is free.
    pub may_vary: Option<String>,
    /// Markdown; on gates.
    pub before_launch: Option<String>,
    /// Inline markdown: what one would see at levels 1 to 5, lowest first.
    pub anchors: [String; 5],
}

/// Whether an expectation is published by Pause or its evaluators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceStatus {
    /// Published.
    Published,
    /// Our draft, from published material.
    Drafted,
}

/// What is counted for a measured criterion.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Measure {
    /// What to count, in words.
    pub what: String,
    /// The unit, in words.
    pub unit: String,
    /// Smallest value that can be given.
    pub minimum: f64,
    /// Largest value that can be given.
    pub maximum: f64,
    /// Which way is better.
    pub better: Better,
    /// The worst value that still supports a rating of 5, 4, 3 and 2; `None` where National Pause has set none.
    pub levels: Option<[f64; 4]>,
}

/// Which way a measure is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// Smaller values are better.
    Lower,
    /// Larger values are better.
    Higher,
}

/// How a criterion relates to the version before.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Before {
    /// The relation.
    pub relation: Relation,
    /// Ids in the version before; empty for a new one.
    pub of: Vec<CriterionId>,
    /// What changed, in words; empty when equal.
    pub change: String,
}

/// How a newer criterion relates to older ones, in the words of OSCAL's mapping model (METHODS.md 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Same words.
    Equal,
    /// Reworded, same meaning.
    Equivalent,
    /// Asks for a part of what the older one asked.
    Subset,
    /// Asks for all of the older ones and more.
    Superset,
    /// Shares some.
    Intersects,
    /// Had no forerunner.
    New,
}

impl Relation {
    /// Only equal and equivalent pairs are comparable (METHODS.md 3).
    pub fn comparable(self) -> bool {
        matches!(self, Relation::Equal | Relation::Equivalent)
    }

    /// Returns the word for it.
    pub fn name(self) -> &'static str {
        match self {
            Relation::Equal => "equal",
            Relation::Equivalent => "equivalent",
            Relation::Subset => "subset",
            Relation::Superset => "superset",
            Relation::Intersects => "intersects",
            Relation::New => "new",
        }
    }

    /// Returns the same in plain words.
    pub fn words(self) -> &'static str {
        match self {
            Relation::Equal => "Same words",
            Relation::Equivalent => "Reworded, same meaning",
            Relation::Subset => "Asks for a part of what it did",
            Relation::Superset => "Now harder to meet",
            Relation::Intersects => "Asks for partly other things",
            Relation::New => "New",
        }
    }
}

impl Framework {
    /// Returns the place of a criterion in [`Framework::criteria`].
    pub fn position(&self, id: &CriterionId) -> Option<usize> {
        self.criteria.iter().position(|c| &c.id == id)
    }

    /// Returns a criterion by its id.
    pub fn criterion(&self, id: &CriterionId) -> Option<&Criterion> {
        self.criteria.iter().find(|c| &c.id == id)
    }

    /// Returns an element by its id.
    pub fn element(&self, id: &ElementId) -> Option<&Element> {
        self.elements.iter().find(|e| &e.id == id)
    }

    /// Returns the criteria of one of this framework's elements, in order.
    pub fn criteria_of(&self, element: &Element) -> &[Criterion] {
        self.criteria.get(element.criteria.clone()).unwrap_or_default()
    }
}

impl Measure {
    /// Returns the highest rating that a value supports, by [`Measure::levels`]; `None` while no level is set.
    pub fn supports(&self, value: f64) -> Option<Rating> {
        let levels = self.levels?;
        let meets = |bound: f64| match self.better {
            Better::Lower => value <= bound,
            Better::Higher => value >= bound,
        };
        let failed = levels.iter().take_while(|bound| !meets(**bound)).count();
        Some(Rating::ALL[4 - failed])
    }
}

mod iso_date {
    //! A date as `2026-01-05`.
    use serde::Serializer;
    use time::Date;

    pub fn serialize<S: Serializer>(date: &Date, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(date)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measure_supports_the_best_level_whose_bound_it_meets() {
        let caseload = Measure {
            what: String::new(),
            unit: String::new(),
            minimum: 0.0,
            maximum: 40.0,
            better: Better::Lower,
            levels: Some([8.0, 9.0, 10.0, 12.0]),
        };
        for (value, level) in [
            (0.0, 5),
            (8.0, 5),
            (8.5, 4),
            (9.0, 4),
            (10.0, 3),
            (11.0, 2),
            (12.0, 2),
            (12.5, 1),
            (40.0, 1),
        ] {
            assert_eq!(caseload.supports(value).map(Rating::level), Some(level), "{value}");
        }
        let stability = Measure {
            better: Better::Higher,
            levels: Some([90.0, 80.0, 65.0, 50.0]),
            ..caseload.clone()
        };
        for (value, level) in [(100.0, 5), (90.0, 5), (89.9, 4), (50.0, 2), (49.0, 1)] {
            assert_eq!(stability.supports(value).map(Rating::level), Some(level), "{value}");
        }
        assert_eq!(
            Measure {
                levels: None,
                ..caseload
            }
            .supports(3.0),
            None
        );
    }
}
