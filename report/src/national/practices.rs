//! The Practices, by name: heat map and drift.

use crate::{
    document::{Block, Cell, Column, Inline, Table},
    explained,
    palette::Fill,
    say,
};
use framework::{
    drift::ElementDrift,
    ids::ElementId,
    report::{NationalPractice, NationalReport, Split},
};

/// The key to the numbers that stand for the elements in wide tables.
fn key(report: &NationalReport) -> Block {
    let names: Vec<String> = report
        .elements
        .iter()
        .enumerate()
        .map(|(i, e)| format!("{} {}", i + 1, e.title))
        .collect();
    Block::Paragraph(vec![Inline::strong("Elements: "), Inline::text(names.join(" · "))])
}

fn wide_table(report: &NationalReport, caption: &str, first: &[&str], rows: Vec<Vec<Cell>>) -> Block {
    let numbers = (1..=report.elements.len()).map(|n| Column::new(n.to_string()).weight(0.8).centred());
    let columns = std::iter::once(Column::new("Practice").weight(3.0))
        .chain(first.iter().map(|name| Column::new(*name).weight(1.1).centred()))
        .chain(numbers)
        .collect();
    Block::Table(Table {
        caption: caption.to_owned(),
        columns,
        rows,
        row_header: Some(0),
    })
}

/// Scores of all Practices by element.
pub(super) fn heat_map(report: &NationalReport) -> Vec<Block> {
    if report.practices.is_empty() {
        return vec![];
    }
    let rows = report
        .practices
        .iter()
        .map(|practice| {
            let gap = !practice.overall.core_gaps.is_empty();
            let overall = if gap {
                format!("{} ◆", say::score(practice.overall.score))
            } else {
                say::score(practice.overall.score)
            };
            let scores = report
                .elements
                .iter()
                .map(|e| say::score_cell(score_of(practice, &e.id)));
            [
                name(practice),
                Cell::text(overall).fill(Fill::score(practice.overall.score)),
            ]
            .into_iter()
            .chain(scores)
            .collect()
        })
        .collect();
    vec![
        Block::heading(1, "Practices and elements"),
        key(report),
        wide_table(
            report,
            "Scores from 1 to 5 by Practice and element. ◆ marks a core gap; a dash means that there is no score.",
            &["Overall"],
            rows,
        ),
    ]
}

/// Drift of all Practices since their previous assessment, by element.
pub(super) fn drift(report: &NationalReport) -> Vec<Block> {
    let moved: Vec<_> = report
        .practices
        .iter()
        .filter_map(|p| Some((p, p.drift.previous.as_ref()?)))
        .collect();
    let mut blocks = vec![Block::heading(1, "Drift since the previous cycle")];
    if moved.is_empty() {
        blocks.push(Block::text(
            "No Practice has an earlier finalised assessment to compare with.",
        ));
        return blocks;
    }
    let rows = moved
        .iter()
        .map(|(practice, figures)| {
            let by_element = report.elements.iter().map(|e| {
                let drift: Option<&ElementDrift> = figures.elements.iter().find(|d| d.element == e.id);
                say::change_cell(say::element_drift(drift).0)
            });
            [name(practice), say::change_cell(figures.net)]
                .into_iter()
                .chain(by_element)
                .collect()
        })
        .collect();
    blocks.push(key(report));
    blocks.push(wide_table(
        report,
        "Net drift by Practice and element; a dash means too few criteria to compare.",
        &["All"],
        rows,
    ));
    let rows = moved
        .iter()
        .map(|(practice, figures)| {
            let explained = figures.slips.len().saturating_sub(figures.unexplained.len());
            vec![
                name(practice),
                Cell::text(figures.from.to_string()),
                say::change_cell(figures.net),
                Cell::text(say::two(figures.gross)),
                Cell::text(format!(
                    "{} ({})",
                    figures.pairs,
                    say::per_cent(figures.comparable_share)
                )),
                Cell::text(figures.gains.len().to_string()),
                Cell::text(explained.to_string()),
                Cell::text(figures.unexplained.len().to_string()),
            ]
        })
        .collect();
    blocks.push(Block::Table(Table {
        caption: "What each Practice’s drift rests on, and how much of it is explained.".into(),
        columns: vec![
            Column::new("Practice").weight(3.0),
            Column::new("Since").centred(),
            Column::new("Net").centred(),
            Column::new("Gross").centred(),
            Column::new("Pairs").weight(1.5).centred(),
            Column::new("Gains").centred(),
            Column::new("Slips explained").weight(1.3).centred(),
            Column::new("Slips unexplained").weight(1.6).centred(),
        ],
        rows,
        row_header: Some(0),
    }));
    blocks
}

/// What each Practice's low ratings and slips are put down to, and what was agreed with it; by name.
pub(super) fn explained(report: &NationalReport, width: f32) -> Vec<Block> {
    let below: Vec<(String, Split)> = report.practices.iter().map(|p| (p.name.clone(), p.below)).collect();
    let slips = report.practices.iter().filter_map(|p| {
        let figures = p.drift.previous.as_ref()?;
        Some((p.name.clone(), figures.split))
    });
    let slips: Vec<(String, Split)> = slips.collect();
    let registers: Vec<_> = (report.practices.iter())
        .map(|p| (Some(p.name.as_str()), &p.register))
        .collect();
    let blocks = [
        explained::chart(
            width,
            "Criteria rated below 4 in each Practice, and what they are put down to",
            &below,
        ),
        explained::chart(
            width,
            "Slips since each Practice’s previous assessment, and what they are put down to",
            &slips,
        ),
        explained::register(
            "What National Pause agreed to, as it stood on the day each assessment was submitted.",
            &registers,
        ),
    ];
    let blocks: Vec<Block> = blocks.into_iter().flatten().collect();
    match blocks.is_empty() {
        true => vec![],
        false => std::iter::once(Block::heading(1, "Adaptation or drift"))
            .chain(blocks)
            .collect(),
    }
}

/// Practices that are not in the figures, and why.
pub(super) fn not_counted(report: &NationalReport) -> Vec<Block> {
    if report.unfinished.is_empty() && report.absent.is_empty() {
        return vec![];
    }
    let mut blocks = vec![Block::heading(1, "Not in the figures")];
    if !report.unfinished.is_empty() {
        blocks.push(Block::text("Assessments of this cycle that are under way:"));
        blocks.push(Block::bullets(
            report
                .unfinished
                .iter()
                .map(|u| format!("{}: {}", u.name, u.status.name().to_lowercase())),
        ));
    }
    if !report.absent.is_empty() {
        blocks.push(Block::text("Practices without an assessment in this cycle:"));
        blocks.push(Block::bullets(report.absent.iter().map(|p| p.name.clone())));
    }
    blocks
}

pub(super) fn name(practice: &NationalPractice) -> Cell {
    Cell::inlines(vec![Inline::reference(
        practice.name.clone(),
        format!("practice-{}", practice.practice),
    )])
}

fn score_of(practice: &NationalPractice, element: &ElementId) -> Option<f64> {
    practice.elements.iter().find(|e| &e.element == element)?.score
}
