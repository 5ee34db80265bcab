//! Forms with one part a criterion, saved whole or part by part, by several people at once: an answer, a review,
//! an agreement. Each part carries the revision it was made from; a stale one comes back with both texts.

mod kinds;
mod respond;

pub use respond::{json, refused_status};

use crate::{
    ui::{
        form::Error,
        identify::{Check, looked_at},
    },
    web::{Fields, fields::field_name, secret},
};
use framework::{assessment::FieldError, criteria::Criterion, identify::Kinds, ids::CriterionId};
use std::marker::PhantomData;
use store::{Change, Outcome, Saving};

/// What can be edited in parts.
pub trait Editable: Sized {
    /// Names of its fields and their labels for people.
    const FIELDS: &'static [(&'static str, &'static str)];

    /// The fields' texts, in the order of [`Editable::FIELDS`].
    fn texts(&self) -> Vec<String>;

    /// Reads the texts of one criterion's fields.
    ///
    /// # Errors
    /// Every field that cannot be taken.
    fn read(criterion: &Criterion, text: impl Fn(&str) -> String) -> Result<Self, Vec<FieldError>>;
}

/// One criterion's part of a form.
#[derive(Clone, Debug)]
pub struct Part<T> {
    criterion: CriterionId,
    texts: Vec<String>,
    revision: i32,
    base: String,
    /// The revision that the form was made from; `None` where this part was not in it.
    sent: Option<i32>,
    touched: bool,
    errors: Vec<Error>,
    conflict: Option<Conflict>,
    /// Words that seem to identify somebody, in texts that are not stored yet.
    check: Check,
    saved: bool,
    kind: PhantomData<T>,
}

/// What a colleague saved while the form was open.
#[derive(Clone, Debug)]
pub struct Conflict {
    /// The fields in which the texts differ: name, label, theirs, mine.
    pub fields: Vec<(String, &'static str, String, String)>,
    /// Who saved.
    pub by: String,
}

impl<T: Editable> Part<T> {
    /// The part as the database has it.
    pub fn stored(criterion: &CriterionId, value: &T, revision: i32) -> Part<T> {
        let texts = value.texts();
        let base = fingerprints(revision, &texts);
        Part {
            criterion: criterion.clone(),
            texts,
            revision,
            base,
            sent: None,
            touched: false,
            errors: vec![],
            conflict: None,
            check: Check::default(),
            saved: false,
            kind: PhantomData,
        }
    }

    /// The part as it was posted; as the database has it where it was not, or where nothing in it was edited.
    pub fn posted(criterion: &CriterionId, value: &T, revision: i32, fields: &Fields) -> Part<T> {
        let stored = Part::stored(criterion, value, revision);
        if !fields.has(criterion) {
            return stored;
        }
        let revision = fields.revision(criterion);
        let base = fields.of(criterion, "base").to_owned();
        let edited = |((field, _), shown): (&(&str, &str), Option<&str>)| {
            let text = fields.sent(&field_name(criterion, field));
            text.is_some_and(|text| shown != Some(fingerprint(revision, text).as_str()))
        };
        let shown = base.split('.').map(Some).chain(std::iter::repeat(None));
        if !T::FIELDS.iter().zip(shown).any(edited) {
            return Part {
                sent: Some(revision),
                ..stored
            };
        }
        // a radio button that was never chosen is not sent, nor is a field that the page left out: as stored
        let text = |(i, (field, _)): (usize, &(&str, &str))| match fields.sent(&field_name(criterion, field)) {
            Some(text) => text.to_owned(),
            None => stored.texts.get(i).cloned().unwrap_or_default(),
        };
        let texts: Vec<String> = T::FIELDS.iter().enumerate().map(text).collect();
        Part {
            check: check::<T>(criterion, &texts, &stored.texts, fields),
            texts,
            base,
            sent: Some(revision),
            touched: true,
            revision,
            ..stored
        }
    }

    /// A field's text.
    pub fn text(&self, field: &str) -> String {
        let place = T::FIELDS.iter().position(|(name, _)| *name == field);
        place.and_then(|i| self.texts.get(i)).cloned().unwrap_or_default()
    }

    /// A field's name in the form, and its id.
    pub fn name(&self, field: &str) -> String {
        field_name(&self.criterion, field)
    }

    /// What is wrong with a field.
    pub fn error(&self, field: &str) -> Option<String> {
        crate::ui::form::error_of(&self.errors, &self.name(field))
    }

    /// The revision of what the sender sees; `None` where this part was not sent. Who sent nothing new has not seen what a
    /// colleague saved meanwhile.
    fn seen(&self) -> Option<i32> {
        self.sent.map(|sent| if self.touched { self.revision } else { sent })
    }

