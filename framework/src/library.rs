//! All versions of the framework, oldest first.

mod across;
mod editions;
#[cfg(test)]
mod tests;

pub(crate) use editions::Editions;

use crate::{
    criteria::Framework,
    crosswalk::Crosswalk,
    ids::VersionId,
    parse::{Draft, Problem, SourceFile, folders, sorted},
};
use include_dir::{Dir, include_dir};
use std::sync::{Arc, OnceLock};
use thiserror::Error;

static CRITERIA: Dir = include_dir!("$CARGO_MANIFEST_DIR/criteria");

/// The versions of the framework, oldest first, each naming the one before it.
#[derive(Clone, Debug, PartialEq)]
pub struct Library {
    versions: Vec<Arc<Framework>>,
}

/// A published version that is not here as it was published. Nothing may be served from such a library.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Altered {
    /// Its text is another.
    #[error(
        "The text of version {version} has changed since it was published (published {published}, here {here}). \
         A published version never changes: restore its files, and write the change as a new version."
    )]
    Text {
        /// The version.
        version: VersionId,
        /// The hash it was published with.
        published: String,
        /// The hash of the text here.
        here: String,
    },
    /// It is not here at all.
    #[error(
        "Version {version} was published but is missing here. Restore its files, or run the program that has them."
    )]
    Missing {
        /// The version.
        version: VersionId,
    },
}

impl Library {
    /// Reads a folder of versions. A `README.md` beside the versions' folders is passed over.
    ///
    /// # Errors
    /// Every problem found in all versions and between them, by file and line.
    pub fn parse(files: &[SourceFile]) -> Result<Library, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut drafts: Vec<Draft> = folders(files, &mut problems)
            .into_iter()
            .map(|(version, files)| Draft::read(version, &files, &mut problems))
            .collect();
        drafts.sort_by_key(|draft| draft.header.as_ref().map(|header| header.date));
        across::check(&drafts, &mut problems);
        if !problems.is_empty() {
            return Err(sorted(problems));
        }
        let versions = drafts.into_iter().filter_map(Draft::finish).map(Arc::new).collect();
        Ok(Library { versions })
    }

    /// Returns the files of `framework/criteria`, as they were when the program was built.
    pub fn embedded_files() -> Vec<SourceFile> {
        let mut files = Vec::new();
        let mut folders = vec![&CRITERIA];
        while let Some(folder) = folders.pop() {
            folders.extend(folder.dirs());
            files.extend(folder.files().map(|file| SourceFile {
                path: file.path().to_string_lossy().replace('\\', "/"),
                text: String::from_utf8_lossy(file.contents()).into_owned(),
            }));
        }
        files
    }

    /// Returns the library that the program was built with.
    pub fn embedded() -> &'static Arc<Library> {
        static LIBRARY: OnceLock<Arc<Library>> = OnceLock::new();
        LIBRARY.get_or_init(|| {
            let library = Library::parse(&Self::embedded_files());
            Arc::new(library.expect("the criteria in the program are read by a test before it is built"))
        })
    }

    /// Returns the versions, oldest first.
    pub fn versions(&self) -> impl Iterator<Item = &Arc<Framework>> {
        self.versions.iter()
    }

    /// Returns a version by its id.
    pub fn version(&self, id: &VersionId) -> Option<&Arc<Framework>> {
        self.versions.iter().find(|framework| framework.version == *id)
    }

    /// Returns the version before another.
    pub fn before(&self, framework: &Framework) -> Option<&Arc<Framework>> {
        self.version(framework.before.as_ref()?)
    }

    /// Returns the newest version.
    pub fn latest(&self) -> Option<&Arc<Framework>> {
        self.versions.last()
    }

    /// Returns which criteria of two versions are comparable, along the chain of versions between them. Of a version with
    /// itself: all. From a newer to an older version: the pairs of the way back, inverted, so that drift is
    /// antisymmetric across versions too. `None` when one of the two is not here.
    pub fn crosswalk(&self, from: &VersionId, to: &VersionId) -> Option<Crosswalk> {
        let index = |id: &VersionId| self.versions.iter().position(|framework| framework.version == *id);
        let (start, end) = (index(from)?, index(to)?);
        if start > end {
            return Some(self.crosswalk(to, from)?.inverse(self.versions[end].criteria.len()));
        }
        let chain = &self.versions[start..=end];
        let steps = chain.windows(2).map(|pair| Crosswalk::step(&pair[0], &pair[1]));
        Some(steps.fold(Crosswalk::identity(&self.versions[start]), |way, step| way.then(&step)))
    }

    /// Checks that every published version is here with the very text it was published with.
    ///
    /// # Errors
    /// Every version that is not.
    pub fn check_published<'a>(
        &self,
        published: impl IntoIterator<Item = (&'a VersionId, &'a str)>,
    ) -> Result<(), Vec<Altered>> {
        let altered = published
            .into_iter()
            .filter_map(|(version, hash)| match self.version(version) {
                None => Some(Altered::Missing {
                    version: version.clone(),
                }),
                Some(here) if here.hash != hash => Some(Altered::Text {
                    version: version.clone(),
                    published: hash.to_owned(),
                    here: here.hash.clone(),
                }),
                Some(_) => None,
            });
        let altered: Vec<Altered> = altered.collect();
        if altered.is_empty() { Ok(()) } else { Err(altered) }
    }
}
