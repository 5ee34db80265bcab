//! Conflicts of interest: everybody at National Pause declares their own; administrators see all and may lift them.

use crate::{
    ui::{
        form::{Error, Select, TextArea, error_of, error_summary, hidden},
        identify::Check,
        marked_form::marked_form,
        text::{day, prose},
    },
    web::{Answered, AppState, Fields, Page, Refusal, SignedIn, render::see_other},
};
use axum::{
    extract::{Query, State},
    http::StatusCode,
};
use framework::{actor::Actor, ids::PracticeSlug, prose::Prose};
use leptos::prelude::*;
use std::collections::HashMap;
use store::{DeclaredConflict, StoreError};
use time::OffsetDateTime;
use uuid::Uuid;

pub async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Query(query): Query<HashMap<String, String>>,
) -> Answered {
    let chosen = query.get("practice").cloned().unwrap_or_default();
    let page = page(&state, &actor, &chosen, "", vec![], &Check::default()).await?;
    Ok(page.respond(&state, Some(&actor)).await)
}

pub async fn declare(State(state): State<AppState>, SignedIn(actor): SignedIn, fields: Fields) -> Answered {
    let mut errors = vec![];
    let practice = PracticeSlug::parse(fields.get("practice"));
    if practice.is_err() {
        errors.push(Error::at("practice", "Choose the Practice."));
    }
    let reason = Prose::read(fields.get("reason")).unwrap_or_else(|message| {
        errors.push(Error::at("reason", message));
        None
    });
    let check = Check::of(&fields, &[("reason", "Why")], &[]);
    errors.extend(check.errors());
    if let (Ok(practice), true) = (practice, errors.is_empty()) {
        let now = OffsetDateTime::now_utc();
        let store = state.store.confirming(&actor, [(None, check.confirmed().clone())]);
        match store.declare_conflict(&actor, &practice, reason, now).await {
            Ok(()) => {
                return Ok(see_other("/conflicts"));
            }
            Err(StoreError::Taken(sentence)) => errors.push(Error::at("practice", sentence)),
            Err(other) => return Err(other.into()),
        }
    }
    let page = page(
        &state,
        &actor,
        fields.get("practice"),
        fields.get("reason"),
        errors,
        &check,
    )
    .await?;
    let page = page.with_status(StatusCode::UNPROCESSABLE_ENTITY);
    Ok(page.respond(&state, Some(&actor)).await)
}

pub async fn lift(State(state): State<AppState>, SignedIn(actor): SignedIn, fields: Fields) -> Answered {
    let id = Uuid::parse_str(fields.get("id")).map_err(|_| Refusal::NotFound)?;
    state.store.lift_conflict(&actor, id, OffsetDateTime::now_utc()).await?;
    Ok(see_other("/conflicts"))
}

async fn page(
    state: &AppState,
    actor: &Actor,
    chosen: &str,
    reason: &str,
    errors: Vec<Error>,
    check: &Check,
) -> Result<Page, Refusal> {
    let declared = state.store.declared_conflicts(actor).await?;
    let practices = state.store.practices(actor).await?;
    let options: Vec<_> = std::iter::once((String::new(), "Choose".to_owned()))
        .chain(practices.into_iter().map(|p| (p.info.slug.to_string(), p.info.name)))
        .collect();
    let list = match declared.is_empty() {
        true => view! { <p class="govuk-body">"None is declared."</p> }.into_any(),
        false => {
            let rows = declared.iter().map(|one| row(one, actor)).collect_view();
            view! { <dl class="govuk-summary-list">{rows}</dl> }.into_any()
        }
    };
    let above = view! {
        {error_summary(&errors)}
        <h1 class="govuk-heading-l">"Conflicts of interest"</h1>
        <p class="govuk-body">"Whoever belongs to a Practice, belonged to it within the last two years, or declares a conflict here, does not review it and reads only what is finished: its reports, and what was agreed with it."</p>
        {list}
        <h2 class="govuk-heading-m">"Declare a conflict of interest"</h2>
        <p class="govuk-body">"It counts at once. A review of yours there that is under way goes back to an administrator."</p>
    }
    .into_any();
    let fields = view! {
        {check.notice()}
        <Select name="practice" label="Practice" options=options chosen=chosen error=error_of(&errors, "practice")/>
        <TextArea name="reason" label="Why, if you wish to say" rows=2 value=reason error=error_of(&errors, "reason")/>
    }
    .into_any();
    let page = Page::built("Conflicts of interest", move || {
        view! { {above} {marked_form("/conflicts".to_owned(), fields, "Declare it", "govuk-button")} }.into_any()
    });
    Ok(page.with_back("/queue", "Review queue").with_islands())
}

fn row(one: &DeclaredConflict, actor: &Actor) -> impl IntoView + use<> {
    let lift = (actor.is_administrator() && actor.person != Some(one.person)).then(|| {
        view! {
            <form method="post" action="/conflicts/lift">
                {hidden("id", &one.id.to_string())}
                <button type="submit" class="app-link-button">"Lift"<span class="govuk-visually-hidden">{format!(" the conflict of {} with {}", one.name, one.practice)}</span></button>
            </form>
        }
    });
    let reason = one.reason.as_ref().map(|reason| prose(reason.as_str()));
    view! {
        <div class="govuk-summary-list__row">
            <dt class="govuk-summary-list__key">{one.practice.clone()}</dt>
            <dd class="govuk-summary-list__value">{format!("{}, {}", one.name, day(one.at))}{reason}</dd>
            <dd class="govuk-summary-list__actions">{lift}</dd>
        </div>
    }
}
