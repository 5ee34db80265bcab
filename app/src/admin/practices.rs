//! Adding Practices.

use crate::{
    paths,
    ui::form::{Error, TextField, error_of, error_summary},
    web::{Answered, AppState, Fields, Page, SignedIn, render::see_other},
};
use axum::{extract::State, http::StatusCode};
use framework::{
    actor::Actor,
    ids::PracticeSlug,
    name::{Name, NotTaken},
};
use leptos::prelude::*;
use store::StoreError;
use time::OffsetDateTime;

pub async fn show(State(state): State<AppState>, SignedIn(actor): SignedIn) -> Answered {
    Ok(page(&state, &actor, &Fields::default(), vec![])
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
            Ok(_) => return Ok(see_other("/admin/practices")),
            Err(StoreError::Taken(sentence)) => errors.push(Error::at("slug", sentence)),
            Err(other) => return Err(other.into()),
        }
    }
    let page = page(&state, &actor, &fields, errors)
        .await?
        .with_status(StatusCode::UNPROCESSABLE_ENTITY);
    Ok(page.respond(&state, Some(&actor)).await)
}

const HIDDEN: &str = "Type this again: there is a character in it that cannot be shown.";

async fn page(
    state: &AppState,
    actor: &Actor,
    fields: &Fields,
    errors: Vec<Error>,
) -> Result<Page, crate::web::Refusal> {
    let practices = state.store.practices(actor).await?;
    let list = if practices.is_empty() {
        view! { <p class="govuk-body">"No Practice yet. Add the first one below, or import earlier years from a file."</p> }.into_any()
    } else {
        let rows = practices
            .iter()
            .map(|p| view! { <li><a class="govuk-link" href=paths::practice(&p.info.slug)>{p.info.name.clone()}</a>{format!(" {}", p.info.region)}</li> })
            .collect_view();
        view! { <ul class="govuk-list">{rows}</ul> }.into_any()
    };
    Ok(Page::new(
        "Practices",
        view! {
            {error_summary(&errors)}
            <h1 class="govuk-heading-l">"Practices"</h1>
            {list}
            <h2 class="govuk-heading-m">"Add a Practice"</h2>
            <form method="post" action="/admin/practices" novalidate class="app-narrow">
                <TextField name="name" label="Name" value=fields.get("name") error=error_of(&errors, "name")/>
                <TextField name="slug" label="Short name for addresses" hint="Small letters, digits and hyphens, such as north-vale. It cannot be changed later."
                    value=fields.get("slug") error=error_of(&errors, "slug")/>
                <TextField name="region" label="Region" value=fields.get("region") error=error_of(&errors, "region")/>
                <button type="submit" class="govuk-button">"Add"</button>
            </form>
        },
    )
    .with_back("/admin", "Administration"))
}
