//! Threads of clarifications as they are read: with their messages and the reader's marks, or counted.

use crate::{
    convert::{self, bad},
    error::Result,
    load::ids,
    rows::{assessment, clarification, clarification_message, clarification_read},
};
use framework::{
    actor::Actor,
    clarification::{Message, Side, Tally, Thread, ThreadStatus},
    ids::{CriterionId, CycleId},
    lifecycle::Status,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, SelectStatement},
};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use uuid::Uuid;

/// The states in which the two sides may talk.
pub(crate) const TALKING: [Status; 4] = [Status::Submitted, Status::InReview, Status::Returned, Status::Moderated];

/// A thread as a person finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clarification {
    /// What was asked and answered.
    pub thread: Thread,
    /// Its revision, for the next turn.
    pub revision: i32,
    /// Which messages the person has not been shown yet; never their own. As many as there are messages.
    pub unread: Vec<bool>,
}

impl Clarification {
    /// Returns how many messages the person has not been shown yet.
    pub fn unread_count(&self) -> usize {
        self.unread.iter().filter(|unread| **unread).count()
    }
}

/// What waits in an assessment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Threads that wait for the Practice.
    pub practice: usize,
    /// Threads that wait for National Pause.
    pub national: usize,
    /// Messages that the actor has not been shown yet.
    pub unread: usize,
}

/// The threads of each assessment.
pub(crate) type Threads = HashMap<Uuid, BTreeMap<CriterionId, Clarification>>;

/// Returns the criteria of an assessment whose question was left to an action.
pub(crate) async fn carried_in(db: &impl ConnectionTrait, assessment: Uuid) -> Result<BTreeSet<CriterionId>> {
    let rows = clarification::Entity::find()
        .filter(clarification::Column::AssessmentId.eq(assessment))
        .filter(clarification::Column::State.eq(ThreadStatus::Carried.code()))
        .all(db)
        .await?;
    rows.into_iter().map(|row| convert::criterion(row.criterion)).collect()
}

/// Returns the threads in the assessments of a subquery, with the marks of a person where one is given: two queries, or three.
pub(crate) async fn threads(
    db: &impl ConnectionTrait,
    which: &SelectStatement,
    person: Option<Uuid>,
) -> Result<Threads> {
    let rows = clarification::Entity::find()
        .filter(clarification::Column::AssessmentId.in_subquery(which.clone()))
        .all(db)
        .await?;
    let messages = clarification_message::Entity::find()
        .filter(clarification_message::Column::AssessmentId.in_subquery(which.clone()))
        .order_by_asc(clarification_message::Column::Revision)
        .all(db)
        .await?;
    let read = match person {
        None => HashMap::new(),
        Some(person) => marks(db, which, person).await?,
    };
    let mut said: HashMap<Uuid, Vec<clarification_message::Model>> = HashMap::new();
    for message in messages {
        said.entry(message.clarification_id).or_default().push(message);
    }
    let mut threads = Threads::new();
    for row in rows {
        let messages = said.remove(&row.id).unwrap_or_default();
        let seen = read.get(&row.id).copied().unwrap_or(0);
        let is_unread =
            |m: &clarification_message::Model| person.is_some() && m.person_id != person && m.revision > seen;
        let clarification = Clarification {
            unread: messages.iter().map(is_unread).collect(),
            thread: Thread {
                state: convert::thread_state(&row.state)?,
                messages: messages.into_iter().map(message).collect::<Result<_>>()?,
            },
            revision: row.revision,
        };
        let of = threads.entry(row.assessment_id).or_default();
        of.insert(convert::criterion(row.criterion)?, clarification);
    }
    Ok(threads)
}

async fn marks(db: &impl ConnectionTrait, which: &SelectStatement, person: Uuid) -> Result<HashMap<Uuid, i32>> {
    let theirs = clarification::Entity::find()
        .select_only()
        .column(clarification::Column::Id)
        .filter(clarification::Column::AssessmentId.in_subquery(which.clone()))
        .into_query();
    let rows = clarification_read::Entity::find()
        .filter(clarification_read::Column::PersonId.eq(person))
        .filter(clarification_read::Column::ClarificationId.in_subquery(theirs))
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.clarification_id, row.revision))
        .collect())
}

