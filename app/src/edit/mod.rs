//! Forms with one part a criterion, saved whole or part by part, by several people at once: an answer, a review,
//! an agreement. Each part carries the revision it was made from, so that what others saved since is merged in; a field that
//! both changed is asked about.

pub mod question;
mod respond;

pub use question::Question;
pub use respond::{json, refused_status};

use crate::{
    ui::{
        form::Error,
        identify::{Check, looked_at},
    },
    web::{Fields, fields::field_name, secret},
};
use framework::{
    criteria::Criterion,
    ids::CriterionId,
    wording::{Sayable, both},
};
use question::{Choice, settled};
use std::{collections::BTreeSet, marker::PhantomData};
use store::{Change, ConfirmedDetail, Outcome};

/// One criterion's part of a form.
#[derive(Clone, Debug)]
pub struct CriterionForm<T> {
    criterion: CriterionId,
    texts: Vec<String>,
    /// What is stored, as far as it is known, and its revision.
    stored: Vec<String>,
    stored_revision: i32,
    /// What the page that was sent shows, field by field.
    page: Vec<Option<String>>,
    revision: i32,
    base: String,
    /// The revision that the form was made from; `None` where this part was not in it.
    sent: Option<i32>,
    /// The fields that the sender changed.
    edited: BTreeSet<&'static str>,
    errors: Vec<Error>,
    /// The fields that others changed as well, and which nobody has settled yet.
    questions: Vec<Question>,
    /// Was something of that kind settled?
    settled: bool,
    /// The fields in which the page that was sent is out of date.
    filled: Vec<&'static str>,
    /// Words that seem to identify somebody, in texts that are not stored yet.
    check: Check,
    saved: bool,
    kind: PhantomData<T>,
}

impl<T: Sayable> CriterionForm<T> {
    /// Returns the part as the database has it.
    pub fn stored(criterion: &CriterionId, value: &T, revision: i32) -> CriterionForm<T> {
        let texts = value.texts();
        let base = fingerprints(revision, &texts);
        CriterionForm {
            criterion: criterion.clone(),
            stored: texts.clone(),
            stored_revision: revision,
            page: vec![None; texts.len()],
            texts,
            revision,
            base,
            sent: None,
            edited: BTreeSet::new(),
            errors: vec![],
            questions: vec![],
            settled: false,
            filled: vec![],
            check: Check::default(),
            saved: false,
            kind: PhantomData,
        }
    }

    /// Returns the part as it was posted; as the database has it where it was not, or where nothing in it was edited.
    pub fn posted(criterion: &CriterionId, value: &T, revision: i32, fields: &Fields) -> CriterionForm<T> {
        let mut part = CriterionForm::stored(criterion, value, revision);
        if !fields.has(criterion) {
            return part;
        }
        let (revision, base) = (fields.revision(criterion), fields.of(criterion, "base"));
        part.sent = Some(revision);
        let clears = fields.get(CLEAR) == criterion.as_str();
        let shown = base.split('.').map(Some).chain(std::iter::repeat(None));
        let names = T::FIELDS.iter().map(|(name, _)| *name).enumerate();
        for ((place, field), shown) in names.zip(shown) {
            // a radio button that was never chosen is not sent, nor is a field that the page left out: as stored
            let sent = fields.sent(&field_name(criterion, field));
            part.page[place] = sent.map(plain);
            let choice = settled::<T>(criterion, field, fields);
            part.settled |= choice.is_some_and(|choice| choice != Choice::Open);
            match choice {
                _ if clears && T::lead(field) == "rating" => part.edit(place, field, String::new()),
                Some(Choice::Theirs) => {}
                Some(Choice::Mine) => part.edit(place, field, sent.unwrap_or_default().to_owned()),
                Some(Choice::Both) => {
                    let text = both(sent.unwrap_or_default(), &part.stored[place]);
                    part.edit(place, field, text);
                }
                // neither saved nor dropped before somebody chooses
                Some(Choice::Open) => part.texts[place] = sent.unwrap_or_default().to_owned(),
                None => match sent {
                    Some(text) if shown != Some(fingerprint(revision, text).as_str()) => {
                        part.edit(place, field, text.to_owned());
                    }
                    // as it was shown, which goes on with the revision it was shown at
                    Some(text) => part.texts[place] = plain(text),
                    None => {}
                },
            }
        }
        part.questions = question::open(&part, fields);
        if !part.is_touched() {
            part.texts.clone_from(&part.stored);
            return part;
        }
        part.base = base.to_owned();
        part.revision = revision;
        part.check = part.look_through(fields);
        part
    }

