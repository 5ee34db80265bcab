//! The cells of one row, checked one by one.

use super::{
    cells::{Cells, Column, ReviewColumns},
    gather::{Gather, RowOrigin},
};
use framework::{
    assessment::{AdaptationClass, Agreement, Answer, AnswerForm, Entry, Reading, Response, Review, without_thousands},
    criteria::{Criterion, Framework},
    ids::{CycleId, VersionId},
    prose::Prose,
    rating::Rating,
};

impl<'l> Gather<'l> {
    pub(super) fn cycle(&mut self, place: &RowOrigin, cells: &Cells) -> Option<CycleId> {
        let cycle = CycleId::parse(cells.get(Column::Cycle));
        cycle
            .map_err(|error| self.report(place, Column::Cycle, format!("{error}.")))
            .ok()
    }

    pub(super) fn version(&mut self, place: &RowOrigin, cells: &Cells) -> Option<&'l Framework> {
        // a decimal comma, where a spreadsheet took the version for a number
        let text = cells.get(Column::Version).replace(',', ".");
        let library = self.library;
        let framework = VersionId::parse(&text).ok().and_then(|id| library.version(&id));
        if framework.is_none() {
            let known: Vec<&str> = library.versions().map(|f| f.version.as_str()).collect();
            let message = format!("There is no version “{text}”. The versions are: {}.", known.join(", "));
            self.report(place, Column::Version, message);
        }
        framework.map(AsRef::as_ref)
    }

    pub(super) fn criterion(
        &mut self,
        place: &RowOrigin,
        cells: &Cells,
        framework: &'l Framework,
    ) -> Option<&'l Criterion> {
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
            self.report(place, Column::Criterion, message);
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

    /// Returns what was said, as far as it can be read. Without a criterion only what does not depend on it is checked.
    pub(super) fn entry(
        &mut self,
        place: &RowOrigin,
        cells: &Cells,
        criterion: Option<&Criterion>,
        decimal: char,
    ) -> Entry {
        let mut answer = self.response(place, cells, criterion, decimal);
        let reason = self.prose(place, cells, Column::Reason);
        if let Some(Response::NotApplicable(why)) = &mut answer.response {
            *why = reason;
        }
        answer.evidence = self.prose(place, cells, Column::Evidence);
        answer.comment = self.prose(place, cells, Column::Comment);
        answer.adaptation = self.prose(place, cells, Column::Adaptation);
        let review = self.review(place, cells, ReviewColumns::REVIEW);
        let readings = ReviewColumns::READINGS.map(|columns| Reading(self.review(place, cells, columns)));
        let two = readings.iter().any(|reading| *reading != Reading::default());
        let agreement = Agreement {
            rating: self.rating(place, cells, Column::AgreedRating),
            comment: self.prose(place, cells, Column::AgreementComment),
            class: self.class(place, cells),
            adaptation: None,
        };
        Entry {
            answer,
            review,
            readings: if two { readings.to_vec() } else { vec![] },
            agreement,
        }
    }

    fn review(&mut self, place: &RowOrigin, cells: &Cells, columns: ReviewColumns) -> Review {
        let ReviewColumns(rating, comment, question) = columns;
        Review {
            rating: self.rating(place, cells, rating),
            comment: self.prose(place, cells, comment),
            question: self.prose(place, cells, question),
        }
    }

    /// Returns the rating or *not applicable*, and the measure, as the form takes them.
    fn response(&mut self, place: &RowOrigin, cells: &Cells, criterion: Option<&Criterion>, decimal: char) -> Answer {
        let set_aside = is_na(cells.get(Column::SelfRating));
        let rating = if set_aside {
            None
        } else {
            self.rating(place, cells, Column::SelfRating)
        };
        let has_reason = !cells.get(Column::Reason).is_empty();
        if has_reason && !set_aside && !cells.get(Column::SelfRating).is_empty() {
            let message = "There is a rating and a reason why the criterion does not apply. Remove one of the two.";
            self.report(place, Column::Reason, message);
            return Answer::default();
        }
        let measure = number(cells.get(Column::Measure), decimal);
        if measure.is_none() {
            let message = format!(
                "“{}” has a comma. Write decimals with a point, as in 7.5.",
                cells.get(Column::Measure)
            );
            self.report(place, Column::Measure, message);
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
                self.report(place, column, error.message);
            }
            Answer::default()
        })
    }

    fn rating(&mut self, place: &RowOrigin, cells: &Cells, column: Column) -> Option<Rating> {
        let text = cells.get(column);
        let rating = whole(text).parse().ok();
        if rating.is_none() && !text.is_empty() {
            self.report(
                place,
                column,
                format!("“{text}” is not a rating. Write 1, 2, 3, 4 or 5, or nothing."),
            );
        }
        rating
    }

    fn prose(&mut self, place: &RowOrigin, cells: &Cells, column: Column) -> Option<Prose> {
        Prose::read(cells.get(column)).unwrap_or_else(|message| {
            self.report(place, column, message);
            None
        })
    }

    fn class(&mut self, place: &RowOrigin, cells: &Cells) -> Option<AdaptationClass> {
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
            self.report(
                place,
                Column::Class,
                format!("“{text}” is not a class. The classes are: {known}."),
            );
        } else if class.is_some() && said.iter().all(|column| cells.get(*column).is_empty()) {
            let message =
                "A class says what a rating is put down to, and there is no rating. Add one, or remove the class.";
            self.report(place, Column::Class, message);
        }
        class
    }
}

/// `4.0` and `4,0` as programs write the whole number 4; anything else stays as it is.
fn whole(text: &str) -> &str {
    match text.split_once(['.', ',']) {
        Some((whole, rest)) if !rest.is_empty() && rest.bytes().all(|byte| byte == b'0') => whole,
        _ => text,
    }
}

fn is_na(text: &str) -> bool {
    ["na", "n/a"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Returns a number as the form takes it: with a decimal point and without commas between thousands.
fn number(text: &str, decimal: char) -> Option<String> {
    match decimal {
        ',' => Some(text.replace(',', ".")),
        _ => without_thousands(text),
    }
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
