//! The rules for what moved in a Practice, and on how much that rests.

use super::super::{
    Shown, Statement, Value,
    parts::{self, direction, no_figure, title},
    statement::sentence,
};
use crate::headings::{self, DRIFT};
use framework::report::{DriftFigures, Moved, PracticeReport};

/// Fewer pairs than this are few.
const FEW_PAIRS: usize = 10;
/// Below this share of the criteria, drift speaks for a part of the framework.
const PART: f64 = 0.5;

/// Returns the drift since the previous assessment, if it is a figure.
pub(super) fn previous(report: &PracticeReport) -> Option<(&DriftFigures, f64)> {
    let figures = report.drift.previous.as_ref()?;
    Some((figures, figures.net?))
}

/// Returns a figure of the drift since the previous assessment.
pub(super) fn of_previous(value: Value, field: &str) -> Shown {
    value.at(format!("/drift/previous/{field}"), DRIFT)
}

fn cycle(figures: &DriftFigures, since: &str) -> Shown {
    Value::Text(figures.from.to_string()).at(format!("/drift/{since}/from"), DRIFT)
}

pub(super) fn since_previous(report: &PracticeReport) -> Option<Statement> {
    let Some(figures) = &report.drift.previous else {
        return no_figure(
            sentence("Drift cannot be told yet."),
            report.drift.why.as_ref(),
            "/drift/why",
            DRIFT,
        );
    };
    let (Some(net), Some(gross)) = (figures.net, figures.gross) else {
        let lead = sentence("There is no figure since ")
            .shown(cycle(figures, "previous"))
            .then(".");
        return no_figure(lead, figures.why.as_ref(), "/drift/previous/why", DRIFT);
    };
    let since = sentence("Since ").shown(cycle(figures, "previous"));
    let (shown_net, gross) = (
        of_previous(Value::Change(net), "net"),
        of_previous(Value::Two(gross), "gross"),
    );
    if figures.gains.is_empty() && figures.slips.is_empty() {
        let net = since.then(", no rating moved: net drift is ").shown(shown_net);
        return Some(net.then(" and gross drift ").shown(gross).then("."));
    }
    let moved = match direction(net) {
        Some(way) => since.then(format!(", ratings moved {way} on average: net drift is ")),
        None => since.then(", rises and falls cancel out: net drift is "),
    };
    let moved = moved
        .shown(shown_net)
        .then(". Counted in either direction, they moved by ");
    Some(moved.shown(gross).then(" (gross drift)."))
}

pub(super) fn gains_and_slips(report: &PracticeReport) -> Option<Statement> {
    let (figures, _) = previous(report)?;
    let said = |n, none, one, many| match n {
        0 => none,
        1 => one,
        _ => many,
    };
    let (gains, slips) = (figures.gains.len(), figures.slips.len());
    let rose = of_previous(Value::Count(gains), "gains")
        .of("rating", "ratings")
        .first();
    let rose = rose.then(said(gains, " rose", " rose (a gain)", " rose (gains)"));
    let fell = of_previous(Value::Count(slips), "slips").or_none();
    let fell = fell.then(said(slips, " fell", " fell (a slip)", " fell (slips)"));
    (gains + slips > 0).then(|| Statement::default().listed([rose, fell]).then("."))
}

pub(super) fn largest_gain(report: &PracticeReport) -> Option<Statement> {
    largest(&previous(report)?.0.gains, "gain", "gains")
}

pub(super) fn largest_slip(report: &PracticeReport) -> Option<Statement> {
    largest(&previous(report)?.0.slips, "slip", "slips")
}

/// Returns the criterion that moved most, where it is one.
fn largest(moved: &[Moved], one: &str, many: &str) -> Option<Statement> {
    let most = moved.iter().map(|m| m.d.abs()).max();
    let mut largest = moved.iter().enumerate().filter(|(_, m)| Some(m.d.abs()) == most);
    let (Some((i, largest)), None) = (largest.next(), largest.next()) else {
        return None;
    };
    let lead = if moved.len() == 1 { "The " } else { "The largest " };
    let at = |field: &str| format!("{many}/{i}/{field}");
    let name = title(
        &largest.title,
        format!("/drift/previous/{}", at("title")),
        &headings::criterion(&largest.criterion),
    );
    let statement = sentence(format!("{lead}{one} is on ")).listed([name]);
    let from = of_previous(Value::Rating(largest.from), &at("from"));
    let to = of_previous(Value::Rating(largest.to), &at("to"));
    Some(statement.then(", from ").shown(from).then(" to ").shown(to).then("."))
}

