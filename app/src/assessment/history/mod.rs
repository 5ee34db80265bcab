//! Who did what and when, for both sides: filtered by plain GET parameters, day by day, in pages.

mod lines;
pub mod wordings;

use super::path_of;
use crate::{
    paths::AssessmentPath,
    ui::{
        form::Select,
        text::{clock, count, day},
    },
    web::{Answered, AppState, Fields, Page, SignedIn},
};
use axum::extract::{Path, State};
use framework::{criteria::Framework, local};
use leptos::prelude::*;
use lines::{Kind, Line, lines};
use store::Event;

/// How many lines a page holds.
const PER_PAGE: usize = 100;

pub async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, cycle)): Path<(String, String)>,
    query: Fields,
) -> Answered {
    let at = path_of(&practice, &cycle)?;
    let assessment = state.store.assessment(&actor, &at.practice, &at.cycle).await?;
    let events = state.store.history(&actor, &at.practice, &at.cycle).await?;
    Ok(page(&at, &assessment.framework, &events, &Filter::read(&query))
        .respond(&state, Some(&actor))
        .await)
}

/// What somebody wants to see of the history.
#[derive(Clone, Debug, Default)]
struct Filter {
    criterion: String,
    who: String,
    kind: String,
    page: usize,
}

impl Filter {
    fn read(query: &Fields) -> Filter {
        Filter {
            criterion: query.get("criterion").to_owned(),
            who: query.get("who").to_owned(),
            kind: query.get("kind").to_owned(),
            page: query.get("page").parse().unwrap_or(1).max(1),
        }
    }

    fn takes(&self, line: &Line) -> bool {
        let criterion = line.event.criterion.as_ref().map_or("", |id| id.as_str());
        let same = |wanted: &str, is: &str| wanted.is_empty() || wanted == is;
        same(&self.criterion, criterion) && same(&self.who, &line.event.who) && same(&self.kind, line.kind().code())
    }

    /// Returns the address of another page of the same.
    fn address(&self, at: &AssessmentPath, page: usize) -> String {
        let page = page.to_string();
        let fields = [
            ("kind", self.kind.as_str()),
            ("criterion", &self.criterion),
            ("who", &self.who),
            ("page", &page),
        ];
        format!("{}{}", at.page("history"), Fields::query(fields))
    }
}

fn page(at: &AssessmentPath, framework: &Framework, events: &[Event], filter: &Filter) -> Page {
    let all = lines(events);
    let found: Vec<&Line> = all.iter().rev().filter(|line| filter.takes(line)).collect();
    let pages = found.len().div_ceil(PER_PAGE).max(1);
    let here = filter.page.min(pages);
    let shown: Vec<&Line> = found
        .iter()
        .skip((here - 1) * PER_PAGE)
        .take(PER_PAGE)
        .copied()
        .collect();
    let words = match found.len() {
        0 => "Nothing in the history is of this kind.".to_owned(),
        n if pages == 1 => count(n, "change, the latest first.", "changes, the latest first."),
        n => format!("{n} changes, the latest first; page {here} of {pages}."),
    };
    let days = shown
        .chunk_by(|a, b| local::date(a.event.at) == local::date(b.event.at))
        .map(|of_day| one_day(at, framework, of_day))
        .collect_view();
    Page::new(
        "History",
        view! {
            <h1 class="govuk-heading-l">"History"</h1>
            <p class="govuk-body">"Who changed what, and when. Every wording that was saved can be read again under “Earlier wordings”."</p>
            {filters(at, framework, &all, filter)}
            <p class="govuk-body">{words}</p>
            {days}
            {paging(at, filter, here, pages)}
        },
    )
    .with_back(at.tasks(), "Task list")
}

