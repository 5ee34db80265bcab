//! Sentences that both reports share.

use super::statement::{Statement, Value, sentence};
use crate::{explained, say};
use framework::{agreement::Agreement, report::EvidenceUse, report::Split};

/// Names in one sentence, at most: more are not read.
pub(super) const NAMED: usize = 3;

/// Returns a title in quotation marks, which leads to a heading.
pub(super) fn title(title: &str, pointer: String, heading: &str) -> Statement {
    let title = Value::Text(title.to_owned()).at(pointer, heading);
    sentence("“").shown(title).then("”")
}

/// `: “A” and “B”`, or `, among them “A”, “B” and “C”` where there are more than are named.
pub(super) fn named(statement: Statement, titles: Vec<Statement>) -> Statement {
    let before = if titles.len() > NAMED { ", among them " } else { ": " };
    statement.then(before).listed(titles.into_iter().take(NAMED))
}

/// That there is no figure, and why.
pub(super) fn no_figure(lead: Statement, why: Option<&String>, pointer: &str, heading: &str) -> Option<Statement> {
    let why = Value::Text(why?.clone()).at(pointer, heading);
    Some(lead.then(" ").shown(why))
}

/// Whether ratings moved up or down on average, as far as two decimals show it.
pub(super) fn direction(net: f64) -> Option<&'static str> {
    match say::change(Some(net)).chars().next() {
        Some('+') => Some("up"),
        Some('−') => Some("down"),
        _ => None,
    }
}

/// Returns the largest of `items` times `sign`, with all that read the same; nothing where too many do to be named.
pub(super) fn largest(items: &[(f64, Statement)], sign: f64, reads: fn(Option<f64>) -> String) -> Vec<Statement> {
    let Some((most, _)) = items.iter().max_by(|(a, _), (b, _)| (a * sign).total_cmp(&(b * sign))) else {
        return vec![];
    };
    let same = items
        .iter()
        .filter(|(item, _)| reads(Some(*item)) == reads(Some(*most)));
    let same: Vec<Statement> = same.map(|(_, words)| words.clone()).collect();
    if same.len() > NAMED { vec![] } else { same }
}

/// Where the largest rise and the largest fall are: `the largest rise is in “A” (+0.50)`.
pub(super) fn moves(lead: &str, items: &[(f64, Statement)]) -> Option<Statement> {
    let toward = |way: &str| -> Vec<(f64, Statement)> {
        let that_way = items.iter().filter(|(change, _)| direction(*change) == Some(way));
        that_way.cloned().collect()
    };
    let side = |way, sign, words: &str| {
        let most = largest(&toward(way), sign, say::change);
        (!most.is_empty()).then(|| sentence(format!("the largest {words} is in ")).listed(most))
    };
    let sides: Vec<Statement> = [side("up", 1.0, "rise"), side("down", -1.0, "fall")]
        .into_iter()
        .flatten()
        .collect();
    (!sides.is_empty()).then(|| sentence(format!("{lead}, ")).listed(sides).then("."))
}

/// Returns what low ratings or slips are put down to: `3 are agreed and consistent and 1 is not yet explained.`
pub(super) fn put_down(statement: Statement, split: &Split, at: &str, heading: &str) -> Statement {
    let part = |(class, said, n): (framework::assessment::AdaptationClass, &str, usize)| {
        let figure = Value::Count(n).at(format!("{at}/{}", class.code()), heading);
        let verb = if n == 1 { "is" } else { "are" };
        figure.then(format!(" {verb} {said}"))
    };
    statement.listed(explained::given(split).map(part)).then(".")
}

