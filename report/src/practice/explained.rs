//! What a Practice's low ratings and slips are put down to, and its register beside the assessment.

use crate::{document::Block, explained, headings};
use framework::{
    day,
    report::{PracticeReport, Split},
};

/// Returns the four classes, and what was agreed.
pub(super) fn blocks(report: &PracticeReport, width: f32) -> Vec<Block> {
    let mut blocks = vec![Block::heading(1, headings::EXPLAINED)];
    let splits = splits(report);
    let baseline = report.drift.baseline.as_ref();
    let not_asked = baseline.and_then(|since| explained::not_asked(since.not_asked, since.from.as_str()));
    if splits.iter().all(|(_, split)| split.total() == 0) {
        blocks.push(Block::text(match &not_asked {
            Some(_) => "No criterion is rated below 4, and none slipped since the previous assessment.",
            None => "No criterion is rated below 4, and none slipped.",
        }));
    } else {
        blocks.extend(explained::chart(
            width,
            "Low ratings and slips, and what moderation put them down to",
            &splits,
        ));
    }
    blocks.extend(not_asked);
    let register = &report.register;
    if let Some(on) = register.day {
        let caption = format!(
            "What was agreed with National Pause, as it stood on {}.",
            day::words(on)
        );
        blocks.push(match explained::register(&caption, &[(None, register)]) {
            Some(table) => table,
            None => Block::text(format!("No adaptation was agreed by {}.", day::words(on))),
        });
    }
    blocks
}

fn splits(report: &PracticeReport) -> Vec<(String, Split)> {
    let below = std::iter::once(("Rated below 4".to_owned(), report.below));
    let since = |figures: &framework::report::DriftFigures| (format!("Slips since {}", figures.from), figures.split);
    let previous = report.drift.previous.as_ref();
    let baseline = report.drift.baseline.as_ref();
    let baseline = baseline.filter(|baseline| previous.is_none_or(|previous| previous.from != baseline.from));
    below.chain(previous.map(since)).chain(baseline.map(since)).collect()
}