    /// Looks for words that seem to identify somebody in what was edited.
    fn look_through(&self, fields: &Fields) -> Check {
        let edited = T::FIELDS
            .iter()
            .zip(&self.texts)
            .filter(|((field, _), _)| self.edited.contains(field));
        let texts: Vec<(String, &str, &str)> = edited
            .map(|((field, label), text)| (self.name(field), *label, looked_at(text)))
            .collect();
        let texts = texts.iter().map(|(name, label, text)| (name.as_str(), *label, *text));
        let stored: Vec<&str> = self.stored.iter().map(String::as_str).collect();
        Check::new(&self.name(""), fields, texts, &stored)
    }

    fn edit(&mut self, index: usize, field: &'static str, text: String) {
        self.texts[index] = text;
        self.edited.insert(field);
    }

    /// Does the part hold anything that is not stored?
    fn is_touched(&self) -> bool {
        self.settled || !self.edited.is_empty() || !self.questions.is_empty()
    }

    /// Returns a field's text.
    pub fn text(&self, field: &str) -> String {
        let index = T::FIELDS.iter().position(|(name, _)| *name == field);
        index.and_then(|i| self.texts.get(i)).cloned().unwrap_or_default()
    }

    /// Returns a field's name in the form, and its id.
    pub fn name(&self, field: &str) -> String {
        field_name(&self.criterion, field)
    }

    /// Returns the criterion's id, as forms have it.
    pub fn criterion_id(&self) -> String {
        self.criterion.to_string()
    }

    /// Returns what is wrong with a field.
    pub fn error(&self, field: &str) -> Option<String> {
        crate::ui::form::error_of(&self.errors, &self.name(field))
    }

    /// Returns the revision of what the sender sees; `None` where this part was not sent. Who sent nothing new has not seen what a
    /// colleague saved meanwhile.
    fn seen(&self) -> Option<i32> {
        self.sent
            .map(|sent| if self.is_touched() { self.revision } else { sent })
    }

    /// All that is wrong.
    pub fn errors(&self) -> &[Error] {
        &self.errors
    }

