//! Wordings: what was saved, field by field, beside what stands. What stands joins them before it is written over, so that
//! what was imported, or written before there were wordings, is kept as well.

use crate::{convert::bad, error::Result, event::Who, rows::wording};
use framework::{
    adaptation::Stamp,
    ids::CriterionId,
    reviewers::Seat,
    wording::{Kind, Texts, Worded, Wording},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// What wordings belong to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Subject {
    /// What it is.
    pub(crate) kind: Kind,
    /// The assessment in which it is said; the adaptation, action, reason or support.
    pub(crate) id: Uuid,
    /// The criterion on which it is said; empty for what is not part of an assessment.
    pub(crate) criterion: String,
    /// The place of one of two reviewers, the round of an adaptation; else 0.
    pub(crate) part: i32,
}

/// What stands, or is going to, and who wrote it.
#[derive(Clone, Debug)]
pub(crate) struct Version {
    pub(crate) revision: i32,
    pub(crate) texts: Texts,
    pub(crate) who: Who,
    pub(crate) at: OffsetDateTime,
}

impl Version {
    /// Returns what somebody wrote.
    pub(crate) fn new<T: Worded>(revision: i32, value: &T, who: &Who, at: OffsetDateTime) -> Version {
        Version {
            revision,
            texts: value.texts(),
            who: who.clone(),
            at,
        }
    }
}

impl Subject {
    /// Something that is said in an assessment.
    pub(crate) fn in_assessment(kind: Kind, assessment: Uuid, criterion: &CriterionId, place: Option<Seat>) -> Subject {
        Subject {
            kind,
            id: assessment,
            criterion: criterion.to_string(),
            part: place.map_or(0, |place| i32::from(place.number())),
        }
    }

    /// Something of a plan or a register.
    pub(crate) fn of(kind: Kind, id: Uuid, part: i32) -> Subject {
        Subject {
            kind,
            id,
            criterion: String::new(),
            part,
        }
    }

    /// Returns its rows.
    pub(crate) fn condition(&self) -> sea_orm::Condition {
        sea_orm::Condition::all()
            .add(wording::Column::SubjectId.eq(self.id))
            .add(wording::Column::Kind.eq(self.kind.code()))
            .add(wording::Column::Criterion.eq(self.criterion.as_str()))
            .add(wording::Column::Part.eq(self.part))
    }

    fn row(&self, practice: Uuid, version: &Version, fields: BTreeMap<&str, &str>) -> wording::ActiveModel {
        wording::ActiveModel {
            id: Set(Uuid::now_v7()),
            practice_id: Set(practice),
            kind: Set(self.kind.code().to_owned()),
            subject_id: Set(self.id),
            criterion: Set(self.criterion.clone()),
            part: Set(self.part),
            revision: Set(version.revision),
            step: Set(0),
            at: Set(version.at),
            person_id: Set(version.who.person),
            who: Set(version.who.name.clone()),
            fields: Set(serde_json::json!(fields).to_string()),
        }
    }
}

/// Keeps what was written: the fields in which `after` differs. Called once the row itself is written, in its transaction,
/// so that of two who write at once only one comes here with a revision.
pub(crate) async fn record_wording<T: Worded>(
    tx: &impl ConnectionTrait,
    subject: &Subject,
    practice: Uuid,
    before: Option<&Version>,
    after: &Version,
) -> Result<()> {
    let names = || T::FIELDS.iter().map(|(name, _)| *name);
    let mut rows = vec![];
    if let Some(before) = before
        && last_revision(tx, subject)
            .await?
            .is_none_or(|last| last < before.revision)
    {
        let all = names().zip(before.texts.iter().map(String::as_str)).collect();
        rows.push(subject.row(practice, before, all));
    }
    let was = |index: usize| before.map_or("", |before| before.texts[index].as_str());
    let texts = names().zip(&after.texts).enumerate();
    let changed: BTreeMap<&str, &str> = texts
        .filter(|(place, (_, text))| was(*place) != text.as_str())
        .map(|(_, (name, text))| (name, text.as_str()))
        .collect();
    if !changed.is_empty() {
        rows.push(subject.row(practice, after, changed));
    }
    if !rows.is_empty() {
        wording::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}

async fn last_revision(tx: &impl ConnectionTrait, subject: &Subject) -> Result<Option<i32>> {
    let row = wording::Entity::find()
        .select_only()
        .column(wording::Column::Revision)
        .filter(subject.condition())
        .order_by_desc(wording::Column::Revision)
        .limit(1)
        .into_tuple()
        .one(tx)
        .await?;
    Ok(row)
}

/// Returns the wordings of one thing, oldest first.
pub(crate) async fn wordings(db: &impl ConnectionTrait, subject: &Subject) -> Result<Vec<Wording>> {
    let mut all = wordings_where(db, subject.condition()).await?;
    Ok(all.remove(subject).unwrap_or_default())
}

/// Returns the wordings of all that meets a condition, each oldest first.
pub(crate) async fn wordings_where(
    db: &impl ConnectionTrait,
    which: sea_orm::Condition,
) -> Result<BTreeMap<Subject, Vec<Wording>>> {
    let rows = wording::Entity::find()
        .filter(which)
        .order_by_asc(wording::Column::Revision)
        .order_by_asc(wording::Column::Step)
        .all(db)
        .await?;
    let mut all: BTreeMap<Subject, Vec<Wording>> = BTreeMap::new();
    for row in rows {
        let subject = Subject {
            kind: kind(&row.kind)?,
            id: row.subject_id,
            criterion: row.criterion.clone(),
            part: row.part,
        };
        all.entry(subject).or_default().push(row.try_into()?);
    }
    Ok(all)
}

/// Returns what wordings say of a thing that stands at a revision: with what stands, where it never joined them.
pub(crate) fn with_standing<T: Worded>(mut wordings: Vec<Wording>, standing: &Version) -> Vec<Wording> {
    let known = wordings.last().map_or(-1, |last| last.revision);
    if known < standing.revision {
        let before = framework::wording::fold::<T>(&wordings);
        let texts = T::FIELDS.iter().zip(&standing.texts).zip(&before);
        let fields = texts
            .filter(|((_, text), before)| text != before)
            .map(|(((name, _), text), _)| ((*name).to_owned(), text.clone()))
            .collect::<BTreeMap<_, _>>();
        if !fields.is_empty() {
            wordings.push(Wording {
                id: None,
                revision: standing.revision,
                stamp: Stamp {
                    by: standing.who.name.clone(),
                    at: standing.at,
                },
                person: standing.who.person,
                fields,
            });
        }
    }
    wordings
}

/// Returns a kind by its word.
pub(crate) fn kind(code: &str) -> Result<Kind> {
    Kind::from_code(code).ok_or_else(|| bad(format!("no kind of wording “{code}”")))
}

impl TryFrom<wording::Model> for Wording {
    type Error = crate::StoreError;
    fn try_from(row: wording::Model) -> Result<Self> {
        Ok(Wording {
            id: Some(row.id),
            revision: row.revision,
            stamp: Stamp {
                by: row.who,
                at: row.at,
            },
            person: row.person_id,
            fields: serde_json::from_str(&row.fields).map_err(bad)?,
        })
    }
}
