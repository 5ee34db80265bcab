//! Blocks become pages. Knows no PDF library.
//!
//! Two passes: the first finds where headings stand, the second prints their page numbers
//! in the contents and aims the links. Numbers have a column of fixed width, so both
//! passes break pages alike.

mod blocks;
mod columns;
mod contents;
mod cover;
mod figure;
mod flow;
mod page;
mod running;
mod style;
mod table;

pub(crate) use page::{Artifact, Entry, Item, Jump, Kid, Layout, Link, Role};
pub(crate) use style::PAGE_HEIGHT;

use crate::document::{Block, Document};
use flow::Flow;

/// Lays a document out.
pub(crate) fn layout(document: &Document) -> Layout {
    let first = pass(document, contents::headings(&document.blocks));
    let mut layout = pass(document, first.outline);
    contents::decorate(&mut layout, document);
    layout
}

fn pass(document: &Document, known: Vec<Entry>) -> Layout {
    let mut flow = Flow::new(known);
    let mut blocks = document.blocks.as_slice();
    if let Some((Block::Cover(cover), rest)) = blocks.split_first() {
        flow.cover(cover, document);
        blocks = rest;
    }
    flow.blocks(flow::ROOT, blocks);
    flow.finish()
}

#[cfg(test)]
mod tests;
