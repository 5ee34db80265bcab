//! The schemas of both reports' JSON: they say what is written, all of it, and refuse anything else.

mod values;

use framework::ids::{CriterionId, CycleId, VersionId};
use jsonschema::Validator;
use report::{
    output::{Format, national_bytes, practice_bytes},
    schema::Described,
};
use serde_json::{Value, json};

fn validator(schema: &Value) -> Validator {
    jsonschema::options()
        .should_validate_formats(true)
        .build(schema)
        .expect("a schema")
}

/// Returns the same schema, by which an object has nothing that is not described.
fn closed(mut schema: Value) -> Value {
    match &mut schema {
        Value::Object(map) => {
            map.values_mut().for_each(|value| *value = closed(value.take()));
            if map.get("properties").is_some_and(Value::is_object) && map.get("type") == Some(&json!("object")) {
                map.insert("additionalProperties".to_owned(), json!(false));
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| *value = closed(value.take())),
        _ => {}
    }
    schema
}

fn schema(of: Described) -> Value {
    serde_json::from_str(&of.text()).expect("JSON")
}

fn json(bytes: Vec<u8>) -> Value {
    serde_json::from_slice(&bytes).expect("JSON")
}

fn practices() -> [Value; 2] {
    [values::practice(), values::empty_practice()]
        .map(|report| json(practice_bytes(&report, Format::Json).expect("a file")))
}

fn national() -> Value {
    json(national_bytes(&values::national(), Format::Json).expect("a file"))
}

#[test]
fn what_is_written_fits_its_schema_and_nothing_is_written_that_it_does_not_describe() {
    for (of, reports) in [
        (Described::Practice, practices().to_vec()),
        (Described::National, vec![national()]),
    ] {
        assert!(!of.text().contains("[`"), "links between docstrings");
        for schema in [schema(of), closed(schema(of))] {
            let validator = validator(&schema);
            for report in &reports {
                let errors: Vec<String> = validator
                    .iter_errors(report)
                    .map(|error| format!("{}: {error}", error.instance_path()))
                    .collect();
                assert!(errors.is_empty(), "{of:?}: {errors:#?}");
            }
        }
    }
}

#[test]
fn a_report_with_something_wrong_does_not_fit() {
    let practice = validator(&schema(Described::Practice));
    let broken = |pointer: &str, value: Value| {
        let mut report = practices()[0].clone();
        *report.pointer_mut(pointer).unwrap_or_else(|| panic!("no {pointer}")) = value;
        report
    };
    for (pointer, value) in [
        ("/criteria/0/used", json!(6)),
        ("/criteria/0/used", json!(0)),
        ("/criteria/0/used", json!(3.5)),
        ("/criteria/0/id", json!("Not An Id")),
        ("/criteria/0/comment", json!("")),
        ("/criteria/0/cited/0/true_of", json!("5 January 2026")),
        ("/criteria/0/cited/0/file/hash", json!("short")),
        ("/criteria/0/clarification/messages/0/at", json!("yesterday")),
        ("/plan/day", json!(null)),
        ("/plan/actions/0/by", json!("2027-02-30")),
        ("/plan/support_given/0/helped", json!(6)),
        ("/status", json!("lost")),
        ("/version", json!("2026")),
        ("/cycle", json!("26")),
        ("/elements", json!({})),
    ] {
        assert!(
            !practice.is_valid(&broken(pointer, value.clone())),
            "{pointer} = {value}"
        );
    }
    for missing in ["overall", "criteria", "register", "reviewers_agreement"] {
        let mut report = practices()[0].clone();
        report.as_object_mut().expect("an object").remove(missing);
        assert!(!practice.is_valid(&report), "without {missing}");
    }
    let mut report = national();
    report["practices"][0]
        .as_object_mut()
        .expect("an object")
        .remove("score");
    report["elements"][0]
        .as_object_mut()
        .expect("an object")
        .remove("median");
    let validator = validator(&schema(Described::National));
    assert_eq!(
        validator.iter_errors(&report).count(),
        1,
        "the flattened median is required"
    );
    assert!(!validator.is_valid(&practices()[0]));
}

#[test]
fn names_fit_their_pattern_when_and_only_when_they_can_be_read() {
    let schema = schema(Described::Practice);
    let named = |name: &str| validator(&schema["$defs"][name]);
    let texts = [
        "a",
        "step-2",
        "",
        "-a",
        "a-",
        "a--b",
        "A",
        "a b",
        "é",
        "../x",
        &"a".repeat(60),
        &"a".repeat(61),
        "2026.1",
        "2026.12",
        "2026",
        "26.1",
        "2026.123",
        "2026-27",
        "2026-2027",
        "2026-",
        "26",
        "2026\n",
    ];
    type Reads = fn(&str) -> bool;
    let reads: [(&str, Reads); 3] = [
        ("CriterionId", |text| CriterionId::parse(text).is_ok()),
        ("VersionId", |text| VersionId::parse(text).is_ok()),
        ("CycleId", |text| CycleId::parse(text).is_ok()),
    ];
    for (name, read) in reads {
        let pattern = named(name);
        for text in texts {
            assert_eq!(pattern.is_valid(&json!(text)), read(text), "{name}: {text:?}");
        }
    }
}
