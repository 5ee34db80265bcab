//! A Practice's evidence library, and what of it others may see.

mod change;
mod cite;
mod cited;
mod quota;
pub(crate) mod row;

pub use quota::UPLOADS_A_DAY;

pub(crate) use cited::{carry, cited, cited_in_order, used};

use crate::{
    Practice, Store,
    convert::{self, criterion, cycle},
    error::{Result, StoreError},
    rows::{assessment, citation, evidence, evidence_version, still_true},
    scope::{self, AccessibleAssessment, present},
};
use framework::{
    actor::{Actor, Standing},
    criteria::Framework,
    evidence::{Content, Evidence, EvidenceId, StoredFile, may_edit_library, must_be_confirmed},
    ids::{CriterionId, CycleId, PracticeSlug},
    lifecycle::{Operation, Status, may_read, next},
    naming::folded,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};
use time::OffsetDateTime;
use uuid::Uuid;

/// One version of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceVersion {
    /// Its number, counted from 1.
    pub number: i32,
    /// What it says.
    pub evidence: Evidence,
    /// When it was made.
    pub made_at: OffsetDateTime,
    /// By whom.
    pub made_by: String,
}

/// Where an item is cited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// In which cycle's assessment.
    pub cycle: CycleId,
    /// In which of its editions.
    pub edition: i32,
    /// Where that stands.
    pub status: Status,
    /// On which criterion.
    pub criterion: CriterionId,
    /// Its title, in that assessment's version.
    pub title: String,
    /// Which version of the item.
    pub number: i32,
}

/// Somebody said, for an assessment, that an item is still true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmation {
    /// For which assessment.
    pub cycle: CycleId,
    /// Who.
    pub who: String,
    /// When.
    pub at: OffsetDateTime,
}

/// An item with its latest version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceRow {
    /// The item.
    pub id: EvidenceId,
    /// Its latest version.
    pub latest: EvidenceVersion,
    /// Who withdrew it, and when.
    pub withdrawn: Option<(String, OffsetDateTime)>,
    /// Where it is cited, newest cycle first.
    pub uses: Vec<Use>,
    /// Who said that it is still true, newest cycle first.
    pub confirmations: Vec<Confirmation>,
}

/// All items of a Practice, by title.
#[derive(Clone, Debug)]
pub struct EvidenceLibrary {
    /// The Practice.
    pub practice: Practice,
    /// Its items.
    pub items: Vec<EvidenceRow>,
}

/// One item with all that the actor may see of it.
#[derive(Clone, Debug)]
pub struct EvidenceItem {
    /// The Practice.
    pub practice: Practice,
    /// Whether the actor may change it. Then every version and use is here; else what is cited where the actor may read.
    pub keeps: bool,
    /// The item.
    pub id: EvidenceId,
    /// Who withdrew it, and when; to those who keep the library.
    pub withdrawn: Option<(String, OffsetDateTime)>,
    /// Its versions, the latest first. Never empty.
    pub versions: Vec<EvidenceVersion>,
    /// Where it is cited.
    pub uses: Vec<Use>,
    /// Who said that it is still true.
    pub confirmations: Vec<Confirmation>,
    /// The assessments that can be filled now and in which somebody must say “still true” before it can be cited.
    pub to_confirm: Vec<CycleId>,
}

/// An assessment that is being filled, and the items that can be cited in it.
#[derive(Clone, Debug)]
pub struct Citing {
    /// The Practice.
    pub practice: Practice,
    /// The version it is assessed under.
    pub framework: Arc<Framework>,
    /// When it was begun, in its first edition.
    pub begun: OffsetDateTime,
    /// The items, by title; those that are withdrawn left out.
    pub items: Vec<EvidenceRow>,
}

impl EvidenceRow {
    /// Returns which version is cited on a criterion of the cycle's assessment.
    pub fn cited(&self, cycle: &CycleId, criterion: &CriterionId) -> Option<i32> {
        let mut uses = self.uses.iter();
        let here = uses.find(|u| u.cycle == *cycle && u.criterion == *criterion)?;
        Some(here.number)
    }

    /// Returns whether somebody must say “still true” before it can be cited in the cycle's assessment, which was begun at `begun`.
    pub fn must_be_confirmed(&self, cycle: &CycleId, begun: OffsetDateTime) -> bool {
        let here = self.confirmations.iter().find(|c| c.cycle == *cycle);
        must_be_confirmed(self.latest.made_at, here.map(|c| c.at), begun)
    }
}

impl Store {
    /// Returns a Practice's library. For its leads and contributors. Four queries, always.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for everybody else.
    pub async fn evidence(&self, actor: &Actor, practice: &PracticeSlug) -> Result<EvidenceLibrary> {
        let tx = self.reading().await?;
        let (practice, _) = require_library_editor(&tx, actor, practice).await?;
        let items = self.items(&tx, &practice).await?;
        tx.commit().await?;
        Ok(EvidenceLibrary { practice, items })
    }

