//! Wordings, in and out: what was saved, field by field.

use super::{
    Record,
    cells::{Reading, row},
};
use crate::{
    adaptation::Stamp,
    assessment::FieldError,
    day::instant,
    ids::{CriterionId, CycleId, PracticeSlug},
    prose::Prose,
    wording::{Kind, fields},
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// One wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordingRecord {
    /// The Practice.
    pub practice: PracticeSlug,
    /// What it is a wording of.
    pub kind: Kind,
    /// Where that is found.
    pub of: Of,
    /// Which of two reviewers, or which round of an adaptation; else 0.
    pub part: i32,
    /// Its place among the wordings of the same thing, from 1.
    pub step: i32,
    /// Who wrote, and when.
    pub stamp: Stamp,
    /// The fields that changed, with their new texts.
    pub fields: BTreeMap<String, String>,
    /// Its key.
    pub key: Uuid,
}

/// What a wording belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Of {
    /// A criterion in the Practice's assessment of a cycle.
    Criterion(CycleId, CriterionId),
    /// An adaptation, action, reason or support, by its key.
    Key(Uuid),
}

row! {
    /// A wording as files have it.
    WordingRow {
        /// The Practice's short name.
        practice,
        /// What it is a wording of.
        kind,
        /// The cycle, of what is said in an assessment.
        cycle,
        /// The criterion, of what is said in an assessment.
        criterion,
        /// The key of what is not said in an assessment.
        of,
        /// 1 or 2, of one of two reviewers; the round, of an adaptation.
        part,
        /// Its place among the wordings of the same thing.
        step,
        /// Who wrote.
        by,
        /// When.
        at,
        /// The fields that changed, with their new texts, as JSON.
        fields,
        /// The key.
        key,
    }
}

impl Kind {
    fn is_said_in_assessments(self) -> bool {
        matches!(self, Kind::Answer | Kind::Review | Kind::Reading | Kind::Agreement)
    }

    fn has_parts(self) -> bool {
        matches!(self, Kind::Reading | Kind::Round)
    }
}

impl Record for WordingRecord {
    type Row = WordingRow;
    const ONE: &'static str = "a wording";
    const MANY: &'static str = "wordings";

    fn practice(&self) -> &PracticeSlug {
        &self.practice
    }

    fn key(&self) -> Uuid {
        self.key
    }

    fn row(&self) -> WordingRow {
        let (cycle, criterion, of) = match &self.of {
            Of::Criterion(cycle, criterion) => (cycle.to_string(), criterion.to_string(), String::new()),
            Of::Key(key) => (String::new(), String::new(), key.to_string()),
        };
        WordingRow {
            practice: self.practice.to_string(),
            kind: self.kind.code().to_owned(),
            cycle,
            criterion,
            of,
            part: if self.kind.has_parts() {
                self.part.to_string()
            } else {
                String::new()
            },
            step: self.step.to_string(),
            by: self.stamp.by.clone(),
            at: instant(self.stamp.at),
            fields: serde_json::json!(self.fields).to_string(),
            key: self.key.to_string(),
        }
    }

    fn read(row: &WordingRow) -> Result<WordingRecord, Vec<FieldError>> {
        let mut reading = Reading::default();
        let practice = reading.practice(&row.practice);
        let kind = reading.choice(("kind", &row.kind), &Kind::ALL, Kind::code);
        let of = kind.and_then(|kind| of(row, kind, &mut reading));
        let part = match kind {
            Some(kind) if kind.has_parts() => reading.number(("part", &row.part)),
            _ => {
                reading.empty(
                    &[("part", &row.part)],
                    "Only readings and rounds have one. Leave this empty.",
                );
                Some(0)
            }
        };
        let step = reading.number(("step", &row.step));
        let stamp = reading.stamp(("by", &row.by), ("at", &row.at));
        let fields = kind.and_then(|kind| texts(row, kind, &mut reading));
        let key = reading.key(("key", &row.key));
        let record = (|| {
            Some(WordingRecord {
                practice: practice?,
                kind: kind?,
                of: of?,
                part: part?,
                step: step?,
                stamp: stamp?,
                fields: fields?,
                key: key?,
            })
        })();
        reading.end(record)
    }

    fn follows(&self, _: &WordingRecord) -> Result<(), String> {
        Err("This key is there twice. Every wording has its own.".to_owned())
    }
}

fn of(row: &WordingRow, kind: Kind, reading: &mut Reading) -> Option<Of> {
    if kind.is_said_in_assessments() {
        reading.empty(
            &[("of", &row.of)],
            "Cycle and criterion say where this is said. Leave this empty.",
        );
        let cycle = reading.name(("cycle", &row.cycle), CycleId::parse);
        let criterion = reading.name(("criterion", &row.criterion), CriterionId::parse);
        return Some(Of::Criterion(cycle?, criterion?));
    }
    let cells = [("cycle", row.cycle.as_str()), ("criterion", row.criterion.as_str())];
    reading.empty(&cells, "The key says what this belongs to. Leave this empty.");
    reading.key(("of", &row.of)).map(Of::Key)
}

fn texts(row: &WordingRow, kind: Kind, reading: &mut Reading) -> Option<BTreeMap<String, String>> {
    let read: Result<BTreeMap<String, String>, String> = serde_json::from_str(&row.fields)
        .map_err(|_| "This is no JSON object of texts, such as {\"comment\":\"Since May.\"}.".to_owned());
    let texts: BTreeMap<String, String> = reading.take("fields", read)?;
    for (name, text) in texts.iter() {
        if !fields(kind).iter().any(|(field, _)| field == name) {
            reading.refuse("fields", format!("“{name}” is no field of this kind."));
        }
        let clean = reading.take("fields", Prose::read(text)).flatten();
        if clean.map(String::from).unwrap_or_default() != *text {
            reading.refuse(
                "fields",
                format!("“{name}” has white space at its ends, or signs that no form takes."),
            );
        }
    }
    Some(texts)
}
