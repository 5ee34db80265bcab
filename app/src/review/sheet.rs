//! The side-by-side sheet of one element: what the Practice says, last cycle, and the reviewer's own rating.

use super::reviewable;
use crate::{
    assessment::element_of,
    edit::{self, CriterionForm},
    islands::Keys,
    paths::AssessmentPath,
    ui::{
        autosaved::autosaved,
        conflict, criterion, entry, evidence,
        form::{Radios, TextArea, error_summary, first_button},
        plan, previous, register,
        text::markdown,
        thread,
    },
    web::{Answered, AppState, Fields, Page, Refusal, SignedIn, gate::wants_json, render::see_other},
};
use axum::{
    extract::{Path, State},
    http::HeaderMap,
};
use framework::{
    assessment::Review,
    criteria::{Criterion, Element},
    lifecycle::Operation,
    reviewers::{Phase, Seat, Writes},
};
use leptos::prelude::*;
use store::{Assessment, Line};
use time::OffsetDateTime;

type SheetPath = Path<(String, String, String)>;

pub async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, cycle, element)): SheetPath,
) -> Answered {
    let (at, assessment) = reviewable(&state, &actor, &practice, &cycle).await?;
    let element = element_of(&assessment, &element)?;
    let parts = parts(&assessment, &element, &Fields::default());
    Ok(page(at, assessment, element, parts).respond(&state, Some(&actor)).await)
}

pub async fn save(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, cycle, element)): SheetPath,
    headers: HeaderMap,
    fields: Fields,
) -> Answered {
    let (at, mut assessment) = reviewable(&state, &actor, &practice, &cycle).await?;
    let element = element_of(&assessment, &element)?;
    let mut parts = parts(&assessment, &element, &fields);
    let lines = &assessment.lines[element.criteria.clone()];
    for ((criterion, line), part) in assessment
        .framework
        .criteria_of(&element)
        .iter()
        .zip(lines)
        .zip(&mut parts)
    {
        part.require(criterion, |review| review.reasoned(&line.entry, seat(&assessment)));
    }
    let now = OffsetDateTime::now_utc();
    let store = state.store.confirming(&actor, edit::confirmed_details(&parts));
    let save = |changes| store.save_reviews(&actor, &at.practice, &at.cycle, changes, now);
    let stored = edit::save(assessment.framework.criteria_of(&element), &mut parts, save).await?;

    if wants_json(&headers) {
        for (place, review) in stored {
            assessment.lines[element.criteria.start + place].own_review = review;
        }
        let progress = progress(&assessment, &element).unwrap_or_default();
        return Ok(edit::json(&parts, &progress, now));
    }
    let Some(refused) = edit::refused_status(&parts) else {
        if let Some(criterion) = edit::cleared(&fields) {
            return Ok(see_other(at.review_criterion(&element.id, &criterion)));
        }
        return Ok(see_other(match fields.get("then") {
            "next" => after(&at, &assessment, &element),
            _ => at.page("review"),
        }));
    };
    let again = reviewable(&state, &actor, &practice, &cycle).await;
    let (_, assessment) = again.map_err(Refusal::after_save)?;
    let page = page(at, assessment, element, parts).with_status(refused);
    Ok(page.respond(&state, Some(&actor)).await)
}

fn parts(assessment: &Assessment, element: &Element, fields: &Fields) -> Vec<CriterionForm<Review>> {
    let lines = &assessment.lines[element.criteria.clone()];
    let criteria = assessment.framework.criteria_of(element);
    criteria
        .iter()
        .zip(lines)
        .map(|(c, line)| CriterionForm::posted(&c.id, &line.own_review, line.own_revision, fields))
        .collect()
}

/// Returns the place, of two reviewers, of whoever looks.
pub fn seat(assessment: &Assessment) -> Option<Seat> {
    assessment
        .reviewers
        .of(assessment.viewer)
        .map(|reviewer| reviewer.place)
}

/// Do two people rate, and neither is the one who looks? Then how far they are cannot be told from what may be seen.
pub fn out_of_sight(assessment: &Assessment) -> bool {
    assessment.reviewers.phase() == Phase::Blind && seat(assessment).is_none()
}

/// `3 of 6 rated`; nothing where the ratings are out of sight, or came from an earlier year's record, with or without a review.
pub fn progress(assessment: &Assessment, element: &Element) -> Option<String> {
    if out_of_sight(assessment) || assessment.imported {
        return None;
    }
    let lines = assessment.lines[element.criteria.clone()]
        .iter()
        .filter(|l| !l.entry.not_applicable());
    let (rated, all) = lines.fold((0, 0), |(rated, all), l| {
        (rated + usize::from(is_rated(assessment, l)), all + 1)
    });
    Some(format!("{rated} of {all} rated"))
}

