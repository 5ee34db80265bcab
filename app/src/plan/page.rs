//! A Practice's plan on one page: what needs an action, the actions, the support.

use crate::{
    paths,
    ui::{
        form::Select,
        plan::{facts, raised, state_tag},
        text::{count, prose},
    },
    web::{Fields, Page},
};
use framework::{
    day,
    ids::PracticeSlug,
    plan::{About, ActionStatus, Asking, PlanOperation, Reply, may},
};
use leptos::prelude::*;
use store::{ActionRow, Asked, NoActionRow, Plan, SupportRow};
use time::Date;

/// Returns the plan as somebody of its standing sees it.
pub fn page(plan: &Plan, filter: &Fields, today: Date) -> Page {
    let slug = &plan.practice.info.slug;
    let support = may(PlanOperation::RecordSupport, plan.standing).then(|| {
        view! { <a class="govuk-button" href=paths::plan_page(slug, "support")>"Record support"</a> }
    });
    let body = view! {
        <span class="govuk-caption-l">{plan.practice.info.name.clone()}</span>
        <h1 class="govuk-heading-l">"Improvement plan"</h1>
        {asked(plan).into_any()}
        <h2 class="govuk-heading-m" id="actions">"Actions"</h2>
        {actions(plan, filter, today).into_any()}
        <h2 class="govuk-heading-m" id="support">"Support from National Pause"</h2>
        {support}
        {given(plan).into_any()}
    };
    Page::new(format!("{}: improvement plan", plan.practice.info.name), body)
        .with_back(paths::practice(slug), plan.practice.info.name.clone())
}

/// Returns the criteria of the latest assessment that need an action.
fn asked(plan: &Plan) -> impl IntoView + use<> {
    let Some(asked) = &plan.asked else {
        return view! {
            <p class="govuk-body">"The plan begins when a review can be read: when an assessment is returned, or moderated."</p>
        }
        .into_any();
    };
    let with = |reply| asked.criteria.iter().filter(|asking| asking.reply == reply).count();
    let (all, missing) = (asked.criteria.len(), with(Reply::Missing));
    let summary = match all {
        0 => format!("Nothing in {} needs an action.", asked.cycle),
        _ => format!(
            "{} of {} an action: {} have one, {} have a reason for none, {} have no plan yet.",
            count(all, "criterion", "criteria"),
            if all == 1 {
                format!("{} needs", asked.cycle)
            } else {
                format!("{} need", asked.cycle)
            },
            with(Reply::Action),
            with(Reply::NoAction),
            missing,
        ),
    };
    let may_write = may(PlanOperation::Write, plan.standing);
    let slug = &plan.practice.info.slug;
    let new = may_write.then(|| view! { <p class="govuk-body"><a class="govuk-link" href=paths::plan_page(slug, "new")>"Add an action on another criterion"</a></p> });
    let open = asked.criteria.iter().filter(|asking| asking.reply == Reply::Missing);
    let open = open
        .map(|asking| asking_row(slug, asked, asking, may_write))
        .collect_view();
    let reasons: Vec<_> = asked
        .none
        .iter()
        .map(|none| reason(slug, asked, none, may_write))
        .collect();
    let heading = format!("Reasons for no action in {}", asked.cycle);
    let reasons = (!reasons.is_empty()).then(|| {
        view! {
            <details class="govuk-details">
                <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{heading}</span></summary>
                <div class="govuk-details__text">{reasons.into_iter().collect_view()}</div>
            </details>
        }
    });
    let list = (missing > 0).then(
        || view! { <h2 class="govuk-heading-m" id="asking">"Still to plan"</h2><ul class="app-asking">{open}</ul> },
    );
    view! {
        <p class="govuk-body">{summary}</p>
        <p class="govuk-body">"Ratings of 3 or below, core gaps, and slips that no agreed adaptation explains need an action, or a reason why there is none."</p>
        {list}
        {new}
        {reasons}
    }
    .into_any()
}

fn asking_row(slug: &PracticeSlug, asked: &Asked, asking: &Asking, may_write: bool) -> impl IntoView + use<> {
    let criterion = &asked.framework.criteria[asking.index];
    let why: Vec<String> = asking.why.iter().map(|why| why.words()).collect();
    let links = may_write.then(|| {
        let about = || view! { <span class="govuk-visually-hidden">{format!(": {}", criterion.title)}</span> };
        view! {
            <p class="govuk-body app-asking__links">
                <a class="govuk-link" href=paths::plan_about(slug, "new", &criterion.id)>"Add an action"{about()}</a>
                <a class="govuk-link" href=paths::plan_about(slug, "none", &criterion.id)>"Say why none"{about()}</a>
            </p>
        }
    });
    view! {
        <li class="app-asking__item">
            <div>
                <h3 class="govuk-heading-s">{criterion.title.clone()}</h3>
                <p class="govuk-body-s">{format!("{}.", why.join(". "))}</p>
            </div>
            {links}
        </li>
    }
}

