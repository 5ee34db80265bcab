//! A large invented network, to see how things look and how quick they are with many Practices: ratings over the years for as
//! many as are asked for, the same for the same seed. It comes in as imports of earlier years do.

mod names;
mod years;

use super::{
    Demo, PASSWORD, Refused,
    people::{self, LAST},
};
use framework::{
    actor::{Actor, NationalRole, PracticeRole, Role},
    criteria::Framework,
    exchange::Exchanged,
    ids::CycleId,
};
use std::sync::Arc;
use store::{NewInvitation, Store};
use time::OffsetDateTime;

/// The last cycle; the others come before it.
const LAST_YEAR: usize = 2026;

/// Practices that come in together: enough to be quick, few enough to be held in memory.
const TOGETHER: usize = 100;

/// How large, and which one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Practices.
    pub practices: usize,
    /// Cycles.
    pub cycles: usize,
    /// The same seed makes the same network.
    pub seed: u64,
}

/// Fills an empty database. Does nothing where a network has been filled in to its end. `tell` hears how far it is, from time
/// to time.
///
/// # Errors
/// [`Refused::OtherData`] where the database holds anything else, [`Refused::HalfFilled`] where filling was stopped.
pub async fn fill(store: &Store, size: Size, now: OffsetDateTime, tell: impl Fn(usize)) -> Result<Demo, Refused> {
    let operator = Actor::operator();
    let people = store.people(&operator).await?;
    if people.iter().all(|person| person.email != LAST) {
        match (people.is_empty(), store.practices(&operator).await?.is_empty()) {
            (true, true) => {}
            (false, _) => return Err(Refused::OtherData),
            (true, false) => return Err(Refused::HalfFilled),
        }
        store.publish(now).await?;
        let cycles = cycles(store, size)?;
        for first in (0..size.practices).step_by(TOGETHER) {
            let last = size.practices.min(first + TOGETHER);
            let together = (first..last).flat_map(|practice| histories(size, practice, &cycles));
            let together = together.collect::<Result<Vec<Exchanged>, Refused>>()?;
            store.import(&operator, together, false, now).await?;
            tell(last);
        }
        invite(store, size, now).await?;
    }
    Ok(Demo {
        password: PASSWORD,
        accounts: accounts(size),
    })
}

/// Returns the cycles, oldest first; the last one runs under the newest version, the others under the one before.
fn cycles(store: &Store, size: Size) -> Result<Vec<(CycleId, Arc<Framework>)>, Refused> {
    let versions: Vec<&Arc<Framework>> = store.library().versions().collect();
    let newest = versions
        .last()
        .ok_or_else(|| Refused::Bug("there is no version".to_owned()))?;
    let older = versions.iter().rev().nth(1).unwrap_or(newest);
    let cycle = |back: usize| {
        let year = CycleId::parse(&(LAST_YEAR - back).to_string());
        let version = if back == 0 { newest } else { older };
        Ok((
            year.map_err(|error| Refused::Bug(error.to_string()))?,
            (*version).clone(),
        ))
    };
    (0..size.cycles).rev().map(cycle).collect()
}

/// Returns all years of a Practice.
fn histories(size: Size, practice: usize, cycles: &[(CycleId, Arc<Framework>)]) -> Vec<Result<Exchanged, Refused>> {
    let info = match names::practice(practice) {
        Ok(info) => info,
        Err(error) => return vec![Err(Refused::Bug(error.to_string()))],
    };
    let mut years = years::Years::of(size, practice);
    let mut said = Vec::new();
    for (index, (cycle, framework)) in cycles.iter().enumerate() {
        let entries = years.next(framework);
        if years.takes_part(index) {
            said.push(Ok(Exchanged {
                practice: info.clone(),
                cycle: cycle.clone(),
                version: framework.version.clone(),
                entries,
            }));
        }
    }
    said
}

const REVIEWER: &str = "reviewer@demo.example";
const LEAD: &str = "lead@demo.example";

