//! The improvement plan in a Practice's report, and the support behind its scores.

use crate::{
    document::{Block, Cell, Column, Inline, Table},
    headings, say,
};
use framework::{
    day,
    plan::{ActionStatus, Reply, carried_words},
    prose::Prose,
    report::{AskLine, PlanAsks, PlanLine, PracticeReport, SupportLine},
};

/// Returns the plan, the reasons for none, and the support.
pub(super) fn blocks(report: &PracticeReport) -> Vec<Block> {
    let plan = &report.plan;
    let mut blocks = vec![
        Block::heading(1, headings::PLAN),
        Block::text(format!(
            "The plan is shown as it stands when this report is made; overdue means that an open action was due before {}.",
            day::words(plan.day)
        )),
    ];
    blocks.extend(plan.asks.iter().flat_map(asks));
    if plan.actions.is_empty() {
        blocks.push(Block::text("There is no action in the plan."));
    } else {
        blocks.push(actions(&plan.actions));
    }
    if !plan.none.is_empty() {
        blocks.push(Block::Table(Table {
            caption: "Criteria that need an action, and why there is none.".into(),
            columns: vec![Column::new("Criterion").weight(2.0), Column::new("Reason").weight(3.0)],
            rows: (plan.none.iter())
                .map(|none| vec![Cell::text(none.title.clone()), prose(&none.reason)])
                .collect(),
            row_header: Some(0),
        }));
    }
    blocks.push(Block::heading(2, headings::SUPPORT));
    blocks.push(Block::text(say::support(&plan.support)));
    if !plan.support_given.is_empty() {
        blocks.push(support(&plan.support_given));
    }
    blocks
}

/// Returns what needs an action, in a sentence and, where something is missing, in a list.
fn asks(asks: &PlanAsks) -> Vec<Block> {
    let mut blocks = vec![Block::text(say::asks(asks))];
    let missing: Vec<&AskLine> = asks.lines.iter().filter(|line| line.reply == Reply::Missing).collect();
    if !missing.is_empty() {
        let lead = Inline::strong("Neither an action nor a reason yet:");
        blocks.push(Block::Paragraph(vec![lead]));
        let line = |ask: &&AskLine| {
            let why: Vec<String> = ask.why.iter().map(|why| say::lower_first(why)).collect();
            format!("{}: {}", ask.title, why.join("; "))
        };
        blocks.push(Block::bullets(missing.iter().map(line)));
    }
    blocks
}

fn actions(actions: &[PlanLine]) -> Block {
    let rows = actions.iter().map(|line| {
        vec![
            Cell::text(line.title.clone()),
            prose(&line.what),
            Cell::text(line.owner.clone()),
            Cell::text(day::words(line.by)),
            state(line),
            line.support.as_ref().map_or_else(|| Cell::text(say::NONE), prose),
        ]
    });
    Block::Table(Table {
        caption: "Actions: raised in this cycle, or carried into it.".into(),
        columns: vec![
            Column::new("Criterion").weight(2.0),
            Column::new("What").weight(2.4),
            Column::new("Who").weight(1.2),
            Column::new("By when").weight(1.1),
            Column::new("State").weight(2.3),
            Column::new("Support wanted").weight(1.3),
        ],
        rows: rows.collect(),
        row_header: Some(0),
    })
}

/// `Overdue`, or the state.
pub(super) fn status_label(line: &PlanLine) -> &'static str {
    match line.state {
        ActionStatus::Open if line.overdue => "Overdue",
        state => state.name(),
    }
}

/// `Overdue. Raised in 2024, carried over twice.`
fn state(line: &PlanLine) -> Cell {
    let mut content = vec![
        Inline::strong(status_label(line)),
        Inline::text(format!(". {}.", raised(line))),
    ];
    if let Some(closing) = &line.closing {
        content.push(Inline::text(" "));
        content.extend(crate::prose::inlines(closing.as_str()));
    }
    Cell::inlines(content)
}

/// `Raised in 2024, carried over twice`
pub(super) fn raised(line: &PlanLine) -> String {
    let carried = carried_words(line.carried).map(|words| format!(", {words}"));
    format!("Raised in {}{}", line.raised, carried.unwrap_or_default())
}

fn support(given: &[SupportLine]) -> Block {
    let rows = given.iter().map(|line| {
        let mut helped = match (line.helped, line.helped_name) {
            (Some(helped), Some(name)) => vec![Inline::text(format!("{} – {name}", helped.level()))],
            _ => vec![Inline::text("Not rated")],
        };
        if let Some(comment) = &line.comment {
            helped.push(Inline::text(". "));
            helped.extend(crate::prose::inlines(comment.as_str()));
        }
        vec![
            Cell::text(day::words(line.day)),
            prose(&line.what),
            Cell::text(
                line.about
                    .clone()
                    .unwrap_or_else(|| "The Practice as a whole".to_owned()),
            ),
            Cell::inlines(helped),
        ]
    });
    Block::Table(Table {
        caption: "Support recorded since the previous assessment, and how much it helped.".into(),
        columns: vec![
            Column::new("Day").weight(1.1),
            Column::new("What was done").weight(3.0),
            Column::new("For").weight(1.6),
            Column::new("How much it helped").weight(2.0),
        ],
        rows: rows.collect(),
        row_header: Some(0),
    })
}

/// People's text in a cell.
fn prose(text: &Prose) -> Cell {
    Cell::inlines(crate::prose::inlines(text.as_str()))
}
