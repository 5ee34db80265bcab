//! Saving what is said on criteria: each against the revision it was made from, all in one transaction with their events.

use crate::{
    Store,
    convert::stamp,
    error::{Result, StoreError},
    event::{Happening, Who, record},
    load::{ids, parts},
    part::{Key, Part, Stored},
    register::{Registers, as_of},
    rows::assessment,
    scope::{Hold, Place},
    transaction::Transaction,
};
use framework::{
    actor::Actor,
    adaptation::Adaptation,
    assessment::{Reading, Review},
    ids::{CriterionId, CycleId, PracticeSlug},
    lifecycle::{Action, next},
    reviewers::{self, Writes},
};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// What somebody wants to say on a criterion.
#[derive(Clone, Debug, PartialEq)]
pub struct Change<T> {
    /// The criterion.
    pub criterion: CriterionId,
    /// The revision the form was made from; 0 where nothing had been saved.
    pub revision: i32,
    /// What to save.
    pub value: T,
}

/// What became of a [`Change`].
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome<T> {
    /// The criterion.
    pub criterion: CriterionId,
    /// The revision that is stored now; 0 where nothing is.
    pub revision: i32,
    /// When that was saved.
    pub at: OffsetDateTime,
    /// What became of it.
    pub result: Saving<T>,
}

/// What became of a [`Change`].
#[derive(Clone, Debug, PartialEq)]
pub enum Saving<T> {
    /// It is stored.
    Saved,
    /// It was what is stored already.
    Unchanged,
    /// Somebody saved something else since the form was made. Nothing was changed.
    Conflict {
        /// What is stored.
        theirs: T,
        /// Who saved it.
        by: String,
        /// When.
        at: OffsetDateTime,
    },
}

impl<T> Change<T> {
    fn map<U>(self, value: impl FnOnce(T) -> U) -> Change<U> {
        Change {
            criterion: self.criterion,
            revision: self.revision,
            value: value(self.value),
        }
    }
}

impl<T> Outcome<T> {
    fn map<U>(self, value: impl FnOnce(T) -> U) -> Outcome<U> {
        Outcome {
            criterion: self.criterion,
            revision: self.revision,
            at: self.at,
            result: match self.result {
                Saving::Saved => Saving::Saved,
                Saving::Unchanged => Saving::Unchanged,
                Saving::Conflict { theirs, by, at } => Saving::Conflict {
                    theirs: value(theirs),
                    by,
                    at,
                },
            },
        }
    }
}

impl Store {
    pub(crate) async fn save<T: Part>(
        &self,
        actor: &Actor,
        slug: &PracticeSlug,
        cycle: &CycleId,
        changes: Vec<Change<T>>,
        now: OffsetDateTime,
    ) -> Result<Vec<Outcome<T>>> {
        let tx = self.writing().await?;
        let place = self.hold(&tx, actor, slug, cycle, Hold::Still).await?;
        next(place.status, T::ACTION, place.standing)?;
        place.reviewers.admit(T::ACTION, actor.person, place.standing)?;
        write(tx, &place, None, actor, changes, now).await
    }

    /// Saves a reviewer's side where it belongs: the review that counts, or while two review blind, the reviewer's own.
    pub(crate) async fn save_review(
        &self,
        actor: &Actor,
        slug: &PracticeSlug,
        cycle: &CycleId,
        changes: Vec<Change<Review>>,
        now: OffsetDateTime,
    ) -> Result<Vec<Outcome<Review>>> {
        let tx = self.writing().await?;
        let place = self.hold(&tx, actor, slug, cycle, Hold::Still).await?;
        next(place.status, Action::Review, place.standing)?;
        place.reviewers.admit(Action::Review, actor.person, place.standing)?;
        match place.reviewers.writes(actor.person) {
            Writes::Review => write(tx, &place, None, actor, changes, now).await,
            Writes::Reading(whose) => {
                let readings = changes.into_iter().map(|change| change.map(Reading)).collect();
                let outcomes = write(tx, &place, Some(whose), actor, readings, now).await?;
                Ok(outcomes
                    .into_iter()
                    .map(|outcome| outcome.map(|reading| reading.0))
                    .collect())
            }
            Writes::Nothing => Err(StoreError::Refused(
                "You have said that your ratings are in. They stay as they are until the other reviewer’s are in too."
                    .to_owned(),
            )),
        }
    }
}

