//! One Practice, as administrators keep it: its name and region, and closing it.

use super::practices::region_select;
use crate::{
    paths,
    ui::{
        done::{done, link_button, listed},
        form::{DayField, Error, TextField, day_of, error_of, error_summary},
        text::{count, today},
    },
    web::{Answered, AppState, Fields, Page, Refusal, SignedIn, render::see_other},
};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
};
use framework::{
    actor::Actor,
    day::{self, DayForm},
    ids::PracticeSlug,
};
use leptos::prelude::*;
use serde::Deserialize;
use store::{ClosingPractice, Practice, StoreError};
use time::OffsetDateTime;

/// What was done just before.
#[derive(Deserialize)]
pub struct After {
    done: Option<String>,
}

pub async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path(slug): Path<String>,
    Query(after): Query<After>,
) -> Answered {
    let practice = state.store.practice(&actor, &slug_of(&slug)?).await?;
    let shown = (practice.info.name.as_str(), practice.info.region.as_str());
    let page = page(&state, &actor, &practice, shown, vec![], told(&practice, &after)).await?;
    Ok(page.respond(&state, Some(&actor)).await)
}

pub async fn save(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answered {
    let practice = state.store.practice(&actor, &slug_of(&slug)?).await?;
    let (name, region) = (fields.get("name"), fields.get("region"));
    let now = OffsetDateTime::now_utc();
    match state
        .store
        .rename_practice(&actor, &practice.info.slug, name, region, now)
        .await
    {
        Ok(()) => Ok(see_other(format!(
            "{}?done=saved",
            paths::admin_practice(&practice.info.slug)
        ))),
        Err(StoreError::Refused(sentence) | StoreError::Taken(sentence)) => {
            let errors = vec![Error::at("name", sentence)];
            let page = page(&state, &actor, &practice, (name, region), errors, None).await?;
            Ok(page
                .with_status(StatusCode::UNPROCESSABLE_ENTITY)
                .respond(&state, Some(&actor))
                .await)
        }
        Err(other) => Err(other.into()),
    }
}

pub async fn ask(State(state): State<AppState>, SignedIn(actor): SignedIn, Path(slug): Path<String>) -> Answered {
    let closing = state.store.closing_practice(&actor, &slug_of(&slug)?).await?;
    if closing.practice.closed_on.is_some() {
        return Ok(see_other(paths::admin_practice(&closing.practice.info.slug)));
    }
    Ok(closing_page(&closing, DayForm::of(Some(today())), vec![])
        .respond(&state, Some(&actor))
        .await)
}

pub async fn close(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answered {
    let closing = state.store.closing_practice(&actor, &slug_of(&slug)?).await?;
    let slug = &closing.practice.info.slug;
    let form = day_of(&fields, "on");
    let refused = match form.read() {
        Err(sentence) => sentence,
        Ok(None) => "Enter the day the Practice closed.".to_owned(),
        Ok(Some(on)) => match state
            .store
            .close_practice(&actor, slug, on, OffsetDateTime::now_utc())
            .await
        {
            Ok(()) => return Ok(see_other(format!("{}?done=closed", paths::admin_practice(slug)))),
            Err(StoreError::Refused(sentence)) => sentence,
            Err(other) => return Err(other.into()),
        },
    };
    let page = closing_page(&closing, form, vec![Error::at("on", refused)]);
    Ok(page
        .with_status(StatusCode::UNPROCESSABLE_ENTITY)
        .respond(&state, Some(&actor))
        .await)
}

pub async fn reopen(State(state): State<AppState>, SignedIn(actor): SignedIn, Path(slug): Path<String>) -> Answered {
    let slug = slug_of(&slug)?;
    state
        .store
        .reopen_practice(&actor, &slug, OffsetDateTime::now_utc())
        .await?;
    Ok(see_other(format!("{}?done=reopened", paths::admin_practice(&slug))))
}

fn slug_of(slug: &str) -> Result<PracticeSlug, Refusal> {
    PracticeSlug::parse(slug).map_err(|_| Refusal::NotFound)
}

/// Only what is so is told.
fn told(practice: &Practice, after: &After) -> Option<AnyView> {
    let name = &practice.info.name;
    match (after.done.as_deref()?, practice.closed_on) {
        ("saved", _) => Some(done(format!("{name}: your changes are saved."), ())),
        ("closed", Some(on)) => {
            let undo = reopen_button(practice);
            Some(done(format!("{name} is closed from {}.", day::words(on)), undo))
        }
        ("reopened", None) => Some(done(
            format!("{name} is open again. Its members have the roles they had."),
            (),
        )),
        _ => None,
    }
}

fn reopen_button(practice: &Practice) -> AnyView {
    let action = format!("{}/reopen", paths::admin_practice(&practice.info.slug));
    link_button(action, &[], "Reopen the Practice", &practice.info.name)
}

async fn page(
    state: &AppState,
    actor: &Actor,
    practice: &Practice,
    (name, region): (&str, &str),
    errors: Vec<Error>,
    told: Option<AnyView>,
) -> Result<Page, Refusal> {
    let regions = state.store.regions(actor).await?;
    let slug = &practice.info.slug;
    let closed = match practice.closed_on {
        None => {
            let href = format!("{}/close", paths::admin_practice(slug));
            view! {
                <p class="govuk-body">"A closed Practice starts no more self-assessments and its members can only read. Its past assessments stay in all figures."</p>
                <p class="govuk-body"><a class="govuk-link" href=href>"Close this Practice"</a></p>
            }
            .into_any()
        }
        Some(on) => view! {
            <p class="govuk-body">{format!("Closed on {}. Its past assessments stay in all figures.", day::words(on))}</p>
            {reopen_button(practice)}
        }
        .into_any(),
    };
    Ok(Page::new(
        practice.info.name.clone(),
        view! {
            {error_summary(&errors)}
            {told}
            <h1 class="govuk-heading-l">{practice.info.name.clone()}</h1>
            <p class="govuk-body"><a class="govuk-link" href=paths::practice(slug)>"Its assessments and reports"</a></p>
            <form method="post" action=paths::admin_practice(slug) novalidate class="app-narrow">
                <TextField name="name" label="Name"
                    hint="Pages and reports show the new name from now on, for all years. Archived reports keep the name they were made with."
                    value=name error=error_of(&errors, "name")/>
                {region_select(&regions, region)}
                <p class="govuk-body">{format!("Short name for addresses: {slug}. It cannot be changed.")}</p>
                <button type="submit" class="govuk-button">"Save changes"</button>
            </form>
            <h2 class="govuk-heading-m">"Closing"</h2>
            {closed}
        },
    )
    .with_back("/admin/practices", "Practices"))
}

fn closing_page(closing: &ClosingPractice, on: DayForm, errors: Vec<Error>) -> Page {
    let ClosingPractice {
        practice,
        under_way,
        members,
        open_actions,
    } = closing;
    let name = &practice.info.name;
    let here = paths::admin_practice(&practice.info.slug);
    let number = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    let unfinished = under_way
        .iter()
        .map(|(cycle, status)| format!("{cycle}: {}", status.name()))
        .collect();
    let members = match number(*members) {
        0 => "Nobody belongs to it.".to_owned(),
        n => format!(
            "{} can read finished assessments and change nothing.",
            count(n, "member", "members")
        ),
    };
    let actions = match number(*open_actions) {
        0 => "No action of its improvement plan is open.".to_owned(),
        n => format!(
            "{} of its improvement plan will not be followed up.",
            count(n, "open action", "open actions")
        ),
    };
    Page::new(
        format!("Close {name}"),
        view! {
            {error_summary(&errors)}
            <h1 class="govuk-heading-l">{format!("Close {name}")}</h1>
            <ul class="govuk-list govuk-list--bullet">
                <li>"No self-assessment can be started for it."</li>
                <li>{members}</li>
                <li>{actions}</li>
                <li>"Its past assessments stay in all figures and reports."</li>
                <li>"Nothing is deleted. If you reopen it, everything is as it was."</li>
            </ul>
            {listed("Not finished yet: its members will not see these while it is closed", unfinished)}
            <form method="post" action=format!("{here}/close") novalidate>
                <DayField name="on" legend="When did it close?" hint="Today or earlier." value=on error=error_of(&errors, "on")/>
                <div class="govuk-button-group">
                    <button type="submit" class="govuk-button govuk-button--warning">"Close this Practice"</button>
                    <a class="govuk-link" href=here.clone()>"Cancel"</a>
                </div>
            </form>
        },
    )
    .with_back(here, name.clone())
}
