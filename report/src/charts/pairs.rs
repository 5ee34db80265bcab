//! Two values of one thing: self and review, or last year and this.

use super::{
    Pair,
    axis::Axis,
    labels::{Labels, dodge},
    parts::{Canvas, Key, LABEL, LEADING, Marker, Words, figure, known, signed},
};
use crate::{
    palette::{Colour, LINE, MUTED, PLUM, RUST, TEAL},
    scene::{Scene, Stroke},
    text,
};

const FIRST: Marker = Marker::Disc;
const SECOND: Marker = Marker::Diamond;

/// Two ratings of each thing on the scale 1–5, joined: `first` hollow, `second` filled.
///
/// Where both agree the one stands inside the other. The difference stands at the right.
pub fn dumbbell(width: f32, names: [&str; 2], items: &[Pair]) -> Scene {
    if items.is_empty() {
        return Canvas::nothing(width);
    }
    let mut canvas = Canvas::default();
    let keys = [
        (Key::Hollow(FIRST, PLUM), names[0].to_owned()),
        (Key::Filled(SECOND, TEAL), names[1].to_owned()),
    ];
    let labels = Labels::new(items.iter().map(|item| item.label.as_str()), width * 0.38);
    let heading = "Difference";
    let heading_width = text::measure(heading, false, LABEL);
    let top = canvas.legend(0.0, width - heading_width - 8.0, &keys) + 4.0;
    canvas.text(width, 11.2, Words::new(heading).small().end());
    let axis = Axis::ratings(labels.width + 14.0, width - 56.0);
    let heights: Vec<f32> = (0..items.len()).map(|i| labels.row(i, 22.0)).collect();
    let bottom = top + heights.iter().sum::<f32>();
    axis.draw_ratings(&mut canvas, top, bottom);
    let mut y = top;
    for (i, (item, height)) in items.iter().zip(&heights).enumerate() {
        let middle = y + height / 2.0;
        canvas.label(labels.width, middle, labels.get(i), Words::new("").end());
        let (first, second) = (known(item.first), known(item.second));
        if let (Some(first), Some(second)) = (first, second) {
            let (from, to) = ((axis.at(first), middle), (axis.at(second), middle));
            canvas.line(from, to, Stroke::solid(MUTED, 2.4));
        }
        if let Some(first) = first {
            canvas.ring(FIRST, axis.at(first), middle, 5.6, PLUM);
        }
        if let Some(second) = second {
            canvas.marker(SECOND, axis.at(second), middle, 3.2, TEAL);
        }
        let difference = difference(first, second);
        canvas.text(width, middle + 3.5, Words::new(&difference).end());
        y += height;
    }
    canvas.finish(width, bottom + 20.0)
}

fn difference(first: Option<f64>, second: Option<f64>) -> String {
    match (first, second) {
        (Some(first), Some(second)) if first == second => "same".to_owned(),
        (Some(first), Some(second)) => signed(second - first),
        (None, None) => "no figure".to_owned(),
        _ => "one only".to_owned(),
    }
}

