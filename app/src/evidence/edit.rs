//! Adding an item and making a new version of one: the form, the file, and what is said when either is refused.

use super::{edit_view, item_of, kept, kind_of, library_of};
use crate::{
    ui::form::{Error, day_of},
    web::{Answered, AppState, Fields, Page, Refusal, SignedIn, Upload, gate::wants_json, render::see_other},
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Json},
};
use files::{Checked, FilesError};
use framework::{
    actor::Actor,
    evidence::{Content, Evidence, EvidenceForm, EvidenceKind, StoredFile},
};
use serde_json::json;
use store::{EvidenceVersion, StoreError};
use time::OffsetDateTime;

/// What the form is for.
#[derive(Clone, Debug)]
pub struct Editing {
    /// What the item is made of.
    pub kind: EvidenceKind,
    /// Where the form is sent.
    pub action: String,
    /// Where it leads back.
    pub up: String,
    /// The version that is changed; none for a new item.
    pub from: Option<EvidenceVersion>,
}

impl Editing {
    /// The file that is there already.
    pub fn file(&self) -> Option<&StoredFile> {
        match &self.from.as_ref()?.evidence.content {
            Content::File(file) => Some(file),
            Content::Link(_) | Content::Note(_) => None,
        }
    }
}

pub async fn show_new(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, kind)): Path<(String, String)>,
) -> Answered {
    let editing = new(&state, &actor, &practice, &kind).await?;
    Ok(edit_view::page(editing, EvidenceForm::default(), vec![])
        .respond(&state, Some(&actor))
        .await)
}

pub async fn add(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, kind)): Path<(String, String)>,
    headers: HeaderMap,
    upload: Upload,
) -> Answered {
    let at = library_of(&practice)?;
    let editing = new(&state, &actor, &practice, &kind).await?;
    let now = OffsetDateTime::now_utc();
    let form = form_of(&upload.fields);
    let (evidence, checked) = match read(&state, &editing, &form, upload, now).await? {
        Ok(read) => read,
        Err(errors) => return refuse(&state, &actor, &headers, editing, form, errors).await,
    };
    let kept = keep(&state, checked.as_ref()).await?;
    let id = state.store.add_evidence(&actor, &at.practice, &evidence, now).await?;
    drop(kept);
    Ok(done(&headers, at.item(id)))
}

pub async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, item)): Path<(String, String)>,
) -> Answered {
    let editing = old(&state, &actor, &practice, &item).await?;
    let form = editing.from.as_ref().map(|from| EvidenceForm::of(&from.evidence));
    Ok(edit_view::page(editing, form.unwrap_or_default(), vec![])
        .respond(&state, Some(&actor))
        .await)
}

