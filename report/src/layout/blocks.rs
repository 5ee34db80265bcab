//! Blocks in order: headings with what follows, paragraphs, lists, notes.

use crate::{
    document::{Block, Inline, Marks, NoteKind},
    layout::{
        figure::Waiting,
        flow::Flow,
        page::{Item, Role},
        running::running_height_in,
        style::{BODY, BOTTOM, LABEL, TOP, heading},
    },
    palette, text,
};

const INDENT: f32 = 18.0;
const NOTE_PAD: f32 = 9.0;
/// How much narrower than the text a note's words are, at the left and at the right.
const NOTE_INSET: (f32, f32) = (15.0, 10.0);

/// How many blocks ahead are looked at to keep a heading with what follows it: enough for headings of three levels, a label,
/// a note, a label in it and a list.
const LOOKAHEAD: usize = 8;

/// A table of more rows than this is long.
const LONG: usize = 24;

/// Words of more lines than this are no label.
const LABEL_LINES: f32 = 3.0;

/// Added to heights that were summed up in another order than they are drawn in.
const ROUNDING: f32 = 0.1;

impl Flow {
    pub(super) fn blocks(&mut self, parent: usize, blocks: &[Block]) {
        let mut waiting = Waiting::default();
        let mut rest = blocks;
        while let Some((block, after)) = rest.split_first() {
            if ends_a_passage(rest) {
                self.place_waiting(&mut waiting);
            }
            match block {
                Block::Heading { level, text, .. } => self.heading(parent, *level, text, after),
                Block::Paragraph(inlines) => {
                    if after.first().is_some_and(|next| introduces(inlines, next)) {
                        self.settle(self.lead(rest, self.width(), LOOKAHEAD).min(BOTTOM - TOP));
                    }
                    self.paragraph(parent, inlines);
                }
                Block::List { marks, items } => self.list(parent, marks, items),
                Block::Table(table) => self.table(parent, table),
                Block::Figure(figure) => {
                    let may_wait = !ends_a_passage(after);
                    self.figure(parent, figure, may_wait, &mut waiting);
                }
                Block::Note { kind, blocks } => self.note(parent, *kind, blocks),
                Block::Contents { title, depth } => self.contents(parent, title, *depth),
                Block::PageBreak => self.fresh_page(),
                // A cover that is not first has no page of its own to fill.
                Block::Cover(cover) => self.paragraph(parent, &[Inline::strong(&cover.title)]),
            }
            self.place_waiting_that_fit(&mut waiting);
            rest = after;
        }
        self.place_waiting(&mut waiting);
    }

    /// Returns the height at the head of `blocks`, set in `width`, that must stand on one page: what must not be parted from what
    /// stands before.
    fn lead(&self, blocks: &[Block], width: f32, depth: usize) -> f32 {
        let Some((first, after)) = blocks.split_first() else {
            return 0.0;
        };
        if depth == 0 {
            return BODY.leading;
        }
        match first {
            Block::Heading { level, text, .. } => {
                let style = heading(*level);
                let (whole, _) = running_height_in(&[Inline::text(text)], &style, width);
                style.before + whole + self.opening(style.after, after, width, depth)
            }
            Block::Paragraph(inlines) => {
                let (whole, least) = running_height_in(inlines, &BODY, width);
                match after.first() {
                    Some(next) if introduces(inlines, next) && whole <= LABEL_LINES * BODY.leading => {
                        whole + self.following(BODY.after, after, width, depth)
                    }
                    _ => least,
                }
            }
            Block::List { items, .. } => {
                let inner = width - INDENT;
                items.first().map_or(0.0, |item| self.lead(item, inner, depth - 1))
            }
            Block::Table(table) => self.table_lead(table),
            Block::Figure(figure) => self.figure_height(figure),
            Block::Note { blocks, .. } => {
                let inner = width - NOTE_INSET.0 - NOTE_INSET.1;
                2.0 * NOTE_PAD + self.lead(blocks, inner, depth - 1)
            }
            Block::Contents { .. } | Block::Cover(_) | Block::PageBreak => 0.0,
        }
    }

    /// The height of what stays with a heading: what follows it; and after a few words a figure, or what goes before it while
    /// the figure waits.
    fn opening(&self, gap: f32, after: &[Block], width: f32, depth: usize) -> f32 {
        if let [Block::Paragraph(inlines), figure @ Block::Figure(_), rest @ ..] = after {
            let (words, _) = running_height_in(inlines, &BODY, width);
            if words <= LABEL_LINES * BODY.leading {
                let figure = self.following(BODY.after, std::slice::from_ref(figure), width, depth);
                let first = match ends_a_passage(rest) {
                    true => figure,
                    false => figure.min(self.following(BODY.after, rest, width, depth)),
                };
                return gap + words + first;
            }
        }
        self.following(gap, after, width, depth)
    }

    /// Returns the height of what follows a heading or label and must stay with it, with the space between them: `gap`, or what the
    /// block that follows asks for.
    fn following(&self, gap: f32, after: &[Block], width: f32, depth: usize) -> f32 {
        let asked = match after.first() {
            Some(Block::Table(_) | Block::Figure(_) | Block::Note { .. }) => LABEL.before,
            _ => 0.0,
        };
        gap.max(asked) + self.lead(after, width, depth - 1) + ROUNDING
    }

