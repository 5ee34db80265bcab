//! What moved since the previous and the first assessment: gains, slips with what explains them, and how far.

use super::compared;
use crate::{
    document::{Block, Cell, Column, Table},
    explained, say,
};
use framework::{
    day,
    report::{DriftFigures, PracticeReport, Split},
};

pub(super) fn gains(report: &PracticeReport) -> Vec<Block> {
    let mut blocks = vec![Block::heading(1, "What went up")];
    let compared = compared(report);
    if compared.is_empty() {
        blocks.push(Block::text(
            "This is the first finalised assessment, so there is nothing to compare with yet. Once the next one is finalised, \
             this page says what went up.",
        ));
    }
    for (name, figures) in compared {
        let n = figures.gains.len();
        blocks.push(Block::text(match (figures.pairs, n) {
            (0, _) => say::drift(figures),
            (_, 0) => format!(
                "No criterion went up since {}; {} kept their rating.",
                figures.from,
                unchanged_count(figures)
            ),
            _ => format!(
                "Since {}, {} went up and {} kept their rating.",
                figures.from,
                say::count(n, "criterion", "criteria"),
                unchanged_count(figures),
            ),
        }));
        if n > 0 {
            let caption = format!("What went up since {}, {name}.", figures.from);
            blocks.push(say::moved(&caption, &figures.gains, false));
        }
    }
    blocks
}

fn unchanged_count(figures: &DriftFigures) -> usize {
    figures.pairs.saturating_sub(figures.gains.len() + figures.slips.len())
}

pub(super) fn slips(report: &PracticeReport, width: f32) -> Vec<Block> {
    let compared = compared(report);
    if compared.iter().all(|(_, figures)| figures.pairs == 0) {
        return vec![];
    }
    let mut blocks = vec![Block::heading(1, "What went down, and what explains it")];
    let splits: Vec<(String, Split)> = (compared.iter())
        .map(|(_, figures)| (format!("Slips since {}", figures.from), figures.split))
        .collect();
    blocks.extend(explained::chart(
        width,
        "Slips, and what moderation put them down to",
        &splits,
    ));
    for (name, figures) in compared.iter().filter(|(_, figures)| figures.pairs > 0) {
        if figures.slips.is_empty() {
            blocks.push(Block::text(format!("No criterion went down since {}.", figures.from)));
            continue;
        }
        blocks.push(Block::text(put_down(figures)));
        blocks.extend(explained::not_asked(figures.not_asked, figures.from.as_str()));
        let caption = format!(
            "What went down since {}, {name}, and what moderation put it down to.",
            figures.from
        );
        blocks.push(say::moved(&caption, &figures.slips, true));
    }
    let register = &report.register;
    blocks.extend(register.day.and_then(|on| {
        let caption = format!(
            "What was agreed with National Pause, as it stood on {}.",
            day::words(on)
        );
        explained::register(&caption, &[(None, register)])
    }));
    blocks
}

/// `Since 2025, 3 criteria went down: 1 agreed and consistent, 2 not yet explained.`
fn put_down(figures: &DriftFigures) -> String {
    let given = explained::given(&figures.split).map(|(_, said, n)| format!("{n} {said}"));
    let not_asked = (figures.not_asked > 0).then(|| format!("{} not asked about this year", figures.not_asked));
    let parts: Vec<String> = given.chain(not_asked).collect();
    format!(
        "Since {}, {} went down: {}.",
        figures.from,
        say::count(figures.slips.len(), "criterion", "criteria"),
        parts.join(", ")
    )
}

pub(super) fn drift(report: &PracticeReport) -> Vec<Block> {
    let compared = compared(report);
    if compared.is_empty() {
        return vec![];
    }
    let mut blocks = vec![Block::heading(1, "How far the ratings moved")];
    blocks.extend(compared.iter().map(|(_, figures)| Block::text(say::drift(figures))));
    if compared.len() == 1 {
        blocks.push(Block::text(
            "The previous assessment is also the first one, so drift since the first is the same.",
        ));
    }
    let row = |(name, figures): &(&str, &DriftFigures)| {
        let [net, gross, pairs, gains] = say::drift_cells(figures);
        vec![
            Cell::text(format!("{}, {name}", figures.from)),
            net,
            gross,
            pairs,
            gains,
            Cell::text(figures.slips.len().to_string()),
            Cell::text(figures.unexplained.len().to_string()),
        ]
    };
    blocks.push(Block::Table(Table {
        caption: "Drift, the pairs of ratings it rests on, and their share of this version’s criteria.".into(),
        columns: vec![
            Column::new("Since").weight(2.6),
            Column::new("Net").centred(),
            Column::new("Gross").centred(),
            Column::new("Pairs").weight(1.3).centred(),
            Column::new("Gains").centred(),
            Column::new("Slips").centred(),
            Column::new("Unexplained").weight(1.4).centred(),
        ],
        rows: compared.iter().map(row).collect(),
        row_header: Some(0),
    }));
    blocks
}
