//! The register of adaptations: reading, writing, proposing, deciding. [`framework::adaptation::next`] says who may and when.

use crate::{
    Practice, Store,
    convert::stamp,
    error::{Result, StoreError},
    event::{EventKind, NewEvent, Who, record},
    notice::{Audience, NewNotice},
    register::{Registers, columns},
    rows::{adaptation, adaptation_round, practice},
    scope::{self, national, visible},
    transaction::Transaction,
    wording::{Subject, Version, record_wording, wordings},
};
use framework::{
    actor::{Actor, PracticeId, Standing},
    adaptation::{Adaptation, AdaptationId, AdaptationOperation, AdaptationStatus, Proposal, Round, Ruling, next},
    ids::PracticeSlug,
    network::by_name,
    notice::NoticeKind,
    prose::Prose,
    sheet::PracticeInfo,
    wording::{Kind, Sides, Worded, merge, stood_at},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// An adaptation with what a page of it needs.
#[derive(Clone, Debug, PartialEq)]
pub struct RegisterEntry {
    /// Whose it is.
    pub practice: Practice,
    /// What the actor is to that Practice.
    pub standing: Standing,
    /// What the actor may read of it.
    pub adaptation: Adaptation,
    /// Counts its changes; whoever changes it names the revision they have seen.
    pub revision: i32,
}

/// A proposal that two people wrote at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergedProposal {
    /// What only one changed, and the sender's text where both did.
    pub proposal: Proposal,
    /// The fields that both changed, each to something else, with what is stored.
    pub asked: Vec<(&'static str, String)>,
    /// The revision it goes on from.
    pub revision: i32,
    /// Who saved last.
    pub by: String,
}

/// What can be done with an adaptation, besides writing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Put it to National Pause.
    Propose,
    /// Take it back.
    Withdraw,
    /// Decide on it.
    Decide {
        /// How.
        ruling: Ruling,
        /// Why.
        reason: Prose,
        /// The last day of an agreement.
        until: Option<Date>,
    },
}

impl Step {
    fn action(&self) -> AdaptationOperation {
        match self {
            Step::Propose => AdaptationOperation::Propose,
            Step::Withdraw => AdaptationOperation::Withdraw,
            Step::Decide { ruling, .. } => AdaptationOperation::Decide(*ruling),
        }
    }

    fn told(&self) -> Option<(NoticeKind, Audience)> {
        match self {
            Step::Propose => Some((NoticeKind::AdaptationProposed, Audience::National)),
            Step::Withdraw => None,
            Step::Decide { .. } => Some((NoticeKind::AdaptationDecided, Audience::Team)),
        }
    }

    fn kind(&self) -> EventKind {
        match self {
            Step::Propose => EventKind::AdaptationProposed,
            Step::Withdraw => EventKind::AdaptationWithdrawn,
            Step::Decide { .. } => EventKind::AdaptationDecided,
        }
    }
}

impl Store {
    /// Returns what the actor may read of a Practice's register. Two queries, always.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the actor may not see the Practice.
    pub async fn register(&self, actor: &Actor, practice: &PracticeSlug) -> Result<(Practice, Vec<Adaptation>)> {
        let (practice, standing) = scope::practice(&self.db, actor, practice).await?;
        let registers = Registers::of_practice(&self.db, practice.id.0).await?;
        let seen = registers.of(practice.id.0).iter().cloned();
        Ok((practice.clone(), seen.filter_map(|one| one.seen_by(standing)).collect()))
    }

    /// Returns what National Pause may read of all registers, by the Practice's name; without the Practices the actor belongs to
    /// or has a conflict of interest with.
    /// Two queries, always.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for anybody else.
    pub async fn registers(&self, actor: &Actor) -> Result<Vec<(PracticeInfo, Vec<Adaptation>)>> {
        national(actor)?;
        let tx = self.reading().await?;
        let rows = practice::Entity::find()
            .filter(visible(actor, practice::Column::Id))
            .all(&tx)
            .await?;
        let registers = Registers::read(&tx, visible(actor, adaptation_round::Column::PracticeId)).await?;
        tx.commit().await?;
        let mut all = Vec::new();
        for row in rows {
            let (id, standing) = (row.id, actor.standing(PracticeId(row.id)));
            if matches!(standing, Standing::Reviewer | Standing::Administrator) {
                let seen = registers.of(id).iter().cloned().filter_map(|one| one.seen_by(standing));
                all.push((PracticeInfo::try_from(row)?, seen.collect()));
            }
        }
        all.sort_by_cached_key(|(info, _)| by_name(info));
        Ok(all)
    }

