//! A Practice's own years on one page, to share with its board: gains first.

mod beside;
mod moved;

use crate::{
    document::{Block, Cover, Document, Inline, Marks},
    say,
};
use framework::{
    plan::Reply,
    report::{AskLine, DriftFigures, PracticeReport, PracticeYears},
};

/// Returns the page as a document; charts are drawn for a text of `width` points
/// ([`crate::charts::PAPER`], [`crate::charts::SCREEN`]).
pub fn document(years: &PracticeYears, width: f32) -> Document {
    let report = &years.report;
    let title = report.practice.name.clone();
    let span = span(report);
    let subtitle = format!("History, {span}");
    let blocks = [
        vec![cover(report, &title, &subtitle)],
        moved::gains(report),
        moved::slips(report, width),
        beside::scores(years, width),
        beside::network(years),
        moved::drift(report),
        next(&years.next),
        say::definitions(),
    ];
    Document {
        subject: format!("Fidelity of {title} to the Pause Framework over the years"),
        reference: format!("{title} · its years · {span}"),
        title: format!("{title}, {span}"),
        subtitle,
        language: "en-GB".into(),
        author: "Pause fidelity".into(),
        created: None,
        blocks: blocks.into_iter().flatten().collect(),
    }
}

/// `2024 to 2026`
fn span(report: &PracticeReport) -> String {
    match report.history.first() {
        Some(first) if first.cycle != report.cycle => format!("{} to {}", first.cycle, report.cycle),
        _ => report.cycle.to_string(),
    }
}

fn cover(report: &PracticeReport, title: &str, subtitle: &str) -> Block {
    let assessments = report.history.iter().map(|point| point.cycle.as_str());
    let mut facts = vec![
        (
            "Finalised assessments".to_owned(),
            assessments.collect::<Vec<_>>().join(", "),
        ),
        ("Framework".to_owned(), format!("Version {}", report.version)),
        (
            "Overall score".to_owned(),
            match report.overall.score {
                Some(_) => format!(
                    "{} ({})",
                    say::score(report.overall.score),
                    say::band(report.overall.band)
                ),
                None => "No overall score".to_owned(),
            },
        ),
    ];
    if !report.practice.region.is_empty() {
        facts.insert(0, ("Region".to_owned(), report.practice.region.clone()));
    }
    Block::Cover(Cover {
        organisation: "Pause Framework fidelity".into(),
        title: title.to_owned(),
        subtitle: subtitle.to_owned(),
        facts,
        note: "This page supports and improves. It names no other Practice, and ranks none.".into(),
    })
}

/// Returns what the latest assessment is compared with, named; the first one only where it is not the previous one.
fn compared(report: &PracticeReport) -> Vec<(&'static str, &DriftFigures)> {
    let previous = report.drift.previous.as_ref();
    let baseline = report.drift.baseline.as_ref();
    let baseline = baseline.filter(|baseline| previous.is_none_or(|previous| previous.from != baseline.from));
    let previous = previous.map(|figures| ("the previous assessment", figures));
    previous
        .into_iter()
        .chain(baseline.map(|figures| ("the first assessment", figures)))
        .collect()
}

fn next(lines: &[AskLine]) -> Vec<Block> {
    let heading = Block::heading(1, "What to look at next");
    if lines.is_empty() {
        let none = "No core gap, no unexplained slip, and nothing at 3 or below without an action. Keep up what works, and share it.";
        return vec![heading, Block::text(none)];
    }
    let item = |line: &AskLine| {
        let reply = match line.reply {
            Reply::Action => " An action is in the plan.",
            Reply::NoAction => " The plan gives a reason for no action.",
            Reply::Missing => " Nothing in the plan yet.",
        };
        let why: Vec<String> = line.why.iter().map(|why| say::lower_first(why)).collect();
        vec![Block::Paragraph(vec![
            Inline::strong(line.title.clone()),
            Inline::text(format!(": {}.{reply}", why.join("; "))),
        ])]
    };
    vec![
        heading,
        Block::text(format!(
            "{} worth a closer look: core gaps first, then slips that nothing explains yet, then what is at 3 or below \
             without an action. One or two at a time is enough; support from National Pause can be asked for with each action.",
            say::count(lines.len(), "criterion is", "criteria are"),
        )),
        Block::List {
            marks: Marks::Bullets,
            items: lines.iter().map(item).collect(),
        },
    ]
}
