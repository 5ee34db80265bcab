//! The registers of adaptations as rows, and what a class still counts for beside them.

use crate::{
    convert::{bad, criterion, prose},
    error::Result,
    event::Who,
    rows::{adaptation_round, assessment},
    scope::present,
};
use framework::{
    adaptation::{
        Adaptation, AdaptationId, AsOf, Core, Decision, Level, Proposal, Reason, Round, Ruling, Stamp, Timing,
        effective,
    },
    assessment::Agreement,
    criteria::Framework,
    ids::CriterionId,
    lifecycle::Status,
    local,
    prose::Prose,
    report::Register,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::{BTreeMap, HashMap, HashSet};
use time::OffsetDateTime;
use uuid::Uuid;

/// Practices from which on all registers are read.
const MANY: usize = 100;

/// The registers of some Practices, whole. What an actor may see of them is for [`Adaptation::seen_by`].
#[derive(Clone, Debug, Default)]
pub(crate) struct Registers(HashMap<Uuid, Vec<Adaptation>>);

impl Registers {
    /// Reads those of the rounds that meet a condition: one query.
    pub(crate) async fn read(db: &impl ConnectionTrait, which: impl Into<Condition>) -> Result<Registers> {
        let rows = adaptation_round::Entity::find()
            .filter(which.into())
            .order_by_asc(adaptation_round::Column::AdaptationId)
            .order_by_asc(adaptation_round::Column::Number)
            .all(db)
            .await?;
        let mut all: HashMap<Uuid, BTreeMap<Uuid, Vec<Round>>> = HashMap::new();
        for row in rows {
            let register = all.entry(row.practice_id).or_default();
            register.entry(row.adaptation_id).or_default().push(row.try_into()?);
        }
        let entry = |(id, rounds)| Adaptation {
            id: AdaptationId(id),
            rounds,
        };
        let register = |register: BTreeMap<Uuid, Vec<Round>>| register.into_iter().map(entry).collect();
        Ok(Registers(
            all.into_iter()
                .map(|(practice, one)| (practice, register(one)))
                .collect(),
        ))
    }

    /// Reads one Practice's.
    pub(crate) async fn of_practice(db: &impl ConnectionTrait, practice: Uuid) -> Result<Registers> {
        Registers::read(db, adaptation_round::Column::PracticeId.eq(practice)).await
    }

    /// Reads those of some Practices.
    pub(crate) async fn of_practices(
        db: &impl ConnectionTrait,
        practices: impl IntoIterator<Item = Uuid>,
    ) -> Result<Registers> {
        let practices: HashSet<Uuid> = practices.into_iter().collect();
        match practices.len() {
            // more than a statement takes: reading all is quicker than asking often
            MANY.. => Registers::read(db, Condition::all()).await,
            _ => Registers::read(db, adaptation_round::Column::PracticeId.is_in(practices)).await,
        }
    }

    /// Returns a Practice's.
    pub(crate) fn of(&self, practice: Uuid) -> &[Adaptation] {
        self.0.get(&practice).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns a Practice's, beside one of its assessments.
    pub(crate) fn as_of_assessment(&self, row: &assessment::Model) -> Register {
        Register {
            at: as_of(row),
            adaptations: self.of(row.practice_id).to_vec(),
        }
    }

    /// Leaves of an agreement in an assessment the class that figures count.
    pub(crate) fn settle(&self, row: &assessment::Model, criterion: &CriterionId, agreement: &mut Agreement) {
        let register = self.of(row.practice_id);
        agreement.class = effective(criterion, agreement.class, agreement.adaptation, register, as_of(row));
    }

    /// The same for all entries of an assessment, in the order of its version.
    pub(crate) fn settle_all<'e>(
        &self,
        row: &assessment::Model,
        framework: &Framework,
        agreements: impl IntoIterator<Item = &'e mut Agreement>,
    ) {
        for (criterion, agreement) in framework.criteria.iter().zip(agreements) {
            self.settle(row, &criterion.id, agreement);
        }
    }
}

/// From when an assessment looks at the register: the day it was last submitted. Nothing for one that never was.
pub(crate) fn as_of(row: &assessment::Model) -> Option<AsOf> {
    Some(AsOf {
        day: local::date(row.submitted_at?),
        closed: (row.status == Status::Finalised.code()).then_some(row.status_since),
    })
}

/// Returns the columns of a proposal, to write.
pub(crate) fn columns(proposal: &Proposal, who: &Who, now: OffsetDateTime) -> adaptation_round::ActiveModel {
    let list = |words: Vec<&str>| words.join(" ");
    adaptation_round::ActiveModel {
        title: Set(proposal.title.clone()),
        what: Set(proposal.what.to_string()),
        criteria: Set(list(proposal.criteria.iter().map(CriterionId::as_str).collect())),
        timing: Set(proposal.timing.code().to_owned()),
        since: Set(proposal.since),
        until: Set(proposal.until),
        decided_by_role: Set(proposal.decided_by.clone()),
        level: Set(proposal.level.code().to_owned()),
        reasons: Set(list(proposal.reasons.iter().map(|reason| reason.code()).collect())),
        why: Set(proposal.why.to_string()),
        core: Set(proposal.core.code().to_owned()),
        core_why: Set(proposal.core_why.to_string()),
        saved_at: Set(now),
        saved_by: Set(who.person),
        saved_who: Set(who.name.clone()),
        ..Default::default()
    }
}

impl TryFrom<adaptation_round::Model> for Round {
    type Error = crate::StoreError;
    fn try_from(row: adaptation_round::Model) -> Result<Round> {
        let unknown = |what: &str, code: &str| bad(format!("no {what} “{code}” of an adaptation"));
        let some = |text: String| -> Result<Prose> { present(prose(Some(text))?, "a text of an adaptation") };
        let decision = match (row.ruling, row.ruling_reason, row.decided_who, row.decided_at) {
            (Some(ruling), Some(reason), Some(by), Some(at)) => Some(Decision {
                ruling: Ruling::from_code(&ruling).ok_or_else(|| unknown("ruling", &ruling))?,
                reason: some(reason)?,
                until: row.agreed_until,
                stamp: Stamp { by, at },
            }),
            _ => None,
        };
        Ok(Round {
            proposal: Proposal {
                title: row.title,
                what: some(row.what)?,
                criteria: (row.criteria.split(' '))
                    .map(|id| criterion(id.to_owned()))
                    .collect::<Result<_>>()?,
                timing: Timing::from_code(&row.timing).ok_or_else(|| unknown("timing", &row.timing))?,
                since: row.since,
                until: row.until,
                decided_by: row.decided_by_role,
                level: Level::from_code(&row.level).ok_or_else(|| unknown("level", &row.level))?,
                reasons: (row.reasons.split(' '))
                    .map(|code| Reason::from_code(code).ok_or_else(|| unknown("reason", code)))
                    .collect::<Result<_>>()?,
                why: some(row.why)?,
                core: Core::from_code(&row.core).ok_or_else(|| unknown("core", &row.core))?,
                core_why: some(row.core_why)?,
            },
            saved: Stamp {
                by: row.saved_who,
                at: row.saved_at,
            },
            proposed: row.proposed_who.zip(row.proposed_at).map(|(by, at)| Stamp { by, at }),
            decision,
        })
    }
}
