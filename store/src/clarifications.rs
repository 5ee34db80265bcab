//! Clarifications: a turn in a thread, the sending of questions that waited on the review sheet, and what each has read.

use crate::{
    Store,
    convert::{self, stamp},
    error::{Result, StoreError},
    event::{EventKind, NewEvent, Who, record},
    load::ids,
    notice::{Audience, NewNotice},
    part::CriterionRecord,
    rows::{assessment, clarification, clarification_message, clarification_read, reading, review},
    scope::{self, AccessibleAssessment, Lock},
    threads::{Waiting, waiting},
    transaction::Transaction,
    wording::{Subject, Version, record_wording},
};
use framework::{
    actor::Actor,
    assessment::{Reading, Review},
    clarification::{Side, ThreadOperation, ThreadStatus, admit, next},
    ids::{CriterionId, CycleId, PracticeSlug},
    notice::NoticeKind,
    prose::Prose,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// What somebody does with the thread of a criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The criterion.
    pub criterion: CriterionId,
    /// The thread's revision that the person saw; 0 where there was none.
    pub revision: i32,
    /// What is done.
    pub act: ThreadOperation,
    /// The message, where the act is one.
    pub text: Option<Prose>,
}

/// What waits in one assessment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingThreads {
    /// The Practice.
    pub practice: PracticeSlug,
    /// The cycle.
    pub cycle: CycleId,
    /// How many.
    pub waiting: Waiting,
}

const STALE: &str =
    "Somebody else has written here since you opened this page. Read it below, then send your text or leave it.";

impl Store {
    /// Asks, answers, asks back, resolves or carries. The thread's new state.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the actor may not read the assessment; [`StoreError::Lifecycle`] and
    /// [`StoreError::Refused`] as [`framework::clarification::next`] says; [`StoreError::Refused`] also when the
    /// message is missing, the criterion unknown, or the thread is no longer at the revision that the person saw.
    pub async fn clarify(
        &self,
        actor: &Actor,
        practice: &PracticeSlug,
        cycle: &CycleId,
        turn: &Turn,
        now: OffsetDateTime,
    ) -> Result<ThreadStatus> {
        let now = stamp(now);
        let tx = self.writing().await?;
        let target = self.lock_assessment(&tx, actor, practice, cycle, Lock::Shared).await?;
        if target.framework.criterion(&turn.criterion).is_none() {
            let sentence = format!(
                "“{}” is no criterion of version {}.",
                turn.criterion, target.framework.version
            );
            return Err(StoreError::Refused(sentence));
        }
        let again = self.made_before(&tx, actor, target.row.id, now).await?.is_some();
        let found = clarification::Entity::find()
            .filter(clarification::Column::AssessmentId.eq(target.row.id))
            .filter(clarification::Column::Criterion.eq(turn.criterion.as_str()))
            .one(&tx)
            .await?;
        let before = found.map(Head::try_from).transpose()?;
        if let (true, Some(before)) = (again, before) {
            return Ok(before.state);
        }
        let to = next(target.status, before.map(|head| head.state), turn.act, target.standing)?;
        admit(&target.reviewers, actor.person, target.standing)?;
        if before.map_or(0, |head| head.revision) != turn.revision {
            return Err(StoreError::Refused(STALE.to_owned()));
        }
        let said = match (turn.act.speaks(), &turn.text, Side::of(target.standing)) {
            (true, Some(text), Some(side)) => Some((
                Spoken {
                    side,
                    who: Who::from(actor),
                },
                text,
            )),
            (true, ..) => return Err(StoreError::Refused("Write your message.".to_owned())),
            (false, ..) => None,
        };
        let after = take(&tx, &target, &turn.criterion, before, to, said, now).await?;
        mark(&tx, actor, [(after.id, after.revision)]).await?;
        let event = NewEvent::new(kind(turn.act)).at(target.row.practice_id, target.row.id);
        record(&tx, actor, now, [event.on(&turn.criterion)]).await?;
        if let Some((kind, audience)) = told(turn.act) {
            let notice = NewNotice::about(kind, target.row.practice_id).at(target.row.id);
            self.notify(&tx, now, actor.person, notice, audience).await?;
        }
        tx.commit().await?;
        Ok(to)
    }

    /// Notes that the actor has been shown threads up to these revisions.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the actor may not read the assessment.
    pub async fn mark_clarifications_read(
        &self,
        actor: &Actor,
        practice: &PracticeSlug,
        cycle: &CycleId,
        shown: &BTreeMap<CriterionId, i32>,
    ) -> Result<()> {
        let tx = self.writing().await?;
        let target = self.accessible_assessment(&tx, actor, practice, cycle).await?;
        let heads = heads(&tx, &target).await?;
        let marks = heads
            .into_iter()
            .filter_map(|(criterion, head)| Some((head.id, Ord::min(head.revision, *shown.get(&criterion)?))));
        mark(&tx, actor, marks).await?;
        tx.commit().await
    }

