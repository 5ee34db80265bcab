//! What administrators do: people and invitations, Practices, cycles.

mod agreement;
mod closing;
mod cycles;
mod events;
mod people;
mod practice;
mod practices;
mod regions;
mod role;

use crate::{
    paths,
    ui::nav_list::way,
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
        Endpoint::get("/admin/people/close", Administrator, closing::account),
        Endpoint::post("/admin/people/disable", Administrator, people::disable),
        Endpoint::get("/admin/people/end-role", Administrator, closing::role),
        Endpoint::post("/admin/people/restore-role", Administrator, closing::restore),
        Endpoint::get("/admin/people/role", Administrator, role::ask),
        Endpoint::post("/admin/people/role", Administrator, role::change),
        Endpoint::get("/admin/practices", Administrator, practices::show),
        Endpoint::post("/admin/practices", Administrator, practices::add),
        Endpoint::get(paths::ALL_ACCOUNT_EVENTS, Administrator, events::show),
        Endpoint::get("/admin/practices/{practice}", Administrator, practice::show),
        Endpoint::post("/admin/practices/{practice}", Administrator, practice::save),
        Endpoint::get("/admin/practices/{practice}/close", Administrator, practice::ask),
        Endpoint::post("/admin/practices/{practice}/close", Administrator, practice::close),
        Endpoint::post("/admin/practices/{practice}/reopen", Administrator, practice::reopen),
        Endpoint::get("/admin/regions", Administrator, regions::show),
        Endpoint::post("/admin/regions", Administrator, regions::add),
        Endpoint::post("/admin/regions/rename", Administrator, regions::rename),
        Endpoint::get("/admin/agreement", Administrator, agreement::show),
        Endpoint::get("/admin/cycles", Administrator, cycles::show),
        Endpoint::post("/admin/cycles", Administrator, cycles::open),
        Endpoint::get("/admin/cycles/close", Administrator, cycles::ask),
        Endpoint::post("/admin/cycles/close", Administrator, cycles::close),
        Endpoint::post("/admin/cycles/reopen", Administrator, cycles::reopen),
    ]
}

async fn show(State(state): State<AppState>, SignedIn(actor): SignedIn) -> Answered {
    let rows = [
        (
            "/admin/people",
            "People",
            "Invite people, see who may do what, help with forgotten passwords, close accounts",
        ),
        (
            "/admin/practices",
            "Practices",
            "Add, rename and close Practices, keep the list of regions",
        ),
        (
            "/admin/cycles",
            "Cycles",
            "Open a cycle under a version of the framework, close it",
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
