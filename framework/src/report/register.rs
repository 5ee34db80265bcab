//! The register of adaptations as reports show it, and how often each of the four classes was given.

use crate::{
    adaptation::{Adaptation, AsOf, Round},
    assessment::{AdaptationClass, Entry},
    criteria::Framework,
    day,
    ids::CriterionId,
    library::Library,
    naming::folded,
    rating::Rating,
    sheet::CriterionRatings,
};
use schemars::JsonSchema;
use serde::Serialize;
use time::Date;

/// A Practice's register beside one of its assessments.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Register {
    /// From when the assessment looks at it; nothing for an imported one.
    pub at: Option<AsOf>,
    /// All that was ever agreed.
    pub adaptations: Vec<Adaptation>,
}

/// How many criteria each class was given to. What nobody has put down to anything is not yet explained.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Split {
    /// Agreed adaptation, consistent with the framework.
    pub consistent: usize,
    /// Agreed adaptation, not consistent with the framework.
    pub not_consistent: usize,
    /// Unplanned drift.
    pub unplanned: usize,
    /// Not yet explained.
    pub unexplained: usize,
}

/// What was agreed with a Practice, seen from an assessment.
#[derive(Clone, Debug, Default, PartialEq, JsonSchema, Serialize)]
pub struct RegisterReport {
    /// The day on which it was looked at: when the assessment was last submitted.
    #[serde(serialize_with = "day::serialize_some")]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub day: Option<Date>,
    /// What held on that day.
    pub in_force: Vec<Registered>,
    /// What had held before, and was over.
    pub expired: Vec<Registered>,
}

/// An agreed adaptation.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct Registered {
    /// Its name.
    pub title: String,
    /// Consistent with the framework or not.
    pub class: Option<AdaptationClass>,
    /// The class in words.
    pub class_name: Option<&'static str>,
    /// The first day.
    #[serde(serialize_with = "day::serialize")]
    #[schemars(with = "String", extend("format" = "date"))]
    pub since: Date,
    /// The last day.
    #[serde(serialize_with = "day::serialize_some")]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub until: Option<Date>,
    /// What it touches.
    pub criteria: Vec<Covered>,
}

/// A criterion that an adaptation touches.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Covered {
    /// The criterion.
    pub id: CriterionId,
    /// The statement; its id where no version has it.
    pub title: String,
}

impl Split {
    /// Takes in a criterion with what it is put down to.
    pub fn add(&mut self, class: Option<AdaptationClass>) {
        *match class {
            Some(AdaptationClass::Consistent) => &mut self.consistent,
            Some(AdaptationClass::NotConsistent) => &mut self.not_consistent,
            Some(AdaptationClass::Unplanned) => &mut self.unplanned,
            Some(AdaptationClass::Unexplained) | None => &mut self.unexplained,
        } += 1;
    }

    /// Takes in the counts of another one.
    pub fn join(&mut self, other: Split) {
        self.consistent += other.consistent;
        self.not_consistent += other.not_consistent;
        self.unplanned += other.unplanned;
        self.unexplained += other.unexplained;
    }

    /// Returns how often a class was given.
    pub fn of(&self, class: AdaptationClass) -> usize {
        match class {
            AdaptationClass::Consistent => self.consistent,
            AdaptationClass::NotConsistent => self.not_consistent,
            AdaptationClass::Unplanned => self.unplanned,
            AdaptationClass::Unexplained => self.unexplained,
        }
    }

    /// Returns all of them.
    pub fn total(&self) -> usize {
        AdaptationClass::ALL.into_iter().map(|class| self.of(class)).sum()
    }

    /// Returns what the criteria rated below the expected level are put down to.
    pub(super) fn below_expected(marks: &[CriterionRatings]) -> Split {
        let mut split = Split::default();
        let low = |mark: &&CriterionRatings| mark.used().is_some_and(|(rating, _)| rating < Rating::EXPECTED);
        marks.iter().filter(low).for_each(|mark| split.add(mark.class));
        split
    }
}

impl Register {
    /// Returns the name of the adaptation on which a class rests.
    pub fn named(&self, entry: &Entry) -> Option<String> {
        let id = entry.agreement.adaptation?;
        let adaptation = self.adaptations.iter().find(|adaptation| adaptation.id == id)?;
        let round = (self.at).and_then(|at| adaptation.in_force(at).or_else(|| adaptation.expired(at)));
        Some(round.or(adaptation.latest())?.proposal.title.clone())
    }

    /// Returns what held and what was over; titles of criteria from `framework`, else from the newest version that has them.
    pub(super) fn report(&self, library: &Library, framework: &Framework) -> RegisterReport {
        let Some(at) = self.at else {
            return RegisterReport::default();
        };
        let list = |round: fn(&Adaptation, AsOf) -> Option<&Round>| {
            let mut list: Vec<Registered> = (self.adaptations.iter())
                .filter_map(|adaptation| round(adaptation, at))
                .map(|round| registered(round, library, framework))
                .collect();
            list.sort_by_cached_key(|one| (one.since, folded(&one.title)));
            list
        };
        RegisterReport {
            day: Some(at.day),
            in_force: list(Adaptation::in_force),
            expired: list(Adaptation::expired),
        }
    }
}

fn registered(round: &Round, library: &Library, framework: &Framework) -> Registered {
    let title = |id: &CriterionId| {
        let newest = || library.versions().filter_map(|version| version.criterion(id)).last();
        framework
            .criterion(id)
            .or_else(newest)
            .map_or_else(|| id.to_string(), |c| c.title.clone())
    };
    Registered {
        title: round.proposal.title.clone(),
        class: round.class(),
        class_name: round.class().map(AdaptationClass::name),
        since: round.proposal.since,
        until: round.until(),
        criteria: (round.proposal.criteria.iter())
            .map(|id| Covered {
                id: id.clone(),
                title: title(id),
            })
            .collect(),
    }
}
