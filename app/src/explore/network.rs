//! The network as a whole over all cycles, on a page and as a PDF.

use super::{
    filters::{Choice, filters, tabs},
    opened,
    view::{Query, View},
};
use crate::{
    paths,
    web::{Answered, AppState, Page, Refusal, SignedIn, attachment, work},
};
use axum::extract::{self, State};
use framework::{explore::Explorer, report::NoReport};
use leptos::prelude::*;
use report::{
    charts::SCREEN,
    html,
    network_view::{self, NetworkView},
    output::{Format, network_pdf},
};

pub async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    extract::Query(query): extract::Query<Query>,
) -> Answered {
    opened(&state, &actor, &query, page).await
}

fn page(view: &View, network: &Explorer) -> Result<Page, Refusal> {
    let html = html::fragment(&network_view::document(&figures(view, network)?, SCREEN));
    let pdf = view.at(&format!("{}/report.pdf", paths::NETWORK));
    let body = view! {
        <ul class="govuk-list app-downloads"><li><a class="govuk-link" href=pdf download="">"Download as PDF"</a></li></ul>
        {tabs(view, paths::NETWORK)}
        {filters(view, network, paths::NETWORK, &[Choice::Criteria])}
        <div class="app-report" inner_html=html></div>
    };
    Ok(Page::new("The network over the cycles", body)
        .with_back("/reports", "National reports")
        .wide())
}

pub async fn download(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    extract::Query(query): extract::Query<Query>,
) -> Answered {
    let network = state.store.network(&actor).await?;
    let view = View::read(&query, &network)?.ok_or(Refusal::NotFound)?;
    let made = move || {
        let figures = figures(&view, &network).map_err(|e| e.to_string())?;
        network_pdf(&figures).map_err(|e| e.to_string())
    };
    Ok(attachment("network", Format::Pdf, work(made).await?))
}

fn figures(view: &View, network: &Explorer) -> Result<NetworkView, NoReport> {
    NetworkView::new(network, view.span.criteria, &view.filter)
}
