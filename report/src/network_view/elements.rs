//! Elements over the cycles: where the Practices stand, what moves, self beside review.

use super::{Line, NetworkView};
use crate::{
    charts::{self, Multiple, Pair, Quartiles, Spread},
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
        Some(levels::row(line.title, &column.levels, &column.shift))
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

/// How far the Practices moved from each cycle to the next; the last step drawn.
pub(super) fn moved(view: &NetworkView, width: f32) -> Vec<Block> {
    let latest = view.latest();
    let heading = Block::heading(1, "From cycle to cycle");
    let Some(before) = &latest.from else {
        let one = "There is one cycle so far. Once a second one has finalised assessments, this part says what moved.";
        return vec![heading, Block::text(one)];
    };
    let lines = view.lines();
    let pairs: Vec<Pair> = lines.iter().filter_map(both).collect();
    let alt = pairs.iter().map(|pair| {
        let [first, second] = [pair.first, pair.second].map(say::score);
        format!("{}: {first} in {before}, {second} in {}", pair.label, latest.cycle)
    });
    let alt: Vec<String> = alt.collect();
    let mut blocks = vec![
        heading,
        Block::text(
            "Network drift is the change of the median over the Practices present in both cycles, on criteria that can be compared.",
        ),
    ];
    if !pairs.is_empty() {
        blocks.push(say::figure(
            charts::slope(width, [before.as_str(), latest.cycle.as_str()], &pairs),
            format!("Medians in {before} and {}", latest.cycle),
            alt.join("; "),
            "Over the Practices present in both cycles, so a median may differ from that of all Practices.",
        ));
    }
    blocks.push(steps(view));
    blocks.push(drifts(view, &lines));
    blocks
}

/// The medians of those present in the last two cycles.
fn both(line: &Line) -> Option<Pair> {
    let column = (*line.columns.last()?)?;
    let [first, second] = [&column.both[0], &column.both[1]].map(|levels| levels.median);
    first.or(second)?;
    Some(Pair {
        label: line.title.to_owned(),
        first,
        second,
    })
}

/// Every step, over all elements.
fn steps(view: &NetworkView) -> Block {
    let rows = view.steps().iter().filter_map(|step| {
        let (from, whole) = (step.from.as_ref()?, step.columns.last()?);
        Some(vec![
            Cell::text(format!("{from} to {}", step.cycle)),
            Cell::text(whole.shift.in_both.to_string()),
            say::change_cell(whole.shift.network_drift),
            Cell::text(format!(
                "{}{}",
                say::signed(whole.shift.spread_change),
                levels::mark(&whole.shift)
            )),
            Cell::text(whole.gains.to_string()),
            Cell::text(whole.slips.to_string()),
            Cell::text(whole.unexplained.to_string()),
        ])
    });
    Block::Table(Table {
        caption: "The overall score from each cycle to the next, and what moved in single criteria.".into(),
        columns: vec![
            TableColumn::new("Step").weight(1.8),
            TableColumn::new("Practices in both").weight(1.2).centred(),
            TableColumn::new("Network drift").weight(1.2).centred(),
            TableColumn::new("Spread change").weight(1.2).centred(),
            TableColumn::new("Gains").centred(),
            TableColumn::new("Slips").centred(),
            TableColumn::new("Unexplained").weight(1.4).centred(),
        ],
        rows: rows.collect(),
        row_header: Some(0),
    })
}

/// The network's drift in each element, a column a step.
fn drifts(view: &NetworkView, lines: &[Line]) -> Block {
    // the first cycle has none before it
    let first = view.steps().len().saturating_sub(STEPS).max(1);
    let columns = view.steps()[first..]
        .iter()
        .map(|step| TableColumn::new(format!("To {}", step.cycle)).centred());
    let cell = |column: &Option<&Column>| {
        let shift = column.map(|column| &column.shift);
        let cell = say::change_cell(shift.and_then(|shift| shift.network_drift));
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

/// The mean self-rating and the mean review rating of each element in the latest cycle.
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
            "Over the criteria that both rated. A self-rating to the right of the review is the more hopeful of the two.",
        ),
    ]
}
