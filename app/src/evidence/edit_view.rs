//! The form of an item.

use super::edit::{EditState, Editing};
use crate::{
    islands::{Marks, Upload},
    ui::{
        entry::fact,
        evidence::made_of,
        form::{DayField, TextArea, TextField, error_of, error_summary, hidden},
        text::{moment, prose},
    },
    web::{Page, form_key::form_key},
};
use framework::{
    day,
    evidence::{Content, EvidenceForm, EvidenceKind, FileType, StoredFile},
};
use leptos::prelude::*;

/// Returns the page with the form. Its main part is one element, in whose place the island puts that of the server's answer.
pub fn page(editing: Editing, form: EvidenceForm, said: EditState) -> Page {
    let title = match (editing.kind, &editing.from) {
        (_, Some(from)) => format!("Change “{}”", from.evidence.title),
        (EvidenceKind::File, None) => "Add a file".to_owned(),
        (EvidenceKind::Link, None) => "Add a link".to_owned(),
        (EvidenceKind::Note, None) => "Write a note".to_owned(),
    };
    let (up, words) = match &editing.from {
        Some(_) => (editing.up.clone(), "Back to the item"),
        None => (editing.up.clone(), "Evidence"),
    };
    let with_file = editing.kind == EvidenceKind::File;
    Page::built(title.clone(), move || {
        let part = view! {
            <div class="app-upload__part">
                {error_summary(&said.errors)}
                <h1 class="govuk-heading-l">{title}</h1>
                {said.overtaken.then(|| theirs(&editing)).flatten()}
                {fields(&editing, form, &said)}
            </div>
        }
        .into_any();
        if with_file {
            view! { <Upload>{part}</Upload> }.into_any()
        } else {
            part
        }
    })
    .with_back(up, words)
    .with_islands()
}

/// Returns the version that somebody else has made, when it would be changed unseen.
fn theirs(editing: &Editing) -> Option<impl IntoView + use<>> {
    let version = editing.from.as_ref()?;
    let evidence = &version.evidence;
    let thing = match &evidence.content {
        Content::File(file) => format!("{} ({})", file.name, made_of(evidence)),
        Content::Link(link) => link.to_string(),
        Content::Note(note) => note.to_string(),
    };
    Some(view! {
        <div class="govuk-inset-text">
            <h2 class="govuk-heading-s">
                <a class="govuk-link" href=editing.version.clone()>{format!("Version {}", version.number)}</a>
                {format!(" by {}, {}", version.made_by, moment(version.made_at))}
            </h2>
            <dl class="app-facts">
                {fact("Title", Some(evidence.title.to_string()))}
                <div class="app-facts__row"><dt>"What it shows"</dt><dd>{prose(evidence.shows.as_str())}</dd></div>
                {fact("True of", Some(day::words(evidence.true_of)))}
                {fact("Review by", evidence.review_by.map(day::words))}
                {fact(evidence.kind().name(), Some(thing))}
            </dl>
            <p class="govuk-body">"Below is what you typed. Saving again makes it the version after theirs."</p>
        </div>
    })
}

fn fields(editing: &Editing, form: EvidenceForm, said: &EditState) -> AnyView {
    let error = |name| error_of(&said.errors, name);
    let thing = match editing.kind {
        EvidenceKind::File => file(editing, said).into_any(),
        EvidenceKind::Link => view! {
            <TextField name="link" label="Address" hint="Where it can be found, such as https://example.org/minutes. The people who read your assessment must be able to open it."
                value=form.link error=error("link")/>
        }
        .into_any(),
        EvidenceKind::Note => view! {
            <TextArea name="note" label="Note" hint="What happened, when, and who can confirm it, by their role." rows=6 value=form.note error=error("note")/>
        }
        .into_any(),
    };
    let number = editing
        .from
        .as_ref()
        .map(|from| hidden("from", &from.number.to_string()));
    let changed = editing.from.is_some().then(|| {
        view! {
            <p class="govuk-body">
                "Saving makes a new version. Assessments that are being filled cite it from then on; those that were submitted keep the version they cited."
            </p>
        }
    });
    let marked = view! {
        <TextField name="title" label="Title" hint="So that others know what it is: “Board minutes, May 2026”." value=form.title error=error("title")/>
        <TextArea name="shows" label="What it shows" hint="In a sentence or two. Which page or sheet to look at, if it is long." rows=2 value=form.shows error=error("shows")/>
        <DayField name="true_of" legend="Date it relates to" hint="The day of the meeting or of the figures, not today’s. For example, 27 3 2026." value=form.true_of error=error("true_of")/>
        <DayField name="review_by" legend="Review by (optional)" hint="After this day it is marked as expired until you look at it again." value=form.review_by error=error("review_by")/>
        {thing}
    }
    .into_any();
    view! {
        <form method="post" action=editing.action.clone() enctype="multipart/form-data" novalidate autocomplete="off">
            {form_key()}
            {said.check.notice()}
            {changed}
            {number}
            <Marks>{marked}</Marks>
            <p class="govuk-body">"Make sure that nothing in it identifies a woman or a child."</p>
            <button type="submit" class="govuk-button">"Save"</button>
        </form>
    }
    .into_any()
}

/// Returns the file to choose. Browsers forget it when the form comes back, so one that came is held meanwhile.
fn file(editing: &Editing, said: &EditState) -> impl IntoView + use<> {
    let error = error_of(&said.errors, "file");
    let (token, held) = said.held.as_ref().map(|(token, file)| (token, file)).unzip();
    let token = token.map(|token| hidden("held", token));
    let there = match (held, editing.file()) {
        (Some(file), _) => Some(format!(
            "{} ({}) has come through and is held for an hour: you need not choose it again. Choose a file only if it \
             should take its place.",
            file.name,
            file.words()
        )),
        (None, Some(file)) => Some(format!(
            "There is {} ({}). Choose a file only if it should take its place.",
            file.name,
            file.words()
        )),
        (None, None) => None,
    };
    let kinds: Vec<String> = FileType::ALL
        .iter()
        .flat_map(|kind| kind.extensions())
        .map(|extension| format!(".{extension}"))
        .collect();
    let class = if error.is_some() {
        "govuk-form-group govuk-form-group--error"
    } else {
        "govuk-form-group"
    };
    let input = if error.is_some() {
        "govuk-file-upload govuk-file-upload--error"
    } else {
        "govuk-file-upload"
    };
    let described = if error.is_some() {
        "file-hint file-error"
    } else {
        "file-hint"
    };
    view! {
        <div class=class>
            <label class="govuk-label" r#for="file">"File"</label>
            <div id="file-hint" class="govuk-hint">
                "PDF, Word (.docx), Excel (.xlsx), image or text, up to " {StoredFile::limit_words()} ". " {there}
            </div>
            {error.map(|message| view! {
                <p id="file-error" class="govuk-error-message"><span class="govuk-visually-hidden">"Error: "</span>{message}</p>
            })}
            {token}
            <input class=input id="file" name="file" type="file" accept=kinds.join(",") aria-describedby=described/>
        </div>
    }
}
