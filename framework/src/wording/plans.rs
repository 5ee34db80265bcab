//! What is written in plans and registers, field by field.

use super::{Texts, Worded};
use crate::{adaptation::Proposal, day::iso, plan::PlannedAction, prose::Prose};

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
        ("owner", "Who sees to it"),
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
        "title", "criteria", "timing", "since", "until", "decided_by", "level", "reasons", "core",
    ];

    fn texts(&self) -> Texts {
        let joined = |words: Vec<&str>| words.join(" ");
        vec![
            self.title.clone(),
            self.what.to_string(),
            joined(self.criteria.iter().map(crate::ids::CriterionId::as_str).collect()),
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