fn message(row: clarification_message::Model) -> Result<Message> {
    Ok(Message {
        side: Side::from_code(&row.side).ok_or_else(|| bad(format!("no side “{}”", row.side)))?,
        who: row.who,
        at: row.at,
        text: convert::prose(Some(row.body))?.ok_or_else(|| bad("a message is empty"))?,
    })
}

/// Where the threads in some finalised assessments of a cycle stand, counted: one query.
pub(crate) async fn tally(db: &impl ConnectionTrait, cycle: &CycleId, which: &HashSet<Uuid>) -> Result<Tally> {
    let finalised = assessment::Column::Status.eq(Status::Finalised.code());
    let all = ids(finalised.and(assessment::Column::Cycle.eq(cycle.as_str())).into());
    let states: Vec<(Uuid, String)> = clarification::Entity::find()
        .select_only()
        .columns([clarification::Column::AssessmentId, clarification::Column::State])
        .filter(clarification::Column::AssessmentId.in_subquery(all))
        .into_tuple()
        .all(db)
        .await?;
    let states = states.iter().filter(|(assessment, _)| which.contains(assessment));
    states.map(|(_, state)| convert::thread_state(state)).collect()
}

/// Returns what waits in the assessments of a subquery, counted: two queries. Assessments where nothing does are left out.
pub(crate) async fn waiting(
    db: &impl ConnectionTrait,
    which: &SelectStatement,
    actor: &Actor,
) -> Result<HashMap<Uuid, Waiting>> {
    let mut all: HashMap<Uuid, Waiting> = HashMap::new();
    let states: Vec<(Uuid, String, i64)> = clarification::Entity::find()
        .select_only()
        .columns([clarification::Column::AssessmentId, clarification::Column::State])
        .column_as(clarification::Column::Id.count(), "threads")
        .filter(clarification::Column::AssessmentId.in_subquery(which.clone()))
        .group_by(clarification::Column::AssessmentId)
        .group_by(clarification::Column::State)
        .into_tuple()
        .all(db)
        .await?;
    for (assessment, state, threads) in states {
        let threads = usize::try_from(threads).map_err(bad)?;
        match convert::thread_state(&state)?.waits_for() {
            Some(Side::Practice) => all.entry(assessment).or_default().practice += threads,
            Some(Side::National) => all.entry(assessment).or_default().national += threads,
            None => {}
        }
    }
    let Some(person) = actor.person else {
        return Ok(all);
    };
    let message = |column: clarification_message::Column| Expr::col((clarification_message::Entity, column));
    let shown = clarification_read::Entity::find()
        .select_only()
        .column(clarification_read::Column::PersonId)
        .filter(clarification_read::Column::PersonId.eq(person.0))
        .filter(
            Expr::col((clarification_read::Entity, clarification_read::Column::ClarificationId))
                .eq(message(clarification_message::Column::ClarificationId)),
        )
        .filter(
            Expr::col((clarification_read::Entity, clarification_read::Column::Revision))
                .gte(message(clarification_message::Column::Revision)),
        )
        .into_query();
    let of_others = Condition::any()
        .add(clarification_message::Column::PersonId.is_null())
        .add(clarification_message::Column::PersonId.ne(person.0));
    let unread: Vec<(Uuid, i64)> = clarification_message::Entity::find()
        .select_only()
        .column(clarification_message::Column::AssessmentId)
        .column_as(clarification_message::Column::Id.count(), "messages")
        .filter(clarification_message::Column::AssessmentId.in_subquery(which.clone()))
        .filter(of_others)
        .filter(Expr::exists(shown).not())
        .group_by(clarification_message::Column::AssessmentId)
        .into_tuple()
        .all(db)
        .await?;
    for (assessment, messages) in unread {
        all.entry(assessment).or_default().unread = usize::try_from(messages).map_err(bad)?;
    }
    Ok(all)
}
