//! A Practice's report as rows: one a criterion, with everything that was said on it.

use super::plan;
use crate::{say, table};
use framework::{
    clarification::Thread,
    day,
    ids::CriterionId,
    local,
    prose::Prose,
    report::{CitedItem, PlanLine, PracticeCriterion, PracticeReport, Registered, StatementLine, SupportLine},
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
        "first_reviewer_rating",
        "first_reviewer_comment",
        "second_reviewer_rating",
        "second_reviewer_comment",
        "clarification_state",
        "clarification",
        "agreement_comment",
        "rests_on",
        "adaptations_in_force",
        "adaptations_over",
        "asks_for_action",
        "actions",
        "no_action_reason",
        "support",
        "statement",
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
        let reading = |index: usize| c.readings.get(index);
        let given = |place| level(reading(place).and_then(|reading| reading.rating));
        let why = |place| reading(place).map(|reading| text(&reading.comment)).unwrap_or_default();
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
            given(0),
            why(0),
            given(1),
            why(1),
            (c.clarification.as_ref()).map_or_else(String::new, |thread| thread.state.name().to_owned()),
            c.clarification.as_ref().map(messages).unwrap_or_default(),
            text(&c.agreement_comment),
            c.named.clone().unwrap_or_default(),
            covering(&report.register.in_force, c),
            covering(&report.register.expired, c),
            asks(report, &c.id),
            actions(report, Some(&c.id)),
            reason(report, &c.id),
            String::new(),
            String::new(),
        ]
    });
    table::csv(&header, rows.chain(whole(report, &header)))
}

/// Returns why a criterion needs an action.
fn asks(report: &PracticeReport, criterion: &CriterionId) -> String {
    let mut lines = report.plan.asks.iter().flat_map(|asks| &asks.lines);
    let ask = lines.find(|ask| ask.criterion == *criterion);
    ask.map(|ask| ask.why.join("; ")).unwrap_or_default()
}

/// Returns the actions on a criterion of this version, or on none of them, an empty line between them.
fn actions(report: &PracticeReport, criterion: Option<&CriterionId>) -> String {
    let here = report
        .plan
        .actions
        .iter()
        .filter(|line| line.here.as_ref() == criterion);
    let lines: Vec<String> = here.map(action).collect();
    lines.join("\n\n")
}

/// Returns an action with all that is known of it, a line each.
fn action(line: &PlanLine) -> String {
    let labelled = |label: &str, text: &Option<Prose>| text.as_ref().map(|text| format!("{label}: {text}"));
    let parts = [
        Some(format!("{}. {}.", plan::status_label(line), plan::raised(line))),
        Some(format!("What: {}", line.what)),
        Some(format!("Who: {}", line.owner)),
        Some(format!("By when: {}", day::iso(line.by))),
        labelled("Support wanted", &line.support),
        labelled("Closing", &line.closing),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join("\n")
}

fn reason(report: &PracticeReport, criterion: &CriterionId) -> String {
    let none = report.plan.none.iter().find(|none| none.criterion == *criterion);
    none.map(|none| none.reason.to_string()).unwrap_or_default()
}

/// Returns the Practice as a whole: support, its statement, and actions on criteria that this version does not have; no row without
/// any.
fn whole(report: &PracticeReport, header: &[&str]) -> Option<Vec<String>> {
    let support: Vec<String> = report.plan.support_given.iter().map(support).collect();
    let cells = [
        ("practice", report.practice.name.clone()),
        ("cycle", report.cycle.to_string()),
        ("version", report.version.to_string()),
        ("title", "The Practice as a whole".to_owned()),
        ("actions", actions(report, None)),
        ("support", support.join("\n\n")),
        (
            "statement",
            report.statement.as_ref().map(statement).unwrap_or_default(),
        ),
    ];
    let any = cells[4..].iter().any(|(_, text)| !text.is_empty());
    any.then(|| table::named(header, &cells))
}

/// Returns the statement with all that is known of it, a line each.
fn statement(line: &StatementLine) -> String {
    let words = line.words.as_ref().map(|words| format!("Words: {words}"));
    let parts = [
        Some(format!("{}.", line.stance_name)),
        Some(format!("Day: {}", day::iso(line.day))),
        words,
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join("\n")
}

/// Support with all that is known of it, a line each.
fn support(line: &SupportLine) -> String {
    let helped = line.helped.zip(line.helped_name);
    let parts = [
        Some(format!("Day: {}", day::iso(line.day))),
        Some(format!("What was done: {}", line.what)),
        line.about.as_ref().map(|about| format!("For: {about}")),
        helped.map(|(helped, name)| format!("How much it helped: {} – {name}", helped.level())),
        line.comment.as_ref().map(|comment| format!("Comment: {comment}")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join("\n")
}

/// Returns the messages of a thread, each with its side and day, an empty line between them.
fn messages(thread: &Thread) -> String {
    let messages = thread.messages.iter();
    let lines: Vec<String> = messages
        .map(|message| {
            format!(
                "{}, {}: {}",
                message.side.name(),
                say::day(local::date(message.at)),
                message.text
            )
        })
        .collect();
    lines.join("\n\n")
}

/// Returns the names of the adaptations that touch a criterion.
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
