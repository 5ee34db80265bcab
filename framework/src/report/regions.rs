//! The Practices of the national report by region: where each region stands, what moved in it and what it is put down to.

use super::{NationalPractice, Split};
use crate::{
    ids::{CycleId, ElementId},
    naming::folded,
    network::{Levels, NetworkDrift, NetworkDriftSum},
    score::Band,
};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// The Practices of one region with a finalised assessment in the cycle.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct NationalRegion {
    /// Its name; empty for Practices that have none.
    pub region: String,
    /// Its Practices.
    pub practices: usize,
    /// Those of them with at least one core gap.
    pub core_gaps: usize,
    /// Their overall scores.
    #[serde(flatten)]
    pub levels: Levels,
    /// One an element, in the order of the report's version, of the scores that [`NationalPractice::elements`] shows under
    /// the same id.
    pub elements: Vec<RegionElement>,
    /// What moved since the previous cycle.
    pub drift: RegionDrift,
    /// What the criteria below the expected level are put down to.
    pub below: Split,
    /// The improvement plans.
    pub actions: ActionCounts,
}

/// One element in a region.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct RegionElement {
    /// The element.
    pub element: ElementId,
    /// In this cycle.
    #[serde(flatten)]
    pub levels: Levels,
}

/// Drift of a region's Practices since the previous cycle, of those that are in both.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct RegionDrift {
    /// How far they moved, each compared with itself.
    #[serde(flatten)]
    pub network: NetworkDrift,
    /// What the slips are put down to.
    pub split: Split,
}

/// Actions of several plans.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, JsonSchema, Serialize)]
pub struct ActionCounts {
    /// Open.
    pub open: usize,
    /// Open ones whose day is over.
    pub overdue: usize,
    /// Done.
    pub done: usize,
    /// Dropped.
    pub dropped: usize,
}

/// Returns the regions of `practices`, by name; `previous` is the cycle that drift is measured from. `elements` are those of the report's version.
pub(super) fn regions<'a>(
    practices: &[NationalPractice],
    previous: Option<&CycleId>,
    elements: impl Iterator<Item = &'a ElementId> + Clone,
) -> Vec<NationalRegion> {
    let mut by_name: BTreeMap<&str, Vec<&NationalPractice>> = BTreeMap::new();
    for practice in practices {
        by_name.entry(&practice.region).or_default().push(practice);
    }
    let region = |(name, practices): (&str, Vec<&NationalPractice>)| {
        let mut below = Split::default();
        practices.iter().for_each(|practice| below.join(practice.below));
        let mut scores: Vec<f64> = practices.iter().filter_map(|practice| practice.overall.score).collect();
        NationalRegion {
            region: name.to_owned(),
            practices: practices.len(),
            core_gaps: practices.iter().filter(|p| !p.overall.core_gaps.is_empty()).count(),
            levels: Levels::of_scores(&mut scores, strong(practices.iter().map(|p| p.overall.band))),
            elements: by_element(&practices, elements.clone()),
            drift: drift(&practices, previous),
            below,
            actions: actions(&practices),
        }
    };
    let mut regions: Vec<NationalRegion> = by_name.into_iter().map(region).collect();
    regions.sort_by_cached_key(|region| folded(&region.region));
    regions
}

/// In one pass over the Practices: most have every element in its place, those assessed under the report's version.
fn by_element<'a>(
    practices: &[&NationalPractice],
    elements: impl Iterator<Item = &'a ElementId> + Clone,
) -> Vec<RegionElement> {
    let mut columns: Vec<(&ElementId, Vec<f64>, usize)> = elements.map(|id| (id, vec![], 0)).collect();
    for practice in practices {
        for (index, (id, column, strong)) in columns.iter_mut().enumerate() {
            let here = practice.elements.get(index).filter(|own| own.element == **id);
            let own = here.or_else(|| practice.elements.iter().find(|own| own.element == **id));
            column.extend(own.and_then(|own| own.score));
            *strong += usize::from(own.is_some_and(|own| own.band == Some(Band::Strong)));
        }
    }
    let levels = |(id, mut column, strong): (&ElementId, Vec<f64>, usize)| RegionElement {
        element: id.clone(),
        levels: Levels::of_scores(&mut column, strong),
    };
    columns.into_iter().map(levels).collect()
}

fn strong(bands: impl Iterator<Item = Option<Band>>) -> usize {
    bands.filter(|band| *band == Some(Band::Strong)).count()
}

fn drift(practices: &[&NationalPractice], previous: Option<&CycleId>) -> RegionDrift {
    let (mut sum, mut split) = (NetworkDriftSum::default(), Split::default());
    for figures in practices.iter().filter_map(|practice| practice.since(previous?)) {
        sum.add(&figures.moves());
        split.join(figures.split);
    }
    RegionDrift {
        network: sum.drift(),
        split,
    }
}

fn actions(practices: &[&NationalPractice]) -> ActionCounts {
    practices
        .iter()
        .fold(ActionCounts::default(), |sum, practice| ActionCounts {
            open: sum.open + practice.plan.open,
            overdue: sum.overdue + practice.plan.overdue,
            done: sum.done + practice.plan.done,
            dropped: sum.dropped + practice.plan.dropped,
        })
}
