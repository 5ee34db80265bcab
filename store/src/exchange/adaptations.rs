//! The register of adaptations, in and out: a record a round.

use super::{
    import::insert,
    records::{Kind, New, Practices},
};
use crate::{
    error::Result,
    event::{EventKind, Who},
    register::columns,
    rows::{adaptation, adaptation_round},
    transaction::Transaction,
};
use framework::{
    actor::Actor,
    adaptation::{AdaptationId, Round, Stamp},
    exchange::{AdaptationRecord, Placed},
    ids::CriterionId,
    library::Library,
};
use sea_orm::{ActiveValue::Set, EntityTrait, QueryFilter};
use time::OffsetDateTime;
use uuid::Uuid;

impl Kind for AdaptationRecord {
    const EVENT: EventKind = EventKind::AdaptationImported;
    const DETAIL: &'static str = "adaptation";
    type Context = ();

    async fn load_existing(tx: &Transaction, of: &Practices<'_>) -> Result<Vec<Self>> {
        let rows = adaptation_round::Entity::find()
            .filter(of.on(adaptation_round::Column::PracticeId))
            .all(tx)
            .await?;
        let read = |row: adaptation_round::Model| {
            Ok(AdaptationRecord {
                practice: of.slug(row.practice_id)?,
                id: AdaptationId(row.adaptation_id),
                number: row.number,
                round: row.try_into()?,
            })
        };
        rows.into_iter().map(read).collect()
    }

    async fn load_context(_: &Transaction) -> Result<()> {
        Ok(())
    }

    fn misfits(new: &New<Self>, (): &mut (), library: &Library) -> Vec<String> {
        let known = |id: &CriterionId| library.versions().any(|version| version.criterion(id).is_some());
        let stray = |placed: &Placed<Self>| {
            let criteria = &placed.record.round.proposal.criteria;
            let stray = criteria.iter().find(|id| !known(id))?;
            Some(format!("{}: “{stray}” is no criterion of the framework.", placed.place))
        };
        new.records.iter().filter_map(stray).collect()
    }

    async fn add(tx: &Transaction, new: &[New<Self>], (): &(), _: &Actor, _: OffsetDateTime) -> Result<()> {
        let first = new.iter().filter_map(|one| Some((one, &one.records.first()?.record)));
        let entries = first.map(|(one, first)| adaptation::ActiveModel {
            id: Set(first.id.0),
            practice_id: Set(one.practice),
            created_at: Set(first.round.saved.at),
            revision: Set(1),
        });
        insert(tx, entries.collect()).await?;
        let all = new
            .iter()
            .flat_map(|one| one.records.iter().map(|placed| (one.practice, &placed.record)));
        insert(tx, all.map(|(practice, record)| row(practice, record)).collect()).await
    }
}

fn row(practice: Uuid, record: &AdaptationRecord) -> adaptation_round::ActiveModel {
    let Round {
        proposal,
        saved,
        proposed,
        decision,
    } = &record.round;
    let (proposed_at, proposed_who) = parts(proposed.as_ref());
    let (decided_at, decided_who) = parts(decision.as_ref().map(|decision| &decision.stamp));
    let decision = decision.as_ref();
    let who = Who {
        person: None,
        name: saved.by.clone(),
    };
    adaptation_round::ActiveModel {
        id: Set(Uuid::now_v7()),
        practice_id: Set(practice),
        adaptation_id: Set(record.id.0),
        number: Set(record.number),
        proposed_at: Set(proposed_at),
        proposed_who: Set(proposed_who),
        ruling: Set(decision.map(|decision| decision.ruling.code().to_owned())),
        ruling_reason: Set(decision.map(|decision| decision.reason.to_string())),
        agreed_until: Set(decision.and_then(|decision| decision.until)),
        decided_at: Set(decided_at),
        decided_by: Set(None),
        decided_who: Set(decided_who),
        ..columns(proposal, &who, saved.at)
    }
}

/// Returns the columns of who did something.
pub(super) fn parts(stamp: Option<&Stamp>) -> (Option<OffsetDateTime>, Option<String>) {
    stamp.map(|stamp| (stamp.at, stamp.by.clone())).unzip()
}
