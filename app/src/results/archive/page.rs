//! The list of what is kept of a report, and the page of one: how far it is, then its files with their hashes.

use super::make::Progress;
use crate::{
    islands::Watch,
    paths,
    results::words,
    ui::{form::hidden, text::moment},
    web::Page,
};
use framework::evidence::size_words;
use leptos::prelude::*;
use report::output::Format;
use store::{ArchiveStatus, ArchivedDocument, ArchivedReport, ReportOf};

/// Returns what is kept of a report, and the button to keep it as it is now, where that may be; `edition` is the one that is shown.
pub fn list(of: &ReportOf, edition: Option<i32>, may_keep: bool, kept: &[ArchivedReport]) -> Option<AnyView> {
    let rows: Vec<_> = kept.iter().filter_map(row).collect();
    if rows.is_empty() && !may_keep {
        return None;
    }
    let summary = match rows.len() {
        0 => "Archive this report".to_owned(),
        n => format!("Archived reports: {n}"),
    };
    let view = view! {
        <details class="govuk-details">
            <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{summary}</span></summary>
            <div class="govuk-details__text">
                <p class="govuk-body">
                    "An archived report is made once and stays as it is, whatever is taken up again or published later. Its SHA-256 shows whether a copy of a file is the same."
                </p>
                <ul class="govuk-list govuk-list--spaced">{rows}</ul>
                {may_keep.then(|| button(of, edition))}
            </div>
        </details>
    };
    Some(view.into_any())
}

fn button(of: &ReportOf, edition: Option<i32>) -> impl IntoView + use<> {
    view! {
        <form method="post" action=paths::keep_report(of)>
            {edition.map(|edition| hidden("edition", &edition.to_string()))}
            <button type="submit" class="govuk-button govuk-button--secondary">"Make and archive this report"</button>
        </form>
    }
}

/// Returns a line of the list; none for what could not be made.
fn row(kept: &ArchivedReport) -> Option<impl IntoView + use<>> {
    let rest = match &kept.state {
        ArchiveStatus::Failed => return None,
        ArchiveStatus::Waiting | ArchiveStatus::Working(_) => view! { " (being made)" }.into_any(),
        ArchiveStatus::Finished { documents, .. } => {
            let files = in_order(documents).into_iter().map(|(format, document)| {
                let href = paths::kept_file(&kept.of, kept.id, format);
                let short = document.hash.as_str().get(..8).unwrap_or_default().to_owned();
                view! {
                    <li>
                        <a class="govuk-link" href=href download="">{words(format)}</a>
                        {format!(", {}, SHA-256 ", size_words(document.size))} <code>{short}</code> "…"
                    </li>
                }
            });
            view! { <ul class="govuk-list govuk-list--bullet">{files.collect_view()}</ul> }.into_any()
        }
    };
    Some(view! {
        <li>
            <a class="govuk-link" href=paths::kept_report(&kept.of, kept.id)>{format!("{}, {}", which(kept), moment(kept.asked_at))}</a>
            {format!(", asked for by {}", kept.asked_by)} {rest}
        </li>
    })
}

/// `Cycle 2026`, or `Cycle 2026, edition 2`
fn which(kept: &ArchivedReport) -> String {
    let edition = kept.edition.map(|edition| format!(", edition {edition}"));
    format!("Cycle {}{}", kept.of.cycle, edition.unwrap_or_default())
}

/// Returns the page of one. While it is made, an island takes the server's `app-kept` in place of what is shown.
pub fn one(whose: &str, kept: ArchivedReport) -> Page {
    let title = format!("{whose}, {}: archived report", kept.of.cycle);
    let under_way = matches!(kept.state, ArchiveStatus::Waiting | ArchiveStatus::Working(_));
    let (caption, back) = (
        format!("{whose}, {}", which(&kept).to_lowercase()),
        paths::report(&kept.of),
    );
    let page = Page::built(title, move || {
        let part = part(&kept);
        let part = if under_way {
            view! { <Watch>{part}</Watch> }.into_any()
        } else {
            part
        };
        view! {
            <span class="govuk-caption-l">{caption}</span>
            <h1 class="govuk-heading-l">"Archived report"</h1>
            <p class="govuk-body">{format!("Asked for by {}, {}.", kept.asked_by, moment(kept.asked_at))}</p>
            {part}
        }
        .into_any()
    })
    .with_back(back, "The report as it stands today")
    .wide();
    if under_way { page.with_islands() } else { page }
}

