//! The improvement plan in reports, and the support behind a Practice's scores.

use super::{PracticeFacts, drifts::Compared};
use crate::{
    clarification::carried,
    criteria::Framework,
    day,
    ids::{CriterionId, CycleId, ElementId, PracticeSlug},
    library::Library,
    plan::{
        About, Action, ActionStatus, Asking, Course, Findings, Given, Helped, NoAction, Reply, SupportFigures, Years,
        asking, may_raise_from, place_in, support_figures,
    },
    prose::Prose,
    sheet::Sheet,
};
use schemars::JsonSchema;
use serde::Serialize;
use time::{Date, OffsetDateTime};

/// A Practice's plan and the support it was given, as stored.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlanFacts {
    /// Its actions of all cycles, in the plan's order.
    pub actions: Vec<Action>,
    /// Its reasons for none, of all cycles.
    pub none: Vec<NoAction>,
    /// All support, the latest first.
    pub given: Vec<Given>,
    /// Its assessments.
    pub years: Years,
    /// When the assessment that is reported on was finalised, if it is.
    pub until: Option<OffsetDateTime>,
    /// The day that overdue is judged by, today; nothing for the day that the report speaks of.
    pub today: Option<Date>,
}

/// The same without text, for the national report.
#[derive(Clone, Debug, PartialEq)]
pub struct NationalPlanFacts {
    /// The Practice.
    pub practice: PracticeSlug,
    /// Its actions of all cycles.
    pub courses: Vec<Course>,
    /// All support: when it was recorded, and how much it helped.
    pub given: Vec<(OffsetDateTime, Option<Helped>)>,
    /// Its assessments.
    pub years: Years,
    /// When its assessment of the cycle was finalised; nothing where it came from a file.
    pub until: Option<OffsetDateTime>,
    /// The day that overdue is judged by: today.
    pub day: Date,
}

/// The plan of one assessment's cycle, as it stands when the report is made.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct PlanReport {
    /// The day that overdue is judged by.
    #[serde(serialize_with = "day::serialize")]
    #[schemars(with = "String", extend("format" = "date"))]
    pub day: Date,
    /// The criteria that need an action; nothing before the Practice may read the review.
    pub asks: Option<PlanAsks>,
    /// The actions: those raised in the cycle, and those carried into it.
    pub actions: Vec<PlanLine>,
    /// The reasons for none.
    pub none: Vec<NoneLine>,
    /// The support behind the scores.
    pub support: SupportFigures,
    /// That support, the latest first.
    pub support_given: Vec<SupportLine>,
}

/// Counts of the criteria that need an action, by what the plan says to them.
#[derive(Clone, Debug, Default, PartialEq, JsonSchema, Serialize)]
pub struct PlanAsks {
    /// All that ask.
    pub criteria: usize,
    /// Those with an action.
    pub with_action: usize,
    /// Those with a reason for none.
    pub with_reason: usize,
    /// Those with neither yet.
    pub missing: usize,
    /// All of them, in the version's order.
    pub lines: Vec<AskLine>,
}

/// A criterion that needs an action.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct AskLine {
    /// The criterion.
    pub criterion: CriterionId,
    /// The statement.
    pub title: String,
    /// Why it asks, in words.
    pub why: Vec<String>,
    /// What the plan says to it.
    pub reply: Reply,
}

/// One action.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct PlanLine {
    /// The criterion, of the version the action was raised under.
    pub criterion: CriterionId,
    /// The same in the version of this assessment; nothing where that has none.
    pub here: Option<CriterionId>,
    /// Its statement, as it was when the action was raised.
    pub title: String,
    /// The cycle it was raised in.
    pub raised: CycleId,
    /// How many times it was carried over.
    pub carried: usize,
    /// What will be done.
    pub what: Prose,
    /// The role or person responsible.
    pub owner: String,
    /// By when.
    #[serde(serialize_with = "day::serialize")]
    #[schemars(with = "String", extend("format" = "date"))]
    pub by: Date,
    /// Where it stands.
    pub state: ActionStatus,
    /// Open, and its day is over.
    pub overdue: bool,
    /// What was said when it was done or dropped.
    pub closing: Option<Prose>,
    /// The support that is wanted from National Pause.
    pub support: Option<Prose>,
}

