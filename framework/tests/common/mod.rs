//! Small frameworks and sheets, written short.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
#![allow(dead_code, reason = "each test file uses its own part")]

use framework::{
    criteria::Framework,
    explore::Explorer,
    ids::{CycleId, PracticeSlug, VersionId},
    library::Library,
    lifecycle::Status,
    network::NetworkFacts,
    parse::SourceFile,
    rating::Rating,
    sheet::{CriterionRatings, PracticeInfo, Sheet},
};
use std::sync::Arc;
use time::{Date, macros::date};

/// The day that reports speak of.
pub const DAY: Date = date!(2026 - 03 - 02);

/// A version: its id and its elements, each with its criteria as words: the id, then any of `core`, `na`, `weight=2`,
/// and in a newer version a relation, `equal` if none is given.
pub struct Edition<'t> {
    pub version: &'t str,
    pub elements: &'t [(&'t str, &'t [&'t str])],
}

/// Returns a library of versions, oldest first.
pub fn library(editions: &[Edition]) -> Library {
    let mut files = Vec::new();
    for (index, edition) in editions.iter().enumerate() {
        let before = (index > 0).then(|| editions[index - 1].version);
        let folder = edition.version;
        let year = &folder[..4];
        let line = before.map(|b| format!("before = \"{b}\"\n")).unwrap_or_default();
        let text = format!("+++\nid = \"{folder}\"\ntitle = \"T\"\ndate = \"{year}-01-05\"\n{line}+++\n\nSummary.\n");
        files.push(file(format!("{folder}/version.md"), text));
        for (order, (element, criteria)) in (1..).zip(edition.elements) {
            let text =
                format!("+++\nid = \"{element}\"\ntitle = \"The {element}\"\norder = {order}\n+++\n\nAbout it.\n");
            files.push(file(format!("{folder}/{element}/element.md"), text));
            for (order, words) in (1..).zip(*criteria) {
                let id = words.split(' ').next().unwrap();
                let text = criterion(id, words, order, before.is_some());
                files.push(file(format!("{folder}/{element}/{id}.md"), text));
            }
        }
    }
    Library::parse(&files).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn file(path: String, text: String) -> SourceFile {
    SourceFile { path, text }
}

fn criterion(id: &str, words: &str, order: usize, follows: bool) -> String {
    let words: Vec<&str> = words.split(' ').skip(1).collect();
    let weight = words.iter().find_map(|w| w.strip_prefix("weight=")).unwrap_or("1");
    let of = words.iter().find_map(|w| w.strip_prefix("of="));
    let (core, na) = (words.contains(&"core"), words.contains(&"na"));
    let relations = ["equal", "equivalent", "subset", "superset", "intersects", "new"];
    let relation = words.iter().find(|w| relations.contains(w)).unwrap_or(&"equal");
    let before = match *relation {
        _ if !follows => String::new(),
        "equal" => "[before]\nrelation = \"equal\"\n".to_owned(),
        "new" => "[before]\nrelation = \"new\"\nchange = \"It is new.\"\n".to_owned(),
        other => format!(
            "[before]\nrelation = \"{other}\"\nof = [\"{}\"]\nchange = \"Other words.\"\n",
            of.unwrap_or(id)
        ),
    };
    let vary = if core { "" } else { "## What may vary\n\nThe day.\n\n" };
    format!(
        "+++\nid = \"{id}\"\ntitle = \"The team does {id}\"\norder = {order}\ncore = {core}\ngate = false\nweight = {weight}.0\n\
         not_applicable = {na}\nstatus = \"drafted\"\nsource = \"Ours.\"\n{before}+++\n\n## Asks\n\nDoes it?\n\n\
         ## Why it matters\n\nIt does.\n\n## Evidence to look for\n\nPapers.\n\n{vary}## Anchors\n\n\
         - 5: Always seen.\n- 4: Mostly seen.\n- 3: Half seen.\n- 2: Seldom seen.\n- 1: Never seen.\n"
    )
}

/// One version with elements of so many criteria each, none core.
pub fn framework(sizes: &[usize]) -> Arc<Framework> {
    library_of(sizes).latest().unwrap().clone()
}

/// Returns a library of that version alone.
pub fn library_of(sizes: &[usize]) -> Library {
    let ids: Vec<(String, Vec<String>)> = (sizes.iter().enumerate())
        .map(|(e, size)| (format!("e{e}"), (0..*size).map(|c| format!("e{e}-c{c} na")).collect()))
        .collect();
    let words: Vec<Vec<&str>> = ids
        .iter()
        .map(|(_, c)| c.iter().map(String::as_str).collect())
        .collect();
    let elements: Vec<(&str, &[&str])> = ids
        .iter()
        .zip(&words)
        .map(|((e, _), w)| (e.as_str(), w.as_slice()))
        .collect();
    library(&[Edition {
        version: "2026.1",
        elements: &elements,
    }])
}

/// Ratings as both sides gave them: a digit, `-` for unanswered, `n` for not applicable.
pub fn marks(text: &str) -> Vec<CriterionRatings> {
    let mark = |c: char| {
        let rating = c.to_digit(10).and_then(|d| Rating::new(d as u8));
        CriterionRatings {
            self_rating: rating,
            review_rating: rating,
            agreed_rating: rating,
            not_applicable: c == 'n',
            class: None,
        }
    };
    text.chars().filter(|c| *c != ' ').map(mark).collect()
}

/// Returns a finalised sheet.
pub fn sheet(practice: &str, cycle: &str, version: &str, ratings: &str) -> Sheet {
    Sheet {
        practice: PracticeSlug::parse(practice).unwrap(),
        cycle: CycleId::parse(cycle).unwrap(),
        version: VersionId::parse(version).unwrap(),
        status: Status::Finalised,
        imported: false,
        marks: marks(ratings),
    }
}

/// A Practice whose name is its slug.
pub fn practice(slug: &str) -> PracticeInfo {
    PracticeInfo {
        slug: PracticeSlug::parse(slug).unwrap(),
        name: slug.to_owned(),
        region: "North".to_owned(),
    }
}

/// Returns what is asked about Practices with these finalised assessments; each cycle runs under the newest version in it.
pub fn explorer(library: &Library, practices: Vec<PracticeInfo>, sheets: Vec<Sheet>) -> Arc<Explorer> {
    let facts = NetworkFacts::new(practices, sheets);
    let newest = |cycle: CycleId| {
        let versions = facts
            .sheets()
            .filter(|sheet| sheet.cycle == cycle)
            .map(|sheet| &sheet.version);
        let version = versions.max().unwrap().clone();
        (cycle, version)
    };
    let cycles = facts.cycles().into_iter().map(newest).collect();
    Arc::new(Explorer::new(library, Arc::new(facts), cycles))
}

/// Fails unless the figure is there and right to 5 decimals.
#[track_caller]
pub fn assert_near(figure: Option<f64>, expected: f64) {
    assert!(
        figure.is_some_and(|f| (f - expected).abs() < 0.000_005),
        "{figure:?} is not {expected}"
    );
}
