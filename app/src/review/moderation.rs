//! Settling differences between self-rating and review, and saying what low ratings and slips are put down to.

use super::{missing, reviewable, sheet::seat};
use crate::{
    edit::{self, CriterionForm},
    paths::AssessmentPath,
    ui::{
        autosaved::autosaved,
        conflict, criterion, entry, evidence,
        form::{Radios, Select, TextArea, error_summary, first_button},
        plan, previous, register,
        text::{count, markdown},
    },
    web::{Answered, AppState, Fields, Page, Refusal, SignedIn, gate::wants_json, render::see_other},
};
use axum::{
    extract::{Path, State},
    http::HeaderMap,
};
use framework::{
    adaptation::{Adaptation, put_down, to_explain},
    assessment::{AdaptationClass, Agreement, Entry, FieldError},
    criteria::Criterion,
    lifecycle::{Operation, Status},
    reviewers::Phase,
    sheet::CriterionRatings,
};
use leptos::prelude::*;
use store::{Assessment, Line};
use time::OffsetDateTime;

pub async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, cycle)): Path<(String, String)>,
) -> Answered {
    let (at, assessment) = reviewable(&state, &actor, &practice, &cycle).await?;
    let parts = parts(&assessment, &Fields::default());
    Ok(page(at, assessment, parts).respond(&state, Some(&actor)).await)
}

pub async fn save(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, cycle)): Path<(String, String)>,
    headers: HeaderMap,
    fields: Fields,
) -> Answered {
    let (at, mut assessment) = reviewable(&state, &actor, &practice, &cycle).await?;
    let mut parts = parts(&assessment, &fields);
    for ((criterion, line), part) in assessment
        .framework
        .criteria
        .iter()
        .zip(&assessment.lines)
        .zip(&mut parts)
    {
        part.require(criterion, |agreement| rule(&assessment, criterion, line, agreement));
    }
    let now = OffsetDateTime::now_utc();
    let store = state.store.confirming(&actor, edit::confirmed_details(&parts));
    let save = |changes| store.save_agreements(&actor, &at.practice, &at.cycle, changes, now);
    let stored = edit::save(&assessment.framework.criteria, &mut parts, save).await?;

    if wants_json(&headers) {
        for (place, agreement) in stored {
            assessment.lines[place].entry.agreement = agreement;
        }
        return Ok(edit::json(&parts, &progress(&assessment), now));
    }
    let Some(refused) = edit::refused_status(&parts) else {
        if let Some(criterion) = edit::cleared(&fields) {
            return Ok(see_other(format!("{}#{criterion}", at.page("moderation"))));
        }
        return Ok(see_other(at.page("review")));
    };
    let again = reviewable(&state, &actor, &practice, &cycle).await;
    let (_, assessment) = again.map_err(Refusal::after_save)?;
    Ok(page(at, assessment, parts)
        .with_status(refused)
        .respond(&state, Some(&actor))
        .await)
}

fn parts(assessment: &Assessment, fields: &Fields) -> Vec<CriterionForm<Agreement>> {
    let criteria = assessment.framework.criteria.iter();
    criteria
        .zip(&assessment.lines)
        .map(|(c, line)| CriterionForm::posted(&c.id, &line.entry.agreement, line.agreement_revision, fields))
        .collect()
}

/// Why a criterion is on the page.
struct Matter {
    /// Place in the framework.
    index: usize,
    /// Levels between self-rating and review.
    apart: u8,
    /// Does it need one of the four explanations?
    to_explain: bool,
    /// Or would it, with the other of the two ratings?
    perhaps: bool,
}

/// Returns the criteria to settle or explain: the largest differences first.
fn matters(assessment: &Assessment) -> Vec<Matter> {
    let mut all: Vec<Matter> = assessment
        .lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !line.entry.not_applicable())
        .filter_map(|(place, line)| {
            let apart = apart(&line.entry);
            let (mark, before) = (
                CriterionRatings::from(&line.entry),
                previous::comparable(assessment, place),
            );
            let with = |agreed_rating| to_explain(&CriterionRatings { agreed_rating, ..mark }, before);
            let now = to_explain(&mark, before);
            (apart > 0 || now).then_some(Matter {
                index: place,
                apart,
                to_explain: now,
                perhaps: apart > 0 && (with(mark.self_rating) || with(mark.review_rating)),
            })
        })
        .collect();
    all.sort_by_key(|m| std::cmp::Reverse(m.apart));
    all
}

fn apart(entry: &Entry) -> u8 {
    let levels = entry.self_rating().zip(entry.review_rating());
    levels.map_or(0, |(own, review)| own.level().abs_diff(review.level()))
}

