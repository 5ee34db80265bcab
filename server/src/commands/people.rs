//! `user invite` and `password-link`, `practice add` and `cycle open`: what it takes to begin.

use super::{Outcome, Refused, database::open, missing, now};
use crate::{
    cli::{Cycle, Practice, User},
    output,
};
use app::web::secret;
use framework::{
    actor::{Actor, Role},
    day,
    ids::PracticeSlug,
    local,
};
use store::{NewInvitation, Store, StoreError};

/// Invites a person, or lets one choose a new password, and prints the link to send them, of which only the hash is kept; or
/// lists the accounts.
pub async fn user(database: &str, command: User) -> Outcome {
    let store = open(database).await?;
    let token = secret::token()?;
    let public_url = match command {
        User::List => return list(&store).await,
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

async fn list(store: &Store) -> Outcome {
    let people = store.people(&Actor::operator()).await?;
    let lines = people.iter().map(|person| {
        let national = person.national.map(|role| Role::National(role).code().to_owned());
        let local = person
            .memberships
            .iter()
            .map(|member| format!("{} of {}", Role::Practice(member.role).code(), member.slug));
        let closed = person.disabled.then(|| "closed".to_owned());
        let roles: Vec<String> = national.into_iter().chain(local).chain(closed).collect();
        format!("{}\t{}\t{}\n", person.email, person.name, roles.join(", "))
    });
    Ok(output::print(lines.collect::<String>().as_bytes())?)
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

/// Adds, lists, renames, closes and reopens Practices.
pub async fn practice(database: &str, command: Practice) -> Outcome {
    let (store, operator) = (open(database).await?, Actor::operator());
    let told = match command {
        Practice::Add { slug, name, region } => {
            store.add_practice(&operator, &slug, &name, &region, now()).await?;
            format!("{name} is added as {slug}.\n")
        }
        Practice::List => {
            let practices = store.practices(&operator).await?;
            practices.iter().map(line).collect()
        }
        Practice::Rename { slug, name } => {
            let before = store
                .practice(&operator, &slug)
                .await
                .map_err(|error| unknown(error, &slug))?
                .info;
            store
                .rename_practice(&operator, &slug, &name, &before.region, now())
                .await?;
            format!("{} is now {name}. Its short name stays {slug}.\n", before.name)
        }
        Practice::Close { slug, on } => {
            let on = on.unwrap_or_else(|| local::date(now()));
            let closed = store.close_practice(&operator, &slug, on, now()).await;
            closed.map_err(|error| unknown(error, &slug))?;
            format!(
                "{slug} is closed from {}. Open it again with: pause-fidelity practice reopen {slug}\n",
                day::words(on)
            )
        }
        Practice::Reopen { slug } => {
            let reopened = store.reopen_practice(&operator, &slug, now()).await;
            reopened.map_err(|error| unknown(error, &slug))?;
            format!("{slug} is open.\n")
        }
    };
    Ok(output::print(told.as_bytes())?)
}

fn line(practice: &store::Practice) -> String {
    let info = &practice.info;
    let closed = practice.closed_on.map(|on| format!("closed on {}", day::iso(on)));
    format!(
        "{}\t{}\t{}\t{}\n",
        info.slug,
        info.name,
        info.region,
        closed.unwrap_or_default()
    )
}

fn unknown(error: StoreError, slug: &PracticeSlug) -> Refused {
    missing(
        error,
        format!("There is no Practice with the short name {slug}. See: pause-fidelity practice list"),
    )
}

/// Opens, closes and reopens cycles.
pub async fn cycle(database: &str, command: Cycle) -> Outcome {
    let (store, operator) = (open(database).await?, Actor::operator());
    let told = match command {
        Cycle::Open { cycle, version } => {
            store.open_cycle(&operator, &cycle, &version, now()).await?;
            format!("Cycle {cycle} is open under version {version}.\n")
        }
        Cycle::Close { cycle } => {
            let closed = store.close_cycle(&operator, &cycle, now()).await;
            closed.map_err(|error| missing(error, format!("There is no cycle {cycle} in this database.")))?;
            format!("Cycle {cycle} is closed. Open it again with: pause-fidelity cycle reopen {cycle}\n")
        }
        Cycle::Reopen { cycle } => {
            let reopened = store.reopen_cycle(&operator, &cycle, now()).await;
            reopened.map_err(|error| missing(error, format!("There is no cycle {cycle} in this database.")))?;
            format!("Cycle {cycle} is open.\n")
        }
    };
    Ok(output::print(told.as_bytes())?)
}
