//! What the account pages show.

use super::{own_path, password};
use crate::{
    ui::{
        account_events::account_events,
        form::{Choice, Error, Radios, TextField, error_of, error_summary, hidden},
    },
    web::{Fields, Page, strangers::holdable},
};
use axum::http::StatusCode;
use framework::{
    actor::{Actor, Role},
    name::Email,
    notice::MailChoice,
};
use leptos::prelude::*;
use serde::Deserialize;
use store::{AccountEvent, Invitation};

/// What the sign-in form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SignInForm {
    /// E-mail address.
    pub email: String,
    /// Password.
    pub password: String,
    /// Where to go afterwards.
    pub next: String,
    /// A form that was posted without a session, kept as it was encoded.
    pub held: String,
}

impl SignInForm {
    /// Without what no page of ours sends: an address that is longer than any, a held form that is larger than what is held.
    pub fn bounded(self) -> SignInForm {
        let held = Fields::read(self.held.as_bytes()).and_then(holdable);
        SignInForm {
            next: own_path(&self.next),
            held: held.unwrap_or_default(),
            email: self.email.chars().take(Email::MAX).collect(),
            ..self
        }
    }
}

/// Returns the sign-in page.
pub fn sign_in_page(form: SignInForm, errors: Vec<Error>) -> Page {
    let held = (!form.held.is_empty()).then(|| {
        view! {
            <div class="govuk-inset-text">
                "You have been signed out. What you had written is kept on this page: sign in, and you can save it."
            </div>
        }
    });
    let email_error = error_of(&errors, "email");
    Page::new(
        "Sign in",
        view! {
            {error_summary(&errors)}
            <h1 class="govuk-heading-l">"Sign in"</h1>
            {held}
            <form method="post" action="/sign-in" novalidate class="app-narrow">
                {hidden("next", &form.next)}
                {hidden("held", &form.held)}
                <TextField name="email" label="E-mail address" kind="email" autocomplete="username" value=form.email error=email_error/>
                <TextField name="password" label="Password" kind="password" autocomplete="current-password"/>
                <button type="submit" class="govuk-button">"Sign in"</button>
            </form>
            <p class="govuk-body">"No account yet, or password forgotten? Ask your administrator at National Pause for a link: with it you choose a new password."</p>
        },
    )
}

/// After signing in again: what had been posted, to be sent once more.
pub fn resubmit_page(next: String, held: &str) -> Page {
    let fields = Fields::parse(held);
    let inputs = fields.iter().map(|(name, text)| hidden(name, text)).collect_view();
    Page::new(
        "You are signed in",
        view! {
            <h1 class="govuk-heading-l">"You are signed in"</h1>
            <p class="govuk-body">"What you had written is kept here. Save it to go on."</p>
            <form method="post" action=next>
                {inputs}
                <button type="submit" class="govuk-button">"Save what I had written"</button>
            </form>
            <p class="govuk-body"><a class="govuk-link" href="/">"Discard and continue"</a></p>
        },
    )
}

/// What the invitation form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct InvitationForm {
    /// The person's name.
    pub name: String,
    /// The password they choose.
    pub password: String,
}

/// Returns the page of a one-time link that cannot be used, or not any more.
pub fn spent_link_page() -> Page {
    let title = "This link does not work";
    Page::new(
        title,
        view! {
            <h1 class="govuk-heading-l">{title}</h1>
            <p class="govuk-body">
                "This link has been used or has run out. If you have an account, "
                <a class="govuk-link" href="/sign-in">"sign in"</a>"; else ask for a new link."
            </p>
        },
    )
    .with_status(StatusCode::NOT_FOUND)
}

/// Returns the e-mail address for password managers, which else keep a name as what one signs in with. Of no other use: what is sent of
/// it is not read.
fn user_name(email: &str) -> impl IntoView + use<> {
    view! { <input type="email" name="username" value=email.to_owned() autocomplete="username" readonly hidden/> }
}

/// Returns the page a link for a new password opens.
fn new_password_page(token: &str, email: &str, errors: Vec<Error>) -> Page {
    let title = "Choose a new password";
    Page::new(
        title,
        view! {
            {error_summary(&errors)}
            <h1 class="govuk-heading-l">{title}</h1>
            <p class="govuk-body">{format!("It is for {email} and takes the place of the one before.")}</p>
            <form method="post" action=format!("/invitation/{token}") novalidate class="app-narrow">
                {user_name(email)}
                <TextField name="password" label="New password" kind="password" autocomplete="new-password" error=error_of(&errors, "password")
                    hint=format!("{} You are signed out everywhere else.", password::hint())/>
                <button type="submit" class="govuk-button">"Set the password"</button>
            </form>
        },
    )
}

