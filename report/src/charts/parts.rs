//! What charts are put together from: a canvas, markers, legends, figures.

use framework::shown::{self, Kind};

use crate::{
    palette::{Colour, INK, LINE, MUTED},
    scene::{Anchor, Scene, Shape, Stroke},
    text,
};

/// Size of labels and figures.
pub(super) const LABEL: f32 = 10.0;
/// Size of what stands at axes and in legends.
pub(super) const SMALL: f32 = 9.0;
/// From one line of a label to the next.
pub(super) const LEADING: f32 = 12.0;

/// A scene being drawn.
#[derive(Default)]
pub(super) struct Canvas {
    shapes: Vec<Shape>,
}

/// The outline that stands for a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    Disc,
    Square,
    Triangle,
    Diamond,
    TriangleDown,
    Cross,
}

impl Marker {
    const ALL: [Marker; 6] = [
        Marker::Disc,
        Marker::Square,
        Marker::Triangle,
        Marker::Diamond,
        Marker::TriangleDown,
        Marker::Cross,
    ];

    /// Returns a different one for each of the first six.
    pub(super) fn nth(n: usize) -> Marker {
        Marker::ALL.get(n % Marker::ALL.len()).copied().unwrap_or(Marker::Disc)
    }

    /// Returns its corners about a middle; a disc has none.
    fn corners(self) -> &'static [(f32, f32)] {
        match self {
            Marker::Disc => &[],
            Marker::Square => &[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
            Marker::Triangle => &[(0.0, -1.2), (1.15, 0.9), (-1.15, 0.9)],
            Marker::TriangleDown => &[(0.0, 1.2), (1.15, -0.9), (-1.15, -0.9)],
            Marker::Diamond => &[(0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0)],
            Marker::Cross => &[
                (-1.2, -0.8),
                (-0.8, -1.2),
                (0.0, -0.4),
                (0.8, -1.2),
                (1.2, -0.8),
                (0.4, 0.0),
                (1.2, 0.8),
                (0.8, 1.2),
                (0.0, 0.4),
                (-0.8, 1.2),
                (-1.2, 0.8),
                (-0.4, 0.0),
            ],
        }
    }

    fn shape(self, (x, y): (f32, f32), r: f32, fill: Colour, stroke: Stroke) -> Shape {
        match self.corners() {
            [] => Shape::Disc { x, y, r, fill, stroke },
            corners => Shape::Path {
                points: corners.iter().map(|(dx, dy)| (x + dx * r, y + dy * r)).collect(),
                closed: true,
                fill: Some(fill),
                stroke: Some(stroke),
            },
        }
    }
}

impl Canvas {
    pub(super) fn finish(self, width: f32, height: f32) -> Scene {
        Scene {
            width,
            height,
            shapes: self.shapes,
        }
    }

    pub(super) fn push(&mut self, shape: Shape) {
        self.shapes.push(shape);
    }

    pub(super) fn rect(&mut self, x: f32, y: f32, width: f32, height: f32, fill: Colour) {
        self.shapes.push(Shape::Rect {
            x,
            y,
            width,
            height,
            fill,
        });
    }

    /// A line through points; nothing for fewer than two.
    pub(super) fn path(&mut self, points: Vec<(f32, f32)>, stroke: Stroke) {
        if points.len() < 2 {
            return;
        }
        self.shapes.push(Shape::Path {
            points,
            closed: false,
            fill: None,
            stroke: Some(stroke),
        });
    }

    pub(super) fn line(&mut self, from: (f32, f32), to: (f32, f32), stroke: Stroke) {
        self.path(vec![from, to], stroke);
    }

    /// A filled marker with a thin edge of paper, so that it stands out from lines under it.
    pub(super) fn marker(&mut self, marker: Marker, x: f32, y: f32, r: f32, fill: Colour) {
        let line = Stroke::solid(crate::palette::PAPER, 0.8);
        self.shapes.push(marker.shape((x, y), r, fill, line));
    }

    /// A hollow marker.
    pub(super) fn ring(&mut self, marker: Marker, x: f32, y: f32, r: f32, colour: Colour) {
        let line = Stroke::solid(colour, 1.6);
        self.shapes.push(marker.shape((x, y), r, crate::palette::PAPER, line));
    }

