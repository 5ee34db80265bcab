//! What moved in a Practice, and its scores over the years.

use crate::{
    charts::{self, Change, Range, Series},
    document::{Block, Cell, Column, Table},
    headings, say,
};
use framework::report::{DriftFigures, PracticeReport};

/// Since the previous assessment, and since the first one.
pub(super) fn drift(report: &PracticeReport, width: f32) -> Vec<Block> {
    let mut blocks = vec![Block::heading(1, headings::DRIFT)];
    let (previous, baseline) = (report.drift.previous.as_ref(), report.drift.baseline.as_ref());
    let Some(previous) = previous else {
        blocks.push(Block::text(
            report
                .drift
                .why
                .clone()
                .unwrap_or_else(|| "There is nothing to compare with.".into()),
        ));
        return blocks;
    };
    blocks.extend(since(report, previous, "Since the previous assessment", width));
    match baseline {
        Some(baseline) if baseline.from != previous.from => {
            blocks.extend(since(report, baseline, "Since the first assessment", width));
        }
        _ => blocks.push(Block::text(
            "The previous assessment is also the first one, so drift since the baseline is the same.",
        )),
    }
    blocks
}

fn since(report: &PracticeReport, figures: &DriftFigures, title: &str, width: f32) -> Vec<Block> {
    let versions = if figures.from_version == report.version {
        format!("Both assessments were made under version {}.", report.version)
    } else {
        format!(
            "The assessment of {} was made under version {}, this one under version {}.",
            figures.from, figures.from_version, report.version
        )
    };
    let mut blocks = vec![
        Block::heading(2, title),
        Block::text(format!("{} {versions}", say::drift(figures))),
    ];
    if figures.pairs == 0 {
        return blocks;
    }
    let items: Vec<Change> = report
        .elements
        .iter()
        .map(|e| {
            let (value, note) = say::element_drift(figures.elements.iter().find(|d| d.element == e.score.element));
            Change {
                label: e.title.clone(),
                value,
                note,
            }
        })
        .collect();
    let alt: Vec<String> = items
        .iter()
        .map(|i| {
            format!(
                "{} {}",
                i.label,
                i.value.map_or(i.note.clone(), |v| say::signed(Some(v)))
            )
        })
        .collect();
    blocks.push(say::figure(
        charts::diverging_bars(width, &items),
        format!("Net drift of each element since {}", figures.from),
        alt.join("; "),
        "",
    ));
    if !figures.gains.is_empty() {
        blocks.push(say::moved(
            &format!("Gains since {}.", figures.from),
            &figures.gains,
            false,
        ));
    }
    if figures.slips.is_empty() {
        blocks.push(Block::text("No criterion slipped."));
    } else {
        blocks.push(say::moved(
            &format!("Slips since {}, and what moderation put them down to.", figures.from),
            &figures.slips,
            true,
        ));
    }
    blocks
}

/// Scores over the cycles; nothing for a first year.
pub(super) fn years(report: &PracticeReport, width: f32) -> Vec<Block> {
    if report.history.len() < 2 {
        return vec![];
    }
    let cycles: Vec<&str> = report.history.iter().map(|p| p.cycle.as_str()).collect();
    let values: Vec<Option<f64>> = report.history.iter().map(|p| p.overall.score).collect();
    let alt: Vec<String> = cycles
        .iter()
        .zip(&values)
        .map(|(c, v)| format!("{c}: {}", say::score(*v)))
        .collect();
    let chart = say::figure(
        charts::lines(
            width,
            &cycles,
            &[Series {
                name: "Overall".into(),
                values,
            }],
            Range::Ratings,
        ),
        "Overall score over the cycles",
        alt.join("; "),
        "Each year is scored under its own version of the framework; drift compares only criteria that stayed the same.",
    );
    vec![Block::heading(1, "Over the years"), chart, by_cycle(report)]
}

/// Returns the scores of every assessment, by element.
pub(crate) fn by_cycle(report: &PracticeReport) -> Block {
    let columns = std::iter::once(Column::new("Element").weight(3.0))
        .chain((report.history.iter()).map(|p| Column::new(p.cycle.as_str()).centred()))
        .collect();
    let mut rows: Vec<Vec<Cell>> = report
        .elements
        .iter()
        .map(|e| {
            let points = report.history.iter().map(|p| {
                p.elements
                    .iter()
                    .find(|s| s.element == e.score.element)
                    .and_then(|s| s.score)
            });
            std::iter::once(Cell::text(e.title.clone()))
                .chain(points.map(say::score_cell))
                .collect()
        })
        .collect();
    rows.push(
        std::iter::once(Cell::text("Overall"))
            .chain(report.history.iter().map(|p| say::score_cell(p.overall.score)))
            .collect(),
    );
    Block::Table(Table {
        caption: "Scores by element and cycle.".into(),
        columns,
        rows,
        row_header: Some(0),
    })
}
