//! What is compared, and in which Practices.

use crate::{
    criteria::Criterion,
    ids::{CycleId, VersionId},
    naming::folded,
    sheet::{PracticeInfo, Sheet},
};

/// Two cycles, and the criteria that count.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    /// The earlier cycle.
    pub from: CycleId,
    /// The later one.
    pub to: CycleId,
    /// The criteria that count.
    pub criteria: Criteria,
}

/// Which criteria count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Criteria {
    /// All.
    #[default]
    All,
    /// Core criteria.
    Core,
    /// Adaptable ones.
    Adaptable,
}

/// Which Practices are looked at; without anything, all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// With this in its name; as [`folded`] makes it.
    pub name: Option<String>,
    /// Of this region.
    pub region: Option<String>,
    /// Of this age.
    pub age: Option<Age>,
    /// Assessed under this version.
    pub version: Option<VersionId>,
    /// With such slips.
    pub slips: Option<SlipFilter>,
}

/// How long a Practice has been assessed, that assessment included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Age {
    /// Its first assessment.
    First,
    /// Its second or third.
    Young,
    /// Its fourth or a later one.
    Settled,
}

/// Which slips a Practice must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SlipFilter {
    /// At least one that is unplanned or not yet explained.
    Unexplained,
    /// At least one, and all of them explained by agreed adaptations.
    Explained,
    /// None at all.
    None,
}

impl Criteria {
    /// All three.
    pub const ALL: [Criteria; 3] = [Criteria::All, Criteria::Core, Criteria::Adaptable];

    /// Returns the word in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Criteria::All => "all",
            Criteria::Core => "core",
            Criteria::Adaptable => "adaptable",
        }
    }

    /// Returns the words for people.
    pub fn name(self) -> &'static str {
        match self {
            Criteria::All => "All criteria",
            Criteria::Core => "Core criteria",
            Criteria::Adaptable => "Adaptable criteria",
        }
    }

    /// Returns what counts a criterion or not.
    pub fn counts(self) -> fn(&Criterion) -> bool {
        match self {
            Criteria::All => |_| true,
            Criteria::Core => |criterion| criterion.core,
            Criteria::Adaptable => |criterion| !criterion.core,
        }
    }
}

impl Age {
    /// All three, the youngest first.
    pub const ALL: [Age; 3] = [Age::First, Age::Young, Age::Settled];

    /// Returns the age of a Practice with so many assessments.
    pub fn of(assessments: usize) -> Age {
        match assessments {
            0 | 1 => Age::First,
            2 | 3 => Age::Young,
            _ => Age::Settled,
        }
    }

    /// Returns the word in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Age::First => "first",
            Age::Young => "young",
            Age::Settled => "settled",
        }
    }

    /// Returns the words for people.
    pub fn name(self) -> &'static str {
        match self {
            Age::First => "First assessment",
            Age::Young => "Second or third assessment",
            Age::Settled => "Fourth assessment or later",
        }
    }
}

impl SlipFilter {
    /// All three.
    pub const ALL: [SlipFilter; 3] = [SlipFilter::Unexplained, SlipFilter::Explained, SlipFilter::None];

    /// Returns the word in addresses.
    pub fn code(self) -> &'static str {
        match self {
            SlipFilter::Unexplained => "unexplained",
            SlipFilter::Explained => "explained",
            SlipFilter::None => "none",
        }
    }

    /// Returns the words for people.
    pub fn name(self) -> &'static str {
        match self {
            SlipFilter::Unexplained => "Some slips not explained",
            SlipFilter::Explained => "All slips explained",
            SlipFilter::None => "No slips",
        }
    }

    /// Returns whether it is so with so many slips, so many of them unexplained.
    pub fn holds(self, slips: usize, unexplained: usize) -> bool {
        match self {
            SlipFilter::Unexplained => unexplained > 0,
            SlipFilter::Explained => slips > 0 && unexplained == 0,
            SlipFilter::None => slips == 0,
        }
    }
}

impl Filter {
    /// Does an assessment of a Practice, its `number`th counted from 1, belong to what is looked at? Slips aside.
    pub fn admits(&self, practice: &PracticeInfo, sheet: &Sheet, number: usize) -> bool {
        self.admits_practice(practice)
            && self.age.is_none_or(|age| age == Age::of(number))
            && self.version.as_ref().is_none_or(|version| *version == sheet.version)
    }

    /// Does a Practice belong to what is looked at, by what does not change from assessment to assessment?
    pub fn admits_practice(&self, practice: &PracticeInfo) -> bool {
        self.region.as_ref().is_none_or(|region| *region == practice.region)
            && (self.name.as_ref()).is_none_or(|name| folded(&practice.name).contains(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::PracticeSlug;

    #[test]
    fn a_part_of_the_name_in_any_case_will_do() {
        let practice = PracticeInfo {
            slug: PracticeSlug::parse("ty-glas").unwrap(),
            name: "Tŷ Glas".to_owned(),
            region: "Wales".to_owned(),
        };
        for (name, region, admitted) in [
            (None, None, true),
            (Some("ty gl"), None, true),
            (Some("glas"), Some("Wales"), true),
            (Some("glas"), Some("London"), false),
            (Some("glass"), None, false),
        ] {
            let filter = Filter {
                name: name.map(str::to_owned),
                region: region.map(str::to_owned),
                ..Filter::default()
            };
            assert_eq!(filter.admits_practice(&practice), admitted, "{name:?} {region:?}");
        }
    }

    #[test]
    fn ages_and_slips_are_those_of_the_table() {
        for (assessments, age) in [
            (1, Age::First),
            (2, Age::Young),
            (3, Age::Young),
            (4, Age::Settled),
            (12, Age::Settled),
        ] {
            assert_eq!(Age::of(assessments), age, "{assessments}");
        }
        for (slips, unexplained, holds) in [
            (0, 0, [false, false, true]),
            (2, 0, [false, true, false]),
            (2, 1, [true, false, false]),
        ] {
            assert_eq!(
                SlipFilter::ALL.map(|f| f.holds(slips, unexplained)),
                holds,
                "{slips} {unexplained}"
            );
        }
    }
}