    /// Returns what waits in the assessments of the Practices the actor belongs to, newest cycle first. Three queries.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn waiting_clarifications(&self, actor: &Actor) -> Result<Vec<WaitingThreads>> {
        let own = scope::own(actor, assessment::Column::PracticeId);
        let which = Condition::all()
            .add(own)
            .add(assessment::Column::Status.is_in(crate::threads::TALKING.map(|status| status.code())));
        let tx = self.reading().await?;
        let rows = assessment::Entity::find()
            .filter(which.clone())
            .order_by_desc(assessment::Column::Cycle)
            .all(&tx)
            .await?;
        let mut found = waiting(&tx, &ids(which), actor).await?;
        tx.commit().await?;
        let mut items = Vec::new();
        for row in rows {
            let slug = actor.memberships.iter().find(|own| own.practice.0 == row.practice_id);
            if let Some((own, waiting)) = slug.zip(found.remove(&row.id)) {
                items.push(WaitingThreads {
                    practice: own.slug.clone(),
                    cycle: convert::cycle(row.cycle)?,
                    waiting,
                });
            }
        }
        Ok(items)
    }
}

/// Makes messages of the questions that waited on the review sheet, of one reviewer or two, and clears them there.
pub(crate) async fn send_questions(
    tx: &Transaction,
    target: &AccessibleAssessment,
    actor: &Actor,
    now: OffsetDateTime,
) -> Result<Vec<NewEvent>> {
    let mut heads = heads(tx, target).await?;
    let drafts = drafts(tx, target).await?;
    let mut events = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let spoken = Spoken {
            side: Side::National,
            who: draft.who,
        };
        let before = heads.get(&draft.criterion).copied();
        let to = next(
            target.status,
            before.map(|head| head.state),
            ThreadOperation::Ask,
            target.standing,
        )?;
        let after = take(
            tx,
            target,
            &draft.criterion,
            before,
            to,
            Some((spoken, &draft.text)),
            now,
        )
        .await?;
        events.push(
            NewEvent::new(kind(ThreadOperation::Ask))
                .at(target.row.practice_id, target.row.id)
                .on(&draft.criterion),
        );
        heads.insert(draft.criterion, after);
    }
    clear_drafts::<Review>(tx, target, &Who::from(actor), now).await?;
    clear_drafts::<Reading>(tx, target, &Who::from(actor), now).await?;
    Ok(events)
}

/// A question that waits on the review sheet.
struct Draft {
    criterion: CriterionId,
    text: Prose,
    who: Who,
}

/// Returns the questions that wait, by criterion; of the review that counts, then of the first and the second reviewer.
async fn drafts(tx: &Transaction, target: &AccessibleAssessment) -> Result<Vec<Draft>> {
    let reviews = review::Entity::find()
        .filter(review::Column::AssessmentId.eq(target.row.id))
        .filter(review::Column::Question.is_not_null())
        .all(tx)
        .await?;
    let readings = reading::Entity::find()
        .filter(reading::Column::AssessmentId.eq(target.row.id))
        .filter(reading::Column::Question.is_not_null())
        .order_by_asc(reading::Column::Place)
        .all(tx)
        .await?;
    let reviews = reviews
        .into_iter()
        .map(|row| (row.criterion, row.question, row.reviewer_id, row.updated_who));
    let readings = readings
        .into_iter()
        .map(|row| (row.criterion, row.question, row.reviewer_id, row.updated_who));
    let mut drafts = vec![];
    for (criterion, question, person, name) in reviews.chain(readings) {
        if let Some(text) = convert::prose(question)? {
            drafts.push(Draft {
                criterion: convert::criterion(criterion)?,
                text,
                who: Who { person, name },
            });
        }
    }
    drafts.sort_by(|a, b| a.criterion.cmp(&b.criterion));
    Ok(drafts)
}

/// Takes the questions away from where they waited; as wordings they stay.
async fn clear_drafts<T: CriterionRecord>(
    tx: &Transaction,
    target: &AccessibleAssessment,
    who: &Who,
    now: OffsetDateTime,
) -> Result<()> {
    let waiting = || {
        sea_orm::Condition::all()
            .add(Expr::col("assessment_id").eq(target.row.id))
            .add(Expr::col("question").is_not_null())
    };
    let rows = T::Entity::find().filter(waiting()).all(tx).await?;
    T::Entity::update_many()
        .col_expr("question", Expr::value(Option::<String>::None))
        .col_expr("revision", Expr::col("revision").add(1))
        .filter(waiting())
        .exec(tx)
        .await?;
    for row in rows {
        let found = T::found(row)?;
        let subject = Subject::in_assessment(T::WORDING, target.row.id, &found.criterion, found.place);
        let before = found.stored;
        let names = T::FIELDS.iter().map(|(name, _)| *name);
        let texts = names.zip(before.value.texts());
        let after = Version {
            revision: before.revision + 1,
            texts: texts
                .map(|(name, text)| if name == "question" { String::new() } else { text })
                .collect(),
            who: who.clone(),
            at: now,
        };
        record_wording::<T>(tx, &subject, target.row.practice_id, Some(&before.version()), &after).await?;
    }
    Ok(())
}

