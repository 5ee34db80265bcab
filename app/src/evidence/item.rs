//! One item: its versions, where it is cited, who said that it is still true, and what can be done with it.

use super::{item_of, library_of};
use crate::{
    paths::{AssessmentPath, EvidencePath},
    ui::{
        entry::fact,
        evidence::{content, expired_tag, made_of},
        form::hidden,
        text::{moment, prose, today},
    },
    web::{Answered, AppState, Fields, Page, Refusal, SignedIn, render::see_other},
};
use axum::extract::{Path, State};
use framework::{
    actor::Standing,
    day,
    ids::CycleId,
    lifecycle::{Operation, next},
};
use leptos::prelude::*;
use store::{EvidenceItem, EvidenceVersion, Use};
use time::{Date, OffsetDateTime};

type ItemPath = Path<(String, String)>;

pub async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, item)): ItemPath,
) -> Answered {
    let (at, id) = (library_of(&practice)?, item_of(&item)?);
    let item = state.store.evidence_item(&actor, &at.practice, id).await?;
    let today = today();
    Ok(page(&at, &item, today).respond(&state, Some(&actor)).await)
}

pub async fn withdraw(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, item)): ItemPath,
    fields: Fields,
) -> Answered {
    let (at, id) = (library_of(&practice)?, item_of(&item)?);
    let withdrawn = match fields.get("withdrawn") {
        "yes" => true,
        "no" => false,
        other => return Err(Refusal::Unreadable(format!("withdrawn: {other}"))),
    };
    let now = OffsetDateTime::now_utc();
    state
        .store
        .withdraw_evidence(&actor, &at.practice, id, withdrawn, now)
        .await?;
    Ok(see_other(at.item(id)))
}

pub async fn confirm(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, item)): ItemPath,
    fields: Fields,
) -> Answered {
    let (at, id) = (library_of(&practice)?, item_of(&item)?);
    // whoever may not see it gets no other answer for a wrong cycle
    state.store.evidence_item(&actor, &at.practice, id).await?;
    let cycle = CycleId::parse(fields.get("cycle")).map_err(|error| Refusal::Unreadable(error.to_string()))?;
    let now = OffsetDateTime::now_utc();
    state
        .store
        .confirm_evidence(&actor, &at.practice, &cycle, id, now)
        .await?;
    Ok(see_other(at.item(id)))
}

fn page(at: &EvidencePath, item: &EvidenceItem, today: Date) -> Page {
    let versions = item
        .versions
        .iter()
        .map(|version| one(at, item, version, today))
        .collect_view();
    let title = item
        .versions
        .first()
        .map(|latest| latest.evidence.title.to_string())
        .unwrap_or_default();
    let heading = if item.versions.len() > 1 {
        "Versions, the latest first"
    } else {
        "What it is"
    };
    let page = Page::new(
        title.clone(),
        view! {
            <span class="govuk-caption-l">{format!("Evidence of {}", item.practice.info.name)}</span>
            <h1 class="govuk-heading-l">{title}</h1>
            {withdrawn(item)}
            {expired(item, today)}
            {to_confirm(at, item)}
            {item.keeps.then(|| buttons(at, item))}
            <h2 class="govuk-heading-m">{heading}</h2>
            {versions}
            {uses(at, item)}
            {confirmations(item)}
        },
    );
    if item.keeps {
        page.with_back(at.library(), "Evidence")
    } else {
        page.with_back(crate::paths::practice(&at.practice), item.practice.info.name.clone())
    }
}

fn withdrawn(item: &EvidenceItem) -> Option<impl IntoView + use<>> {
    let (who, when) = item.withdrawn.clone()?;
    Some(view! {
        <div class="govuk-inset-text">
            {format!("Withdrawn by {who}, {}. It is not offered for citing; where it was read already, it stays.", moment(when))}
        </div>
    })
}

fn expired(item: &EvidenceItem, today: Date) -> Option<impl IntoView + use<>> {
    let latest = item.versions.first()?;
    (item.keeps && item.withdrawn.is_none() && latest.evidence.expired(today)).then(|| {
        view! {
            <div class="govuk-inset-text">
                "Its review-by day has passed, and it is marked as expired wherever it is cited. Look at it again: change what has changed, and set a new day."
            </div>
        }
    })
}

fn to_confirm(at: &EvidencePath, item: &EvidenceItem) -> Option<impl IntoView + use<>> {
    let action = at.act(item.id, "confirm");
    let forms = item
        .to_confirm
        .iter()
        .map(|cycle| {
            view! {
                <form method="post" action=action.clone()>
                    {hidden("cycle", cycle.as_str())}
                    <p class="govuk-body">
                        {format!("It is from before the {cycle} self-assessment was started. Look at it, then say whether it is still true; only then can it be cited there.")}
                    </p>
                    <button type="submit" class="govuk-button">{format!("It is still true for {cycle}")}</button>
                </form>
            }
        })
        .collect_view();
    (!item.to_confirm.is_empty()).then(|| {
        view! { <h2 class="govuk-heading-m">"Is it still true?"</h2> {forms} }
    })
}

