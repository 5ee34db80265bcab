//! Choosing the items that are cited on a criterion.

use super::item_of;
use crate::{
    assessment::path_of,
    paths::{AssessmentPath, EvidencePath},
    ui::{
        evidence::{expired_tag, made_of},
        form::{Error, error_summary, hidden},
        text::{day, today},
    },
    web::{Answered, AppState, Fields, Page, Refusal, SignedIn, render::see_other},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use framework::{
    criteria::Criterion,
    day as days,
    evidence::{EvidenceId, EvidenceKind},
    ids::CriterionId,
};
use leptos::prelude::*;
use std::collections::BTreeMap;
use store::{Citing, EvidenceRow, StoreError};
use time::{Date, OffsetDateTime};

type CitingPath = Path<(String, String, String)>;

pub async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, cycle, criterion)): CitingPath,
) -> Answered {
    let at = path_of(&practice, &cycle)?;
    let citing = state.store.citing(&actor, &at.practice, &at.cycle).await?;
    let criterion = criterion_of(&citing, &criterion)?;
    let page = page(&at, &citing, &criterion, &Fields::default(), vec![]);
    Ok(page.respond(&state, Some(&actor)).await)
}

pub async fn save(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, cycle, criterion)): CitingPath,
    fields: Fields,
) -> Answered {
    let at = path_of(&practice, &cycle)?;
    let citing = state.store.citing(&actor, &at.practice, &at.cycle).await?;
    let criterion = criterion_of(&citing, &criterion)?;
    let (store, now) = (&state.store, OffsetDateTime::now_utc());
    let confirmed = fields.sent("confirm").map(item_of).transpose()?;
    if let Some(id) = confirmed {
        store.confirm_evidence(&actor, &at.practice, &at.cycle, id, now).await?;
    }
    let changes = changes(&citing, &fields);
    match store
        .cite(&actor, &at.practice, &at.cycle, &criterion.id, &changes, now)
        .await
    {
        Ok(()) if confirmed.is_some() => Ok(see_other(at.cite(&criterion.id))),
        Ok(()) => Ok(see_other(at.criterion(&criterion.element, &criterion.id))),
        Err(StoreError::Refused(sentence)) => {
            let page = page(&at, &citing, &criterion, &fields, vec![Error::at("", sentence)]);
            let page = page.with_status(StatusCode::UNPROCESSABLE_ENTITY);
            Ok(page.respond(&state, Some(&actor)).await)
        }
        Err(other) => Err(other.into()),
    }
}

fn criterion_of(citing: &Citing, id: &str) -> Result<Criterion, Refusal> {
    let id = CriterionId::parse(id).map_err(|_| Refusal::NotFound)?;
    citing.framework.criterion(&id).cloned().ok_or(Refusal::NotFound)
}

/// Returns what the person changed: each item's box against what the page showed.
fn changes(citing: &Citing, fields: &Fields) -> BTreeMap<EvidenceId, bool> {
    citing
        .items
        .iter()
        .filter_map(|item| {
            let was = fields.sent(&format!("was.{}", item.id))? == "yes";
            let ticked = fields.get(&format!("cite.{}", item.id)) == "yes";
            // a box that stays ticked cites the latest version
            (ticked || was).then_some((item.id, ticked))
        })
        .collect()
}

