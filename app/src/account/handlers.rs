//! What the account routes do.

use super::{
    browser,
    limit::Trier,
    own_path,
    pages::{self, InvitationForm, PasswordForm, SignInForm},
    password::{self, HashingPriority, Password},
    session,
};
use crate::{
    ui::form::Error,
    web::{Answered, AppState, Refusal, SignedIn, gate::MaybeSignedIn, render::see_other, secret},
};
use axum::{
    Form,
    extract::{ConnectInfo, Path, Query, State},
    http::{HeaderMap, StatusCode},
    response::IntoResponse,
};
use framework::{
    actor::Actor,
    name::{Email, Name, NotTaken},
    notice::MailChoice,
};
use serde::Deserialize;
use std::net::{IpAddr, SocketAddr};
use store::{Credentials, StoreError};
use time::OffsetDateTime;

pub async fn show_sign_in(
    State(state): State<AppState>,
    MaybeSignedIn(actor): MaybeSignedIn,
    Query(form): Query<SignInForm>,
) -> Answered {
    if actor.is_some() {
        return Ok(see_other(own_path(&form.next)));
    }
    let blank = SignInForm {
        next: form.next,
        ..Default::default()
    };
    Ok(pages::sign_in_page(blank, vec![]).respond(&state, None).await)
}

pub async fn sign_in(
    State(state): State<AppState>,
    caller: Option<axum::Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    Form(form): Form<SignInForm>,
) -> Answered {
    let caller = caller.map(|axum::Extension(ConnectInfo(address))| address.ip());
    let form = form.bounded();
    let account = match Email::read(&form.email) {
        Ok(email) => by_password(&state, &headers, caller, &email, form.password.clone()).await?,
        // what is no address is nobody's
        Err(_) => None,
    };
    let Some(account) = account else {
        let error = Error::at(
            "email",
            "The e-mail address or the password is wrong. Check both and try again.",
        );
        let page = pages::sign_in_page(form, vec![error]).with_status(StatusCode::UNPROCESSABLE_ENTITY);
        return Ok(page.respond(&state, None).await);
    };
    let cookies = session::open(&state, &headers, &account).await?;
    let next = own_path(&form.next);
    if form.held.is_empty() {
        return Ok((cookies, see_other(next)).into_response());
    }
    Ok((
        cookies,
        pages::resubmit_page(next, &form.held).respond(&state, None).await,
    )
        .into_response())
}

/// Returns the account of an address, if the password fits it and it is not guessed at.
async fn by_password(
    state: &AppState,
    headers: &HeaderMap,
    caller: Option<IpAddr>,
    email: &Email,
    typed: String,
) -> Result<Option<Credentials>, Refusal> {
    let account = state.store.credentials(email.as_str()).await?;
    let known = account
        .as_ref()
        .and_then(|account| browser::known(state, headers, account));
    let (trier, turn) = match &known {
        Some(browser) => (Trier::Known(browser), HashingPriority::Known),
        None => (Trier::Caller(caller), HashingPriority::Anybody),
    };
    state.limit.try_once(email.as_str(), trier).map_err(Refusal::TooMany)?;
    let kept = account.as_ref().map(|account| account.password_hash.clone());
    let fits = password::fits(typed, kept, turn).await?;
    Ok(account.filter(|_| fits))
}

pub async fn sign_out(State(state): State<AppState>, headers: HeaderMap) -> Answered {
    let cookies = session::close(&state, &headers).await?;
    Ok((cookies, see_other("/sign-in")).into_response())
}

pub async fn show_invitation(State(state): State<AppState>, Path(token): Path<String>) -> Answered {
    let found = state
        .store
        .invitation(&secret::hash(&token), OffsetDateTime::now_utc())
        .await;
    let invitation = match found {
        Err(error) => return spent(&state, error).await,
        Ok(invitation) => invitation,
    };
    Ok(
        pages::invitation_page(&token, &invitation, InvitationForm::default(), vec![])
            .respond(&state, None)
            .await,
    )
}

