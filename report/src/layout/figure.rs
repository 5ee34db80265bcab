//! Figures: drawn where they stand if they fit, else at the first place that has room, while
//! what follows goes on and fills the page. In the structure they keep their place.

use crate::{
    document::{Figure, Inline},
    layout::{
        flow::Flow,
        page::{Item, Role},
        style::{BOTTOM, CAPTION, LABEL, TOP},
    },
    scene::{Scene, Shape, Stroke},
    text,
};

/// Less room than this at the foot of a page is not worth filling.
const WORTH_FILLING: f32 = 70.0;

/// Figures that wait for room, in order.
#[derive(Default)]
pub(super) struct Waiting<'a> {
    figures: Vec<(&'a Figure, FigureNodes)>,
}

/// The elements of a figure, made where it stands in the text.
#[derive(Clone, Copy)]
struct FigureNodes {
    title: Option<usize>,
    drawing: usize,
    caption: Option<usize>,
}

impl Flow {
    /// Draws a figure, or lets it wait when it does not fit and something follows to fill the page.
    pub(super) fn figure<'a>(&mut self, parent: usize, figure: &'a Figure, may_wait: bool, waiting: &mut Waiting<'a>) {
        let place = FigureNodes {
            title: (!figure.title.is_empty()).then(|| self.node(parent, Role::Paragraph)),
            drawing: self.node(parent, Role::Figure),
            caption: (!figure.caption.is_empty()).then(|| self.node(parent, Role::Caption)),
        };
        let fits = LABEL.before + self.figure_height(figure) <= self.room();
        let wait = !fits && may_wait && self.room() > WORTH_FILLING && !self.at_top();
        if wait || !waiting.figures.is_empty() {
            waiting.figures.push((figure, place));
        } else {
            self.draw_figure(figure, place);
        }
    }

    /// Draws the waiting figures, on new pages if need be.
    pub(super) fn place_waiting(&mut self, waiting: &mut Waiting<'_>) {
        for (figure, place) in waiting.figures.drain(..) {
            self.draw_figure(figure, place);
        }
    }

    /// Draws the waiting figures for which there is room by now.
    pub(super) fn place_waiting_that_fit(&mut self, waiting: &mut Waiting<'_>) {
        while let Some((figure, place)) = waiting.figures.first().copied() {
            if LABEL.before + self.figure_height(figure) > self.room() {
                return;
            }
            waiting.figures.remove(0);
            self.draw_figure(figure, place);
        }
    }

    fn draw_figure(&mut self, figure: &Figure, place: FigureNodes) {
        self.gap(LABEL.before);
        self.settle(self.figure_height(figure).min(BOTTOM - TOP));
        if let Some(node) = place.title {
            self.running(node, Role::Paragraph, &[Inline::text(&figure.title)], &LABEL);
            self.y += LABEL.after;
        }
        self.drawing(figure, place.drawing);
        if let Some(node) = place.caption {
            self.y += 4.0;
            self.running(node, Role::Caption, &[Inline::text(&figure.caption)], &CAPTION);
        }
        self.gap(LABEL.before + 4.0);
    }

    fn drawing(&mut self, figure: &Figure, node: usize) {
        let scale = self.scale(&figure.scene);
        let (width, height) = (figure.scene.width * scale, figure.scene.height * scale);
        let (width, height) = if scale > 0.0 { (width, height) } else { (0.0, 0.0) };
        let area = [self.left, self.y, self.left + width, self.y + height];
        let alt = if figure.alt.is_empty() {
            &figure.title
        } else {
            &figure.alt
        };
        self.describe(node, alt, (self.page(), area));
        if scale > 0.0 {
            self.begin(node, Role::Figure);
            let origin = (self.left, self.y);
            figure
                .scene
                .shapes
                .iter()
                .for_each(|shape| self.shape(shape, origin, scale));
            self.end();
            self.y += height;
        }
    }

    /// Natural size, or less where the page is too small; 0 for a drawing without size.
    fn scale(&self, scene: &Scene) -> f32 {
        let sizes = [scene.width, scene.height];
        if sizes.iter().any(|size| !size.is_finite() || *size <= 0.0) {
            return 0.0;
        }
        let tallest = BOTTOM - TOP - 70.0;
        1.0_f32.min(self.width() / scene.width).min(tallest / scene.height)
    }

    pub(super) fn figure_height(&self, figure: &Figure) -> f32 {
        let scale = self.scale(&figure.scene);
        let mut height = if scale > 0.0 { figure.scene.height * scale } else { 0.0 };
        if !figure.title.is_empty() {
            height += self.running_height(&[Inline::text(&figure.title)], &LABEL).0 + LABEL.after;
        }
        if !figure.caption.is_empty() {
            height += self.running_height(&[Inline::text(&figure.caption)], &CAPTION).0 + 4.0;
        }
        height
    }

    fn shape(&mut self, shape: &Shape, origin: (f32, f32), scale: f32) {
        let at = |x: f32, y: f32| (origin.0 + x * scale, origin.1 + y * scale);
        match shape {
            Shape::Rect {
                x,
                y,
                width,
                height,
                fill,
            } => {
                let (x, y) = at(*x, *y);
                let (width, height) = (width * scale, height * scale);
                self.push(Item::Rect {
                    x,
                    y,
                    width,
                    height,
                    fill: *fill,
                });
            }
            Shape::Path {
                points,
                closed,
                fill,
                stroke,
            } => self.push(Item::Path {
                points: points.iter().map(|(x, y)| at(*x, *y)).collect(),
                closed: *closed,
                fill: *fill,
                stroke: stroke.map(|stroke| scaled(stroke, scale)),
            }),
            Shape::Disc { x, y, r, fill, stroke } => self.push(Item::Path {
                points: around(at(*x, *y), r * scale),
                closed: true,
                fill: Some(*fill),
                stroke: Some(scaled(*stroke, scale)),
            }),
            Shape::Text {
                x,
                y,
                size,
                anchor,
                bold,
                colour,
                text,
            } => {
                let pieces = text::pieces(text, *bold, size * scale);
                let width: f32 = pieces.iter().map(|piece| piece.width).sum();
                let (x, y) = at(*x, *y);
                let mut x = x - width * anchor.share();
                for piece in pieces {
                    self.draw_piece(x, y, size * scale, *colour, &piece);
                    x += piece.width;
                }
            }
        }
    }
}

fn scaled(stroke: Stroke, scale: f32) -> Stroke {
    Stroke {
        width: stroke.width * scale,
        dash: stroke.dash.map(|(dash, gap)| (dash * scale, gap * scale)),
        ..stroke
    }
}

/// Points so close that lines between them look round.
fn around((x, y): (f32, f32), r: f32) -> Vec<(f32, f32)> {
    (0..24)
        .map(|i| {
            let angle = i as f32 * std::f32::consts::TAU / 24.0;
            (x + r * angle.cos(), y + r * angle.sin())
        })
        .collect()
}
