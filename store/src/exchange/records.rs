//! Records of the flat kinds to and from files. What is common to all kinds is here; what each kind is made of stands in the
//! rooms beside this one.

use super::import::meanwhile;
use crate::{
    Store,
    convert::{self, stamp},
    error::{Result, StoreError},
    event::{EventKind, NewEvent, record},
    rows::practice,
    scope::{administrator, present},
    transaction::Transaction,
};
use framework::{
    actor::{Actor, PracticeRole},
    exchange::{Placed, Record},
    ids::PracticeSlug,
    library::Library,
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};
use std::collections::{BTreeMap, HashMap, HashSet};
use time::OffsetDateTime;
use uuid::Uuid;

/// A kind of record that goes in and out: adaptations, actions, support, evidence, wordings, and no other.
pub trait Carried: Kind {}

impl<R: Kind> Carried for R {}

/// What import and export ask of a kind.
#[expect(async_fn_in_trait, reason = "nobody outside this crate can name it")]
pub trait Kind: Record + PartialEq {
    /// What is told of one that came in.
    const EVENT: EventKind;
    /// How the history calls its key.
    const DETAIL: &'static str;
    /// Whether one event is told of all that came in for a Practice. One each is too many where there are very many.
    const ONE_EVENT: bool = false;
    /// What it must fit to, besides the framework.
    type Context;

    /// All that is kept of some Practices.
    async fn load_existing(tx: &Transaction, of: &Practices<'_>) -> Result<Vec<Self>>;

    /// Returns what it must fit to.
    async fn load_context(tx: &Transaction) -> Result<Self::Context>;

    /// Returns what of a new one does not fit, with its place. `beside` then knows of it, too.
    fn misfits(new: &New<Self>, beside: &mut Self::Context, library: &Library) -> Vec<String>;

    /// Adds them.
    async fn add(
        tx: &Transaction,
        new: &[New<Self>],
        beside: &Self::Context,
        actor: &Actor,
        now: OffsetDateTime,
    ) -> Result<()>;
}

/// What a file has under one key and nobody has here yet.
pub struct New<R> {
    /// The Practice.
    pub practice: Uuid,
    /// The records, in the order of their numbers, at least one.
    pub records: Vec<Placed<R>>,
}

/// The Practices of which everything goes out.
pub struct Practices<'a> {
    actor: Option<&'a Actor>,
    slugs: HashMap<Uuid, PracticeSlug>,
    ids: HashMap<PracticeSlug, Uuid>,
}

/// What an import of records did, or would do, counted by keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Added.
    pub added: usize,
    /// Here already, word for word.
    pub unchanged: usize,
}

impl Store {
    /// Returns all records of a kind, by Practice, key and number: of every Practice for the operator, who has the database in hand;
    /// for others of those whose leads or contributors they are, since drafts and what is cited nowhere are among them.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    pub async fn export_records<R: Carried>(&self, actor: &Actor) -> Result<Vec<R>> {
        let tx = self.reading().await?;
        let mut records = R::load_existing(&tx, &Practices::accessible_to(&tx, actor).await?).await?;
        tx.commit().await?;
        records.sort_by(|a, b| (a.practice(), a.key(), a.number()).cmp(&(b.practice(), b.key(), b.number())));
        Ok(records)
    }

    /// Takes records of a kind from a file: all or none, in one transaction. Administrators only. What is there already
    /// under its key, word for word, is left as it is, so that importing twice does no more than importing once. A dry
    /// run refuses what a run would refuse and writes nothing. Practices and cycles must be there.
    ///
    /// # Errors
    /// [`StoreError::Refused`] with every record that cannot be taken, one a line, by its place in the file.
    /// [`StoreError::NotFound`] for anybody else.
    pub async fn import_records<R: Carried>(
        &self,
        actor: &Actor,
        given: Vec<Placed<R>>,
        dry_run: bool,
        now: OffsetDateTime,
    ) -> Result<Taken> {
        administrator(actor)?;
        let now = stamp(now);
        let tx = self.writing().await?;
        let practices = Practices::all(&tx).await?;
        let here = by_key(R::load_existing(&tx, &practices).await?);
        let mut beside = R::load_context(&tx).await?;
        let (mut new, mut taken, mut problems) = (Vec::new(), Taken::default(), Vec::new());
        for (key, records) in by_key_placed(given) {
            match here.get(&key) {
                Some(known) if records.iter().map(|placed| &placed.record).eq(known) => taken.unchanged += 1,
                Some(_) => problems.push(in_the_way(&records)),
                None => match practices.take(records) {
                    Ok(one) => {
                        problems.extend(R::misfits(&one, &mut beside, &self.library));
                        new.push(one);
                    }
                    Err(misfits) => problems.extend(misfits),
                },
            }
        }
        if !problems.is_empty() {
            return Err(StoreError::Refused(problems.join("\n")));
        }
        taken.added = new.len();
        if !dry_run {
            R::add(&tx, &new, &beside, actor, now).await.map_err(meanwhile)?;
            let mut told = HashSet::new();
            let first = new.iter().filter(|one| !R::ONE_EVENT || told.insert(one.practice));
            let events: Vec<NewEvent> = first.map(New::event).collect();
            record(&tx, actor, now, events).await?;
            tx.commit().await?;
        }
        Ok(taken)
    }
}