/// Scores of two cycles joined by lines; the names stand at the right, moved apart where they meet.
///
/// Rises end in a triangle that points up, falls in one that points down.
pub fn slope(width: f32, cycles: [&str; 2], items: &[Pair]) -> Scene {
    if items.is_empty() {
        return Canvas::nothing(width);
    }
    let mut canvas = Canvas::default();
    let left = 44.0;
    let right = width * 0.52;
    let room = width - right - 40.0;
    let names: Vec<Vec<String>> = items
        .iter()
        .map(|item| text::wrap_plain(&name(item), false, LABEL, room, 3))
        .collect();
    let heights: Vec<f32> = names.iter().map(|lines| lines.len() as f32 * LEADING + 3.0).collect();
    let top = 26.0;
    let bottom = top + heights.iter().sum::<f32>().max(170.0);
    let (low, high) = bounds(items);
    let y = |value: f64| bottom - ((value - low) / (high - low)) as f32 * (bottom - top);

    canvas.text(left, 12.0, Words::new(cycles[0]).bold().middle());
    canvas.text(right, 12.0, Words::new(cycles[1]).bold().middle());
    for x in [left, right] {
        canvas.line((x, top), (x, bottom), Stroke::solid(LINE, 1.2));
    }
    let wanted: Vec<f32> = items.iter().map(|item| known(item.second).map_or(bottom, y)).collect();
    let right_places = dodge(&wanted, &heights, top - 8.0, bottom + 8.0);
    let left_wanted: Vec<f32> = items.iter().map(|item| known(item.first).map_or(bottom, y)).collect();
    let first_figures = first_figures(items, &left_wanted);
    for (figure, wanted, place) in first_figures {
        canvas.line((left - 6.0, wanted), (left - 12.0, place), Stroke::solid(LINE, 0.8));
        canvas.text(left - 14.0, place + 3.5, Words::new(&figure).end());
    }
    for (i, item) in items.iter().enumerate() {
        let (first, second) = (known(item.first), known(item.second));
        let (colour, end) = trend(first, second);
        if let (Some(first), Some(second)) = (first, second) {
            canvas.line((left, y(first)), (right, y(second)), Stroke::solid(colour, 1.6));
        }
        if let Some(first) = first {
            canvas.marker(Marker::Disc, left, y(first), 3.2, colour);
        }
        if let Some(second) = second {
            canvas.marker(end, right, y(second), 3.8, colour);
        }
        let place = right_places.get(i).copied().unwrap_or(bottom);
        if let Some(second) = second {
            canvas.line(
                (right + 6.0, y(second)),
                (right + 12.0, place),
                Stroke::solid(LINE, 0.8),
            );
        }
        let shown = second.map_or_else(|| "–".to_owned(), figure);
        canvas.text(right + 32.0, place + 3.5, Words::new(&shown).bold().end());
        let lines = names.get(i).map_or(&[][..], Vec::as_slice);
        canvas.label(right + 38.0, place, lines, Words::new(""));
    }
    let lowest = right_places
        .iter()
        .zip(&heights)
        .map(|(p, h)| p + h / 2.0)
        .fold(bottom, f32::max);
    canvas.finish(width, lowest + 10.0)
}

/// Whole ratings below and above every value: the figures stand beside the lines.
fn bounds(items: &[Pair]) -> (f64, f64) {
    let values = || {
        items
            .iter()
            .flat_map(|item| [item.first, item.second])
            .filter_map(known)
    };
    let low = values().fold(f64::INFINITY, f64::min).floor();
    let high = values().fold(f64::NEG_INFINITY, f64::max).ceil();
    match (low.is_finite() && high.is_finite(), high > low) {
        (true, true) => (low, high),
        (true, false) => (low - 1.0, low + 1.0),
        (false, _) => (1.0, 5.0),
    }
}

fn name(item: &Pair) -> String {
    match (known(item.first), known(item.second)) {
        (Some(_), None) => format!("{} (no later figure)", item.label),
        (None, Some(_)) => format!("{} (new)", item.label),
        (None, None) => format!("{} (no figure)", item.label),
        _ => item.label.clone(),
    }
}

/// Earlier figures, each once, with the place it wants and the place it gets.
fn first_figures(items: &[Pair], wanted: &[f32]) -> Vec<(String, f32, f32)> {
    let mut figures: Vec<(String, f32)> = Vec::new();
    for (item, wanted) in items.iter().zip(wanted) {
        let Some(value) = known(item.first) else { continue };
        let figure = figure(value);
        if !figures.iter().any(|(known, _)| *known == figure) {
            figures.push((figure, *wanted));
        }
    }
    let places: Vec<f32> = figures.iter().map(|(_, wanted)| *wanted).collect();
    let top = places.iter().copied().fold(f32::MAX, f32::min) - 6.0;
    let placed = dodge(&places, &vec![LEADING; places.len()], top.max(14.0), f32::MAX);
    figures
        .into_iter()
        .zip(placed)
        .map(|((figure, wanted), place)| (figure, wanted, place))
        .collect()
}

fn trend(first: Option<f64>, second: Option<f64>) -> (Colour, Marker) {
    match (first, second) {
        (Some(first), Some(second)) if second > first => (TEAL, Marker::Triangle),
        (Some(first), Some(second)) if second < first => (RUST, Marker::TriangleDown),
        _ => (MUTED, Marker::Square),
    }
}
