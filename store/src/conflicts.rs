//! Conflicts of interest: past roles in a Practice, and what people of National Pause declare themselves.

use crate::{
    Store,
    convert::{self, prose, stamp, text},
    error::{Result, StoreError},
    event::{EventKind, NewEvent, record},
    load::ids,
    notice::{Audience, NewNotice},
    rows::{assessment, declared_conflict, membership, past_membership, person, practice, reviewer},
    scope::{self, administrator, national, present},
};
use framework::{
    actor::{Actor, PersonId, PracticeId},
    conflict::Ties,
    ids::PracticeSlug,
    lifecycle::Status,
    local,
    naming::folded,
    notice::NoticeKind,
    prose::Prose,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};
use std::collections::HashMap;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// A conflict of interest that somebody has declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclaredConflict {
    /// Its key.
    pub id: Uuid,
    /// Who.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// With which Practice.
    pub practice: String,
    /// Why, where the person said.
    pub reason: Option<Prose>,
    /// When.
    pub at: OffsetDateTime,
}

impl Store {
    /// Returns the conflicts of interest that stand: one's own, or for an administrator everybody's; by name and Practice.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for anybody outside National Pause.
    pub async fn declared_conflicts(&self, actor: &Actor) -> Result<Vec<DeclaredConflict>> {
        national(actor)?;
        let rows = declared_conflict::Entity::find()
            .find_also_related(practice::Entity)
            .find_also_related(person::Entity)
            .filter(declared_conflict::Column::LiftedAt.is_null())
            .all(&self.db)
            .await?;
        let mut all = vec![];
        for (row, practice, person) in rows {
            if actor.is_administrator() || actor.person == Some(PersonId(row.person_id)) {
                all.push(DeclaredConflict {
                    id: row.id,
                    person: PersonId(row.person_id),
                    name: present(person, "who declared a conflict")?.name,
                    practice: present(practice, "a conflict's Practice")?.name,
                    reason: prose(row.reason)?,
                    at: row.declared_at,
                });
            }
        }
        all.sort_by_cached_key(|one| (folded(&one.name), folded(&one.practice), one.id));
        Ok(all)
    }

    /// Declares one's own conflict of interest with a Practice. It counts at once: whoever declares it reviews nothing
    /// there any more, and leaves a place among the reviewers of what is under way.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for anybody outside National Pause and where there is no such Practice;
    /// [`StoreError::Taken`] when it is declared already.
    pub async fn declare_conflict(
        &self,
        actor: &Actor,
        practice: &PracticeSlug,
        reason: Option<Prose>,
        now: OffsetDateTime,
    ) -> Result<()> {
        national(actor)?;
        let person = actor.person.ok_or(StoreError::NotFound)?;
        let now = stamp(now);
        let tx = self.writing().await?;
        let (practice, _) = scope::practice(&tx, actor, practice).await?;
        let ties = ties(&tx, practice.id.0).await?.remove(&person.0).unwrap_or_default();
        if ties.declared {
            return Err(StoreError::Taken(format!(
                "You have declared a conflict of interest with {} already.",
                practice.info.name
            )));
        }
        let row = declared_conflict::ActiveModel {
            id: Set(Uuid::now_v7()),
            person_id: Set(person.0),
            practice_id: Set(practice.id.0),
            reason: Set(text(&reason)),
            declared_at: Set(now),
            lifted_at: Set(None),
            lifted_who: Set(None),
        };
        declared_conflict::Entity::insert(row)
            .exec_without_returning(&tx)
            .await?;
        let left = leave_places(&tx, person, practice.id).await?;
        let event = NewEvent::new(EventKind::ConflictDeclared).of(practice.id.0);
        record(&tx, actor, now, [event]).await?;
        for assessment in left {
            let notice = NewNotice::about(NoticeKind::ReviewerNeeded, practice.id.0).at(assessment);
            self.notify(&tx, now, actor.person, notice, Audience::National).await?;
        }
        tx.commit().await
    }

