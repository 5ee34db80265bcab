//! How the criteria of two versions relate (METHODS.md 3).

use crate::{
    criteria::{Framework, Relation},
    ids::{CriterionId, ElementId, VersionId},
};
use serde::{Serialize, Serializer};

/// Which criteria of two versions are comparable. No criterion of either is in two pairs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crosswalk {
    /// The version compared from, usually the older.
    pub from: VersionId,
    /// The version compared to, usually the newer.
    pub to: VersionId,
    /// For each of the criteria of `to`, in the order of [`Framework::criteria`], the place of the comparable one in `from`.
    pub pairs: Vec<Option<usize>>,
}

/// What became of a criterion between two versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// The newer version relates it so to the older one.
    Relation(Relation),
    /// The newer version has nothing of it.
    Retired,
}

/// A row of the full crosswalk between two neighbouring versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What became of it.
    pub kind: ChangeKind,
    /// The criterion of the newer version; `None` when retired.
    pub criterion: Option<CriterionId>,
    /// The criteria of the older version; empty when new.
    pub of: Vec<CriterionId>,
    /// The title in the newer version, or in the older where retired.
    pub title: String,
    /// Its element, in the same version as the title.
    pub element: ElementId,
    /// What changed, in words; empty when equal or retired.
    pub change: String,
}

impl ChangeKind {
    /// All seven.
    pub const ALL: [ChangeKind; 7] = [
        ChangeKind::Relation(Relation::Equal),
        ChangeKind::Relation(Relation::Equivalent),
        ChangeKind::Relation(Relation::Subset),
        ChangeKind::Relation(Relation::Superset),
        ChangeKind::Relation(Relation::Intersects),
        ChangeKind::Relation(Relation::New),
        ChangeKind::Retired,
    ];

    /// Returns the word for it: that of the relation, or `retired`.
    pub fn name(self) -> &'static str {
        match self {
            ChangeKind::Relation(relation) => relation.name(),
            ChangeKind::Retired => "retired",
        }
    }

    /// Returns the same in plain words.
    pub fn words(self) -> &'static str {
        match self {
            ChangeKind::Relation(relation) => relation.words(),
            ChangeKind::Retired => "Retired",
        }
    }

    /// May ratings under the two be compared?
    pub fn comparable(self) -> bool {
        matches!(self, ChangeKind::Relation(relation) if relation.comparable())
    }
}

impl Serialize for ChangeKind {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.name())
    }
}

impl Crosswalk {
    /// Returns a version with itself: every criterion is comparable.
    pub fn identity(framework: &Framework) -> Crosswalk {
        Crosswalk {
            from: framework.version.clone(),
            to: framework.version.clone(),
            pairs: (0..framework.criteria.len()).map(Some).collect(),
        }
    }

    /// From a version to the next; nothing is comparable when `older` is not the version before `newer`.
    pub(crate) fn step(older: &Framework, newer: &Framework) -> Crosswalk {
        let neighbours = newer.before.as_ref() == Some(&older.version);
        let pairs = newer.criteria.iter().map(|criterion| {
            let before = criterion
                .before
                .as_ref()
                .filter(|before| neighbours && before.relation.comparable())?;
            older.position(before.of.first()?)
        });
        Crosswalk {
            from: older.version.clone(),
            to: newer.version.clone(),
            pairs: pairs.collect(),
        }
    }

    /// This and then the next one: comparable is what is comparable all the way.
    pub(crate) fn then(&self, next: &Crosswalk) -> Crosswalk {
        let through = |place: &Option<usize>| place.and_then(|place| self.pairs.get(place).copied().flatten());
        Crosswalk {
            from: self.from.clone(),
            to: next.to.clone(),
            pairs: next.pairs.iter().map(through).collect(),
        }
    }

    /// Returns the same pairs read the other way; `criteria` is how many `from` has.
    pub(crate) fn inverse(&self, criteria: usize) -> Crosswalk {
        let mut pairs = vec![None; criteria];
        for (to, from) in self.places() {
            if let Some(pair) = pairs.get_mut(from) {
                *pair = Some(to);
            }
        }
        Crosswalk {
            from: self.to.clone(),
            to: self.from.clone(),
            pairs,
        }
    }

    /// Returns the comparable pairs: the place in `to`, the place in `from`.
    pub fn places(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.pairs
            .iter()
            .enumerate()
            .filter_map(|(to, from)| Some((to, (*from)?)))
    }

    /// Returns how many pairs are comparable.
    pub fn comparable(&self) -> usize {
        self.places().count()
    }
}

/// Every row of the crosswalk between two neighbouring versions: the newer one's criteria in their order, then the
/// older one's that were retired. Empty when `older` is not the version before `newer`.
pub fn changes(older: &Framework, newer: &Framework) -> Vec<Change> {
    if newer.before.as_ref() != Some(&older.version) {
        return vec![];
    }
    let mut changes = Vec::with_capacity(newer.criteria.len());
    for criterion in &newer.criteria {
        changes.extend(criterion.before.as_ref().map(|before| Change {
            kind: ChangeKind::Relation(before.relation),
            criterion: Some(criterion.id.clone()),
            of: before.of.clone(),
            title: criterion.title.clone(),
            element: criterion.element.clone(),
            change: before.change.clone(),
        }));
    }
    let named = |id: &CriterionId| {
        let before = newer.criteria.iter().filter_map(|c| c.before.as_ref());
        before.flat_map(|before| &before.of).any(|of| of == id)
    };
    changes.extend(older.criteria.iter().filter(|c| !named(&c.id)).map(|criterion| Change {
        kind: ChangeKind::Retired,
        criterion: None,
        of: vec![criterion.id.clone()],
        title: criterion.title.clone(),
        element: criterion.element.clone(),
        change: String::new(),
    }));
    changes
}