/// A reason for no action.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct NoneLine {
    /// The criterion.
    pub criterion: CriterionId,
    /// Its statement.
    pub title: String,
    /// The reason.
    pub reason: Prose,
}

/// Support that was given.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
pub struct SupportLine {
    /// The day.
    #[serde(serialize_with = "day::serialize")]
    #[schemars(with = "String", extend("format" = "date"))]
    pub day: Date,
    /// What was done.
    pub what: Prose,
    /// The action or element it was for, in words; nothing where it was for the Practice as a whole.
    pub about: Option<String>,
    /// How much it helped, 1 to 5.
    pub helped: Option<Helped>,
    /// The same in words.
    pub helped_name: Option<&'static str>,
    /// Why.
    pub comment: Option<Prose>,
}

/// One Practice's plan in the national report: counts alone.
#[derive(Clone, Debug, Default, PartialEq, JsonSchema, Serialize)]
pub struct PlanCounts {
    /// Actions that are open.
    pub open: usize,
    /// Actions that are done.
    pub done: usize,
    /// Actions that were dropped.
    pub dropped: usize,
    /// Open ones whose day is over.
    pub overdue: usize,
    /// The support behind the scores.
    pub support: SupportFigures,
}

/// Open actions of all Practices, whether their assessments are in the figures or not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, JsonSchema, Serialize)]
pub struct OpenActions {
    /// Open.
    pub open: usize,
    /// Those whose day is over.
    pub overdue: usize,
}

/// Returns the plan in a Practice's report.
pub(super) fn plan(
    library: &Library,
    framework: &Framework,
    facts: &PracticeFacts,
    current: &Sheet,
    previous: Option<&Compared>,
) -> PlanReport {
    let plan = &facts.beside.plan;
    let here = |action: &&Action| plan.years.belongs_to(&action.course, &current.cycle);
    let actions: Vec<&Action> = plan.actions.iter().filter(here).collect();
    let none: Vec<&NoAction> = plan.none.iter().filter(|none| none.cycle == current.cycle).collect();
    let behind = Behind::new(&plan.years, &current.cycle, plan.until);
    let given: Vec<&Given> = plan.given.iter().filter(|given| behind.holds(given.recorded)).collect();
    let drift = previous.and_then(|compared| compared.drift.as_ref());
    let asks = may_raise_from(current.status).then(|| {
        let findings = Findings {
            marks: &current.marks,
            drift,
            carried: &carried(facts.beside.clarifications.iter()),
        };
        let asking = asking(library, framework, &current.cycle, findings, (&actions, &none));
        PlanAsks::of(framework, &asking)
    });
    let today = plan.today.unwrap_or(facts.day);
    PlanReport {
        day: today,
        asks,
        support: support_figures(
            given.iter().map(|given| given.helped),
            wanted(actions.iter().map(|action| &action.course), &current.cycle),
        ),
        support_given: given
            .iter()
            .map(|given| SupportLine::of(library, plan, given))
            .collect(),
        actions: actions
            .iter()
            .map(|action| PlanLine::of((library, framework), &plan.years, action, today))
            .collect(),
        none: none
            .iter()
            .map(|none| NoneLine {
                title: framework
                    .criterion(&none.criterion)
                    .map(|c| c.title.clone())
                    .unwrap_or_default(),
                criterion: none.criterion.clone(),
                reason: none.reason.clone(),
            })
            .collect(),
    }
}

