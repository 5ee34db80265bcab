//! Opening and closing cycles.

use crate::{
    paths,
    ui::{
        form::{Error, Select, TextField, error_of, error_summary, hidden},
        text::day,
    },
    web::{Answered, AppState, Fields, Page, Refusal, SignedIn, render::see_other},
};
use axum::{extract::State, http::StatusCode};
use framework::{
    actor::Actor,
    ids::{CycleId, VersionId},
};
use leptos::prelude::*;
use store::{Cycle, StoreError};
use time::OffsetDateTime;

pub async fn show(State(state): State<AppState>, SignedIn(actor): SignedIn) -> Answered {
    Ok(page(&state, &actor, &Fields::default(), vec![])
        .await?
        .respond(&state, Some(&actor))
        .await)
}

pub async fn open(State(state): State<AppState>, SignedIn(actor): SignedIn, fields: Fields) -> Answered {
    let mut errors = vec![];
    let cycle = CycleId::parse(fields.get("cycle").trim());
    let cycle = cycle
        .map_err(|_| errors.push(Error::at("cycle", "Enter a year, such as 2026, or 2026-27.")))
        .ok();
    let version = VersionId::parse(fields.get("version"));
    let version = version
        .map_err(|_| errors.push(Error::at("version", "Choose a version.")))
        .ok();
    if let Some((cycle, version)) = cycle.zip(version) {
        match state
            .store
            .open_cycle(&actor, &cycle, &version, OffsetDateTime::now_utc())
            .await
        {
            Ok(()) => return Ok(see_other("/admin/cycles")),
            Err(StoreError::Taken(sentence) | StoreError::Refused(sentence)) => {
                errors.push(Error::at("cycle", sentence))
            }
            Err(other) => return Err(other.into()),
        }
    }
    let page = page(&state, &actor, &fields, errors)
        .await?
        .with_status(StatusCode::UNPROCESSABLE_ENTITY);
    Ok(page.respond(&state, Some(&actor)).await)
}

pub async fn close(State(state): State<AppState>, SignedIn(actor): SignedIn, fields: Fields) -> Answered {
    let cycle = CycleId::parse(fields.get("cycle")).map_err(|_| Refusal::NotFound)?;
    state
        .store
        .close_cycle(&actor, &cycle, OffsetDateTime::now_utc())
        .await?;
    Ok(see_other("/admin/cycles"))
}

async fn page(state: &AppState, actor: &Actor, fields: &Fields, errors: Vec<Error>) -> Result<Page, Refusal> {
    let cycles = state.store.cycles(actor).await?;
    let list = if cycles.is_empty() {
        view! { <p class="govuk-body">"No cycle yet. Practices can start their self-assessment once you open one."</p> }
            .into_any()
    } else {
        let rows = cycles.iter().map(row).collect_view();
        view! { <dl class="govuk-summary-list">{rows}</dl> }.into_any()
    };
    let versions: Vec<_> = state
        .store
        .library()
        .versions()
        .map(|f| (f.version.to_string(), f.title.clone()))
        .collect();
    let versions: Vec<_> = versions.into_iter().rev().collect();
    Ok(Page::new(
        "Cycles",
        view! {
            {error_summary(&errors)}
            <h1 class="govuk-heading-l">"Cycles"</h1>
            {list}
            <h2 class="govuk-heading-m">"Open a cycle"</h2>
            <form method="post" action="/admin/cycles" novalidate class="app-narrow">
                <TextField name="cycle" label="Year" hint="Such as 2026, or 2026-27 where years run across." class="govuk-input--width-5"
                    value=fields.get("cycle") error=error_of(&errors, "cycle")/>
                <Select name="version" label="Version of the framework" options=versions chosen=fields.get("version") error=error_of(&errors, "version")/>
                <button type="submit" class="govuk-button">"Open"</button>
            </form>
        },
    )
    .with_back("/admin", "Administration"))
}

fn row(cycle: &Cycle) -> impl IntoView + use<> {
    let close = cycle.open.then(|| {
        view! {
            <form method="post" action="/admin/cycles/close">
                {hidden("cycle", &cycle.id.to_string())}
                <button type="submit" class="app-link-button">"Close"<span class="govuk-visually-hidden">{format!(" cycle {}", cycle.id)}</span></button>
            </form>
        }
    });
    let state = if cycle.open {
        format!("Open since {}", day(cycle.opened_at))
    } else {
        "Closed".to_owned()
    };
    view! {
        <div class="govuk-summary-list__row">
            <dt class="govuk-summary-list__key"><a class="govuk-link" href=paths::national_report(&cycle.id)>{cycle.id.to_string()}</a></dt>
            <dd class="govuk-summary-list__value">{format!("{state}, under version {}", cycle.version)}</dd>
            <dd class="govuk-summary-list__actions">{close}</dd>
        </div>
    }
}