    /// Returns the fields that others changed as well, each with both texts.
    pub fn questions(&self) -> &[Question] {
        &self.questions
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

    /// Returns the change to save; `None` where fields were refused or hold words to ask about, which the part then says, or where
    /// nobody changed anything since the form was shown.
    fn change(&mut self, criterion: &Criterion) -> Option<Change<T>> {
        if self.edited.is_empty() || !self.errors.is_empty() {
            return None;
        }
        self.errors = self.check.errors();
        match T::read(criterion, |field| self.text(field)) {
            Ok(_) if self.check.is_open() => None,
            Ok(value) => {
                self.errors = self.dropped(&value);
                self.errors.is_empty().then(|| Change {
                    criterion: self.criterion.clone(),
                    revision: self.revision,
                    value,
                    fields: self.edited.clone(),
                })
            }
            Err(errors) => {
                self.refuse(errors);
                None
            }
        }
    }

    /// New texts that would not be kept beside the others: nobody may think that they are saved.
    fn dropped(&self, value: &T) -> Vec<Error> {
        let kept = value.texts();
        let names = T::FIELDS.iter().map(|(name, _)| *name).enumerate();
        let dropped = names.filter(|(place, name)| {
            let text = plain(&self.texts[*place]);
            self.edited.contains(name) && kept[*place].is_empty() && !text.is_empty() && text != self.stored[*place]
        });
        let words = "This is kept only with “Not applicable here”. Choose that, or empty this text.";
        dropped.map(|(_, name)| Error::at(self.name(name), words)).collect()
    }

    fn refuse(&mut self, errors: Vec<framework::assessment::FieldError>) {
        let errors = errors.into_iter().map(|e| Error::at(self.name(e.field), e.message));
        let errors: Vec<Error> = errors.collect();
        self.errors.extend(errors);
    }

    /// Refuses what was posted where a rule refuses it, at a field.
    pub fn require(
        &mut self,
        criterion: &Criterion,
        rule: impl FnOnce(T) -> Result<(), framework::assessment::FieldError>,
    ) {
        if self.edited.is_empty() {
            return;
        }
        if let Ok(value) = T::read(criterion, |field| self.text(field))
            && let Err(error) = rule(value)
        {
            self.errors.push(Error::at(self.name(error.field), error.message));
        }
    }

    /// Takes in what came of saving `sent`.
    fn settle(&mut self, sent: &T, outcome: Outcome<T>) {
        self.saved = outcome.saved;
        self.stored = outcome.value.texts();
        self.stored_revision = outcome.revision;
        let asked: Vec<Question> = outcome.asked.iter().map(|asked| Question::of(self, asked)).collect();
        self.questions.extend(asked);
        let refused = !outcome.refused.is_empty();
        self.refuse(outcome.refused);
        for (index, (name, text)) in T::FIELDS.iter().map(|(name, _)| *name).zip(sent.texts()).enumerate() {
            let stays = self.is_open(name) || (refused && self.edited.contains(name));
            let dropped = text.is_empty() && !plain(&self.texts[index]).is_empty();
            if !stays && (self.stored[index] != text || dropped) {
                self.texts[index].clone_from(&self.stored[index]);
            }
        }
        self.meet();
    }

    /// Goes on from what is stored now.
    fn meet(&mut self) {
        let names = T::FIELDS.iter().map(|(name, _)| *name).enumerate();
        let out_of_date = |(place, _): &(usize, &'static str)| {
            self.page[*place]
                .as_ref()
                .is_some_and(|page| *page != plain(&self.texts[*place]))
        };
        self.filled = names.filter(out_of_date).map(|(_, name)| name).collect();
        self.revision = self.stored_revision;
        self.base = match self.questions.is_empty() && self.errors.is_empty() {
            true => fingerprints(self.revision, &self.texts),
            // whatever is sent next counts as edited where it differs from what is stored now
            false => String::new(),
        };
    }

    /// Says at the top of the page what waits for a choice.
    fn ask(&mut self) {
        let sentences = self
            .questions
            .iter()
            .map(|question| Error::at(self.name("conflict"), question.sentence()));
        let sentences: Vec<Error> = sentences.collect();
        if !sentences.is_empty() {
            self.base.clear();
            self.errors.extend(sentences);
        }
    }

    /// Waits the field for a choice?
    fn is_open(&self, field: &'static str) -> bool {
        let mut open = self.questions.iter();
        open.any(|question| T::lead(question.field) == T::lead(field))
    }
}

/// What the button sends that takes a rating back: the criterion's id.
pub const CLEAR: &str = "clear";

/// Returns the criterion whose rating was just taken back, if that is what was pressed.
pub fn cleared(fields: &Fields) -> Option<CriterionId> {
    CriterionId::parse(fields.get(CLEAR)).ok()
}

/// Returns what was kept in each part, for the history.
pub fn confirmed_details<T: Sayable>(parts: &[CriterionForm<T>]) -> Vec<ConfirmedDetail> {
    parts
        .iter()
        .map(|part| (Some(part.criterion.clone()), part.check.confirmed().clone()))
        .collect()
}

fn fingerprints(revision: i32, texts: &[String]) -> String {
    let all: Vec<String> = texts.iter().map(|text| fingerprint(revision, text)).collect();
    all.join(".")
}

/// Saves what was touched and puts what came of it into each part; `criteria` and `parts` go together. Gives what is now
/// in the database, by its place among them.
///
/// # Errors
/// As `save`, the store's call.
pub async fn save<T: Sayable, S: Future<Output = store::Result<Vec<Outcome<T>>>>>(
    criteria: &[Criterion],
    parts: &mut [CriterionForm<T>],
    save: impl FnOnce(Vec<Change<T>>) -> S,
) -> store::Result<Vec<(usize, T)>> {
    let changed = criteria.iter().zip(parts.iter_mut()).enumerate();
    let (places, changes): (Vec<usize>, Vec<Change<T>>) = changed
        .filter_map(|(place, (criterion, part))| Some((place, part.change(criterion)?)))
        .unzip();
    let values: Vec<T> = changes.iter().map(|change| change.value.clone()).collect();
    let outcomes = save(changes).await?;
    let mut stored = Vec::with_capacity(places.len());
    for ((place, sent), outcome) in places.into_iter().zip(values).zip(outcomes) {
        stored.push((place, outcome.value.clone()));
        parts[place].settle(&sent, outcome);
    }
    for part in parts.iter_mut().filter(|part| part.is_touched()) {
        if part.edited.is_empty() {
            part.meet();
        }
        part.ask();
    }
    Ok(stored)
}

/// Holds for one revision only: a page that learned of a newer revision but not of its texts sends every text as edited.
fn fingerprint(revision: i32, text: &str) -> String {
    secret::hash(&format!("{revision} {}", plain(text)))[..8].to_owned()
}

/// Returns a text whatever its line ends, without white space round it.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use framework::{assessment::Review, rating::Rating};

