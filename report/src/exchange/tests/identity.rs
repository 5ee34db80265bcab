//! Write, read, compare; and files as spreadsheets save them.

use super::*;
use framework::{
    assessment::{AdaptationClass, Agreement, Answer, Entry, Response, Review},
    criteria::Criterion,
    ids::{CycleId, PracticeSlug},
    prose::Prose,
    rating::Rating,
    sheet::PracticeInfo,
};
use proptest::{option, prelude::*, sample::select};
use std::collections::BTreeMap;

/// Text as people and attackers write it.
fn text() -> impl Strategy<Value = Option<Prose>> {
    let pieces = vec![
        "\"", "\"\"", "\n", "\r\n", ",", ";", "\t", "=", "+", "-", "@", "'", "''", "=1+1", "- a list", "ŵ", "Llŷn",
        "£", " ", "na", "\u{feff}", "\u{2028}", "＝", "*bold*", "|", "\\", "word", "é", "e\u{301}", "#",
    ];
    let text = proptest::collection::vec(select(pieces), 0..8).prop_map(|pieces| pieces.concat());
    text.prop_map(|text| Prose::read(&text).unwrap())
}

fn rating() -> impl Strategy<Value = Option<Rating>> {
    option::of(select(Rating::ALL.to_vec()))
}

fn answer(criterion: &Criterion) -> impl Strategy<Value = Answer> + use<> {
    let rated = rating().prop_map(|r| r.map(Response::Rated)).boxed();
    let response = match criterion.not_applicable {
        true => prop_oneof![rated, text().prop_map(|why| Some(Response::NotApplicable(why)))].boxed(),
        false => rated,
    };
    let measure = match &criterion.measure {
        Some(measure) => option::of(measure.minimum..=measure.maximum).boxed(),
        None => Just(None).boxed(),
    };
    (response, measure, text(), text(), text()).prop_map(|(response, measure, evidence, comment, adaptation)| Answer {
        response,
        measure,
        evidence,
        comment,
        adaptation,
    })
}

fn entry(criterion: &Criterion) -> impl Strategy<Value = (CriterionId, Entry)> + use<> {
    let id = criterion.id.clone();
    let class = option::of(select(AdaptationClass::ALL.to_vec()));
    (answer(criterion), (rating(), text(), text()), (rating(), text(), class)).prop_map(
        move |(answer, review, agreed)| {
            let (rating, comment, question) = review;
            let review = Review {
                rating,
                comment,
                question,
            };
            let (rating, comment, class) = agreed;
            let rated = answer.response.is_some() || review.rating.is_some() || rating.is_some();
            let class = class.filter(|_| rated);
            (
                id.clone(),
                Entry {
                    answer,
                    review,
                    readings: vec![],
                    agreement: Agreement {
                        rating,
                        comment,
                        class,
                        adaptation: None,
                    },
                },
            )
        },
    )
}

fn practices() -> impl Strategy<Value = Vec<PracticeInfo>> {
    let names = [
        ("north-vale", "North Vale", "North"),
        ("nant-y-fran", "Nant y Frân", "Cymru, y De"),
        ("b", "b", ""),
        ("c", "=c, \"C\"", "-"),
        ("d", "north-vale", "'@'"),
        ("e", "'quoted'", "a;b"),
    ];
    let all = names.map(|(slug, name, region)| PracticeInfo {
        slug: PracticeSlug::parse(slug).unwrap(),
        name: name.into(),
        region: region.into(),
    });
    proptest::sample::subsequence(all.to_vec(), 1..=4)
}

