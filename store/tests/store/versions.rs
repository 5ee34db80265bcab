//! A published version never changes, and cycles hold to one.

use crate::{criteria::library_with, world::*};
use framework::library::Altered;
use store::{Store, StoreError};

both! {
    async fn another_text_of_a_published_version_is_refused_loudly(world: &World) {
        world.store.publish(NOW + HOUR).await.unwrap();
        assert_eq!(world.count("event WHERE kind = 'published'").await, 2);
        let changed = Store::connect(&world.place.url(), library_with("For.")).await.unwrap();
        let Err(StoreError::VersionChanged(altered)) = changed.publish(NOW).await else { panic!() };
        changed.close().await.unwrap();
        assert!(matches!(&altered[..], [Altered::Text { .. }, Altered::Text { .. }]), "{altered:?}");
        let sentence = StoreError::VersionChanged(altered).to_string();
        assert!(sentence.contains("2025.1") && sentence.contains("A published version never changes"), "{sentence}");
    }

    async fn a_cycle_is_opened_once_closed_and_opened_again(world: &World) {
        let (store, year) = (&world.store, cycle("2026"));
        let open = async |version_id: &str| store.open_cycle(&world.admin, &year, &version(version_id), NOW).await;
        assert!(matches!(open("2026.1").await, Err(StoreError::Taken(_))));
        store.close_cycle(&world.admin, &year, NOW).await.unwrap();
        store.close_cycle(&world.admin, &year, NOW).await.unwrap();
        assert!(!store.cycles(&world.lead).await.unwrap()[0].open);
        assert!(matches!(open("2030.1").await, Err(StoreError::Refused(_))));
        open("2025.1").await.unwrap();
        world.start().await;
        store.close_cycle(&world.admin, &year, NOW).await.unwrap();
        assert!(matches!(open("2026.1").await, Err(StoreError::Refused(_))));
        open("2025.1").await.unwrap();
        let [cycle] = &store.cycles(&world.lead).await.unwrap()[..] else { panic!() };
        assert_eq!((cycle.version.as_str(), cycle.open), ("2025.1", true));
    }

    async fn a_practices_short_name_is_used_once(world: &World) {
        let taken = world.store.add_practice(&world.admin, &north(), "Again", "", NOW).await;
        assert!(matches!(taken, Err(StoreError::Taken(_))), "{taken:?}");
        let nameless = world.store.add_practice(&world.admin, &slug("x"), " ", "", NOW).await;
        assert!(matches!(nameless, Err(StoreError::Refused(_))), "{nameless:?}");
    }

    async fn migrating_twice_does_nothing_more(world: &World) {
        world.store.migrate().await.unwrap();
        assert_eq!(world.store.pending_migrations().await.unwrap(), Vec::<String>::new());
        world.store.beat().await.unwrap();
    }

    async fn a_backup_of_sqlite_is_a_database_like_it(world: &World) {
        world.bring_to(framework::lifecycle::Status::Finalised).await;
        let to = std::env::temp_dir().join(format!("backup-{}.db", uuid::Uuid::now_v7()));
        let done = world.store.backup(&to).await;
        if matches!(world.place, TestDatabase::Postgres { .. }) {
            assert!(matches!(done, Err(StoreError::Refused(_))), "{done:?}");
            return;
        }
        done.unwrap();
        assert!(matches!(world.store.backup(&to).await, Err(StoreError::Refused(_))));
        let copy = Store::connect(&format!("sqlite://{}", to.display()), world.store.library().clone()).await.unwrap();
        copy.publish(NOW).await.unwrap();
        assert_eq!(copy.export(&world.admin, None).await.unwrap(), world.store.export(&world.admin, None).await.unwrap());
        copy.close().await.unwrap();
        std::fs::remove_file(to).unwrap();
    }

    async fn sqlite_is_kept_with_a_write_ahead_log(world: &World) {
        if matches!(world.place, TestDatabase::Sqlite(_)) {
            assert_eq!(world.count("pragma_journal_mode WHERE journal_mode = 'wal'").await, 1);
        }
    }
}

#[tokio::test]
async fn a_database_in_memory_works_and_lasts_as_long_as_the_store() {
    let store = Store::connect("sqlite::memory:", crate::criteria::library())
        .await
        .unwrap();
    store.migrate().await.unwrap();
    store.publish(NOW).await.unwrap();
    let operator = framework::actor::Actor::operator();
    store
        .add_practice(&operator, &north(), "North Vale", "North", NOW)
        .await
        .unwrap();
    assert_eq!(store.practices(&operator).await.unwrap().len(), 1);
}
