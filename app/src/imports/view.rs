//! The pages of imports.

use super::trial::Trial;
use crate::{
    paths,
    ui::{
        checkboxes::boxes,
        form::{Choice, Error, TextArea, error_of, error_summary, hidden},
        identify::Check,
        text::{count, moment},
    },
    web::Page,
};
use framework::{
    evidence::StoredFile,
    ids::{CycleId, PracticeSlug, VersionId},
};
use leptos::prelude::*;
use report::exchange::Identifying;
use std::collections::{BTreeMap, BTreeSet};
use store::{ImportRecord, ImportedYear, Incomplete};

/// The box that takes in assessments with missing criteria.
pub const ALLOW_INCOMPLETE: &str = "allow.incomplete";
/// The box that keeps words that may identify somebody.
pub const KEEP_DETAIL: &str = "allow.detail";

/// The most assessments, and the most texts with words that may identify somebody, that are listed.
const MOST: usize = 100;

/// Returns the form for a file, and all imports; `told` says what was done just now.
pub fn page(imports: Vec<ImportRecord>, versions: Vec<VersionId>, told: Option<String>, errors: Vec<Error>) -> Page {
    let templates = versions.iter().rev().map(|version| {
        let words = format!("Template for version {version} (CSV)");
        view! { <li><a class="govuk-link" href=paths::import_template(version)>{words}</a></li> }
    });
    let list = match imports.is_empty() {
        true => view! { <p class="govuk-body">"Nothing has been imported from a file."</p> }.into_any(),
        false => imports.iter().map(import).collect_view().into_any(),
    };
    Page::new(
        "Import earlier years",
        view! {
            {error_summary(&errors)}
            {told.map(done)}
            <h1 class="govuk-heading-l">"Import earlier years"</h1>
            <p class="govuk-body">"Add assessments of earlier years from a CSV or JSON file, one row for each criterion. They are added as finalised. You see what the file would change before anything is saved."</p>
            <h2 class="govuk-heading-m">"Download a template"</h2>
            <p class="govuk-body">"A template has a row for every criterion of its version. Copy the rows for each Practice and year, and delete columns that you do not need."</p>
            <ul class="govuk-list govuk-list--bullet">{templates.collect_view()}</ul>
            <h2 class="govuk-heading-m">"Upload a file"</h2>
            <form method="post" action=paths::IMPORTS enctype="multipart/form-data" novalidate>
                {file(error_of(&errors, "file"))}
                <button type="submit" class="govuk-button">"Check the file"</button>
            </form>
            <h2 class="govuk-heading-m">"Imports"</h2>
            {list}
        },
    )
    .with_back("/admin", "Administration")
}

fn done(words: String) -> impl IntoView {
    view! {
        <div class="govuk-notification-banner govuk-notification-banner--success" role="alert" aria-labelledby="done">
            <div class="govuk-notification-banner__header"><h2 class="govuk-notification-banner__title" id="done">"Success"</h2></div>
            <div class="govuk-notification-banner__content"><p class="govuk-notification-banner__heading">{words}</p></div>
        </div>
    }
}

fn file(error: Option<String>) -> impl IntoView {
    let (group, input, described) = match error {
        Some(_) => (
            "govuk-form-group govuk-form-group--error",
            "govuk-file-upload govuk-file-upload--error",
            "file-hint file-error",
        ),
        None => ("govuk-form-group", "govuk-file-upload", "file-hint"),
    };
    view! {
        <div class=group>
            <label class="govuk-label" r#for="file">"File"</label>
            <div id="file-hint" class="govuk-hint">"CSV (in Excel: “CSV UTF-8”) or JSON, up to " {StoredFile::limit_words()}</div>
            {error.map(|message| view! {
                <p id="file-error" class="govuk-error-message"><span class="govuk-visually-hidden">"Error: "</span>{message}</p>
            })}
            <input class=input id="file" name="file" type="file" accept=".csv,.json,.txt" aria-describedby=described/>
        </div>
    }
}

