//! Published versions: their text never changes.

use crate::{
    Store,
    convert::{self, stamp},
    error::{Result, StoreError},
    event::{EventKind, NewEvent, record},
    rows::framework_version,
};
use framework::{actor::Actor, ids::VersionId};
use sea_orm::{ActiveValue::Set, EntityTrait};
use time::OffsetDateTime;

impl Store {
    /// Records the versions that the database has not seen, and holds the others to the text they were published with.
    ///
    /// # Errors
    /// [`StoreError::VersionChanged`] when a published version is missing here or has another text; nothing is
    /// recorded then, and nothing should be served.
    pub async fn publish(&self, now: OffsetDateTime) -> Result<()> {
        let now = stamp(now);
        let tx = self.writing().await?;
        let rows = framework_version::Entity::find().all(&tx).await?;
        let published: Vec<(VersionId, String)> = rows
            .into_iter()
            .map(|row| Ok((convert::version(row.id)?, row.hash)))
            .collect::<Result<_>>()?;
        self.library
            .check_published(published.iter().map(|(version, hash)| (version, hash.as_str())))
            .map_err(StoreError::VersionChanged)?;
        let unseen = self
            .library
            .versions()
            .filter(|framework| published.iter().all(|(version, _)| *version != framework.version));
        for framework in unseen {
            let row = framework_version::ActiveModel {
                id: Set(framework.version.to_string()),
                hash: Set(framework.hash.clone()),
                published_at: Set(now),
            };
            framework_version::Entity::insert(row)
                .exec_without_returning(&tx)
                .await?;
            let detail = serde_json::json!({ "version": framework.version, "hash": framework.hash });
            let event = NewEvent::new(EventKind::Published).with(detail);
            record(&tx, &Actor::operator(), now, [event]).await?;
        }
        tx.commit().await
    }
}