/// Saves changes in their order.
async fn write<T: Part>(
    tx: Transaction,
    place: &Place,
    whose: Option<reviewers::Place>,
    actor: &Actor,
    changes: Vec<Change<T>>,
    now: OffsetDateTime,
) -> Result<Vec<Outcome<T>>> {
    let register = match T::RESTS_ON_REGISTER {
        true => Registers::of_practice(&tx, place.row.practice_id).await?,
        false => Registers::default(),
    };
    let changes = check(place, changes, register.of(place.row.practice_id))?;
    let mut saver = Saver {
        who: Who::from(actor),
        now: stamp(now),
        stored: stored(&tx, place, whose).await?,
        happenings: vec![],
        tx: &tx,
        place,
        whose,
    };
    // in one order for everybody, so that two savers cannot wait for each other
    let mut order: Vec<usize> = (0..changes.len()).collect();
    order.sort_by_key(|place| &changes[*place].criterion);
    let mut outcomes: Vec<(usize, Outcome<T>)> = Vec::with_capacity(changes.len());
    for place in order {
        outcomes.push((place, saver.save(&changes[place]).await?));
    }
    outcomes.sort_by_key(|(place, _)| *place);
    record(&tx, saver.who, saver.now, saver.happenings).await?;
    tx.commit().await?;
    Ok(outcomes.into_iter().map(|(_, outcome)| outcome).collect())
}

/// The changes as they are saved.
fn check<T: Part>(place: &Place, changes: Vec<Change<T>>, register: &[Adaptation]) -> Result<Vec<Change<T>>> {
    let complete = |change: Change<T>| {
        let Some(criterion) = place.framework.criterion(&change.criterion) else {
            let sentence = format!(
                "“{}” is no criterion of version {}.",
                change.criterion, place.framework.version
            );
            return Err(StoreError::Refused(sentence));
        };
        let refuse = |message| StoreError::Refused(format!("{}: {message}", criterion.title));
        change.value.fits(criterion).map_err(refuse)?;
        let completed = change.value.complete(&change.criterion, register, as_of(&place.row));
        Ok(Change {
            value: completed.map_err(refuse)?,
            ..change
        })
    };
    changes.into_iter().map(complete).collect()
}

async fn stored<T: Part>(
    tx: &Transaction,
    place: &Place,
    whose: Option<reviewers::Place>,
) -> Result<BTreeMap<CriterionId, Stored<T>>> {
    let which = ids(assessment::Column::Id.eq(place.row.id).into());
    let found = parts::<T>(tx, &which).await?;
    let own = found.into_iter().filter(|found| found.place == whose);
    Ok(own.map(|found| (found.criterion, found.stored)).collect())
}

struct Saver<'a, T> {
    tx: &'a Transaction,
    place: &'a Place,
    /// Whose, of two reviewers.
    whose: Option<reviewers::Place>,
    who: Who,
    now: OffsetDateTime,
    stored: BTreeMap<CriterionId, Stored<T>>,
    happenings: Vec<Happening>,
}

