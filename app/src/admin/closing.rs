//! Closing an account or ending a role: what it means is shown before, and it can be undone.

use crate::{
    ui::done::{confirm, done, link_button, listed},
    web::{Answered, AppState, Fields, Page, Refusal, SignedIn, render::see_other},
};
use axum::extract::{Query, State};
use framework::{
    actor::{Membership, PersonId, Role},
    ids::PracticeSlug,
};
use leptos::prelude::*;
use serde::Deserialize;
use store::{ClosingAccount, PersonRow};
use time::OffsetDateTime;
use uuid::Uuid;

/// Whose account or role is asked about.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    id: String,
    #[serde(default)]
    practice: String,
}

/// What was done just before, to whom.
#[derive(Default, Deserialize)]
pub struct After {
    closed: Option<Uuid>,
    opened: Option<Uuid>,
    ended: Option<Uuid>,
    given: Option<Uuid>,
    practice: Option<String>,
}

pub async fn account(State(state): State<AppState>, SignedIn(actor): SignedIn, Query(asked): Query<Asked>) -> Answered {
    let closing = state.store.closing_account(&actor, person_of(&asked.id)?).await?;
    if closing.person.disabled || actor.person == Some(closing.person.id) {
        return Ok(see_other("/admin/people"));
    }
    Ok(account_page(&closing).respond(&state, Some(&actor)).await)
}

pub async fn role(State(state): State<AppState>, SignedIn(actor): SignedIn, Query(asked): Query<Asked>) -> Answered {
    let closing = state.store.closing_account(&actor, person_of(&asked.id)?).await?;
    let of = |member: &&Membership| member.slug.as_str() == asked.practice;
    let membership = closing.person.memberships.iter().find(of).ok_or(Refusal::NotFound)?;
    let last = closing.sole_lead.iter().any(|member| member.slug == membership.slug);
    Ok(role_page(&closing.person, membership, last)
        .respond(&state, Some(&actor))
        .await)
}

pub async fn restore(State(state): State<AppState>, SignedIn(actor): SignedIn, fields: Fields) -> Answered {
    let person = person_of(fields.get("id"))?;
    let practice = PracticeSlug::parse(fields.get("practice")).map_err(|_| Refusal::NotFound)?;
    let now = OffsetDateTime::now_utc();
    state.store.restore_member(&actor, person, &practice, now).await?;
    Ok(see_other(format!(
        "/admin/people?given={}&practice={practice}",
        person.0
    )))
}

/// Returns the person that a form or an address names.
pub fn person_of(id: &str) -> Result<PersonId, Refusal> {
    Uuid::parse_str(id).map(PersonId).map_err(|_| Refusal::NotFound)
}

fn account_page(closing: &ClosingAccount) -> Page {
    let ClosingAccount {
        person,
        reviews,
        sole_lead,
    } = closing;
    let id = person.id.0.to_string();
    let reviews = reviews
        .iter()
        .map(|(info, cycle, status)| format!("{}, {cycle}: {}", info.name, status.name()))
        .collect();
    let leadless = sole_lead.iter().map(|member| member.name.clone()).collect();
    Page::new(
        format!("Close the account of {}", person.name),
        view! {
            <h1 class="govuk-heading-l">{format!("Close the account of {}", person.name)}</h1>
            <ul class="govuk-list govuk-list--bullet">
                <li>{format!("{} is signed out everywhere and cannot sign in any more.", person.name)}</li>
                <li>"Links to set a new password that were sent and not used stop working."</li>
                <li>"What they wrote and decided stays."</li>
                <li>"If you reopen the account, it has the roles and Practices it has now."</li>
            </ul>
            {listed("These Practices will have no lead: nobody can start or submit their self-assessment", leadless)}
            {listed("Reviews assigned to them that are not finished: assign somebody else in the queue", reviews)}
            {confirm("/admin/people/disable", &[("id", &id), ("disabled", "yes")], "Close this account", "/admin/people")}
        },
    )
    .with_back("/admin/people", "People")
}

fn role_page(person: &PersonRow, membership: &Membership, last: bool) -> Page {
    let id = person.id.0.to_string();
    let title = format!("End the role of {} in {}", person.name, membership.name);
    let leadless = last.then(|| {
        let words = format!(
            "{} will have no lead: nobody can start or submit its self-assessment until you invite another.",
            membership.name
        );
        view! { <div class="govuk-inset-text">{words}</div> }
    });
    let role = Role::Practice(membership.role).name();
    Page::new(
        title.clone(),
        view! {
            <h1 class="govuk-heading-l">{title}</h1>
            {leadless}
            <ul class="govuk-list govuk-list--bullet">
                <li>{format!("{} is no longer {role} of {} and cannot see it.", person.name, membership.name)}</li>
                <li>"What they wrote stays. The account and other roles stay too."</li>
                <li>"You can give the role back. It is then as if it had never ended."</li>
            </ul>
            {confirm(
                "/admin/people/end-role",
                &[("id", &id), ("practice", membership.slug.as_str())],
                "End this role",
                "/admin/people",
            )}
        },
    )
    .with_back("/admin/people", "People")
}

/// Returns what was done just before, with the way back; only what is so is told.
pub fn told(people: &[PersonRow], after: &After) -> Option<AnyView> {
    let whose = |id: Option<Uuid>| people.iter().find(|person| Some(person.id.0) == id);
    let of = |member: &&Membership| Some(member.slug.as_str()) == after.practice.as_deref();
    if let Some(person) = whose(after.closed).filter(|person| person.disabled) {
        return Some(done(
            format!("The account of {} is closed.", person.name),
            reopen_button(person),
        ));
    }
    if let Some(person) = whose(after.opened).filter(|person| !person.disabled) {
        let words = format!("The account of {} is open again, with the roles it had.", person.name);
        return Some(done(words, ()));
    }
    if let Some(person) = whose(after.ended)
        && let Some(past) = person.past.iter().find(of)
    {
        let words = format!("The role of {} in {} has ended.", person.name, past.name);
        return Some(done(words, give_back_button(person, past)));
    }
    let person = whose(after.given)?;
    if after.practice.is_none() {
        return Some(done(
            format!("The role of {} at National Pause is saved.", person.name),
            (),
        ));
    }
    let member = person.memberships.iter().find(of)?;
    let role = Role::Practice(member.role).name();
    Some(done(format!("{} is {role} of {} again.", person.name, member.name), ()))
}

/// Returns the button that opens a closed account.
pub fn reopen_button(person: &PersonRow) -> AnyView {
    let id = person.id.0.to_string();
    let fields = [("id", id.as_str()), ("disabled", "no")];
    link_button(
        "/admin/people/disable",
        &fields,
        "Reopen account",
        &format!("of {}", person.name),
    )
}

/// Returns the button that gives an ended role back.
pub fn give_back_button(person: &PersonRow, past: &Membership) -> AnyView {
    let id = person.id.0.to_string();
    let fields = [("id", id.as_str()), ("practice", past.slug.as_str())];
    let of_what = format!(
        "as {} of {} to {}",
        Role::Practice(past.role).name(),
        past.name,
        person.name
    );
    link_button("/admin/people/restore-role", &fields, "Give role back", &of_what)
}
