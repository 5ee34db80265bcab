//! Measures of the page and looks of the text, in points.

use crate::{
    palette::{Colour, INK, MUTED, TEAL, TEAL_DEEP},
    text::Set,
};

/// A4.
pub(crate) const PAGE_WIDTH: f32 = 595.276;
pub(crate) const PAGE_HEIGHT: f32 = 841.89;

/// Where the text stands: 480 points wide, the width of a chart on paper.
pub(super) const LEFT: f32 = 57.638;
pub(super) const RIGHT: f32 = PAGE_WIDTH - LEFT;
pub(super) const TOP: f32 = 76.0;
pub(super) const BOTTOM: f32 = PAGE_HEIGHT - 72.0;

/// A look of running text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    pub(super) size: f32,
    pub(super) leading: f32,
    pub(super) colour: Colour,
    pub(super) strong: bool,
    /// Space before and after.
    pub(super) before: f32,
    pub(super) after: f32,
}

impl Style {
    pub(super) fn set(&self) -> Set {
        Set {
            size: self.size,
            strong: self.strong,
        }
    }

    /// From the top of a line to the foot of its letters.
    pub(super) fn baseline(&self) -> f32 {
        (self.leading - self.size) / 2.0 + self.size * 0.79
    }
}

pub(super) const BODY: Style = Style {
    size: 10.5,
    leading: 15.0,
    colour: INK,
    strong: false,
    before: 0.0,
    after: 7.5,
};

pub(super) const CAPTION: Style = Style {
    size: 9.0,
    leading: 12.0,
    colour: MUTED,
    strong: false,
    before: 0.0,
    after: 0.0,
};

/// Over a table or figure: says what it shows.
pub(super) const LABEL: Style = Style {
    size: 10.0,
    leading: 13.5,
    colour: TEAL_DEEP,
    strong: true,
    before: 10.0,
    after: 5.0,
};

/// Returns the look of a heading.
pub(super) fn heading(level: u8) -> Style {
    let (size, colour, before, after) = match level {
        0 | 1 => (21.0, TEAL_DEEP, 26.0, 11.0),
        2 => (14.5, TEAL, 20.0, 6.0),
        3 => (12.0, TEAL_DEEP, 14.0, 4.0),
        _ => (10.5, INK, 10.0, 3.0),
    };
    Style {
        size,
        leading: size * 1.22,
        colour,
        strong: true,
        before,
        after,
    }
}
