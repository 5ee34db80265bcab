//! The form of an item.

use super::edit::Editing;
use crate::{
    islands::Upload,
    ui::form::{DayField, Error, TextArea, TextField, error_of, error_summary, hidden},
    web::Page,
};
use framework::evidence::{EvidenceForm, EvidenceKind, FileType};
use leptos::prelude::*;

/// The page with the form.
pub fn page(editing: Editing, form: EvidenceForm, errors: Vec<Error>) -> Page {
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
    let page = Page::built(title.clone(), move || {
        let form = fields(&editing, form, &errors);
        let form = if with_file {
            view! { <Upload>{form}</Upload> }.into_any()
        } else {
            form
        };
        view! {
            {error_summary(&errors)}
            <h1 class="govuk-heading-l">{title}</h1>
            {form}
        }
        .into_any()
    })
    .with_back(up, words);
    if with_file { page.with_islands() } else { page }
}

fn fields(editing: &Editing, form: EvidenceForm, errors: &[Error]) -> AnyView {
    let error = |name| error_of(errors, name);
    let thing = match editing.kind {
        EvidenceKind::File => file(editing, errors).into_any(),
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
    view! {
        <form method="post" action=editing.action.clone() enctype="multipart/form-data" novalidate autocomplete="off">
            {changed}
            {number}
            <TextField name="title" label="Title" hint="So that others know what it is: “Board minutes, May 2026”." value=form.title error=error("title")/>
            <TextArea name="shows" label="What it shows" hint="In a sentence or two. Which page or sheet to look at, if it is long." rows=2 value=form.shows error=error("shows")/>
            <DayField name="true_of" legend="The day it is true of" hint="The day of the meeting or of the figures, not today’s. For example, 27 3 2026." value=form.true_of error=error("true_of")/>
            <DayField name="review_by" legend="Review by (optional)" hint="After this day it is marked as expired until you look at it again." value=form.review_by error=error("review_by")/>
            {thing}
            <p class="govuk-body">"Make sure that nothing in it identifies a woman or a child."</p>
            <button type="submit" class="govuk-button">"Save"</button>
        </form>
    }
    .into_any()
}

/// The file to choose. Browsers forget it when the form comes back.
fn file(editing: &Editing, errors: &[Error]) -> impl IntoView + use<> {
    let error = error_of(errors, "file");
    let there = editing.file().map(|file| {
        format!(
            "There is {} ({}). Choose a file only if it should take its place.",
            file.name,
            file.words()
        )
    });
    let again = (error.is_none() && !errors.is_empty()).then(|| "Choose the file again: it was not kept.".to_owned());
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
                "PDF, Word (.docx), Excel (.xlsx), image or text, up to 20 MB. " {there} {again}
            </div>
            {error.map(|message| view! {
                <p id="file-error" class="govuk-error-message"><span class="govuk-visually-hidden">"Error: "</span>{message}</p>
            })}
            <input class=input id="file" name="file" type="file" accept=kinds.join(",") aria-describedby=described/>
        </div>
    }
}
