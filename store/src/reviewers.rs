//! Who reviews an assessment: assigned by administrators, one person or two, without a conflict of interest.

use crate::{
    Store, blind,
    conflicts::ties,
    convert::{self, stamp},
    error::{Result, StoreError},
    event::{EventKind, NewEvent, record},
    load::{AssessmentContent, assessment_contents, ids, in_order},
    notice::{Audience, NewNotice},
    rows::{assessment, person, reading, review, reviewer},
    scope::{AccessibleAssessment, Lock, administrator, present},
    transaction::Transaction,
};
use framework::{
    actor::{Actor, PersonId},
    conflict::Conflict,
    ids::{CycleId, PracticeSlug},
    lifecycle::{Denied, Operation, Status, next},
    local,
    naming::folded,
    notice::NoticeKind,
    reviewers::{Phase, Reviewer, Reviewers, Seat, Writes},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    sea_query::SelectStatement,
};
use std::collections::HashMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// Somebody who could review an assessment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// Assessments under way, of all Practices, that the person reviews.
    pub workload: usize,
    /// Why the person may not review this one.
    pub conflict: Option<Conflict>,
}

impl Store {
    /// Everybody at National Pause with what they review now and whether they may review this Practice, by name.
    /// Administrators only.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such assessment, or not for this actor.
    pub async fn candidates(
        &self,
        actor: &Actor,
        practice: &PracticeSlug,
        cycle: &CycleId,
        now: OffsetDateTime,
    ) -> Result<Vec<Candidate>> {
        administrator(actor)?;
        let tx = self.reading().await?;
        let target = self.accessible_assessment(&tx, actor, practice, cycle).await?;
        let people = person::Entity::find()
            .filter(person::Column::NationalRole.is_not_null())
            .filter(person::Column::DisabledAt.is_null())
            .all(&tx)
            .await?;
        let under_way = ids(assessment::Column::Status.is_in(under_way()).into());
        let busy = reviewer::Entity::find()
            .filter(reviewer::Column::AssessmentId.in_subquery(under_way))
            .all(&tx)
            .await?;
        let mut ties = ties(&tx, target.row.practice_id).await?;
        tx.commit().await?;
        let mut candidates: Vec<Candidate> = people
            .into_iter()
            .map(|person| Candidate {
                person: PersonId(person.id),
                workload: busy.iter().filter(|row| row.person_id == person.id).count(),
                conflict: ties.remove(&person.id).unwrap_or_default().conflict(local::date(now)),
                name: person.name,
            })
            .collect();
        candidates.sort_by_cached_key(|candidate| (folded(&candidate.name), candidate.person));
        Ok(candidates)
    }

    /// Assigns who reviews: one person, two, or nobody yet. Administrators only. A reviewer who stays keeps what is
    /// written.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such assessment, or not for this actor; [`StoreError::Refused`] when it
    /// is too late for the change, or a person may not review this Practice.
    pub async fn assign(
        &self,
        actor: &Actor,
        practice: &PracticeSlug,
        cycle: &CycleId,
        wanted: [Option<PersonId>; 2],
        now: OffsetDateTime,
    ) -> Result<()> {
        administrator(actor)?;
        let now = stamp(now);
        let tx = self.writing().await?;
        let target = self
            .lock_assessment(&tx, actor, practice, cycle, Lock::Exclusive)
            .await?;
        if !under_way().any(|status| status == target.row.status) {
            return Err(Denied::NotNow(target.status).into());
        }
        let [first, second] = wanted;
        if first.is_some() && first == second {
            return refused("Choose two different people.");
        }
        if first.is_none() && second.is_some() {
            return refused("Choose a first reviewer before a second.");
        }
        let before = Seat::ALL.map(|seat| seat_holder(&target.reviewers, seat));
        if before == wanted {
            return Ok(());
        }
        self.check_change(&tx, &target, &before, &wanted).await?;
        for person in wanted.into_iter().flatten() {
            check_person(&tx, &target, person, now).await?;
        }
        for (seat, (before, wanted)) in Seat::ALL.into_iter().zip(before.into_iter().zip(wanted)) {
            if before == wanted {
                continue;
            }
            vacate(&tx, &target, seat).await?;
            if let Some(person) = wanted {
                seat_person(&tx, &target, seat, person, actor, now).await?;
                let notice = NewNotice::about(NoticeKind::Assigned, target.row.practice_id).at(target.row.id);
                self.notify(&tx, now, actor.person, notice, Audience::Person(person))
                    .await?;
            }
        }
        let people: Vec<_> = wanted.into_iter().flatten().collect();
        let event = NewEvent::new(EventKind::Assigned)
            .at(target.row.practice_id, target.row.id)
            .with(serde_json::json!({ "people": people }));
        record(&tx, actor, now, [event]).await?;
        tx.commit().await
    }

