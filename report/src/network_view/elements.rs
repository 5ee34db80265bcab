//! Elements over the cycles: where the Practices stand, what moves, self beside review.

use super::{Line, NetworkView};
use crate::{
    charts::{self, Change, Multiple, Pair, Quartiles, Spread},
    document::{Block, Cell, Column as TableColumn, Table},
    headings, levels, say,
};
use framework::explore::Column;

/// Cycles shown beside each other in one strip, the latest ones: more are not told apart.
const STRIPS: usize = 4;
/// Cycles shown beside each other in a table, the latest ones: more do not fit a page.
const STEPS: usize = 6;

/// Median and quartiles of each element over the cycles.
pub(super) fn stand(view: &NetworkView, width: f32) -> Vec<Block> {
    let lines = view.lines();
    let latest = view.latest();
    let cycles: Vec<&str> = view.steps().iter().map(|step| step.cycle.as_str()).collect();
    let from = cycles.len().saturating_sub(STRIPS);
    let quartiles = |column: &Option<&Column>| column.and_then(|column| Quartiles::of(&column.levels));
    let strips: Vec<Spread> = (lines.iter())
        .map(|line| Spread {
            label: line.title.to_owned(),
            cycles: line.columns[from..].iter().map(quartiles).collect(),
        })
        .collect();
    let small: Vec<Multiple> = (lines.iter())
        .map(|line| Multiple {
            label: line.title.to_owned(),
            values: (line.columns.iter())
                .map(|column| column.and_then(|column| column.levels.median))
                .collect(),
            behind: line.columns.iter().map(quartiles).collect(),
        })
        .collect();
    let rows = lines.iter().filter_map(|line| {
        let column = (*line.columns.last()?)?;
        Some(levels::row(line.title, &column.levels, &column.drift, &column.shift))
    });
    let mut blocks = vec![Block::heading(1, headings::NETWORK)];
    // the table first: it fills what is left of a page, which a chart cannot
    blocks.push(Block::Table(Table {
        caption: format!(
            "Where the Practices stand in {}, and how far they moved since the cycle before. ▲ marks a spread that grew by \
             0.5 or more, ▼ one that shrank by as much.",
            latest.cycle
        ),
        columns: levels::columns("Element"),
        rows: rows.collect(),
        row_header: Some(0),
    }));
    if cycles.len() > 1 {
        blocks.push(say::figure(
            charts::multiples(width, ["Median", "Middle half of the Practices"], &cycles, &small),
            "Median of each element over all cycles",
            alt(&lines, &cycles, 0),
            "Each cycle is scored under its own version of the framework.",
        ));
    }
    let which = if from > 0 {
        format!("The latest {STRIPS} cycles. ")
    } else {
        String::new()
    };
    blocks.push(say::figure(
        charts::quartile_strip(width, &cycles[from..], &strips),
        "Median and middle half of the Practices by element and cycle",
        alt(&lines, &cycles, from),
        format!("{which}Each bar spans the lower to the upper quartile; the mark is the median."),
    ));
    blocks
}

/// `Small caseloads: median 3.4 (middle half 3.0 to 3.9) in 2025, no figure in 2026`
fn alt(lines: &[Line], cycles: &[&str], from: usize) -> String {
    let figure =
        |(column, cycle): (&Option<&Column>, &&str)| match column.and_then(|column| Quartiles::of(&column.levels)) {
            Some(q) => {
                let [median, lower, upper] = [q.median, q.lower, q.upper].map(|figure| say::score(Some(figure)));
                format!("median {median} (middle half {lower} to {upper}) in {cycle}")
            }
            None => format!("no figure in {cycle}"),
        };
    let line = |line: &Line| {
        let figures: Vec<String> = line.columns[from..].iter().zip(&cycles[from..]).map(figure).collect();
        format!("{}: {}", line.title, figures.join(", "))
    };
    lines.iter().map(line).collect::<Vec<_>>().join(". ")
}

/// Returns how far the Practices moved from each cycle to the next; the last step drawn.
pub(super) fn moved(view: &NetworkView, width: f32) -> Vec<Block> {
    let latest = view.latest();
    let heading = Block::heading(1, "From cycle to cycle");
    let Some(before) = &latest.from else {
        let one = "There is one cycle so far. Once a second one has finalised assessments, this part says what moved.";
        return vec![heading, Block::text(one)];
    };
    let lines = view.lines();
    let changes: Vec<Change> = lines.iter().filter_map(drifted).collect();
    let alt = changes.iter().map(|change| match change.value {
        Some(drift) => format!("{}: {}", change.label, say::change(Some(drift))),
        None => format!("{}: {}", change.label, change.note),
    });
    let alt: Vec<String> = alt.collect();
    let mut blocks = vec![
        heading,
        Block::text(
            "Network drift is the mean of the Practices’ own drift: each is compared with itself, on criteria that can be compared.",
        ),
    ];
    if !changes.is_empty() {
        blocks.push(say::figure(
            charts::diverging_bars(width, &changes),
            format!("Network drift from {before} to {}", latest.cycle),
            alt.join("; "),
            "Over the Practices present in both cycles. The tables say how sure each figure is.",
        ));
    }
    blocks.push(steps(view));
    blocks.push(drifts(view, &lines));
    blocks
}