pub async fn change(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, item)): Path<(String, String)>,
    headers: HeaderMap,
    upload: Upload,
) -> Answered {
    let (at, id) = (library_of(&practice)?, item_of(&item)?);
    let editing = old(&state, &actor, &practice, &item).await?;
    let now = OffsetDateTime::now_utc();
    let form = form_of(&upload.fields);
    let from = upload.fields.get("from").parse().unwrap_or(0);
    let (evidence, checked) = match read(&state, &editing, &form, upload, now).await? {
        Ok(read) => read,
        Err(errors) => return refuse(&state, &actor, &headers, editing, form, errors).await,
    };
    let kept = keep(&state, checked.as_ref()).await?;
    let changed = state
        .store
        .change_evidence(&actor, &at.practice, id, from, &evidence, now)
        .await;
    drop(kept);
    match changed {
        Ok(_) => Ok(done(&headers, at.item(id))),
        Err(StoreError::Refused(sentence)) => {
            let errors = vec![Error::at("", sentence)];
            refuse(&state, &actor, &headers, editing, form, errors).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn new(state: &AppState, actor: &Actor, practice: &str, kind: &str) -> Result<Editing, Refusal> {
    let (at, kind) = (library_of(practice)?, kind_of(kind)?);
    kept(state, actor, &at).await?;
    Ok(Editing {
        kind,
        action: at.add(kind),
        up: at.library(),
        from: None,
    })
}

async fn old(state: &AppState, actor: &Actor, practice: &str, item: &str) -> Result<Editing, Refusal> {
    let (at, id) = (library_of(practice)?, item_of(item)?);
    kept(state, actor, &at).await?;
    let item = state.store.evidence_item(actor, &at.practice, id).await?;
    let from = item.versions.into_iter().next().ok_or(Refusal::NotFound)?;
    Ok(Editing {
        kind: from.evidence.kind(),
        action: at.act(id, "edit"),
        up: at.item(id),
        from: Some(from),
    })
}

fn form_of(fields: &Fields) -> EvidenceForm {
    let text = |name| fields.get(name).to_owned();
    EvidenceForm {
        title: text("title"),
        shows: text("shows"),
        true_of: day_of(fields, "true_of"),
        review_by: day_of(fields, "review_by"),
        link: text("link"),
        note: text("note"),
    }
}

type Read = Result<(Evidence, Option<Checked>), Vec<Error>>;

/// Reads the form and looks at the file; nothing is kept yet.
async fn read(
    state: &AppState,
    editing: &Editing,
    form: &EvidenceForm,
    upload: Upload,
    now: OffsetDateTime,
) -> Result<Read, Refusal> {
    let mut errors = vec![];
    let mut checked = None;
    if let Some((name, received)) = upload.file.filter(|_| editing.kind == EvidenceKind::File) {
        let looked = match received {
            Ok(received) => state.files.check(&name, received).await,
            Err(error) => Err(error),
        };
        match looked {
            Ok(file) => checked = Some(file),
            Err(FilesError::Refused(sentence)) => errors.push(Error::at("file", sentence)),
            Err(FilesError::NotScanned(cause)) => {
                tracing::error!(%cause, "a file was not taken");
                errors.push(Error::at("file", NOT_SCANNED));
            }
            Err(other) => return Err(Refusal::Broken(other.to_string())),
        }
    }
    let uploaded = checked.as_ref().map(|checked: &Checked| checked.facts.clone());
    let refused = !errors.is_empty();
    match form.read(editing.kind, uploaded.or_else(|| editing.file().cloned()), now.date()) {
        Ok(evidence) if !refused => return Ok(Ok((evidence, checked))),
        Ok(_) => {}
        Err(fields) => {
            // a file that was refused is not also missing
            let fields = fields.into_iter().filter(|e| !(refused && e.field == "file"));
            errors.extend(fields.map(|e| Error::at(e.field, e.message)));
        }
    }
    Ok(Err(errors))
}

const NOT_SCANNED: &str =
    "The file cannot be checked for viruses just now, so it was not taken. Try again in a few minutes.";

async fn keep(state: &AppState, checked: Option<&Checked>) -> Result<Option<files::Kept>, Refusal> {
    match checked {
        None => Ok(None),
        Some(checked) => {
            let kept = state.files.keep(checked).await;
            kept.map(Some).map_err(|error| Refusal::Broken(error.to_string()))
        }
    }
}

/// The form again, with everything that was typed; to the island, what is wrong.
async fn refuse(
    state: &AppState,
    actor: &Actor,
    headers: &HeaderMap,
    editing: Editing,
    form: EvidenceForm,
    errors: Vec<Error>,
) -> Answered {
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    if wants_json(headers) {
        let errors: Vec<_> = errors
            .iter()
            .map(|error| json!({ "name": error.field, "message": error.message }))
            .collect();
        return Ok((status, Json(json!({ "state": "refused", "errors": errors }))).into_response());
    }
    let page: Page = edit_view::page(editing, form, errors).with_status(status);
    Ok(page.respond(state, Some(actor)).await)
}

/// On to the item; the island is told where that is.
fn done(headers: &HeaderMap, to: String) -> axum::response::Response {
    if wants_json(headers) {
        Json(json!({ "state": "saved", "to": to })).into_response()
    } else {
        see_other(to)
    }
}
