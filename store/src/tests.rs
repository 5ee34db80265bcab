//! What cannot be seen from outside: how SQLite is opened, and how many statements a call takes.

// a test may fail by panicking
#![allow(clippy::unwrap_used)]

#[path = "../tests/store/criteria.rs"]
mod criteria;
mod full_disk;

use crate::{
    ArchivedDocument, Exchanged, NewInvitation, ReportOf, Store,
    notice::{Audience, NewNotice},
};
use framework::{
    actor::{Actor, PracticeRole, Role},
    assessment::{Answer, Entry, Response},
    evidence::FileHash,
    ids::{CriterionId, CycleId, PracticeSlug, VersionId},
    notice::{MailChoice, NoticeKind},
    rating::Rating,
    sheet::PracticeInfo,
};
use sea_orm::{ConnectionTrait, Statement};
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

const NOW: OffsetDateTime = time::macros::datetime!(2026-03-02 10:00:00 UTC);

async fn memory() -> Store {
    let store = Store::connect("sqlite::memory:", criteria::library()).await.unwrap();
    store.migrate().await.unwrap();
    store.publish(NOW).await.unwrap();
    store
}

#[tokio::test]
async fn sqlite_writes_through_holds_to_foreign_keys_and_waits() {
    let store = memory().await;
    for (pragma, expected) in [("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 10_000)] {
        let sql = format!("SELECT * FROM pragma_{pragma}");
        let statement = Statement::from_string(store.db.get_database_backend(), sql);
        let row = store.db.query_one_raw(statement).await.unwrap().unwrap();
        assert_eq!(row.try_get_by_index::<i64>(0).unwrap(), expected, "{pragma}");
    }
}

/// Assessments of `practices` Practices over five cycles.
fn years(practices: usize) -> Vec<Exchanged> {
    let answer = Answer {
        response: Some(Response::Rated(Rating::EXPECTED)),
        ..Answer::default()
    };
    let entry = Entry {
        answer,
        ..Entry::default()
    };
    let one = |practice: usize, year: usize| Exchanged {
        practice: PracticeInfo {
            slug: PracticeSlug::parse(&format!("p{practice}")).unwrap(),
            name: format!("P {practice}"),
            region: String::new(),
        },
        cycle: CycleId::parse(&format!("202{year}")).unwrap(),
        version: VersionId::parse("2025.1").unwrap(),
        entries: ["a", "b", "c"]
            .map(|id| (CriterionId::parse(id).unwrap(), entry.clone()))
            .into(),
    };
    (0..practices)
        .flat_map(|practice| (0..5).map(move |year| (practice, year)))
        .map(|(p, y)| one(p, y))
        .collect()
}

#[tokio::test]
async fn the_number_of_statements_does_not_grow_with_the_data() {
    let mut store = memory().await;
    let statements = Arc::new(AtomicUsize::new(0));
    let counter = statements.clone();
    store.db.set_metric_callback(move |_| {
        counter.fetch_add(1, Ordering::Relaxed);
    });
    let operator = Actor::operator();
    let (slug, cycle) = (PracticeSlug::parse("p0").unwrap(), CycleId::parse("2024").unwrap());
    for practices in [1, 40] {
        store.import(&operator, years(practices), false, NOW).await.unwrap();
        statements.store(0, Ordering::Relaxed);
        let mut counts = vec![];
        let mut count = |what| counts.push((what, statements.swap(0, Ordering::Relaxed)));
        let day = time::macros::date!(2026 - 03 - 02);
        store.assessment(&operator, &slug, &cycle).await.unwrap();
        count("assessment");
        store.practice_facts(&operator, &slug, &cycle, None, day).await.unwrap();
        count("practice_facts");
        store.national_facts(&operator, &cycle, day).await.unwrap();
        count("national_facts");
        store.network(&operator).await.unwrap();
        count("network, again");
        store.finished(&operator, &slug, &cycle).await.unwrap();
        count("finished");
        store.export(&operator, None).await.unwrap();
        count("export");
        store.queue(&operator).await.unwrap();
        count("queue");
        store.people(&operator).await.unwrap();
        count("people");
        store.import(&operator, years(practices), true, NOW).await.unwrap();
        count("import, dry run");
        assert_eq!(
            counts,
            [
                ("assessment", 13),
                ("practice_facts", 17),
                ("national_facts", 13),
                ("network, again", 1),
                ("finished", 8),
                ("export", 6),
                ("queue", 3),
                ("people", 3),
                ("import, dry run", 8),
            ]
        );
    }
}

#[tokio::test]
async fn a_job_that_repeats_tells_each_once_and_queues_one_e_mail() {
    let store = memory().await.with_mail(crate::Mailing {
        daily_at: time::Time::MIDNIGHT,
    });
    store.import(&Actor::operator(), years(1), false, NOW).await.unwrap();
    let practice = store.practices(&Actor::operator()).await.unwrap().remove(0);
    let lead = NewInvitation {
        email: "lead@example.org".to_owned(),
        role: Role::Practice(PracticeRole::Lead),
        practice: Some(practice.info.slug),
    };
    store.invite(&Actor::operator(), &lead, "token", NOW).await.unwrap();
    let person = store.accept("token", "Lena", Some("hash"), NOW).await.unwrap();
    store.open_session(person, "session", NOW, Duration::DAY).await.unwrap();
    let actor = store.session("session", NOW, Duration::DAY).await.unwrap().unwrap();
    store.set_mail_choice(&actor, MailChoice::Each).await.unwrap();
    let action = Uuid::now_v7();
    let tell = async |kind, now| {
        let tx = store.writing().await.unwrap();
        let notice = NewNotice::about(kind, practice.id.0).on(action).once(action);
        store
            .notify(&tx, now, None, notice, Audience::Person(person))
            .await
            .unwrap();
        tx.commit().await.unwrap();
    };
    for day in 0..3 {
        tell(NoticeKind::ActionDue, NOW + Duration::days(day)).await;
        tell(NoticeKind::ActionOverdue, NOW + Duration::days(day)).await;
        // this one concerns National Pause only
        tell(NoticeKind::Submitted, NOW).await;
    }
    let inbox = store.inbox(&actor, 1).await.unwrap();
    let told: Vec<_> = inbox
        .notices
        .iter()
        .map(|notice| (notice.kind, notice.at, notice.subject))
        .collect();
    let once = |kind| (kind, NOW, Some(action));
    assert_eq!(told, [once(NoticeKind::ActionOverdue), once(NoticeKind::ActionDue)]);
    let letters = store.take_letters(NOW, Duration::HOUR, 9).await.unwrap();
    assert_eq!(letters.len(), 2);
}

#[tokio::test]
async fn telling_takes_a_fixed_number_of_statements() {
    let mut store = memory().await;
    store.import(&Actor::operator(), years(1), false, NOW).await.unwrap();
    let practice = store.practices(&Actor::operator()).await.unwrap().remove(0);
    let statements = Arc::new(AtomicUsize::new(0));
    let counter = statements.clone();
    store.db.set_metric_callback(move |_| {
        counter.fetch_add(1, Ordering::Relaxed);
    });
    for people in [1, 30] {
        for place in 0..people {
            let token = format!("{people}-{place}");
            let member = NewInvitation {
                email: format!("{token}@example.org"),
                role: Role::Practice(PracticeRole::Contributor),
                practice: Some(practice.info.slug.clone()),
            };
            store.invite(&Actor::operator(), &member, &token, NOW).await.unwrap();
            store.accept(&token, "Carl", Some("hash"), NOW).await.unwrap();
        }
        let tx = store.writing().await.unwrap();
        statements.store(0, Ordering::Relaxed);
        let notice = NewNotice::about(NoticeKind::SupportRecorded, practice.id.0);
        store.notify(&tx, NOW, None, notice, Audience::Team).await.unwrap();
        assert_eq!(statements.load(Ordering::Relaxed), 6);
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn kept_reports_come_with_their_files_in_two_statements() {
    let mut store = memory().await;
    store.import(&Actor::operator(), years(1), false, NOW).await.unwrap();
    let of = ReportOf {
        practice: Some(PracticeSlug::parse("p0").unwrap()),
        cycle: CycleId::parse("2024").unwrap(),
    };
    let statements = Arc::new(AtomicUsize::new(0));
    let counter = statements.clone();
    store.db.set_metric_callback(move |_| {
        counter.fetch_add(1, Ordering::Relaxed);
    });
    for kept in 1..=3 {
        store.queue_report(&Actor::operator(), &of, None, NOW).await.unwrap();
        let job = store.claim_report(NOW, NOW).await.unwrap().unwrap();
        let documents = ["csv", "pdf"].map(|format| ArchivedDocument {
            format: format.to_owned(),
            hash: FileHash::new([kept; 32]),
            size: 1,
        });
        assert!(store.finish_report(&job, &documents, NOW).await.unwrap());
        statements.store(0, Ordering::Relaxed);
        let listed = store.archived_reports(&Actor::operator(), &of).await.unwrap();
        assert_eq!(
            (listed.len(), statements.load(Ordering::Relaxed)),
            (usize::from(kept), 2)
        );
    }
}

/// Whoever adds a table that names an assessment, a Practice or a cycle decides whether its rows go with an import that is taken
/// back, or hold it.
#[tokio::test]
async fn taking_back_an_import_thinks_of_every_table_that_names_something_of_it() {
    let store = memory().await;
    let sql = "SELECT m.name, k.\"table\" FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) k
               WHERE m.type = 'table' AND k.\"table\" IN ('assessment', 'practice', 'cycle')";
    let statement = Statement::from_string(store.db.get_database_backend(), sql);
    let rows = store.db.query_all_raw(statement).await.unwrap();
    assert!(rows.len() > 20);
    for row in rows {
        let (table, named): (String, String) = (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap());
        assert!(crate::exchange::thinks_of(&table, &named), "{table} names {named}");
    }
}
