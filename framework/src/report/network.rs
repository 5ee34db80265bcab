//! Adds up the Practices for the national report: one pass over their assessments, by place.

use super::{
    NationalFacts,
    drifts::Compared,
    national::{NationalCriterion, NationalElement, NationalOverall, SeriesPoint},
};
use crate::{
    agreement::{Agreement, Table},
    criteria::{Criterion, Element, Framework},
    ids::CycleId,
    library::Editions,
    network::{Both, Histogram, Levels, Shift},
    score::Weights,
    sheet::{Mark, Sheet, Used},
};
use std::collections::BTreeMap;

/// Scores by element of the report's version, and of the whole at the end.
type Columns = Vec<Vec<f64>>;

/// Where the Practices stood in every cycle, by column.
type Series<'a> = BTreeMap<&'a CycleId, Vec<Levels>>;

/// What is counted while the Practices pass by.
pub(super) struct Network<'a> {
    editions: &'a Editions<'a>,
    framework: &'a Framework,
    cycle: &'a CycleId,
    previous: Option<&'a CycleId>,
    /// Of each edition, where its elements are in the report's version.
    elements: Vec<Vec<Option<usize>>>,
    /// Of each edition, where its criteria are in the report's version.
    criteria: Vec<&'a [Option<usize>]>,
    scores: BTreeMap<&'a CycleId, Columns>,
    ratings: Vec<Histogram>,
    /// The Practice that passes by, in both cycles.
    both: Both,
    /// Of Practices present in both cycles: earlier, later.
    both_scores: [Columns; 2],
    both_ratings: Vec<[Histogram; 2]>,
    slips: Vec<(usize, usize)>,
    agreement: Table,
    element_agreement: Vec<Table>,
    /// Of each edition.
    weights: Vec<Weights>,
    /// The assessment that passes by, and its scores.
    used: Vec<Used>,
    row: Vec<Option<f64>>,
}

/// What comes out.
pub(super) struct Figures {
    pub(super) previous_cycle: Option<CycleId>,
    pub(super) overall: NationalOverall,
    pub(super) elements: Vec<NationalElement>,
    pub(super) criteria: Vec<NationalCriterion>,
    pub(super) agreement: Agreement,
}

