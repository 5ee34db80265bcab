//! Quartiles of each thing, one line a cycle.

use super::{
    Quartiles, Spread,
    axis::Axis,
    labels::Labels,
    parts::{Canvas, Key, LABEL, Marker, Words, figure},
};
use crate::{
    palette::{Colour, MUTED, SAND, TEAL},
    scene::{Scene, Stroke},
    text,
};

const CYCLE: f32 = 10.0;

/// Spread of ratings across Practices: from lower to upper quartile, the median marked, a line
/// for each cycle, the latest last and darkest. Its median stands at the right.
pub fn quartile_strip(width: f32, cycles: &[&str], items: &[Spread]) -> Scene {
    if items.is_empty() || cycles.is_empty() {
        return Canvas::nothing(width);
    }
    let mut canvas = Canvas::default();
    let labels = Labels::new(items.iter().map(|item| item.label.as_str()), width * 0.36);
    let figures: Vec<String> = items.iter().map(|item| latest(item, cycles.len())).collect();
    let figure_width = figures
        .iter()
        .map(|f| text::measure(f, false, LABEL))
        .fold(30.0, f32::max);
    let keys: Vec<(Key, String)> = cycles
        .iter()
        .enumerate()
        .map(|(i, name)| (key(i, cycles.len()), (*name).to_owned()))
        .collect();
    let top = canvas.legend(0.0, width, &keys) + 4.0;
    let axis = Axis::ratings(labels.width + 14.0, width - figure_width - 14.0);
    let least = cycles.len() as f32 * CYCLE + 8.0;
    let heights: Vec<f32> = (0..items.len()).map(|i| labels.row(i, least)).collect();
    let bottom = top + heights.iter().sum::<f32>();
    let mut y = top;
    for (i, height) in heights.iter().enumerate() {
        // Every other thing on sand, so that the lines of one are seen together.
        if i % 2 == 0 {
            canvas.rect(0.0, y, width, *height, SAND);
        }
        y += height;
    }
    axis.draw_ratings(&mut canvas, top, bottom);
    y = top;
    for (i, ((item, height), figure)) in items.iter().zip(&heights).zip(&figures).enumerate() {
        let middle = y + height / 2.0;
        canvas.label(labels.width + 4.0, middle, labels.get(i), Words::new("").end());
        canvas.text(width - 4.0, middle + 3.5, Words::new(figure).end());
        for (cycle, quartiles) in item.cycles.iter().take(cycles.len()).enumerate() {
            let at = middle + (cycle as f32 - (cycles.len() as f32 - 1.0) / 2.0) * CYCLE;
            if let Some(quartiles) = quartiles.filter(is_known) {
                strip(&mut canvas, &axis, at, &quartiles, key(cycle, cycles.len()));
            }
        }
        y += height;
    }
    canvas.finish(width, bottom + 20.0)
}

/// The latest cycle is filled and teal; those before are hollow and grey, each of another shape.
fn key(cycle: usize, cycles: usize) -> Key {
    if cycle + 1 == cycles {
        Key::Filled(Marker::Diamond, TEAL)
    } else {
        // The first shapes that are not the latest's diamond.
        let marker = [Marker::Disc, Marker::Square, Marker::Triangle, Marker::TriangleDown];
        Key::Hollow(marker.get(cycle % marker.len()).copied().unwrap_or(Marker::Disc), MUTED)
    }
}

fn strip(canvas: &mut Canvas, axis: &Axis, y: f32, quartiles: &Quartiles, key: Key) {
    let (from, to) = (axis.at(quartiles.lower), axis.at(quartiles.upper));
    let bar = |colour: Colour, width: f32| Stroke::solid(colour, width);
    match key {
        Key::Filled(marker, colour) => {
            canvas.line((from, y), (to, y), bar(colour, 4.0));
            canvas.marker(marker, axis.at(quartiles.median), y, 3.8, colour);
        }
        Key::Hollow(marker, colour) => {
            canvas.line((from, y), (to, y), bar(colour, 2.0));
            canvas.ring(marker, axis.at(quartiles.median), y, 3.2, colour);
        }
    }
}

fn is_known(quartiles: &Quartiles) -> bool {
    [quartiles.lower, quartiles.median, quartiles.upper]
        .iter()
        .all(|value| value.is_finite())
}

fn latest(item: &Spread, cycles: usize) -> String {
    match item.cycles.get(cycles - 1).copied().flatten().filter(is_known) {
        Some(q) if q.lower == q.upper => figure(q.median),
        Some(q) => format!("{} ({}–{})", figure(q.median), figure(q.lower), figure(q.upper)),
        None => "no figure".to_owned(),
    }
}
