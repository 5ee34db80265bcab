//! Reports to summarise, made of ratings.

use framework::{
    assessment::{AdaptationClass, Entry},
    criteria::Framework,
    explore::Explorer,
    ids::{CycleId, PracticeSlug, VersionId},
    library::Library,
    lifecycle::Status,
    network::NetworkFacts,
    prose::Prose,
    rating::Rating,
    report::{
        NationalBeside, NationalFacts, NationalReport, PracticeFacts, PracticeReport, Registered, national_report,
        practice_report,
    },
    sheet::{CriterionRatings, PracticeInfo, Sheet},
};
use std::sync::Arc;
use time::{Date, macros::date};

/// The day that reports speak of.
pub const DAY: Date = date!(2026 - 03 - 02);
/// The two versions, oldest first.
pub const VERSIONS: [&str; 2] = ["2025.1", "2026.1"];

pub fn framework(version: &str) -> &'static Arc<Framework> {
    Library::embedded()
        .version(&VersionId::parse(version).unwrap())
        .unwrap()
}

pub fn cycle(year: &str) -> CycleId {
    CycleId::parse(year).unwrap()
}

pub fn prose(text: &str) -> Prose {
    Prose::read(text).unwrap().unwrap()
}

pub fn rated(level: u8) -> Option<Rating> {
    Rating::new(level)
}

/// Returns the same rating from both sides.
pub fn mark(level: u8) -> CriterionRatings {
    CriterionRatings {
        self_rating: rated(level),
        review_rating: rated(level),
        agreed_rating: rated(level),
        ..CriterionRatings::default()
    }
}

/// Returns a finalised assessment in which each criterion, by its place, has a mark.
pub fn sheet(practice: &str, year: &str, version: &str, mark: impl Fn(usize) -> CriterionRatings) -> Sheet {
    Sheet {
        practice: PracticeSlug::parse(practice).unwrap(),
        cycle: cycle(year),
        version: VersionId::parse(version).unwrap(),
        status: Status::Finalised,
        imported: false,
        marks: (0..framework(version).criteria.len()).map(mark).collect(),
    }
}

/// Returns an assessment with 4 throughout, but for some criteria; 0 is not answered.
pub fn fours(practice: &str, year: &str, version: &str, but: &[(&str, u8)]) -> Sheet {
    let criteria = &framework(version).criteria;
    for (id, _) in but {
        assert!(
            criteria.iter().any(|c| c.id.as_str() == *id),
            "{id} is not in {version}"
        );
    }
    sheet(practice, year, version, |place| {
        let other = but.iter().find(|(id, _)| criteria[place].id.as_str() == *id);
        mark(other.map_or(4, |(_, level)| *level))
    })
}

/// Returns what a summary says, with the ids of criteria for their titles.
pub fn with_ids(texts: Vec<String>) -> Vec<String> {
    let criteria = || VERSIONS.into_iter().flat_map(|version| &framework(version).criteria);
    let short = |text: String| criteria().fold(text, |text, c| text.replace(&c.title, c.id.as_str()));
    texts.into_iter().map(short).collect()
}

/// Returns a Practice of this name.
pub fn info(name: &str) -> PracticeInfo {
    PracticeInfo {
        slug: PracticeSlug::parse(name).unwrap(),
        name: name.to_owned(),
        region: "North".to_owned(),
    }
}

/// So many agreed adaptations.
pub fn registered(n: usize) -> Vec<Registered> {
    let one = Registered {
        title: "Evenings".to_owned(),
        class: Some(AdaptationClass::Consistent),
        class_name: None,
        since: DAY,
        until: None,
        criteria: vec![],
    };
    vec![one; n]
}

/// One Practice's report on the last of its assessments.
pub fn practice(sheets: Vec<Sheet>) -> PracticeReport {
    let marks = sheets.last().map_or(0, |sheet| sheet.marks.len());
    let facts = PracticeFacts {
        practice: info("ash"),
        sheets,
        entries: vec![Entry::default(); marks],
        day: DAY,
        beside: Default::default(),
    };
    practice_report(Library::embedded(), &facts).unwrap()
}

/// Returns the national report of 2026 under the newer version.
pub fn national(names: &[&str], sheets: Vec<Sheet>, unfinished: &[&str], beside: NationalBeside) -> NationalReport {
    let unfinished = unfinished.iter().map(|name| (info(name).slug, Status::InReview));
    let network = NetworkFacts::new(names.iter().map(|name| info(name)).collect(), sheets);
    let versions = |cycle: CycleId| {
        let version = network
            .sheets()
            .find(|sheet| sheet.cycle == cycle)
            .unwrap()
            .version
            .clone();
        (cycle, version)
    };
    let cycles = network.cycles().into_iter().map(versions).collect();
    let facts = NationalFacts {
        cycle: cycle("2026"),
        version: VersionId::parse("2026.1").unwrap(),
        network: Arc::new(Explorer::new(Library::embedded(), Arc::new(network), cycles)),
        unfinished: unfinished.collect(),
        beside,
    };
    national_report(Library::embedded(), &facts).unwrap()
}
