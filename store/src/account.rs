//! What happens to accounts – links for a new password, passwords set, roles given and ended –: whoever's it is is told, and
//! it is listed, for them and for administrators.

use crate::{
    EventKind, Store, convert,
    convert::bad,
    error::{Result, StoreError},
    notice::{Audience, NewNotice},
    rows::{event, person, practice},
    scope::administrator,
    transaction::Transaction,
};
use framework::{
    actor::{Actor, PersonId, Role},
    notice::NoticeKind,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use serde::Deserialize;
use std::collections::HashMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// How many events one page holds.
pub const ACCOUNT_EVENTS_PER_PAGE: u64 = 50;

/// How many of one's own are shown.
const OWN: u64 = 20;

/// What happened to an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountEvent {
    /// When.
    pub at: OffsetDateTime,
    /// Who did it, by the name they had then.
    pub who: String,
    /// What.
    pub kind: EventKind,
    /// Whose account it is: a name, or an address where there is none yet.
    pub account: String,
    /// Which role, where it is about one.
    pub role: Option<Role>,
    /// In which Practice.
    pub practice: Option<String>,
    /// A password that was set by a link, not by whoever knew the one before.
    pub by_link: bool,
}

/// A page of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountEvents {
    /// The newest first.
    pub events: Vec<AccountEvent>,
    /// How many there are, on all pages.
    pub total: u64,
}

/// What such an event says besides.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Particulars {
    person: Option<Uuid>,
    email: Option<String>,
    role: Option<String>,
    by_link: bool,
}

impl EventKind {
    /// What happens to accounts.
    pub const OF_ACCOUNTS: [EventKind; 8] = [
        EventKind::Invited,
        EventKind::InvitationWithdrawn,
        EventKind::Joined,
        EventKind::Left,
        EventKind::PasswordLink,
        EventKind::PasswordSet,
        EventKind::Disabled,
        EventKind::Enabled,
    ];
}

impl Store {
    /// Returns what happened to accounts, the newest first; the first page is 1. Administrators only.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for anybody else.
    pub async fn account_events(&self, actor: &Actor, page: u64) -> Result<AccountEvents> {
        administrator(actor)?;
        let page = Ord::clamp(page, 1, u64::from(u32::MAX));
        let tx = self.reading().await?;
        let total = of_accounts().count(&tx).await?;
        let query = of_accounts()
            .offset((page - 1) * ACCOUNT_EVENTS_PER_PAGE)
            .limit(ACCOUNT_EVENTS_PER_PAGE);
        let rows = query.all(&tx).await?;
        let events = read(&tx, rows).await?;
        tx.commit().await?;
        Ok(AccountEvents { events, total })
    }

    /// Returns what happened to the actor's own account lately, the newest first.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the actor has no account.
    pub async fn own_account_events(&self, actor: &Actor) -> Result<Vec<AccountEvent>> {
        let PersonId(id) = actor.person.ok_or(StoreError::NotFound)?;
        let tx = self.reading().await?;
        let row = person::Entity::find_by_id(id).one(&tx).await?;
        let email = row.ok_or(StoreError::NotFound)?.email;
        // as JSON writes it: an address may hold what `LIKE` reads as any sign, so it is looked at once more below
        let named = Condition::any()
            .add(event::Column::Detail.contains(id.to_string()))
            .add(event::Column::Detail.contains(&email));
        let rows = of_accounts().filter(named).limit(5 * OWN).all(&tx).await?;
        let own = rows.into_iter().filter(|row| {
            let particulars = particulars(row);
            particulars.person == Some(id) || particulars.email.as_ref() == Some(&email)
        });
        let events = read(&tx, own.take(OWN as usize).collect()).await?;
        tx.commit().await?;
        Ok(events)
    }

    /// Tells whoever an account is of that something happened to it, whoever did it: also if it was in their own name.
    pub(crate) async fn notify_account(
        &self,
        tx: &Transaction,
        now: OffsetDateTime,
        person: PersonId,
        kind: NoticeKind,
    ) -> Result<()> {
        let notice = NewNotice::of_account(kind);
        self.notify(tx, now, None, notice, Audience::Person(person)).await
    }
}

fn of_accounts() -> Select<event::Entity> {
    event::Entity::find()
        .filter(event::Column::Kind.is_in(EventKind::OF_ACCOUNTS.map(EventKind::code)))
        .order_by_desc(event::Column::At)
        .order_by_desc(event::Column::Id)
}

fn particulars(row: &event::Model) -> Particulars {
    let detail = row.detail.as_deref().unwrap_or_default();
    serde_json::from_str(detail).unwrap_or_default()
}

async fn read(db: &impl ConnectionTrait, rows: Vec<event::Model>) -> Result<Vec<AccountEvent>> {
    let about: Vec<Particulars> = rows.iter().map(particulars).collect();
    let people = person::Entity::find().filter(person::Column::Id.is_in(about.iter().filter_map(|one| one.person)));
    let people: HashMap<Uuid, String> = people
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.id, row.name))
        .collect();
    let practices =
        practice::Entity::find().filter(practice::Column::Id.is_in(rows.iter().filter_map(|row| row.practice_id)));
    let practices: HashMap<Uuid, String> = (practices.all(db).await?.into_iter())
        .map(|row| (row.id, row.name))
        .collect();
    let event = |(row, about): (event::Model, Particulars)| {
        let name = about.person.and_then(|id| people.get(&id).cloned());
        Ok(AccountEvent {
            at: row.at,
            who: row.who,
            kind: EventKind::from_code(&row.kind).ok_or_else(|| bad(format!("no event “{}”", row.kind)))?,
            account: name.or(about.email).unwrap_or_default(),
            role: about.role.as_deref().map(convert::role).transpose()?,
            practice: row.practice_id.and_then(|id| practices.get(&id).cloned()),
            by_link: about.by_link,
        })
    };
    rows.into_iter().zip(about).map(event).collect()
}
