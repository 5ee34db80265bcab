//! The files of one version, put together.

use super::{
    CriterionDraft, Problem, SourceFile, criterion,
    header::{self, ElementDraft, Header},
    source::plain,
};
use crate::{
    criteria::Framework,
    ids::{CriterionId, ElementId, VersionId},
};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// What could be read of a version, so that the checks go on past its problems.
pub(crate) struct Draft {
    pub version: VersionId,
    pub header: Option<Header>,
    pub elements: Vec<ElementDraft>,
    pub criteria: Vec<CriterionDraft>,
    /// The criteria by the names of their files, read or not, each with its first path.
    pub ids: BTreeMap<CriterionId, String>,
    hash: String,
}

/// Returns the files of each version by its folder, sorted; `README.md` beside the folders is nobody's.
pub(crate) fn folders<'f>(
    files: &'f [SourceFile],
    problems: &mut Vec<Problem>,
) -> BTreeMap<VersionId, Vec<&'f SourceFile>> {
    let mut folders: BTreeMap<VersionId, Vec<&SourceFile>> = BTreeMap::new();
    let mut refused = BTreeSet::new();
    for file in files.iter().filter(|file| file.path != "README.md") {
        match file
            .path
            .split_once('/')
            .map(|(folder, _)| (folder, VersionId::parse(folder)))
        {
            Some((_, Ok(version))) => folders.entry(version).or_default().push(file),
            Some((folder, Err(error))) => {
                if refused.insert(folder) {
                    problems.push(Problem::new(
                        &file.path,
                        1,
                        format!("The folder’s name {error}. Rename or remove it."),
                    ));
                }
            }
            None => problems.push(Problem::new(&file.path, 1, "No file belongs here. Remove it.")),
        }
    }
    if folders.is_empty() && problems.is_empty() {
        problems.push(Problem::new(
            ".",
            1,
            "There is no version here. Name the folder that holds 2026.1 and its like.",
        ));
    }
    for files in folders.values_mut() {
        files.sort_by(|a, b| a.path.cmp(&b.path));
    }
    folders
}

impl Draft {
    /// Reads the files of one version, sorted by path.
    pub fn read(version: VersionId, files: &[&SourceFile], problems: &mut Vec<Problem>) -> Draft {
        let texts: Vec<(&str, &str, String)> = files
            .iter()
            .map(|file| {
                let within = file.path.split_once('/').map_or("", |(_, within)| within);
                (file.path.as_str(), within, plain(&file.text))
            })
            .collect();
        let mut draft = Draft {
            hash: hash(texts.iter().map(|(_, within, text)| (*within, text.as_str()))),
            version,
            header: None,
            elements: vec![],
            criteria: vec![],
            ids: BTreeMap::new(),
        };
        let mut seen = BTreeSet::new();
        let mut folders = Folders::default();
        for (path, within, text) in &texts {
            if !seen.insert(path) {
                problems.push(Problem::new(path, 1, "The file is given twice. Give it once."));
                continue;
            }
            match within.split('/').collect::<Vec<_>>()[..] {
                ["version.md"] => draft.header = header::version(path, &draft.version, text, problems),
                [folder, name] if name.ends_with(".md") => draft.read_in_element(path, (folder, name), text, (&mut folders, problems)),
                _ => problems.push(Problem::new(
                    path,
                    1,
                    "No file belongs here. A version has version.md, and element.md and criteria in one folder an element.",
                )),
            }
        }
        draft.check_complete(&seen.into_iter().copied().collect(), &folders, problems);
        draft.check_orders(problems);
        draft.check_criteria(problems);
        draft
    }

    fn read_in_element(
        &mut self,
        path: &str,
        (folder, name): (&str, &str),
        text: &str,
        (folders, problems): (&mut Folders, &mut Vec<Problem>),
    ) {
        let element = match ElementId::parse(folder) {
            Ok(element) => element,
            Err(error) => {
                if folders.refused.insert(folder.to_owned()) {
                    problems.push(Problem::new(path, 1, format!("The folder’s name {error}. Rename it.")));
                }
                return;
            }
        };
        let criteria = folders.elements.entry(element.clone()).or_default();
        if name == "element.md" {
            self.elements.extend(header::element(path, &element, text, problems));
            return;
        }
        *criteria += 1;
        match CriterionId::parse(name.strip_suffix(".md").unwrap_or(name)) {
            Ok(id) => {
                if let Some(first) = self.ids.get(&id) {
                    let message =
                        format!("There is a criterion of this id already, in {first}. Give this one another.");
                    problems.push(Problem::new(path, 1, message));
                } else {
                    self.ids.insert(id.clone(), path.to_owned());
                }
                self.criteria
                    .extend(criterion::read(path, (&id, &element), text, problems));
            }
            Err(error) => problems.push(Problem::new(path, 1, format!("The file’s name {error}. Rename it."))),
        }
    }

