//! Sentences on drift against an independent reading of the pairs: nothing here asks what made them.

use crate::{
    held,
    reports::{framework, national, practice, rated, sheet},
};
use framework::{
    assessment::AdaptationClass,
    explore::{Criteria, Explorer, Filter, Span},
    ids::CycleId,
    library::Library,
    network::NetworkFacts,
    report::NationalBeside,
    sheet::{CriterionRatings, Sheet},
};
use proptest::prelude::*;
use report::{
    charts::PAPER,
    document::Block,
    network_view::{self, NetworkView},
    say,
};
use std::{collections::BTreeMap, sync::Arc};

const NAMES: [&str; 7] = ["ash", "birch", "cedar", "dogwood", "elm", "fir", "gorse"];
const VERSION: &str = "2026.1";

/// What one pair says: by criterion's place, from, to, and whether an agreed adaptation explains it.
type Pair = (usize, i32, i32, bool);

/// A Practice's two years.
#[derive(Clone, Debug)]
struct Course {
    before: Option<Vec<u8>>,
    now: Vec<u8>,
    explained: Vec<bool>,
}

fn courses() -> impl Strategy<Value = Vec<Course>> {
    let n = framework(VERSION).criteria.len();
    let near = prop::collection::vec(
        (
            2_u8..=5,
            prop_oneof![6 => Just(0_i8), 1 => Just(-1_i8), 1 => Just(1_i8), 1 => Just(-2_i8)],
            prop::bool::weighted(0.3),
        ),
        n,
    );
    let course = (near, prop::bool::weighted(0.85)).prop_map(|(rows, was_there)| Course {
        before: was_there.then(|| rows.iter().map(|(level, ..)| *level).collect()),
        now: rows
            .iter()
            .map(|(level, d, _)| level.saturating_add_signed(*d).clamp(1, 5))
            .collect(),
        explained: rows.iter().map(|(.., explained)| *explained).collect(),
    });
    prop::collection::vec(course, 1..=NAMES.len())
}

fn sheets(courses: &[Course]) -> Vec<Sheet> {
    let mut sheets = vec![];
    for (course, name) in courses.iter().zip(NAMES) {
        let mark = |level: u8, class| CriterionRatings {
            self_rating: rated(level),
            review_rating: rated(level),
            agreed_rating: rated(level),
            class,
            ..CriterionRatings::default()
        };
        sheets.extend(
            course
                .before
                .as_ref()
                .map(|before| sheet(name, "2025", VERSION, |place| mark(before[place], None))),
        );
        let class = |index: usize| course.explained[index].then_some(AdaptationClass::Consistent);
        sheets.push(sheet(name, "2026", VERSION, |place| {
            mark(course.now[place], class(place))
        }));
    }
    sheets
}

/// Returns the pairs of each Practice that was there in both years, by name.
fn pairs(courses: &[Course]) -> BTreeMap<&'static str, Vec<Pair>> {
    let both = courses.iter().zip(NAMES).filter_map(|(course, name)| {
        let before = course.before.as_ref()?;
        let pair = |index: usize| {
            (
                index,
                i32::from(before[index]),
                i32::from(course.now[index]),
                course.explained[index],
            )
        };
        Some((name, (0..course.now.len()).map(pair).collect()))
    });
    both.collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn net(pairs: &[Pair]) -> f64 {
    mean(
        &pairs
            .iter()
            .map(|(_, from, to, _)| f64::from(to - from))
            .collect::<Vec<_>>(),
    )
}

/// `+0.25`, `−1.00`, `0.00`: rounded by hand, and not up to one of the limits.
fn reads(change: f64) -> String {
    let mut hundredths = (change.abs() * 100.0 + 0.5 + 1e-7).floor() as i64;
    for limit in [10, 25, 50, 100] {
        if hundredths >= limit && change.abs() * 100.0 < limit as f64 - 1e-6 {
            hundredths = hundredths.min(limit - 1);
        }
    }
    let sign = if hundredths == 0 {
        ""
    } else if change < 0.0 {
        "−"
    } else {
        "+"
    };
    format!("{sign}{}.{:02}", hundredths / 100, hundredths % 100)
}

