//! Addresses, written once: every link and redirect is made here.

use framework::{
    adaptation::AdaptationId,
    evidence::{EvidenceId, EvidenceKind},
    ids::{CriterionId, CycleId, ElementId, PracticeSlug, VersionId},
    notice::Target,
    plan::{ActionId, SupportId},
};
use report::output::Format;
use store::{Notice, ReportOf};
use uuid::Uuid;

/// The inbox.
pub const NOTICES: &str = "/notices";

/// The drift explorer.
pub const DRIFT: &str = "/drift";

/// The network over the cycles.
pub const NETWORK: &str = "/network";

/// Where earlier years are imported.
pub const IMPORTS: &str = "/admin/imports";

/// Where people choose how often they want e-mail.
pub const MAIL_CHOICE: &str = "/account#mail-choice";

/// Where people see what happened to their account.
pub const ACCOUNT_EVENTS: &str = "/account#account-events";

/// Where administrators see what happened to all accounts.
pub const ALL_ACCOUNT_EVENTS: &str = "/admin/account-events";

/// One assessment's address, from which its pages hang.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssessmentPath {
    /// The Practice.
    pub practice: PracticeSlug,
    /// The cycle.
    pub cycle: CycleId,
}

impl AssessmentPath {
    /// Returns the task list.
    pub fn tasks(&self) -> String {
        format!("/practices/{}/{}", self.practice, self.cycle)
    }

    /// Returns a page below the task list.
    pub fn page(&self, page: &str) -> String {
        format!("{}/{page}", self.tasks())
    }

    /// Every wording of a criterion.
    pub fn wordings(&self, criterion: &CriterionId) -> String {
        format!("{}/{criterion}", self.page("history"))
    }

    /// Returns the report of an edition that was taken up again.
    pub fn edition(&self, edition: i32) -> String {
        format!("{}/editions/{edition}/report", self.tasks())
    }

    /// Returns the page where an element is answered.
    pub fn element(&self, element: &ElementId) -> String {
        format!("{}/elements/{element}", self.tasks())
    }

    /// Returns the place where a criterion is answered.
    pub fn criterion(&self, element: &ElementId, criterion: &CriterionId) -> String {
        format!("{}#{criterion}", self.element(element))
    }

    /// Returns the thread of clarifications on a criterion.
    pub fn clarification(&self, criterion: &CriterionId) -> String {
        format!("{}#{criterion}", self.page("clarifications"))
    }

    /// Returns the form for a question on a criterion, which is chosen already.
    pub fn ask(&self, criterion: &CriterionId) -> String {
        format!("{}?criterion={criterion}#ask", self.page("clarifications"))
    }

    /// The page where evidence is cited on a criterion.
    pub fn cite(&self, criterion: &CriterionId) -> String {
        format!("{}/evidence/{criterion}", self.tasks())
    }

    /// Returns the page where an element is reviewed.
    pub fn review(&self, element: &ElementId) -> String {
        format!("{}/review/{element}", self.tasks())
    }

    /// Returns the place where a criterion is reviewed.
    pub fn review_criterion(&self, element: &ElementId, criterion: &CriterionId) -> String {
        format!("{}#{criterion}", self.review(element))
    }
}

/// Returns a Practice's own page.
pub fn practice(practice: &PracticeSlug) -> String {
    format!("/practices/{practice}")
}

/// Returns a Practice as administrators keep it.
pub fn admin_practice(practice: &PracticeSlug) -> String {
    format!("/admin/practices/{practice}")
}

/// Returns a Practice's own years on one page.
pub fn years(practice: &PracticeSlug) -> String {
    format!("/practices/{practice}/years")
}

/// Returns a Practice's register of adaptations.
pub fn adaptations(practice: &PracticeSlug) -> String {
    format!("/practices/{practice}/adaptations")
}

/// Returns the form for an adaptation that is not in the register yet; with a criterion that it touches ticked.
pub fn new_adaptation(practice: &PracticeSlug, criterion: Option<&CriterionId>) -> String {
    let covers = criterion.map(|id| format!("?criteria.{id}=yes")).unwrap_or_default();
    format!("{}/new{covers}", adaptations(practice))
}

/// Returns an adaptation.
pub fn adaptation(practice: &PracticeSlug, id: AdaptationId) -> String {
    format!("{}/{}", adaptations(practice), id.0)
}

/// Returns a page below an adaptation.
pub fn adaptation_page(practice: &PracticeSlug, id: AdaptationId, page: &str) -> String {
    format!("{}/{page}", adaptation(practice, id))
}

/// A Practice's evidence library, from which its pages hang.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidencePath {
    /// The Practice.
    pub practice: PracticeSlug,
}

impl EvidencePath {
    /// Returns the library.
    pub fn library(&self) -> String {
        format!("/practices/{}/evidence", self.practice)
    }