    fn check_complete(&self, paths: &BTreeSet<&str>, folders: &Folders, problems: &mut Vec<Problem>) {
        let version = format!("{}/version.md", self.version);
        if !paths.contains(version.as_str()) {
            problems.push(Problem::new(
                &version,
                1,
                "The file is missing. Write it: it says what the version is.",
            ));
        }
        if folders.elements.is_empty() {
            problems.push(Problem::new(
                &version,
                1,
                "The version has no elements. Add a folder with element.md.",
            ));
        }
        for (element, criteria) in &folders.elements {
            let path = format!("{}/{element}/element.md", self.version);
            if !paths.contains(path.as_str()) {
                problems.push(Problem::new(
                    &path,
                    1,
                    "The file is missing. Write it: it says what the element is.",
                ));
            }
            if *criteria == 0 {
                problems.push(Problem::new(
                    &path,
                    1,
                    "The element has no criteria. Add one, or remove the folder.",
                ));
            }
        }
    }

    fn check_orders(&self, problems: &mut Vec<Problem>) {
        let elements = self.elements.iter().map(|e| (("", e.order), &e.path, e.order_line));
        let criteria = self
            .criteria
            .iter()
            .map(|c| ((c.criterion.element.as_str(), c.order), &c.path, c.order_line));
        let mut taken: BTreeMap<(&str, u32), &str> = BTreeMap::new();
        for (place, path, line) in elements.chain(criteria) {
            if let Some(first) = taken.insert(place, path) {
                let message = format!("The order {} is taken by {first}. Choose another.", place.1);
                problems.push(Problem::new(path, line, message));
            }
        }
    }

    /// Checks the criteria against what `version.md` says.
    fn check_criteria(&self, problems: &mut Vec<Problem>) {
        let Some(header) = &self.header else { return };
        for draft in &self.criteria {
            let criterion = &draft.criterion;
            for (parameter, line) in criterion.parameters.iter().zip(&draft.parameter_lines) {
                if !header.parameters.iter().any(|p| p.id == *parameter) {
                    let message = format!(
                        "The parameter “{parameter}” is not declared. Add it to version.md, or correct its name."
                    );
                    problems.push(Problem::new(&draft.path, *line, message));
                }
            }
            match (draft.before_line, &header.before) {
                (Some(line), None) => problems.push(Problem::new(
                    &draft.path,
                    line,
                    "The version has none before it. Remove [before], or add `before` to version.md.",
                )),
                (None, Some(before)) => problems.push(Problem::new(
                    &draft.path,
                    1,
                    format!("[before] is missing. Say how the criterion relates to {before}."),
                )),
                _ => {}
            }
        }
    }

    /// Returns the version, if all that it needs could be read.
    pub fn finish(mut self) -> Option<Framework> {
        let header = self.header?;
        self.elements.sort_by_key(|element| element.order);
        self.criteria.sort_by_key(|criterion| criterion.order);
        let mut criteria = Vec::with_capacity(self.criteria.len());
        let mut elements = Vec::with_capacity(self.elements.len());
        for ElementDraft { mut element, .. } in self.elements {
            let start = criteria.len();
            let own = self
                .criteria
                .iter()
                .map(|draft| &draft.criterion)
                .filter(|c| c.element == element.id);
            criteria.extend(own.cloned());
            element.criteria = start..criteria.len();
            elements.push(element);
        }
        Some(Framework {
            version: self.version,
            title: header.title,
            date: header.date,
            before: header.before,
            summary: header.summary,
            parameters: header.parameters,
            elements,
            criteria,
            hash: self.hash,
        })
    }
}

/// The folders of elements met so far.
#[derive(Default)]
struct Folders {
    /// With the number of criterion files in each.
    elements: BTreeMap<ElementId, usize>,
    refused: BTreeSet<String>,
}

/// SHA-256 over path, length and text of each file, in the order of paths, in hexadecimal.
fn hash<'a>(files: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut hash = Sha256::new();
    for (path, text) in files {
        hash.update(format!("{path}\n{}\n", text.len()));
        hash.update(text);
    }
    format!("{:x}", hash.finalize())
}
