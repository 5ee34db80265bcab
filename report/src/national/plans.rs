//! The improvement plans of all Practices in counts, and the support behind their scores; no text.

use super::{regions, scale::Scale};
use crate::{
    document::{Block, Cell, Column, Table},
    headings, say,
};
use framework::report::{NationalReport, PlanCounts};

/// One line a Practice, by name, with the score beside; for many Practices the regions.
pub(super) fn plans(report: &NationalReport, scale: Scale) -> Vec<Block> {
    if report.practices.is_empty() {
        return vec![];
    }
    let mut blocks = vec![
        Block::heading(1, headings::PLANS),
        Block::text(
            "The plans are shown as they stand when this report is made; overdue means that the day of an open action is over by then. A score also reflects the support behind it.",
        ),
    ];
    if scale.has_overview() {
        blocks.extend(together(report));
    }
    if scale.has_pages() {
        blocks.push(by_practice(report, scale));
    }
    let unanswered = (report.practices.iter())
        .filter(|practice| practice.plan.support.wanted > 0 && practice.plan.support.recorded == 0)
        .count();
    if unanswered > 0 {
        let practices = say::count(unanswered, "Practice", "Practices");
        blocks.push(Block::text(format!(
            "In {practices} support was wanted and none has been recorded."
        )));
    }
    blocks
}

/// Returns all plans in a sentence, and by region.
fn together(report: &NationalReport) -> Vec<Block> {
    let sum = |of: fn(&PlanCounts) -> usize| report.practices.iter().map(|p| of(&p.plan)).sum::<usize>();
    let (open, done, dropped) = (sum(|plan| plan.open), sum(|plan| plan.done), sum(|plan| plan.dropped));
    if open + done + dropped == 0 {
        return vec![Block::text("No Practice has an action in its plan.")];
    }
    let sentence = Block::text(format!(
        "Together the Practices have {}, {} of them overdue; {done} are done and {dropped} were dropped.",
        say::count(open, "open action", "open actions"),
        sum(|plan| plan.overdue),
    ));
    std::iter::once(sentence).chain(regions::plans(report)).collect()
}

fn by_practice(report: &NationalReport, scale: Scale) -> Block {
    let rows = report.practices.iter().map(|practice| {
        let plan = &practice.plan;
        let number = |n: usize| Cell::text(n.to_string());
        vec![
            scale.name(practice),
            say::score_cell(practice.overall.score),
            number(plan.open),
            number(plan.overdue),
            number(plan.done),
            number(plan.dropped),
            number(plan.support.wanted),
            number(plan.support.recorded),
            number(plan.support.rated),
            Cell::text(say::two(plan.support.mean)),
        ]
    });
    Block::Table(Table {
        caption: "Actions by Practice, and the support recorded since its assessment before: wanted by actions of earlier years, recorded, rated by the Practice, and the mean rating; under three ratings there is no mean.".into(),
        columns: vec![
            Column::new("Practice").weight(2.6),
            Column::new("Score").centred(),
            Column::new("Open").centred(),
            Column::new("Overdue").weight(1.2).centred(),
            Column::new("Done").centred(),
            Column::new("Dropped").weight(1.2).centred(),
            Column::new("Support wanted").weight(1.2).centred(),
            Column::new("Recorded").weight(1.3).centred(),
            Column::new("Rated").centred(),
            Column::new("Mean").centred(),
        ],
        rows: rows.collect(),
        row_header: Some(0),
    })
}

/// `Improvement plan: 3 open actions, 1 of them overdue, 2 done, 0 dropped.`
pub(super) fn sentence(plan: &PlanCounts) -> String {
    if plan.open + plan.done + plan.dropped == 0 {
        return "Improvement plan: no action.".to_owned();
    }
    format!(
        "Improvement plan: {}, {} of them overdue, {} done, {} dropped.",
        say::count(plan.open, "open action", "open actions"),
        plan.overdue,
        plan.done,
        plan.dropped,
    )
}
