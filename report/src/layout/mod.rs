//! Blocks become pages. Knows no PDF library.
//!
//! One pass: which headings there are is known before, on which page each stands only when it
//! comes. Links therefore lead to a heading's place in the outline, and the page numbers of the
//! contents, in a column of fixed width, are filled in at the end.

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

pub(crate) use page::{Artifact, Entry, Item, Jump, Kid, Layout, Link, Node, Role};
pub(crate) use style::PAGE_HEIGHT;

use crate::document::{Block, Document};
use flow::Flow;

/// Lays a document out.
pub(crate) fn layout(document: &Document) -> Layout {
    let mut flow = Flow::new(contents::headings(&document.blocks));
    let mut blocks = document.blocks.as_slice();
    if let Some((Block::Cover(cover), rest)) = blocks.split_first() {
        flow.cover(cover, document);
        blocks = rest;
    }
    flow.blocks(flow::ROOT, blocks);
    let mut layout = flow.finish();
    contents::decorate(&mut layout, document);
    layout
}

#[cfg(test)]
mod tests;