fn part(kept: &ArchivedReport) -> AnyView {
    let inside = match &kept.state {
        ArchiveStatus::Waiting => progress(kept, 0, "It waits for its turn.".to_owned()).into_any(),
        ArchiveStatus::Working(done) => progress(kept, usize::from(*done), step(usize::from(*done))).into_any(),
        ArchiveStatus::Finished { at, documents } => {
            let made = format!("Made {}. These files never change.", moment(*at));
            view! { <p class="govuk-body">{made}</p> {files(kept, documents)} }.into_any()
        }
        ArchiveStatus::Failed => view! {
            <p class="govuk-body">
                "This report could not be made, and nothing was kept. Try again; if it fails again, tell whoever looks after this site: the reason is in its log."
            </p>
            {button(&kept.of, kept.edition)}
        }
        .into_any(),
    };
    view! { <div class="app-kept" tabindex="-1">{inside}</div> }.into_any()
}

fn progress(kept: &ArchivedReport, done: usize, words: String) -> impl IntoView + use<> {
    view! {
        <p class="govuk-body" id="kept-step">{words}</p>
        <progress class="app-progress__bar" max=Progress::all().len().to_string() value=done.to_string() aria-labelledby="kept-step"></progress>
        <p class="govuk-body">"You may leave this page: the report is made all the same, and stands in the list of archived reports."</p>
        <p class="govuk-body"><a class="govuk-link" href=paths::kept_report(&kept.of, kept.id)>"Look again"</a></p>
    }
}

/// `Step 3 of 7: making the PDF file.`
fn step(done: usize) -> String {
    let steps = Progress::all();
    let what = match steps.get(done) {
        Some(Progress::Facts) => "reading what it is worked out from".to_owned(),
        Some(Progress::Figures) => "working out the figures".to_owned(),
        Some(Progress::File(format)) => format!("making the {} file", words(*format)),
        Some(Progress::Keep) | None => "archiving the files".to_owned(),
    };
    format!("Step {} of {}: {what}.", (done + 1).min(steps.len()), steps.len())
}

fn files(kept: &ArchivedReport, documents: &[ArchivedDocument]) -> impl IntoView + use<> {
    let rows = in_order(documents).into_iter().map(|(format, document)| {
        let href = paths::kept_file(&kept.of, kept.id, format);
        view! {
            <tr class="govuk-table__row">
                <th scope="row" class="govuk-table__header"><a class="govuk-link" href=href download="">{format!("Download as {}", words(format))}</a></th>
                <td class="govuk-table__cell" data-label="Size">{size_words(document.size)}</td>
                <td class="govuk-table__cell" data-label="SHA-256"><code class="app-break">{document.hash.as_str().to_owned()}</code></td>
            </tr>
        }
    });
    view! {
        <table class="govuk-table app-stacked">
            <caption class="govuk-table__caption govuk-table__caption--m">"Files"</caption>
            <thead class="govuk-table__head">
                <tr class="govuk-table__row">
                    <th scope="col" class="govuk-table__header">"File"</th>
                    <th scope="col" class="govuk-table__header">"Size"</th>
                    <th scope="col" class="govuk-table__header">"SHA-256"</th>
                </tr>
            </thead>
            <tbody class="govuk-table__body">{rows.collect_view()}</tbody>
        </table>
    }
}

/// Returns the files in the order in which reports are offered.
fn in_order(documents: &[ArchivedDocument]) -> Vec<(Format, &ArchivedDocument)> {
    let of = |format: Format| Some((format, documents.iter().find(|one| one.format == format.extension())?));
    Format::ALL.into_iter().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_is_said_in_words_and_none_goes_past_the_last() {
        let last = Progress::all().len();
        let said: Vec<String> = (0..=last).map(step).collect();
        assert_eq!(
            said[0],
            format!("Step 1 of {last}: reading what it is worked out from.")
        );
        assert_eq!(said[2], format!("Step 3 of {last}: making the PDF file."));
        assert_eq!(said[last - 1], format!("Step {last} of {last}: archiving the files."));
        assert_eq!(said[last], said[last - 1]);
    }
}
