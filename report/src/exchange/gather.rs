//! Rows to assessments, with all that can be wrong in them.

use super::{
    At, Identifying, Incoming, Problem,
    cells::{Cells, Column},
    listed,
    practice::{LONGEST_NAME, name_of, one_name, slug_of},
};
use framework::{
    assessment::Entry,
    criteria::Criterion,
    exchange::Exchanged,
    identify::find,
    ids::{CriterionId, CycleId, PracticeSlug, VersionId},
    library::Library,
    name::is_unseen,
    sheet::PracticeInfo,
};
use std::{collections::BTreeMap, fmt};

/// Where a row stands.
#[derive(Clone, Debug)]
pub(super) enum RowOrigin {
    /// In a CSV file.
    At(At),
    /// In a JSON file, by Practice, cycle and criterion.
    Named(String),
}

impl fmt::Display for RowOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RowOrigin::At(at) => at.fmt(f),
            RowOrigin::Named(name) => f.write_str(name),
        }
    }
}

/// Takes rows in and gives assessments.
pub(super) struct Gather<'l> {
    pub(super) library: &'l Library,
    problems: Vec<Problem>,
    practices: BTreeMap<PracticeSlug, Known>,
    groups: BTreeMap<(PracticeSlug, CycleId), Group>,
    identifying: Vec<Identifying>,
}

/// What the rows call a Practice: all the same, or else there is a problem.
#[derive(Default)]
struct Known {
    names: Seen<String>,
    regions: Seen<String>,
}

#[derive(Default)]
struct Group {
    versions: Seen<VersionId>,
    entries: BTreeMap<CriterionId, (RowOrigin, Entry)>,
}

/// Different values where there should be one, and where each came first.
struct Seen<T>(Vec<(T, RowOrigin)>);

impl<T> Default for Seen<T> {
    fn default() -> Self {
        Seen(Vec::new())
    }
}

impl<T: PartialEq> Seen<T> {
    /// Notes a value; the first one when this is another, seen for the first time.
    fn note(&mut self, value: T, place: &RowOrigin) -> Option<&(T, RowOrigin)> {
        if self.0.iter().any(|(seen, _)| *seen == value) {
            return None;
        }
        self.0.push((value, place.clone()));
        self.0.first().filter(|_| self.0.len() > 1)
    }
}

