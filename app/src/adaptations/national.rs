//! What National Pause has to decide, and what ends soon, over all Practices.

use super::list;
use crate::{
    paths,
    ui::{
        nav_list::way,
        register::{days, today},
        text::{count, day},
    },
    web::{Answered, AppState, Page, SignedIn},
};
use axum::extract::State;
use framework::{
    adaptation::{Adaptation, Phase},
    sheet::PracticeInfo,
};
use leptos::prelude::*;
use time::Date;

type Registers = [(PracticeInfo, Vec<Adaptation>)];

pub async fn show(State(state): State<AppState>, SignedIn(actor): SignedIn) -> Answered {
    let registers = state.store.registers(&actor).await?;
    Ok(page(&registers, today()).respond(&state, Some(&actor)).await)
}

fn page(registers: &Registers, today: Date) -> Page {
    Page::new(
        "Adaptations",
        view! {
            <h1 class="govuk-heading-l">"Adaptations"</h1>
            <h2 class="govuk-heading-m">"Waiting for a decision"</h2>
            {waiting(registers)}
            <h2 class="govuk-heading-m">"End soon"</h2>
            {ending(registers, today)}
            <h2 class="govuk-heading-m">"All registers"</h2>
            {all(registers, today)}
        },
    )
    .with_back("/", "Home")
}

fn each(registers: &Registers) -> impl Iterator<Item = (&PracticeInfo, &Adaptation)> {
    registers
        .iter()
        .flat_map(|(practice, register)| register.iter().map(move |adaptation| (practice, adaptation)))
}

/// Returns the longest waiting first.
fn waiting(registers: &Registers) -> AnyView {
    let mut items: Vec<_> = each(registers)
        .filter_map(|(practice, adaptation)| {
            let round = adaptation.latest().filter(|round| round.decision.is_none())?;
            Some((round.proposed.as_ref()?.at, practice, adaptation, round))
        })
        .collect();
    items.sort_by_key(|(at, ..)| *at);
    let rows: Vec<_> = items
        .into_iter()
        .map(|(at, practice, adaptation, round)| {
            let again = if adaptation.rounds.len() > 1 {
                "; decided on before"
            } else {
                ""
            };
            let criteria = count(round.proposal.criteria.len(), "criterion", "criteria");
            let hint = format!(
                "{}; {}; {criteria}{again}; proposed on {}",
                practice.name,
                days(round),
                day(at)
            );
            way(
                paths::adaptation(&practice.slug, adaptation.id),
                round.proposal.title.clone(),
                hint,
            )
        })
        .collect();
    list_or(
        rows,
        "Nothing waits. Adaptations appear here as soon as a Practice proposes one.",
    )
}

fn ending(registers: &Registers, today: Date) -> AnyView {
    let rows: Vec<_> = each(registers)
        .filter(|(_, adaptation)| adaptation.ends_soon(today).is_some())
        .map(|(practice, adaptation)| {
            list::row(&practice.slug, Some(&practice.name), adaptation, Phase::InForce, today)
        })
        .collect();
    list_or(rows, "No agreement ends soon.")
}

/// Every Practice by name, with what it has in force.
fn all(registers: &Registers, today: Date) -> AnyView {
    let rows: Vec<_> = registers
        .iter()
        .filter(|(_, register)| !register.is_empty())
        .map(|(practice, register)| {
            let in_force = register.iter().filter(|a| a.phase(today) == Phase::InForce).count();
            let hint = format!("{in_force} in force, {} in all", register.len());
            way(paths::adaptations(&practice.slug), practice.name.clone(), hint)
        })
        .collect();
    list_or(rows, "No Practice has anything in its register yet.")
}

fn list_or(rows: Vec<impl IntoView + 'static>, empty: &'static str) -> AnyView {
    match rows.is_empty() {
        true => view! { <p class="govuk-body">{empty}</p> }.into_any(),
        false => view! { <ul class="govuk-task-list">{rows.into_iter().collect_view()}</ul> }.into_any(),
    }
}
