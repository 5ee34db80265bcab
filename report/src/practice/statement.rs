//! What the Practice states on its moderated ratings.

use crate::{
    document::{Block, Inline},
    headings, markdown, say,
};
use framework::{
    lifecycle::Status,
    report::{PracticeReport, StatementLine},
};

/// Returns the statement, or that none was made; nothing before there is something to make one on, or where the record of an
/// earlier year has none.
pub(super) fn blocks(report: &PracticeReport) -> Vec<Block> {
    let said = match (&report.statement, report.status) {
        (Some(statement), _) => statement_blocks(statement),
        (None, Status::Moderated) => vec![Block::text(
            "The Practice has made no statement on the agreed ratings. It can until they are finalised.",
        )],
        (None, Status::Finalised) if !report.imported => {
            vec![Block::text("The Practice made no statement on the agreed ratings.")]
        }
        _ => return vec![],
    };
    let mut blocks = vec![Block::heading(1, headings::STATEMENT)];
    blocks.extend(said);
    blocks
}

fn statement_blocks(statement: &StatementLine) -> Vec<Block> {
    let lead = vec![
        Inline::strong(format!("{}.", statement.stance_name)),
        Inline::text(format!(
            " Stated on {}, before the ratings were finalised.",
            say::day(statement.day)
        )),
    ];
    let mut blocks = vec![Block::Paragraph(lead)];
    if let Some(words) = &statement.words {
        blocks.push(Block::text("In the Practice’s own words:"));
        blocks.extend(markdown::blocks(words.as_str(), 3));
    }
    blocks
}
