//! The versions that some assessments were made under, looked up once; from here on places, not ids.

use super::Library;
use crate::{criteria::Framework, ids::VersionId};

/// For each criterion of the later version the place of the comparable one in the earlier version.
type Pairs = Vec<Option<usize>>;

/// Some versions and the crosswalks between all of them.
pub(crate) struct Editions<'l> {
    frameworks: Vec<&'l Framework>,
    /// By the place of the earlier version, then of the later one.
    pairs: Vec<Vec<Option<Pairs>>>,
}

impl<'l> Editions<'l> {
    /// Looks up versions; those that are not in the library are left out.
    pub(crate) fn new<'a>(library: &'l Library, versions: impl Iterator<Item = &'a VersionId>) -> Editions<'l> {
        let mut seen: Vec<&VersionId> = Vec::new();
        for version in versions {
            if !seen.contains(&version) {
                seen.push(version);
            }
        }
        let frameworks: Vec<&Framework> = seen
            .into_iter()
            .filter_map(|v| library.version(v).map(|f| &**f))
            .collect();
        let pairs = |from: &Framework, to: &Framework| Some(library.crosswalk(&from.version, &to.version)?.pairs);
        let pairs = (frameworks.iter())
            .map(|from| frameworks.iter().map(|to| pairs(from, to)).collect())
            .collect();
        Editions { frameworks, pairs }
    }

    fn place(&self, version: &VersionId) -> Option<usize> {
        self.frameworks.iter().position(|f| &f.version == version)
    }

    /// Returns the version with this id.
    pub(crate) fn get(&self, version: &VersionId) -> Option<&'l Framework> {
        self.place(version).map(|place| self.frameworks[place])
    }

    /// Returns the comparable criteria of two versions; nothing where no chain of versions joins them.
    pub(crate) fn pairs(&self, from: &VersionId, to: &VersionId) -> Option<&[Option<usize>]> {
        self.pairs.get(self.place(from)?)?.get(self.place(to)?)?.as_deref()
    }
}
