//! A person's notices: theirs alone, and only of Practices they may still see.

use crate::{
    Store,
    convert::{self, stamp},
    error::{Result, StoreError},
    rows::{assessment, notice, person, practice},
    scope::visible,
};
use framework::{
    actor::{Actor, PersonId, PracticeId, Standing},
    ids::CycleId,
    notice::{MailChoice, NoticeKind, Target},
    sheet::PracticeInfo,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// How many notices one page of the inbox holds.
pub const NOTICES_PER_PAGE: u64 = 20;

/// How long a notice stays once it is read.
const READ_STAYS: Duration = Duration::days(365);

/// One line of an inbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its key.
    pub id: Uuid,
    /// Since when it waits.
    pub at: OffsetDateTime,
    /// What it tells of.
    pub kind: NoticeKind,
    /// In which Practice; none where it is about one's own account.
    pub practice: Option<PracticeInfo>,
    /// In which cycle, where it is about an assessment.
    pub cycle: Option<CycleId>,
    /// The adaptation or action that it is about.
    pub subject: Option<Uuid>,
    /// The page it leads to.
    pub target: Target,
    /// Whether it has been read.
    pub read: bool,
}

/// A page of an inbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inbox {
    /// Unread ones first, then the newest first.
    pub notices: Vec<Notice>,
    /// How many are unread, on all pages.
    pub unread: u64,
    /// How many there are, on all pages.
    pub total: u64,
}

impl Store {
    /// Returns how many of the actor's notices are unread. One query.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unread_notices(&self, actor: &Actor) -> Result<u64> {
        Ok(own(actor)
            .filter(notice::Column::ReadAt.is_null())
            .count(&self.db)
            .await?)
    }

    /// Returns a page of the actor's inbox; the first is 1.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    pub async fn inbox(&self, actor: &Actor, page: u64) -> Result<Inbox> {
        let page = Ord::clamp(page, 1, u64::from(u32::MAX));
        let tx = self.reading().await?;
        let total = own(actor).count(&tx).await?;
        let unread = own(actor).filter(notice::Column::ReadAt.is_null()).count(&tx).await?;
        let rows = own(actor)
            .find_also_related(practice::Entity)
            .find_also_related(assessment::Entity)
            .order_by_asc(notice::Column::ReadAt.into_expr().is_not_null())
            .order_by_desc(notice::Column::At)
            .order_by_desc(notice::Column::Id)
            .offset((page - 1) * NOTICES_PER_PAGE)
            .limit(NOTICES_PER_PAGE)
            .all(&tx)
            .await?;
        tx.commit().await?;
        Ok(Inbox {
            notices: rows.into_iter().map(|row| read(actor, row)).collect::<Result<_>>()?,
            unread,
            total,
        })
    }

    /// One of the actor's notices.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such notice, or not for this actor.
    pub async fn notice(&self, actor: &Actor, id: Uuid) -> Result<Notice> {
        let row = own(actor)
            .filter(notice::Column::Id.eq(id))
            .find_also_related(practice::Entity)
            .find_also_related(assessment::Entity)
            .one(&self.db)
            .await?;
        read(actor, row.ok_or(StoreError::NotFound)?)
    }

    /// Marks one of the actor's notices as read, or as unread again. It stays as it is where it is so already.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such notice, or not for this actor.
    pub async fn mark_notice(&self, actor: &Actor, id: Uuid, as_read: bool, now: OffsetDateTime) -> Result<()> {
        let tx = self.writing().await?;
        let row = own(actor).filter(notice::Column::Id.eq(id)).one(&tx).await?;
        if row.ok_or(StoreError::NotFound)?.read_at.is_some() != as_read {
            let row = notice::ActiveModel {
                id: Set(id),
                read_at: Set(as_read.then_some(stamp(now))),
                ..Default::default()
            };
            notice::Entity::update(row).exec(&tx).await?;
        }
        tx.commit().await
    }

    /// Marks all of the actor's notices as read that came no later than `seen`, so that none is lost which came after
    /// the page was made.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mark_notices_read(&self, actor: &Actor, seen: OffsetDateTime, now: OffsetDateTime) -> Result<()> {
        let change = notice::ActiveModel {
            read_at: Set(Some(stamp(now))),
            ..Default::default()
        };
        let query = notice::Entity::update_many()
            .set(change)
            .filter(owned(actor))
            .filter(notice::Column::ReadAt.is_null())
            .filter(notice::Column::At.lte(stamp(seen)));
        query.exec(&self.db).await?;
        Ok(())
    }

    /// Removes notices that were read a year ago or longer; how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn purge_notices(&self, now: OffsetDateTime) -> Result<u64> {
        let query = notice::Entity::delete_many().filter(notice::Column::ReadAt.lte(stamp(now) - READ_STAYS));
        Ok(query.exec(&self.db).await?.rows_affected)
    }

    /// Returns how often the actor wants an e-mail about notices.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the actor has no account.
    pub async fn mail_choice(&self, actor: &Actor) -> Result<MailChoice> {
        let person = actor.person.ok_or(StoreError::NotFound)?;
        let row = person::Entity::find_by_id(person.0).one(&self.db).await?;
        convert::mail_choice(&row.ok_or(StoreError::NotFound)?.mail_choice)
    }

    /// Sets how often the actor wants an e-mail about notices.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the actor has no account.
    pub async fn set_mail_choice(&self, actor: &Actor, choice: MailChoice) -> Result<()> {
        let person = actor.person.ok_or(StoreError::NotFound)?;
        let change = person::ActiveModel {
            mail_choice: Set(choice.code().to_owned()),
            ..Default::default()
        };
        let query = person::Entity::update_many()
            .set(change)
            .filter(person::Column::Id.eq(person.0));
        match query.exec(&self.db).await?.rows_affected {
            0 => Err(StoreError::NotFound),
            _ => Ok(()),
        }
    }
}

/// Returns the actor's notices; none for the command line, which is nobody.
fn own(actor: &Actor) -> sea_orm::Select<notice::Entity> {
    notice::Entity::find().filter(owned(actor))
}

fn owned(actor: &Actor) -> Condition {
    let person = actor.person.map(|PersonId(id)| id);
    let seen = Condition::any()
        .add(notice::Column::PracticeId.is_null())
        .add(visible(actor, notice::Column::PracticeId));
    Condition::all().add(seen).add(notice::Column::PersonId.is_in(person))
}

type Row = (notice::Model, Option<practice::Model>, Option<assessment::Model>);

fn read(actor: &Actor, (row, practice, assessment): Row) -> Result<Notice> {
    let kind = convert::notice_kind(&row.kind)?;
    Ok(Notice {
        id: row.id,
        at: row.at,
        kind,
        practice: practice.map(PracticeInfo::try_from).transpose()?,
        cycle: assessment.map(|row| convert::cycle(row.cycle)).transpose()?,
        subject: row.subject_id,
        target: kind.leads_to(
            row.practice_id
                .map_or(Standing::Stranger, |id| actor.standing(PracticeId(id))),
        ),
        read: row.read_at.is_some(),
    })
}