fn one_day(at: &AssessmentPath, framework: &Framework, lines: &[&Line]) -> impl IntoView + use<> {
    let title = lines.first().map(|line| day(line.event.at)).unwrap_or_default();
    let rows = lines
        .iter()
        .map(|line| {
            let note = line
                .event
                .note
                .as_ref()
                .map(|note| view! { <div class="app-muted">{note.to_string()}</div> });
            view! {
                <tr class="govuk-table__row">
                    <td class="govuk-table__cell app-nowrap">{clock(line.event.at)}</td>
                    <td class="govuk-table__cell">{line.event.who.clone()}</td>
                    <td class="govuk-table__cell">{line.words(framework)}{earlier(at, framework, line)}{note}</td>
                </tr>
            }
        })
        .collect_view();
    let label = format!("Changes on {title}");
    view! {
        <h2 class="govuk-heading-m">{title}</h2>
        <div class="app-scroll" role="region" aria-label=label.clone() tabindex="0">
            <table class="govuk-table app-history">
                <caption class="govuk-visually-hidden">{label.clone()}</caption>
                <thead class="govuk-table__head"><tr class="govuk-table__row">
                    <th scope="col" class="govuk-table__header">"Time"</th>
                    <th scope="col" class="govuk-table__header">"Who"</th>
                    <th scope="col" class="govuk-table__header">"What"</th>
                </tr></thead>
                <tbody class="govuk-table__body">{rows}</tbody>
            </table>
        </div>
    }
}

/// Returns the way to what was written there.
fn earlier(at: &AssessmentPath, framework: &Framework, line: &Line) -> Option<impl IntoView + use<>> {
    let criterion = framework.criterion(line.event.criterion.as_ref()?)?;
    matches!(line.kind(), Kind::Answers | Kind::Review).then(|| {
        view! {
            <div><a class="govuk-link" href=at.wordings(&criterion.id)>
                "Earlier wordings"<span class="govuk-visually-hidden">{format!(": {}", criterion.title)}</span>
            </a></div>
        }
    })
}

/// Returns the filters offer only what occurs.
fn filters(at: &AssessmentPath, framework: &Framework, all: &[Line], filter: &Filter) -> impl IntoView + use<> {
    let option = |value: &str, words: &str| (value.to_owned(), words.to_owned());
    let occurs = |kind: &Kind| all.iter().any(|line| line.kind() == *kind);
    let kinds = Kind::ALL.into_iter().filter(occurs);
    let kinds = kinds.map(|kind| option(kind.code(), kind.name()));
    let named = |id: &str| {
        all.iter()
            .any(|line| line.event.criterion.as_ref().is_some_and(|c| c.as_str() == id))
    };
    let criteria = framework.criteria.iter().filter(|c| named(c.id.as_str()));
    let criteria = criteria.map(|c| option(c.id.as_str(), &c.title));
    let mut people: Vec<&str> = all.iter().map(|line| line.event.who.as_str()).collect();
    people.sort_unstable();
    people.dedup();
    let people = people.into_iter().map(|who| option(who, who));
    let kinds = [option("", "Every kind")].into_iter().chain(kinds).collect();
    let criteria = [option("", "Every criterion")].into_iter().chain(criteria).collect();
    let people = [option("", "Everybody")].into_iter().chain(people).collect();
    view! {
        <form method="get" action=at.page("history") class="app-filters">
            <Select name="kind" label="What" options=kinds chosen=filter.kind.clone()/>
            <Select name="criterion" label="Criterion" options=criteria chosen=filter.criterion.clone()/>
            <Select name="who" label="Who" options=people chosen=filter.who.clone()/>
            <button type="submit" class="govuk-button govuk-button--secondary">"Show"</button>
        </form>
    }
}

fn paging(at: &AssessmentPath, filter: &Filter, here: usize, pages: usize) -> Option<impl IntoView + use<>> {
    let link = |page: usize, words: &'static str| view! { <li><a class="govuk-link" href=filter.address(at, page)>{words}</a></li> };
    let later = (here > 1).then(|| link(here - 1, "Later changes"));
    let earlier = (here < pages).then(|| link(here + 1, "Earlier changes"));
    (pages > 1).then(|| {
        view! { <nav aria-label="Pages of the history"><ul class="govuk-list">{later}{earlier}</ul></nav> }
    })
}
