//! The support that National Pause gave: recorded by it, rated by the Practice's lead.

use super::{Edited, load::finished, planning, write::find};
use crate::{
    Store,
    convert::{self, bad, stamp, text},
    error::{Result, StoreError},
    event::{EventKind, NewEvent, Who, record},
    notice::{Audience, NewNotice},
    rows::{assessment, plan_support},
    wording::{Subject, Version, record_wording},
};
use framework::{
    actor::Actor,
    ids::{ElementId, PracticeSlug},
    local,
    notice::NoticeKind,
    plan::{About, ActionId, Given, Helped, PlanOperation, SupportId},
    prose::Prose,
    wording::{Help, Kind},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use std::cmp::Reverse;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// Support to record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSupport {
    /// The day it was given.
    pub day: Date,
    /// What was done.
    pub what: Prose,
    /// What it was for.
    pub about: About,
}

/// Support with what pages show beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupportRow {
    /// The support.
    pub given: Given,
    /// Who recorded it.
    pub recorded_by: String,
    /// Who rated it.
    pub rated_by: Option<String>,
    /// Whether it may still be rated. Until an assessment is finalised after it was recorded.
    pub open: bool,
    /// The revision that a form is made from.
    pub revision: i32,
}

impl SupportRow {
    /// Returns how much it helped, as wordings have it.
    fn version(&self) -> Version {
        let help = Help {
            level: self.given.helped.map(Helped::level),
            comment: self.given.comment.clone(),
        };
        let who = Who {
            person: None,
            name: self.rated_by.clone().unwrap_or_else(|| self.recorded_by.clone()),
        };
        Version::new(self.revision, &help, &who, self.given.recorded)
    }
}

impl Store {
    /// Records support that National Pause gave.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the actor may not read the Practice's plan, and when there is no such action;
    /// [`StoreError::Lifecycle`] for anybody but National Pause; [`StoreError::Refused`] for a day to come, and for an
    /// element that no version has.
    pub async fn record_support(
        &self,
        actor: &Actor,
        practice: &PracticeSlug,
        support: &NewSupport,
        now: OffsetDateTime,
    ) -> Result<SupportId> {
        let now = stamp(now);
        let tx = self.writing().await?;
        let (practice, _) = planning(&tx, actor, practice, PlanOperation::RecordSupport).await?;
        if support.day > local::date(now) {
            return Err(StoreError::Refused(
                "The day is still to come. Enter the day the support was given.".to_owned(),
            ));
        }
        let (action, element) = match &support.about {
            About::Whole => (None, None),
            About::Action(action) => {
                find(&tx, practice.id.0, *action).await?;
                (Some(action.0), None)
            }
            About::Element(element) => {
                let known = self
                    .library
                    .versions()
                    .any(|version| version.elements.iter().any(|e| e.id == *element));
                if !known {
                    return Err(StoreError::Refused(
                        "No version of the framework has this element.".to_owned(),
                    ));
                }
                (None, Some(element.to_string()))
            }
        };
        let id = Uuid::now_v7();
        if let Some(before) = self.made_before(&tx, actor, id, now).await? {
            return Ok(SupportId(before));
        }
        let row = plan_support::ActiveModel {
            id: Set(id),
            practice_id: Set(practice.id.0),
            day: Set(support.day),
            what: Set(support.what.to_string()),
            action_id: Set(action),
            element: Set(element),
            recorded_at: Set(now),
            recorded_by: Set(actor.person.map(|person| person.0)),
            recorded_who: Set(actor.name.clone()),
            rating: Set(None),
            comment: Set(None),
            rated_at: Set(None),
            rated_who: Set(None),
            revision: Set(1),
        };
        plan_support::Entity::insert(row).exec_without_returning(&tx).await?;
        let event = NewEvent::new(EventKind::SupportRecorded)
            .of(practice.id.0)
            .with(serde_json::json!({ "support": id }));
        record(&tx, actor, now, [event]).await?;
        let notice = NewNotice::about(NoticeKind::SupportRecorded, practice.id.0);
        self.notify(&tx, now, actor.person, notice, Audience::Leads).await?;
        tx.commit().await?;
        Ok(SupportId(id))
    }

