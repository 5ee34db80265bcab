//! The domain of the platform, pure: the criteria and their versions, what an assessment may say,
//! who may do what, and every figure that a page, file or report shows. No I/O, clock, async or database.

pub mod actor;
pub mod adaptation;
pub mod agreement;
pub mod assessment;
pub mod clarification;
pub mod conflict;
pub mod criteria;
pub mod crosswalk;
pub mod day;
pub mod drift;
pub mod evidence;
pub mod exchange;
pub mod explore;
pub mod ids;
pub mod library;
pub mod lifecycle;
pub mod local;
pub mod name;
pub mod naming;
pub mod network;
pub mod notice;
pub mod parse;
pub mod plan;
pub mod prose;
pub mod rating;
pub mod readiness;
pub mod report;
pub mod reviewers;
pub mod score;
pub mod settled;
pub mod sheet;
pub mod shown;
pub mod statement;
mod student;
pub mod wording;

/// Words that seem to identify somebody; a crate of its own, because the browser gets it too.
pub use identify;