impl<T: Part> Saver<'_, T> {
    async fn save(&mut self, change: &Change<T>) -> Result<Outcome<T>> {
        let before = self.stored.get(&change.criterion).cloned();
        if let Some(outcome) = self.settled(change, before.as_ref()) {
            return Ok(outcome);
        }
        let key = Key {
            id: before.as_ref().map_or_else(Uuid::now_v7, |before| before.id),
            practice: self.place.row.practice_id,
            assessment: self.place.row.id,
            criterion: change.criterion.clone(),
            place: self.whose,
            revision: change.revision.saturating_add(1),
        };
        let row = change.value.row(&key, &self.who, self.now);
        let written = match &before {
            None => insert::<T>(self.tx, row, &key).await?,
            Some(_) => update::<T>(self.tx, row, &key, change.revision).await?,
        };
        if !written {
            // somebody else was faster, between our read and our write
            self.stored = stored(self.tx, self.place, self.whose).await?;
            let theirs = self.stored.get(&change.criterion);
            return Ok(self
                .settled(change, theirs)
                .unwrap_or_else(|| conflict(change, theirs, self.now)));
        }
        let detail = serde_json::json!({
            "revision": key.revision,
            "changed": changed(&before.map(|before| before.value).unwrap_or_default(), &change.value),
        });
        let happening = Happening::new(T::KIND)
            .at(key.practice, key.assessment)
            .on(&key.criterion)
            .with(detail);
        self.happenings.push(happening);
        Ok(Outcome {
            criterion: key.criterion,
            revision: key.revision,
            at: self.now,
            result: Saving::Saved,
        })
    }

    /// The outcome of a change that needs no writing, or must not be written.
    fn settled(&self, change: &Change<T>, stored: Option<&Stored<T>>) -> Option<Outcome<T>> {
        let (revision, at) = stored.map_or((0, self.now), |stored| (stored.revision, stored.at));
        let same = stored.map_or(change.value == T::default(), |stored| stored.value == change.value);
        if same {
            return Some(Outcome {
                criterion: change.criterion.clone(),
                revision,
                at,
                result: Saving::Unchanged,
            });
        }
        (revision != change.revision).then(|| conflict(change, stored, self.now))
    }
}

fn conflict<T: Part>(change: &Change<T>, stored: Option<&Stored<T>>, now: OffsetDateTime) -> Outcome<T> {
    let at = stored.map_or(now, |stored| stored.at);
    Outcome {
        criterion: change.criterion.clone(),
        revision: stored.map_or(0, |stored| stored.revision),
        at,
        result: Saving::Conflict {
            theirs: stored.map(|stored| stored.value.clone()).unwrap_or_default(),
            by: stored.map(|stored| stored.who.clone()).unwrap_or_default(),
            at,
        },
    }
}

/// Inserts the first revision, unless there is one.
async fn insert<T: Part>(tx: &Transaction, row: T::Row, key: &Key) -> Result<bool> {
    let columns: &[&str] = match key.place {
        None => &["assessment_id", "criterion"],
        Some(_) => &["assessment_id", "criterion", "place"],
    };
    let unless = OnConflict::columns(columns.iter().copied()).do_nothing().to_owned();
    let inserted = T::Entity::insert(row)
        .on_conflict(unless)
        .exec_without_returning(tx)
        .await?;
    Ok(inserted == 1)
}

/// Writes the next revision, if the one before is still `revision`: the statement decides, not a read before it.
async fn update<T: Part>(tx: &Transaction, row: T::Row, key: &Key, revision: i32) -> Result<bool> {
    let query = T::Entity::update_many()
        .set(row)
        .filter(Expr::col("assessment_id").eq(key.assessment))
        .filter(Expr::col("criterion").eq(key.criterion.as_str()))
        .filter(Expr::col("revision").eq(revision));
    let query = match key.place {
        None => query,
        Some(place) => query.filter(Expr::col("place").eq(place.number())),
    };
    Ok(query.exec(tx).await?.rows_affected == 1)
}

/// The names of the fields that differ; their text stays out of the history.
fn changed<T: Part>(before: &T, after: &T) -> Vec<String> {
    let fields = |value| match serde_json::to_value(value) {
        Ok(serde_json::Value::Object(fields)) => fields,
        _ => serde_json::Map::new(),
    };
    let before = fields(before);
    let after = fields(after).into_iter();
    after
        .filter(|(name, value)| before.get(name) != Some(value))
        .map(|(name, _)| name)
        .collect()
}