fn reason(slug: &PracticeSlug, asked: &Asked, row: &NoActionRow, may_write: bool) -> impl IntoView + use<> {
    let criterion = &row.none.criterion;
    let title = asked
        .framework
        .criterion(criterion)
        .map(|c| c.title.clone())
        .unwrap_or_default();
    let about = format!(": {title}");
    let links = may_write.then(|| {
        view! {
            <p class="govuk-body app-asking__links">
                <a class="govuk-link" href=paths::plan_about(slug, "none", criterion)>"Change the reason"<span class="govuk-visually-hidden">{about.clone()}</span></a>
                <a class="govuk-link" href=paths::plan_about(slug, "new", criterion)>"Add an action"<span class="govuk-visually-hidden">{about}</span></a>
            </p>
        }
    });
    view! { <h3 class="govuk-heading-s">{title}</h3> {prose(row.none.reason.as_str())} {links} }
}

/// The values of the filter by state.
const STATES: [(&str, &str); 5] = [
    ("", "All"),
    ("open", "Open"),
    ("overdue", "Overdue"),
    ("done", "Done"),
    ("dropped", "Dropped"),
];

fn actions(plan: &Plan, filter: &Fields, today: Date) -> impl IntoView + use<> {
    if plan.actions.is_empty() {
        return view! { <p class="govuk-body">"No action yet."</p> }.into_any();
    }
    let (state, cycle) = (filter.get("state"), filter.get("cycle"));
    let wanted = |row: &&ActionRow| {
        let course = &row.action.course;
        let fits = match state {
            "overdue" => course.is_overdue(today),
            code => ActionStatus::from_code(code).is_none_or(|state| course.state == state),
        };
        fits && (cycle.is_empty() || course.raised.as_str() == cycle)
    };
    let slug = &plan.practice.info.slug;
    let shown: Vec<_> = plan
        .actions
        .iter()
        .filter(wanted)
        .map(|row| action(slug, row, today))
        .collect();
    let nothing = shown
        .is_empty()
        .then(|| view! { <p class="govuk-body">"No action fits this choice."</p> });
    let mut cycles: Vec<String> = plan
        .actions
        .iter()
        .map(|row| row.action.course.raised.to_string())
        .collect();
    cycles.sort();
    cycles.dedup();
    let cycles = cycles.into_iter().rev().map(|cycle| (cycle.clone(), cycle));
    let cycles: Vec<_> = std::iter::once((String::new(), "All".to_owned()))
        .chain(cycles)
        .collect();
    let states: Vec<_> = STATES
        .into_iter()
        .map(|(value, words)| (value.to_owned(), words.to_owned()))
        .collect();
    let number = format!("{} of {}", shown.len(), count(plan.actions.len(), "action", "actions"));
    view! {
        <form method="get" action=format!("{}#actions", paths::plan(slug)) class="app-plan-filter">
            <Select name="state" label="State" options=states chosen=state/>
            <Select name="cycle" label="Raised in" options=cycles chosen=cycle/>
            <button type="submit" class="govuk-button govuk-button--secondary">"Show"</button>
        </form>
        <p class="govuk-body">{number}</p>
        {nothing}
        {shown.into_iter().collect_view()}
    }
    .into_any()
}

fn action(slug: &PracticeSlug, row: &ActionRow, today: Date) -> impl IntoView + use<> {
    view! {
        <section class="app-action">
            <h3 class="govuk-heading-s">
                <a class="govuk-link" href=paths::action(slug, row.action.id)>{row.title.clone()}</a>
            </h3>
            <p class="govuk-body-s">{state_tag(row, today)} " " {raised(row)}</p>
            {prose(row.action.planned.what.as_str())}
            {facts(row)}
        </section>
    }
}

fn given(plan: &Plan) -> impl IntoView + use<> {
    if plan.support.is_empty() {
        return view! { <p class="govuk-body">"No support has been recorded."</p> }.into_any();
    }
    plan.support
        .iter()
        .map(|row| support(plan, row))
        .collect_view()
        .into_any()
}

/// Returns what support was for, in words.
pub fn about(plan: &Plan, row: &SupportRow) -> Option<String> {
    match &row.given.about {
        About::Whole => None,
        About::Action(id) => plan
            .action(*id)
            .map(|action| format!("For the action on “{}”", action.title)),
        About::Element(id) => {
            let element = plan.asked.as_ref()?.framework.element(id)?;
            Some(format!("For “{}”", element.title))
        }
    }
}

fn support(plan: &Plan, row: &SupportRow) -> impl IntoView + use<> {
    let given = &row.given;
    let rated = match given.helped {
        Some(helped) => format!("{} – {}", helped.level(), helped.name()),
        None => "Not rated yet".to_owned(),
    };
    let href = paths::support(&plan.practice.info.slug, given.id);
    let rate = (may(PlanOperation::RateSupport, plan.standing) && row.open).then(|| {
        let words = if given.helped.is_some() { "Change the rating" } else { "Rate this support" };
        view! {
            <p class="govuk-body"><a class="govuk-link" href=href>{words}<span class="govuk-visually-hidden">{format!(" of {}", day::words(given.day))}</span></a></p>
        }
    });
    let comment = given.comment.as_ref().map(|comment| prose(comment.as_str()));
    view! {
        <section class="app-action">
            <h3 class="govuk-heading-s">{day::words(given.day)}</h3>
            <p class="govuk-body-s">{format!("Recorded by {}", row.recorded_by)} {about(plan, row).map(|words| format!(". {words}"))}</p>
            {prose(given.what.as_str())}
            <p class="govuk-body">"How much it helped: "<strong>{rated}</strong></p>
            {comment}
            {rate}
        </section>
    }
}
