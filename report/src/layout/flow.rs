//! The pen: where the next line goes, on which page, in which element of the structure.

use std::collections::HashMap;

use crate::{
    layout::{
        contents::Number,
        page::{Artifact, Entry, Item, Kid, Layout, Node, Page, Role},
        style::{BOTTOM, LEFT, RIGHT, Style, TOP},
    },
    palette::Colour,
    text::{self, Piece},
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
    /// How many of the outline's headings have their place.
    entered: usize,
    /// The headings' places in the outline, by id.
    pub(super) headings: HashMap<String, usize>,
    /// Page numbers in the contents that are not known yet.
    pub(super) numbers: Vec<Number>,
}

impl Flow {
    /// An empty page. `headings` are all headings to come, in order.
    pub(super) fn new(headings: Vec<Entry>) -> Self {
        let ids = headings.iter().enumerate();
        let mut flow = Self {
            y: TOP,
            gap: 0.0,
            left: LEFT,
            right: RIGHT,
            entered: 0,
            headings: ids.map(|(place, heading)| (heading.id.clone(), place)).collect(),
            numbers: Vec::new(),
            layout: Layout {
                outline: headings,
                ..Layout::default()
            },
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

    pub(super) fn finish(mut self) -> Layout {
        self.numbers
            .drain(..)
            .for_each(|number| number.fill_in(&mut self.layout));
        self.layout
    }

    /// Every heading of the document, entered or not.
    pub(super) fn outline(&self) -> &[Entry] {
        &self.layout.outline
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

    /// Notes where the next heading stands, for its element, the outline and links.
    pub(super) fn enter(&mut self, node: usize) {
        let (page, y) = (self.page(), self.y);
        if let (Some(entry), Some(node)) = (
            self.layout.outline.get_mut(self.entered),
            self.layout.nodes.get_mut(node),
        ) {
            (entry.page, entry.y) = (page, y);
            node.title = Some(entry.text.clone());
        }
        self.entered += 1;
    }

    // Drawing

    pub(super) fn push(&mut self, item: Item) {
        if let Some(page) = self.layout.pages.last_mut() {
            page.items.push(item);
        }
    }

    /// Returns how many things the last page holds: a place to put something behind what follows.
    pub(super) fn position(&self) -> usize {
        self.layout.pages.last().map_or(0, |page| page.items.len())
    }

    /// Puts decoration behind what was drawn on a page after `position`.
    pub(super) fn behind(&mut self, page: usize, position: usize, items: Vec<Item>) {
        let moved = items.len() + 2;
        for number in self.numbers.iter_mut().filter(|number| number.page == page) {
            number.move_after(position, moved);
        }
        if let Some(page) = self.layout.pages.get_mut(page) {
            let position = position.min(page.items.len());
            let wrapped = std::iter::once(Item::Artifact(Artifact::Layout))
                .chain(items)
                .chain([Item::End]);
            page.items.splice(position..position, wrapped);
        }
    }

    pub(super) fn begin(&mut self, node: usize, role: Role) {
        let number = self.page();
        let Some(page) = self.layout.pages.last_mut() else {
            return;
        };
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
        self.push(Item::Text {
            x,
            y,
            face: piece.face,
            size,
            colour,
            text: piece.text.clone(),
        });
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
}
