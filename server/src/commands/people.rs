//! `user invite`, `practice add` and `cycle open`: what it takes to begin.

use super::{Outcome, missing, now, open};
use crate::{
    cli::{Cycle, Database, Practice, User},
    output,
};
use app::web::secret;
use framework::actor::Actor;
use store::NewInvitation;

/// Invites a person and prints the link to send them. Only the link's hash is kept.
pub async fn user(database: &Database, command: User) -> Outcome {
    let User::Invite {
        email,
        role,
        practice,
        public_url,
    } = command;
    let store = open(database).await?;
    let token = secret::token()?;
    let invitation = NewInvitation { email, role, practice };
    let invited = store
        .invite(&Actor::operator(), &invitation, &secret::hash(&token), now())
        .await;
    invited.map_err(|error| {
        missing(
            error,
            "There is no such Practice. Add it first: pause-fidelity practice add",
        )
    })?;
    Ok(output::print(format!("{public_url}/invitation/{token}\n").as_bytes())?)
}

/// Adds a Practice.
pub async fn practice(database: &Database, command: Practice) -> Outcome {
    let Practice::Add { slug, name, region } = command;
    let store = open(database).await?;
    store
        .add_practice(&Actor::operator(), &slug, &name, &region, now())
        .await?;
    Ok(output::print(format!("{name} is added as {slug}.\n").as_bytes())?)
}

/// Opens a cycle.
pub async fn cycle(database: &Database, command: Cycle) -> Outcome {
    let Cycle::Open { cycle, version } = command;
    let store = open(database).await?;
    store.open_cycle(&Actor::operator(), &cycle, &version, now()).await?;
    Ok(output::print(
        format!("Cycle {cycle} is open under version {version}.\n").as_bytes(),
    )?)
}
