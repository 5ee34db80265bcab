//! The drift figures of one Practice, the same in its own report and in the national one.

use super::{DriftFigures, Moved, Since, Split, editions::Editions};
use crate::{
    assessment::{AdaptationClass, Entry},
    criteria::Framework,
    drift::{Change, Drift, compared},
    sheet::Sheet,
};

/// The drift since one earlier assessment.
pub(super) struct Compared<'s> {
    pub(super) earlier: &'s Sheet,
    /// Nothing where the two versions cannot be compared.
    pub(super) drift: Option<Drift>,
}

/// The drift of an assessment since the previous one and since the first one of a Practice's `sheets`, oldest first.
pub(super) fn since<'s>(
    editions: &Editions,
    framework: &Framework,
    sheets: &[&'s Sheet],
    current: &Sheet,
) -> Since<Compared<'s>> {
    let (previous, baseline) = compared(sheets, &current.cycle);
    let compare = |earlier: &'s Sheet| Compared {
        earlier,
        drift: (editions.pairs(&earlier.version, &current.version))
            .map(|pairs| Drift::between(framework, pairs, &earlier.marks, &current.marks)),
    };
    Since {
        previous: previous.map(compare),
        baseline: baseline.map(compare),
        why: previous
            .is_none()
            .then(|| "There is no earlier finalised assessment.".to_owned()),
    }
}

impl Compared<'_> {
    /// What the slips are put down to.
    pub(super) fn split(&self) -> Split {
        let mut split = Split::default();
        let changes = self.drift.iter().flat_map(|drift| &drift.changes);
        changes.filter(|c| c.is_slip()).for_each(|slip| split.add(slip.class));
        split
    }

    /// The figures; with `entries` each criterion that moved comes with the Practice's explanation.
    pub(super) fn figures(&self, framework: &Framework, entries: &[Entry]) -> DriftFigures {
        let drift = self.drift.as_ref();
        let moved = |keep: fn(&Change) -> bool| {
            let changes = drift.map(|d| d.changes.as_slice()).unwrap_or_default();
            (changes.iter().filter(|c| keep(c)))
                .filter_map(|change| describe(framework, change, entries))
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
            slips: moved(Change::is_slip),
            gains: moved(Change::is_gain),
            unexplained: moved(Change::is_unexplained),
            split: self.split(),
        }
    }
}

fn describe(framework: &Framework, change: &Change, entries: &[Entry]) -> Option<Moved> {
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
        class_name: class.map(AdaptationClass::name),
        explanation: entries.get(change.criterion).and_then(|e| e.answer.adaptation.clone()),
    })
}
