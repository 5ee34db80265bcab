//! What every page, file and PDF shows: plain values, worked out once from facts. Figures are unrounded; where there is
//! none, it is `null` and a `why` says so.

mod criterion;
mod drifts;
mod evidence;
mod national;
mod network;
mod plan;
mod practice;
mod regions;
mod register;
mod reviewers;
mod statement;
mod years;

pub use criterion::{PracticeCriterion, ReadingLine};
pub use drifts::NOT_ASKED;
pub use evidence::{CitedItem, EvidenceUse};
pub use national::{Drifting, SeriesPoint, SlipTotals, Slips, Unfinished, national_report};
pub use national::{NationalCriterion, NationalElement, NationalOverall, NationalPractice, NationalReport};
pub use plan::SupportLine;
pub use plan::{
    AskLine, NationalPlanFacts, NoneLine, OpenActions, PlanAsks, PlanCounts, PlanFacts, PlanLine, PlanReport,
};
pub use practice::{CoreGap, HistoryPoint, PracticeElement, PracticeReport, Sources, practice_report};
pub use regions::{ActionCounts, NationalRegion, RegionDrift, RegionElement};
pub use register::{Covered, Register, RegisterReport, Registered, Split};
pub use reviewers::{
    Leniency, NamedAgreement, PairAgreement, ReviewedAssessment, ReviewedCriterion, ReviewersReport, reviewers_report,
};
pub use statement::StatementLine;
pub use years::{FEWEST_PRACTICES, MiddleHalf, PracticeYears, RangePosition, ScoreYear, ScoreYears, practice_years};

use crate::{
    assessment::{AdaptationClass, Entry},
    clarification::{Tally, Thread},
    drift::ElementDrift,
    evidence::Cited,
    explore::Explorer,
    ids::{CriterionId, CycleId, ElementId, PracticeSlug, VersionId},
    lifecycle::Status,
    prose::Prose,
    rating::Rating,
    sheet::{PracticeInfo, Sheet},
    statement::Made,
};
use schemars::JsonSchema;
use serde::Serialize;
use std::{collections::BTreeMap, sync::Arc};
use thiserror::Error;
use time::Date;

/// What a Practice's report is worked out from.
#[derive(Clone, Debug, PartialEq)]
pub struct PracticeFacts {
    /// The Practice.
    pub practice: PracticeInfo,
    /// All its finalised assessments, oldest first, and the current one last, finalised or not.
    pub sheets: Vec<Sheet>,
    /// What the current assessment says, in the order of its version's criteria.
    pub entries: Vec<Entry>,
    /// The report's date: when it was finalised, else today.
    pub day: Date,
    /// What stands beside the answers.
    pub beside: ReportContext,
}

/// What a Practice keeps beside the answers of an assessment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReportContext {
    /// Its improvement plan, and the support it was given.
    pub plan: PlanFacts,
    /// What was asked and answered on the current assessment's criteria.
    pub clarifications: BTreeMap<CriterionId, Thread>,
    /// What was agreed with it.
    pub register: Register,
    /// The items of evidence that are cited, one a criterion in the order of the version.
    pub evidence: Vec<Vec<Cited>>,
    /// What each of two reviewers gave before either saw the other's ratings, one a criterion in the order of the version; empty
    /// where it was not kept.
    pub alone: Vec<[Option<Rating>; 2]>,
    /// What it states on its moderated ratings.
    pub statement: Option<Made>,
}

/// What the national report is worked out from.
#[derive(Clone, Debug)]
pub struct NationalFacts {
    /// The cycle.
    pub cycle: CycleId,
    /// The version the cycle runs under.
    pub version: VersionId,
    /// All Practices with their finalised assessments. Those of later cycles are left out.
    pub network: Arc<Explorer>,
    /// Assessments of this cycle that are not finalised.
    pub unfinished: Vec<(PracticeSlug, Status)>,
    /// What the Practices keep beside their answers.
    pub beside: NationalBeside,
}

/// What the Practices keep beside the answers of their assessments.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NationalBeside {
    /// The improvement plans of the Practices with a finalised assessment in the cycle.
    pub plans: Vec<NationalPlanFacts>,
    /// The open actions of all Practices.
    pub open_actions: OpenActions,
    /// What was asked in the finalised assessments of the cycle, in numbers only.
    pub clarifications: Tally,
    /// What was agreed with each, beside its assessment of this cycle.
    pub registers: BTreeMap<PracticeSlug, Register>,
    /// Citations of evidence in the finalised assessments of the cycle, expired on the day each was finalised.
    pub evidence: EvidenceUse,
    /// What two reviewers gave to each criterion that both rated and that applies, before either saw the other's rating;
    /// in the finalised assessments of the cycle, each by itself, without names.
    pub read_twice: Vec<Vec<[Rating; 2]>>,
}

/// Why there can be no report.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NoReport {
    /// Nothing to report on.
    #[error("There is no assessment to report on.")]
    NoAssessment,
    /// The assessment's version is not among the published ones.
    #[error("Version {0} of the framework is not among the published ones.")]
    UnknownVersion(VersionId),
}

/// Two figures: since the previous assessment, and since the first one.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct Since<T> {
    /// Since the latest finalised assessment of an earlier cycle.
    pub previous: Option<T>,
    /// Since the first finalised assessment, launch assessments included.
    pub baseline: Option<T>,
    /// Why there is none, in words.
    pub why: Option<String>,
}

/// A Practice's drift since one earlier assessment.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct DriftFigures {
    /// The earlier assessment's cycle.
    pub from: CycleId,
    /// The earlier assessment's version.
    pub from_version: VersionId,
    /// Criteria that are comparable and rated in both.
    pub pairs: usize,
    /// Pairs ÷ the later version's criteria, 0 to 1.
    pub comparable_share: Option<f64>,
    /// Mean d, −4 to 4: the direction.
    pub net: Option<f64>,
    /// Mean |d|, 0 to 4: how much moved at all.
    pub gross: Option<f64>,
    /// Why there is no figure, in words.
    pub why: Option<String>,
    /// Within each element of the later version, in order; empty where the versions cannot be compared.
    pub elements: Vec<ElementDrift>,
    /// Criteria that went down.
    pub slips: Vec<Moved>,
    /// Criteria that went up.
    pub gains: Vec<Moved>,
    /// The slips that are unplanned or not yet explained.
    pub unexplained: Vec<Moved>,
    /// Slips since the first assessment that moderation was not asked about this year: 4 or above, and no slip since the
    /// previous assessment. Never any since that one.
    pub not_asked: usize,
    /// What the slips that moderation was asked about are put down to.
    pub split: Split,
}

/// A criterion that went up or down.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct Moved {
    /// The criterion.
    pub criterion: CriterionId,
    /// Its element.
    pub element: ElementId,
    /// The statement.
    pub title: String,
    /// Whether it is core.
    pub core: bool,
    /// The earlier rating.
    pub from: Rating,
    /// The later rating.
    pub to: Rating,
    /// Later − earlier.
    pub d: i8,
    /// What it is put down to; a slip without a class counts as not yet explained.
    pub class: Option<AdaptationClass>,
    /// The class in words, or that nobody was asked this year; on slips and where one was given.
    pub class_name: Option<&'static str>,
    /// What the Practice says it does differently; in its own report only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Prose>,
}
