//! Pages: their objects by printpdf, what is drawn on them by us, straight into bytes.
//!
//! printpdf would make several values of every operation before it writes one; in a long report that took longer than
//! everything else.

use std::io::Write;

use printpdf::{
    Actions, BorderArray, Destination, LinkAnnotation, Mm, Op, PdfDocument, PdfFont, PdfFontHandle, PdfPage,
    PdfSaveOptions, Pt, Rect, TextItem,
};

use super::{
    PdfError,
    fonts::{self, Subsets},
};
use crate::{
    fonts::Face,
    layout::{Artifact, Entry, Item, Jump, Layout, Link, PAGE_HEIGHT},
    palette::Colour,
    scene::Stroke,
};

/// Fonts and pages as lopdf objects, links still without their description.
pub(super) fn write(layout: &Layout, subsets: &Subsets) -> Result<lopdf::Document, PdfError> {
    let mut pdf = PdfDocument::new("");
    for (face, subset) in subsets {
        let font = PdfFont::new(subset.font.clone());
        pdf.resources.fonts.map.insert(fonts::id(*face), font);
    }
    pdf.pages = layout
        .pages
        .iter()
        .map(|page| PdfPage::new(Mm(210.0), Mm(297.0), links(&page.items, &layout.outline)))
        .collect();
    // What is shown on a page decides which typefaces are put in, with which letters: all of them, until the page gets its
    // own content below.
    if let Some(first) = pdf.pages.first_mut() {
        first.ops.extend(
            subsets
                .iter()
                .flat_map(|(face, subset)| all_letters(*face, &subset.letters)),
        );
    }
    let mut pdf = pdf.to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new());
    let pages: Vec<lopdf::ObjectId> = pdf.get_pages().into_values().collect();
    for (page, id) in layout.pages.iter().zip(pages) {
        let content = pdf.get_dictionary(id)?.get(b"Contents")?.as_reference()?;
        let content = pdf.get_object_mut(content)?.as_stream_mut()?;
        content.set_plain_content(drawn(&page.items, subsets));
    }
    Ok(pdf)
}

fn links(items: &[Item], outline: &[Entry]) -> Vec<Op> {
    let links = items.iter().filter_map(|item| match item {
        Item::Link(link) => Some(Op::LinkAnnotation {
            link: annotation(link, outline),
        }),
        _ => None,
    });
    links.collect()
}

fn all_letters(face: Face, letters: &str) -> [Op; 4] {
    let font = PdfFontHandle::External(fonts::id(face));
    let items = vec![TextItem::Text(letters.to_owned())];
    [
        Op::StartTextSection,
        Op::SetFont { font, size: Pt(1.0) },
        Op::ShowText { items },
        Op::EndTextSection,
    ]
}

fn annotation(link: &Link, outline: &[Entry]) -> LinkAnnotation {
    let (x, y) = (tidy(link.x), tidy(PAGE_HEIGHT - link.y - link.height));
    let area = Rect::from_xywh(Pt(x), Pt(y), Pt(tidy(link.width)), Pt(tidy(link.height)));
    let action = match &link.jump {
        Jump::Uri(uri) => Actions::uri(ascii(uri)),
        Jump::Heading(place) => {
            let (page, y) = outline
                .get(*place)
                .map_or((0, 0.0), |heading| (heading.page, heading.y));
            Actions::go_to(Destination::Xyz {
                page: page + 1,
                left: None,
                top: Some(tidy(PAGE_HEIGHT - y + 8.0)),
                zoom: None,
            })
        }
    };
    LinkAnnotation::new(area, action, Some(BorderArray::Solid([0.0, 0.0, 0.0])), None, None)
}

