//! The Practice's statement on its moderated ratings, to read.

use super::text::{count, moment, prose};
use framework::statement::Statement;
use leptos::prelude::*;
use store::{Statements, Wording};

/// Returns what the Practice states, with who made the statement and when; that there is none, where there is none.
pub fn shown(statements: &Statements) -> AnyView {
    match statements.current() {
        None => view! { <p class="govuk-body">"The Practice has made no statement."</p> }.into_any(),
        Some((statement, wording)) => view! {
            <div class="govuk-inset-text">
                {statement_view(statement)}
                <p class="govuk-body-s app-muted">{format!("{}, {}", wording.who, moment(wording.at))}</p>
                {changed_since(statements)}
            </div>
        }
        .into_any(),
    }
}

/// Returns the stance and the Practice's own words.
fn statement_view(statement: &Statement) -> impl IntoView + use<> {
    let words = statement.words.as_ref().map(|words| prose(words.as_str()));
    view! { <p class="govuk-body"><strong>{format!("{}.", statement.stance.name())}</strong></p> {words} }
}

fn changed_since(statements: &Statements) -> Option<impl IntoView + use<>> {
    let changed = statements.changed_since;
    let words = count(
        changed,
        "agreed rating or its explanation was changed after this statement.",
        "agreed ratings or their explanations were changed after this statement.",
    );
    (changed > 0).then(|| view! { <p class="govuk-body"><strong class="govuk-tag govuk-tag--yellow">"Changed since"</strong> " " {words}</p> })
}

/// Returns all wordings before the one that counts, the latest first; nothing where there are none.
pub fn earlier(statements: &Statements) -> Option<impl IntoView + use<>> {
    let earlier = statements.wordings.iter().rev().skip(1);
    let rows = earlier.map(wording).collect_view();
    (statements.wordings.len() > 1).then(|| {
        view! {
            <details class="govuk-details">
                <summary class="govuk-details__summary"><span class="govuk-details__summary-text">"Earlier wordings"</span></summary>
                <div class="govuk-details__text">{rows}</div>
            </details>
        }
    })
}

fn wording(wording: &Wording) -> impl IntoView + use<> {
    let words = match &wording.statement {
        Some(statement) => statement_view(statement).into_any(),
        None => view! { <p class="govuk-body"><strong>"Statement taken back."</strong></p> }.into_any(),
    };
    view! { {words} <p class="govuk-body-s app-muted">{format!("{}, {}", wording.who, moment(wording.at))}</p> }
}
