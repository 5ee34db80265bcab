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
use framework::explore::Explorer;
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
    opened(&state, &actor, &query, |view, network| async move {
        let (asked, behind) = (view.clone(), network.clone());
        let drawn = move || {
            let figures = figures(&behind, &asked)?;
            Ok(html::fragment(&network_view::document(&figures, SCREEN)))
        };
        let html = work(drawn).await?;
        let pdf = view.at(&format!("{}/report.pdf", paths::NETWORK));
        let body = view! {
            <ul class="govuk-list app-downloads"><li><a class="govuk-link" href=pdf download="">"Download as PDF"</a></li></ul>
            {tabs(&view, paths::NETWORK)}
            {filters(&view, &network, paths::NETWORK, &[Choice::Criteria])}
            <div class="app-report" inner_html=html></div>
        };
        Ok(Page::new("The network over the cycles", body)
            .with_back("/reports", "National reports")
            .wide())
    })
    .await
}

pub async fn download(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    extract::Query(query): extract::Query<Query>,
) -> Answered {
    let network = state.store.network(&actor).await?;
    let view = View::read(&query, &network)?.ok_or(Refusal::NotFound)?;
    let made = move || network_pdf(&figures(&network, &view)?).map_err(|e| e.to_string());
    Ok(attachment("network", Format::Pdf, work(made).await?))
}

fn figures(network: &Explorer, view: &View) -> Result<NetworkView, String> {
    NetworkView::new(network, view.span.criteria, &view.filter).map_err(|e| e.to_string())
}