/// Returns an address as PDF wants it: what is not ASCII becomes %-encoded UTF-8.
fn ascii(uri: &str) -> String {
    uri.bytes()
        .map(|b| {
            if b.is_ascii_graphic() {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}

/// Returns the content of a page (ISO 32000-1, annex A).
fn drawn(items: &[Item], subsets: &Subsets) -> Vec<u8> {
    let mut pen = Pen {
        subsets,
        content: Vec::with_capacity(items.len() * 40),
        fill: None,
        stroke: None,
        font: None,
    };
    items.iter().for_each(|item| pen.item(item));
    pen.content
}

/// Sets typeface, colour and line only when they change.
struct Pen<'a> {
    subsets: &'a Subsets,
    content: Vec<u8>,
    fill: Option<Colour>,
    stroke: Option<Stroke>,
    font: Option<(Face, f32)>,
}

impl Pen<'_> {
    fn item(&mut self, item: &Item) {
        match item {
            Item::Text {
                x,
                y,
                face,
                size,
                colour,
                text,
            } => {
                self.fill(*colour);
                self.show_text("BT ");
                self.font(*face, *size);
                self.numbers(&[*x, PAGE_HEIGHT - *y], "Td ");
                self.letters(*face, text);
                self.show_text("Tj ET\n");
            }
            Item::Rect {
                x,
                y,
                width,
                height,
                fill,
            } => {
                self.fill(*fill);
                self.numbers(&[*x, PAGE_HEIGHT - *y - *height, *width, *height], "re f\n");
            }
            Item::Path {
                points,
                closed,
                fill,
                stroke,
            } => self.path(points, *closed, *fill, *stroke),
            Item::Begin { mark, role } => self.show_text(&format!("/{} <</MCID {mark}>>BDC\n", role.name())),
            Item::Artifact(Artifact::Layout) => self.show_text("/Artifact <</Type/Layout>>BDC\n"),
            Item::Artifact(Artifact::Pagination) => self.show_text("/Artifact <</Type/Pagination>>BDC\n"),
            Item::End => self.show_text("EMC\n"),
            // not drawn: an object of its own
            Item::Link(_) => {}
        }
    }

    fn path(&mut self, points: &[(f32, f32)], closed: bool, fill: Option<Colour>, stroke: Option<Stroke>) {
        if let Some(colour) = fill {
            self.fill(colour);
        }
        if let Some(stroke) = stroke {
            self.stroke(stroke);
        }
        for (i, (x, y)) in points.iter().enumerate() {
            self.numbers(&[*x, PAGE_HEIGHT - *y], if i == 0 { "m " } else { "l " });
        }
        self.show_text(match (fill, stroke, closed) {
            (Some(_), Some(_), _) => "b\n",
            (Some(_), None, _) => "f\n",
            (None, Some(_), true) => "s\n",
            (None, Some(_), false) => "S\n",
            (None, None, _) => "n\n",
        });
    }

    fn font(&mut self, face: Face, size: f32) {
        if self.font.replace((face, size)) != Some((face, size)) {
            let printpdf::FontId(name) = fonts::id(face);
            self.show_text(&format!("/{name} "));
            self.numbers(&[size], "Tf ");
        }
    }

    /// Letters as their codes, two bytes each.
    fn letters(&mut self, face: Face, text: &str) {
        self.content.push(b'(');
        let subset = self.subsets.get(&face);
        let codes = text
            .chars()
            .map(|letter| subset.map_or(0, |subset| subset.code(letter)));
        for byte in codes.flat_map(u16::to_be_bytes) {
            match byte {
                b'(' | b')' | b'\\' => self.content.extend([b'\\', byte]),
                b'\r' => self.show_text("\\r"),
                byte => self.content.push(byte),
            }
        }
        self.content.push(b')');
    }

    fn fill(&mut self, colour: Colour) {
        if self.fill.replace(colour) != Some(colour) {
            self.colour(colour, "rg\n");
        }
    }

    fn stroke(&mut self, stroke: Stroke) {
        if self.stroke.replace(stroke) == Some(stroke) {
            return;
        }
        self.colour(stroke.colour, "RG ");
        self.numbers(&[stroke.width], "w [");
        if let Some((dash, gap)) = stroke.dash {
            self.numbers(&[dash, gap], "");
        }
        self.show_text("] 0 d\n");
    }

    fn colour(&mut self, Colour(red, green, blue): Colour, operator: &str) {
        for channel in [red, green, blue] {
            let thousandths = (f32::from(channel) / 255.0 * 1_000.0).round() / 1_000.0;
            self.show_text(&format!("{thousandths} "));
        }
        self.show_text(operator);
    }

    fn numbers(&mut self, values: &[f32], operator: &str) {
        for value in values {
            self.number(*value);
            self.content.push(b' ');
        }
        self.show_text(operator);
    }

    /// A number without needless noughts: its hundredths, and a point where there are any.
    fn number(&mut self, value: f32) {
        let hundredths = (tidy(value) * 100.0).round() as i32;
        let (whole, rest) = (hundredths.abs() / 100, hundredths.abs() % 100);
        let sign = if hundredths < 0 { "-" } else { "" };
        // writing into a Vec does not fail
        let _ = match rest {
            0 => write!(self.content, "{sign}{whole}"),
            rest if rest % 10 == 0 => write!(self.content, "{sign}{whole}.{}", rest / 10),
            rest => write!(self.content, "{sign}{whole}.{rest:02}"),
        };
    }

    fn show_text(&mut self, words: &str) {
        self.content.extend_from_slice(words.as_bytes());
    }
}

/// Hundredths of a point are enough; what is not a number must not reach the file.
fn tidy(value: f32) -> f32 {
    if value.is_finite() {
        (value.clamp(-1.0e5, 1.0e5) * 100.0).round() / 100.0
    } else {
        0.0
    }
}
