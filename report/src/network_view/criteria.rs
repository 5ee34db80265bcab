//! Criteria over the cycles: which slip, which can be compared, and where their words changed.

use super::NetworkView;
use crate::{
    document::{Block, Cell, Column, Inline, Table},
    headings, say,
};
use framework::{
    criteria::Criterion,
    explore::{Break, CriterionCell},
};

/// Criteria shown in the table of those that slip in most Practices.
const MOST: usize = 10;

/// Returns the criteria that slipped in most Practices in the latest cycle.
pub(super) fn slipped(view: &NetworkView) -> Vec<Block> {
    let latest = view.latest();
    let cells = view
        .rows()
        .filter_map(|(criterion, row)| Some((criterion, row.cells.last()?)));
    let mut slipped: Vec<(&Criterion, &CriterionCell)> = cells.filter(|(_, cell)| cell.slips > 0).collect();
    slipped.sort_by_key(|(_, cell)| std::cmp::Reverse((cell.slips, cell.unexplained)));
    let heading = Block::heading(1, headings::SLIPS);
    if slipped.is_empty() {
        let none = format!("No criterion slipped in any Practice in {}.", latest.cycle);
        return vec![heading, Block::text(none)];
    }
    let shown = &slipped[..slipped.len().min(MOST)];
    let row = |(criterion, cell): &(&Criterion, &CriterionCell)| {
        vec![
            title(criterion),
            Cell::text(cell.slips.to_string()),
            Cell::text((cell.slips - cell.unexplained).to_string()),
            Cell::text(cell.unexplained.to_string()),
            say::score_cell(cell.levels.median),
            say::change_cell(cell.change),
        ]
    };
    let caption = match slipped.len() {
        n if n > MOST => format!(
            "The {MOST} of {n} criteria that slipped in most Practices in {}",
            latest.cycle
        ),
        _ => format!("The criteria that slipped in {}", latest.cycle),
    };
    vec![
        heading,
        Block::Table(Table {
            caption: format!("{caption}, of the Practices that were there in the cycle before too."),
            columns: vec![
                Column::new("Criterion").weight(4.0),
                Column::new("Practices").weight(1.1).centred(),
                Column::new("Explained").weight(1.2).centred(),
                Column::new("Unexplained").weight(1.3).centred(),
                Column::new("Median").centred(),
                Column::new("Mean change").weight(1.1).centred(),
            ],
            rows: shown.iter().map(row).collect(),
            row_header: Some(0),
        }),
    ]
}

/// Returns what can be compared from each cycle to the next, and where criteria changed.
pub(super) fn comparable(view: &NetworkView) -> Vec<Block> {
    let heading = Block::heading(1, "What can be compared");
    if view.steps().len() < 2 {
        return vec![
            heading,
            Block::text("There is one cycle so far, so nothing is compared yet."),
        ];
    }
    let steps: Vec<usize> = (1..view.steps().len()).collect();
    let row = |at: &usize| {
        let (before, step) = (&view.steps()[at - 1], &view.steps()[*at]);
        let whole = step.columns.last();
        let versions = match before.framework.version == step.framework.version {
            true => format!("{}, both", step.framework.version),
            false => format!("{} to {}", before.framework.version, step.framework.version),
        };
        vec![
            Cell::text(format!("{} to {}", before.cycle, step.cycle)),
            Cell::text(versions),
            Cell::text(whole.map_or(0, |whole| whole.drift.pairs).to_string()),
            Cell::text(say::per_cent(whole.and_then(|whole| whole.comparable_share()))),
            Cell::text(broken(view, *at, Break::Reworded).len().to_string()),
            Cell::text(broken(view, *at, Break::Begins).len().to_string()),
        ]
    };
    let mut blocks = vec![
        heading,
        Block::text(
            "Only criteria with the same words, or the same meaning, are compared. Where a criterion begins, figures of earlier \
             cycles do not go on; where it is reworded with the same meaning, they do.",
        ),
        Block::Table(Table {
            caption: "Pairs of ratings in both cycles, their share of what the Practices could be compared on, and criteria of the latest version that changed.".into(),
            columns: vec![
                Column::new("Step").weight(1.6),
                Column::new("Versions").weight(2.0),
                Column::new("Pairs").centred(),
                Column::new("Comparable").weight(1.3).centred(),
                Column::new("Reworded").weight(1.2).centred(),
                Column::new("Begin").centred(),
            ],
            rows: steps.iter().map(row).collect(),
            row_header: Some(0),
        }),
    ];
    blocks.extend(steps.iter().flat_map(|at| changed(view, *at)));
    blocks
}

/// Returns the criteria whose words changed in a step, by name; nothing where none did.
fn changed(view: &NetworkView, at: usize) -> Vec<Block> {
    let (before, step) = (&view.steps()[at - 1], &view.steps()[at]);
    let lists = [
        (Break::Begins, "Begin here, so nothing earlier compares:"),
        (Break::Reworded, "Reworded, same meaning:"),
    ];
    let lists = lists.into_iter().flat_map(|(kind, lead)| {
        let titles = broken(view, at, kind);
        let list = (!titles.is_empty()).then(|| [Block::Paragraph(vec![Inline::strong(lead)]), Block::bullets(titles)]);
        list.into_iter().flatten()
    });
    let lists: Vec<Block> = lists.collect();
    match lists.is_empty() {
        true => vec![],
        false => {
            let words = format!(
                "From version {} to {}, in {}",
                before.framework.version, step.framework.version, step.cycle
            );
            std::iter::once(Block::heading(2, words)).chain(lists).collect()
        }
    }
}

/// Returns the titles of the criteria to which that happened in the cycle at a place.
fn broken(view: &NetworkView, at: usize, kind: Break) -> Vec<&str> {
    let there = view
        .rows()
        .filter(|(_, row)| row.cells.get(at).is_some_and(|cell| cell.broken == Some(kind)));
    there.map(|(criterion, _)| criterion.title.as_str()).collect()
}

fn title(criterion: &Criterion) -> Cell {
    let core = criterion.core.then(|| Inline::strong(" (core)"));
    Cell::inlines(
        std::iter::once(Inline::text(criterion.title.clone()))
            .chain(core)
            .collect(),
    )
}
