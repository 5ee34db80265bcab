//! What came of a form in parts, for the island and for the page.

use super::CriterionForm;
use crate::ui::{conflict, text::clock};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Json, Response},
};
use framework::wording::Sayable;
use leptos::prelude::RenderHtml;
use serde_json::json;
use time::OffsetDateTime;

/// Returns the status of a page that has to be shown again: 409 with a conflict, 422 with refused fields; `None` when
/// everything was taken.
pub fn refused_status<T: Sayable>(parts: &[CriterionForm<T>]) -> Option<StatusCode> {
    if parts.iter().any(|p| !p.questions.is_empty()) {
        Some(StatusCode::CONFLICT)
    } else if parts.iter().any(|p| !p.errors.is_empty()) {
        Some(StatusCode::UNPROCESSABLE_ENTITY)
    } else {
        None
    }
}

/// Returns what the island is told of the part it sent. Contract: `app/src/islands/autosave/post.rs`.
pub fn json<T: Sayable>(parts: &[CriterionForm<T>], progress: &str, now: OffsetDateTime) -> Response {
    let Some((part, revision)) = parts.iter().find_map(|p| Some((p, p.seen()?))) else {
        let errors = [json!({ "name": "", "message": "Nothing was sent." })];
        return (
            StatusCode::UNPROCESSABLE_ENTITY,
            Json(json!({ "state": "refused", "errors": errors })),
        )
            .into_response();
    };
    if part.check.is_open() {
        let fields = part.check.open().iter().map(|spot| {
            let words: Vec<&str> = spot.words().collect();
            json!({ "name": spot.name, "label": spot.label, "words": words })
        });
        let fields: Vec<_> = fields.collect();
        let body = json!({ "state": "check", "fields": fields });
        return (StatusCode::UNPROCESSABLE_ENTITY, Json(body)).into_response();
    }
    if !part.questions.is_empty() {
        let theirs = part
            .questions
            .iter()
            .map(|q| json!({ "name": part.name(q.field), "text": q.theirs }));
        let body = json!({
            "state": "conflict",
            "revision": revision,
            "fields": filled(part),
            "theirs": theirs.collect::<Vec<_>>(),
            "words": words(part),
            "html": conflict::panel(part, true).map(RenderHtml::to_html),
        });
        return (StatusCode::CONFLICT, Json(body)).into_response();
    }
    if !part.errors.is_empty() {
        let errors: Vec<_> = part
            .errors
            .iter()
            .map(|e| json!({ "name": e.field, "message": e.message }))
            .collect();
        return (
            StatusCode::UNPROCESSABLE_ENTITY,
            Json(json!({ "state": "refused", "errors": errors })),
        )
            .into_response();
    }
    let base = part.is_touched().then_some(&part.base);
    let body = json!({
        "state": "saved",
        "revision": revision,
        "base": base,
        "at": clock(now),
        "progress": progress,
        "fields": filled(part),
    });
    Json(body).into_response()
}

/// Returns the fields in which the page is out of date, with what is stored.
fn filled<T: Sayable>(part: &CriterionForm<T>) -> Vec<serde_json::Value> {
    let fields = part.filled.iter();
    fields
        .map(|field| json!({ "name": part.name(field), "text": part.text(field) }))
        .collect()
}

/// Returns what the status line says while something waits for a choice.
fn words<T: Sayable>(part: &CriterionForm<T>) -> String {
    let first = part
        .questions
        .first()
        .map(|question| question.sentence())
        .unwrap_or_default();
    format!("Not all is saved. {first}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::Fields;
    use framework::{assessment::Review, ids::CriterionId};
    use time::macros::datetime;

    #[tokio::test]
    async fn saved_in_summer_is_told_with_the_time_on_the_wall() {
        let fields = Fields::parse("a.revision=1&a.base=&a.comment=x");
        let part = CriterionForm::posted(&CriterionId::parse("a").unwrap(), &Review::default(), 1, &fields);
        for (now, at) in [
            (datetime!(2026-06-05 13:02 UTC), "14:02"),
            (datetime!(2026-12-05 13:02 UTC), "13:02"),
        ] {
            let response = json(std::slice::from_ref(&part), "", now);
            let body = axum::body::to_bytes(response.into_body(), 10_000).await.unwrap();
            let told: serde_json::Value = serde_json::from_slice(&body).unwrap();
            assert_eq!(told["at"], at, "{told}");
        }
    }
}
