//! How many files a Practice may upload within a day.

use crate::{
    Store,
    error::{Result, StoreError},
    rows::evidence_version,
    scope,
};
use framework::{actor::Actor, ids::PracticeSlug};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use time::{Duration, OffsetDateTime};

/// The files that a Practice may upload within a day: a whole library at once.
pub const UPLOADS_A_DAY: u64 = 300;

impl Store {
    /// Returns whether one more file may be kept for a Practice. Asked before its bytes are.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such Practice, or not for this actor; [`StoreError::Enough`] when
    /// [`UPLOADS_A_DAY`] came within a day.
    pub async fn may_upload(&self, actor: &Actor, practice: &PracticeSlug, now: OffsetDateTime) -> Result<()> {
        let (practice, _) = scope::practice(&self.db, actor, practice).await?;
        let lately = evidence_version::Entity::find()
            .filter(evidence_version::Column::PracticeId.eq(practice.id.0))
            .filter(evidence_version::Column::FileHash.is_not_null())
            .filter(evidence_version::Column::MadeAt.gt(now - Duration::DAY));
        if lately.count(&self.db).await? < UPLOADS_A_DAY {
            return Ok(());
        }
        Err(StoreError::Enough(format!(
            "{UPLOADS_A_DAY} files came from your Practice within a day, which is the most. Add this one tomorrow, or write \
             a link to it."
        )))
    }
}
