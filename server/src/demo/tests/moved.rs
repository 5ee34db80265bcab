//! Everything leaves one installation and enters another.

use framework::{
    actor::Actor,
    exchange::{ActionRecord, AdaptationRecord, EvidenceRecord, SupportRecord},
    ids::CycleId,
    library::Library,
    report::{NationalReport, national_report},
};
use report::exchange;
use store::{Carried, Store};
use time::OffsetDateTime;

const NOW: OffsetDateTime = time::macros::datetime!(2026-12-01 10:00 UTC);

pub async fn everything_moves_and_comes_out_the_same(store: &Store) {
    for json in [false, true] {
        let other = with_assessments(store, json).await;
        moves::<AdaptationRecord>(store, &other, json).await;
        moves::<ActionRecord>(store, &other, json).await;
        moves::<SupportRecord>(store, &other, json).await;
        moves::<EvidenceRecord>(store, &other, json).await;
        let operator = Actor::operator();
        let files = other.referenced_files(&operator).await.unwrap();
        assert_eq!(files, store.referenced_files(&operator).await.unwrap());
        for cycle in ["2024", "2025", "2026"] {
            assert_eq!(figures(&other, cycle).await, figures(store, cycle).await, "{cycle}");
        }
    }
}

/// Returns the national report without what does not travel: where an assessment was made, what was asked while it was under way,
/// those under way, and the day of finalising, on which hangs how plan, register and evidence stood.
async fn figures(store: &Store, cycle: &str) -> NationalReport {
    let cycle = CycleId::parse(cycle).unwrap();
    let facts = store
        .national_facts(&Actor::operator(), &cycle, NOW.date())
        .await
        .unwrap();
    let mut report = national_report(Library::embedded(), &facts).unwrap();
    for practice in &mut report.practices {
        practice.imported = false;
        practice.plan = Default::default();
        practice.register = Default::default();
    }
    report
        .regions
        .iter_mut()
        .for_each(|region| region.actions = Default::default());
    NationalReport {
        evidence: Default::default(),
        clarifications: Default::default(),
        open_actions: Default::default(),
        unfinished: vec![],
        absent: vec![],
        ..report
    }
}

/// Another installation with the same Practices and finished assessments.
async fn with_assessments(store: &Store, json: bool) -> Store {
    let (operator, library) = (Actor::operator(), Library::embedded());
    let other = Store::connect("sqlite::memory:", library.clone()).await.unwrap();
    other.migrate().await.unwrap();
    other.publish(NOW).await.unwrap();
    let bytes = async |store: &Store| {
        let assessments = store.export(&operator, None).await.unwrap();
        match json {
            true => exchange::write_json(&assessments),
            false => exchange::write(&assessments, library),
        }
    };
    let written = bytes(store).await;
    let read = if json { exchange::read_json } else { exchange::read };
    let assessments = read(library, &written).unwrap();
    other.import(&operator, assessments, false, NOW).await.unwrap();
    assert_eq!(bytes(&other).await, written);
    // those that have not finished any yet
    let known = other.practices(&operator).await.unwrap();
    for practice in store.practices(&operator).await.unwrap() {
        if known.iter().all(|known| known.info != practice.info) {
            let info = practice.info;
            let added = other.add_practice(&operator, &info.slug, &info.name, &info.region, NOW);
            added.await.unwrap();
        }
    }
    other
}

async fn moves<R: Carried>(from: &Store, to: &Store, json: bool) {
    let operator = Actor::operator();
    let bytes = async |store: &Store| {
        let records = store.export_records::<R>(&operator).await.unwrap();
        match json {
            true => exchange::write_records_json(&records),
            false => exchange::write_records(&records),
        }
    };
    let written = bytes(from).await;
    let given = || match json {
        true => exchange::read_records_json::<R>(&written),
        false => exchange::read_records::<R>(&written),
    };
    let first = to
        .import_records(&operator, given().unwrap(), false, NOW)
        .await
        .unwrap();
    assert!(first.added > 0 && first.unchanged == 0, "{}: {first:?}", R::MANY);
    assert_eq!(bytes(to).await, written, "{}", R::MANY);
    let again = to
        .import_records(&operator, given().unwrap(), false, NOW)
        .await
        .unwrap();
    assert_eq!((again.added, again.unchanged), (0, first.added), "{}", R::MANY);
    let home = from
        .import_records(&operator, given().unwrap(), true, NOW)
        .await
        .unwrap();
    assert_eq!((home.added, home.unchanged), (0, first.added), "{}", R::MANY);
}
