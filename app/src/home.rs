//! The first page after signing in: where each person's work is.

use crate::{
    paths,
    ui::{
        nav_list::way,
        plan::{overdue_words, today},
        text::count,
        thread,
    },
    web::{Access, Answered, AppState, Endpoint, Page, SignedIn},
};
use axum::extract::State;
use framework::{
    actor::{PracticeRole, Role},
    clarification::Side,
    lifecycle::Status,
};
use leptos::prelude::*;
use store::Waiting;

/// This feature's routes.
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get("/", Access::SignedIn, show),
        Endpoint::get("/practices", Access::National, practices),
    ]
}

async fn show(State(state): State<AppState>, SignedIn(actor): SignedIn) -> Answered {
    let asked = state.store.waiting_clarifications(&actor).await?;
    let overdue = state.store.overdue(&actor, today()).await?;
    let own = actor
        .memberships
        .iter()
        .map(|m| {
            let theirs = asked.iter().filter(|item| item.practice == m.slug);
            let waiting = theirs.filter_map(|item| {
                let words = thread::waiting_words(Side::Practice, item.waiting.practice, item.waiting.unread)?;
                Some(format!("{}: {words}", item.cycle))
            });
            let role = [Role::Practice(m.role).name().to_owned()].into_iter();
            let late = overdue_words(overdue.get(&m.practice).copied().unwrap_or_default());
            let waiting = waiting.filter(|_| m.role != PracticeRole::Reader);
            let words: Vec<String> = role.chain(waiting).chain(late).collect();
            way(paths::practice(&m.slug), m.name.clone(), words.join(" · "))
        })
        .collect_view();
    let national = if actor.is_national() {
        let queue = state.store.queue(&actor).await?;
        let adaptations = state.store.adaptations_waiting(&actor).await?;
        let waiting = queue.iter().filter(|i| i.status == Status::Submitted).count();
        let sum = |of: fn(&Waiting) -> usize| queue.iter().map(|i| of(&i.clarifications)).sum();
        let asked = thread::waiting_words(Side::National, sum(|w| w.national), sum(|w| w.unread));
        let tasks = [
            (
                "/queue",
                "Review queue",
                [
                    Some(count(
                        waiting,
                        "assessment waits for a reviewer",
                        "assessments wait for a reviewer",
                    )),
                    asked,
                ]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(", "),
            ),
            (
                "/adaptations",
                "Adaptations",
                count(
                    usize::try_from(adaptations).unwrap_or(usize::MAX),
                    "proposal waits for a decision",
                    "proposals wait for a decision",
                ),
            ),
            (
                "/actions",
                "Actions",
                overdue_words(overdue.values().sum()).unwrap_or_else(|| "No action is overdue".to_owned()),
            ),
            (
                "/reports",
                "National report",
                "How the network holds to the model, cycle by cycle".to_owned(),
            ),
            (
                "/practices",
                "Practices",
                "Each Practice’s assessments and reports".to_owned(),
            ),
        ];
        tasks
            .into_iter()
            .map(|(href, name, hint)| way(href, name, hint))
            .collect_view()
            .into_any()
    } else {
        ().into_any()
    };
    let nothing = (actor.memberships.is_empty() && !actor.is_national())
        .then(|| view! { <p class="govuk-body">"Your account has no role yet. Ask National Pause for an invitation to your Practice."</p> });
    let body = view! {
        <h1 class="govuk-heading-l">{format!("Hello, {}", actor.name)}</h1>
        {nothing}
        <ul class="govuk-task-list">{own}{national}{way("/frameworks", "Framework", "The elements and criteria, and what changed")}</ul>
    };
    Ok(Page::new("Home", body).respond(&state, Some(&actor)).await)
}

async fn practices(State(state): State<AppState>, SignedIn(actor): SignedIn) -> Answered {
    let practices = state.store.practices(&actor).await?;
    let body = if practices.is_empty() {
        view! { <p class="govuk-body">"No Practice yet. An administrator adds them, or earlier years are imported from a file."</p> }.into_any()
    } else {
        let rows = practices
            .into_iter()
            .map(|p| way(paths::practice(&p.info.slug), p.info.name, p.info.region))
            .collect_view();
        view! { <ul class="govuk-task-list">{rows}</ul> }.into_any()
    };
    let page = Page::new(
        "Practices",
        view! { <h1 class="govuk-heading-l">"Practices"</h1>{body} },
    )
    .with_back("/", "Home");
    Ok(page.respond(&state, Some(&actor)).await)
}
