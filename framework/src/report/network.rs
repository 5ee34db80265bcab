//! Adds up the Practices for the national report: one pass over their assessments, by place.

use super::{
    drifts::Compared,
    editions::Editions,
    national::{NationalCriterion, NationalElement, NationalOverall, SeriesPoint},
};
use crate::{
    agreement::{Agreement, Table},
    criteria::{Criterion, Element, Framework},
    drift::FEWEST_PAIRS,
    ids::CycleId,
    network::{Histogram, Levels, Shift},
    rating::Rating,
    score::{Scores, scores},
    sheet::{Mark, Sheet},
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
    /// Of Practices present in both cycles: earlier, later.
    both_scores: [Columns; 2],
    both_ratings: Vec<[Histogram; 2]>,
    slips: Vec<(usize, usize)>,
    agreement: Table,
    element_agreement: Vec<Table>,
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
    /// Nothing counted yet. `histories` are the Practices' assessments up to the cycle.
    pub(super) fn new(
        editions: &'a Editions<'a>,
        framework: &'a Framework,
        cycle: &'a CycleId,
        histories: &[Vec<&'a Sheet>],
    ) -> Network<'a> {
        let cycles = histories.iter().flatten().map(|sheet| &sheet.cycle);
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
            both_scores: [columns.clone(), columns],
            both_ratings: vec![Default::default(); framework.criteria.len()],
            slips: vec![(0, 0); framework.criteria.len()],
            agreement: Table::default(),
            element_agreement: vec![Table::default(); framework.elements.len()],
        }
    }

    /// Takes in all assessments of one Practice, oldest first, and their scores.
    pub(super) fn add_history(&mut self, sheets: &[&'a Sheet], scores: &[Scores]) {
        for (sheet, scores) in sheets.iter().zip(scores) {
            let Some(edition) = self.editions.place(&sheet.version) else {
                continue;
            };
            let whole = self.framework.elements.len();
            let filled = self
                .scores
                .entry(&sheet.cycle)
                .or_insert_with(|| vec![Vec::new(); whole + 1]);
            let places = self.elements[edition].iter().copied().chain([Some(whole)]);
            for (place, score) in places.zip(columns(scores)) {
                if let (Some(place), Some(score)) = (place, score) {
                    filled[place].push(score);
                }
            }
        }
        let now = sheets.iter().zip(scores).rfind(|(s, _)| &s.cycle == self.cycle);
        let before = sheets
            .iter()
            .zip(scores)
            .rfind(|(s, _)| Some(&s.cycle) == self.previous);
        if let (Some(before), Some(now)) = (before, now) {
            self.add_both(before, now);
        }
    }

    /// Takes in a Practice that is present in the previous cycle and in this one. Where both were made under the report's
    /// version their scores are compared; else both are scored anew over the criteria that the versions share.
    fn add_both(&mut self, before: (&&'a Sheet, &Scores), now: (&&'a Sheet, &Scores)) {
        let (Some(pairs_before), Some(pairs_now)) = (self.to_report(before.0), self.to_report(now.0)) else {
            return;
        };
        let mark = |sheet: &Sheet, place: &Option<usize>| place.and_then(|p| sheet.marks.get(p)).copied();
        let rating = |mark: Option<Mark>| {
            mark.and_then(|m| m.used())
                .map(|(rating, _): (Rating, _)| rating.index())
        };
        let mut shared = [Vec::new(), Vec::new()];
        for (place, (from, to)) in pairs_before.iter().zip(pairs_now).enumerate() {
            let marks = (mark(before.0, from), mark(now.0, to));
            if let (Some(a), Some(b)) = (rating(marks.0), rating(marks.1)) {
                self.both_ratings[place][0][a] += 1;
                self.both_ratings[place][1][b] += 1;
            }
            let (a, b) = marks.0.zip(marks.1).unwrap_or((ASIDE, ASIDE));
            shared[0].push(a);
            shared[1].push(b);
        }
        let version = &self.framework.version;
        if &before.0.version == version && &now.0.version == version {
            return self.add_both_scores(before.1, now.1);
        }
        for element in &self.framework.elements {
            let is_shared = |p: &usize| pairs_before[*p].is_some() && pairs_now[*p].is_some();
            if element.criteria.clone().filter(is_shared).count() < FEWEST_PAIRS {
                shared
                    .iter_mut()
                    .for_each(|marks| marks[element.criteria.clone()].fill(ASIDE));
            }
        }
        let [before, now] = shared.map(|marks| scores(self.framework, &marks));
        self.add_both_scores(&before, &now);
    }

    /// Takes in the scores under the report's version, of the elements and the whole that have one in both cycles.
    fn add_both_scores(&mut self, before: &Scores, now: &Scores) {
        for (place, (a, b)) in columns(before).zip(columns(now)).enumerate() {
            if let (Some(a), Some(b)) = (a, b) {
                self.both_scores[0][place].push(a);
                self.both_scores[1][place].push(b);
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

/// A criterion out of the comparison.
const ASIDE: Mark = Mark {
    self_rating: None,
    review_rating: None,
    agreed_rating: None,
    not_applicable: true,
    class: None,
};

/// The elements' scores, and that of the whole at the end.
fn columns(scores: &Scores) -> impl Iterator<Item = Option<f64>> {
    scores.elements.iter().map(|e| e.score).chain([scores.overall.score])
}