fn buttons(at: &EvidencePath, item: &EvidenceItem) -> AnyView {
    if item.withdrawn.is_some() {
        return withdrawing(at, item, "no", "Restore").into_any();
    }
    view! {
        <p class="govuk-body"><a class="govuk-button govuk-button--secondary" href=at.act(item.id, "edit")>"Change"</a></p>
        <details class="govuk-details">
            <summary class="govuk-details__summary"><span class="govuk-details__summary-text">"Withdraw"</span></summary>
            <div class="govuk-details__text">
                {what_goes(at, item)}
                {withdrawing(at, item, "yes", "Withdraw this item")}
            </div>
        </details>
    }
    .into_any()
}

fn withdrawing(
    at: &EvidencePath,
    item: &EvidenceItem,
    word: &'static str,
    words: &'static str,
) -> impl IntoView + use<> {
    view! {
        <form method="post" action=at.act(item.id, "withdraw")>
            {hidden("withdrawn", word)}
            <button type="submit" class="govuk-button govuk-button--secondary">{words}</button>
        </form>
    }
}

/// Returns what withdrawing does, with each place it is taken out of, before anybody does it.
fn what_goes(at: &EvidencePath, item: &EvidenceItem) -> AnyView {
    let goes = |here: &&Use| next(here.status, Operation::Fill, Standing::Lead).is_ok();
    let rows: Vec<_> = item.uses.iter().filter(goes).map(|here| cited_at(at, here)).collect();
    if rows.is_empty() {
        return view! {
            <p class="govuk-body">"It is cited in no assessment that is being filled. It will not be offered for citing any more; where it was read already, it stays."</p>
        }
        .into_any();
    }
    view! {
        <p class="govuk-body">"It is taken out of the assessments that are being filled:"</p>
        <ul class="govuk-list govuk-list--bullet">{rows}</ul>
        <p class="govuk-body">"Restoring the item does not bring these citations back: you would cite it again on each criterion. Where it was read already, it stays."</p>
    }
    .into_any()
}

fn one(at: &EvidencePath, item: &EvidenceItem, version: &EvidenceVersion, today: Date) -> impl IntoView + use<> {
    let evidence = &version.evidence;
    let number = version.number;
    let review_by = evidence.review_by.map(|by| {
        view! {
            <div class="app-facts__row"><dt>"Review by"</dt><dd>{day::words(by)} " " {expired_tag(evidence, today)}</dd></div>
        }
    });
    let thing = content(evidence, at.file(item.id, number));
    view! {
        <section class="app-criterion" id=format!("version-{number}") aria-labelledby=format!("version-{number}-title")>
            <h3 class="govuk-heading-s" id=format!("version-{number}-title")>{format!("Version {number}: {}", evidence.title)}</h3>
            <dl class="app-facts">
                <div class="app-facts__row"><dt>{evidence.kind().name()}</dt><dd>{thing}</dd></div>
                <div class="app-facts__row"><dt>"What it shows"</dt><dd>{prose(evidence.shows.as_str())}</dd></div>
                {fact("True of", Some(day::words(evidence.true_of)))}
                {review_by}
            </dl>
            <p class="govuk-body-s app-muted">{format!("{}. Added by {}, {}", made_of(evidence), version.made_by, moment(version.made_at))}</p>
        </section>
    }
}

fn uses(at: &EvidencePath, item: &EvidenceItem) -> impl IntoView + use<> {
    let rows = item.uses.iter().map(|here| cited_at(at, here)).collect_view();
    let list = if item.uses.is_empty() {
        view! { <p class="govuk-body">"Nowhere yet. Open a criterion of your self-assessment and choose “Cite evidence”."</p> }.into_any()
    } else {
        view! { <ul class="govuk-list govuk-list--bullet">{rows}</ul> }.into_any()
    };
    view! { <h2 class="govuk-heading-m">"Where it is cited"</h2> {list} }
}

fn cited_at(at: &EvidencePath, here: &Use) -> impl IntoView + use<> {
    let assessment = AssessmentPath {
        practice: at.practice.clone(),
        cycle: here.cycle.clone(),
    };
    view! {
        <li>
            <a class="govuk-link" href=assessment.tasks()>{here.cycle.to_string()}</a>
            {format!(": {} (version {})", here.title, here.number)}
        </li>
    }
}

fn confirmations(item: &EvidenceItem) -> Option<impl IntoView + use<>> {
    let rows = item
        .confirmations
        .iter()
        .map(|said| view! { <li>{format!("For {}: {}, {}", said.cycle, said.who, moment(said.at))}</li> })
        .collect_view();
    (!item.confirmations.is_empty()).then(|| {
        view! {
            <h2 class="govuk-heading-m">"Confirmed as still true"</h2>
            <ul class="govuk-list govuk-list--bullet">{rows}</ul>
        }
    })
}
