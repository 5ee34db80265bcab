//! One criterion in one cycle: the Practices behind its figures.

use super::{
    filters::{Choice, filters, pages, part},
    opened,
    view::{Query, View},
};
use crate::{
    paths,
    ui::text::inline_markdown,
    web::{Answered, AppState, Page, Refusal, SignedIn},
};
use axum::extract::{self, Path, State};
use framework::{
    assessment::AdaptationClass,
    criteria::{Criterion, Framework, Relation},
    explore::{CriterionLine, Explorer},
    ids::CriterionId,
};
use leptos::prelude::*;
use report::{palette::Fill, say};

/// Practices on one page.
const ON_A_PAGE: usize = 50;

pub async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path(criterion): Path<String>,
    extract::Query(query): extract::Query<Query>,
) -> Answered {
    let id = CriterionId::parse(&criterion).map_err(|_| Refusal::NotFound)?;
    let library = state.store.library().clone();
    opened(&state, &actor, &query, move |view, network| {
        let version = network.version(&view.span.to).map_err(|_| Refusal::NotFound)?;
        let framework = library.version(version).ok_or(Refusal::NotFound)?;
        let criterion = framework.criterion(&id).ok_or(Refusal::NotFound)?;
        let lines = network.practices_on(&view.span.to, &id, &view.filter)?;
        Ok(page(view, network, framework, criterion, &lines))
    })
    .await
}

fn page(
    view: &View,
    network: &Explorer,
    framework: &Framework,
    criterion: &Criterion,
    lines: &[CriterionLine],
) -> Page {
    let path = format!("/drift/criteria/{}", criterion.id);
    let element = framework
        .element(&criterion.element)
        .map(|element| element.title.clone());
    let (rows, query) = (part(view, lines, ON_A_PAGE), view.on_page(1).query());
    let rows = rows
        .iter()
        .map(|line| row(&query, network, criterion, line))
        .collect_view();
    let core = if criterion.core { "core" } else { "adaptable" };
    let table = match lines.is_empty() {
        true => view! { <p class="govuk-body">"No Practice that fits has a rating here."</p> }.into_any(),
        false => view! {
            {distribution(lines)}
            <div class="app-scroll" role="region" aria-label="Practices" tabindex="0">
                <table class="govuk-table app-heatmap">
                    <caption class="govuk-table__caption govuk-table__caption--s">"The Practices, by name"</caption>
                    <thead class="govuk-table__head"><tr class="govuk-table__row">
                        <th scope="col" class="govuk-table__header">"Practice"</th>
                        <th scope="col" class="govuk-table__header">"Before"</th>
                        <th scope="col" class="govuk-table__header">{view.span.to.to_string()}</th>
                        <th scope="col" class="govuk-table__header">"Change"</th>
                        <th scope="col" class="govuk-table__header">"Explained by"</th>
                    </tr></thead>
                    <tbody class="govuk-table__body">{rows}</tbody>
                </table>
            </div>
            {pages(view, &path, lines.len(), ON_A_PAGE)}
        }
        .into_any(),
    };
    Page::new(
        format!("{}: {}", criterion.title, view.span.to),
        view! {
            <span class="govuk-caption-l">{format!("{} · {} · {core}", element.unwrap_or_default(), framework.version)}</span>
            <h1 class="govuk-heading-l">{criterion.title.clone()}</h1>
            <p class="govuk-body"><a class="govuk-link" href=format!("{}#{}", paths::framework_element(&framework.version, &criterion.element), criterion.id)>"What it asks, with its anchors"</a></p>
            {wording(criterion, framework)}
            {filters(view, network, "", &[Choice::To])}
            <h2 class="govuk-heading-m">{format!("In {}", view.span.to)}</h2>
            {table}
        },
    )
    .with_back(view.on_page(1).at("/drift/criteria"), "Criteria by cycle")
    .wide()
}

/// Returns what changed in its words since the version before.
pub(super) fn wording(criterion: &Criterion, framework: &Framework) -> Option<impl IntoView + use<>> {
    let before = criterion
        .before
        .as_ref()
        .filter(|before| before.relation != Relation::Equal)?;
    let version = framework.before.as_ref()?;
    let lead = format!("Since {version}: {}. ", before.relation.words().to_lowercase());
    Some(view! { <p class="govuk-body app-changed"><strong>{lead}</strong>{inline_markdown(&before.change)}</p> })
}

/// Returns how many Practices gave each rating, as bars that are a list.
fn distribution(lines: &[CriterionLine]) -> impl IntoView + use<> {
    let of = |level: u8| lines.iter().filter(|line| line.level == level).count();
    let bars = (1..=5)
        .rev()
        .map(|level| {
            let n = of(level);
            view! {
                <li class="app-bars__line">
                    <span class="app-bars__name">{format!("Rated {level}")}</span>
                    <progress class="app-bars__bar" value=n.to_string() max=lines.len().to_string() aria-hidden="true"></progress>
                    <span>{say::count(n, "Practice", "Practices")}</span>
                </li>
            }
        })
        .collect_view();
    let slips = lines.iter().filter(|line| line.is_slip()).count();
    let unexplained = lines.iter().filter(|line| line.is_unexplained()).count();
    let words = match slips {
        0 => "It went down in none of them since the cycle before.".to_owned(),
        _ => format!(
            "It went down in {} since the cycle before; {unexplained} of these slips are not explained.",
            say::count(slips, "Practice", "Practices")
        ),
    };
    view! { <ul class="govuk-list app-bars">{bars}</ul><p class="govuk-body">{words}</p> }
}

fn row(query: &str, network: &Explorer, criterion: &Criterion, line: &CriterionLine) -> impl IntoView + use<> {
    let practice = &network.facts().histories()[line.history].practice;
    let href = format!(
        "/drift/practices/{}/{}{query}#{}",
        practice.slug, criterion.element, criterion.id
    );
    let d = line.from.map(|from| i16::from(line.level) - i16::from(from));
    let change = match d {
        None => say::NONE.to_owned(),
        Some(0) => "0".to_owned(),
        Some(d) if d > 0 => format!("▲ +{d}"),
        Some(d) => format!("▼ −{}", -d),
    };
    let put_down = match (line.class, line.is_slip()) {
        (Some(class), _) => class.name(),
        (None, true) => AdaptationClass::Unexplained.name(),
        (None, false) => "",
    };
    let rating = |level: Option<u8>| {
        let fill = level.map_or(Fill::Absent, Fill::level).class();
        let words = level.map_or_else(|| say::NONE.to_owned(), |level| level.to_string());
        view! { <td class=format!("govuk-table__cell {fill}")>{words}</td> }
    };
    view! {
        <tr class="govuk-table__row">
            <th scope="row" class="govuk-table__header"><a class="govuk-link" href=href>{practice.name.clone()}</a></th>
            {rating(line.from)}
            {rating(Some(line.level))}
            <td class=format!("govuk-table__cell {}", Fill::drift(d.map(f64::from)).class())>{change}</td>
            <td class="govuk-table__cell app-heat__words">{put_down}</td>
        </tr>
    }
}