impl<'l> Gather<'l> {
    pub(super) fn new(library: &'l Library) -> Gather<'l> {
        Gather {
            library,
            problems: Vec::new(),
            practices: BTreeMap::new(),
            groups: BTreeMap::new(),
            identifying: Vec::new(),
        }
    }

    /// Takes in a row; `decimal` is the sign before decimals.
    pub(super) fn row(&mut self, place: RowOrigin, cells: &Cells, decimal: char) {
        let practice = self.practice(&place, cells);
        let cycle = self.cycle(&place, cells);
        let framework = self.version(&place, cells);
        let criterion = framework.and_then(|framework| self.criterion(&place, cells, framework));
        let entry = self.entry(&place, cells, criterion, decimal);
        if let (Some(practice), Some(cycle), Some(framework), Some(criterion)) = (practice, cycle, framework, criterion)
        {
            self.look_through(&place, cells, (&practice, &cycle), criterion);
            self.put(place, (practice, cycle), &framework.version, criterion, entry);
        }
    }

    /// Notes words that seem to identify somebody.
    fn look_through(
        &mut self,
        place: &RowOrigin,
        cells: &Cells,
        (practice, cycle): (&PracticeSlug, &CycleId),
        criterion: &Criterion,
    ) {
        for column in Column::TEXTS {
            let text = cells.get(column);
            let findings = find(text);
            if !findings.is_empty() {
                self.identifying.push(Identifying {
                    place: place.to_string(),
                    column: column.name(),
                    practice: practice.clone(),
                    cycle: cycle.clone(),
                    criterion: criterion.id.clone(),
                    text: text.to_owned(),
                    findings,
                });
            }
        }
    }

    /// Notes what cannot be taken.
    pub(super) fn refuse(&mut self, problems: Vec<Problem>) {
        self.problems.extend(problems);
    }

    /// Returns the assessments, by Practice and cycle, and what was found in their texts.
    pub(super) fn finish(self) -> Result<Incoming, Vec<Problem>> {
        if self.problems.is_empty() && self.groups.is_empty() {
            return Err(vec![Problem::whole(
                "The file holds no assessment. Add a row for each criterion.",
            )]);
        }
        if !self.problems.is_empty() {
            return Err(listed(self.problems));
        }
        let practices = self.practices;
        let info = |slug: PracticeSlug| {
            let first = |seen: &Seen<String>| seen.0.first().map(|(text, _)| text.clone());
            let known = practices.get(&slug);
            PracticeInfo {
                name: known.and_then(|k| first(&k.names)).unwrap_or_else(|| name_of(&slug)),
                region: known.and_then(|k| first(&k.regions)).unwrap_or_default(),
                slug,
            }
        };
        let groups = self.groups.into_iter().filter_map(|((slug, cycle), group)| {
            Some(Exchanged {
                practice: info(slug),
                cycle,
                version: group.versions.0.into_iter().next()?.0,
                entries: group.entries.into_iter().map(|(id, (_, entry))| (id, entry)).collect(),
            })
        });
        Ok(Incoming {
            assessments: groups.collect(),
            identifying: self.identifying,
        })
    }

    pub(super) fn report(&mut self, place: &RowOrigin, column: Column, message: impl Into<String>) {
        let (at, message) = match place {
            RowOrigin::At(at) => (Some(*at), message.into()),
            RowOrigin::Named(name) => (None, format!("{name}: {}", message.into())),
        };
        let column = Some(column.name());
        self.problems.push(Problem { at, column, message });
    }

    fn practice(&mut self, place: &RowOrigin, cells: &Cells) -> Option<PracticeSlug> {
        let (text, short) = (one_name(cells.get(Column::Practice)), cells.get(Column::Slug));
        let region = one_name(cells.get(Column::Region));
        let (text, region) = (text.as_str(), region.as_str());
        for (column, text) in [(Column::Practice, text), (Column::Region, region)] {
            if text.chars().count() > LONGEST_NAME || text.contains(|c: char| c.is_control() || is_unseen(c)) {
                let message = format!("Write this on one line, in at most {LONGEST_NAME} characters.");
                self.report(place, column, message);
                return None;
            }
        }
        if text.is_empty() {
            self.report(place, Column::Practice, "The Practice is missing. Write its name.");
            return None;
        }
        let slug = if short.is_empty() {
            let slug = PracticeSlug::parse(text).ok().or_else(|| slug_of(text));
            if slug.is_none() {
                let message = format!("No short name can be made of “{text}”. Write one into a column “slug”.");
                self.report(place, Column::Practice, message);
            }
            slug?
        } else {
            let slug =
                PracticeSlug::parse(short).map_err(|error| self.report(place, Column::Slug, format!("{error}.")));
            slug.ok()?
        };
        // a short name alone does not say what the Practice is called
        let named = (!short.is_empty() || text != slug.as_str()).then(|| text.to_owned());
        let region = (!region.is_empty()).then(|| region.to_owned());
        self.known(place, &slug, named, region);
        Some(slug)
    }

    fn known(&mut self, place: &RowOrigin, slug: &PracticeSlug, name: Option<String>, region: Option<String>) {
        let known = self.practices.entry(slug.clone()).or_default();
        let clash = name.and_then(|name| {
            let (first, at) = known.names.note(name.clone(), place)?;
            Some(format!(
                "“{name}” and “{first}” ({at}) are both “{slug}” in short. Write one name for one Practice, \
                 or give two Practices different short names in a column “slug”."
            ))
        });
        let moved = region.and_then(|region| {
            let (first, at) = known.regions.note(region.clone(), place)?;
            Some(format!(
                "“{slug}” is in “{region}” here and in “{first}” at {at}. Write one region."
            ))
        });
        clash
            .into_iter()
            .for_each(|message| self.report(place, Column::Practice, message));
        moved
            .into_iter()
            .for_each(|message| self.report(place, Column::Region, message));
    }

    fn put(
        &mut self,
        place: RowOrigin,
        key: (PracticeSlug, CycleId),
        version: &VersionId,
        criterion: &Criterion,
        entry: Entry,
    ) {
        let (slug, cycle) = key.clone();
        let group = self.groups.entry(key).or_default();
        let two = group.versions.note(version.clone(), &place).map(|(first, at)| {
            format!("“{slug}” in {cycle} is under version {first} at {at}. One assessment has one version: correct one of the two.")
        });
        let twice = group.entries.get(&criterion.id).map(|(at, _)| {
            format!(
                "“{slug}” in {cycle} already has “{}” at {at}. Remove one of the two.",
                criterion.id
            )
        });
        if twice.is_none() {
            group.entries.insert(criterion.id.clone(), (place.clone(), entry));
        }
        two.into_iter()
            .for_each(|message| self.report(&place, Column::Version, message));
        twice
            .into_iter()
            .for_each(|message| self.report(&place, Column::Criterion, message));
    }
}