    /// Returns the page where an item of a kind is added.
    pub fn add(&self, kind: EvidenceKind) -> String {
        format!("{}/add/{}", self.library(), kind.code())
    }

    /// Returns an item.
    pub fn item(&self, id: EvidenceId) -> String {
        format!("{}/{id}", self.library())
    }

    /// Something to do with an item.
    pub fn act(&self, id: EvidenceId, act: &str) -> String {
        format!("{}/{act}", self.item(id))
    }

    /// Returns a version of an item, on the item's page.
    pub fn version(&self, id: EvidenceId, number: i32) -> String {
        format!("{}#version-{number}", self.item(id))
    }

    /// Returns the file of a version.
    pub fn file(&self, id: EvidenceId, number: i32) -> String {
        format!("{}/{number}/file", self.item(id))
    }
}

/// Returns a Practice's improvement plan.
pub fn plan(practice: &PracticeSlug) -> String {
    format!("/practices/{practice}/plan")
}

/// Returns a page below the plan.
pub fn plan_page(practice: &PracticeSlug, page: &str) -> String {
    format!("{}/{page}", plan(practice))
}

/// Returns a page below the plan that is about a criterion.
pub fn plan_about(practice: &PracticeSlug, page: &str, criterion: &CriterionId) -> String {
    format!("{}?criterion={criterion}", plan_page(practice, page))
}

/// Returns an action.
pub fn action(practice: &PracticeSlug, id: ActionId) -> String {
    plan_page(practice, &format!("actions/{}", id.0))
}

/// Where support is rated.
pub fn support(practice: &PracticeSlug, id: SupportId) -> String {
    plan_page(practice, &format!("support/{}", id.0))
}

/// Returns a version of the framework.
pub fn version(version: &VersionId) -> String {
    format!("/frameworks/{version}")
}

/// Returns a version as a booklet.
pub fn booklet(version: &VersionId) -> String {
    format!("/frameworks/{version}/booklet")
}

/// Returns an element of a version.
pub fn framework_element(version: &VersionId, element: &ElementId) -> String {
    format!("/frameworks/{version}/{element}")
}

/// Returns the national report of a cycle.
pub fn national_report(cycle: &CycleId) -> String {
    format!("/reports/{cycle}")
}

/// A report as it stands today.
pub fn report(of: &ReportOf) -> String {
    match &of.practice {
        Some(practice) => format!("/practices/{practice}/{}/report", of.cycle),
        None => national_report(&of.cycle),
    }
}

/// Where a report is asked for, to be kept.
pub fn keep_report(of: &ReportOf) -> String {
    format!("{}/keep", report(of))
}

/// A report that is kept, or on the way to it.
pub fn kept_report(of: &ReportOf, id: Uuid) -> String {
    match &of.practice {
        Some(practice) => format!("/practices/{practice}/{}/kept/{id}", of.cycle),
        None => format!("{}/kept/{id}", national_report(&of.cycle)),
    }
}

/// Returns a file of an archived report.
pub fn kept_file(of: &ReportOf, id: Uuid, format: Format) -> String {
    format!("{}/report.{}", kept_report(of, id), format.extension())
}

/// Returns a file to fill in for an import, for a version.
pub fn import_template(version: &VersionId) -> String {
    format!("{IMPORTS}/template/{version}")
}

/// Where an import is taken back.
pub fn take_back(import: Uuid) -> String {
    format!("{IMPORTS}/{import}/take-back")
}

/// Returns a notice: marks it read and leads on.
pub fn notice(id: Uuid) -> String {
    format!("{NOTICES}/{id}")
}

/// Where a notice leads.
pub fn target(notice: &Notice) -> String {
    let Some(slug) = notice.practice.as_ref().map(|practice| &practice.slug) else {
        return ACCOUNT_EVENTS.to_owned();
    };
    match (notice.target, notice.subject) {
        (Target::Adaptation, Some(id)) => return adaptation(slug, AdaptationId(id)),
        (Target::Plan, Some(id)) => return action(slug, ActionId(id)),
        (Target::Plan, None) => return plan(slug),
        _ => {}
    }
    let practice = practice(slug);
    if notice.target == Target::Plan {
        return format!("{practice}/plan");
    }
    let Some(cycle) = notice.cycle.clone() else {
        return practice;
    };
    let at = AssessmentPath {
        practice: slug.clone(),
        cycle,
    };
    match notice.target {
        Target::Assessment => at.tasks(),
        Target::Statement => at.page("statement"),
        Target::Review => at.page("review"),
        Target::Report => at.page("report"),
        Target::Clarifications => at.page("clarifications"),
        Target::Adaptation | Target::Plan | Target::Account => practice,
    }
}