/// An agreed adaptation must be one of the register, in force on the assessment's day; and what asks for a reason has one.
fn rule(assessment: &Assessment, criterion: &Criterion, line: &Line, agreement: Agreement) -> Result<(), FieldError> {
    let refuse = |message: &str| FieldError {
        field: "class",
        message: message.to_owned(),
    };
    put_down(&criterion.id, agreement, &assessment.register, assessment.as_of)
        .map_err(refuse)?
        .reasoned(&line.entry, seat(assessment))
}

fn progress(assessment: &Assessment) -> String {
    let lines = |wanted: fn(&Line) -> bool| assessment.lines.iter().filter(|line| wanted(line)).count();
    let unexplained = matters(assessment)
        .iter()
        .filter(|m| m.to_explain && !assessment.lines[m.index].entry.agreement.is_put_down())
        .count();
    let waits = [
        (
            lines(|line| line.entry.needs_review()),
            ["criterion without a review rating", "criteria without a review rating"],
        ),
        (
            lines(|line| line.entry.needs_moderation()),
            ["difference is open", "differences are open"],
        ),
        (
            unexplained,
            ["rating is still to be explained", "ratings are still to be explained"],
        ),
        (
            lines(|line| line.entry.lacks_reason()),
            ["reason is missing", "reasons are missing"],
        ),
    ];
    let waits: Vec<String> = (waits.into_iter().filter(|(n, _)| *n > 0))
        .map(|(n, [one, many])| count(n, one, many))
        .collect();
    match waits.is_empty() {
        true => "Every difference is settled and every low rating explained".to_owned(),
        false => waits.join(", "),
    }
}

fn page(at: AssessmentPath, assessment: Assessment, parts: Vec<CriterionForm<Agreement>>) -> Page {
    let may_agree = assessment.may(Operation::Agree);
    let up = at.page("review");
    let page = Page::built("Moderation", move || body(&at, &assessment, &parts))
        .with_back(up, "Review")
        .wide();
    if may_agree { page.with_islands() } else { page }
}

fn body(at: &AssessmentPath, assessment: &Assessment, parts: &[CriterionForm<Agreement>]) -> AnyView {
    let may_agree = assessment.may(Operation::Agree);
    let errors: Vec<_> = parts.iter().flat_map(|p| p.errors().to_vec()).collect();
    let matters = matters(assessment);
    let over = assessment.status == Status::Finalised;
    let missing = (!over).then(|| missing::notice(at, assessment)).flatten();
    // what cannot be seen yet cannot be counted
    let progress = (!over && assessment.reviewers.phase() != Phase::Blind)
        .then(|| view! { <p class="govuk-body app-progress" data-progress="">{progress(assessment)}</p> });
    let body = if matters.is_empty() && missing.is_some() {
        ().into_any()
    } else if matters.is_empty() && assessment.lines.iter().any(|line| line.entry.needs_review()) {
        view! { <p class="govuk-body">"Nothing was settled: this assessment was finalised without a review rating on every criterion."</p> }.into_any()
    } else if matters.is_empty() {
        view! { <p class="govuk-body">"Nothing to settle: self-rating and review are the same on every criterion, and none is below the expected level or lower than last time."</p> }.into_any()
    } else {
        let sections = matters
            .iter()
            .map(|m| matter(at, assessment, m, &parts[m.index], may_agree))
            .collect_view();
        let save = may_agree
            .then(|| view! { <button type="submit" class="govuk-button">"Save and go to the review"</button> });
        view! { <form method="post" action=at.page("moderation") novalidate autocomplete="off" class="app-form">{first_button()}{sections}{save}</form> }.into_any()
    };
    view! {
            {error_summary(&errors)}
            <span class="govuk-caption-l">{format!("Review of {}, {}", assessment.practice.info.name, assessment.cycle)}</span>
            <h1 class="govuk-heading-l">"Moderation"</h1>
            <p class="govuk-body">
                "Settle each difference with the Practice, the largest first. Where a rating is below 4, or lower than last time, say what it is put down to: an adaptation that was agreed and in force when the assessment was submitted, drift, or “not yet explained”, which is an honest answer."
            </p>
            <p class="govuk-body">
                "Give a reason where a rating is lowered by two levels or more from the Practice’s own, is explained by unplanned drift, or is not what another reviewer gave."
            </p>
            {missing}
            {progress}
            {body}
    }
    .into_any()
}