pub async fn accept_invitation(
    State(state): State<AppState>,
    headers: HeaderMap,
    Path(token): Path<String>,
    Form(form): Form<InvitationForm>,
) -> Answered {
    let now = OffsetDateTime::now_utc();
    let hash = secret::hash(&token);
    let invitation = match state.store.invitation(&hash, now).await {
        Err(error) => return spent(&state, error).await,
        Ok(invitation) => invitation,
    };
    let forgotten = invitation.role.is_none();
    if invitation.known && !forgotten {
        return match state.store.accept(&hash, "", None, now).await {
            Err(error) => spent(&state, error).await,
            Ok(_) => Ok(see_other("/")),
        };
    }
    let mut errors = vec![];
    if !forgotten && let Err(wrong) = Name::read(&form.name) {
        errors.push(Error::at("name", name_sentence(wrong)));
    }
    let password = Password::read(&form.password)
        .map_err(|sentence| errors.push(Error::at("password", sentence)))
        .ok();
    let Some(password) = password.filter(|_| errors.is_empty()) else {
        let page =
            pages::invitation_page(&token, &invitation, form, errors).with_status(StatusCode::UNPROCESSABLE_ENTITY);
        return Ok(page.respond(&state, None).await);
    };
    let name = form.name;
    let kept = password.hash(HashingPriority::Anybody).await?;
    let accepted = if forgotten {
        state.store.use_password_link(&hash, &kept, now).await
    } else {
        state.store.accept(&hash, &name, Some(&kept), now).await
    };
    let person = match accepted {
        Err(error) => return spent(&state, error).await,
        Ok(person) => person,
    };
    let set = Credentials {
        person,
        password_hash: kept,
    };
    let cookies = session::open(&state, &headers, &set).await?;
    Ok((cookies, see_other("/")).into_response())
}

fn name_sentence(wrong: NotTaken) -> &'static str {
    match wrong {
        NotTaken::Control => "Type your name again: there is a character in it that cannot be shown.",
        _ => "Enter your name, at most 100 characters.",
    }
}

/// Returns what a link that cannot be used is answered with.
async fn spent(state: &AppState, error: StoreError) -> Answered {
    if error.is_not_found() {
        return Ok(pages::spent_link_page().respond(state, None).await);
    }
    Err(error.into())
}

pub async fn show_account(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Query(saved): Query<Saved>,
) -> Answered {
    let done = (saved.saved == "mail").then_some("Your choice is saved.");
    account(&state, &actor, done, vec![]).await
}

/// What has just been saved, where the account page is shown again.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Saved {
    saved: String,
}

/// Returns the account page.
async fn account(state: &AppState, actor: &Actor, done: Option<&'static str>, errors: Vec<Error>) -> Answered {
    let mail = if state.store.sends_mail() {
        Some(state.store.mail_choice(actor).await?)
    } else {
        None
    };
    let own = pages::Own {
        email: state.store.own_email(actor).await?,
        mail,
        events: state.store.own_account_events(actor).await?,
    };
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = pages::account_page(actor, own, done, errors).with_status(status);
    Ok(page.respond(state, Some(actor)).await)
}

pub async fn choose_mail(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Form(form): Form<pages::MailForm>,
) -> Answered {
    let Some(choice) = MailChoice::from_code(&form.mail) else {
        let error = Error::at("mail", "Choose how often you want an e-mail.");
        return account(&state, &actor, None, vec![error]).await;
    };
    state.store.set_mail_choice(&actor, choice).await?;
    Ok(see_other("/account?saved=mail"))
}

pub async fn change_password(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    headers: HeaderMap,
    Form(form): Form<PasswordForm>,
) -> Answered {
    let person = actor.person.ok_or(Refusal::NotFound)?;
    let who = person.0.to_string();
    state
        .limit
        .try_once(&who, Trier::Known("session"))
        .map_err(Refusal::TooMany)?;
    let kept = state.store.own_password_hash(&actor).await?;
    let mut errors = vec![];
    if !password::fits(form.current.clone(), Some(kept), HashingPriority::Known).await? {
        errors.push(Error::at("current", "This is not your current password."));
    }
    let new = Password::read(&form.password)
        .map_err(|sentence| errors.push(Error::at("password", sentence)))
        .ok();
    let Some(new) = new.filter(|_| errors.is_empty()) else {
        return account(&state, &actor, None, errors).await;
    };
    let kept = new.hash(HashingPriority::Known).await?;
    state
        .store
        .set_password(&actor, person, &kept, OffsetDateTime::now_utc())
        .await?;
    let set = Credentials {
        person,
        password_hash: kept,
    };
    let cookies = session::open(&state, &headers, &set).await?;
    let page = account(&state, &actor, Some("Your password is changed."), vec![]).await?;
    Ok((cookies, page).into_response())
}

pub async fn sign_out_everywhere(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    headers: HeaderMap,
) -> Answered {
    state
        .store
        .close_all_sessions(actor.person.ok_or(Refusal::NotFound)?)
        .await?;
    let cookies = session::close(&state, &headers).await?;
    Ok((cookies, see_other("/sign-in")).into_response())
}
