//! Small charts side by side on one scale: a line over the periods, and the range it is seen against behind it.

use super::{
    Quartiles,
    labels::Labels,
    parts::{Canvas, Key, LEADING, Marker, Words, figure, grid, known},
};
use crate::{
    palette::{MUTED, SAND_DEEP, TEAL},
    scene::{Scene, Shape, Stroke},
    text,
};

/// Between one small chart and the next.
const GAP: f32 = 14.0;
/// From rating 5 down to rating 1.
const PLOT: f32 = 64.0;
/// Room for the periods under a plot.
const UNDER: f32 = 28.0;
/// Half the width of a range that stands alone.
const ALONE: f32 = 5.0;

/// A small chart of [`multiples`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Multiple {
    /// What was scored.
    pub label: String,
    /// One score from 1 to 5 for each period; a missing one breaks the line.
    pub values: Vec<Option<f64>>,
    /// The range behind, one for each period; a missing one breaks it.
    pub behind: Vec<Option<Quartiles>>,
}

/// One small chart for each item, in order, two beside each other on narrow pages and three on wide ones. `names` say what
/// the line and what the range is. The latest value stands at the right.
pub fn multiples(width: f32, names: [&str; 2], periods: &[&str], items: &[Multiple]) -> Scene {
    if items.is_empty() || periods.is_empty() {
        return Canvas::nothing(width);
    }
    let across = if width < 400.0 { 2 } else { 3 };
    let one = (width - GAP * (across as f32 - 1.0)) / across as f32;
    let labels = Labels::new(items.iter().map(|item| item.label.as_str()), one);
    let mut canvas = Canvas::default();
    let keys = [
        (Key::Filled(Marker::Disc, TEAL), names[0].to_owned()),
        (Key::Hollow(Marker::Square, MUTED), names[1].to_owned()),
    ];
    let mut y = canvas.legend(0.0, width, &keys) + 6.0;
    for (row, items) in items.chunks(across).enumerate() {
        let lines = (0..items.len()).map(|i| labels.get(row * across + i).len());
        let title = lines.max().unwrap_or_default().max(1) as f32 * LEADING;
        for (i, item) in items.iter().enumerate() {
            let x = i as f32 * (one + GAP);
            for (line, words) in labels.get(row * across + i).iter().enumerate() {
                canvas.text(x, y + 9.0 + line as f32 * LEADING, Words::new(words));
            }
            let plot = Plot {
                left: x + 14.0,
                right: x + one - 28.0,
                top: y + title + 8.0,
                periods: periods.len(),
            };
            plot.draw(&mut canvas, periods, item);
        }
        y += title + 8.0 + PLOT + UNDER;
    }
    canvas.finish(width, y)
}

struct Plot {
    left: f32,
    right: f32,
    top: f32,
    periods: usize,
}

impl Plot {
    fn x(&self, period: usize) -> f32 {
        match self.periods {
            0 | 1 => (self.left + self.right) / 2.0,
            n => self.left + (self.right - self.left) * period as f32 / (n - 1) as f32,
        }
    }

    fn y(&self, value: f64) -> f32 {
        self.top + PLOT * (1.0 - ((value - 1.0) / 4.0).clamp(0.0, 1.0) as f32)
    }

    fn draw(&self, canvas: &mut Canvas, periods: &[&str], item: &Multiple) {
        let is_known = |q: &Quartiles| q.lower.is_finite() && q.upper.is_finite();
        for stretch in stretches(item.behind.iter().take(self.periods).map(|q| q.filter(is_known))) {
            self.draw_range(canvas, &stretch);
        }
        for rating in 1..=5_u8 {
            let y = self.y(f64::from(rating));
            canvas.line((self.left, y), (self.right, y), grid());
            if rating % 2 == 1 {
                canvas.text(self.left - 5.0, y + 3.2, Words::new(&rating.to_string()).small().end());
            }
        }
        self.draw_periods(canvas, periods);
        let stretches = stretches(item.values.iter().take(self.periods).map(|value| known(*value)));
        for stretch in &stretches {
            let points: Vec<(f32, f32)> = stretch.iter().map(|(i, value)| (self.x(*i), self.y(*value))).collect();
            canvas.path(points.clone(), Stroke::solid(TEAL, 1.6));
            for (x, y) in points {
                canvas.marker(Marker::Disc, x, y, 3.0, TEAL);
            }
        }
        match stretches.last().and_then(|stretch| stretch.last()) {
            Some((_, value)) => {
                let words = figure(*value);
                canvas.text(self.right + 8.0, self.y(*value) + 3.5, Words::new(&words).bold());
            }
            None => {
                let middle = (self.left + self.right) / 2.0;
                canvas.text(middle, self.y(2.0) + 3.2, Words::new("no figure").small().middle());
            }
        }
    }

    /// A range over some periods that follow each other; over one alone as a short bar.
    fn draw_range(&self, canvas: &mut Canvas, stretch: &[(usize, Quartiles)]) {
        let mut ends: Vec<(f32, Quartiles)> = stretch.iter().map(|(i, q)| (self.x(*i), *q)).collect();
        if let [(x, only)] = ends[..] {
            ends = vec![(x - ALONE, only), (x + ALONE, only)];
        }
        let upper = ends.iter().map(|(x, q)| (*x, self.y(q.upper)));
        let lower = ends.iter().rev().map(|(x, q)| (*x, self.y(q.lower)));
        canvas.push(Shape::Path {
            points: upper.chain(lower).collect(),
            closed: true,
            fill: Some(SAND_DEEP),
            stroke: Some(Stroke::solid(MUTED, 0.8)),
        });
    }

    /// The first and the last period; the last alone where both have no room.
    fn draw_periods(&self, canvas: &mut Canvas, periods: &[&str]) {
        let y = self.top + PLOT + 15.0;
        let room = self.right - self.left;
        let shorten = |period: &str| text::shorten(period, false, super::parts::SMALL, room);
        let width = |period: &str| text::measure(period, false, super::parts::SMALL);
        match periods {
            [only] => canvas.text(self.x(0), y, Words::new(&shorten(only)).small().middle()),
            [first, .., last] => {
                let (first, last) = (shorten(first), shorten(last));
                if width(&first) + width(&last) + 6.0 <= room {
                    canvas.text(self.left, y, Words::new(&first).small());
                }
                canvas.text(self.right, y, Words::new(&last).small().end());
            }
            [] => {}
        }
    }
}

/// Returns the values that follow each other without a gap, each with its place.
fn stretches<T>(values: impl Iterator<Item = Option<T>>) -> Vec<Vec<(usize, T)>> {
    let mut stretches: Vec<Vec<(usize, T)>> = vec![vec![]];
    for (index, value) in values.enumerate() {
        match (value, stretches.last_mut()) {
            (Some(value), Some(last)) => last.push((index, value)),
            _ => stretches.push(vec![]),
        }
    }
    stretches.retain(|stretch| !stretch.is_empty());
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_value_breaks_the_line() {
        for (values, expected) in [
            (&[][..], vec![]),
            (&[None, None], vec![]),
            (&[Some(1), Some(2)], vec![vec![(0, 1), (1, 2)]]),
            (
                &[None, Some(1), None, None, Some(2), Some(3)],
                vec![vec![(1, 1)], vec![(4, 2), (5, 3)]],
            ),
        ] {
            assert_eq!(stretches(values.iter().copied()), expected, "{values:?}");
        }
    }
}
