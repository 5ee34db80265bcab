//! Reports that are made once, in the background, and kept: asking for one, looking how far it is, fetching its files.

mod make;
mod page;

pub use make::ReportWorker;
pub use page::list;

use super::attachment;
use crate::{
    paths,
    ui::layout::message,
    web::{Access, Answered, AppState, Endpoint, Fields, Page, Refusal, SignedIn, render::see_other},
};
use axum::{
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
};
use files::FilesError;
use framework::{
    actor::Actor,
    day,
    ids::{CycleId, PracticeSlug},
    local,
};
use report::output::Format;
use serde::Deserialize;
use store::{ArchiveStatus, ArchivedReport, ReportOf};
use time::OffsetDateTime;
use uuid::Uuid;

/// The routes of what is kept.
pub fn endpoints() -> Vec<Endpoint> {
    use Access::{National, Practice};
    vec![
        Endpoint::post("/reports/{cycle}/keep", National, queue),
        Endpoint::get("/reports/{cycle}/kept/{report}", National, show),
        Endpoint::get("/reports/{cycle}/kept/{report}/{file}", National, download),
        Endpoint::post("/practices/{practice}/{cycle}/report/keep", Practice, queue),
        Endpoint::get("/practices/{practice}/{cycle}/kept/{report}", Practice, show),
        Endpoint::get("/practices/{practice}/{cycle}/kept/{report}/{file}", Practice, download),
    ]
}

/// What an address names: whose report, which of those that are kept, which of its files.
#[derive(Debug, Deserialize)]
struct At {
    practice: Option<String>,
    cycle: String,
    #[serde(default)]
    report: String,
    #[serde(default)]
    file: String,
}

impl At {
    fn of(&self) -> Result<ReportOf, Refusal> {
        let practice = self.practice.as_deref().map(PracticeSlug::parse).transpose();
        Ok(ReportOf {
            practice: practice.map_err(|_| Refusal::NotFound)?,
            cycle: CycleId::parse(&self.cycle).map_err(|_| Refusal::NotFound)?,
        })
    }

    async fn load(&self, state: &AppState, actor: &Actor) -> Result<ArchivedReport, Refusal> {
        let id = Uuid::try_parse(&self.report).map_err(|_| Refusal::NotFound)?;
        Ok(state.store.archived_report(actor, &self.of()?, id).await?)
    }
}

async fn queue(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path(at): Path<At>,
    fields: Fields,
) -> Answered {
    let of = at.of()?;
    let edition = fields.sent("edition").map(str::parse).transpose();
    let edition = edition.map_err(|_| Refusal::NotFound)?;
    let now = OffsetDateTime::now_utc();
    let id = state.store.queue_report(&actor, &of, edition, now).await?;
    state.keeping.notify_one();
    Ok(see_other(paths::kept_report(&of, id)))
}

async fn show(State(state): State<AppState>, SignedIn(actor): SignedIn, Path(at): Path<At>) -> Answered {
    let kept = at.load(&state, &actor).await?;
    let whose = match &kept.of.practice {
        Some(practice) => state.store.practice(&actor, practice).await?.info.name,
        None => "National report".to_owned(),
    };
    Ok(page::one(&whose, kept).respond(&state, Some(&actor)).await)
}

async fn download(State(state): State<AppState>, SignedIn(actor): SignedIn, Path(at): Path<At>) -> Answered {
    let kept = at.load(&state, &actor).await?;
    let ArchiveStatus::Finished { at: made, documents } = &kept.state else {
        return Err(Refusal::NotFound);
    };
    let document = documents.iter().find(|one| at.file == format!("report.{}", one.format));
    let document = document.ok_or(Refusal::NotFound)?;
    let format: Format = document.format.parse().map_err(Refusal::Broken)?;
    let bytes = match state.files.read_all(&document.hash).await {
        Ok(bytes) => bytes,
        Err(error @ (FilesError::Missing(_) | FilesError::Altered(_))) => {
            tracing::error!(report = %kept.id, %error, "an archived report cannot be given out");
            return Ok(lost().respond(&state, Some(&actor)).await);
        }
        Err(error) => return Err(Refusal::Broken(error.to_string())),
    };
    let mut response = attachment(&file_name(&kept, *made), format, bytes);
    let tag = HeaderValue::from_str(&format!("\"{}\"", document.hash.as_str()));
    let tag = tag.map_err(|error| Refusal::Broken(error.to_string()))?;
    response.headers_mut().insert(header::ETAG, tag);
    Ok(response)
}

/// A file that is not where it was kept, or not what it was.
fn lost() -> Page {
    let title = "This file is not there any more";
    let sentence = "The list names it, but it is not where it was kept, or not as it was. Tell whoever looks after this site: \
                    they can put it back from a backup.";
    Page::new(title, message(title, sentence)).with_status(StatusCode::NOT_FOUND)
}

/// `north-vale-2026-edition-1-kept-2026-11-03`
fn file_name(kept: &ArchivedReport, made: OffsetDateTime) -> String {
    let whose = kept.of.practice.as_ref().map_or("national", PracticeSlug::as_str);
    let edition = kept.edition.map(|edition| format!("-edition-{edition}"));
    let day = day::iso(local::date(made));
    format!("{whose}-{}{}-kept-{day}", kept.of.cycle, edition.unwrap_or_default())
}
