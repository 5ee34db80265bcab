//! Telling people that something waits for them: one call inside the transaction of what happened.
//!
//! Whoever did it is not told, nor is anybody whose account is off, or whom the thing does not concern, or who may not
//! see it. Where the site sends e-mail, what is to be sent is queued in the same transaction ([`crate::outbox`]).

use crate::{
    Store,
    conflicts::ties,
    convert::{self, stamp},
    error::Result,
    outbox,
    reviewers::reviewers_of,
    rows::{CHUNK, assessment, membership, notice, person},
    scope::present,
    transaction::Transaction,
};
use framework::{
    actor::{NationalRole, PersonId, PracticeRole, Standing},
    lifecycle::{Operation, may_read},
    local,
    notice::{MailChoice, NoticeKind},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::OnConflict,
};
use std::{collections::HashSet, fmt::Display};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// Whom a notice is meant for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Audience {
    /// The Practice's leads.
    Leads,
    /// Its leads and contributors.
    Team,
    /// All who belong to it, readers too.
    Members,
    /// Whoever reviews the assessment; as long as nobody does, all of National Pause.
    Reviewers,
    /// All of National Pause, but who belongs to the Practice.
    National,
    /// One person.
    Person(PersonId),
}

/// What is to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NewNotice {
    kind: NoticeKind,
    /// None for what happens to somebody's account.
    practice: Option<Uuid>,
    assessment: Option<Uuid>,
    subject: Option<Uuid>,
    key: Option<String>,
}

impl NewNotice {
    /// Something in a Practice.
    pub(crate) fn about(kind: NoticeKind, practice: Uuid) -> NewNotice {
        NewNotice {
            practice: Some(practice),
            ..NewNotice::of_account(kind)
        }
    }

    /// Something that happened to somebody's account.
    pub(crate) fn of_account(kind: NoticeKind) -> NewNotice {
        NewNotice {
            kind,
            practice: None,
            assessment: None,
            subject: None,
            key: None,
        }
    }

    /// In an assessment: only those are told who may read it as it stands now.
    pub(crate) fn at(self, assessment: Uuid) -> NewNotice {
        NewNotice {
            assessment: Some(assessment),
            ..self
        }
    }

    /// On an adaptation or action, to whose page it leads.
    pub(crate) fn on(self, subject: Uuid) -> NewNotice {
        NewNotice {
            subject: Some(subject),
            ..self
        }
    }

    /// Returns whether it is among what was told already.
    pub(crate) fn is_in(&self, told: &HashSet<String>) -> bool {
        self.key.as_ref().is_some_and(|key| told.contains(key))
    }

    /// At most once for each person, this kind and this key, however often a job repeats it.
    pub(crate) fn once(self, key: impl Display) -> NewNotice {
        NewNotice {
            key: Some(format!("{}:{key}", self.kind.code())),
            ..self
        }
    }
}

/// Returns the keys under which somebody was told of these kinds already, so that a job need not try each again.
pub(crate) async fn told_already(tx: &impl ConnectionTrait, kinds: &[NoticeKind]) -> Result<HashSet<String>> {
    let keys: Vec<Option<String>> = notice::Entity::find()
        .select_only()
        .column(notice::Column::Key)
        .distinct()
        .filter(notice::Column::Kind.is_in(kinds.iter().map(|kind| kind.code())))
        .into_tuple()
        .all(tx)
        .await?;
    Ok(keys.into_iter().flatten().collect())
}

/// Whom a move of an assessment is told to, and as what.
pub(crate) fn of_move(action: Operation) -> Option<(NoticeKind, Audience)> {
    match action {
        Operation::Submit => Some((NoticeKind::Submitted, Audience::Reviewers)),
        Operation::Return => Some((NoticeKind::Returned, Audience::Team)),
        Operation::Moderate => Some((NoticeKind::Moderated, Audience::Leads)),
        Operation::Finalise => Some((NoticeKind::Finalised, Audience::Members)),
        _ => None,
    }
}

impl Store {
    /// Tells an audience, `except` whoever did it. A fixed number of queries; an assessment must have its new state
    /// already.
    pub(crate) async fn notify(
        &self,
        tx: &Transaction,
        now: OffsetDateTime,
        except: Option<PersonId>,
        notice: NewNotice,
        audience: Audience,
    ) -> Result<()> {
        let now = stamp(now);
        let told: Vec<(Uuid, Somebody)> = told(tx, &notice, audience, local::date(now))
            .await?
            .into_iter()
            .filter(|somebody| Some(somebody.person) != except)
            .map(|somebody| (Uuid::now_v7(), somebody))
            .collect();
        for chunk in told.chunks(CHUNK) {
            let rows = chunk.iter().map(|(id, somebody)| row(*id, somebody, &notice, now));
            notice::Entity::insert_many(rows)
                .on_conflict(OnConflict::new().do_nothing().to_owned())
                .exec_without_returning(tx)
                .await?;
        }
        match &self.mailing {
            Some(mailing) if !told.is_empty() => {
                let told = told.iter().map(|(id, somebody)| (*id, somebody.person, somebody.mail));
                outbox::queue(tx, mailing, now, told.collect()).await
            }
            _ => Ok(()),
        }
    }
}

