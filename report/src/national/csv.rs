//! The national report as rows: one for each Practice and element, and one for each Practice as a whole.

use crate::table;
use framework::{
    assessment::AdaptationClass,
    report::{NationalPractice, NationalReport, Registered, Split},
};

/// Scores and drift of every Practice by element, for spreadsheets; figures unrounded.
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
    ];
    let rows = report.practices.iter().flat_map(|practice| {
        let elements = (0..practice.elements.len()).map(|i| element(report, practice, i));
        std::iter::once(whole(report, practice))
            .chain(elements)
            .collect::<Vec<_>>()
    });
    table::csv(&header, rows)
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

fn whole(report: &NationalReport, practice: &NationalPractice) -> Vec<String> {
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
            d.gains.len().to_string(),
            d.slips.len().to_string(),
            d.unexplained.len().to_string(),
        ]),
        None => row.extend(std::iter::repeat_n(String::new(), 7)),
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

fn element(report: &NationalReport, practice: &NationalPractice, place: usize) -> Vec<String> {
    let score = &practice.elements[place];
    let mut row = start(report, practice);
    let gaps = practice
        .overall
        .core_gaps
        .iter()
        .filter(|id| {
            report
                .criteria
                .iter()
                .any(|c| &c.id == *id && c.element == score.element)
        })
        .map(|id| id.as_str())
        .collect::<Vec<_>>();
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
            row.extend([within(&d.gains), within(&d.slips), within(&d.unexplained)]);
        }
        None => row.extend(std::iter::repeat_n(String::new(), 7)),
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
