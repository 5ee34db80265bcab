//! People: who may do what, invitations, closed accounts.

use super::closing::{After, give_back_button, reopen_button, told};
use crate::{
    ui::{
        form::{Error, Select, TextField, error_of, error_summary, hidden},
        text::day,
    },
    web::{Answered, AppState, Fields, Page, Refusal, SignedIn, render::see_other, secret},
};
use axum::{
    extract::{Query, State},
    http::StatusCode,
};
use framework::{
    actor::{Actor, PersonId, Role},
    ids::PracticeSlug,
    name::Email,
};
use leptos::prelude::*;
use store::{INVITATION_LASTS, NewInvitation, PASSWORD_LINK_LASTS, PendingInvitation, PersonRow, StoreError};
use time::OffsetDateTime;
use uuid::Uuid;

pub async fn show(State(state): State<AppState>, SignedIn(actor): SignedIn, Query(after): Query<After>) -> Answered {
    let shown = page(&state, &actor, &Fields::default(), None, vec![], &after).await?;
    Ok(shown.respond(&state, Some(&actor)).await)
}

pub async fn invite(State(state): State<AppState>, SignedIn(actor): SignedIn, fields: Fields) -> Answered {
    let mut errors = vec![];
    let invitation = read(&fields, &mut errors);
    if let Some(invitation) = invitation {
        let token = secret::token().map_err(|e| Refusal::Broken(e.to_string()))?;
        match state
            .store
            .invite(&actor, &invitation, &secret::hash(&token), OffsetDateTime::now_utc())
            .await
        {
            Ok(()) => {
                let link = format!("{}/invitation/{token}", state.origin.url);
                let made = Made {
                    title: "Invitation made",
                    email: invitation.email,
                    lasts: format!("{} days", INVITATION_LASTS.whole_days()),
                    link,
                };
                let page = page(
                    &state,
                    &actor,
                    &Fields::default(),
                    Some(made),
                    vec![],
                    &After::default(),
                )
                .await?;
                return Ok(page.respond(&state, Some(&actor)).await);
            }
            Err(StoreError::Refused(sentence) | StoreError::Taken(sentence)) => {
                errors.push(Error::at("email", sentence))
            }
            Err(other) => return Err(other.into()),
        }
    }
    let page = page(&state, &actor, &fields, None, errors, &After::default())
        .await?
        .with_status(StatusCode::UNPROCESSABLE_ENTITY);
    Ok(page.respond(&state, Some(&actor)).await)
}

pub async fn password_link(State(state): State<AppState>, SignedIn(actor): SignedIn, fields: Fields) -> Answered {
    let id = Uuid::parse_str(fields.get("id")).map_err(|_| Refusal::NotFound)?;
    let token = secret::token().map_err(|e| Refusal::Broken(e.to_string()))?;
    let email = state
        .store
        .password_link(&actor, PersonId(id), &secret::hash(&token), OffsetDateTime::now_utc())
        .await?;
    let made = Made {
        title: "Link made",
        email,
        lasts: format!("{} hours", PASSWORD_LINK_LASTS.whole_hours()),
        link: format!("{}/invitation/{token}", state.origin.url),
    };
    let page = page(
        &state,
        &actor,
        &Fields::default(),
        Some(made),
        vec![],
        &After::default(),
    )
    .await?;
    Ok(page.respond(&state, Some(&actor)).await)
}

pub async fn withdraw(State(state): State<AppState>, SignedIn(actor): SignedIn, fields: Fields) -> Answered {
    let id = Uuid::parse_str(fields.get("id")).map_err(|_| Refusal::NotFound)?;
    state
        .store
        .withdraw_invitation(&actor, id, OffsetDateTime::now_utc())
        .await?;
    Ok(see_other("/admin/people"))
}

pub async fn disable(State(state): State<AppState>, SignedIn(actor): SignedIn, fields: Fields) -> Answered {
    let id = Uuid::parse_str(fields.get("id")).map_err(|_| Refusal::NotFound)?;
    let disabled = fields.get("disabled") == "yes";
    state
        .store
        .set_disabled(&actor, PersonId(id), disabled, OffsetDateTime::now_utc())
        .await?;
    let done = if disabled { "closed" } else { "opened" };
    Ok(see_other(format!("/admin/people?{done}={id}")))
}

