//! The rules for what moved in the network, and on how much that rests.

use super::super::{
    Shown, Statement, Value,
    parts::{self, NAMED, direction, largest, named, no_figure, title},
    statement::sentence,
};
use super::practices;
use crate::{
    headings::{NETWORK, SLIPS},
    say,
};
use framework::{
    network::{Shift, WIDENING},
    report::{NationalElement, NationalReport},
    score::at_least,
};

/// Returns the elements with a figure of theirs: `“Small caseloads” (3.4)`.
fn each(
    report: &NationalReport,
    figure: impl Fn(&NationalElement) -> Option<(Value, f64, &'static str)>,
) -> Vec<(f64, Statement)> {
    let elements = report.elements.iter().enumerate();
    let words = elements.filter_map(|(i, element)| {
        let (value, number, field) = figure(element)?;
        let at = |field: &str| format!("/elements/{i}/{field}");
        let name = title(&element.title, at("title"), NETWORK);
        Some((number, name.then(" (").shown(value.at(at(field), NETWORK)).then(")")))
    });
    words.collect()
}

pub(super) fn medians(report: &NationalReport) -> Option<Statement> {
    let medians = each(report, |element| {
        let median = element.levels.median?;
        Some((Value::Score(median), median, "median"))
    });
    let ends = [("highest in ", 1.0), ("lowest in ", -1.0)];
    let [high, low] = ends.map(|(words, sign)| (words, largest(&medians, sign, say::score)));
    if high.1 == low.1 {
        return None;
    }
    let ends = [high, low].into_iter().filter(|(_, most)| !most.is_empty());
    let ends = ends.map(|(words, most)| sentence(words).listed(most));
    Some(sentence("Among the elements, the median is ").listed(ends).then("."))
}

fn previous_cycle(report: &NationalReport) -> Option<Shown> {
    let cycle = report.previous_cycle.as_ref()?;
    Some(Value::Text(cycle.to_string()).at("/previous_cycle", NETWORK))
}

pub(super) fn since_previous(report: &NationalReport) -> Option<Statement> {
    if report.practices.is_empty() {
        return None;
    }
    let drift = &report.overall.drift;
    let why = |lead| no_figure(lead, drift.why.as_ref(), "/overall/drift/why", NETWORK);
    let Some(cycle) = previous_cycle(report) else {
        return why(sentence("How the network moved cannot be told yet."));
    };
    let (Some(net), Some(direction)) = (drift.net, drift.direction) else {
        return why(sentence("There is no figure since ").shown(cycle).then("."));
    };
    let moved = format!(", ratings {}: network drift is ", direction.name());
    let net = Value::Change(net).at("/overall/drift/net", NETWORK);
    let statement = sentence("Since ").shown(cycle).then(moved).shown(net);
    let statement = match say::drift_interval(drift) {
        None => statement,
        Some(ends) => {
            let ends = Value::DriftInterval(ends).at("/overall/drift", NETWORK);
            statement.then(", 95\u{a0}% interval ").shown(ends)
        }
    };
    Some(statement.then(format!("{}.", say::chance(drift))))
}

/// Returns what network drift rests on.
pub(super) fn rests_on(report: &NationalReport) -> Option<Statement> {
    let drift = &report.overall.drift;
    drift.net?;
    let count = |n: usize, field: &str| Value::Count(n).at(format!("/overall/drift/{field}"), NETWORK);
    let statement = sentence("It rests on ")
        .shown(practices(drift.practices, "/overall/drift/practices"))
        .then(" and ")
        .shown(count(drift.pairs, "pairs").of("pair of ratings", "pairs of ratings"))
        .then(": ");
    let gains = count(drift.gains, "gains").of("gain", "gains");
    let slips = count(drift.slips, "slips").of("slip", "slips");
    Some(statement.shown(gains).then(", ").shown(slips).then("."))
}

pub(super) fn spread(report: &NationalReport) -> Option<Statement> {
    let shift = &report.overall.shift;
    let change = shift.spread_change?;
    let words = match direction(change) {
        Some("up") => "The spread of the overall scores, the distance between their quartiles, grew: ",
        Some(_) => "The spread of the overall scores, the distance between their quartiles, shrank: ",
        None => "The spread of the overall scores, the distance between their quartiles, stayed the same: ",
    };
    let widening = if shift.widening {
        ", which counts as widening."
    } else {
        "."
    };
    let change = Value::Spread(change).at("/overall/spread_change", NETWORK);
    Some(sentence(words).shown(change).then(widening))
}

pub(super) fn elements(report: &NationalReport) -> Option<Statement> {
    let moved = each(report, |element| {
        let drift = element.drift.net?;
        Some((Value::Change(drift), drift, "drift/net"))
    });
    parts::moves("Among the elements", &moved)
}

/// Returns the elements whose spread changed in a way.
fn spreads(report: &NationalReport, changed: fn(f64, &Shift) -> bool) -> Vec<(f64, Statement)> {
    each(report, |element| {
        let change = element
            .shift
            .spread_change
            .filter(|change| changed(*change, &element.shift))?;
        Some((Value::Spread(change), change, "spread_change"))
    })
}

pub(super) fn widening(report: &NationalReport) -> Option<Statement> {
    if spreads(report, |_, _| true).is_empty() {
        return None;
    }
    let widening = spreads(report, |_, shift| shift.widening);
    let count = Value::Having(widening.len())
        .at("/elements/*/widening", NETWORK)
        .of("element", "elements");
    let statement = sentence(format!("The spread grew by {WIDENING} or more in ")).shown(count);
    let names: Vec<Statement> = widening.into_iter().map(|(_, words)| words).collect();
    Some(if names.is_empty() {
        statement.then(".")
    } else {
        named(statement, names).then(".")
    })
}

pub(super) fn narrowing(report: &NationalReport) -> Option<Statement> {
    let narrowing = spreads(report, |change, _| at_least(-change, WIDENING));
    let most = largest(&narrowing, -1.0, say::spread_change);
    (!most.is_empty()).then(|| sentence("It narrowed most in ").listed(most).then("."))
}

pub(super) fn most_slipped(report: &NationalReport) -> Option<Statement> {
    let most = report.criteria.iter().map(|c| c.slips).max().filter(|most| *most > 0)?;
    let slipped = report.criteria.iter().enumerate().filter(|(_, c)| c.slips == most);
    let names = slipped.map(|(i, criterion)| {
        let at = |field: &str| format!("/criteria/{i}/{field}");
        let count = Value::Count(criterion.slips)
            .at(at("slips"), SLIPS)
            .of("Practice", "Practices");
        let unexplained = Value::Count(criterion.unexplained).at(at("unexplained"), SLIPS);
        let name = title(&criterion.title, at("title"), SLIPS).then(" (").shown(count);
        match criterion.unexplained {
            0 => name.then(", all explained)"),
            _ => name.then(", ").shown(unexplained).then(" unexplained)"),
        }
    });
    let names: Vec<Statement> = names.collect();
    let lead = match names.len() {
        1 => "The criterion that slipped in most Practices is ",
        2..=NAMED => "The criteria that slipped in most Practices are ",
        _ => return None,
    };
    Some(sentence(lead).listed(names).then("."))
}

pub(super) fn comparable(report: &NationalReport) -> Option<Statement> {
    let cycle = previous_cycle(report).filter(|_| !report.practices.is_empty())?;
    let n = report.criteria.iter().filter(|c| c.shift.in_both > 0).count();
    let compared = Value::Having(n).at("/criteria/*/in_both", NETWORK).or_none();
    let all = Value::Count(report.criteria.len())
        .at("/criteria", NETWORK)
        .of("criterion", "criteria");
    let version = Value::Text(report.version.to_string()).at("/version", NETWORK);
    let statement = sentence("Of the ")
        .shown(all)
        .then(" of version ")
        .shown(version)
        .then(", ")
        .shown(compared);
    Some(statement.then(" can be compared with ").shown(cycle).then("."))
}

pub(super) fn in_both(report: &NationalReport) -> Option<Statement> {
    let (n, drift) = (report.practices.len(), &report.overall.drift);
    drift.net?;
    let both = Value::Count(drift.practices).at("/overall/drift/practices", NETWORK);
    let statement = sentence("Network drift rests on ").shown(both).then(" of the ");
    let statement = statement.shown(practices(n, "/practices"));
    (drift.practices * 2 < n).then(|| statement.then(" with a finalised assessment: less than half."))
}
