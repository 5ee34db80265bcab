//! The Practices, by name: heat map and drift.

use super::{
    counts, network, regions,
    scale::{Scale, first_of, splits},
};
use crate::{
    document::{Block, Cell, Column, Inline, Table},
    explained, headings,
    palette::Fill,
    say,
};
use framework::{
    drift::ElementDrift,
    ids::ElementId,
    lifecycle::Status,
    report::{DriftFigures, NationalPractice, NationalReport, Split},
};

/// Names of Practices in a sentence, where there is not room for all.
const NAMED: usize = 12;

/// Returns the key to the numbers that stand for the elements in wide tables.
pub(super) fn key(report: &NationalReport) -> Block {
    let names: Vec<String> = report
        .elements
        .iter()
        .enumerate()
        .map(|(i, e)| format!("{} {}", i + 1, e.title))
        .collect();
    Block::Paragraph(vec![Inline::strong("Elements: "), Inline::text(names.join(" · "))])
}

/// Returns a table with a column for each element; `first` are the columns before them.
pub(super) fn wide_table(report: &NationalReport, caption: &str, first: &[&str], rows: Vec<Vec<Cell>>) -> Block {
    let numbers = (1..=report.elements.len()).map(|n| Column::new(n.to_string()).weight(0.8).centred());
    let first = first.iter().enumerate().map(|(index, header)| match index {
        0 => Column::new(*header).weight(3.0),
        _ => Column::new(*header).weight(1.1).centred(),
    });
    Block::Table(Table {
        caption: caption.to_owned(),
        columns: first.chain(numbers).collect(),
        rows,
        row_header: Some(0),
    })
}

/// Scores of all Practices by element.
pub(super) fn heat_map(report: &NationalReport, scale: Scale, width: f32) -> Vec<Block> {
    if report.practices.is_empty() {
        return vec![];
    }
    let mut blocks = vec![Block::heading(1, "Practices and elements")];
    if scale.has_overview() {
        blocks.extend(counts::scores(report, width));
        blocks.extend(regions::scores(report, width));
        if scale.has_rows() {
            blocks.push(Block::heading(2, "By Practice"));
        }
    }
    if scale.has_rows() {
        let row = |practice: &NationalPractice| {
            let score = say::score(practice.overall.score);
            let overall = match practice.overall.core_gaps.is_empty() {
                true => score,
                false => format!("{score} ◆"),
            };
            let overall = Cell::text(overall).fill(Fill::score(practice.overall.score));
            let scores = report
                .elements
                .iter()
                .map(|e| say::score_cell(score_of(practice, &e.id)));
            [scale.name(practice), overall].into_iter().chain(scores).collect()
        };
        blocks.push(key(report));
        blocks.push(wide_table(
            report,
            "Scores from 1 to 5 by Practice and element. ◆ marks a core gap; a dash means that there is no score.",
            &["Practice", "Overall"],
            report.practices.iter().map(row).collect(),
        ));
    }
    blocks
}

/// Drift of all Practices since their previous assessment, by element.
pub(super) fn drift(report: &NationalReport, scale: Scale, width: f32) -> Vec<Block> {
    let moved: Vec<_> = report
        .practices
        .iter()
        .filter_map(|p| Some((p, p.drift.previous.as_ref()?)))
        .collect();
    let mut blocks = vec![Block::heading(1, "Drift since the previous assessment")];
    if moved.is_empty() {
        blocks.push(Block::text(
            "No Practice has an earlier finalised assessment to compare with.",
        ));
        return blocks;
    }
    if scale.has_overview() {
        blocks.extend(counts::drift(report, width));
        blocks.extend(regions::drift(report));
    }
    if scale.has_rows() {
        let by_element = moved.iter().map(|(practice, figures)| {
            let elements = report.elements.iter().map(|e| {
                let drift: Option<&ElementDrift> = figures.elements.iter().find(|d| d.element == e.id);
                say::change_cell(say::element_drift(drift).0)
            });
            let whole = [scale.name(practice), say::change_cell(figures.net)];
            whole.into_iter().chain(elements).collect()
        });
        blocks.push(key(report));
        blocks.push(wide_table(
            report,
            "Net drift by Practice and element; a dash means too few criteria to compare.",
            &["Practice", "All"],
            by_element.collect(),
        ));
        blocks.extend(network::earlier(report).map(Block::text));
        blocks.push(rests_on(&moved, scale));
    }
    blocks
}

