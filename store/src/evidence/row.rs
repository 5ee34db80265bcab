//! Versions of items as rows.

use super::EvidenceVersion;
use crate::{
    convert::bad,
    error::{Result, StoreError},
    event::Who,
    rows::evidence_version,
};
use framework::{
    evidence::{Content, Evidence, EvidenceId, FileHash, FileName, FileType, Link, StoredFile, Title},
    prose::Prose,
};
use sea_orm::ActiveValue::Set;
use time::OffsetDateTime;
use uuid::Uuid;

/// Returns the row of a version.
pub(crate) fn row(
    practice: Uuid,
    id: EvidenceId,
    number: i32,
    evidence: &Evidence,
    who: &Who,
    now: OffsetDateTime,
) -> evidence_version::ActiveModel {
    let (file, link, note) = match &evidence.content {
        Content::File(file) => (Some(file), None, None),
        Content::Link(link) => (None, Some(link.to_string()), None),
        Content::Note(note) => (None, None, Some(note.to_string())),
    };
    evidence_version::ActiveModel {
        id: Set(Uuid::now_v7()),
        practice_id: Set(practice),
        evidence_id: Set(id.0),
        number: Set(number),
        title: Set(evidence.title.to_string()),
        shows: Set(evidence.shows.to_string()),
        true_of: Set(evidence.true_of),
        review_by: Set(evidence.review_by),
        link: Set(link),
        note: Set(note),
        file_name: Set(file.map(|file| file.name.to_string())),
        file_type: Set(file.map(|file| file.kind.code().to_owned())),
        // at most 20 MB
        file_size: Set(file.map(|file| i64::try_from(file.size).unwrap_or(i64::MAX))),
        file_hash: Set(file.map(|file| file.hash.as_str().to_owned())),
        made_at: Set(now),
        made_by: Set(who.person),
        made_who: Set(who.name.clone()),
    }
}

impl TryFrom<evidence_version::Model> for EvidenceVersion {
    type Error = StoreError;
    fn try_from(row: evidence_version::Model) -> Result<Self> {
        Ok(EvidenceVersion {
            number: row.number,
            made_at: row.made_at,
            made_by: row.made_who.clone(),
            evidence: row.try_into()?,
        })
    }
}

impl TryFrom<evidence_version::Model> for Evidence {
    type Error = StoreError;
    fn try_from(row: evidence_version::Model) -> Result<Self> {
        let file = (row.file_name.zip(row.file_type)).zip(row.file_size.zip(row.file_hash));
        let content = match (file, row.link, row.note) {
            (Some(((name, kind), (size, hash))), None, None) => Content::File(StoredFile {
                name: FileName::try_from(name).map_err(bad)?,
                kind: FileType::from_code(&kind).ok_or_else(|| bad(format!("no type of file “{kind}”")))?,
                size: u64::try_from(size).map_err(bad)?,
                hash: FileHash::try_from(hash).map_err(bad)?,
            }),
            (None, Some(link), None) => Content::Link(Link::try_from(link).map_err(bad)?),
            (None, None, Some(note)) => Content::Note(Prose::try_from(note).map_err(bad)?),
            _ => return Err(bad(format!("version {} of evidence is not one thing", row.id))),
        };
        Ok(Evidence {
            title: Title::try_from(row.title).map_err(bad)?,
            shows: Prose::try_from(row.shows).map_err(bad)?,
            true_of: row.true_of,
            review_by: row.review_by,
            content,
        })
    }
}
