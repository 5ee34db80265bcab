//! Pages as drawing operations.

use std::collections::BTreeMap;

use printpdf::{
    Actions, BorderArray, Color, Destination, DictItem, Line, LineDashPattern, LinePoint, LinkAnnotation, Mm, Op,
    PaintMode, PdfDocument, PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions, Point, Polygon, PolygonRing, Pt, Rect,
    Rgb, TextItem, WindingOrder,
};

use super::fonts::{self, Subsets};
use crate::{
    layout::{Artifact, Item, Jump, Layout, Link, PAGE_HEIGHT},
    palette::Colour,
    scene::Stroke,
};

/// Fonts and pages as lopdf objects, links still without their description.
pub(super) fn write(layout: &Layout, subsets: Subsets) -> lopdf::Document {
    let mut pdf = PdfDocument::new("");
    for (face, font) in subsets {
        pdf.resources.fonts.map.insert(fonts::id(face), PdfFont::new(font));
    }
    pdf.pages = layout
        .pages
        .iter()
        .map(|page| PdfPage::new(Mm(210.0), Mm(297.0), operations(&page.items)))
        .collect();
    pdf.to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new())
}

/// Sets colour and line only when they change.
#[derive(Default)]
struct Pen {
    ops: Vec<Op>,
    fill: Option<Colour>,
    stroke: Option<Stroke>,
}

fn operations(items: &[Item]) -> Vec<Op> {
    let mut pen = Pen::default();
    items.iter().for_each(|item| pen.item(item));
    pen.ops
}

impl Pen {
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
                self.ops.extend([
                    Op::StartTextSection,
                    Op::SetFont {
                        font: PdfFontHandle::External(fonts::id(*face)),
                        size: Pt(*size),
                    },
                    Op::SetTextCursor { pos: point(*x, *y) },
                    Op::ShowText {
                        items: vec![TextItem::Text(text.clone())],
                    },
                    Op::EndTextSection,
                ]);
            }
            Item::Rect {
                x,
                y,
                width,
                height,
                fill,
            } => {
                self.fill(*fill);
                let corners = [(*x, *y), (x + width, *y), (x + width, y + height), (*x, y + height)];
                self.polygon(&corners, PaintMode::Fill);
            }
            Item::Path {
                points,
                closed,
                fill,
                stroke,
            } => {
                self.path(points, *closed, *fill, *stroke);
            }
            Item::Begin { mark, role } => {
                self.begin(role.name(), "MCID", DictItem::Int(*mark as i64));
            }
            Item::Artifact(kind) => {
                let kind = match kind {
                    Artifact::Layout => "Layout",
                    Artifact::Pagination => "Pagination",
                };
                self.begin("Artifact", "Type", DictItem::Name(kind.as_bytes().to_vec()));
            }
            Item::End => self.ops.push(Op::EndMarkedContent),
            Item::Link(link) => self.ops.push(Op::LinkAnnotation { link: annotation(link) }),
        }
    }

    fn begin(&mut self, tag: &str, key: &str, value: DictItem) {
        self.ops.push(Op::BeginMarkedContentWithProperties {
            tag: tag.to_owned(),
            properties: DictItem::Dict {
                map: BTreeMap::from([(key.to_owned(), value)]),
            },
        });
    }

    fn path(&mut self, points: &[(f32, f32)], closed: bool, fill: Option<Colour>, stroke: Option<Stroke>) {
        if let Some(colour) = fill {
            self.fill(colour);
        }
        if let Some(stroke) = stroke {
            self.stroke(stroke);
        }
        match (fill, stroke) {
            (Some(_), Some(_)) => self.polygon(points, PaintMode::FillStroke),
            (Some(_), None) => self.polygon(points, PaintMode::Fill),
            (None, Some(_)) => self.ops.push(Op::DrawLine {
                line: Line {
                    points: corners(points),
                    is_closed: closed,
                },
            }),
            (None, None) => {}
        }
    }

    fn polygon(&mut self, points: &[(f32, f32)], mode: PaintMode) {
        self.ops.push(Op::DrawPolygon {
            polygon: Polygon {
                rings: vec![PolygonRing {
                    points: corners(points),
                }],
                mode,
                winding_order: WindingOrder::NonZero,
            },
        });
    }

    fn fill(&mut self, colour: Colour) {
        if self.fill.replace(colour) != Some(colour) {
            self.ops.push(Op::SetFillColor { col: rgb(colour) });
        }
    }

    fn stroke(&mut self, stroke: Stroke) {
        if self.stroke.replace(stroke) == Some(stroke) {
            return;
        }
        let dash = match stroke.dash {
            Some((dash, gap)) => LineDashPattern::new(0.0, &[tidy(dash), tidy(gap)]),
            None => LineDashPattern::solid(),
        };
        self.ops.extend([
            Op::SetOutlineColor {
                col: rgb(stroke.colour),
            },
            Op::SetOutlineThickness {
                pt: Pt(tidy(stroke.width)),
            },
            Op::SetLineDashPattern { dash },
        ]);
    }
}

fn annotation(link: &Link) -> LinkAnnotation {
    let (x, y) = (tidy(link.x), tidy(PAGE_HEIGHT - link.y - link.height));
    let area = Rect::from_xywh(Pt(x), Pt(y), Pt(tidy(link.width)), Pt(tidy(link.height)));
    let action = match &link.jump {
        Jump::Uri(uri) => Actions::uri(ascii(uri)),
        Jump::Place { page, y } => Actions::go_to(Destination::Xyz {
            page: page + 1,
            left: None,
            top: Some(tidy(PAGE_HEIGHT - y + 8.0)),
            zoom: None,
        }),
    };
    LinkAnnotation::new(area, action, Some(BorderArray::Solid([0.0, 0.0, 0.0])), None, None)
}

/// An address as PDF wants it: what is not ASCII becomes %-encoded UTF-8.
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

fn corners(points: &[(f32, f32)]) -> Vec<LinePoint> {
    points
        .iter()
        .map(|&(x, y)| LinePoint {
            p: point(x, y),
            bezier: false,
        })
        .collect()
}

/// From the top left origin of layout to the bottom left origin of PDF.
fn point(x: f32, y: f32) -> Point {
    Point {
        x: Pt(tidy(x)),
        y: Pt(tidy(PAGE_HEIGHT - y)),
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

fn rgb(colour: Colour) -> Color {
    let share = |channel: u8| (f32::from(channel) / 255.0 * 1_000.0).round() / 1_000.0;
    Color::Rgb(Rgb::new(share(colour.0), share(colour.1), share(colour.2), None))
}
