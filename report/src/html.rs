//! Documents as accessible HTML with the class names of govuk-frontend.
//!
//! No inline styles or scripts: fills are classes (see [`crate::palette::Fill::class`]),
//! and everything that came from people is escaped.

use std::fmt::Write;

use crate::{
    document::{Align, Anchors, Block, Cell, Cover, Document, Figure, Inline, Marks, NoteKind, Table, Target},
    escape::escape,
    palette,
};

/// How blocks fit into the page around them.
#[derive(Clone, Debug)]
pub struct Options {
    /// The HTML level that a heading of level 1 takes, 1–6.
    pub top_level: u8,
    /// Put before every id, so that two fragments can share a page.
    pub id_prefix: String,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            top_level: 2,
            id_prefix: String::new(),
        }
    }
}

/// Returns the document as a fragment: its title as `h1`, then its blocks from `h2`.
pub fn fragment(document: &Document) -> String {
    let mut html = String::new();
    if !matches!(document.blocks.first(), Some(Block::Cover(_))) {
        write_title(&mut html, "", &document.title, &document.subtitle);
    }
    html.push_str(&blocks(&document.blocks, &Options::default()));
    html
}

/// Blocks as a fragment.
pub fn blocks(blocks: &[Block], options: &Options) -> String {
    let mut writer = Writer {
        html: String::new(),
        options,
        anchors: Anchors::default(),
        figures: 0,
        tables: 0,
        contents: headings(blocks),
    };
    writer.blocks(blocks);
    writer.html
}

/// Running text as a fragment, without a paragraph around it.
pub fn inlines(inlines: &[Inline]) -> String {
    let options = Options::default();
    let mut writer = Writer {
        html: String::new(),
        options: &options,
        anchors: Anchors::default(),
        figures: 0,
        tables: 0,
        contents: vec![],
    };
    writer.inlines(inlines);
    writer.html
}

/// Returns the document as a whole page that needs nothing else, for the command line.
pub fn standalone(document: &Document) -> String {
    let language = if document.language.is_empty() {
        "en-GB"
    } else {
        &document.language
    };
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}</title>\n<style>\n{}{}</style>\n</head>\n<body>\n<main>\n{}</main>\n\
         <footer><p>{}</p></footer>\n</body>\n</html>\n",
        escape(language),
        escape(&document.title),
        include_str!("standalone.css"),
        palette::fill_css(),
        fragment(document),
        escape(&document.reference),
    )
}

