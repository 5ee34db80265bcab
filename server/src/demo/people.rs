//! The invented people, and how they get their accounts: invited and accepted, as everybody.

use super::{
    Refused,
    practices::{DRIFTED, MAIN, PRACTICES, RETURNED, REVIEWERS_OWN},
};
use app::{
    account::password::{HashingPriority, Password},
    web::secret,
};
use framework::{
    actor::{Actor, NationalRole, PracticeRole, Role},
    ids::PracticeSlug,
};
use std::collections::BTreeMap;
use store::{NewInvitation, Store};
use time::{Duration, OffsetDateTime};

/// The password of every account.
pub const PASSWORD: &str = "try-the-demo-today";

/// The address that tells that a database holds the whole demonstration: its account is made last.
pub(super) const LAST: &str = "admin@demo.example";

/// The end of all addresses.
pub(super) const AT: &str = "@demo.example";

/// A role somebody has.
struct Part {
    email: String,
    name: &'static str,
    role: Role,
    practice: Option<&'static str>,
    /// The year from which they are there.
    since: u16,
}

const ADMINISTRATOR: Role = Role::National(NationalRole::Administrator);
const REVIEWER: Role = Role::National(NationalRole::Reviewer);
const CONTRIBUTOR: Role = Role::Practice(PracticeRole::Contributor);
const READER: Role = Role::Practice(PracticeRole::Reader);
const LEAD: Role = Role::Practice(PracticeRole::Lead);

/// The first year.
const FIRST: u16 = super::CYCLES[0].0;

/// Everybody but the leads and the administrator.
const OTHERS: [(&str, &str, Role, Option<&str>); 7] = [
    ("reviewer@demo.example", "Marguerite Ashdown-Bello", REVIEWER, None),
    ("reviewer2@demo.example", "Tobias Fennimore", REVIEWER, None),
    ("reviewer3@demo.example", "Noor Illingsworth", REVIEWER, None),
    (
        "reviewer3@demo.example",
        "Noor Illingsworth",
        CONTRIBUTOR,
        Some(REVIEWERS_OWN),
    ),
    (
        "contributor@demo.example",
        "Dilys Obafemi-Hart",
        CONTRIBUTOR,
        Some(MAIN),
    ),
    ("colleague@demo.example", "Jessamy Rook", CONTRIBUTOR, Some(MAIN)),
    ("reader@demo.example", "Edwin Carraway", READER, Some(MAIN)),
];

/// Returns the accounts to tell of, with what they are for.
pub(super) fn accounts() -> Vec<(String, String)> {
    let name = |slug: &str| {
        PRACTICES
            .iter()
            .find(|practice| practice.slug == slug)
            .map_or("", |practice| practice.name)
    };
    let lead = |slug: &str| format!("lead.{slug}{AT}");
    let (main, own) = (name(MAIN), name(REVIEWERS_OWN));
    [
        (LAST.to_owned(), "National administrator".to_owned()),
        (
            "reviewer@demo.example".to_owned(),
            "Quality reviewer: the queue, every Practice".to_owned(),
        ),
        ("reviewer2@demo.example".to_owned(), "Quality reviewer".to_owned()),
        (
            "reviewer3@demo.example".to_owned(),
            format!("Quality reviewer, and Contributor in {own}: may not review that one"),
        ),
        (
            "lead@demo.example".to_owned(),
            format!("Practice lead of {main}: 2026 is half filled, two earlier years to compare with"),
        ),
        ("contributor@demo.example".to_owned(), format!("Contributor in {main}")),
        (
            "colleague@demo.example".to_owned(),
            format!("Contributor in {main} too, to edit at the same time"),
        ),
        (
            "reader@demo.example".to_owned(),
            format!("Reader of {main}: finished reports only"),
        ),
        (
            lead(RETURNED),
            format!("Practice lead of {}: 2026 came back with questions", name(RETURNED)),
        ),
        (
            lead(DRIFTED),
            format!("Practice lead of {}: 2026 is finalised and shows drift", name(DRIFTED)),
        ),
    ]
    .into()
}