/// One import in the list.
fn import(import: &ImportRecord) -> impl IntoView + use<> {
    let id = format!("import-{}", import.id);
    let years = years(&import.assessments);
    let what = count(import.assessments.len(), "assessment", "assessments");
    let with = [
        (!import.practices.is_empty()).then(|| format!("New Practices: {}.", import.practices.join(", "))),
        (!import.cycles.is_empty()).then(|| {
            let cycles: Vec<String> = import.cycles.iter().map(CycleId::to_string).collect();
            format!("New cycles: {}.", cycles.join(", "))
        }),
    ];
    let with: Vec<String> = with.into_iter().flatten().collect();
    let state = match &import.taken_back {
        Some(back) => {
            let words = format!(
                "Taken back on {} by {}. Reason: {}",
                moment(back.at),
                back.who,
                back.why
            );
            view! { <p class="govuk-body"><strong class="govuk-tag govuk-tag--grey">"Taken back"</strong>" "{words}</p> }.into_any()
        }
        None => view! {
            <p class="govuk-body"><a class="govuk-link" href=paths::take_back(import.id)>
                "Take back"<span class="govuk-visually-hidden">{format!(" the import of {}", import.file)}</span>
            </a></p>
        }
        .into_any(),
    };
    view! {
        <section aria-labelledby=id.clone()>
            <h3 class="govuk-heading-s app-break" id=id.clone()>{import.file.clone()}</h3>
            <p class="govuk-body">{format!("{what}, imported on {} by {}. {}", moment(import.at), import.who, with.join(" "))}</p>
            <details class="govuk-details">
                <summary class="govuk-details__summary"><span class="govuk-details__summary-text">"Show assessments"</span></summary>
                <div class="govuk-details__text">
                    {years}
                    <p class="govuk-body app-break">{format!("SHA-256 of the file: {}", import.sha256)}</p>
                </div>
            </details>
            {state}
        </section>
    }
}

/// Returns the assessments that came with an import, as many as anybody reads.
fn years(all: &[ImportedYear]) -> impl IntoView + use<> {
    let words = |year: &ImportedYear| {
        format!(
            "{} {}: {} of {} criteria",
            year.practice, year.cycle, year.rated, year.criteria
        )
    };
    let more = all.len().saturating_sub(MOST);
    let lines = all
        .iter()
        .take(MOST)
        .map(words)
        .chain((more > 0).then(|| format!("And {more} more")));
    let lines = lines.map(|line| view! { <li>{line}</li> }).collect_view();
    view! { <ul class="govuk-list govuk-list--bullet">{lines}</ul> }
}

/// Returns why a file cannot be taken in, line by line.
pub fn refused(name: &str, lines: Vec<String>) -> Page {
    let errors: Vec<Error> = lines.into_iter().map(|line| Error::at("", line)).collect();
    let nothing = "Nothing was imported. Correct the file, then upload it again.";
    Page::new(
        format!("Check {name}"),
        view! {
            {error_summary(&errors)}
            <h1 class="govuk-heading-l app-break">{format!("Check {name}")}</h1>
            <p class="govuk-body">{nothing}</p>
            <p class="govuk-body"><a class="govuk-link" href=paths::IMPORTS>"Upload another file"</a></p>
        },
    )
    .with_back(paths::IMPORTS, "Import earlier years")
}

