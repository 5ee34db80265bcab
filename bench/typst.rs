//! A document as Typst markup, drawings included: the same words, tables, fills, links and charts.

use crate::Result;
use report::document::{Align, Block, Cell, Cover, Document, Figure, Inline, Marks, NoteKind, Table, Target, slug};
use std::{collections::HashSet, fs, path::Path};

/// Writes `report.typ` and its drawings.
pub fn write(document: &Document, folder: &Path) -> Result<()> {
    let mut writer = Writer {
        folder,
        figures: 0,
        labels: HashSet::new(),
    };
    let blocks = writer.blocks(&document.blocks)?;
    let text = format!(
        "#set document(title: {title}, author: {author})\n\
         #set text(font: \"Source Sans 3\", size: 10.5pt, lang: \"en\", region: \"GB\")\n\
         #set page(paper: \"a4\", margin: (x: 57pt, top: 76pt, bottom: 72pt), numbering: \"1\", footer: context [{foot} \
         #h(1fr) #counter(page).display()])\n\
         #set par(leading: 0.6em)\n\
         #set table(stroke: (bottom: 0.5pt + rgb(\"#d3d8d9\")), inset: 4pt)\n\
         #show table.cell: set text(size: 9pt)\n\
         #show heading.where(level: 1): set text(size: 21pt)\n\
         {blocks}",
        title = quoted(&document.title),
        author = quoted(&document.author),
        foot = format_args!("#{}", quoted(&document.reference)),
    );
    Ok(fs::write(folder.join("report.typ"), text)?)
}

struct Writer<'a> {
    folder: &'a Path,
    figures: usize,
    labels: HashSet<String>,
}

impl Writer<'_> {
    fn blocks(&mut self, blocks: &[Block]) -> Result<String> {
        blocks.iter().map(|block| self.block(block)).collect()
    }

    fn block(&mut self, block: &Block) -> Result<String> {
        Ok(match block {
            Block::Cover(of) => cover(of),
            Block::Contents { title, depth } => format!("#outline(title: {}, depth: {depth})\n", quoted(title)),
            Block::Heading { level, text, id } => {
                let label = slug(if id.is_empty() { text } else { id });
                let mark = if self.labels.insert(label.clone()) {
                    format!(" <{label}>")
                } else {
                    String::new()
                };
                format!("#heading(level: {level}, {}){mark}\n\n", quoted(text))
            }
            Block::Paragraph(words) => format!("{}\n\n", inlines(words)),
            Block::List { marks, items } => {
                let items: Result<String> = items
                    .iter()
                    .map(|item| Ok(format!("[{}], ", self.blocks(item)?)))
                    .collect();
                let kind = if matches!(marks, Marks::Numbers(_)) {
                    "enum"
                } else {
                    "list"
                };
                format!("#{kind}({})\n\n", items?)
            }
            Block::Table(of) => table(of),
            Block::Figure(of) => self.figure(of)?,
            Block::Note { kind, blocks } => {
                let colour = if matches!(kind, NoteKind::Attention) {
                    "#c08217"
                } else {
                    "#0f666b"
                };
                let inside = self.blocks(blocks)?;
                format!(
                    "#block(inset: 8pt, stroke: (left: 3pt + rgb(\"{colour}\")), fill: rgb(\"#f7f4ec\"))[{inside}]\n\n"
                )
            }
            Block::PageBreak => "#pagebreak(weak: true)\n".to_owned(),
        })
    }

    fn figure(&mut self, figure: &Figure) -> Result<String> {
        self.figures += 1;
        let name = format!("figure-{}", self.figures);
        fs::write(
            self.folder.join(format!("{name}.svg")),
            figure.scene.to_svg_with_id(&name, &figure.title, &figure.alt),
        )?;
        Ok(format!(
            "#block(breakable: false)[#strong({}) \\ #image(\"{name}.svg\", width: {}pt, alt: {}) #text(size: 9pt, {})]\n\n",
            quoted(&figure.title),
            figure.scene.width,
            quoted(&figure.alt),
            quoted(&figure.caption),
        ))
    }
}

fn cover(cover: &Cover) -> String {
    let facts: String = (cover.facts.iter())
        .map(|(label, value)| format!("#strong({}) #h(1em) #{}\n\n", quoted(label), quoted(value)))
        .collect();
    format!(
        "#{}\n\n#title()\n\n#{}\n\n{facts}#{}\n\n#pagebreak()\n",
        quoted(&cover.organisation),
        quoted(&cover.subtitle),
        quoted(&cover.note)
    )
}

fn table(table: &Table) -> String {
    let align = |align: Align| match align {
        Align::Left => "left",
        Align::Centre => "center",
        Align::Right => "right",
    };
    // a share of the width where the column has one, else as wide as its content
    let widths: String = (table.columns.iter())
        .map(|c| {
            if c.weight > 0.0 {
                format!("{}fr, ", c.weight)
            } else {
                "auto, ".to_owned()
            }
        })
        .collect();
    let aligns: String = table.columns.iter().map(|c| format!("{}, ", align(c.align))).collect();
    let header: String = (table.columns.iter())
        .map(|c| {
            format!(
                "table.cell(fill: rgb(\"#0b3f47\"), text(fill: white, strong({}))), ",
                quoted(&c.header)
            )
        })
        .collect();
    let empty = Cell::default();
    let cells: String = (table.rows.iter())
        .flat_map(|row| (0..table.columns.len()).map(|place| row.get(place).unwrap_or(&empty)))
        .map(|cell| match cell.fill.colour() {
            Some(colour) => format!(
                "table.cell(fill: rgb(\"{}\"))[{}],\n",
                colour.hex(),
                inlines(&cell.content)
            ),
            None => format!("[{}],\n", inlines(&cell.content)),
        })
        .collect();
    format!(
        "#strong({})\n\n#table(columns: ({widths}), align: ({aligns}), table.header({header}),\n{cells})\n\n",
        quoted(&table.caption)
    )
}

fn inlines(inlines: &[Inline]) -> String {
    inlines.iter().map(inline).collect()
}

fn inline(inline: &Inline) -> String {
    let mut code = quoted(&inline.text);
    for (wanted, function) in [
        (inline.code, "raw"),
        (inline.emphasis, "emph"),
        (inline.strong, "strong"),
    ] {
        if wanted {
            code = format!("{function}({code})");
        }
    }
    match &inline.link {
        Some(Target::Uri(uri)) => format!("#link({}, {code});", quoted(uri)),
        Some(Target::Heading(id)) => format!("#link(label({}), {code});", quoted(&slug(id))),
        None => format!("#{code};"),
    }
}

/// Returns a Typst string.
fn quoted(text: &str) -> String {
    format!(
        "\"{}\"",
        text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
    )
}