    /// Returns how many adaptations wait for a decision that the actor may make.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for anybody but National Pause.
    pub async fn adaptations_waiting(&self, actor: &Actor) -> Result<u64> {
        national(actor)?;
        let own = actor.memberships.iter().map(|member| member.practice.0);
        let own = own.chain(actor.conflicts.iter().map(|practice| practice.0));
        let waiting = adaptation_round::Entity::find()
            .filter(adaptation_round::Column::ProposedAt.is_not_null())
            .filter(adaptation_round::Column::DecidedAt.is_null())
            .filter(adaptation_round::Column::PracticeId.is_not_in(own));
        Ok(waiting.count(&self.db).await?)
    }

    /// Returns an adaptation. Three queries, always.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none, or the actor may read nothing of it.
    pub async fn adaptation(&self, actor: &Actor, practice: &PracticeSlug, id: AdaptationId) -> Result<RegisterEntry> {
        let tx = self.reading().await?;
        let (practice, standing) = scope::practice(&tx, actor, practice).await?;
        let row = row(practice.id, id).one(&tx).await?.ok_or(StoreError::NotFound)?;
        let adaptation = seen(&tx, id, practice.id, standing).await?;
        tx.commit().await?;
        Ok(RegisterEntry {
            practice,
            standing,
            adaptation,
            revision: row.revision,
        })
    }

