//! The drift figures of one Practice, the same in its own report and in the national one.

use super::{DriftFigures, Moved, Since, Split};
use crate::{
    assessment::{AdaptationClass, Entry},
    criteria::Framework,
    drift::{Change, Drift, compared},
    library::Editions,
    sheet::Sheet,
};
use std::collections::HashSet;

/// What a slip is put down to that nobody was asked about.
pub const NOT_ASKED: &str = "No explanation needed this year";

/// The drift since one earlier assessment.
pub(super) struct Compared<'s> {
    pub(super) earlier: &'s Sheet,
    /// Nothing where the two versions cannot be compared.
    pub(super) drift: Option<Drift>,
    /// The slips that moderation was not asked about, by the criterion's place; none since the previous assessment.
    pub(super) not_asked: HashSet<usize>,
}

/// Returns the drift of an assessment since the previous one and since the first one of a Practice's `sheets`, oldest first.
pub(super) fn since<'s>(
    editions: &Editions,
    framework: &Framework,
    sheets: &'s [Sheet],
    current: &Sheet,
) -> Since<Compared<'s>> {
    let (previous, baseline) = compared(sheets, &current.cycle);
    let compare = |earlier: &'s Sheet| Compared {
        earlier,
        drift: (editions.pairs(&earlier.version, &current.version))
            .map(|pairs| Drift::between(framework, pairs, &earlier.marks, &current.marks)),
        not_asked: HashSet::new(),
    };
    let (previous, baseline) = (previous.map(compare), baseline.map(compare));
    Since {
        why: previous
            .is_none()
            .then(|| "There is no earlier finalised assessment.".to_owned()),
        baseline: baseline.map(|baseline| Compared {
            not_asked: not_asked(&baseline, previous.as_ref()),
            ..baseline
        }),
        previous,
    }
}

/// Returns the slips since the first assessment that nobody was asked about. METHODS.md 4 lets moderation explain each rating below
/// 4 and each slip, and moderation asks about the slips since the previous assessment. A slip since the first one that is
/// neither happened in an earlier year: it was asked about then, and is as high as expected now. So it is none of the four
/// classes, and not unexplained drift; it stays a slip, and is said to be not asked about this year. Where moderation gave
/// it a class all the same, that counts.
fn not_asked(baseline: &Compared, previous: Option<&Compared>) -> HashSet<usize> {
    let recent: HashSet<usize> = (previous.into_iter().flat_map(Compared::slips))
        .map(|slip| slip.criterion)
        .collect();
    let slips = baseline
        .slips()
        .filter(|slip| !slip.is_asked(recent.contains(&slip.criterion)));
    slips.map(|slip| slip.criterion).collect()
}

impl Compared<'_> {
    /// Returns the slips.
    pub(super) fn slips(&self) -> impl Iterator<Item = &Change> {
        let changes = self.drift.iter().flat_map(|drift| &drift.changes);
        changes.filter(|change| change.is_slip())
    }

    /// Returns whether it is a slip that is unplanned or not yet explained, of those that moderation was asked about.
    pub(super) fn is_unexplained(&self, change: &Change) -> bool {
        change.is_unexplained() && !self.not_asked.contains(&change.criterion)
    }

    /// Returns what the slips are put down to, of those that moderation was asked about.
    pub(super) fn split(&self) -> Split {
        let mut split = Split::default();
        let asked = self.slips().filter(|slip| !self.not_asked.contains(&slip.criterion));
        asked.for_each(|slip| split.add(slip.class));
        split
    }

    /// Returns the figures; with `entries` each criterion that moved comes with the Practice's explanation.
    pub(super) fn figures(&self, framework: &Framework, entries: &[Entry]) -> DriftFigures {
        let drift = self.drift.as_ref();
        let moved = |keep: &dyn Fn(&Change) -> bool| {
            let changes = drift.map(|d| d.changes.as_slice()).unwrap_or_default();
            (changes.iter().filter(|c| keep(c)))
                .filter_map(|change| self.describe(framework, change, entries))
                .collect()
        };
        let pairs = drift.map_or(0, |d| d.whole.pairs);
        DriftFigures {
            from: self.earlier.cycle.clone(),
            from_version: self.earlier.version.clone(),
            pairs,
            comparable_share: drift.and_then(Drift::comparable_share),
            net: drift.and_then(|d| d.whole.net()),
            gross: drift.and_then(|d| d.whole.gross()),
            why: (pairs == 0).then(|| match drift {
                Some(_) => "No comparable criterion is rated in both assessments.".to_owned(),
                None => format!("Version {} cannot be compared with this one.", self.earlier.version),
            }),
            elements: drift.into_iter().flat_map(|d| d.by_element(framework)).collect(),
            slips: moved(&Change::is_slip),
            gains: moved(&Change::is_gain),
            unexplained: moved(&|change| self.is_unexplained(change)),
            not_asked: self.not_asked.len(),
            split: self.split(),
        }
    }

    fn describe(&self, framework: &Framework, change: &Change, entries: &[Entry]) -> Option<Moved> {
        let criterion = framework.criteria.get(change.criterion)?;
        let class = change
            .class
            .or(change.is_slip().then_some(AdaptationClass::Unexplained));
        Some(Moved {
            criterion: criterion.id.clone(),
            element: criterion.element.clone(),
            title: criterion.title.clone(),
            core: criterion.core,
            from: change.from,
            to: change.to,
            d: change.d(),
            class: change.class,
            class_name: match self.not_asked.contains(&change.criterion) {
                true => Some(NOT_ASKED),
                false => class.map(AdaptationClass::name),
            },
            explanation: entries.get(change.criterion).and_then(|e| e.answer.adaptation.clone()),
        })
    }
}
