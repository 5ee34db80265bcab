//! Practices renamed and closed, regions, cycles and accounts opened again, roles lowered and given back.

use crate::world::*;
use framework::{
    actor::{NationalRole, PracticeRole, Role},
    lifecycle::Status,
};
use sea_orm::{ConnectionTrait, Database};
use store::{PersonRow, Store, StoreError};
use time::macros::{date, datetime};

const LATER: time::OffsetDateTime = datetime!(2026-06-02 23:30 UTC);

fn refused<T: std::fmt::Debug>(result: Result<T, StoreError>) -> String {
    match result {
        Err(StoreError::Refused(sentence)) => sentence,
        other => panic!("{other:?}"),
    }
}

async fn row_of(world: &World, name: &str) -> PersonRow {
    let people = world.store.people(&world.admin).await.unwrap();
    people.into_iter().find(|person| person.name == name).unwrap()
}

/// Returns the actor as the next request makes it.
async fn again(world: &World, actor: &framework::actor::Actor) -> framework::actor::Actor {
    let token = uuid::Uuid::now_v7().to_string();
    sign_in(&world.store, actor.person.unwrap(), &token).await
}

both! {
    async fn no_two_practices_have_one_name(world: &World) {
        let store = &world.store;
        store.add_practice(&world.admin, &slug("ty-glas"), "Tŷ Glas", "North", NOW).await.unwrap();
        for (index, same) in ["Ty\u{302} Glas", "TŶ GLAS", " Tŷ\u{a0} Glas "].into_iter().enumerate() {
            let other = slug(&format!("other-{index}"));
            let sentence = refused(store.add_practice(&world.admin, &other, same, "North", NOW).await);
            assert!(sentence.contains("Tŷ Glas (ty-glas)"), "{sentence}");
            refused(store.rename_practice(&world.admin, &north(), same, "North", NOW).await);
        }
        store.add_practice(&world.admin, &slug("ty-glas-2"), "Ty Glas", "North", NOW).await.unwrap();
        refused(store.add_practice(&world.admin, &slug("long"), &"x".repeat(101), "", NOW).await);
        refused(store.add_practice(&world.admin, &slug("nul"), "a\0b", "", NOW).await);
        let db = world.raw().await;
        let twice = "UPDATE practice SET name_key = 'ty glas' WHERE slug = 'north-vale'";
        assert!(db.execute_unprepared(twice).await.is_err(), "the database refuses it too");
        db.close().await.unwrap();
    }

    async fn names_of_an_earlier_release_are_completed_without_failing(world: &World) {
        let db = world.raw().await;
        for sql in [
            "INSERT INTO practice (id, slug, name, region, created_at) SELECT '00000000000000a1', 'south-mere-2', 'SOUTH  MERE', 'north', created_at FROM practice WHERE slug = 'north-vale'",
        ] {
            let sql = match world.place {
                TestDatabase::Postgres { .. } => sql.replace("'00000000000000a1'", "'00000000-0000-0000-0000-0000000000a1'"),
                TestDatabase::Sqlite(_) => sql.replace("'00000000000000a1'", "x'000000000000000000000000000000a1'"),
            };
            db.execute_unprepared(&sql).await.unwrap();
        }
        db.execute_unprepared("INSERT INTO region (name) VALUES ('north')").await.unwrap();
        db.close().await.unwrap();
        for _ in 0..2 {
            world.store.migrate().await.unwrap();
        }
        assert_eq!(world.count("practice WHERE name_key IS NULL").await, 1, "the younger one waits to be renamed");
        let regions = world.store.regions(&world.admin).await.unwrap();
        let regions: Vec<_> = regions.iter().map(|region| (region.name.as_str(), region.practices)).collect();
        assert_eq!(regions, [("North", 3)], "regions of one name are one");
        world.store.rename_practice(&world.admin, &slug("south-mere-2"), "South Mere East", "North", NOW).await.unwrap();
        assert_eq!(world.count("practice WHERE name_key IS NULL").await, 0);
    }

    async fn a_new_name_is_everywhere_at_once_and_the_short_name_stays(world: &World) {
        world.bring_to(Status::Finalised).await;
        let store = &world.store;
        let before = store.network(&world.reviewer).await.unwrap();
        assert_eq!(before.facts().histories()[0].practice.name, "North Vale");
        store.rename_practice(&world.admin, &north(), "Afon Vale", "Wales", LATER).await.unwrap();
        assert_eq!(store.practice(&world.lead, &north()).await.unwrap().info.name, "Afon Vale");
        let after = store.network(&world.reviewer).await.unwrap();
        let info = &after.facts().histories()[0].practice;
        assert_eq!((info.slug.as_str(), info.name.as_str(), info.region.as_str()), ("north-vale", "Afon Vale", "Wales"));
        assert_eq!(after.regions(), ["North", "Wales"]);
        store.rename_region(&world.admin, "Wales", "Cymru", LATER).await.unwrap();
        assert_eq!(store.network(&world.reviewer).await.unwrap().regions(), ["Cymru", "North"]);
        refused(store.rename_region(&world.admin, "Cymru", "NORTH", LATER).await);
        refused(store.add_region(&world.admin, " north ", LATER).await);
        assert!(store.rename_region(&world.admin, "Nowhere", "X", LATER).await.unwrap_err().is_not_found());
        for kind in ["practice_renamed", "practice_moved", "region_renamed"] {
            assert_eq!(world.count(&format!("event WHERE kind = '{kind}'")).await, 1, "{kind}");
        }
        // a name of its own in other letters is no other's
        store.rename_practice(&world.admin, &north(), "AFON VALE", "Cymru", LATER).await.unwrap();
    }

    async fn members_of_a_closed_practice_only_read_and_all_is_back_when_it_opens(world: &World) {
        world.bring_to(Status::Finalised).await;
        let store = &world.store;
        store.open_cycle(&world.admin, &cycle("2027"), &version("2026.1"), NOW).await.unwrap();
        refused(store.close_practice(&world.admin, &north(), date!(2026-06-04), LATER).await);
        store.close_practice(&world.admin, &north(), date!(2026-06-03), LATER).await.unwrap();
        refused(store.close_practice(&world.admin, &north(), date!(2026-06-03), LATER).await);
        let lead = again(world, &world.lead).await;
        assert_eq!(lead.memberships[0].role, PracticeRole::Reader);
        assert!(store.start(&lead, &north(), &cycle("2027"), LATER).await.is_err());
        store.assessment(&lead, &north(), &cycle("2026")).await.unwrap();
        assert_eq!(store.practice(&lead, &north()).await.unwrap().closed_on, Some(date!(2026-06-03)));
        assert_eq!(row_of(world, "Lena").await.memberships[0].role, PracticeRole::Lead, "the role is kept");
        assert_eq!(store.network(&world.reviewer).await.unwrap().facts().sheets().count(), 1, "old figures keep it");
        let closing = store.closing_cycle(&world.admin, &cycle("2027")).await.unwrap();
        let waiting: Vec<_> = closing.not_started.iter().map(|info| info.name.as_str()).collect();
        assert_eq!(waiting, ["South Mere"]);
        store.reopen_practice(&world.admin, &north(), LATER).await.unwrap();
        let lead = again(world, &world.lead).await;
        assert_eq!(lead.memberships, world.lead.memberships);
        store.start(&lead, &north(), &cycle("2027"), LATER).await.unwrap();
    }

    async fn what_closing_a_cycle_means_is_told_and_reopening_keeps_its_days(world: &World) {
        world.bring_to(Status::Submitted).await;
        let (store, year) = (&world.store, cycle("2026"));
        let closing = store.closing_cycle(&world.admin, &year).await.unwrap();
        let under_way: Vec<_> = closing.under_way.iter().map(|(info, status)| (info.name.as_str(), *status)).collect();
        assert_eq!(under_way, [("North Vale", Status::Submitted)]);
        assert_eq!((closing.finalised, closing.not_started.len()), (0, 1));
        let before = store.cycles(&world.admin).await.unwrap();
        store.close_cycle(&world.admin, &year, LATER).await.unwrap();
        assert_eq!(store.cycles(&world.admin).await.unwrap()[0].closed_at, Some(LATER));
        store.reopen_cycle(&world.admin, &year, LATER).await.unwrap();
        assert_eq!(store.cycles(&world.admin).await.unwrap(), before);
        store.close_cycle(&world.admin, &year, LATER).await.unwrap();
        store.open_cycle(&world.admin, &year, &version("2026.1"), LATER).await.unwrap();
        assert_eq!(store.cycles(&world.admin).await.unwrap(), before, "by the form too");
        assert!(store.reopen_cycle(&world.admin, &cycle("1999"), LATER).await.unwrap_err().is_not_found());
    }

    async fn a_closed_account_has_its_roles_when_it_opens_again(world: &World) {
        world.bring_to(Status::InReview).await;
        let store = &world.store;
        let lena = world.lead.person.unwrap();
        let before = row_of(world, "Lena").await;
        let closing = store.closing_account(&world.admin, lena).await.unwrap();
        let leadless: Vec<_> = closing.sole_lead.iter().map(|member| member.name.as_str()).collect();
        assert_eq!((leadless, closing.reviews.len()), (vec!["North Vale"], 0));
        let rita = store.closing_account(&world.admin, world.reviewer.person.unwrap()).await.unwrap();
        let reviews: Vec<_> = rita.reviews.iter().map(|(info, cycle, status)| (info.name.as_str(), cycle.as_str(), *status)).collect();
        assert_eq!(reviews, [("North Vale", "2026", Status::InReview)]);
        store.set_disabled(&world.admin, lena, true, LATER).await.unwrap();
        store.set_disabled(&world.admin, lena, false, LATER).await.unwrap();
        assert_eq!(row_of(world, "Lena").await, before);
        join(store, "Leo", Role::Practice(PracticeRole::Lead), Some("north-vale")).await;
        assert_eq!(store.closing_account(&world.admin, lena).await.unwrap().sole_lead, []);
    }

    async fn an_ended_role_is_given_back_as_if_it_had_never_ended(world: &World) {
        let store = &world.store;
        let lena = world.lead.person.unwrap();
        let since = "membership WHERE role = 'lead' AND since = (SELECT min(since) FROM membership)";
        let before = (row_of(world, "Lena").await, world.count(since).await);
        store.remove_member(&world.admin, lena, &north(), LATER).await.unwrap();
        let ended = row_of(world, "Lena").await;
        assert_eq!((ended.memberships, ended.past), (vec![], world.lead.memberships.clone()));
        store.restore_member(&world.admin, lena, &north(), LATER).await.unwrap();
        assert_eq!((row_of(world, "Lena").await, world.count(since).await), before);
        assert!(store.restore_member(&world.admin, lena, &north(), LATER).await.unwrap_err().is_not_found());
    }

    async fn a_role_at_national_pause_is_lowered_but_never_the_last_administrator_s(world: &World) {
        let store = &world.store;
        let (ada, rita) = (world.admin.person.unwrap(), world.reviewer.person.unwrap());
        let set = |person, role| store.set_national_role(&world.admin, person, role, LATER);
        refused(set(ada, Some(NationalRole::Reviewer)).await);
        refused(set(ada, None).await);
        set(rita, Some(NationalRole::Administrator)).await.unwrap();
        set(rita, Some(NationalRole::Reviewer)).await.unwrap();
        set(rita, None).await.unwrap();
        assert_eq!(again(world, &world.reviewer).await.national, None);
        assert_eq!(world.count("event WHERE kind = 'role_changed'").await, 3);
        set(rita, Some(NationalRole::Administrator)).await.unwrap();
        store.set_disabled(&world.admin, rita, true, LATER).await.unwrap();
        refused(set(ada, None).await);
        store.set_disabled(&world.admin, rita, false, LATER).await.unwrap();
        set(ada, Some(NationalRole::Reviewer)).await.unwrap();
        assert!(store.people(&again(world, &world.admin).await).await.unwrap_err().is_not_found());
    }
}