    pub(super) fn text(&mut self, x: f32, y: f32, words: Words<'_>) {
        if words.text.is_empty() {
            return;
        }
        self.shapes.push(Shape::Text {
            x,
            y,
            size: words.size,
            anchor: words.anchor,
            bold: words.bold,
            colour: words.colour,
            text: words.text.to_owned(),
        });
    }

    /// Lines of a label, centred about `middle`.
    pub(super) fn label(&mut self, x: f32, middle: f32, lines: &[String], words: Words<'_>) {
        let mut y = middle - (lines.len() as f32 - 1.0) * LEADING / 2.0 + words.size * 0.35;
        for text in lines {
            self.text(x, y, Words { text, ..words });
            y += LEADING;
        }
    }

    /// Says that there is nothing to draw.
    pub(super) fn nothing(width: f32) -> Scene {
        let mut canvas = Canvas::default();
        canvas.text(0.0, 16.0, Words::new("No figures to show.").colour(MUTED));
        canvas.finish(width, 24.0)
    }

    /// Names of the markers in a row, wrapping into more rows; answers the height used.
    pub(super) fn legend(&mut self, left: f32, right: f32, entries: &[(Key, String)]) -> f32 {
        let (mut x, mut y) = (left, 8.0);
        for (key, name) in entries {
            let name = text::shorten(name, false, SMALL, right - left - 18.0);
            let width = 15.0 + text::measure(&name, false, SMALL);
            if x > left && x + width > right {
                x = left;
                y += LEADING + 3.0;
            }
            key.draw(self, x + 5.0, y);
            self.text(x + 14.0, y + 3.2, Words::new(&name).small().colour(INK));
            x += width + 16.0;
        }
        y + 12.0
    }
}

/// How a legend shows what a marker looks like.
#[derive(Clone, Copy)]
pub(super) enum Key {
    Filled(Marker, Colour),
    Hollow(Marker, Colour),
}

impl Key {
    fn draw(self, canvas: &mut Canvas, x: f32, y: f32) {
        match self {
            Key::Filled(marker, colour) => canvas.marker(marker, x, y, 3.8, colour),
            Key::Hollow(marker, colour) => canvas.ring(marker, x, y, 3.8, colour),
        }
    }
}

/// One line of text in a look.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    text: &'a str,
    size: f32,
    bold: bool,
    colour: Colour,
    anchor: Anchor,
}

impl<'a> Words<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            size: LABEL,
            bold: false,
            colour: INK,
            anchor: Anchor::Start,
        }
    }

    pub(super) fn small(self) -> Self {
        Self {
            size: SMALL,
            colour: MUTED,
            ..self
        }
    }

    pub(super) fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub(super) fn colour(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }

    pub(super) fn middle(self) -> Self {
        Self {
            anchor: Anchor::Middle,
            ..self
        }
    }

    pub(super) fn end(self) -> Self {
        Self {
            anchor: Anchor::End,
            ..self
        }
    }
}

/// A value that can be drawn.
pub(super) fn known(value: Option<f64>) -> Option<f64> {
    value.filter(|value| value.is_finite())
}

/// Returns a score with one decimal: 3.97 is not yet 4.0.
pub(super) fn figure(value: f64) -> String {
    shown::text(value, Kind::Score)
}

/// Returns the difference of two scores, or a place on an axis of changes, with its sign.
pub(super) fn signed(value: f64) -> String {
    shown::signed(value, Kind::Score)
}

/// Returns a drift with its sign and two decimals: `+0.25`, `−0.40`, `0.00`.
pub(super) fn change(value: f64) -> String {
    shown::signed(value, Kind::Drift)
}

/// Returns a thin line of a grid.
pub(super) fn grid() -> Stroke {
    Stroke::solid(LINE, 0.6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_round_to_the_nearest_but_not_to_a_limit() {
        assert_eq!(figure(3.97), "3.9");
        assert_eq!(figure(3.3), "3.3");
        assert_eq!(figure(-0.04), "0.0");
        assert_eq!(signed(-0.55), "−0.6");
        assert_eq!(signed(1.25), "+1.3");
        assert_eq!(signed(0.0), "0.0");
    }
}
