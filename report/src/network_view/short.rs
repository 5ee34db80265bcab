//! The network in a few sentences.

use super::{Line, NetworkView};
use crate::{document::Block, headings, say};
use framework::{explore::Column, network::Shift};

/// Returns what moved, over how many Practices, and what explains it.
pub(super) fn blocks(view: &NetworkView) -> Vec<Block> {
    let latest = view.latest();
    let lines = view.lines();
    let Some(whole) = latest.columns.last() else {
        return vec![];
    };
    let mut sentences = vec![level(latest.cycle.as_str(), latest.practices, whole)];
    if let Some(from) = &latest.from {
        sentences.push(say::network_drift(from.as_str(), &whole.drift));
        sentences.extend(spread(&lines));
        sentences.push(ratings(from.as_str(), whole));
    }
    vec![Block::heading(1, headings::IN_SHORT), Block::bullets(sentences)]
}

fn level(cycle: &str, practices: usize, whole: &Column) -> String {
    let practices = say::count(practices, "Practice has", "Practices have");
    format!(
        "In {cycle}, {practices} a finalised assessment. {}",
        say::standing(&whole.levels)
    )
}

/// Where Practices move apart, and where they come together; nothing where no spread is known in both cycles.
fn spread(lines: &[Line]) -> Option<String> {
    let latest = || {
        lines
            .iter()
            .filter_map(|line| Some((line.title, &(*line.columns.last()?)?.shift)))
    };
    latest().find(|(_, shift)| shift.spread_change.is_some())?;
    let those = |holds: fn(&Shift) -> bool| -> Option<String> {
        let titles = latest().filter(|(_, shift)| holds(shift)).map(|(title, _)| title);
        let titles: Vec<&str> = titles.collect();
        (!titles.is_empty()).then(|| titles.join("; "))
    };
    let widening = those(|shift| shift.widening).map(|titles| format!("Practices move apart (▲) in: {titles}."));
    let narrowing = those(Shift::is_narrowing).map(|titles| format!("They come together (▼) in: {titles}."));
    let none = "In no element did Practices move apart or together by 0.5 or more.";
    Some(match (widening, narrowing) {
        (None, None) => none.to_owned(),
        (widening, narrowing) => [widening, narrowing]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" "),
    })
}

fn ratings(from: &str, whole: &Column) -> String {
    let drift = &whole.drift;
    if drift.pairs == 0 {
        return format!("No rating can be compared with {from}.");
    }
    // between cycles that follow each other moderation was asked about every slip
    format!(
        "Agreed adaptations explain {} of {}; {} unplanned or not yet explained.",
        drift.explained(),
        say::count(drift.slips, "slip", "slips"),
        say::count(drift.unexplained, "is", "are"),
    )
}
