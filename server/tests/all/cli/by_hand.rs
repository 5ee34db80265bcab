//! A small network written out as a file and worked out by hand after METHODS.md, from import to report.
//!
//! Three Practices, two cycles under 2025.1 (9 elements, 53 criteria, all of weight 1). Every criterion is rated 4 but for the
//! four of *staffing continuity*: same-practitioner (core), leavers-within-threshold, cover-in-time (core), handover-together
//! (core).
//!
//! |       | 2024    | score | 2025    | score | d          | element: net, gross | overall 2025            |
//! |-------|---------|-------|---------|-------|------------|---------------------|-------------------------|
//! | ash   | 4 4 4 4 | 4     | 2 4 5 4 | 3.75  | -2 0 +1 0  | -1/4, 3/4           | (8·4 + 3.75)/9 = 143/36 |
//! | birch | 3 3 3 3 | 3     | 3 3 4 4 | 3.5   | 0 0 +1 +1  | 2/4, 2/4            | (8·4 + 3.5)/9 = 71/18   |
//! | cedar | 5 5 5 5 | 5     | 4 5 5 5 | 4.75  | -1 0 0 0   | -1/4, 1/4           | (8·4 + 4.75)/9 = 49/12  |
//!
//! Ash's slip is put down to unplanned drift, cedar's to nothing. Ash gave itself a 4 where the review and then both said 2.

use super::run;
use framework::library::Library;
use serde_json::Value;
use std::{fmt::Write, fs, iter::zip};
use tempfile::TempDir;

const STAFFING: &str = "staffing-continuity";

const RATINGS: [(&str, &str, [u8; 4]); 6] = [
    ("Ash", "2024", [4, 4, 4, 4]),
    ("Birch", "2024", [3, 3, 3, 3]),
    ("Cedar", "2024", [5, 5, 5, 5]),
    ("Ash", "2025", [2, 4, 5, 4]),
    ("Birch", "2025", [3, 3, 4, 4]),
    ("Cedar", "2025", [4, 5, 5, 5]),
];

fn written_out() -> String {
    let library = Library::embedded();
    let framework = library.versions().next().unwrap();
    assert_eq!((framework.version.as_str(), framework.criteria.len()), ("2025.1", 53));
    let mut file =
        "practice,cycle,version,criterion,self_rating,review_rating,agreed_rating,adaptation_class\n".to_owned();
    for (practice, cycle, staffing) in RATINGS {
        let mut staffing = staffing.into_iter();
        for criterion in &framework.criteria {
            let agreed = match criterion.element.as_str() {
                STAFFING => staffing.next().unwrap(),
                _ => 4,
            };
            let (own, class) = match agreed {
                2 => (4, "unplanned"),
                _ => (agreed, ""),
            };
            let id = &criterion.id;
            writeln!(file, "{practice},{cycle},2025.1,{id},{own},{agreed},{agreed},{class}").unwrap();
        }
    }
    file
}

/// Returns an installation with the network in it.
fn installation() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("network.csv"), written_out()).unwrap();
    run(&folder, &["import", "assessments", "network.csv"]).fine();
    folder
}

fn report(folder: &TempDir, format: &str) -> Vec<u8> {
    let line = [
        "report", "national", "--cycle", "2025", "--format", format, "--out", "-",
    ];
    run(folder, &line).fine().out
}

/// Figures by their places in a value: `practices/0/overall/score`.
fn hold(value: &Value, figures: &[(&str, f64)]) {
    for (place, figure) in figures {
        let found = value.pointer(&format!("/{place}")).and_then(Value::as_f64);
        let found = found.unwrap_or_else(|| panic!("{place}: no figure in {value}"));
        assert!((found - figure).abs() < 1e-12, "{place}: {found}, by hand {figure}");
    }
}

fn one<'v>(list: &'v Value, key: &str, id: &str) -> &'v Value {
    let found = list.as_array().unwrap().iter().find(|one| one[key] == id);
    found.unwrap_or_else(|| panic!("no {id}"))
}

