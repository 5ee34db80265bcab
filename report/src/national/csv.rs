//! The national report as rows: one for each Practice and element, and one for each Practice as a whole; then the same for
//! each region, and for all Practices together, with what is counted for them only.

mod regions;

use crate::table;
use framework::{
    agreement::Agreement,
    assessment::AdaptationClass,
    ids::PracticeSlug,
    network::{Levels, NetworkDrift},
    report::{NationalPractice, NationalReport, Registered, Split},
};
use std::collections::HashSet;

/// Scores and drift of every Practice by element, for spreadsheets; figures unrounded. The rows of regions and of all Practices
/// together have no Practice, so that whoever adds up a column can leave them out.
pub fn csv(report: &NationalReport) -> String {
    let header = [
        "cycle",
        "practice",
        "name",
        "region",
        "version",
        "element",
        "score",
        "band",
        "coverage",
        "core_gaps",
        "drift_from",
        "drift_pairs",
        "drift_net",
        "drift_gross",
        "asks_for_a_conversation",
        "gains",
        "slips",
        "slips_unexplained",
        "slips_consistent",
        "slips_not_consistent",
        "slips_unplanned",
        "slips_not_yet_explained",
        "below_4",
        "below_4_consistent",
        "below_4_not_consistent",
        "below_4_unplanned",
        "below_4_not_yet_explained",
        "adaptations_in_force",
        "adaptations_over",
        "actions_open",
        "actions_overdue",
        "actions_done",
        "actions_dropped",
        "support_wanted",
        "support_recorded",
        "support_rated",
        "support_mean",
        "self_review_pairs",
        "self_review_exact",
        "self_review_within_one",
        "self_review_bias",
        "self_review_kappa",
        "self_review_kappa_low",
        "self_review_kappa_high",
        "self_review_ac2",
        "self_review_ac2_low",
        "self_review_ac2_high",
        "reviewers_pairs",
        "reviewers_exact",
        "reviewers_within_one",
        "reviewers_bias",
        "reviewers_kappa",
        "reviewers_kappa_low",
        "reviewers_kappa_high",
        "reviewers_ac2",
        "reviewers_ac2_low",
        "reviewers_ac2_high",
        "clarifications_asked",
        "clarifications_resolved",
        "clarifications_carried",
        "evidence_citations",
        "evidence_expired",
    ];
    let header: Vec<&str> = header.into_iter().chain(regions::TOGETHER).collect();
    let drifting: HashSet<&PracticeSlug> = report.drifting.iter().map(|one| &one.practice).collect();
    let rows = report.practices.iter().flat_map(|practice| {
        let elements = (0..practice.elements.len()).map(|i| element(report, practice, i));
        std::iter::once(whole(report, practice, drifting.contains(&practice.practice)))
            .chain(elements)
            .map(|mut row| {
                // what is counted for all Practices together only stands last
                row.resize(header.len(), String::new());
                row
            })
            .collect::<Vec<_>>()
    });
    let together = regions::rows(report).chain(together(report));
    let together = together.map(|cells| table::named(&header, &cells));
    table::csv(&header, rows.chain(together))
}

