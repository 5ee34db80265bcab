//! What the account routes do.

use super::{
    own_path,
    pages::{self, InvitationForm, PasswordForm, SignInForm},
    password::{self, Password},
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
use framework::{actor::Actor, notice::MailChoice};
use serde::Deserialize;
use std::net::SocketAddr;
use store::StoreError;
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
    let address = caller.map(|axum::Extension(ConnectInfo(address))| address.ip());
    state.limit.try_once(&form.email, address).map_err(Refusal::TooMany)?;
    let known = state.store.credentials(form.email.trim()).await?;
    let (person, kept) = known.map(|c| (c.person, c.password_hash)).unzip();
    let fits = password::fits(form.password.clone(), kept)
        .await
        .map_err(Refusal::Broken)?;
    let Some(person) = person.filter(|_| fits) else {
        let error = Error::at(
            "email",
            "The e-mail address or the password is wrong. Check both and try again.",
        );
        let page = pages::sign_in_page(form, vec![error]).with_status(StatusCode::UNPROCESSABLE_ENTITY);
        return Ok(page.respond(&state, None).await);
    };
    let cookies = session::open(&state, &headers, person).await?;
    let next = own_path(&form.next).to_owned();
    if form.held.is_empty() {
        return Ok((cookies, see_other(next)).into_response());
    }
    Ok((cookies, pages::held_page(next, &form.held).respond(&state, None).await).into_response())
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
    let name = form.name.trim().to_owned();
    if !forgotten && (name.is_empty() || name.chars().count() > 100) {
        errors.push(Error::at("name", "Enter your name, at most 100 characters."));
    }
    let password = Password::read(&form.password)
        .map_err(|sentence| errors.push(Error::at("password", sentence)))
        .ok();
    let Some(password) = password.filter(|_| errors.is_empty()) else {
        let page =
            pages::invitation_page(&token, &invitation, form, errors).with_status(StatusCode::UNPROCESSABLE_ENTITY);
        return Ok(page.respond(&state, None).await);
    };
    let kept = password.hash().await.map_err(Refusal::Broken)?;
    let accepted = if forgotten {
        state.store.use_password_link(&hash, &kept, now).await
    } else {
        state.store.accept(&hash, &name, Some(&kept), now).await
    };
    let person = match accepted {
        Err(error) => return spent(&state, error).await,
        Ok(person) => person,
    };
    let cookies = session::open(&state, &headers, person).await?;
    Ok((cookies, see_other("/")).into_response())
}

/// What a link that cannot be used is answered with.
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

/// The account page.
async fn account(state: &AppState, actor: &Actor, done: Option<&'static str>, errors: Vec<Error>) -> Answered {
    let mail = if state.store.sends_mail() {
        Some(state.store.mail_choice(actor).await?)
    } else {
        None
    };
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = pages::account_page(actor, mail, done, errors).with_status(status);
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
    state
        .limit
        .try_once(&person.0.to_string(), None)
        .map_err(Refusal::TooMany)?;
    let kept = state.store.own_password_hash(&actor).await?;
    let mut errors = vec![];
    if !password::fits(form.current.clone(), Some(kept))
        .await
        .map_err(Refusal::Broken)?
    {
        errors.push(Error::at("current", "This is not your current password."));
    }
    let new = Password::read(&form.password)
        .map_err(|sentence| errors.push(Error::at("password", sentence)))
        .ok();
    let Some(new) = new.filter(|_| errors.is_empty()) else {
        return account(&state, &actor, None, errors).await;
    };
    let kept = new.hash().await.map_err(Refusal::Broken)?;
    state
        .store
        .set_password(&actor, person, &kept, OffsetDateTime::now_utc())
        .await?;
    let cookies = session::open(&state, &headers, person).await?;
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
