//! Which criteria need an action, and why.

use super::{Action, ActionStatus, Course, NoAction};
use crate::{
    criteria::{Criterion, Framework},
    drift::{Change, Drift},
    ids::{CriterionId, CycleId, VersionId},
    library::Library,
    rating::Rating,
    score::is_core_gap,
    sheet::CriterionRatings,
};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeSet;

/// The highest rating that needs an action (TMACT: 3 and below set improvement expectations).
const HIGHEST: u8 = 3;

/// Why a criterion needs an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// A core criterion rated 1 or 2.
    CoreGap(Rating),
    /// Rated 3 or below.
    Low(Rating),
    /// Lower than last time, and not put down to an agreed adaptation.
    Slip {
        /// The earlier rating.
        from: Rating,
        /// The rating now.
        to: Rating,
    },
    /// A question of the review was not settled, and left to an action.
    Carried,
}

impl Ask {
    /// Returns the reason, in words.
    pub fn words(self) -> String {
        match self {
            Ask::CoreGap(rating) => format!("A core criterion rated {rating}"),
            Ask::Low(rating) => format!("Rated {rating}, below the expected level"),
            Ask::Slip { from, to } => format!("Down from {from} to {to}, not explained by an agreed adaptation"),
            Ask::Carried => "A question of the review was left to an action".to_owned(),
        }
    }
}

/// A criterion that needs an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    /// Its place in the framework.
    pub index: usize,
    /// Why; never empty.
    pub why: Vec<Ask>,
    /// What the plan says to it.
    pub reply: Reply,
}

/// What the plan says to a criterion that asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, JsonSchema, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// An action.
    Action,
    /// A reason for none.
    NoAction,
    /// Nothing yet.
    Missing,
}

/// What an assessment has come to, as far as its plan goes by it.
#[derive(Clone, Copy, Debug)]
pub struct Findings<'a> {
    /// The ratings, in the framework's order.
    pub marks: &'a [CriterionRatings],
    /// The drift since the previous assessment.
    pub drift: Option<&'a Drift>,
    /// The criteria whose question was left to an action.
    pub carried: &'a BTreeSet<CriterionId>,
}

/// Returns why a criterion's rating needs an action; nothing where it does not. The rating is the one that reports use;
/// `change` is how it moved since the previous assessment, where the two are comparable.
pub fn asks_for_action(criterion: &Criterion, mark: &CriterionRatings, change: Option<&Change>) -> Vec<Ask> {
    let Some((rating, _)) = mark.used() else {
        return vec![];
    };
    let level = if is_core_gap(criterion, rating) {
        Some(Ask::CoreGap(rating))
    } else {
        (rating.level() <= HIGHEST).then_some(Ask::Low(rating))
    };
    let slip = change.filter(|change| change.is_unexplained()).map(|change| Ask::Slip {
        from: change.from,
        to: change.to,
    });
    level.into_iter().chain(slip).collect()
}

/// Returns the criteria of the assessment of `cycle` that need an action, in the framework's order, and what the Practice's plan
/// says to each.
pub fn asking(
    library: &Library,
    framework: &Framework,
    cycle: &CycleId,
    findings: Findings,
    (actions, none): (&[&Action], &[&NoAction]),
) -> Vec<Asking> {
    let changes = findings.drift.map(|drift| drift.changes.as_slice()).unwrap_or_default();
    let change = |place| changes.iter().find(|change| change.criterion == place);
    let places: Vec<(Option<usize>, &Course)> = (actions.iter())
        .map(|action| {
            let place = place_in(library, framework, &action.version, &action.criterion);
            (place, &action.course)
        })
        .collect();
    let mut found = Vec::new();
    for (index, (criterion, mark)) in framework.criteria.iter().zip(findings.marks).enumerate() {
        let mut why = asks_for_action(criterion, mark, change(index));
        why.extend(findings.carried.contains(&criterion.id).then_some(Ask::Carried));
        if !why.is_empty() {
            let here = places.iter().filter(|(there, _)| *there == Some(index));
            let reply = reply(&criterion.id, cycle, here.map(|(_, course)| *course), none);
            found.push(Asking { index, why, reply });
        }
    }
    found
}

/// Returns what a plan says to a criterion of the assessment of `cycle`, by the actions about it and the Practice's reasons for
/// none. An action counts when it was raised in that cycle or is still open from an earlier one; a reason counts in its own
/// cycle only.
pub fn reply<'a>(
    criterion: &CriterionId,
    cycle: &CycleId,
    actions: impl IntoIterator<Item = &'a Course>,
    none: &[&NoAction],
) -> Reply {
    let counts =
        |course: &Course| course.raised == *cycle || (course.raised < *cycle && course.state == ActionStatus::Open);
    if actions.into_iter().any(counts) {
        Reply::Action
    } else if none
        .iter()
        .any(|none| none.cycle == *cycle && none.criterion == *criterion)
    {
        Reply::NoAction
    } else {
        Reply::Missing
    }
}

/// Where a criterion of another version stands in `framework`: the comparable one, else the one that kept its id.
pub fn place_in(
    library: &Library,
    framework: &Framework,
    version: &VersionId,
    criterion: &CriterionId,
) -> Option<usize> {
    let comparable = || {
        let index = library.version(version)?.position(criterion)?;
        let crosswalk = library.crosswalk(version, &framework.version)?;
        crosswalk.places().find(|(_, from)| *from == index).map(|(to, _)| to)
    };
    comparable().or_else(|| framework.position(criterion))
}
