//! What a finished assessment says, for National Pause to look behind a figure.

use crate::{
    Store, convert,
    error::Result,
    evidence::{cited, cited_in_order},
    facts::latest_editions,
    load::{AssessmentContent, assessment_contents, ids, in_order},
    register::Registers,
    rows::assessment,
    scope::{self, national},
};
use framework::{
    actor::Actor,
    assessment::Entry,
    criteria::Framework,
    evidence::Cited,
    ids::{CycleId, PracticeSlug},
    lifecycle::Status,
    report::Register,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::sync::Arc;

/// The last finalised edition of an assessment. All lists are in the order of its version's criteria.
#[derive(Clone, Debug)]
pub struct Finished {
    /// Its version.
    pub framework: Arc<Framework>,
    /// What was said.
    pub entries: Vec<Entry>,
    /// The evidence that is cited.
    pub cited: Vec<Vec<Cited>>,
    /// What was agreed with the Practice, as the assessment looks at it.
    pub register: Register,
}

impl Store {
    /// Returns what a Practice's finalised assessment of a cycle says. Eight queries. National Pause only.
    ///
    /// # Errors
    /// [`crate::StoreError::NotFound`] when there is none, or for anybody else.
    pub async fn finished(&self, actor: &Actor, practice: &PracticeSlug, cycle: &CycleId) -> Result<Finished> {
        national(actor)?;
        let tx = self.reading().await?;
        let (practice, _) = scope::practice(&tx, actor, practice).await?;
        let rows = assessment::Entity::find()
            .filter(assessment::Column::PracticeId.eq(practice.id.0))
            .filter(assessment::Column::Cycle.eq(cycle.as_str()))
            .filter(assessment::Column::Status.eq(Status::Finalised.code()))
            .all(&tx)
            .await?;
        let row = latest_editions(rows).pop().ok_or(crate::StoreError::NotFound)?;
        let this = ids(assessment::Column::Id.eq(row.id).into());
        let mut said = assessment_contents(&tx, &this).await?;
        let registers = Registers::of_practice(&tx, practice.id.0).await?;
        let mut cited = cited(&tx, &this).await?;
        tx.commit().await?;
        let framework = self.framework(&convert::version(row.version.clone())?)?.clone();
        let lines: Vec<AssessmentContent> = in_order(&framework, said.remove(&row.id).unwrap_or_default())?;
        let mut entries: Vec<Entry> = lines.iter().map(AssessmentContent::entry).collect();
        registers.settle_all(&row, &framework, entries.iter_mut().map(|entry| &mut entry.agreement));
        Ok(Finished {
            entries,
            cited: cited_in_order(&framework, &mut cited, row.id)?,
            register: registers.as_of_assessment(&row),
            framework,
        })
    }
}
