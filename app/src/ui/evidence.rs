//! Items of evidence as pages name them: title, what they are, their day, and whether they have expired.

use super::text::{prose, today};
use crate::paths::EvidencePath;
use framework::{
    day,
    evidence::{Cited, Content, Evidence},
    ids::PracticeSlug,
};
use leptos::prelude::*;
use time::Date;

/// Returns what an item is made of: `PDF, 1.2 MB`, `Link`, `Note`.
pub fn made_of(evidence: &Evidence) -> String {
    match &evidence.content {
        Content::File(file) => file.words(),
        Content::Link(_) | Content::Note(_) => evidence.kind().name().to_owned(),
    }
}

/// A tag on what has expired.
pub fn expired_tag(evidence: &Evidence, today: Date) -> Option<impl IntoView + use<>> {
    let expired = evidence.expired(today);
    expired.then(|| view! { <strong class="govuk-tag govuk-tag--red">"Expired"</strong> })
}

/// The items that are cited on a criterion, each a link; nothing where there are none.
pub fn cited(practice: &PracticeSlug, items: &[Cited]) -> Option<impl IntoView + use<>> {
    let at = EvidencePath {
        practice: practice.clone(),
    };
    let today = today();
    let rows = items.iter().map(|item| one(&at, item, today)).collect_view();
    (!items.is_empty()).then(|| {
        view! {
            <div class="app-cited">
                <h3 class="govuk-heading-s">"Evidence cited"</h3>
                <ul class="govuk-list">{rows}</ul>
            </div>
        }
    })
}

fn one(at: &EvidencePath, item: &Cited, today: Date) -> impl IntoView + use<> {
    let evidence = &item.evidence;
    let review_by = evidence.review_by.map(|by| format!(", review by {}", day::words(by)));
    view! {
        <li>
            <a class="govuk-link" href=at.version(item.id, item.number)>{evidence.title.to_string()}</a>
            " " {expired_tag(evidence, today)}
            <div class="app-muted govuk-body-s">
                {format!("{} · true of {}{}", made_of(evidence), day::words(evidence.true_of), review_by.unwrap_or_default())}
            </div>
        </li>
    }
}

/// Returns the thing itself: a link to the file or the address, or the note's text.
pub fn content(evidence: &Evidence, file: String) -> AnyView {
    match &evidence.content {
        Content::File(stored) => view! {
            <a class="govuk-link" href=file download="">{format!("Download {}", stored.name)}</a>
            " " <span class="app-muted">{format!("({})", stored.words())}</span>
        }
        .into_any(),
        Content::Link(link) => {
            view! { <a class="govuk-link app-break" href=link.to_string() rel="noreferrer noopener external">{link.to_string()}</a> }
                .into_any()
        }
        Content::Note(note) => prose(note.as_str()),
    }
}