/// Returns how often self-rating and review are the same, and to which side they lean.
pub(super) fn agreement(agreement: &Agreement, heading: &str) -> Option<Statement> {
    let (Some(exact), Some(bias)) = (agreement.exact, agreement.bias) else {
        let lead = sentence("How self-rating and review agree cannot be told.");
        return no_figure(lead, agreement.why.as_ref(), "/agreement/why", heading);
    };
    let n = Value::Count(agreement.n as usize).at("/agreement/n", heading);
    let pairs = n.of("pair of ratings", "pairs of ratings");
    if exact == 1.0 {
        return Some(
            sentence("Self-rating and review are the same on every one of ")
                .shown(pairs)
                .then("."),
        );
    }
    let share = Value::Share(exact).at("/agreement/exact", heading);
    let same = sentence("Self-rating and review are the same on ")
        .shown(share)
        .then(" of ")
        .shown(pairs);
    let size = Value::Size(bias).at("/agreement/bias", heading);
    Some(match direction(bias) {
        Some("up") => same
            .then("; the self-ratings are higher by ")
            .shown(size)
            .then(" on average."),
        Some(_) => same
            .then("; the self-ratings are lower by ")
            .shown(size)
            .then(" on average."),
        None => same.then("; on average neither side rates higher."),
    })
}

/// Returns how often they are within one level.
pub(super) fn within_one(agreement: &Agreement, heading: &str) -> Option<Statement> {
    let share = agreement.within_one.filter(|_| agreement.exact != Some(1.0))?;
    let share = Value::Share(share).at("/agreement/within_one", heading);
    Some(sentence("They lie within one level on ").shown(share).then("."))
}

/// Kappa; nothing where there is none, or both sides gave the same throughout.
pub(super) fn kappa(agreement: &Agreement, heading: &str) -> Option<Statement> {
    let kappa = agreement.kappa.filter(|_| agreement.exact != Some(1.0))?;
    let kappa = Value::Two(kappa).at("/agreement/kappa", heading);
    Some(sentence("Beyond chance, agreement by kappa is ").shown(kappa).then("."))
}

/// AC2 with its interval, and that it tells little where most pairs are within one level.
pub(super) fn beyond_chance(agreement: &Agreement, heading: &str) -> Option<Statement> {
    let (ac2, interval) = (agreement.ac2?, say::interval(agreement)?);
    let chance = match agreement.ac2_low {
        Some(low) if low <= 0.0 => ", which does not rule out chance.",
        _ if say::ac2_tells_little(agreement) => ", which tells little where most pairs lie within one level.",
        _ => ".",
    };
    let statement = sentence("By AC2 it is ").shown(Value::Two(ac2).at("/agreement/ac2", heading));
    let interval = Value::Interval(interval).at("/agreement", heading);
    Some(
        statement
            .then("; the 95\u{a0}% interval is ")
            .shown(interval)
            .then(chance),
    )
}

/// Returns how often two reviewers gave the same rating; `lead` says where two reviewed.
pub(super) fn reviewers(agreement: &Agreement, lead: &str, heading: &str) -> Option<Statement> {
    let at = |field: &str| format!("/reviewers_agreement/{field}");
    let Some(exact) = agreement.exact else {
        let lead = sentence(format!("{lead} how they agree cannot be told."));
        return no_figure(lead, agreement.why.as_ref(), &at("why"), heading);
    };
    let pairs = Value::Count(agreement.n as usize).at(at("n"), heading);
    let pairs = pairs.of("pair of ratings", "pairs of ratings");
    if exact == 1.0 {
        return Some(
            sentence(format!("{lead} they agree on every one of "))
                .shown(pairs)
                .then("."),
        );
    }
    let share = Value::Share(exact).at(at("exact"), heading);
    Some(
        sentence(format!("{lead} they agree exactly on "))
            .shown(share)
            .then(" of ")
            .shown(pairs)
            .then("."),
    )
}

/// Returns how often evidence is cited, and how often it should have been looked at again by then.
pub(super) fn evidence(evidence: &EvidenceUse, heading: &str) -> Option<Statement> {
    let cited = Value::Count(evidence.citations)
        .at("/evidence/citations", heading)
        .of("time", "times");
    let expired = Value::Count(evidence.expired).at("/evidence/expired", heading);
    let statement = sentence("Evidence is cited ").shown(cited);
    (evidence.citations > 0).then(|| match evidence.expired {
        0 => statement.then(", never past its review-by day."),
        _ => statement
            .then(", ")
            .shown(expired)
            .then(" of them past its review-by day."),
    })
}
