//! The library: every item, and which of them need a look.

use super::library_of;
use crate::{
    paths::{self, EvidencePath},
    ui::{
        evidence::{expired_tag, made_of},
        form::Select,
        text::{count, today},
    },
    web::{Answered, AppState, Page, SignedIn},
};
use axum::extract::{Path, Query, State};
use framework::{day, evidence::EvidenceKind};
use leptos::prelude::*;
use serde::Deserialize;
use std::collections::BTreeSet;
use store::{EvidenceLibrary, EvidenceRow};
use time::Date;

/// Which items are shown.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Filter {
    show: String,
    kind: String,
}

impl Filter {
    fn lets(&self, item: &EvidenceRow, today: Date) -> bool {
        let kind = EvidenceKind::from_code(&self.kind);
        let shown = match self.show.as_str() {
            "expired" => item.withdrawn.is_none() && item.latest.evidence.expired(today),
            "uncited" => item.withdrawn.is_none() && item.uses.is_empty(),
            "withdrawn" => item.withdrawn.is_some(),
            _ => item.withdrawn.is_none(),
        };
        shown && kind.is_none_or(|kind| kind == item.latest.evidence.kind())
    }
}

pub async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path(practice): Path<String>,
    Query(filter): Query<Filter>,
) -> Answered {
    let at = library_of(&practice)?;
    let library = state.store.evidence(&actor, &at.practice).await?;
    let today = today();
    Ok(page(&at, &library, &filter, today).respond(&state, Some(&actor)).await)
}

fn page(at: &EvidencePath, library: &EvidenceLibrary, filter: &Filter, today: Date) -> Page {
    let shown: Vec<&EvidenceRow> = library.items.iter().filter(|item| filter.lets(item, today)).collect();
    let list = match (library.items.is_empty(), shown.is_empty()) {
        (true, _) => view! {
            <p class="govuk-body">
                "There is nothing here yet. Add what you already have: minutes, a rota, a training record, a survey. Then cite it on the criteria that it shows; one item can be cited on many."
            </p>
        }
        .into_any(),
        (false, true) => view! { <p class="govuk-body">"No item fits these choices."</p> }.into_any(),
        (false, false) => table(at, &shown, today).into_any(),
    };
    let expired = library
        .items
        .iter()
        .filter(|item| item.withdrawn.is_none() && item.latest.evidence.expired(today));
    let expired = match expired.count() {
        0 => None,
        n => Some(view! {
            <div class="govuk-inset-text">
                {format!("{} past the review-by day. Look at each again: change it, or withdraw it.", count(n, "item is", "items are"))}
            </div>
        }),
    };
    Page::new(
        format!("Evidence of {}", library.practice.info.name),
        view! {
            <span class="govuk-caption-l">{library.practice.info.name.clone()}</span>
            <h1 class="govuk-heading-l">"Evidence"</h1>
            <p class="govuk-body">
                "What shows that things are as you say. National Pause sees the items that you cite in an assessment, once it is submitted. Put nothing here that identifies a woman or a child."
            </p>
            {expired}
            <div class="govuk-button-group">
                <a class="govuk-button" href=at.add(EvidenceKind::File)>"Add a file"</a>
                <a class="govuk-button govuk-button--secondary" href=at.add(EvidenceKind::Link)>"Add a link"</a>
                <a class="govuk-button govuk-button--secondary" href=at.add(EvidenceKind::Note)>"Write a note"</a>
            </div>
            {(!library.items.is_empty()).then(|| choices(at, filter))}
            {list}
        },
    )
    .with_back(paths::practice(&at.practice), library.practice.info.name.clone())
    .wide()
}

fn choices(at: &EvidencePath, filter: &Filter) -> impl IntoView + use<> {
    let options = |all: &[(&str, &str)]| -> Vec<(String, String)> {
        all.iter()
            .map(|(value, words)| ((*value).to_owned(), (*words).to_owned()))
            .collect()
    };
    let show = options(&[
        ("", "All in use"),
        ("expired", "Past the review-by day"),
        ("uncited", "Not used yet"),
        ("withdrawn", "Withdrawn"),
    ]);
    let kinds = options(&[("", "All"), ("file", "Files"), ("link", "Links"), ("note", "Notes")]);
    view! {
        <form method="get" action=at.library() class="app-filters">
            <Select name="show" label="Show" options=show chosen=filter.show.clone()/>
            <Select name="kind" label="Kind" options=kinds chosen=filter.kind.clone()/>
            <button type="submit" class="govuk-button govuk-button--secondary">"Show these"</button>
        </form>
    }
}

fn table(at: &EvidencePath, items: &[&EvidenceRow], today: Date) -> impl IntoView + use<> {
    let rows = items.iter().map(|item| row(at, item, today)).collect_view();
    view! {
        <div class="app-scroll" role="region" aria-label="Items" tabindex="0">
            // on narrow screens rows become blocks, which takes the table's meaning away from some readers: the roles keep it
            <table class="govuk-table app-stacked" role="table">
                <caption class="govuk-table__caption govuk-table__caption--m">{count(items.len(), "item", "items")}</caption>
                <thead class="govuk-table__head" role="rowgroup"><tr class="govuk-table__row" role="row">
                    <th scope="col" role="columnheader" class="govuk-table__header">"Item"</th>
                    <th scope="col" role="columnheader" class="govuk-table__header">"True of"</th>
                    <th scope="col" role="columnheader" class="govuk-table__header">"Review by"</th>
                    <th scope="col" role="columnheader" class="govuk-table__header">"Cited"</th>
                </tr></thead>
                <tbody class="govuk-table__body" role="rowgroup">{rows}</tbody>
            </table>
        </div>
    }
}

fn row(at: &EvidencePath, item: &EvidenceRow, today: Date) -> impl IntoView + use<> {
    let evidence = &item.latest.evidence;
    // once, however many editions of an assessment cite it there
    let places: BTreeSet<_> = item.uses.iter().map(|u| (&u.cycle, &u.criterion)).collect();
    let cited = match places.len() {
        0 => "Nowhere".to_owned(),
        n => {
            let mut cycles: Vec<&str> = item.uses.iter().map(|u| u.cycle.as_str()).collect();
            cycles.dedup();
            format!("{} ({})", count(n, "time", "times"), cycles.join(", "))
        }
    };
    let withdrawn = item
        .withdrawn
        .is_some()
        .then(|| view! { " " <strong class="govuk-tag govuk-tag--grey">"Withdrawn"</strong> });
    view! {
        <tr class="govuk-table__row" role="row">
            <th scope="row" role="rowheader" class="govuk-table__header">
                <a class="govuk-link" href=at.item(item.id)>{evidence.title.to_string()}</a>
                {withdrawn}
                <div class="app-muted govuk-body-s">{made_of(evidence)}</div>
            </th>
            <td class="govuk-table__cell" role="cell" data-label="True of">{day::words(evidence.true_of)}</td>
            <td class="govuk-table__cell" role="cell" data-label="Review by">
                {evidence.review_by.map(day::words).unwrap_or_else(|| "No day set".to_owned())} " " {expired_tag(evidence, today)}
            </td>
            <td class="govuk-table__cell" role="cell" data-label="Cited">{cited}</td>
        </tr>
    }
}
