//! Words that seem to identify somebody, kept by their author: that it was confirmed goes into the history, with kinds and
//! numbers, never the words.

use crate::{
    EventKind, Store,
    convert::stamp,
    error::{Result, StoreError},
    event::{Happening, record},
    scope::practice,
};
use framework::{
    actor::{Actor, Standing},
    identify::Kinds,
    ids::{CriterionId, CycleId, PracticeSlug},
};
use time::OffsetDateTime;

impl Store {
    /// Records that the actor was asked about words that seem to identify somebody and kept them: for each criterion, or
    /// for none, how many of which kind. Called once the text is stored. Nothing happens where nothing was kept.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the actor may not read the assessment, or only reads in the Practice.
    pub async fn keep_detail(
        &self,
        actor: &Actor,
        slug: &PracticeSlug,
        cycle: Option<&CycleId>,
        kept: &[(Option<CriterionId>, Kinds)],
        now: OffsetDateTime,
    ) -> Result<()> {
        if kept.iter().all(|(_, kinds)| kinds.is_empty()) {
            return Ok(());
        }
        let tx = self.writing().await?;
        let (practice, standing) = practice(&tx, actor, slug).await?;
        let kind = match standing {
            // who has just declared a conflict of interest observes
            Standing::Administrator | Standing::Reviewer | Standing::Observer => EventKind::ReviewDetailKept,
            Standing::Lead | Standing::Contributor => EventKind::DetailKept,
            Standing::Reader | Standing::Stranger => return Err(StoreError::NotFound),
        };
        let happening = Happening::new(kind);
        let happening = match cycle {
            Some(cycle) => happening.at(practice.id.0, self.place(&tx, actor, slug, cycle).await?.row.id),
            None => happening.of(practice.id.0),
        };
        let happenings = kept
            .iter()
            .filter(|(_, kinds)| !kinds.is_empty())
            .map(|(criterion, kinds)| {
                let happening = happening.clone().with(detail(kinds));
                match criterion {
                    Some(criterion) => happening.on(criterion),
                    None => happening,
                }
            });
        record(&tx, actor, stamp(now), happenings).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// How many of which kind, as the history keeps it.
pub(crate) fn detail(kinds: &Kinds) -> serde_json::Value {
    let numbers = kinds
        .iter()
        .map(|(kind, number)| (kind.code().to_owned(), (*number).into()));
    serde_json::Value::Object(numbers.collect())
}
