//! Moving an assessment from state to state. [`framework::lifecycle::next`] decides who may and when; here is what
//! must hold besides.

use crate::{
    Store,
    convert::stamp,
    error::{Result, StoreError},
    event::{Happening, record},
    load::{Said, ids, in_order, said},
    rows::assessment,
    scope::{Hold, Place},
};
use framework::{
    actor::Actor,
    assessment::{Entry, check},
    criteria::Criterion,
    ids::{CycleId, PracticeSlug},
    lifecycle::{Action, Refusal, Status, next},
    prose::Prose,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use time::OffsetDateTime;

impl Store {
    /// Moves an assessment: submit, begin the review, return, moderate, finalise. The new state.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the actor may not read the assessment; [`StoreError::Lifecycle`] when the actor
    /// may not, or not now; [`StoreError::Refused`] when something is still missing:
    /// to submit, an answer or a reason; to return, a question on a criterion or a note; to moderate, a review rating,
    /// or an agreed rating where self and review differ.
    pub async fn transition(
        &self,
        actor: &Actor,
        practice: &PracticeSlug,
        cycle: &CycleId,
        action: Action,
        note: Option<Prose>,
        now: OffsetDateTime,
    ) -> Result<Status> {
        let now = stamp(now);
        let tx = self.writing().await?;
        let place = self.hold(&tx, actor, practice, cycle, Hold::Alone).await?;
        let to = next(place.status, action, place.standing)?;
        let said = said(&tx, &ids(assessment::Column::Id.eq(place.row.id).into()))
            .await?
            .remove(&place.row.id);
        let lines = in_order(&place.framework, said.unwrap_or_default())?;
        let entries: Vec<Entry> = lines.iter().map(Said::entry).collect();
        let mut change = assessment::ActiveModel {
            status: Set(to.code().to_owned()),
            status_since: Set(now),
            ..Default::default()
        };
        match action {
            Action::Submit => {
                complete(&place, &entries)?;
                change.submitted_at = Set(Some(now));
            }
            Action::BeginReview => change.reviewer_id = Set(actor.person.map(|person| person.0)),
            Action::Return => asked(&entries, note.as_ref())?,
            Action::Moderate => settled(&place, &entries)?,
            Action::Finalise => {}
            // these keep the state: they are done by saving
            Action::Fill | Action::Review | Action::Agree => return Err(Refusal::NotNow(place.status).into()),
        }
        compare_and_set(&tx, &place, change).await?;
        record(&tx, actor, now, [Happening::moved(&place, to, note)]).await?;
        tx.commit().await?;
        Ok(to)
    }
}

/// The update, not the read before it, decides whether the state is still the one that was read.
async fn compare_and_set(tx: &DatabaseTransaction, place: &Place, change: assessment::ActiveModel) -> Result<()> {
    let query = assessment::Entity::update_many()
        .set(change)
        .filter(assessment::Column::Id.eq(place.row.id))
        .filter(assessment::Column::Status.eq(place.status.code()));
    match query.exec(tx).await?.rows_affected {
        0 => Err(StoreError::Refused(
            "Somebody else has just moved this assessment on. Load the page again.".to_owned(),
        )),
        _ => Ok(()),
    }
}

fn complete(place: &Place, entries: &[Entry]) -> Result<()> {
    let answers = place.framework.criteria.iter().zip(entries);
    let answers = answers
        .map(|(criterion, entry)| (criterion.id.clone(), entry.answer.clone()))
        .collect();
    let blocking = check(&place.framework, &answers)
        .into_iter()
        .filter(|(_, finding)| finding.blocks());
    let blocking: Vec<&Criterion> = blocking.map(|(criterion, _)| criterion).collect();
    unless(
        &blocking,
        "cannot be submitted yet: each needs a rating, or “not applicable” with a reason",
    )
}

fn asked(entries: &[Entry], note: Option<&Prose>) -> Result<()> {
    if note.is_some() || entries.iter().any(|entry| entry.review.question.is_some()) {
        return Ok(());
    }
    let sentence = "Ask a question on at least one criterion, or write a note, so that the Practice knows what to do.";
    Err(StoreError::Refused(sentence.to_owned()))
}

fn settled(place: &Place, entries: &[Entry]) -> Result<()> {
    let which = |wanted: fn(&Entry) -> bool| -> Vec<&Criterion> {
        let lines = place.framework.criteria.iter().zip(entries);
        lines
            .filter(|(_, entry)| wanted(entry))
            .map(|(criterion, _)| criterion)
            .collect()
    };
    let unrated = which(|entry| !entry.not_applicable() && entry.review.rating.is_none());
    unless(&unrated, "still need a review rating")?;
    unless(
        &which(Entry::needs_moderation),
        "still need an agreed rating, because self and review differ",
    )
}

/// Refuses with the criteria by their titles, the first three of them.
fn unless(criteria: &[&Criterion], what: &str) -> Result<()> {
    if criteria.is_empty() {
        return Ok(());
    }
    let titles: Vec<String> = criteria
        .iter()
        .take(3)
        .map(|criterion| format!("“{}”", criterion.title))
        .collect();
    let more = if criteria.len() > 3 { ", and others" } else { "" };
    let sentence = format!(
        "Criteria that {what} ({}): {}{more}.",
        criteria.len(),
        titles.join(", ")
    );
    Err(StoreError::Refused(sentence))
}