fn page(at: &AssessmentPath, citing: &Citing, criterion: &Criterion, fields: &Fields, errors: Vec<Error>) -> Page {
    let library = EvidencePath {
        practice: at.practice.clone(),
    };
    let today = today();
    let body = if citing.items.is_empty() {
        view! {
            <p class="govuk-body">"There is nothing in your library yet. Add an item, then come back to cite it."</p>
        }
        .into_any()
    } else {
        let boxes = citing
            .items
            .iter()
            .map(|item| choice(at, &library, citing, criterion, item, fields, today))
            .collect_view();
        view! {
            <form method="post" action=at.cite(&criterion.id) novalidate>
                // pressing Enter must not be the first “still true”
                <button type="submit" class="govuk-visually-hidden" tabindex="-1" aria-hidden="true">"Save"</button>
                <div class="govuk-form-group">
                    <fieldset class="govuk-fieldset">
                        <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">"Which items show it?"</legend>
                        <div class="govuk-checkboxes">{boxes}</div>
                    </fieldset>
                </div>
                <button type="submit" class="govuk-button">"Save and go back to the criterion"</button>
            </form>
        }
        .into_any()
    };
    Page::new(
        format!("Evidence: {}", criterion.title),
        view! {
            {error_summary(&errors)}
            <span class="govuk-caption-l">{format!("{}, {}", citing.practice.info.name, at.cycle)}</span>
            <h1 class="govuk-heading-l">{format!("Evidence: {}", criterion.title)}</h1>
            {crate::ui::text::markdown(&criterion.evidence)}
            {body}
            <p class="govuk-body">
                <a class="govuk-link" href=library.add(EvidenceKind::File)>"Add a file"</a> ", "
                <a class="govuk-link" href=library.add(EvidenceKind::Link)>"a link"</a> " or "
                <a class="govuk-link" href=library.add(EvidenceKind::Note)>"a note"</a> " to the library"
            </p>
        },
    )
    .with_back(at.criterion(&criterion.element, &criterion.id), "Back to the criterion")
}

/// One item: a box to tick, or what must be said first.
fn choice(
    at: &AssessmentPath,
    library: &EvidencePath,
    citing: &Citing,
    criterion: &Criterion,
    item: &EvidenceRow,
    fields: &Fields,
    today: Date,
) -> impl IntoView + use<> {
    let evidence = &item.latest.evidence;
    let cited = item.cited(&at.cycle, &criterion.id);
    let name = format!("cite.{}", item.id);
    let was = format!("was.{}", item.id);
    let ticked = match fields.sent(&was) {
        Some(_) => fields.get(&name) == "yes",
        None => cited.is_some(),
    };
    let newer = cited.filter(|number| *number < item.latest.number).map(|number| {
        format!(
            " Version {number} is cited; saving with the box ticked cites version {}.",
            item.latest.number
        )
    });
    let facts = format!("{} · true of {}.", made_of(evidence), days::words(evidence.true_of));
    let said = item.confirmations.iter().find(|said| said.cycle == at.cycle);
    let said = said.map(|said| format!(" Still true, said {} on {}.", said.who, day(said.at)));
    let hint = view! {
        {facts} {said} {newer} " " <a class="govuk-link" href=library.item(item.id)>"Look at it"<span class="govuk-visually-hidden">{format!(": {}", evidence.title)}</span></a>
    };
    if cited.is_none() && item.must_be_confirmed(&at.cycle, citing.begun) {
        return view! {
            <div class="app-to-confirm">
                <p class="govuk-body"><strong>{evidence.title.to_string()}</strong> " " {expired_tag(evidence, today)}</p>
                <div class="govuk-hint">{hint} " It is from an earlier cycle: look at it before you cite it."</div>
                <button type="submit" class="govuk-button govuk-button--secondary" name="confirm" value=item.id.to_string()>
                    "It is still true"<span class="govuk-visually-hidden">{format!(": {}", evidence.title)}</span>
                </button>
            </div>
        }
        .into_any();
    }
    view! {
        <div class="govuk-checkboxes__item">
            {hidden(&was, if cited.is_some() { "yes" } else { "no" })}
            <input class="govuk-checkboxes__input" type="checkbox" id=name.clone() name=name.clone() value="yes" checked=ticked
                aria-describedby=format!("{name}-hint")/>
            <label class="govuk-label govuk-checkboxes__label" r#for=name.clone()>
                {evidence.title.to_string()} " " {expired_tag(evidence, today)}
            </label>
            <div class="govuk-hint govuk-checkboxes__hint" id=format!("{name}-hint")>{hint}</div>
        </div>
    }
    .into_any()
}