#[test]
fn the_figures_of_what_was_imported_are_those_worked_by_hand() {
    let report: Value = serde_json::from_slice(&report(&installation(), "json")).unwrap();

    let by_hand = [
        (
            "ash",
            [3.75, 143.0 / 36.0, -0.25, 0.75, -1.0 / 53.0, 3.0 / 53.0],
            [1, 1],
        ),
        ("birch", [3.5, 71.0 / 18.0, 0.5, 0.5, 2.0 / 53.0, 2.0 / 53.0], [0, 2]),
        (
            "cedar",
            [4.75, 49.0 / 12.0, -0.25, 0.25, -1.0 / 53.0, 1.0 / 53.0],
            [1, 0],
        ),
    ];
    for (practice, (slug, figures, [slips, gains])) in zip(report["practices"].as_array().unwrap(), by_hand) {
        assert_eq!(practice["practice"], slug);
        let [score, overall, net, gross, net_overall, gross_overall] = figures;
        hold(practice, &[("overall/score", overall)]);
        hold(one(&practice["elements"], "element", STAFFING), &[("score", score)]);
        let drift = &practice["drift"]["previous"];
        hold(
            drift,
            &[("net", net_overall), ("gross", gross_overall), ("pairs", 53.0)],
        );
        let staffing = one(&drift["elements"], "element", STAFFING);
        hold(staffing, &[("net", net), ("gross", gross), ("pairs", 4.0)]);
        let moved = ["slips", "gains"].map(|list| drift[list].as_array().unwrap().len());
        assert_eq!(moved, [slips, gains], "{slug}");
    }
    // a core criterion rated 2 keeps an assessment from being strong, and 3.97 is not 4 anyway
    let overall = |index: usize| &report["practices"][index]["overall"];
    assert_eq!(overall(0)["core_gaps"][0], "same-practitioner");
    assert_eq!(
        [0, 1, 2].map(|place| overall(place)["band"].as_str().unwrap()),
        ["partial", "partial", "strong"]
    );

    // 3.5 3.75 4.75 after 3 4 5
    let staffing = one(&report["elements"], "id", STAFFING);
    hold(
        staffing,
        &[
            ("n", 3.0),
            ("median", 3.75),
            ("share_at_4", 1.0 / 3.0),
            ("strong", 1.0),
            ("drift/practices", 3.0),
            ("drift/pairs", 12.0),
            (
                "drift/net",
                by_hand.map(|(_, figures, _)| figures[2]).iter().sum::<f64>() / 3.0,
            ),
        ],
    );
    // 143/36 71/18 49/12, that is 143 142 147 of 36
    hold(
        &report["overall"],
        &[
            ("median", 143.0 / 36.0),
            ("share_at_4", 1.0 / 3.0),
            ("strong", 1.0),
            ("drift/practices", 3.0),
            ("drift/pairs", 159.0),
            (
                "drift/net",
                by_hand.map(|(_, figures, _)| figures[4]).iter().sum::<f64>() / 3.0,
            ),
        ],
    );

    // 2 3 4 after 4 3 5
    let same = one(&report["criteria"], "id", "same-practitioner");
    hold(
        same,
        &[("median", 3.0), ("change", -1.0), ("slips", 2.0), ("unexplained", 2.0)],
    );
    let slips = &report["slips"]["previous"];
    hold(
        slips,
        &[
            ("unexplained", 2.0),
            ("split/unplanned", 1.0),
            ("split/unexplained", 1.0),
        ],
    );

    // of 3·53 pairs one is 4 against 2
    let n = 159.0;
    hold(
        &report["agreement"],
        &[
            ("n", n),
            ("exact", 158.0 / n),
            ("within_one", 158.0 / n),
            ("bias", 2.0 / n),
        ],
    );
}

#[test]
fn what_is_exported_and_imported_elsewhere_gives_the_same_reports_to_the_byte() {
    let here = installation();
    for kind in ["csv", "json"] {
        let exported = run(&here, &["export", "assessments", "--format", kind]).fine().out;
        let elsewhere = TempDir::new().unwrap();
        let file = format!("all.{kind}");
        fs::write(elsewhere.path().join(&file), exported).unwrap();
        run(&elsewhere, &["import", "assessments", &file]).fine();
        for format in ["json", "csv", "xlsx", "pdf", "html"] {
            assert!(report(&here, format) == report(&elsewhere, format), "{kind}, {format}");
        }
    }
}