/// Returns what everything must say of the network, worked out from the pairs alone.
fn expected(pairs: &BTreeMap<&str, Vec<Pair>>) -> String {
    let nets: Vec<f64> = pairs.values().map(|pairs| net(pairs)).collect();
    let (n, drift) = (nets.len(), mean(&nets));
    let word = if drift >= 0.1 - 1e-9 {
        "rose"
    } else if drift <= -0.1 + 1e-9 {
        "fell"
    } else {
        "held steady"
    };
    // the points of Student's t for 4, 5 and 6 degrees of freedom, from a table
    let t = match n {
        5 => Some(2.776_445),
        6 => Some(2.570_582),
        7 => Some(2.446_912),
        _ => None,
    };
    let interval = t.map(|t: f64| {
        let variance = nets.iter().map(|net| (net - drift).powi(2)).sum::<f64>() / (n - 1) as f64;
        let reach = t * (variance / n as f64).sqrt();
        let plain = |end: f64| {
            let text = format!("{:.2}", end.abs());
            match (text.as_str(), end < 0.0) {
                ("0.00", _) => text,
                (_, true) => format!("−{text}"),
                (_, false) => format!("+{text}"),
            }
        };
        let chance = if drift - reach <= 0.0 && drift + reach >= 0.0 && drift.abs() > 1e-9 {
            ", which may be chance"
        } else {
            ""
        };
        format!(
            ", 95\u{a0}% interval {} to {}{chance}",
            plain(drift - reach),
            plain(drift + reach)
        )
    });
    let all: Vec<&Pair> = pairs.values().flatten().collect();
    let count = |n: usize, one: &str| match n {
        1 => format!("1 {one}"),
        n => format!("{n} {one}s"),
    };
    format!(
        "Since 2025, ratings {word}: network drift is {}{}. It rests on {} and {} pairs of ratings: {}, {}.",
        reads(drift),
        interval.unwrap_or_default(),
        count(n, "Practice"),
        all.len(),
        count(all.iter().filter(|(_, from, to, _)| to > from).count(), "gain"),
        count(all.iter().filter(|(_, from, to, _)| to < from).count(), "slip"),
    )
}

