//! What cannot be seen from outside: how SQLite is opened, and how many statements a call takes.

// a test may fail by panicking
#![allow(clippy::unwrap_used)]

#[path = "../tests/store/criteria.rs"]
mod criteria;

use crate::{Exchanged, Store};
use framework::{
    actor::Actor,
    assessment::{Answer, Entry, Response},
    ids::{CriterionId, CycleId, PracticeSlug, VersionId},
    rating::Rating,
    sheet::PracticeInfo,
};
use sea_orm::{ConnectionTrait, Statement};
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};
use time::OffsetDateTime;

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
        let count = || statements.swap(0, Ordering::Relaxed);
        count();
        store.assessment(&operator, &slug, &cycle).await.unwrap();
        assert_eq!(count(), 9, "assessment");
        store
            .practice_facts(&operator, &slug, &cycle, None, time::macros::date!(2026 - 03 - 02))
            .await
            .unwrap();
        assert_eq!(count(), 9, "practice_facts");
        store.national_facts(&operator, &cycle).await.unwrap();
        assert_eq!(count(), 8, "national_facts");
        store.export(&operator, None).await.unwrap();
        assert_eq!(count(), 5, "export");
        store.queue(&operator).await.unwrap();
        assert_eq!(count(), 3, "queue");
        store.people(&operator).await.unwrap();
        assert_eq!(count(), 2, "people");
        store.import(&operator, years(practices), true, NOW).await.unwrap();
        assert_eq!(count(), 7, "import, dry run");
    }
}
