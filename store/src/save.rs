//! Saving what is said on criteria: each against the revision it was made from, all in one transaction with their events.

use crate::{
    Store,
    convert::stamp,
    error::{Result, StoreError},
    event::{NewEvent, Who, record},
    load::{ids, parts},
    part::{CriterionRecord, Key, Stored},
    register::{Registers, as_of},
    rows::assessment,
    scope::{AccessibleAssessment, Lock},
    transaction::Transaction,
    wording::{Subject, Version, record_wording, wordings},
};
use framework::{
    actor::Actor,
    adaptation::Adaptation,
    assessment::{FieldError, Reading, Review},
    criteria::Criterion,
    ids::{CriterionId, CycleId, PracticeSlug},
    lifecycle::{Operation, next},
    reviewers::{self, Writes},
    wording::{self, Asked, Sides, Worded, Wording},
};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use std::collections::{BTreeMap, BTreeSet};
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
    /// The fields that it speaks of; the others are left as they are.
    pub fields: BTreeSet<&'static str>,
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
    /// What is stored now: the change, with what others have changed since its form was made.
    pub value: T,
    /// Whether anything was written.
    pub saved: bool,
    /// Fields that somebody else changed to something else since the form was made. There, nothing was changed.
    pub asked: Vec<Asked>,
    /// Fields that cannot be taken together with what others have saved. Nothing was changed.
    pub refused: Vec<FieldError>,
}

impl<T: Worded> Change<T> {
    /// Returns a change of every field.
    pub fn whole(criterion: CriterionId, revision: i32, value: T) -> Change<T> {
        Change {
            criterion,
            revision,
            value,
            fields: T::FIELDS.iter().map(|(name, _)| *name).collect(),
        }
    }
}

impl<T> Change<T> {
    fn map<U>(self, value: impl FnOnce(T) -> U) -> Change<U> {
        Change {
            criterion: self.criterion,
            revision: self.revision,
            value: value(self.value),
            fields: self.fields,
        }
    }
}

impl<T> Outcome<T> {
    /// Returns whether everything was taken as it was sent.
    pub fn is_whole(&self) -> bool {
        self.asked.is_empty() && self.refused.is_empty()
    }

    fn map<U>(self, value: impl FnOnce(T) -> U) -> Outcome<U> {
        Outcome {
            criterion: self.criterion,
            revision: self.revision,
            at: self.at,
            value: value(self.value),
            saved: self.saved,
            asked: self.asked,
            refused: self.refused,
        }
    }
}