impl<'a> Network<'a> {
    /// Nothing counted yet.
    pub(super) fn new(editions: &'a Editions<'a>, framework: &'a Framework, facts: &'a NationalFacts) -> Network<'a> {
        let cycle = &facts.cycle;
        let cycles = facts.network.sheets().map(|sheet| &sheet.cycle);
        let columns = vec![Vec::new(); framework.elements.len() + 1];
        let places_of_elements = |own: &&Framework| {
            let place = |e: &Element| framework.elements.iter().position(|other| other.id == e.id);
            own.elements.iter().map(place).collect()
        };
        let places_of_criteria =
            |own: &&'a Framework| editions.pairs(&framework.version, &own.version).unwrap_or_default();
        Network {
            editions,
            framework,
            cycle,
            previous: cycles.filter(|c| *c < cycle).max(),
            elements: editions.frameworks().iter().map(places_of_elements).collect(),
            criteria: editions.frameworks().iter().map(places_of_criteria).collect(),
            scores: BTreeMap::from([(cycle, columns.clone())]),
            ratings: vec![Histogram::default(); framework.criteria.len()],
            both: Both::new(framework, |_| true),
            both_scores: [columns.clone(), columns],
            both_ratings: vec![Default::default(); framework.criteria.len()],
            slips: vec![(0, 0); framework.criteria.len()],
            agreement: Table::default(),
            element_agreement: vec![Table::default(); framework.elements.len()],
            weights: editions.frameworks().iter().map(|own| Weights::of(own)).collect(),
            used: Vec::new(),
            row: Vec::new(),
        }
    }

    /// Takes in all assessments of one Practice, oldest first.
    pub(super) fn add_history(&mut self, sheets: &'a [Sheet]) {
        let whole = self.framework.elements.len();
        for sheet in sheets {
            let Some(edition) = self.editions.place(&sheet.version) else {
                continue;
            };
            let empty = || vec![Vec::new(); whole + 1];
            let filled = self.scores.entry(&sheet.cycle).or_insert_with(empty);
            self.row.clear();
            self.used.clear();
            self.used.extend(sheet.marks.iter().map(Used::from));
            self.weights[edition].score(&self.used, &mut self.row);
            let places = self.elements[edition].iter().copied().chain([Some(whole)]);
            for (place, score) in places.zip(&self.row) {
                if let (Some(place), Some(score)) = (place, score) {
                    filled[place].push(*score);
                }
            }
        }
        let now = sheets.last().filter(|sheet| &sheet.cycle == self.cycle);
        let before = sheets.iter().rfind(|sheet| Some(&sheet.cycle) == self.previous);
        if let (Some(before), Some(now)) = (before, now) {
            self.add_both(before, now);
        }
    }

    /// Takes in a Practice that is present in the previous cycle and in this one.
    fn add_both(&mut self, before: &Sheet, now: &Sheet) {
        let (Some(from), Some(to)) = (self.to_report(before), self.to_report(now)) else {
            return;
        };
        let used = |sheet: &Sheet| sheet.marks.iter().map(Used::from).collect::<Vec<_>>();
        let version = &self.framework.version;
        let same = before.version == *version && now.version == *version;
        self.both.read([(&used(before), from), (&used(now), to)], same);
        let [before, now] = &self.both.used;
        for ((before, now), counts) in before.iter().zip(now).zip(&mut self.both_ratings) {
            if let (Some(before), Some(now)) = (before.level(), now.level()) {
                counts[0][usize::from(before) - 1] += 1;
                counts[1][usize::from(now) - 1] += 1;
            }
        }
        let [before, now] = &self.both.columns;
        for (place, (before, now)) in before.iter().zip(now).enumerate() {
            if let (Some(before), Some(now)) = (before, now) {
                self.both_scores[0][place].push(*before);
                self.both_scores[1][place].push(*now);
            }
        }
    }

    /// Takes in a Practice's assessment of this cycle.
    pub(super) fn add_current(&mut self, sheet: &Sheet) {
        if let Some(pairs) = self.to_report(sheet) {
            for (counts, place) in self.ratings.iter_mut().zip(pairs) {
                if let Some((rating, _)) = place.and_then(|p| sheet.marks.get(p)).and_then(Mark::used) {
                    counts[rating.index()] += 1;
                }
            }
        }
        let Some(edition) = self.editions.place(&sheet.version) else {
            return;
        };
        for (element, place) in (self.editions.frameworks()[edition].elements.iter()).zip(&self.elements[edition]) {
            for mark in sheet.marks.get(element.criteria.clone()).unwrap_or_default() {
                self.agreement.add_mark(mark);
                if let Some(place) = place {
                    self.element_agreement[*place].add_mark(mark);
                }
            }
        }
    }

    /// Takes in what slipped since the Practice's previous assessment.
    pub(super) fn add_slips(&mut self, sheet: &Sheet, previous: Option<&Compared>) {
        let Some(edition) = self.editions.place(&sheet.version) else {
            return;
        };
        let changes = previous.and_then(|c| c.drift.as_ref()).map(|d| d.changes.as_slice());
        for change in changes.unwrap_or_default().iter().filter(|c| c.is_slip()) {
            if let Some(place) = self.criteria[edition].get(change.criterion).copied().flatten() {
                self.slips[place].0 += 1;
                self.slips[place].1 += usize::from(change.is_unexplained());
            }
        }
    }

    /// Works out the figures.
    pub(super) fn figures(mut self) -> Figures {
        let series: Series = (self.scores.iter_mut())
            .map(|(cycle, columns)| (*cycle, columns.iter_mut().map(|c| Levels::of_scores(c)).collect()))
            .collect();
        let framework = self.framework;
        let elements = (framework.elements.iter().enumerate())
            .map(|(place, element)| {
                let (levels, shift, series) = self.column(&series, place);
                NationalElement {
                    id: element.id.clone(),
                    title: element.title.clone(),
                    levels,
                    shift,
                    series,
                    agreement: self.element_agreement[place].agreement(),
                }
            })
            .collect();
        let (levels, shift, series) = self.column(&series, framework.elements.len());
        Figures {
            previous_cycle: self.previous.cloned(),
            overall: NationalOverall { levels, shift, series },
            elements,
            criteria: framework
                .criteria
                .iter()
                .enumerate()
                .map(|(place, c)| self.criterion(place, c))
                .collect(),
            agreement: self.agreement.agreement(),
        }
    }

    fn column(&mut self, series: &Series, place: usize) -> (Levels, Shift, Vec<SeriesPoint>) {
        let [before, after] = (self.both_scores.each_mut()).map(|columns| Levels::of_scores(&mut columns[place]));
        let point = |(cycle, levels): (&&CycleId, &Vec<Levels>)| SeriesPoint {
            cycle: (*cycle).clone(),
            levels: levels[place].clone(),
        };
        let now = series[self.cycle][place].clone();
        (now, self.shift(&before, &after), series.iter().map(point).collect())
    }

    fn criterion(&self, place: usize, criterion: &Criterion) -> NationalCriterion {
        let [before, after] = self.both_ratings[place].each_ref().map(Levels::of_ratings);
        let (slips, unexplained) = self.slips[place];
        NationalCriterion {
            id: criterion.id.clone(),
            element: criterion.element.clone(),
            title: criterion.title.clone(),
            core: criterion.core,
            levels: Levels::of_ratings(&self.ratings[place]),
            shift: self.shift(&before, &after),
            slips,
            unexplained,
        }
    }

    fn shift(&self, before: &Levels, after: &Levels) -> Shift {
        match self.previous {
            Some(_) => Shift::between(before, after),
            None => Shift::none("There is no earlier cycle."),
        }
    }

    /// Where a sheet's criteria stand in the report's version.
    fn to_report(&self, sheet: &Sheet) -> Option<&'a [Option<usize>]> {
        self.editions.pairs(&sheet.version, &self.framework.version)
    }
}
