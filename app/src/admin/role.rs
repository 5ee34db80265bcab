//! Somebody's role at National Pause: raised, lowered, taken away.

use super::closing::person_of;
use crate::{
    ui::{
        done::listed,
        form::{Choice, Error, Radios, error_of, error_summary, hidden},
    },
    web::{Answered, AppState, Fields, Page, SignedIn, render::see_other},
};
use axum::{
    extract::{Query, State},
    http::StatusCode,
};
use framework::actor::{NationalRole, Role};
use leptos::prelude::*;
use serde::Deserialize;
use store::{ClosingAccount, StoreError};
use time::OffsetDateTime;

/// What is sent for no role.
const NONE: &str = "none";

/// Whose role is asked about.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    id: String,
}

pub async fn ask(State(state): State<AppState>, SignedIn(actor): SignedIn, Query(asked): Query<Asked>) -> Answered {
    let closing = state.store.closing_account(&actor, person_of(&asked.id)?).await?;
    let now = code(closing.person.national);
    Ok(page(&closing, now, vec![]).respond(&state, Some(&actor)).await)
}

pub async fn change(State(state): State<AppState>, SignedIn(actor): SignedIn, fields: Fields) -> Answered {
    let person = person_of(fields.get("id"))?;
    let closing = state.store.closing_account(&actor, person).await?;
    let wanted = match (fields.get("role"), Role::from_code(fields.get("role"))) {
        (NONE, _) => Ok(None),
        (_, Some(Role::National(role))) => Ok(Some(role)),
        _ => Err("Select a role.".to_owned()),
    };
    let refused = match wanted {
        Err(sentence) => sentence,
        Ok(role) => match state
            .store
            .set_national_role(&actor, person, role, OffsetDateTime::now_utc())
            .await
        {
            // whoever is an administrator no more does not see the list
            Ok(()) if actor.person == Some(person) => return Ok(see_other("/")),
            Ok(()) => return Ok(see_other(format!("/admin/people?given={}", person.0))),
            Err(StoreError::Refused(sentence)) => sentence,
            Err(other) => return Err(other.into()),
        },
    };
    let page = page(&closing, fields.get("role"), vec![Error::at("role", refused)]);
    Ok(page
        .with_status(StatusCode::UNPROCESSABLE_ENTITY)
        .respond(&state, Some(&actor))
        .await)
}

fn code(role: Option<NationalRole>) -> &'static str {
    role.map_or(NONE, |role| Role::National(role).code())
}

fn page(closing: &ClosingAccount, chosen: &str, errors: Vec<Error>) -> Page {
    let person = &closing.person;
    let reviews = closing
        .reviews
        .iter()
        .map(|(info, cycle, status)| format!("{}, {cycle}: {}", info.name, status.name()))
        .collect();
    let national = |role| Choice::new(Role::National(role).code(), Role::National(role).name());
    let choices = vec![
        national(NationalRole::Administrator).hint("Reviews, and keeps people, Practices and cycles"),
        national(NationalRole::Reviewer).hint("Reviews and reads the national report"),
        Choice::new(NONE, "No role at National Pause").hint("Roles in Practices and the account stay"),
    ];
    let title = format!("Role of {} at National Pause", person.name);
    Page::new(
        title.clone(),
        view! {
            {error_summary(&errors)}
            <h1 class="govuk-heading-l">{title}</h1>
            {listed("Reviews assigned to them that are not finished: without a role, assign somebody else in the queue", reviews)}
            <form method="post" action="/admin/people/role" novalidate>
                {hidden("id", &person.id.0.to_string())}
                <Radios name="role" legend="Role" choices=choices chosen=chosen.to_owned() error=error_of(&errors, "role")/>
                <div class="govuk-button-group">
                    <button type="submit" class="govuk-button">"Save role"</button>
                    <a class="govuk-link" href="/admin/people">"Cancel"</a>
                </div>
            </form>
        },
    )
    .with_back("/admin/people", "People")
}
