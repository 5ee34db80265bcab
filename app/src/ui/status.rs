//! An assessment's state as a tag.

use framework::lifecycle::Status;
use leptos::prelude::*;

/// Returns the state in words, with a colour that only repeats them.
pub fn tag(status: Status) -> impl IntoView {
    let colour = match status {
        Status::Draft => "govuk-tag--grey",
        Status::Submitted => "govuk-tag--blue",
        Status::InReview => "govuk-tag--purple",
        Status::Returned => "govuk-tag--yellow",
        Status::Moderated => "govuk-tag--light-blue",
        Status::Finalised => "govuk-tag--green",
    };
    view! { <strong class=format!("govuk-tag {colour}")>{status.name()}</strong> }
}