/// Every heading in document order with its final id: level, words, id.
fn headings(blocks: &[Block]) -> Vec<(u8, String, String)> {
    fn walk(blocks: &[Block], anchors: &mut Anchors, found: &mut Vec<(u8, String, String)>) {
        for block in blocks {
            match block {
                Block::Heading { level, text, id } => {
                    found.push((*level, text.clone(), anchors.claim(id, text)));
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

struct Writer<'a> {
    html: String,
    options: &'a Options,
    anchors: Anchors,
    figures: usize,
    tables: usize,
    contents: Vec<(u8, String, String)>,
}

impl Writer<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Cover(cover) => self.cover(cover),
            Block::Contents { title, depth } => self.contents(title, *depth),
            Block::Heading { level, text, id } => self.heading(*level, text, id),
            Block::Paragraph(inlines) => self.paragraph(inlines),
            Block::List { marks, items } => self.list(marks, items),
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => self.figure(figure),
            Block::Note { kind, blocks } => self.note(*kind, blocks),
            Block::PageBreak => {}
        }
    }

    fn cover(&mut self, cover: &Cover) {
        write_title(&mut self.html, &cover.organisation, &cover.title, &cover.subtitle);
        if !cover.facts.is_empty() {
            self.push("<dl class=\"govuk-summary-list\">");
            for (label, value) in &cover.facts {
                self.push(&format!(
                    "<div class=\"govuk-summary-list__row\">\
                     <dt class=\"govuk-summary-list__key\">{}</dt>\
                     <dd class=\"govuk-summary-list__value\">{}</dd></div>",
                    escape(label),
                    escape(value)
                ));
            }
            self.push("</dl>\n");
        }
        if !cover.note.is_empty() {
            self.push(&format!("<p class=\"govuk-body-s\">{}</p>\n", escape(&cover.note)));
        }
    }

    fn contents(&mut self, title: &str, depth: u8) {
        let prefix = escape(&self.options.id_prefix);
        let level = self.level(1);
        self.push(&format!(
            "<nav class=\"app-contents\" aria-labelledby=\"{prefix}contents-title\">\
             <h{level} class=\"govuk-heading-m\" id=\"{prefix}contents-title\">{}</h{level}>\
             <ul class=\"govuk-list\">",
            escape(title)
        ));
        for (level, text, id) in std::mem::take(&mut self.contents) {
            if level <= depth {
                self.push(&format!(
                    "<li class=\"app-contents__item app-contents__item--{level}\">\
                     <a class=\"govuk-link\" href=\"#{prefix}{}\">{}</a></li>",
                    escape(&id),
                    escape(&text)
                ));
            }
        }
        self.push("</ul></nav>\n");
    }

    fn heading(&mut self, level: u8, text: &str, id: &str) {
        let id = self.anchors.claim(id, text);
        let size = match level {
            0 | 1 => "l",
            2 => "m",
            _ => "s",
        };
        let level = self.level(level);
        let prefix = escape(&self.options.id_prefix);
        self.push(&format!(
            "<h{level} class=\"govuk-heading-{size}\" id=\"{prefix}{}\">{}</h{level}>\n",
            escape(&id),
            escape(text)
        ));
    }

    fn paragraph(&mut self, inlines: &[Inline]) {
        self.push("<p class=\"govuk-body\">");
        self.inlines(inlines);
        self.push("</p>\n");
    }

    fn list(&mut self, marks: &Marks, items: &[Vec<Block>]) {
        let (tag, class, start) = match marks {
            Marks::Bullets => ("ul", "govuk-list--bullet", String::new()),
            Marks::Numbers(1) => ("ol", "govuk-list--number", String::new()),
            Marks::Numbers(first) => ("ol", "govuk-list--number", format!(" start=\"{first}\"")),
            Marks::Typed(_) => ("ul", "app-typed-list", String::new()),
        };
        self.push(&format!("<{tag} class=\"govuk-list {class}\"{start}>"));
        for (index, item) in items.iter().enumerate() {
            self.push("<li>");
            if let Marks::Typed(_) = marks {
                let mark = escape(&marks.of(index));
                self.push(&format!("<span class=\"app-typed-list__mark\">{mark} </span>"));
            }
            match item.as_slice() {
                [Block::Paragraph(only), rest @ ..] => {
                    self.inlines(only);
                    self.blocks(rest);
                }
                other => self.blocks(other),
            }
            self.push("</li>");
        }
        self.push(&format!("</{tag}>\n"));
    }

    fn note(&mut self, kind: NoteKind, blocks: &[Block]) {
        let (open, close) = match kind {
            NoteKind::Quote => ("<blockquote class=\"govuk-inset-text app-quote\">", "</blockquote>\n"),
            NoteKind::Information => ("<div class=\"govuk-inset-text\">", "</div>\n"),
            NoteKind::Attention => ("<div class=\"govuk-inset-text app-attention\">", "</div>\n"),
        };
        self.push(open);
        self.blocks(blocks);
        self.push(close);
    }

    fn figure(&mut self, figure: &Figure) {
        self.figures += 1;
        let id = format!("{}figure-{}", self.options.id_prefix, self.figures);
        self.push("<figure class=\"app-figure\">");
        if !figure.title.is_empty() {
            self.push(&format!("<p class=\"app-figure__title\">{}</p>", escape(&figure.title)));
        }
        let name = if figure.title.is_empty() {
            &figure.caption
        } else {
            &figure.title
        };
        self.push(&figure.scene.to_svg_with_id(&id, name, &figure.alt));
        if !figure.caption.is_empty() {
            self.push(&format!(
                "<figcaption class=\"app-figure__caption\">{}</figcaption>",
                escape(&figure.caption)
            ));
        }
        self.push("</figure>\n");
    }

    fn table(&mut self, table: &Table) {
        if table.columns.is_empty() {
            return;
        }
        self.tables += 1;
        let id = format!("{}table-{}", escape(&self.options.id_prefix), self.tables);
        self.push(&format!(
            "<div class=\"app-scroll\" role=\"region\" aria-labelledby=\"{id}\" tabindex=\"0\">\
             <table class=\"govuk-table\"><caption class=\"govuk-table__caption\" id=\"{id}\">{}</caption>\
             <thead class=\"govuk-table__head\"><tr class=\"govuk-table__row\">",
            escape(if table.caption.is_empty() {
                "Table"
            } else {
                &table.caption
            })
        ));
        for column in &table.columns {
            self.push(&format!(
                "<th scope=\"col\" class=\"govuk-table__header{}\">{}</th>",
                align_class("header", column.align),
                escape(&column.header)
            ));
        }
        self.push("</tr></thead><tbody class=\"govuk-table__body\">");
        let empty = Cell::default();
        for row in &table.rows {
            self.push("<tr class=\"govuk-table__row\">");
            for (i, column) in table.columns.iter().enumerate() {
                let cell = row.get(i).unwrap_or(&empty);
                self.cell(cell, column.align, table.row_header == Some(i));
            }
            self.push("</tr>");
        }
        self.push("</tbody></table></div>\n");
    }

    fn cell(&mut self, cell: &Cell, align: Align, names_row: bool) {
        let (tag, part) = if names_row {
            ("th scope=\"row\"", "header")
        } else {
            ("td", "cell")
        };
        let space = if cell.fill.class().is_empty() { "" } else { " " };
        self.push(&format!(
            "<{tag} class=\"govuk-table__{part}{}{space}{}\">",
            align_class(part, align),
            cell.fill.class()
        ));
        self.inlines(&cell.content);
        self.push(if names_row { "</th>" } else { "</td>" });
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        inlines.iter().for_each(|inline| self.inline(inline));
    }

    fn inline(&mut self, inline: &Inline) {
        let href = match &inline.link {
            // Checked again here: the variant can be built by hand.
            Some(Target::Uri(uri)) => Target::uri(uri).map(|_| escape(uri)),
            Some(Target::Heading(id)) => Some(format!(
                "#{}{}",
                escape(&self.options.id_prefix),
                escape(&crate::document::slug(id))
            )),
            None => None,
        };
        let mut text = escape(&inline.text).replace('\n', "<br>");
        for (wanted, tag) in [
            (inline.code, "code"),
            (inline.emphasis, "em"),
            (inline.strong, "strong"),
        ] {
            if wanted {
                text = format!("<{tag}>{text}</{tag}>");
            }
        }
        if let Some(href) = href {
            text = format!("<a class=\"govuk-link\" href=\"{href}\">{text}</a>");
        }
        self.push(&text);
    }

    fn level(&self, level: u8) -> u8 {
        (self.options.top_level.max(1) + level.max(1) - 1).min(6)
    }

    fn push(&mut self, html: &str) {
        self.html.push_str(html);
    }
}

fn write_title(html: &mut String, above: &str, title: &str, below: &str) {
    // Writing into a String cannot fail.
    if !above.is_empty() {
        let _ = write!(html, "<p class=\"govuk-caption-xl\">{}</p>", escape(above));
    }
    let _ = writeln!(html, "<h1 class=\"govuk-heading-xl\">{}</h1>", escape(title));
    if !below.is_empty() {
        let _ = writeln!(html, "<p class=\"govuk-body-l\">{}</p>", escape(below));
    }
}

fn align_class(part: &str, align: Align) -> String {
    match align {
        Align::Left => String::new(),
        Align::Centre => " app-table__centre".to_owned(),
        Align::Right => format!(" govuk-table__{part}--numeric"),
    }
}

#[cfg(test)]
mod tests;