/// Returns the plan of one Practice in the national report of a cycle.
pub(super) fn counts(facts: &NationalPlanFacts, cycle: &CycleId) -> PlanCounts {
    let here = || (facts.courses.iter()).filter(|course| facts.years.belongs_to(course, cycle));
    let stand = |state| here().filter(|course| course.state == state).count();
    let behind = Behind::new(&facts.years, cycle, facts.until);
    let given = facts.given.iter().filter(|(recorded, _)| behind.holds(*recorded));
    PlanCounts {
        open: stand(ActionStatus::Open),
        done: stand(ActionStatus::Done),
        dropped: stand(ActionStatus::Dropped),
        overdue: here().filter(|course| course.is_overdue(facts.day)).count(),
        support: support_figures(given.map(|(_, helped)| *helped), wanted(here(), cycle)),
    }
}

/// Actions carried into the cycle that want support: those raised in it come out of its assessment, not before it.
fn wanted<'a>(courses: impl Iterator<Item = &'a Course>, cycle: &CycleId) -> usize {
    courses
        .filter(|course| course.wants_support && course.raised < *cycle)
        .count()
}

/// The time whose support stands behind an assessment: from the end of the one before to its own.
struct Behind {
    since: Option<OffsetDateTime>,
    until: Option<OffsetDateTime>,
}

impl Behind {
    fn new(years: &Years, cycle: &CycleId, until: Option<OffsetDateTime>) -> Behind {
        Behind {
            since: years.since(cycle),
            until,
        }
    }

    fn holds(&self, recorded: OffsetDateTime) -> bool {
        self.since.is_none_or(|since| recorded >= since) && self.until.is_none_or(|until| recorded < until)
    }
}

impl PlanAsks {
    fn of(framework: &Framework, asking: &[Asking]) -> PlanAsks {
        let with = |reply| asking.iter().filter(|asking| asking.reply == reply).count();
        let line = |asking: &Asking| {
            let criterion = &framework.criteria[asking.index];
            AskLine {
                criterion: criterion.id.clone(),
                title: criterion.title.clone(),
                why: asking.why.iter().map(|why| why.words()).collect(),
                reply: asking.reply,
            }
        };
        PlanAsks {
            criteria: asking.len(),
            with_action: with(Reply::Action),
            with_reason: with(Reply::NoAction),
            missing: with(Reply::Missing),
            lines: asking.iter().map(line).collect(),
        }
    }
}

impl PlanLine {
    fn of((library, framework): (&Library, &Framework), years: &Years, action: &Action, today: Date) -> PlanLine {
        let here = place_in(library, framework, &action.version, &action.criterion);
        PlanLine {
            here: here.map(|place| framework.criteria[place].id.clone()),
            criterion: action.criterion.clone(),
            title: title(library, action),
            raised: action.course.raised.clone(),
            carried: years.carried_over(&action.course),
            what: action.planned.what.clone(),
            owner: action.planned.owner.to_string(),
            by: action.course.by,
            state: action.course.state,
            overdue: action.course.is_overdue(today),
            closing: action.closing.clone(),
            support: action.planned.support.clone(),
        }
    }
}

impl SupportLine {
    fn of(library: &Library, plan: &PlanFacts, given: &Given) -> SupportLine {
        let element = |id: &ElementId| {
            let elements = library.versions().flat_map(|version| &version.elements);
            elements
                .filter(|element| element.id == *id)
                .last()
                .map(|element| element.title.clone())
        };
        SupportLine {
            day: given.day,
            what: given.what.clone(),
            about: match &given.about {
                About::Whole => None,
                About::Action(id) => (plan.actions.iter().find(|action| action.id == *id)).map(|a| title(library, a)),
                About::Element(id) => element(id),
            },
            helped: given.helped,
            helped_name: given.helped.map(Helped::name),
            comment: given.comment.clone(),
        }
    }
}

/// Returns the statement of an action's criterion.
fn title(library: &Library, action: &Action) -> String {
    let criterion = library
        .version(&action.version)
        .and_then(|v| v.criterion(&action.criterion));
    criterion.map(|criterion| criterion.title.clone()).unwrap_or_default()
}
