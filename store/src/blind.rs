//! What two reviewers gave before either saw the other's ratings. It is kept when both are in for the first time: after a return
//! both may change what they gave, knowing the other's, and how they agree is told from what they said alone.

use crate::{
    convert::{self, rating},
    error::Result,
    rows::{CHUNK, blind_reading, reading},
    scope::AccessibleAssessment,
};
use framework::{ids::CriterionId, rating::Rating};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    sea_query::SelectStatement,
};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// By assessment and criterion, what each gave. Without those of which it was not kept: from files, or of earlier releases.
pub(crate) type Blind = HashMap<Uuid, BTreeMap<CriterionId, [Option<Rating>; 2]>>;

/// Keeps what both gave, unless it was kept before.
pub(crate) async fn record_blind_readings(tx: &impl ConnectionTrait, target: &AccessibleAssessment) -> Result<()> {
    let kept = blind_reading::Entity::find().filter(blind_reading::Column::AssessmentId.eq(target.row.id));
    if kept.count(tx).await? > 0 {
        return Ok(());
    }
    let readings = reading::Entity::find()
        .filter(reading::Column::AssessmentId.eq(target.row.id))
        .all(tx)
        .await?;
    let row = |reading: reading::Model| {
        Some(blind_reading::ActiveModel {
            id: Set(Uuid::now_v7()),
            assessment_id: Set(reading.assessment_id),
            practice_id: Set(reading.practice_id),
            criterion: Set(reading.criterion),
            place: Set(reading.place),
            rating: Set(reading.rating?),
        })
    };
    let rows: Vec<_> = readings.into_iter().filter_map(row).collect();
    for chunk in rows.chunks(CHUNK) {
        blind_reading::Entity::insert_many(chunk.to_vec())
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// Returns what was kept of the assessments of a subquery.
pub(crate) async fn blind(db: &impl ConnectionTrait, which: &SelectStatement) -> Result<Blind> {
    let rows = blind_reading::Entity::find()
        .filter(blind_reading::Column::AssessmentId.in_subquery(which.clone()))
        .all(db)
        .await?;
    let mut all = Blind::new();
    for row in rows {
        let of_assessment = all.entry(row.assessment_id).or_default();
        let both = of_assessment.entry(convert::criterion(row.criterion)?).or_default();
        both[convert::seat(row.place)?.index()] = rating(Some(row.rating))?;
    }
    Ok(all)
}
