//! A Practice's report as rows: one a criterion, with everything that was said on it.

use crate::{say, table};
use framework::{
    clarification::Thread,
    report::{CitedItem, PracticeCriterion, PracticeReport, Registered},
};

/// Every criterion with its ratings and texts, for spreadsheets. UTF-8 with BOM, so that Excel reads Welsh letters right.
pub fn csv(report: &PracticeReport) -> String {
    let header = [
        "practice",
        "cycle",
        "version",
        "element",
        "criterion",
        "title",
        "core",
        "self_rating",
        "review_rating",
        "agreed_rating",
        "used_rating",
        "source",
        "not_applicable_reason",
        "measure",
        "unit",
        "previous_rating",
        "drift",
        "explanation",
        "evidence",
        "evidence_cited",
        "evidence_expired",
        "comment",
        "adaptation",
        "review_comment",
        "review_question",
        "clarification_state",
        "clarification",
        "agreement_comment",
        "rests_on",
        "adaptations_in_force",
        "adaptations_over",
    ];
    let title = |id| {
        report
            .elements
            .iter()
            .find(|e| &e.score.element == id)
            .map(|e| e.title.clone())
            .unwrap_or_default()
    };
    let text = |prose: &Option<framework::prose::Prose>| prose.as_ref().map(ToString::to_string).unwrap_or_default();
    let level = |rating: Option<framework::rating::Rating>| rating.map(|r| r.to_string()).unwrap_or_default();
    let rows = report.criteria.iter().map(|c| {
        vec![
            report.practice.name.clone(),
            report.cycle.to_string(),
            report.version.to_string(),
            title(&c.element),
            c.id.to_string(),
            c.title.clone(),
            if c.core { "yes" } else { "no" }.to_owned(),
            level(c.self_rating),
            level(c.review_rating),
            level(c.agreed_rating),
            level(c.used),
            c.source.map(say::source).unwrap_or_default().to_owned(),
            text(&c.reason),
            c.measure.map(|m| m.to_string()).unwrap_or_default(),
            c.unit.clone().unwrap_or_default(),
            level(c.previous),
            c.d.map(|d| d.to_string()).unwrap_or_default(),
            c.class.map(|class| class.name()).unwrap_or_default().to_owned(),
            text(&c.evidence),
            lines(c.cited.iter()),
            lines(c.cited.iter().filter(|item| item.expired)),
            text(&c.comment),
            text(&c.adaptation),
            text(&c.review_comment),
            text(&c.review_question),
            (c.clarification.as_ref()).map_or_else(String::new, |thread| thread.state.name().to_owned()),
            c.clarification.as_ref().map(messages).unwrap_or_default(),
            text(&c.agreement_comment),
            c.named.clone().unwrap_or_default(),
            covering(&report.register.in_force, c),
            covering(&report.register.expired, c),
        ]
    });
    table::csv(&header, rows)
}

/// The messages of a thread, each with its side and day, an empty line between them.
fn messages(thread: &Thread) -> String {
    let messages = thread.messages.iter();
    let lines: Vec<String> = messages
        .map(|message| {
            format!(
                "{}, {}: {}",
                message.side.name(),
                say::day(message.at.date()),
                message.text
            )
        })
        .collect();
    lines.join("\n\n")
}

/// The names of the adaptations that touch a criterion.
fn covering(adaptations: &[Registered], criterion: &PracticeCriterion) -> String {
    let touch = |one: &&Registered| one.criteria.iter().any(|covered| covered.id == criterion.id);
    let titles: Vec<&str> = adaptations.iter().filter(touch).map(|one| one.title.as_str()).collect();
    titles.join("; ")
}

/// Items of evidence, a line each.
fn lines<'a>(items: impl Iterator<Item = &'a CitedItem>) -> String {
    let lines: Vec<String> = items.map(|item| format!("{} ({})", item.title, item.words())).collect();
    lines.join("\n")
}