fn matter(
    at: &AssessmentPath,
    assessment: &Assessment,
    matter: &Matter,
    part: &CriterionForm<Agreement>,
    may_agree: bool,
) -> impl IntoView + use<> {
    let criterion = &assessment.framework.criteria[matter.index];
    let line = &assessment.lines[matter.index];
    let why = match (matter.apart, matter.to_explain) {
        (0, _) => "Below 4, or lower than last time".to_owned(),
        (n, _) => format!("{} apart", count(n.into(), "level", "levels")),
    };
    let form = if may_agree {
        form(at, assessment, matter, part)
    } else {
        entry::review(&line.entry).into_any()
    };
    // to choose from, they stand beside the buttons
    let chooses = may_agree && matter.apart > 0;
    let levels = (!chooses).then(|| criterion::anchors(criterion));
    let key_facts = view! {
        <dl class="app-facts">
            {entry::fact("Self-rating", line.entry.self_rating().map(entry::words))}
            {entry::readings(&line.entry)}
            {entry::fact("Review rating", line.entry.review_rating().map(entry::words))}
            {entry::fact("Last cycle", previous::comparable(assessment, matter.index).map(entry::words))}
            {entry::prose_fact("Evidence", &line.entry.answer.evidence)}
            {entry::prose_fact("Comment", &line.entry.answer.comment)}
            {entry::prose_fact("Adaptation", &line.entry.answer.adaptation)}
            {register::covering(assessment, &criterion.id).into_any()}
            {entry::prose_fact("Reviewer’s comment", &line.entry.review.comment)}
        </dl>
    };
    view! {
        <section class="app-criterion" id=criterion.id.to_string()>
            <h2 class="govuk-heading-m">{criterion.title.clone()}</h2>
            <p class="govuk-body"><strong class="govuk-tag govuk-tag--yellow">{why}</strong></p>
            {markdown(&criterion.asks)}
            {levels}
            <div class="app-side-by-side">
                <div class="app-side-by-side__theirs">{key_facts.into_any()}{evidence::cited(&at.practice, &line.cited).into_any()}{plan::earlier(assessment, matter.index)}</div>
                <div class="app-side-by-side__ours">{form}</div>
            </div>
        </section>
    }
}

fn form(at: &AssessmentPath, assessment: &Assessment, matter: &Matter, part: &CriterionForm<Agreement>) -> AnyView {
    let levels = criterion::levels(&assessment.framework.criteria[matter.index]);
    let classes = classes(assessment, matter.index, &part.text("class"));
    let rating = (matter.apart > 0).then(|| {
        let title = &assessment.framework.criteria[matter.index].title;
        view! {
            <Radios name=part.name("rating") legend="Agreed rating" choices=levels chosen=part.text("rating") error=part.error("rating")/>
            {conflict::clear(part, "Clear this rating", title)}
        }
    });
    let fields = view! {
        {rating}
        {(matter.to_explain || matter.perhaps).then(|| view! {
            <Select name=part.name("class") label="Explained by" options=classes chosen=part.text("class") error=part.error("class")/>
        })}
        <TextArea name=part.name("comment") label="How it was agreed" rows=2 value=part.text("comment") error=part.error("comment")/>
    };
    autosaved(at.page("moderation"), part, fields.into_any())
}

/// Returns what it can be put down to: the adaptations that were agreed for it on the assessment's day, or drift, or nothing yet.
/// What was chosen before and can be chosen no more stays in the list, so that nothing is lost unseen.
fn classes(assessment: &Assessment, index: usize, chosen: &str) -> Vec<(String, String)> {
    let criterion = &assessment.framework.criteria[index].id;
    let agreed = assessment.register.iter().filter_map(|adaptation| {
        let round = adaptation.covering(criterion, assessment.as_of?)?;
        let words = format!("{}: {}", round.class()?.name(), round.proposal.title);
        Some((adaptation.id.0.to_string(), words))
    });
    let drift = [AdaptationClass::Unplanned, AdaptationClass::Unexplained];
    let drift = drift.into_iter().map(|c| (c.code().to_owned(), c.name().to_owned()));
    let mut all: Vec<_> = std::iter::once((String::new(), "Choose".to_owned()))
        .chain(agreed)
        .chain(drift)
        .collect();
    if all.iter().all(|(value, _)| value != chosen) {
        all.push((chosen.to_owned(), no_longer(assessment, chosen)));
    }
    all
}

fn no_longer(assessment: &Assessment, chosen: &str) -> String {
    let named = |adaptation: &&Adaptation| adaptation.id.0.to_string() == chosen;
    match assessment.register.iter().find(named).and_then(Adaptation::latest) {
        Some(round) => format!(
            "{} (not in force that day: counts as not yet explained)",
            round.proposal.title
        ),
        None => AdaptationClass::from_code(chosen)
            .map(|class| format!("{} (not in the register)", class.name()))
            .unwrap_or_default(),
    }
}