/// Has a line its rating, as far as it is the actor's to give? Two reviewers who gave the same have settled it.
pub fn is_rated(assessment: &Assessment, line: &Line) -> bool {
    match assessment.writes {
        Writes::Reading(_) => line.own_review.rating.is_some(),
        Writes::Review | Writes::Nothing => line.entry.review_rating().or(line.own_review.rating).is_some(),
    }
}

fn after(at: &AssessmentPath, assessment: &Assessment, element: &Element) -> String {
    match assessment
        .framework
        .elements
        .iter()
        .skip_while(|e| e.id != element.id)
        .nth(1)
    {
        Some(next) => at.review(&next.id),
        None => at.page("review"),
    }
}

fn page(at: AssessmentPath, assessment: Assessment, element: Element, parts: Vec<CriterionForm<Review>>) -> Page {
    let may_review = may_write(&assessment);
    let (title, up) = (element.title.clone(), at.page("review"));
    let page = Page::built(title, move || body(&at, &assessment, &element, &parts))
        .with_back(up, "Review")
        .wide();
    if may_review { page.with_islands() } else { page }
}

fn may_write(assessment: &Assessment) -> bool {
    assessment.may(Operation::Review) && assessment.writes != Writes::Nothing
}

/// Returns what the two reviewers are about, above the criteria; nothing where one reviews.
fn phase_words(assessment: &Assessment) -> Option<&'static str> {
    match (assessment.reviewers.phase(), assessment.writes) {
        (Phase::Blind, Writes::Reading(_)) => {
            Some("Two people review. The other does not see your ratings, nor you theirs, until both are in.")
        }
        (Phase::Blind, Writes::Nothing) if seat(assessment).is_some() => {
            Some("Your ratings are in, and stay as they are. Those of the other reviewer show once they are in too.")
        }
        (Phase::Blind, _) => Some("Two people review. Their ratings show once both are in."),
        (Phase::Together, _) => Some("Both reviewers’ ratings are in. Where they differ, agree the final rating."),
        (Phase::Alone, _) => None,
    }
}

fn body(at: &AssessmentPath, assessment: &Assessment, element: &Element, parts: &[CriterionForm<Review>]) -> AnyView {
    let may_review = may_write(assessment);
    let lines = &assessment.lines[element.criteria.clone()];
    let errors: Vec<_> = parts.iter().flat_map(|p| p.errors().to_vec()).collect();
    let sections = assessment
        .framework
        .criteria_of(element)
        .iter()
        .zip(lines)
        .zip(parts)
        .enumerate()
        .map(|(i, ((criterion, line), part))| {
            let place = element.criteria.start + i;
            let last_year = view! { {previous::card(assessment, place)} {plan::earlier(assessment, place)} }.into_any();
            side_by_side(
                at,
                assessment,
                element,
                criterion,
                line,
                may_review.then_some(part),
                last_year,
            )
        })
        .collect_view();
    let body = if may_review {
        view! {
            <form method="post" action=at.review(&element.id) novalidate autocomplete="off" class="app-form">
                {first_button()}
                <Keys>{sections}</Keys>
                <div class="govuk-button-group app-save-bar">
                    <button type="submit" class="govuk-button" name="then" value="next">"Save and continue"</button>
                    <button type="submit" class="govuk-button govuk-button--secondary" name="then" value="review">"Save and go to the review"</button>
                </div>
            </form>
        }
        .into_any()
    } else {
        sections.into_any()
    };
    view! {
        {error_summary(&errors)}
        <span class="govuk-caption-l">{format!("Review of {}, {}", assessment.practice.info.name, assessment.cycle)}</span>
        <h1 class="govuk-heading-l">{element.title.clone()}</h1>
        {phase_words(assessment).map(|words| view! { <div class="govuk-inset-text">{words}</div> })}
        {progress(assessment, element).map(|words| view! { <p class="govuk-body app-progress" data-progress="">{words}</p> })}
        {body}
    }
    .into_any()
}