#[tokio::test]
async fn a_database_of_the_release_before_is_brought_up_to_date() {
    let place = TestDatabase::sqlite();
    let db = Database::connect(place.url()).await.unwrap();
    <migrations::Migrator as sea_orm_migration::MigratorTrait>::up(&db, Some(15))
        .await
        .unwrap();
    for (id, slug, name, region) in [
        ("a1", "north-vale", "North Vale", "Wales"),
        ("a2", "north-vale-2", "north  vale", "WALES"),
        ("a3", "south", "South", ""),
    ] {
        let sql = format!(
            "INSERT INTO practice (id, slug, name, region, created_at) VALUES (x'000000000000000000000000000000{id}', '{slug}', '{name}', '{region}', '2026-01-01 00:00:00+00:00')"
        );
        db.execute_unprepared(&sql).await.unwrap();
    }
    db.close().await.unwrap();
    let store = Store::connect(&place.url(), crate::criteria::library()).await.unwrap();
    store.migrate().await.unwrap();
    let operator = framework::actor::Actor::operator();
    let practices = store.practices(&operator).await.unwrap();
    assert_eq!(practices.len(), 3);
    let regions = store.regions(&operator).await.unwrap();
    assert_eq!((regions.len(), regions[0].practices), (1, 2));
    refused(
        store
            .add_practice(&operator, &slug("third"), "NORTH VALE", "", NOW)
            .await,
    );
    store.close().await.unwrap();
}
