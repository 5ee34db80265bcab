//! The worksheets of a Practice's improvement plan.

use super::{
    columns::joined,
    summary::{Fact, fact},
    table::{Cell, Sheet, Table, Width},
};
use framework::{plan::Reply, report::PlanReport};

/// Returns the figures of the plan and of the support behind the scores.
pub(super) fn figures(plan: &PlanReport) -> Vec<Fact<'_>> {
    let (asks, support) = (plan.asks.as_ref(), &plan.support);
    let early = asks.is_none().then_some("The review is not done yet.");
    let asked = |name, count: Option<usize>| fact(name, count.map_or(Cell::None, Cell::count)).why(early);
    vec![
        asked("Criteria that need an action", asks.map(|asks| asks.criteria)),
        asked(
            "Criteria that ask and have an action",
            asks.map(|asks| asks.with_action),
        ),
        asked(
            "Criteria that ask and have a reason for none",
            asks.map(|asks| asks.with_reason),
        ),
        asked(
            "Criteria that need an action and have no plan yet",
            asks.map(|asks| asks.missing),
        ),
        fact(
            "Support recorded since the previous assessment",
            Cell::count(support.recorded),
        ),
        fact("Support that the Practice’s lead has rated", Cell::count(support.rated)),
        fact("How much support helped: mean, 1 to 5", Cell::number(support.mean)).why(support.why.as_deref()),
        fact(
            "Actions of earlier cycles that wanted support",
            Cell::count(support.wanted),
        ),
    ]
}

/// Returns its worksheets.
pub(super) fn sheets(plan: &PlanReport) -> [Sheet<'_>; 4] {
    [asks(plan), actions(plan), none(plan), support(plan)]
}

fn asks(plan: &PlanReport) -> Sheet<'_> {
    Table::of(plan.asks.iter().flat_map(|asks| &asks.lines))
        .column("Criterion", Width::Line, STATEMENT, |ask| Cell::text(&ask.title))
        .column("Criterion id", Width::Name, ID, |ask| {
            Cell::text(ask.criterion.as_str())
        })
        .column("Why", Width::Prose, "Why it needs an action.", |ask| {
            joined(ask.why.iter().map(String::as_str), "; ")
        })
        .column(
            "What the plan says",
            Width::Name,
            "An action, a reason for none, or neither yet.",
            |ask| {
                Cell::text(match ask.reply {
                    Reply::Action => "An action",
                    Reply::NoAction => "A reason for none",
                    Reply::Missing => "Neither yet",
                })
            },
        )
        .named(
            "Criteria that ask",
            "The criteria whose rating needs an action or a reason for none.",
        )
}

fn actions(plan: &PlanReport) -> Sheet<'_> {
    Table::of(&plan.actions)
        .column(
            "Criterion",
            Width::Line,
            "The statement, as it was when the action was raised.",
            |line| Cell::text(&line.title),
        )
        .column("Criterion id", Width::Name, ID, |line| {
            Cell::text(line.criterion.as_str())
        })
        .column(
            "In this version",
            Width::Name,
            "The same criterion in this assessment’s version; empty where that has none.",
            |line| Cell::maybe(line.here.as_ref().map(|id| id.as_str())),
        )
        .column("Raised in", Width::Figure, "The cycle it was raised in.", |line| {
            Cell::text(line.raised.as_str())
        })
        .column(
            "Carried over",
            Width::Narrow,
            "How many times it was carried over.",
            |line| Cell::count(line.carried),
        )
        .column("What", Width::Prose, "What will be done.", |line| {
            Cell::text(line.what.as_str())
        })
        .column("Who", Width::Name, "Who is responsible.", |line| {
            Cell::text(&line.owner)
        })
        .column("By", Width::Figure, "By when.", |line| Cell::Day(line.by))
        .column("State", Width::Figure, "Where it stands.", |line| {
            Cell::text(line.state.name())
        })
        .column(
            "Overdue",
            Width::Narrow,
            "Was it open after its day, on the day of the report?",
            |line| Cell::yes(line.overdue),
        )
        .column(
            "Closing",
            Width::Prose,
            "What was said when it was done or dropped.",
            |line| Cell::prose(&line.closing),
        )
        .column("Support wanted", Width::Prose, "From National Pause.", |line| {
            Cell::prose(&line.support)
        })
        .named(
            "Actions",
            "The actions raised in this cycle, and those carried into it.",
        )
}

fn none(plan: &PlanReport) -> Sheet<'_> {
    Table::of(&plan.none)
        .column("Criterion", Width::Line, STATEMENT, |none| Cell::text(&none.title))
        .column("Criterion id", Width::Name, ID, |none| {
            Cell::text(none.criterion.as_str())
        })
        .column("Reason", Width::Prose, "Why there is no action.", |none| {
            Cell::text(none.reason.as_str())
        })
        .named("No action", "The reasons for no action.")
}

fn support(plan: &PlanReport) -> Sheet<'_> {
    Table::of(&plan.support_given)
        .column("Day", Width::Figure, "When it was given.", |line| Cell::Day(line.day))
        .column("What was done", Width::Prose, "By National Pause.", |line| {
            Cell::text(line.what.as_str())
        })
        .column(
            "For",
            Width::Line,
            "The action or element it was for; empty for the Practice as a whole.",
            |line| Cell::maybe(line.about.as_deref()),
        )
        .column(
            "Helped",
            Width::Narrow,
            "How much it helped, 1 to 5, as the Practice’s lead sees it.",
            |line| {
                line.helped
                    .map_or(Cell::None, |helped| Cell::Whole(helped.level().into()))
            },
        )
        .column("In words", Width::Name, "The same in words.", |line| {
            Cell::maybe(line.helped_name)
        })
        .column("Comment", Width::Prose, "Why it helped that much.", |line| {
            Cell::prose(&line.comment)
        })
        .named(
            "Support",
            "The support from National Pause since the previous assessment.",
        )
}

const STATEMENT: &str = "The statement.";
const ID: &str = "The same in every version.";