fn groups() -> impl Strategy<Value = Vec<Exchanged>> {
    let place = (
        practices(),
        0..2usize,
        proptest::collection::btree_set(2019..2031u16, 1..3),
    );
    place.prop_flat_map(|(practices, version, years)| {
        let framework = library().versions().nth(version).unwrap();
        let keys = practices
            .iter()
            .flat_map(|p| years.iter().map(move |year| (p.clone(), *year)));
        let groups: Vec<_> = keys
            .map(|(practice, year)| {
                let version = framework.version.clone();
                let chosen = proptest::sample::subsequence(framework.criteria.clone(), 1..=3);
                chosen
                    .prop_flat_map(|criteria| criteria.iter().map(entry).collect::<Vec<_>>())
                    .prop_map(move |entries| Exchanged {
                        practice: practice.clone(),
                        cycle: CycleId::parse(&year.to_string()).unwrap(),
                        version: version.clone(),
                        entries: entries.into_iter().collect(),
                    })
            })
            .collect();
        groups.prop_map(|mut groups| {
            groups.sort_by_key(|g| (g.practice.slug.clone(), g.cycle.clone()));
            groups
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]
    #[test]
    fn what_was_written_is_read_back_the_same(groups in groups()) {
        let bytes = write(&groups, library());
        prop_assert_eq!(read(library(), &bytes), Ok(groups.clone()), "{}", String::from_utf8_lossy(&bytes));
        let reversed: Vec<_> = groups.iter().rev().cloned().collect();
        prop_assert_eq!(write(&reversed, library()), bytes);
        prop_assert_eq!(read_json(library(), &write_json(&groups)), Ok(groups));
    }

    #[test]
    fn no_bytes_make_it_fail_otherwise_than_by_saying_so(bytes: Vec<u8>, text in "[\"',;\r\n=0-9a-zŵ -]{0,80}") {
        let _ = read(library(), &bytes);
        let _ = read(library(), format!("{HEAD}\n{text}").as_bytes());
        let _ = read_json(library(), &bytes);
    }
}

#[test]
fn no_cell_begins_like_a_formula() {
    let mut group = one(&format!("{HEAD},evidence\nA,2025,2025.1,caseload-ceiling,4,x"));
    group.practice.name = "@name".into();
    let entry = group.entries.get_mut(&id("caseload-ceiling")).unwrap();
    entry.answer.evidence = Prose::read("=HYPERLINK(\"x\")").unwrap();
    entry.answer.comment = Prose::read("- one\n- two").unwrap();
    let text = String::from_utf8(write(&[group], library())).unwrap();
    assert!(text.contains("\"'=HYPERLINK(\"\"x\"\")\""), "{text}");
    assert!(text.contains("\"'- one\n'- two\""), "{text}");
    assert!(text.contains("\r\n'@name,2025,"), "{text}");
}

#[test]
fn files_are_read_as_spreadsheets_save_them() {
    let plain = one(&format!(
        "{HEAD},evidence,measure\nA,2025,2025.1,caseload-ceiling,4,\"a\nb\",8.5\n"
    ));
    let entry = &plain.entries[&id("caseload-ceiling")];
    assert_eq!(entry.answer.evidence.as_ref().unwrap().as_str(), "a\nb");
    assert_eq!(entry.answer.measure, Some(8.5));
    for (what, text) in [
        ("a byte order mark", format!("\u{feff}{HEAD},evidence,measure\nA,2025,2025.1,caseload-ceiling,4,\"a\nb\",8.5\n")),
        ("line ends of Windows", format!("{HEAD},evidence,measure\r\nA,2025,2025.1,caseload-ceiling,4,\"a\r\nb\",8.5\r\n")),
        ("line ends of an old Mac", format!("{HEAD},evidence,measure\rA,2025,2025.1,caseload-ceiling,4,\"a\rb\",8.5\r")),
        ("no last line end", format!("{HEAD},evidence,measure\nA,2025,2025.1,caseload-ceiling,4,\"a\nb\",8.5")),
        (
            "semicolons and decimal commas",
            "practice;cycle;version;criterion;self_rating;evidence;measure\nA;2025;2025,1;caseload-ceiling;4;\"a\nb\";8,5".into(),
        ),
        (
            "other order, capitals, spaces",
            "Measure,Self rating, CRITERION ,Version,Cycle,Practice,Evidence\n8.5,4,caseload-ceiling,2025.1,2025,A,\"a\nb\"".into(),
        ),
        ("empty rows and columns", format!("{HEAD},evidence,measure,,\n\n,,,,,,,,\nA,2025,2025.1,caseload-ceiling,4,\"a\nb\",8.5,,\n,,,,,,,,\n")),
    ] {
        assert_eq!(read_text(&text), Ok(vec![plain.clone()]), "{what}");
    }
}

#[test]
fn a_practice_goes_by_its_name_or_its_short_name() {
    for (cell, slug, name) in [
        ("north-vale", "north-vale", "North Vale"),
        ("North Vale", "north-vale", "North Vale"),
        ("Nant y Frân", "nant-y-fran", "Nant y Frân"),
        ("Tŵr-ŷd  &  Môr", "twr-yd-mor", "Tŵr-ŷd & Môr"),
        ("St. Osyth's (East)", "st-osyths-east", "St. Osyth's (East)"),
        ("Ærø Straße", "aero-strasse", "Ærø Straße"),
    ] {
        let practice = one(&format!("{HEAD}\n{cell},2025,2025.1,caseload-ceiling,4")).practice;
        assert_eq!((practice.slug.as_str(), practice.name.as_str()), (slug, name), "{cell}");
    }
    let long = slug_of(&"ab ".repeat(40)).unwrap();
    assert!(long.as_str().len() <= 60 && long.as_str().ends_with("ab"), "{long}");
    let both = format!("{HEAD}\nnorth-vale,2024,2025.1,caseload-ceiling,4\nNorth-Vale!,2025,2025.1,caseload-ceiling,4");
    assert!(
        read_text(&both)
            .unwrap()
            .iter()
            .all(|group| group.practice.name == "North-Vale!")
    );
}

#[test]
fn a_criterion_without_a_row_was_not_answered_and_a_row_may_be_half_filled() {
    let group = one(&format!(
        "{HEAD},not_applicable_reason,adaptation_class\nA,2025,2025.1,caseload-ceiling,,,\nA,2025,2025.1,direct-requests,,none came,\n\
         A,2025,2025.1,handover-together,N/A,,\nA,2025,2025.1,room-before-start,2,,consistent"
    ));
    let response = |criterion: &str| {
        group
            .entries
            .get(&id(criterion))
            .map(|entry| entry.answer.response.clone())
    };
    assert_eq!(response("engagement-phase"), None);
    assert_eq!(response("caseload-ceiling"), Some(None));
    assert_eq!(
        response("direct-requests"),
        Some(Some(Response::NotApplicable(Prose::read("none came").unwrap())))
    );
    assert_eq!(response("handover-together"), Some(Some(Response::NotApplicable(None))));
    assert_eq!(
        group.entries[&id("room-before-start")].agreement.class,
        Some(AdaptationClass::Consistent)
    );
}

#[test]
fn rows_are_written_by_practice_and_cycle_in_the_versions_order() {
    let text = format!(
        "{HEAD}\nB,2025,2025.1,caseload-ceiling,4\nB,2024,2025.1,caseload-ceiling,4\nB,2025,2025.1,aims-she-chose,4\nA,2025,2025.1,caseload-ceiling,4"
    );
    let written = String::from_utf8(write(&read_text(&text).unwrap(), library())).unwrap();
    let keys: Vec<Vec<&str>> = written
        .lines()
        .skip(1)
        .map(|line| line.split(',').take(4).collect())
        .collect();
    assert_eq!(
        keys,
        [
            ["A", "2025", "2025.1", "caseload-ceiling"],
            ["B", "2024", "2025.1", "caseload-ceiling"],
            ["B", "2025", "2025.1", "aims-she-chose"],
            ["B", "2025", "2025.1", "caseload-ceiling"],
        ]
    );
    assert!(written.starts_with('\u{feff}'));
    let empty = Exchanged {
        entries: BTreeMap::new(),
        ..one(&format!("{HEAD}\nA,2025,2025.1,caseload-ceiling,4"))
    };
    assert_eq!(write(&[empty], library()).split(|byte| *byte == b'\n').count(), 2);
}