    /// What is written stays with whoever wrote it: a reviewer who has rated is not replaced, and a review that one
    /// person has begun does not become one of two.
    async fn check_change(
        &self,
        tx: &Transaction,
        target: &AccessibleAssessment,
        before: &[Option<PersonId>; 2],
        wanted: &[Option<PersonId>; 2],
    ) -> Result<()> {
        let was_double = before[1].is_some();
        let becomes_double = wanted[1].is_some();
        let begun = if was_double {
            let seats = (Seat::ALL.into_iter().zip(before.iter().zip(wanted)))
                .filter(|(_, (before, wanted))| before != wanted)
                .map(|(seat, _)| seat.number());
            reading::Entity::find()
                .filter(reading::Column::AssessmentId.eq(target.row.id))
                .filter(reading::Column::Place.is_in(if becomes_double { seats.collect() } else { vec![1, 2] }))
                .count(tx)
                .await?
        } else if becomes_double {
            review::Entity::find()
                .filter(review::Column::AssessmentId.eq(target.row.id))
                .count(tx)
                .await?
        } else {
            0
        };
        match (begun, was_double) {
            (0, _) => Ok(()),
            (_, true) => {
                refused("A reviewer who has begun to rate cannot be replaced or left out: what was said would be lost.")
            }
            (_, false) => refused(
                "The review has been begun by one person. A second reviewer can be added only before the first rating.",
            ),
        }
    }

    /// Says that one's own ratings are in, so that the other reviewer may see them once theirs are in too.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the actor may not read the assessment; [`StoreError::Lifecycle`] when the actor may
    /// not, or not now; [`StoreError::Refused`] when there is nothing to say, or a rating is missing.
    pub async fn declare_ready(
        &self,
        actor: &Actor,
        practice: &PracticeSlug,
        cycle: &CycleId,
        now: OffsetDateTime,
    ) -> Result<()> {
        let now = stamp(now);
        let tx = self.writing().await?;
        let target = self
            .lock_assessment(&tx, actor, practice, cycle, Lock::Exclusive)
            .await?;
        next(target.status, Operation::Review, target.standing)?;
        target
            .reviewers
            .admit(Operation::Review, actor.person, target.standing)?;
        let Writes::Reading(seat) = target.reviewers.writes(actor.person) else {
            return refused("Your ratings are in already.");
        };
        let said = assessment_contents(&tx, &ids(assessment::Column::Id.eq(target.row.id).into()))
            .await?
            .remove(&target.row.id);
        let lines = in_order(&target.framework, said.unwrap_or_default())?;
        let missing = lines.iter().filter(|line| !rated(line, seat)).count();
        if missing > 0 {
            return Err(StoreError::Refused(format!(
                "Criteria that you have not rated: {missing}. Rate every applicable criterion, then say that your ratings are in."
            )));
        }
        let change = reviewer::ActiveModel {
            ready_at: Set(Some(now)),
            ..Default::default()
        };
        let query = reviewer::Entity::update_many()
            .set(change)
            .filter(reviewer::Column::AssessmentId.eq(target.row.id))
            .filter(reviewer::Column::Place.eq(seat.number()));
        query.exec(&tx).await?;
        let event = NewEvent::new(EventKind::RatingsIn).at(target.row.practice_id, target.row.id);
        record(&tx, actor, now, [event]).await?;
        if reviewers_of(&tx, target.row.id).await?.phase() == Phase::Together {
            blind::record_blind_readings(&tx, &target).await?;
            let notice = NewNotice::about(NoticeKind::BothIn, target.row.practice_id).at(target.row.id);
            self.notify(&tx, now, actor.person, notice, Audience::Reviewers).await?;
        }
        tx.commit().await
    }
}

fn rated(line: &AssessmentContent, seat: Seat) -> bool {
    let reading = line.readings[seat.index()].as_ref();
    line.entry().not_applicable() || reading.is_some_and(|stored| stored.value.0.rating.is_some())
}

