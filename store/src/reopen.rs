//! Taking a finalised assessment up again: a new edition begins with the old one's answers; the old one stays as it is.

use crate::{
    Store,
    convert::stamp,
    error::Result,
    event::{EventKind, NewEvent, record},
    evidence,
    notice::{Audience, NewNotice},
    rows::{CHUNK, answer, assessment},
    scope::Lock,
};
use framework::{
    actor::Actor,
    ids::{CycleId, PracticeSlug},
    lifecycle::{Operation, next},
    notice::NoticeKind,
    prose::Prose,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use time::OffsetDateTime;
use uuid::Uuid;

impl Store {
    /// Takes a finalised assessment up again, with a reason. Administrators only. The Practice gets a draft with the
    /// answers as they were and the evidence they cite; ratings and comments of the review stay with the finished
    /// edition, which remains readable and counts in reports until the new one is finalised. The new edition's number.
    ///
    /// # Errors
    /// [`StoreError::NotFound`](crate::StoreError::NotFound) when the actor may not read the assessment;
    /// [`StoreError::Lifecycle`](crate::StoreError::Lifecycle) when the actor may not, or it is not finalised.
    pub async fn reopen(
        &self,
        actor: &Actor,
        practice: &PracticeSlug,
        cycle: &CycleId,
        reason: Prose,
        now: OffsetDateTime,
    ) -> Result<i32> {
        let now = stamp(now);
        let tx = self.writing().await?;
        let target = self
            .lock_assessment(&tx, actor, practice, cycle, Lock::Exclusive)
            .await?;
        let to = next(target.status, Operation::Reopen, target.standing)?;
        let id = Uuid::now_v7();
        let edition = target.row.edition + 1;
        let row = assessment::ActiveModel {
            id: Set(id),
            status: Set(to.code().to_owned()),
            imported: Set(false),
            created_at: Set(now),
            status_since: Set(now),
            submitted_at: Set(None),
            edition: Set(edition),
            ..target.row.clone().into_active_model().reset_all()
        };
        assessment::Entity::insert(row).exec_without_returning(&tx).await?;
        let answers = answer::Entity::find()
            .filter(answer::Column::AssessmentId.eq(target.row.id))
            .all(&tx)
            .await?;
        let answers: Vec<answer::ActiveModel> = answers
            .into_iter()
            .map(|answer| answer::ActiveModel {
                id: Set(Uuid::now_v7()),
                assessment_id: Set(id),
                revision: Set(1),
                ..answer.into_active_model().reset_all()
            })
            .collect();
        for chunk in answers.chunks(CHUNK) {
            answer::Entity::insert_many(chunk.to_vec())
                .exec_without_returning(&tx)
                .await?;
        }
        evidence::carry(&tx, target.row.id, id).await?;
        let detail = serde_json::json!({ "edition": edition });
        // at the finished edition: whoever read that reads what became of it
        let event = NewEvent::new(EventKind::Reopened)
            .at(target.row.practice_id, target.row.id)
            .because(reason)
            .with(detail);
        record(&tx, actor, now, [event]).await?;
        for (edition, audience) in [(id, Audience::Team), (target.row.id, Audience::Reviewers)] {
            let notice = NewNotice::about(NoticeKind::Reopened, target.row.practice_id).at(edition);
            self.notify(&tx, now, actor.person, notice, audience).await?;
        }
        tx.commit().await?;
        Ok(edition)
    }
}