/// Whom the pairs name: by their own drift, or by unexplained slips in core criteria.
fn expected_names(pairs: &BTreeMap<&'static str, Vec<Pair>>) -> Vec<&'static str> {
    let core = |index: usize| framework(VERSION).criteria[index].core;
    let asks = |pairs: &Vec<Pair>| {
        let lost = pairs
            .iter()
            .filter(|(place, from, to, explained)| core(*place) && to < from && !explained)
            .count();
        let of = pairs.iter().filter(|(place, ..)| core(*place)).count();
        net(pairs) <= -0.25 + 1e-9 || (lost >= 2 && lost * 10 >= of)
    };
    pairs
        .iter()
        .filter(|(_, pairs)| asks(pairs))
        .map(|(name, _)| *name)
        .collect()
}

fn explorer(sheets: Vec<Sheet>) -> Arc<Explorer> {
    let facts = NetworkFacts::new(NAMES.map(crate::reports::info).to_vec(), sheets);
    let version = framework(VERSION).version.clone();
    let cycles = facts
        .cycles()
        .into_iter()
        .map(|cycle| (cycle, version.clone()))
        .collect();
    Arc::new(Explorer::new(Library::embedded(), Arc::new(facts), cycles))
}

fn words(blocks: &[Block]) -> String {
    let mut said = String::new();
    for block in blocks {
        match block {
            Block::Paragraph(inlines) => said.extend(inlines.iter().map(|inline| inline.text.as_str())),
            Block::List { items, .. } => said.extend(items.iter().map(|item| words(item))),
            Block::Table(table) => {
                let cells = table.rows.iter().flatten().flat_map(|cell| &cell.content);
                said.extend(cells.map(|inline| format!("{} | ", inline.text)));
            }
            _ => {}
        }
        said.push('\n');
    }
    said
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_said_of_the_network_is_what_its_pairs_say(courses in courses()) {
        let pairs = pairs(&courses);
        let sheets = sheets(&courses);
        let report = national(&NAMES, sheets.clone(), &[], NationalBeside::default());
        let summary = held::of_network(&report);
        let moved = held::under(&summary, "What moved");
        if pairs.is_empty() {
            prop_assert!(!moved.join(" ").contains("network drift is"));
            return Ok(());
        }
        let expected = expected(&pairs);
        // the national report, in its summary ("no gain" for "0 gains") and above its table
        let plain = expected.replace(": 0 gains", ": no gain").replace(", 0 slips", ", no slip");
        prop_assert_eq!(moved[..2].join(" "), plain);
        let document = words(&report::national::document(&report, PAPER).blocks);
        prop_assert!(document.contains(&expected), "{}", expected);
        // the network's own page and the explorer
        let explorer = explorer(sheets);
        let view = NetworkView::new(&explorer, Criteria::All, &Filter::default()).unwrap();
        prop_assert!(words(&network_view::document(&view, PAPER).blocks).contains(&expected), "{}", expected);
        let [from, to] = ["2025", "2026"].map(|cycle| CycleId::parse(cycle).unwrap());
        let comparison = explorer.compare(&Span { from, to, criteria: Criteria::All }).unwrap();
        let explored = explorer.explore(&comparison, &Filter::default());
        prop_assert_eq!(say::network_drift("2025", &explored.columns.last().unwrap().drift), expected);
        // who drifts, with each one's own counts
        let names: Vec<&str> = explored.drifting.iter().map(|place| comparison.history(*place).practice.name.as_str()).collect();
        prop_assert_eq!(&names, &expected_names(&pairs));
        let count = match names.len() { 0 => "No Practice asks".to_owned(), 1 => "1 Practice asks".to_owned(), n => format!("{n} Practices ask") };
        prop_assert!(held::under(&summary, "Who drifts")[0].starts_with(&count));
        for name in names {
            let own = &pairs[name];
            let slips = own.iter().filter(|(_, from, to, _)| to < from);
            let unexplained = slips.clone().filter(|(.., explained)| !explained).count();
            let core = slips.clone().filter(|(place, .., explained)| !explained && framework(VERSION).criteria[*place].core).count();
            let gains = own.iter().filter(|(_, from, to, _)| to > from).count();
            let row = format!("{name} | {} | {} | {unexplained} | {core} | {gains} | ", reads(net(own)), slips.count());
            prop_assert!(document.contains(&row), "{row}");
        }
        // where the largest rise and fall of an element are
        let elements = &framework(VERSION).elements;
        let drift_of = |index: usize| {
            let within = |pairs: &Vec<Pair>| net(&pairs.iter().copied().filter(|(at, ..)| elements[index].criteria.contains(at)).collect::<Vec<_>>());
            mean(&pairs.values().map(within).collect::<Vec<_>>())
        };
        let drifts: Vec<f64> = (0..elements.len()).map(drift_of).collect();
        let extremes = moved.iter().find(|said| said.starts_with("Among the elements, the largest"));
        for (word, most) in [("rise", drifts.iter().copied().fold(0.0, f64::max)), ("fall", drifts.iter().copied().fold(0.0, f64::min))] {
            if let Some((_, told)) = extremes.and_then(|said| said.split_once(&format!("the largest {word} is in "))) {
                let told = told.split(" and the largest").next().unwrap();
                for (drift, element) in drifts.iter().zip(elements) {
                    prop_assert_eq!(told.contains(&element.title), reads(*drift) == reads(most), "{} {}", word, element.title);
                }
                prop_assert!(told.contains(&format!("({})", reads(most))), "{told}");
            }
        }
        // what explains the slips
        let slips: Vec<&Pair> = pairs.values().flatten().filter(|(_, from, to, _)| to < from).collect();
        let unexplained = slips.iter().filter(|(.., explained)| !explained).count();
        let said = held::under(&summary, "What explains it").join(" ");
        let slipped = match slips.len() { 0 => "no rating slipped".to_owned(), 1 => "1 rating slipped".to_owned(), n => format!("{n} ratings slipped") };
        prop_assert!(said.contains(&slipped), "{said}");
        prop_assert_eq!(said.contains("No agreed adaptation explains"), unexplained > 0);
        let whole = &explored.columns.last().unwrap().drift;
        prop_assert_eq!((whole.slips, whole.unexplained), (slips.len(), unexplained));
    }

    #[test]
    fn what_is_said_of_a_practice_is_what_its_pairs_say(courses in courses()) {
        let of_ash: Vec<Sheet> = sheets(&courses[..1]);
        let own = pairs(&courses[..1]);
        let summary = held::of_practice(&practice(of_ash));
        let moved = held::under(&summary, "What moved").join(" ");
        let Some(own) = own.get("ash") else {
            prop_assert!(!moved.contains("net drift is"));
            return Ok(());
        };
        prop_assert!(moved.contains(&format!("net drift is {}", reads(net(own)))), "{moved}");
        let gross = mean(&own.iter().map(|(_, from, to, _)| f64::from((to - from).abs())).collect::<Vec<_>>());
        prop_assert!(moved.contains(reads(gross).trim_start_matches('+')) || [0.1, 0.25, 0.5, 1.0].iter().any(|limit| (gross - limit).abs() < 0.005), "{moved}");
        let count = |holds: fn(&Pair) -> bool| own.iter().filter(|pair| holds(pair)).count();
        let (gains, slips) = (count(|(_, from, to, _)| to > from), count(|(_, from, to, _)| to < from));
        if gains + slips > 0 {
            let rose = match gains { 0 => "No rating rose".to_owned(), 1 => "1 rating rose".to_owned(), n => format!("{n} ratings rose") };
            let fell = match slips { 0 => "none fell".to_owned(), n => format!("{n} fell") };
            prop_assert!(moved.contains(&rose) && moved.contains(&fell), "{moved}");
        }
        let way = match reads(net(own)).chars().next() { Some('+') => "moved up", Some('−') => "moved down", _ => "" };
        prop_assert!(moved.contains(way), "{moved}");
    }
}
