//! Rows to domain values. What cannot be read is [`StoreError::BadRow`], never a panic.

use crate::{
    error::{Result, StoreError},
    rows::{agreement, answer, practice, reading, review},
};
use framework::{
    actor::{NationalRole, PracticeRole, Role},
    adaptation::AdaptationId,
    assessment::{AdaptationClass, Agreement, Answer, Reading, Response, Review},
    clarification,
    ids::{BadName, CriterionId, CycleId, PracticeSlug, VersionId},
    lifecycle::Status,
    notice::{MailChoice, NoticeKind},
    prose::Prose,
    rating::Rating,
    reviewers::Seat,
    sheet::PracticeInfo,
};
use std::fmt::Display;
use time::{OffsetDateTime, UtcOffset};

/// Returns the error for a row that cannot be read.
pub(crate) fn bad(what: impl Display) -> StoreError {
    StoreError::BadRow(what.to_string())
}

/// A time as it is kept: UTC, to the second, so that text order in SQLite is the order of time.
pub(crate) fn stamp(now: OffsetDateTime) -> OffsetDateTime {
    now.to_offset(UtcOffset::UTC).truncate_to_second()
}

/// Returns a criterion's id.
pub(crate) fn criterion(text: String) -> Result<CriterionId> {
    name(CriterionId::try_from(text))
}

/// Returns a cycle's id.
pub(crate) fn cycle(text: String) -> Result<CycleId> {
    name(CycleId::try_from(text))
}

/// Returns a version's id.
pub(crate) fn version(text: String) -> Result<VersionId> {
    name(VersionId::try_from(text))
}

/// Returns a Practice's name in addresses.
pub(crate) fn slug(text: String) -> Result<PracticeSlug> {
    name(PracticeSlug::try_from(text))
}

fn name<T>(parsed: std::result::Result<T, BadName>) -> Result<T> {
    parsed.map_err(bad)
}

/// Returns a state.
pub(crate) fn status(code: &str) -> Result<Status> {
    Status::from_code(code).ok_or_else(|| bad(format!("no status “{code}”")))
}

/// Where a thread of clarifications stands.
pub(crate) fn thread_state(code: &str) -> Result<clarification::ThreadStatus> {
    clarification::ThreadStatus::from_code(code).ok_or_else(|| bad(format!("no state of a thread “{code}”")))
}

/// Returns a role.
pub(crate) fn role(code: &str) -> Result<Role> {
    Role::from_code(code).ok_or_else(|| bad(format!("no role “{code}”")))
}

/// Returns a role in a Practice.
pub(crate) fn practice_role(code: &str) -> Result<PracticeRole> {
    match role(code)? {
        Role::Practice(role) => Ok(role),
        Role::National(_) => Err(bad(format!("“{code}” is no role in a Practice"))),
    }
}

/// Returns a role at National Pause.
pub(crate) fn national_role(code: Option<&str>) -> Result<Option<NationalRole>> {
    match code.map(role).transpose()? {
        None => Ok(None),
        Some(Role::National(role)) => Ok(Some(role)),
        Some(Role::Practice(role)) => Err(bad(format!("{role:?} is no role at National Pause"))),
    }
}

/// Returns what a notice tells of.
pub(crate) fn notice_kind(code: &str) -> Result<NoticeKind> {
    NoticeKind::from_code(code).ok_or_else(|| bad(format!("no notice “{code}”")))
}

/// Returns how often somebody wants e-mail.
pub(crate) fn mail_choice(code: &str) -> Result<MailChoice> {
    MailChoice::from_code(code).ok_or_else(|| bad(format!("no choice of e-mail “{code}”")))
}

/// Returns a reviewer's place.
pub(crate) fn seat(number: i16) -> Result<Seat> {
    Seat::from_number(number).ok_or_else(|| bad(format!("no reviewer {number}")))
}

/// Returns a rating.
pub(crate) fn rating(level: Option<i16>) -> Result<Option<Rating>> {
    let read = |level: i16| u8::try_from(level).ok().and_then(Rating::new);
    level
        .map(|level| read(level).ok_or_else(|| bad(format!("no rating {level}"))))
        .transpose()
}

/// Returns the number of a rating, as it is kept.
pub(crate) fn level(rating: Option<Rating>) -> Option<i16> {
    rating.map(|rating| i16::from(rating.level()))
}

/// Returns what a low rating or a slip is put down to.
pub(crate) fn class(code: Option<&str>) -> Result<Option<AdaptationClass>> {
    let read = |code| AdaptationClass::from_code(code).ok_or_else(|| bad(format!("no class “{code}”")));
    code.map(read).transpose()
}

/// Free text; nothing where nothing in it can be seen, which earlier releases kept.
pub(crate) fn prose(text: Option<String>) -> Result<Option<Prose>> {
    let read = text.map(|text| Prose::read(&text)).transpose().map_err(bad)?;
    Ok(read.flatten())
}

/// Free text, as it is kept.
pub(crate) fn text(prose: &Option<Prose>) -> Option<String> {
    prose.as_ref().map(|prose| prose.as_str().to_owned())
}

impl TryFrom<practice::Model> for PracticeInfo {
    type Error = StoreError;
    fn try_from(row: practice::Model) -> Result<Self> {
        Ok(PracticeInfo {
            slug: slug(row.slug)?,
            name: row.name,
            region: row.region,
        })
    }
}

impl TryFrom<answer::Model> for Answer {
    type Error = StoreError;
    fn try_from(row: answer::Model) -> Result<Self> {
        let response = match (rating(row.rating)?, row.not_applicable) {
            (None, false) => None,
            (Some(rating), false) => Some(Response::Rated(rating)),
            (None, true) => Some(Response::NotApplicable(prose(row.na_reason)?)),
            (Some(_), true) => return Err(bad(format!("answer {} is rated and not applicable", row.id))),
        };
        Ok(Answer {
            response,
            measure: row.measure,
            evidence: prose(row.evidence)?,
            comment: prose(row.comment)?,
            adaptation: prose(row.adaptation)?,
        })
    }
}

impl TryFrom<review::Model> for Review {
    type Error = StoreError;
    fn try_from(row: review::Model) -> Result<Self> {
        Ok(Review {
            rating: rating(row.rating)?,
            comment: prose(row.comment)?,
            question: prose(row.question)?,
        })
    }
}

impl TryFrom<reading::Model> for Reading {
    type Error = StoreError;
    fn try_from(row: reading::Model) -> Result<Self> {
        Ok(Reading(Review {
            rating: rating(row.rating)?,
            comment: prose(row.comment)?,
            question: prose(row.question)?,
        }))
    }
}

impl TryFrom<agreement::Model> for Agreement {
    type Error = StoreError;
    fn try_from(row: agreement::Model) -> Result<Self> {
        Ok(Agreement {
            rating: rating(row.rating)?,
            comment: prose(row.comment)?,
            class: class(row.class.as_deref())?,
            adaptation: row.adaptation_id.map(AdaptationId),
        })
    }
}