type Cells = Vec<(&'static str, String)>;

/// Returns all Practices together: as a whole, and by element. No score and no drift of their own: those of several Practices are
/// medians.
fn together(report: &NationalReport) -> Vec<Cells> {
    let start = |element: &str, levels: &Levels, drift: &NetworkDrift, agreement: &Agreement| -> Cells {
        let mut cells = vec![
            ("cycle", report.cycle.to_string()),
            ("name", "All Practices".to_owned()),
            ("version", report.version.to_string()),
            ("element", element.to_owned()),
        ];
        cells.extend(SELF_REVIEW.into_iter().zip(figures(agreement)));
        cells.extend(regions::levels(report.practices.len(), levels));
        cells.extend(regions::drift(report, drift));
        cells
    };
    let mut whole = start(
        "overall",
        &report.overall.levels,
        &report.overall.drift,
        &report.agreement,
    );
    let (slips, below) = (&report.slips.previous, &report.below);
    let (asked, cited) = (&report.clarifications, &report.evidence);
    whole.extend(SLIPS.into_iter().zip(classes(&slips.split)));
    whole.extend(BELOW.into_iter().zip(classes(below)));
    whole.extend(
        report
            .reviewers_agreement
            .iter()
            .flat_map(|of| REVIEWERS.into_iter().zip(figures(of))),
    );
    whole.extend(
        [
            ("below_4", below.total()),
            ("clarifications_asked", asked.asked),
            ("clarifications_resolved", asked.resolved),
            ("clarifications_carried", asked.carried),
            ("evidence_citations", cited.citations),
            ("evidence_expired", cited.expired),
        ]
        .map(|(column, n)| (column, n.to_string())),
    );
    let elements = report
        .elements
        .iter()
        .map(|element| start(element.id.as_str(), &element.levels, &element.drift, &element.agreement));
    std::iter::once(whole).chain(elements).collect()
}

/// The columns of what slips are put down to, and ratings below 4, in the order of [`classes`].
const SLIPS: [&str; 4] = [
    "slips_consistent",
    "slips_not_consistent",
    "slips_unplanned",
    "slips_not_yet_explained",
];
const BELOW: [&str; 4] = [
    "below_4_consistent",
    "below_4_not_consistent",
    "below_4_unplanned",
    "below_4_not_yet_explained",
];

/// The columns of an agreement, in the order of [`figures`].
const SELF_REVIEW: [&str; 10] = [
    "self_review_pairs",
    "self_review_exact",
    "self_review_within_one",
    "self_review_bias",
    "self_review_kappa",
    "self_review_kappa_low",
    "self_review_kappa_high",
    "self_review_ac2",
    "self_review_ac2_low",
    "self_review_ac2_high",
];
const REVIEWERS: [&str; 10] = [
    "reviewers_pairs",
    "reviewers_exact",
    "reviewers_within_one",
    "reviewers_bias",
    "reviewers_kappa",
    "reviewers_kappa_low",
    "reviewers_kappa_high",
    "reviewers_ac2",
    "reviewers_ac2_low",
    "reviewers_ac2_high",
];

/// Pairs and figures of an agreement.
fn figures(of: &Agreement) -> [String; 10] {
    let figures = [
        of.exact,
        of.within_one,
        of.bias,
        of.kappa,
        of.kappa_low,
        of.kappa_high,
        of.ac2,
        of.ac2_low,
        of.ac2_high,
    ];
    let [exact, within_one, bias, kappa, kappa_low, kappa_high, ac2, low, high] = figures.map(number);
    [
        of.n.to_string(),
        exact,
        within_one,
        bias,
        kappa,
        kappa_low,
        kappa_high,
        ac2,
        low,
        high,
    ]
}

fn start(report: &NationalReport, practice: &NationalPractice) -> Vec<String> {
    vec![
        report.cycle.to_string(),
        practice.practice.to_string(),
        practice.name.clone(),
        practice.region.clone(),
        practice.version.to_string(),
    ]
}

fn whole(report: &NationalReport, practice: &NationalPractice, asks: bool) -> Vec<String> {
    let overall = &practice.overall;
    let gaps: Vec<&str> = overall.core_gaps.iter().map(|id| id.as_str()).collect();
    let mut row = start(report, practice);
    row.extend([
        "overall".to_owned(),
        number(overall.score),
        band(overall.band),
        number(overall.coverage),
        gaps.join(" "),
    ]);
    match &practice.drift.previous {
        Some(d) => row.extend([
            d.from.to_string(),
            d.pairs.to_string(),
            number(d.net),
            number(d.gross),
            if asks { "yes" } else { "no" }.to_owned(),
            d.gains.len().to_string(),
            d.slips.len().to_string(),
            d.unexplained.len().to_string(),
        ]),
        None => row.extend(std::iter::repeat_n(String::new(), 8)),
    }
    match &practice.drift.previous {
        Some(figures) => row.extend(classes(&figures.split)),
        None => row.extend(std::iter::repeat_n(String::new(), 4)),
    }
    row.push(practice.below.total().to_string());
    row.extend(classes(&practice.below));
    row.extend([&practice.register.in_force, &practice.register.expired].map(|all| names(all)));
    let (plan, support) = (&practice.plan, &practice.plan.support);
    let counts = [plan.open, plan.overdue, plan.done, plan.dropped];
    let given = [support.wanted, support.recorded, support.rated];
    row.extend(counts.into_iter().chain(given).map(|n| n.to_string()));
    row.push(number(support.mean));
    row
}

fn element(report: &NationalReport, practice: &NationalPractice, index: usize) -> Vec<String> {
    let score = &practice.elements[index];
    let mut row = start(report, practice);
    let gaps: Vec<&str> = score.core_gaps.iter().map(|id| id.as_str()).collect();
    row.extend([
        score.element.to_string(),
        number(score.score),
        band(score.band),
        number(score.coverage),
        gaps.join(" "),
    ]);
    let figures = practice.drift.previous.as_ref();
    match figures.and_then(|d| Some((d, d.elements.iter().find(|e| e.element == score.element)?))) {
        Some((d, e)) => {
            let within = |moved: &[framework::report::Moved]| {
                moved.iter().filter(|m| m.element == score.element).count().to_string()
            };
            row.extend([d.from.to_string(), e.pairs.to_string(), number(e.net), number(e.gross)]);
            row.push(String::new());
            row.extend([within(&d.gains), within(&d.slips), within(&d.unexplained)]);
        }
        None => row.extend(std::iter::repeat_n(String::new(), 8)),
    }
    // by class, plan and support for the Practice as a whole only
    row.extend(std::iter::repeat_n(String::new(), 19));
    row
}

fn classes(split: &Split) -> [String; 4] {
    AdaptationClass::ALL.map(|class| split.of(class).to_string())
}

fn names(adaptations: &[Registered]) -> String {
    let titles: Vec<&str> = adaptations.iter().map(|one| one.title.as_str()).collect();
    titles.join("; ")
}

fn number(figure: Option<f64>) -> String {
    figure.map(|f| f.to_string()).unwrap_or_default()
}

fn band(band: Option<framework::score::Band>) -> String {
    band.map(|b| b.name().to_lowercase()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use framework::{
        explore::Explorer,
        ids::{CycleId, PracticeSlug},
        library::Library,
        lifecycle::Status,
        network::NetworkFacts,
        rating::Rating,
        report::{NationalBeside, NationalFacts, national_report},
        sheet::{CriterionRatings, PracticeInfo, Sheet},
    };
    use std::sync::Arc;

    /// One Practice that is rated 4 throughout, and twelve criteria that two reviewers rated, 4 and 3.
    fn report() -> NationalReport {
        let library = Library::embedded();
        let framework = library.latest().expect("there is a version");
        let ash = PracticeSlug::parse("ash").expect("a name");
        let [three, four] = [3, 4].map(|level| Rating::new(level).expect("a level"));
        let cycle = CycleId::parse("2026").expect("a cycle");
        let mark = CriterionRatings {
            self_rating: Some(four),
            review_rating: Some(four),
            ..CriterionRatings::default()
        };
        let network = NetworkFacts::new(
            vec![PracticeInfo {
                slug: ash.clone(),
                name: "Ash".to_owned(),
                region: "North".to_owned(),
            }],
            vec![Sheet {
                practice: ash,
                cycle: cycle.clone(),
                version: framework.version.clone(),
                status: Status::Finalised,
                imported: false,
                marks: vec![mark; framework.criteria.len()],
            }],
        );
        let cycles = vec![(cycle.clone(), framework.version.clone())];
        let facts = NationalFacts {
            cycle,
            version: framework.version.clone(),
            network: Arc::new(Explorer::new(library, Arc::new(network), cycles)),
            unfinished: vec![],
            beside: NationalBeside {
                read_twice: vec![vec![[four, three]; 12]],
                ..NationalBeside::default()
            },
        };
        national_report(library, &facts).expect("the version is there")
    }

    #[test]
    fn every_row_has_every_column_and_all_practices_stand_together_at_the_end() {
        let report = report();
        let text = csv(&report);
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let header = reader.headers().expect("a header").clone();
        let rows: Vec<csv::StringRecord> = reader
            .records()
            .map(|row| row.expect("as long as the header"))
            .collect();
        assert_eq!(rows.len(), 3 * (1 + report.elements.len()));
        let cell = |row: usize, column: &str| {
            let index = header.iter().position(|name| name == column).expect("a column");
            rows[row][index].to_owned()
        };
        let (region, last) = (1 + report.elements.len(), 2 * (1 + report.elements.len()));
        let cells = ["practice", "region", "element", "practices", "score_median"].map(|column| cell(region, column));
        assert_eq!(cells, ["", "North", "overall", "1", ""]);
        assert_eq!(
            (cell(0, "name"), cell(last, "name")),
            ("Ash".into(), "All Practices".into())
        );
        assert_eq!(
            (cell(last, "practice"), cell(last, "element")),
            (String::new(), "overall".into())
        );
        assert_eq!(cell(last, "self_review_pairs"), report.criteria.len().to_string());
        assert_eq!(
            (cell(last, "reviewers_pairs"), cell(last, "reviewers_bias")),
            ("12".into(), "1".into())
        );
        assert_eq!(
            (cell(last, "below_4"), cell(last, "evidence_citations")),
            ("0".into(), "0".into())
        );
        assert_eq!(
            cell(last + 1, "self_review_pairs"),
            report.elements[0].agreement.n.to_string()
        );
        assert_eq!(cell(0, "self_review_pairs"), "");
    }
}
