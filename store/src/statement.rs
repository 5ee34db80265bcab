//! The Practice's statement on its moderated ratings: made, changed and taken back by its lead until the assessment is
//! finalised. Every wording stays.

use crate::{
    Edited, Store,
    convert::{self, bad, stamp, text},
    error::Result,
    event::{EventKind, NewEvent, record},
    notice::{Audience, NewNotice, settle},
    rows::{agreement, assessment, statement},
    scope::{AccessibleAssessment, Lock},
};
use framework::{
    actor::Actor,
    ids::{CycleId, PracticeSlug},
    lifecycle::{Operation, may_read_review, next},
    notice::NoticeKind,
    statement::{Made, Stance, Statement},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use time::OffsetDateTime;
use uuid::Uuid;

/// One wording of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// 1 for the first, and so on.
    pub number: i32,
    /// What was stated; nothing where the statement was taken back.
    pub statement: Option<Statement>,
    /// By whom.
    pub who: String,
    /// When.
    pub at: OffsetDateTime,
}

/// What a Practice has stated on an assessment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statements {
    /// All wordings, oldest first; the last one counts.
    pub wordings: Vec<Wording>,
    /// How many agreed ratings or their explanations were changed after it.
    pub changed_since: usize,
}

impl Statements {
    /// Returns the number of the last wording, 0 where there is none.
    pub fn number(&self) -> i32 {
        self.wordings.last().map_or(0, |wording| wording.number)
    }

    /// The statement that counts, with who made it and when.
    pub fn current(&self) -> Option<(&Statement, &Wording)> {
        let last = self.wordings.last()?;
        Some((last.statement.as_ref()?, last))
    }
}

impl Store {
    /// Returns what the Practice has stated on the moderated ratings of an assessment, of the latest edition that the actor may
    /// read; nothing while the actor may not read the review.
    ///
    /// # Errors
    /// [`StoreError::NotFound`](crate::StoreError::NotFound) when the actor may not read the assessment.
    pub async fn statements(&self, actor: &Actor, practice: &PracticeSlug, cycle: &CycleId) -> Result<Statements> {
        let tx = self.reading().await?;
        let target = self.accessible_assessment(&tx, actor, practice, cycle).await?;
        if !may_read_review(target.status, target.standing) {
            return Ok(Statements::default());
        }
        let statements = stated(&tx, target.row.id).await?;
        tx.commit().await?;
        Ok(statements)
    }

    /// Makes, changes or, with none, takes back the Practice's statement. Its lead only, until the assessment is finalised.
    /// `seen` is the number of the wording the form was made from.
    ///
    /// # Errors
    /// [`StoreError::NotFound`](crate::StoreError::NotFound) when the actor may not read the assessment;
    /// [`StoreError::Lifecycle`](crate::StoreError::Lifecycle) when the actor may not, or not now.
    pub async fn make_statement(
        &self,
        actor: &Actor,
        practice: &PracticeSlug,
        cycle: &CycleId,
        seen: i32,
        statement: Option<Statement>,
        now: OffsetDateTime,
    ) -> Result<Edited<Statements>> {
        let now = stamp(now);
        let tx = self.writing().await?;
        let target = self
            .lock_assessment(&tx, actor, practice, cycle, Lock::Exclusive)
            .await?;
        next(target.status, Operation::MakeStatement, target.standing)?;
        target
            .reviewers
            .admit(Operation::MakeStatement, actor.person, target.standing)?;
        let before = stated(&tx, target.row.id).await?;
        if before.current().map(|(current, _)| current) == statement.as_ref() {
            return Ok(Edited::Saved);
        }
        if before.number() != seen {
            return Ok(Edited::Conflict(Box::new(before)));
        }
        let kind = kind(statement.as_ref());
        add(&tx, &target, actor, before.number() + 1, statement, now).await?;
        let event = NewEvent::new(kind).at(target.row.practice_id, target.row.id);
        record(&tx, actor, now, [event]).await?;
        settle(&tx, now, target.row.id, Operation::MakeStatement).await?;
        let notice = NewNotice::about(NoticeKind::Statement, target.row.practice_id).at(target.row.id);
        self.notify(&tx, now, actor.person, notice, Audience::Reviewers).await?;
        tx.commit().await?;
        Ok(Edited::Saved)
    }
}

fn kind(statement: Option<&Statement>) -> EventKind {
    match statement.map(|statement| statement.stance) {
        Some(Stance::Agrees) => EventKind::AgreementStated,
        Some(Stance::Dissents) => EventKind::DissentStated,
        None => EventKind::StatementWithdrawn,
    }
}

/// Whoever adds holds the assessment alone, so that no two take the same number.
async fn add(
    tx: &impl ConnectionTrait,
    target: &AccessibleAssessment,
    actor: &Actor,
    number: i32,
    statement: Option<Statement>,
    now: OffsetDateTime,
) -> Result<()> {
    let row = statement::ActiveModel {
        id: Set(Uuid::now_v7()),
        practice_id: Set(target.row.practice_id),
        assessment_id: Set(target.row.id),
        number: Set(number),
        stance: Set(statement.as_ref().map(|statement| statement.stance.code().to_owned())),
        words: Set(statement.and_then(|statement| text(&statement.words))),
        made_at: Set(now),
        made_by: Set(actor.person.map(|person| person.0)),
        made_who: Set(actor.name.clone()),
    };
    statement::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// Returns what is stated on an assessment. Two queries.
async fn stated(db: &impl ConnectionTrait, assessment: Uuid) -> Result<Statements> {
    let wordings = wordings(db, assessment).await?;
    let changed_since = match wordings.last().filter(|last| last.statement.is_some()) {
        None => 0,
        Some(last) => {
            agreement::Entity::find()
                .filter(agreement::Column::AssessmentId.eq(assessment))
                .filter(agreement::Column::UpdatedAt.gt(last.at))
                .count(db)
                .await?
        }
    };
    Ok(Statements {
        wordings,
        changed_since: usize::try_from(changed_since).map_err(bad)?,
    })
}

async fn wordings(db: &impl ConnectionTrait, assessment: Uuid) -> Result<Vec<Wording>> {
    let rows = statement::Entity::find()
        .filter(statement::Column::AssessmentId.eq(assessment))
        .order_by_asc(statement::Column::Number)
        .all(db)
        .await?;
    rows.into_iter().map(wording).collect()
}

/// Returns what counts on an assessment, for its report.
pub(crate) async fn made(db: &impl ConnectionTrait, row: &assessment::Model) -> Result<Option<Made>> {
    let last = wordings(db, row.id).await?.pop();
    Ok(last.and_then(|last| {
        Some(Made {
            statement: last.statement?,
            day: last.at.date(),
        })
    }))
}

fn wording(row: statement::Model) -> Result<Wording> {
    let stance = row
        .stance
        .as_deref()
        .map(|code| Stance::from_code(code).ok_or_else(|| bad(format!("no stance “{code}”"))));
    let words = convert::prose(row.words)?;
    Ok(Wording {
        number: row.number,
        statement: stance.transpose()?.map(|stance| Statement { stance, words }),
        who: row.made_who,
        at: row.made_at,
    })
}
