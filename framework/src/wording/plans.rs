//! What is written in plans and registers, field by field.

use super::{Texts, Worded};
use crate::{
    adaptation::{Core, Level, Proposal, Reason, Timing},
    day::{iso, read_iso},
    ids::CriterionId,
    plan::{Owner, PlannedAction},
    prose::Prose,
};

/// Why there is no action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoAction(pub Prose);

/// How much support helped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Help {
    /// 1 to 5, where somebody said.
    pub level: Option<u8>,
    /// Why.
    pub comment: Option<Prose>,
}

impl Worded for NoAction {
    const FIELDS: &'static [(&'static str, &'static str)] = &[("reason", "Why there is no action")];
    const CHOSEN: &'static [&'static str] = &[];

    fn texts(&self) -> Texts {
        vec![self.0.to_string()]
    }
}

impl Worded for Help {
    const FIELDS: &'static [(&'static str, &'static str)] = &[("helped", "How much it helped"), ("comment", "Why")];
    const CHOSEN: &'static [&'static str] = &["helped"];

    fn texts(&self) -> Texts {
        vec![
            self.level.map(|level| level.to_string()).unwrap_or_default(),
            prose(self.comment.as_ref()),
        ]
    }
}

impl Worded for PlannedAction {
    const FIELDS: &'static [(&'static str, &'static str)] = &[
        ("what", "What will be done"),
        ("owner", "Who is responsible"),
        ("by", "By when"),
        ("support", "Support wanted"),
    ];
    const CHOSEN: &'static [&'static str] = &["owner", "by"];

    fn texts(&self) -> Texts {
        vec![
            self.what.to_string(),
            self.owner.to_string(),
            iso(self.by),
            prose(self.support.as_ref()),
        ]
    }
}

impl PlannedAction {
    /// The action that has these texts; `None` where they make none.
    pub fn of_texts(texts: &[String]) -> Option<PlannedAction> {
        let [what, owner, by, support] = texts else { return None };
        Some(PlannedAction {
            what: Prose::read(what).ok()??,
            owner: Owner::read(owner).ok()?,
            by: read_iso(by).ok()??,
            support: Prose::read(support).ok()?,
        })
    }
}

impl Proposal {
    /// The proposal that has these texts; `None` where they make none.
    pub fn of_texts(texts: &[String]) -> Option<Proposal> {
        let [
            title,
            what,
            criteria,
            timing,
            since,
            until,
            decided_by,
            level,
            reasons,
            why,
            core,
            core_why,
        ] = texts
        else {
            return None;
        };
        Some(Proposal {
            title: title.clone(),
            what: Prose::read(what).ok()??,
            criteria: criteria
                .split_whitespace()
                .map(CriterionId::parse)
                .collect::<Result<_, _>>()
                .ok()?,
            timing: Timing::from_code(timing)?,
            since: read_iso(since).ok()??,
            until: read_iso(until).ok()?,
            decided_by: decided_by.clone(),
            level: Level::from_code(level)?,
            reasons: reasons
                .split_whitespace()
                .map(Reason::from_code)
                .collect::<Option<_>>()?,
            why: Prose::read(why).ok()??,
            core: Core::from_code(core)?,
            core_why: Prose::read(core_why).ok()??,
        })
    }
}

impl Worded for Proposal {
    const FIELDS: &'static [(&'static str, &'static str)] = &[
        ("title", "Name"),
        ("what", "What is done differently"),
        ("criteria", "Criteria"),
        ("timing", "Planned or an answer to what happened"),
        ("since", "Since"),
        ("until", "Until"),
        ("decided_by", "Who decided"),
        ("level", "For whom"),
        ("reasons", "Reasons"),
        ("why", "Why"),
        ("core", "Does it keep what makes the model work?"),
        ("core_why", "What makes you think so"),
    ];
    const CHOSEN: &'static [&'static str] = &[
        "title",
        "criteria",
        "timing",
        "since",
        "until",
        "decided_by",
        "level",
        "reasons",
        "core",
    ];

    fn texts(&self) -> Texts {
        let joined = |words: Vec<&str>| words.join(" ");
        vec![
            self.title.clone(),
            self.what.to_string(),
            joined(self.criteria.iter().map(CriterionId::as_str).collect()),
            self.timing.code().to_owned(),
            iso(self.since),
            self.until.map(iso).unwrap_or_default(),
            self.decided_by.clone(),
            self.level.code().to_owned(),
            joined(self.reasons.iter().map(|reason| reason.code()).collect()),
            self.why.to_string(),
            self.core.code().to_owned(),
            self.core_why.to_string(),
        ]
    }
}

fn prose(text: Option<&Prose>) -> String {
    text.map(Prose::to_string).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn what_is_written_comes_back_from_its_texts() {
        let prose = |text: &str| Prose::try_from(text.to_owned()).unwrap();
        let action = PlannedAction {
            what: prose("Meet weekly."),
            owner: Owner::read("Practice lead").unwrap(),
            by: date!(2026 - 06 - 01),
            support: None,
        };
        assert_eq!(PlannedAction::of_texts(&action.texts()), Some(action));
        let proposal = Proposal {
            title: "In the library".to_owned(),
            what: prose("We meet in the library."),
            criteria: [CriterionId::parse("a").unwrap(), CriterionId::parse("b").unwrap()].into(),
            timing: Timing::Planned,
            since: date!(2026 - 01 - 01),
            until: Some(date!(2026 - 12 - 31)),
            decided_by: "Practice lead".to_owned(),
            level: Level::Team,
            reasons: [Reason::Place, Reason::Money].into(),
            why: prose("Buses stopped."),
            core: Core::Keeps,
            core_why: prose("Women still choose."),
        };
        assert_eq!(Proposal::of_texts(&proposal.texts()), Some(proposal));
        assert_eq!(Proposal::of_texts(&[]), None);
    }
}
