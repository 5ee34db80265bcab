//! The pen: where the next line goes, on which page, in which element of the structure.

use std::collections::HashMap;

use crate::{
    document::{Anchors, Inline, Target, slug},
    layout::{
        page::{Artifact, Entry, Item, Jump, Kid, Layout, Link, Node, Page, Role},
        style::{BOTTOM, LEFT, RIGHT, Style, TOP},
    },
    palette::{self, Colour},
    text::{self, Line, Piece},
};

/// The element that holds the whole document.
pub(super) const ROOT: usize = 0;

/// Pages being filled from top to bottom.
pub(super) struct Flow {
    layout: Layout,
    /// Top of the free space on the last page.
    pub(super) y: f32,
    /// Space wanted before what comes next; none at the top of a page.
    gap: f32,
    pub(super) left: f32,
    pub(super) right: f32,
    anchors: Anchors,
    /// Headings as the pass before found them.
    pub(super) known: Vec<Entry>,
    places: HashMap<String, (usize, f32)>,
}

impl Flow {
    pub(super) fn new(known: Vec<Entry>) -> Self {
        let places = known.iter().map(|e| (e.id.clone(), (e.page, e.y))).collect();
        let mut flow = Self {
            layout: Layout::default(),
            y: TOP,
            gap: 0.0,
            left: LEFT,
            right: RIGHT,
            anchors: Anchors::default(),
            known,
            places,
        };
        flow.layout.nodes.push(Node {
            role: Role::Document,
            parent: None,
            kids: Vec::new(),
            alt: None,
            title: None,
            area: None,
        });
        flow.break_page();
        flow
    }

    pub(super) fn finish(self) -> Layout {
        self.layout
    }

    // Pages and space

    pub(super) fn page(&self) -> usize {
        self.layout.pages.len().saturating_sub(1)
    }

    pub(super) fn width(&self) -> f32 {
        self.right - self.left
    }

    pub(super) fn break_page(&mut self) {
        self.layout.pages.push(Page::default());
        self.y = TOP;
        self.gap = 0.0;
    }

    /// Goes on at the top of a page, unless it is there already.
    pub(super) fn fresh_page(&mut self) {
        if !self.at_top() {
            self.break_page();
        }
    }

    pub(super) fn at_top(&self) -> bool {
        self.y <= TOP
    }

    /// Asks for space before what comes next; of several wishes the largest counts.
    pub(super) fn gap(&mut self, height: f32) {
        self.gap = self.gap.max(height);
    }

    /// Asks for no more than `height` before what comes next.
    pub(super) fn tighten(&mut self, height: f32) {
        self.gap = self.gap.min(height);
    }

    /// Takes the space asked for, on a new page if `height` does not fit below it.
    pub(super) fn settle(&mut self, height: f32) {
        if !self.at_top() && self.y + self.gap + height > BOTTOM {
            self.break_page();
        } else if !self.at_top() {
            self.y += self.gap;
        }
        self.gap = 0.0;
    }

    pub(super) fn room(&self) -> f32 {
        BOTTOM - self.y
    }

    // Structure

    pub(super) fn node(&mut self, parent: usize, role: Role) -> usize {
        let id = self.layout.nodes.len();
        self.layout.nodes.push(Node {
            role,
            parent: Some(parent),
            kids: Vec::new(),
            alt: None,
            title: None,
            area: None,
        });
        self.kid(parent, Kid::Node(id));
        id
    }

    fn kid(&mut self, parent: usize, kid: Kid) {
        if let Some(node) = self.layout.nodes.get_mut(parent) {
            node.kids.push(kid);
        }
    }

    pub(super) fn describe(&mut self, node: usize, alt: &str, area: (usize, [f32; 4])) {
        if let Some(node) = self.layout.nodes.get_mut(node) {
            node.alt = Some(text::clean(alt).into_owned());
            node.area = Some(area);
        }
    }

    /// Notes a heading's words for its element, the outline and links.
    pub(super) fn enter(&mut self, node: usize, level: u8, text: &str, id: &str) {
        let text = text::clean(text).replace('\n', " ");
        if let Some(node) = self.layout.nodes.get_mut(node) {
            node.title = Some(text.clone());
        }
        let entry =
            Entry { level, id: self.anchors.claim(id, &text), text, page: self.page(), y: self.y };
        self.layout.outline.push(entry);
    }

    // Drawing

    pub(super) fn push(&mut self, item: Item) {
        if let Some(page) = self.layout.pages.last_mut() {
            page.items.push(item);
        }
    }

    /// How many things the last page holds: a place to put something behind what follows.
    pub(super) fn position(&self) -> usize {
        self.layout.pages.last().map_or(0, |page| page.items.len())
    }

    /// Puts decoration behind what was drawn on a page after `position`.
    pub(super) fn behind(&mut self, page: usize, position: usize, items: Vec<Item>) {
        if let Some(page) = self.layout.pages.get_mut(page) {
            let position = position.min(page.items.len());
            let wrapped =
                std::iter::once(Item::Artifact(Artifact::Layout)).chain(items).chain([Item::End]);
            page.items.splice(position..position, wrapped);
        }
    }

    pub(super) fn begin(&mut self, node: usize, role: Role) {
        let number = self.page();
        let Some(page) = self.layout.pages.last_mut() else { return };
        let mark = page.marks;
        page.marks += 1;
        page.items.push(Item::Begin { mark, role });
        self.kid(node, Kid::Content { page: number, mark });
    }

    pub(super) fn end(&mut self) {
        self.push(Item::End);
    }

