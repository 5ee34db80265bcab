//! A Practice's register: what waits, what holds, what ends soon, what is over.

use crate::{
    paths,
    ui::{
        register::{days, tag, today},
        text::count,
    },
    web::{Answered, AppState, Page, Refusal, SignedIn},
};
use axum::extract::{Path, State};
use framework::{
    actor::Standing,
    adaptation::{Adaptation, AdaptationOperation, AdaptationStatus as Stand, AsOf, Phase, next},
    day,
    ids::PracticeSlug,
};
use leptos::prelude::*;
use store::Practice;
use time::Date;

pub async fn show(State(state): State<AppState>, SignedIn(actor): SignedIn, Path(practice): Path<String>) -> Answered {
    let slug = PracticeSlug::parse(&practice).map_err(|_| Refusal::NotFound)?;
    let (practice, register) = state.store.register(&actor, &slug).await?;
    let standing = actor.standing(practice.id);
    Ok(page(&practice, standing, &register, today())
        .respond(&state, Some(&actor))
        .await)
}

const GROUPS: [(Phase, &str); 6] = [
    (Phase::Waiting, "Waiting for a decision"),
    (Phase::InForce, "In force"),
    (Phase::Upcoming, "Agreed, begins later"),
    (Phase::Draft, "Draft"),
    (Phase::Refused, "Not agreed"),
    (Phase::Expired, "Over"),
];

fn page(practice: &Practice, standing: Standing, register: &[Adaptation], today: Date) -> Page {
    let slug = &practice.info.slug;
    let add = next(Stand::Draft, AdaptationOperation::Write, standing)
        .is_ok()
        .then(|| view! { <a class="govuk-button" href=paths::new_adaptation(slug, None)>"Add an adaptation"</a> });
    let body = if register.is_empty() {
        view! {
            <p class="govuk-body">
                "Nothing is in the register yet. Record here what the Practice does differently on purpose. National Pause can then agree to it, and a lower rating that comes of it is not taken for drift."
            </p>
        }
        .into_any()
    } else {
        let groups = GROUPS
            .iter()
            .map(|(phase, title)| group(slug, register, *phase, title, today));
        groups.collect_view().into_any()
    };
    Page::new(
        format!("Adaptations of {}", practice.info.name),
        view! {
            <span class="govuk-caption-l">{practice.info.name.clone()}</span>
            <h1 class="govuk-heading-l">"Adaptations"</h1>
            {soon(slug, register, today)}
            {add}
            {body}
        },
    )
    .with_back(paths::practice(slug), practice.info.name.clone())
}

fn group(
    slug: &PracticeSlug,
    register: &[Adaptation],
    phase: Phase,
    title: &'static str,
    today: Date,
) -> Option<impl IntoView + use<>> {
    let rows: Vec<_> = (register.iter())
        .filter(|adaptation| adaptation.phase(today) == phase)
        .map(|adaptation| row(slug, None, adaptation, phase, today))
        .collect();
    (!rows.is_empty())
        .then(|| view! { <h2 class="govuk-heading-m">{title}</h2><ul class="govuk-task-list">{rows}</ul> })
}

/// One entry: its name, its days, how many criteria it touches; whose it is where other Practices' stand beside it.
pub fn row(
    slug: &PracticeSlug,
    whose: Option<&str>,
    adaptation: &Adaptation,
    phase: Phase,
    today: Date,
) -> Option<impl IntoView + use<>> {
    let latest = adaptation.latest()?;
    let shown = match phase {
        Phase::InForce => adaptation.in_force(AsOf::on(today))?,
        _ => latest,
    };
    let ruling = shown
        .class()
        .map(|class| format!("{}; ", class.name()))
        .unwrap_or_default();
    let since = match latest.state() {
        Stand::Draft if phase == Phase::InForce => "; a new proposal is being written",
        Stand::Decided(ruling) if phase == Phase::InForce && ruling.class().is_none() => {
            "; a later proposal was not agreed"
        }
        _ => "",
    };
    let criteria = count(shown.proposal.criteria.len(), "criterion", "criteria");
    let whose = whose.map(|name| format!("{name}; ")).unwrap_or_default();
    let hint = format!("{whose}{ruling}{}; {criteria}{since}", days(shown));
    Some(view! {
        <li class="govuk-task-list__item govuk-task-list__item--with-link">
            <div class="govuk-task-list__name-and-hint">
                <a class="govuk-link govuk-task-list__link" href=paths::adaptation(slug, adaptation.id)>{shown.proposal.title.clone()}</a>
                <div class="govuk-task-list__hint">{hint}</div>
            </div>
            <div class="govuk-task-list__status">{tag(phase)}</div>
        </li>
    })
}

/// Returns what ends soon, so that it can be proposed anew in time.
fn soon(slug: &PracticeSlug, register: &[Adaptation], today: Date) -> Option<impl IntoView + use<>> {
    let items: Vec<_> = (register.iter())
        .filter_map(|adaptation| {
            let until = adaptation.ends_soon(today)?;
            let title = adaptation.latest()?.proposal.title.clone();
            let href = paths::adaptation(slug, adaptation.id);
            let words = format!(" ends on {}", day::words(until));
            Some(view! { <li><a class="govuk-link" href=href>{title}</a>{words}</li> })
        })
        .collect();
    (!items.is_empty()).then(|| {
        view! {
            <div class="govuk-inset-text">
                <p class="govuk-body">"Ends soon. After its last day an adaptation explains nothing any more. If it is still needed, propose it again."</p>
                <ul class="govuk-list govuk-list--bullet">{items}</ul>
            </div>
        }
    })
}
