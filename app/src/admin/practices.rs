//! Adding Practices.

use crate::{
    paths,
    ui::{
        done::done,
        form::{Error, Select, TextField, error_of, error_summary},
    },
    web::{Answered, AppState, Fields, Page, Refusal, SignedIn, render::see_other},
};
use axum::{
    extract::{Query, State},
    http::StatusCode,
};
use framework::{
    actor::Actor,
    day,
    ids::PracticeSlug,
    name::{Name, NotTaken},
    naming::same_name_key,
};
use leptos::prelude::*;
use serde::Deserialize;
use store::{Practice, Region, StoreError};
use time::OffsetDateTime;

/// What was done just before.
#[derive(Default, Deserialize)]
pub struct After {
    added: Option<String>,
}

pub async fn show(State(state): State<AppState>, SignedIn(actor): SignedIn, Query(after): Query<After>) -> Answered {
    Ok(page(&state, &actor, &Fields::default(), vec![], after)
        .await?
        .respond(&state, Some(&actor))
        .await)
}

pub async fn add(State(state): State<AppState>, SignedIn(actor): SignedIn, fields: Fields) -> Answered {
    let mut errors = vec![];
    let slug = PracticeSlug::parse(fields.get("slug").trim());
    let slug = slug
        .map_err(|_| {
            errors.push(Error::at(
                "slug",
                "Use small letters, digits and single hyphens, such as north-vale.",
            ))
        })
        .ok();
    let (name, region) = (fields.get("name"), fields.get("region"));
    match Name::read(name) {
        Ok(_) => {}
        Err(NotTaken::Control) => errors.push(Error::at("name", HIDDEN)),
        Err(_) => errors.push(Error::at("name", "Enter the Practice’s name, at most 100 characters.")),
    }
    match Name::read_optional(region) {
        Ok(_) => {}
        Err(NotTaken::Control) => errors.push(Error::at("region", HIDDEN)),
        Err(_) => errors.push(Error::at("region", "Use at most 100 characters.")),
    }
    if let Some(slug) = slug.filter(|_| errors.is_empty()) {
        match state
            .store
            .add_practice(&actor, &slug, name, region, OffsetDateTime::now_utc())
            .await
        {
            Ok(_) => return Ok(see_other(format!("/admin/practices?added={slug}"))),
            Err(StoreError::Taken(sentence)) => errors.push(Error::at("slug", sentence)),
            Err(StoreError::Refused(sentence)) => errors.push(Error::at("name", sentence)),
            Err(other) => return Err(other.into()),
        }
    }
    let page = page(&state, &actor, &fields, errors, After::default())
        .await?
        .with_status(StatusCode::UNPROCESSABLE_ENTITY);
    Ok(page.respond(&state, Some(&actor)).await)
}

const HIDDEN: &str = "Type this again: there is a character in it that cannot be shown.";
/// Returns the list of regions to choose one from. What a Practice has is always in it.
pub fn region_select(regions: &[Region], chosen: &str) -> impl IntoView + use<> {
    let known = regions.iter().map(|region| (region.name.clone(), region.name.clone()));
    let none = (String::new(), "No region".to_owned());
    let options: Vec<_> = std::iter::once(none).chain(known).collect();
    view! {
        <Select name="region" label="Region" options=options chosen=chosen.to_owned()/>
        <p class="govuk-body"><a class="govuk-link" href="/admin/regions">"Add or rename regions"</a></p>
    }
}

async fn page(
    state: &AppState,
    actor: &Actor,
    fields: &Fields,
    errors: Vec<Error>,
    after: After,
) -> Result<Page, Refusal> {
    let practices = state.store.practices(actor).await?;
    let regions = state.store.regions(actor).await?;
    let added = practices
        .iter()
        .find(|p| Some(p.info.slug.as_str()) == after.added.as_deref());
    let told = added.map(|p| done(format!("{} is added.", p.info.name), ()));
    let list = if practices.is_empty() {
        view! { <p class="govuk-body">"No Practice yet. Add the first one below, or import earlier years from a file."</p> }.into_any()
    } else {
        let keys: Vec<String> = practices.iter().map(|p| same_name_key(&p.info.name)).collect();
        let twice = |key: &String| keys.iter().filter(|other| *other == key).count() > 1;
        let rows = practices
            .iter()
            .zip(&keys)
            .map(|(practice, key)| row(practice, twice(key)))
            .collect_view();
        view! { <dl class="govuk-summary-list">{rows}</dl> }.into_any()
    };
    Ok(Page::new(
        "Practices",
        view! {
            {error_summary(&errors)}
            {told}
            <h1 class="govuk-heading-l">"Practices"</h1>
            {list}
            <h2 class="govuk-heading-m">"Add a Practice"</h2>
            <form method="post" action="/admin/practices" novalidate class="app-narrow">
                <TextField name="name" label="Name" value=fields.get("name") error=error_of(&errors, "name")/>
                <TextField name="slug" label="Short name for addresses" hint="Small letters, digits and hyphens, such as north-vale. It cannot be changed later."
                    value=fields.get("slug") error=error_of(&errors, "slug")/>
                {region_select(&regions, fields.get("region"))}
                <button type="submit" class="govuk-button">"Add Practice"</button>
            </form>
        },
    )
    .with_back("/admin", "Administration"))
}

fn row(practice: &Practice, twice: bool) -> impl IntoView + use<> {
    let info = &practice.info;
    let closed = practice.closed_on.map(|on| {
        view! { <strong class="govuk-tag govuk-tag--grey">"Closed"</strong> {format!(" on {}", day::words(on))}<br/> }
    });
    let twice = twice.then(|| {
        view! { <br/><strong class="govuk-tag govuk-tag--red">"Same name"</strong> " Another Practice has this name. Change one of them." }
    });
    view! {
        <div class="govuk-summary-list__row">
            <dt class="govuk-summary-list__key"><a class="govuk-link" href=paths::practice(&info.slug)>{info.name.clone()}</a></dt>
            <dd class="govuk-summary-list__value">{closed}{info.region.clone()}{twice}</dd>
            <dd class="govuk-summary-list__actions">
                <a class="govuk-link" href=paths::admin_practice(&info.slug)>"Change"<span class="govuk-visually-hidden">{format!(" {}", info.name)}</span></a>
            </dd>
        </div>
    }
}
