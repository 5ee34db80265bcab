//! The versions that a report's assessments were made under, looked up once; from here on places, not ids.

use crate::{criteria::Framework, ids::VersionId, library::Library};

/// For each criterion of the later version the place of the comparable one in the earlier version.
type Pairs = Vec<Option<usize>>;

/// Some versions and the crosswalks between all of them.
pub(super) struct Editions<'l> {
    frameworks: Vec<&'l Framework>,
    /// By the place of the earlier version, then of the later one.
    pairs: Vec<Vec<Option<Pairs>>>,
}

impl<'l> Editions<'l> {
    /// Looks up versions; those that are not in the library are left out.
    pub(super) fn new<'a>(library: &'l Library, versions: impl Iterator<Item = &'a VersionId>) -> Editions<'l> {
        let mut frameworks: Vec<&Framework> = Vec::new();
        for version in versions {
            if !frameworks.iter().any(|f| &f.version == version) {
                frameworks.extend(library.version(version));
            }
        }
        let pairs = |from: &Framework, to: &Framework| {
            if from.version == to.version {
                return Some((0..to.criteria.len()).map(Some).collect());
            }
            library.crosswalk(&from.version, &to.version).map(|c| c.pairs)
        };
        let pairs = (frameworks.iter())
            .map(|from| frameworks.iter().map(|to| pairs(from, to)).collect())
            .collect();
        Editions { frameworks, pairs }
    }

    /// The version with this id.
    pub(super) fn get(&self, version: &VersionId) -> Option<&'l Framework> {
        self.frameworks.iter().copied().find(|f| &f.version == version)
    }

    /// The comparable criteria of two versions; nothing where no chain of versions joins them.
    pub(super) fn pairs(&self, from: &VersionId, to: &VersionId) -> Option<&[Option<usize>]> {
        let place = |id| self.frameworks.iter().position(|f| &f.version == id);
        self.pairs.get(place(from)?)?.get(place(to)?)?.as_deref()
    }
}