    /// Lifts a declared conflict of interest. Administrators only, and not their own.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it does not stand, or not for this actor; [`StoreError::Refused`] for one's own.
    pub async fn lift_conflict(&self, actor: &Actor, id: Uuid, now: OffsetDateTime) -> Result<()> {
        administrator(actor)?;
        let now = stamp(now);
        let tx = self.writing().await?;
        let row = declared_conflict::Entity::find_by_id(id)
            .filter(declared_conflict::Column::LiftedAt.is_null())
            .one(&tx)
            .await?
            .ok_or(StoreError::NotFound)?;
        if actor.person == Some(PersonId(row.person_id)) {
            return Err(StoreError::Refused(
                "Another administrator must lift your own conflict of interest.".to_owned(),
            ));
        }
        let change = declared_conflict::ActiveModel {
            lifted_at: Set(Some(now)),
            lifted_who: Set(Some(actor.name.clone())),
            ..Default::default()
        };
        let query = declared_conflict::Entity::update_many()
            .set(change)
            .filter(declared_conflict::Column::Id.eq(id));
        query.exec(&tx).await?;
        let event = NewEvent::new(EventKind::ConflictLifted)
            .of(row.practice_id)
            .with(serde_json::json!({ "person": row.person_id }));
        record(&tx, actor, now, [event]).await?;
        tx.commit().await
    }
}

/// Empties the places of a person among the reviewers of what is not finalised.
async fn leave_places(tx: &impl ConnectionTrait, person: PersonId, practice: PracticeId) -> Result<Vec<Uuid>> {
    let under_way = ids(assessment::Column::Status.ne(Status::Finalised.code()).into());
    let places = Condition::all()
        .add(reviewer::Column::PersonId.eq(person.0))
        .add(reviewer::Column::PracticeId.eq(practice.0))
        .add(reviewer::Column::AssessmentId.in_subquery(under_way));
    let left = reviewer::Entity::find().filter(places.clone()).all(tx).await?;
    reviewer::Entity::delete_many().filter(places).exec(tx).await?;
    Ok(left.into_iter().map(|row| row.assessment_id).collect())
}

/// Returns who has or had to do with a Practice. Three queries.
pub(crate) async fn ties(db: &impl ConnectionTrait, practice: Uuid) -> Result<HashMap<Uuid, Ties>> {
    let mut all: HashMap<Uuid, Ties> = HashMap::new();
    let members = membership::Entity::find()
        .filter(membership::Column::PracticeId.eq(practice))
        .all(db)
        .await?;
    for row in members {
        all.entry(row.person_id).or_default().role = Some(convert::practice_role(&row.role)?);
    }
    let past = past_membership::Entity::find()
        .filter(past_membership::Column::PracticeId.eq(practice))
        .all(db)
        .await?;
    for row in past {
        let ties = all.entry(row.person_id).or_default();
        ties.until = ties.until.max(Some(local::date(row.ended_at)));
    }
    let declared = declared_conflict::Entity::find()
        .filter(declared_conflict::Column::PracticeId.eq(practice))
        .filter(declared_conflict::Column::LiftedAt.is_null())
        .all(db)
        .await?;
    for row in declared {
        all.entry(row.person_id).or_default().declared = true;
    }
    Ok(all)
}

/// Returns the Practices with which a person has a conflict of interest on a day, without those the person belongs to. Two
/// queries.
pub(crate) async fn conflicts_of(db: &impl ConnectionTrait, person: Uuid, today: Date) -> Result<Vec<PracticeId>> {
    let mut all: HashMap<Uuid, Ties> = HashMap::new();
    let past = past_membership::Entity::find()
        .filter(past_membership::Column::PersonId.eq(person))
        .all(db)
        .await?;
    for row in past {
        let ties = all.entry(row.practice_id).or_default();
        ties.until = ties.until.max(Some(local::date(row.ended_at)));
    }
    let declared = declared_conflict::Entity::find()
        .filter(declared_conflict::Column::PersonId.eq(person))
        .filter(declared_conflict::Column::LiftedAt.is_null())
        .all(db)
        .await?;
    for row in declared {
        all.entry(row.practice_id).or_default().declared = true;
    }
    let mut practices: Vec<PracticeId> = all
        .into_iter()
        .filter(|(_, ties)| ties.conflict(today).is_some())
        .map(|(practice, _)| PracticeId(practice))
        .collect();
    practices.sort();
    Ok(practices)
}
