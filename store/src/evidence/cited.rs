//! What is cited in assessments: one query, however many.

use crate::{
    convert,
    error::Result,
    load::in_order,
    rows::{CHUNK, assessment, citation, evidence_version},
    scope::present,
};
use framework::{
    criteria::Framework,
    evidence::{Cited, EvidenceId},
    ids::{CriterionId, CycleId},
    lifecycle::Status,
    local,
    naming::folded,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect, sea_query::SelectStatement,
};
use std::collections::{BTreeMap, HashMap};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// What is cited in each assessment.
pub(crate) type AllCited = HashMap<Uuid, BTreeMap<CriterionId, Vec<Cited>>>;

/// Returns what is cited in the assessments of a subquery.
pub(crate) async fn cited(db: &impl ConnectionTrait, which: &SelectStatement) -> Result<AllCited> {
    let rows = citation::Entity::find()
        .find_also_related(evidence_version::Entity)
        .filter(citation::Column::AssessmentId.in_subquery(which.clone()))
        .all(db)
        .await?;
    let mut all = AllCited::new();
    for (row, version) in rows {
        let criterion = convert::criterion(row.criterion)?;
        let here = all.entry(row.assessment_id).or_default().entry(criterion).or_default();
        here.push(Cited {
            id: EvidenceId(row.evidence_id),
            number: row.number,
            evidence: present(version, "a cited version")?.try_into()?,
        });
    }
    for items in all.values_mut().flat_map(BTreeMap::values_mut) {
        items.sort_by_cached_key(|item| (folded(item.evidence.title.as_str()), item.id));
    }
    Ok(all)
}

/// Returns what is cited in one of them, one a criterion in the framework's order.
pub(crate) fn cited_in_order(framework: &Framework, all: &mut AllCited, assessment: Uuid) -> Result<Vec<Vec<Cited>>> {
    in_order(framework, all.remove(&assessment).unwrap_or_default())
}

/// Returns the citations in the finalised assessments of a cycle, each with its assessment and whether it had expired when that
/// was finalised.
pub(crate) async fn used(db: &impl ConnectionTrait, cycle: &CycleId) -> Result<Vec<(Uuid, bool)>> {
    let rows: Vec<(Uuid, Option<Date>, OffsetDateTime)> = citation::Entity::find()
        .select_only()
        .column(citation::Column::AssessmentId)
        .column(evidence_version::Column::ReviewBy)
        .column(assessment::Column::StatusSince)
        .inner_join(evidence_version::Entity)
        .inner_join(assessment::Entity)
        .filter(assessment::Column::Cycle.eq(cycle.as_str()))
        .filter(assessment::Column::Status.eq(Status::Finalised.code()))
        .into_tuple()
        .all(db)
        .await?;
    let expired = |(assessment, review_by, finalised): (Uuid, Option<Date>, OffsetDateTime)| {
        (assessment, review_by.is_some_and(|last| last < local::date(finalised)))
    };
    Ok(rows.into_iter().map(expired).collect())
}

/// Cites in a new edition what the one before cited.
pub(crate) async fn carry(db: &impl ConnectionTrait, from: Uuid, to: Uuid) -> Result<()> {
    let rows = citation::Entity::find()
        .filter(citation::Column::AssessmentId.eq(from))
        .all(db)
        .await?;
    let rows: Vec<citation::ActiveModel> = rows
        .into_iter()
        .map(|row| citation::ActiveModel {
            id: Set(Uuid::now_v7()),
            assessment_id: Set(to),
            ..row.into_active_model().reset_all()
        })
        .collect();
    for chunk in rows.chunks(CHUNK) {
        citation::Entity::insert_many(chunk.to_vec())
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}
