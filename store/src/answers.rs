//! The three ways of saving: the Practice's answers, the reviewer's side, and moderation.

use crate::{
    Store,
    error::Result,
    save::{Change, Outcome},
};
use framework::{
    actor::Actor,
    assessment::{Agreement, Answer, Review},
    ids::{CycleId, PracticeSlug},
};
use time::OffsetDateTime;

impl Store {
    /// Saves answers, each against the revision its form was made from. Outcomes are in the order of the changes:
    /// those that conflict are left as they are, the others are saved, in one transaction with their events.
    ///
    /// # Errors
    /// [`StoreError::NotFound`](crate::StoreError::NotFound) when the actor may not read the assessment;
    /// [`StoreError::Lifecycle`](crate::StoreError::Lifecycle) when it cannot be filled now or by this actor;
    /// [`StoreError::Refused`](crate::StoreError::Refused) when a criterion is not in its version or cannot be
    /// answered so. Nothing is saved then.
    pub async fn save_answers(
        &self,
        actor: &Actor,
        practice: &PracticeSlug,
        cycle: &CycleId,
        changes: Vec<Change<Answer>>,
        now: OffsetDateTime,
    ) -> Result<Vec<Outcome<Answer>>> {
        self.save(actor, practice, cycle, changes, now).await
    }

    /// Saves the reviewer's side; see [`Store::save_answers`]. While two review and the ratings of one are not in, each
    /// saves a reading of their own.
    ///
    /// # Errors
    /// As for [`Store::save_answers`].
    pub async fn save_reviews(
        &self,
        actor: &Actor,
        practice: &PracticeSlug,
        cycle: &CycleId,
        changes: Vec<Change<Review>>,
        now: OffsetDateTime,
    ) -> Result<Vec<Outcome<Review>>> {
        self.save_review(actor, practice, cycle, changes, now).await
    }

    /// Saves what moderation settled; see [`Store::save_answers`].
    ///
    /// # Errors
    /// As for [`Store::save_answers`].
    pub async fn save_agreements(
        &self,
        actor: &Actor,
        practice: &PracticeSlug,
        cycle: &CycleId,
        changes: Vec<Change<Agreement>>,
        now: OffsetDateTime,
    ) -> Result<Vec<Outcome<Agreement>>> {
        self.save(actor, practice, cycle, changes, now).await
    }
}
