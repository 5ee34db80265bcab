//! Citing items on criteria, and saying that an item of an earlier cycle is still true.

use super::{begun, change::uncited, item, require_library_editor};
use crate::{
    Store,
    convert::stamp,
    error::{Result, StoreError},
    event::{EventKind, NewEvent, Who, record},
    rows::{assessment, citation, evidence, evidence_version, still_true},
    scope::{AccessibleAssessment, Lock},
    transaction::Transaction,
};
use framework::{
    actor::Actor,
    evidence::{EvidenceId, must_be_confirmed},
    ids::{CriterionId, CycleId, PracticeSlug},
    lifecycle::{Operation, next},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::OnConflict,
};
use serde_json::json;
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;

impl Store {
    /// Cites items on a criterion (`true`), at their latest version, or takes them out again (`false`). Items that are
    /// not named stay as they are, so that two people never undo each other's work.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when one of them is not of the Practice, or the actor does not keep its library;
    /// [`StoreError::Lifecycle`] when the assessment cannot be filled now; [`StoreError::Refused`] when an item is
    /// withdrawn, or of an earlier cycle and nobody has said that it is still true. Nothing is changed then.
    pub async fn cite(
        &self,
        actor: &Actor,
        slug: &PracticeSlug,
        cycle: &CycleId,
        criterion: &CriterionId,
        changes: &BTreeMap<EvidenceId, bool>,
        now: OffsetDateTime,
    ) -> Result<()> {
        let now = stamp(now);
        let tx = self.writing().await?;
        let (practice, _) = require_library_editor(&tx, actor, slug).await?;
        let target = self.lock_assessment(&tx, actor, slug, cycle, Lock::Shared).await?;
        next(target.status, Operation::Fill, target.standing)?;
        if target.framework.criterion(criterion).is_none() {
            return Err(StoreError::NotFound);
        }
        let named = changes.keys().map(|id| id.0);
        let items = evidence::Entity::find()
            .filter(evidence::Column::PracticeId.eq(practice.id.0))
            .filter(evidence::Column::Id.is_in(named))
            .lock_shared()
            .all(&tx)
            .await?;
        if items.len() != changes.len() {
            return Err(StoreError::NotFound);
        }
        let before = citation::Entity::find()
            .filter(citation::Column::AssessmentId.eq(target.row.id))
            .filter(citation::Column::Criterion.eq(criterion.as_str()))
            .all(&tx)
            .await?;
        let mut events = vec![];
        for item in items {
            let old = before.iter().find(|row| row.evidence_id == item.id);
            match (changes[&EvidenceId(item.id)], old) {
                (true, Some(old)) if old.number == item.number => {}
                (true, _) => {
                    citable(&tx, &target, &item).await?;
                    write(&tx, &target, criterion, &item, &Who::from(actor), now).await?;
                    let event = NewEvent::new(EventKind::Cited)
                        .at(practice.id.0, target.row.id)
                        .on(criterion);
                    events.push(event.with(json!({ "evidence": item.id, "number": item.number })));
                }
                (false, Some(old)) => {
                    citation::Entity::delete_by_id(old.id).exec(&tx).await?;
                    events.push(uncited(old)?);
                }
                (false, None) => {}
            }
        }
        record(&tx, actor, now, events).await?;
        tx.commit().await
    }

    /// Says, for an assessment that is being filled, that an item is still true. Who said it first, and when, is kept.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such item for this actor; [`StoreError::Lifecycle`] when the
    /// assessment cannot be filled now; [`StoreError::Refused`] when the item is withdrawn.
    pub async fn confirm_evidence(
        &self,
        actor: &Actor,
        slug: &PracticeSlug,
        cycle: &CycleId,
        id: EvidenceId,
        now: OffsetDateTime,
    ) -> Result<()> {
        let now = stamp(now);
        let tx = self.writing().await?;
        let (practice, _) = require_library_editor(&tx, actor, slug).await?;
        let target = self.lock_assessment(&tx, actor, slug, cycle, Lock::Shared).await?;
        next(target.status, Operation::Fill, target.standing)?;
        if item(&tx, &practice, id).await?.withdrawn_at.is_some() {
            return Err(withdrawn());
        }
        let who = Who::from(actor);
        let row = still_true::ActiveModel {
            id: Set(Uuid::now_v7()),
            practice_id: Set(practice.id.0),
            assessment_id: Set(target.row.id),
            evidence_id: Set(id.0),
            said_at: Set(now),
            said_by: Set(who.person),
            said_who: Set(who.name.clone()),
        };
        let known = OnConflict::columns([still_true::Column::AssessmentId, still_true::Column::EvidenceId])
            .do_nothing()
            .to_owned();
        let written = still_true::Entity::insert(row)
            .on_conflict(known)
            .exec_without_returning(&tx)
            .await?;
        if written == 1 {
            let event = NewEvent::new(EventKind::StillTrue).at(practice.id.0, target.row.id);
            record(&tx, who, now, [event.with(json!({ "evidence": id }))]).await?;
        }
        tx.commit().await
    }
}

/// Can an item be cited in this assessment?
async fn citable(tx: &impl ConnectionTrait, target: &AccessibleAssessment, item: &evidence::Model) -> Result<()> {
    if item.withdrawn_at.is_some() {
        return Err(withdrawn());
    }
    let latest = evidence_version::Entity::find()
        .filter(evidence_version::Column::EvidenceId.eq(item.id))
        .filter(evidence_version::Column::Number.eq(item.number))
        .one(tx)
        .await?
        .ok_or(StoreError::NotFound)?;
    let confirmed = still_true::Entity::find()
        .inner_join(assessment::Entity)
        .filter(assessment::Column::Cycle.eq(target.cycle.as_str()))
        .filter(still_true::Column::EvidenceId.eq(item.id))
        .one(tx)
        .await?;
    let begun = begun(tx, target).await?;
    if must_be_confirmed(latest.made_at, confirmed.map(|row| row.said_at), begun) {
        return Err(StoreError::Refused(format!(
            "“{}” is from an earlier cycle. Say that it is still true before you cite it.",
            latest.title
        )));
    }
    Ok(())
}

/// Cites an item at its latest version, whether it was cited before or not.
async fn write(
    tx: &Transaction,
    target: &AccessibleAssessment,
    criterion: &CriterionId,
    item: &evidence::Model,
    who: &Who,
    now: OffsetDateTime,
) -> Result<()> {
    use citation::Column;
    let row = citation::ActiveModel {
        id: Set(Uuid::now_v7()),
        practice_id: Set(target.row.practice_id),
        assessment_id: Set(target.row.id),
        criterion: Set(criterion.to_string()),
        evidence_id: Set(item.id),
        number: Set(item.number),
        cited_at: Set(now),
        cited_by: Set(who.person),
        cited_who: Set(who.name.clone()),
    };
    let again = OnConflict::columns([Column::AssessmentId, Column::Criterion, Column::EvidenceId])
        .update_columns([Column::Number, Column::CitedAt, Column::CitedBy, Column::CitedWho])
        .to_owned();
    citation::Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

fn withdrawn() -> StoreError {
    StoreError::Refused("This item is withdrawn. Restore it in the library before you use it.".to_owned())
}
