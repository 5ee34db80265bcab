//! The network as a whole in the national report: what the explorer says of it, by the report's elements and criteria.

use super::{
    NationalFacts, NoReport,
    national::{NationalCriterion, NationalElement, NationalOverall, SeriesPoint},
};
use crate::{
    agreement::{Agreement, Table, Tables},
    criteria::{Element, Framework},
    explore::{Column, Criteria, CriteriaByCycle, CriterionCell, Filter, Step, Trend},
    ids::{CycleId, ElementId},
    library::Editions,
    network::{Levels, NetworkDrift, NetworkDriftSum, Shift},
    sheet::Sheet,
};
use std::sync::Arc;

/// The explorer's figures up to the report's cycle.
pub(super) struct Network<'a> {
    cycle: &'a CycleId,
    /// The latest earlier cycle with an assessment.
    previous: Option<&'a CycleId>,
    framework: &'a Framework,
    trend: Arc<Trend>,
    /// Nothing where the cycle has no assessment.
    criteria: Option<Arc<CriteriaByCycle>>,
}

impl<'a> Network<'a> {
    /// Asks the explorer.
    ///
    /// # Errors
    /// [`NoReport`] when a version is not in the library.
    pub(super) fn new(facts: &'a NationalFacts, framework: &'a Framework) -> Result<Network<'a>, NoReport> {
        let all = Filter::default();
        let is_there = facts.network.version(&facts.cycle).is_ok();
        Ok(Network {
            cycle: &facts.cycle,
            previous: facts.network.before(&facts.cycle),
            framework,
            trend: facts.network.trend(Criteria::All, &all)?,
            criteria: (is_there.then(|| facts.network.criteria(&facts.cycle, &all))).transpose()?,
        })
    }

    /// Returns the overall scores.
    pub(super) fn overall(&self) -> NationalOverall {
        NationalOverall {
            levels: self.levels(None),
            shift: self.shift(None),
            drift: self.drift(None),
            series: self.series(None),
        }
    }

    /// Returns the elements, each with how self and review agree in it.
    pub(super) fn elements(&self, agreements: &Agreements) -> Vec<NationalElement> {
        let element = |(element, agreement): (&Element, &Tables)| NationalElement {
            id: element.id.clone(),
            title: element.title.clone(),
            levels: self.levels(Some(&element.id)),
            shift: self.shift(Some(&element.id)),
            drift: self.drift(Some(&element.id)),
            series: self.series(Some(&element.id)),
            agreement: agreement.agreement(),
        };
        self.framework
            .elements
            .iter()
            .zip(&agreements.elements)
            .map(element)
            .collect()
    }

    /// Returns the criteria.
    pub(super) fn criteria(&self) -> Vec<NationalCriterion> {
        let cell = |index: usize| self.criteria.as_ref()?.rows.get(index)?.cells.last();
        let criterion = |index: usize| {
            let (criterion, cell): (_, Option<&CriterionCell>) = (&self.framework.criteria[index], cell(index));
            NationalCriterion {
                id: criterion.id.clone(),
                element: criterion.element.clone(),
                title: criterion.title.clone(),
                core: criterion.core,
                levels: cell.map_or_else(Levels::none, |cell| cell.levels.clone()),
                shift: cell.map_or_else(|| self.no_shift(), |cell| cell.shift.clone()),
                change: cell.and_then(|cell| cell.change),
                slips: cell.map_or(0, |cell| cell.slips),
                gains: cell.map_or(0, |cell| cell.gains),
                unexplained: cell.map_or(0, |cell| cell.unexplained),
            }
        };
        (0..self.framework.criteria.len()).map(criterion).collect()
    }

    /// Returns an element's column in the report's cycle, or the whole's.
    fn now(&self, element: Option<&ElementId>) -> Option<&Column> {
        let step = self.trend.steps.iter().find(|step| step.cycle == *self.cycle)?;
        step.column(element)
    }

    fn levels(&self, element: Option<&ElementId>) -> Levels {
        self.now(element)
            .map_or_else(Levels::none, |column| column.levels.clone())
    }

    fn shift(&self, element: Option<&ElementId>) -> Shift {
        let moved = self.now(element).filter(|_| self.previous.is_some());
        moved.map_or_else(|| self.no_shift(), |column| column.shift.clone())
    }

    fn drift(&self, element: Option<&ElementId>) -> NetworkDrift {
        match (self.previous, self.now(element)) {
            (None, _) => NetworkDrift::none(NO_CYCLE),
            (Some(_), None) => NetworkDriftSum::default().drift(),
            (Some(_), Some(column)) => column.drift.clone(),
        }
    }

    fn no_shift(&self) -> Shift {
        match self.previous {
            Some(_) => Shift::between(&Levels::none(), &Levels::none()),
            None => Shift::none(NO_CYCLE),
        }
    }

    /// Every cycle up to the report's, that one in any case.
    fn series(&self, element: Option<&ElementId>) -> Vec<SeriesPoint> {
        let point = |step: &Step| SeriesPoint {
            cycle: step.cycle.clone(),
            levels: step
                .column(element)
                .map_or_else(Levels::none, |column| column.levels.clone()),
        };
        let earlier = self
            .trend
            .steps
            .iter()
            .filter(|step| step.cycle < *self.cycle)
            .map(point);
        let now = SeriesPoint {
            cycle: self.cycle.clone(),
            levels: self.levels(element),
        };
        earlier.chain([now]).collect()
    }
}

/// Why nothing moved in a first cycle.
const NO_CYCLE: &str = "There is no earlier cycle.";

/// Self against review, while the Practices pass by.
pub(super) struct Agreements {
    whole: Tables,
    /// One an element of the report's version.
    elements: Vec<Tables>,
}

impl Agreements {
    /// Nobody yet.
    pub(super) fn new(framework: &Framework) -> Agreements {
        Agreements {
            whole: Tables::default(),
            elements: vec![Tables::default(); framework.elements.len()],
        }
    }

    /// Takes in a Practice's assessment under its own version; its elements count where the report's version has them.
    pub(super) fn add(&mut self, editions: &Editions, framework: &Framework, sheet: &Sheet) {
        let own = editions.get(&sheet.version).map(|own| own.elements.as_slice());
        for element in own.unwrap_or_default() {
            let index = framework.elements.iter().position(|other| other.id == element.id);
            if let Some(place) = index {
                let marks = sheet.marks.get(element.criteria.clone());
                self.elements[place].add(Table::of(marks.unwrap_or_default()));
            }
        }
        // a version's elements hold all its criteria
        if own.is_some() {
            self.whole.add(Table::of(&sheet.marks));
        }
    }

    /// Over all criteria.
    pub(super) fn agreement(&self) -> Agreement {
        self.whole.agreement()
    }
}
