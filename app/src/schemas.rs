//! What the reports' JSON holds, for whoever writes a program that reads it. Nothing of anybody is in it.

use crate::web::{Access, Answered, Endpoint, Refusal};
use axum::{extract::Path, http::header, response::IntoResponse};
use report::schema::{Described, MEDIA_TYPE};

/// This feature's routes.
pub fn endpoints() -> Vec<Endpoint> {
    vec![Endpoint::get("/schemas/{file}", Access::Public, show)]
}

async fn show(Path(file): Path<String>) -> Answered {
    let described = Described::ALL.into_iter().find(|described| described.file() == file);
    let text = described.ok_or(Refusal::NotFound)?.text();
    Ok(([(header::CONTENT_TYPE, MEDIA_TYPE)], text).into_response())
}
