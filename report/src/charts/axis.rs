//! The horizontal scale that rows share, and its grid.

use super::parts::{Canvas, Words, figure, grid, signed};
use crate::{
    palette::{INK, MUTED},
    scene::Stroke,
};
use framework::score::{PARTIAL_FROM, STRONG_FROM};

/// Values from `low` to `high` between two x.
#[derive(Clone, Copy, Debug)]
pub(super) struct Axis {
    low: f64,
    high: f64,
    pub(super) left: f32,
    pub(super) right: f32,
}

impl Axis {
    pub(super) fn new(low: f64, high: f64, left: f32, right: f32) -> Self {
        // However little room labels leave, the plot keeps some.
        Self {
            low,
            high,
            left,
            right: right.max(left + 40.0),
        }
    }

    /// The rating scale.
    pub(super) fn ratings(left: f32, right: f32) -> Self {
        Self::new(1.0, 5.0, left, right)
    }

    /// Where a value stands; what lies beyond the scale stands at its end.
    pub(super) fn at(&self, value: f64) -> f32 {
        let share = (value - self.low) / (self.high - self.low).max(f64::EPSILON);
        self.left + (self.right - self.left) * share.clamp(0.0, 1.0) as f32
    }

    pub(super) fn width(&self) -> f32 {
        self.right - self.left
    }

    /// Lines and numbers for the ratings 1 to 5.
    pub(super) fn draw_ratings(&self, canvas: &mut Canvas, top: f32, bottom: f32) {
        for rating in 1..=5 {
            let x = self.at(f64::from(rating));
            canvas.line((x, top), (x, bottom), grid());
            canvas.text(x, bottom + 12.0, Words::new(&rating.to_string()).small().middle());
        }
    }

    /// The two thresholds between bands, named above the plot.
    pub(super) fn draw_bands(&self, canvas: &mut Canvas, top: f32, bottom: f32) {
        for (value, name) in [(PARTIAL_FROM, "partial"), (STRONG_FROM, "strong")] {
            let x = self.at(value);
            canvas.line((x, top - 2.0), (x, bottom), Stroke::dashed(INK, 0.9, 3.0, 2.0));
            // Narrow charts have room for the numbers only.
            let name = if self.width() >= 200.0 {
                format!("{} {name}", figure(value))
            } else {
                figure(value)
            };
            canvas.text(x, top - 6.0, Words::new(&name).small().middle());
        }
    }

    /// Lines and signed numbers at every `step` on both sides of zero.
    pub(super) fn draw_changes(&self, canvas: &mut Canvas, step: f64, top: f32, bottom: f32) {
        let steps = (self.high / step).floor().clamp(0.0, 20.0) as i32;
        for i in -steps..=steps {
            let value = f64::from(i) * step;
            let x = self.at(value);
            let stroke = if i == 0 { Stroke::solid(MUTED, 1.0) } else { grid() };
            canvas.line((x, top), (x, bottom), stroke);
            canvas.text(x, bottom + 12.0, Words::new(&signed(value)).small().middle());
        }
    }
}