/// Everybody with an account, ready to act.
pub(super) struct Cast(BTreeMap<String, Actor>);

impl Cast {
    /// Somebody by their address.
    pub(super) fn get(&self, email: &str) -> Result<&Actor, Refused> {
        self.0
            .get(email)
            .ok_or_else(|| Refused::Bug(format!("{email} has no account")))
    }

    /// Returns all of them.
    pub(super) fn everybody(&self) -> impl Iterator<Item = &Actor> {
        self.0.values()
    }
}

/// Makes all accounts but the administrator's.
pub(super) async fn invite_all(store: &Store, hash: &str, now: OffsetDateTime) -> Result<Cast, Refused> {
    let others = OTHERS.map(|(email, name, role, practice)| Part {
        email: email.to_owned(),
        name,
        role,
        practice,
        since: FIRST,
    });
    let leads = PRACTICES.iter().map(|practice| Part {
        email: practice.lead_email(),
        name: practice.lead,
        role: LEAD,
        practice: Some(practice.slug),
        since: practice.first,
    });
    let mut known = Vec::new();
    for part in others.into_iter().chain(leads) {
        let first = !known.contains(&part.email);
        invite(store, &part, first.then_some(hash), now).await?;
        known.push(part.email);
    }
    let people = store.people(&Actor::operator()).await?;
    let actors = people.into_iter().map(|person| {
        let actor = Actor {
            person: Some(person.id),
            name: person.name,
            national: person.national,
            memberships: person.memberships,
            conflicts: vec![],
        };
        (person.email, actor)
    });
    Ok(Cast(actors.collect()))
}

/// Makes the administrator's account, the last of all, and an invitation that nobody has accepted yet.
pub(super) async fn invite_last(store: &Store, hash: &str, now: OffsetDateTime) -> Result<(), Refused> {
    let waiting = NewInvitation {
        email: format!("newcomer{AT}"),
        role: CONTRIBUTOR,
        practice: Some(slug(MAIN)?),
    };
    store
        .invite(
            &Actor::operator(),
            &waiting,
            &secret::hash(&token()?),
            now - Duration::days(2),
        )
        .await?;
    let last = Part {
        email: LAST.to_owned(),
        name: "Winifred Osei-Larkspur",
        role: ADMINISTRATOR,
        practice: None,
        since: FIRST,
    };
    invite(store, &last, Some(hash), now).await
}

/// Returns the hash of the one password.
pub(super) async fn password_hash() -> Result<String, Refused> {
    let password = Password::read(PASSWORD).map_err(Refused::Bug)?;
    let hash = password.hash(HashingPriority::Anybody).await;
    hash.map_err(|refusal| Refused::Bug(refusal.sentence()))
}

/// Returns a Practice's short name.
pub(super) fn slug(text: &str) -> Result<PracticeSlug, Refused> {
    PracticeSlug::parse(text).map_err(|error| Refused::Bug(error.to_string()))
}

async fn invite(store: &Store, part: &Part, hash: Option<&str>, now: OffsetDateTime) -> Result<(), Refused> {
    let invitation = NewInvitation {
        email: part.email.clone(),
        role: part.role,
        practice: part.practice.map(slug).transpose()?,
    };
    let invited = super::joined(part.since, now) + Duration::days(1);
    account(store, &invitation, part.name, hash, invited).await
}

/// Invites somebody, who accepts within the day.
pub(super) async fn account(
    store: &Store,
    invitation: &NewInvitation,
    name: &str,
    hash: Option<&str>,
    invited: OffsetDateTime,
) -> Result<(), Refused> {
    let token_hash = secret::hash(&token()?);
    store
        .invite(&Actor::operator(), invitation, &token_hash, invited)
        .await?;
    store
        .accept(&token_hash, name, hash, invited + Duration::hours(20))
        .await?;
    Ok(())
}

fn token() -> Result<String, Refused> {
    secret::token().map_err(|error| Refused::Bug(error.to_string()))
}