    /// The items that can be cited in an assessment, which must be one that the actor may fill now.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for those who do not keep the library; [`StoreError::Lifecycle`] when the assessment
    /// cannot be filled now.
    pub async fn citing(&self, actor: &Actor, slug: &PracticeSlug, cycle: &CycleId) -> Result<Citing> {
        let tx = self.reading().await?;
        let (practice, _) = require_library_editor(&tx, actor, slug).await?;
        let target = self.accessible_assessment(&tx, actor, slug, cycle).await?;
        next(target.status, Operation::Fill, target.standing)?;
        let begun = begun(&tx, &target).await?;
        let mut items = self.items(&tx, &practice).await?;
        tx.commit().await?;
        items.retain(|item| item.withdrawn.is_none());
        for item in &mut items {
            // what an earlier edition cites stays there
            item.uses
                .retain(|u| u.cycle != target.cycle || u.edition == target.row.edition);
        }
        Ok(Citing {
            practice,
            framework: target.framework,
            begun,
            items,
        })
    }

    /// One item. Whoever does not keep the library sees the versions that are cited in assessments they may read.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none, or nothing of it is for this actor.
    pub async fn evidence_item(&self, actor: &Actor, practice: &PracticeSlug, id: EvidenceId) -> Result<EvidenceItem> {
        let tx = self.reading().await?;
        let (practice, standing) = scope::practice(&tx, actor, practice).await?;
        let keeps = may_edit_library(standing);
        let item = item(&tx, &practice, id).await?;
        let versions = evidence_version::Entity::find()
            .filter(evidence_version::Column::EvidenceId.eq(id.0))
            .all(&tx)
            .await?;
        let assessments = assessment::Entity::find()
            .filter(assessment::Column::PracticeId.eq(practice.id.0))
            .all(&tx)
            .await?;
        let citations = citation::Entity::find()
            .filter(citation::Column::EvidenceId.eq(id.0))
            .all(&tx)
            .await?;
        let confirmed = still_true::Entity::find()
            .filter(still_true::Column::EvidenceId.eq(id.0))
            .all(&tx)
            .await?;
        tx.commit().await?;

        let mut readable = HashMap::new();
        for row in assessments {
            let status = convert::status(&row.status)?;
            if keeps || may_read(status, standing) {
                readable.insert(row.id, (status, row));
            }
        }
        let mut uses = self.uses(citations, &readable)?.remove(&id.0).unwrap_or_default();
        sort_uses(&mut uses);
        // an edition that was taken up again cites what the one before did
        uses.dedup_by(|a, b| (&a.cycle, &a.criterion, a.number) == (&b.cycle, &b.criterion, b.number));
        let mut confirmations = confirmations(confirmed, &readable)?.remove(&id.0).unwrap_or_default();
        sort_confirmations(&mut confirmations);
        let seen: BTreeSet<i32> = uses.iter().map(|u| u.number).collect();
        let versions = versions.into_iter().map(EvidenceVersion::try_from);
        let mut versions: Vec<EvidenceVersion> = versions.collect::<Result<_>>()?;
        versions.retain(|version| keeps || seen.contains(&version.number));
        versions.sort_by_key(|version| -version.number);
        let latest = versions.first().ok_or(StoreError::NotFound)?;

        let mut to_confirm = vec![];
        for (status, row) in readable.values() {
            let cycle = cycle(row.cycle.clone())?;
            let here = confirmations.iter().find(|c| c.cycle == cycle).map(|c| c.at);
            let open = next(*status, Operation::Fill, standing).is_ok() && item.withdrawn_at.is_none();
            let editions = readable.values().filter(|(_, other)| other.cycle == row.cycle);
            let begun = editions.map(|(_, other)| other.created_at).min();
            if open && must_be_confirmed(latest.made_at, here, begun.unwrap_or(row.created_at)) {
                to_confirm.push(cycle);
            }
        }
        to_confirm.sort();
        Ok(EvidenceItem {
            practice,
            keeps,
            id,
            withdrawn: item.withdrawn_who.zip(item.withdrawn_at).filter(|_| keeps),
            versions,
            uses,
            confirmations,
            to_confirm,
        })
    }

    /// Returns the file of a version that the actor may see.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none, or not for this actor.
    pub async fn evidence_file(
        &self,
        actor: &Actor,
        practice: &PracticeSlug,
        id: EvidenceId,
        number: i32,
    ) -> Result<StoredFile> {
        let item = self.evidence_item(actor, practice, id).await?;
        let version = item.versions.into_iter().find(|version| version.number == number);
        match version.map(|version| version.evidence.content) {
            Some(Content::File(file)) => Ok(file),
            _ => Err(StoreError::NotFound),
        }
    }

