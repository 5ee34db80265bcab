//! What moderation still waits for: ratings that are missing, and what two reviewers have not settled yet.

use super::sheet::{is_rated, out_of_sight};
use crate::{paths::AssessmentPath, ui::text::count};
use framework::{
    criteria::{Criterion, Element},
    reviewers::Phase,
};
use leptos::prelude::*;
use store::{Assessment, Line};

/// Returns how many applicable criteria whoever looks has not rated, or who reviews alone.
pub fn unrated(assessment: &Assessment) -> usize {
    let applicable = assessment.lines.iter().filter(|line| !line.entry.not_applicable());
    applicable.filter(|line| !is_rated(assessment, line)).count()
}

/// Returns why not everything can be settled yet, with the way to where it is done; nothing where nothing is missing.
pub fn notice(at: &AssessmentPath, assessment: &Assessment) -> Option<AnyView> {
    if assessment.reviewers.phase() == Phase::Blind {
        return Some(blind(at, assessment));
    }
    let lines = |wanted: fn(&Line) -> bool| assessment.lines.iter().filter(|line| wanted(line)).count();
    let unsettled = lines(|line| line.entry.needs_consensus());
    let unrated = lines(|line| line.entry.needs_review()) - unsettled;
    let sentences = [
        (unrated > 0).then(|| {
            count(
                unrated,
                "criterion has no review rating yet.",
                "criteria have no review rating yet.",
            )
        }),
        (unsettled > 0).then(|| {
            count(
                unsettled,
                "criterion was rated differently by the two reviewers, who have not settled it yet.",
                "criteria were rated differently by the two reviewers, who have not settled them yet.",
            )
        }),
    ];
    let sentences: Vec<String> = sentences.into_iter().flatten().collect();
    let elements = assessment.framework.elements.iter();
    let links = elements
        .filter_map(|element| link(at, assessment, element))
        .collect_view();
    (!sentences.is_empty()).then(|| {
        view! {
            <div class="govuk-inset-text">
                <p class="govuk-body">{sentences.join(" ")} " Moderation can be completed once all are rated."</p>
                <ul class="govuk-list">{links}</ul>
            </div>
        }
        .into_any()
    })
}

/// While two rate and neither sees the other's ratings.
fn blind(at: &AssessmentPath, assessment: &Assessment) -> AnyView {
    let own = (!out_of_sight(assessment)).then(|| match unrated(assessment) {
        0 => "You have rated every criterion.".to_owned(),
        n => format!("You have not rated {} yet.", count(n, "criterion", "criteria")),
    });
    view! {
        <div class="govuk-inset-text">
            <p class="govuk-body">"Two people review this assessment. Moderation begins once the ratings of both are in. " {own}</p>
            <p class="govuk-body"><a class="govuk-link" href=at.page("review")>"Go to the review"</a></p>
        </div>
    }
    .into_any()
}

/// Returns the way to the first criterion of an element that still waits.
fn link(at: &AssessmentPath, assessment: &Assessment, element: &Element) -> Option<impl IntoView + use<>> {
    let criteria = assessment.framework.criteria_of(element).iter();
    let lines = &assessment.lines[element.criteria.clone()];
    let waiting: Vec<&Criterion> = criteria
        .zip(lines)
        .filter(|(_, line)| line.entry.needs_review())
        .map(|(criterion, _)| criterion)
        .collect();
    let href = at.review_criterion(&element.id, &waiting.first()?.id);
    let words = format!(": {} to rate", waiting.len());
    Some(view! { <li><a class="govuk-link" href=href>{element.title.clone()}</a>{words}</li> })
}
