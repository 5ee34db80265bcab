//! What can be said on a criterion – answer, review, one of two reviewers' readings, agreement – as rows.

use crate::{
    convert::{self, level, seat, text},
    error::Result,
    event::{EventKind, Who},
    rows::{agreement, answer, reading, review},
    wording::Version,
};
use framework::{
    adaptation::{Adaptation, AsOf, put_down},
    assessment::{Agreement, Answer, Reading, Response, Review},
    criteria::Criterion,
    ids::CriterionId,
    lifecycle::Operation,
    reviewers::Seat,
    wording::{Kind, Sayable},
};
use sea_orm::{ActiveModelBehavior, ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use serde::Serialize;
use time::OffsetDateTime;
use uuid::Uuid;

/// What can be said on a criterion, with its table.
pub(crate) trait CriterionRecord: Sayable + Serialize + Send + Sync + 'static {
    /// The table.
    type Entity: EntityTrait<Model: Send + Sync + IntoActiveModel<Self::Row>>;
    /// A row to write.
    type Row: ActiveModelTrait<Entity = Self::Entity> + ActiveModelBehavior + Send;
    /// What saying it is to the lifecycle.
    const ACTION: Operation;
    /// What saying it is to the history.
    const KIND: EventKind;
    /// What its wordings are.
    const WORDING: Kind;

    /// Does it rest on the Practice's register of adaptations?
    const RESTS_ON_REGISTER: bool = false;

    /// Returns what is saved: the same, or completed from the Practice's register.
    ///
    /// # Errors
    /// A sentence for the person.
    fn complete(
        self,
        _criterion: &CriterionId,
        _register: &[Adaptation],
        _at: Option<AsOf>,
    ) -> std::result::Result<Self, String> {
        Ok(self)
    }

    /// Returns whether this can be said on this criterion.
    ///
    /// # Errors
    /// A sentence for the person.
    fn fits(&self, criterion: &Criterion) -> std::result::Result<(), String>;

    /// Reads a row.
    fn found(row: <Self::Entity as EntityTrait>::Model) -> Result<Found<Self>>;

    /// The row that says it.
    fn row(&self, key: &Key, who: &Who, now: OffsetDateTime) -> Self::Row;
}

/// Where a part belongs.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub(crate) id: Uuid,
    pub(crate) practice: Uuid,
    pub(crate) assessment: Uuid,
    pub(crate) criterion: CriterionId,
    /// Whose, of two reviewers; for a reading only.
    pub(crate) place: Option<Seat>,
    pub(crate) revision: i32,
}

/// A row that was read.
#[derive(Clone, Debug)]
pub(crate) struct Found<T> {
    pub(crate) assessment: Uuid,
    pub(crate) criterion: CriterionId,
    /// Whose, of two reviewers; for a reading only.
    pub(crate) place: Option<Seat>,
    pub(crate) stored: Stored<T>,
}

/// What a row says, and since when.
#[derive(Clone, Debug)]
pub(crate) struct Stored<T> {
    pub(crate) id: Uuid,
    pub(crate) revision: i32,
    pub(crate) value: T,
    pub(crate) person: Option<Uuid>,
    pub(crate) who: String,
    pub(crate) at: OffsetDateTime,
}

impl<T: CriterionRecord> Stored<T> {
    /// Returns what stands, as wordings have it.
    pub(crate) fn version(&self) -> Version {
        Version {
            revision: self.revision,
            texts: self.value.texts(),
            who: Who {
                person: self.person,
                name: self.who.clone(),
            },
            at: self.at,
        }
    }
}

impl CriterionRecord for Answer {
    type Entity = answer::Entity;
    type Row = answer::ActiveModel;
    const ACTION: Operation = Operation::Fill;
    const KIND: EventKind = EventKind::Answered;
    const WORDING: Kind = Kind::Answer;

    fn fits(&self, criterion: &Criterion) -> std::result::Result<(), String> {
        // the form's own rules, so that they live once
        match Answer::read(criterion, &self.form()) {
            Ok(_) => Ok(()),
            Err(errors) => Err(errors
                .into_iter()
                .map(|error| error.message)
                .collect::<Vec<_>>()
                .join(" ")),
        }
    }

    fn found(row: answer::Model) -> Result<Found<Self>> {
        Ok(Found {
            assessment: row.assessment_id,
            criterion: convert::criterion(row.criterion.clone())?,
            place: None,
            stored: Stored {
                id: row.id,
                revision: row.revision,
                person: row.updated_by,
                who: row.updated_who.clone(),
                at: row.updated_at,
                value: row.try_into()?,
            },
        })
    }

    fn row(&self, key: &Key, who: &Who, now: OffsetDateTime) -> answer::ActiveModel {
        let (rating, not_applicable, reason) = match &self.response {
            None => (None, false, None),
            Some(Response::Rated(rating)) => (Some(*rating), false, None),
            Some(Response::NotApplicable(reason)) => (None, true, text(reason)),
        };
        answer::ActiveModel {
            id: Set(key.id),
            practice_id: Set(key.practice),
            assessment_id: Set(key.assessment),
            criterion: Set(key.criterion.to_string()),
            rating: Set(level(rating)),
            not_applicable: Set(not_applicable),
            na_reason: Set(reason),
            measure: Set(self.measure),
            evidence: Set(text(&self.evidence)),
            comment: Set(text(&self.comment)),
            adaptation: Set(text(&self.adaptation)),
            revision: Set(key.revision),
            updated_at: Set(now),
            updated_by: Set(who.person),
            updated_who: Set(who.name.clone()),
        }
    }
}

