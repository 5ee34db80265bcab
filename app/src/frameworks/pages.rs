//! What the framework pages show.

use crate::{
    paths,
    ui::{
        criterion,
        text::{count, markdown},
    },
    web::Page,
};
use framework::{
    criteria::{Criterion, Element, Framework},
    crosswalk::{Change, ChangeKind, changes as changes_between},
    library::Library,
};
use leptos::prelude::*;

/// Returns all versions, the newest first.
pub fn versions(library: &Library) -> Page {
    let mut all: Vec<_> = library.versions().collect();
    all.reverse();
    let rows = all
        .into_iter()
        .map(|f| {
            let facts = format!(
                "{}, {}, dated {}",
                count(f.elements.len(), "element", "elements"),
                count(f.criteria.len(), "criterion", "criteria"),
                f.date
            );
            view! {
                <li class="govuk-task-list__item govuk-task-list__item--with-link">
                    <div class="govuk-task-list__name-and-hint">
                        <a class="govuk-link govuk-task-list__link" href=paths::version(&f.version)>{f.title.clone()}</a>
                        <div class="govuk-task-list__hint">{facts}</div>
                    </div>
                </li>
            }
        })
        .collect_view();
    Page::new(
        "Framework",
        view! { <h1 class="govuk-heading-l">"Framework"</h1><ul class="govuk-task-list">{rows}</ul> },
    )
}

/// One version: summary, elements, changes.
pub fn version(framework: &Framework) -> Page {
    let elements = framework
        .elements
        .iter()
        .map(|e| {
            let n = count(e.criteria.len(), "criterion", "criteria");
            view! {
                <li class="govuk-task-list__item govuk-task-list__item--with-link">
                    <div class="govuk-task-list__name-and-hint">
                        <a class="govuk-link govuk-task-list__link" href=paths::framework_element(&framework.version, &e.id)>{e.title.clone()}</a>
                    </div>
                    <div class="govuk-task-list__status">{n}</div>
                </li>
            }
        })
        .collect_view();
    let changes = framework.before.as_ref().map(|before| {
        let href = format!("{}/changes", paths::version(&framework.version));
        view! { <p class="govuk-body"><a class="govuk-link" href=href>{format!("What changed since {before}")}</a></p> }
    });
    let booklet = paths::booklet(&framework.version);
    Page::new(
        framework.title.clone(),
        view! {
            <h1 class="govuk-heading-l">{framework.title.clone()}</h1>
            {markdown(&framework.summary)}
            {changes}
            <p class="govuk-body"><a class="govuk-link" href=booklet>"Every element and criterion as a booklet"</a></p>
            <h2 class="govuk-heading-m">"Elements"</h2>
            <ul class="govuk-task-list">{elements}</ul>
        },
    )
    .with_back("/frameworks", "All versions")
}

/// One element with all its criteria in full.
pub fn element(framework: &Framework, element: &Element) -> Page {
    let criteria = framework
        .criteria_of(element)
        .iter()
        .map(|c| whole_criterion(framework, c))
        .collect_view();
    Page::new(
        element.title.clone(),
        view! {
            <span class="govuk-caption-l">{framework.title.clone()}</span>
            <h1 class="govuk-heading-l">{element.title.clone()}</h1>
            {markdown(&element.about)}
            {criteria}
        },
    )
    .with_back(paths::version(&framework.version), framework.version.to_string())
}

fn whole_criterion(framework: &Framework, criterion: &Criterion) -> impl IntoView + use<> {
    let measure = criterion.measure.as_ref().map(|m| {
        view! { <p class="govuk-body"><strong>"Counted: "</strong>{format!("{} ({})", m.what, m.unit)}</p> }
    });
    view! {
        <section class="app-criterion" id=criterion.id.to_string()>
            <h2 class="govuk-heading-m">{criterion.title.clone()}</h2>
            {criterion::tags(criterion)}
            {markdown(&criterion.asks)}
            {measure}
            {criterion::anchors(criterion).into_any()}
            <details class="govuk-details">
                <summary class="govuk-details__summary"><span class="govuk-details__summary-text">"Guidance"</span></summary>
                <div class="govuk-details__text">{criterion::guidance(framework, criterion).into_any()}</div>
            </details>
        </section>
    }
}

/// Returns how every criterion relates to the version before.
pub fn changes(older: &Framework, newer: &Framework) -> Page {
    let all = changes_between(older, newer);
    let kept = all
        .iter()
        .filter(|c| matches!(c.kind, ChangeKind::Relation(r) if r.comparable()))
        .count();
    let rows = all.iter().map(|c| change_row(older, newer, c)).collect_view();
    let title = format!("What changed from {} to {}", older.version, newer.version);
    Page::new(
        title.clone(),
        view! {
            <h1 class="govuk-heading-l">{title.clone()}</h1>
            <p class="govuk-body">{format!("{kept} of {} criteria in {} can be compared with {}.", newer.criteria.len(), newer.version, older.version)}</p>
            <div class="app-scroll" role="region" aria-label=title.clone() tabindex="0">
                <table class="govuk-table">
                    <caption class="govuk-visually-hidden">{title.clone()}</caption>
                    <thead class="govuk-table__head"><tr class="govuk-table__row">
                        <th scope="col" class="govuk-table__header">"Criterion"</th>
                        <th scope="col" class="govuk-table__header">"Relation"</th>
                        <th scope="col" class="govuk-table__header">"What changed"</th>
                    </tr></thead>
                    <tbody class="govuk-table__body">{rows}</tbody>
                </table>
            </div>
        },
    )
    .with_back(paths::version(&newer.version), newer.version.to_string())
}

fn change_row(older: &Framework, newer: &Framework, change: &Change) -> impl IntoView + use<> {
    let version = if change.criterion.is_some() {
        &newer.version
    } else {
        &older.version
    };
    let id = change
        .criterion
        .as_ref()
        .or(change.of.first())
        .map(ToString::to_string)
        .unwrap_or_default();
    let href = format!("{}#{id}", paths::framework_element(version, &change.element));
    let relation = match change.kind {
        ChangeKind::Relation(relation) => relation.name(),
        ChangeKind::Retired => "retired",
    };
    let tag = if relation == "equal" {
        "govuk-tag govuk-tag--grey"
    } else {
        "govuk-tag"
    };
    view! {
        <tr class="govuk-table__row">
            <th scope="row" class="govuk-table__header"><a class="govuk-link" href=href>{change.title.clone()}</a></th>
            <td class="govuk-table__cell"><strong class=tag>{relation}</strong></td>
            <td class="govuk-table__cell">{change.change.clone()}</td>
        </tr>
    }
}