/// Returns the page a one-time link opens.
pub fn invitation_page(token: &str, invitation: &Invitation, form: InvitationForm, errors: Vec<Error>) -> Page {
    let Some(role) = invitation.role else {
        return new_password_page(token, &invitation.email, errors);
    };
    let place = match &invitation.practice {
        Some(practice) => format!("{} of {practice}", role.name()),
        None => role.name().to_owned(),
    };
    let fields = (!invitation.known).then(|| {
        view! {
            {user_name(&invitation.email)}
            <TextField name="name" label="Your name" autocomplete="name" value=form.name error=error_of(&errors, "name")
                hint="Colleagues and reviewers see it beside what you write."/>
            <TextField name="password" label="Choose a password" kind="password" autocomplete="new-password"
                error=error_of(&errors, "password") hint=password::hint()/>
        }
    });
    let title = if invitation.known {
        "Accept the invitation"
    } else {
        "Set up your account"
    };
    Page::new(
        title,
        view! {
            {error_summary(&errors)}
            <h1 class="govuk-heading-l">{title}</h1>
            <p class="govuk-body">{format!("{} is invited as {place}.", invitation.email)}</p>
            <form method="post" action=format!("/invitation/{token}") novalidate class="app-narrow">
                {fields}
                <button type="submit" class="govuk-button">"Accept"</button>
            </form>
        },
    )
}

/// What the form for a new password sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PasswordForm {
    /// The password in use.
    pub current: String,
    /// The new one.
    pub password: String,
}

/// What the form for e-mail sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct MailForm {
    /// The choice's word.
    pub mail: String,
}

/// Returns how often somebody wants e-mail; `None` where the site sends none.
fn mail_choice(choice: Option<MailChoice>, errors: &[Error]) -> AnyView {
    let Some(choice) = choice else {
        return view! { <p class="govuk-body">"This site sends no e-mail. What waits for you stands in your notices."</p> }.into_any();
    };
    let choices = MailChoice::ALL
        .map(|choice| Choice::new(choice.code(), choice.name()))
        .into();
    view! {
        <p class="govuk-body">"An e-mail says only that something waits, and links to it. It names no Practice, person or rating."</p>
        <form method="post" action="/account/mail" novalidate>
            <Radios name="mail" legend="How often do you want one?" choices chosen=choice.code() error=error_of(errors, "mail")/>
            <button type="submit" class="govuk-button">"Save"</button>
        </form>
    }
    .into_any()
}

/// What one's own account page shows.
pub struct Own {
    /// The address one signs in with.
    pub email: String,
    /// How often one wants e-mail; nothing where the site sends none.
    pub mail: Option<MailChoice>,
    /// What happened to the account lately.
    pub events: Vec<AccountEvent>,
}

/// One's own account.
pub fn account_page(actor: &Actor, own: Own, done: Option<&'static str>, errors: Vec<Error>) -> Page {
    let roles = actor
        .national
        .map(|n| Role::National(n).name().to_owned())
        .into_iter()
        .chain(
            actor
                .memberships
                .iter()
                .map(|m| format!("{} of {}", Role::Practice(m.role).name(), m.name)),
        )
        .map(|words| view! { <li>{words}</li> })
        .collect_view();
    Page::new(
        "Your account",
        view! {
            {error_summary(&errors)}
            {done.map(|words| view! {
                <div class="govuk-notification-banner govuk-notification-banner--success" role="alert" aria-labelledby="done">
                    <div class="govuk-notification-banner__header"><h2 class="govuk-notification-banner__title" id="done">"Done"</h2></div>
                    <div class="govuk-notification-banner__content"><p class="govuk-notification-banner__heading">{words}</p></div>
                </div>
            })}
            <h1 class="govuk-heading-l">"Your account"</h1>
            <h2 class="govuk-heading-m">{actor.name.clone()}</h2>
            <ul class="govuk-list govuk-list--bullet">{roles}</ul>
            <h2 class="govuk-heading-m" id="mail-choice">"E-mail about your notices"</h2>
            {mail_choice(own.mail, &errors)}
            <h2 class="govuk-heading-m">"Change your password"</h2>
            <form method="post" action="/account/password" novalidate class="app-narrow">
                {user_name(&own.email)}
                <TextField name="current" label="Current password" kind="password" autocomplete="current-password" error=error_of(&errors, "current")/>
                <TextField name="password" label="New password" kind="password" autocomplete="new-password" error=error_of(&errors, "password")
                    hint=format!("At least {} characters. You’ll be signed out elsewhere.", password::MIN)/>
                <button type="submit" class="govuk-button">"Change password"</button>
            </form>
            <h2 class="govuk-heading-m">"Sign out everywhere"</h2>
            <p class="govuk-body">"Ends your sessions on every computer and phone, this one included."</p>
            <form method="post" action="/account/sign-out-everywhere">
                <button type="submit" class="govuk-button govuk-button--secondary">"Sign out everywhere"</button>
            </form>
            <h2 class="govuk-heading-m" id="account-events">"What happened to your account"</h2>
            <p class="govuk-body">"If something here was not meant to be, tell your administrator at National Pause, and change your password."</p>
            {account_events(&own.events, false)}
        },
    )
}
