//! Versions of evidence, in and out. The content of a file does not travel: its hash says which one it is.

use super::{
    Record,
    cells::{Reading, row, stamped, words},
};
use crate::{
    adaptation::Stamp,
    assessment::FieldError,
    day::{DayForm, iso},
    evidence::{Content, Evidence, EvidenceForm, EvidenceId, EvidenceKind, FileHash, FileName, StoredFile},
    ids::{CriterionId, CycleId, PracticeSlug},
    local,
};
use std::collections::BTreeSet;
use time::Date;
use uuid::Uuid;

/// One version of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceRecord {
    /// The Practice.
    pub practice: PracticeSlug,
    /// The item.
    pub id: EvidenceId,
    /// Which of its versions, counted from 1.
    pub number: i32,
    /// What it says.
    pub evidence: Evidence,
    /// Who made it, and when.
    pub made: Stamp,
    /// Who withdrew the item, and when: with its last version.
    pub withdrawn: Option<Stamp>,
    /// Where this version is cited in finished assessments.
    pub cited: BTreeSet<(CycleId, CriterionId)>,
    /// For which finished assessments somebody said that the item is still true: with its last version.
    pub still_true: BTreeSet<CycleId>,
}

row! {
    /// A version of an item as files have it.
    EvidenceRow {
        /// The Practice's short name.
        practice,
        /// Which version of the item, counted from 1.
        number,
        /// `file`, `link` or `note`.
        kind,
        /// One line.
        title,
        /// What it shows.
        shows,
        /// The date it relates to.
        true_of,
        /// The last day on which it may be relied upon.
        review_by,
        /// The address, of a link.
        link,
        /// The text, of a note.
        note,
        /// The name, of a file.
        file_name,
        /// Its length in bytes.
        file_size,
        /// The hash of its bytes.
        sha256,
        /// Who made the version.
        made_by,
        /// When.
        made_at,
        /// Who withdrew the item.
        withdrawn_by,
        /// When.
        withdrawn_at,
        /// Where it is cited, as `cycle/criterion`, separated by spaces.
        cited,
        /// The cycles in which somebody said that it is still true, separated by spaces.
        still_true,
        /// The item's key.
        key,
    }
}

impl Record for EvidenceRecord {
    type Row = EvidenceRow;
    const ONE: &'static str = "an item of evidence";
    const MANY: &'static str = "evidence";

    fn practice(&self) -> &PracticeSlug {
        &self.practice
    }

    fn key(&self) -> Uuid {
        self.id.0
    }

    fn number(&self) -> i32 {
        self.number
    }

    fn row(&self) -> EvidenceRow {
        let (made_by, made_at) = stamped(Some(&self.made));
        let (withdrawn_by, withdrawn_at) = stamped(self.withdrawn.as_ref());
        let form = EvidenceForm::of(&self.evidence);
        let file = match &self.evidence.content {
            Content::File(file) => Some(file),
            Content::Link(_) | Content::Note(_) => None,
        };
        EvidenceRow {
            practice: self.practice.to_string(),
            number: self.number.to_string(),
            kind: self.evidence.kind().code().to_owned(),
            title: form.title,
            shows: form.shows,
            true_of: iso(self.evidence.true_of),
            review_by: self.evidence.review_by.map(iso).unwrap_or_default(),
            link: form.link,
            note: form.note,
            file_name: file.map(|file| file.name.to_string()).unwrap_or_default(),
            file_size: file.map(|file| file.size.to_string()).unwrap_or_default(),
            sha256: file.map(|file| file.hash.as_str().to_owned()).unwrap_or_default(),
            made_by,
            made_at,
            withdrawn_by,
            withdrawn_at,
            cited: words(
                self.cited
                    .iter()
                    .map(|(cycle, criterion)| format!("{cycle}/{criterion}")),
            ),
            still_true: words(&self.still_true),
            key: self.id.to_string(),
        }
    }

