//! Counts in parts, one bar a thing: how many, and of what kind.

use super::{
    Stack,
    labels::Labels,
    parts::{Canvas, Key, LABEL, Marker, Words},
};
use crate::{
    palette::{Fill, PAPER},
    scene::{Scene, Shape, Stroke},
    text,
};

const ROW: f32 = 21.0;
const BAR: f32 = 16.0;

/// Bars of whole numbers, each in parts whose names and colours are `parts`, in that order; the number stands in its part
/// where there is room, and the whole at the right.
pub fn stacked_bars(width: f32, parts: &[(&str, Fill)], items: &[Stack]) -> Scene {
    let most = items.iter().map(Stack::total).max().unwrap_or_default();
    if parts.is_empty() || most == 0 {
        return Canvas::nothing(width);
    }
    let mut canvas = Canvas::default();
    let labels = Labels::new(items.iter().map(|item| item.label.as_str()), width * 0.36);
    let keys: Vec<(Key, String)> = (parts.iter().enumerate())
        .map(|(i, (name, fill))| (Key::Filled(Marker::nth(i), fill.mark()), (*name).to_owned()))
        .collect();
    let mut y = canvas.legend(0.0, width, &keys) + 4.0;
    let total = text::measure(&most.to_string(), true, LABEL);
    let left = labels.width + 10.0;
    let unit = (width - total - 8.0 - left) / most as f32;
    for (i, item) in items.iter().enumerate() {
        let height = labels.row(i, ROW);
        let middle = y + height / 2.0;
        canvas.label(labels.width, middle, labels.get(i), Words::new("").end());
        let mut x = left;
        for (index, (count, (_, fill))) in item.counts.iter().zip(parts).enumerate() {
            let length = *count as f32 * unit;
            if *count > 0 {
                part(&mut canvas, (x, middle), length, *fill);
                figure(&mut canvas, x + length / 2.0, middle, length, (*count, index, *fill));
            }
            x += length;
        }
        let whole = item.total().to_string();
        canvas.text(x + 6.0, middle + 3.5, Words::new(&whole).bold());
        y += height;
    }
    canvas.finish(width, y + 4.0)
}

/// A light rectangle with an edge that stands out from paper.
fn part(canvas: &mut Canvas, (x, middle): (f32, f32), length: f32, fill: Fill) {
    let (top, bottom) = (middle - BAR / 2.0, middle + BAR / 2.0);
    canvas.push(Shape::Path {
        points: vec![(x, top), (x + length, top), (x + length, bottom), (x, bottom)],
        closed: true,
        fill: Some(fill.colour().unwrap_or(PAPER)),
        stroke: Some(Stroke::solid(fill.mark(), 1.0)),
    });
}

/// The number, and beside it the part's shape of the legend, so that nobody needs the colour.
fn figure(canvas: &mut Canvas, centre: f32, middle: f32, length: f32, (count, place, fill): (usize, usize, Fill)) {
    let words = count.to_string();
    let wide = text::measure(&words, false, LABEL);
    if length >= wide + 18.0 {
        canvas.marker(Marker::nth(place), centre - wide / 2.0 - 4.0, middle, 3.2, fill.mark());
        canvas.text(centre + 4.0, middle + 3.5, Words::new(&words).middle());
    } else if length >= wide + 3.0 {
        canvas.text(centre, middle + 3.5, Words::new(&words).middle());
    }
}
