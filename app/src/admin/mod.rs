//! What administrators do: people and invitations, Practices, cycles.

mod agreement;
mod cycles;
mod events;
mod people;
mod practices;

use crate::{
    paths,
    ui::ways::way,
    web::{Access, Answered, AppState, Endpoint, Page, SignedIn},
};
use axum::extract::State;
use leptos::prelude::*;

/// This feature's routes.
pub fn endpoints() -> Vec<Endpoint> {
    use Access::Administrator;
    vec![
        Endpoint::get("/admin", Administrator, show),
        Endpoint::get("/admin/people", Administrator, people::show),
        Endpoint::post("/admin/people/invite", Administrator, people::invite),
        Endpoint::post("/admin/people/password-link", Administrator, people::password_link),
        Endpoint::post("/admin/people/withdraw", Administrator, people::withdraw),
        Endpoint::post("/admin/people/end-role", Administrator, people::end_role),
        Endpoint::post("/admin/people/disable", Administrator, people::disable),
        Endpoint::get("/admin/practices", Administrator, practices::show),
        Endpoint::post("/admin/practices", Administrator, practices::add),
        Endpoint::get(paths::ALL_ACCOUNT_EVENTS, Administrator, events::show),
        Endpoint::get("/admin/agreement", Administrator, agreement::show),
        Endpoint::get("/admin/cycles", Administrator, cycles::show),
        Endpoint::post("/admin/cycles", Administrator, cycles::open),
        Endpoint::post("/admin/cycles/close", Administrator, cycles::close),
    ]
}

async fn show(State(state): State<AppState>, SignedIn(actor): SignedIn) -> Answered {
    let rows = [
        (
            "/admin/people",
            "People",
            "Invite people, see who may do what, help with forgotten passwords, close accounts",
        ),
        ("/admin/practices", "Practices", "Add a Practice"),
        (
            "/admin/cycles",
            "Cycles",
            "Open a cycle under a version of the framework",
        ),
        (
            paths::IMPORTS,
            "Import earlier years",
            "Add finished assessments from a file, see what was imported, take back a mistaken import",
        ),
        (
            "/admin/agreement",
            "Agreement of reviewers",
            "How reviewers agree with each other and with the Practices",
        ),
        (
            paths::ALL_ACCOUNT_EVENTS,
            "Account events",
            "Who was invited, whose roles changed, who got a link for a new password",
        ),
    ]
    .into_iter()
    .map(|(href, name, hint)| way(href, name, hint))
    .collect_view();
    let page = Page::new(
        "Administration",
        view! { <h1 class="govuk-heading-l">"Administration"</h1><ul class="govuk-task-list">{rows}</ul> },
    );
    Ok(page.respond(&state, Some(&actor)).await)
}