/// Returns the network's drift in the last step.
fn drifted(line: &Line) -> Option<Change> {
    let drift = &(*line.columns.last()?)?.drift;
    Some(Change {
        label: line.title.to_owned(),
        value: drift.net,
        note: drift.why.clone().unwrap_or_default(),
    })
}

/// Every step, over all elements.
fn steps(view: &NetworkView) -> Block {
    let rows = view.steps().iter().filter_map(|step| {
        let (from, whole) = (step.from.as_ref()?, step.columns.last()?);
        Some(vec![
            Cell::text(format!("{from} to {}", step.cycle)),
            Cell::text(whole.drift.practices.to_string()),
            say::change_cell(whole.drift.net),
            Cell::text(say::drift_interval(&whole.drift).unwrap_or_else(|| say::NONE.to_owned())),
            Cell::text(whole.drift.pairs.to_string()),
            Cell::text(whole.drift.gains.to_string()),
            Cell::text(whole.drift.slips.to_string()),
            Cell::text(whole.drift.unexplained.to_string()),
            Cell::text(format!(
                "{}{}",
                say::spread_change(whole.shift.spread_change),
                levels::mark(&whole.shift)
            )),
        ])
    });
    Block::Table(Table {
        caption:
            "Network drift from each cycle to the next, what it rests on, and the change of the overall scores’ spread."
                .into(),
        columns: vec![
            TableColumn::new("Step").weight(1.8),
            TableColumn::new("Practices in both").weight(1.2).centred(),
            TableColumn::new("Network drift").weight(1.2).centred(),
            TableColumn::new("95 % interval").weight(2.0).centred(),
            TableColumn::new("Pairs").centred(),
            TableColumn::new("Gains").centred(),
            TableColumn::new("Slips").centred(),
            TableColumn::new("Unexplained").weight(1.4).centred(),
            TableColumn::new("Spread change").weight(1.2).centred(),
        ],
        rows: rows.collect(),
        row_header: Some(0),
    })
}

/// Returns the network's drift in each element, a column a step.
fn drifts(view: &NetworkView, lines: &[Line]) -> Block {
    // the first cycle has none before it
    let first = view.steps().len().saturating_sub(STEPS).max(1);
    let columns = view.steps()[first..]
        .iter()
        .map(|step| TableColumn::new(format!("To {}", step.cycle)).centred());
    let cell = |column: &Option<&Column>| {
        let shift = column.map(|column| &column.shift);
        let cell = say::change_cell(column.and_then(|column| column.drift.net));
        let text = cell.content.into_iter().map(|inline| inline.text).collect::<String>();
        Cell::text(format!("{text}{}", shift.map_or("", levels::mark))).fill(cell.fill)
    };
    let row = |line: &Line| {
        let cells = line.columns[first..].iter().map(cell);
        std::iter::once(Cell::text(line.title)).chain(cells).collect()
    };
    Block::Table(Table {
        caption: format!(
            "Network drift of each element since the cycle before{}; ▲ and ▼ mark spreads that grew or shrank by 0.5 or more.",
            if first > 1 { ", in the latest cycles" } else { "" }
        ),
        columns: std::iter::once(TableColumn::new("Element").weight(3.0))
            .chain(columns)
            .collect(),
        rows: lines.iter().map(row).collect(),
        row_header: Some(0),
    })
}

/// Returns the mean self-rating and the mean review rating of each element in the latest cycle.
pub(super) fn sides(view: &NetworkView, width: f32) -> Vec<Block> {
    let latest = view.latest();
    let pairs = view.lines().into_iter().filter_map(|line| {
        let [own, review] = (*line.columns.last()?)?.sides?;
        Some(Pair {
            label: line.title.to_owned(),
            first: Some(own),
            second: Some(review),
        })
    });
    let pairs: Vec<Pair> = pairs.collect();
    let heading = Block::heading(1, headings::REVIEW);
    if pairs.is_empty() {
        let none = format!(
            "No criterion was rated by both a Practice and a reviewer in {}.",
            latest.cycle
        );
        return vec![heading, Block::text(none)];
    }
    let alt = pairs.iter().map(|pair| {
        let [own, review] = [pair.first, pair.second].map(say::score);
        format!("{}: self {own}, review {review}", pair.label)
    });
    let alt: Vec<String> = alt.collect();
    vec![
        heading,
        say::figure(
            charts::dumbbell(width, ["Self-rating", "Review"], &pairs),
            format!("Mean self-rating and mean review rating in {}", latest.cycle),
            alt.join("; "),
            "Over the criteria that both rated. A self-rating to the right of the review is higher.",
        ),
    ]
}