    fn read(row: &EvidenceRow) -> Result<EvidenceRecord, Vec<FieldError>> {
        let mut reading = Reading::default();
        let practice = reading.practice(&row.practice);
        let key = reading.key(("key", &row.key));
        let number = reading.number(("number", &row.number));
        let made = reading.stamp(("made_by", &row.made_by), ("made_at", &row.made_at));
        let last_day = made.as_ref().map_or(Date::MAX, |made| local::date(made.at));
        let evidence = says(row, last_day, &mut reading);
        let withdrawn = reading.stamp_if_any(("withdrawn_by", &row.withdrawn_by), ("withdrawn_at", &row.withdrawn_at));
        let cited = reading.list(("cited", &row.cited), citation);
        let still_true = reading.list(("still_true", &row.still_true), cycle);
        let record = (|| {
            Some(EvidenceRecord {
                practice: practice?,
                id: EvidenceId(key?),
                number: number?,
                evidence: evidence?,
                made: made?,
                withdrawn,
                cited,
                still_true,
            })
        })();
        reading.end(record)
    }

    fn follows(&self, before: &EvidenceRecord) -> Result<(), String> {
        if self.evidence.kind() != before.evidence.kind() {
            return Err("An item stays what it is: a file, a link or a note.".to_owned());
        }
        if before.withdrawn.is_some() || !before.still_true.is_empty() {
            return Err(
                "Who withdrew the item, and that it is still true, stand with its last version. Move them there."
                    .to_owned(),
            );
        }
        Ok(())
    }
}

/// Returns what the version says, and the thing itself.
fn says(row: &EvidenceRow, last_day: Date, reading: &mut Reading) -> Option<Evidence> {
    let form = EvidenceForm {
        title: row.title.clone(),
        shows: row.shows.clone(),
        true_of: DayForm::of(reading.day(("true_of", &row.true_of))),
        review_by: DayForm::of(reading.day(("review_by", &row.review_by))),
        link: row.link.clone(),
        note: row.note.clone(),
    };
    let kind = reading.choice(("kind", &row.kind), &EvidenceKind::ALL, EvidenceKind::code);
    let of_a_file = [
        ("file_name", row.file_name.as_str()),
        ("file_size", &row.file_size),
        ("sha256", &row.sha256),
    ];
    for (other, cells) in [
        (EvidenceKind::File, &of_a_file[..]),
        (EvidenceKind::Link, &[("link", row.link.as_str())]),
        (EvidenceKind::Note, &[("note", row.note.as_str())]),
    ] {
        if kind.is_some_and(|kind| kind != other) {
            reading.empty(
                cells,
                "An item is one thing: a file, a link or a note. Leave this empty.",
            );
        }
    }
    let file = match kind {
        Some(EvidenceKind::File) => file(row, reading),
        _ => None,
    };
    // without a kind, the rest is still looked at
    let read = form.read(kind.unwrap_or(EvidenceKind::File), file, last_day);
    // what is wrong with the file is said already
    let read = read.map_err(|errors| errors.into_iter().filter(|error| error.field != "file").collect());
    reading.take_form(read)
}

fn file(row: &EvidenceRow, reading: &mut Reading) -> Option<StoredFile> {
    let name = reading.take("file_name", FileName::read(&row.file_name));
    let size = row.file_size.parse().ok().filter(|size| *size <= StoredFile::MAX);
    let no_size = || {
        format!(
            "“{}” is not a number of bytes up to {}.",
            row.file_size,
            StoredFile::MAX
        )
    };
    let size = reading.take("file_size", size.ok_or_else(no_size));
    let hash = reading.take(
        "sha256",
        FileHash::try_from(row.sha256.clone()).map_err(|error| format!("{error}.")),
    );
    let name = name?;
    Some(StoredFile {
        kind: name.kind(),
        name,
        size: size?,
        hash: hash?,
    })
}

fn citation(word: &str) -> Result<(CycleId, CriterionId), String> {
    let (year, criterion) = word
        .split_once('/')
        .ok_or_else(|| format!("“{word}” is not a cycle and a criterion, as in 2026/practice-board."))?;
    let criterion = CriterionId::parse(criterion).map_err(|error| format!("{error}."))?;
    Ok((cycle(year)?, criterion))
}

fn cycle(word: &str) -> Result<CycleId, String> {
    CycleId::parse(word).map_err(|error| format!("{error}."))
}