/// Marks as read what a move of an assessment deals with, whoever was told of it.
pub(crate) async fn settle(tx: &Transaction, now: OffsetDateTime, assessment: Uuid, action: Operation) -> Result<()> {
    let kinds = NoticeKind::ALL.iter().filter(|kind| kind.settled_by(action));
    let change = notice::ActiveModel {
        read_at: Set(Some(stamp(now))),
        ..Default::default()
    };
    let query = notice::Entity::update_many()
        .set(change)
        .filter(notice::Column::AssessmentId.eq(assessment))
        .filter(notice::Column::Kind.is_in(kinds.map(|kind| kind.code())))
        .filter(notice::Column::ReadAt.is_null());
    query.exec(tx).await?;
    Ok(())
}

fn row(id: Uuid, somebody: &Somebody, notice: &NewNotice, now: OffsetDateTime) -> notice::ActiveModel {
    notice::ActiveModel {
        id: Set(id),
        person_id: Set(somebody.person.0),
        at: Set(now),
        kind: Set(notice.kind.code().to_owned()),
        practice_id: Set(notice.practice),
        assessment_id: Set(notice.assessment),
        subject_id: Set(notice.subject),
        key: Set(notice.key.clone()),
        read_at: Set(None),
    }
}

/// Somebody who may see the Practice.
#[derive(Clone, Copy, Debug)]
struct Somebody {
    person: PersonId,
    standing: Standing,
    mail: MailChoice,
}

/// Whoever of an audience it concerns and who may see it.
async fn told(tx: &Transaction, notice: &NewNotice, audience: Audience, today: Date) -> Result<Vec<Somebody>> {
    let Some(practice) = notice.practice else {
        return whose_account(tx, audience).await;
    };
    let mut people = people_of(tx, practice, today).await?;
    let mut reviewers: Vec<PersonId> = vec![];
    if let Some(assessment) = notice.assessment {
        let row = assessment::Entity::find_by_id(assessment).one(tx).await?;
        let row = present(row, "a notice's assessment")?;
        let status = convert::status(&row.status)?;
        people.retain(|somebody| may_read(status, somebody.standing));
        reviewers = reviewers_of(tx, row.id)
            .await?
            .all()
            .iter()
            .map(|reviewer| reviewer.person)
            .collect();
    }
    people.retain(|somebody| notice.kind.concerns(somebody.standing));
    // one who has left, or whose account is off, leaves it to the others
    reviewers.retain(|reviewer| {
        people
            .iter()
            .any(|somebody| is_national(somebody) && somebody.person == *reviewer)
    });
    people.retain(|somebody| match audience {
        Audience::Leads => somebody.standing == Standing::Lead,
        Audience::Team => matches!(somebody.standing, Standing::Lead | Standing::Contributor),
        Audience::Members => !is_national(somebody),
        Audience::Reviewers => is_national(somebody) && (reviewers.is_empty() || reviewers.contains(&somebody.person)),
        Audience::National => is_national(somebody),
        Audience::Person(person) => somebody.person == person,
    });
    Ok(people)
}

/// Whoever an account is of, unless it is off. Those who want e-mail get it at once: it may not be they who did it.
async fn whose_account(tx: &Transaction, audience: Audience) -> Result<Vec<Somebody>> {
    let Audience::Person(PersonId(id)) = audience else {
        return Ok(vec![]);
    };
    let row = person::Entity::find_by_id(id).one(tx).await?;
    let open = row.filter(|row| row.disabled_at.is_none());
    let read = |row: person::Model| {
        Ok(Somebody {
            person: PersonId(row.id),
            standing: Standing::Stranger,
            mail: match convert::mail_choice(&row.mail_choice)? {
                MailChoice::Off => MailChoice::Off,
                MailChoice::Daily | MailChoice::Each => MailChoice::Each,
            },
        })
    };
    open.into_iter().map(read).collect()
}

fn is_national(somebody: &Somebody) -> bool {
    matches!(somebody.standing, Standing::Reviewer | Standing::Administrator)
}

/// All who may see a Practice, with an account that is on. Five queries.
async fn people_of(tx: &Transaction, practice: Uuid, today: Date) -> Result<Vec<Somebody>> {
    let members = membership::Entity::find()
        .find_also_related(person::Entity)
        .filter(membership::Column::PracticeId.eq(practice))
        .all(tx)
        .await?;
    let own: Vec<Uuid> = members.iter().map(|(member, _)| member.person_id).collect();
    let national = person::Entity::find()
        .filter(
            Condition::all()
                .add(person::Column::NationalRole.is_not_null())
                .add(person::Column::Id.is_not_in(own)),
        )
        .all(tx)
        .await?;
    let mut people = vec![];
    for (member, person) in members {
        let standing = match convert::practice_role(&member.role)? {
            PracticeRole::Lead => Standing::Lead,
            PracticeRole::Contributor => Standing::Contributor,
            PracticeRole::Reader => Standing::Reader,
        };
        people.push((present(person, "a membership's person")?, standing));
    }
    let mut ties = ties(tx, practice).await?;
    for person in national {
        let conflict = ties.remove(&person.id).unwrap_or_default().conflict(today);
        let standing = match convert::national_role(person.national_role.as_deref())? {
            Some(_) if conflict.is_some() => Standing::Observer,
            Some(NationalRole::Administrator) => Standing::Administrator,
            Some(NationalRole::Reviewer) => Standing::Reviewer,
            None => Standing::Stranger,
        };
        people.push((person, standing));
    }
    people.retain(|(person, _)| person.disabled_at.is_none());
    let read = |(person, standing): (person::Model, Standing)| {
        Ok(Somebody {
            person: PersonId(person.id),
            standing,
            mail: convert::mail_choice(&person.mail_choice)?,
        })
    };
    people.into_iter().map(read).collect()
}
