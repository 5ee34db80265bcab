//! Adding an item and making a new version of one: the form, the file, and what is said when either is refused.

use super::{edit_view, item_of, kind_of, library_of, look_through::look_through, require_library_editor};
use crate::{
    ui::{
        form::{Error, day_of},
        identify::Check,
    },
    web::{
        Answered, AppState, Fields, Refusal, SignedIn, Upload, form_key::key_of, gate::wants_json, render::see_other,
    },
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Json},
};
use files::{Checked, FilesError, Received};
use framework::{
    actor::Actor,
    evidence::{Content, Evidence, EvidenceForm, EvidenceKind, StoredFile},
    ids::PracticeSlug,
    local,
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
    /// Where that version is read; empty for a new item.
    pub version: String,
}

/// What is said beside the form: nothing when it is first shown.
#[derive(Debug, Default)]
pub struct EditState {
    /// What was refused.
    pub errors: Vec<Error>,
    /// What may identify somebody.
    pub check: Check,
    /// The file that came and is held until the form comes again, with its token.
    pub held: Option<(String, StoredFile)>,
    /// The version that would be changed was made by somebody else since the form was opened.
    pub overtaken: bool,
}

/// A form as it came.
struct Sent {
    form: EvidenceForm,
    /// What it is known by when it comes again.
    key: Option<String>,
    /// The file, if one came and is good.
    file: Option<Checked>,
    check: Check,
    errors: Vec<Error>,
    overtaken: bool,
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
    Ok(edit_view::page(editing, EvidenceForm::default(), EditState::default())
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
    let (mut sent, evidence) = read(&state, &actor, &editing, upload, now).await?;
    let evidence = within_quota(&state, &actor, &at.practice, &mut sent, evidence, now).await?;
    let Some(evidence) = evidence else {
        return refuse(&state, &actor, editing, sent, now).await;
    };
    let store = state
        .store
        .for_form(sent.key.clone())
        .confirming(&actor, [(None, sent.check.confirmed().clone())]);
    let added = async {
        // until the row that names it is there, the file is kept by this
        let _kept = store_file(&state, sent.file.as_ref()).await?;
        Ok(store.add_evidence(&actor, &at.practice, &evidence, now).await?)
    };
    match added.await {
        Ok(id) => Ok(done(&headers, at.item(id))),
        Err(refusal) => failed(&state, &actor, &headers, editing, sent, refusal).await,
    }
}

pub async fn show(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Path((practice, item)): Path<(String, String)>,
) -> Answered {
    let editing = old(&state, &actor, &practice, &item).await?;
    let form = editing.from.as_ref().map(|from| EvidenceForm::of(&from.evidence));
    Ok(edit_view::page(editing, form.unwrap_or_default(), EditState::default())
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
    let from = upload.fields.get("from").parse().unwrap_or(0);
    let (mut sent, evidence) = read(&state, &actor, &editing, upload, now).await?;
    let evidence = within_quota(&state, &actor, &at.practice, &mut sent, evidence, now).await?;
    let Some(evidence) = evidence else {
        return refuse(&state, &actor, editing, sent, now).await;
    };
    let store = state.store.confirming(&actor, [(None, sent.check.confirmed().clone())]);
    let changed = async {
        let _kept = store_file(&state, sent.file.as_ref()).await?;
        Ok(store
            .change_evidence(&actor, &at.practice, id, from, &evidence, now)
            .await?)
    };
    match changed.await {
        Ok(_) => Ok(done(&headers, at.item(id))),
        Err(Refusal::Refused(sentence)) => {
            sent.errors.push(Error::at("", sentence));
            sent.overtaken = editing.from.as_ref().is_some_and(|latest| latest.number != from);
            refuse(&state, &actor, editing, sent, now).await
        }
        Err(refusal) => failed(&state, &actor, &headers, editing, sent, refusal).await,
    }
}

async fn new(state: &AppState, actor: &Actor, practice: &str, kind: &str) -> Result<Editing, Refusal> {
    let (at, kind) = (library_of(practice)?, kind_of(kind)?);
    require_library_editor(state, actor, &at).await?;
    Ok(Editing {
        kind,
        action: at.add(kind),
        up: at.library(),
        from: None,
        version: String::new(),
    })
}

async fn old(state: &AppState, actor: &Actor, practice: &str, item: &str) -> Result<Editing, Refusal> {
    let (at, id) = (library_of(practice)?, item_of(item)?);
    require_library_editor(state, actor, &at).await?;
    let item = state.store.evidence_item(actor, &at.practice, id).await?;
    let from = item.versions.into_iter().next().ok_or(Refusal::NotFound)?;
    Ok(Editing {
        kind: from.evidence.kind(),
        action: at.act(id, "edit"),
        up: at.item(id),
        version: at.version(id, from.number),
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

/// Reads the form and looks at the file; gives the item where nothing is refused or to be asked. Nothing is kept yet.
async fn read(
    state: &AppState,
    actor: &Actor,
    editing: &Editing,
    upload: Upload,
    now: OffsetDateTime,
) -> Result<(Sent, Option<Evidence>), Refusal> {
    let Upload { fields, file } = upload;
    let mut errors = vec![];
    let token = fields.get("held");
    let held = state.held.take(actor, token, now);
    let file = match file.filter(|_| editing.kind == EvidenceKind::File) {
        Some((name, received)) => look_at(state, &name, received, &mut errors).await?,
        None => {
            if !token.is_empty() && held.is_none() {
                errors.push(Error::at("file", GONE));
            }
            held
        }
    };
    let refused = !errors.is_empty();
    let key = key_of(&fields, file.as_ref().map_or("", |file| file.facts.hash.as_str()));
    let form = form_of(&fields);
    let uploaded = file.as_ref().map(|file| file.facts.clone());
    let evidence = form.read(
        editing.kind,
        uploaded.or_else(|| editing.file().cloned()),
        local::date(now),
    );
    if let Err(wrong) = &evidence {
        // a file that was refused is not also missing
        let wrong = wrong.iter().filter(|e| !(refused && e.field == "file"));
        errors.extend(wrong.map(|e| Error::at(e.field, e.message.clone())));
    }
    let check = look_through(state, editing, fields, file.as_ref()).await?;
    errors.extend(check.errors());
    let evidence = evidence.ok().filter(|_| errors.is_empty());
    let sent = Sent {
        form,
        key,
        file,
        check,
        errors,
        overtaken: false,
    };
    Ok((sent, evidence))
}

/// The item, unless it comes with one file more than the Practice may upload within a day.
async fn within_quota(
    state: &AppState,
    actor: &Actor,
    practice: &PracticeSlug,
    sent: &mut Sent,
    evidence: Option<Evidence>,
    now: OffsetDateTime,
) -> Result<Option<Evidence>, Refusal> {
    if sent.file.is_none() {
        return Ok(evidence);
    }
    match state.store.may_upload(actor, practice, now).await {
        Ok(()) => Ok(evidence),
        Err(StoreError::Enough(sentence)) => {
            sent.errors.push(Error::at("file", sentence));
            Ok(None)
        }
        Err(other) => Err(other.into()),
    }
}

/// Returns the file that came, unless it is refused.
async fn look_at(
    state: &AppState,
    name: &str,
    received: files::Result<Received>,
    errors: &mut Vec<Error>,
) -> Result<Option<Checked>, Refusal> {
    let looked = match received {
        Ok(received) => state.files.check(name, received).await,
        Err(error) => Err(error),
    };
    match looked {
        Ok(file) => return Ok(Some(file)),
        Err(FilesError::Refused(sentence)) => errors.push(Error::at("file", sentence)),
        Err(FilesError::NotScanned(cause)) => {
            tracing::error!(%cause, "a file was not taken");
            errors.push(Error::at("file", NOT_SCANNED));
        }
        Err(other) => return Err(Refusal::Broken(other.to_string())),
    }
    Ok(None)
}

const GONE: &str = "The file is not held any more. Choose it again.";

const NOT_SCANNED: &str =
    "The file cannot be checked for viruses just now, so it was not taken. Try again in a few minutes.";

async fn store_file(state: &AppState, checked: Option<&Checked>) -> Result<Option<files::StorageGuard>, Refusal> {
    match checked {
        None => Ok(None),
        Some(checked) => {
            let kept = state.files.store(checked).await;
            kept.map(Some).map_err(|error| Refusal::Broken(error.to_string()))
        }
    }
}

/// Returns the form again, with everything that was typed; a file that is good is held until it comes back. The island takes
/// what it needs from the same page.
async fn refuse(state: &AppState, actor: &Actor, editing: Editing, sent: Sent, now: OffsetDateTime) -> Answered {
    let held = match sent.file {
        Some(file) => {
            let facts = file.facts.clone();
            Some((state.held.hold(actor, file, now)?, facts))
        }
        None => None,
    };
    let said = EditState {
        errors: sent.errors,
        check: sent.check,
        held,
        overtaken: sent.overtaken,
    };
    let page = edit_view::page(editing, sent.form, said).with_status(StatusCode::UNPROCESSABLE_ENTITY);
    Ok(page.respond(state, Some(actor)).await)
}

/// Returns the form again where its item could not be stored through no fault of its sender's; the island has it still.
async fn failed(
    state: &AppState,
    actor: &Actor,
    headers: &HeaderMap,
    editing: Editing,
    mut sent: Sent,
    refusal: Refusal,
) -> Answered {
    let status = refusal.status();
    if !status.is_server_error() || wants_json(headers) {
        return Err(refusal);
    }
    refusal.log();
    sent.errors.push(Error::at("", refusal.sentence()));
    let mut page = refuse(state, actor, editing, sent, OffsetDateTime::now_utc()).await?;
    *page.status_mut() = status;
    Ok(page)
}

/// On to the item; the island is told where that is.
fn done(headers: &HeaderMap, to: String) -> axum::response::Response {
    if wants_json(headers) {
        Json(json!({ "state": "saved", "to": to })).into_response()
    } else {
        see_other(to)
    }
}
