//! The files that rows name: what a backup copies, and what a sweep leaves alone.

use crate::{
    Store, convert,
    error::Result,
    rows::{evidence_version, kept_document},
    scope::administrator,
};
use framework::{actor::Actor, evidence::FileHash};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::BTreeSet;

impl Store {
    /// Returns the hashes of all files that are kept: as evidence, and as reports. For the operator and administrators. Also of a
    /// database that is not up to date: a table that it does not have yet names none.
    ///
    /// # Errors
    /// [`StoreError::NotFound`](crate::StoreError::NotFound) for anybody else.
    pub async fn referenced_files(&self, actor: &Actor) -> Result<BTreeSet<FileHash>> {
        administrator(actor)?;
        let evidence = self.hashes::<evidence_version::Entity>(evidence_version::Column::FileHash);
        let reports = self.hashes::<kept_document::Entity>(kept_document::Column::Sha256);
        let all = evidence.await?.into_iter().chain(reports.await?);
        all.map(|hash| FileHash::try_from(hash).map_err(convert::bad)).collect()
    }

    async fn hashes<E: EntityTrait>(&self, column: E::Column) -> Result<Vec<String>> {
        if !migrations::has_table(&self.db, E::default().table_name()).await? {
            return Ok(vec![]);
        }
        let query = E::find().select_only().column(column).distinct();
        Ok(query.filter(column.is_not_null()).into_tuple().all(&self.db).await?)
    }
}