impl<'a> Practices<'a> {
    async fn all(tx: &Transaction) -> Result<Practices<'static>> {
        Practices::read(tx, None).await
    }

    async fn accessible_to(tx: &Transaction, actor: &'a Actor) -> Result<Practices<'a>> {
        let whole = *actor == Actor::operator();
        Practices::read(tx, (!whole).then_some(actor)).await
    }

    async fn read(tx: &Transaction, actor: Option<&'a Actor>) -> Result<Practices<'a>> {
        let mut practices = Practices {
            actor,
            slugs: HashMap::new(),
            ids: HashMap::new(),
        };
        let rows = practice::Entity::find()
            .filter(practices.on(practice::Column::Id))
            .all(tx)
            .await?;
        for row in rows {
            let slug = convert::slug(row.slug)?;
            practices.ids.insert(slug.clone(), row.id);
            practices.slugs.insert(row.id, slug);
        }
        Ok(practices)
    }

    /// These Practices, as a condition on `column`.
    pub(super) fn on(&self, column: impl ColumnTrait) -> Condition {
        let Some(actor) = self.actor else {
            return Condition::all();
        };
        let keeps = actor
            .memberships
            .iter()
            .filter(|member| matches!(member.role, PracticeRole::Lead | PracticeRole::Contributor));
        Condition::all().add(column.is_in(keeps.map(|member| member.practice.0)))
    }

    /// Returns the short name of one of them.
    pub(super) fn slug(&self, id: Uuid) -> Result<PracticeSlug> {
        present(self.slugs.get(&id).cloned(), "a record's Practice")
    }

    /// Returns what is new, once it makes sense by itself and its Practice is here.
    fn take<R: Record>(&self, records: Vec<Placed<R>>) -> std::result::Result<New<R>, Vec<String>> {
        let mut problems = Vec::new();
        for (at, placed) in records.iter().enumerate() {
            let before = at.checked_sub(1).map(|before| &records[before].record);
            if let Err(sentence) = check_sequence(&placed.record, before, at) {
                problems.push(format!("{}: {sentence}", placed.place));
            }
        }
        let practice = records.first().and_then(|placed| {
            let slug = placed.record.practice();
            let found = self.ids.get(slug).copied();
            if found.is_none() {
                problems.push(format!(
                    "{}: There is no Practice “{slug}”. Import the assessments first, or add the Practice.",
                    placed.place
                ));
            }
            found
        });
        match practice {
            Some(practice) if problems.is_empty() => Ok(New { practice, records }),
            _ => Err(problems),
        }
    }
}

impl<R: Kind> New<R> {
    fn event(&self) -> NewEvent {
        let key = self.records.first().map(|placed| placed.record.key());
        NewEvent::new(R::EVENT)
            .of(self.practice)
            .with(serde_json::json!({ (R::DETAIL): key }))
    }
}

/// Is a record in its place among those of its key?
fn check_sequence<R: Record>(record: &R, before: Option<&R>, at: usize) -> std::result::Result<(), String> {
    let wanted = i32::try_from(at + 1).unwrap_or(i32::MAX);
    if let Some(before) = before {
        if before.practice() != record.practice() {
            return Err(format!("The same key is in “{}”, too.", before.practice()));
        }
        if before.number() == record.number() {
            return Err(format!("The file has number {} of this key twice.", record.number()));
        }
        record.follows(before)?;
    }
    if record.number() != wanted {
        return Err(format!(
            "This is number {}, and number {wanted} is not in the file.",
            record.number()
        ));
    }
    Ok(())
}

fn in_the_way<R: Record>(records: &[Placed<R>]) -> String {
    let place = records.first().map(|placed| placed.place.as_str()).unwrap_or_default();
    format!(
        "{place}: There is {} with this key already, and it says something else.",
        R::ONE
    )
}

fn by_key<R: Record>(records: Vec<R>) -> HashMap<Uuid, Vec<R>> {
    let mut all: HashMap<Uuid, Vec<R>> = HashMap::new();
    for record in records {
        all.entry(record.key()).or_default().push(record);
    }
    for group in all.values_mut() {
        group.sort_by_key(Record::number);
    }
    all
}

fn by_key_placed<R: Record>(given: Vec<Placed<R>>) -> BTreeMap<Uuid, Vec<Placed<R>>> {
    let mut all: BTreeMap<Uuid, Vec<Placed<R>>> = BTreeMap::new();
    for placed in given {
        all.entry(placed.record.key()).or_default().push(placed);
    }
    for group in all.values_mut() {
        group.sort_by_key(|placed| placed.record.number());
    }
    all
}
