//! The framework's own markdown as blocks of a document. What people write is no markdown: [`crate::prose`].
//!
//! Nothing in it can act: raw HTML becomes plain text, links keep only http, https and
//! mailto, images become their words. Nesting is bounded, so no text can exhaust the stack.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::document::{Align, Block, Cell, Column, Inline, Marks, NoteKind, Table, Target};

/// Lists and quotes nest no deeper than this; what lies deeper joins the level above.
const DEEPEST: usize = 6;

/// Reads markdown. A heading of level 1 in it becomes one of level `below + 1`.
pub fn blocks(markdown: &str, below: u8) -> Vec<Block> {
    let mut reader = Reader::new(below);
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        reader.event(event);
    }
    reader.finish()
}

/// Markdown of one paragraph as running text, for table cells: blocks follow each other after a line break.
pub fn inlines(markdown: &str) -> Vec<Inline> {
    let mut line = Vec::new();
    flatten(blocks(markdown, 3), &mut line);
    line
}

fn flatten(blocks: Vec<Block>, line: &mut Vec<Inline>) {
    for block in blocks {
        let separate = |line: &mut Vec<Inline>| {
            if !line.is_empty() {
                line.push(Inline::text("\n"));
            }
        };
        match block {
            Block::Paragraph(inlines) => {
                separate(line);
                line.extend(inlines);
            }
            Block::Heading { text, .. } => {
                separate(line);
                line.push(Inline::strong(text));
            }
            Block::List { marks, items } => {
                for (index, item) in items.into_iter().enumerate() {
                    separate(line);
                    line.push(Inline::text(format!("{} ", marks.of(index))));
                    let mut words = Vec::new();
                    flatten(item, &mut words);
                    line.extend(words);
                }
            }
            Block::Note { blocks, .. } => flatten(blocks, line),
            Block::Table(table) => {
                for row in table.rows {
                    separate(line);
                    for (i, cell) in row.into_iter().enumerate() {
                        if i > 0 {
                            line.push(Inline::text(" · "));
                        }
                        line.extend(cell.content);
                    }
                }
            }
            Block::Cover(_) | Block::Contents { .. } | Block::Figure(_) | Block::PageBreak => {}
        }
    }
}

/// A container that is open while its content is read.
enum Open {
    List {
        marks: Marks,
        items: Vec<Vec<Block>>,
    },
    Item(Vec<Block>),
    Quote(Vec<Block>),
    /// Nested too deeply: its content goes to the container around it.
    TooDeep,
}

struct Reader {
    below: u8,
    done: Vec<Block>,
    open: Vec<Open>,
    line: Vec<Inline>,
    strong: usize,
    emphasis: usize,
    links: Vec<Option<Target>>,
    heading: Option<u8>,
    code_block: bool,
    table: Option<Table>,
    row: Vec<Cell>,
    in_head: bool,
}

impl Reader {
    fn new(below: u8) -> Self {
        Self {
            below,
            done: Vec::new(),
            open: Vec::new(),
            line: Vec::new(),
            strong: 0,
            emphasis: 0,
            links: Vec::new(),
            heading: None,
            code_block: false,
            table: None,
            row: Vec::new(),
            in_head: false,
        }
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.code_block => self.code(text.trim_end_matches('\n')),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.code(&text);
            }
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.text("\n"),
            Event::FootnoteReference(name) => self.text(&format!("[{name}]")),
            Event::TaskListMarker(done) => self.text(if done { "☑ " } else { "☐ " }),
            Event::Rule => self.end_line(),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Strong => self.strong += 1,
            Tag::Emphasis => self.emphasis += 1,
            Tag::Link { dest_url, .. } => self.links.push(Target::uri(&dest_url)),
            Tag::Heading { level, .. } => {
                self.end_line();
                self.heading = Some(demote(level, self.below));
            }
            Tag::List(first) => {
                self.end_line();
                self.open_container(Open::List {
                    marks: first.map_or(Marks::Bullets, Marks::Numbers),
                    items: Vec::new(),
                });
            }
            Tag::Item => {
                self.end_line();
                let in_list = matches!(self.open.last(), Some(Open::List { .. }));
                self.open
                    .push(if in_list { Open::Item(Vec::new()) } else { Open::TooDeep });
            }
            Tag::BlockQuote(_) => {
                self.end_line();
                self.open_container(Open::Quote(Vec::new()));
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                self.end_line();
                self.code_block = true;
            }
            Tag::Table(alignments) => self.start_table(&alignments),
            Tag::TableHead => self.in_head = true,
            Tag::Paragraph => self.end_line(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Emphasis => self.emphasis = self.emphasis.saturating_sub(1),
            TagEnd::Link => {
                self.links.pop();
            }
            TagEnd::Paragraph | TagEnd::HtmlBlock | TagEnd::Heading(_) => self.end_line(),
            TagEnd::CodeBlock => {
                self.end_line();
                self.code_block = false;
            }
            TagEnd::Item | TagEnd::List(_) | TagEnd::BlockQuote(_) => {
                self.end_line();
                self.close_container();
            }
            TagEnd::TableCell => self.end_cell(),
            TagEnd::TableHead => self.in_head = false,
            TagEnd::TableRow => self.end_row(),
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    self.push(Block::Table(table));
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        self.line.push(Inline {
            text: text.to_owned(),
            strong: self.strong > 0,
            emphasis: self.emphasis > 0,
            code: false,
            link: self.links.last().cloned().flatten(),
        });
    }

