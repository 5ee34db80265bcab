//! The form of an item, as typed, and what becomes of it.

use super::{Content, Evidence, EvidenceKind, Link, StoredFile, Title};
use crate::{
    assessment::{FieldError, prose},
    day::DayForm,
    prose::Prose,
};
use time::Date;

/// An item's fields, as typed. The file itself comes beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EvidenceForm {
    /// What it is called.
    pub title: String,
    /// What it shows.
    pub shows: String,
    /// The date it relates to.
    pub true_of: DayForm,
    /// The day by which it should be looked at again; may be empty.
    pub review_by: DayForm,
    /// The address, of a link.
    pub link: String,
    /// The text, of a note.
    pub note: String,
}

impl EvidenceForm {
    /// Reads the form of an item of a kind. `file` is what was uploaded, or is there already; `today` is the last day that
    /// it can be true of.
    ///
    /// # Errors
    /// Every field that cannot be taken.
    pub fn read(&self, kind: EvidenceKind, file: Option<StoredFile>, today: Date) -> Result<Evidence, Vec<FieldError>> {
        let mut errors = Vec::new();
        let title = note(&mut errors, "title", Title::read(&self.title));
        let shows = written(&mut errors, "shows", &self.shows, "Say in a few words what it shows.");
        let true_of = note(&mut errors, "true_of", self.true_of(today));
        let review_by = note(&mut errors, "review_by", self.review_by(true_of));
        let content = match kind {
            EvidenceKind::File => {
                note(&mut errors, "file", file.ok_or_else(|| "Choose a file.".to_owned())).map(Content::File)
            }
            EvidenceKind::Link => note(&mut errors, "link", Link::read(&self.link)).map(Content::Link),
            EvidenceKind::Note => written(&mut errors, "note", &self.note, "Write the note.").map(Content::Note),
        };
        match (title, shows, true_of, review_by, content) {
            (Some(title), Some(shows), Some(true_of), Some(review_by), Some(content)) => Ok(Evidence {
                title,
                shows,
                true_of,
                review_by,
                content,
            }),
            _ => Err(errors),
        }
    }

    /// Returns the form that shows an item as it is.
    pub fn of(evidence: &Evidence) -> EvidenceForm {
        let (link, note) = match &evidence.content {
            Content::File(_) => (String::new(), String::new()),
            Content::Link(link) => (link.to_string(), String::new()),
            Content::Note(note) => (String::new(), note.to_string()),
        };
        EvidenceForm {
            title: evidence.title.to_string(),
            shows: evidence.shows.to_string(),
            true_of: DayForm::of(Some(evidence.true_of)),
            review_by: DayForm::of(evidence.review_by),
            link,
            note,
        }
    }

    fn true_of(&self, today: Date) -> Result<Date, String> {
        match self.true_of.read()? {
            None => Err("Enter the day it is true of, such as the day of the meeting.".to_owned()),
            Some(day) if day > today => Err("The date it relates to must be today or earlier.".to_owned()),
            Some(day) => Ok(day),
        }
    }

    fn review_by(&self, true_of: Option<Date>) -> Result<Option<Date>, String> {
        match (self.review_by.read()?, true_of) {
            (Some(day), Some(true_of)) if day < true_of => {
                Err("The review-by day comes before the day it is true of. Enter a later day, or none.".to_owned())
            }
            (day, _) => Ok(day),
        }
    }
}

fn note<T>(errors: &mut Vec<FieldError>, field: &'static str, read: Result<T, String>) -> Option<T> {
    read.map_err(|message| errors.push(FieldError { field, message })).ok()
}

fn written(errors: &mut Vec<FieldError>, field: &'static str, text: &str, missing: &str) -> Option<Prose> {
    let known = errors.len();
    let read = prose(field, text, errors);
    if read.is_none() && errors.len() == known {
        errors.push(FieldError {
            field,
            message: missing.to_owned(),
        });
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{FileHash, FileName, FileType};
    use crate::local;
    use time::macros::{date, datetime};

    const TODAY: Date = date!(2026 - 03 - 02);

    fn whole() -> EvidenceForm {
        EvidenceForm {
            title: "Board minutes".into(),
            shows: "That caseloads are on the agenda".into(),
            true_of: DayForm::of(Some(date!(2026 - 02 - 10))),
            review_by: DayForm::of(Some(date!(2027 - 02 - 10))),
            link: "https://example.org/minutes".into(),
            note: "Said at the meeting.".into(),
        }
    }

    fn file() -> StoredFile {
        StoredFile {
            name: FileName::read("minutes.pdf").unwrap(),
            kind: FileType::Pdf,
            size: 10,
            hash: FileHash::new([1; 32]),
        }
    }

    #[test]
    fn a_whole_form_is_an_item_and_an_item_is_its_form() {
        for kind in EvidenceKind::ALL {
            let evidence = whole().read(kind, Some(file()), TODAY).unwrap();
            assert_eq!(evidence.kind(), kind);
            assert_eq!(
                EvidenceForm::of(&evidence).read(kind, Some(file()), TODAY),
                Ok(evidence)
            );
        }
    }

    #[test]
    fn every_field_that_cannot_be_taken_is_told() {
        let day = |day: &str, month: &str, year: &str| DayForm {
            day: day.into(),
            month: month.into(),
            year: year.into(),
        };
        type Change = fn(&mut EvidenceForm);
        let link = EvidenceKind::Link;
        let cases: [(EvidenceKind, Change, &[&str]); 9] = [
            (
                link,
                |form| *form = EvidenceForm::default(),
                &["title", "shows", "true_of", "link"],
            ),
            (EvidenceKind::Note, |form| form.note = " ".into(), &["note"]),
            (EvidenceKind::File, |_| {}, &["file"]),
            (link, |form| form.link = "nowhere".into(), &["link"]),
            (link, |form| form.shows = "a".repeat(10_001), &["shows"]),
            (link, |form| form.true_of = DayForm::of(TODAY.next_day()), &["true_of"]),
            (link, |form| form.true_of = DayForm::default(), &["true_of"]),
            (
                link,
                |form| form.review_by = DayForm::of(Some(date!(2026 - 02 - 09))),
                &["review_by"],
            ),
            (link, |form| form.true_of.month = "13".into(), &["true_of"]),
        ];
        for (kind, change, fields) in cases {
            let mut form = whole();
            change(&mut form);
            let errors = form.read(kind, None, TODAY).expect_err("refused");
            let told: Vec<&str> = errors.iter().map(|error| error.field).collect();
            assert_eq!(told, fields, "{form:?}");
        }
        let mut today = whole();
        (today.true_of, today.review_by) = (DayForm::of(Some(TODAY)), day("", "", ""));
        assert_eq!(today.read(link, None, TODAY).unwrap().review_by, None);
        // half past midnight in London, when it is still yesterday in UTC
        let night = local::date(datetime!(2026-06-02 23:30 UTC));
        today.true_of = day("3", "6", "2026");
        assert!(today.read(link, None, night).is_ok());
        today.true_of = day("4", "6", "2026");
        assert!(today.read(link, None, night).is_err());
    }
}