/// Returns what a file would do, with the form that confirms it.
pub fn dry_run(name: &str, trial: &Trial, token: &str, errors: Vec<Error>) -> Page {
    let outcome = trial.outcome();
    let (added, same) = (outcome.assessments_added.len(), outcome.unchanged.len());
    let adds = |n| count(n, "assessment", "assessments");
    let news = [
        (!outcome.practices_added.is_empty())
            .then(|| format!("New Practices: {}.", outcome.practices_added.join(", "))),
        (!outcome.cycles_added.is_empty()).then(|| {
            let cycles: Vec<&str> = outcome.cycles_added.iter().map(CycleId::as_str).collect();
            format!("New cycles, which are added as closed: {}.", cycles.join(", "))
        }),
    ];
    let news: Vec<String> = news.into_iter().flatten().collect();
    let sum = format!(
        "{} would be added, {} already here and unchanged. {}",
        adds(added),
        same,
        news.join(" ")
    );
    let form = (added > 0).then(|| confirm(trial, token, &errors));
    Page::new(
        format!("Check {name}"),
        view! {
            {error_summary(&errors)}
            <h1 class="govuk-heading-l app-break">{format!("Check {name}")}</h1>
            <p class="govuk-body">{sum}" Nothing has been saved yet."</p>
            {table(trial)}
            {form}
            <p class="govuk-body"><a class="govuk-link" href=paths::IMPORTS>"Upload another file"</a></p>
        },
    )
    .with_back(paths::IMPORTS, "Import earlier years")
}

/// Practices by cycles.
fn table(trial: &Trial) -> impl IntoView + use<> {
    let outcome = trial.outcome();
    let mut cells: BTreeMap<(&PracticeSlug, &CycleId), String> = BTreeMap::new();
    for (practice, cycle) in &outcome.assessments_added {
        cells.insert((practice, cycle), "New, complete".to_owned());
    }
    for one in trial.incomplete() {
        let words = format!("New, {} of {} criteria", one.criteria - one.missing.len(), one.criteria);
        cells.insert((&one.practice, &one.cycle), words);
    }
    for (practice, cycle) in &outcome.unchanged {
        cells.insert((practice, cycle), "Unchanged".to_owned());
    }
    let practices: BTreeSet<&PracticeSlug> = cells.keys().map(|(practice, _)| *practice).collect();
    let cycles: BTreeSet<&CycleId> = cells.keys().map(|(_, cycle)| *cycle).collect();
    let heads = cycles
        .iter()
        .map(|cycle| view! { <th scope="col" class="govuk-table__header">{cycle.to_string()}</th> });
    let heads = heads.collect_view();
    let row = |practice: &PracticeSlug| {
        let cell = |cycle: &&CycleId| {
            cells
                .get(&(practice, *cycle))
                .cloned()
                .unwrap_or_else(|| "–".to_owned())
        };
        let cells = cycles
            .iter()
            .map(|cycle| view! { <td class="govuk-table__cell">{cell(cycle)}</td> })
            .collect_view();
        view! {
            <tr class="govuk-table__row">
                <th scope="row" class="govuk-table__header">{practice.to_string()}</th>
                {cells}
            </tr>
        }
    };
    let rows = practices.iter().map(|practice| row(practice)).collect_view();
    view! {
        <div class="app-scroll" role="region" aria-label="Assessments in the file" tabindex="0">
            <table class="govuk-table">
                <caption class="govuk-table__caption govuk-table__caption--s">"Assessments in the file"</caption>
                <thead class="govuk-table__head"><tr class="govuk-table__row">
                    <th scope="col" class="govuk-table__header">"Practice"</th>{heads}
                </tr></thead>
                <tbody class="govuk-table__body">{rows}</tbody>
            </table>
        </div>
    }
}

fn confirm(trial: &Trial, token: &str, errors: &[Error]) -> impl IntoView + use<> {
    let incomplete = (!trial.incomplete().is_empty()).then(|| missing(trial.incomplete(), errors));
    let detail = (!trial.identifying().is_empty()).then(|| identifying(trial.identifying(), errors));
    view! {
        <form method="post" action=format!("{}/confirm", paths::IMPORTS) novalidate autocomplete="off">
            {hidden("held", token)}
            {incomplete}
            {detail}
            <button type="submit" class="govuk-button">"Import"</button>
        </form>
    }
}