pub async fn end_role(State(state): State<AppState>, SignedIn(actor): SignedIn, fields: Fields) -> Answered {
    let id = Uuid::parse_str(fields.get("id")).map_err(|_| Refusal::NotFound)?;
    let practice = PracticeSlug::parse(fields.get("practice")).map_err(|_| Refusal::NotFound)?;
    state
        .store
        .remove_member(&actor, PersonId(id), &practice, OffsetDateTime::now_utc())
        .await?;
    Ok(see_other(format!("/admin/people?ended={id}&practice={practice}")))
}

fn read(fields: &Fields, errors: &mut Vec<Error>) -> Option<NewInvitation> {
    let email = Email::read(fields.get("email"));
    if email.is_err() {
        errors.push(Error::at("email", "Enter an e-mail address, such as name@example.org."));
    }
    let role = Role::from_code(fields.get("role"));
    if role.is_none() {
        errors.push(Error::at("role", "Choose a role."));
    }
    let practice = PracticeSlug::parse(fields.get("practice")).ok();
    if matches!(role, Some(Role::Practice(_))) && practice.is_none() {
        errors.push(Error::at("practice", "Choose the Practice for this role."));
    }
    let practice = practice.filter(|_| matches!(role, Some(Role::Practice(_))));
    let role = role.filter(|_| errors.is_empty())?;
    Some(NewInvitation {
        email: email.ok()?.to_string(),
        role,
        practice,
    })
}

async fn page(
    state: &AppState,
    actor: &Actor,
    fields: &Fields,
    made: Option<Made>,
    errors: Vec<Error>,
    after: &After,
) -> Result<Page, Refusal> {
    let people = state.store.people(actor).await?;
    let pending = state
        .store
        .pending_invitations(actor, OffsetDateTime::now_utc())
        .await?;
    let practices = state.store.practices(actor).await?;
    // nobody is invited to a role that was not chosen
    let roles: Vec<_> = std::iter::once((String::new(), "Choose a role".to_owned()))
        .chain(
            Role::ALL
                .into_iter()
                .map(|r| (r.code().to_owned(), r.name().to_owned())),
        )
        .collect();
    let places: Vec<_> = std::iter::once((String::new(), "None (National Pause)".to_owned()))
        .chain(
            practices
                .iter()
                .filter(|p| p.closed_on.is_none())
                .map(|p| (p.info.slug.to_string(), p.info.name.clone())),
        )
        .collect();
    let people_rows = people.iter().map(|p| person(p, actor)).collect_view();
    let pending_rows = pending.iter().map(waiting).collect_view();
    let pending_list = (!pending.is_empty()).then(|| {
        view! { <h2 class="govuk-heading-m">"Links not used yet"</h2><dl class="govuk-summary-list">{pending_rows}</dl> }
    });
    Ok(Page::new(
        "People",
        view! {
            {error_summary(&errors)}
            {made.map(link_panel)}
            {told(&people, after)}
            <h1 class="govuk-heading-l">"People"</h1>
            <dl class="govuk-summary-list">{people_rows}</dl>
            {pending_list}
            <h2 class="govuk-heading-m">"Invite somebody"</h2>
            <p class="govuk-body">"You get a link that works once. Send it to the person yourself."</p>
            <form method="post" action="/admin/people/invite" novalidate class="app-narrow">
                <TextField name="email" label="E-mail address" kind="email" value=fields.get("email") error=error_of(&errors, "email")/>
                <Select name="role" label="Role" options=roles chosen=fields.get("role") error=error_of(&errors, "role")/>
                <Select name="practice" label="Practice" options=places chosen=fields.get("practice") error=error_of(&errors, "practice")/>
                <button type="submit" class="govuk-button">"Create invitation"</button>
            </form>
        },
    )
    .with_back("/admin", "Administration"))
}

/// A link that was just made, shown once.
struct Made {
    title: &'static str,
    email: String,
    lasts: String,
    link: String,
}

