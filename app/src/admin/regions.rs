//! The regions that Practices can be in.

use crate::{
    ui::{
        done::done,
        form::{Error, TextField, error_of, error_summary, hidden},
        text::count,
    },
    web::{Answered, AppState, Fields, Page, Refusal, SignedIn, render::see_other},
};
use axum::{
    extract::{Query, State},
    http::StatusCode,
};
use framework::actor::Actor;
use leptos::prelude::*;
use serde::Deserialize;
use store::{Region, StoreError};
use time::OffsetDateTime;

/// What was done just before.
#[derive(Default, Deserialize)]
pub struct After {
    done: Option<String>,
}

pub async fn show(State(state): State<AppState>, SignedIn(actor): SignedIn, Query(after): Query<After>) -> Answered {
    let page = page(&state, &actor, &Fields::default(), vec![], after).await?;
    Ok(page.respond(&state, Some(&actor)).await)
}

pub async fn add(State(state): State<AppState>, SignedIn(actor): SignedIn, fields: Fields) -> Answered {
    let added = state
        .store
        .add_region(&actor, fields.get("name"), OffsetDateTime::now_utc())
        .await;
    answer(&state, &actor, &fields, "name", added).await
}

pub async fn rename(State(state): State<AppState>, SignedIn(actor): SignedIn, fields: Fields) -> Answered {
    let (old, name) = (fields.get("region"), fields.get("new-name"));
    let renamed = state
        .store
        .rename_region(&actor, old, name, OffsetDateTime::now_utc())
        .await;
    let field = state
        .store
        .regions(&actor)
        .await?
        .iter()
        .position(|region| region.name == old);
    let field = field.map_or_else(|| "name".to_owned(), field_of);
    answer(&state, &actor, &fields, &field, renamed).await
}

async fn answer(
    state: &AppState,
    actor: &Actor,
    fields: &Fields,
    field: &str,
    result: Result<String, StoreError>,
) -> Answered {
    match result {
        Ok(_) => Ok(see_other("/admin/regions?done=saved")),
        Err(StoreError::Refused(sentence) | StoreError::Taken(sentence)) => {
            let errors = vec![Error::at(field, sentence)];
            let page = page(state, actor, fields, errors, After::default()).await?;
            Ok(page
                .with_status(StatusCode::UNPROCESSABLE_ENTITY)
                .respond(state, Some(actor))
                .await)
        }
        Err(other) => Err(other.into()),
    }
}

/// Returns the name field of the region at a place of the list.
fn field_of(index: usize) -> String {
    format!("region-{index}")
}

async fn page(
    state: &AppState,
    actor: &Actor,
    fields: &Fields,
    errors: Vec<Error>,
    after: After,
) -> Result<Page, Refusal> {
    let regions = state.store.regions(actor).await?;
    let rows = regions
        .iter()
        .enumerate()
        .map(|(place, region)| row(region, &field_of(place), &errors, fields))
        .collect_view();
    let none = regions
        .is_empty()
        .then(|| view! { <p class="govuk-body">"No region yet. Add the first one below."</p> });
    Ok(Page::new(
        "Regions",
        view! {
            {error_summary(&errors)}
            {(after.done.as_deref() == Some("saved")).then(|| done("The list of regions is saved.", ()))}
            <h1 class="govuk-heading-l">"Regions"</h1>
            {none}
            {rows}
            <h2 class="govuk-heading-m">"Add a region"</h2>
            <form method="post" action="/admin/regions" novalidate class="app-narrow">
                <TextField name="name" label="Name of the region" value=fields.get("name") error=error_of(&errors, "name")/>
                <button type="submit" class="govuk-button">"Add region"</button>
            </form>
        },
    )
    .with_back("/admin/practices", "Practices"))
}

fn row(region: &Region, field: &str, errors: &[Error], fields: &Fields) -> impl IntoView + use<> {
    let error = error_of(errors, field);
    let shown = match &error {
        Some(_) => fields.get("new-name").to_owned(),
        None => region.name.clone(),
    };
    let practices = count(region.practices, "Practice", "Practices");
    let summary = format!("{}: {practices}", region.name);
    let input_class = if error.is_some() {
        "govuk-input govuk-input--error"
    } else {
        "govuk-input"
    };
    let (id, error_id) = (field.to_owned(), format!("{field}-error"));
    let described = error.is_some().then(|| error_id.clone());
    let message = error.clone().map(|message| {
        view! { <p id=error_id class="govuk-error-message"><span class="govuk-visually-hidden">"Error: "</span>{message}</p> }
    });
    view! {
        <details class="govuk-details" open=error.is_some()>
            <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{summary}</span></summary>
            <div class="govuk-details__text">
                <form method="post" action="/admin/regions/rename" novalidate class="app-narrow">
                    {hidden("region", &region.name)}
                    <div class="govuk-form-group">
                        <label class="govuk-label" r#for=id.clone()>{format!("New name for {}", region.name)}</label>
                        {message}
                        <input class=input_class id=id.clone() name="new-name" type="text" value=shown autocomplete="off" aria-describedby=described/>
                    </div>
                    <button type="submit" class="govuk-button govuk-button--secondary">"Rename"</button>
                </form>
            </div>
        </details>
    }
}