    /// Writes a proposal: a new adaptation, or one that the actor has seen at a revision. After a decision this begins the
    /// next round; what was decided stays.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the actor may not see it; [`StoreError::Refused`] when the actor may not write it, or
    /// not now, when it names a criterion that no version has, and when somebody else has changed it since.
    pub async fn write_adaptation(
        &self,
        actor: &Actor,
        practice: &PracticeSlug,
        which: Option<(AdaptationId, i32)>,
        proposal: &Proposal,
        now: OffsetDateTime,
    ) -> Result<AdaptationId> {
        let (who, now) = (Who::from(actor), stamp(now));
        let tx = self.writing().await?;
        let (practice, standing) = scope::practice(&tx, actor, practice).await?;
        let Some((id, revision)) = which else {
            allowed(AdaptationStatus::Draft, AdaptationOperation::Write, standing)?;
            self.known(proposal)?;
            let id = AdaptationId(Uuid::now_v7());
            if let Some(before) = self.made_before(&tx, actor, id.0, now).await? {
                return Ok(AdaptationId(before));
            }
            let row = adaptation::ActiveModel {
                id: Set(id.0),
                practice_id: Set(practice.id.0),
                created_at: Set(now),
                revision: Set(1),
            };
            adaptation::Entity::insert(row).exec_without_returning(&tx).await?;
            add_round(&tx, practice.id, id, 1, columns(proposal, &who, now)).await?;
            let first = Version::new(1, proposal, &who, now);
            record_wording::<Proposal>(&tx, &round(id, 1), practice.id.0, None, &first).await?;
            record(&tx, who, now, [event(EventKind::AdaptationWritten, practice.id, id)]).await?;
            tx.commit().await?;
            return Ok(id);
        };
        let rounds = hold(&tx, practice.id, id, standing, revision).await?;
        let (number, latest) = (rounds.rounds.len(), latest(&rounds)?);
        allowed(latest.state(), AdaptationOperation::Write, standing)?;
        self.known(proposal)?;
        if latest.state() == AdaptationStatus::Draft && latest.proposal == *proposal {
            return Ok(id);
        }
        next_revision(&tx, id, revision).await?;
        let after = Version::new(revision.saturating_add(1), proposal, &who, now);
        match latest.state() {
            AdaptationStatus::Draft => {
                change_round(&tx, id, number, columns(proposal, &who, now)).await?;
                let saved = Who {
                    person: None,
                    name: latest.saved.by.clone(),
                };
                let before = Version::new(revision, &latest.proposal, &saved, latest.saved.at);
                record_wording::<Proposal>(&tx, &round(id, number), practice.id.0, Some(&before), &after).await?;
            }
            AdaptationStatus::Proposed | AdaptationStatus::Decided(_) => {
                add_round(&tx, practice.id, id, number + 1, columns(proposal, &who, now)).await?;
                record_wording::<Proposal>(&tx, &round(id, number + 1), practice.id.0, None, &after).await?;
            }
        }
        record(&tx, who, now, [event(EventKind::AdaptationWritten, practice.id, id)]).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Returns what a proposal that was written from a revision comes to with what others have saved in the draft since: what only
    /// one side changed is taken. Nothing is written. `None` where there is no draft, or it is still at that revision.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none, or the actor may read nothing of it.
    pub async fn merge_adaptation(
        &self,
        actor: &Actor,
        practice: &PracticeSlug,
        (id, revision): (AdaptationId, i32),
        proposal: &Proposal,
    ) -> Result<Option<MergedProposal>> {
        let tx = self.reading().await?;
        let (practice, standing) = scope::practice(&tx, actor, practice).await?;
        let row = row(practice.id, id).one(&tx).await?.ok_or(StoreError::NotFound)?;
        let rounds = seen(&tx, id, practice.id, standing).await?;
        let latest = latest(&rounds)?;
        if row.revision == revision || latest.state() != AdaptationStatus::Draft {
            return Ok(None);
        }
        let known = wordings(&tx, &round(id, rounds.rounds.len())).await?;
        tx.commit().await?;
        let base = stood_at::<Proposal>(&known, revision);
        let mine = proposal.texts();
        let merged = merge::<Proposal>(Sides {
            base: base.as_deref(),
            mine: &mine,
            edited: &Proposal::FIELDS.iter().map(|(name, _)| *name).collect(),
            theirs: &latest.proposal.texts(),
        });
        let (mut texts, mut asked) = (merged.texts, vec![]);
        for (index, (name, _)) in Proposal::FIELDS.iter().enumerate() {
            if merged.asked.contains(name) {
                asked.push((*name, std::mem::replace(&mut texts[index], mine[index].clone())));
            }
        }
        Ok(Some(MergedProposal {
            proposal: Proposal::of_texts(&texts).unwrap_or_else(|| proposal.clone()),
            asked,
            revision: row.revision,
            by: latest.saved.by.clone(),
        }))
    }

    /// Proposes an adaptation, takes it back, or decides on it, as the actor has seen it at a revision.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the actor may not see it; [`StoreError::Refused`] when the actor may not, or not now,
    /// when an agreement would end before it begins, and when somebody else has changed it since.
    pub async fn move_adaptation(
        &self,
        actor: &Actor,
        practice: &PracticeSlug,
        id: AdaptationId,
        revision: i32,
        step: Step,
        now: OffsetDateTime,
    ) -> Result<()> {
        let (who, now) = (Who::from(actor), stamp(now));
        let tx = self.writing().await?;
        let (practice, standing) = scope::practice(&tx, actor, practice).await?;
        let rounds = hold(&tx, practice.id, id, standing, revision).await?;
        let latest = latest(&rounds)?;
        allowed(latest.state(), step.action(), standing)?;
        next_revision(&tx, id, revision).await?;
        let mut event = event(step.kind(), practice.id, id);
        let told = step.told();
        let change = match step {
            Step::Propose => adaptation_round::ActiveModel {
                proposed_at: Set(Some(now)),
                proposed_who: Set(Some(who.name.clone())),
                ..Default::default()
            },
            Step::Withdraw => adaptation_round::ActiveModel {
                proposed_at: Set(None),
                proposed_who: Set(None),
                ..Default::default()
            },
            Step::Decide { ruling, reason, until } => {
                let until = until.filter(|_| ruling.class().is_some());
                if until.is_some_and(|until| until < latest.proposal.since) {
                    return Err(StoreError::Refused(
                        "The last day must not lie before the first one.".to_owned(),
                    ));
                }
                event = event.with(serde_json::json!({ "adaptation": id, "ruling": ruling.code() }));
                adaptation_round::ActiveModel {
                    ruling: Set(Some(ruling.code().to_owned())),
                    ruling_reason: Set(Some(reason.to_string())),
                    agreed_until: Set(until),
                    decided_at: Set(Some(now)),
                    decided_by: Set(who.person),
                    decided_who: Set(Some(who.name.clone())),
                    ..Default::default()
                }
            }
        };
        // whoever may see a round sees all before it, so the latest seen one is the latest of all unless a draft follows
        change_round(&tx, id, rounds.rounds.len(), change).await?;
        record(&tx, who, now, [event]).await?;
        if let Some((kind, audience)) = told {
            let notice = NewNotice::about(kind, practice.id.0).on(id.0);
            self.notify(&tx, now, actor.person, notice, audience).await?;
        }
        tx.commit().await
    }

    /// Are the criteria of any version? Ids are the same in every version that has them.
    fn known(&self, proposal: &Proposal) -> Result<()> {
        let has = |id| self.library.versions().any(|version| version.criterion(id).is_some());
        match proposal.criteria.iter().find(|id| !has(id)) {
            None => Ok(()),
            Some(stray) => Err(StoreError::Refused(format!(
                "“{stray}” is no criterion of the framework."
            ))),
        }
    }
}

/// Returns what the wordings of a round belong to.
fn round(id: AdaptationId, number: usize) -> Subject {
    Subject::of(Kind::Round, id.0, i32::try_from(number).unwrap_or(i32::MAX))
}

fn row(practice: PracticeId, id: AdaptationId) -> sea_orm::Select<adaptation::Entity> {
    adaptation::Entity::find_by_id(id.0).filter(adaptation::Column::PracticeId.eq(practice.0))
}

/// Returns what somebody may read of an adaptation.
async fn seen(tx: &Transaction, id: AdaptationId, practice: PracticeId, standing: Standing) -> Result<Adaptation> {
    let registers = Registers::read(tx, adaptation_round::Column::AdaptationId.eq(id.0)).await?;
    let whole = registers.of(practice.0).first().cloned();
    whole.and_then(|one| one.seen_by(standing)).ok_or(StoreError::NotFound)
}

/// Returns what somebody may read of an adaptation that nobody else changes until the transaction ends, at the revision they have
/// seen.
async fn hold(
    tx: &Transaction,
    practice: PracticeId,
    id: AdaptationId,
    standing: Standing,
    revision: i32,
) -> Result<Adaptation> {
    let held = row(practice, id)
        .lock_exclusive()
        .one(tx)
        .await?
        .ok_or(StoreError::NotFound)?;
    let adaptation = seen(tx, id, practice, standing).await?;
    if held.revision == revision {
        Ok(adaptation)
    } else {
        Err(stale())
    }
}

fn latest(adaptation: &Adaptation) -> Result<&Round> {
    adaptation.latest().ok_or(StoreError::NotFound)
}

fn allowed(state: AdaptationStatus, action: AdaptationOperation, standing: Standing) -> Result<AdaptationStatus> {
    next(state, action, standing).map_err(|refusal| StoreError::Refused(refusal.to_string()))
}

fn stale() -> StoreError {
    StoreError::Refused(
        "Somebody else has just changed this adaptation. Nothing of yours was saved. Compare, then try again."
            .to_owned(),
    )
}

/// The update, not the read before it, decides whether the revision is still the one that was seen.
async fn next_revision(tx: &Transaction, id: AdaptationId, revision: i32) -> Result<()> {
    let query = adaptation::Entity::update_many()
        .col_expr(
            adaptation::Column::Revision,
            Expr::col(adaptation::Column::Revision).add(1),
        )
        .filter(adaptation::Column::Id.eq(id.0))
        .filter(adaptation::Column::Revision.eq(revision));
    match query.exec(tx).await?.rows_affected {
        0 => Err(stale()),
        _ => Ok(()),
    }
}

async fn add_round(
    tx: &Transaction,
    practice: PracticeId,
    id: AdaptationId,
    number: usize,
    row: adaptation_round::ActiveModel,
) -> Result<()> {
    let row = adaptation_round::ActiveModel {
        id: Set(Uuid::now_v7()),
        practice_id: Set(practice.0),
        adaptation_id: Set(id.0),
        number: Set(i32::try_from(number).unwrap_or(i32::MAX)),
        ..row
    };
    adaptation_round::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

async fn change_round(
    tx: &Transaction,
    id: AdaptationId,
    number: usize,
    change: adaptation_round::ActiveModel,
) -> Result<()> {
    let query = adaptation_round::Entity::update_many()
        .set(change)
        .filter(adaptation_round::Column::AdaptationId.eq(id.0))
        .filter(adaptation_round::Column::Number.eq(i32::try_from(number).unwrap_or(i32::MAX)));
    match query.exec(tx).await?.rows_affected {
        1 => Ok(()),
        _ => Err(stale()),
    }
}

fn event(kind: EventKind, practice: PracticeId, id: AdaptationId) -> NewEvent {
    NewEvent::new(kind)
        .of(practice.0)
        .with(serde_json::json!({ "adaptation": id }))
}
