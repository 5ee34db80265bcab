//! The list of contents, and what stands at the head and foot of every page.

use std::fmt::Write;

use crate::{
    document::{Anchors, Block, Document, Inline},
    fonts::Face,
    layout::{
        flow::Flow,
        page::{Artifact, Entry, Item, Jump, Layout, Link, Page, Role},
        style::{BODY, BOTTOM, LEFT, PAGE_HEIGHT, RIGHT, Style, TOP, heading},
    },
    palette::{Colour, LINE, MUTED},
    scene::Stroke,
    text,
};

const NUMBER_WIDTH: f32 = 34.0;
/// How far lines may move together so that the list stays on its page.
const TIGHTEST: f32 = 0.84;
/// Entries that do not go over to another page without each other, at the end of the list.
const LAST: usize = 3;
/// The most of a page, as a share, that is left empty so that the list stands together on the next.
const LEFT_EMPTY: f32 = 0.4;
/// Space above the entry of a section.
const ABOVE_SECTION: f32 = 6.0;
const FOOT_SIZE: f32 = 8.5;

/// Every heading in order, its place not yet known.
pub(super) fn headings(blocks: &[Block]) -> Vec<Entry> {
    fn walk(blocks: &[Block], anchors: &mut Anchors, found: &mut Vec<Entry>) {
        for block in blocks {
            match block {
                Block::Heading { level, text, id } => {
                    let text = text::clean(text).replace('\n', " ");
                    let id = anchors.claim(id, &text);
                    found.push(Entry {
                        level: *level,
                        text,
                        id,
                        page: 0,
                        y: TOP,
                    });
                }
                Block::List { items, .. } => {
                    items.iter().for_each(|item| walk(item, anchors, found));
                }
                Block::Note { blocks, .. } => walk(blocks, anchors, found),
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    walk(blocks, &mut Anchors::default(), &mut found);
    found
}

impl Flow {
    pub(super) fn contents(&mut self, parent: usize, title: &str, depth: u8) {
        let style = heading(1);
        self.gap(style.before);
        let outline = self.outline().iter().cloned().enumerate();
        let listed: Vec<(usize, Entry)> = outline.filter(|(_, entry)| entry.level <= depth).collect();
        let width = self.width();
        let heights = |scale: f32| -> Vec<f32> {
            let entries = listed.iter().map(|(_, entry)| entry_height(entry, scale, width));
            entries.collect()
        };
        let natural: f32 = heights(1.0).iter().sum();
        // all of it on one page, where one page can hold it and little is left empty for that
        let whole = style.leading + style.after + TIGHTEST * natural + 1.0;
        let page = BOTTOM - TOP;
        self.settle(match whole < page && self.room() < LEFT_EMPTY * page {
            true => whole,
            false => style.leading + 4.0 * BODY.leading,
        });
        let node = self.node(parent, Role::Heading(1));
        self.running(node, Role::Heading(1), &[Inline::text(title)], &style);
        self.gap(style.after);
        let list = self.node(parent, Role::Contents);
        // a point less, for rounding
        let fitting = (self.room() - style.after - 1.0) / natural;
        let scale = if (TIGHTEST..1.0).contains(&fitting) {
            fitting
        } else {
            1.0
        };
        let heights = heights(scale);
        for (line, (place, entry)) in listed.iter().enumerate() {
            // the first of the last ones makes sure that all of them have room
            let together = if line + LAST == listed.len() { LAST } else { 1 };
            let wanted: f32 = heights.iter().skip(line).take(together).sum();
            self.contents_entry(list, *place, entry, scale, wanted);
        }
        self.gap(BODY.after);
    }

    /// An entry, on a page with room for `wanted`.
    fn contents_entry(&mut self, list: usize, index: usize, entry: &Entry, scale: f32, wanted: f32) {
        let EntryLook { style, indent } = EntryLook::of(entry, scale);
        let words = [Inline::text(&entry.text)];
        let lines = text::wrap(&words, style.set(), self.width() - indent - NUMBER_WIDTH);
        let height = lines.len() as f32 * style.leading;
        self.gap(style.before);
        self.settle(wanted - style.before);
        let top = self.y;
        let item = self.node(list, Role::ContentsItem);
        let link = self.node(item, Role::Link);
        let mut end = self.left;
        for line in &lines {
            self.draw_line(link, Role::Link, self.left + indent, self.y, &style, line);
            end = self.left + indent + line.width;
            self.y += style.leading;
        }
        self.number(link, index, &style, end);
        self.push(Item::Link(Link {
            node: link,
            x: self.left,
            y: top,
            width: self.width(),
            height,
            jump: Jump::Heading(index),
            description: entry.text.clone(),
        }));
    }

    /// Dots that lead to the page number at the right, and room for it: the page is not known yet.
    fn number(&mut self, link: usize, index: usize, style: &Style, from: f32) {
        let baseline = self.y - style.leading + style.baseline();
        let (from, to) = (from + 6.0, self.right - NUMBER_WIDTH + 8.0);
        if to > from {
            let dots = Item::Path {
                points: vec![(from, baseline - 1.0), (to, baseline - 1.0)],
                closed: false,
                fill: None,
                stroke: Some(Stroke::dashed(Colour(0x9a, 0xa5, 0xab), 0.7, 0.7, 3.0)),
            };
            self.artifact(Artifact::Layout, [dots]);
        }
        self.begin(link, Role::Link);
        self.numbers.push(Number {
            page: self.page(),
            item: self.position(),
            heading: index,
        });
        self.push(Item::Text {
            x: self.right,
            y: baseline,
            face: Face::Regular,
            size: style.size,
            colour: style.colour,
            text: String::new(),
        });
        self.end();
    }
}

/// Returns the height of an entry with the space above it, in a list so wide.
fn entry_height(entry: &Entry, scale: f32, width: f32) -> f32 {
    let EntryLook { style, indent } = EntryLook::of(entry, scale);
    let words = [Inline::text(&entry.text)];
    let lines = text::wrap(&words, style.set(), width - indent - NUMBER_WIDTH);
    style.before + lines.len() as f32 * style.leading
}

/// A page number that is filled in when every heading has its place.
pub(super) struct Number {
    pub(super) page: usize,
    /// The text on that page; its link stands two items further.
    item: usize,
    heading: usize,
}

impl Number {
    /// Follows its text, before which `moved` items were put in.
    pub(super) fn move_after(&mut self, position: usize, moved: usize) {
        if position <= self.item {
            self.item += moved;
        }
    }

    pub(super) fn fill_in(self, layout: &mut Layout) {
        let number = layout.outline.get(self.heading).map_or(0, |heading| heading.page) + 1;
        let Some(page) = layout.pages.get_mut(self.page) else {
            return;
        };
        if let Some(Item::Text { x, size, text, .. }) = page.items.get_mut(self.item) {
            *text = number.to_string();
            *x -= text::measure(text, false, *size);
        }
        if let Some(Item::Link(link)) = page.items.get_mut(self.item + 2) {
            let _ = write!(link.description, ", page {number}");
        }
    }
}

/// How an entry of the list looks.
struct EntryLook {
    style: Style,
    indent: f32,
}

impl EntryLook {
    fn of(entry: &Entry, scale: f32) -> EntryLook {
        let main = entry.level <= 1;
        let (leading, before) = if main { (17.0, ABOVE_SECTION) } else { (15.0, 0.0) };
        EntryLook {
            style: Style {
                strong: main,
                leading: leading * scale,
                before: before * scale,
                ..BODY
            },
            indent: f32::from(entry.level.saturating_sub(1)) * 15.0,
        }
    }
}

/// Prints title and section at the head, reference and page number at the foot, except on a cover.
pub(super) fn decorate(layout: &mut Layout, document: &Document) {
    let covered = matches!(document.blocks.first(), Some(Block::Cover(_)));
    let count = layout.pages.len();
    let sections = sections(&layout.outline, count);
    for (number, (page, section)) in layout.pages.iter_mut().zip(sections).enumerate() {
        if covered && number == 0 {
            continue;
        }
        page.items.push(Item::Artifact(Artifact::Pagination));
        rule(page, 50.0);
        line(page, 44.0, &document.title, &section);
        rule(page, PAGE_HEIGHT - 48.0);
        let position = format!("Page {} of {count}", number + 1);
        line(page, PAGE_HEIGHT - 34.0, &document.reference, &position);
        page.items.push(Item::End);
    }
}

/// Returns the section of each page: the first that begins on it, else the one that goes on.
fn sections(outline: &[Entry], pages: usize) -> Vec<String> {
    let mut tops = outline.iter().filter(|entry| entry.level <= 1).peekable();
    let mut current = String::new();
    (0..pages)
        .map(|page| {
            let mut shown = None;
            while let Some(entry) = tops.next_if(|entry| entry.page <= page) {
                shown.get_or_insert_with(|| entry.text.clone());
                current.clone_from(&entry.text);
            }
            shown.unwrap_or_else(|| current.clone())
        })
        .collect()
}

/// Two texts on one line, left and right, each cut to its share of the width.
fn line(page: &mut Page, y: f32, left: &str, right: &str) {
    let width = RIGHT - LEFT;
    let right = text::shorten(right, false, FOOT_SIZE, width * 0.42);
    let right_width = text::measure(&right, false, FOOT_SIZE);
    let left = text::shorten(left, false, FOOT_SIZE, width - right_width - 18.0);
    for (x, words) in [(LEFT, left), (RIGHT - right_width, right)] {
        let mut x = x;
        for piece in text::pieces(&words, false, FOOT_SIZE) {
            let (face, text) = (piece.face, piece.text);
            page.items.push(Item::Text {
                x,
                y,
                face,
                size: FOOT_SIZE,
                colour: MUTED,
                text,
            });
            x += piece.width;
        }
    }
}

fn rule(page: &mut Page, y: f32) {
    page.items.push(Item::Rect {
        x: LEFT,
        y,
        width: RIGHT - LEFT,
        height: 0.5,
        fill: LINE,
    });
}