    /// All that is wrong.
    pub fn errors(&self) -> &[Error] {
        &self.errors
    }

    /// What a colleague saved in the meantime.
    pub fn conflict(&self) -> Option<&Conflict> {
        self.conflict.as_ref()
    }

    /// Words that seem to identify somebody and were not kept yet: a part with such words is not saved.
    pub fn check(&self) -> &Check {
        &self.check
    }

    /// Hidden fields: the revision, fingerprints of the texts as they were shown, and what of them was kept although it
    /// seems to identify somebody.
    pub fn hidden(&self) -> [(String, String); 3] {
        [
            (self.name("revision"), self.revision.to_string()),
            (self.name("base"), self.base.clone()),
            (self.name("confirmed"), self.check.hidden().1),
        ]
    }

    /// The change to save; `None` where fields were refused or hold words to ask about, which the part then says, or where
    /// nobody changed anything since the form was shown: so it cannot overwrite what a colleague wrote there.
    fn change(&mut self, criterion: &Criterion) -> Option<Change<T>> {
        if !self.touched || !self.errors.is_empty() {
            return None;
        }
        self.errors = self.check.errors();
        match T::read(criterion, |field| self.text(field)) {
            Ok(_) if self.check.is_open() => None,
            Ok(value) => Some(Change {
                criterion: self.criterion.clone(),
                revision: self.revision,
                value,
            }),
            Err(errors) => {
                let errors = errors.into_iter().map(|e| Error::at(self.name(e.field), e.message));
                let errors: Vec<Error> = errors.collect();
                self.errors.extend(errors);
                None
            }
        }
    }

    /// Refuses what was posted where a rule refuses it, at a field.
    pub fn require(&mut self, criterion: &Criterion, rule: impl FnOnce(T) -> Result<(), FieldError>) {
        if !self.touched {
            return;
        }
        if let Ok(value) = T::read(criterion, |field| self.text(field))
            && let Err(error) = rule(value)
        {
            self.errors.push(Error::at(self.name(error.field), error.message));
        }
    }

    /// Takes in what came of saving.
    fn settle(&mut self, outcomes: &[Outcome<T>]) {
        let Some(outcome) = outcomes.iter().find(|o| o.criterion == self.criterion) else {
            return;
        };
        self.revision = outcome.revision;
        self.saved = matches!(outcome.result, Saving::Saved);
        match &outcome.result {
            Saving::Saved | Saving::Unchanged => self.base = fingerprints(self.revision, &self.texts),
            Saving::Conflict { theirs, by, .. } => {
                self.conflict = Some(Conflict {
                    fields: self.differing(theirs),
                    by: by.clone(),
                });
                // a long page says at its top where the two texts are
                let sentence = format!(
                    "{by} saved one of these answers while you were writing. Compare both texts, then save again."
                );
                self.errors.push(Error::at(self.name("conflict"), sentence));
                // whatever is sent next counts as touched: the person has seen both texts
                self.base.clear();
            }
        }
    }