    fn heading(&mut self, parent: usize, level: u8, text: &str, after: &[Block]) {
        let style = heading(level);
        let words = [Inline::text(text)];
        let (whole, _) = self.running_height(&words, &style);
        let following = self.opening(style.after, after, self.width(), LOOKAHEAD + 1);
        self.gap(style.before);
        self.settle((whole + following).min(BOTTOM - TOP));
        let node = self.node(parent, Role::Heading(level));
        self.enter(node);
        self.running(node, Role::Heading(level), &words, &style);
        self.gap(style.after);
    }

    fn paragraph(&mut self, parent: usize, inlines: &[Inline]) {
        if inlines.iter().all(|inline| inline.text.trim().is_empty()) {
            return;
        }
        let node = self.node(parent, Role::Paragraph);
        self.running(node, Role::Paragraph, inlines, &BODY);
        self.gap(BODY.after);
    }

    fn list(&mut self, parent: usize, marks: &Marks, items: &[Vec<Block>]) {
        let list = self.node(parent, Role::List);
        let outer = self.left;
        // However deep lists nest, some width is left for words.
        let widest = match marks {
            Marks::Bullets => 0.0,
            _ => (0..items.len()).map(|place| marker(marks, place).1).fold(0.0, f32::max),
        };
        let inner = (outer + INDENT.max(widest)).min(self.right - 60.0).max(outer);
        for (i, item) in items.iter().enumerate() {
            let node = self.node(list, Role::Item);
            self.left = inner;
            self.settle(self.lead(item, self.width(), LOOKAHEAD).min(BOTTOM - TOP));
            let label = self.node(node, Role::Label);
            let (marker, width) = marker(marks, i);
            let x = inner - width.max(INDENT - 6.0);
            let line = text::Line {
                pieces: text::pieces(&marker, false, BODY.size),
                width,
            };
            self.draw_line(label, Role::Label, x, self.y, &BODY, &line);
            let body = self.node(node, Role::Body);
            self.blocks(body, item);
            self.left = outer;
            // Items stand closer than paragraphs, unless they hold several.
            if item.len() <= 1 {
                self.tighten(3.5);
            }
        }
        self.left = outer;
        self.gap(BODY.after);
    }

    fn note(&mut self, parent: usize, kind: NoteKind, blocks: &[Block]) {
        let (role, bar) = match kind {
            NoteKind::Quote => (Role::Quote, palette::PLUM),
            NoteKind::Information => (Role::Aside, palette::TEAL),
            NoteKind::Attention => (Role::Aside, palette::AMBER),
        };
        let (left, right) = (self.left, self.right);
        self.left = (left + NOTE_INSET.0).min(right - 60.0).max(left);
        self.right = (right - NOTE_INSET.1).max(self.left);
        self.gap(LABEL.before);
        self.settle((2.0 * NOTE_PAD + self.lead(blocks, self.width(), LOOKAHEAD)).min(BOTTOM - TOP));
        let (page, position, top) = (self.page(), self.position(), self.y);
        self.y += NOTE_PAD;
        let node = self.node(parent, role);
        self.blocks(node, blocks);
        self.tighten(0.0);
        self.y += NOTE_PAD;
        (self.left, self.right) = (left, right);
        for number in page..=self.page() {
            let from = if number == page { top } else { TOP - 4.0 };
            let to = if number == self.page() { self.y } else { BOTTOM };
            let back = |x, width, fill| Item::Rect {
                x,
                y: from,
                width,
                height: to - from,
                fill,
            };
            let items = vec![back(left, right - left, palette::SAND), back(left, 3.5, bar)];
            self.behind(number, if number == page { position } else { 0 }, items);
        }
        self.gap(LABEL.before);
    }
}

/// Returns what stands before an item, and its width.
fn marker(marks: &Marks, index: usize) -> (String, f32) {
    let marker = format!("{} ", marks.of(index));
    let width = text::measure(&marker, false, BODY.size);
    (marker, width)
}

/// Whether a paragraph is but a label of the block that follows, and goes where that goes: strong words throughout, words
/// that end in a colon, and any before a table.
fn introduces(inlines: &[Inline], next: &Block) -> bool {
    let mut words = inlines.iter().filter(|inline| !inline.text.trim().is_empty());
    let Some(last) = words.next_back() else {
        return false;
    };
    match next {
        Block::Table(_) => true,
        Block::Paragraph(_) | Block::List { .. } | Block::Figure(_) | Block::Note { .. } => {
            last.text.trim_end().ends_with(':') || last.strong && words.all(|inline| inline.strong)
        }
        Block::Heading { .. } | Block::Contents { .. } | Block::Cover(_) | Block::PageBreak => false,
    }
}

/// Whether a figure that waits for a page must stand before what comes first: a figure is not carried into another section, nor
/// over the pages of a long table.
fn ends_a_passage(blocks: &[Block]) -> bool {
    let Some((first, after)) = blocks.split_first() else {
        return true;
    };
    match first {
        Block::Heading { level, .. } => *level <= 2,
        Block::Table(table) => table.rows.len() > LONG,
        Block::Paragraph(inlines) => {
            after.first().is_some_and(|next| introduces(inlines, next)) && ends_a_passage(after)
        }
        Block::List { .. } | Block::Note { .. } | Block::Figure(_) => false,
        Block::Contents { .. } | Block::Cover(_) | Block::PageBreak => true,
    }
}
