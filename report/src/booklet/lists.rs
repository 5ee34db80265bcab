//! What stands once for all criteria: the levels that National Pause may set, the sources, how ratings
//! work.

use super::link;
use crate::{
    document::{Block, Cell, Column, Inline, Table},
    palette::Fill,
    say,
};
use framework::{
    criteria::{Criterion, Framework, Parameter, SourceStatus},
    rating::Rating,
};

/// The id of the heading over the parameters.
pub(super) const PARAMETERS: &str = "levels-to-set";

/// How many of the definitions speak of ratings, scores, bands and drift: the first ones.
const ON_RATINGS: usize = 4;

/// Returns the parameters, with the criteria that lean on each; nothing where a version has none.
pub(super) fn parameters(framework: &Framework) -> Vec<Block> {
    if framework.parameters.is_empty() {
        return vec![];
    }
    let row = |parameter: &Parameter| {
        let leaning = framework
            .criteria
            .iter()
            .filter(|c| c.parameters.contains(&parameter.id));
        vec![
            Cell::text(parameter.what.clone()),
            Cell::text(parameter.unset.clone()),
            Cell::inlines(links(leaning)),
        ]
    };
    vec![
        Block::Heading {
            level: 1,
            text: "Levels for National Pause to set".into(),
            id: PARAMETERS.into(),
        },
        Block::text(
            "Nobody has published these levels. National Pause may set them; until it does, readers use what the second \
             column names.",
        ),
        Block::Table(Table {
            caption: "Levels, what to use until they are set, and the criteria that lean on them".into(),
            columns: vec![
                Column::new("Level").weight(2.4),
                Column::new("Until it is set").weight(2.2),
                Column::new("Criteria").weight(2.6),
            ],
            rows: framework.parameters.iter().map(row).collect(),
            row_header: Some(0),
        }),
    ]
}

/// Where every expectation comes from: first those that are published, then those that are drafted.
pub(super) fn sources(framework: &Framework) -> Vec<Block> {
    let mut blocks = vec![
        Block::heading(1, "Sources"),
        Block::text(
            "An expectation is what level 4 describes. Where a source says that levels are drafted, the figures in the anchors are ours.",
        ),
    ];
    for (status, caption) in [
        (
            SourceStatus::Published,
            "Expectations that Pause or its evaluators have published",
        ),
        (
            SourceStatus::Drafted,
            "Expectations that are drafted from what they have published",
        ),
    ] {
        let criteria: Vec<&Criterion> = framework.criteria.iter().filter(|c| c.status == status).collect();
        if !criteria.is_empty() {
            blocks.push(source_table(caption, &criteria));
        }
    }
    blocks
}

fn source_table(caption: &str, criteria: &[&Criterion]) -> Block {
    let row = |criterion: &&Criterion| {
        vec![
            Cell::inlines(vec![link(criterion)]),
            Cell::text(criterion.source.clone()),
        ]
    };
    Block::Table(Table {
        caption: caption.to_owned(),
        columns: vec![Column::new("Criterion").weight(2.4), Column::new("Source").weight(3.6)],
        rows: criteria.iter().map(row).collect(),
        row_header: Some(0),
    })
}

/// Returns the five levels, and what is made of ratings.
pub(super) fn ratings() -> Vec<Block> {
    let level = |rating: Rating| {
        let expected = if rating == Rating::EXPECTED {
            ", the expected level"
        } else {
            ""
        };
        Cell::text(format!("{}{expected}", rating.name())).fill(Fill::level(rating.level()))
    };
    vec![
        Block::heading(1, "How ratings work"),
        // one row, which no page's foot can part
        Block::Table(Table {
            caption: "The five levels".into(),
            columns: Rating::ALL
                .map(|rating| Column::new(rating.to_string()).weight(1.0).centred())
                .into(),
            rows: vec![Rating::ALL.map(level).into()],
            row_header: None,
        }),
        Block::bullets(say::DEFINITIONS.into_iter().take(ON_RATINGS)),
    ]
}

/// Links to criteria below each other, an empty line apart so that a finger hits the right one.
fn links<'f>(criteria: impl Iterator<Item = &'f Criterion>) -> Vec<Inline> {
    let mut words: Vec<Inline> = criteria
        .flat_map(|criterion| [link(criterion), Inline::text("\n\n")])
        .collect();
    words.pop();
    words
}