fn side_by_side(
    at: &AssessmentPath,
    assessment: &Assessment,
    element: &Element,
    criterion: &Criterion,
    line: &Line,
    part: Option<&CriterionForm<Review>>,
    last_year: AnyView,
) -> impl IntoView + use<> {
    let review = match part {
        Some(_) if line.entry.not_applicable() => {
            view! { <p class="govuk-body">"Set aside as not applicable. Ask about it below if you do not agree."</p> }
                .into_any()
        }
        _ => ().into_any(),
    };
    let together = assessment.reviewers.phase() == Phase::Together;
    let blind = assessment.reviewers.phase() == Phase::Blind;
    let own_side = match part {
        Some(part) if together => view! { {both(line)} {form(at, element, criterion, part, TOGETHER)} }.into_any(),
        Some(part) => form(at, element, criterion, part, ALONE),
        None if blind => seat(assessment)
            .map(|_| entry::own_reading(&line.own_review))
            .into_any(),
        None => entry::review(&line.entry).into_any(),
    };
    // to choose from, they stand beside the buttons
    let levels = part.is_none().then(|| criterion::anchors(criterion));
    let clarification = match thread::in_short(at, &criterion.id, line) {
        Some(short) => short.into_any(),
        None => part.map(|_| ask_now(at, criterion)).into_any(),
    };
    let heading = if together { "The review" } else { "Your review" };
    view! {
        <section class="app-criterion" id=criterion.id.to_string() tabindex="-1" aria-labelledby=format!("{}-title", criterion.id)>
            <h2 class="govuk-heading-m" id=format!("{}-title", criterion.id)>{criterion.title.clone()}</h2>
            {criterion::tags(criterion)}
            {markdown(&criterion.asks)}
            {levels}
            <details class="govuk-details">
                <summary class="govuk-details__summary"><span class="govuk-details__summary-text">"Why it matters and what to look for"</span></summary>
                <div class="govuk-details__text">{criterion::guidance(&assessment.framework, criterion).into_any()}</div>
            </details>
            <div class="app-side-by-side">
                <div class="app-side-by-side__theirs">
                    <h3 class="govuk-heading-s">"What the Practice says"</h3>
                    {entry::answer(criterion, &line.entry).into_any()}
                    {register::covering(assessment, &criterion.id).map(|entries| view! { <dl class="app-facts">{entries}</dl> }).into_any()}
                    {evidence::cited(&at.practice, &line.cited).into_any()}
                    {last_year}
                </div>
                <div class="app-side-by-side__ours">
                    <h3 class="govuk-heading-s">{heading}</h3>
                    {review}
                    {own_side}
                    {clarification}
                </div>
            </div>
        </section>
    }
}

/// Returns a question that shall not wait until the assessment is returned.
fn ask_now(at: &AssessmentPath, criterion: &Criterion) -> impl IntoView + use<> {
    view! {
        <p class="govuk-body-s"><a class="govuk-link" href=at.ask(&criterion.id)>
            "Ask now, without returning it"<span class="govuk-visually-hidden">{format!(": {}", criterion.title)}</span>
        </a></p>
    }
}

/// Returns what both reviewers said, and whether they agree.
fn both(line: &Line) -> impl IntoView + use<> {
    let settled = line.entry.review_rating();
    let words = match (line.entry.needs_consensus(), settled) {
        (true, _) => view! { <strong class="govuk-tag govuk-tag--yellow">"Differ: settle below"</strong> }.into_any(),
        (false, Some(rating)) => format!("Counts: {}", entry::words(rating)).into_any(),
        (false, None) => ().into_any(),
    };
    view! { <dl class="app-facts">{entry::readings(&line.entry)}</dl> <p class="govuk-body">{words}</p> }
}

/// The labels of rating and comment where one reviews, and where two settle together.
const ALONE: [&str; 2] = ["Your rating", "Why"];
const TOGETHER: [&str; 2] = [
    "Settled together",
    "How it was settled (needed if it is not the other reviewer’s rating)",
];

fn form(
    at: &AssessmentPath,
    element: &Element,
    criterion: &Criterion,
    part: &CriterionForm<Review>,
    [rating, why]: [&'static str; 2],
) -> AnyView {
    let fields = view! {
        <Radios name=part.name("rating") legend=rating choices=criterion::levels(criterion) chosen=part.text("rating") error=part.error("rating")/>
        {conflict::clear(part, "Clear this rating", &criterion.title)}
        <TextArea name=part.name("comment") label=why rows=2 value=part.text("comment") error=part.error("comment")/>
        <TextArea name=part.name("question") label="Question to the Practice" hint="Sent when you return the assessment." rows=2 value=part.text("question") error=part.error("question")/>
    };
    autosaved(at.review(&element.id), part, fields.into_any())
}
