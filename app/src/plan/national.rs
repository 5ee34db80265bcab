//! All open actions, for National Pause.

use crate::{
    paths,
    ui::{
        form::Select,
        plan::{raised, state_tag, today},
        text::count,
    },
    web::{Answered, AppState, Fields, Page, SignedIn},
};
use axum::extract::State;
use framework::{day, plan::Due};
use leptos::prelude::*;
use store::OpenAction;
use time::Date;

/// The values of the filter.
const FILTERS: [(&str, &str); 4] = [
    ("", "All open actions"),
    ("overdue", "Overdue"),
    ("soon", "Due within 14 days"),
    ("support", "Support is wanted"),
];

pub async fn show(State(state): State<AppState>, SignedIn(actor): SignedIn, filter: Fields) -> Answered {
    let open = state.store.open_actions(&actor).await?;
    Ok(page(&open, filter.get("show"), today())
        .respond(&state, Some(&actor))
        .await)
}

fn page(open: &[OpenAction], filter: &str, today: Date) -> Page {
    let wanted = |open: &&OpenAction| {
        let course = &open.row.action.course;
        match filter {
            "overdue" => course.is_overdue(today),
            "soon" => course.due(today) == Some(Due::Soon),
            "support" => course.wants_support,
            _ => true,
        }
    };
    let shown: Vec<&OpenAction> = open.iter().filter(wanted).collect();
    // overdue ones first; within each, by the Practice's name
    let (late, other): (Vec<&OpenAction>, Vec<&OpenAction>) = shown
        .iter()
        .copied()
        .partition(|open| open.row.action.course.is_overdue(today));
    let options: Vec<_> = FILTERS
        .into_iter()
        .map(|(value, words)| (value.to_owned(), words.to_owned()))
        .collect();
    let summary = format!(
        "{}, {} overdue.",
        count(open.len(), "open action", "open actions"),
        open.iter()
            .filter(|open| open.row.action.course.is_overdue(today))
            .count()
    );
    let list = |title: &'static str, rows: Vec<&OpenAction>| {
        let rows: Vec<_> = rows.into_iter().map(|open| row(open, today)).collect();
        (!rows.is_empty()).then(|| {
            view! {
                <table class="govuk-table app-table">
                    <caption class="govuk-table__caption govuk-table__caption--m">{title}</caption>
                    <thead class="govuk-table__head">
                        <tr class="govuk-table__row">
                            <th scope="col" class="govuk-table__header">"Practice"</th>
                            <th scope="col" class="govuk-table__header">"Action on"</th>
                            <th scope="col" class="govuk-table__header">"Who"</th>
                            <th scope="col" class="govuk-table__header">"By when"</th>
                        </tr>
                    </thead>
                    <tbody class="govuk-table__body">{rows.into_iter().collect_view()}</tbody>
                </table>
            }
        })
    };
    let nothing = shown.is_empty().then(|| {
        let words = if open.is_empty() {
            "No Practice has an open action."
        } else {
            "No open action fits this choice."
        };
        view! { <p class="govuk-body">{words}</p> }
    });
    let body = view! {
        <h1 class="govuk-heading-l">"Actions of all Practices"</h1>
        <p class="govuk-body">{summary}</p>
        <form method="get" action="/actions" class="app-plan-filter">
            <Select name="show" label="Which" options chosen=filter/>
            <button type="submit" class="govuk-button govuk-button--secondary">"Show"</button>
        </form>
        {nothing}
        <div class="app-scroll" tabindex="0" role="region" aria-label="Open actions">
            {list("Overdue", late)}
            {list("Open", other)}
        </div>
    };
    Page::new("Actions", body).with_back("/", "Home").wide()
}

fn row(open: &OpenAction, today: Date) -> impl IntoView + use<> {
    let (slug, row) = (&open.practice.slug, &open.row);
    let support = row.action.course.wants_support.then_some(" Support is wanted.");
    view! {
        <tr class="govuk-table__row">
            <th scope="row" class="govuk-table__header"><a class="govuk-link" href=paths::plan(slug)>{open.practice.name.clone()}</a></th>
            <td class="govuk-table__cell">
                <a class="govuk-link" href=paths::action(slug, row.action.id)>{row.title.clone()}</a>
                <div class="app-muted">{raised(row)} "." {support}</div>
            </td>
            <td class="govuk-table__cell">{row.action.planned.owner.to_string()}</td>
            <td class="govuk-table__cell">{day::words(row.action.planned.by)} " " {state_tag(row, today)}</td>
        </tr>
    }
}