pub(super) fn elements(report: &PracticeReport) -> Option<Statement> {
    let moved = report.elements.iter().enumerate().filter_map(|(i, element)| {
        let drift = element.drift.previous.as_ref()?;
        let at = |field: &str| format!("/elements/{i}/{field}");
        let net = Value::Change(drift.net?).at(at("drift/previous/net"), DRIFT);
        let pairs = Value::Count(drift.pairs)
            .at(at("drift/previous/pairs"), DRIFT)
            .of("pair", "pairs");
        let words = title(&element.title, at("title"), DRIFT)
            .then(" (")
            .shown(net)
            .then(" on ")
            .shown(pairs);
        Some((drift.net?, words.then(")")))
    });
    parts::moves("Among the elements", &moved.collect::<Vec<_>>())
}

pub(super) fn since_baseline(report: &PracticeReport) -> Option<Statement> {
    let figures = report.drift.baseline.as_ref()?;
    if report
        .drift
        .previous
        .as_ref()
        .is_some_and(|previous| previous.from == figures.from)
    {
        return None;
    }
    let Some(net) = figures.net else {
        let first = cycle(figures, "baseline");
        let lead = sentence("There is no figure since the first assessment, in ")
            .shown(first)
            .then(".");
        return no_figure(lead, figures.why.as_ref(), "/drift/baseline/why", DRIFT);
    };
    let of = |value: Value, field: &str| value.at(format!("/drift/baseline/{field}"), DRIFT);
    let moved = match direction(net) {
        Some(way) => format!(", ratings moved {way} on average: net drift is "),
        None => ", ratings moved neither up nor down on average: net drift is ".to_owned(),
    };
    let pairs = of(Value::Count(figures.pairs), "pairs").of("pair", "pairs");
    let since = sentence("Since the first assessment, in ").shown(cycle(figures, "baseline"));
    let net = since.then(moved).shown(of(Value::Change(net), "net"));
    Some(net.then(" on ").shown(pairs).then("."))
}

pub(super) fn pairs(report: &PracticeReport) -> Option<Statement> {
    let (figures, _) = previous(report)?;
    let share = figures.comparable_share?;
    let criteria = of_previous(Value::Count(figures.pairs), "pairs").of("criterion", "criteria");
    let version = Value::Text(report.version.to_string()).at("/version", DRIFT);
    let statement = sentence("Drift since the previous assessment rests on ").shown(criteria);
    let statement = statement
        .then(" rated in both, ")
        .shown(of_previous(Value::Share(share), "comparable_share"));
    let statement = statement.then(" of version ").shown(version);
    let statement = match figures.from_version == report.version {
        true => statement,
        false => {
            let before = Value::Text(figures.from_version.to_string());
            statement
                .then("; the assessment before was made under version ")
                .shown(of_previous(before, "from_version"))
        }
    };
    Some(statement.then(match () {
        () if figures.pairs < FEW_PAIRS => ". That is few, so each rating weighs heavily.",
        () if share < PART => ". That is less than half, so it speaks for a part of the framework.",
        () => ".",
    }))
}

pub(super) fn elements_too_few(report: &PracticeReport) -> Option<Statement> {
    previous(report)?;
    let without = |why: &Option<String>| why.is_some();
    let elements = report.elements.iter().filter_map(|e| e.drift.previous.as_ref());
    let n = elements.filter(|drift| without(&drift.why)).count();
    let count = Value::Having(n)
        .at("/elements/*/drift/previous/why", DRIFT)
        .of("element", "elements");
    let has = if count.is_one() { "has" } else { "have" };
    (n > 0).then(|| {
        count
            .first()
            .then(format!(" {has} too few pairs to be compared alone."))
    })
}