impl Store {
    pub(crate) async fn save<T: CriterionRecord>(
        &self,
        actor: &Actor,
        slug: &PracticeSlug,
        cycle: &CycleId,
        changes: Vec<Change<T>>,
        now: OffsetDateTime,
    ) -> Result<Vec<Outcome<T>>> {
        let tx = self.writing().await?;
        let target = self.lock_assessment(&tx, actor, slug, cycle, Lock::Shared).await?;
        next(target.status, T::ACTION, target.standing)?;
        target.reviewers.admit(T::ACTION, actor.person, target.standing)?;
        write(tx, &target, None, actor, changes, now).await
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
        let target = self.lock_assessment(&tx, actor, slug, cycle, Lock::Shared).await?;
        next(target.status, Operation::Review, target.standing)?;
        target
            .reviewers
            .admit(Operation::Review, actor.person, target.standing)?;
        match target.reviewers.writes(actor.person) {
            Writes::Review => write(tx, &target, None, actor, changes, now).await,
            Writes::Reading(whose) => {
                let readings = changes.into_iter().map(|change| change.map(Reading)).collect();
                let outcomes = write(tx, &target, Some(whose), actor, readings, now).await?;
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
async fn write<T: CriterionRecord>(
    tx: Transaction,
    target: &AccessibleAssessment,
    whose: Option<reviewers::Seat>,
    actor: &Actor,
    changes: Vec<Change<T>>,
    now: OffsetDateTime,
) -> Result<Vec<Outcome<T>>> {
    let register = match T::RESTS_ON_REGISTER {
        true => Registers::of_practice(&tx, target.row.practice_id).await?,
        false => Registers::default(),
    };
    for change in &changes {
        check(target, change)?;
    }
    let mut saver = Saver {
        who: Who::from(actor),
        now: stamp(now),
        stored: stored(&tx, target, whose).await?,
        events: vec![],
        register: register.of(target.row.practice_id),
        tx: &tx,
        target,
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
    record(&tx, saver.who, saver.now, saver.events).await?;
    tx.commit().await?;
    Ok(outcomes.into_iter().map(|(_, outcome)| outcome).collect())
}

/// Refuses what cannot be said at all.
fn check<T: CriterionRecord>(target: &AccessibleAssessment, change: &Change<T>) -> Result<()> {
    let criterion = criterion_of(target, &change.criterion)?;
    change
        .value
        .fits(criterion)
        .map_err(|message| refuse(criterion, &message))
}

fn criterion_of<'a>(target: &'a AccessibleAssessment, id: &CriterionId) -> Result<&'a Criterion> {
    let stray = || {
        let sentence = format!("“{id}” is no criterion of version {}.", target.framework.version);
        StoreError::Refused(sentence)
    };
    target.framework.criterion(id).ok_or_else(stray)
}

fn refuse(criterion: &Criterion, message: &str) -> StoreError {
    StoreError::Refused(format!("{}: {message}", criterion.title))
}

async fn stored<T: CriterionRecord>(
    tx: &Transaction,
    target: &AccessibleAssessment,
    whose: Option<reviewers::Seat>,
) -> Result<BTreeMap<CriterionId, Stored<T>>> {
    let which = ids(assessment::Column::Id.eq(target.row.id).into());
    let found = parts::<T>(tx, &which).await?;
    let own = found.into_iter().filter(|found| found.place == whose);
    Ok(own.map(|found| (found.criterion, found.stored)).collect())
}

struct Saver<'a, T> {
    tx: &'a Transaction,
    target: &'a AccessibleAssessment,
    /// Whose, of two reviewers.
    whose: Option<reviewers::Seat>,
    register: &'a [Adaptation],
    who: Who,
    now: OffsetDateTime,
    stored: BTreeMap<CriterionId, Stored<T>>,
    events: Vec<NewEvent>,
}

impl<T: CriterionRecord> Saver<'_, T> {
    /// Merges the change into what is stored and writes that; where somebody else was faster between our read and our
    /// write, once more.
    async fn save(&mut self, change: &Change<T>) -> Result<Outcome<T>> {
        for _ in 0..TRIES {
            let before = self.stored.get(&change.criterion).cloned();
            let mut outcome = self.merge(change, before.as_ref()).await?;
            let same = before
                .as_ref()
                .map_or(outcome.value == T::default(), |before| before.value == outcome.value);
            if same || !outcome.refused.is_empty() {
                return Ok(outcome);
            }
            if self.write(before.as_ref(), &outcome).await? {
                outcome.revision += 1;
                outcome.at = self.now;
                outcome.saved = true;
                return Ok(outcome);
            }
            self.stored = stored(self.tx, self.target, self.whose).await?;
        }
        Err(StoreError::Refused(
            "Too many people save here at this moment. Nothing of yours was saved. Try again.".to_owned(),
        ))
    }

    /// Returns what the change comes to with what is stored, not written yet.
    async fn merge(&self, change: &Change<T>, before: Option<&Stored<T>>) -> Result<Outcome<T>> {
        let criterion = criterion_of(self.target, &change.criterion)?;
        let (revision, at) = before.map_or((0, self.now), |before| (before.revision, before.at));
        let theirs = before.map(|before| before.value.clone()).unwrap_or_default();
        let later = match before {
            Some(before) if before.revision != change.revision => {
                wordings(self.tx, &self.subject(&change.criterion)).await?
            }
            _ => vec![],
        };
        let base = match revision == change.revision {
            true => Some(theirs.texts()),
            false => wording::at_revision::<T>(&later, change.revision).filter(|_| change.revision < revision),
        };
        let merged = wording::merge::<T>(Sides {
            base: base.as_deref(),
            mine: &change.value.texts(),
            edited: &change.fields,
            theirs: &theirs.texts(),
        });
        let asked = merged.asked.iter().map(|field| Asked {
            theirs: wording::text_of::<T>(&theirs.texts(), field),
            ..self.author(field, change.revision, &later, before)
        });
        let mut outcome = Outcome {
            criterion: change.criterion.clone(),
            revision,
            at,
            asked: asked.collect(),
            value: theirs.clone(),
            saved: false,
            refused: vec![],
        };
        if merged.texts != theirs.texts() {
            match T::read(criterion, |field| wording::text_of::<T>(&merged.texts, field)) {
                Ok(value) => {
                    let whole = value.complete(&change.criterion, self.register, as_of(&self.target.row));
                    outcome.value = whole.map_err(|message: String| refuse(criterion, &message))?;
                }
                Err(errors) => outcome.refused = errors,
            }
        }
        Ok(outcome)
    }

    fn subject(&self, criterion: &CriterionId) -> Subject {
        Subject::in_assessment(T::WORDING, self.target.row.id, criterion, self.whose)
    }

    /// Returns who changed a field since a revision.
    fn author(&self, field: &'static str, revision: i32, later: &[Wording], stored: Option<&Stored<T>>) -> Asked {
        let of_field = |wording: &&Wording| wording.revision > revision && wording.fields.contains_key(field);
        let since: Vec<&Wording> = later.iter().filter(of_field).collect();
        let own = |person: Option<Uuid>| person.is_some() && person == self.who.person;
        match since.last() {
            Some(last) => Asked {
                field,
                theirs: String::new(),
                by: last.stamp.by.clone(),
                own: since.iter().all(|wording| own(wording.person)),
            },
            None => Asked {
                field,
                theirs: String::new(),
                by: stored.map(|stored| stored.who.clone()).unwrap_or_default(),
                own: stored.is_some_and(|stored| own(stored.person)),
            },
        }
    }

    /// Writes a part's next revision, with its wording and event; `false` where what is stored is not `before` any more.
    async fn write(&mut self, before: Option<&Stored<T>>, outcome: &Outcome<T>) -> Result<bool> {
        let key = Key {
            id: before.map_or_else(Uuid::now_v7, |before| before.id),
            practice: self.target.row.practice_id,
            assessment: self.target.row.id,
            criterion: outcome.criterion.clone(),
            place: self.whose,
            revision: outcome.revision.saturating_add(1),
        };
        let row = outcome.value.row(&key, &self.who, self.now);
        let written = match before {
            None => insert::<T>(self.tx, row, &key).await?,
            Some(before) => update::<T>(self.tx, row, &key, before.revision).await?,
        };
        if !written {
            return Ok(false);
        }
        let after = Version {
            revision: key.revision,
            texts: outcome.value.texts(),
            who: self.who.clone(),
            at: self.now,
        };
        let subject = self.subject(&key.criterion);
        record_wording::<T>(
            self.tx,
            &subject,
            key.practice,
            before.map(Stored::version).as_ref(),
            &after,
        )
        .await?;
        let was = before.map(|before| before.value.clone()).unwrap_or_default();
        let event = NewEvent::new(T::KIND)
            .at(key.practice, key.assessment)
            .on(&key.criterion)
            .with(particulars(key.revision, &was, &outcome.value));
        self.events.push(event);
        Ok(true)
    }
}

/// How often a change is merged anew before its sender is told to try again.
const TRIES: usize = 20;

/// Inserts the first revision, unless there is one.
async fn insert<T: CriterionRecord>(tx: &Transaction, row: T::Row, key: &Key) -> Result<bool> {
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
async fn update<T: CriterionRecord>(tx: &Transaction, row: T::Row, key: &Key, revision: i32) -> Result<bool> {
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

/// For the history: the names of the fields that differ, and of those that are empty now. Their texts stay out of it.
fn particulars<T: CriterionRecord>(revision: i32, before: &T, after: &T) -> serde_json::Value {
    let fields = |value| match serde_json::to_value(value) {
        Ok(serde_json::Value::Object(fields)) => fields,
        _ => serde_json::Map::new(),
    };
    let before = fields(before);
    let differing: Vec<_> = fields(after)
        .into_iter()
        .filter(|(name, value)| before.get(name) != Some(value))
        .collect();
    let names = |only: fn(&serde_json::Value) -> bool| -> Vec<&str> {
        let wanted = differing.iter().filter(|(_, value)| only(value));
        wanted.map(|(name, _)| name.as_str()).collect()
    };
    let (changed, cleared) = (names(|_| true), names(serde_json::Value::is_null));
    match cleared.is_empty() {
        true => serde_json::json!({ "revision": revision, "changed": changed }),
        false => serde_json::json!({ "revision": revision, "changed": changed, "cleared": cleared }),
    }
}
