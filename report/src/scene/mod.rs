//! A drawing described once and drawn twice: as inline SVG on a page, as operations in a PDF.

mod svg;

use crate::palette::Colour;

/// A drawing. Units are points, the origin is the top left corner, y grows downwards.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
    /// What is drawn, from back to front.
    pub shapes: Vec<Shape>,
}

/// One thing in a drawing.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A filled rectangle.
    Rect {
        /// Left edge.
        x: f32,
        /// Top edge.
        y: f32,
        /// Width.
        width: f32,
        /// Height.
        height: f32,
        /// Colour inside.
        fill: Colour,
    },
    /// Straight lines through points.
    Path {
        /// The corners in order.
        points: Vec<(f32, f32)>,
        /// Whether the last point is joined to the first.
        closed: bool,
        /// Colour inside, if any.
        fill: Option<Colour>,
        /// Line, if any.
        stroke: Option<Stroke>,
    },
    /// A disc with a line around it.
    Disc {
        /// The middle.
        x: f32,
        /// The middle.
        y: f32,
        /// From the middle to the line.
        r: f32,
        /// Colour inside.
        fill: Colour,
        /// The line.
        stroke: Stroke,
    },
    /// One line of text.
    Text {
        /// Where the anchor stands.
        x: f32,
        /// The baseline.
        y: f32,
        /// Size in points.
        size: f32,
        /// Which part of the text stands at `x`.
        anchor: Anchor,
        /// Bold or regular.
        bold: bool,
        /// Colour of the letters.
        colour: Colour,
        /// The text.
        text: String,
    },
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Colour.
    pub colour: Colour,
    /// Width in points.
    pub width: f32,
    /// Lengths of dash and gap; a solid line has none.
    pub dash: Option<(f32, f32)>,
}

impl Stroke {
    /// A solid line.
    pub fn solid(colour: Colour, width: f32) -> Self {
        Self {
            colour,
            width,
            dash: None,
        }
    }

    /// A dashed line.
    pub fn dashed(colour: Colour, width: f32, dash: f32, gap: f32) -> Self {
        Self {
            colour,
            width,
            dash: Some((dash, gap)),
        }
    }
}

/// Which part of a text stands at its x.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Anchor {
    /// The beginning.
    #[default]
    Start,
    /// The middle.
    Middle,
    /// The end.
    End,
}

impl Anchor {
    /// Returns the share of the text's width that lies left of its x.
    pub(crate) fn share(self) -> f32 {
        match self {
            Anchor::Start => 0.0,
            Anchor::Middle => 0.5,
            Anchor::End => 1.0,
        }
    }
}