/// Where a thread stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Head {
    id: Uuid,
    revision: i32,
    pub(crate) state: ThreadStatus,
}

impl TryFrom<clarification::Model> for Head {
    type Error = StoreError;
    fn try_from(row: clarification::Model) -> Result<Self> {
        Ok(Head {
            id: row.id,
            revision: row.revision,
            state: convert::thread_state(&row.state)?,
        })
    }
}

/// Where the threads of an assessment stand.
pub(crate) async fn heads(
    db: &impl ConnectionTrait,
    target: &AccessibleAssessment,
) -> Result<BTreeMap<CriterionId, Head>> {
    let rows = clarification::Entity::find()
        .filter(clarification::Column::AssessmentId.eq(target.row.id))
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| Ok((convert::criterion(row.criterion.clone())?, row.try_into()?)))
        .collect()
}

/// Who speaks, and for whom.
struct Spoken {
    side: Side,
    who: Who,
}

/// Brings a thread to a state, with a message or without. The statement decides whether the thread is still as it was
/// read, so of two who write at once the second is told.
async fn take(
    tx: &Transaction,
    target: &AccessibleAssessment,
    criterion: &CriterionId,
    before: Option<Head>,
    to: ThreadStatus,
    said: Option<(Spoken, &Prose)>,
    now: OffsetDateTime,
) -> Result<Head> {
    let after = Head {
        id: before.map_or_else(Uuid::now_v7, |head| head.id),
        revision: before.map_or(0, |head| head.revision) + 1,
        state: to,
    };
    let change = clarification::ActiveModel {
        state: Set(to.code().to_owned()),
        revision: Set(after.revision),
        updated_at: Set(now),
        ..Default::default()
    };
    let written = match before {
        Some(head) => {
            let query = clarification::Entity::update_many()
                .set(change)
                .filter(clarification::Column::Id.eq(head.id))
                .filter(clarification::Column::Revision.eq(head.revision));
            query.exec(tx).await?.rows_affected
        }
        None => {
            let row = clarification::ActiveModel {
                id: Set(after.id),
                practice_id: Set(target.row.practice_id),
                assessment_id: Set(target.row.id),
                criterion: Set(criterion.to_string()),
                ..change
            };
            let unless = OnConflict::columns([clarification::Column::AssessmentId, clarification::Column::Criterion])
                .do_nothing()
                .to_owned();
            clarification::Entity::insert(row)
                .on_conflict(unless)
                .exec_without_returning(tx)
                .await?
        }
    };
    if written == 0 {
        return Err(StoreError::Refused(STALE.to_owned()));
    }
    if let Some((Spoken { side, who }, text)) = said {
        let message = clarification_message::ActiveModel {
            id: Set(Uuid::now_v7()),
            assessment_id: Set(target.row.id),
            clarification_id: Set(after.id),
            revision: Set(after.revision),
            side: Set(side.code().to_owned()),
            person_id: Set(who.person),
            who: Set(who.name),
            at: Set(now),
            body: Set(text.to_string()),
        };
        clarification_message::Entity::insert(message)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(after)
}

/// Sets the person's marks; a mark never goes back.
async fn mark(tx: &Transaction, actor: &Actor, marks: impl IntoIterator<Item = (Uuid, i32)>) -> Result<()> {
    let Some(person) = actor.person else {
        return Ok(());
    };
    let rows: Vec<_> = marks
        .into_iter()
        .map(|(thread, revision)| clarification_read::ActiveModel {
            clarification_id: Set(thread),
            person_id: Set(person.0),
            revision: Set(revision),
        })
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    let stored = Expr::col((clarification_read::Entity, clarification_read::Column::Revision));
    let forward = stored.lt(Expr::col(("excluded", clarification_read::Column::Revision)));
    let or_forward = OnConflict::columns([
        clarification_read::Column::ClarificationId,
        clarification_read::Column::PersonId,
    ])
    .update_column(clarification_read::Column::Revision)
    .action_and_where(forward)
    .to_owned();
    clarification_read::Entity::insert_many(rows)
        .on_conflict(or_forward)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Whom an act is told to, and as what: the other side, where it has something to read.
fn told(act: ThreadOperation) -> Option<(NoticeKind, Audience)> {
    match act {
        ThreadOperation::Ask => Some((NoticeKind::Question, Audience::Team)),
        ThreadOperation::Answer => Some((NoticeKind::Answer, Audience::Reviewers)),
        ThreadOperation::AskBack => Some((NoticeKind::Question, Audience::Reviewers)),
        ThreadOperation::Resolve | ThreadOperation::Carry => None,
    }
}

fn kind(act: ThreadOperation) -> EventKind {
    match act {
        ThreadOperation::Ask => EventKind::QuestionAsked,
        ThreadOperation::Answer => EventKind::QuestionAnswered,
        ThreadOperation::AskBack => EventKind::AskedBack,
        ThreadOperation::Resolve => EventKind::QuestionResolved,
        ThreadOperation::Carry => EventKind::QuestionCarried,
    }
}
