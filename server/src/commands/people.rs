//! `user invite` and `password-link`, `practice add` and `cycle open`: what it takes to begin.

use super::{Outcome, Refused, database::open, missing, now};
use crate::{
    cli::{Cycle, Practice, User},
    output,
};
use app::web::secret;
use framework::actor::Actor;
use store::{NewInvitation, Store};

/// Invites a person, or lets one choose a new password, and prints the link to send them. Only its hash is kept.
pub async fn user(database: &str, command: User) -> Outcome {
    let store = open(database).await?;
    let token = secret::token()?;
    let public_url = match command {
        User::Invite {
            email,
            role,
            practice,
            public_url,
        } => {
            invite(&store, &NewInvitation { email, role, practice }, &token).await?;
            public_url
        }
        User::PasswordLink { email, public_url } => {
            password_link(&store, &email, &token).await?;
            public_url
        }
    };
    Ok(output::print(format!("{public_url}/invitation/{token}\n").as_bytes())?)
}

async fn invite(store: &Store, invitation: &NewInvitation, token: &str) -> Outcome {
    let invited = store
        .invite(&Actor::operator(), invitation, &secret::hash(token), now())
        .await;
    invited.map_err(|error| {
        missing(
            error,
            "There is no such Practice. Add it first: pause-fidelity practice add",
        )
    })
}

async fn password_link(store: &Store, email: &str, token: &str) -> Outcome {
    let nobody = || Refused::one(format!("Nobody has an open account with the address {email}."));
    let known = store.credentials(email).await?.ok_or_else(nobody)?;
    let operator = Actor::operator();
    store
        .password_link(&operator, known.person, &secret::hash(token), now())
        .await?;
    Ok(())
}

/// Adds a Practice.
pub async fn practice(database: &str, command: Practice) -> Outcome {
    let Practice::Add { slug, name, region } = command;
    let store = open(database).await?;
    store
        .add_practice(&Actor::operator(), &slug, &name, &region, now())
        .await?;
    Ok(output::print(format!("{name} is added as {slug}.\n").as_bytes())?)
}

/// Opens a cycle.
pub async fn cycle(database: &str, command: Cycle) -> Outcome {
    let Cycle::Open { cycle, version } = command;
    let store = open(database).await?;
    store.open_cycle(&Actor::operator(), &cycle, &version, now()).await?;
    Ok(output::print(
        format!("Cycle {cycle} is open under version {version}.\n").as_bytes(),
    )?)
}