/// Returns what stands behind each Practice's drift.
fn rests_on(moved: &[(&NationalPractice, &DriftFigures)], scale: Scale) -> Block {
    let row = |(practice, figures): &(&NationalPractice, &DriftFigures)| {
        let explained = figures.slips.len().saturating_sub(figures.unexplained.len());
        let [net, gross, pairs, gains] = say::drift_cells(figures);
        vec![
            scale.name(practice),
            Cell::text(figures.from.to_string()),
            net,
            gross,
            pairs,
            gains,
            Cell::text(explained.to_string()),
            Cell::text(figures.unexplained.len().to_string()),
        ]
    };
    Block::Table(Table {
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
        rows: moved.iter().map(row).collect(),
        row_header: Some(0),
    })
}

/// Returns what low ratings and slips are put down to, and what was agreed; by name.
pub(super) fn explained(report: &NationalReport, scale: Scale, width: f32) -> Vec<Block> {
    let mut blocks = vec![];
    if scale.has_overview() {
        blocks.extend(regions::explained(report, width));
    }
    if scale.has_pages() {
        let below: Vec<(String, Split)> = report.practices.iter().map(|p| (p.name.clone(), p.below)).collect();
        let slips = report.practices.iter().filter_map(|p| {
            let figures = p.drift.previous.as_ref()?;
            Some((p.name.clone(), figures.split))
        });
        let slips: Vec<(String, Split)> = slips.collect();
        blocks.extend(splits(
            width,
            "Criteria rated below 4 in each Practice, and what they are put down to",
            "Practice",
            &below,
        ));
        blocks.extend(splits(
            width,
            "Slips since each Practice’s previous assessment, and what they are put down to",
            "Practice",
            &slips,
        ));
    }
    blocks.extend(agreed(report, scale));
    if !blocks.is_empty() {
        blocks.insert(0, Block::heading(1, headings::EXPLAINED));
    }
    blocks
}

/// Returns what was agreed with the Practices: each adaptation, or how many.
fn agreed(report: &NationalReport, scale: Scale) -> Option<Block> {
    if scale.has_pages() {
        let registers: Vec<_> = (report.practices.iter())
            .map(|p| (Some(p.name.as_str()), &p.register))
            .collect();
        let caption = "What National Pause agreed to, as it stood on the day each assessment was submitted.";
        return explained::register(caption, &registers);
    }
    let registers = || report.practices.iter().map(|p| &p.register);
    let (held, over) = (
        registers().map(|r| r.in_force.len()),
        registers().map(|r| r.expired.len()),
    );
    let (held, over): (usize, usize) = (held.sum(), over.sum());
    let some = registers()
        .filter(|r| !r.in_force.is_empty() || !r.expired.is_empty())
        .count();
    (some > 0).then(|| {
        Block::text(format!(
            "National Pause had agreed to {} with {}: {held} in force on the day the assessment was submitted, {over} over by then.",
            say::count(held + over, "adaptation", "adaptations"),
            say::count(some, "Practice", "Practices"),
        ))
    })
}

/// Practices that are not in the figures, and why.
pub(super) fn not_counted(report: &NationalReport, scale: Scale) -> Vec<Block> {
    if report.unfinished.is_empty() && report.absent.is_empty() {
        return vec![];
    }
    let mut blocks = vec![Block::heading(1, headings::NOT_COUNTED)];
    let absent: Vec<&str> = report.absent.iter().map(|p| p.name.as_str()).collect();
    if scale.has_overview() {
        blocks.extend(Status::ALL.into_iter().filter_map(|status| {
            let there = report.unfinished.iter().filter(|u| u.status == status);
            let names: Vec<&str> = there.map(|u| u.name.as_str()).collect();
            let what = say::count(names.len(), "assessment is", "assessments are");
            first_named(&format!("{what} under way, {}", status.name().to_lowercase()), &names)
        }));
        let what = say::count(absent.len(), "Practice has", "Practices have");
        blocks.extend(first_named(&format!("{what} no assessment in this cycle"), &absent));
        return blocks;
    }
    if !report.unfinished.is_empty() {
        blocks.push(Block::text("Assessments of this cycle that are under way:"));
        blocks.push(Block::bullets(
            report
                .unfinished
                .iter()
                .map(|u| format!("{}: {}", u.name, u.status.name().to_lowercase())),
        ));
    }
    if !absent.is_empty() {
        blocks.push(Block::text("Practices without an assessment in this cycle:"));
        blocks.push(Block::bullets(absent));
    }
    blocks
}

/// `37 Practices have no assessment in this cycle: Ash; Birch; 35 more.` Nothing without names.
fn first_named(what: &str, names: &[&str]) -> Option<Block> {
    (!names.is_empty()).then(|| Block::text(format!("{what}: {}.", first_of(names, NAMED))))
}

fn score_of(practice: &NationalPractice, element: &ElementId) -> Option<f64> {
    practice.elements.iter().find(|e| &e.element == element)?.score
}