    /// Returns all items of a Practice, by title: three queries.
    async fn items(&self, db: &impl ConnectionTrait, practice: &Practice) -> Result<Vec<EvidenceRow>> {
        let found = evidence::Entity::find()
            .find_also_related(evidence_version::Entity)
            .filter(evidence::Column::PracticeId.eq(practice.id.0))
            .all(db)
            .await?;
        let citations = citation::Entity::find()
            .find_also_related(assessment::Entity)
            .filter(citation::Column::PracticeId.eq(practice.id.0))
            .all(db)
            .await?;
        let confirmed = still_true::Entity::find()
            .find_also_related(assessment::Entity)
            .filter(still_true::Column::PracticeId.eq(practice.id.0))
            .all(db)
            .await?;
        let mut known = HashMap::new();
        let both = citations
            .iter()
            .map(|(_, row)| row)
            .chain(confirmed.iter().map(|(_, row)| row));
        for row in both.flatten() {
            known.insert(row.id, (convert::status(&row.status)?, row.clone()));
        }
        let mut uses = self.uses(citations.into_iter().map(|(row, _)| row).collect(), &known)?;
        let mut confirmations = confirmations(confirmed.into_iter().map(|(row, _)| row).collect(), &known)?;
        let mut items = Vec::with_capacity(found.len());
        for (row, version) in found {
            let mut row = EvidenceRow {
                id: EvidenceId(row.id),
                latest: present(version, "an item's latest version")?.try_into()?,
                withdrawn: row.withdrawn_who.zip(row.withdrawn_at),
                uses: uses.remove(&row.id).unwrap_or_default(),
                confirmations: confirmations.remove(&row.id).unwrap_or_default(),
            };
            sort_uses(&mut row.uses);
            sort_confirmations(&mut row.confirmations);
            items.push(row);
        }
        items.sort_by_cached_key(|item| (folded(item.latest.evidence.title.as_str()), item.id));
        Ok(items)
    }

    /// Returns the uses of each item, in the assessments that are known.
    fn uses(&self, citations: Vec<citation::Model>, known: &Known) -> Result<HashMap<Uuid, Vec<Use>>> {
        let mut uses: HashMap<Uuid, Vec<Use>> = HashMap::new();
        for row in citations {
            let Some((status, assessment)) = known.get(&row.assessment_id) else {
                continue;
            };
            let criterion = criterion(row.criterion)?;
            let framework = self.framework(&convert::version(assessment.version.clone())?)?;
            let title = framework.criterion(&criterion).map(|c| c.title.clone());
            uses.entry(row.evidence_id).or_default().push(Use {
                cycle: cycle(assessment.cycle.clone())?,
                edition: assessment.edition,
                status: *status,
                title: title.unwrap_or_else(|| criterion.to_string()),
                criterion,
                number: row.number,
            });
        }
        Ok(uses)
    }
}

/// Assessments and where they stand.
type Known = HashMap<Uuid, (Status, assessment::Model)>;

fn confirmations(rows: Vec<still_true::Model>, known: &Known) -> Result<HashMap<Uuid, Vec<Confirmation>>> {
    let mut all: HashMap<Uuid, Vec<Confirmation>> = HashMap::new();
    for row in rows {
        if let Some((_, assessment)) = known.get(&row.assessment_id) {
            all.entry(row.evidence_id).or_default().push(Confirmation {
                cycle: cycle(assessment.cycle.clone())?,
                who: row.said_who,
                at: row.said_at,
            });
        }
    }
    Ok(all)
}

/// Newest cycle first, by title, of one criterion the latest edition first.
fn sort_uses(uses: &mut [Use]) {
    uses.sort_by(|a, b| (&b.cycle, &a.title, b.edition).cmp(&(&a.cycle, &b.title, a.edition)));
}

fn sort_confirmations(confirmations: &mut [Confirmation]) {
    confirmations.sort_by(|a, b| (&b.cycle, a.at).cmp(&(&a.cycle, b.at)));
}

/// Returns a Practice whose library the actor keeps.
async fn require_library_editor(
    db: &impl ConnectionTrait,
    actor: &Actor,
    slug: &PracticeSlug,
) -> Result<(Practice, Standing)> {
    let (practice, standing) = scope::practice(db, actor, slug).await?;
    if may_edit_library(standing) {
        Ok((practice, standing))
    } else {
        Err(StoreError::NotFound)
    }
}

/// When an assessment was begun, in its first edition.
async fn begun(db: &impl ConnectionTrait, target: &AccessibleAssessment) -> Result<OffsetDateTime> {
    let editions = assessment::Entity::find()
        .filter(assessment::Column::PracticeId.eq(target.row.practice_id))
        .filter(assessment::Column::Cycle.eq(target.cycle.as_str()))
        .all(db)
        .await?;
    let first = editions.iter().map(|row| row.created_at).min();
    Ok(first.unwrap_or(target.row.created_at))
}

/// Returns an item of a Practice.
async fn item(db: &impl ConnectionTrait, practice: &Practice, id: EvidenceId) -> Result<evidence::Model> {
    evidence::Entity::find_by_id(id.0)
        .filter(evidence::Column::PracticeId.eq(practice.id.0))
        .one(db)
        .await?
        .ok_or(StoreError::NotFound)
}
