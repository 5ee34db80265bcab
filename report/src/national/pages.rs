//! One page for each Practice.

use super::{
    plans,
    scale::{Scale, first_of},
};
use crate::{
    charts::{self, Score},
    document::{Block, Inline},
    explained, say,
};
use framework::{
    assessment::AdaptationClass,
    ids::ElementId,
    report::{DriftFigures, Moved, NationalPractice, NationalReport, Registered},
};

/// Slips shown on a Practice's page, so that it stays one page; the rest is in the Practice's own report.
const SLIPS_SHOWN: usize = 3;
/// Core gaps named there, for the same reason.
const GAPS_SHOWN: usize = 4;
/// Adaptations named there, for the same reason.
const ADAPTATIONS_SHOWN: usize = 3;

/// One page for each Practice, if they are few enough.
pub(super) fn pages(report: &NationalReport, scale: Scale, width: f32) -> Vec<Block> {
    if report.practices.is_empty() || !scale.has_pages() {
        return vec![];
    }
    let mut blocks = vec![Block::PageBreak, Block::heading(1, "The Practices, one by one")];
    for (i, practice) in report.practices.iter().enumerate() {
        if i > 0 {
            blocks.push(Block::PageBreak);
        }
        blocks.extend(page(report, practice, width));
    }
    blocks.push(Block::PageBreak);
    blocks
}

fn page(report: &NationalReport, practice: &NationalPractice, width: f32) -> Vec<Block> {
    let items: Vec<Score> = practice
        .elements
        .iter()
        .map(|e| Score {
            label: element_title(report, &e.element),
            value: e.score,
            figure: e.score.map(|score| say::score(Some(score))).unwrap_or_default(),
            fill: say::band_fill(e.band),
            note: e.why.clone().unwrap_or_default(),
        })
        .collect();
    let alt: Vec<String> = items
        .iter()
        .map(|i| format!("{} {}", i.label, if i.figure.is_empty() { &i.note } else { &i.figure }))
        .collect();
    let mut blocks = vec![
        Block::Heading {
            level: 2,
            text: practice.name.clone(),
            id: format!("practice-{}", practice.practice),
        },
        Block::text(say::overall(&practice.overall)),
        say::figure(
            charts::score_bars(width, &items),
            "Score of each element",
            alt.join("; "),
            "",
        ),
    ];
    if !practice.overall.core_gaps.is_empty() {
        let gaps = &practice.overall.core_gaps;
        let titles: Vec<String> = gaps.iter().map(|id| criterion_title(report, id)).collect();
        let lead = if gaps.len() == 1 { "Core gap: " } else { "Core gaps: " };
        let names = Inline::text(format!("{}.", first_of(&titles, GAPS_SHOWN)));
        blocks.push(Block::Paragraph(vec![Inline::strong(lead), names]));
    }
    blocks.push(put_down(practice));
    match &practice.drift.previous {
        None => blocks.push(Block::text(practice.drift.why.clone().unwrap_or_default())),
        Some(figures) => {
            blocks.push(Block::text(say::drift(figures)));
            blocks.extend(slips(figures));
        }
    }
    if let Some(baseline) = practice
        .drift
        .baseline
        .as_ref()
        .filter(|b| practice.drift.previous.as_ref().is_none_or(|p| p.from != b.from))
    {
        blocks.push(Block::text(say::drift(baseline)));
    }
    blocks.push(Block::text(format!(
        "{} {}",
        plans::sentence(&practice.plan),
        say::support(&practice.plan.support)
    )));
    blocks
}

/// Low ratings by class, and the names of what was in force: the first of them, so that the page stays one page.
fn put_down(practice: &NationalPractice) -> Block {
    let mut parts = vec![
        Inline::strong("Rated below 4: "),
        Inline::text(format!("{}.", explained::total(&practice.below))),
    ];
    let names = |all: &[Registered]| {
        let titles: Vec<String> = all.iter().map(|one| one.title.clone()).collect();
        format!(" {}.", first_of(&titles, ADAPTATIONS_SHOWN))
    };
    for (lead, all) in [
        (" Adaptations in force:", &practice.register.in_force),
        (" Over:", &practice.register.expired),
    ] {
        if !all.is_empty() {
            parts.extend([Inline::strong(lead), Inline::text(names(all))]);
        }
    }
    Block::Paragraph(parts)
}

/// Returns the largest slips with what they are put down to, and how many more there are.
fn slips(figures: &DriftFigures) -> Vec<Block> {
    if figures.slips.is_empty() {
        return vec![];
    }
    let mut slips: Vec<&Moved> = figures.slips.iter().collect();
    slips.sort_by_key(|slip| (slip.d, !slip.core));
    let more = slips.len().saturating_sub(SLIPS_SHOWN);
    slips.truncate(SLIPS_SHOWN);
    let rest = (more > 0).then(|| {
        let slips = say::count(more, "more slip stands", "more slips stand");
        format!("{slips} in the Practice’s own report.")
    });
    let lead = Inline::strong(format!("Slips since {}, the largest first:", figures.from));
    vec![
        Block::Paragraph(vec![lead]),
        Block::bullets(slips.into_iter().map(slip).chain(rest)),
    ]
}

/// `Title (core): 4 → 3, not yet explained`: in few words, so that it stays one line.
fn slip(slip: &Moved) -> String {
    let core = if slip.core { " (core)" } else { "" };
    let class = slip.class.unwrap_or(AdaptationClass::Unexplained);
    let class = say::lower_first(explained::class(Some(class)));
    format!("{}{core}: {} → {}, {class}", slip.title, slip.from, slip.to)
}

fn element_title(report: &NationalReport, id: &ElementId) -> String {
    report
        .elements
        .iter()
        .find(|e| &e.id == id)
        .map_or_else(|| id.to_string(), |e| e.title.clone())
}

fn criterion_title(report: &NationalReport, id: &framework::ids::CriterionId) -> String {
    report
        .criteria
        .iter()
        .find(|c| &c.id == id)
        .map_or_else(|| id.to_string(), |c| c.title.clone())
}
