//! The network over the cycles, on a page and as a PDF. The address holds which Practices and criteria are looked at.

use crate::{
    paths,
    ui::form::Select,
    web::{Answered, AppState, Fields, Page, Refusal, SignedIn, attachment, work},
};
use axum::extract::{Query, State};
use framework::{
    explore::{Age, Criteria, Filter, criteria_by_cycle, trend},
    library::Library,
    network::NetworkFacts,
    report::NoReport,
};
use leptos::prelude::*;
use report::{
    charts::SCREEN,
    html,
    network_view::{self, NetworkView},
    output::{Format, network_pdf},
};
use serde::Deserialize;
use std::{collections::BTreeSet, sync::Arc};
use store::Finalised;

/// What an address asks for; empty for all.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Choices {
    region: String,
    age: String,
    criteria: String,
}

impl Choices {
    /// Which criteria count, and which Practices.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for a word that is none of ours.
    fn read(&self) -> Result<(Criteria, Filter), Refusal> {
        let criteria = word(&self.criteria, Criteria::ALL, Criteria::code)?;
        let filter = Filter {
            region: Some(self.region.clone()).filter(|region| !region.is_empty()),
            age: word(&self.age, Age::ALL, Age::code)?,
            ..Filter::default()
        };
        Ok((criteria.unwrap_or_default(), filter))
    }

    /// The same choices at another path.
    fn at(&self, path: &str) -> String {
        let fields = [
            ("region", self.region.as_str()),
            ("age", &self.age),
            ("criteria", &self.criteria),
        ];
        format!("{path}{}", Fields::query(fields))
    }
}

fn word<T: Copy>(asked: &str, all: [T; 3], code: fn(T) -> &'static str) -> Result<Option<T>, Refusal> {
    if asked.is_empty() {
        return Ok(None);
    }
    let known = all.into_iter().find(|one| code(*one) == asked);
    known.map(Some).ok_or(Refusal::NotFound)
}

pub async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Query(choices): Query<Choices>,
) -> Answered {
    let network = state.store.network(&actor).await?;
    let Some(view) = view_of(&state, &network, &choices)? else {
        return Ok(nothing_yet().respond(&state, Some(&actor)).await);
    };
    let html = work(move || Ok(html::fragment(&network_view::document(&view()?, SCREEN)))).await?;
    let pdf = choices.at(&format!("{}/report.pdf", paths::NETWORK));
    let body = view! {
        <ul class="govuk-list app-downloads">
            <li><a class="govuk-link" href=pdf download="">"Download as PDF"</a></li>
            <li><a class="govuk-link" href=choices.at("/drift")>"Look closer"</a></li>
        </ul>
        {filters(&choices, network.grid.facts())}
        <div class="app-report" inner_html=html></div>
    };
    let page = Page::new("The network over the cycles", body)
        .with_back("/reports", "National reports")
        .wide();
    Ok(page.respond(&state, Some(&actor)).await)
}

pub async fn download(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Query(choices): Query<Choices>,
) -> Answered {
    let network = state.store.network(&actor).await?;
    let view = view_of(&state, &network, &choices)?.ok_or(Refusal::NotFound)?;
    let bytes = work(move || network_pdf(&view()?).map_err(|e| e.to_string())).await?;
    Ok(attachment("network", Format::Pdf, bytes))
}

/// What works out the view that is asked for: for [`work`]. Nothing while no assessment is finalised.
fn view_of(
    state: &AppState,
    network: &Arc<Finalised>,
    choices: &Choices,
) -> Result<Option<impl FnOnce() -> Result<NetworkView, String> + Send + 'static>, Refusal> {
    let (criteria, filter) = choices.read()?;
    let (network, library) = (network.clone(), state.store.library().clone());
    let is_empty = network.cycles.is_empty();
    let view = move || work_out(&library, &network, criteria, filter).map_err(|e| e.to_string());
    Ok((!is_empty).then_some(view))
}

fn work_out(
    library: &Library,
    network: &Finalised,
    criteria: Criteria,
    filter: Filter,
) -> Result<NetworkView, NoReport> {
    let by_cycle = criteria_by_cycle(&network.grid, &network.cycles, &filter)?;
    let trend = match criteria == Criteria::All && filter == Filter::default() {
        true => network.trend().clone(),
        false => trend(&network.grid, &network.cycles, criteria, &filter)?,
    };
    NetworkView::new(library, trend, by_cycle, criteria, filter)
}

fn filters(choices: &Choices, facts: &NetworkFacts) -> impl IntoView + use<> {
    let any = |words: &str| std::iter::once((String::new(), words.to_owned()));
    let regions: BTreeSet<&String> = (facts.histories().iter())
        .map(|history| &history.practice.region)
        .collect();
    let regions = regions.into_iter().filter(|region| !region.is_empty());
    let regions = any("All regions").chain(regions.map(|region| (region.clone(), region.clone())));
    let ages = any("All ages").chain(Age::ALL.map(|age| (age.code().to_owned(), age.name().to_owned())));
    let some = [Criteria::Core, Criteria::Adaptable].map(|one| (one.code().to_owned(), one.name().to_owned()));
    let criteria = any(Criteria::All.name()).chain(some);
    view! {
        <form method="get" action=paths::NETWORK class="app-filters" aria-label="What is shown">
            <Select name="region" label="Region" options=regions.collect() chosen=choices.region.clone()/>
            <Select name="age" label="Age of the Practice" options=ages.collect() chosen=choices.age.clone()/>
            <Select name="criteria" label="Criteria" options=criteria.collect() chosen=choices.criteria.clone()/>
            <button type="submit" class="govuk-button govuk-button--secondary">"Show these"</button>
        </form>
    }
}

fn nothing_yet() -> Page {
    Page::new(
        "The network over the cycles",
        view! {
            <h1 class="govuk-heading-l">"The network over the cycles"</h1>
            <p class="govuk-body">"No assessment is finalised yet. Figures stand here as soon as one is, or once earlier years are imported."</p>
            <p class="govuk-body"><a class="govuk-link" href="/queue">"Go to the review queue"</a></p>
        },
    )
    .with_back("/reports", "National reports")
}
