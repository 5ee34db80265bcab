//! An invented network, the same every time: Practices over some cycles, the last of them under the newest criteria.

use crate::Result;
use framework::{
    assessment::AdaptationClass,
    criteria::{Criterion, Framework},
    explore::Explorer,
    ids::{CycleId, PracticeSlug, VersionId},
    library::Library,
    lifecycle::Status,
    network::NetworkFacts,
    rating::Rating,
    report::NationalFacts,
    sheet::{CriterionRatings, PracticeInfo, Sheet},
};
use std::{path::Path, sync::Arc};

/// Cycles of the national report.
pub const CYCLES: usize = 3;

/// The last cycle.
const LAST: usize = 2026;

/// So many cycles, oldest first, and the versions they run under: the newest third under the newest criteria.
fn cycles(count: usize) -> Result<Vec<(CycleId, VersionId)>> {
    (0..count)
        .map(|place| {
            let version = if place + count / 3 >= count { "2026.1" } else { "2025.1" };
            let year = (LAST + 1 + place - count).to_string();
            Ok((CycleId::parse(&year)?, VersionId::parse(version)?))
        })
        .collect()
}

/// So many Practices over so many cycles. Some joined late, some have no assessment in one of the cycles, some left much
/// open.
pub fn network(practices: usize, count: usize) -> Result<NetworkFacts> {
    let library = Library::embedded();
    let cycles = cycles(count)?;
    let (mut infos, mut sheets) = (vec![], vec![]);
    for practice in 0..practices {
        let info = info(&format!("practice-{practice:05}"))?;
        for (year, (cycle, version)) in cycles.iter().enumerate() {
            // one in eleven Practices joined in the second cycle, one in seventeen has none of the middle one, one in
            // thirteen is late in the last
            if (year == 0 && practice % 11 == 3)
                || (year == count / 2 && practice % 17 == 5)
                || (year + 1 == count && practice % 13 == 7)
            {
                continue;
            }
            let framework = library.version(version).ok_or("a version is missing")?;
            sheets.push(Sheet {
                practice: info.slug.clone(),
                cycle: cycle.clone(),
                version: version.clone(),
                status: Status::Finalised,
                imported: false,
                marks: marks(framework, practice, year),
            });
        }
        infos.push(info);
    }
    Ok(NetworkFacts::new(infos, sheets))
}

/// Returns what the national report of the last cycle is made of.
pub fn national(network: Arc<NetworkFacts>) -> Result<NationalFacts> {
    let (cycle, version) = cycles(CYCLES)?.pop().ok_or("no cycle")?;
    Ok(NationalFacts {
        cycle,
        version,
        network: Arc::new(Explorer::new(Library::embedded(), network, cycles(CYCLES)?)),
        unfinished: vec![],
        beside: Default::default(),
    })
}

/// Returns a Practice of this name.
pub fn info(slug: &str) -> Result<PracticeInfo> {
    Ok(PracticeInfo {
        slug: PracticeSlug::parse(slug)?,
        name: slug.replace('-', " ").replacen('p', "P", 1),
        region: "Nowhere".to_owned(),
    })
}

/// Writes `rows.csv`, a line a criterion of an assessment, and `criteria.csv`, which says of every criterion its element,
/// weight and the one of the last cycle's version that it is comparable with.
pub fn write(facts: &NationalFacts, folder: &Path) -> Result<()> {
    let library = Library::embedded();
    std::fs::create_dir_all(folder)?;
    let mut rows = csv::Writer::from_path(folder.join("rows.csv"))?;
    rows.write_record([
        "practice",
        "cycle",
        "version",
        "criterion",
        "self",
        "review",
        "agreed",
        "not_applicable",
        "class",
    ])?;
    let level = |rating: Option<Rating>| rating.map_or("", |r| ["1", "2", "3", "4", "5"][r.index()]);
    for sheet in facts.network.facts().sheets() {
        let framework = library.version(&sheet.version).ok_or("a version is missing")?;
        for (criterion, mark) in framework.criteria.iter().zip(&sheet.marks) {
            rows.write_record([
                sheet.practice.as_str(),
                sheet.cycle.as_str(),
                sheet.version.as_str(),
                criterion.id.as_str(),
                level(mark.self_rating),
                level(mark.review_rating),
                level(mark.agreed_rating),
                if mark.not_applicable { "1" } else { "0" },
                mark.class.map_or("", AdaptationClass::code),
            ])?;
        }
    }
    rows.flush()?;
    let mut criteria = csv::Writer::from_path(folder.join("criteria.csv"))?;
    criteria.write_record(["version", "criterion", "element", "weight", "core", "now"])?;
    let now = library.version(&facts.version).ok_or("a version is missing")?;
    for framework in library.versions() {
        let way = (library.crosswalk(&framework.version, &now.version)).ok_or("versions that cannot be compared")?;
        for (index, criterion) in framework.criteria.iter().enumerate() {
            let same = way
                .places()
                .find(|(_, from)| *from == index)
                .map(|(to, _)| &now.criteria[to]);
            criteria.write_record([
                framework.version.as_str(),
                criterion.id.as_str(),
                criterion.element.as_str(),
                &criterion.weight.to_string(),
                if criterion.core { "1" } else { "0" },
                same.map_or("", |c| c.id.as_str()),
            ])?;
        }
    }
    Ok(criteria.flush()?)
}

fn marks(framework: &Framework, practice: usize, year: usize) -> Vec<CriterionRatings> {
    framework
        .criteria
        .iter()
        .map(|criterion| mark(criterion, practice, year))
        .collect()
}

fn mark(criterion: &Criterion, practice: usize, year: usize) -> CriterionRatings {
    // a criterion keeps its level from year to year, but for its slips and gains
    let mut settled = Dice::of(criterion.id.as_str(), practice, 9);
    let mut dice = Dice::of(criterion.id.as_str(), practice, year);
    if criterion.not_applicable && settled.below(100) < 8 {
        return CriterionRatings {
            not_applicable: true,
            ..CriterionRatings::default()
        };
    }
    // one Practice in nineteen leaves so much open that some elements have no score
    if dice.below(100) < if practice % 19 == 4 { 15 } else { 1 } {
        return CriterionRatings::default();
    }
    let level = [2, 3, 3, 4, 4, 4, 4, 5][settled.below(8)] + [-2, -1, -1, 0, 0, 0, 0, 0, 0, 1][dice.below(10)];
    let review = level.clamp(1, 5);
    let own = (level + [-1, 0, 0, 0, 1][dice.below(5)]).clamp(1, 5);
    let rating = |level: i32| u8::try_from(level).ok().and_then(Rating::new);
    CriterionRatings {
        self_rating: rating(own),
        review_rating: if dice.below(100) < 97 { rating(review) } else { None },
        agreed_rating: if dice.below(100) < 60 { rating(review) } else { None },
        not_applicable: false,
        class: if level < 4 {
            AdaptationClass::ALL.get(dice.below(7)).copied()
        } else {
            None
        },
    }
}

/// Chance that falls the same way every time (SplitMix64, Steele, Lea and Flood 2014).
struct Dice(u64);

impl Dice {
    fn of(name: &str, practice: usize, year: usize) -> Dice {
        let start = 0xcbf2_9ce4_8422_2325 ^ ((practice as u64) << 8) ^ year as u64;
        // FNV-1a
        Dice(name.bytes().fold(start, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        }))
    }

    /// 0 to `n` − 1.
    fn below(&mut self, n: u64) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n) as usize
    }
}
