//! Rounds of the register of adaptations, in and out.

use super::{
    Record,
    cells::{Reading, row, stamped, text, words},
};
use crate::{
    adaptation::{AdaptationId, Core, Decision, Level, ProposalForm, Reason, Round, Ruling, Timing, read_until},
    assessment::FieldError,
    day::{DayForm, iso},
    ids::{CriterionId, PracticeSlug},
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// One round of an entry in a Practice's register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdaptationRecord {
    /// The Practice.
    pub practice: PracticeSlug,
    /// The entry.
    pub id: AdaptationId,
    /// Which of its rounds, counted from 1.
    pub number: i32,
    /// What was proposed, and what was decided.
    pub round: Round,
}

row! {
    /// A round as files have it.
    AdaptationRow {
        /// The Practice's short name.
        practice,
        /// Counted from 1.
        round,
        /// One line.
        title,
        /// What is done differently.
        what,
        /// Ids of criteria, separated by spaces.
        criteria,
        /// `planned` or `reactive`.
        timing,
        /// The first day.
        since,
        /// The last day that the Practice would have.
        until,
        /// The role that made the decision.
        decided_by,
        /// For whom or where.
        level,
        /// Words for reasons, separated by spaces.
        reasons,
        /// Why, in words.
        why,
        /// Does it keep the core: `yes`, `no`, `unsure`.
        core,
        /// What makes the Practice think so.
        core_why,
        /// Who wrote last.
        saved_by,
        /// When.
        saved_at,
        /// Who proposed it.
        proposed_by,
        /// When.
        proposed_at,
        /// `consistent`, `not_consistent` or `refused`.
        ruling,
        /// Why it was decided so.
        ruling_reason,
        /// The last day of an agreement.
        ruling_until,
        /// Who decided at National Pause.
        ruled_by,
        /// When.
        ruled_at,
        /// The entry's key.
        key,
    }
}

impl Record for AdaptationRecord {
    type Row = AdaptationRow;
    const ONE: &'static str = "an adaptation";
    const MANY: &'static str = "adaptations";

    fn practice(&self) -> &PracticeSlug {
        &self.practice
    }

    fn key(&self) -> Uuid {
        self.id.0
    }

    fn number(&self) -> i32 {
        self.number
    }

    fn row(&self) -> AdaptationRow {
        let Round {
            proposal,
            saved,
            proposed,
            decision,
        } = &self.round;
        let (saved_by, saved_at) = stamped(Some(saved));
        let (proposed_by, proposed_at) = stamped(proposed.as_ref());
        let (ruled_by, ruled_at) = stamped(decision.as_ref().map(|decision| &decision.stamp));
        let decision = decision.as_ref();
        AdaptationRow {
            practice: self.practice.to_string(),
            round: self.number.to_string(),
            title: proposal.title.clone(),
            what: proposal.what.to_string(),
            criteria: words(&proposal.criteria),
            timing: proposal.timing.code().to_owned(),
            since: iso(proposal.since),
            until: proposal.until.map(iso).unwrap_or_default(),
            decided_by: proposal.decided_by.clone(),
            level: proposal.level.code().to_owned(),
            reasons: words(proposal.reasons.iter().map(|reason| reason.code())),
            why: proposal.why.to_string(),
            core: proposal.core.code().to_owned(),
            core_why: proposal.core_why.to_string(),
            saved_by,
            saved_at,
            proposed_by,
            proposed_at,
            ruling: decision.map(|d| d.ruling.code().to_owned()).unwrap_or_default(),
            ruling_reason: text(decision.map(|d| &d.reason)),
            ruling_until: decision.and_then(|d| d.until).map(iso).unwrap_or_default(),
            ruled_by,
            ruled_at,
            key: self.id.0.to_string(),
        }
    }

