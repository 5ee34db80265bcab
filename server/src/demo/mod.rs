//! The demonstration: invented Practices over three cycles, in every state, with people in every role.
//!
//! What is said is worked out first and without chance that differs ([`years`], from [`practices`], [`story`] and the
//! sentences in [`sentences`]); then it happens through the store as it would on the pages, so that every assessment has
//! its history. Only 2024 comes in as an import, as a service's years before the platform do.

mod dice;
mod enact;
mod evidence;
mod large;
mod measures;
mod people;
mod plans;
mod practices;
mod register;
mod sentences;
mod story;
#[cfg(test)]
mod tests;
mod years;

pub use large::{Size, fill as fill_large};
pub use people::PASSWORD;

use enact::{Year, cycle};
use files::Files;
use framework::{actor::Actor, criteria::Framework, exchange::Exchanged, ids::VersionId, sheet::PracticeInfo};
use people::{AT, Cast, LAST, slug};
use practices::{PRACTICES, Practice, Stand};
use std::fmt;
use store::{Store, StoreError};
use time::{Duration, OffsetDateTime};

/// The cycles: the year, its version, and how many days ago it was opened.
const CYCLES: [(u16, &str, i64); 3] = [(2024, "2025.1", 540), (2025, "2025.1", 515), (2026, "2026.1", 150)];

/// Everybody read their notices so many days ago; what came since waits for them.
const LAST_LOOKED: i64 = 107;

/// What there is to try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demo {
    /// The password of every account.
    pub password: &'static str,
    /// Address to sign in with, and what the account is, in words. Every other Practice has a lead too,
    /// `lead.SHORT-NAME@demo.example`.
    pub accounts: Vec<(String, String)>,
}

/// Why a database was not filled.
#[derive(Debug)]
pub enum Refused {
    /// It holds something else.
    OtherData,
    /// An earlier filling did not come to its end.
    HalfFilled,
    /// The store refused or failed.
    Store(StoreError),
    /// The demonstration contradicts itself.
    Bug(String),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refused::OtherData => f.write_str(
                "This database holds other data. The demonstration fills an empty one only: name another with --database-url.",
            ),
            Refused::HalfFilled => f.write_str(
                "The demonstration was stopped while it was being filled in. Remove this database, or name another with --database-url.",
            ),
            Refused::Store(error) => error.fmt(f),
            Refused::Bug(what) => write!(f, "The demonstration cannot be filled in: {what}."),
        }
    }
}

impl std::error::Error for Refused {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Refused::Store(error) => Some(error),
            _ => None,
        }
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Refused {
        Refused::Store(error)
    }
}

/// Fills an empty database whose versions are published. Does nothing where the demonstration is already. The same
/// Practices and words every time; dates lie so many days before `now`.
///
/// # Errors
/// [`Refused::OtherData`] where the database holds anything else.
pub async fn fill(store: &Store, files: &Files, now: OffsetDateTime) -> Result<Demo, Refused> {
    if !is_there(store).await? {
        store.publish(now).await?;
        let hash = people::password_hash().await?;
        add_practices(store, now).await?;
        let cast = people::invite_all(store, &hash, now).await?;
        register::fill(store, &cast, now).await?;
        for (year, version, ago) in CYCLES {
            let framework = framework(store, version)?;
            let opened = now - Duration::days(ago);
            live((store, files, &cast), (year, &framework), opened).await?;
            plans::plan(store, &cast, year, opened, now).await?;
        }
        let seen = now - Duration::days(LAST_LOOKED);
        for actor in cast.everybody() {
            store.mark_notices_read(actor, seen, seen).await?;
        }
        people::invite_last(store, &hash, now).await?;
    }
    Ok(Demo {
        password: PASSWORD,
        accounts: people::accounts(),
    })
}

/// Is the demonstration there already?
async fn is_there(store: &Store) -> Result<bool, Refused> {
    let operator = Actor::operator();
    let people = store.people(&operator).await?;
    let practices = store.practices(&operator).await?;
    let cycles = store.cycles(&operator).await?;
    let known = |slug: &str| PRACTICES.iter().any(|practice| practice.slug == slug);
    if people.iter().any(|person| person.email == LAST) {
        return Ok(true);
    }
    if people.is_empty() && practices.is_empty() && cycles.is_empty() {
        return Ok(false);
    }
    let ours =
        people.iter().all(|person| person.email.ends_with(AT)) && practices.iter().all(|p| known(p.info.slug.as_str()));
    Err(if ours && !practices.is_empty() {
        Refused::HalfFilled
    } else {
        Refused::OtherData
    })
}

async fn add_practices(store: &Store, now: OffsetDateTime) -> Result<(), Refused> {
    for practice in &PRACTICES {
        let info = info(practice)?;
        store
            .add_practice(
                &Actor::operator(),
                &info.slug,
                &info.name,
                &info.region,
                joined(practice.first, now),
            )
            .await?;
    }
    Ok(())
}

/// Returns a whole cycle: the first as an import, the others as they happen.
async fn live(
    (store, files, cast): (&Store, &Files, &Cast),
    (year, framework): (u16, &Framework),
    opened: OffsetDateTime,
) -> Result<(), Refused> {
    let operator = Actor::operator();
    let present = PRACTICES.iter().filter(|practice| practice.first <= year);
    if year == CYCLES[0].0 {
        let assessments: Result<_, _> = present.map(|practice| exchanged(practice, framework, year)).collect();
        store.import(&operator, assessments?, false, opened).await?;
        return Ok(());
    }
    let latest = CYCLES.iter().all(|(other, ..)| *other <= year);
    store
        .open_cycle(&operator, &cycle(year)?, &framework.version, opened)
        .await?;
    for practice in present {
        let stand = if latest { practice.stand } else { Stand::Finalised };
        Year::new((store, files, cast), practice, framework, year, opened)?
            .enact(stand)
            .await?;
    }
    if !latest {
        store
            .close_cycle(&operator, &cycle(year)?, opened + Duration::days(200))
            .await?;
    }
    Ok(())
}

/// When a Practice came in whose first year this is: some days before the cycle was opened.
fn joined(first: u16, now: OffsetDateTime) -> OffsetDateTime {
    opened(first, now) - Duration::days(10)
}

/// When a cycle was opened.
fn opened(year: u16, now: OffsetDateTime) -> OffsetDateTime {
    let ago = CYCLES.iter().find(|(other, ..)| *other == year);
    now - Duration::days(ago.map_or(0, |(.., ago)| *ago))
}

/// Returns a Practice's finished year as a file would bring it.
fn exchanged(practice: &Practice, framework: &Framework, year: u16) -> Result<Exchanged, Refused> {
    Ok(Exchanged {
        practice: info(practice)?,
        cycle: cycle(year)?,
        version: framework.version.clone(),
        entries: years::entries(practice, framework, year),
    })
}

fn info(practice: &Practice) -> Result<PracticeInfo, Refused> {
    Ok(PracticeInfo {
        slug: slug(practice.slug)?,
        name: practice.name.to_owned(),
        region: practice.region.to_owned(),
    })
}

fn framework(store: &Store, version: &str) -> Result<std::sync::Arc<Framework>, Refused> {
    let id = VersionId::parse(version).map_err(|error| Refused::Bug(error.to_string()))?;
    store
        .library()
        .version(&id)
        .cloned()
        .ok_or_else(|| Refused::Bug(format!("there is no version {version}")))
}