fn missing(incomplete: &[Incomplete], errors: &[Error]) -> impl IntoView + use<> {
    let items = incomplete.iter().map(|one| {
        let ids = one.missing.iter().map(|id| view! { <li>{id.to_string()}</li> }).collect_view();
        let words = format!("{} {}: {} of {} criteria are missing", one.practice, one.cycle, one.missing.len(), one.criteria);
        view! {
            <details class="govuk-details">
                <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{words}</span></summary>
                <div class="govuk-details__text"><ul class="govuk-list govuk-list--bullet">{ids}</ul></div>
            </details>
        }
    });
    view! {
        <h2 class="govuk-heading-m">"Criteria are missing"</h2>
        <p class="govuk-body">"A finalised assessment cannot be added to later. If the file should have these criteria, add them and upload it again."</p>
        {items.collect_view()}
        {tick(ALLOW_INCOMPLETE, "Import these assessments with the criteria missing", errors)}
    }
}

fn identifying(found: &[Identifying], errors: &[Error]) -> impl IntoView + use<> {
    let rows = found.iter().take(MOST).map(|one| {
        let shown = one.pieces().into_iter().map(|piece| match piece.kind {
            Some(_) => view! { <mark>{piece.text}</mark> }.into_any(),
            None => piece.text.into_any(),
        });
        view! { <dt>{format!("{}, {}: {} {}", one.place, one.column, one.practice, one.cycle)}</dt><dd>{shown.collect_view()}</dd> }
    });
    let rows = rows.collect_view();
    let more = found.len().saturating_sub(MOST);
    let more = (more > 0).then(|| view! { <p class="govuk-body">{format!("And {more} more.")}</p> });
    view! {
        <h2 class="govuk-heading-m">"Could these words identify somebody?"</h2>
        <p class="govuk-body">"Nothing that identifies a woman or a child belongs here. Rewrite the marked words in the file and upload it again, or keep them if they are no risk to anybody."</p>
        <div class="app-check"><dl>{rows}</dl>{more}</div>
        {tick(KEEP_DETAIL, "These words do not identify anybody: keep them", errors)}
    }
}

/// Returns a box of its own.
fn tick(name: &'static str, words: &'static str, errors: &[Error]) -> impl IntoView + use<> {
    let error = error_of(errors, name);
    let class = match error {
        Some(_) => "govuk-form-group govuk-form-group--error",
        None => "govuk-form-group",
    };
    let (group, value) = name.split_once('.').unwrap_or((name, ""));
    view! {
        <div class=class>
            {error.map(|message| view! {
                <p class="govuk-error-message"><span class="govuk-visually-hidden">"Error: "</span>{message}</p>
            })}
            {boxes(group, vec![Choice::new(value, words)], &[], false)}
        </div>
    }
}

/// Returns what taking back means, and the reason for it.
pub fn take_back(import: &ImportRecord, why: &str, check: &Check, errors: Vec<Error>) -> Page {
    let years = years(&import.assessments);
    let title = format!("Take back {}", import.file);
    let body = match &import.taken_back {
        Some(_) => view! { <p class="govuk-body">"This import was taken back already."</p> }.into_any(),
        None => view! {
            <p class="govuk-body">"These assessments are deleted with everything in them:"</p>
            {years}
            <p class="govuk-body">"Practices and cycles that came with this import are deleted too, unless they are used by now. That it was imported and taken back, by whom and why, stays on record. You can import the corrected file afterwards."</p>
            <p class="govuk-body">"An import cannot be taken back once something was built on it, such as an action, a citation or a later finalised assessment."</p>
            <form method="post" action=paths::take_back(import.id) novalidate autocomplete="off">
                {check.notice()}
                <TextArea name="why" label="Reason" hint="For the record. Do not name anybody." value=why.to_owned() error=error_of(&errors, "why")/>
                <button type="submit" class="govuk-button govuk-button--warning">"Take back the import"</button>
            </form>
        }
        .into_any(),
    };
    Page::new(
        title.clone(),
        view! {
            {error_summary(&errors)}
            <h1 class="govuk-heading-l app-break">{title}</h1>
            {body}
        },
    )
    .with_back(paths::IMPORTS, "Import earlier years")
}
