//! What closing a cycle, an account or a Practice means, for the page that asks before it is done.

use crate::{
    Cycle, PersonRow, Practice, Store, convert,
    error::{Result, StoreError},
    facts::latest_editions,
    rows::{assessment, cycle, membership, person, plan_action, practice, reviewer},
    scope::{self, administrator},
};
use framework::{
    actor::{Actor, Membership, PersonId, PracticeRole, Role},
    ids::{CycleId, PracticeSlug},
    lifecycle::Status,
    network::by_name,
    plan::ActionStatus,
    sheet::PracticeInfo,
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
use std::collections::HashMap;
use uuid::Uuid;

/// A cycle as it stands before it is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosingCycle {
    /// The cycle.
    pub cycle: Cycle,
    /// The Practices whose assessment is not finalised, by name.
    pub under_way: Vec<(PracticeInfo, Status)>,
    /// How many assessments are finalised.
    pub finalised: usize,
    /// The open Practices that have not started, by name.
    pub not_started: Vec<PracticeInfo>,
}

/// An account as it stands before it is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosingAccount {
    /// Whose it is.
    pub person: PersonRow,
    /// The assessments that the person reviews and that are not finalised, by the Practice's name.
    pub reviews: Vec<(PracticeInfo, CycleId, Status)>,
    /// The Practices that would be left without a lead.
    pub sole_lead: Vec<Membership>,
}

/// A Practice as it stands before it is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosingPractice {
    /// The Practice.
    pub practice: Practice,
    /// Its assessments that are not finalised.
    pub under_way: Vec<(CycleId, Status)>,
    /// How many people belong to it.
    pub members: u64,
    /// How many actions of its improvement plan are open.
    pub open_actions: u64,
}

impl Store {
    /// Returns what closing a cycle means. Administrators only.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such cycle, or for anybody else.
    pub async fn closing_cycle(&self, actor: &Actor, id: &CycleId) -> Result<ClosingCycle> {
        administrator(actor)?;
        let tx = self.reading().await?;
        let row = cycle::Entity::find_by_id(id.as_str()).one(&tx).await?;
        let cycle = Cycle::try_from(row.ok_or(StoreError::NotFound)?)?;
        let in_cycle = assessment::Column::Cycle.eq(id.as_str());
        let mut here: HashMap<Uuid, Status> = latest(&tx, in_cycle.into())
            .await?
            .into_iter()
            .map(|(row, status)| (row.practice_id, status))
            .collect();
        let practices = practice::Entity::find().all(&tx).await?;
        tx.commit().await?;
        let finalised = here.values().filter(|status| **status == Status::Finalised).count();
        let (mut under_way, mut not_started) = (vec![], vec![]);
        for row in practices {
            let closed = row.closed_on.is_some();
            match here.remove(&row.id) {
                Some(Status::Finalised) => {}
                Some(status) => under_way.push((row.try_into()?, status)),
                None if closed => {}
                None => not_started.push(row.try_into()?),
            }
        }
        under_way.sort_by_cached_key(|(info, _)| by_name(info));
        not_started.sort_by_cached_key(by_name);
        Ok(ClosingCycle {
            cycle,
            under_way,
            finalised,
            not_started,
        })
    }

    /// Returns what closing an account, or ending its roles, means. Administrators only.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such person, or for anybody else.
    pub async fn closing_account(&self, actor: &Actor, person: PersonId) -> Result<ClosingAccount> {
        let people = self.people(actor).await?;
        let person = people
            .into_iter()
            .find(|row| row.id == person)
            .ok_or(StoreError::NotFound)?;
        let tx = self.reading().await?;
        let assigned = reviewer::Entity::find()
            .filter(reviewer::Column::PersonId.eq(person.id.0))
            .all(&tx)
            .await?;
        let these = assessment::Column::Id.is_in(assigned.iter().map(|row| row.assessment_id));
        let rows = latest(&tx, these.into()).await?;
        let of_these = practice::Column::Id.is_in(rows.iter().map(|(row, _)| row.practice_id));
        let practices = practice::Entity::find().filter(of_these).all(&tx).await?;
        let practices: HashMap<Uuid, PracticeInfo> = practices
            .into_iter()
            .map(|row| Ok((row.id, row.try_into()?)))
            .collect::<Result<_>>()?;
        let mut sole_lead = vec![];
        for member in person
            .memberships
            .iter()
            .filter(|member| member.role == PracticeRole::Lead)
        {
            if !has_other_lead(&tx, member, person.id).await? {
                sole_lead.push(member.clone());
            }
        }
        tx.commit().await?;
        let mut reviews = vec![];
        for (row, status) in rows {
            if let Some(info) = practices.get(&row.practice_id).filter(|_| status != Status::Finalised) {
                reviews.push((info.clone(), convert::cycle(row.cycle)?, status));
            }
        }
        reviews.sort_by_cached_key(|(info, cycle, _)| (by_name(info), cycle.clone()));
        Ok(ClosingAccount {
            person,
            reviews,
            sole_lead,
        })
    }

    /// Returns what closing a Practice means. Administrators only.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such Practice, or for anybody else.
    pub async fn closing_practice(&self, actor: &Actor, slug: &PracticeSlug) -> Result<ClosingPractice> {
        administrator(actor)?;
        let tx = self.reading().await?;
        let (practice, _) = scope::practice(&tx, actor, slug).await?;
        let id = practice.id.0;
        let mut under_way = vec![];
        for (row, status) in latest(&tx, assessment::Column::PracticeId.eq(id).into()).await? {
            if status != Status::Finalised {
                under_way.push((convert::cycle(row.cycle)?, status));
            }
        }
        under_way.sort_by(|a, b| b.0.cmp(&a.0));
        let members = membership::Entity::find().filter(membership::Column::PracticeId.eq(id));
        let actions = plan_action::Entity::find()
            .filter(plan_action::Column::PracticeId.eq(id))
            .filter(plan_action::Column::State.eq(ActionStatus::Open.code()));
        let (members, open_actions) = (members.count(&tx).await?, actions.count(&tx).await?);
        tx.commit().await?;
        Ok(ClosingPractice {
            practice,
            under_way,
            members,
            open_actions,
        })
    }
}

/// Of assessments that meet a condition the latest editions, with their states.
async fn latest(db: &impl ConnectionTrait, which: Condition) -> Result<Vec<(assessment::Model, Status)>> {
    let rows = latest_editions(assessment::Entity::find().filter(which).all(db).await?);
    rows.into_iter()
        .map(|row| {
            let status = convert::status(&row.status)?;
            Ok((row, status))
        })
        .collect()
}

async fn has_other_lead(db: &impl ConnectionTrait, of: &Membership, person: PersonId) -> Result<bool> {
    let leads = membership::Entity::find()
        .filter(membership::Column::PracticeId.eq(of.practice.0))
        .filter(membership::Column::PersonId.ne(person.0))
        .filter(membership::Column::Role.eq(Role::Practice(PracticeRole::Lead).code()))
        .all(db)
        .await?;
    let open = person::Entity::find()
        .filter(person::Column::Id.is_in(leads.iter().map(|row| row.person_id)))
        .filter(person::Column::DisabledAt.is_null());
    Ok(open.count(db).await? > 0)
}
