//! Reports as pages and files: one value, every output.

mod national;
mod practice;

use crate::web::{Access, Endpoint, Refusal};
use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use report::output::Format;
use tokio::task::spawn_blocking;

/// This feature's routes.
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get("/practices/{practice}/{cycle}/report", Access::Practice, practice::show),
        Endpoint::get(
            "/practices/{practice}/{cycle}/report/{file}",
            Access::Practice,
            practice::download,
        ),
        Endpoint::get(
            "/practices/{practice}/{cycle}/editions/{edition}/report",
            Access::Practice,
            practice::show_edition,
        ),
        Endpoint::get(
            "/practices/{practice}/{cycle}/editions/{edition}/report/{file}",
            Access::Practice,
            practice::download_edition,
        ),
        Endpoint::get("/reports", Access::National, national::list),
        Endpoint::get("/reports/{cycle}", Access::National, national::show),
        Endpoint::get("/reports/{cycle}/{file}", Access::National, national::download),
    ]
}

/// The files a report can be fetched as.
const FORMATS: [(Format, &str); 3] = [(Format::Pdf, "PDF"), (Format::Csv, "CSV"), (Format::Json, "JSON")];

/// The format that a file's name asks for: `report.pdf`.
fn format_of(file: &str) -> Result<Format, Refusal> {
    let known = FORMATS
        .into_iter()
        .find(|(format, _)| file == format!("report.{}", format.extension()));
    known.map(|(format, _)| format).ok_or(Refusal::NotFound)
}

/// Does the work of a report on a blocking thread: figures and pages take their time.
async fn work<T: Send + 'static>(work: impl FnOnce() -> Result<T, String> + Send + 'static) -> Result<T, Refusal> {
    spawn_blocking(work)
        .await
        .map_err(|e| Refusal::Broken(e.to_string()))?
        .map_err(Refusal::Broken)
}

/// A report as a file to save.
fn attachment(name: &str, format: Format, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{name}.{}\"", format.extension());
    let headers = [
        (header::CONTENT_TYPE, format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    (headers, bytes).into_response()
}

/// Links to all files of a report.
fn downloads(base: &str) -> impl leptos::IntoView + use<> {
    use leptos::prelude::*;
    let links = FORMATS
        .into_iter()
        .map(|(format, words)| {
            let href = format!("{base}/report.{}", format.extension());
            view! { <li><a class="govuk-link" href=href download="">{format!("Download as {words}")}</a></li> }
        })
        .collect_view();
    view! { <ul class="govuk-list app-downloads">{links}</ul> }
}
