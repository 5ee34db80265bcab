//! A Practice's report as rows: one a criterion, with everything that was said on it.

use crate::{say, table};
use framework::report::{CitedItem, PracticeReport};

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
        "agreement_comment",
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
            text(&c.agreement_comment),
        ]
    });
    table::csv(&header, rows)
}

/// Items of evidence, a line each.
fn lines<'a>(items: impl Iterator<Item = &'a CitedItem>) -> String {
    let lines: Vec<String> = items.map(|item| format!("{} ({})", item.title, item.words())).collect();
    lines.join("\n")
}
