//! Moving an assessment from state to state. [`framework::lifecycle::next`] decides who may and when,
//! [`framework::readiness::obstacle`] what must hold besides.

use crate::{
    Store,
    clarifications::{heads, send_questions},
    convert::stamp,
    error::{Result, StoreError},
    event::{NewEvent, record},
    load::{AssessmentContent, assessment_contents, ids, in_order},
    notice::{NewNotice, of_move, settle},
    reviewers::{restart_readings, seat_person},
    rows::assessment,
    scope::{AccessibleAssessment, Lock},
    transaction::Transaction,
};
use framework::{
    actor::Actor,
    assessment::Entry,
    ids::{CycleId, PracticeSlug},
    lifecycle::{Denied, Operation, Status, next},
    prose::Prose,
    readiness::obstacle,
    reviewers::Seat,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter};
use time::OffsetDateTime;

impl Store {
    /// Moves an assessment: submit, begin the review, return, moderate, finalise. The new state.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the actor may not read the assessment; [`StoreError::Lifecycle`] when the actor
    /// may not, or not now; [`StoreError::Refused`] when something is still missing:
    /// to submit, an answer or a reason; to return, a question on a criterion or a note; to moderate, a review rating,
    /// an agreed rating where self and review differ, what a low rating or a slip is put down to, or a reason; to
    /// finalise, one of these or the end of a question. Returning sends the questions that wait on the review sheet.
    pub async fn transition(
        &self,
        actor: &Actor,
        practice: &PracticeSlug,
        cycle: &CycleId,
        action: Operation,
        note: Option<Prose>,
        now: OffsetDateTime,
    ) -> Result<Status> {
        let now = stamp(now);
        let tx = self.writing().await?;
        let target = self
            .lock_assessment(&tx, actor, practice, cycle, Lock::Exclusive)
            .await?;
        let to = next(target.status, action, target.standing)?;
        target.reviewers.admit(action, actor.person, target.standing)?;
        let said = assessment_contents(&tx, &ids(assessment::Column::Id.eq(target.row.id).into()))
            .await?
            .remove(&target.row.id);
        let lines = in_order(&target.framework, said.unwrap_or_default())?;
        let entries: Vec<Entry> = lines.iter().map(AssessmentContent::entry).collect();
        let mut change = assessment::ActiveModel {
            status: Set(to.code().to_owned()),
            status_since: Set(now),
            ..Default::default()
        };
        let threads = heads(&tx, &target).await?;
        let threads: Vec<_> = threads
            .into_iter()
            .map(|(criterion, head)| (criterion, head.state))
            .collect();
        let earlier = match action {
            Operation::Moderate | Operation::Finalise => self.earlier_ratings(&tx, &target).await?,
            _ => vec![],
        };
        if let Some(sentence) = obstacle(&target.framework, action, &entries, &earlier, &threads, note.as_ref()) {
            return Err(StoreError::Refused(sentence));
        }
        let mut events = vec![];
        match action {
            Operation::Submit => change.submitted_at = Set(Some(now)),
            Operation::BeginReview => begin(&tx, &target, actor, now).await?,
            Operation::Return => events = send_questions(&tx, &target, actor, now).await?,
            Operation::Moderate | Operation::Finalise => {}
            // these keep the state: they are done by saving; a new edition begins with `reopen`
            Operation::Fill | Operation::Review | Operation::Agree | Operation::MakeStatement | Operation::Reopen => {
                return Err(Denied::NotNow(target.status).into());
            }
        }
        compare_and_set(&tx, &target, change).await?;
        if to == Status::Finalised {
            let this = Condition::all().add(assessment::Column::Id.eq(target.row.id));
            self.store_sheets(&tx, this).await?;
        }
        events.push(NewEvent::moved(&target, to, note));
        record(&tx, actor, now, events).await?;
        settle(&tx, now, target.row.id, action).await?;
        if let Some((kind, audience)) = of_move(action) {
            let notice = NewNotice::about(kind, target.row.practice_id).at(target.row.id);
            self.notify(&tx, now, actor.person, notice, audience).await?;
        }
        tx.commit().await?;
        Ok(to)
    }
}

/// Whoever begins a review to which nobody was assigned is its reviewer.
async fn begin(tx: &Transaction, target: &AccessibleAssessment, actor: &Actor, now: OffsetDateTime) -> Result<()> {
    match (target.reviewers.all(), actor.person) {
        ([], Some(person)) => seat_person(tx, target, Seat::First, person, actor, now).await,
        _ => restart_readings(tx, target).await,
    }
}

/// The update, not the read before it, decides whether the state is still the one that was read.
async fn compare_and_set(
    tx: &Transaction,
    target: &AccessibleAssessment,
    change: assessment::ActiveModel,
) -> Result<()> {
    let query = assessment::Entity::update_many()
        .set(change)
        .filter(assessment::Column::Id.eq(target.row.id))
        .filter(assessment::Column::Status.eq(target.status.code()));
    match query.exec(tx).await?.rows_affected {
        0 => Err(StoreError::Refused(
            "Somebody else has just moved this assessment on. Load the page again.".to_owned(),
        )),
        _ => Ok(()),
    }
}
