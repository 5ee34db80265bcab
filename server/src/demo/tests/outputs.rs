//! Every report of the demonstration as files.

use super::*;
use framework::{
    ids::CycleId,
    report::{national_report, practice_report},
};
use report::{
    output::{Format, national_bytes, practice_bytes},
    schema::Described,
};
use serde_json::Value;
use time::macros::date;

/// The JSON of each report fits its schema, and each becomes a workbook.
pub async fn every_report_fits_its_schema_and_becomes_a_workbook(store: &Store) {
    let operator = Actor::operator();
    let validators = Described::ALL.map(|of| jsonschema::validator_for(of.schema().as_value()).unwrap());
    let fits = |validator: &jsonschema::Validator, json: Vec<u8>| {
        let report: Value = serde_json::from_slice(&json).unwrap();
        let wrong = validator
            .iter_errors(&report)
            .map(|error| format!("{}: {error}", error.instance_path()));
        assert_eq!(wrong.collect::<Vec<_>>(), Vec::<String>::new());
    };
    let mut reports = 0;
    for (year, ..) in CYCLES {
        let cycle = CycleId::parse(&year.to_string()).unwrap();
        let facts = store
            .national_facts(&operator, &cycle, date!(2026 - 11 - 20))
            .await
            .unwrap();
        let report = national_report(store.library(), &facts).unwrap();
        fits(&validators[1], national_bytes(&report, Format::Json).unwrap());
        assert!(national_bytes(&report, Format::Xlsx).unwrap().starts_with(b"PK"));
        for practice in store.practices(&operator).await.unwrap() {
            let facts = store
                .practice_facts(&operator, &practice.info.slug, &cycle, None, date!(2026 - 11 - 20))
                .await;
            let Ok(facts) = facts else { continue };
            let report = practice_report(store.library(), &facts).unwrap();
            fits(&validators[0], practice_bytes(&report, Format::Json).unwrap());
            assert!(practice_bytes(&report, Format::Xlsx).unwrap().starts_with(b"PK"));
            reports += 1;
        }
    }
    assert!(reports > 60, "{reports}");
}
