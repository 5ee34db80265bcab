//! The tables' rows. They do not leave this crate.

pub mod adaptation;
pub mod adaptation_round;
pub mod agreement;
pub mod answer;
pub mod assessment;
pub mod blind_reading;
pub mod citation;
pub mod clarification;
pub mod clarification_message;
pub mod clarification_read;
pub mod cycle;
pub mod declared_conflict;
pub mod event;
pub mod evidence;
pub mod evidence_version;
pub mod form_key;
pub mod framework_version;
pub mod import;
pub mod import_assessment;
pub mod import_cycle;
pub mod import_practice;
pub mod invitation;
pub mod kept_document;
pub mod kept_report;
pub mod membership;
pub mod notice;
pub mod outbox;
pub mod past_membership;
pub mod person;
pub mod plan_action;
pub mod plan_change;
pub mod plan_none;
pub mod plan_support;
pub mod practice;
pub mod reading;
pub mod region;
pub mod review;
pub mod reviewer;
pub mod session;
pub mod sheet;
pub mod statement;
pub mod still_true;
pub mod wording;

/// How many rows one statement inserts; SQLite takes 32 766 parameters, the widest row has 17.
pub(crate) const CHUNK: usize = 1_000;