    fn code(&mut self, text: &str) {
        self.line.push(Inline {
            link: self.links.last().cloned().flatten(),
            ..Inline::code(text)
        });
    }

    /// Turns the running text into a paragraph or heading, if there is any.
    fn end_line(&mut self) {
        let level = self.heading.take();
        let line = join(std::mem::take(&mut self.line));
        if line.iter().all(|inline| inline.text.trim().is_empty()) {
            return;
        }
        let block = match level {
            // A heading inside a list or quote would break the outline: strong text instead.
            Some(_) if !self.open.is_empty() => Block::Paragraph(
                line.into_iter()
                    .map(|inline| Inline { strong: true, ..inline })
                    .collect(),
            ),
            Some(level) => {
                let text: String = line.iter().map(|inline| inline.text.as_str()).collect();
                Block::heading(level, text.trim())
            }
            None => Block::Paragraph(line),
        };
        self.push(block);
    }

    fn push(&mut self, block: Block) {
        let container = self.open.iter_mut().rev().find_map(|open| match open {
            Open::Item(blocks) | Open::Quote(blocks) => Some(blocks),
            Open::List { .. } | Open::TooDeep => None,
        });
        container.unwrap_or(&mut self.done).push(block);
    }

    fn open_container(&mut self, container: Open) {
        let depth = self.open.iter().filter(|open| !matches!(open, Open::Item(_))).count();
        self.open.push(if depth < DEEPEST { container } else { Open::TooDeep });
    }

    fn close_container(&mut self) {
        match self.open.pop() {
            Some(Open::Item(blocks)) => {
                if let Some(Open::List { items, .. }) = self.open.last_mut() {
                    items.push(blocks);
                }
            }
            Some(Open::List { marks, items }) => self.push(Block::List { marks, items }),
            Some(Open::Quote(blocks)) => self.push(Block::Note {
                kind: NoteKind::Quote,
                blocks,
            }),
            Some(Open::TooDeep) | None => {}
        }
    }

    fn start_table(&mut self, alignments: &[pulldown_cmark::Alignment]) {
        self.end_line();
        let columns = alignments
            .iter()
            .map(|alignment| Column {
                align: match alignment {
                    pulldown_cmark::Alignment::Center => Align::Centre,
                    pulldown_cmark::Alignment::Right => Align::Right,
                    _ => Align::Left,
                },
                ..Column::default()
            })
            .collect();
        self.table = Some(Table {
            columns,
            ..Table::default()
        });
    }

    fn end_cell(&mut self) {
        let content = join(std::mem::take(&mut self.line));
        self.row.push(Cell::inlines(content));
        if self.in_head
            && let Some(table) = &mut self.table
            && let Some(cell) = self.row.pop()
        {
            let position = table.columns.iter().position(|column| column.header.is_empty());
            let text: String = cell.content.into_iter().map(|inline| inline.text).collect();
            if let Some(column) = position.and_then(|i| table.columns.get_mut(i)) {
                // A heading without words still takes its place.
                column.header = if text.is_empty() { "\u{a0}".to_owned() } else { text };
            }
        }
    }

    fn end_row(&mut self) {
        let row = std::mem::take(&mut self.row);
        if let Some(table) = &mut self.table {
            table.rows.push(row);
        }
    }

    fn finish(mut self) -> Vec<Block> {
        self.end_line();
        while !self.open.is_empty() {
            self.close_container();
        }
        self.done
    }
}

/// Joins neighbours that look the same, so that text split by the parser is whole again.
fn join(line: Vec<Inline>) -> Vec<Inline> {
    let mut joined: Vec<Inline> = Vec::with_capacity(line.len());
    for inline in line {
        match joined.last_mut() {
            Some(last)
                if (last.strong, last.emphasis, last.code, &last.link)
                    == (inline.strong, inline.emphasis, inline.code, &inline.link) =>
            {
                last.text.push_str(&inline.text);
            }
            _ => joined.push(inline),
        }
    }
    joined
}

fn demote(level: HeadingLevel, below: u8) -> u8 {
    (level as u8).saturating_add(below).min(4)
}

#[cfg(test)]
mod tests;