    fn read(row: &AdaptationRow) -> Result<AdaptationRecord, Vec<FieldError>> {
        let mut reading = Reading::default();
        let practice = reading.practice(&row.practice);
        let key = reading.key(("key", &row.key));
        let number = reading.number(("round", &row.round));
        let form = form(row, &mut reading);
        let proposal = reading.take_form(form.read());
        let saved = reading.stamp(("saved_by", &row.saved_by), ("saved_at", &row.saved_at));
        let proposed = reading.stamp_if_any(("proposed_by", &row.proposed_by), ("proposed_at", &row.proposed_at));
        let decision = decision(row, &form.since, &mut reading);
        if decision.is_some() && proposed.is_none() {
            reading.refuse(
                "proposed_by",
                "It is decided, so somebody proposed it. Say who, and when.",
            );
        }
        let record = (|| {
            Some(AdaptationRecord {
                practice: practice?,
                id: AdaptationId(key?),
                number: number?,
                round: Round {
                    proposal: proposal?,
                    saved: saved?,
                    proposed,
                    decision,
                },
            })
        })();
        reading.end(record)
    }

    fn follows(&self, before: &AdaptationRecord) -> Result<(), String> {
        match before.round.decision {
            Some(_) => Ok(()),
            None => Err("The round before is not decided, so no other can follow it.".to_owned()),
        }
    }
}

/// Returns what the Practice says, as the form has it.
fn form(row: &AdaptationRow, reading: &mut Reading) -> ProposalForm {
    let criterion = |id: &str| CriterionId::parse(id).map_err(|error| format!("{error}."));
    let reason =
        |code: &str| Reason::from_code(code).ok_or_else(|| none_of(code, Reason::ALL.iter().map(|r| r.code())));
    let criteria: BTreeSet<CriterionId> = reading.list(("criteria", &row.criteria), criterion);
    let reasons: BTreeSet<Reason> = reading.list(("reasons", &row.reasons), reason);
    reading.choice(("timing", &row.timing), Timing::ALL, Timing::code);
    reading.choice(("level", &row.level), Level::ALL, Level::code);
    reading.choice(("core", &row.core), Core::ALL, Core::code);
    ProposalForm {
        title: row.title.clone(),
        what: row.what.clone(),
        criteria,
        timing: row.timing.clone(),
        since: DayForm::of(reading.day(("since", &row.since))),
        until: DayForm::of(reading.day(("until", &row.until))),
        decided_by: row.decided_by.clone(),
        level: row.level.clone(),
        reasons,
        why: row.why.clone(),
        core: row.core.clone(),
        core_why: row.core_why.clone(),
    }
}

fn decision(row: &AdaptationRow, since: &DayForm, reading: &mut Reading) -> Option<Decision> {
    let until = ("ruling_until", row.ruling_until.as_str());
    let (by, at) = (("ruled_by", row.ruled_by.as_str()), ("ruled_at", row.ruled_at.as_str()));
    if row.ruling.is_empty() {
        let others = [("ruling_reason", row.ruling_reason.as_str()), until, by, at];
        reading.empty(&others, "There is no ruling. Leave this empty, or add one.");
        return None;
    }
    let ruling = reading.choice(("ruling", &row.ruling), &Ruling::ALL, Ruling::code);
    let reason = reading.text(("ruling_reason", &row.ruling_reason), "Say why it was decided so.");
    let stamp = reading.stamp(by, at);
    if ruling == Some(Ruling::Refused) {
        reading.empty(&[until], "What is refused has no last day. Leave this empty.");
    }
    let mut late = Vec::new();
    let last = DayForm::of(reading.day(until));
    let last = read_until(&last, since.read().ok().flatten(), &mut late);
    for error in late {
        reading.refuse("ruling_until", error.message);
    }
    Some(Decision {
        ruling: ruling?,
        reason: reason?,
        until: last,
        stamp: stamp?,
    })
}

fn none_of(code: &str, all: impl Iterator<Item = &'static str>) -> String {
    format!("“{code}” is none of: {}.", all.collect::<Vec<_>>().join(", "))
}
