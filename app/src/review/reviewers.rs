//! Who reviews: shown to everybody at National Pause, assigned by administrators, with each person's workload.

use super::reviewable;
use crate::{
    paths::AssessmentPath,
    ui::{
        form::{Error, Select, error_of, error_summary},
        text::count,
    },
    web::{Answered, AppState, Fields, Page, Refusal, SignedIn, render::see_other},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use framework::{
    actor::{Actor, PersonId, Standing},
    lifecycle::Status,
    reviewers::{Phase, Seat},
};
use leptos::prelude::*;
use store::{Assessment, Candidate, StoreError};
use time::OffsetDateTime;
use uuid::Uuid;

/// The names of the two fields, by place.
const FIELDS: [&str; 2] = ["first", "second"];

/// Returns who reviews and how far each of two is, with the ways to change it.
pub fn summary(at: &AssessmentPath, assessment: &Assessment) -> impl IntoView + use<> {
    let double = assessment.reviewers.phase() != Phase::Alone;
    let under_way = assessment.status != Status::Finalised;
    let named = assessment
        .reviewers
        .all()
        .iter()
        .map(|reviewer| match (double, reviewer.ready) {
            (false, _) => format!("Reviewer: {}.", reviewer.name),
            (true, true) => format!("{}: {} (ratings in).", reviewer.place.name(), reviewer.name),
            (true, false) => format!("{}: {} (rating).", reviewer.place.name(), reviewer.name),
        });
    let named: Vec<String> = named.collect();
    let who = match named.is_empty() {
        true if under_way => "Nobody is assigned yet.".to_owned(),
        true => String::new(),
        false => named.join(" "),
    };
    let assign = (under_way && assessment.standing == Standing::Administrator)
        .then(|| view! { " " <a class="govuk-link" href=at.page("reviewers")>"Assign reviewers"</a> });
    let declare = format!("/conflicts?practice={}", at.practice);
    view! {
        <p class="govuk-body">{who}{assign}</p>
        <p class="govuk-body-s"><a class="govuk-link" href=declare>"Declare a conflict of interest with this Practice"</a></p>
    }
}

pub async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, cycle)): Path<(String, String)>,
) -> Answered {
    let (at, assessment) = reviewable(&state, &actor, &practice, &cycle).await?;
    let chosen = Seat::ALL.map(|place| {
        let holder = assessment
            .reviewers
            .all()
            .iter()
            .find(|reviewer| reviewer.place == place);
        holder.map(|reviewer| reviewer.person.0.to_string()).unwrap_or_default()
    });
    let page = page(&state, &actor, &at, &assessment, chosen, vec![]).await?;
    Ok(page.respond(&state, Some(&actor)).await)
}

pub async fn assign(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, cycle)): Path<(String, String)>,
    fields: Fields,
) -> Answered {
    let (at, assessment) = reviewable(&state, &actor, &practice, &cycle).await?;
    let chosen = FIELDS.map(|field| fields.get(field).to_owned());
    let wanted = chosen.each_ref().map(|id| Uuid::parse_str(id).ok().map(PersonId));
    let assigned = state
        .store
        .assign(&actor, &at.practice, &at.cycle, wanted, OffsetDateTime::now_utc());
    match assigned.await {
        Ok(()) => Ok(see_other(at.page("review"))),
        Err(StoreError::Refused(sentence)) => {
            let errors = vec![Error::at("first", sentence)];
            let page = page(&state, &actor, &at, &assessment, chosen, errors).await?;
            let page = page.with_status(StatusCode::UNPROCESSABLE_ENTITY);
            Ok(page.respond(&state, Some(&actor)).await)
        }
        Err(other) => Err(other.into()),
    }
}

async fn page(
    state: &AppState,
    actor: &Actor,
    at: &AssessmentPath,
    assessment: &Assessment,
    chosen: [String; 2],
    errors: Vec<Error>,
) -> Result<Page, Refusal> {
    let candidates = state
        .store
        .candidates(actor, &at.practice, &at.cycle, OffsetDateTime::now_utc())
        .await?;
    let [first, second] = chosen;
    let title = format!("Reviewers of {}, {}", assessment.practice.info.name, assessment.cycle);
    let rows = candidates.iter().map(row).collect_view();
    Ok(Page::new(
        title.clone(),
        view! {
            {error_summary(&errors)}
            <h1 class="govuk-heading-l">{title}</h1>
            <p class="govuk-body">"One person reviews, or two. Of two, neither sees the other’s ratings until both are in; then they settle together where they differ. All three ratings are kept."</p>
            <form method="post" action=at.page("reviewers") novalidate class="app-narrow">
                <Select name="first" label="First reviewer" options=options(&candidates, "Nobody yet") chosen=first error=error_of(&errors, "first")/>
                <Select name="second" label="Second reviewer" options=options(&candidates, "None: one person reviews") chosen=second error=error_of(&errors, "second")/>
                <button type="submit" class="govuk-button">"Save"</button>
            </form>
            <h2 class="govuk-heading-m">"Who reviews how much"</h2>
            <dl class="govuk-summary-list">{rows}</dl>
        },
    )
    .with_back(at.page("review"), "Review"))
}

fn options(candidates: &[Candidate], none: &str) -> Vec<(String, String)> {
    let free = candidates.iter().filter(|candidate| candidate.conflict.is_none());
    let options = free.map(|candidate| {
        let words = format!("{} ({})", candidate.name, under_way(candidate));
        (candidate.person.0.to_string(), words)
    });
    std::iter::once((String::new(), none.to_owned()))
        .chain(options)
        .collect()
}

fn under_way(candidate: &Candidate) -> String {
    count(candidate.workload, "review under way", "reviews under way")
}

fn row(candidate: &Candidate) -> impl IntoView + use<> {
    let conflict = candidate.conflict.as_ref().map(|conflict| {
        view! { <br/><strong class="govuk-tag govuk-tag--yellow">"Conflict of interest"</strong>{format!(" {}", conflict.words())} }
    });
    view! {
        <div class="govuk-summary-list__row">
            <dt class="govuk-summary-list__key">{candidate.name.clone()}</dt>
            <dd class="govuk-summary-list__value">{under_way(candidate)}{conflict}</dd>
        </div>
    }
}