fn seat_holder(reviewers: &Reviewers, seat: Seat) -> Option<PersonId> {
    let holder = reviewers.all().iter().find(|reviewer| reviewer.place == seat);
    holder.map(|reviewer| reviewer.person)
}

/// Returns the states in which reviewers are assigned.
fn under_way() -> impl Iterator<Item = &'static str> {
    [Status::Submitted, Status::InReview, Status::Returned, Status::Moderated]
        .into_iter()
        .map(Status::code)
}

async fn check_person(
    tx: &Transaction,
    target: &AccessibleAssessment,
    person: PersonId,
    now: OffsetDateTime,
) -> Result<()> {
    let found = person::Entity::find_by_id(person.0).one(tx).await?;
    let found = found.filter(|row| row.national_role.is_some() && row.disabled_at.is_none());
    let Some(found) = found else {
        return refused("Choose somebody who works for National Pause.");
    };
    let ties = ties(tx, target.row.practice_id)
        .await?
        .remove(&person.0)
        .unwrap_or_default();
    match ties.conflict(local::date(now)) {
        None => Ok(()),
        Some(conflict) => Err(StoreError::Refused(format!(
            "{} {} and cannot review it.",
            found.name,
            conflict.words()
        ))),
    }
}

async fn vacate(tx: &Transaction, target: &AccessibleAssessment, seat: Seat) -> Result<()> {
    let query = reviewer::Entity::delete_many()
        .filter(reviewer::Column::AssessmentId.eq(target.row.id))
        .filter(reviewer::Column::Place.eq(seat.number()));
    query.exec(tx).await?;
    Ok(())
}

/// Gives a person a place among the reviewers.
pub(crate) async fn seat_person(
    tx: &Transaction,
    target: &AccessibleAssessment,
    seat: Seat,
    person: PersonId,
    by: &Actor,
    now: OffsetDateTime,
) -> Result<()> {
    let row = reviewer::ActiveModel {
        id: Set(Uuid::now_v7()),
        practice_id: Set(target.row.practice_id),
        assessment_id: Set(target.row.id),
        place: Set(seat.number()),
        person_id: Set(person.0),
        assigned_at: Set(now),
        assigned_who: Set(by.name.clone()),
        ready_at: Set(None),
    };
    reviewer::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// When a review begins again after a return, each of two reviewers looks once more before ratings are shared.
pub(crate) async fn restart_readings(tx: &Transaction, target: &AccessibleAssessment) -> Result<()> {
    if target.reviewers.phase() == Phase::Alone {
        return Ok(());
    }
    let change = reviewer::ActiveModel {
        ready_at: Set(None),
        ..Default::default()
    };
    let query = reviewer::Entity::update_many()
        .set(change)
        .filter(reviewer::Column::AssessmentId.eq(target.row.id));
    query.exec(tx).await?;
    Ok(())
}

/// Returns who reviews an assessment.
pub(crate) async fn reviewers_of(db: &impl ConnectionTrait, assessment: Uuid) -> Result<Reviewers> {
    let which = ids(assessment::Column::Id.eq(assessment).into());
    Ok(reviewers_in(db, &which).await?.remove(&assessment).unwrap_or_default())
}

/// Returns who reviews each of the assessments of a subquery.
pub(crate) async fn reviewers_in(
    db: &impl ConnectionTrait,
    which: &SelectStatement,
) -> Result<HashMap<Uuid, Reviewers>> {
    let rows = reviewer::Entity::find()
        .find_also_related(person::Entity)
        .filter(reviewer::Column::AssessmentId.in_subquery(which.clone()))
        .all(db)
        .await?;
    let mut all: HashMap<Uuid, Vec<Reviewer>> = HashMap::new();
    for (row, person) in rows {
        let person = present(person, "a reviewer")?;
        all.entry(row.assessment_id).or_default().push(Reviewer {
            place: convert::seat(row.place)?,
            person: PersonId(person.id),
            name: person.name,
            ready: row.ready_at.is_some(),
        });
    }
    Ok(all
        .into_iter()
        .map(|(id, reviewers)| (id, Reviewers::new(reviewers)))
        .collect())
}

fn refused<T>(sentence: &str) -> Result<T> {
    Err(StoreError::Refused(sentence.to_owned()))
}
