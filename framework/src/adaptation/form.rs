//! The register's form as typed, and what it says.

use super::{Core, Level, Proposal, Reason, Timing};
use crate::{
    assessment::{FieldError, prose},
    day::DayForm,
    ids::CriterionId,
    prose::{Prose, one_line},
};
use std::collections::BTreeSet;
use time::Date;

/// The most characters a line may have.
const LINE: usize = 150;

/// What was typed and ticked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProposalForm {
    /// One line.
    pub title: String,
    /// Prose.
    pub what: String,
    /// The ticked ones.
    pub criteria: BTreeSet<CriterionId>,
    /// A code of [`Timing`].
    pub timing: String,
    /// The first day.
    pub since: DayForm,
    /// The last day, or nothing.
    pub until: DayForm,
    /// One line.
    pub decided_by: String,
    /// A code of [`Level`].
    pub level: String,
    /// The ticked ones.
    pub reasons: BTreeSet<Reason>,
    /// Prose.
    pub why: String,
    /// A code of [`Core`].
    pub core: String,
    /// Prose.
    pub core_why: String,
}

impl ProposalForm {
    /// Returns the form that shows a proposal.
    pub fn of(proposal: &Proposal) -> ProposalForm {
        ProposalForm {
            title: proposal.title.clone(),
            what: proposal.what.to_string(),
            criteria: proposal.criteria.clone(),
            timing: proposal.timing.code().to_owned(),
            since: DayForm::of(Some(proposal.since)),
            until: DayForm::of(proposal.until),
            decided_by: proposal.decided_by.clone(),
            level: proposal.level.code().to_owned(),
            reasons: proposal.reasons.clone(),
            why: proposal.why.to_string(),
            core: proposal.core.code().to_owned(),
            core_why: proposal.core_why.to_string(),
        }
    }

    /// Reads it.
    ///
    /// # Errors
    /// Every field that cannot be taken.
    pub fn read(&self) -> Result<Proposal, Vec<FieldError>> {
        let mut errors = Vec::new();
        let title = line("title", &self.title, "Give the adaptation a short title.", &mut errors);
        let what = text("what", &self.what, "Say what you do differently.", &mut errors);
        if self.criteria.is_empty() {
            refuse(
                &mut errors,
                "criteria",
                "Choose at least one criterion that it touches.",
            );
        }
        let timing = choose(
            "timing",
            Timing::from_code(&self.timing),
            "Choose planned or reactive.",
            &mut errors,
        );
        let since = day("since", &self.since, &mut errors);
        if matches!(self.since.read(), Ok(None)) {
            refuse(&mut errors, "since", "Enter the day it began or will begin.");
        }
        let until = read_until(&self.until, since, &mut errors);
        let decided_by = line(
            "decided_by",
            &self.decided_by,
            "Say who decided, by role, such as “Practice lead with the board”.",
            &mut errors,
        );
        let level = choose(
            "level",
            Level::from_code(&self.level),
            "Choose for whom or where it was made.",
            &mut errors,
        );
        if self.reasons.is_empty() {
            refuse(&mut errors, "reasons", "Choose at least one reason.");
        }
        let why = text("why", &self.why, "Say why, in a few words.", &mut errors);
        let core = choose(
            "core",
            Core::from_code(&self.core),
            "Choose yes, no or not sure.",
            &mut errors,
        );
        let core_why = text("core_why", &self.core_why, "Say what makes you think so.", &mut errors);
        let proposal = (|| {
            Some(Proposal {
                title: title?,
                what: what?,
                criteria: self.criteria.clone(),
                timing: timing?,
                since: since?,
                until,
                decided_by: decided_by?,
                level: level?,
                reasons: self.reasons.clone(),
                why: why?,
                core: core?,
                core_why: core_why?,
            })
        })();
        proposal.filter(|_| errors.is_empty()).ok_or(errors)
    }
}

/// Reads a last day, which may be left out, but does not lie before the first one; under the name `until`.
pub fn read_until(form: &DayForm, since: Option<Date>, errors: &mut Vec<FieldError>) -> Option<Date> {
    let until = day("until", form, errors);
    if until.zip(since).is_some_and(|(until, since)| until < since) {
        refuse(errors, "until", "The last day must not lie before the first one.");
    }
    until
}

fn refuse(errors: &mut Vec<FieldError>, field: &'static str, message: impl Into<String>) {
    errors.push(FieldError {
        field,
        message: message.into(),
    });
}

fn choose<T>(field: &'static str, chosen: Option<T>, otherwise: &str, errors: &mut Vec<FieldError>) -> Option<T> {
    if chosen.is_none() {
        refuse(errors, field, otherwise);
    }
    chosen
}

fn day(field: &'static str, form: &DayForm, errors: &mut Vec<FieldError>) -> Option<Date> {
    form.read().unwrap_or_else(|message| {
        refuse(errors, field, message);
        None
    })
}

fn text(field: &'static str, typed: &str, otherwise: &str, errors: &mut Vec<FieldError>) -> Option<Prose> {
    let before = errors.len();
    let text = prose(field, typed, errors);
    if text.is_none() && errors.len() == before {
        refuse(errors, field, otherwise);
    }
    text
}

fn line(field: &'static str, typed: &str, otherwise: &str, errors: &mut Vec<FieldError>) -> Option<String> {
    let line = one_line(typed);
    match line.chars().count() {
        0 => refuse(errors, field, otherwise),
        1..=LINE => return Some(line),
        n => refuse(
            errors,
            field,
            format!("This has {n} characters; the most is {LINE}. Shorten it."),
        ),
    }
    None
}
