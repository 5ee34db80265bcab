//! Adding, changing and withdrawing items.

use super::{item, require_library_editor, row::row};
use crate::{
    Store,
    convert::stamp,
    error::{Result, StoreError},
    event::{EventKind, NewEvent, Who, record},
    load::ids,
    rows::{assessment, citation, evidence, evidence_version},
    transaction::Transaction,
};
use framework::{
    actor::Actor,
    evidence::{Evidence, EvidenceId},
    ids::PracticeSlug,
    lifecycle::{Operation, Status, next},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, QueryFilter,
    sea_query::{Expr, SelectStatement},
};
use serde_json::json;
use time::OffsetDateTime;
use uuid::Uuid;

impl Store {
    /// Adds an item to a Practice's library.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for those who do not keep the library.
    pub async fn add_evidence(
        &self,
        actor: &Actor,
        practice: &PracticeSlug,
        new: &Evidence,
        now: OffsetDateTime,
    ) -> Result<EvidenceId> {
        let now = stamp(now);
        let tx = self.writing().await?;
        let (practice, _) = require_library_editor(&tx, actor, practice).await?;
        let id = EvidenceId(Uuid::now_v7());
        if let Some(before) = self.made_before(&tx, actor, id.0, now).await? {
            return Ok(EvidenceId(before));
        }
        let item = evidence::ActiveModel {
            id: Set(id.0),
            practice_id: Set(practice.id.0),
            kind: Set(new.kind().code().to_owned()),
            number: Set(1),
            withdrawn_at: Set(None),
            withdrawn_who: Set(None),
        };
        evidence::Entity::insert(item).exec_without_returning(&tx).await?;
        let version = row(practice.id.0, id, 1, new, &Who::from(actor), now);
        evidence_version::Entity::insert(version)
            .exec_without_returning(&tx)
            .await?;
        let event = NewEvent::new(EventKind::EvidenceAdded).of(practice.id.0);
        record(&tx, actor, now, [event.with(json!({ "evidence": id }))]).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Makes a new version of an item, unless nothing differs; its number. Assessments that can be filled now cite the
    /// new version from then on, all others what they cited.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such item for this actor; [`StoreError::Refused`] when it is withdrawn,
    /// or not at version `from` any more: somebody else has changed it.
    pub async fn change_evidence(
        &self,
        actor: &Actor,
        practice: &PracticeSlug,
        id: EvidenceId,
        from: i32,
        new: &Evidence,
        now: OffsetDateTime,
    ) -> Result<i32> {
        let now = stamp(now);
        let tx = self.writing().await?;
        let (practice, _) = require_library_editor(&tx, actor, practice).await?;
        let item = item(&tx, &practice, id).await?;
        if item.withdrawn_at.is_some() {
            return refused("This item is withdrawn. Restore it before you change it.");
        }
        if item.kind != new.kind().code() {
            return refused("An item stays what it is: a file, a link or a note. Add a new one.");
        }
        let latest = evidence_version::Entity::find()
            .filter(evidence_version::Column::EvidenceId.eq(id.0))
            .filter(evidence_version::Column::Number.eq(item.number))
            .one(&tx)
            .await?
            .ok_or(StoreError::NotFound)?;
        if item.number == from && Evidence::try_from(latest)? == *new {
            return Ok(from);
        }
        let number = from.saturating_add(1);
        // the update, not the read before it, decides who was first
        let written = evidence::Entity::update_many()
            .col_expr(evidence::Column::Number, Expr::val(number))
            .filter(evidence::Column::Id.eq(id.0))
            .filter(evidence::Column::Number.eq(from))
            .exec(&tx)
            .await?;
        if written.rows_affected == 0 {
            return refused("Somebody else has changed this item since you opened it. Look at their version first.");
        }
        let version = row(practice.id.0, id, number, new, &Who::from(actor), now);
        evidence_version::Entity::insert(version)
            .exec_without_returning(&tx)
            .await?;
        citation::Entity::update_many()
            .col_expr(citation::Column::Number, Expr::val(number))
            .filter(citation::Column::EvidenceId.eq(id.0))
            .filter(citation::Column::AssessmentId.in_subquery(open(practice.id.0)))
            .exec(&tx)
            .await?;
        let event = NewEvent::new(EventKind::EvidenceChanged).of(practice.id.0);
        record(
            &tx,
            actor,
            now,
            [event.with(json!({ "evidence": id, "number": number }))],
        )
        .await?;
        tx.commit().await?;
        Ok(number)
    }

    /// Withdraws an item, or brings it back. A withdrawn item is not offered any more, and is taken out of the
    /// assessments that can be filled now; the others keep what they cite.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such item for this actor. Withdrawing what is withdrawn does nothing.
    pub async fn withdraw_evidence(
        &self,
        actor: &Actor,
        practice: &PracticeSlug,
        id: EvidenceId,
        withdrawn: bool,
        now: OffsetDateTime,
    ) -> Result<()> {
        let now = stamp(now);
        let tx = self.writing().await?;
        let (practice, _) = require_library_editor(&tx, actor, practice).await?;
        if item(&tx, &practice, id).await?.withdrawn_at.is_some() == withdrawn {
            return Ok(());
        }
        let change = evidence::ActiveModel {
            id: Set(id.0),
            withdrawn_at: Set(withdrawn.then_some(now)),
            withdrawn_who: Set(withdrawn.then(|| actor.name.clone())),
            ..Default::default()
        };
        evidence::Entity::update(change).exec(&tx).await?;
        let kind = if withdrawn {
            EventKind::EvidenceWithdrawn
        } else {
            EventKind::EvidenceRestored
        };
        let mut events = vec![NewEvent::new(kind).of(practice.id.0).with(json!({ "evidence": id }))];
        if withdrawn {
            events.extend(take_out(&tx, practice.id.0, id).await?);
        }
        record(&tx, actor, now, events).await?;
        tx.commit().await
    }
}

/// Takes an item out of the assessments that can be filled now.
async fn take_out(tx: &Transaction, practice: Uuid, id: EvidenceId) -> Result<Vec<NewEvent>> {
    let here = || {
        Condition::all()
            .add(citation::Column::EvidenceId.eq(id.0))
            .add(citation::Column::AssessmentId.in_subquery(open(practice)))
    };
    let rows = citation::Entity::find().filter(here()).all(tx).await?;
    citation::Entity::delete_many().filter(here()).exec(tx).await?;
    rows.into_iter().map(|row| uncited(&row)).collect()
}

/// Returns the event of a citation that was taken out.
pub(super) fn uncited(row: &citation::Model) -> Result<NewEvent> {
    Ok(NewEvent::new(EventKind::Uncited)
        .at(row.practice_id, row.assessment_id)
        .on(&crate::convert::criterion(row.criterion.clone())?)
        .with(json!({ "evidence": row.evidence_id, "number": row.number })))
}

/// Returns the Practice's assessments that its people can fill now.
fn open(practice: Uuid) -> SelectStatement {
    let lead = framework::actor::Standing::Lead;
    let open = Status::ALL
        .into_iter()
        .filter(|status| next(*status, Operation::Fill, lead).is_ok());
    ids(Condition::all()
        .add(assessment::Column::PracticeId.eq(practice))
        .add(assessment::Column::Status.is_in(open.map(Status::code))))
}

fn refused<T>(sentence: &str) -> Result<T> {
    Err(StoreError::Refused(sentence.to_owned()))
}
