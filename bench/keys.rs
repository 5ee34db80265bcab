//! Versions, elements and criteria by number; comparable criteria of different versions have the same. And the ratings as
//! columns of bytes, which the peers of the drift figures load.

use crate::Result;
use framework::{
    criteria::Framework,
    ids::{ElementId, VersionId},
    library::Library,
    network::NetworkFacts,
    rating::Rating,
};
use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::Path,
};

/// The numbers of versions, elements and criteria.
#[derive(Default)]
pub struct Keys<'l> {
    versions: Vec<&'l VersionId>,
    elements: Vec<&'l ElementId>,
    /// Of each version, in the order of its criteria: the criterion's number and its element's.
    criteria: Vec<Vec<(u8, u8)>>,
    /// How many numbers of criteria there are.
    count: u8,
}

impl<'l> Keys<'l> {
    /// Numbers all versions.
    ///
    /// # Errors
    /// When there are too many for a byte.
    pub fn new(library: &'l Library) -> Result<Keys<'l>> {
        let mut keys = Keys::default();
        let mut older: Option<&Framework> = None;
        for framework in library.versions() {
            let way = older.and_then(|older| library.crosswalk(&older.version, &framework.version));
            let mut numbers = vec![];
            for (index, criterion) in framework.criteria.iter().enumerate() {
                let forerunner = way.as_ref().and_then(|way| way.pairs[index]);
                let known = forerunner.and_then(|place| Some(keys.criteria.last()?[place].0));
                let number = known.unwrap_or(keys.count);
                keys.count += u8::from(known.is_none());
                numbers.push((number, keys.element(&criterion.element)?));
            }
            keys.versions.push(&framework.version);
            keys.criteria.push(numbers);
            older = Some(framework);
        }
        Ok(keys)
    }

    fn element(&mut self, id: &'l ElementId) -> Result<u8> {
        let found = self.elements.iter().position(|known| *known == id);
        let place = found.unwrap_or(self.elements.len());
        if found.is_none() {
            self.elements.push(id);
        }
        Ok(u8::try_from(place)?)
    }

    /// Returns a version's number.
    pub fn version(&self, version: &VersionId) -> Option<usize> {
        self.versions.iter().position(|known| *known == version)
    }

    /// Returns the numbers of a version's criteria, in their order.
    pub fn criteria(&self, version: usize) -> impl Iterator<Item = u8> {
        self.criteria[version].iter().map(|(number, _)| *number)
    }

    /// Returns all elements, by number.
    pub fn elements(&self) -> &[&'l ElementId] {
        &self.elements
    }

    /// Of each version and each number of a criterion the element's number; 255 where the version has no such criterion.
    fn elements_of_criteria(&self) -> Vec<u8> {
        let mut table = vec![];
        for criteria in &self.criteria {
            let mut row = vec![u8::MAX; usize::from(self.count)];
            for (number, element) in criteria {
                row[usize::from(*number)] = *element;
            }
            table.extend(row);
        }
        table
    }
}

/// Writes a file a column, a row a criterion of an assessment, by Practice, cycle and criterion; and `elements`, which
/// says of each version and number of a criterion which element it belongs to, 255 where there is none. Gives the number of rows.
pub fn write_columns(keys: &Keys, network: &NetworkFacts, folder: &Path) -> Result<usize> {
    fs::create_dir_all(folder)?;
    let column = |name: &str| -> Result<_> { Ok(BufWriter::new(File::create(folder.join(name))?)) };
    let mut practices = column("practice")?;
    let mut bytes = [
        "cycle",
        "version",
        "criterion",
        "self",
        "review",
        "agreed",
        "not_applicable",
    ]
    .into_iter()
    .map(column)
    .collect::<Result<Vec<_>>>()?;
    let cycles = network.cycles();
    let level = |rating: Option<Rating>| rating.map_or(0, Rating::level);
    let mut rows = 0;
    for (practice, history) in network.histories().iter().enumerate() {
        for sheet in &history.sheets {
            let cycle = cycles.binary_search(&sheet.cycle).map_err(|_| "a cycle that is none")?;
            let version = keys.version(&sheet.version).ok_or("a version that is none")?;
            for (criterion, mark) in keys.criteria(version).zip(&sheet.marks) {
                practices.write_all(&u32::try_from(practice)?.to_le_bytes())?;
                let cells = [
                    u8::try_from(cycle)?,
                    u8::try_from(version)?,
                    criterion,
                    level(mark.self_rating),
                    level(mark.review_rating),
                    level(mark.agreed_rating),
                    u8::from(mark.not_applicable),
                ];
                for (file, cell) in bytes.iter_mut().zip(cells) {
                    file.write_all(&[cell])?;
                }
                rows += 1;
            }
        }
    }
    fs::write(folder.join("elements"), keys.elements_of_criteria())?;
    practices.flush()?;
    bytes.iter_mut().try_for_each(Write::flush)?;
    Ok(rows)
}