    fn differing(&self, theirs: &T) -> Vec<(String, &'static str, String, String)> {
        let both = theirs.texts().into_iter().zip(&self.texts);
        T::FIELDS
            .iter()
            .zip(both)
            .filter(|(_, (theirs, mine))| theirs != *mine)
            .map(|((field, label), (theirs, mine))| (self.name(field), *label, theirs, mine.clone()))
            .collect()
    }
}

/// Looks for words that seem to identify somebody in a part's texts.
fn check<T: Editable>(criterion: &CriterionId, texts: &[String], stored: &[String], fields: &Fields) -> Check {
    let names: Vec<String> = T::FIELDS
        .iter()
        .map(|(field, _)| field_name(criterion, field))
        .collect();
    let texts = names.iter().zip(T::FIELDS).zip(texts);
    let texts = texts.map(|((name, (_, label)), text)| (name.as_str(), *label, looked_at(text)));
    let stored: Vec<&str> = stored.iter().map(String::as_str).collect();
    Check::new(&field_name(criterion, ""), fields, texts, &stored)
}

/// What was kept in the parts that are now saved, for the history.
pub fn kept<T: Editable>(parts: &[Part<T>]) -> Vec<(Option<CriterionId>, Kinds)> {
    let saved = parts.iter().filter(|part| part.saved);
    saved
        .map(|part| (Some(part.criterion.clone()), part.check.kept().clone()))
        .collect()
}

fn fingerprints(revision: i32, texts: &[String]) -> String {
    let all: Vec<String> = texts.iter().map(|text| fingerprint(revision, text)).collect();
    all.join(".")
}

/// Saves what was touched and puts what came of it into each part; `criteria` and `parts` go together. Gives what is now
/// in the database, by its place among them: what was saved, or what a colleague saved first.
///
/// # Errors
/// As `save`, the store's call.
pub async fn save<T: Editable + Clone, S: Future<Output = store::Result<Vec<Outcome<T>>>>>(
    criteria: &[Criterion],
    parts: &mut [Part<T>],
    save: impl FnOnce(Vec<Change<T>>) -> S,
) -> store::Result<Vec<(usize, T)>> {
    let changed = criteria.iter().zip(parts.iter_mut()).enumerate();
    let (places, changes): (Vec<usize>, Vec<Change<T>>) = changed
        .filter_map(|(place, (criterion, part))| Some((place, part.change(criterion)?)))
        .unzip();
    let values: Vec<T> = changes.iter().map(|change| change.value.clone()).collect();
    let outcomes = save(changes).await?;
    parts.iter_mut().for_each(|part| part.settle(&outcomes));
    let stored = values
        .into_iter()
        .zip(outcomes)
        .map(|(mine, outcome)| match outcome.result {
            Saving::Saved | Saving::Unchanged => mine,
            Saving::Conflict { theirs, .. } => theirs,
        });
    Ok(places.into_iter().zip(stored).collect())
}

/// Holds for one revision only: a page that learned of a newer revision but not of its texts sends every text as edited.
fn fingerprint(revision: i32, text: &str) -> String {
    let plain = text.replace("\r\n", "\n");
    secret::hash(&format!("{revision} {}", plain.trim()))[..8].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use framework::{assessment::Review, rating::Rating};

    #[test]
    fn a_part_sent_back_as_it_was_is_untouched_whatever_the_line_ends() {
        let id = CriterionId::parse("a").unwrap();
        let stored = Part::stored(&id, &Review::default(), 3);
        let base = stored.base.clone();
        let posted_to = |now: &Review, revision: &str, pairs: &[(&str, &str)]| {
            let text: Vec<String> = [("a.revision", revision), ("a.base", base.as_str())]
                .iter()
                .chain(pairs)
                .map(|(k, v)| format!("{k}={v}"))
                .collect();
            Part::<Review>::posted(&id, now, 3, &Fields::parse(&text.join("&"))).touched
        };
        let posted = |pairs: &[(&str, &str)]| posted_to(&Review::default(), "3", pairs);
        assert!(!stored.touched);
        assert!(!posted(&[]));
        assert!(!posted(&[("a.comment", "%0D%0A")]));
        assert!(posted(&[("a.comment", "x")]));
        assert!(posted(&[("a.rating", "5")]));
        // a colleague rated meanwhile, and the browser sends no radio that is not chosen
        let rated = Review {
            rating: Rating::new(1),
            ..Review::default()
        };
        assert!(!posted_to(&rated, "3", &[("a.comment", ""), ("a.question", "")]));
        // saved as it was typed, then taken back: the text is as first shown, the revision is not
        assert!(posted_to(&Review::default(), "4", &[("a.comment", "")]));
    }

    fn posted(stored: &Review, pairs: &str) -> Part<Review> {
        let id = CriterionId::parse("a").unwrap();
        Part::posted(&id, stored, 1, &Fields::parse(&format!("a.revision=1&a.base=&{pairs}")))
    }

    #[test]
    fn a_part_with_words_to_ask_about_makes_no_change_until_they_are_kept() {
        let library = framework::library::Library::embedded();
        let criterion = &library.latest().unwrap().criteria[0];
        let mut asked = posted(&Review::default(), "a.comment=Ms+Smith+came");
        assert!(asked.change(criterion).is_none());
        assert_eq!(asked.errors()[0].field, "a.check");
        assert_eq!(asked.check().open()[0].words().collect::<Vec<_>>(), ["Ms Smith"]);
        let marks = framework::identify::find("Ms Smith")[0].mark("Ms Smith");
        let mut kept = posted(&Review::default(), &format!("a.comment=Ms+Smith+came&a.keep={marks}"));
        assert!(kept.change(criterion).is_some() && kept.errors().is_empty());
        assert_eq!(kept.hidden()[2], ("a.confirmed".to_owned(), marks));
        // what is stored is moved to another field
        let stored = Review {
            comment: framework::prose::Prose::read("Ms Smith came").unwrap(),
            ..Review::default()
        };
        assert!(
            posted(&stored, "a.comment=&a.question=Ms+Smith+came%3F")
                .change(criterion)
                .is_some()
        );
    }
}
