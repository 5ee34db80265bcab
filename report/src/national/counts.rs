//! How many Practices stand where, for networks too large to be read name by name.

use crate::{
    charts::{self, Stack},
    document::Block,
    palette::Fill,
    say,
};
use framework::{
    report::{NationalPractice, NationalReport},
    score::{Band, TOLERANCE, at_least},
};

/// The parts of bars by band.
const BANDS: [(&str, Fill); 4] = [
    ("Strong", Fill::Strong),
    ("Partial", Fill::Partial),
    ("Low", Fill::Low),
    ("No score", Fill::Absent),
];

/// Overall scores from the highest, by where they begin.
const SCORES: [(f64, &str); 7] = [
    (4.5, "4.5 or more"),
    (4.0, "4.0 to below 4.5"),
    (3.5, "3.5 to below 4.0"),
    (3.0, "3.0 to below 3.5"),
    (2.5, "2.5 to below 3.0"),
    (2.0, "2.0 to below 2.5"),
    (1.0, "Below 2.0"),
];

/// The parts of bars by direction.
const DIRECTIONS: [(&str, Fill); 3] = [("Up", Fill::Gain), ("No change", Fill::Steady), ("Down", Fill::Slip)];

/// Sizes of net drift, by where they begin, and their words.
const SIZES: [(f64, &str); 4] = [
    (0.5, "0.50 or more"),
    (0.25, "0.25 to 0.49"),
    (0.1, "0.10 to 0.24"),
    (0.0, "less than 0.10"),
];

/// Returns how many Practices have which overall score, and which band in each element.
pub(super) fn scores(report: &NationalReport, width: f32) -> [Block; 2] {
    let classes = SCORES.iter().map(|(_, name)| *name).chain(["No score"]);
    let class = |practice: &NationalPractice| match practice.overall.score {
        Some(score) => SCORES
            .iter()
            .position(|(from, _)| at_least(score, *from))
            .unwrap_or(SCORES.len() - 1),
        None => SCORES.len(),
    };
    let mut by_score: Vec<Stack> = classes.map(|name| stack(name, BANDS.len())).collect();
    let mut by_element: Vec<Stack> = std::iter::once("Overall")
        .chain(report.elements.iter().map(|element| element.title.as_str()))
        .map(|name| stack(name, BANDS.len()))
        .collect();
    for practice in &report.practices {
        let part = part(practice.overall.band);
        by_score[class(practice)].counts[part] += 1;
        by_element[0].counts[part] += 1;
        for (index, element) in report.elements.iter().enumerate() {
            let own = practice.elements.iter().find(|own| own.element == element.id);
            by_element[index + 1].counts[self::part(own.and_then(|own| own.band))] += 1;
        }
    }
    [
        bars(
            width,
            "How many Practices have which overall score",
            &BANDS,
            &by_score,
            "A core gap keeps an assessment from being strong, whatever its score.",
        ),
        bars(
            width,
            "How many Practices are strong, partial and low, by element",
            &BANDS,
            &by_element,
            "",
        ),
    ]
}

/// Returns how many Practices moved how far since their previous assessment; nothing where none has one.
pub(super) fn drift(report: &NationalReport, width: f32) -> Option<Block> {
    let net: Vec<f64> = (report.practices.iter())
        .filter_map(|practice| practice.drift.previous.as_ref()?.net)
        .collect();
    let up = SIZES.iter().map(|(_, size)| format!("Up by {size}"));
    let down = SIZES.iter().rev().map(|(_, size)| format!("Down by {size}"));
    let names = up.chain(["No change".to_owned()]).chain(down);
    let mut stacks: Vec<Stack> = names.map(|name| stack(&name, DIRECTIONS.len())).collect();
    for net in &net {
        let moved = net.abs() > TOLERANCE;
        let size = SIZES.iter().position(|(from, _)| moved && at_least(net.abs(), *from));
        let (class, part) = match size {
            None => (SIZES.len(), 1),
            Some(size) if *net > 0.0 => (size, 0),
            Some(size) => (2 * SIZES.len() - size, 2),
        };
        stacks[class].counts[part] += 1;
    }
    (!net.is_empty()).then(|| {
        bars(
            width,
            "How many Practices moved how far on average since their previous assessment",
            &DIRECTIONS,
            &stacks,
            "Net drift: the mean change of the criteria that can be compared.",
        )
    })
}

fn stack(label: &str, parts: usize) -> Stack {
    Stack {
        label: label.to_owned(),
        counts: vec![0; parts],
    }
}

fn part(band: Option<Band>) -> usize {
    match band {
        Some(Band::Strong) => 0,
        Some(Band::Partial) => 1,
        Some(Band::Low) => 2,
        None => 3,
    }
}

fn bars(width: f32, title: &str, parts: &[(&str, Fill)], stacks: &[Stack], caption: &str) -> Block {
    let alt: Vec<String> = stacks
        .iter()
        .map(|stack| {
            let given = stack.counts.iter().zip(parts).filter(|(count, _)| **count > 0);
            let given: Vec<String> = given
                .map(|(count, (name, _))| format!("{count} {}", say::lower_first(name)))
                .collect();
            match given.is_empty() {
                true => format!("{}: none", stack.label),
                false => format!("{}: {}", stack.label, given.join(", ")),
            }
        })
        .collect();
    say::figure(
        charts::stacked_bars(width, parts, stacks),
        title,
        alt.join(". "),
        caption,
    )
}
