//! The register of adaptations beside other things: where an entry stands, and which entries cover a criterion.

use crate::paths;
use framework::{
    adaptation::{Adaptation, AdaptationStatus, AsOf, Phase, Round},
    assessment::AdaptationClass,
    day,
    ids::CriterionId,
    library::Library,
};
use leptos::prelude::*;
use store::Assessment;

pub use super::text::today;

/// Where an adaptation stands, as a tag; the colour only repeats the words.
pub fn tag(phase: Phase) -> impl IntoView {
    let (words, colour) = match phase {
        Phase::Waiting => ("Waiting for a decision", "govuk-tag--yellow"),
        Phase::InForce => ("In force", "govuk-tag--green"),
        Phase::Upcoming => ("Agreed, begins later", "govuk-tag--light-blue"),
        Phase::Draft => ("Draft", "govuk-tag--grey"),
        Phase::Refused => ("Not agreed", "govuk-tag--orange"),
        Phase::Expired => ("Over", "govuk-tag--grey"),
    };
    view! { <strong class=format!("govuk-tag {colour}")>{words}</strong> }
}

/// Returns a criterion's statement in the newest version that has it.
pub fn criterion_title(library: &Library, id: &CriterionId) -> String {
    let newest = library.versions().filter_map(|version| version.criterion(id)).last();
    newest.map_or_else(|| id.to_string(), |criterion| criterion.title.clone())
}

/// `since 1 March 2026, until 31 August 2026`
pub fn days(round: &Round) -> String {
    let since = day::words(round.proposal.since);
    match round.until() {
        Some(until) => format!("since {since}, until {}", day::words(until)),
        None => format!("since {since}, without an end"),
    }
}

/// Returns the entries that cover a criterion, each with where it stands on the assessment's day; nothing where there is none.
pub fn covering(assessment: &Assessment, criterion: &CriterionId) -> Option<impl IntoView + use<>> {
    let at = assessment.as_of.unwrap_or_else(|| AsOf::on(today()));
    let items: Vec<_> = (assessment.register.iter())
        .filter_map(|adaptation| Some((adaptation, shown(adaptation, criterion, at)?)))
        .map(|(adaptation, (round, words))| {
            let href = paths::adaptation(&assessment.practice.info.slug, adaptation.id);
            view! {
                <li>
                    <a class="govuk-link" href=href>{round.proposal.title.clone()}</a>
                    {format!(": {words}, {}", days(round))}
                </li>
            }
        })
        .collect();
    (!items.is_empty()).then(|| {
        view! {
            <div class="app-facts__row">
                <dt>"Register of adaptations"</dt>
                <dd><ul class="govuk-list app-register">{items}</ul></dd>
            </div>
        }
    })
}

/// Returns the round of an adaptation that matters for a criterion on a day, and what it is then.
fn shown<'a>(adaptation: &'a Adaptation, criterion: &CriterionId, at: AsOf) -> Option<(&'a Round, String)> {
    let covers = |round: &&Round| round.proposal.criteria.contains(criterion);
    if let Some(round) = adaptation.in_force(at).filter(covers) {
        let class = round.class().map(AdaptationClass::name).unwrap_or_default();
        return Some((round, format!("{class}, in force on {}", day::words(at.day))));
    }
    if let Some(round) = adaptation.expired(at).filter(covers) {
        return Some((round, format!("over on {}", day::words(at.day))));
    }
    let latest = adaptation.latest().filter(covers)?;
    let words = match latest.state() {
        AdaptationStatus::Decided(ruling) if ruling.class().is_some() => {
            format!("agreed, not in force on {}", day::words(at.day))
        }
        state => state.name().to_owned(),
    };
    Some((latest, words))
}
