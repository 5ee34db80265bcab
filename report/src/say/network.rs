//! How the network drifted, in a sentence: the one that the explorer, the network's page and both reports use.

use super::{change, count};
use framework::{network::NetworkDrift, score::TOLERANCE};

/// Returns what moved since a cycle, how sure that is, and what it rests on.
pub fn network_drift(from: &str, drift: &NetworkDrift) -> String {
    let (Some(net), Some(direction)) = (drift.net, drift.direction) else {
        return format!("Since {from}: {}", drift.why.as_deref().unwrap_or("no figure."));
    };
    let interval = drift_interval(drift).map(|ends| format!(", 95\u{a0}% interval {ends}"));
    format!(
        "Since {from}, ratings {}: network drift is {}{}{}. It rests on {} and {}: {}, {}.",
        direction.name(),
        change(Some(net)),
        interval.unwrap_or_default(),
        chance(drift),
        count(drift.practices, "Practice", "Practices"),
        count(drift.pairs, "pair of ratings", "pairs of ratings"),
        count(drift.gains, "gain", "gains"),
        count(drift.slips, "slip", "slips"),
    )
}

/// Network drift's 95 % interval: `−0.13 to +0.17`; nothing where there is none.
pub fn drift_interval(drift: &NetworkDrift) -> Option<String> {
    let [low, high] = drift.interval()?.map(|end| super::signed(Some(end)));
    Some(format!("{low} to {high}"))
}

/// `, which may be chance` where the interval holds 0.
pub(crate) fn chance(drift: &NetworkDrift) -> &'static str {
    match drift.may_be_chance {
        Some(true) if drift.net.is_some_and(|net| net.abs() > TOLERANCE) => ", which may be chance",
        _ => "",
    }
}
