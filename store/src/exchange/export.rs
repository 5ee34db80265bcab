//! Finalised assessments to files.

use super::{Exchanged, carried};
use crate::{
    Store, convert,
    error::{Result, StoreError},
    facts::latest_editions,
    load::{assessment_contents, ids},
    register::Registers,
    rows::{adaptation_round, assessment, cycle, practice},
    scope::{present, visible},
};
use framework::{actor::Actor, assessment::Entry, ids::CycleId, lifecycle::Status};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};
use std::collections::HashSet;
use uuid::Uuid;

impl Store {
    /// Returns the finalised assessments that the actor may read, each in its latest edition, of one cycle or all, by cycle and
    /// Practice. Six queries at most.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such cycle; else when the database fails or a row cannot be read.
    pub async fn export(&self, actor: &Actor, cycle: Option<&CycleId>) -> Result<Vec<Exchanged>> {
        let which = Condition::all()
            .add(visible(actor, assessment::Column::PracticeId))
            .add(assessment::Column::Status.eq(Status::Finalised.code()))
            .add_option(cycle.map(|cycle| assessment::Column::Cycle.eq(cycle.as_str())));
        let tx = self.reading().await?;
        if let Some(cycle) = cycle
            && cycle::Entity::find_by_id(cycle.as_str()).one(&tx).await?.is_none()
        {
            return Err(StoreError::NotFound);
        }
        let mut rows = assessment::Entity::find()
            .find_also_related(practice::Entity)
            .filter(which.clone())
            .all(&tx)
            .await?;
        let mut all = assessment_contents(&tx, &ids(which)).await?;
        let of_seen = visible(actor, adaptation_round::Column::PracticeId);
        let registers = Registers::read(&tx, of_seen).await?;
        tx.commit().await?;
        let latest: HashSet<Uuid> = latest_editions(rows.iter().map(|(row, _)| row.clone()).collect())
            .into_iter()
            .map(|row| row.id)
            .collect();
        rows.retain(|(row, _)| latest.contains(&row.id));
        let read = |(row, practice): (assessment::Model, Option<practice::Model>)| {
            let said = all.remove(&row.id).unwrap_or_default();
            let entries = said.iter().map(|(criterion, said)| {
                let entry = carried(&registers, &row, criterion, said);
                (criterion.clone(), entry)
            });
            let entries = entries.filter(|(_, entry)| *entry != Entry::default()).collect();
            Ok(Exchanged {
                practice: present(practice, "an assessment's Practice")?.try_into()?,
                cycle: convert::cycle(row.cycle)?,
                version: convert::version(row.version)?,
                entries,
            })
        };
        let mut exchanged: Vec<Exchanged> = rows.into_iter().map(read).collect::<Result<_>>()?;
        exchanged.sort_by(|a, b| (&a.cycle, &a.practice.slug).cmp(&(&b.cycle, &b.practice.slug)));
        Ok(exchanged)
    }
}