impl CriterionRecord for Review {
    type Entity = review::Entity;
    type Row = review::ActiveModel;
    const ACTION: Operation = Operation::Review;
    const KIND: EventKind = EventKind::Reviewed;
    const WORDING: Kind = Kind::Review;

    fn fits(&self, _: &Criterion) -> std::result::Result<(), String> {
        Ok(())
    }

    fn found(row: review::Model) -> Result<Found<Self>> {
        Ok(Found {
            assessment: row.assessment_id,
            criterion: convert::criterion(row.criterion.clone())?,
            place: None,
            stored: Stored {
                id: row.id,
                revision: row.revision,
                person: row.reviewer_id,
                who: row.updated_who.clone(),
                at: row.updated_at,
                value: row.try_into()?,
            },
        })
    }

    fn row(&self, key: &Key, who: &Who, now: OffsetDateTime) -> review::ActiveModel {
        review::ActiveModel {
            id: Set(key.id),
            practice_id: Set(key.practice),
            assessment_id: Set(key.assessment),
            criterion: Set(key.criterion.to_string()),
            reviewer_id: Set(who.person),
            rating: Set(level(self.rating)),
            comment: Set(text(&self.comment)),
            question: Set(text(&self.question)),
            revision: Set(key.revision),
            updated_at: Set(now),
            updated_who: Set(who.name.clone()),
        }
    }
}

impl CriterionRecord for Reading {
    type Entity = reading::Entity;
    type Row = reading::ActiveModel;
    const ACTION: Operation = Operation::Review;
    const KIND: EventKind = EventKind::Reviewed;
    const WORDING: Kind = Kind::Reading;

    fn fits(&self, _: &Criterion) -> std::result::Result<(), String> {
        Ok(())
    }

    fn found(row: reading::Model) -> Result<Found<Self>> {
        Ok(Found {
            assessment: row.assessment_id,
            criterion: convert::criterion(row.criterion.clone())?,
            place: Some(seat(row.place)?),
            stored: Stored {
                id: row.id,
                revision: row.revision,
                person: row.reviewer_id,
                who: row.updated_who.clone(),
                at: row.updated_at,
                value: row.try_into()?,
            },
        })
    }

    fn row(&self, key: &Key, who: &Who, now: OffsetDateTime) -> reading::ActiveModel {
        reading::ActiveModel {
            id: Set(key.id),
            practice_id: Set(key.practice),
            assessment_id: Set(key.assessment),
            criterion: Set(key.criterion.to_string()),
            place: Set(key.place.unwrap_or(Seat::First).number()),
            reviewer_id: Set(who.person),
            rating: Set(level(self.0.rating)),
            comment: Set(text(&self.0.comment)),
            question: Set(text(&self.0.question)),
            revision: Set(key.revision),
            updated_at: Set(now),
            updated_who: Set(who.name.clone()),
        }
    }
}

impl CriterionRecord for Agreement {
    type Entity = agreement::Entity;
    type Row = agreement::ActiveModel;
    const ACTION: Operation = Operation::Agree;
    const KIND: EventKind = EventKind::Agreed;
    const WORDING: Kind = Kind::Agreement;
    const RESTS_ON_REGISTER: bool = true;

    fn complete(
        self,
        criterion: &CriterionId,
        register: &[Adaptation],
        at: Option<AsOf>,
    ) -> std::result::Result<Self, String> {
        put_down(criterion, self, register, at).map_err(str::to_owned)
    }

    fn fits(&self, _: &Criterion) -> std::result::Result<(), String> {
        Ok(())
    }

    fn found(row: agreement::Model) -> Result<Found<Self>> {
        Ok(Found {
            assessment: row.assessment_id,
            criterion: convert::criterion(row.criterion.clone())?,
            place: None,
            stored: Stored {
                id: row.id,
                revision: row.revision,
                person: row.updated_by,
                who: row.updated_who.clone(),
                at: row.updated_at,
                value: row.try_into()?,
            },
        })
    }

    fn row(&self, key: &Key, who: &Who, now: OffsetDateTime) -> agreement::ActiveModel {
        agreement::ActiveModel {
            id: Set(key.id),
            practice_id: Set(key.practice),
            assessment_id: Set(key.assessment),
            criterion: Set(key.criterion.to_string()),
            rating: Set(level(self.rating)),
            comment: Set(text(&self.comment)),
            class: Set(self.class.map(|class| class.code().to_owned())),
            adaptation_id: Set(self.adaptation.map(|adaptation| adaptation.0)),
            revision: Set(key.revision),
            updated_at: Set(now),
            updated_by: Set(who.person),
            updated_who: Set(who.name.clone()),
        }
    }
}
