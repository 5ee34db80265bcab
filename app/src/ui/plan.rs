//! Actions of the improvement plan, for pages where they stand beside other things.

use super::{
    entry::{fact, prose_fact},
    text::{count, prose},
};
use crate::paths;
use framework::{
    day,
    ids::PracticeSlug,
    plan::{ActionStatus, Due, carried_words},
};
use leptos::prelude::*;
use store::{ActionRow, Assessment};
use time::Date;

pub use super::text::today;

/// `2 actions are overdue`; nothing where none is.
pub fn overdue_words(n: usize) -> Option<String> {
    (n > 0).then(|| count(n, "action is overdue", "actions are overdue"))
}

/// Returns an action's state, and how near its day is, in words with a colour that only repeats them.
pub fn state_tag(row: &ActionRow, today: Date) -> impl IntoView + use<> {
    let course = &row.action.course;
    let (words, colour) = match (course.state, course.due(today)) {
        (ActionStatus::Done, _) => ("Done", "govuk-tag--green"),
        (ActionStatus::Dropped, _) => ("Dropped", "govuk-tag--grey"),
        (ActionStatus::Open, Some(Due::Overdue)) => ("Overdue", "govuk-tag--red"),
        (ActionStatus::Open, Some(Due::Soon)) => ("Due soon", "govuk-tag--yellow"),
        (ActionStatus::Open, _) => ("Open", "govuk-tag--blue"),
    };
    view! { <strong class=format!("govuk-tag {colour}")>{words}</strong> }
}

/// `Raised in 2024, carried over twice`
pub fn raised(row: &ActionRow) -> String {
    let carried = carried_words(row.carried).map(|words| format!(", {words}"));
    format!("Raised in {}{}", row.action.course.raised, carried.unwrap_or_default())
}

/// Returns what an action says, in a list of facts.
pub fn facts(row: &ActionRow) -> impl IntoView + use<> {
    let planned = &row.action.planned;
    let closing = match row.action.course.state {
        ActionStatus::Dropped => "Why it was dropped",
        ActionStatus::Open | ActionStatus::Done => "What was done",
    };
    view! {
        <dl class="app-facts">
            {fact("Who", Some(planned.owner.to_string()))}
            {fact("By when", Some(day::words(planned.by)))}
            {prose_fact("Support wanted", &planned.support)}
            {prose_fact(closing, &row.action.closing)}
        </dl>
    }
}

/// Returns the actions that earlier cycles handed on, on the criterion at a place of an assessment; nothing where there is none.
pub fn earlier(assessment: &Assessment, index: usize) -> Option<impl IntoView + use<>> {
    let today = today();
    let practice = assessment.practice.info.slug.clone();
    let rows: Vec<&ActionRow> = assessment.plan.earlier(index).collect();
    let criterion = assessment.framework.criteria.get(index)?;
    let items: Vec<_> = rows.iter().map(|row| short(&practice, row, today)).collect();
    (!items.is_empty()).then(|| {
        view! {
            <aside class="app-last-year" aria-label=format!("Actions of earlier years: {}", criterion.title)>
                <h3 class="govuk-heading-s">{count(items.len(), "action of an earlier year", "actions of earlier years")}</h3>
                {items.into_iter().collect_view()}
            </aside>
        }
    })
}

fn short(practice: &PracticeSlug, row: &ActionRow, today: Date) -> impl IntoView + use<> {
    view! {
        <div class="app-action-short">
            <p class="govuk-body-s">
                {state_tag(row, today)} " " {raised(row)} ". "
                <a class="govuk-link" href=paths::action(practice, row.action.id)>
                    "Show"<span class="govuk-visually-hidden">{format!(" the action raised in {} on {}", row.action.course.raised, row.title)}</span>
                </a>
            </p>
            {prose(row.action.planned.what.as_str())}
            {facts(row)}
        </div>
    }
}
