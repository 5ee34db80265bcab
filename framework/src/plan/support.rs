//! The support that National Pause gave, and how much it helped: a score also reflects the support behind it (NIRN).

use super::ActionId;
use crate::{ids::ElementId, prose::Prose};
use schemars::JsonSchema;
use serde::Serialize;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// Fewest rated entries for a mean.
pub const FEWEST_RATED: usize = 3;

/// A support entry's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SupportId(pub Uuid);

/// How much support helped, as the Practice's lead sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize)]
#[serde(into = "u8")]
#[schemars(extend("minimum" = 1, "maximum" = 5))]
pub enum Helped {
    /// Level 1.
    NotAtAll,
    /// Level 2.
    ALittle,
    /// Level 3.
    InPart,
    /// Level 4.
    Well,
    /// Level 5.
    AGreatDeal,
}

impl Helped {
    /// All levels, lowest first.
    pub const ALL: [Helped; 5] = [
        Helped::NotAtAll,
        Helped::ALittle,
        Helped::InPart,
        Helped::Well,
        Helped::AGreatDeal,
    ];

    /// 1 to 5.
    pub fn level(self) -> u8 {
        match self {
            Helped::NotAtAll => 1,
            Helped::ALittle => 2,
            Helped::InPart => 3,
            Helped::Well => 4,
            Helped::AGreatDeal => 5,
        }
    }

    /// Returns the words for people.
    pub fn name(self) -> &'static str {
        match self {
            Helped::NotAtAll => "Did not help",
            Helped::ALittle => "Helped a little",
            Helped::InPart => "Helped in part",
            Helped::Well => "Helped",
            Helped::AGreatDeal => "Helped a great deal",
        }
    }

    /// Returns what a level of 1 to 5 stands for.
    pub fn from_level(level: u8) -> Option<Helped> {
        Self::ALL.into_iter().find(|helped| helped.level() == level)
    }
}

impl From<Helped> for u8 {
    fn from(helped: Helped) -> u8 {
        helped.level()
    }
}

/// What support was for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// The Practice as a whole.
    Whole,
    /// An action of its plan.
    Action(ActionId),
    /// An element of the framework.
    Element(ElementId),
}

/// Support that National Pause gave a Practice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Its key.
    pub id: SupportId,
    /// The day it was given.
    pub day: Date,
    /// What was done.
    pub what: Prose,
    /// What it was for.
    pub about: About,
    /// When it was recorded. It stands behind the first assessment that is finalised after that.
    pub recorded: OffsetDateTime,
    /// How much it helped, once the lead has said so.
    pub helped: Option<Helped>,
    /// Why.
    pub comment: Option<Prose>,
}

/// The support behind an assessment's scores.
#[derive(Clone, Debug, Default, PartialEq, JsonSchema, Serialize)]
pub struct SupportFigures {
    /// Entries recorded since the previous assessment.
    pub recorded: usize,
    /// Those of them that the Practice's lead has rated.
    pub rated: usize,
    /// Mean of those ratings, 1 to 5, unrounded.
    pub mean: Option<f64>,
    /// Why there is no mean, in words.
    pub why: Option<String>,
    /// Actions of earlier cycles that wanted support.
    pub wanted: usize,
}

/// Returns the figures of the support recorded since the previous assessment: one rating an entry, `None` where it is not rated.
/// `wanted` is the number of actions carried into the cycle that want support.
pub fn support_figures(helped: impl IntoIterator<Item = Option<Helped>>, wanted: usize) -> SupportFigures {
    let (mut recorded, mut rated, mut sum) = (0, 0, 0);
    for helped in helped {
        recorded += 1;
        if let Some(helped) = helped {
            rated += 1;
            sum += u32::from(helped.level());
        }
    }
    let enough = rated >= FEWEST_RATED;
    let why = match (recorded, enough) {
        (_, true) => None,
        (0, _) => Some("No support was recorded.".to_owned()),
        _ => Some(format!(
            "Too few rated for a mean: {rated} of {recorded}, {FEWEST_RATED} are needed."
        )),
    };
    SupportFigures {
        recorded,
        rated,
        mean: enough.then(|| f64::from(sum) / rated as f64),
        why,
        wanted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_needs_three_ratings_and_says_so() {
        for (levels, rated, mean, why) in [
            (&[][..], 0, None, Some("No support was recorded.")),
            (
                &[0, 5, 5],
                2,
                None,
                Some("Too few rated for a mean: 2 of 3, 3 are needed."),
            ),
            (&[5, 4, 2, 0], 3, Some(11.0 / 3.0), None),
        ] {
            let figures = support_figures(levels.iter().map(|level| Helped::from_level(*level)), 1);
            assert_eq!((figures.recorded, figures.rated), (levels.len(), rated), "{levels:?}");
            assert_eq!((figures.mean, figures.why.as_deref()), (mean, why), "{levels:?}");
        }
    }

    #[test]
    fn each_level_is_a_number_from_one_to_five() {
        for (level, helped) in (1..).zip(Helped::ALL) {
            assert_eq!((helped.level(), Helped::from_level(level)), (level, Some(helped)));
        }
        assert_eq!(Helped::from_level(0), None);
        assert_eq!(Helped::from_level(6), None);
    }
}
