//! Rows to assessments, with all that can be wrong in them.

use super::{
    MOST_PROBLEMS, Problem,
    cells::{Cells, Column},
    practice::{LONGEST_NAME, name_of, slug_of},
};
use framework::{
    assessment::{AdaptationClass, Agreement, Answer, AnswerForm, Entry, Response, Review},
    criteria::{Criterion, Framework},
    exchange::Exchanged,
    ids::{CriterionId, CycleId, PracticeSlug, VersionId},
    library::Library,
    prose::Prose,
    rating::Rating,
    sheet::PracticeInfo,
};
use std::{collections::BTreeMap, fmt};

/// Where a row stands.
#[derive(Clone, Debug)]
pub(super) enum Place {
    /// On a line of a CSV file.
    Line(usize),
    /// In a JSON file, by Practice, cycle and criterion.
    Named(String),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Line(line) => write!(f, "line {line}"),
            Place::Named(name) => f.write_str(name),
        }
    }
}

/// Takes rows in and gives assessments.
pub(super) struct Gather<'l> {
    library: &'l Library,
    problems: Vec<Problem>,
    practices: BTreeMap<PracticeSlug, Known>,
    groups: BTreeMap<(PracticeSlug, CycleId), Group>,
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
    entries: BTreeMap<CriterionId, (Place, Entry)>,
}

/// Different values where there should be one, and where each came first.
struct Seen<T>(Vec<(T, Place)>);

impl<T> Default for Seen<T> {
    fn default() -> Self {
        Seen(Vec::new())
    }
}

