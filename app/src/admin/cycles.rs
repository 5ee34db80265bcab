//! Opening and closing cycles.

use crate::{
    paths,
    ui::{
        done::{confirm, done, link_button, listed},
        form::{Error, Select, TextField, error_of, error_summary},
        text::{count, day},
    },
    web::{Answered, AppState, Fields, Page, Refusal, SignedIn, render::see_other},
};
use axum::{
    extract::{Query, State},
    http::StatusCode,
};
use framework::{
    actor::Actor,
    ids::{CycleId, VersionId},
    lifecycle::Status,
};
use leptos::prelude::*;
use serde::Deserialize;
use store::{ClosingCycle, Cycle, StoreError};
use time::OffsetDateTime;

/// What was done just before, to which cycle.
#[derive(Default, Deserialize)]
pub struct After {
    opened: Option<String>,
    closed: Option<String>,
}

/// The cycle that is asked about.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    cycle: String,
}

pub async fn show(State(state): State<AppState>, SignedIn(actor): SignedIn, Query(after): Query<After>) -> Answered {
    Ok(page(&state, &actor, &Fields::default(), vec![], after)
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
            Ok(()) => return Ok(see_other(format!("/admin/cycles?opened={cycle}"))),
            Err(StoreError::Taken(sentence) | StoreError::Refused(sentence)) => {
                errors.push(Error::at("cycle", sentence))
            }
            Err(other) => return Err(other.into()),
        }
    }
    let page = page(&state, &actor, &fields, errors, After::default())
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
    Ok(see_other(format!("/admin/cycles?closed={cycle}")))
}

pub async fn reopen(State(state): State<AppState>, SignedIn(actor): SignedIn, fields: Fields) -> Answered {
    let cycle = CycleId::parse(fields.get("cycle")).map_err(|_| Refusal::NotFound)?;
    state
        .store
        .reopen_cycle(&actor, &cycle, OffsetDateTime::now_utc())
        .await?;
    Ok(see_other(format!("/admin/cycles?opened={cycle}")))
}

pub async fn ask(State(state): State<AppState>, SignedIn(actor): SignedIn, Query(asked): Query<Asked>) -> Answered {
    let cycle = CycleId::parse(&asked.cycle).map_err(|_| Refusal::NotFound)?;
    let closing = state.store.closing_cycle(&actor, &cycle).await?;
    if !closing.cycle.open {
        return Ok(see_other("/admin/cycles"));
    }
    Ok(closing_page(&closing).respond(&state, Some(&actor)).await)
}

/// Returns what closing means, by state: what goes on, and who can start no more.
fn closing_page(closing: &ClosingCycle) -> Page {
    let cycle = &closing.cycle.id;
    let states = Status::ALL.into_iter().filter_map(|state| {
        let of_state = closing.under_way.iter().filter(|(_, status)| *status == state);
        let names: Vec<&str> = of_state.map(|(info, _)| info.name.as_str()).collect();
        (!names.is_empty()).then(|| format!("{} ({}): {}", state.name(), names.len(), names.join(", ")))
    });
    let not_started = closing.not_started.iter().map(|info| info.name.clone()).collect();
    let under_way = match closing.under_way.len() {
        0 => "No assessment is unfinished.".to_owned(),
        n => format!(
            "{} can still be finished as usual.",
            count(n, "unfinished assessment", "unfinished assessments")
        ),
    };
    let finalised = format!(
        "{} finalised. Nothing in them changes.",
        count(closing.finalised, "assessment is", "assessments are")
    );
    Page::new(
        format!("Close the {cycle} cycle"),
        view! {
            <h1 class="govuk-heading-l">{format!("Close the {cycle} cycle")}</h1>
            <ul class="govuk-list govuk-list--bullet">
                <li>"No self-assessment can be started in it any more."</li>
                <li>{under_way}</li>
                <li>{finalised}</li>
                <li>"You can reopen it at any time. It keeps its dates and everything in it."</li>
            </ul>
            {listed("Unfinished assessments", states.collect())}
            {listed("Practices that have not started and will not be able to", not_started)}
            {confirm("/admin/cycles/close", &[("cycle", cycle.as_str())], format!("Close the {cycle} cycle"), "/admin/cycles")}
        },
    )
    .with_back("/admin/cycles", "Cycles")
}

async fn page(
    state: &AppState,
    actor: &Actor,
    fields: &Fields,
    errors: Vec<Error>,
    after: After,
) -> Result<Page, Refusal> {
    let cycles = state.store.cycles(actor).await?;
    let told = told(&cycles, &after);
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
            {told}
            <h1 class="govuk-heading-l">"Cycles"</h1>
            {list}
            <h2 class="govuk-heading-m">"Open a cycle"</h2>
            <form method="post" action="/admin/cycles" novalidate class="app-narrow">
                <TextField name="cycle" label="Year" hint="Such as 2026, or 2026-27 where years run across." class="govuk-input--width-5"
                    value=fields.get("cycle") error=error_of(&errors, "cycle")/>
                <Select name="version" label="Version of the framework" options=versions chosen=fields.get("version") error=error_of(&errors, "version")/>
                <button type="submit" class="govuk-button">"Open cycle"</button>
            </form>
        },
    )
    .with_back("/admin", "Administration"))
}

/// Only what is so is told.
fn told(cycles: &[Cycle], after: &After) -> Option<AnyView> {
    let is = |cycle: &&Cycle, asked: &Option<String>, open| {
        asked.as_deref() == Some(cycle.id.as_str()) && cycle.open == open
    };
    if let Some(cycle) = cycles.iter().find(|cycle| is(cycle, &after.closed, false)) {
        return Some(done(format!("The {} cycle is closed.", cycle.id), reopen_button(cycle)));
    }
    let cycle = cycles.iter().find(|cycle| is(cycle, &after.opened, true))?;
    Some(done(
        format!(
            "The {} cycle is open. Practices can start their self-assessment.",
            cycle.id
        ),
        (),
    ))
}

fn reopen_button(cycle: &Cycle) -> AnyView {
    link_button(
        "/admin/cycles/reopen",
        &[("cycle", cycle.id.as_str())],
        "Reopen",
        &format!("cycle {}", cycle.id),
    )
}

fn row(cycle: &Cycle) -> impl IntoView + use<> {
    let action = match cycle.open {
        true => {
            let href = format!("/admin/cycles/close?cycle={}", cycle.id);
            view! { <a class="govuk-link" href=href>"Close"<span class="govuk-visually-hidden">{format!(" cycle {}", cycle.id)}</span></a> }
                .into_any()
        }
        false => reopen_button(cycle),
    };
    let opened = day(cycle.opened_at);
    let state = match cycle.closed_at {
        None => format!("Open since {opened}"),
        Some(closed) => format!("Open from {opened} to {}, now closed", day(closed)),
    };
    view! {
        <div class="govuk-summary-list__row">
            <dt class="govuk-summary-list__key"><a class="govuk-link" href=paths::national_report(&cycle.id)>{cycle.id.to_string()}</a></dt>
            <dd class="govuk-summary-list__value">{format!("{state}, under version {}", cycle.version)}</dd>
            <dd class="govuk-summary-list__actions">{action}</dd>
        </div>
    }
}