fn link_panel(made: Made) -> impl IntoView {
    let words = format!(
        "Send this link to {}. It works once, within {}, and is shown only now.",
        made.email, made.lasts
    );
    view! {
        <div class="govuk-notification-banner govuk-notification-banner--success" role="alert" aria-labelledby="made">
            <div class="govuk-notification-banner__header"><h2 class="govuk-notification-banner__title" id="made">{made.title}</h2></div>
            <div class="govuk-notification-banner__content">
                <p class="govuk-body">{words}</p>
                <p class="govuk-body app-break"><code>{made.link}</code></p>
            </div>
        </div>
    }
}

fn person(person: &PersonRow, actor: &Actor) -> impl IntoView + use<> {
    let national = person.national.map(|n| Role::National(n).name().to_owned());
    let local = person
        .memberships
        .iter()
        .map(|m| format!("{} of {}", Role::Practice(m.role).name(), m.name));
    let roles: Vec<_> = national.into_iter().chain(local).collect();
    let state = if person.disabled { " (closed)" } else { "" };
    let of_whom = format!(": {}", person.name);
    let link = (actor.person != Some(person.id) && !person.disabled).then(|| {
        view! {
            <form method="post" action="/admin/people/password-link">
                {hidden("id", &person.id.0.to_string())}
                <button type="submit" class="app-link-button">"Link for a new password"<span class="govuk-visually-hidden">{of_whom.clone()}</span></button>
            </form>
        }
    });
    let id = person.id.0;
    let action = (actor.person != Some(person.id)).then(|| match person.disabled {
        true => reopen_button(person),
        false => ask(
            format!("/admin/people/close?id={id}"),
            "Close account".to_owned(),
            &of_whom,
        ),
    });
    let role = ask(
        format!("/admin/people/role?id={id}"),
        "Role at National Pause".to_owned(),
        &of_whom,
    );
    let ends = person
        .memberships
        .iter()
        .map(|m| {
            let href = format!("/admin/people/end-role?id={id}&practice={}", m.slug);
            ask(href, format!("End role in {}", m.name), &of_whom)
        })
        .collect_view();
    let past = person
        .past
        .iter()
        .map(|past| {
            let was = format!("Was {} of {}. ", Role::Practice(past.role).name(), past.name);
            view! { <div class="app-muted">{was}{give_back_button(person, past)}</div> }
        })
        .collect_view();
    view! {
        <div class="govuk-summary-list__row">
            <dt class="govuk-summary-list__key">{person.name.clone()}{state}</dt>
            <dd class="govuk-summary-list__value"><span class="app-break">{person.email.clone()}</span><br/>{roles.join("; ")}{past}</dd>
            <dd class="govuk-summary-list__actions">{link}{role}{ends}{action}</dd>
        </div>
    }
}

/// Returns the way to a page that asks first.
fn ask(href: String, words: String, of_whom: &str) -> AnyView {
    let of_whom = of_whom.to_owned();
    view! { <a class="govuk-link" href=href>{words}<span class="govuk-visually-hidden">{of_whom}</span></a> }.into_any()
}

fn waiting(invitation: &PendingInvitation) -> impl IntoView + use<> {
    let place = match (invitation.role, &invitation.practice) {
        (None, _) => "New password".to_owned(),
        (Some(role), None) => role.name().to_owned(),
        (Some(role), Some(practice)) => format!("{} of {practice}", role.name()),
    };
    view! {
        <div class="govuk-summary-list__row">
            <dt class="govuk-summary-list__key app-break">{invitation.email.clone()}</dt>
            <dd class="govuk-summary-list__value">{format!("{place}, until {}", day(invitation.expires_at))}</dd>
            <dd class="govuk-summary-list__actions">
                <form method="post" action="/admin/people/withdraw">
                    {hidden("id", &invitation.id.to_string())}
                    <button type="submit" class="app-link-button">"Withdraw"<span class="govuk-visually-hidden">{format!(" the link of {}", invitation.email)}</span></button>
                </form>
            </dd>
        </div>
    }
}
