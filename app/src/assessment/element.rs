//! One page an element: shown, and saved whole or criterion by criterion.

use super::{element_view, path_of};
use crate::{
    edit::{self, CriterionForm},
    web::{Answered, AppState, Fields, Refusal, SignedIn, gate::wants_json, render::see_other},
};
use axum::{
    extract::{Path, State},
    http::HeaderMap,
};
use framework::{
    assessment::Answer,
    criteria::Element,
    ids::{CriterionId, ElementId},
};
use store::Assessment;
use time::OffsetDateTime;

type ElementPath = Path<(String, String, String)>;

pub async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, cycle, element)): ElementPath,
) -> Answered {
    let at = path_of(&practice, &cycle)?;
    let assessment = state.store.assessment(&actor, &at.practice, &at.cycle).await?;
    let element = element_of(&assessment, &element)?;
    let parts = parts(&assessment, &element, &Fields::default());
    Ok(element_view::page(at, assessment, element, parts)
        .respond(&state, Some(&actor))
        .await)
}

pub async fn save(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, cycle, element)): ElementPath,
    headers: HeaderMap,
    fields: Fields,
) -> Answered {
    let at = path_of(&practice, &cycle)?;
    let mut assessment = state.store.assessment(&actor, &at.practice, &at.cycle).await?;
    let element = element_of(&assessment, &element)?;
    let mut parts = parts(&assessment, &element, &fields);
    let now = OffsetDateTime::now_utc();
    let store = state.store.confirming(&actor, edit::confirmed_details(&parts));
    let save = |changes| store.save_answers(&actor, &at.practice, &at.cycle, changes, now);
    let stored = edit::save(assessment.framework.criteria_of(&element), &mut parts, save).await?;

    if wants_json(&headers) {
        for (place, answer) in stored {
            assessment.lines[element.criteria.start + place].entry.answer = answer;
        }
        return Ok(edit::json(&parts, &element_view::progress(&assessment, &element), now));
    }
    let Some(refused) = edit::refused_status(&parts) else {
        if let Some(criterion) = edit::cleared(&fields) {
            return Ok(see_other(at.criterion(&element.id, &criterion)));
        }
        return Ok(see_other(match fields.get("then") {
            "next" => element_view::after(&at, &assessment, &element),
            then => match then.strip_prefix(element_view::CITE).map(CriterionId::parse) {
                Some(Ok(criterion)) => at.cite(&criterion),
                _ => at.tasks(),
            },
        }));
    };
    let assessment = state.store.assessment(&actor, &at.practice, &at.cycle);
    let assessment = assessment.await.map_err(Refusal::after_save)?;
    let page = element_view::page(at, assessment, element, parts).with_status(refused);
    Ok(page.respond(&state, Some(&actor)).await)
}

/// Returns the element that an address names.
///
/// # Errors
/// [`Refusal::NotFound`] where the assessment's version has no such element.
pub fn element_of(assessment: &Assessment, id: &str) -> Result<Element, Refusal> {
    let id = ElementId::parse(id).map_err(|_| Refusal::NotFound)?;
    assessment.framework.element(&id).cloned().ok_or(Refusal::NotFound)
}

fn parts(assessment: &Assessment, element: &Element, fields: &Fields) -> Vec<CriterionForm<Answer>> {
    let lines = &assessment.lines[element.criteria.clone()];
    let criteria = assessment.framework.criteria_of(element);
    criteria
        .iter()
        .zip(lines)
        .map(|(c, line)| CriterionForm::posted(&c.id, &line.entry.answer, line.answer_revision, fields))
        .collect()
}
