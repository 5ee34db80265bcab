//! A version as a booklet, to read and to save.

use super::find;
use crate::{
    paths,
    web::{Answered, AppState, Page, SignedIn, attachment, work},
};
use axum::extract::{Path, State};
use leptos::prelude::*;
use report::{
    booklet, charts, html,
    output::{Format, booklet_pdf},
};

pub async fn show(State(state): State<AppState>, SignedIn(actor): SignedIn, Path(version): Path<String>) -> Answered {
    let framework = find(&state, &version)?;
    let older = state.store.library().before(&framework).map(AsRef::as_ref);
    let html = html::fragment(&booklet::document(&framework, older, charts::SCREEN));
    let pdf = format!("{}.pdf", paths::booklet(&framework.version));
    let page = Page::new(
        format!("{}: booklet", framework.title),
        view! {
            <ul class="govuk-list app-downloads"><li><a class="govuk-link" href=pdf download="">"Download as PDF"</a></li></ul>
            <div class="app-report" inner_html=html></div>
        },
    )
    .with_back(paths::version(&framework.version), framework.version.to_string())
    .wide();
    Ok(page.respond(&state, Some(&actor)).await)
}

pub async fn download(State(state): State<AppState>, SignedIn(_): SignedIn, Path(version): Path<String>) -> Answered {
    let framework = find(&state, &version)?;
    let older = state.store.library().before(&framework).cloned();
    let name = format!("framework-{}", framework.version);
    let bytes = work(move || booklet_pdf(&framework, older.as_deref()).map_err(|e| e.to_string())).await?;
    Ok(attachment(&name, Format::Pdf, bytes))
}
