//! Values over several periods.

use super::{
    Series,
    labels::dodge,
    parts::{Canvas, LABEL, LEADING, Marker, SMALL, Words, grid, known},
};
use crate::{
    palette::{Colour, LINE, SERIES},
    scene::{Scene, Stroke},
    text,
};

/// The vertical scale of [`lines`].
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Range {
    /// The rating scale, 1 to 5.
    #[default]
    Ratings,
    /// Round numbers about the values.
    Fitted,
}

/// Series over periods, each with its own marker, its name at its end.
///
/// A missing value breaks the line. At most six series are told apart; draw more in several charts.
pub fn lines(width: f32, periods: &[&str], series: &[Series], range: Range) -> Scene {
    let values: Vec<f64> = series
        .iter()
        .flat_map(|s| &s.values)
        .filter_map(|v| known(*v))
        .collect();
    if periods.is_empty() || values.is_empty() {
        return Canvas::nothing(width);
    }
    let ticks = ticks(range, &values);
    let step = ticks.windows(2).map(|pair| pair[1] - pair[0]).next().unwrap_or(1.0);
    let ticks: Vec<(f64, String)> = ticks.into_iter().map(|t| (t, tick(t, step))).collect();
    let left = 8.0
        + ticks
            .iter()
            .map(|(_, t)| text::measure(t, false, SMALL))
            .fold(0.0, f32::max);
    let most = width * 0.34;
    let names: Vec<Vec<String>> = series
        .iter()
        .map(|s| text::wrap_plain(&s.name, true, LABEL, most, 4))
        .collect();
    let name_width = names
        .iter()
        .flatten()
        .map(|line| text::measure(line, true, LABEL))
        .fold(0.0, f32::max);
    let heights: Vec<f32> = names.iter().map(|lines| lines.len() as f32 * LEADING + 2.0).collect();
    let (top, right) = (10.0, width - name_width - 20.0);
    let bottom = top + heights.iter().sum::<f32>().max(165.0);
    let plot = Plot {
        left: left + 6.0,
        right: right - 6.0,
        top,
        bottom,
        ticks,
        periods: periods.len(),
    };

    let mut canvas = Canvas::default();
    plot.draw_grid(&mut canvas, left, right);
    plot.draw_periods(&mut canvas, periods, width);
    let wanted: Vec<f32> = series.iter().map(|s| plot.last(s).map_or(bottom, |(_, y)| y)).collect();
    let places = dodge(&wanted, &heights, top - 6.0, bottom + 6.0);
    for (i, one) in series.iter().enumerate() {
        let colour = SERIES.get(i % SERIES.len()).copied().unwrap_or(LINE);
        plot.draw_series(&mut canvas, one, colour, Marker::nth(i), i >= SERIES.len());
        let place = places.get(i).copied().unwrap_or(bottom);
        if let Some((x, y)) = plot.last(one) {
            canvas.line((x + 5.0, y), (right + 6.0, place), Stroke::solid(LINE, 0.8));
        }
        let lines = names.get(i).map_or(&[][..], Vec::as_slice);
        canvas.label(right + 10.0, place, lines, Words::new("").bold().colour(colour));
    }
    let lowest = places
        .iter()
        .zip(&heights)
        .map(|(p, h)| p + h / 2.0)
        .fold(bottom + 20.0, f32::max);
    canvas.finish(width, lowest + 4.0)
}

struct Plot {
    left: f32,
    right: f32,
    top: f32,
    bottom: f32,
    ticks: Vec<(f64, String)>,
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
        let low = self.ticks.first().map_or(0.0, |(value, _)| *value);
        let high = self.ticks.last().map_or(1.0, |(value, _)| *value);
        let share = (value - low) / (high - low).max(f64::EPSILON);
        self.bottom - (self.bottom - self.top) * share.clamp(0.0, 1.0) as f32
    }

    /// Where the line of a series ends.
    fn last(&self, series: &Series) -> Option<(f32, f32)> {
        let values = series.values.iter().take(self.periods).enumerate();
        values
            .filter_map(|(i, v)| known(*v).map(|v| (self.x(i), self.y(v))))
            .next_back()
    }

    fn draw_grid(&self, canvas: &mut Canvas, left: f32, right: f32) {
        for (value, name) in &self.ticks {
            let y = self.y(*value);
            canvas.line((left, y), (right, y), grid());
            canvas.text(left - 5.0, y + 3.2, Words::new(name).small().end());
        }
    }

    /// Names of the periods, leaving out some where all would not fit.
    fn draw_periods(&self, canvas: &mut Canvas, periods: &[&str], width: f32) {
        let widest = periods
            .iter()
            .map(|p| text::measure(p, false, SMALL))
            .fold(0.0, f32::max);
        let step = (self.right - self.left) / (self.periods.max(2) - 1) as f32;
        let every = ((widest + 8.0) / step.max(0.1)).ceil().clamp(1.0, 1.0e6) as usize;
        // Counted from the end: the latest period is always named.
        for (i, period) in periods.iter().enumerate() {
            if (periods.len() - 1 - i).is_multiple_of(every) {
                let half = text::measure(period, false, SMALL) / 2.0;
                let x = self.x(i).max(half).min((width - half).max(half));
                canvas.text(x, self.bottom + 16.0, Words::new(period).small().middle());
            }
        }
    }

    fn draw_series(&self, canvas: &mut Canvas, series: &Series, colour: Colour, marker: Marker, dashed: bool) {
        let stroke = if dashed {
            Stroke::dashed(colour, 1.6, 4.0, 2.0)
        } else {
            Stroke::solid(colour, 1.6)
        };
        let mut stretch: Vec<(f32, f32)> = Vec::new();
        let mut points: Vec<(f32, f32)> = Vec::new();
        for (i, value) in series.values.iter().take(self.periods).enumerate() {
            match known(*value) {
                Some(value) => stretch.push((self.x(i), self.y(value))),
                None => {
                    points.extend(&stretch);
                    canvas.path(std::mem::take(&mut stretch), stroke);
                }
            }
        }
        points.extend(&stretch);
        canvas.path(stretch, stroke);
        for (x, y) in points {
            canvas.marker(marker, x, y, 3.4, colour);
        }
    }
}

fn ticks(range: Range, values: &[f64]) -> Vec<f64> {
    if range == Range::Ratings {
        return (1..=5).map(f64::from).collect();
    }
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let rough = ((high - low) / 4.0).max(high.abs().max(low.abs()) * 1e-6).max(1e-9);
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|m| m * power)
        .find(|s| *s >= rough)
        .unwrap_or(rough);
    let first = (low / step).floor();
    let count = ((high / step).ceil() - first).clamp(1.0, 12.0) as i32;
    (0..=count).map(|i| (first + f64::from(i)) * step).collect()
}

/// As many decimals as the step between ticks needs.
fn tick(value: f64, step: f64) -> String {
    let decimals = (-step.log10().floor()).clamp(0.0, 6.0) as usize;
    let text = format!("{value:.decimals$}");
    // Zero has no sign, and a minus is not a hyphen.
    if value.abs() < step / 2.0 {
        text.replace('-', "")
    } else {
        text.replace('-', "−")
    }
}
