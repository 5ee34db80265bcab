//! How far a Practice moved between two assessments (METHODS.md 4), over the criteria that can be compared (METHODS.md 3).

use crate::{
    assessment::AdaptationClass,
    criteria::{Element, Framework},
    ids::{CycleId, ElementId},
    lifecycle::Status,
    rating::Rating,
    score::share,
    sheet::{CriterionRatings, Sheet},
};
use schemars::JsonSchema;
use serde::Serialize;

/// Fewest pairs in an element for its drift to be a figure.
pub const FEWEST_PAIRS: usize = 3;

/// One comparable criterion, rated in both assessments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its place among the later version's criteria.
    pub criterion: usize,
    /// Its rating in the earlier assessment.
    pub from: Rating,
    /// Its rating in the later one.
    pub to: Rating,
    /// What the later assessment puts it down to.
    pub class: Option<AdaptationClass>,
}

/// How much a set of pairs moved. Whole numbers until a mean is asked for, so that sums are exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Pairs.
    pub pairs: usize,
    /// Σ d
    pub sum: i64,
    /// Σ |d|
    pub moved: i64,
}

/// The drift from one assessment to a later one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift {
    /// Every pair, in the order of the later version's criteria.
    pub changes: Vec<Change>,
    /// Over all pairs.
    pub whole: Tally,
    /// Within each of the later version's elements, in order.
    pub elements: Vec<Tally>,
    /// Number of the later version's criteria.
    pub of: usize,
}

/// The drift within one element.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct ElementDrift {
    /// The element.
    pub element: ElementId,
    /// Pairs it rests on.
    pub pairs: usize,
    /// Mean d, −4 to 4.
    pub net: Option<f64>,
    /// Mean |d|, 0 to 4.
    pub gross: Option<f64>,
    /// Why there is no figure, in words.
    pub why: Option<String>,
}

/// Criterion drift d = later − earlier rating, −4 to 4.
pub fn difference(from: Rating, to: Rating) -> i8 {
    to.level() as i8 - from.level() as i8
}

impl Change {
    /// Criterion drift d = later − earlier rating, −4 to 4.
    pub fn d(&self) -> i8 {
        difference(self.from, self.to)
    }

    /// d ≤ −1
    pub fn is_slip(&self) -> bool {
        self.to < self.from
    }

    /// d ≥ +1
    pub fn is_gain(&self) -> bool {
        self.to > self.from
    }

    /// Was moderation asked about this slip? It is about slips since the previous assessment, and about ratings below the
    /// expected level; a class that was given all the same counts. (METHODS.md 4)
    pub fn is_asked(&self, slipped_since_previous: bool) -> bool {
        self.class.is_some() || self.to < Rating::EXPECTED || slipped_since_previous
    }

    /// A slip that is unplanned, not yet explained, or that nobody has put down to anything.
    pub fn is_unexplained(&self) -> bool {
        self.is_slip() && !self.class.is_some_and(AdaptationClass::explains)
    }
}

impl Tally {
    /// Takes in one pair.
    pub fn add(&mut self, d: i8) {
        self.pairs += 1;
        self.sum += i64::from(d);
        self.moved += i64::from(d.abs());
    }

    /// Takes in the pairs of another one.
    pub fn join(&mut self, other: Tally) {
        self.pairs += other.pairs;
        self.sum += other.sum;
        self.moved += other.moved;
    }

    /// Net drift, mean d: the direction. Nothing without pairs.
    pub fn net(&self) -> Option<f64> {
        (self.pairs > 0).then(|| self.sum as f64 / self.pairs as f64)
    }

    /// Gross drift, mean |d|: how much moved at all. Nothing without pairs.
    pub fn gross(&self) -> Option<f64> {
        (self.pairs > 0).then(|| self.moved as f64 / self.pairs as f64)
    }
}

impl Drift {
    /// Returns the drift between two assessments. `pairs` gives for each criterion of the later version `later` the place of the
    /// comparable criterion in the earlier version, as a crosswalk does. A pair counts where both sides have a rating.
    pub fn between(
        later: &Framework,
        pairs: &[Option<usize>],
        before: &[CriterionRatings],
        after: &[CriterionRatings],
    ) -> Drift {
        let mut drift = Drift {
            changes: Vec::with_capacity(later.criteria.len()),
            whole: Tally::default(),
            elements: vec![Tally::default(); later.elements.len()],
            of: later.criteria.len(),
        };
        for (element, tally) in later.elements.iter().zip(&mut drift.elements) {
            let changes = element
                .criteria
                .clone()
                .filter_map(|place| change(place, pairs, before, after));
            for change in changes {
                tally.add(change.d());
                drift.whole.add(change.d());
                drift.changes.push(change);
            }
        }
        drift
    }

    /// Pairs ÷ the later version's criteria, 0 to 1.
    pub fn comparable_share(&self) -> Option<f64> {
        share(self.whole.pairs, self.of)
    }

    /// Returns the elements' drift, with fewer than [`FEWEST_PAIRS`] pairs “too few to compare”.
    pub fn by_element(&self, later: &Framework) -> Vec<ElementDrift> {
        let describe = |(element, tally): (&Element, &Tally)| {
            let enough = tally.pairs >= FEWEST_PAIRS;
            ElementDrift {
                element: element.id.clone(),
                pairs: tally.pairs,
                net: tally.net().filter(|_| enough),
                gross: tally.gross().filter(|_| enough),
                why: (!enough).then(|| too_few(tally.pairs)),
            }
        };
        later.elements.iter().zip(&self.elements).map(describe).collect()
    }
}

/// Returns what became of one criterion of the later version, if both sides have a rating: see [`Drift::between`].
pub fn change(
    criterion: usize,
    pairs: &[Option<usize>],
    before: &[CriterionRatings],
    after: &[CriterionRatings],
) -> Option<Change> {
    let from = before.get((*pairs.get(criterion)?)?)?;
    let to = after.get(criterion)?;
    Some(Change {
        criterion,
        from: from.used()?.0,
        to: to.used()?.0,
        class: to.class,
    })
}

/// Returns the assessments that one of `cycle` is compared with: the latest finalised one of an earlier cycle, and the first one.
/// `sheets` are of one Practice, oldest first.
pub fn compared<'s>(sheets: &'s [Sheet], cycle: &CycleId) -> (Option<&'s Sheet>, Option<&'s Sheet>) {
    let mut earlier = (sheets.iter()).filter(|s| s.status == Status::Finalised && &s.cycle < cycle);
    let baseline = earlier.next();
    (earlier.next_back().or(baseline), baseline)
}

fn too_few(pairs: usize) -> String {
    let pairs = match pairs {
        0 => "no criterion is".to_owned(),
        1 => "1 criterion is".to_owned(),
        n => format!("{n} criteria are"),
    };
    format!("Too few to compare: {pairs} rated in both assessments, {FEWEST_PAIRS} are needed.")
}
