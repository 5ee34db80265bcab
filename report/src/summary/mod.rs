//! The summary at the top of each report: sentences in plain English, made by rules from the figures.
//!
//! A rule is a function from a report to a [`Statement`], or to nothing where it has nothing to say; [`practice`] and
//! [`national`] list theirs in order, under what they answer. Every figure in a sentence names the place in the report it
//! comes from, and is a link to where it stands; `report/tests/summary.rs` holds each against its place.

mod national;
mod parts;
mod practice;
mod statement;

pub use statement::{Shown, Statement, Value};

use crate::{
    document::{Block, Cell, Column, Inline, Table},
    headings,
    palette::Fill,
};
use framework::report::{NationalReport, PracticeReport};

/// What is said on one report.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// The figures to see first.
    pub tiles: Vec<Tile>,
    /// The sentences.
    pub topics: Vec<Topic>,
}

/// A figure to see first.
#[derive(Clone, Debug, PartialEq)]
pub struct Tile {
    /// What it is.
    pub label: &'static str,
    /// The figure.
    pub figure: Shown,
    /// Its colour.
    pub fill: Fill,
}

/// What is said on one question.
#[derive(Clone, Debug, PartialEq)]
pub struct Topic {
    /// The question, in few words.
    pub lead: &'static str,
    /// The sentences.
    pub statements: Vec<Statement>,
}

/// One sentence's rule.
type Rule<R> = fn(&R) -> Option<Statement>;

/// Rules under what they answer, in order.
type Rules<R> = [(&'static str, &'static [Rule<R>])];

/// Returns the summary of a Practice's report.
pub fn of_practice(report: &PracticeReport) -> Summary {
    Summary {
        tiles: practice::tiles(report),
        topics: topics(&practice::RULES, report),
    }
}

/// Returns the summary of the national report.
pub fn of_network(report: &NationalReport) -> Summary {
    Summary {
        tiles: national::tiles(report),
        topics: topics(&national::RULES, report),
    }
}

/// Returns what the rules have to say; topics on which they have nothing are left out.
fn topics<R>(rules: &Rules<R>, report: &R) -> Vec<Topic> {
    let topic = |(lead, rules): &(&'static str, &[Rule<R>])| Topic {
        lead,
        statements: rules.iter().filter_map(|rule| rule(report)).collect(),
    };
    let topics = rules.iter().map(topic);
    topics.filter(|topic| !topic.statements.is_empty()).collect()
}

impl Summary {
    /// Returns all sentences, in order.
    pub fn statements(&self) -> impl Iterator<Item = &Statement> {
        self.topics.iter().flat_map(|topic| &topic.statements)
    }

    /// Returns the summary as a section of a document.
    pub fn blocks(&self) -> Vec<Block> {
        self.blocks_with([])
    }

    /// Returns the same with more after the first topic.
    pub(crate) fn blocks_with(&self, after_first: impl IntoIterator<Item = Block>) -> Vec<Block> {
        let heading = Block::heading(1, headings::IN_SHORT);
        let tiles = (!self.tiles.is_empty()).then(|| tiles(&self.tiles));
        let mut topics = self.topics.iter().map(Topic::paragraph);
        let mut blocks: Vec<Block> = std::iter::once(heading).chain(tiles).chain(topics.next()).collect();
        blocks.extend(after_first);
        blocks.extend(topics);
        blocks
    }
}

impl Topic {
    /// Returns the lead on a line of its own, and the sentences one after the other.
    fn paragraph(&self) -> Block {
        let lead = [Inline::strong(format!("{}\n", self.lead))];
        let sentences = self.statements.iter().enumerate().flat_map(|(index, statement)| {
            let space = (index > 0).then(|| Inline::text(" "));
            space.into_iter().chain(statement.inlines())
        });
        Block::Paragraph(lead.into_iter().chain(sentences).collect())
    }
}

fn tiles(tiles: &[Tile]) -> Block {
    let cell = |tile: &Tile| Cell::inlines(vec![Inline::strong(&tile.figure.words)]).fill(tile.fill);
    let column = |tile: &Tile| Column::new(tile.label).weight(1.0).centred();
    Block::Table(Table {
        caption: "Key figures.".into(),
        columns: tiles.iter().map(column).collect(),
        rows: vec![tiles.iter().map(cell).collect()],
        row_header: None,
    })
}