impl<T: PartialEq> Seen<T> {
    /// Notes a value; the first one when this is another, seen for the first time.
    fn note(&mut self, value: T, place: &Place) -> Option<&(T, Place)> {
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
        }
    }

    /// Takes in a row; `decimal` is the sign before decimals.
    pub(super) fn row(&mut self, place: Place, cells: &Cells, decimal: char) {
        let practice = self.practice(&place, cells);
        let cycle = self.cycle(&place, cells);
        let framework = self.version(&place, cells);
        let criterion = framework.and_then(|framework| self.criterion(&place, cells, framework));
        let entry = self.entry(&place, cells, criterion, decimal);
        if let (Some(practice), Some(cycle), Some(framework), Some(criterion)) = (practice, cycle, framework, criterion)
        {
            self.put(place, (practice, cycle), &framework.version, criterion, entry);
        }
    }

    /// A row with more or fewer cells than columns.
    pub(super) fn wrong_length(&mut self, line: usize, cells: usize, columns: usize) {
        let message = format!(
            "This row has {cells} cells, but there are {columns} columns. Look for text with a comma or a line break \
             that is not in quotation marks, or for a quotation mark that is not closed."
        );
        self.problems.push(Problem {
            line: Some(line),
            column: None,
            message,
        });
    }

    /// The assessments, by Practice and cycle.
    pub(super) fn finish(mut self) -> Result<Vec<Exchanged>, Vec<Problem>> {
        if self.problems.is_empty() && self.groups.is_empty() {
            return Err(vec![Problem::whole(
                "The file holds no assessment. Add a row for each criterion.",
            )]);
        }
        if !self.problems.is_empty() {
            self.problems.sort();
            let more = self.problems.len().saturating_sub(MOST_PROBLEMS);
            self.problems.truncate(MOST_PROBLEMS);
            if more > 0 {
                self.problems
                    .push(Problem::whole(format!("And {more} more. Correct these first.")));
            }
            return Err(self.problems);
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
        Ok(groups.collect())
    }

    fn say(&mut self, place: &Place, column: Column, message: impl Into<String>) {
        let (line, message) = match place {
            Place::Line(line) => (Some(*line), message.into()),
            Place::Named(name) => (None, format!("{name}: {}", message.into())),
        };
        let column = Some(column.name());
        self.problems.push(Problem { line, column, message });
    }

    fn practice(&mut self, place: &Place, cells: &Cells) -> Option<PracticeSlug> {
        let (text, short) = (cells.get(Column::Practice), cells.get(Column::Slug));
        let region = cells.get(Column::Region);
        for (column, text) in [(Column::Practice, text), (Column::Region, region)] {
            if text.chars().count() > LONGEST_NAME || text.contains(char::is_control) {
                let message = format!("Write this on one line, in at most {LONGEST_NAME} characters.");
                self.say(place, column, message);
                return None;
            }
        }
        if text.is_empty() {
            self.say(place, Column::Practice, "The Practice is missing. Write its name.");
            return None;
        }
        let slug = if short.is_empty() {
            let slug = PracticeSlug::parse(text).ok().or_else(|| slug_of(text));
            if slug.is_none() {
                let message = format!("No short name can be made of “{text}”. Write one into a column “slug”.");
                self.say(place, Column::Practice, message);
            }
            slug?
        } else {
            let slug = PracticeSlug::parse(short).map_err(|error| self.say(place, Column::Slug, format!("{error}.")));
            slug.ok()?
        };
        // a short name alone does not say what the Practice is called
        let named = (!short.is_empty() || text != slug.as_str()).then(|| text.to_owned());
        let region = (!region.is_empty()).then(|| region.to_owned());
        self.known(place, &slug, named, region);
        Some(slug)
    }

    fn known(&mut self, place: &Place, slug: &PracticeSlug, name: Option<String>, region: Option<String>) {
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
            .for_each(|message| self.say(place, Column::Practice, message));
        moved
            .into_iter()
            .for_each(|message| self.say(place, Column::Region, message));
    }

    fn cycle(&mut self, place: &Place, cells: &Cells) -> Option<CycleId> {
        let cycle = CycleId::parse(cells.get(Column::Cycle));
        cycle
            .map_err(|error| self.say(place, Column::Cycle, format!("{error}.")))
            .ok()
    }

    fn version(&mut self, place: &Place, cells: &Cells) -> Option<&'l Framework> {
        // a decimal comma, where a spreadsheet took the version for a number
        let text = cells.get(Column::Version).replace(',', ".");
        let library = self.library;
        let framework = VersionId::parse(&text).ok().and_then(|id| library.version(&id));
        if framework.is_none() {
            let known: Vec<&str> = library.versions().map(|f| f.version.as_str()).collect();
            let message = format!("There is no version “{text}”. The versions are: {}.", known.join(", "));
            self.say(place, Column::Version, message);
        }
        framework.map(AsRef::as_ref)
    }

    fn criterion(&mut self, place: &Place, cells: &Cells, framework: &'l Framework) -> Option<&'l Criterion> {
        let text = cells.get(Column::Criterion);
        let found = framework
            .criteria
            .iter()
            .find(|criterion| criterion.id.as_str() == text);
        if found.is_none() {
            let hint = self.hint(text, framework);
            let message = match text {
                "" => "The criterion is missing. Write its id.".to_owned(),
                _ => format!("Version {} has no criterion “{text}”.{hint}", framework.version),
            };
            self.say(place, Column::Criterion, message);
        }
        found
    }

    /// Where else the criterion is, or which one may be meant.
    fn hint(&self, text: &str, framework: &Framework) -> String {
        let has = |f: &Framework| f.criteria.iter().any(|c| c.id.as_str() == text);
        if let Some(other) = self.library.versions().find(|f| has(f)) {
            return format!(" It is in version {}.", other.version);
        }
        let near = framework
            .criteria
            .iter()
            .map(|c| (distance(text, c.id.as_str()), c))
            .min_by_key(|(d, _)| *d);
        match near {
            Some((d, criterion)) if d <= 2.max(text.chars().count() / 4) => format!(" Do you mean “{}”?", criterion.id),
            _ => " Copy the id from the framework's page.".to_owned(),
        }
    }

    /// What was said, as far as it can be read. Without a criterion only what does not depend on it is checked.
    fn entry(&mut self, place: &Place, cells: &Cells, criterion: Option<&Criterion>, decimal: char) -> Entry {
        let mut answer = self.response(place, cells, criterion, decimal);
        let reason = self.prose(place, cells, Column::Reason);
        if let Some(Response::NotApplicable(why)) = &mut answer.response {
            *why = reason;
        }
        answer.evidence = self.prose(place, cells, Column::Evidence);
        answer.comment = self.prose(place, cells, Column::Comment);
        answer.adaptation = self.prose(place, cells, Column::Adaptation);
        let review = Review {
            rating: self.rating(place, cells, Column::ReviewRating),
            comment: self.prose(place, cells, Column::ReviewComment),
            question: self.prose(place, cells, Column::Question),
        };
        let agreement = Agreement {
            rating: self.rating(place, cells, Column::AgreedRating),
            comment: self.prose(place, cells, Column::AgreementComment),
            class: self.class(place, cells),
        };
        Entry {
            answer,
            review,
            agreement,
        }
    }

    /// The rating or *not applicable*, and the measure, as the form takes them.
    fn response(&mut self, place: &Place, cells: &Cells, criterion: Option<&Criterion>, decimal: char) -> Answer {
        let set_aside = is_na(cells.get(Column::SelfRating));
        let rating = if set_aside {
            None
        } else {
            self.rating(place, cells, Column::SelfRating)
        };
        let has_reason = !cells.get(Column::Reason).is_empty();
        if has_reason && !set_aside && !cells.get(Column::SelfRating).is_empty() {
            let message = "There is a rating and a reason why the criterion does not apply. Remove one of the two.";
            self.say(place, Column::Reason, message);
            return Answer::default();
        }
        let measure = number(cells.get(Column::Measure), decimal);
        if measure.is_none() {
            let message = format!(
                "“{}” has a comma. Write decimals with a point, as in 7.5.",
                cells.get(Column::Measure)
            );
            self.say(place, Column::Measure, message);
        }
        let form = AnswerForm {
            rating: match rating {
                Some(rating) => rating.to_string(),
                None if set_aside || has_reason => "na".to_owned(),
                None => String::new(),
            },
            measure: measure.unwrap_or_default(),
            ..AnswerForm::default()
        };
        let Some(criterion) = criterion else {
            return Answer::default();
        };
        Answer::read(criterion, &form).unwrap_or_else(|errors| {
            for error in errors {
                let column = if error.field == "measure" {
                    Column::Measure
                } else {
                    Column::SelfRating
                };
                self.say(place, column, error.message);
            }
            Answer::default()
        })
    }

    fn rating(&mut self, place: &Place, cells: &Cells, column: Column) -> Option<Rating> {
        let text = cells.get(column);
        let rating = text.parse().ok();
        if rating.is_none() && !text.is_empty() {
            self.say(
                place,
                column,
                format!("“{text}” is not a rating. Write 1, 2, 3, 4 or 5, or nothing."),
            );
        }
        rating
    }

    fn prose(&mut self, place: &Place, cells: &Cells, column: Column) -> Option<Prose> {
        Prose::read(cells.get(column)).unwrap_or_else(|message| {
            self.say(place, column, message);
            None
        })
    }

    fn class(&mut self, place: &Place, cells: &Cells) -> Option<AdaptationClass> {
        let text = cells.get(Column::Class);
        let class = AdaptationClass::from_code(text);
        let said = [
            Column::SelfRating,
            Column::ReviewRating,
            Column::AgreedRating,
            Column::Reason,
        ];
        if class.is_none() && !text.is_empty() {
            let known = AdaptationClass::ALL.map(AdaptationClass::code).join(", ");
            self.say(
                place,
                Column::Class,
                format!("“{text}” is not a class. The classes are: {known}."),
            );
        } else if class.is_some() && said.iter().all(|column| cells.get(*column).is_empty()) {
            let message =
                "A class says what a rating is put down to, and there is no rating. Add one, or remove the class.";
            self.say(place, Column::Class, message);
        }
        class
    }

    fn put(
        &mut self,
        place: Place,
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
            .for_each(|message| self.say(&place, Column::Version, message));
        twice
            .into_iter()
            .for_each(|message| self.say(&place, Column::Criterion, message));
    }
}

fn is_na(text: &str) -> bool {
    ["na", "n/a"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// A number as the form takes it: with a decimal point and without commas between thousands. `None` for any other comma,
/// since `7,5` is not 75.
fn number(text: &str, decimal: char) -> Option<String> {
    if decimal == ',' {
        return Some(text.replace(',', "."));
    }
    let mut parts = text.split('.').next().unwrap_or_default().split(',');
    let first = parts.next().unwrap_or_default();
    let comma_after_the_point = text.split('.').skip(1).any(|part| part.contains(','));
    let thousands = first.len() <= 3 && parts.all(|part| part.len() == 3) && !comma_after_the_point;
    (thousands || !text.contains(',')).then(|| text.replace(',', ""))
}

/// Fewest letters to put in, take out or change (Levenshtein 1966).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let change = before + usize::from(from != *to);
            before = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(before + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}