async fn invite(store: &Store, size: Size, now: OffsetDateTime) -> Result<(), Refused> {
    let hash = people::password_hash().await?;
    let first = names::practice(0).map_err(|error| Refused::Bug(error.to_string()))?;
    let lead = (size.practices > 0).then_some((
        LEAD,
        "Dorothea Quill",
        Role::Practice(PracticeRole::Lead),
        Some(first.slug),
    ));
    let reviewer = (
        REVIEWER,
        "Marguerite Ashdown-Bello",
        Role::National(NationalRole::Reviewer),
        None,
    );
    // the last account tells that the network is whole
    let last = (
        LAST,
        "Winifred Osei-Larkspur",
        Role::National(NationalRole::Administrator),
        None,
    );
    for (email, name, role, practice) in lead.into_iter().chain([reviewer, last]) {
        let email = email.to_owned();
        let invitation = NewInvitation { email, role, practice };
        people::account(store, &invitation, name, Some(&hash), now).await?;
    }
    Ok(())
}

fn accounts(size: Size) -> Vec<(String, String)> {
    let lead = (size.practices > 0).then_some((LEAD, "Practice lead of the first Practice"));
    [
        (LAST, "National administrator"),
        (REVIEWER, "Quality reviewer: the network, every Practice"),
    ]
    .into_iter()
    .chain(lead)
    .map(|(email, role)| (email.to_owned(), role.to_owned()))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use framework::{
        explore::{Criteria, Filter},
        library::Library,
        sheet::CriterionRatings,
    };
    use std::collections::HashSet;

    const SIZE: Size = Size {
        practices: 300,
        cycles: 4,
        seed: 7,
    };

    async fn filled(size: Size) -> Store {
        let store = Store::connect("sqlite::memory:", Library::embedded().clone())
            .await
            .unwrap();
        store.migrate().await.unwrap();
        fill(&store, size, OffsetDateTime::UNIX_EPOCH, |_| {}).await.unwrap();
        store
    }

    #[test]
    fn ten_thousand_practices_have_names_of_their_own() {
        let slugs: HashSet<_> = (0..10_000).map(|place| names::practice(place).unwrap().slug).collect();
        assert_eq!(slugs.len(), 10_000);
    }

    #[tokio::test]
    async fn the_same_seed_makes_the_same_network_and_another_one_another() {
        let small = Size { practices: 12, ..SIZE };
        let [first, again, other] = [small, small, Size { seed: 8, ..small }].map(filled);
        let (first, again, other) = (first.await, again.await, other.await);
        let operator = Actor::operator();
        let network = async |store: &Store| store.network(&operator).await.unwrap().facts().clone();
        assert_eq!(network(&first).await, network(&again).await);
        assert_ne!(network(&first).await, network(&other).await);
        // filling again adds nothing
        fill(&first, small, OffsetDateTime::UNIX_EPOCH, |_| {}).await.unwrap();
        assert_eq!(network(&first).await, network(&again).await);
    }

    #[tokio::test]
    async fn a_network_has_slips_gains_gaps_and_late_joiners() {
        let store = filled(SIZE).await;
        let network = store.network(&Actor::operator()).await.unwrap();
        let facts = network.facts();
        assert_eq!(
            (facts.histories().len(), network.cycles().len()),
            (SIZE.practices, SIZE.cycles)
        );
        let sheets = facts.sheets().count();
        assert!(
            sheets < SIZE.practices * SIZE.cycles && sheets > SIZE.practices * SIZE.cycles * 8 / 10,
            "{sheets}"
        );
        let trend = network.trend(Criteria::All, &Filter::default()).unwrap();
        let whole = trend.steps.last().unwrap().column(None).unwrap();
        assert!(
            whole.drift.slips > 100 && whole.drift.gains > 100,
            "{} {}",
            whole.drift.slips,
            whole.drift.gains
        );
        assert!(whole.drift.unexplained > 0 && whole.drift.unexplained < whole.drift.slips);
        let median = whole.levels.median.unwrap();
        assert!((3.0..4.5).contains(&median), "{median}");
        let aside = |mark: &&CriterionRatings| mark.not_applicable;
        assert!(facts.sheets().flat_map(|sheet| &sheet.marks).any(|mark| aside(&mark)));
    }
}
