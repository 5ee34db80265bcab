//! Reports as pages and files: one value, every output.

mod archive;
mod national;
mod practice;
mod value;
mod years;

pub use archive::ReportWorker;
pub use value::{Facts, Report};

use crate::{
    ui::text::today,
    web::{Access, AppState, Endpoint, Refusal, attachment, work},
};
use framework::actor::Actor;
use report::output::Format;
use store::ReportOf;

/// This feature's routes.
pub fn endpoints() -> Vec<Endpoint> {
    let live = vec![
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
        Endpoint::get("/practices/{practice}/years", Access::Practice, years::show),
        Endpoint::get(
            "/practices/{practice}/years/report.pdf",
            Access::Practice,
            years::download,
        ),
        Endpoint::get("/reports", Access::National, national::list),
        Endpoint::get("/reports/{cycle}", Access::National, national::show),
        Endpoint::get("/reports/{cycle}/{file}", Access::National, national::download),
    ];
    live.into_iter().chain(archive::endpoints()).collect()
}

/// The files a report can be fetched as.
const FORMATS: [Format; 4] = [Format::Pdf, Format::Xlsx, Format::Csv, Format::Json];

/// Returns what people call a format.
fn words(format: Format) -> &'static str {
    match format {
        Format::Pdf => "PDF",
        Format::Html => "HTML",
        Format::Csv => "CSV",
        Format::Xlsx => "Excel",
        Format::Json => "JSON",
    }
}

/// Returns the format that a file's name asks for: `report.pdf`.
fn format_of(file: &str) -> Result<Format, Refusal> {
    let known = FORMATS
        .into_iter()
        .find(|format| file == format!("report.{}", format.extension()));
    known.ok_or(Refusal::NotFound)
}

/// Reads what a report is worked out from, and gives what works it out: for [`work`].
async fn report_of(
    state: &AppState,
    actor: &Actor,
    of: &ReportOf,
    edition: Option<i32>,
) -> Result<impl FnOnce() -> Result<Report, String> + Send + 'static, Refusal> {
    let today = today();
    let facts = Facts::read(&state.store, actor, of, edition, today).await?;
    let library = state.store.library().clone();
    Ok(move || facts.work_out(&library).map_err(|e| e.to_string()))
}

/// Links to all files of a report.
fn downloads(base: &str) -> impl leptos::IntoView + use<> {
    use leptos::prelude::*;
    let links = FORMATS
        .into_iter()
        .map(|format| {
            let href = format!("{base}/report.{}", format.extension());
            view! { <li><a class="govuk-link" href=href download="">{format!("Download as {}", words(format))}</a></li> }
        })
        .collect_view();
    view! { <ul class="govuk-list app-downloads">{links}</ul> }
}