    #[test]
    fn a_part_sent_back_as_it_was_is_untouched_whatever_the_line_ends() {
        let id = CriterionId::parse("a").unwrap();
        let stored = CriterionForm::stored(&id, &Review::default(), 3);
        let base = stored.base.clone();
        let posted_to = |now: &Review, revision: &str, pairs: &[(&str, &str)]| {
            let text: Vec<String> = [("a.revision", revision), ("a.base", base.as_str())]
                .iter()
                .chain(pairs)
                .map(|(k, v)| format!("{k}={v}"))
                .collect();
            CriterionForm::<Review>::posted(&id, now, 3, &Fields::parse(&text.join("&"))).is_touched()
        };
        let posted = |pairs: &[(&str, &str)]| posted_to(&Review::default(), "3", pairs);
        assert!(!stored.is_touched());
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

    fn posted(stored: &Review, pairs: &str) -> CriterionForm<Review> {
        let id = CriterionId::parse("a").unwrap();
        CriterionForm::posted(&id, stored, 1, &Fields::parse(&format!("a.revision=1&a.base=&{pairs}")))
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

    const ASKED: &str = "a.revision=2&a.base=&a.rating=4&a.comment=mine&a.question=&a.ask=comment&a.by=Ann";

    fn answered(choice: &str) -> CriterionForm<Review> {
        let id = CriterionId::parse("a").unwrap();
        let theirs = Review {
            rating: Rating::new(4),
            comment: framework::prose::Prose::read("theirs").unwrap(),
            question: None,
        };
        CriterionForm::posted(&id, &theirs, 2, &Fields::parse(&format!("{ASKED}{choice}")))
    }

    #[test]
    fn what_both_changed_waits_until_somebody_chooses() {
        let open = answered("");
        assert_eq!((open.questions.len(), open.text("comment")), (1, "mine".to_owned()));
        assert!(!open.edited.contains("comment"), "it is neither saved nor dropped");
        assert_eq!(
            open.questions[0].sentence(),
            "Comment: Ann changed it too. Choose what to keep."
        );
        for (choice, text, edited) in [
            ("&a.settle-comment=mine", "mine", true),
            ("&a.settle-comment=theirs", "theirs", false),
            ("&a.settle-comment=both", "mine\n\ntheirs", true),
        ] {
            let part = answered(choice);
            assert!(part.questions.is_empty() && part.is_touched());
            assert_eq!(
                (part.text("comment").as_str(), part.edited.contains("comment")),
                (text, edited)
            );
        }
    }

    #[test]
    fn a_rating_is_taken_back_and_the_words_stay() {
        let id = CriterionId::parse("a").unwrap();
        let stored = Review {
            rating: Rating::new(3),
            comment: framework::prose::Prose::read("words").unwrap(),
            question: None,
        };
        let shown = CriterionForm::stored(&id, &stored, 5).base;
        let fields = format!("a.revision=5&a.base={shown}&a.rating=3&a.comment=words&a.question=&clear=a");
        let part = CriterionForm::posted(&id, &stored, 5, &Fields::parse(&fields));
        assert_eq!(
            (part.text("rating").as_str(), part.text("comment").as_str()),
            ("", "words")
        );
        assert_eq!(part.edited, BTreeSet::from(["rating"]));
    }
}
