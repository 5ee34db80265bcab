//! One criterion in full.

use super::{changes, lists, prose};
use crate::{
    document::{Block, Cell, Column, Inline, Table},
    markdown,
    palette::Fill,
};
use framework::{
    criteria::{Before, Better, Criterion, Framework, Measure, SourceStatus},
    crosswalk::ChangeKind,
    rating::Rating,
};

/// Everything that a version says on a criterion, under a heading that bears its id.
pub(super) fn blocks(framework: &Framework, older: Option<&Framework>, criterion: &Criterion) -> Vec<Block> {
    let mut blocks = vec![
        Block::Heading {
            level: 2,
            text: criterion.title.clone(),
            id: criterion.id.to_string(),
        },
        Block::Paragraph(kind(criterion)),
    ];
    blocks.extend(prose(framework, &criterion.asks, 2));
    blocks.extend(criterion.measure.as_ref().map(measure));
    blocks.push(anchors(criterion));
    let texts = [
        ("Why it matters", Some(criterion.why.as_str())),
        ("Evidence to look for", Some(criterion.evidence.as_str())),
        ("What may vary", criterion.may_vary.as_deref()),
        ("Before launch", criterion.before_launch.as_deref()),
    ];
    for (label, text) in texts {
        blocks.extend(text.into_iter().flat_map(|text| labelled(framework, label, text)));
    }
    blocks.extend(parameters(framework, criterion));
    blocks.push(Block::Paragraph(origin(older, criterion)));
    blocks
}

/// Returns what sort of criterion it is, in one line that stays with the question: it ends in a colon.
fn kind(criterion: &Criterion) -> Vec<Inline> {
    let sorts = [
        criterion.gate.then(|| "gate for launch".to_owned()),
        Some(format!("weight {}", criterion.weight)),
        criterion
            .not_applicable
            .then(|| "may be answered “not applicable”".to_owned()),
        Some(match criterion.status {
            SourceStatus::Published => "expectation published".to_owned(),
            SourceStatus::Drafted => "expectation drafted".to_owned(),
        }),
    ];
    let sorts: Vec<String> = sorts.into_iter().flatten().collect();
    vec![
        Inline::strong(if criterion.core { "Core" } else { "Adaptable" }),
        Inline::text(format!(", {}. It asks:", sorts.join(", "))),
    ]
}

fn measure(measure: &Measure) -> Block {
    let (better, bound) = match measure.better {
        Better::Lower => ("lower is better", "up to"),
        Better::Higher => ("higher is better", "from"),
    };
    let levels = match measure.levels {
        None => "The number stands beside the rating; no level is tied to it.".to_owned(),
        Some(levels) => {
            let supported = Rating::ALL.iter().rev().zip(levels);
            let supported: Vec<String> = supported
                .map(|(rating, value)| format!("{rating} {bound} {value}"))
                .collect();
            format!("It supports a rating of {}; else 1.", supported.join(", "))
        }
    };
    let (what, unit) = (measure.what.trim_end_matches('.'), &measure.unit);
    let words = format!(
        "{what}. Unit: {unit}, {} to {}; {better}. {levels}",
        measure.minimum, measure.maximum
    );
    run_in("Counted", vec![Inline::text(words)])
}

/// Returns the anchors, highest first.
fn anchors(criterion: &Criterion) -> Block {
    let row = |rating: Rating| {
        let level = Cell::text(format!("{rating} {}", rating.name())).fill(Fill::level(rating.level()));
        let words = markdown::inlines(&criterion.anchors[rating.index()]);
        vec![level, Cell::inlines(words)]
    };
    Block::Table(Table {
        caption: format!("Anchors of {}", criterion.id),
        columns: vec![
            Column::new("Level").weight(1.0),
            Column::new("What one would see").weight(4.4),
        ],
        rows: Rating::ALL.into_iter().rev().map(row).collect(),
        row_header: Some(0),
    })
}

/// Markdown whose first paragraph begins with a label.
fn labelled(framework: &Framework, label: &str, text: &str) -> Vec<Block> {
    let mut blocks = prose(framework, text, 2);
    match blocks.first_mut() {
        Some(Block::Paragraph(line)) => line.insert(0, lead(label)),
        _ => blocks.insert(0, Block::Paragraph(vec![lead(label)])),
    }
    blocks
}

/// A paragraph that begins with a label.
fn run_in(label: &str, words: Vec<Inline>) -> Block {
    Block::Paragraph([vec![lead(label)], words].concat())
}

fn lead(label: &str) -> Inline {
    Inline::strong(format!("{label}. "))
}

/// Returns the levels that its text leans on and National Pause may set.
fn parameters(framework: &Framework, criterion: &Criterion) -> Option<Block> {
    let parameters = framework
        .parameters
        .iter()
        .filter(|p| criterion.parameters.contains(&p.id));
    let words: Vec<String> = parameters
        .map(|parameter| format!("{}. Until then: {}.", parameter.what, parameter.unset))
        .collect();
    (!words.is_empty()).then(|| {
        Block::Paragraph(vec![
            Inline {
                strong: true,
                ..Inline::reference("For National Pause to set", lists::PARAMETERS)
            },
            Inline::text(format!(". {}", words.join(" "))),
        ])
    })
}

/// Where it comes from, and how it relates to the version before, with a link to all criteria that do so.
fn origin(older: Option<&Framework>, criterion: &Criterion) -> Vec<Inline> {
    let mut words = vec![lead("Source"), Inline::text(criterion.source.as_str())];
    if let Some((older, before)) = older.zip(criterion.before.as_ref()) {
        words.extend([Inline::text(" "), lead(&format!("Since {}", older.version))]);
        words.extend(since(older, criterion, before));
    }
    words
}

fn since(older: &Framework, criterion: &Criterion, before: &Before) -> Vec<Inline> {
    let kind = ChangeKind::Relation(before.relation);
    let mut words = vec![Inline::reference(kind.words(), changes::id(kind)), Inline::text(". ")];
    words.extend(markdown::inlines(&before.change));
    let titles: Vec<String> = (before.of.iter())
        .filter_map(|id| older.criterion(id))
        .filter(|then| then.title != criterion.title)
        .map(|then| format!("“{}”", then.title))
        .collect();
    if !titles.is_empty() {
        words.push(Inline::text(format!(" Then: {}.", titles.join(" and "))));
    }
    words
}