    /// Draws decoration at once.
    pub(super) fn artifact(&mut self, kind: Artifact, items: impl IntoIterator<Item = Item>) {
        self.push(Item::Artifact(kind));
        items.into_iter().for_each(|item| self.push(item));
        self.end();
    }

    pub(super) fn draw_piece(&mut self, x: f32, y: f32, size: f32, colour: Colour, piece: &Piece<'_>) {
        self.push(Item::Text { x, y, face: piece.face, size, colour, text: piece.text.clone() });
    }

    /// Plain text on one line, marked as the content of a node.
    pub(super) fn draw_text(&mut self, node: usize, role: Role, x: f32, y: f32, style: &Style, text: &str) {
        self.begin(node, role);
        let mut x = x;
        for piece in text::pieces(text, style.strong, style.size) {
            self.draw_piece(x, y, style.size, style.colour, &piece);
            x += piece.width;
        }
        self.end();
    }

    /// One line, with its top at `y`; links in it become elements of their own.
    pub(super) fn draw_line(&mut self, node: usize, role: Role, x: f32, y: f32, style: &Style, line: &Line<'_>) {
        let baseline = y + (style.leading - style.size) / 2.0 + style.size * 0.79;
        let mut x = x;
        let mut rest = line.pieces.as_slice();
        while let Some(first) = rest.first() {
            // Pieces that lead to the same place, or nowhere, are marked together.
            let same = rest.iter().take_while(|piece| piece.link == first.link).count();
            let (group, after) = rest.split_at(same);
            rest = after;
            let jump = first.link.and_then(|target| self.jump(target));
            let (owner, role, colour) = match jump {
                Some(_) => (self.node(node, Role::Link), Role::Link, palette::LINK),
                None => (node, role, style.colour),
            };
            self.begin(owner, role);
            let start = x;
            for piece in group {
                if piece.code {
                    let (y, height) = (y + 1.0, style.leading - 2.0);
                    self.push(Item::Rect { x, y, width: piece.width, height, fill: palette::SAND_DEEP });
                }
                self.draw_piece(x, baseline, style.size, colour, piece);
                x += piece.width;
            }
            self.end();
            if let Some(jump) = jump {
                let description: String = group.iter().map(|piece| piece.text.as_str()).collect();
                self.underline(start, x, baseline + 1.6, colour);
                self.push(Item::Link(Link {
                    node: owner,
                    x: start,
                    y,
                    width: x - start,
                    height: style.leading,
                    description: match &jump {
                        Jump::Uri(uri) => format!("{} ({uri})", description.trim_end()),
                        Jump::Place { .. } => description.trim_end().to_owned(),
                    },
                    jump,
                }));
            }
        }
    }

    fn underline(&mut self, from: f32, to: f32, y: f32, colour: Colour) {
        let rect = Item::Rect { x: from, y, width: to - from, height: 0.45, fill: colour };
        self.artifact(Artifact::Layout, [rect]);
    }

    /// Where a target lies; none for a heading that does not exist and for unsafe addresses.
    pub(super) fn jump(&self, target: &Target) -> Option<Jump> {
        match target {
            Target::Uri(uri) => Target::uri(uri).map(|_| Jump::Uri(uri.clone())),
            Target::Heading(id) => {
                self.places.get(&slug(id)).map(|&(page, y)| Jump::Place { page, y })
            }
        }
    }

    // Running text

    /// Running text across pages: never one line alone at the foot or head of a page.
    pub(super) fn running(&mut self, node: usize, role: Role, inlines: &[Inline], style: &Style) {
        let strong: Vec<Inline>;
        let inlines = if style.strong {
            strong = inlines.iter().map(|i| Inline { strong: true, ..i.clone() }).collect();
            &strong
        } else {
            inlines
        };
        let lines = text::wrap(inlines, style.size, self.width());
        let mut rest = lines.as_slice();
        let least = if lines.len() <= 3 { lines.len() } else { 2 };
        self.settle(least as f32 * style.leading);
        while !rest.is_empty() {
            let take = lines_that_fit(rest.len(), self.room() / style.leading, self.at_top());
            let (now, later) = rest.split_at(take);
            for line in now {
                self.draw_line(node, role, self.left, self.y, style, line);
                self.y += style.leading;
            }
            rest = later;
            if !rest.is_empty() {
                self.break_page();
            }
        }
    }

    /// The height running text takes, and what of it must stay with the heading before.
    pub(super) fn running_height(&self, inlines: &[Inline], style: &Style) -> (f32, f32) {
        let lines = text::wrap(inlines, style.size, self.width()).len();
        let least = if lines <= 3 { lines } else { 2 };
        (lines as f32 * style.leading, least as f32 * style.leading)
    }
}

/// How many of `lines` go on this page when `room` lines fit: two at least on either side of the break.
fn lines_that_fit(lines: usize, room: f32, at_top: bool) -> usize {
    // A share of a line that is missing to rounding still counts as a line.
    let room = if room.is_finite() { (room + 0.01).floor().max(0.0) as usize } else { 0 };
    if lines <= room {
        return lines;
    }
    match room.min(lines.saturating_sub(2)) {
        take if take >= 2 => take,
        _ if at_top => room.clamp(1, lines.max(1)),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::lines_that_fit;

    #[test]
    fn no_line_stands_alone_on_either_side_of_a_page_break() {
        assert_eq!(lines_that_fit(5, 10.0, false), 5);
        assert_eq!(lines_that_fit(5, 4.0, false), 3);
        assert_eq!(lines_that_fit(5, 1.0, false), 0);
        assert_eq!(lines_that_fit(3, 2.0, false), 0);
        assert_eq!(lines_that_fit(100, 45.0, true), 45);
        assert_eq!(lines_that_fit(3, 0.0, true), 1);
    }
}
