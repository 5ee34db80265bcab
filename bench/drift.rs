//! The drift figures of a whole network, our side of the race.

use crate::{Result, keys::Keys, network, race::Run};
use framework::{
    crosswalk::Crosswalk,
    drift::{Drift, FEWEST_PAIRS, Tally, compared},
    library::Library,
    network::{Histogram, Levels, NetworkFacts},
    sheet::Sheet,
};
use std::{collections::BTreeMap, path::Path};

/// All drift figures.
pub struct Figures {
    /// Since the assessment before: of each Practice and each of its assessments but the first.
    previous: Vec<Moved>,
    /// From each Practice's first assessment to its last.
    baseline: Vec<Moved>,
    /// The network's levels on each criterion, of each cycle; with an assessment in it.
    levels: Vec<(Place, Vec<Levels>)>,
}

/// A Practice's place in the network, and an assessment's in its history.
type Place = (usize, usize);

/// How far a Practice had moved by an assessment.
struct Moved {
    to: Place,
    whole: Tally,
    slips: usize,
    gains: usize,
    elements: Vec<Tally>,
}

/// Works them out.
pub fn figures(library: &Library, network: &NetworkFacts) -> Result<Figures> {
    let versions = || library.versions().map(|framework| &framework.version);
    let ways = versions().flat_map(|from| versions().filter_map(|to| library.crosswalk(from, to)));
    let ways: Vec<Crosswalk> = ways.collect();
    let mut counts = BTreeMap::new();
    let (mut previous, mut baseline) = (vec![], vec![]);
    for (practice, history) in network.histories().iter().enumerate() {
        for (year, sheet) in history.sheets.iter().enumerate() {
            let place = (practice, year);
            let (before, first) = compared(&history.sheets, &sheet.cycle);
            if let Some(before) = before {
                previous.push(moved(library, &ways, before, sheet, place)?);
            }
            if let (Some(first), true) = (first, year + 1 == history.sheets.len()) {
                baseline.push(moved(library, &ways, first, sheet, place)?);
            }
            let empty = || (place, vec![Histogram::default(); sheet.marks.len()]);
            let (_, counts) = counts.entry(&sheet.cycle).or_insert_with(empty);
            for (mark, counts) in sheet.marks.iter().zip(counts) {
                if let Some((rating, _)) = mark.used() {
                    counts[rating.index()] += 1;
                }
            }
        }
    }
    let levels = |(place, counts): (Place, Vec<Histogram>)| (place, counts.iter().map(Levels::of_ratings).collect());
    Ok(Figures {
        previous,
        baseline,
        levels: counts.into_values().map(levels).collect(),
    })
}

fn moved(library: &Library, ways: &[Crosswalk], from: &Sheet, to: &Sheet, place: Place) -> Result<Moved> {
    let way = ways.iter().find(|way| way.from == from.version && way.to == to.version);
    let (later, way) = library
        .version(&to.version)
        .zip(way)
        .ok_or("versions that cannot be compared")?;
    let drift = Drift::between(later, &way.pairs, &from.marks, &to.marks);
    Ok(Moved {
        to: place,
        whole: drift.whole,
        slips: drift.changes.iter().filter(|change| change.is_slip()).count(),
        gains: drift.changes.iter().filter(|change| change.is_gain()).count(),
        elements: drift.elements,
    })
}

/// The drift figures of so many Practices over so many cycles.
pub struct Drifts {
    practices: usize,
    cycles: usize,
    network: NetworkFacts,
    figures: Option<Figures>,
}

impl Drifts {
    /// Nothing loaded yet.
    pub fn new(practices: usize, cycles: usize) -> Drifts {
        Drifts {
            practices,
            cycles,
            network: NetworkFacts::default(),
            figures: None,
        }
    }
}

impl Run for Drifts {
    fn load(&mut self) -> Result<()> {
        self.network = network::network(self.practices, self.cycles)?;
        Ok(())
    }

    fn run(&mut self) -> Result<()> {
        self.figures = Some(figures(Library::embedded(), &self.network)?);
        Ok(())
    }

    fn write(&self, path: &Path) -> Result<()> {
        let figures = self.figures.as_ref().ok_or("nothing was run")?;
        let numbers = numbers(Library::embedded(), &self.network, figures)?;
        let bytes: Vec<u8> = numbers.into_iter().flat_map(f64::to_le_bytes).collect();
        Ok(std::fs::write(path, bytes)?)
    }
}

/// Returns the figures one after the other, as `write` in `bench/peers/drift_pandas.py` has them; a missing one is not a number.
fn numbers(library: &Library, network: &NetworkFacts, figures: &Figures) -> Result<Vec<f64>> {
    let keys = Keys::new(library)?;
    let cycles = network.cycles();
    let cycle = |sheet: &Sheet| {
        cycles
            .binary_search(&sheet.cycle)
            .map_or(f64::NAN, |place| place as f64)
    };
    let sheet = |(practice, year): Place| &network.histories()[practice].sheets[year];
    let number = |figure: Option<f64>| figure.unwrap_or(f64::NAN);
    let mut numbers = vec![];
    for (way, rows) in [&figures.previous, &figures.baseline].into_iter().enumerate() {
        for row in rows {
            let to = sheet(row.to);
            numbers.extend([row.to.0 as f64, cycle(to), way as f64, row.whole.pairs as f64]);
            numbers.extend([row.whole.net(), row.whole.gross()].map(number));
            numbers.extend([row.slips as f64, row.gains as f64]);
            let framework = library.version(&to.version).ok_or("a version is missing")?;
            let of = |id| framework.elements.iter().position(|element| &element.id == id);
            let tallies: Vec<Option<Tally>> = (keys.elements().iter())
                .map(|id| {
                    of(*id)
                        .map(|place| row.elements[place])
                        .filter(|tally| tally.pairs >= FEWEST_PAIRS)
                })
                .collect();
            numbers.extend(tallies.iter().map(|tally| number(tally.and_then(|t| t.net()))));
            numbers.extend(tallies.iter().map(|tally| number(tally.and_then(|t| t.gross()))));
        }
    }
    for (place, levels) in &figures.levels {
        let own = sheet(*place);
        let version = keys.version(&own.version).ok_or("a version that is none")?;
        let mut rows: Vec<_> = keys.criteria(version).zip(levels).collect();
        rows.sort_by_key(|(criterion, _)| *criterion);
        for (criterion, levels) in rows {
            numbers.extend([cycle(own), f64::from(criterion), levels.n as f64]);
            numbers.extend([levels.q1, levels.median, levels.q3, levels.share_at_4].map(number));
        }
    }
    Ok(numbers)
}
