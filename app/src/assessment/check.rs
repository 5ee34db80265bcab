//! Check your answers, then submit with a declaration.

use super::path_of;
use crate::{
    paths::AssessmentPath,
    ui::{
        entry,
        form::{Error, error_of, error_summary},
        text::count,
    },
    web::{Answered, AppState, Fields, Page, Refusal, SignedIn, render::see_other},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use framework::{
    assessment::{Answer, Finding, Response, check},
    criteria::{Criterion, Element},
    ids::CriterionId,
    lifecycle::{self, Operation},
};
use leptos::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use store::Assessment;
use time::OffsetDateTime;

pub async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, cycle)): Path<(String, String)>,
) -> Answered {
    let at = path_of(&practice, &cycle)?;
    let assessment = state.store.assessment(&actor, &at.practice, &at.cycle).await?;
    Ok(page(&at, &assessment, vec![]).respond(&state, Some(&actor)).await)
}

pub async fn submit(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, cycle)): Path<(String, String)>,
    fields: Fields,
) -> Answered {
    let at = path_of(&practice, &cycle)?;
    let assessment = state.store.assessment(&actor, &at.practice, &at.cycle).await?;
    lifecycle::next(assessment.status, Operation::Submit, assessment.standing)
        .map_err(|r| Refusal::Refused(r.to_string()))?;
    let mut errors: Vec<Error> = findings(&assessment)
        .into_iter()
        .filter(|(_, finding)| finding.blocks())
        .map(|(criterion, finding)| {
            Error::at(
                format!("check-{}", criterion.id),
                format!("{}: {}", criterion.title, finding.message().to_lowercase()),
            )
        })
        .collect();
    if fields.get("declaration") != "yes" {
        errors.push(Error::at("declaration", "Confirm the declaration to submit."));
    }
    if !errors.is_empty() {
        let page = page(&at, &assessment, errors).with_status(StatusCode::UNPROCESSABLE_ENTITY);
        return Ok(page.respond(&state, Some(&actor)).await);
    }
    state
        .store
        .transition(
            &actor,
            &at.practice,
            &at.cycle,
            Operation::Submit,
            None,
            OffsetDateTime::now_utc(),
        )
        .await?;
    Ok(see_other(at.tasks()))
}

fn findings(assessment: &Assessment) -> Vec<(&Criterion, Finding)> {
    let answers: BTreeMap<CriterionId, Answer> = assessment
        .framework
        .criteria
        .iter()
        .zip(&assessment.lines)
        .map(|(criterion, line)| (criterion.id.clone(), line.entry.answer.clone()))
        .collect();
    let cited: BTreeSet<CriterionId> = assessment
        .framework
        .criteria
        .iter()
        .zip(&assessment.lines)
        .filter(|(_, line)| !line.cited.is_empty())
        .map(|(criterion, _)| criterion.id.clone())
        .collect();
    check(&assessment.framework, &answers, &cited)
}

fn page(at: &AssessmentPath, assessment: &Assessment, errors: Vec<Error>) -> Page {
    let findings = findings(assessment);
    let blocking = findings.iter().filter(|(_, f)| f.blocks()).count();
    let lead = lifecycle::next(assessment.status, Operation::Submit, assessment.standing);
    let list = |title: &'static str, blocks: bool| {
        let items: Vec<_> = findings
            .iter()
            .filter(|(_, f)| f.blocks() == blocks)
            .map(|(criterion, finding)| {
                (
                    at.criterion(&criterion.element, &criterion.id),
                    criterion.title.clone(),
                    finding.message(),
                )
            })
            .collect();
        (!items.is_empty()).then(|| {
            view! {
                <h2 class="govuk-heading-m">{title}</h2>
                <ul class="govuk-list govuk-list--bullet">
                    {items.into_iter().map(|(href, title, message)| view! { <li><a class="govuk-link" href=href>{title}</a>{format!(": {}", message.to_lowercase())}</li> }).collect_view()}
                </ul>
            }
        })
    };
    let elements = assessment
        .framework
        .elements
        .iter()
        .map(|e| summary(at, assessment, e))
        .collect_view();
    let intro = match blocking {
        0 => "Everything is answered.".to_owned(),
        n => format!(
            "{} to put right before you can submit.",
            count(n, "thing is left", "things are left")
        ),
    };
    let end = match lead {
        Ok(_) => declaration(at, error_of(&errors, "declaration")).into_any(),
        Err(lifecycle::Denied::NotAllowed) => {
            view! { <p class="govuk-body">"Only the Practice lead can submit. Tell them when your part is done."</p> }
                .into_any()
        }
        Err(refusal) => view! { <p class="govuk-body">{refusal.to_string()}</p> }.into_any(),
    };
    Page::new(
        "Check your answers",
        view! {
            {error_summary(&errors)}
            <span class="govuk-caption-l">{format!("{}, {}", assessment.practice.info.name, assessment.cycle)}</span>
            <h1 class="govuk-heading-l">"Check your answers"</h1>
            <p class="govuk-body-l">{intro}</p>
            {list("Before you can submit", true)}
            {list("Check these", false)}
            {elements}
            {end}
        },
    )
    .with_back(at.tasks(), "Task list")
}

fn summary(at: &AssessmentPath, assessment: &Assessment, element: &Element) -> impl IntoView + use<> {
    let lines = &assessment.lines[element.criteria.clone()];
    let rows = assessment
        .framework
        .criteria_of(element)
        .iter()
        .zip(lines)
        .map(|(criterion, line)| {
            let answer = match &line.entry.answer.response {
                None => "Not answered".to_owned(),
                Some(Response::Rated(rating)) => entry::words(*rating),
                Some(Response::NotApplicable(reason)) => {
                    format!(
                        "Not applicable. {}",
                        reason.as_ref().map(ToString::to_string).unwrap_or_default()
                    )
                }
            };
            view! {
                <div class="govuk-summary-list__row" id=format!("check-{}", criterion.id)>
                    <dt class="govuk-summary-list__key">{criterion.title.clone()}</dt>
                    <dd class="govuk-summary-list__value">{answer}</dd>
                    <dd class="govuk-summary-list__actions">
                        <a class="govuk-link" href=at.criterion(&criterion.element, &criterion.id)>
                            "Change"<span class="govuk-visually-hidden">{format!(" {}", criterion.title)}</span>
                        </a>
                    </dd>
                </div>
            }
        })
        .collect_view();
    view! { <h2 class="govuk-heading-m">{element.title.clone()}</h2><dl class="govuk-summary-list">{rows}</dl> }
}

fn declaration(at: &AssessmentPath, error: Option<String>) -> impl IntoView + use<> {
    let group = if error.is_some() {
        "govuk-form-group govuk-form-group--error"
    } else {
        "govuk-form-group"
    };
    view! {
        <h2 class="govuk-heading-m">"Submit to National Pause"</h2>
        <form method="post" action=at.page("submit") novalidate>
            <div class=group>
                {error.map(|e| view! { <p class="govuk-error-message" id="declaration-error">{e}</p> })}
                <div class="govuk-checkboxes">
                    <div class="govuk-checkboxes__item">
                        <input class="govuk-checkboxes__input" type="checkbox" id="declaration" name="declaration" value="yes"/>
                        <label class="govuk-label govuk-checkboxes__label" r#for="declaration">
                            "I have read these answers. They describe what we do, not what we plan, and nothing in them identifies a woman or a child."
                        </label>
                    </div>
                </div>
            </div>
            <button type="submit" class="govuk-button">"Submit"</button>
        </form>
    }
}
