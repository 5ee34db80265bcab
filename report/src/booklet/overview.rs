//! The criteria of a version at a glance, and what is said of each.

use super::{Counts, element_id};
use crate::{
    charts::{self, Stack},
    document::{Block, Cell, Column, Inline, Marks, Table},
    palette::Fill,
    say,
};
use framework::criteria::{Element, Framework};

/// What stands in the line under a criterion's title, and below it.
const SAID: [(&str, &str); 7] = [
    (
        "Core",
        "part of the model that is the same everywhere. Rated 1 or 2, it is a core gap, and the assessment is not banded strong.",
    ),
    (
        "Adaptable",
        "may be met in another way where the place asks for it; what may vary, and what may not, is said.",
    ),
    (
        "Required before launch",
        "must be met before a new site opens. What to show by then stands under “Before launch”.",
    ),
    ("Weight", "its share in its element’s score. Most criteria weigh 1."),
    (
        "Expectation",
        "published by Pause or its evaluators, or drafted from what they have published.",
    ),
    ("Counted", "a number is given besides the rating."),
    (
        "Anchors",
        "what one would see at each level. Read them from 5 down, and stop at the first that is wholly true.",
    ),
];

/// Returns how many criteria of which sort each element has, and what the sorts mean.
pub(super) fn blocks(framework: &Framework, width: f32) -> Vec<Block> {
    let elements: Vec<(&Element, Counts)> = (framework.elements.iter())
        .map(|element| (element, Counts::of(framework.criteria_of(element))))
        .collect();
    let said = SAID.map(|(term, words)| {
        vec![Block::Paragraph(vec![
            Inline::strong(format!("{term}: ")),
            Inline::text(words),
        ])]
    });
    vec![
        Block::heading(1, "The criteria at a glance"),
        chart(&elements, width),
        table(framework, &elements),
        Block::heading(2, "How to read a criterion"),
        Block::List {
            marks: Marks::Bullets,
            items: said.into(),
        },
    ]
}

fn chart(elements: &[(&Element, Counts)], width: f32) -> Block {
    let parts = [("Core", Fill::Strong), ("Adaptable", Fill::Partial)];
    let stacks: Vec<Stack> = (elements.iter())
        .map(|(element, counts)| Stack {
            label: element.title.clone(),
            counts: vec![counts.core, counts.adaptable()],
        })
        .collect();
    let alt: Vec<String> = (elements.iter())
        .map(|(element, counts)| {
            format!(
                "{}: {} core, {} adaptable",
                element.title,
                counts.core,
                counts.adaptable()
            )
        })
        .collect();
    say::figure(
        charts::stacked_bars(width, &parts, &stacks),
        "Criteria by element, core and adaptable",
        alt.join("; "),
        "Every element counts the same in the overall score, however many criteria it has.",
    )
}

fn table(framework: &Framework, elements: &[(&Element, Counts)]) -> Block {
    let whole = Counts::of(&framework.criteria);
    let row = |name: Inline, counts: &Counts| {
        let figures = [
            counts.all,
            counts.core,
            counts.adaptable(),
            counts.gates,
            counts.counted,
            counts.published,
        ];
        let mut row = vec![Cell::inlines(vec![name])];
        row.extend(figures.map(|figure| Cell::text(figure.to_string())));
        row
    };
    let mut rows: Vec<Vec<Cell>> = (elements.iter())
        .map(|(element, counts)| row(Inline::reference(element.title.clone(), element_id(element)), counts))
        .collect();
    rows.push(row(Inline::text("All"), &whole));
    let figures = ["Criteria", "Core", "Adaptable", "Gates", "Counted", "Published"];
    Block::Table(Table {
        caption: "Criteria by element: how many are core, adaptable, gates for launch, counted, and have a published expectation"
            .into(),
        columns: std::iter::once(Column::new("Element").weight(3.0))
            .chain(figures.map(|figure| Column::new(figure).weight(1.0).centred()))
            .collect(),
        rows,
        row_header: Some(0),
    })
}