    /// Says how much support helped. The Practice's lead only, until an assessment is finalised after it was recorded:
    /// from then on it stands behind that assessment's scores.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such support for this actor; [`StoreError::Lifecycle`] for anybody but
    /// the lead; [`StoreError::Refused`] when it stands behind a finalised assessment.
    #[expect(clippy::too_many_arguments, reason = "who, which, from what, to what, when")]
    pub async fn rate_support(
        &self,
        actor: &Actor,
        practice: &PracticeSlug,
        id: SupportId,
        revision: i32,
        helped: Helped,
        comment: Option<Prose>,
        now: OffsetDateTime,
    ) -> Result<Edited<SupportRow>> {
        let now = stamp(now);
        let tx = self.writing().await?;
        let (practice, _) = planning(&tx, actor, practice, PlanOperation::RateSupport).await?;
        let assessments = assessment::Entity::find()
            .filter(assessment::Column::PracticeId.eq(practice.id.0))
            .all(&tx)
            .await?;
        let stored = |rows: Vec<SupportRow>| {
            rows.into_iter()
                .find(|row| row.given.id == id)
                .ok_or(StoreError::NotFound)
        };
        let before = stored(given(&tx, practice.id.0, &assessments).await?)?;
        if !before.open {
            return Err(StoreError::Refused(
                "An assessment has been finalised since, and this support stands behind its scores. Its rating stays as it is."
                    .to_owned(),
            ));
        }
        if (before.given.helped, &before.given.comment) == (Some(helped), &comment) {
            return Ok(Edited::Saved);
        }
        let row = plan_support::ActiveModel {
            rating: Set(Some(i16::from(helped.level()))),
            comment: Set(text(&comment)),
            rated_at: Set(Some(now)),
            rated_who: Set(Some(actor.name.clone())),
            revision: Set(revision.saturating_add(1)),
            ..Default::default()
        };
        let query = plan_support::Entity::update_many()
            .set(row)
            .filter(plan_support::Column::Id.eq(id.0))
            .filter(plan_support::Column::Revision.eq(revision));
        if query.exec(&tx).await?.rows_affected == 0 {
            let theirs = stored(given(&tx, practice.id.0, &assessments).await?)?;
            return Ok(Edited::Conflict(Box::new(theirs)));
        }
        let was = before.version();
        let help = Help {
            level: Some(helped.level()),
            comment,
        };
        let after = Version::new(revision.saturating_add(1), &help, &Who::from(actor), now);
        record_wording::<Help>(
            &tx,
            &Subject::of(Kind::Support, id.0, 0),
            practice.id.0,
            Some(&was),
            &after,
        )
        .await?;
        let event = NewEvent::new(EventKind::SupportRated)
            .of(practice.id.0)
            .with(serde_json::json!({ "support": id.0 }));
        record(&tx, actor, now, [event]).await?;
        tx.commit().await?;
        Ok(Edited::Saved)
    }
}

/// Returns the support that a Practice was given, the latest first; `assessments` are its own.
pub(super) async fn given(
    db: &impl ConnectionTrait,
    practice: Uuid,
    assessments: &[assessment::Model],
) -> Result<Vec<SupportRow>> {
    let rows = plan_support::Entity::find()
        .filter(plan_support::Column::PracticeId.eq(practice))
        .all(db)
        .await?;
    let last = assessments.iter().filter_map(finished).max();
    let mut rows: Vec<SupportRow> = (rows.into_iter()).map(|row| read(row, last)).collect::<Result<_>>()?;
    rows.sort_by_key(|row| Reverse((row.given.day, row.given.id)));
    Ok(rows)
}

/// Returns the support of a row; `last` is when the Practice's last assessment was finalised.
pub(crate) fn read(row: plan_support::Model, last: Option<OffsetDateTime>) -> Result<SupportRow> {
    let element = |id| ElementId::try_from(id).map_err(bad);
    Ok(SupportRow {
        given: Given {
            id: SupportId(row.id),
            day: row.day,
            what: Prose::try_from(row.what).map_err(bad)?,
            about: match (row.action_id, row.element) {
                (Some(action), _) => About::Action(ActionId(action)),
                (None, Some(id)) => About::Element(element(id)?),
                (None, None) => About::Whole,
            },
            recorded: row.recorded_at,
            helped: helped(row.rating)?,
            comment: convert::prose(row.comment)?,
        },
        recorded_by: row.recorded_who,
        rated_by: row.rated_who,
        open: last.is_none_or(|last| last <= row.recorded_at),
        revision: row.revision,
    })
}

/// Returns how much support helped.
pub(super) fn helped(level: Option<i16>) -> Result<Option<Helped>> {
    let read = |level: i16| u8::try_from(level).ok().and_then(Helped::from_level);
    level
        .map(|level| read(level).ok_or_else(|| bad(format!("no level {level} of support"))))
        .transpose()
}
